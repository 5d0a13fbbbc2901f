package when

// Layouts that spell the month.

// monthAt reads a month's English three-letter name in any case; 0 is none.
func monthAt(b []byte) int {
	if len(b) < 3 {
		return 0
	}
	switch uint32(b[0]|0x20)<<16 | uint32(b[1]|0x20)<<8 | uint32(b[2]|0x20) {
	case 'j'<<16 | 'a'<<8 | 'n':
		return 1
	case 'f'<<16 | 'e'<<8 | 'b':
		return 2
	case 'm'<<16 | 'a'<<8 | 'r':
		return 3
	case 'a'<<16 | 'p'<<8 | 'r':
		return 4
	case 'm'<<16 | 'a'<<8 | 'y':
		return 5
	case 'j'<<16 | 'u'<<8 | 'n':
		return 6
	case 'j'<<16 | 'u'<<8 | 'l':
		return 7
	case 'a'<<16 | 'u'<<8 | 'g':
		return 8
	case 's'<<16 | 'e'<<8 | 'p':
		return 9
	case 'o'<<16 | 'c'<<8 | 't':
		return 10
	case 'n'<<16 | 'o'<<8 | 'v':
		return 11
	case 'd'<<16 | 'e'<<8 | 'c':
		return 12
	}
	return 0
}

// parseCLF reads 14/Jul/2026:14:02:41 +0200, with or without the zone.
func parseCLF(b []byte) (f Fields, n int) {
	if len(b) < 20 || b[2] != '/' || b[6] != '/' || b[11] != ':' || !digits2(b) || !digits4(b[7:]) {
		return Fields{}, 0
	}
	f.Day, f.Month, f.Year = two(b), monthAt(b[3:]), four(b[7:])
	if !validDate(f.Year, f.Month, f.Day) {
		return Fields{}, 0
	}
	n = scanClock(b[12:], &f)
	if n == 0 {
		return Fields{}, 0
	}
	n += 12
	return f, n + scanZone(b[n:], &f)
}

// parseSyslog reads Jul  1 09:00:55, the day padded by a blank, a zero or not.
// A zone is taken only in front of a colon, as routers write it.
func parseSyslog(b []byte) (f Fields, n int) {
	f.Month = monthAt(b)
	if f.Month == 0 || len(b) < 14 || b[3] != ' ' {
		return Fields{}, 0
	}
	n = 4
	if b[n] == ' ' {
		n++
	}
	f.Day, n = shortNumber(b, n)
	if n == 0 || n+8 > len(b) || b[n] != ' ' || !validDate(0, f.Month, f.Day) {
		return Fields{}, 0
	}
	used := scanClock(b[n+1:], &f)
	if used == 0 || f.Digits < 0 {
		return Fields{}, 0
	}
	n += 1 + used
	if n+4 < len(b) && b[n] == ' ' && b[n+1] >= 'A' && b[n+1] <= 'Z' {
		zoned := f
		if m := scanZone(b[n:], &zoned); m > 0 && n+m < len(b) && b[n+m] == ':' {
			return zoned, n + m
		}
	}
	return f, n
}

// shortNumber reads one or two digits at b[i:] that no digit follows, and
// gives the place behind them, 0 for none.
func shortNumber(b []byte, i int) (value, next int) {
	if i >= len(b) || !isDigit(b[i]) {
		return 0, 0
	}
	value = int(b[i] - '0')
	i++
	if i < len(b) && isDigit(b[i]) {
		value = value*10 + int(b[i]-'0')
		i++
		if i < len(b) && isDigit(b[i]) {
			return 0, 0
		}
	}
	return value, i
}

