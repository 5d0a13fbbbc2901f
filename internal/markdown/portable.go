package markdown

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// around is what stands on both sides of a text in its line, in the visible
// text: 0 at the ends of the line.
type around struct {
	before, after byte
	link          bool // within a link, where no address becomes one
	entities      bool // the place knows no back-slashes
}

// Text writes s for any place that takes running text in the dialect, as Inline
// does for GitHub. It shows Visible(s).
func (d Dialect) Text(s string) string {
	return d.escape(Visible(s), around{})
}

// Title writes s for a title or a description in the front matter, before it is
// quoted. A site that prints it as HTML gets it as HTML.
func (d Dialect) Title(s string) string {
	s = Visible(s)
	if d.TitleHTML {
		return html.EscapeString(s)
	}
	if d.MDX {
		// One of its minifiers reads what it has written, and finds a tag.
		s = strings.ReplaceAll(s, "&<", "&"+joiner+"<")
	}
	return s
}

// joiner is a character that shows nothing and lets no line break.
const joiner = "\u2060"

// escape writes visible text so that it stays text.
func (d Dialect) escape(v string, at around) string {
	if !d.Portable {
		return readable(v, at)
	}
	var b strings.Builder
	b.Grow(len(v) + len(v)/4)
	for i := 0; i < len(v); {
		if d.Decoded {
			if n := d.token(v[i:], v[:i], at); n > 0 {
				b.WriteString(d.code(v[i:i+n], endsInTick(b.String(), at), true))
				i += n
				continue
			}
		}
		b.WriteString(portable(v, i, at))
		i++
	}
	return b.String()
}

// endsInTick reports whether a code span would run together with another.
func endsInTick(written string, at around) bool {
	if written == "" {
		return at.before == '`'
	}
	return written[len(written)-1] == '`'
}

// readable is the escaping for GitHub, with regard to what stands around.
func readable(v string, at around) string {
	var b strings.Builder
	b.Grow(len(v) + len(v)/8)
	dollars := strings.Count(v, "$") > 1
	for i := 0; i < len(v); i++ {
		s := escapeAt(v, i, dollars)
		switch {
		case v[i] == '!' && i+1 == len(v) && at.after == '[':
			s = "&#33;"
		case at.entities && len(s) == 2 && s[0] == '\\':
			s = reference1(s[1])
		}
		b.WriteString(s)
	}
	return b.String()
}

func reference1(c byte) string { return fmt.Sprintf("&#%d;", c) }

// portable gives what the byte at v[i] is written as, for every reader. Letters
// and digits stay, but for those that begin a statement of a page that is a
// program.
func portable(v string, i int, at around) string {
	c := v[i]
	prev, next := at.before, at.after
	if i > 0 {
		prev = v[i-1]
	}
	if i+1 < len(v) {
		next = v[i+1]
	}
	start := i == 0 && at.before == 0
	coded := false
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '*', '_':
		if !at.entities {
			return `\` + v[i:i+1]
		}
		coded = true
	case '`', '\\', '{', '}', '|', '~', '$', '^', '=', '"', '\'', '(', '@', '#', '[', ']':
		coded = true
	case ':':
		coded = !isDigit(prev) || !isDigit(next)
	case '-', '+', '!', '?', '.', ',', '%', ';':
		coded = start || prev == c || next == c || next == '[' || c == '!' && next == 0 ||
			c == '.' && (endsWWW(v[:i]) || numbered(v[:i], at))
	case ')':
		coded = numbered(v[:i], at)
	case '/':
		coded = isDigit(prev) && isDigit(next) || strings.IndexByte("+-=", prev) >= 0 || strings.IndexByte("+-=", next) >= 0 || next == 'o' || prev == '/' || next == '/'
	case 'i', 'e':
		coded = start && (strings.HasPrefix(v[i:], "import") || strings.HasPrefix(v[i:], "export"))
	}
	if !coded && i >= 20 && halvesHash(v, i) {
		coded = true
	}
	if coded {
		return reference1(c)
	}
	return v[i : i+1]
}

