package review

import (
	"slices"
	"strings"
	"time"

	"pir/internal/markdown"
	"pir/internal/when"
	"pir/timeline"
)

// Saying is what somebody said about a topic.
type Saying struct {
	What Text
	Who  Text   // the source
	When Moment // the day on which it was said; may be unknown
	Last bool   // the latest of several days
	Refs Refs
}

// Sayings are the words about a topic ("cause", "trigger", "impact", "advice",
// "lesson", "question"), in the order in which they were said.
func (p *Page) Sayings(topic string) []Saying {
	var events []*timeline.Event
	for i := range p.timeline.Events {
		if e := &p.timeline.Events[i]; string(e.Topic) == topic && !hidden(e) {
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b *timeline.Event) int { return saidAt(a).Compare(saidAt(b)) })
	var list []Saying
	for _, e := range events {
		list = append(list, Saying{
			What: p.saying(e), Who: p.sourceName(e), When: p.calendar.moment(saidAt(e), when.Day),
			Refs: p.ledger.refs(evidenceOf(e)),
		})
	}
	if n := len(list); n > 1 {
		first, last := list[0].When, list[n-1].When
		if first.Known() && !sameDay(first.time.UTC(), last.time.UTC()) {
			for i := range list {
				list[i].Last = sameDay(list[i].When.time.UTC(), last.time.UTC())
			}
		}
	}
	return list
}

// saying is the whole text of a labelled row: its title, and what stands below.
func (p *Page) saying(e *timeline.Event) Text {
	title, body := markdown.Visible(e.Title), markdown.Visible(e.Body)
	switch {
	case title == "":
		title = body
	case body != "" && body != title:
		title += " " + body
	}
	return Text(markdown.Cut(title, 2*maxWhat) + clockNote(e, title))
}

// Attempt is one try at mitigation.
type Attempt struct {
	Time    Moment
	Bound   Text
	What    Text
	Scope   Text
	Outcome Text // empty when not known
	Refs    Refs

	by time.Time
}

// latest is the time of the attempt, else the last at which it can have been.
func (a Attempt) latest() time.Time {
	if a.Time.Known() {
		return a.Time.time
	}
	return a.by
}

// Attempts are the tries at mitigation, those that failed included, in order of
// time.
func (p *Page) Attempts() []Attempt {
	var list []Attempt
	for _, m := range p.Marks() {
		if m.name != timeline.MitigationStart {
			continue
		}
		what := p.rowText(m)
		if what == "" {
			what = m.Label
		}
		list = append(list, Attempt{Time: m.Time, Bound: m.Bound, What: what, Scope: m.Scope, Outcome: m.Outcome, Refs: m.Refs, by: m.boundary.NotAfter})
	}
	slices.SortStableFunc(list, func(a, b Attempt) int { return a.latest().Compare(b.latest()) })
	return list
}

// Action is a piece of work that came out of the incident. Empty texts are not
// known.
type Action struct {
	ID, What, Type, State, Owner, Due Text
	Link                              Link
	Done                              bool
	Who                               Text
	Refs                              Refs
}

// done reports whether the state of an action says that nothing is left to do.
func done(state string) bool {
	return slices.Contains([]string{"done", "completed", "closed", "fixed"}, strings.ToLower(state))
}

// givenID leaves out an id that was reckoned: it tells readers nothing.
func givenID(id string) Text {
	if len(id) == 7 && id[0] == 'a' && strings.Trim(id[1:], "0123456789abcdef") == "" {
		return ""
	}
	return Text(id)
}

// Actions are those of pir.yaml and of the notes.
func (p *Page) Actions() []Action {
	var list []Action
	for _, a := range p.timeline.Actions {
		out := Action{
			ID: givenID(a.ID), What: short(a.Text), Type: Text(a.Type), State: Text(a.State), Owner: Text(a.Owner),
			Due: Text(a.Due), Link: Link(a.Link), Done: done(a.State), Refs: p.ledger.refs(a.Evidence...),
		}
		if len(a.Evidence) > 0 {
			out.Who = p.who(a.Evidence[0])
		}
		list = append(list, out)
	}
	return list
}
