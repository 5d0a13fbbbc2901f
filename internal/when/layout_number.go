package when

// Layouts that are all numbers and not in the order of ISO 8601.

// parseKlog reads I0714 14:02:41.123456 and 0714 14:02:41.123456, and with a
// year I20260714.
func parseKlog(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	lettered := c.next('I') || c.next('W') || c.next('E') || c.next('F') || c.next('D')
	if lettered && len(b) > 8 && isDigit(b[5]) {
		f.Year = c.year()
	}
	f.Month, f.Day = c.pair(), c.pair()
	c.date(&f)
	c.want(' ')
	c.clock(&f)
	if f.Digits < 0 {
		c.bad = true
	}
	return c.done(f)
}

// parseChrome reads 0714/140241.123 as Chromium writes it.
func parseChrome(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Month, f.Day = c.pair(), c.pair()
	c.date(&f)
	c.want('/')
	c.packedClock(&f)
	return c.done(f)
}

// parseLogcat reads 03-17 16:13:38.811.
func parseLogcat(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Month = c.number(2, 2)
	c.want('-')
	f.Day = c.number(2, 2)
	c.date(&f)
	c.want(' ')
	c.clock(&f)
	if f.Digits < 0 {
		c.bad = true
	}
	c.tail(&f)
	return c.done(f)
}

// parseCompact reads 081109 203615: year, month, day of two digits each.
func parseCompact(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year, f.Month, f.Day = fullYear(c.pair()), c.pair(), c.pair()
	c.date(&f)
	c.want(' ')
	c.packedClock(&f)
	return c.done(f)
}

// parseMySQL reads 260714 14:02:41, and an hour of one digit behind two
// blanks.
func parseMySQL(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year, f.Month, f.Day = fullYear(c.pair()), c.pair(), c.pair()
	c.date(&f)
	c.blanks()
	c.looseClock(&f)
	return c.done(f)
}

// parseYearSlash reads 17/06/09 20:10:40: year, month, day.
func parseYearSlash(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year = fullYear(c.number(2, 2))
	c.want('/')
	f.Month = c.number(2, 2)
	c.want('/')
	f.Day = c.number(2, 2)
	c.date(&f)
	c.want(' ')
	c.clock(&f)
	return c.done(f)
}

// parseHealthApp reads 20171223-22:15:29:606, whose clock is not padded.
func parseHealthApp(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Year, f.Month, f.Day = c.year(), c.pair(), c.pair()
	c.date(&f)
	c.want('-')
	f.Hour = c.number(1, 2)
	c.want(':')
	f.Minute = c.number(1, 2)
	c.want(':')
	f.Sec = c.number(1, 2)
	c.want(':')
	f.Nsec = c.number(1, 3) * 1e6 // a count of milliseconds, not padded either
	f.Digits = 3
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 {
		c.bad = true
	}
	return c.done(f)
}

// parseMonthDot reads 10.30 16:49:06: month, day.
func parseMonthDot(b []byte) (Fields, int) { return dotNoYear(b, false) }

// parseDayDot reads 30.10 16:49:06: day, month.
func parseDayDot(b []byte) (Fields, int) { return dotNoYear(b, true) }

func dotNoYear(b []byte, dayFirst bool) (f Fields, n int) {
	c := cursor{b: b}
	f.Month = c.number(2, 2)
	c.want('.')
	f.Day = c.number(2, 2)
	if dayFirst {
		f.Month, f.Day = f.Day, f.Month
		c.next('.')
	}
	c.date(&f)
	c.want(' ')
	c.clock(&f)
	return c.done(f)
}

// parseGerman reads 14.07.2026 14:02:41,123 and 14.07.26.
func parseGerman(b []byte) (Fields, int) { return threeNumbers(b, '.', true) }

// parseSlashMonth reads 07/14/2026 14:02:41 and 7/14/26 2:02:41 PM.
func parseSlashMonth(b []byte) (Fields, int) { return threeNumbers(b, '/', false) }