// halvesHash reports the middle of what looks like a commit's name, which some
// sites shorten to its first digits.
func halvesHash(v string, i int) bool {
	if i+20 > len(v) || isWord(v, i-21) {
		return false
	}
	for j := i - 20; j < i+20; j++ {
		if c := v[j]; !isDigit(c) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// numbered reports whether what stands in front is the number of a list.
func numbered(before string, at around) bool { return at.before == 0 && isNumeral(before) }

// emojiName is what sites turn into a picture, in text and some in code: no part
// of a time, which is too short for a number that is an emoji.
var (
	emojiName      = regexp.MustCompile(`:(?:[+-]1|\d{3,}|[\w+-]*[A-Za-z][\w+-]*):`)
	looksLikeEmoji = regexp.MustCompile(`^` + emojiName.String())
)

// token gives the length of what rest begins with, where it would come to life
// even when it is written with references: an address, a mail address's sign, an
// emoji's colon, and an angle behind an ampersand. It is put into a code span.
func (d Dialect) token(rest, before string, at around) int {
	switch c := rest[0]; c {
	case '<':
		if strings.HasSuffix(before, "&") || before == "" && at.before == '&' {
			return 1
		}
	case ':':
		if looksLikeEmoji.MatchString(rest[:min(len(rest), 80)]) {
			return 1
		}
	case '@':
		last, _ := utf8.DecodeLastRuneInString(before)
		if !at.link && last != ' ' && (before != "" || at.before != 0) && len(rest) > 1 && rest[1] != ' ' {
			return 1
		}
	case 'h', 'H', 'w', 'W':
		if at.link || !looksLikeAddress(rest) {
			return 0
		}
		end := strings.IndexAny(rest, " `|&<")
		if end < 0 {
			end = len(rest)
		}
		return end
	}
	return 0
}

// looksLikeAddress reports the beginning of what many readers turn into a link.
func looksLikeAddress(s string) bool {
	for _, prefix := range []string{"http://", "https://", "www."} {
		if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			return true
		}
	}
	return false
}

// Code writes s as a code span in the dialect, for any place. It shows
// Visible(s). Where a code span cannot hold it, it is a <code> element, or plain
// text where raw HTML is left out.
func (d Dialect) Code(s string) string {
	v := Visible(s)
	if v == "" {
		return ""
	}
	return d.code(v, false, true)
}

// code writes visible text as a code span; tick says that one ends right in
// front, cell that it may stand in a table.
func (d Dialect) code(v string, tick, cell bool) string {
	live := d.isLive(v)
	if live && d.MDX {
		v, live = d.broken(v), false
	}
	pipe := cell && strings.Contains(v, "|")
	hard := live || tick || pipe && (strings.Contains(v, `\|`) || !d.MDX)
	if !d.CommonMark {
		hard = hard || strings.ContainsAny(v, "{}|`\\<&") || strings.Contains(v, "--")
	} else if !d.Portable {
		hard = hard || strings.Contains(v, "{{") || strings.Contains(v, "{%") || strings.Contains(v, "{#") || strings.Contains(v, "<!--") || strings.Contains(v, "-->")
	}
	if hard && d.RawHTML {
		return "<code>" + d.escape(v, around{before: '>', after: '<', link: true, entities: true}) + "</code>"
	}
	if hard && (live || pipe) {
		return d.escape(v, around{})
	}
	ticks := strings.Repeat("`", longestRun(v, '`')+1)
	pad := ""
	if v[0] == '`' || v[len(v)-1] == '`' {
		pad = " "
	}
	if pipe {
		v = strings.ReplaceAll(v, "|", `\|`)
	}
	out := ticks + pad + v + pad + ticks
	if tick {
		return "&#8288;" + out
	}
	return out
}

// isLive reports what is looked for even in code.
func (d Dialect) isLive(v string) bool {
	for _, s := range d.Live {
		if strings.Contains(v, s) {
			return true
		}
	}
	return d.Emoji && emojiName.MatchString(v)
}

// broken puts a character that shows nothing into what must not stand in code.
func (d Dialect) broken(v string) string {
	for _, s := range d.Live {
		v = strings.ReplaceAll(v, s, s[:1]+joiner+s[1:])
	}
	if d.Emoji {
		// Names share their colons, so one pass would leave every second.
		v = emojiName.ReplaceAllStringFunc(v, func(name string) string { return ":" + joiner + name[1:] })
		v = emojiName.ReplaceAllStringFunc(v, func(name string) string { return ":" + joiner + name[1:] })
	}
	return v
}

// plainLanguage is the name of a language that only colours.
var plainLanguage = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+#]{0,19}$`)

// drawn are names of fences that some site turns into something else than code.
const drawn = " mermaid goat math geojson topojson stl plantuml dot graphviz ditaa svgbob wavedrom abc chart latex katex "

// Fence writes s as a block of code in the dialect, its lines kept, without a
// line feed at the end, for a place outside of lists and quotations. Visible
// shows what becomes of other control characters.
func (d Dialect) Fence(language, s string) string { return d.fence(language, s, true) }

func (d Dialect) fence(language, s string, top bool) string {
	lower := strings.ToLower(language)
	switch {
	case language == "", lower == "mermaid" && d.Mermaid:
	case !plainLanguage.MatchString(language) || strings.Contains(drawn, " "+lower+" "):
		language = "text"
	}
	out := strings.TrimSuffix(Fence(language, s), "\n")
	if !d.isLive(out) {
		return out
	}
	if !d.RawHTML || d.MDX || !top {
		return d.broken(out)
	}
	first, rest, _ := strings.Cut(out, "\n")
	body := strings.TrimSuffix(rest, strings.TrimSuffix(first, language))
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case strings.IndexByte("&<>{}`*_[]\\~$|#:@", c) >= 0:
			b.WriteString(reference1(c))
		default:
			b.WriteByte(c)
		}
	}
	return "<pre><code>" + strings.TrimSuffix(b.String(), "\n") + "\n</code></pre>"
}
