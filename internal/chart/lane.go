package chart

import (
	"slices"
	"strings"

	"pir/timeline"
)

// lane is a row of marks: what one kind of record tells, or another party.
type lane struct {
	name, colour string
	kinds        []timeline.Kind // none are all
	party        timeline.Party
}

// lanes are the rows in the order in which they are drawn. A row without marks is
// left out.
var lanes = []lane{
	{"posts", "post", []timeline.Kind{timeline.KindStatus, timeline.KindComms}, timeline.PartyOwn},
	{"alerts, pages", "alert", []timeline.Kind{timeline.KindAlert, timeline.KindPage, timeline.KindAck}, timeline.PartyOwn},
	{"changes", "change", []timeline.Kind{timeline.KindChange}, timeline.PartyOwn},
	{"people", "people", []timeline.Kind{timeline.KindNote, timeline.KindChat, timeline.KindDecision, timeline.KindTicket}, timeline.PartyOwn},
	{"log lines", "log", []timeline.Kind{timeline.KindLog}, timeline.PartyOwn},
	{"upstream", "post", nil, timeline.PartyUpstream},
	{"downstream", "people", nil, timeline.PartyDownstream},
}

// holds reports whether an event is drawn in the lane.
func (l *lane) holds(e *timeline.Event) bool {
	party := e.Party
	if party == "" {
		party = timeline.PartyOwn
	}
	return party == l.party && (l.kinds == nil || slices.Contains(l.kinds, e.Kind))
}

// mark is one or several events that stand at one place of a lane.
type mark struct {
	x      int
	kind   timeline.Kind
	events []*timeline.Event
}

// markGap is the distance below which events share a mark.
const markGap = 45

// marks are the events of a lane that the window holds, in order of time.
func (l *lane) marks(t *timeline.Timeline, shown []bool, w window, n int) []mark {
	var events []*timeline.Event
	for i := range t.Events {
		if e := &t.Events[i]; shown[i] && w.holds(e.Time) && l.holds(e) {
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b *timeline.Event) int { return a.Time.Compare(b.Time) })
	var list []mark
	for _, e := range events {
		x := w.place(e.Time, n)
		if k := len(list) - 1; k >= 0 && x-list[k].x < markGap {
			list[k].events = append(list[k].events, e)
			continue
		}
		list = append(list, mark{x: x, kind: e.Kind, events: []*timeline.Event{e}})
	}
	return list
}

// drawable says of every event whether it is drawn: those that reach the review,
// and what others than we tell.
func drawable(t *timeline.Timeline) []bool {
	choices := t.Selected()
	shown := make([]bool, len(choices))
	for i, c := range choices {
		shown[i] = c.Shown
	}
	return shown
}

// tip is what a mark says when a pointer rests on it, and ids are its rows.
func (m *mark) tip() string {
	const most = 3
	var parts []string
	for _, e := range m.events[:min(most, len(m.events))] {
		words := plain(e.Title)
		if words == "" {
			words = plain(e.Body)
		}
		parts = append(parts, momentText(e.Time.UTC(), e.Precision.Unit(), clockOnly)+" "+cut(words, 100, px(800)))
	}
	if more := len(m.events) - most; more > 0 {
		parts = append(parts, counted(more, "row more", "rows more"))
	}
	return strings.Join(parts, "\n")
}

// shape draws a mark of a kind around a point, as a path; what several rows
// share is told by a bar above it.
func (c *canvas) shape(m *mark, l *lane, x, y int) {
	var d string
	p := func(dx, dy int) string { return unit(x+dx) + " " + unit(y+dy) }
	switch m.kind {
	case timeline.KindStatus, timeline.KindComms:
		d = "M" + p(-12, -60) + "h2.4v12h-2.4z"
	case timeline.KindAlert, timeline.KindPage, timeline.KindAck:
		d = "M" + p(0, -50) + "l5 9h-10z"
	case timeline.KindChange:
		d = "M" + p(0, -55) + "l5.5 5.5l-5.5 5.5l-5.5 -5.5z"
	case timeline.KindLog:
		d = "M" + p(-35, -35) + "h7v7h-7z"
	default:
		d = "M" + p(-40, 0) + "a4 4 0 1 1 8 0a4 4 0 1 1 -8 0z"
	}
	list := attrs{"d", d, "fill", l.colour}
	if l.party != timeline.PartyOwn && m.kind != timeline.KindStatus && m.kind != timeline.KindComms {
		list = attrs{"d", d, "fill", "ground", "stroke", l.colour, "stroke-width", "1.6"}
	}
	c.open(&c.over, "path", list, "/>")
	if len(m.events) > 1 {
		c.open(&c.over, "path", attrs{"d", "M" + p(-30, 75) + "h6", "fill", "none", "stroke", l.colour, "stroke-width", "1.6"}, "/>")
	}
}
