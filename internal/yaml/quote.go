package yaml

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Quote writes a text as a scalar that every reader of YAML 1.1 and 1.2 reads
// as this string, in block and in flow style: plain where that is safe, else in
// double quotes. Bytes that are not UTF-8 become U+FFFD.
func Quote(text string) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
			fmt.Fprintf(&b, `\u%04x`, r)
		case bidi(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// bidi says whether a rune turns the direction of the text around it.
func bidi(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// reserved are the words that some reader takes for something other than text.
var reserved = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "none"}

// plain says whether a text may stand without quotes: ASCII words that begin
// with a letter and hold nothing that means something in YAML.
func plain(text string) bool {
	if text == "" || len(text) > 200 || !utf8.ValidString(text) || slices.Contains(reserved, strings.ToLower(text)) {
		return false
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		inside := c >= '0' && c <= '9' || strings.IndexByte("_-./()+", c) >= 0 || c == ' ' && i < len(text)-1
		if !letter && (i == 0 || !inside) {
			return false
		}
	}
	return true
}
