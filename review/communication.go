package review

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// Talk is how the incident was told to customers while it went on.
type Talk struct {
	Posts     Text // how many of our posts there are; empty when there is none
	First     Moment
	Last      Moment
	Refs      Refs // first and last
	Delay     Text // from the start of impact to the first post; empty when not known
	Early     bool // the first post came before impact
	DelayRefs Refs // start of impact and first post
	Silence   *Silence
}

// Silence is the longest time without a post while users were hurt.
type Silence struct {
	For        Text
	First      bool // it is the one before the first post
	Start, End Moment
	Refs       Refs
}

// Talk gives the figures of communication.
func (p *Page) Talk() Talk {
	posts := p.posts()
	if len(posts) == 0 {
		return Talk{}
	}
	first, last := posts[0], posts[len(posts)-1]
	t := Talk{
		Posts: Text(thousands(int64(len(posts)))), First: p.calendar.moment(first.Time, first.Precision),
		Last: p.calendar.moment(last.Time, last.Precision), Refs: p.ledger.refs(evidenceOf(first), evidenceOf(last)),
	}
	start, ok := p.timeline.Milestone(timeline.ImpactStart)
	if ok && start.Known() {
		delay := timeline.SpanText(start.Time, first.Time, start.Precision, first.Precision)
		t.Early = strings.HasPrefix(delay, "-")
		t.Delay = Text(strings.TrimPrefix(delay, "-"))
		t.DelayRefs = p.ledger.refs(append(slices.Clone(start.Evidence[:min(1, len(start.Evidence))]), evidenceOf(first))...)
		t.Silence = p.silence(posts, start)
	}
	return t
}

// posts are our own posts with a time, in order.
func (p *Page) posts() []*timeline.Event {
	var posts []*timeline.Event
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if e.Kind == timeline.KindStatus && ours(e) && !e.Time.IsZero() && !hidden(e) {
			posts = append(posts, e)
		}
	}
	slices.SortStableFunc(posts, func(a, b *timeline.Event) int { return a.Time.Compare(b.Time) })
	return posts
}

// silence finds the longest time without a post between the start and the end
// of impact.
func (p *Page) silence(posts []*timeline.Event, start timeline.Boundary) *Silence {
	over, ok := p.timeline.Milestone(timeline.ImpactEnd)
	if !ok || !over.Known() {
		return nil
	}
	type edge struct {
		time      time.Time
		precision when.Precision
		evidence  []timeline.Evidence
	}
	edges := []edge{{start.Time, start.Precision, start.Evidence}}
	for _, e := range posts {
		if e.Time.After(start.Time) && e.Time.Before(over.Time) {
			edges = append(edges, edge{e.Time, e.Precision, []timeline.Evidence{evidenceOf(e)}})
		}
	}
	edges = append(edges, edge{over.Time, over.Precision, over.Evidence})
	longest := 0
	for i := 1; i < len(edges)-1; i++ {
		if edges[i+1].time.Sub(edges[i].time) > edges[longest+1].time.Sub(edges[longest].time) {
			longest = i
		}
	}
	from, to := edges[longest], edges[longest+1]
	return &Silence{
		For: Text(timeline.SpanText(from.time, to.time, from.precision, to.precision)), First: from.time.Equal(start.Time) && to.time.Equal(posts[0].Time),
		Start: p.calendar.moment(from.time, from.precision),
		End:   p.calendar.moment(to.time, to.precision),
		Refs:  p.ledger.refs(from.evidence[:min(1, len(from.evidence))]...).and(p.ledger.refs(to.evidence[:min(1, len(to.evidence))]...)),
	}
}
