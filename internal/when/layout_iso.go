package when

import "encoding/binary"

// parseISO reads 2026-07-14T14:02:41.123456Z and its relatives.
func parseISO(b []byte) (f Fields, n int) {
	if len(b) < 16 || b[10] != 'T' && b[10] != 't' {
		return f, 0
	}
	n = isoAt(b, '-', &f)
	return f, n
}

// parseISOSpace reads 2026-07-14 14:02:41,123 with a blank, a tab or an
// underscore between date and time.
func parseISOSpace(b []byte) (f Fields, n int) {
	if len(b) < 16 || b[10] != ' ' && b[10] != '\t' && b[10] != '_' {
		return f, 0
	}
	n = isoAt(b, '-', &f)
	return f, n
}

// parseSlashISO reads 2026/07/14 14:02:41.
func parseSlashISO(b []byte) (f Fields, n int) {
	if len(b) < 16 || b[10] != ' ' && b[10] != 'T' && b[10] != '\t' && b[10] != '-' {
		return f, 0
	}
	n = isoAt(b, '/', &f)
	return f, n
}

// parseDotISO reads 2026.07.14 14:02:41.
func parseDotISO(b []byte) (f Fields, n int) {
	if len(b) < 16 || b[10] != ' ' && b[10] != 'T' && b[10] != '-' {
		return f, 0
	}
	n = isoAt(b, '.', &f)
	return f, n
}

// isoAt reads a date whose parts stand at fixed places, one more byte, then
// a clock and perhaps a zone. b has at least 16 bytes. It gives the bytes used,
// 0 for none.
func isoAt(b []byte, sep byte, f *Fields) (n int) {
	w, ok := eight(b, datePattern|uint64(sep)<<32|uint64(sep)<<56, dateAdd)
	if !ok || !digits2(b[8:]) {
		return 0
	}
	f.Year = pairAt(w, 0)*100 + pairAt(w, 16)
	f.Month, f.Day = pairAt(w, 40), two(b[8:])
	if !validDate(f.Year, f.Month, f.Day) {
		return 0
	}
	n = scanClock(b[11:], f)
	if n == 0 {
		return 0
	}
	n += 11
	if n == len(b) {
		return n
	}
	return n + scanTail(b[n:], f)
}

