package review

import (
	"time"

	"pir/internal/when"
	"pir/review/document"
	"pir/review/window"
	"pir/timeline"
)

// Page is the prepared review, and all that a template sees. Every text in it
// is a Text, a Code or a Link, which write themselves escaped; Refs write links
// to the evidence. Lists are in the order in which they are to be shown.
type Page struct {
	Title      Text
	ID         Text // empty when there is none
	Components List
	Day        Moment // the main day: times of it are shown without a date
	DayRefs    Refs
	Zone       Text // name of the second time column; empty when there is none
	Banner     Text // a line that pir.yaml gives
	Stage      Stage
	Stages     []Stage // all stages of the window
	WindowNote Text    // a caution about the window; may be empty

	timeline *timeline.Timeline
	ledger   *ledger
	calendar *calendar
	cited    []document.Citation // what the writer cites beside the page
	numbers  []int               // of those
}

// keepCited puts what the writer cites into the list of evidence.
func (p *Page) keepCited() {
	for _, c := range p.cited[len(p.numbers):] {
		p.numbers = append(p.numbers, p.ledger.keep(p.timeline, c))
	}
}

// Stage is a stage of the review.
type Stage struct {
	Name        Text
	Title       Text // "Preliminary review"
	Statement   bool // a short first word
	Final       bool // nothing may be left open
	Due         Moment
	AtLatest    bool // Due counts from an upper bound
	Why         Text // how Due was reckoned, or why there is none
	Late        bool // Due has passed; only known when the reader's time is
	Refs        Refs // the evidence of what Due counts from
	Now         bool // this is the stage of the page
	KnownToDate bool // the reader's time was given, so that Late says something
}

// newPage prepares what all parts of the page need.
func newPage(t *timeline.Timeline, opt Options, stages []window.Stage, stage string) *Page {
	p := &Page{
		timeline: t, ledger: newLedger(),
		Title: Text(opt.Title), ID: Text(t.Incident.ID), Components: components(t),
		Banner: Text(opt.Banner),
	}
	if p.Title == "" {
		p.Title = Text(t.Incident.Title)
	}
	day, evidence := mainDay(t)
	p.calendar = &calendar{day: day.UTC(), display: secondZone(t, day)}
	p.Day = p.calendar.moment(day, when.Day)
	p.DayRefs = p.ledger.refs(evidence...)
	if p.calendar.display != nil {
		p.Zone = Text(p.calendar.display.String())
	}
	if p.Title == "" {
		p.Title = "Incident"
		if p.Day.Known() {
			p.Title = "Incident of " + p.Day.Date()
		}
	}
	for _, s := range stages {
		p.Stages = append(p.Stages, p.stage(s, stage, opt.Now))
		if s.Name == stage {
			p.Stage = p.Stages[len(p.Stages)-1]
		}
	}
	return p
}

// stage words a stage of the window.
func (p *Page) stage(s window.Stage, current string, now time.Time) Stage {
	out := Stage{
		Name: Text(s.Name), Title: stageTitle(s), AtLatest: s.AtLatest, Why: p.stageWhy(s),
		Statement: s.Rule.Form == window.FormStatement, Final: s.Rule.Form == window.FormFinal,
		Due: p.calendar.moment(s.Due, when.Minute), Now: s.Name == current,
	}
	if !now.IsZero() && !s.Due.IsZero() {
		out.KnownToDate, out.Late = true, now.After(s.Due)
	}
	out.Refs = p.ledger.refs(p.anchorEvidence(s)...)
	return out
}

// mainDay gives the day that the page is about, and what says so: that of the
// first impact, else of the first milestone, else of the first event.
func mainDay(t *timeline.Timeline) (time.Time, []timeline.Evidence) {
	if b, ok := t.Milestone(timeline.ImpactStart); ok && b.Known() {
		return b.Time, b.Evidence
	}
	for _, b := range t.Milestones {
		if b.Known() {
			return b.Time, b.Evidence
		}
	}
	for i := range t.Events {
		if e := &t.Events[i]; !e.Time.IsZero() {
			return e.Time, []timeline.Evidence{evidenceOf(e)}
		}
	}
	return t.Incident.From, nil
}

// secondZone gives the zone of the second time column, if it shows other times
// than UTC on the day.
func secondZone(t *timeline.Timeline, day time.Time) *time.Location {
	loc := t.Incident.Display
	if loc == nil {
		return nil
	}
	if _, offset := day.In(loc).Zone(); offset == 0 {
		return nil
	}
	return loc
}

// components are those of the incident, else those that the impact names.
func components(t *timeline.Timeline) List {
	if len(t.Incident.Components) > 0 {
		return texts(t.Incident.Components)
	}
	var l List
	seen := map[string]bool{"": true}
	for _, e := range t.Episodes {
		if !seen[e.Component] {
			seen[e.Component] = true
			l = append(l, Text(e.Component))
		}
	}
	return l
}
