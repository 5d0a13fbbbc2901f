package source

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// rowHead is the time that a row begins with.
type rowHead struct {
	when.Mention
	rest string // the text of the row
	set  bool   // the time is set off by a mark, not by a blank alone
	at   int    // where the text that Mention counts from begins
}

// maxHead is how many bytes of a row may belong to its time.
const maxHead = 120

var (
	headOpen  = expression("^[\\[(`]\\s*")
	headWords = expression(`(?i)^(?:at|on|from|between|since|around|about|approximately|roughly|shortly after|just after)\s+$`)
	headClose = expression("^\\s*(?:[\\])`]\\s*)?(?:(?:[-–—|>→]+|[:,.])(?:\\s+|$))?")
	headPlain = expression(`^\s*(?:(?:[-–—|>→]+|[:,.])(?:\s+|$))?`) // no bracket was opened
	headMark  = expression("^\\s*[\\])`:|>→]|^\\s+[-–—]|^[–—]")
	// headLook is what must be a time, or is reported: no prose begins so.
	headLook = expression("^[\\[(`]?\\s*[~≈]?\\s*(?:\\d{1,2}:\\d{2}\\b|\\d{4}-\\d{2}-\\d{2})")
	elapsed  = expression(`^[\[(]?\s*(?:T\s?([+-])\s?|(\+))((?:\d{1,2}:\d{2}(?::\d{2})?)|(?:\d+\s?(?:h|hours?|m|min|mins|minutes?|s|secs?|seconds?)\s?)+|\d{1,4})(?:\b|$)`)
)

// readHead finds the time that a text begins with. ref says what a clock
// without a date or a zone inherits.
func readHead(text string, ref when.Ref) (rowHead, bool) {
	start := len(headOpen.FindString(text))
	inner := text[start:]
	short := cut(inner, maxHead)
	list := when.Mentions(short, ref)
	if len(list) == 0 {
		return rowHead{}, false
	}
	m := list[0]
	before := short[:m.Start]
	sentence := headWords.MatchString(before)
	if before != "" && !sentence {
		return rowHead{}, false
	}
	// Once more without the text: a zone or a date there is not the row's.
	alone := when.Mentions(short[:m.End], ref)
	if len(alone) == 0 || alone[0].Start != m.Start {
		return rowHead{}, false
	}
	h := rowHead{Mention: alone[0], at: start}
	tail, end := inner[h.End:], headPlain
	if start > 0 {
		end = headClose
	}
	if m.Start == 0 && tail != "" && headClose.FindString(tail) == "" && tail[0] != ' ' {
		return rowHead{}, false // part of something longer
	}
	h.set = tail == "" || headMark.MatchString(tail)
	h.rest = strings.TrimSpace(tail[len(end.FindString(tail)):])
	if sentence {
		h.rest, h.set = text, false
	}
	return h, true
}

// clock reports whether the head names a time of day and not a date alone.
func (h rowHead) clock() bool { return h.Precision > when.Day }

// elapsedHead reads T+5m and +00:12: a time since the first one that the notes
// name.
func elapsedHead(text string) (d time.Duration, written, rest string, ok bool) {
	m := elapsed.FindStringSubmatch(text)
	if m == nil {
		return 0, "", "", false
	}
	if m[2] == "+" && !strings.Contains(m[3], ":") {
		return 0, "", "", false // "+5 min" may be anything
	}
	if parts := strings.Split(m[3], ":"); len(parts) > 1 {
		for len(parts) < 3 {
			parts = append(parts, "0")
		}
		d, _ = time.ParseDuration(parts[0] + "h" + parts[1] + "m" + parts[2] + "s")
	} else {
		written := strings.TrimSpace(m[3])
		if isDigit(written[len(written)-1]) {
			written += "m" // T+5
		}
		span, err := when.ParseSpan(written)
		if err != nil {
			return 0, "", "", false
		}
		d = span
	}
	if m[1] == "-" {
		d = -d
	}
	tail := text[len(m[0]):]
	rest = strings.TrimSpace(tail[len(headClose.FindString(tail)):])
	return d, strings.Trim(m[0], "[( "), rest, true
}

// Jumps of a clock without a date: back by more than a quarter of a day is the
// next day, back by less is a row out of order.
const (
	dayJump  = 6 * time.Hour
	longJump = 18 * time.Hour
)

