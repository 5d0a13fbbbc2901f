package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible gives the one line of text that Inline and Code promise to show:
// white space is collapsed to single spaces and trimmed, control characters and
// those that show nothing or turn the direction of text are written out (\x1b,
// \u200b, \u202e), and bytes that are not UTF-8 become U+FFFD.
func Visible(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	var before rune
	for i, r := range s {
		if unicode.IsSpace(r) {
			space, before = true, ' '
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		if joins(before, r, s[i:]) {
			b.WriteRune(r)
		} else {
			writeVisible(&b, r)
		}
		before = r
	}
	return b.String()
}

// joins reports whether r, with which the rest begins, is a joiner that shapes
// what stands around it: signs that are made of several, letters of scripts that
// join theirs.
func joins(before, r rune, rest string) bool {
	if r != 0x200C && r != 0x200D {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[utf8.RuneLen(r):])
	shaped := func(r rune) bool {
		return r >= 0x0600 && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSymbol(r)) && !invisible(r)
	}
	return shaped(before) && shaped(after)
}

// writeVisible writes one rune that is not white space.
func writeVisible(b *strings.Builder, r rune) {
	switch {
	case unicode.IsControl(r):
		fmt.Fprintf(b, `\x%02x`, r)
	case invisible(r) && r > 0xFFFF:
		fmt.Fprintf(b, `\U%08x`, r)
	case invisible(r):
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		b.WriteRune(r)
	}
}

// invisible reports characters that show nothing, and the marks with which text
// can be made to read in another order than it stands in: with them, words can
// be hidden, or made to look like others.
func invisible(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case unicode.Is(unicode.Cf, r):
		return true
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x2800, r == 0x3164, r == 0xFFA0:
		return true // fillers
	}
	return r >= 0x180B && r <= 0x180F || r >= 0xFE00 && r <= 0xFE0D || r >= 0xE0000 && r <= 0xE0FFF
}

// Inline writes s for any place that takes running text: a paragraph, a list
// item, a table cell, a heading, emphasis, a quotation. Rendered, it shows
// Visible(s) and nothing else happens: no markup, link, HTML or template of s
// comes to life.
func Inline(s string) string {
	v := Visible(s)
	var b strings.Builder
	b.Grow(len(v) + len(v)/8)
	dollars := strings.Count(v, "$") > 1
	for i := 0; i < len(v); i++ {
		b.WriteString(escapeAt(v, i, dollars))
	}
	return b.String()
}

