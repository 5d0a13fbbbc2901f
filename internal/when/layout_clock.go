package when

// parseClock reads 14:02:41.123 without a date.
func parseClock(b []byte) (f Fields, n int) {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' {
		return Fields{}, 0
	}
	n = scanClock(b, &f)
	if n == 0 || f.Digits < 0 || n < len(b) && isWord(b[n]) && b[n] != 'Z' {
		return Fields{}, 0
	}
	return f, n + scanZone(b[n:], &f)
}

// parseClock12 reads 2:02:41 PM without a date.
func parseClock12(b []byte) (f Fields, n int) {
	c := cursor{b: b}
	c.looseClock(&f)
	before := c.i
	c.tail(&f)
	if c.bad || c.i < before+3 || b[before+2]|0x20 != 'm' {
		return Fields{}, 0
	}
	return f, c.i
}