// parseSlashDay reads 14/07/2026 14:02:41.
func parseSlashDay(b []byte) (Fields, int) { return threeNumbers(b, '/', true) }

// parseDashMonth reads 07-14-2026 14:02:41.
func parseDashMonth(b []byte) (Fields, int) { return threeNumbers(b, '-', false) }

// parseDashDay reads 14-07-2026 14:02:41.
func parseDashDay(b []byte) (Fields, int) { return threeNumbers(b, '-', true) }

// threeNumbers reads two numbers and a year, then a clock behind a blank, a
// comma or both.
func threeNumbers(b []byte, sep byte, dayFirst bool) (f Fields, n int) {
	if len(b) < 12 || !isDigit(b[0]) || b[1] != sep && b[2] != sep {
		return Fields{}, 0
	}
	c := cursor{b: b}
	f.Month = c.number(1, 2)
	c.want(sep)
	f.Day = c.number(1, 2)
	if dayFirst {
		f.Month, f.Day = f.Day, f.Month
	}
	c.want(sep)
	start := c.i
	f.Year = c.number(2, 4)
	switch c.i - start {
	case 2:
		f.Year = fullYear(f.Year)
	case 3:
		c.bad = true
	}
	c.date(&f)
	comma := c.next(',')
	if !c.next(' ') && !comma && !c.next('-') {
		c.want('T')
	}
	for c.next(' ') {
	}
	c.looseClock(&f)
	c.tail(&f)
	return c.done(f)
}

// parseClockMonth reads 14:02:41 07/14/2026.
func parseClockMonth(b []byte) (Fields, int) { return clockThenNumbers(b, false) }

// parseClockDay reads 14:02:41 14/07/2026.
func parseClockDay(b []byte) (Fields, int) { return clockThenNumbers(b, true) }

// clockThenNumbers reads a clock with seconds, a blank, two numbers and a year.
func clockThenNumbers(b []byte, dayFirst bool) (f Fields, n int) {
	if len(b) < 14 || b[2] != ':' || b[5] != ':' {
		return Fields{}, 0
	}
	c := cursor{b: b}
	c.clock(&f)
	c.blanks()
	f.Month = c.number(1, 2)
	c.want('/')
	f.Day = c.number(1, 2)
	if dayFirst {
		f.Month, f.Day = f.Day, f.Month
	}
	c.want('/')
	start := c.i
	f.Year = c.number(2, 4)
	switch c.i - start {
	case 2:
		f.Year = fullYear(f.Year)
	case 3:
		c.bad = true
	}
	c.endOfYear()
	c.date(&f)
	return c.done(f)
}

// parseDriver reads 07/14/2026 14:02.41.123 as drivers of Windows write it.
func parseDriver(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	f.Month = c.number(2, 2)
	c.want('/')
	f.Day = c.number(2, 2)
	c.want('/')
	f.Year = c.year()
	c.date(&f)
	c.want(' ')
	f.Hour = c.number(2, 2)
	c.want(':')
	f.Minute = c.number(2, 2)
	c.want('.')
	f.Sec = c.number(2, 2)
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 {
		c.bad = true
	}
	c.fraction(&f)
	return c.done(f)
}

// parseMJD reads 61235 50561.123, a modified Julian day and the second of it, as
// the statistics of NTP have them, in UTC. It is of the years 1990 to 2099.
func parseMJD(b []byte) (f Fields, n int) {
	const epochDay, first, last = 40587, 47892, 88068 // 1970-01-01, 1990-01-01, 2099-12-31
	c := cursor{b: b}
	day := c.number(5, 5)
	c.want(' ')
	second := c.number(1, 5)
	c.i += scanFraction(c.b[min(c.i, len(c.b)):], &f)
	if c.bad || f.Digits < 3 || day < first || day > last || second >= 86400 {
		return Fields{}, 0
	}
	f.Unix, f.IsEpoch, f.Zoned = (int64(day-epochDay)*86400+int64(second))*1e9+int64(f.Nsec), true, true
	return f, c.i
}
