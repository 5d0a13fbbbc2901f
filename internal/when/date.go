package when

import (
	"fmt"
	"time"
)

// The ways in which a text names a day.
const (
	dayDate     = iota // a date, perhaps without its year
	dayWeekday         // "on Tuesday"
	dayRelative        // "the next day": rel days from the day last spoken of
	dayToday           // "yesterday": rel days from the day of the text
)

// civil is a day as written.
type civil struct {
	kind    int
	y, m, d int
	weekday int // 0 Sunday; -1 none written
	rel     int
	swap    bool // all numbers: day and month could be the other way round
	basic   bool // 20240730: the clock behind it may have no colons
}

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december"}

var weekdayNames = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// readName reads a full name or its first letters at s[i:], with a capital
// unless loose, and gives its place in names.
func readName(s string, i int, names []string, loose bool) (index, end int, ok bool) {
	if c := byteAt(s, i); !loose && (c < 'A' || c > 'Z') {
		return 0, 0, false
	}
	for k, name := range names {
		if hasWord(s, i, name) {
			return k, i + len(name), true
		}
	}
	for k, name := range names {
		for _, n := range []int{4, 3} { // "Sept", "Thur", "Tues" and the like, and three letters
			if n > len(name) || n == 4 && name[0] != 's' && name[0] != 't' {
				continue
			}
			if hasWord(s, i, name[:n]) {
				end = i + n
				if byteAt(s, end) == '.' && byteAt(s, end+1) == ' ' {
					end++
				}
				return k, end, true
			}
		}
	}
	return 0, 0, false
}

// readDate reads a day at s[i:]. A whole text (loose) need not have capitals.
func readDate(s string, i int, loose bool) (c civil, end int, ok bool) {
	weekday := -1
	if w, j, ok := readName(s, i, weekdayNames, loose); ok {
		weekday = w
		if byteAt(s, j) == ',' {
			j++
		}
		j = skipSpace(s, j)
		if hasWord(s, j, "the") {
			j = skipSpace(s, j+3)
		}
		if c, end, ok = readDay(s, j, loose); ok {
			c.weekday = weekday
			return c, end, true
		}
		_, end, _ = readName(s, i, weekdayNames, loose)
		full := hasPrefixFold(s, i, weekdayNames[w]) // "Sun" and "Sat" alone are other words
		return civil{kind: dayWeekday, weekday: w}, end, full
	}
	if c, end, ok = readDay(s, i, loose); ok {
		return c, end, true
	}
	return readRelative(s, i)
}

// readDay reads a date without its weekday.
func readDay(s string, i int, loose bool) (c civil, end int, ok bool) {
	c.weekday = -1
	if m, j, ok := readName(s, i, monthNames, loose); ok {
		c.m = m + 1
		return c.readMonthFirst(s, j)
	}
	value, n := number(s, i, 8)
	j := i + n
	switch {
	case n == 8:
		c.y, c.m, c.d, c.basic = value/10000, value/100%100, value%100, true
		return c, j, c.valid() && c.y > 1900 && c.y < 2200 && (loose || byteAt(s, j) == 'T')
	case n == 4 && (byteAt(s, j) == '-' || byteAt(s, j) == '/' || byteAt(s, j) == '.'):
		return c.readYearFirst(s, value, j)
	case n != 1 && n != 2:
		return civil{}, 0, false
	}
	if b := byteAt(s, j); (b == '/' || b == '.' || b == '-') && digitAt(s, j+1) {
		return c.readNumeric(s, value, j, loose)
	}
	c.d = value
	return c.readDayFirst(s, j, loose)
}

func (c civil) valid() bool { return validDate(c.y, c.m, c.d) }

// readYearFirst reads 2024-07-30, from behind the year. Year 0001 is kept for
// the caller to refuse.
func (c civil) readYearFirst(s string, y, i int) (civil, int, bool) {
	sep := s[i]
	if m, j, ok := readName(s, i+1, monthNames, true); ok { // 2024-Jul-30
		c.m = m + 1
		i = j
	} else {
		m, n := number(s, i+1, 2)
		if n != 2 {
			return civil{}, 0, false
		}
		c.m = m
		i += 3
	}
	d, n := number(s, i+1, 2)
	end := i + 3
	if byteAt(s, i) != sep || n != 2 || byteAt(s, end) == sep && digitAt(s, end+1) && sep != '-' {
		return civil{}, 0, false
	}
	c.y, c.d = y, d
	return c, end, c.valid() && (byteAt(s, end) == 'T' || byteAt(s, end) == '_' || !wordAt(s, end))
}

// readNumeric reads 7/30/2024, 30.07.2024 and 30-07-2024, from behind the
// first number. Above 12 settles which is the day; else dots are day-first and
// the rest is month-first, with a doubt.
func (c civil) readNumeric(s string, first, i int, loose bool) (civil, int, bool) {
	sep := s[i]
	second, n := number(s, i+1, 2)
	end := i + 1 + n
	if n == 0 {
		return civil{}, 0, false
	}
	c.m, c.d = first, second
	if first > 12 || sep == '.' {
		c.m, c.d = second, first
	} else {
		c.swap = second <= 12 && first != second
	}
	if byteAt(s, end) == sep && digitAt(s, end+1) {
		y, n := number(s, end+1, 4)
		end += 1 + n
		if n == 2 {
			y = fullYear(y)
		}
		c.y = y
		ok := (n == 4 || n == 2 && (loose || clockFollows(s, end))) && c.valid() && (y > 1900 || y == 1) && y < 2200 && !wordAt(s, end) &&
			!(byteAt(s, end) == sep && digitAt(s, end+1))
		return c, end, ok
	}
	// 7/30 is a date only where a clock follows it.
	return c, end, sep == '/' && clockFollows(s, end) && c.valid()
}