// escapeAt gives what the byte at v[i] is written as. Bytes of longer runes are
// written as they are. A back-slash is preferred to an entity because it is
// easier to read, and neither is used where the byte means nothing.
func escapeAt(v string, i int, dollars bool) string {
	c := v[i]
	plain := v[i : i+1]
	slashed := false
	switch c {
	case '*', '[', ']', '`', '\\', '~':
		slashed = true
	case '|':
		// A back-slash in front of the pipe would be read differently by the
		// splitters of table rows.
		if i > 0 && v[i-1] == '\\' {
			return "&#124;"
		}
		slashed = true
	case '<':
		return "&lt;"
	case '&':
		if isEntity(v[i:]) {
			return "&amp;"
		}
	case '_':
		slashed = !isWord(v, i-1) || !isWord(v, i+1)
	case '$':
		// Two of them enclose a formula on some sites.
		slashed = dollars
	case '{':
		if opensTemplate(v, i) {
			return "&#123;"
		}
	case ':':
		if endsScheme(v[:i], v[i:]) {
			return "&#58;"
		}
		slashed = i == 0
	case '@':
		if isWord(v, i-1) || i > 0 && strings.IndexByte(".-_+", v[i-1]) >= 0 || callsAll(v[i+1:]) {
			return "&#64;"
		}
	case '.', ')':
		if c == '.' && endsWWW(v[:i]) {
			return "&#46;"
		}
		slashed = isNumeral(v[:i]) && (i+1 == len(v) || v[i+1] == ' ')
	case '#':
		slashed = i == 0 || closesHeading(v, i)
	case '>', '=':
		slashed = i == 0
	case '+', '-':
		slashed = i == 0 && (len(v) == 1 || v[1] == ' ' || v[1] == c)
	}
	if slashed {
		return `\` + plain
	}
	return plain
}

// isWord reports an ASCII letter or digit at v[i].
func isWord(v string, i int) bool {
	if i < 0 || i >= len(v) {
		return false
	}
	c := v[i]
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isEntity reports whether s starts like a character reference: &amp; &#38;
func isEntity(s string) bool {
	i := 1
	if i < len(s) && s[i] == '#' {
		i++
	}
	start := i
	for isWord(s, i) {
		i++
	}
	return i > start && i < len(s) && s[i] == ';'
}

// opensTemplate reports a brace that starts a tag of Liquid, Hugo, Jinja or
// Vue, or the attributes of a heading.
func opensTemplate(v string, i int) bool {
	return i+1 < len(v) && strings.IndexByte("{%#.:<", v[i+1]) >= 0
}

// endsScheme reports whether the colon between the two parts is that of a URL,
// or of an address, which many renderers turn into links.
func endsScheme(before, after string) bool {
	for _, scheme := range []string{"http", "https", "ftp"} {
		if hasSuffixFold(before, scheme) && strings.HasPrefix(after, "://") {
			return true
		}
	}
	return hasSuffixFold(before, "mailto") || hasSuffixFold(before, "xmpp")
}

// callsAll reports whether the words behind an @ would call everybody where the
// file is pasted into a chat.
func callsAll(after string) bool {
	for _, name := range []string{"everyone", "here", "channel", "all", "team"} {
		if len(after) >= len(name) && strings.EqualFold(after[:len(name)], name) && !isWord(after, len(name)) {
			return true
		}
	}
	return false
}

// endsWWW reports whether a dot after before would start a bare web address.
func endsWWW(before string) bool { return hasSuffixFold(before, "www") }

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// isNumeral reports whether s is all digits, as the number of a list item is.
func isNumeral(s string) bool {
	return s != "" && len(s) <= 9 && strings.Trim(s, "0123456789") == ""
}

// closesHeading reports a trailing run of # that a heading would swallow.
func closesHeading(v string, i int) bool {
	return v[i-1] == ' ' && strings.Trim(v[i:], "#") == ""
}

// Code writes s as a code span that shows Visible(s), in a table cell as well
// as elsewhere. Where back-ticks cannot hold it safely (a pipe, the opening of a
// template or of a comment) it is a <code> element; a renderer that leaves out
// raw HTML still shows the text. The empty string gives the empty string.
func Code(s string) string {
	v := Visible(s)
	if v == "" {
		return ""
	}
	for _, risky := range []string{"|", "{{", "{%", "{#", "<!--", "-->"} {
		if strings.Contains(v, risky) {
			return "<code>" + Inline(v) + "</code>"
		}
	}
	ticks := strings.Repeat("`", longestRun(v, '`')+1)
	pad := ""
	if v[0] == '`' || v[len(v)-1] == '`' {
		pad = " "
	}
	return ticks + pad + v + pad + ticks
}

// Fence writes s as a fenced block, its lines kept, with the info string, which
// is one plain word or empty. Control characters other than line feed and tab
// are written out.
func Fence(info, s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r == 0x2028 || r == 0x2029:
			b.WriteByte(' ')
		default:
			writeVisible(&b, r)
		}
	}
	body := strings.TrimRight(b.String(), "\n")
	fence := strings.Repeat("`", max(3, longestRun(body, '`')+1))
	return fence + info + "\n" + body + "\n" + fence + "\n"
}

// longestRun is the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// Cut shortens Visible text to at most n runes, the last of them an ellipsis
// where something was left out. It cuts between words, unless that would cost a
// quarter of the text.
func Cut(s string, n int) string {
	v := Visible(s)
	if utf8.RuneCountInString(v) <= n {
		return v
	}
	r := []rune(v)
	end := n - 1
	for at := end; at > n*3/4; at-- {
		if r[at] == ' ' {
			end = at
			break
		}
	}
	return strings.TrimRight(string(r[:end]), " ,;:") + "…"
}

// Joined puts the lines of a text in one, with a semicolon where a line ends
// without a stop: what one component does is not part of what the next does.
func Joined(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if before := b.String(); before != "" {
			if !strings.ContainsAny(before[len(before)-1:], ".:;,!?") {
				b.WriteByte(';')
			}
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}
