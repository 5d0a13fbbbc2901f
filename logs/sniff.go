package logs

import (
	"bytes"
	"iter"
)

// sniffLines is how many lines of a head detection looks at.
const sniffLines = 400

// headLines gives the lines of the beginning of a file, without their ends. A
// last line that has no end is left out where there are others: it may be cut.
func headLines(head []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for n := 0; n < sniffLines && len(head) > 0; n++ {
			end := bytes.IndexByte(head, '\n')
			if end < 0 {
				if n == 0 {
					yield(trimLine(head))
				}
				return
			}
			if !yield(trimLine(head[:end])) {
				return
			}
			head = head[end+1:]
		}
	}
}

// anyLine reports whether a line of a head is such.
func anyLine(head []byte, such func(line []byte) bool) bool {
	for line := range headLines(head) {
		if such(line) {
			return true
		}
	}
	return false
}

// trimLine takes off a carriage return at the end and NUL bytes on both sides,
// as a crash leaves them.
func trimLine(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if len(line) > 0 && (line[0] == 0 || line[len(line)-1] == 0) {
		line = bytes.Trim(line, "\x00")
	}
	return line
}

// sniffTally counts what the lines of a head look like to one format.
type sniffTally struct {
	records, timed, told int
	other                int // neither a record nor a continuation
}

// record counts a line that reads as a record: with a time or not, with a
// level or message or not.
func (t *sniffTally) record(timed, told bool) {
	t.records++
	if timed {
		t.timed++
	}
	if told {
		t.told++
	}
}

// sure turns the counts into the answer of a Sniff. best is for a file that is
// as it should be.
func (t *sniffTally) sure(best int) int {
	if t.records == 0 {
		return 0
	}
	share := 100 * t.records / (t.records + t.other)
	switch {
	case share < 30:
		return 0
	case 2*t.timed >= t.records && 2*t.told >= t.records:
		return best * share / 100
	case 2*t.timed >= t.records:
		return 55 * share / 100
	}
	return 5 // not enough to be taken for it unasked
}

// looksBinary reports whether a head is no text: control characters that no
// text has, beyond a few stray ones. A run of NUL bytes is the hole that a
// crash leaves in a text file, and counts once.
func looksBinary(head []byte) bool {
	odd, last := 0, byte(1)
	for _, b := range head {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != 0x1b && b != '\f' && b != '\b' && (b != 0 || last != 0) {
			odd++
		}
		last = b
	}
	return odd*50 > len(head)
}

// stripEscapes appends line without the escape sequences of terminals, such as
// colours.
func stripEscapes(dst, line []byte) []byte {
	for i := 0; i < len(line); i++ {
		if line[i] != 0x1b {
			dst = append(dst, line[i])
			continue
		}
		if i+1 >= len(line) {
			break
		}
		i++
		switch line[i] {
		case '[': // parameters, then one letter or sign
			for i+1 < len(line) && line[i+1] >= 0x20 && line[i+1] < 0x40 {
				i++
			}
			i++
		case ']': // up to BEL or ESC \
			for i+1 < len(line) && line[i] != 0x07 && line[i] != 0x1b {
				i++
			}
			if line[i] == 0x1b {
				i++
			}
		}
	}
	return dst
}
