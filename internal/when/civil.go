package when

import (
	"fmt"
	"time"
)

// daysFromCivil counts the days from 1970-01-01 to a date of the Gregorian
// calendar.
func daysFromCivil(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int64(era)*146097 + int64(doe) - 719468
}

// monthDays says how many days a month has; February has 29 in year 0, the
// year that is not known.
func monthDays(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func validDate(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= monthDays(y, m)
}

// offsetAt is the offset of a zone at an instant, in seconds east.
func offsetAt(loc *time.Location, unix int64) int64 {
	_, off := time.Unix(unix, 0).In(loc).Zone()
	return int64(off)
}

// The ways in which a clock reading can fail to name one instant.
const (
	wallOnce  = iota // one instant
	wallGap          // skipped: the clocks went forward over it
	wallTwice        // repeated: the clocks went back over it
)

// fromWall turns a wall clock reading, given as if it were UTC seconds, into
// the instant at which loc's clocks showed it. A repeated reading gives its
// first instant; a skipped one is read with the offset from before the change.
func fromWall(loc *time.Location, wall int64) (unix int64, kind int) {
	if loc == nil || loc == time.UTC {
		return wall, wallOnce
	}
	const day = 86400
	before, after := offsetAt(loc, wall-day), offsetAt(loc, wall+day)
	if before == after {
		return wall - before, wallOnce
	}
	first, second := wall-before, wall-after
	firstFits, secondFits := offsetAt(loc, first) == before, offsetAt(loc, second) == after
	switch {
	case firstFits && secondFits:
		return min(first, second), wallTwice
	case firstFits:
		return first, wallOnce
	case secondFits:
		return second, wallOnce
	}
	return first, wallGap
}

// wallDoubt is the sentence for a reading that the zone skips or repeats.
func wallDoubt(loc *time.Location, wall int64, kind int) string {
	text := time.Unix(wall, 0).UTC().Format("2006-01-02 15:04")
	switch kind {
	case wallGap:
		return fmt.Sprintf("%s does not exist in %s, where the clocks went forward; read with the offset from before", text, loc)
	case wallTwice:
		return fmt.Sprintf("%s happens twice in %s, where the clocks went back; the first is taken", text, loc)
	}
	return ""
}

// seasonDoubt is the sentence for an abbreviation that is out of season at the
// instant, such as EST in July; empty when it fits. near is the zone that the
// document uses otherwise and may be nil.
func seasonDoubt(row abbreviation, unix int64, near *time.Location) string {
	if row.region == "" {
		return ""
	}
	literal := int64(row.offset) * 60
	if near != nil && isIANA(near) && offsetAt(near, unix) == literal {
		return ""
	}
	loc, err := loadZoneFile(row.region)
	if err != nil {
		return ""
	}
	t := time.Unix(unix, 0).In(loc)
	name, off := t.Zone()
	if int64(off) == literal {
		return ""
	}
	return fmt.Sprintf("%s is not in season on %s; read as %s, while %s kept %s (%s)", row.name,
		t.Format("2006-01-02"), offsetText(row.offset*60), row.region, name, offsetText(off))
}

// isIANA reports whether a location follows a region's rules, as against a
// fixed offset.
func isIANA(loc *time.Location) bool {
	for _, c := range []byte(loc.String()) {
		if c == '/' {
			return true
		}
	}
	return false
}
