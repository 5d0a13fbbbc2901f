package timeline

import "time"

// Milestone returns the row of a milestone that metrics use: the first
// impact_start and mitigated, the last impact_end and resolved, and the best
// row of the others. It is false only for a name that the timeline has no row
// of; whether the time is known is Boundary.Known.
func (t *Timeline) Milestone(name Milestone) (Boundary, bool) {
	return Boundary{Name: name}, false
}

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

// Event returns the event with the id; the pointer is into Events.
func (t *Timeline) Event(id string) (*Event, bool) {
	for i := range t.Events {
		if t.Events[i].ID == id {
			return &t.Events[i], true
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

// Gap is a stretch of impact without any record of the response.
type Gap struct {
	Start, End    time.Time // UTC; impact goes on from Start to End
	Before, After Evidence  // the records around it; zero at the edge of the impact
}

// Gaps returns the stretches of more than 30 minutes during impact in which no
// person or tool left a record of the response, in order of time.
func (t *Timeline) Gaps() []Gap { return nil }

// Rate is the errors of one bucket of time.
type Rate struct {
	Start, End time.Time // UTC, half open
	Errors     int64
	Total      int64 // records of all levels
}

// ErrorRate spreads the error series over the timeline's span in equal
// buckets, for a sparkline. It is nil when there is no series or no span.
func (t *Timeline) ErrorRate(buckets int) []Rate { return nil }
