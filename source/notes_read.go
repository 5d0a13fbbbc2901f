package source

import (
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// block takes the next block of the document.
func (n *notes) block(b block) {
	if b.kind != tableBlock {
		n.columns, n.todo, n.timeAt = nil, nil, nil
	}
	switch b.kind {
	case longBlock:
		n.fault(b.line, b.raw, "a line of more than %d bytes, which nobody writes by hand; it was not read", maxNoteLine)
	case headingBlock:
		n.readHeading(b)
	case itemBlock:
		n.readItem(b)
	case paraBlock:
		n.readPara(b)
	case tableBlock:
		n.readTable(b)
	case ruleBlock:
		n.open = nil
	case fenceBlock:
		if n.open != nil {
			n.attach(b, b.text)
		}
	case quoteBlock:
		if n.open != nil {
			n.attach(b, inlineText(b.text))
		} else {
			n.prose(b, inlineText(b.text))
		}
	}
}

func (n *notes) attach(b block, text string) {
	n.open.body = append(n.open.body, text)
	n.open.code = n.open.code || b.kind == fenceBlock && len(n.open.body) == 1
	n.open.raw = append(n.open.raw, b.raw)
	if n.open.event.URL == "" && b.kind != fenceBlock {
		n.open.event.URL = firstURL(b.text)
	}
}

// commsHeading are words of a heading above which somebody spoke in public.
var commsHeading = expression(`(?i)\b(?:statement|press|article|announcement|newsletter|e-?mail to|tweet)\b`)

// retroHeading are words of a heading below which the incident is looked back
// on: its clocks are those of the incident, whatever the date in the heading.
var retroHeading = expression(`(?i)\b(?:retro|retrospective|post-?mortem|review|debrief|lessons)\b`)

// readHeading takes a row in a heading, a date, or a label.
func (n *notes) readHeading(b block) {
	text := plainDates(n.isoDates(inlineText(b.text)))
	title := n.first && b.level == 1
	n.first = false
	n.open, n.scopes = nil, nil
	if n.timed(b, text, true) {
		return
	}
	n.before, n.rolled = time.Time{}, false
	for len(n.dated) > 1 && n.dated[len(n.dated)-1].level >= b.level {
		n.dated = n.dated[:len(n.dated)-1]
	}
	n.heading, _ = labelNamed(text)
	n.comms = commsHeading.MatchString(text)
	n.retro = false
	for _, m := range when.Mentions(text, n.refAt(b.line)) {
		if !m.HasDate || m.Time.IsZero() {
			continue
		}
		day := civil(m.Time.In(n.location(b.line)))
		d := dated{level: b.level, said: plainDay(m.Stamp, n.location(b.line)), day: day, part: b.line}
		n.retro = !title && retroHeading.MatchString(text)
		d.only = strings.Trim(text[:m.Start]+text[m.End:], " ,.:;-–—()[]") == ""
		if title && !n.head.said.Time.IsZero() {
			d.said = n.head.said // the title dates the incident, the front matter the words
		}
		n.dated = append(n.dated, d)
		if title && n.head.date.Time.IsZero() {
			n.docDay = day
		}
		if !title || n.head.date.Time.IsZero() {
			n.day = day
		}
		return
	}
}

// timed takes a block that begins with a time, or with what looks like one.
func (n *notes) timed(b block, text string, clockOnly bool) bool {
	who, written := "", text
	if b.kind != headingBlock {
		if b.kind == paraBlock && n.look.speakers && nameClock.MatchString(firstLine(text)) {
			who, text = cutName(text)
		} else {
			who, text = cutSpeaker(text)
		}
		written = text
	}
	text = n.isoHead(n.look.plainClock(text))
	count := len(n.items)
	if h, ok := readHead(text, n.refAt(b.line)); ok && (h.clock() || !clockOnly && h.HasDate) {
		if b.kind != paraBlock || h.set || b.row || h.Start == 0 && !strings.HasPrefix(h.rest, "and ") && h.rest != text {
			if text != written {
				h.Text = strings.TrimSpace(cut(written[h.at:], max(0, h.End+len(written)-len(text))))
			}
			if m := speakerBehind.FindStringSubmatch(h.rest); m != nil && who == "" {
				who, h.rest = m[1], h.rest[len(m[0]):]
			}
			n.row(b, text, h)
			n.sign(count, who)
			return true
		}
	}
	if d, written, rest, ok := elapsedHead(text); ok {
		n.elapsedRow(b, d, written, rest)
		n.sign(count, who)
		return true
	}
	if b.kind != headingBlock && headLook.MatchString(text) {
		if _, ok := readHead(text, n.refAt(b.line)); !ok {
			n.noTime(b, strings.Fields(text)[0])
			return true
		}
	}
	return n.tailed(b, text)
}

// speakerBehind is a name in angle brackets behind the clock, as IRC has it.
var speakerBehind = expression(`^<[@+]?([^<>\s][^<>]{0,40})>\s+`)

// sign names who wrote a row, where the row says so.
func (n *notes) sign(count int, who string) {
	if who != "" && len(n.items) > count && n.items[count].fault == nil {
		n.items[count].event.Actor = who
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// cutName takes the name off a line that holds a name and a clock.
func cutName(text string) (name, rest string) {
	m := nameClock.FindStringSubmatchIndex(firstLine(text))
	name = text[m[2]:m[3]]
	if !speaker(name) {
		return "", text
	}
	return strings.TrimSpace(name), strings.TrimLeft(text[m[3]:], " \t,*_-–—•|")
}

// tailTime is a clock behind the text, in brackets or at its end.
var tailTime = expression(`^(.*\S)\s*(?:[(\[]\s*([^()\[\]]{4,40}?)\s*[)\]]|\s(?:at|@|[-–—])\s(\S+(?:\s\S+)?))\s*[.!]?$`)

// tailed takes a row whose time stands behind its text: "Failed over (14:20)".
func (n *notes) tailed(b block, text string) bool {
	m := tailTime.FindStringSubmatch(text)
	if m == nil || n.scope() != nil || b.task != 0 {
		return false
	}
	if b.kind != itemBlock && (b.kind != paraBlock || !n.look.tails || m[3] != "") {
		return false
	}
	if _, _, ok := labelOf(text); ok {
		return false
	}
	ref := n.refAt(b.line)
	written := m[2] + m[3]
	h, ok := readHead(written, ref)
	if !ok || h.rest != "" || h.Start != 0 || !h.clock() || len(when.Mentions(cut(m[1], maxNoteLine), ref)) > 0 {
		return false
	}
	h.rest = m[1]
	n.row(b, written, h)
	return true
}

func (n *notes) readItem(b block) {
	text := inlineText(b.text)
	for len(n.scopes) > 0 && n.scopes[len(n.scopes)-1].level >= b.level {
		n.scopes = n.scopes[:len(n.scopes)-1]
	}
	below := n.open != nil && n.open.holder == itemBlock && b.level > n.open.level
	switch {
	case n.timed(b, text, false) || n.labelled(b, text):
	case below || n.open != nil && n.open.holder == headingBlock && b.task == 0:
		n.attach(b, "- "+text)
	case b.task != 0:
		n.applyLabel(n.item(b), b, &labels[0], text)
	case n.scope() != nil:
		n.applyLabel(n.item(b), b, n.scope(), text)
	case b.timed:
		n.timeless(b, text)
	default:
		n.prose(b, text)
	}
}

// scope is the label of the item or heading above, where it gives a topic.
func (n *notes) scope() *label {
	l := n.heading
	if len(n.scopes) > 0 {
		l = n.scopes[len(n.scopes)-1].label
	}
	if l == nil || l.milestone != "" {
		return nil
	}
	return l
}

var labelledClock = expression(`\b\d{1,2}:\d{2}\b`)

// labelled takes a block that begins with a known label.
func (n *notes) labelled(b block, text string) bool {
	l, rest, ok := labelOf(text)
	if !ok {
		if l, rest, ok = milestoneInFront(text); ok && n.labelledTime(b, l, strings.TrimSpace(text[:len(text)-len(rest)]), rest, false) {
			return true
		}
		if l, ok = labelNamed(text); !ok || b.kind == paraBlock && !strings.HasSuffix(text, ":") {
			return false
		}
		rest = ""
	}
	name, _, _ := strings.Cut(text, ":")
	switch {
	case rest == "":
		n.open = nil
		n.scopes = append(n.scopes, scope{level: b.level, label: l})
		if b.kind == paraBlock {
			n.scopes[len(n.scopes)-1].level = b.level - 1 // the list below need not be indented
		}
	case l.milestone == "":
		n.applyLabel(n.item(b), b, l, rest)
	case n.labelledTime(b, l, strings.TrimSpace(name), rest, true):
	case labelledClock.MatchString(rest) && len(when.Mentions(rest, n.refAt(b.line))) == 0:
		n.noTime(b, labelledClock.FindString(rest))
	default:
		n.prose(b, text)
	}
	return true
}

// applyLabel makes an item what its label says. It may have a time of its own
// already.
func (n *notes) applyLabel(it *noteItem, b block, l *label, text string) {
	it.text, it.prefix = text, l.say
	e := &it.event
	e.Topic = l.topic
	if l.kind != "" {
		e.Kind = l.kind
	}
	if inner, rest, ok := labelOf(text); ok && inner.topic == l.topic && l.topic != "" {
		it.text, it.prefix = rest, inner.say
	}
	if l.topic == timeline.TopicAction {
		e.Action = actionOf(it.text, b.text, b.task)
		e.Action.Evidence = []timeline.Evidence{{Origin: e.Origins[0].String(), Quote: oneLine(it.text)}}
		it.text = e.Action.Text
	}
	n.undated(it, b)
}

// undated gives an item without a time the day of its clocks and the time at
// which it was said. A statement happened when it was made.
func (n *notes) undated(it *noteItem, b block) {
	e := &it.event
	if !e.Time.IsZero() {
		return
	}
	said := n.dated[len(n.dated)-1].said
	e.Day, e.Said = n.proseDay(b.line), endOf(said)
	if it.undone = n.head.said.Time.IsZero(); it.undone {
		it.begun = said.Time
	}
	e.Doubt = joined(e.Doubt, n.doubt)
	if e.Kind == timeline.KindComms && !said.Time.IsZero() {
		stamp(e, said)
	}
}

func (n *notes) readPara(b block) {
	if n.readDay(b) || n.readZero(b, b.text) {
		return
	}
	if n.declares[b.line] && len(b.text) < 80 {
		return
	}
	text := inlineText(b.text)
	open := n.open
	switch {
	case n.timed(b, text, false) || n.labelled(b, text):
	case open != nil && (open.holder == headingBlock || b.level > open.level || !b.gap || open.holder == paraBlock && !open.event.Time.IsZero() && !open.undone && open.event.Topic == ""):
		n.open = open
		n.attach(b, text)
	case n.scope() != nil && n.scope().topic != timeline.TopicAction:
		n.applyLabel(n.item(b), b, n.scope(), text)
	default:
		n.prose(b, text)
	}
}

// spanWords is a length of time in prose.
var spanWords = expression(`(?i)\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|half an)[ -]?(?:h|hrs?|hours?|min|mins|minutes?|days?)\b`)

// prose takes words that are no row. They are an event where they say when
// something was, and text otherwise.
func (n *notes) prose(b block, text string) {
	n.open = nil
	ref := n.refAt(b.line)
	ref.Day = n.proseDay(b.line)
	if len(when.Mentions(text, ref)) == 0 && len(when.Lapses(text)) == 0 && !spanWords.MatchString(text) {
		return
	}
	it := n.item(b)
	it.text = text
	n.undated(it, b)
	n.open = nil
}