// parseISOLoose reads 2026-7-4 9:02:41, parts of one digit and wide gaps.
func parseISOLoose(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year = c.year()
	sep := byte('-')
	if c.next('/') {
		sep = '/'
	} else {
		c.want('-')
	}
	f.Month = c.number(1, 2)
	c.want(sep)
	f.Day = c.number(1, 2)
	c.date(&f)
	if !c.next('T') {
		c.next(',')
		c.blanks()
	}
	c.looseClock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseWeekdayISO reads Tue 2026-07-14 14:02:41 CEST.
func parseWeekdayISO(b []byte) (Fields, int) {
	if len(b) < 20 || b[3] != ' ' || !isWeekday(b) {
		return Fields{}, 0
	}
	f, n := parseISOSpace(b[4:])
	if n == 0 {
		return Fields{}, 0
	}
	return f, n + 4
}

// parseOrdinal reads 2026-195T14:02:41Z, the day counted in its year.
func parseOrdinal(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year = c.year()
	c.want('-')
	day := c.number(3, 3)
	if !c.next('T') {
		c.want(' ')
	}
	for f.Month = 1; f.Month < 12 && day > monthDays(f.Year, f.Month); f.Month++ {
		day -= monthDays(f.Year, f.Month)
	}
	f.Day = day
	c.date(&f)
	c.clock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseBasic reads 20260714T140241Z, 20260714 140241.123, 20260714-140241 and
// 20260714140241.
func parseBasic(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year, f.Month, f.Day = c.year(), c.pair(), c.pair()
	c.date(&f)
	if !c.next('T') && !c.next(' ') && !c.next('-') {
		c.next('_')
	}
	c.packedClock(&f)
	c.tail(&f)
	return c.done(f)
}

// packedClock needs 140241 and passes a fraction.
func (c *cursor) packedClock(f *Fields) {
	f.Hour, f.Minute, f.Sec = c.pair(), c.pair(), c.pair()
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 || !c.bad && c.i < len(c.b) && isWord(c.b[c.i]) && c.b[c.i] != 'Z' {
		c.bad = true
	}
	c.fraction(f)
}

// parseBasicClock reads 20260714 14:02:41.123 and 20260714-14:02:41.
func parseBasicClock(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year, f.Month, f.Day = c.year(), c.pair(), c.pair()
	c.date(&f)
	if !c.next('T') && !c.next(' ') && !c.next('-') {
		c.want('_')
	}
	c.clock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseDashed reads 2026-07-14-14.02.41.123456, with the zone of DB2 in
// minutes (+120) where it stands.
func parseDashed(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year = c.year()
	c.want('-')
	f.Month = c.number(2, 2)
	c.want('-')
	f.Day = c.number(2, 2)
	c.date(&f)
	if !c.next('-') {
		c.want(' ')
	}
	c.dottedClock(&f)
	if c.bad || c.i+4 > len(b) || b[c.i] != '+' && b[c.i] != '-' {
		return c.done(f)
	}
	if zone := (cursor{b: b, i: c.i + 1}); true {
		minutes := zone.number(3, 3)
		if !zone.bad && minutes <= 14*60 {
			f.Zoned, f.Offset = true, minutes*60
			if b[c.i] == '-' {
				f.Offset = -f.Offset
			}
			c.i = zone.i
		}
	}
	return c.done(f)
}

// dottedClock needs 14.02.41 and passes a fraction.
func (c *cursor) dottedClock(f *Fields) {
	f.Hour = c.number(1, 2)
	c.want('.')
	f.Minute = c.number(2, 2)
	c.want('.')
	f.Sec = c.number(2, 2)
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 {
		c.bad = true
	}
	c.fraction(f)
}

// The eight bytes of 2026-07- and of 14:02:41 as a number, the first byte
// lowest: '0' where a digit stands, a separator elsewhere. The second number of
// each holds what eight adds to find a byte that does not belong.
const (
	datePattern  = 0x0030300030303030 // the separators are put in by isoAt
	dateAdd      = 0x7f76767f76767676
	clockPattern = 0x30303a30303a3030
	clockAdd     = 0x76767f76767f7676
)

// eight compares the first eight bytes of b with a pattern and gives the values
// of its digits, one a byte.
func eight(b []byte, pattern, add uint64) (w uint64, ok bool) {
	w = binary.LittleEndian.Uint64(b) ^ pattern
	// A digit's byte is now 0 to 9 and a separator's 0. Adding 0x76 or 0x7f sets
	// the high bit of every byte that is more.
	return w, (w+add|w)&0x8080808080808080 == 0
}

// pairAt is the number of two digits that begins at a bit of what eight gave.
func pairAt(w uint64, bit int) int { return int(w>>bit&0xf)*10 + int(w>>(bit+8)&0xf) }

func digits2(b []byte) bool { return isDigit(b[0]) && isDigit(b[1]) }
func digits4(b []byte) bool { return digits2(b) && digits2(b[2:]) }

// four reads four digits that the caller has checked.
func four(b []byte) int { return two(b)*100 + two(b[2:]) }

// scanClock reads 14:02:41 with an optional fraction, or 14:02. It gives the
// bytes used, 0 for none.
func scanClock(b []byte, f *Fields) int {
	if len(b) < 8 {
		return scanClockMinutes(b, f)
	}
	w, ok := eight(b, clockPattern, clockAdd)
	if !ok {
		return scanClockMinutes(b, f)
	}
	f.Hour, f.Minute, f.Sec = pairAt(w, 0), pairAt(w, 24), pairAt(w, 48)
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 {
		return 0
	}
	if len(b) == 8 {
		return 8
	}
	if isDigit(b[8]) {
		return 0
	}
	return 8 + scanFraction(b[8:], f)
}

// scanClockMinutes reads 14:02 that no digit follows.
func scanClockMinutes(b []byte, f *Fields) int {
	if len(b) < 5 || b[2] != ':' || !digits2(b) || !digits2(b[3:]) || len(b) > 5 && isDigit(b[5]) ||
		len(b) > 6 && b[5] == ':' && isDigit(b[6]) {
		return 0
	}
	f.Hour, f.Minute = two(b), two(b[3:])
	if f.Hour > 23 || f.Minute > 59 {
		return 0
	}
	f.Digits = -1
	return 5
}

// scanFraction reads the digits after the second, behind '.', ',' or, with
// exactly three digits, ':'.
func scanFraction(b []byte, f *Fields) int {
	if len(b) < 2 || !isDigit(b[1]) {
		return 0
	}
	switch b[0] {
	case '.', ',':
	case ':':
		if len(b) < 4 || !isDigit(b[2]) || !isDigit(b[3]) || len(b) > 4 && isDigit(b[4]) {
			return 0
		}
	default:
		return 0
	}
	i, ns := 1, 0
	for i < len(b) && i <= 9 && isDigit(b[i]) {
		ns = ns*10 + int(b[i]-'0')
		i++
	}
	f.Digits = int8(i - 1)
	f.Nsec = ns * int(pow10[10-i])
	for i < len(b) && isDigit(b[i]) { // finer than a nanosecond
		i++
	}
	return i
}
