package timeline

import "slices"

// Milestone returns the row of a milestone that metrics use: the first
// impact_start and mitigated, the last impact_end and resolved, and the first
// known row of the others. It is false only for a name that the timeline has
// no row of; whether the time is known is Boundary.Known.
func (t *Timeline) Milestone(name Milestone) (Boundary, bool) { return lookup(t.Milestones, name) }

// Metric returns a metric by name, such as time_to_detect. It is false only
// for a name that the timeline has no row of; whether the value is known is
// Metric.Known.
func (t *Timeline) Metric(name string) (Metric, bool) {
	for _, m := range t.Metrics {
		if m.Name == name {
			return m, true
		}
	}
	return Metric{}, false
}

// Event returns the event with the id, or the row that the record with the id
// became part of; the pointer is into Events.
func (t *Timeline) Event(id string) (*Event, bool) { return eventOf(t.Events, id) }

func eventOf(list []Event, id string) (*Event, bool) {
	for i := range list {
		if list[i].ID == id {
			return &list[i], true
		}
	}
	for i := range list {
		if slices.Contains(list[i].Merged, id) {
			return &list[i], true
		}
	}
	return nil, false
}

// WarningsFor returns the warnings with the code, in their order.
func (t *Timeline) WarningsFor(code string) []Warning {
	var list []Warning
	for _, w := range t.Warnings {
		if w.Code == code {
			list = append(list, w)
		}
	}
	return list
}
