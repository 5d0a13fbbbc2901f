package window

import (
	"fmt"
	"time"
)

// Unit is what an offset counts in.
type Unit string

// The units. A day and a month end at the same time of day in the rule's zone,
// a month on the same day of the next month or on its last day. A business day
// is Monday to Friday in the rule's zone and no holiday; from a day off they
// count from the next working day on.
const (
	Hours        Unit = "hours"
	Days         Unit = "days"
	BusinessDays Unit = "business days"
	Months       Unit = "months"
)

// Offset is a length of time in a calendar.
type Offset struct {
	Count int  `json:"count"`
	Unit  Unit `json:"unit"`
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

// Calendar says what a day is.
type Calendar struct {
	Location *time.Location // where days begin; nil is UTC
	Holidays []time.Time    // days that are no business days; only their dates in UTC count
}

// After gives the time that lies the offset after t in the calendar, in UTC. A
// time of day that clocks skip on the last day counts as much later as they
// skip; of one that they repeat the first counts.
func (o Offset) After(t time.Time, c Calendar) time.Time {
	if o.Unit == Hours || o.Count <= 0 {
		return t.Add(time.Duration(o.Count) * time.Hour).UTC()
	}
	if c.Location == nil {
		c.Location = time.UTC
	}
	// The wall clock of the place, kept as if it were UTC: days and months are
	// counted there, and only the last day meets the zone again.
	local := t.In(c.Location)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
	switch o.Unit {
	case Days:
		wall = wall.AddDate(0, 0, o.Count)
	case BusinessDays:
		wall = c.businessDays(wall, o.Count)
	case Months:
		wall = months(wall, o.Count)
	}
	return instant(wall, c.Location)
}

// businessDays moves a wall clock by n working days.
func (c Calendar) businessDays(wall time.Time, n int) time.Time {
	off := map[string]bool{}
	for _, day := range c.Holidays {
		off[day.UTC().Format(time.DateOnly)] = true
	}
	for n > 0 {
		wall = wall.AddDate(0, 0, 1)
		if day := wall.Weekday(); day != time.Saturday && day != time.Sunday && !off[wall.Format(time.DateOnly)] {
			n--
		}
	}
	return wall
}

// months moves a wall clock by n months and stays within the month that it
// lands in.
func months(wall time.Time, n int) time.Time {
	moved := wall.AddDate(0, n, 0)
	if moved.Day() != wall.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}

// instant gives the moment at which the clocks of a place show the wall clock.
func instant(wall time.Time, loc *time.Location) time.Time {
	before := offsetAt(wall.Add(-24*time.Hour), loc)
	after := offsetAt(wall.Add(24*time.Hour), loc)
	first := wall.Add(-before)
	if offsetAt(first, loc) == before {
		return first
	}
	if second := wall.Add(-after); offsetAt(second, loc) == after {
		return second
	}
	return first // skipped: as late as the clocks that were not put forward
}

func offsetAt(t time.Time, loc *time.Location) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}
