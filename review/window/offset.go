package window

import (
	"fmt"
	"time"
)

// Unit is what an offset counts in.
type Unit string

// The units. Days are of 24 hours: a stage is due at the same time of day in
// UTC. A business day is Monday to Friday in the rule's zone, and keeps the time
// of day there; holidays are not known. A month ends on the same day of the next
// month, or on its last day.
const (
	Hours        Unit = "hours"
	Days         Unit = "days"
	BusinessDays Unit = "business days"
	Months       Unit = "months"
)

// Offset is a length of time in a calendar.
type Offset struct {
	Count int
	Unit  Unit
}

// String gives "72 hours", "1 month", "at once".
func (o Offset) String() string {
	if o.Count == 0 {
		return "at once"
	}
	unit := string(o.Unit)
	if o.Count == 1 {
		unit = unit[:len(unit)-1]
	}
	return fmt.Sprintf("%d %s", o.Count, unit)
}

// After gives the time that lies the offset after t, in UTC. The location is
// that of business days and months.
func (o Offset) After(t time.Time, loc *time.Location) time.Time {
	switch o.Unit {
	case Hours:
		t = t.Add(time.Duration(o.Count) * time.Hour)
	case Days:
		t = t.Add(time.Duration(o.Count) * 24 * time.Hour)
	case BusinessDays:
		t = businessDays(t.In(loc), o.Count)
	case Months:
		t = months(t.In(loc), o.Count)
	}
	return t.UTC()
}

// businessDays moves t by n working days; from a weekend they count from Monday
// on.
func businessDays(t time.Time, n int) time.Time {
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if day := t.Weekday(); day != time.Saturday && day != time.Sunday {
			n--
		}
	}
	return t
}

// months moves t by n months and stays within the month that it lands in.
func months(t time.Time, n int) time.Time {
	moved := t.AddDate(0, n, 0)
	if moved.Day() != t.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}
