package logs

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// clockText writes times. It remembers the last second.
type clockText struct {
	second int64
	text   []byte
	digits int // behind the second: 0, 3, 6 or 9
}

// digitsOf is how many digits behind the second hold an instant.
func digitsOf(ns int64) int {
	switch {
	case ns%nsPerSecond == 0:
		return 0
	case ns%1e6 == 0:
		return 3
	case ns%1e3 == 0:
		return 6
	}
	return 9
}

// append writes an instant in UTC. All have the same number of digits behind the
// second, so that sorting the text sorts the times.
func (c *clockText) append(dst []byte, ns int64) []byte {
	second, rest := ns/nsPerSecond, ns%nsPerSecond
	if rest < 0 {
		second, rest = second-1, rest+nsPerSecond
	}
	if len(c.text) == 0 || second != c.second {
		c.second = second
		c.text = time.Unix(second, 0).UTC().AppendFormat(c.text[:0], "2006-01-02T15:04:05")
	}
	dst = append(dst, c.text...)
	if c.digits > 0 {
		dst = append(dst, ".000000000"[:c.digits+1]...)
		for n := c.digits; n < 9; n++ {
			rest /= 10
		}
		for i := len(dst) - 1; rest > 0; i-- {
			dst[i] = byte('0' + rest%10)
			rest /= 10
		}
	}
	return append(dst, 'Z')
}

// appendPlace writes where a line stands: its number, or its offset.
func appendPlace(dst []byte, byOffset bool, line, offset int64) []byte {
	if byOffset {
		return strconv.AppendInt(append(dst, '@'), offset, 10)
	}
	return strconv.AppendInt(append(dst, ':'), line+1, 10)
}

// appendLine writes a line without its end. plain says that all of it can be
// shown as it is; left is how many bytes of it are not there.
func appendLine(dst, line []byte, plain bool, left int64) []byte {
	cut := int64(0)
	if len(line) > longLine {
		cut = int64(len(line)) - longLine
		line = line[:longLine]
	}
	if plain {
		dst = append(dst, line...)
	} else {
		dst = appendShown(dst, line)
	}
	if cut+left > 0 {
		dst = fmt.Appendf(dst, " … %d bytes more", cut+left)
	}
	return dst
}

// appendShown writes a line with control characters and what is no UTF-8 as
// \x1b. A carriage return at its end is part of the line's end.
func appendShown(dst, line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	for i := 0; i < len(line); {
		b := line[i]
		if b >= ' ' && b < 0x7f || b == '\t' {
			dst = append(dst, b)
			i++
			continue
		}
		r, size := utf8.DecodeRune(line[i:])
		if b < utf8.RuneSelf || r == utf8.RuneError && size == 1 || r >= 0x80 && r < 0xa0 || turnsText(r) {
			for _, c := range line[i : i+size] {
				dst = append(dst, '\\', 'x', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
			}
		} else {
			dst = append(dst, line[i:i+size]...)
		}
		i += size
	}
	return dst
}

// turnsText knows the characters that end a line or turn the direction of what
// stands behind them: with them a line would read as another one.
func turnsText(r rune) bool {
	switch {
	case r == '\u2028', r == '\u2029', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069',
		r == '\u200e', r == '\u200f', r == '\u061c':
		return true
	}
	return false
}

// shownName is a name of a file as it stands in a row: without blanks.
func shownName(name string) string {
	for i := range len(name) {
		if b := name[i]; b <= ' ' || b >= 0x7f {
			return string(bytes.ReplaceAll(appendShown(nil, []byte(name)), []byte(" "), []byte(`\x20`)))
		}
	}
	return name
}

// indexNewline is the place of the first line end, or the length.
func indexNewline(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}
