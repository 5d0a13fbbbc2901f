package when

// clock is a time of day as written.
type clock struct {
	hour, minute, sec, nsec int
	precision               Precision
	meridiem                byte // 'a', 'p', or 0 where none is written
	digits                  int  // digits of the hour
	word                    string
}

// wall is the clock in seconds since midnight; 24:00 is the next midnight.
func (c clock) wall() int64 { return int64(c.hour*3600 + c.minute*60 + c.sec) }

// apply turns a 12-hour reading with a meridiem into 24 hours. A clock that
// already is a 24-hour one keeps its hour ("13:45 PM").
func (c clock) apply(meridiem byte) clock {
	switch {
	case meridiem == 'p' && c.hour < 12:
		c.hour += 12
	case meridiem == 'a' && c.hour == 12:
		c.hour = 0
	}
	c.meridiem = meridiem
	return c
}

// readClock reads a time of day at s[i:]: 14:02, 14:02:41.123, 2:05 PM, 2 p.m.,
// 2.05pm, noon, midnight, 1402Z. Its end is the place behind it.
func readClock(s string, i int) (c clock, end int, ok bool) {
	if c, end, ok = readClockWord(s, i); ok {
		return c, end, true
	}
	h, n := number(s, i, 4)
	switch {
	case n == 0 || n == 3:
		return clock{}, 0, false
	case n == 4:
		return readMilitary(s, i, h)
	}
	c = clock{hour: h, digits: n, precision: Hour}
	end = i + n
	switch {
	case byteAt(s, end) == ':':
		if end, ok = c.readMinutes(s, end+1); !ok {
			return clock{}, 0, false
		}
	case byteAt(s, end) == '.' && digitAt(s, end+1):
		m, k := number(s, end+1, 2)
		_, after := readMeridiem(s, end+3)
		if k != 2 || m > 59 || after == 0 {
			return clock{}, 0, false
		}
		c.minute, c.precision = m, Minute
		end += 3
	}
	meridiem, after := readMeridiem(s, end)
	if after > 0 {
		end = after
		if c.hour > 12 && c.precision == Hour {
			return clock{}, 0, false
		}
		c = c.apply(meridiem)
	} else if c.precision == Hour {
		return clock{}, 0, false
	}
	return c, end, c.valid() && endsClock(s, end)
}

func (c clock) valid() bool {
	return c.minute < 60 && c.sec < 61 && (c.hour < 24 || c.hour == 24 && c.minute == 0 && c.sec == 0)
}

// readMinutes reads what follows the first colon: minutes, seconds, fraction.
func (c *clock) readMinutes(s string, i int) (end int, ok bool) {
	m, n := number(s, i, 2)
	if n != 2 {
		return 0, false
	}
	c.minute, c.precision = m, Minute
	end = i + 2
	if byteAt(s, end) != ':' || !digitAt(s, end+1) {
		return end, true
	}
	sec, n := number(s, end+1, 2)
	if n != 2 {
		return 0, false
	}
	c.sec, c.precision = sec, Second
	end += 3
	if b := byteAt(s, end); (b == '.' || b == ',') && digitAt(s, end+1) {
		k := end + 1
		for digitAt(s, k) {
			k++
		}
		digits := k - end - 1
		if b == ',' && (digits%3 != 0 || byteAt(s, k) == ':') {
			return end, true // a comma of the sentence
		}
		var f Fields
		scanFraction([]byte(s[end:k]), &f)
		c.nsec, c.precision = f.Nsec, precisionOfDigits(digits)
		end = k
	}
	return end, true
}

// endsClock reports whether a clock may end in front of s[i:].
func endsClock(s string, i int) bool {
	switch byteAt(s, i) {
	case '/':
		return !wordAt(s, i+1)
	case ':', '.', '-':
		// A longer number, a version, a MAC address; a dash may make a range.
		if byteAt(s, i) != '-' && digitAt(s, i+1) {
			return false
		}
	case '%', '\\', '@':
		return false
	case 'i', 'I':
		return approxSuffix(s, i) > 0
	case 'Z', 'z', 'T', 'h', 'H', 'U', 'G', '_':
		return true // the zone reader judges
	}
	return !wordAt(s, i)
}

// readMeridiem reads AM, p.m. and the like, with blanks in front; end is 0 for
// none.
func readMeridiem(s string, i int) (meridiem byte, end int) {
	i = skipSpace(s, i)
	c := byteAt(s, i) | 0x20
	if c != 'a' && c != 'p' {
		return 0, 0
	}
	switch {
	case byteAt(s, i+1)|0x20 == 'm':
		end = i + 2
	case byteAt(s, i+1) == '.' && byteAt(s, i+2)|0x20 == 'm':
		end = i + 3
		if byteAt(s, end) == '.' {
			end++
		}
	default:
		return 0, 0
	}
	if wordAt(s, end) {
		return 0, 0
	}
	return c, end
}

// readClockWord reads noon and midnight, and "12 noon".
func readClockWord(s string, i int) (c clock, end int, ok bool) {
	if hasPrefixFold(s, i, "12") && !digitAt(s, i+2) {
		if j := skipSpace(s, i+2); hasWord(s, j, "noon") || hasWord(s, j, "midnight") {
			i = j
		}
	}
	switch {
	case hasWord(s, i, "noon"):
		return clock{hour: 12, precision: Minute, digits: 2, word: "noon"}, i + 4, true
	case hasWord(s, i, "midday"):
		return clock{hour: 12, precision: Minute, digits: 2, word: "noon"}, i + 6, true
	case hasWord(s, i, "midnight"):
		return clock{precision: Minute, digits: 2, word: "midnight"}, i + 8, true
	}
	return clock{}, 0, false
}

// readMilitary reads 1402 where Z, UTC or "hours" says that it is a time.
func readMilitary(s string, i, value int) (c clock, end int, ok bool) {
	c = clock{hour: value / 100, minute: value % 100, precision: Minute, digits: 2, word: "military"}
	end = i + 4
	if !c.valid() || c.hour > 23 {
		return clock{}, 0, false
	}
	if b := byteAt(s, end); b == 'Z' && !wordAt(s, end+1) {
		return c, end, true
	}
	j := skipSpace(s, end)
	for _, w := range []string{"utc", "gmt", "hrs", "hours", "z"} {
		if hasWord(s, j, w) && j > end {
			return c, end, true
		}
	}
	return clock{}, 0, false
}
