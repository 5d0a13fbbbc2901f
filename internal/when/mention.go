package when

import (
	"strings"
	"time"
)

// Ref is what a clock time in prose inherits when it names no date or zone.
type Ref struct {
	Day  time.Time // civil date, any time of it in Zone, of clocks without a date; zero is none
	Zone Zone      // zone of clocks that name none
	Year int       // year of dates without one; 0 means the one that brings the date nearest to Day
	// Said is when the words were said, if that is known: a clock without a date
	// that would lie more than 12 hours after it is read as the day before.
	Said time.Time
}

// Mention is a time that prose states, with the words around it that say how
// it is meant.
type Mention struct {
	Start, End int    // byte range in the text
	Stamp             // Time is the instant, the first one of a range; zero when no date is known
	Until      *Stamp // the second end of a range; nil for a point
	Word       string // the relation word in front, lower case: "at", "by", "between", "shortly after" …; may be empty
	HasDate    bool   // a date stands with it in its sentence; else the date was inherited
}

// Mentions finds the times that prose states, in the order of the text, and
// reads them as a person would: a zone or a date that is written once in a
// sentence holds for the clocks in it, a range over midnight ends on the next
// day, "from 9:15 to 10:02 PM" is all in the evening. A date alone is a mention
// (precision Day) only where no clock of its sentence uses it.
//
// Words for "about" make the Stamp approximate; as the only relation they give
// the Word "around".
//
// A clock for which no date is known is given with a zero Time and a Doubt that
// says so. Doubt also tells of clocks that daylight saving skips or repeats, of
// ambiguous abbreviations, of those out of season (read as the offset that they
// name), and of days that were reckoned.
//
// Code spans, addresses, versions, ratios, ports and lengths of time are not
// mentions.
func Mentions(text string, ref Ref) []Mention {
	s := hide(text)
	items := findItems(s)
	if len(items) == 0 {
		return nil
	}
	r := newReading(s, items, ref)
	var out []Mention
	for i := range items {
		r.resolve(i)
	}
	for i := range items {
		it := &items[i]
		if it.used && !it.a.hasClock {
			continue
		}
		m := Mention{Start: it.start, End: it.end, Stamp: it.from, Word: it.word, HasDate: it.dated}
		m.Text = text[it.start:it.a.end]
		if it.ranged {
			until := it.until
			until.Text = text[it.b.start:it.b.end]
			m.Until = &until
		}
		out = append(out, m)
	}
	return foldSame(text, out)
}

// foldSame joins a time and its repetition in another zone: "11:45 PDT (18:45
// UTC)", "04:45 PDT / 11:45 UTC".
func foldSame(text string, in []Mention) []Mention {
	out := in[:0]
	for _, m := range in {
		if n := len(out) - 1; n >= 0 && sameAgain(text, &out[n], &m) {
			out[n].End = m.End
			if m.End < len(text) && text[m.End] == ')' {
				out[n].End++
			}
			continue
		}
		out = append(out, m)
	}
	return out
}

func sameAgain(text string, a, b *Mention) bool {
	if a.Time.IsZero() || !a.Time.Equal(b.Time) || a.ZoneFrom != ZoneRecord || b.ZoneFrom != ZoneRecord ||
		(a.Until == nil) != (b.Until == nil) || b.Word != "" || a.Precision == Day {
		return false
	}
	if a.Until != nil && !a.Until.Time.Equal(b.Until.Time) {
		return false
	}
	i := skipSpace(text, a.End)
	if c := byteAt(text, i); c != '(' && c != '/' && c != '[' && c != ',' {
		return false
	}
	return skipSpace(text, i+1) == b.Start
}

// item is a time, or a range of two, before its date and zone are settled.
type item struct {
	start, end int
	a, b       endpoint
	ranged     bool
	word       string
	sentence   int
	opened     int    // where its sentence begins
	dayWord    string // the relation in front of a date
	used       bool   // a clock elsewhere took its date
	dated      bool
	from       Stamp
	until      Stamp
}

// findItems walks over the text. Hidden bytes are zero.
func findItems(s string) []item {
	var items []item
	sentences := splitSentences(s)
	sentence := 0
	for i := 0; i < len(s); {
		if !startsFresh(s, i) || !mayStart(s, i) {
			i++
			continue
		}
		it, ok := readItem(s, i)
		if !ok {
			i++
			continue
		}
		for sentence < len(sentences) && i >= sentences[sentence] {
			sentence++
		}
		it.sentence = sentence
		if sentence > 0 {
			it.opened = sentences[sentence-1]
		}
		items = append(items, it)
		i = it.end
	}
	return items
}