// parseSyslogYear reads Jul  1 2026 09:00:55.
func parseSyslogYear(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Month = c.month()
	c.blanks()
	f.Day = c.number(1, 2)
	c.next(',')
	c.blanks()
	f.Year = c.year()
	c.date(&f)
	c.blanks()
	c.clock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseSyslogYearLast reads Jul  1 09:00:55 2026.
func parseSyslogYearLast(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.monthDayClock(&f)
	c.want(' ')
	f.Year = c.year()
	c.endOfYear()
	c.date(&f)
	return c.done(f)
}

// parseYearSyslog reads 2026 Jul  1 09:00:55.
func parseYearSyslog(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year = c.year()
	c.want(' ')
	c.monthDayClock(&f)
	c.date(&f)
	c.tail(&f)
	return c.done(f)
}

// monthDayClock needs Jul 14 14:02:41.
func (c *cursor) monthDayClock(f *Fields) {
	f.Month = c.month()
	c.blanks()
	f.Day = c.number(1, 2)
	c.blanks()
	c.clock(f)
	if f.Digits < 0 {
		c.bad = true
	}
}

// endOfYear needs a year to be over.
func (c *cursor) endOfYear() {
	if !c.bad && c.i < len(c.b) && isWord(c.b[c.i]) {
		c.bad = true
	}
}

// parseCtime reads Tue Jul 14 14:02:41.123456 2026, without seconds too, and a
// zone behind it.
func parseCtime(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.weekday(false)
	c.blanks()
	f.Month = c.month()
	c.blanks()
	f.Day = c.number(1, 2)
	c.blanks()
	c.clock(&f)
	c.want(' ')
	f.Year = c.year()
	c.endOfYear()
	c.date(&f)
	c.tail(&f)
	return c.done(f)
}

// parseDateCommand reads Tue Jul 14 14:02:41 CEST 2026, with AM or PM too.
func parseDateCommand(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.weekday(false)
	c.blanks()
	c.monthDayClock(&f)
	c.tail(&f)
	c.want(' ')
	f.Year = c.year()
	c.endOfYear()
	c.date(&f)
	return c.done(f)
}

// parseWeekdaySyslog reads Tue Jul 14 14:02:41.123 without a year, and Tue Jul 14
// 14:02.
func parseWeekdaySyslog(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.weekday(false)
	c.blanks()
	f.Month = c.month()
	c.blanks()
	f.Day = c.number(1, 2)
	c.blanks()
	c.clock(&f)
	c.date(&f)
	if rest := b[min(c.i, len(b)):]; len(rest) >= 5 && rest[0] == ' ' && digits4(rest[1:]) && (len(rest) == 5 || !isWord(rest[5])) {
		c.bad = true // the year stands behind it
	}
	return c.done(f)
}

// parseRFC1123 reads Tue, 14 Jul 2026 14:02:41 GMT, and the older Tuesday,
// 14-Jul-26 14:02:41 GMT.
func parseRFC1123(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.weekday(true)
	c.blanks()
	c.dayMonthYear(&f)
	c.blanks()
	c.looseClock(&f)
	c.tail(&f)
	return c.done(f)
}

// dayMonthYear needs 14 Jul 2026, 14-Jul-2026, 14/Jul/2026 or a year of two
// digits.
func (c *cursor) dayMonthYear(f *Fields) {
	f.Day = c.number(1, 2)
	sep := byte(' ')
	if c.next('-') {
		sep = '-'
	} else if c.next('/') {
		sep = '/'
	} else {
		c.want(' ')
	}
	f.Month = c.month()
	c.want(sep)
	start := c.i
	f.Year = c.number(2, 4)
	switch c.i - start {
	case 2:
		f.Year = fullYear(f.Year)
	case 3:
		c.bad = true
	}
	c.date(f)
}

// parseDayMonth reads 14 Jul 2026 14:02:41.123, 14-Jul-2026 and 14/Jul/2026.
func parseDayMonth(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.dayMonthYear(&f)
	c.next(',')
	c.blanks()
	c.looseClock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseDayMonthNoYear reads 14 Jul 14:02:41.123.
func parseDayMonthNoYear(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Day = c.number(1, 2)
	c.want(' ')
	f.Month = c.month()
	c.date(&f)
	c.want(' ')
	c.clock(&f)
	return c.done(f)
}

// parseMonthDashDay reads Jul-14 14:02:41.
func parseMonthDashDay(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Month = c.month()
	c.want('-')
	f.Day = c.number(2, 2)
	c.date(&f)
	c.want(' ')
	c.clock(&f)
	return c.done(f)
}

// parseOracle reads 14-JUL-26 02.02.41.123456 PM, with an offset where it
// stands.
func parseOracle(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.dayMonthYear(&f)
	c.blanks()
	c.dottedClock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseMonthDayYear reads Jul 14, 2026 2:02:41 PM, with @ in front of the clock
// and with a weekday in front of all.
func parseMonthDayYear(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	if isWeekday(b) {
		c.weekday(true)
		c.blanks()
	}
	f.Month = c.month()
	c.blanks()
	f.Day = c.number(1, 2)
	c.next(',')
	c.blanks()
	f.Year = c.year()
	c.date(&f)
	c.next(',')
	c.blanks()
	if c.next('@') {
		c.blanks()
	}
	c.looseClock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseYearMonthName reads 2026-Jul-14 14:02:41.123456.
func parseYearMonthName(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year = c.year()
	sep := byte('-')
	if c.next('/') {
		sep = '/'
	} else {
		c.want('-')
	}
	f.Month = c.month()
	c.want(sep)
	f.Day = c.number(1, 2)
	c.date(&f)
	c.blanks()
	c.clock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseLocaleDate reads Tue 14 Jul 2026 02:02:41 PM CEST.
func parseLocaleDate(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.weekday(false)
	c.blanks()
	c.dayMonthYear(&f)
	c.blanks()
	c.clock(&f)
	c.tail(&f)
	return c.done(f)
}
