package textdiff

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Tokens cuts a text into what is marked as a whole or not at all: words,
// numbers with their units, durations, times, identifiers, addresses, single
// characters of scripts without spaces, emoji, marks, runs of white space.
// Joined they give the text. The text is valid UTF-8.
func Tokens(text string) []string {
	out := make([]string, 0, len(text)/4+1)
	for len(text) > 0 {
		n := tokenLength(text)
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}

// tokenLength is the length in bytes of the first token.
func tokenLength(text string) int {
	if n := plainWord(text); n > 0 {
		return n
	}
	r, n := cluster(text)
	switch {
	case unicode.IsSpace(r):
		return spaceLength(text)
	case digit(r):
		return numberLength(text)
	case !wordRune(r):
		return n
	case singly(r):
		return n
	}
	if m := addressLength(text); m > 0 {
		return m
	}
	return wordLength(text)
}

// plainWord is the length of a word of ASCII letters and digits that begins with
// a letter and that nothing is tied to; 0 for all else.
func plainWord(text string) int {
	n := 0
	for n < len(text) && wordByte(text[n]) {
		n++
	}
	if n == 0 || text[0] <= '9' || n < len(text) && (text[n] >= utf8.RuneSelf || connects(text[n])) {
		return 0
	}
	return n
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// cluster gives the first rune and the length in bytes of the first grapheme.
func cluster(text string) (rune, int) {
	if c := text[0]; c < utf8.RuneSelf && c != '\r' && (len(text) == 1 || text[1] < utf8.RuneSelf) {
		return rune(c), 1
	}
	first, _, _, _ := uniseg.FirstGraphemeClusterInString(text, -1)
	r, _ := utf8.DecodeRuneInString(text)
	return r, len(first)
}

func digit(r rune) bool { return r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r) }

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// singly reports whether the script puts no spaces between words, so that each
// character counts.
func singly(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
		unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Bopomofo)
}

func spaceLength(text string) int {
	n := 0
	for n < len(text) {
		r, m := cluster(text[n:])
		if !unicode.IsSpace(r) {
			break
		}
		n += m
	}
	return n
}

// connects reports whether a mark between two word characters makes one word of
// them: don't, low-rate, v2.41.0, 10:30, a/b, user@host.
func connects(c byte) bool { return strings.IndexByte("-.:/@#'+,&=~", c) >= 0 }

// wordLength is the length of a word or identifier at the beginning of a text.
func wordLength(text string) int {
	n := 0
	for n < len(text) {
		r, m := cluster(text[n:])
		switch {
		case wordRune(r) && (n == 0 || !singly(r)):
			n += m
		case n > 0 && m == 1 && connects(text[n]) && r != ',' && follows(text[n+1:]):
			n++
		case r == '’' && n > 0 && follows(text[n+m:]):
			n += m
		default:
			return n
		}
	}
	return n
}

// follows reports whether a word goes on here.
func follows(text string) bool {
	if text == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text)
	return wordRune(r) && !singly(r)
}

// addressLength is the length of a URL at the beginning of a text, or 0. Marks
// that end a sentence are not of it.
func addressLength(text string) int {
	if c := text[0] | 0x20; c < 'a' || c > 'z' {
		return 0
	}
	i := strings.IndexFunc(text[:min(len(text), 16)], func(r rune) bool { return r > 'z' || r < '+' || r == ':' })
	if i <= 0 || !strings.HasPrefix(text[i:], "://") {
		return 0
	}
	n := i + 3
	for n < len(text) {
		r, m := cluster(text[n:])
		if unicode.IsSpace(r) || strings.ContainsRune(`<>"|`, r) {
			break
		}
		n += m
	}
	for n > i+3 && strings.IndexByte(".,;:!?)]}'*", text[n-1]) >= 0 {
		n--
	}
	return n
}

// units are those that belong to the number before them, with a space or
// without.
var units = []string{
	"%", "‰", "°C", "ns", "µs", "μs", "us", "ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes",
	"h", "hr", "hrs", "hour", "hours", "d", "day", "days", "week", "weeks",
	"B", "kB", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "Kbps", "Mbps", "Gbps",
	"k", "K", "M", "bn", "x", "rps", "qps", "req/s", "requests/s", "Hz", "kHz", "MHz", "GHz", "am", "pm", "AM", "PM",
}

// lasting are the units of which durations are made.
var lasting = []string{
	"ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes",
	"h", "hr", "hrs", "hour", "hours", "d", "day", "days",
}

// numberLength is the length of a number at the beginning of a text, with its
// unit; of a duration such as "7 h 58 min" the whole.
func numberLength(text string) int {
	n, unit := measureLength(text)
	for slices.Contains(lasting, unit) {
		if n+1 >= len(text) || text[n] != ' ' || text[n+1] < '0' || text[n+1] > '9' {
			break
		}
		m, next := measureLength(text[n+1:])
		if !slices.Contains(lasting, next) {
			break
		}
		n, unit = n+1+m, next
	}
	return n
}

// measureLength is the length of one number with its unit, and the unit.
func measureLength(text string) (int, string) {
	n := 0
	for n < len(text) {
		r, m := cluster(text[n:])
		next := n+m < len(text) && text[n+m] >= '0' && text[n+m] <= '9'
		switch {
		case wordRune(r) && !singly(r), m == 1 && connects(text[n]) && next,
			m == 1 && connects(text[n]) && text[n] != ',' && follows(text[n+m:]):
			n += m
			continue
		}
		break
	}
	rest := text[n:]
	space := 0
	switch {
	case strings.HasPrefix(rest, " "):
		space = 1
	case strings.HasPrefix(rest, "\u00a0"), strings.HasPrefix(rest, "\u202f"):
		_, space = utf8.DecodeRuneInString(rest)
	}
	for _, unit := range units {
		if strings.HasPrefix(rest[space:], unit) && !wordGoesOn(rest[space+len(unit):]) {
			return n + space + len(unit), unit
		}
	}
	return n, ""
}

// wordGoesOn reports whether what was taken for a unit is the beginning of a
// word, or of a grapheme.
func wordGoesOn(text string) bool {
	if text == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text)
	return wordRune(r) || text[0] == '-' || text[0] == '/' || r == '\u200d' || r >= 0xFE00 && r <= 0xFE0F || unicode.Is(unicode.M, r)
}
