package review

import (
	"time"

	"pir/internal/when"
)

// calendar is how a page shows times: those of its main day without a date.
type calendar struct {
	day     time.Time      // any time of the main day
	display *time.Location // second time column; nil is none
}

// Moment is a time, or a span of time, in UTC.
type Moment struct {
	calendar  *calendar
	time, end time.Time
	precision when.Precision
	approx    bool
}

func (c *calendar) moment(t time.Time, p when.Precision) Moment {
	return Moment{calendar: c, time: t, precision: p}
}

// Known reports whether there is a time.
func (m Moment) Known() bool { return !m.time.IsZero() }

// Clock gives the time of day, with a date where it is not the main day of the
// page: "11:45", "31 Jul, 14:00"; a span is "10:15–10:45". It is empty when the
// time is not known.
func (m Moment) Clock() Text { return m.clockIn(time.UTC) }

// Local is Clock in the zone of the second column.
func (m Moment) Local() Text {
	if m.calendar.display == nil {
		return ""
	}
	return m.clockIn(m.calendar.display)
}

// At gives the time as a part of a sentence: "at 11:45", "from 10:15 to 10:45",
// "at about 18:00".
func (m Moment) At() Text {
	if !m.Known() || m.end.IsZero() {
		return "at " + m.Clock()
	}
	from, to := m, m.calendar.moment(m.end, m.precision)
	from.end = time.Time{}
	return "from " + from.Clock() + " to " + to.Clock()
}

// Full gives the time with its zone and date: "11:45 UTC on 30 July 2024".
func (m Moment) Full() Text {
	if !m.Known() {
		return ""
	}
	if m.precision == when.Day {
		return m.Date()
	}
	return Text(m.about() + m.time.UTC().Format(clockLayout(m.time, m.precision)) + " UTC on " + m.time.UTC().Format("2 January 2006"))
}

// Date gives the day in UTC: "30 July 2024".
func (m Moment) Date() Text {
	if !m.Known() {
		return ""
	}
	return Text(m.time.UTC().Format("2 January 2006"))
}

// SameDay reports whether both are on one day in UTC.
func (m Moment) SameDay(other Moment) bool { return sameDay(m.time.UTC(), other.time.UTC()) }

// Before reports whether m is earlier.
func (m Moment) Before(other Moment) bool { return m.time.Before(other.time) }

// about is the word in front of a time that its source gives as approximate.
func (m Moment) about() string {
	if m.approx {
		return "about "
	}
	return ""
}

func (m Moment) clockIn(loc *time.Location) Text {
	if !m.Known() {
		return ""
	}
	text := m.about() + m.calendar.format(m.time.In(loc), m.precision)
	if m.end.IsZero() {
		return Text(text)
	}
	end := m.end.In(loc)
	if sameDay(m.time.In(loc), end) && m.precision != when.Day {
		return Text(text + "–" + end.Format(clockLayout(end, m.precision)))
	}
	return Text(text + " – " + m.calendar.format(end, m.precision))
}

// format writes t, which is in the zone of its column.
func (c *calendar) format(t time.Time, p when.Precision) string {
	date := "2 Jan"
	if t.Year() != c.day.Year() {
		date = "2 Jan 2006"
	}
	switch {
	case p == when.Day:
		return t.Format(date)
	case sameDay(t, c.day):
		return t.Format(clockLayout(t, p))
	}
	return t.Format(date + ", " + clockLayout(t, p))
}

// sameDay compares the dates of t and day, each in its own zone.
func sameDay(t, day time.Time) bool {
	y1, m1, d1 := t.Date()
	y2, m2, d2 := day.Date()
	return y1 == y2 && m1 == m2 && d1 == d2
}

// clockLayout shows seconds where they are known and say something; finer parts
// help no reader of a review.
func clockLayout(t time.Time, p when.Precision) string {
	if p >= when.Second && t.Second() != 0 {
		return "15:04:05"
	}
	return "15:04"
}
