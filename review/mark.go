package review

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"pir/internal/markdown"
	"pir/internal/when"
	"pir/timeline"
)

// markNames are the milestones in words.
var markNames = []struct {
	name  timeline.Milestone
	label string // in a table
	word  string // in "Not known: …"
}{
	{timeline.Trigger, "Trigger", "trigger"},
	{timeline.Cause, "Cause in place", "cause"},
	{timeline.ImpactStart, "Impact started", "impact start"},
	{timeline.Detected, "Detected", "detected"},
	{timeline.Acknowledged, "Acknowledged", "acknowledged"},
	{timeline.Declared, "Declared", "declared"},
	{timeline.Engaged, "Responders engaged", "engaged"},
	{timeline.FirstUpdate, "First update", "first update"},
	{timeline.Identified, "Cause identified", "identified"},
	{timeline.MitigationStart, "Mitigation started", "mitigation start"},
	{timeline.PartialMitigation, "Partly mitigated", "partial mitigation"},
	{timeline.Mitigated, "Main impact mitigated", "mitigated"},
	{timeline.ImpactEnd, "Fully mitigated", "impact end"},
	{timeline.Resolved, "Resolved", "resolved"},
	{timeline.Closed, "Closed", "closed"},
}

func markLabel(name timeline.Milestone) Text {
	for _, m := range markNames {
		if m.name == name {
			return Text(m.label)
		}
	}
	return Text(strings.ReplaceAll(string(name), "_", " "))
}

// byNames say who noticed first.
var byNames = []struct{ by, phrase, lead string }{
	{timeline.ByMonitor, "by a monitor", "A monitor"},
	{timeline.ByCustomer, "by a customer", "A customer"},
	{timeline.ByStaff, "by staff", "Staff"},
	{timeline.ByThirdParty, "by a third party", "A third party"},
}

// rungNames say what kind of evidence set a time.
var rungNames = []struct {
	rung timeline.Rung
	word string
}{
	{timeline.RungGiven, "given in pir.yaml"},
	{timeline.RungRecorded, "recorded by a system"},
	{timeline.RungStated, "stated"},
	{timeline.RungApproximate, "stated as about"},
	{timeline.RungMeasured, "measured in logs"},
	{timeline.RungPosted, "posted: an upper bound"},
	{timeline.RungDerived, "derived"},
}

func rungName(rung timeline.Rung) Text {
	for _, r := range rungNames {
		if r.rung == rung {
			return Text(r.word)
		}
	}
	return Text(rung)
}

// Mark is a milestone on the page.
type Mark struct {
	Label   Text // "Impact started", with its episode where there are several
	Time    Moment
	Bound   Text // "by 14:10" and the like, where Time is not known; else empty
	By      Text // "by a monitor"; empty when not known
	Lead    Text // "A monitor", at the start of a sentence; empty when not known
	Scope   Text // components and regions; empty is all
	Outcome Text // of an attempt: worked, partial, failed; empty when not known
	Rung    Text // "stated"
	Words   Text // the words that say so; empty when nobody wrote any
	Who     Text // whose words: the source, and the day if it is another one
	Refs    Refs
	Others  []Other // what else was said, where it differs

	name     timeline.Milestone
	boundary timeline.Boundary
	said     time.Time
}

// Other is a candidate for a milestone's time that was not chosen.
type Other struct {
	Time Moment
	Rung Text
	Who  Text // source and when it was said
	Refs Refs

	said time.Time
}

// Mark gives a milestone by its name if its time is known, else nil.
func (p *Page) Mark(name string) *Mark {
	b, ok := p.timeline.Milestone(timeline.Milestone(name))
	if !ok || !b.Known() {
		return nil
	}
	m := p.mark(b)
	return &m
}

// Marks are the milestones with a time or a bound, in the order of milestones.
func (p *Page) Marks() []Mark {
	var marks []Mark
	for _, b := range p.timeline.Milestones {
		if b.Known() || !b.NotBefore.IsZero() || !b.NotAfter.IsZero() {
			marks = append(marks, p.mark(b))
		}
	}
	return marks
}

// Unknown are the milestones of which not even a bound is known. Not every
// incident was mitigated in part: that is asked only where nothing is known of
// the mitigation.
func (p *Page) Unknown() List {
	known := map[timeline.Milestone]bool{}
	for _, b := range p.timeline.Milestones {
		if b.Known() || !b.NotBefore.IsZero() || !b.NotAfter.IsZero() {
			known[b.Name] = true
		}
	}
	var l List
	for _, m := range markNames {
		switch {
		case known[m.name], m.name == timeline.PartialMitigation && known[timeline.Mitigated]:
		case m.name == timeline.Cause && len(p.Sayings(string(timeline.TopicCause))) > 0:
			l = append(l, "cause (told, without a time)")
		default:
			l = append(l, Text(m.word))
		}
	}
	return l
}

// Conflicts are the milestones of which the evidence gives different times.
func (p *Page) Conflicts() []Mark {
	var marks []Mark
	for _, m := range p.Marks() {
		if m.boundary.Conflict && len(m.Others) > 0 {
			m.Others = p.disputed(m)
			marks = append(marks, m)
		}
	}
	return marks
}

