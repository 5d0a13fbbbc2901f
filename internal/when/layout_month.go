package when

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
	if used == 0 {
		return Fields{}, 0
	}
	return f, n + 1 + used
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
