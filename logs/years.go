package logs

import (
	"time"

	"pir/internal/when"
)

// The givers of what a date lacks, as Source.YearFrom has them; best first.
const (
	yearRecord   = "record"
	yearGiven    = "given"
	yearHead     = "head" // a dated line at the beginning of the file
	yearName     = "file name"
	yearIncident = "incident"
	yearNear     = "neighbours" // dated records of the other files
	yearGzip     = "gzip header"
	yearFile     = "file time"
	yearUnknown  = "unknown"
)

// yearSpan gives dates without a year the one year that puts them into a span
// of twelve months, and clocks without a date the one day that puts them into a
// span of 24 hours: a log that runs on into January, or past midnight, needs no
// walk through its lines for that.
type yearSpan struct {
	year, month, day int // first day of the span; a zero month is not known
	from             string
	// Of clocks without a date: the second of the day at which the span begins,
	// and its second day. A zero month of next says that the span is a year.
	clock int
	next  civil
}

// civil is a day.
type civil struct{ year, month, day int }

func civilOf(t time.Time) civil { return civil{t.Year(), int(t.Month()), t.Day()} }

func spanFrom(t time.Time, from string) yearSpan {
	return yearSpan{year: t.Year(), month: int(t.Month()), day: t.Day(), from: from}
}

// known reports whether years, or days, can be given.
func (s yearSpan) known() bool { return s.month > 0 }

// complete fills in the year, or the date of a clock.
func (s *yearSpan) complete(f *when.Fields) {
	if f.Year != 0 || f.IsEpoch || !s.known() {
		return
	}
	if f.Month == 0 {
		s.completeDay(f)
		return
	}
	f.Year = s.year
	if f.Month < s.month || f.Month == s.month && f.Day < s.day {
		f.Year++
	}
}

// completeDay fills in the date of a clock.
func (s *yearSpan) completeDay(f *when.Fields) {
	switch {
	case s.next.month == 0:
	case f.Hour*3600+f.Minute*60+f.Sec < s.clock:
		f.Year, f.Month, f.Day = s.next.year, s.next.month, s.next.day
	default:
		f.Year, f.Month, f.Day = s.year, s.month, s.day
	}
}

// yearHints are what may tell the year of a file, or the day of its clocks.
// Zero values are not known.
type yearHints struct {
	given     int
	first     when.Fields // first time of the file
	clock     bool        // which has no date
	zone      *time.Location
	path      string // of the file
	head      civil  // date told at the beginning of the file
	anchor    time.Time
	neighbour time.Time
	gzip      time.Time
	file      time.Time
}

// settle takes the best hint. A given year is the year of the first record; an
// anchor and a date in the file's name stand in the middle of the span; a file
// time at its end.
func (h yearHints) settle() yearSpan {
	const slack = 24 * time.Hour // jitter, zones
	if h.clock {
		return h.settleDay()
	}
	around := func(t time.Time, from string) yearSpan { return spanFrom(t.AddDate(0, -6, 0), from) }
	until := func(t time.Time, from string) yearSpan { return spanFrom(t.Add(2*slack).AddDate(-1, 0, 0), from) }
	name, named := dateInName(h.path)
	switch {
	case h.given != 0 && h.first.Month != 0:
		t := time.Date(h.given, time.Month(h.first.Month), h.first.Day, 0, 0, 0, 0, time.UTC)
		return spanFrom(t.Add(-slack), yearGiven)
	case h.given != 0:
		return yearSpan{year: h.given, month: 1, day: 1, from: yearGiven}
	case h.head.month != 0:
		return around(h.head.midnight(), yearHead)
	case named:
		return around(name.midnight(), yearName)
	case !h.anchor.IsZero():
		return around(h.anchor, yearIncident)
	case !h.neighbour.IsZero():
		return around(h.neighbour, yearNear)
	case !h.gzip.IsZero():
		return until(h.gzip, yearGzip)
	case !h.file.IsZero():
		return until(h.file, yearFile)
	}
	return yearSpan{from: yearUnknown}
}

// settleDay takes the best hint for the day of a file whose times are clocks
// alone. A date that is told is that of the first record. An anchor is on the
// day of the first record, unless that would be half a day later than it; a
// file time is behind it.
func (h yearHints) settleDay() yearSpan {
	const slack = 10 * time.Minute // jitter
	clock := time.Duration(h.first.Hour*3600+h.first.Minute*60+h.first.Sec) * time.Second
	name, named := dateInName(h.path)
	span := func(day civil, from string) yearSpan {
		start := day.midnight().Add(clock - slack)
		s := spanFrom(start, from)
		s.clock = start.Hour()*3600 + start.Minute()*60 + start.Second()
		s.next = civilOf(start.AddDate(0, 0, 1))
		return s
	}
	// before is the day on which the clock stood at most late behind t.
	before := func(t time.Time, late time.Duration, from string) yearSpan {
		t = t.In(h.zone)
		day := civilOf(t)
		wall := time.Duration(t.Hour()*3600+t.Minute()*60+t.Second()) * time.Second
		if clock > wall+late {
			day = civilOf(day.midnight().AddDate(0, 0, -1))
		}
		return span(day, from)
	}
	switch {
	case h.head.month != 0:
		return span(h.head, yearHead)
	case named:
		return span(name, yearName)
	case !h.anchor.IsZero():
		return before(h.anchor, 12*time.Hour, yearIncident)
	case !h.neighbour.IsZero():
		return before(h.neighbour, 12*time.Hour, yearNear)
	case !h.gzip.IsZero():
		return before(h.gzip, slack, yearGzip)
	case !h.file.IsZero():
		return before(h.file, slack, yearFile)
	}
	return yearSpan{from: yearUnknown}
}

// midnight is the start of the day, as if its zone were UTC.
func (c civil) midnight() time.Time {
	return time.Date(c.year, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC)
}

// dateInName finds the last date in the path of a file: 2024-07-30, 20240730
// and the like, of the years 1990 to 2099.
func dateInName(path string) (c civil, ok bool) {
	for i := 0; i+8 <= len(path); i++ {
		if i > 0 && isDigit(path[i-1]) {
			continue
		}
		if d, good := dateAt(path[i:]); good {
			c, ok = d, true
		}
	}
	return c, ok
}

// dateAt reads the date that s begins with.
func dateAt(s string) (civil, bool) {
	digits := 0
	for digits < len(s) && isDigit(s[digits]) {
		digits++
	}
	var parts [3]string
	switch {
	case digits == 8 || digits == 14: // with a clock behind it
		parts = [3]string{s[:4], s[4:6], s[6:8]}
	case digits == 4 && len(s) >= 10 && s[4] == s[7] && (s[4] == '-' || s[4] == '_' || s[4] == '.') && (len(s) == 10 || !isDigit(s[10])):
		parts = [3]string{s[:4], s[5:7], s[8:10]}
	default:
		return civil{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, ok := smallNumber([]byte(p))
		if !ok {
			return civil{}, false
		}
		n[i] = v
	}
	c := civil{n[0], n[1], n[2]}
	return c, c.year >= 1990 && c.year < 2100 && c.month > 0 && civilOf(c.midnight()) == c
}
