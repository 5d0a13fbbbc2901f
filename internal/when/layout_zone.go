package when

// scanTail reads what may follow a clock: AM or PM, and a zone. It gives the
// bytes used, 0 for none.
func scanTail(b []byte, f *Fields) (n int) {
	if len(b) > 0 && b[0] == 'Z' && (len(b) == 1 || !isWord(b[1])) { // by far the commonest
		f.Zoned = true
		return 1
	}
	if len(b) >= 3 && b[0] == ' ' && (b[1]|0x20 == 'p' || b[1]|0x20 == 'a') && b[2]|0x20 == 'm' && (len(b) == 3 || !isWord(b[3])) {
		switch {
		case b[1]|0x20 == 'p' && f.Hour < 12:
			f.Hour += 12
		case b[1]|0x20 == 'a' && f.Hour == 12:
			f.Hour = 0
		}
		n = 3
	}
	return n + scanZone(b[n:], f)
}

// scanZone reads Z, +02:00, +0200, +02, and after one blank an offset, an
// offset with a name, or a name of the abbreviation table. It gives the bytes
// used, 0 for none.
func scanZone(b []byte, f *Fields) int {
	if len(b) == 0 {
		return 0
	}
	switch b[0] {
	case 'Z', 'z':
		if len(b) > 1 && isWord(b[1]) {
			return 0
		}
		f.Zoned = true
		return 1
	case '+', '-':
		return scanNumericZone(b, f)
	case ' ':
		return scanBlankZone(b, f)
	}
	return 0
}

// scanBlankZone is scanZone behind a blank, which b begins with.
func scanBlankZone(b []byte, f *Fields) int {
	if len(b) < 3 {
		return 0
	}
	switch c := b[1]; {
	case c == '+' || c == '-':
		if len(b) < 6 || !digits2(b[2:]) || !isDigit(b[4]) && b[4] != ':' { // " - message", " -10 "
			return 0
		}
		n := scanNumericZone(b[1:], f)
		if n == 0 {
			return 0
		}
		n++
		if n+1 < len(b) && b[n] == ' ' { // "+0200 CEST": the number rules
			var name Fields
			if m := scanZoneName(b[n+1:], &name); m > 0 {
				n += 1 + m
			}
		}
		return n
	case c >= 'A' && c <= 'Z':
		if m := scanZoneName(b[1:], f); m > 0 {
			return 1 + m
		}
	}
	return 0
}

func scanNumericZone(b []byte, f *Fields) int {
	seconds, n := scanOffset(b, false)
	if n == 0 || n < len(b) && isWord(b[n]) {
		return 0
	}
	f.Offset, f.Zoned = seconds, true
	return n
}

// zoneNameEnds are the last letters of zone names: a quick no to INFO, WARN and
// other words that follow a time.
func zoneNameEnds(c byte) bool { return c == 'T' || c == 'C' || c == 'K' || c == 'Z' || c == 'B' }

// scanZoneName reads a capital abbreviation, perhaps with an offset stuck to
// UTC or GMT.
func scanZoneName(b []byte, f *Fields) int {
	n := 0
	for n < len(b) && n < 6 && b[n] >= 'A' && b[n] <= 'Z' {
		n++
	}
	if n < 3 || n > 5 || !zoneNameEnds(b[n-1]) || n < len(b) && isWord(b[n]) {
		return 0
	}
	i := abbreviationRow(b[:n])
	if i < 0 {
		return 0
	}
	f.Zoned, f.Offset, f.Abbrev = true, abbreviations[i].offset*60, uint8(i+1)
	if f.Offset == 0 && n < len(b) && (b[n] == '+' || b[n] == '-') {
		if seconds, m := scanOffset(b[n:], true); m > 0 {
			f.Offset, f.Abbrev = seconds, 0
			n += m
		}
	}
	return n
}

func isWord(c byte) bool {
	return c|0x20-'a' <= 'z'-'a' || isDigit(c) || c == '_'
}