// place settles the day of a row whose clock has no date, by the row before.
func (n *notes) place(text string, h rowHead, line int) (placed rowHead, outOfOrder bool) {
	if n.before.IsZero() || !h.clock() {
		return h, false
	}
	shifted := func(days int) rowHead {
		ref := n.refAt(line)
		ref.Day = ref.Day.AddDate(0, 0, days)
		if moved, ok := readHead(text, ref); ok {
			return moved
		}
		return h
	}
	jump := h.Time.Sub(n.before)
	if second, doubt, ok := secondTime(h.Stamp, n.location(line)); ok && jump < 0 && !second.Before(n.before) {
		if h.Until != nil && h.Until.Time.Before(second) {
			until := *h.Until
			until.Time = until.Time.Add(second.Sub(h.Time))
			h.Until = &until
		}
		h.Time, h.Doubt = second, doubt
		return h, false
	}
	switch {
	case h.HasDate:
		return h, jump < 0
	case jump < -dayJump:
		n.rolled = true
		return shifted(1), false
	case n.rolled && jump > longJump:
		return shifted(-1), true // the evening before, told late
	default:
		return h, jump < 0
	}
}

// secondTime is the later instant of a clock reading that happens twice, on the
// night on which the clocks go back: what stands behind a later row is of the
// second hour.
func secondTime(t when.Stamp, loc *time.Location) (second time.Time, doubt string, ok bool) {
	if loc == nil || !strings.Contains(t.Doubt, "happens twice") {
		return time.Time{}, "", false
	}
	const wall = "2006-01-02 15:04:05"
	for _, back := range []time.Duration{time.Hour, 30 * time.Minute, 2 * time.Hour} {
		if later := t.Time.Add(back); later.In(loc).Format(wall) == t.Time.In(loc).Format(wall) {
			return later, strings.Replace(t.Doubt, "the first is taken", "the second is taken, since it stands behind a later row", -1), true
		}
	}
	return time.Time{}, "", false
}

// likelyYear reports whether a time is one that people write of.
func likelyYear(t time.Time) bool { return t.Year() >= 1970 && t.Year() <= 2200 }

// row yields a block that begins with a time.
func (n *notes) row(b block, text string, h rowHead) {
	if h.Time.IsZero() {
		n.fault(b.line, b.raw, "%q has no date: put one in a heading, in the file name or in the front matter (date: 2024-07-30)", h.Text)
		return
	}
	if !likelyYear(h.Time) || h.Until != nil && !likelyYear(h.Until.Time) {
		n.fault(b.line, b.raw, "%q is in a year in which no incident was; write it as 2024-07-30 14:02", h.Text)
		return
	}
	placed, late := n.place(text, h, b.line)
	h.Mention = placed.Mention
	it := n.item(b)
	e := &it.event
	stamp(e, plainDay(h.Stamp, n.location(b.line)))
	if h.Until != nil {
		e.End = h.Until.Time
	}
	if e.ZoneFrom == when.ZoneDocument && !strings.Contains(e.Doubt, "the second is taken") {
		e.Doubt = joined(e.Doubt, n.zoneAt(b.line).doubtAt(e.Time))
	}
	if !h.HasDate {
		e.Doubt = joined(e.Doubt, n.doubt)
	}
	if n.retro {
		e.Day = n.proseDay(b.line)
	}
	if late {
		addFlag(e, timeline.FlagOutOfOrder)
	}
	n.doubtUnzoned(e)
	if h.clock() {
		n.before = e.Time
		if n.zero.IsZero() {
			n.zero, n.guessed = e.Time, fmt.Sprintf("%s, line %d", h.Text, b.line)
		}
	}
	local := e.Time
	if h.clock() {
		local = local.In(n.location(b.line))
	}
	n.setRowDay(local, late)
	n.label(it, b, h.rest)
}

// label gives a row with a time what its first words say that it is.
func (n *notes) label(it *noteItem, b block, text string) {
	it.text = text
	l, rest, ok := labelOf(text)
	if !ok {
		return
	}
	if l.milestone != "" {
		it.event.Claims = append(it.event.Claims, rowClaim(it.event, l))
		return // the words stay: they say what happened
	}
	n.applyLabel(it, b, l, rest)
}

// rowClaim is the milestone of a label at the time of its row.
func rowClaim(e timeline.Event, l *label) timeline.Claim {
	c := timeline.Claim{
		Milestone: l.milestone, Time: e.Time, Precision: e.Precision, Rung: timeline.RungStated,
		Rule: "labelled so in notes",
	}
	if e.Approx {
		c.Rung = timeline.RungApproximate
	}
	return c
}

