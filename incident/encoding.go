package incident

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// textCheck passes a document on and counts what is no UTF-8 in it. Parsers
// show such bytes as U+FFFD.
type textCheck struct {
	r     io.Reader
	bad   int // bytes that are no UTF-8
	first int // line of the first of them
	lines int // line ends so far
	tail  [utf8.UTFMax]byte
	held  int // bytes in tail: the beginning of a character
}

// Read reads from the document.
func (c *textCheck) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.look(p[:n], err != nil)
	return n, err
}

// look counts in what follows the bytes that were held back. last says that
// nothing comes after it.
func (c *textCheck) look(data []byte, last bool) {
	for c.held > 0 && len(data) > 0 && !utf8.FullRune(c.tail[:c.held]) {
		c.tail[c.held] = data[0]
		c.held++
		data = data[1:]
	}
	if c.held > 0 && (last || utf8.FullRune(c.tail[:c.held])) {
		whole := append([]byte(nil), c.tail[:c.held]...)
		c.held = 0
		data = append(whole, data...)
	}
	for len(data) > 0 {
		if !last && !utf8.FullRune(data) {
			c.held = copy(c.tail[:], data)
			return
		}
		if data[0] < utf8.RuneSelf {
			n := asciiRun(data)
			c.lines += bytes.Count(data[:n], []byte("\n"))
			data = data[n:]
			continue
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			if c.bad++; c.bad == 1 {
				c.first = c.lines + 1
			}
		}
		data = data[size:]
	}
}

// asciiRun is how many bytes at the beginning are ASCII.
func asciiRun(data []byte) int {
	for i, b := range data {
		if b >= utf8.RuneSelf {
			return i
		}
	}
	return len(data)
}
