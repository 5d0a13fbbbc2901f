package diff

import (
	"strconv"
	"strings"
	"time"

	"pir/review/document"
)

// clock writes times as a reader of one incident wants them: the day only where
// it is not that of the incident.
type clock struct{ day time.Time }

// clockOf finds the day of the incident: that of the earliest milestone, else of
// the earliest window or row. It is the same for both reviews.
func clockOf(a, b document.Facts) clock {
	var first time.Time
	see := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for _, f := range []document.Facts{a, b} {
		for _, m := range f.Milestones {
			see(m.Time)
		}
		for _, w := range f.Windows {
			see(w.Start)
		}
	}
	if first.IsZero() {
		for _, f := range []document.Facts{a, b} {
			for _, r := range f.Rows {
				see(r.Time)
			}
		}
	}
	return clock{first.Truncate(24 * time.Hour)}
}

// at writes a time: "14:10", "14:10:05", "31 July 14:10". Empty where it is not
// known.
func (c clock) at(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	layout := "15:04"
	if t.Second() != 0 {
		layout = "15:04:05"
	}
	switch day := t.Truncate(24 * time.Hour); {
	case day.Equal(c.day):
	case day.Year() == c.day.Year():
		layout = "2 January " + layout
	default:
		layout = "2 January 2006 " + layout
	}
	return t.Format(layout)
}

// span writes a stretch of time.
func (c clock) span(start, end time.Time) string {
	switch {
	case end.IsZero() || end.Equal(start):
		return c.at(start)
	case start.IsZero():
		return "until " + c.at(end)
	}
	return c.at(start) + "–" + c.at(end)
}

// stamp is a time as a value; empty where it is not known.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// stamps is a stretch of time as a value: "start/end". Two dots stand for what
// is not known.
func stamps(start, end time.Time) string {
	switch {
	case start.IsZero() && end.IsZero():
		return ""
	case start.IsZero():
		return "../" + stamp(end)
	case end.IsZero():
		return stamp(start) + "/.."
	}
	return stamp(start) + "/" + stamp(end)
}

// length writes a duration: "12 min", "7 h 58 min", "3 min 12 s", "2 days".
func length(d time.Duration) string {
	d = max(d, -d)
	var parts []string
	put := func(n time.Duration, one, many string) {
		unit := many
		if n == 1 {
			unit = one
		}
		if n > 0 {
			parts = append(parts, strconv.Itoa(int(n))+" "+unit)
		}
	}
	put(d/(24*time.Hour), "day", "days")
	put(d%(24*time.Hour)/time.Hour, "h", "h")
	put(d%time.Hour/time.Minute, "min", "min")
	if d < time.Hour {
		put(d%time.Minute/time.Second, "s", "s")
	}
	if len(parts) == 0 {
		return "less than a second"
	}
	return strings.Join(parts, " ")
}

// shift says by how much a time moved: "12 min earlier". Empty where one of the
// two is not known.
func shift(from, to time.Time) string {
	switch {
	case from.IsZero() || to.IsZero() || from.Equal(to):
		return ""
	case to.Before(from):
		return length(from.Sub(to)) + " earlier"
	}
	return length(to.Sub(from)) + " later"
}