// boundWords are the words in front of a time that make it a bound.
var (
	notAfterWords  = []string{"by", "before", "until", "till", "within", "no later than", "not later than", "at the latest"}
	notBeforeWords = []string{"after", "since", "no earlier than", "not before"}
)

// labelledTime yields a label of a milestone with its time: "First detected:
// 2024-09-20 11:24". Without the colon nothing may follow the time.
func (n *notes) labelledTime(b block, l *label, name, rest string, colon bool) bool {
	ref := n.refAt(b.line)
	ref.Day = n.proseDay(b.line)
	list := when.Mentions(cut(rest, maxHead), ref)
	if len(list) == 0 || list[0].Precision <= when.Day {
		return false
	}
	m := list[0]
	tail := rest[m.End:]
	tail = strings.TrimSpace(tail[len(headClose.FindString(tail)):])
	if !colon && tail != "" {
		return false // a sentence that begins with the words of a label
	}
	lead := strings.ToLower(strings.TrimSpace(rest[:m.Start]))
	if lead != "" && lead != m.Word && lead != "at" && lead != "on" {
		return false // the time belongs to a sentence, which is mined
	}
	if m.Time.IsZero() {
		n.fault(b.line, b.raw, "%q has no date: put one in front of it, in a heading or in the file name", m.Text)
		return true
	}
	if !likelyYear(m.Time) || m.Until != nil && !likelyYear(m.Until.Time) {
		n.fault(b.line, b.raw, "%q is in a year in which no incident was; write it as 2024-07-30 14:02", m.Text)
		return true
	}
	it := n.item(b)
	e := &it.event
	c := rowClaim(timeline.Event{Time: m.Time, Precision: m.Precision, Approx: m.Approx}, l)
	switch {
	case slices.Contains(notAfterWords, m.Word):
		c.Time, c.NotAfter = time.Time{}, m.Time
	case slices.Contains(notBeforeWords, m.Word):
		c.Time, c.NotBefore = time.Time{}, m.Time
	case m.Until != nil && (l.milestone == timeline.MitigationStart || l.milestone == timeline.ImpactStart):
		c.End = m.Until.Time
	case m.Until != nil:
		c.Time, c.NotBefore, c.NotAfter = time.Time{}, m.Time, m.Until.Time
	}
	stamp(e, m.Stamp)
	if m.Until != nil {
		e.End = m.Until.Time
	}
	if e.ZoneFrom == when.ZoneDocument && !strings.Contains(e.Doubt, "the second is taken") {
		e.Doubt = joined(e.Doubt, n.zoneAt(b.line).doubtAt(e.Time))
	}
	n.doubtUnzoned(e)
	it.text = name
	if tail != "" {
		it.text += ": " + tail
	}
	if c.Time.IsZero() {
		it.text = inlineText(b.text) // a bound: its words are needed to read it
	}
	if b.kind == paraBlock {
		n.open = nil // the paragraph below is another matter
	}
	c.Quote = oneLine(inlineText(b.text))
	e.Claims = append(e.Claims, c)
	n.setRowDay(e.Time.In(n.location(b.line)), true)
	return true
}

// elapsedRow yields a row whose time counts from the first one of the notes.
func (n *notes) elapsedRow(b block, d time.Duration, written, rest string) {
	if n.zero.IsZero() {
		n.fault(b.line, b.raw, "%s counts from a start that the notes do not name above it", written)
		return
	}
	it := n.item(b)
	e := &it.event
	e.Time, e.TimeText, e.Precision = n.zero.Add(d), written, when.Minute
	e.ZoneFrom = n.zoneAt(b.line).zone.From
	if n.guessed != "" {
		e.Approx = true
		e.Doubt = written + " was counted from the first time of the notes (" + n.guessed + "), for they name no start; write it as T0 = 14:02"
	}
	n.label(it, b, rest)
}

// zeroLine is what sets the start that T+5 counts from: "T0 = 13:00".
var zeroLine = expression(`^[Tt]\s?0?\s*[=:]\s*(.+)$`)

func (n *notes) readZero(b block, text string) bool {
	m := zeroLine.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	h, ok := readHead(m[1], n.refAt(b.line))
	if ok = ok && h.clock() && !h.Time.IsZero(); ok {
		n.zero, n.guessed = h.Time, ""
		n.setRowDay(h.Time.In(n.location(b.line)), false)
	}
	return ok && h.rest == ""
}

func joined(a, b string) string {
	if a == "" || b == "" || a == b {
		return a + strings.TrimPrefix(b, a)
	}
	return a + "; " + b
}