// clockFollows reports whether a clock stands behind a date at s[i:].
func clockFollows(s string, i int) bool {
	j := skipSpace(s, i)
	if hasWord(s, j, "at") {
		j = skipSpace(s, j+2)
	}
	_, _, ok := readClock(s, j)
	return ok && j > i
}

// readDayFirst reads 30 July 2024, 30th of July, 30-Jul-2024 and 30/Jul/2024,
// from behind the day.
func (c civil) readDayFirst(s string, i int, loose bool) (civil, int, bool) {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if hasWord(s, i, suffix) {
			i += 2
			break
		}
	}
	if byteAt(s, i) == '.' && byteAt(s, i+1) == ' ' { // "19. April"
		i++
	}
	sep := byteAt(s, i)
	j := i + 1
	if sep != '-' && sep != '/' {
		sep = 0
		j = skipSpace(s, i)
		if j == i {
			return civil{}, 0, false
		}
		if hasWord(s, j, "of") {
			j = skipSpace(s, j+2)
		}
	}
	m, end, ok := readName(s, j, monthNames, loose || sep != 0)
	if !ok {
		return civil{}, 0, false
	}
	c.m = m + 1
	if sep != 0 {
		if byteAt(s, end) != sep {
			return c, end, c.valid()
		}
		y, n := number(s, end+1, 4)
		if n == 2 {
			y = fullYear(y)
		} else if n != 4 {
			return civil{}, 0, false
		}
		c.y = y
		return c, end + 1 + n, c.valid()
	}
	c.y, end = readYear(s, end)
	return c, end, c.valid()
}

// fullYear is the year that two digits mean: 1970 to 2069.
func fullYear(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

// readMonthFirst reads July 30, 2024, from behind the month.
func (c civil) readMonthFirst(s string, i int) (civil, int, bool) {
	j := skipSpace(s, i)
	if hasWord(s, j, "the") {
		j = skipSpace(s, j+3)
	}
	d, n := number(s, j, 2)
	if n == 0 || j == i {
		return civil{}, 0, false
	}
	c.d = d
	end := j + n
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if hasWord(s, end, suffix) {
			end += 2
			break
		}
	}
	if wordAt(s, end) || byteAt(s, end) == ':' || (byteAt(s, end) == '.' || byteAt(s, end) == '-' || byteAt(s, end) == '/') && digitAt(s, end+1) {
		return civil{}, 0, false // "May 11:45", "July 30-31"
	}
	c.y, end = readYear(s, end)
	return c, end, c.valid()
}

// readYear reads a year of four digits behind a date, with a comma or a blank
// between; without one it gives 0 and the place where it looked.
func readYear(s string, i int) (y, end int) {
	j := i
	if byteAt(s, j) == ',' {
		j++
	}
	k := skipSpace(s, j)
	if k == i {
		return 0, i
	}
	y, n := number(s, k, 4)
	if n != 4 || y < 1970 || y > 2199 || wordAt(s, k+4) || byteAt(s, k+4) == ':' {
		return 0, i
	}
	return y, k + 4
}

// relatives are the ways to name a day by another.
var relatives = []struct {
	words string
	kind  int
	rel   int
}{
	{"the next day", dayRelative, 1}, {"the following day", dayRelative, 1},
	{"the following morning", dayRelative, 1}, {"the next morning", dayRelative, 1},
	{"next day", dayRelative, 1}, {"following day", dayRelative, 1},
	{"the day after", dayRelative, 1},
	{"the same day", dayRelative, 0}, {"same day", dayRelative, 0}, {"that day", dayRelative, 0},
	{"the previous day", dayRelative, -1}, {"the day before", dayRelative, -1},
	{"the previous evening", dayRelative, -1}, {"the previous night", dayRelative, -1},
	{"the evening before", dayRelative, -1}, {"previous day", dayRelative, -1},
	{"today", dayToday, 0}, {"yesterday", dayToday, -1}, {"tomorrow", dayToday, 1},
}

func readRelative(s string, i int) (c civil, end int, ok bool) {
	for _, r := range relatives {
		if hasWord(s, i, r.words) {
			return civil{kind: r.kind, rel: r.rel, weekday: -1}, i + len(r.words), true
		}
	}
	return civil{}, 0, false
}

// days is the date as days since 1970; its year must be known.
func (c civil) days() int64 { return daysFromCivil(c.y, c.m, c.d) }

// doubt says what is odd about a date whose year is known.
func (c civil) doubt(meridiem bool) string {
	if c.kind != dayDate {
		return ""
	}
	t := time.Unix(c.days()*86400, 0).UTC()
	text := ""
	if c.swap && !meridiem {
		text = fmt.Sprintf("read as %s, month first; day first it would be %s", t.Format("2 January"),
			time.Date(2000, time.Month(c.d), c.m, 0, 0, 0, 0, time.UTC).Format("2 January"))
	}
	if c.weekday >= 0 && int(t.Weekday()) != c.weekday {
		text = joinDoubt(text, fmt.Sprintf("%s was a %s, the text says %s", t.Format("2006-01-02"), t.Weekday(), time.Weekday(c.weekday)))
	}
	return text
}
