package timeline

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"pir/internal/when"
)

// page is the text of one event while it is read.
type page struct {
	m         *miner
	e         *Event
	text      string
	title     int // where the title ends; what follows is the body
	words     []word
	sentences [][2]int
	times     []stamped
	said      time.Time
	readings  []reading
	windows   []*window
	last      *reading // the last reading with a time, for "ten minutes later"
	attempt   int      // index of the last attempt in readings, or -1
}

// stamped is a time in the text, or a length of time counted from something.
type stamped struct {
	when.Mention
	lapse *when.Lapse
	base  Milestone // where the lapse counts from; empty: from the last time that was told
	used  bool
}

func (m *miner) page(e *Event) *page {
	text, title := e.Title, len(e.Title)
	switch {
	case strings.HasPrefix(e.Body, e.Title):
		text = e.Body
	case e.Body != "":
		text = e.Title + "\n\n" + e.Body
	}
	if len(text) > maxProse {
		text = strings.ToValidUTF8(text[:maxProse], "")
	}
	p := &page{m: m, e: e, text: text, title: title, said: m.said(e), attempt: -1}
	p.words = splitWords(text)
	loc := e.Location
	if loc == nil {
		loc = time.UTC
	}
	day := e.Day
	if day.IsZero() {
		day = e.Time
	}
	ref := when.Ref{Day: day, Zone: when.Zone{Location: loc, From: cmp.Or(e.ZoneFrom, when.ZoneAssumed)}, Said: cmp.Or(e.Observed, e.Said)}
	for _, t := range when.Mentions(text, ref) {
		if beyond := !t.Time.IsZero() && plainTime(t.Time).IsZero(); beyond || t.Until != nil && plainTime(t.Until.Time).IsZero() {
			p.mask(t.Start, t.End)
			continue
		}
		p.times = append(p.times, stamped{Mention: t})
		p.mask(t.Start, t.End)
	}
	p.readLapses()
	slices.SortStableFunc(p.times, func(a, b stamped) int { return cmp.Compare(a.Start, b.Start) })
	p.sentences = splitSentences(p.words)
	return p
}

// mask keeps phrases from being read out of a time.
func (p *page) mask(start, end int) {
	from := sort.Search(len(p.words), func(i int) bool { return p.words[i].end > start })
	for i := from; i < len(p.words) && p.words[i].start < end; i++ {
		w := &p.words[i]
		if !w.masked && i > from {
			w.ends = false // a full stop inside a time
		}
		w.masked = true
	}
}

// readLapses takes the lengths of time that count from a milestone or from the
// time before; the others may be lengths of the impact.
func (p *page) readLapses() {
	for _, l := range when.Lapses(p.text) {
		if statusCode(p.text[l.Start:l.End]) {
			continue
		}
		if base, count := baseOf(l.After); count > 0 {
			end := l.End
			for k, i := 0, lastWord(p.words, l.End); k < count && i+k < len(p.words); k++ {
				end = p.words[i+k].end
			}
			p.times = append(p.times, stamped{Mention: when.Mention{Start: l.Start, End: end}, lapse: &l, base: base})
			p.mask(l.Start, end)
			continue
		}
		p.mask(l.Start, l.End)
		p.readLength(l)
	}
}

// statusCode reports whether what looks like seconds is an answer of a server:
// "we see 500s".
func statusCode(text string) bool {
	return len(text) == 4 && (text[0] == '4' || text[0] == '5') && isDigit(text[1]) && isDigit(text[2]) && text[3] == 's'
}

// baseOf finds the milestone that the words behind a length of time count
// from, and how many of the words say so: 0 where they say nothing of the
// sort. Words such as "it" and "the incident" mean the start of the impact only
// where no other word says more. "later" counts from the time told before.
func baseOf(after string) (base Milestone, count int) {
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return "", 0
	}
	switch fields[0] {
	case "later", "afterwards":
		return "", 1
	case "after", "of", "from", "following", "since", "into", "past":
	default:
		return "", 0
	}
	for _, row := range bases() {
		for i, w := range fields[1:] {
			for _, stem := range row.stems {
				if strings.HasPrefix(w, stem) && (count == 0 || row.milestone != ImpactStart && i+2 < count) {
					base, count = row.milestone, i+2
				}
			}
		}
	}
	return base, count
}

// bases are the words that name what a length of time counts from, those that
// say little last.
func bases() []struct {
	milestone Milestone
	stems     []string
} {
	return []struct {
		milestone Milestone
		stems     []string
	}{
		{Detected, []string{"detect", "alert", "alarm", "page", "notic"}},
		{Declared, []string{"declar"}},
		{Acknowledged, []string{"acknowledg"}},
		{Identified, []string{"identif", "diagnos"}},
		{Mitigated, []string{"mitigat", "restor", "recover"}},
		{Trigger, []string{"deploy", "rollout", "release", "trigger", "attack", "change"}},
		{ImpactStart, []string{"began", "begin", "start", "onset"}},
		{ImpactStart, []string{"impact", "outage", "incident", "first", "failure", "error", "it"}},
	}
}
