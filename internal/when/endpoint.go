package when

// endpoint is one end of a range or a time by itself: a day, a clock and a
// zone as far as they are written together.
type endpoint struct {
	start, end                 int
	hasDate, hasClock, hasZone bool
	date                       civil
	clock                      clock
	zone                       zoneRef
	approx                     bool
	word                       string // a relation between the date and the clock: "30 July by 11:45"
	lead                       int    // where the clock, or the mark in front of it, begins
	dateAt                     int    // where the date begins
}

// readEndpoint reads what stands together at s[i:]. exact is for a text that is
// nothing but a time: there "-07:00" is an offset and capitals do not matter.
func readEndpoint(s string, i int, exact bool) (e endpoint, ok bool) {
	e.start, e.end = i, i
	i = e.readApprox(s, i)
	switch {
	case e.readClockAt(s, i, exact):
	case !e.approx && e.readDateAt(s, i, exact):
		e.clockAfterDate(s, exact)
	default:
		return endpoint{}, false
	}
	if e.hasClock && !e.hasDate {
		e.dateAfterClock(s, exact)
	}
	return e, true
}

// readApprox passes "~", "c." and the like that stick to a time.
func (e *endpoint) readApprox(s string, i int) int {
	for _, mark := range []string{"~", "≈", "c.", "ca.", "approx."} {
		if hasPrefixFold(s, i, mark) {
			j := skipSpace(s, i+len(mark))
			if digitAt(s, j) {
				e.approx = true
				return j
			}
		}
	}
	return i
}

// readClockAt reads a clock and its zone at s[i:].
func (e *endpoint) readClockAt(s string, i int, exact bool) bool {
	c, end, ok := readClock(s, i)
	if !ok {
		return false
	}
	zone, zoneEnd, zoned := readZone(s, end, exact || c.precision >= Second && e.hasDate)
	switch {
	case zoned:
		e.zone, e.hasZone = zone, true
		end, zoneEnd = zoneEnd, end
	case wordAt(s, end) && approxSuffix(s, end) == 0:
		return false
	}
	if lasts(s, end, c) {
		e.zone, e.hasZone = zoneRef{}, false
		return false
	}
	e.hasClock, e.clock, e.end, e.lead = true, c, end, i
	if n := approxSuffix(s, end); n > 0 {
		e.approx, e.end = true, end+n
	}
	return true
}

// approxSuffix is the length of the "ish" of "14:00ish" at s[i:]; 0 is none.
func approxSuffix(s string, i int) int {
	for _, w := range []string{"ish", "-ish", " or so", " or thereabouts"} {
		if hasWord(s, i, w) {
			return len(w)
		}
	}
	return 0
}

// lasts reports whether the clock is a length of time: "1:30 hours", "12:34
// minutes".
func lasts(s string, end int, c clock) bool {
	j := skipSpace(s, end)
	for _, w := range []string{"min", "mins", "minutes", "minute", "seconds", "sec", "m:s", "mm:ss", "ratio", "odds"} {
		if hasWord(s, j, w) {
			return true
		}
	}
	if byteAt(s, end) == '-' && hasPrefixFold(s, end, "-hour") {
		return true
	}
	return c.digits < 2 && c.meridiem == 0 && (hasWord(s, j, "h") || hasWord(s, j, "hrs") || hasWord(s, j, "hours"))
}

// readDateAt reads a day at s[i:].
func (e *endpoint) readDateAt(s string, i int, exact bool) bool {
	d, end, ok := readDate(s, i, exact)
	if !ok {
		return false
	}
	e.hasDate, e.date, e.end, e.dateAt = true, d, end, i
	return true
}

// clockAfterDate takes the clock that belongs to a date in front of it.
func (e *endpoint) clockAfterDate(s string, exact bool) {
	i := e.end
	if b := byteAt(s, i); (b == 'T' || b == 't' || b == '_') && digitAt(s, i+1) {
		if e.readBasicClock(s, i+1, exact) || e.readClockAt(s, i+1, true) {
			e.yearAtEnd(s, exact)
		}
		return
	}
	if byteAt(s, i) == ':' && digitAt(s, i+1) && e.date.y > 0 { // 10/Oct/2000:13:55:36
		if e.readClockAt(s, i+1, true) {
			return
		}
	}
	if z, end, ok := readZone(s, i, false); ok && (len(z.rows) > 0 || isIANA(z.loc)) { // "2024-07-30 PDT"
		e.zone, e.hasZone, e.end = z, true, end
		return
	}
	j := i
	for byteAt(s, j) == ',' || byteAt(s, j) == ')' || byteAt(s, j) == '@' || byteAt(s, j) == ':' && byteAt(s, j+1) == ' ' ||
		exact && byteAt(s, j) == '-' || skipMarkup(s, j) > j {
		j = max(j+1, skipMarkup(s, j))
	}
	if j == i {
		return
	}
	word, about, k := readRelation(s, j)
	if byteAt(s, k) == '@' {
		k = skipSpace(s, k+1)
	}
	var next endpoint
	next.hasDate = true
	k = next.readApprox(s, skipMarkup(s, k))
	if !next.readClockAt(s, k, exact) {
		return
	}
	e.hasClock, e.clock, e.hasZone, e.zone = true, next.clock, next.hasZone, next.zone
	e.approx, e.word, e.end, e.lead = e.approx || next.approx || about, word, next.end, next.lead
	e.yearAtEnd(s, exact)
}

