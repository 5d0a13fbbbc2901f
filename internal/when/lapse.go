package when

import (
	"math"
	"strings"
	"time"
)

// Lapse is a length of time that prose states.
type Lapse struct {
	Start, End int // byte range in the text of the length itself: "two minutes"
	D          time.Duration
	AtMost     bool   // "within", "less than", "up to" stands in front, or it is the upper end of "5-10 minutes"
	After      string // the words that follow it, lower case, where they say from when: "after it began", "later", "of detection"
}

// Lapses finds the lengths of time that prose states, in the order of the
// text: "two minutes after it began", "within 5 minutes of detection", "an hour
// later", "2 h 13 min". Rates and schedules ("every 5 minutes", "per hour") are
// none.
func Lapses(text string) []Lapse {
	s := hide(text)
	var out []Lapse
	for i := 0; i < len(s); {
		l, ok := readLapse(s, i)
		if !ok {
			i++
			continue
		}
		out = append(out, l)
		i = l.End
	}
	return out
}

// numberWords are the numbers that people write out.
var numberWords = []struct {
	word  string
	value int
}{
	{"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7},
	{"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"fifteen", 15},
	{"twenty-five", 25}, {"twenty five", 25}, {"twenty", 20}, {"thirty-five", 35}, {"thirty", 30},
	{"forty-five", 45}, {"forty five", 45}, {"forty", 40}, {"fifty", 50}, {"sixty", 60}, {"ninety", 90},
}

// amount is a number of units, in quarters so that "two and a half" is whole.
type amount struct {
	digits   string // as ParseSpan reads it; empty for a word
	quarters int
	article  bool // "a", "an"
}

// readAmount reads a number in digits or words at s[i:]; next is the place of
// the unit.
func readAmount(s string, i int) (a amount, next int, ok bool) {
	if digitAt(s, i) {
		j := i
		for digitAt(s, j) || byteAt(s, j) == '.' && digitAt(s, j+1) {
			j++
		}
		return amount{digits: s[i:j]}, j, true
	}
	for _, f := range []struct {
		word     string
		quarters int
	}{{"a quarter of an", 1}, {"three quarters of an", 3}, {"half an", 2}, {"half a", 2}} {
		if hasWord(s, i, f.word) {
			return amount{quarters: f.quarters}, i + len(f.word), true
		}
	}
	for _, n := range numberWords {
		if !hasWord(s, i, n.word) {
			continue
		}
		a, next = amount{quarters: 4 * n.value}, i+len(n.word)
		if j := skipSpace(s, next); hasWord(s, j, "and a half") {
			a.quarters += 2
			next = j + len("and a half")
		}
		return a, next, true
	}
	for _, w := range []string{"an", "a"} {
		if hasWord(s, i, w) {
			return amount{quarters: 4, article: true}, i + len(w), true
		}
	}
	return amount{}, 0, false
}

// in multiplies the amount with a unit.
func (a amount) in(unit time.Duration) (time.Duration, bool) {
	if a.digits != "" {
		return spanPart(a.digits, unit)
	}
	return unit / 4 * time.Duration(a.quarters), true
}

// readUnit reads a unit behind an amount; letter says that it is one letter.
func readUnit(s string, i int) (unit time.Duration, end int, letter bool) {
	j := skipSpace(s, i)
	if byteAt(s, j) == '-' && j == i {
		j++ // "a 10-minute outage"
	}
	end = j
	for end < len(s) && s[end]|0x20-'a' <= 'z'-'a' {
		end++
	}
	if end == j || letterAt(s, end) || byteAt(s, end) == '_' || byteAt(s, end) == '/' {
		return 0, 0, false
	}
	word := s[j:end]
	unit = unitOf(word)
	if len(word) == 1 && (j > i && word != "h" && word != "s" || word[0] < 'a') {
		unit = 0 // "5 M", "2 d"
	}
	return unit, end, len(word) == 1
}

// readLapse reads a length of time at s[i:].
func readLapse(s string, i int) (l Lapse, ok bool) {
	if !wordAt(s, i) || i > 0 && (wordAt(s, i-1) || strings.IndexByte(".:/-+#$@=", s[i-1]) >= 0) || beforeLetter(s, i) {
		return Lapse{}, false
	}
	first, next, ok := readAmount(s, i)
	if !ok {
		return Lapse{}, false
	}
	l.Start = i
	if j, ok := betweenAmounts(s, next); ok { // "5-10 minutes"
		if upper, after, ok := readAmount(s, j); ok && !upper.article {
			if unit, _, _ := readUnit(s, after); unit > 0 {
				first, next, l.AtMost = upper, after, true
			}
		}
	}
	unit, end, letter := readUnit(s, next)
	if unit == 0 {
		return Lapse{}, false
	}
	if l.D, ok = first.in(unit); !ok {
		return Lapse{}, false
	}
	l.End = end
	parts := l.readSmaller(s, unit)
	l.After = wordsAfter(s, l.End)
	lead := leadOf(s, i)
	if lead == leadRate || followsRate(s, l.End) {
		return Lapse{}, false
	}
	if (first.article || letter && parts == 0 && s[l.End-1] == 'm') && lead == leadNone && l.After == "" {
		return Lapse{}, false // "a second effort", "5m users"
	}
	if first.article && unit == time.Second && l.After == "" {
		return Lapse{}, false
	}
	l.AtMost = l.AtMost || lead == leadAtMost
	return l, true
}

// beforeLetter reports whether a letter beyond ASCII ends in front of s[i:].
func beforeLetter(s string, i int) bool {
	return i > 1 && s[i-1] >= 0x80 && letterAt(s, i-2)
}

func betweenAmounts(s string, i int) (next int, ok bool) {
	j := skipSpace(s, i)
	for _, w := range []string{"–", "-"} {
		if strings.HasPrefix(s[j:], w) {
			return skipSpace(s, j+len(w)), true
		}
	}
	if j > i && (hasWord(s, j, "to") || hasWord(s, j, "or")) {
		return skipSpace(s, j+2), true
	}
	return 0, false
}

// readSmaller adds the smaller units that follow: "2 h 13 min", "1 hour and 5
// minutes"; it gives how many there were.
func (l *Lapse) readSmaller(s string, unit time.Duration) (parts int) {
	for {
		j := l.End
		if byteAt(s, j) == ',' {
			j++
		}
		j = skipSpace(s, j)
		if hasWord(s, j, "and") {
			j = skipSpace(s, j+3)
		}
		if hasWord(s, j, "a half") && parts == 0 { // "an hour and a half"
			l.D += unit / 2
			l.End = j + len("a half")
			return 1
		}
		a, next, ok := readAmount(s, j)
		if !ok || a.article {
			return parts
		}
		smaller, end, _ := readUnit(s, next)
		if smaller == 0 || smaller >= unit {
			return parts
		}
		d, ok := a.in(smaller)
		if !ok || d > math.MaxInt64-l.D {
			return parts
		}
		l.D, l.End, unit = l.D+d, end, smaller
		parts++
	}
}

// What the words in front of a length say.
const (
	leadNone = iota
	leadLength
	leadAtMost
	leadRate
)

var leads = []struct {
	words string
	what  int
}{
	{"within the first", leadAtMost}, {"within", leadAtMost}, {"less than", leadAtMost},
	{"fewer than", leadAtMost}, {"at most", leadAtMost}, {"no more than", leadAtMost},
	{"not more than", leadAtMost}, {"no longer than", leadAtMost}, {"under", leadAtMost},
	{"up to", leadAtMost}, {"inside", leadAtMost},
	{"every", leadRate}, {"each", leadRate}, {"per", leadRate}, {"times", leadRate}, {"once", leadRate},
	{"twice", leadRate},
	{"lasted", leadLength}, {"lasting", leadLength}, {"for", leadLength}, {"after", leadLength},
	{"took", leadLength}, {"nearly", leadLength}, {"almost", leadLength}, {"about", leadLength},
	{"around", leadLength}, {"over", leadLength}, {"more than", leadLength}, {"roughly", leadLength},
	{"approximately", leadLength}, {"in", leadLength}, {"another", leadLength}, {"only", leadLength},
}

// leadOf reads the words in front of a length, over "about" and the like.
func leadOf(s string, i int) int {
	found := leadNone
	for {
		i = backSpace(s, i)
		word := ""
		for _, l := range leads {
			if endingAt(s, i, []string{l.words}) != "" {
				word = l.words
				found = max(found, l.what)
				break
			}
		}
		if word == "" {
			return found
		}
		i -= len(word)
	}
}

// followsRate refuses "5 minute average", "10-minute interval".
func followsRate(s string, i int) bool {
	j := skipSpace(s, i)
	for _, w := range []string{"average", "averages", "interval", "intervals", "timeout", "timeouts", "ttl", "rate", "moving", "rolling", "sla", "slo"} {
		if hasWord(s, j, w) {
			return true
		}
	}
	return false
}

// wordsAfter gives up to eight words that say from when a length counts, cut
// at the end of the clause.
func wordsAfter(s string, i int) string {
	i = skipMarkup(s, i)
	starts := false
	for _, w := range []string{"after", "later", "before", "earlier", "of", "into", "from", "since", "following", "prior to", "past", "ago", "afterwards", "until", "on"} {
		if hasWord(s, i, w) {
			starts = true
			break
		}
	}
	if !starts {
		return ""
	}
	var words []string
	for len(words) < 8 {
		j := i
		for j < len(s) && strings.IndexByte(" \t\r\n,.;:!?()|\x00", s[j]) < 0 {
			j++
		}
		word := strings.ToLower(strings.Trim(s[i:j], `*_"'`))
		if word == "" || len(words) > 0 && (word == "and" || word == "but" || word == "while" || word == "which" || word == "when") {
			break
		}
		words = append(words, word)
		k := skipSpace(s, j)
		if j == len(s) || k == j {
			break
		}
		i = k
	}
	return strings.Join(words, " ")
}
