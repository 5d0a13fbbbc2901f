package document

import (
	"slices"
	"strings"
)

// nextCite finds the first citation of a text, such as [3] or [[3]], at or behind
// the byte from. start is that of the white space in front of it, end is behind
// it; start is -1 where there is none.
func nextCite(text string, from int) (start, end int, number string) {
	for at := from; ; at++ {
		i := strings.IndexByte(text[at:], '[')
		if i < 0 {
			return -1, -1, ""
		}
		at += i
		if number, end = citeAt(text, at); number == "" {
			continue
		}
		for start = at; start > from && isSpace(text[start-1]); {
			start--
		}
		return start, end, number
	}
}

// citeAt reads the citation whose first bracket is text[at]; number is empty
// where there is none.
func citeAt(text string, at int) (number string, end int) {
	i := at + 1
	if i < len(text) && text[i] == '[' {
		i++
	}
	digits := i
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	if i == digits || i == len(text) || text[i] != ']' {
		return "", at
	}
	end = i + 1
	if end < len(text) && text[end] == ']' {
		end++
	}
	return text[digits:i], end
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isSpace reports the white space of ASCII.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

// afterCites passes over the citations that stand at a place.
func afterCites(text string, at int) int {
	for {
		i := at
		for i < len(text) && isSpace(text[i]) {
			i++
		}
		if i == len(text) || text[i] != '[' {
			return at
		}
		number, end := citeAt(text, i)
		if number == "" {
			return at
		}
		at = end
	}
}

// plainText is a text without its citations.
func plainText(text string) string {
	start, end, _ := nextCite(text, 0)
	if start < 0 {
		return strings.TrimSpace(text)
	}
	var b strings.Builder
	at := 0
	for start >= 0 {
		b.WriteString(text[at:start])
		at = end
		start, end, _ = nextCite(text, at)
	}
	b.WriteString(text[at:])
	return strings.TrimSpace(b.String())
}

// evidence gives the places that the citations of a text stand for, or the
// citations where the page does not tell.
func (r *reader) evidence(text string) []string {
	var list []string
	for start, end, number := nextCite(text, 0); start >= 0; start, end, number = nextCite(text, end) {
		place := r.origins[number]
		if place == "" {
			place = "[" + number + "]"
		}
		if !slices.Contains(list, place) {
			list = append(list, place)
		}
	}
	return list
}
