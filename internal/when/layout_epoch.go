package when

func parseEpochS(b []byte) (Fields, int)  { return epochAt(b, 10) }
func parseEpochMS(b []byte) (Fields, int) { return epochAt(b, 13) }
func parseEpochUS(b []byte) (Fields, int) { return epochAt(b, 16) }
func parseEpochNS(b []byte) (Fields, int) { return epochAt(b, 19) }

// epochAt reads an epoch of exactly so many digits, from September 2001 to
// 2128, and a fraction where it has one.
func epochAt(b []byte, digits int) (f Fields, n int) {
	if len(b) < digits || b[0] < '1' || b[0] > '4' || digits == 19 && b[0] != '1' {
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
