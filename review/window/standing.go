package window

import (
	"time"

	"pir/internal/when"
)

// State is where a stage stands at a moment.
type State string

// The states.
const (
	Published State = "published" // it went out
	Passed    State = "passed"    // a later stage was reached, and nobody wrote down when this one went out
	Open      State = "open"      // it is due later
	Overdue   State = "overdue"   // its due date is over
	Undated   State = "undated"   // it has no due date
)

// Standing is where a stage stands.
type Standing struct {
	Stage
	State State
	// Left is the time until the stage is due, less than zero when it is late. For
	// one that went out it is how early that was. Valid where HasLeft.
	Left    time.Duration
	HasLeft bool
}

// Stand tells of each stage that Due gave where it stands at the moment now. A
// stage before one that went out, or before the one that the review is at, is
// passed.
func Stand(stages []Stage, in Input, now time.Time) []Standing {
	reached := -1
	for i, s := range stages {
		if s.Out || s.Name == in.Reached {
			reached = i
		}
	}
	list := make([]Standing, len(stages))
	for i, s := range stages {
		list[i] = s.standing(now, i < reached)
	}
	return list
}

func (s Stage) standing(now time.Time, passed bool) Standing {
	st := Standing{Stage: s}
	at := now
	switch {
	case s.Out:
		st.State, at = Published, s.Published
	case passed:
		st.State, at = Passed, time.Time{}
	case s.Due.IsZero():
		st.State = Undated
	case now.After(s.Due):
		st.State = Overdue
	default:
		st.State = Open
	}
	if !s.Due.IsZero() && !at.IsZero() {
		st.Left, st.HasLeft = s.Due.Sub(at), true
	}
	return st
}

// Words tells the standing in a few words: "in 2 d 3 h", "overdue by 3 h",
// "published, 5 h early".
func (st Standing) Words() string {
	switch st.State {
	case Open:
		if st.AtLatest {
			return "in " + when.Words(st.Left) + " at the latest"
		}
		return "in " + when.Words(st.Left)
	case Overdue:
		return "overdue by " + when.Words(-st.Left)
	case Passed:
		return "passed, no time written down"
	case Undated:
		return "no due date"
	}
	switch {
	case !st.HasLeft:
		return "published"
	case st.Left < 0:
		return "published, " + when.Words(-st.Left) + " late"
	case st.Left == 0:
		return "published in time"
	}
	return "published, " + when.Words(st.Left) + " early"
}
