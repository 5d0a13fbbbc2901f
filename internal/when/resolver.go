package when

import "time"

// Resolver turns the fields of log lines into instants. It remembers the last
// day, since neighbours share it, and so serves one goroutine at a time.
type Resolver struct {
	zone Zone
	year int
	day  struct{ year, month, day int } // of clocks without a date; a zero month is none

	// The remembered day, in UTC seconds of its midnight.
	key      int
	midnight int64
	offset   int64
	steady   bool // the zone keeps one offset from the day before to the day after

	later int64 // of the time read last: see Later
	gap   bool  // and Skipped
}

// NewResolver makes a Resolver. zone serves times that name none, year dates
// without one; 0 is not known.
func NewResolver(zone Zone, year int) *Resolver {
	if zone.Location == nil {
		zone.Location = time.UTC
		if zone.From == "" {
			zone.From = ZoneAssumed
		}
	}
	return &Resolver{zone: zone, year: year, key: -1}
}

// SetYear changes the year of dates without one, as when a log runs on into
// January.
func (r *Resolver) SetYear(year int) { r.year = year }

// SetDay gives the date of clocks without one.
func (r *Resolver) SetDay(year, month, day int) {
	r.day.year, r.day.month, r.day.day = year, month, day
}

// Unix gives the instant in nanoseconds since 1970 UTC. It is not ok when the
// date cannot be told: no year is known, 29 February of another year, or
// outside the years 1678 to 2261.
func (r *Resolver) Unix(f *Fields) (ns int64, ok bool) {
	r.later, r.gap = 0, false
	if f.IsEpoch {
		return f.Unix, true
	}
	y, m, d := f.Year, f.Month, f.Day
	if m == 0 {
		if r.day.month == 0 {
			return 0, false
		}
		y, m, d = r.day.year, r.day.month, r.day.day
	}
	if y == 0 {
		y = r.year
	}
	key := y<<9 | m<<5 | d
	if key != r.key && !r.remember(y, m, d, key) {
		return 0, false
	}
	sec := r.midnight + int64(f.Hour*3600+f.Minute*60+f.Sec)
	switch {
	case f.Zoned:
		sec -= int64(r.offsetOf(f))
	case r.steady:
		sec -= r.offset
	default:
		sec = r.fromWall(sec)
	}
	return sec*1e9 + int64(f.Nsec), true
}

// fromWall reads a clock on a day on which the offset changes.
func (r *Resolver) fromWall(wall int64) int64 {
	sec, kind := fromWall(r.zone.Location, wall)
	switch kind {
	case wallGap:
		r.gap = true
	case wallTwice:
		const day = 86400
		before, after := offsetAt(r.zone.Location, wall-day), offsetAt(r.zone.Location, wall+day)
		r.later = max(before-after, after-before) * 1e9
	}
	return sec
}

// Later is by how many nanoseconds the time that Unix read last is later in its
// second reading, where the zone shows that time twice; Unix gives the first. It
// is 0 for a time that the zone shows once.
func (r *Resolver) Later() int64 { return r.later }

// Skipped reports whether the time that Unix read last does not exist in the
// zone, where the clocks went forward; it was read with the offset from before.
func (r *Resolver) Skipped() bool { return r.gap }

// remember works out a day.
func (r *Resolver) remember(y, m, d, key int) bool {
	if y < 1678 || y > 2261 || !validDate(y, m, d) {
		return false
	}
	r.key = key
	r.midnight = daysFromCivil(y, m, d) * 86400
	r.offset = offsetAt(r.zone.Location, r.midnight-86400)
	r.steady = r.offset == offsetAt(r.zone.Location, r.midnight+86400) &&
		r.offset == offsetAt(r.zone.Location, r.midnight+2*86400)
	return true
}

// offsetOf is the offset that a zoned time means; an ambiguous abbreviation is
// settled by the resolver's own zone where that fits.
func (r *Resolver) offsetOf(f *Fields) int {
	next := int(f.Abbrev)
	if next == 0 || next == len(abbreviations) || abbreviations[next].name != abbreviations[next-1].name {
		return f.Offset
	}
	rows := lookupAbbreviation(abbreviations[f.Abbrev-1].name)
	row, _ := chooseRow(rows, r.zone.Location)
	return row.offset * 60
}

// ZoneFrom says what gave the time its zone.
func (r *Resolver) ZoneFrom(f *Fields) ZoneFrom {
	if f.Zoned || f.IsEpoch {
		return ZoneRecord
	}
	return r.zone.From
}

// Doubt is one sentence on why the zone or the date of the time is doubtful: an
// ambiguous or out-of-season abbreviation, a reading that the zone skips or
// repeats. It is empty when there is no doubt. It is slower than Unix: ask for
// the lines that are shown, or once per file.
func (r *Resolver) Doubt(f *Fields) string {
	ns, ok := r.Unix(f)
	if !ok || f.IsEpoch {
		return ""
	}
	if f.Abbrev > 0 {
		rows := lookupAbbreviation(abbreviations[f.Abbrev-1].name)
		row, sure := chooseRow(rows, r.zone.Location)
		if !sure {
			return ambiguity(row, rows)
		}
		return seasonDoubt(row, ns/1e9, r.zone.Location)
	}
	if f.Zoned {
		return ""
	}
	wall := r.midnight + int64(f.Hour*3600+f.Minute*60+f.Sec)
	_, kind := fromWall(r.zone.Location, wall)
	return wallDoubt(r.zone.Location, wall, kind)
}
