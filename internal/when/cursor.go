package when

// cursor reads a layout part by part. Once a part does not fit, bad stays set
// and the rest reads nothing. It is for layouts that are not the commonest:
// those are read at fixed places.
type cursor struct {
	b   []byte
	i   int
	bad bool
}

// done gives what a layout's parser returns.
func (c *cursor) done(f Fields) (Fields, int) {
	if c.bad {
		return Fields{}, 0
	}
	return f, c.i
}

// next reports whether ch comes next, and passes it.
func (c *cursor) next(ch byte) bool {
	if c.bad || c.i >= len(c.b) || c.b[c.i] != ch {
		return false
	}
	c.i++
	return true
}

// want needs ch.
func (c *cursor) want(ch byte) {
	if !c.next(ch) {
		c.bad = true
	}
}

// blanks needs one blank and passes more of them.
func (c *cursor) blanks() {
	c.want(' ')
	for c.next(' ') {
	}
}

// number needs from least to most digits that no digit follows.
func (c *cursor) number(least, most int) int {
	v, n := 0, 0
	for !c.bad && c.i < len(c.b) && isDigit(c.b[c.i]) && n <= most {
		v = v*10 + int(c.b[c.i]-'0')
		c.i++
		n++
	}
	if n < least || n > most {
		c.bad = true
	}
	return v
}

// pair needs two digits, whatever follows them.
func (c *cursor) pair() int {
	if c.bad || c.i+2 > len(c.b) || !digits2(c.b[c.i:]) {
		c.bad = true
		return 0
	}
	c.i += 2
	return two(c.b[c.i-2:])
}

// year needs four digits of a likely year.
func (c *cursor) year() int {
	y := c.pair()*100 + c.pair()
	if y < 1970 || y > 2199 {
		c.bad = true
	}
	return y
}

// month needs a month's name of three letters.
func (c *cursor) month() int {
	if c.bad {
		return 0
	}
	m := monthAt(c.b[c.i:])
	if m == 0 {
		c.bad = true
		return 0
	}
	c.i += 3
	return m
}

// weekday needs a weekday's name, in full where long is set, and passes a comma.
func (c *cursor) weekday(long bool) {
	if c.bad || c.i+3 > len(c.b) || !isWeekday(c.b[c.i:]) {
		c.bad = true
		return
	}
	c.i += 3
	for long && c.i < len(c.b) && c.b[c.i]|0x20-'a' <= 'z'-'a' {
		c.i++
	}
	c.next(',')
}

// isWeekday reports whether b begins with three letters of a weekday.
func isWeekday(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	switch string([]byte{b[0] | 0x20, b[1] | 0x20, b[2] | 0x20}) {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return true
	}
	return false
}

// date checks the date that was read.
func (c *cursor) date(f *Fields) {
	if !validDate(f.Year, f.Month, f.Day) {
		c.bad = true
	}
}

// clock needs 14:02:41 with an optional fraction.
func (c *cursor) clock(f *Fields) {
	if c.bad {
		return
	}
	n := scanClock(c.b[c.i:], f)
	if n == 0 {
		c.bad = true
	}
	c.i += n
}

// looseClock needs a clock whose hour may have one digit.
func (c *cursor) looseClock(f *Fields) {
	if c.bad || c.i+1 >= len(c.b) || c.b[c.i+1] != ':' {
		c.clock(f)
		return
	}
	f.Hour = c.number(1, 1)
	c.want(':')
	f.Minute = c.number(2, 2)
	f.Digits = -1
	if f.Minute > 59 {
		c.bad = true
	}
	if !c.bad && c.i+1 < len(c.b) && c.b[c.i] == ':' && isDigit(c.b[c.i+1]) {
		c.want(':')
		f.Digits = 0
		f.Sec = c.number(2, 2)
		if f.Sec > 60 {
			c.bad = true
		}
		c.fraction(f)
	}
}

// fraction passes digits of a second, where they stand.
func (c *cursor) fraction(f *Fields) {
	if !c.bad {
		c.i += scanFraction(c.b[c.i:], f)
	}
}

// tail passes AM or PM and a zone, where they stand.
func (c *cursor) tail(f *Fields) {
	if !c.bad {
		c.i += scanTail(c.b[c.i:], f)
	}
}
