package incident

import (
	"slices"

	"pir/timeline"
)

// name gives an incident that nobody described what its records call it: the
// only incident of the status page its name, severity and components, else the
// only record of an incident its name and severity, else the only notes their
// title. Where there are several, none is taken.
func (p *plan) name(t *timeline.Timeline) {
	in := &t.Incident
	if p.config.Path != "" || in.Title != "" {
		return
	}
	kept := recordOf(t)
	defer func() {
		if kept != nil && in.Severity == "" {
			in.Severity = kept.severity
		}
	}()
	posts, one := onlyGroup(t, timeline.KindStatus)
	switch {
	case one && len(posts) > 0:
		for _, e := range posts {
			if in.Severity == "" {
				in.Severity = e.Severity
			}
			for _, c := range e.Components {
				if !slices.Contains(in.Components, c) {
					in.Components = append(in.Components, c)
				}
			}
		}
	case len(posts) > 0:
		return
	case kept != nil && kept.title != "" && kept.kind != paging:
		p.called(in, kept)
		return
	default:
		if posts, one = onlyGroup(t, timeline.KindNote); !one || len(posts) == 0 {
			p.called(in, kept)
			return
		}
	}
	if in.Title = t.SuggestTitle(); in.Title != "" && len(posts[0].Origins) > 0 {
		p.hints = append(p.hints, "the incident has its name from "+posts[0].Origins[0].Path+"; pir.yaml can give another")
	}
}

// called takes the name of a record of the incident, where there is one.
func (p *plan) called(in *timeline.Incident, kept *record) {
	if kept == nil || kept.title == "" {
		return
	}
	in.Title = kept.title
	p.hints = append(p.hints, "the incident has its name from "+kept.path+"; pir.yaml can give another")
}

// onlyGroup gives our own events of a kind, and whether all of them belong to
// one incident or document.
func onlyGroup(t *timeline.Timeline, kind timeline.Kind) (list []*timeline.Event, one bool) {
	one = true
	for i := range t.Events {
		e := &t.Events[i]
		if e.Kind != kind || e.Party != timeline.PartyOwn || e.Group == "" || e.HasFlag(timeline.FlagPlanned) {
			continue
		}
		list = append(list, e)
		one = one && e.Group == list[0].Group
	}
	return list, one
}
