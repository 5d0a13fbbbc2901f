package logs

import (
	"bytes"
	"io"
)

// chunkSize is how much of a file one worker reads at a time, in bytes. It is
// part of the result's definition: a line longer than this is looked at up to
// here.
const chunkSize = 2 << 20

// longLine is the length from which a line is reported as too long to show.
const longLine = 1 << 20

// chunk is a run of whole lines.
type chunk struct {
	data   []byte
	offset int64 // of data in the content
	// cut says that data is one line that goes on; the rest of it is left out.
	cut bool
}

// chunker cuts content into chunks of whole lines. Where it cuts depends on
// the content alone.
type chunker struct {
	r      io.Reader
	carry  []byte // start of a line that the last chunk did not finish
	offset int64  // of carry
	done   bool
	inLong bool // the rest of a cut line comes next
	err    error
}

func newChunker(r io.Reader) *chunker { return &chunker{r: r} }

// next fills buf, which has the same size at every call, and gives the chunk in it.
// ok is false at the end; c.err then holds what ended it too early, if
// anything did.
func (c *chunker) next(buf []byte) (ch chunk, ok bool) {
	if c.inLong && !c.skipLong(buf) {
		return chunk{}, false
	}
	n := copy(buf, c.carry)
	start := c.offset
	if !c.done {
		n += c.fill(buf[n:])
	}
	if n == 0 {
		return chunk{}, false
	}
	data := buf[:n]
	if c.done {
		c.carry, c.offset = c.carry[:0], start+int64(n)
		return chunk{data: data, offset: start}, true
	}
	end := bytes.LastIndexByte(data, '\n') + 1
	if end == 0 {
		c.carry, c.offset, c.inLong = c.carry[:0], start+int64(n), true
		return chunk{data: data, offset: start, cut: true}, true
	}
	c.carry = append(c.carry[:0], data[end:]...)
	c.offset = start + int64(end)
	return chunk{data: data[:end], offset: start}, true
}

// fill reads until buf is full or the content ends.
func (c *chunker) fill(buf []byte) int {
	n := 0
	for idle := 0; n < len(buf) && idle < 100; idle++ {
		got, err := c.r.Read(buf[n:])
		n += got
		if err != nil {
			c.done = true
			if err != io.EOF {
				c.err = err
			}
			return n
		}
		if got > 0 {
			idle = 0
		}
	}
	if n < len(buf) {
		c.done, c.err = true, io.ErrNoProgress
	}
	return n
}

// skipLong reads over the rest of a cut line. What follows it becomes the
// carry.
func (c *chunker) skipLong(buf []byte) bool {
	for !c.done {
		n := c.fill(buf)
		if end := bytes.IndexByte(buf[:n], '\n'); end >= 0 {
			c.carry = append(c.carry[:0], buf[end+1:n]...)
			c.offset += int64(end + 1)
			c.inLong = false
			return true
		}
		c.offset += int64(n)
	}
	return false
}
