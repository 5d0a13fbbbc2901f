package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/review/document"
	"pir/timeline"
)

// cues are words in front of a time that say which fact it is, with the facts
// that it may be. Words that could mean a step of the story are not here.
var cues = []struct {
	pattern *regexp.Regexp
	what    string
	facts   []timeline.Milestone
}{
	{regexp.MustCompile(`(?i)\b(?:impact|incident|outage|disruption|degradation|event) (?:first )?(?:began|started|begins|starts|commenced)\b`),
		"the start of impact", []timeline.Milestone{timeline.ImpactStart, timeline.Trigger, timeline.Detected, timeline.Declared}},
	{regexp.MustCompile(`(?i)\b(?:detected|noticed|alerted)\b`), "the detection", []timeline.Milestone{timeline.Detected, timeline.Acknowledged, timeline.Declared}},
	{regexp.MustCompile(`(?i)\b(?:(?:main|primary) impact (?:was|had been) (?:over|mitigated)|(?:incident|outage|impact|issue) was (?:fully )?mitigated)\b`),
		"the mitigation", []timeline.Milestone{timeline.Mitigated, timeline.ImpactEnd, timeline.PartialMitigation}},
	{regexp.MustCompile(`(?i)\b(?:impact|incident|outage|disruption|degradation) (?:fully |was |had )*(?:ended|over|resolved|ceased)\b`),
		"the end", []timeline.Milestone{timeline.ImpactEnd, timeline.Mitigated, timeline.Resolved, timeline.Closed}},
}

// lasting are words in front of a length of time that say that it is the length
// of the incident.
var lasting = regexp.MustCompile(`(?i)\b(?:lasted|lasting|(?:outage|incident|impact|downtime|disruption|degradation|unavailable|unreachable|down|affected)(?:[^.,;]{0,40}?) (?:for|of|was)|fail(?:ed|ing) for)(?: (?:about|around|roughly|approximately|nearly|almost|some|just|over|under|a total of|more than|less than))*\s*$`)

// Words about the time that it took to see the incident.
var (
	// checking are what may fail for a while that is not the incident's.
	checking   = regexp.MustCompile(`(?i)\b(?:checks?|probes?|jobs?|tests?|builds?|deploy\w*|rollbacks?|monitors?)\b[^.,;]{0,30}\bfail(?:ed|ing) for`)
	unseenLead = regexp.MustCompile(`(?i)\btime to detect(?:ion)?(?: (?:was|of|is)|:)?(?: (?:about|around|roughly|nearly|almost|some|just|over|under))*\s*$`)
	tookLead   = regexp.MustCompile(`(?i)\b(?:took|taken|needed)(?: (?:us|them|about|around|roughly|nearly|almost|some|just|over|under|more than|less than))*\s*$`)
	unseenTail = regexp.MustCompile(`(?i)^\s+(?:for us |for anyone |for anybody )?(?:to (?:be )?(?:detect|notice|see it)|until (?:it|this|the (?:incident|outage|impact)) was (?:detected|noticed))`)
	seen       = regexp.MustCompile(`(?i)\b(?:detected|noticed|alerted)\b[^;]{0,60}$`)
	sinceStart = regexp.MustCompile(`^after (?:it|impact|the (?:impact|incident|outage)) (?:began|started|had begun|had started)`)
)

// about says that a number is no exact one.
var about = regexp.MustCompile(`(?i)\b(?:about|around|roughly|approximately|nearly|almost|some|over|under|more than|less than|up to|at least|at most|~)\s*$`)

// longest is the largest block in bytes that is read as a summary.
const longest = 16 << 10

// summary compares what the first section says with the facts. A time of which
// nobody says what it is contradicts nothing.
func summary(p *page) {
	s := p.Section("summary")
	if s == nil {
		return
	}
	c := comparison{page: p, facts: elsewhere(p, s)}
	if len(c.facts.Milestones)+len(c.facts.Windows) == 0 {
		return
	}
	ref := when.Ref{Day: p.day()}
	for _, b := range s.Blocks {
		if b.Part != "" || b.Kind != document.Paragraph && b.Kind != document.List || b.End-b.Start > longest {
			continue
		}
		text := string(p.prose[b.Start:b.End])
		mentions := when.Mentions(text, ref)
		c.window(b.Start, text, mentions)
		c.cues(b.Start, text, mentions)
		c.length(b.Start, text)
	}
}

