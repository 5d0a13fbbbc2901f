package logs

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// mark is a record that may be quoted.
type mark struct {
	ns     int64
	line   int64  // 0-based; in the chunk, then in the file
	offset int64  // of its first byte in the content
	size   int32  // of its first line, in bytes
	file   int32  // index of the file, once files meet
	id     uint64 // of the text of an error; 0 is none
	quote  string
}

// compare orders records by time, then by place.
func (m mark) compare(o mark) int {
	return cmp.Or(cmp.Compare(m.ns, o.ns), cmp.Compare(m.file, o.file), cmp.Compare(m.offset, o.offset))
}

// markSpan is the first and the last of some records by time; those of one
// instant by their place.
type markSpan struct{ first, last mark }

// add widens the span by a record that stands behind the others.
func (s *markSpan) add(m mark) {
	if m.ns < s.first.ns {
		s.first = m
	}
	if m.ns >= s.last.ns {
		s.last = m
	}
}

// absorb joins two spans.
func (s *markSpan) absorb(o *markSpan) {
	if o.first.compare(s.first) < 0 {
		s.first = o.first
	}
	if o.last.compare(s.last) > 0 {
		s.last = o.last
	}
}

// move says that the lines of the span stand behind others of the file.
func (s *markSpan) move(lines int64) {
	s.first.line += lines
	s.last.line += lines
}

// in says which file the span is of.
func (s *markSpan) in(file int) { s.first.file, s.last.file = int32(file), int32(file) }

// quote copies out of a chunk what the span may need later.
func (s *markSpan) quote(ch *chunk) {
	s.first.quote = s.first.text(ch)
	s.last.quote = s.first.quote
	if s.last.offset != s.first.offset {
		s.last.quote = s.last.text(ch)
	}
}

func (m *mark) text(ch *chunk) string {
	at := m.offset - ch.offset
	return quoteOf(trimLine(ch.data[at : at+int64(m.size)]))
}

// quoteOf makes a string of a line, cut to maxQuote bytes; what is no UTF-8 is
// replaced.
func quoteOf(line []byte) string {
	if len(line) > maxQuote {
		line = line[:maxQuote]
		for n := 0; n < utf8.UTFMax-1 && len(line) > 0; n++ {
			if r, size := utf8.DecodeLastRune(line); r != utf8.RuneError || size != 1 {
				break
			}
			line = line[:len(line)-1]
		}
	}
	return strings.ToValidUTF8(string(line), "\uFFFD")
}
