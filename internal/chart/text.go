package chart

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostRunes is where a text is cut in any case; what a picture has room for is
// far less.
const mostRunes = 300

// plain is text from inputs as one line: white space collapses, control
// characters and those that show nothing or turn the direction of text show as
// escapes, and what XML cannot hold becomes U+FFFD. It is cut after mostRunes.
func plain(s string) string {
	var b strings.Builder
	space, n := false, 0
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if n++; n > mostRunes {
			b.WriteRune('…')
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		switch {
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == 0xfffe || r == 0xffff:
			b.WriteRune(utf8.RuneError)
		case unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// escape writes text as XML holds it, in an element or in quotes. Braces are
// entities too: MDX and Liquid would run them.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;",
		"{", "&#123;", "}", "&#125;").Replace(s)
}

// isolated keeps text that runs from right to left from turning its neighbours.
func isolated(s string) string {
	for _, r := range s {
		if r >= 0x0590 && r <= 0x08ff || r >= 0xfb1d && r <= 0xfefc || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

// emOf is about how wide a character is, in thousandths of the size: those of a
// wide sans-serif, so that a text takes no more than it is thought to.
func emOf(r rune) int {
	switch {
	case strings.ContainsRune("ijlI.,:;'|!`", r):
		return 340
	case strings.ContainsRune(" ft()[]r/\\-\"*", r):
		return 430
	case strings.ContainsRune("mwMW@%…—", r):
		return 970
	case r >= 'A' && r <= 'Z':
		return 720
	case r >= '0' && r <= '9':
		return 630
	case unicode.Is(unicode.Mn, r) || r == '\u200d' || r == '\u200c' || r == '\u2068' || r == '\u2069':
		return 0
	case r >= 0x1100:
		return 1050
	}
	return 620
}

// wide is how wide a text is at most, in tenths of a pixel; size is in tenths too.
func wide(s string, size int) int {
	n := 0
	for _, r := range s {
		n += emOf(r)
	}
	return (n*size + 999) / 1000
}

// cut shortens a text to a width, with an ellipsis where something is missing.
func cut(s string, size, room int) string {
	if wide(s, size) <= room {
		return s
	}
	runes := []rune(s)
	n := wide("…", size) * 1000
	for i, r := range runes {
		if n += emOf(r) * size; n > room*1000 {
			return strings.TrimRight(string(runes[:i]), " \u200d") + "…"
		}
	}
	return s
}

// wrapped breaks a text at spaces into at most lines lines; the last is cut.
func wrapped(s string, size, room, lines int) []string {
	var out []string
	line := ""
	words := strings.Fields(s)
	for i, word := range words {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line == "" || wide(next, size) <= room {
			line = next
			continue
		}
		if len(out) == lines-1 {
			return append(out, cut(line+" "+strings.Join(words[i:], " "), size, room))
		}
		out, line = append(out, cut(line, size, room)), word
	}
	return append(out, cut(line, size, room))
}

// counted writes a number with its noun.
func counted[T int | int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// number writes a whole number with a comma at each thousand.
func number[T int | int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// spoken is a name of the JSON in the words of a sentence.
func spoken[T ~string](name T) string { return strings.ReplaceAll(string(name), "_", " ") }