// comparison holds the summary against the facts.
type comparison struct {
	*page
	facts document.Facts
}

// elsewhere are the facts that the page states outside of the summary's own
// prose, which is no evidence for itself.
func elsewhere(p *page, s *document.Section) document.Facts {
	own := func(at document.Place) bool {
		return at.Start >= s.Start && at.Start < s.End && p.partAt(at.Start) == ""
	}
	f := p.told
	f.Milestones = slices.DeleteFunc(slices.Clone(f.Milestones), func(m document.Milestone) bool { return own(m.Place) })
	f.Windows = slices.DeleteFunc(slices.Clone(f.Windows), func(w document.Window) bool { return own(w.Place) })
	f.Metrics = slices.DeleteFunc(slices.Clone(f.Metrics), func(m document.Metric) bool { return own(m.Place) })
	return f
}

// day is the day of clocks without a date.
func (p *page) day() time.Time {
	for _, t := range times(p.told, timeline.ImpactStart, timeline.Detected) {
		return t
	}
	day, _ := time.Parse(time.DateOnly, p.Front.Date) // zero where there is none
	return day
}

// windowWords are what a sentence is about that tells when users were hurt.
var windowWords = regexp.MustCompile(`(?i)\b(?:affect|impact|incident|outage|unavailab|disrupt|degrad|customers|users|fail|error|nobody could|could not|unable)`)

// window compares "between T and T" with the stretches of impact. One end
// that fits shows that the other one is meant as an end as well.
func (p *comparison) window(base int, text string, mentions []when.Mention) {
	starts := times(p.facts, timeline.ImpactStart)
	ends := times(p.facts, timeline.ImpactEnd, timeline.Mitigated, timeline.Resolved)
	for _, m := range mentions {
		if m.Until == nil || m.Time.IsZero() || m.Until.Time.IsZero() || m.Approx || m.Until.Approx || !windowWords.MatchString(sentenceAround(text, m.Start, m.End)) {
			continue
		}
		from, to := fits(m.Stamp, starts), fits(*m.Until, ends)
		at := document.Span{Start: base + m.Start, End: base + m.End}
		switch {
		case len(starts) == 0 || len(ends) == 0 || from == to:
		case from:
			p.add(at, fmt.Sprintf("the summary lets impact end at %s; the facts say %s", clockOf(m.Until.Time), told(ends)))
		default:
			p.add(at, fmt.Sprintf("the summary lets impact begin at %s; the facts say %s", clockOf(m.Time), told(starts)))
		}
	}
}

// fits reports whether a time is one of the list, as finely as it is written.
func fits(s when.Stamp, list []time.Time) bool {
	unit := max(s.Precision.Unit(), time.Second)
	if s.Approx {
		unit = max(unit, 15*time.Minute)
	}
	for _, t := range list {
		if apart(s.Time.Sub(t), 0) < unit || s.Time.Equal(t.Truncate(unit)) {
			return true
		}
	}
	return false
}

// cues compares times that words say the meaning of.
func (p *comparison) cues(base int, text string, mentions []when.Mention) {
	from := 0
	for _, m := range mentions {
		lead := lastSentence(text[from:m.Start])
		from = m.End
		if m.Time.IsZero() || m.Precision < when.Hour || m.Until != nil || !directly.MatchString(lead) {
			continue
		}
		for _, c := range cues {
			list := times(p.facts, c.facts...)
			if found := c.pattern.FindAllStringIndex(lead, -1); found == nil || len(lead)-found[len(found)-1][1] > 40 || len(list) == 0 {
				continue
			}
			if !fits(m.Stamp, list) {
				p.add(document.Span{Start: base + m.Start, End: base + m.End},
					fmt.Sprintf("the summary puts %s at %s; the facts say %s", c.what, clockOf(m.Time), told(list[:1])))
			}
			break
		}
	}
}

// directly ends with a word that ties a time to what stands in front of it.
var directly = regexp.MustCompile(`(?i)\b(?:at|on|by|around|about|from|since|until)\s*(?:about|around|approximately|~)?\s*$`)

