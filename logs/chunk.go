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
	// follows says that the last line in front of data goes on in its first.
	follows bool
	// before is whole lines in front of data, up to chunkBefore bytes of them.
	before []byte
}

const chunkBefore = 8 << 10

// chunker cuts content into chunks of whole lines. Where it cuts depends on
// the content alone.
type chunker struct {
	r      io.Reader
	carry  []byte // start of a line that the last chunk did not finish
	offset int64  // of carry
	done   bool
	inLong bool // the rest of a cut line comes next
	err    error

	partial partialTeller // nil where no line goes on in the next
	goesOn  bool          // the last line so far
	before  []byte        // end of the last chunk
}

// partialTeller is a Parser of lines that may go on in the next one. It knows
// that from the lines in order, so a chunk has to be told what is in front.
type partialTeller interface {
	Parser
	// follow says whether the line that comes next goes on with one before.
	follow(on bool)
	// goesOn reports whether a line goes on in the next one. Of what is no
	// record it does not know.
	goesOn(line []byte, cut bool) (on, known bool)
}

// newChunker makes a chunker of what p is to parse.
func newChunker(r io.Reader, p Parser) *chunker {
	c := &chunker{r: r}
	if teller, ok := p.(partialTeller); ok {
		c.partial = teller.Fork().(partialTeller)
	}
	return c
}

// next fills buf, which has the same size at every call, and gives the chunk in it.
// ok is false at the end; c.err then holds what ended it too early, if
// anything did.
func (c *chunker) next(buf []byte) (ch chunk, ok bool) {
	ch, ok = c.run(buf)
	if ok && c.partial != nil {
		ch.follows = c.goesOn
		c.look(&ch)
	}
	if ch.before = c.before; ok {
		c.before = lastLines(c.before, ch.data)
	}
	return ch, ok
}

// lastLines copies the last whole lines of two texts.
func lastLines(before, data []byte) []byte {
	if n := len(data) - chunkBefore; n > 0 {
		data = data[n:]
		return bytes.Clone(data[min(indexNewline(data)+1, len(data)):])
	}
	both := append(before[:len(before):len(before)], data...)
	if n := len(both) - chunkBefore; n > 0 {
		both = both[n:]
		both = both[min(indexNewline(both)+1, len(both)):]
	}
	return both
}

// look finds out whether the last record of a chunk goes on behind it.
func (c *chunker) look(ch *chunk) {
	for end := len(ch.data); end > 0; {
		start := bytes.LastIndexByte(ch.data[:end-1], '\n') + 1
		line := trimLine(bytes.TrimSuffix(ch.data[start:end], []byte("\n")))
		if on, known := c.partial.goesOn(stripEscapes(nil, line), ch.cut); known {
			c.goesOn = on
			return
		}
		end = start
	}
}

// run gives the next run of whole lines.
func (c *chunker) run(buf []byte) (ch chunk, ok bool) {
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