// disputed are the others that the warning of the conflict names; all of them
// when it names none.
func (p *Page) disputed(m Mark) []Other {
	told := map[string]bool{}
	for _, w := range p.timeline.WarningsFor(timeline.WarnConflict) {
		if strings.HasPrefix(w.Message, string(m.name)) && strings.Contains(w.Message, against) {
			for _, e := range w.Evidence {
				told[e.Origin] = true
			}
		}
	}
	var list []Other
	for _, o := range m.Others {
		if len(o.Refs.evidence) > 0 && told[o.Refs.evidence[0].Origin] {
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		return m.Others
	}
	return list
}

// against parts the candidates in the warning of a conflict.
const against = " against "

// LaterWord reports whether the time was taken because it was said later than
// the first of the others.
func (m Mark) LaterWord() bool {
	stated := rungName(timeline.RungStated)
	return len(m.Others) > 0 && m.Rung == stated && m.Others[0].Rung == stated && m.said.After(m.Others[0].said)
}

// Doubtful are the warnings that sources disagree about something else than one
// milestone: how long it lasted, whether it paused.
func (p *Page) Doubtful() []Question {
	var list []Question
	for _, w := range p.timeline.WarningsFor(timeline.WarnConflict) {
		if strings.Contains(w.Message, against) {
			continue // told by Conflicts
		}
		list = append(list, Question{sentence(p.named(w)), p.ledger.refs(w.Evidence...)})
	}
	return list
}

// named is the message of a warning with the names of sources in place of where
// in them it stands, which its citations tell.
func (p *Page) named(w timeline.Warning) string {
	message := w.Message
	for _, e := range w.Evidence {
		if source := p.sourceOf(e); source != "" && e.Origin != "" {
			message = strings.ReplaceAll(message, e.Origin, source)
		}
	}
	return message
}

// sentence makes the message of a warning one of the page: names of milestones
// and metrics become words.
func sentence(message string) Text {
	for _, m := range markNames {
		message = strings.ReplaceAll(message, string(m.name), strings.ReplaceAll(string(m.name), "_", " "))
	}
	for _, m := range metricNames {
		message = strings.ReplaceAll(message, m.name, strings.ReplaceAll(m.name, "_", " "))
	}
	r := []rune(markdown.Cut(message, maxWhat))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
		if !strings.ContainsRune(".?!…", r[len(r)-1]) {
			r = append(r, '.')
		}
	}
	return Text(string(r))
}

func (p *Page) mark(b timeline.Boundary) Mark {
	m := Mark{
		Label: markLabel(b.Name), Time: p.boundaryTime(b), Bound: p.bound(b.Time, b.NotBefore, b.NotAfter, b.Precision),
		Scope: p.scope(b.Scope), Rung: rungName(b.Rung), Refs: p.ledger.refs(b.Evidence...),
		name: b.Name, boundary: b,
	}
	if p.inEpisodes(b.Name) && b.Episode > 0 {
		m.Label += Text(fmt.Sprintf(", episode %d", b.Episode))
	}
	if b.Name == timeline.MitigationStart && b.Outcome != timeline.OutcomeUnknown {
		m.Outcome = Text(b.Outcome)
	}
	for _, by := range byNames {
		if by.by == b.By {
			m.By, m.Lead = Text(by.phrase), Text(by.lead)
		}
	}
	if len(b.Evidence) > 0 {
		m.Words = p.words(b.Evidence[0])
		m.Who, m.said = p.who(b.Evidence[0]), p.said(b.Evidence[0])
	}
	m.Others = p.others(b)
	return m
}

// inEpisodes reports whether a milestone has known rows in several episodes.
func (p *Page) inEpisodes(name timeline.Milestone) bool {
	episode := 0
	for _, b := range p.timeline.Milestones {
		if b.Name != name || !b.Known() {
			continue
		}
		if episode != 0 && b.Episode != episode {
			return true
		}
		episode = b.Episode
	}
	return false
}

func (p *Page) boundaryTime(b timeline.Boundary) Moment {
	m := p.calendar.moment(b.Time, b.Precision)
	m.end = b.End
	m.approx = b.Rung == timeline.RungApproximate
	return m
}

// others are the alternatives with another time, each time once.
func (p *Page) others(b timeline.Boundary) []Other {
	var list []Other
	seen := map[time.Time]bool{b.Time: true}
	for _, a := range b.Alternatives {
		if a.Time.IsZero() || seen[a.Time] {
			continue
		}
		seen[a.Time] = true
		m := p.calendar.moment(a.Time, a.Precision)
		m.approx = a.Rung == timeline.RungApproximate
		o := Other{Time: m, Rung: rungName(a.Rung), Refs: p.ledger.refs(a.Evidence...)}
		if len(a.Evidence) > 0 {
			o.Who, o.said = p.who(a.Evidence[0]), p.said(a.Evidence[0])
		}
		list = append(list, o)
	}
	return list
}

// bound words what is known of a time that is not: "by 14:10".
func (p *Page) bound(t, notBefore, notAfter time.Time, precision when.Precision) Text {
	if !t.IsZero() {
		return ""
	}
	after := p.calendar.moment(notBefore, precision).Clock()
	by := p.calendar.moment(notAfter, precision).Clock()
	switch {
	case after != "" && by != "":
		return "between " + after + " and " + by
	case after != "":
		return "not before " + after
	case by != "":
		return "by " + by
	}
	return ""
}

// words are what an evidence says. Where the quotation is a whole record, the
// title of its event says the same without the marks of the document.
func (p *Page) words(ev timeline.Evidence) Text {
	e, ok := p.event(ev)
	if ok && e.Title != "" && (ev.Quote == "" || strings.Contains(ev.Quote, e.Title)) {
		return Text(e.Title + clockNote(e, e.Title))
	}
	return Text(ev.Quote)
}

// scope names the part that something holds for; where the incident is of one
// component, naming that says nothing.
func (p *Page) scope(s timeline.Scope) Text {
	if len(s.Regions) == 0 && len(p.Components) == 1 && slices.Equal(texts(s.Components), p.Components) {
		return ""
	}
	return append(texts(s.Components), texts(s.Regions)...).Commas()
}
