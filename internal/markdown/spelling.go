package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spelling is the one way to spell what stands in a block: stars for emphasis,
// an address that is its own text in angle brackets, a backslash in front of
// what would be markup. However a page was typed, if it is the same page then
// its blocks are spelled the same.
type spelling struct {
	buf []byte
	// Places of underscores and exclamation marks that are text. Whether they
	// need a backslash hangs on what comes to stand beside them.
	open []int
}

// mark adds markup.
func (p *spelling) mark(s string) { p.buf = append(p.buf, s...) }

// needsCare are the bytes of a text that may not be spelled as they are.
const needsCare = "*`[]<\\~_!"

// text adds text, escapes and character references read.
func (p *spelling) text(s []byte) {
	if !bytes.ContainsAny(s, needsCare) {
		p.buf = append(p.buf, s...)
		return
	}
	for _, c := range s {
		switch c {
		case '*', '`', '[', ']', '<', '\\', '~':
			p.buf = append(p.buf, '\\')
		case '_', '!':
			p.open = append(p.open, len(p.buf))
		}
		p.buf = append(p.buf, c)
	}
}

// cut takes back what was added from a place on.
func (p *spelling) cut(at int) {
	p.buf = p.buf[:at]
	for len(p.open) > 0 && p.open[len(p.open)-1] >= at {
		p.open = p.open[:len(p.open)-1]
	}
}

// settled is all that was added. An underscore within a word is no markup, any
// other is escaped; so is an exclamation mark that would make a link an image.
func (p *spelling) settled() string {
	if len(p.open) == 0 {
		return string(p.buf)
	}
	var b strings.Builder
	b.Grow(len(p.buf) + len(p.open))
	from := 0
	for _, at := range p.open {
		b.Write(p.buf[from:at])
		from = at
		before, _ := utf8.DecodeLastRune(p.buf[:at])
		behind, _ := utf8.DecodeRune(p.buf[at+1:])
		if p.buf[at] == '_' && !(isInWord(before) && isInWord(behind)) || p.buf[at] == '!' && behind == '[' {
			b.WriteByte('\\')
		}
	}
	b.Write(p.buf[from:])
	return b.String()
}

func isInWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// collapse makes one space of each run of white space, and none of those at the
// ends.
func collapse(s string) string {
	if isCollapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isCollapsed reports a text in which white space is single blanks inside.
func isCollapsed[T string | []byte](s T) bool {
	blank := true // at the start, and behind a blank
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case c < ' ' || c == 0x7f:
			return false
		case c >= utf8.RuneSelf && c != 0xc3: // it may be white space; of Latin letters it is none
			if r, _ := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)])); unicode.IsSpace(r) {
				return false
			}
		}
		blank = false
	}
	return !blank || len(s) == 0
}