// readBasicClock reads the 114500 of 20240730T114500Z.
func (e *endpoint) readBasicClock(s string, i int, exact bool) bool {
	value, n := number(s, i, 6)
	if n != 6 && n != 4 {
		return false
	}
	c := clock{hour: value / 10000, minute: value / 100 % 100, sec: value % 100, precision: Second, digits: 2}
	if n == 4 {
		c = clock{hour: value / 100, minute: value % 100, precision: Minute, digits: 2}
	}
	end := i + n
	if z, after, ok := readZone(s, end, true); ok {
		e.zone, e.hasZone, end = z, true, after
	}
	if !c.valid() || wordAt(s, end) {
		return false
	}
	e.hasClock, e.clock, e.end, e.lead = true, c, end, i
	return true
}

// yearAtEnd takes the year behind the clock, as in "Tue Jul 30 11:45:00 UTC
// 2024".
func (e *endpoint) yearAtEnd(s string, exact bool) {
	if e.date.kind != dayDate || e.date.y != 0 {
		return
	}
	y, end := readYear(s, e.end)
	if y == 0 || !exact && byteAt(s, e.end) == ',' {
		return
	}
	e.date.y, e.end = y, end
	if !e.hasZone {
		if z, after, ok := readZone(s, end, true); ok {
			e.zone, e.hasZone, e.end = z, true, after
		}
	}
}

// dateAfterClock takes the day behind a clock: "11:45 UTC on 30 July 2024".
func (e *endpoint) dateAfterClock(s string, exact bool) {
	i := e.end
	j := i
	if byteAt(s, j) == ',' {
		j++
	}
	j = skipMarkup(s, j)
	bracket := byteAt(s, j) == '('
	if bracket {
		j = skipSpace(s, j+1)
	}
	on := false
	for _, w := range []string{"on", "of"} {
		if hasWord(s, j, w) {
			j, on = skipMarkup(s, j+len(w)), true
			break
		}
	}
	if j == i {
		return
	}
	if hasWord(s, j, "the") && !hasWord(s, j, "the next") {
		if _, _, ok := readDate(s, j, exact); !ok { // "the next day" keeps its article
			j = skipSpace(s, j+3)
		}
	}
	d, end, ok := readDate(s, j, exact)
	if !ok {
		return
	}
	if !on && !bracket {
		next := endpoint{end: end, hasDate: true, date: d}
		if next.clockAfterDate(s, exact); next.hasClock {
			return // the date begins another time
		}
	}
	if bracket {
		if byteAt(s, end) != ')' {
			return
		}
		end++
	}
	e.hasDate, e.date, e.end, e.dateAt = true, d, end, j
}

// relations are the words in front of a time that say how it is meant, in
// lower case, longer ones first.
var relations = []string{
	"no later than", "not later than", "shortly after", "shortly before", "just after", "just before",
	"soon after", "some time after", "sometime after", "some time before", "sometime before",
	"as early as", "as late as", "as of", "prior to", "up to", "up until", "starting at", "starting from",
	"starting", "beginning at", "beginning", "ending at", "ending", "no earlier than", "not before",
	"between", "before", "after", "until", "since", "within", "during", "through", "from", "till", "til",
	"at", "by", "on", "to",
}

// abouts are the words that make a time approximate.
var abouts = []string{"approximately", "around", "about", "roughly", "circa", "approx"}

// readRelation reads a relation at s[i:], and whether a word for "about"
// belongs to it, and gives the place of what follows. A word for "about" alone
// is the relation "around".
func readRelation(s string, i int) (word string, about bool, next int) {
	next = i
	for _, r := range relations {
		if hasWord(s, i, r) {
			word, next = r, skipMarkup(s, i+len(r))
			break
		}
	}
	for _, a := range abouts {
		if hasWord(s, next, a) {
			if word == "" {
				word = "around"
			}
			return word, true, skipMarkup(s, next+len(a))
		}
	}
	return word, false, next
}