// length compares how long it is said to have lasted, or to have gone unseen.
func (p *comparison) length(base int, text string) {
	for _, l := range when.Lapses(text) {
		lead := lastSentence(text[:l.Start])
		var known []time.Duration
		switch tail := text[l.End:min(len(text), l.End+80)]; {
		case l.After == "" && lasting.MatchString(lead) && !checking.MatchString(lead):
			known = p.lengths(endings, timeline.Mitigated, timeline.ImpactEnd, timeline.Resolved)
		case unseenLead.MatchString(lead), tookLead.MatchString(lead) && unseenTail.MatchString(tail),
			seen.MatchString(lead) && sinceStart.MatchString(l.After):
			known = p.lengths([]string{"time_to_detect"}, timeline.Detected)
		}
		if len(known) == 0 {
			continue
		}
		said := text[l.Start:l.End]
		unit := unitOf(said)
		if l.AtMost || about.MatchString(lead) {
			unit = max(unit, l.D/5)
		}
		near := false
		for _, d := range known {
			near = near || roughly(l.D, d, unit)
		}
		if !near {
			p.add(document.Span{Start: base + l.Start, End: base + l.End},
				fmt.Sprintf("the summary says %s; the facts say %s", strings.Join(strings.Fields(said), " "), when.Words(known[0])))
		}
	}
}

// roughly reports whether a length may be said for another one, as finely as it
// is said. Whole hours may be rounded or cut.
func roughly(said, d, unit time.Duration) bool {
	if unit < time.Hour || said%unit != 0 {
		return apart(d, said) < max(unit, time.Minute)
	}
	return apart(d, said) <= unit/2 || d.Truncate(unit) == said
}

// endings are the measures of how long an incident lasted.
var endings = []string{"impact_duration", "time_to_mitigate", "time_to_recover", "time_to_resolve"}

// lengths are the distances that words may mean: the measures of these names,
// and the time from what may count as the beginning to one of the ends. For the
// end of impact its stretches count as well.
func (p *comparison) lengths(measures []string, ends ...timeline.Milestone) []time.Duration {
	var list []time.Duration
	add := func(d time.Duration) {
		if d > 0 {
			list = append(list, d)
		}
	}
	if slices.Contains(ends, timeline.ImpactEnd) {
		add(impactUnion(p.facts))
		for _, w := range p.facts.Windows {
			if !w.End.IsZero() {
				add(w.End.Sub(w.Start))
			}
		}
	}
	for _, m := range p.facts.Metrics {
		if m.Known && !m.Count && slices.Contains(measures, m.Name) {
			add(time.Duration(m.Value * float64(time.Second)))
		}
	}
	starts := times(p.facts, timeline.Trigger, timeline.ImpactStart)
	if len(starts) == 0 && slices.Contains(ends, timeline.ImpactEnd) {
		starts = times(p.facts, timeline.Detected)
	}
	for _, a := range starts {
		for _, b := range times(p.facts, ends...) {
			add(b.Sub(a))
		}
	}
	return list
}

// told lists times as a finding tells them, the first three.
func told(list []time.Time) string {
	var words []string
	for _, t := range list {
		if text := clockOf(t); len(words) < 3 && (len(words) == 0 || words[len(words)-1] != text) {
			words = append(words, text)
		}
	}
	return strings.Join(words, " or ")
}

// sentenceEnd is where one sentence ends and the next begins.
var sentenceEnd = regexp.MustCompile(`[.!?]["”)]?\s+|\n\s*\n|\n\s*[-*+]\s`)

// lastSentence is what stands behind the last end of a sentence, in the last few
// hundred bytes of a text.
func lastSentence(text string) string {
	text = text[max(0, len(text)-600):]
	if m := sentenceEnd.FindAllStringIndex(text, -1); m != nil {
		return text[m[len(m)-1][1]:]
	}
	return text
}

// sentenceAround is the sentence that a stretch of the text stands in.
func sentenceAround(text string, start, end int) string {
	lead := lastSentence(text[:start])
	rest := text[end:]
	if m := sentenceEnd.FindStringIndex(rest); m != nil {
		rest = rest[:m[0]]
	}
	return lead + text[start:end] + rest
}
