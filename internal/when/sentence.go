package when

import "strings"

// splitSentences gives the places at which sentences end, the last of which is
// the end of the text. Rows of lists and tables and empty lines end sentences,
// soft line breaks do not.
func splitSentences(s string) []int {
	var ends []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '.', '!', '?':
			if endsSentence(s, i) {
				ends = append(ends, i+1)
			}
		case '\n':
			if endsLine(s, i) {
				ends = append(ends, i+1)
			}
		case '|':
			ends = append(ends, i+1)
		}
	}
	return append(ends, len(s))
}

// endsSentence judges a stop at s[i].
func endsSentence(s string, i int) bool {
	j := i + 1
	for j < len(s) && strings.IndexByte(`"')]*_`, s[j]) >= 0 {
		j++
	}
	k := skipSpace(s, j)
	if k == len(s) {
		return true
	}
	if k == j {
		return false
	}
	c := s[k]
	lower := c >= 'a' && c <= 'z'
	if s[i] != '.' {
		return !lower
	}
	for _, w := range []string{"c", "ca", "approx", "e.g", "i.e", "vs", "no", "fig", "mr", "ms", "mrs", "dr", "st",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"} {
		if i >= len(w) && hasPrefixFold(s, i-len(w), w) && (i == len(w) || !wordAt(s, i-len(w)-1)) {
			return false
		}
	}
	if i >= 3 && (hasPrefixFold(s, i-3, "a.m") || hasPrefixFold(s, i-3, "p.m")) {
		// "2 p.m. PDT" goes on, "2 p.m. The team" does not.
		_, _, zoned := readZoneName(s, k, false)
		return !lower && !zoned && c != '('
	}
	return !lower
}

// endsLine judges a line break at s[i].
func endsLine(s string, i int) bool {
	j := i + 1
	for j < len(s) && (s[j] == ' ' || s[j] == '\t' || s[j] == '\r') {
		j++
	}
	if j == len(s) || s[j] == '\n' {
		return true
	}
	if strings.IndexByte("-*+#>|", s[j]) >= 0 || inHeading(s, i) {
		return true
	}
	if !isDigit(s[j]) {
		return false
	}
	// A line that begins with a number is a new row, unless the one before
	// hangs in the air.
	line := strings.TrimRight(s[lineStart(s, i):i], " \t\r")
	last := line[strings.LastIndexAny(line, " \t\n\x00(*")+1:]
	if last == "and" || last == "the" || last == "of" || last == "," {
		return false
	}
	word, _, next := readRelation(last, 0)
	return word == "" || next != len(last)
}

// lineStart is where the line of s[i] begins, or 512 bytes before where it is
// long.
func lineStart(s string, i int) int {
	low := max(0, i-512)
	return low + strings.LastIndexByte(s[low:i], '\n') + 1
}

// inHeading reports whether s[i] stands in a line that is a Markdown heading.
func inHeading(s string, i int) bool {
	return byteAt(s, lineStart(s, i)) == '#'
}

// wordBefore finds the relation in front of a time at s[i:], over articles and
// emphasis, and whether a word for "about" stands between. A word for "about"
// alone is the relation "around".
func wordBefore(s string, i int) (word string, about bool) {
	i = backSpace(s, i)
	if a := endingAt(s, i, abouts); a != "" {
		about = true
		i = backSpace(s, i-len(a))
	}
	if word = endingAt(s, i, relations); word != "" {
		return word, about
	}
	for _, article := range []string{"the", "it was", "was", "is"} {
		if j := i - len(article); j > 0 && endingAt(s, i, []string{article}) != "" {
			if word = endingAt(s, backSpace(s, j), relations); word != "" {
				return word, about
			}
		}
	}
	if about {
		return "around", true
	}
	return "", false
}

// backSpace gives the place behind the last visible character before i, over
// emphasis, opening brackets and approximation marks.
func backSpace(s string, i int) int {
	for i > 0 {
		switch s[i-1] {
		case ' ', '\t', '\n', '\r', '*', '_', '(', '[', '~', '"', ':':
			i--
			continue
		}
		if strings.HasSuffix(s[:i], "\u00a0") {
			i -= 2
			continue
		}
		break
	}
	return i
}

// endingAt finds the first of the words that ends in front of s[i:].
func endingAt(s string, i int, words []string) string {
	for _, w := range words {
		if i >= len(w) && hasPrefixFold(s, i-len(w), w) && (i == len(w) || !wordAt(s, i-len(w)-1) && s[i-len(w)-1] != '-') {
			return w
		}
	}
	return ""
}

// credible refuses what looks like a time and is none: a ratio, a length, a
// bare number in a row of words.
func (it *item) credible(s string) bool {
	e := &it.a
	if !e.hasClock {
		// A day alone needs no more than itself, a weekday or "today" a relation.
		if e.date.kind == dayDate && e.date.y == 0 && endingAt(s, backSpace(s, it.start), []string{"in"}) != "" {
			return false // "in May 20 hosts"
		}
		return e.date.kind == dayDate || e.date.kind == dayWeekday && it.word != "" || it.ranged
	}
	if e.hasZone || e.hasDate || it.ranged && it.b.hasZone || e.approx {
		return true
	}
	before := strings.ToLower(strings.TrimRight(s[max(0, it.start-24):it.start], " *_(:\""))
	for _, w := range []string{"ratio", "ratio of", "aspect", "lasted", "took", "taking", "lasting", "duration", "duration of",
		"uptime", "uptime of", "score", "chapter", "verse", "version", "line", "lines", "port", "odds", "average of", "for a total of", "length of"} {
		if strings.HasSuffix(before, w) && !wordAt(before, len(before)) && (len(before) == len(w) || !isWord(before[len(before)-len(w)-1])) {
			return false
		}
	}
	if strings.HasSuffix(before, " for") || before == "for" {
		switch prev := strings.TrimSuffix(before, " for"); {
		case strings.HasSuffix(prev, "scheduled"), strings.HasSuffix(prev, "planned"), strings.HasSuffix(prev, "set"), strings.HasSuffix(prev, "due"), strings.HasSuffix(prev, "expected"):
		default:
			return false
		}
	}
	if e.clock.meridiem != 0 || it.word != "" || it.ranged && it.b.clock.meridiem != 0 {
		return true
	}
	if e.clock.word == "military" {
		return true // a zone or "hours" stands behind it
	}
	if e.clock.word != "" {
		return false // "the midnight job"
	}
	return e.clock.digits == 2 || it.ranged && it.b.clock.digits == 2 || atLineStart(s, it.start)
}

// atLineStart reports whether only marks of lists stand in front of s[i].
func atLineStart(s string, i int) bool {
	line := s[lineStart(s, i):i]
	return strings.Trim(line, " \t-*+>#|[(_~") == ""
}
