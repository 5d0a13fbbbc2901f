package when

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// spaces are the blanks that stand between the parts of a time; programs put
// the narrow one in front of AM and PM.
var spaces = []string{" ", "\t", "\n", "\r", "\u00a0", "\u202f", "\u2009"}

// skipSpace gives the place behind the blanks at s[i:].
func skipSpace(s string, i int) int {
next:
	for i < len(s) {
		for _, sp := range spaces {
			if strings.HasPrefix(s[i:], sp) {
				i += len(sp)
				continue next
			}
		}
		break
	}
	return i
}

// skipMarkup is skipSpace that also passes the stars and underscores of
// Markdown emphasis.
func skipMarkup(s string, i int) int {
	for {
		j := skipSpace(s, i)
		for j < len(s) && (s[j] == '*' || s[j] == '_') {
			j++
		}
		if j == i {
			return i
		}
		i = j
	}
}

// hasWord reports whether the word, given in lower case, stands at s[i:] and
// ends there.
func hasWord(s string, i int, word string) bool {
	return hasPrefixFold(s, i, word) && !wordAt(s, i+len(word))
}

func hasPrefixFold(s string, i int, lower string) bool {
	if len(s)-i < len(lower) {
		return false
	}
	for k := 0; k < len(lower); k++ {
		c := s[i+k]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[k] {
			return false
		}
	}
	return true
}

// wordAt reports whether a letter, digit or underscore stands at s[i].
func wordAt(s string, i int) bool { return i < len(s) && (isWord(s[i]) || letterAt(s, i)) }

// letterAt reports whether a letter beyond ASCII stands at s[i]; dashes, quotes
// and blanks are none.
func letterAt(s string, i int) bool {
	if i >= len(s) || s[i] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r >= 0xc0 && r < 0x2000 && r != 0xd7 && r != 0xf7
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && isDigit(s[i]) }

func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

// number reads up to most digits at s[i:]; n is how many there are, 0 when
// there are more.
func number(s string, i, most int) (value, n int) {
	for digitAt(s, i+n) {
		if n == most {
			return 0, 0
		}
		value = value*10 + int(s[i+n]-'0')
		n++
	}
	return value, n
}

// startsFresh reports whether a time may begin at s[i]: what stands in front
// does not make it part of a name, a number, a path or a version.
func startsFresh(s string, i int) bool {
	if i == 0 {
		return true
	}
	c := s[i-1]
	switch c {
	case '.', ':', '/', '@', '#', '$', '%', '&', '=', '\\', '^', 0:
		return false
	case '_': // emphasis, unless it joins
		return i == 1 || !wordAt(s, i-2)
	case '-', '+': // a dash of a list, not of a name
		return i == 1 || strings.IndexByte(" \t\n(|-*", s[i-2]) >= 0
	}
	if isWord(c) {
		return false
	}
	r, size := utf8.DecodeLastRuneInString(s[:i])
	return size == 1 || !letterAt(s, i-size) && r != utf8.RuneError
}

// hide blanks out, with zero bytes, what prose quotes as code or as an address:
// times in there are not the writer's. The length stays.
func hide(text string) string {
	if !strings.ContainsAny(text, "`@") && !strings.Contains(text, "://") {
		return text
	}
	b := []byte(text)
	lone := len(b) // so many ticks in a row have no partner any more
	for i := 0; i < len(b); {
		switch {
		case b[i] == '`':
			ticks := runOf(b, i)
			if ticks < lone {
				if end := hideCode(b, i, ticks); end > 0 {
					i = end
					continue
				}
				lone = ticks
			}
			i += ticks
		case b[i] == ':' && strings.HasPrefix(text[i:], "://"):
			i = hideWord(b, i)
		case b[i] == '@' && i > 0 && isWord(b[i-1]) && i+1 < len(b) && isWord(b[i+1]):
			i = hideWord(b, i)
		default:
			i++
		}
	}
	return string(b)
}

// runOf is how many ticks stand at b[i].
func runOf(b []byte, i int) int {
	n := 0
	for i+n < len(b) && b[i+n] == '`' {
		n++
	}
	return n
}

// hideCode blanks the code span that begins with so many ticks at b[i], and gives
// the place behind it. Ticks without a partner are text; there it gives 0.
func hideCode(b []byte, i, ticks int) int {
	end := bytes.Index(b[i+ticks:], b[i:i+ticks])
	if end < 0 {
		return 0
	}
	end += i + ticks + ticks
	for end < len(b) && b[end] == '`' {
		end++
	}
	clear(b[i:end])
	return end
}

// hideWord blanks the run of characters without blanks around b[i].
func hideWord(b []byte, i int) int {
	start, end := i, i
	for start > 0 && strings.IndexByte(" \t\r\n(<\"'\x00", b[start-1]) < 0 {
		start--
	}
	for end < len(b) && strings.IndexByte(" \t\r\n<>\"'\x00", b[end]) < 0 {
		end++
	}
	clear(b[start:end])
	return end
}
