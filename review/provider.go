package review

import (
	"pir/internal/markdown"
	"pir/timeline"
)

// Provider is what one provider tells of its own incident.
type Provider struct {
	Name      Text
	Posts     []Row  // all that it posted, in order of time, with the whole words
	First     Moment // its first post
	FirstRefs Refs
	Start     Moment // of its impact, by its own account; may be unknown
	Refs      Refs   // who says so
}

// Providers are those whose records are among the sources, in the order of
// their first posts.
func (p *Page) Providers() []Provider {
	var list []Provider
	at := map[string]int{}
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if e.Party != timeline.PartyUpstream || e.Time.IsZero() || hidden(e) || e.HasFlag(timeline.FlagPlanned) {
			continue
		}
		n, known := at[e.Source]
		if !known {
			n = len(list)
			at[e.Source] = n
			first := p.eventRow(e)
			list = append(list, Provider{Name: p.sourceName(e), First: first.Time, FirstRefs: first.Refs, Refs: p.ledger.refs()})
		}
		row := p.eventRow(e)
		if e.Kind != timeline.KindStatus { // a post has its words in its row
			row.What = p.account(e)
		}
		list[n].Posts = append(list[n].Posts, row)
	}
	p.providerStart(list)
	return list
}

// account is the whole text of a record, behind its title.
func (p *Page) account(e *timeline.Event) Text {
	title, body := markdown.Visible(e.Title), markdown.Visible(markdown.Joined(e.Body))
	if body != "" && body != title {
		title += ". " + body
	}
	return Text(markdown.Cut(title, 2*maxWhat) + clockNote(e, title))
}

// providerStart sets the start of the impact for the provider that states it.
func (p *Page) providerStart(list []Provider) {
	m, ok := p.timeline.Metric(startToDetect)
	if !ok {
		return
	}
	start := p.onTheirClock(m)
	e := p.tellsOf(start)
	if start.IsZero() || e == nil {
		return
	}
	for i := range list {
		if list[i].Name == p.sourceName(e) {
			list[i].Start = p.calendar.moment(start, p.timeline.PrecisionAt(start))
			list[i].Refs = p.ledger.refs(evidenceOf(e))
		}
	}
}
