package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// visible is text from outside as it may be shown in a terminal: white space
// collapses to one space; control characters, and marks that turn the direction
// of text, show as escapes such as \x1b; bytes that are no UTF-8 as U+FFFD.
func visible(text string) string {
	if simple(text) && !strings.Contains(text, "  ") && strings.Trim(text, " ") == text {
		return text
	}
	var b strings.Builder
	space := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		switch {
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case unicode.Is(unicode.Cf, r) && r != '\u200d':
			fmt.Fprintf(&b, `\u%04x`, r)
		case unicode.Is(unicode.Co, r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cells measures text. The width of a character does not depend on the locale.
var cells = &runewidth.Condition{StrictEmojiNeutral: true}

func width(text string) int {
	if simple(text) {
		return len(text)
	}
	return cells.StringWidth(text)
}

// simple reports a text of ASCII that can be seen, as most are.
func simple(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// pad fills text with spaces to n cells, and never cuts it.
func pad(text string, n int) string {
	return text + strings.Repeat(" ", max(0, n-width(text)))
}

// clip cuts text to n cells, with an ellipsis where something is missing.
func clip(text string, n int) string {
	if width(text) <= n {
		return text
	}
	return cells.Truncate(text, max(n, 1), "…")
}

// wrap breaks text at spaces into at most lines lines of n cells. A word that
// is longer is broken; what does not fit ends in an ellipsis.
func wrap(text string, n, lines int) []string {
	n = max(n, 10)
	var out []string
	line := ""
	words := strings.Fields(text)
	for i := 0; i < len(words); i++ {
		joined := words[i]
		if line != "" {
			joined = line + " " + words[i]
		}
		if width(joined) <= n {
			line = joined
			continue
		}
		if len(out) == lines-1 {
			return append(out, clip(joined+" "+strings.Join(words[i+1:], " "), n))
		}
		if line == "" { // one word, longer than the line
			head := cells.Truncate(words[i], n, "")
			words[i] = words[i][len(head):]
			line = head
		}
		out = append(out, line)
		line = ""
		i--
	}
	if line != "" || len(out) == 0 {
		out = append(out, line)
	}
	return out
}

// count writes a whole number with a comma at each thousand.
func count[T int | int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// counted writes a number with its noun.
func counted[T int | int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

// rate writes a number per minute with as many digits as matter.
func rate(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return trimZeros(strconv.FormatFloat(v, 'f', 1, 64))
	}
	return trimZeros(strconv.FormatFloat(v, 'f', 2, 64))
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
