package when

func parseEpochS(b []byte) (Fields, int)  { return epochAt(b, 10) }
func parseEpochMS(b []byte) (Fields, int) { return epochAt(b, 13) }
func parseEpochUS(b []byte) (Fields, int) { return epochAt(b, 16) }
func parseEpochNS(b []byte) (Fields, int) { return epochAt(b, 19) }

// epochAt reads an epoch of exactly so many digits, from September 2001 to
// 2128, and a fraction where it has one.
func epochAt(b []byte, digits int) (f Fields, n int) {
	if len(b) < digits || b[0] < '1' || b[0] > '4' {
		return Fields{}, 0
	}
	for n < len(b) && n <= digits && isDigit(b[n]) {
		n++
	}
	if n != digits {
		return Fields{}, 0
	}
	whole, end := b[:n], n
	if n+1 < len(b) && (b[n] == '.' || b[n] == ',') && isDigit(b[n+1]) {
		for end = n + 1; end < len(b) && isDigit(b[end]) && end-n <= 18; {
			end++
		}
		n++
	}
	if end < len(b) && isWord(b[end]) {
		return Fields{}, 0
	}
	ns, p, ok := epochNanos(whole, b[min(n, end):end])
	if !ok {
		return Fields{}, 0
	}
	f.Unix, f.IsEpoch, f.Zoned = ns, true, true
	f.Digits = int8(3 * (int(p) - int(Second)))
	return f, end
}

// parseTAI64N reads @4000000066a8b2f50c2e4f8c as multilog writes it: the label
// is ten seconds ahead of Unix time, later leap seconds are not in it.
func parseTAI64N(b []byte) (f Fields, n int) {
	if len(b) < 25 || b[0] != '@' || len(b) > 25 && isWord(b[25]) {
		return Fields{}, 0
	}
	label, ok := hexNumber(b[1:17])
	nanos, ok2 := hexNumber(b[17:25])
	const zero = 1<<62 + 10
	if !ok || !ok2 || label < zero || label > zero+9e9 || nanos > 999999999 {
		return Fields{}, 0
	}
	f.Unix, f.IsEpoch, f.Zoned, f.Digits = int64(label-zero)*1e9+int64(nanos), true, true, 9
	return f, 25
}

func hexNumber(b []byte) (v uint64, ok bool) {
	for _, c := range b {
		switch {
		case isDigit(c):
			v = v<<4 | uint64(c-'0')
		case c|0x20-'a' <= 'f'-'a':
			v = v<<4 | uint64(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return v, true
}
