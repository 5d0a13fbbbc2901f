package when

// parseISO reads 2026-07-14T14:02:41.123456Z and its relatives.
func parseISO(b []byte) (Fields, int) {
	if len(b) < 16 || b[10] != 'T' && b[10] != 't' {
		return Fields{}, 0
	}
	return isoAt(b, '-')
}

// parseISOSpace reads 2026-07-14 14:02:41,123 with a blank, a tab or an
// underscore between date and time.
func parseISOSpace(b []byte) (Fields, int) {
	if len(b) < 16 || b[10] != ' ' && b[10] != '\t' && b[10] != '_' {
		return Fields{}, 0
	}
	return isoAt(b, '-')
}

// parseISOSlash reads 2026/07/14 14:02:41.
func parseISOSlash(b []byte) (Fields, int) {
	if len(b) < 16 || b[10] != ' ' && b[10] != 'T' && b[10] != '\t' && b[10] != '-' {
		return Fields{}, 0
	}
	return isoAt(b, '/')
}

// isoAt reads a date whose parts stand at fixed places, one more byte, then
// a clock and perhaps a zone. b has at least 16 bytes.
func isoAt(b []byte, sep byte) (f Fields, n int) {
	_ = b[15]
	if b[4] != sep || b[7] != sep || !digits4(b) || !digits2(b[5:]) || !digits2(b[8:]) {
		return Fields{}, 0
	}
	f.Year, f.Month, f.Day = four(b), two(b[5:]), two(b[8:])
	if !validDate(f.Year, f.Month, f.Day) {
		return Fields{}, 0
	}
	n = scanClock(b[11:], &f)
	if n == 0 {
		return Fields{}, 0
	}
	n += 11
	return f, n + scanZone(b[n:], &f)
}

func digits2(b []byte) bool { return isDigit(b[0]) && isDigit(b[1]) }
func digits4(b []byte) bool { return digits2(b) && digits2(b[2:]) }

// four reads four digits that the caller has checked.
func four(b []byte) int { return two(b)*100 + two(b[2:]) }

// scanClock reads 14:02:41 with an optional fraction after '.', ',' or, with
// exactly three digits, ':'. It gives the bytes used, 0 for none.
func scanClock(b []byte, f *Fields) int {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' || !digits2(b) || !digits2(b[3:]) || !digits2(b[6:]) {
		return scanClockMinutes(b, f)
	}
	f.Hour, f.Minute, f.Sec = two(b), two(b[3:]), two(b[6:])
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 {
		return 0
	}
	return 8 + scanFraction(b[8:], f)
}

// scanClockMinutes reads 14:02 that no digit follows.
func scanClockMinutes(b []byte, f *Fields) int {
	if len(b) < 5 || b[2] != ':' || !digits2(b) || !digits2(b[3:]) || len(b) > 5 && (isDigit(b[5]) || b[5] == ':') {
		return 0
	}
	f.Hour, f.Minute = two(b), two(b[3:])
	if f.Hour > 23 || f.Minute > 59 {
		return 0
	}
	f.Digits = -1
	return 5
}

// scanFraction reads the digits after the second, with their point.
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