// readItem reads a time or a range at s[i:] with the words in front of it.
func readItem(s string, i int) (it item, ok bool) {
	a, ok := readEndpoint(s, i, false)
	if !ok {
		if a, ok = readBareHour(s, i); !ok {
			return item{}, false
		}
	}
	word, about := wordBefore(s, i)
	it = item{start: a.start, end: a.end, a: a, dayWord: word}
	it.a.approx = a.approx || about
	it.word = word
	if a.word != "" && (a.word != "at" || it.word == "on" || it.word == "") {
		it.word = a.word
	}
	it.readUntil(s)
	if a.hasClock && a.clock.precision == Unknown && !it.ranged {
		return item{}, false // a bare hour that nothing made a clock
	}
	return it, it.credible(s)
}

// mayStart is a quick look at whether a time can begin at s[i:].
func mayStart(s string, i int) bool {
	c := s[i]
	switch {
	case isDigit(c), c == '~', c == 0xe2:
		return true
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return len(s)-i >= 2 && nameMayStart(s, i, c)
	}
	return false
}

// nameMayStart looks at the first letters of a name of a day, a month or a
// clock, or of a word for "about".
func nameMayStart(s string, i int, c byte) bool {
	a, b := c|0x20, s[i+1]|0x20
	if a == 'c' {
		return s[i+1] == '.' || b == 'a' && byteAt(s, i+2) == '.'
	}
	if len(s)-i < 3 {
		return false
	}
	third := s[i+2] | 0x20
	switch string([]byte{a, b, third}) {
	case "the":
		return len(s)-i > 4 && strings.IndexByte("nfdspeNFDSPE", s[i+4]) >= 0
	case "noo", "mid", "nex", "fol", "sam", "tha", "tod", "tom", "yes", "app":
		return true
	case "sun", "mon", "tue", "wed", "thu", "fri", "sat",
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec":
		return c <= 'Z' // the names have a capital
	}
	return false
}

// readBareHour reads the "2" of "between 2 and 4 PM": an hour with nothing to
// say that it is one. Its precision stays Unknown until the range shows it.
func readBareHour(s string, i int) (e endpoint, ok bool) {
	h, n := number(s, i, 2)
	if n == 0 || h < 1 || h > 12 || wordAt(s, i+n) {
		return endpoint{}, false
	}
	return endpoint{start: i, end: i + n, lead: i, hasClock: true, clock: clock{hour: h, digits: n}}, true
}

// readUntil takes the second end of a range, where one follows.
func (it *item) readUntil(s string) {
	j, ok := readConnector(s, it.a.end, it.word)
	if !ok {
		return
	}
	w, about, k := readRelation(s, j)
	if about && w == "around" {
		j = k
	}
	if hasWord(s, j, "the") {
		if _, _, ok := readDate(s, j, false); !ok {
			j = skipSpace(s, j+3)
		}
	}
	b, ok := readEndpoint(s, j, false)
	if !ok || it.a.hasClock != b.hasClock {
		return
	}
	if it.a.clock.precision == Unknown && it.a.hasClock {
		if b.clock.meridiem == 0 || b.clock.word != "" {
			return
		}
		it.a.clock.precision = b.clock.precision
		if b.clock.precision > Minute {
			it.a.clock.precision = Minute
		}
	}
	b.approx = b.approx || about
	it.b, it.ranged, it.end = b, true, b.end
	it.shareMeridiem()
}

// shareMeridiem gives the first clock of "from 9:15 to 10:02 PM" its half of
// the day: the one that keeps it before the second, and closest to it. "From
// 9:15 PM to 10:02" is the same the other way.
func (it *item) shareMeridiem() {
	a, b := &it.a.clock, &it.b.clock
	switch {
	case a.meridiem == 0 && b.meridiem != 0 && a.word == "" && a.hour >= 1 && a.hour <= 12 && b.word == "":
		same := a.apply(b.meridiem)
		if same.wall() > b.wall() && b.meridiem == 'p' {
			same = a.apply('a')
		} else if same.wall() > b.wall() {
			same = a.apply('p')
		}
		*a = same
	case b.meridiem == 0 && a.meridiem != 0 && b.word == "" && b.hour >= 1 && b.hour <= 12 && b.digits < 3:
		same := b.apply(a.meridiem)
		if same.wall() < a.wall() {
			if a.meridiem == 'a' {
				same = b.apply('p')
			} else {
				same = b.apply('a')
			}
		}
		*b = same
	}
}

// readConnector reads what stands between the ends of a range; word is the
// relation in front of the first end.
func readConnector(s string, i int, word string) (next int, ok bool) {
	j := skipMarkup(s, i)
	if byteAt(s, j) == ',' {
		j = skipMarkup(s, j+1)
	}
	for _, dash := range []string{"–", "—", "−", "->", "→", "-"} {
		if hasPrefixFold(s, j, dash) {
			return skipMarkup(s, j+len(dash)), true
		}
	}
	if j == i {
		return 0, false
	}
	words := []string{"to", "until", "up until", "till", "til", "through", "thru", "and until", "and continued until", "up to"}
	if word == "between" {
		words = []string{"and", "to"}
	}
	for _, w := range words {
		if hasWord(s, j, w) {
			return skipMarkup(s, j+len(w)), true
		}
	}
	return 0, false
}
