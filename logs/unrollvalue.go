package logs

import "bytes"

// keeping says what becomes of a value that is read.
type keeping uint8

const (
	skipValue keeping = iota
	keepValue         // it stays in the buffer, if it is not too long
	keepEntry         // and of one that is too long the beginning is a line
)

// ending says how a value ended.
type ending uint8

const (
	valueWhole  ending = iota
	valueBroken        // its line breaks off in the middle
	valueEnded         // the text ends in the middle
	valueLong          // it was too long to be kept
)

// valueScan walks over one JSON value by its brackets and quotes alone: whether
// it is good JSON is for others to say.
type valueScan struct {
	i        int // in the text
	depth    int
	kinds    [jsonDepth / 64]uint64 // bit set: an object is open at that depth
	inString bool
	scalar   bool
	some     bool // of the scalar
	before   byte // the last byte that is no blank in front of the text
	lines    int64
}

// value reads the value at hand. One that is kept stands at buf[r:r+size]; of
// any other nothing is left to be read. size counts as well what is kept of one
// that is broken or ended.
func (u *unroller) value(keep keeping, most int) (size int, how ending) {
	s := &u.scan
	*s = valueScan{}
	first, long := u.line, false
	for {
		from := s.i
		how, done := s.walk(u.buf[u.r:u.w], u.ended)
		u.line = first + s.lines
		switch {
		case done && long && how != valueBroken:
			u.r += s.i
			return 0, valueLong
		case done && keep == skipValue:
			u.r += s.i
			return 0, how
		case done:
			return s.i, how
		case keep != skipValue && u.w-u.r >= most:
			if keep == keepEntry {
				u.writeEntry(u.buf[u.r:u.r+s.i], true)
				u.places.add(u.frames, first)
			}
			keep, long = skipValue, true
		}
		if keep == skipValue {
			s.before = lastSign(u.buf[u.r:u.r+s.i], s.before)
			u.r, s.i, from = u.r+s.i, 0, from-s.i
		}
		if !u.more() && (s.i == from || s.i >= u.w-u.r) {
			return u.atEnd(keep, long)
		}
	}
}

// atEnd ends a value where the text ends.
func (u *unroller) atEnd(keep keeping, long bool) (size int, how ending) {
	how = valueEnded
	switch {
	case long:
		how = valueLong
	case u.scan.scalar:
		how = valueWhole
	}
	if keep == skipValue {
		u.r = u.w
	}
	return u.w - u.r, how
}

// walk goes on over the text. done is false where it needs more of it.
func (s *valueScan) walk(b []byte, ended bool) (how ending, done bool) {
	if s.depth == 0 && !s.inString && len(b) > 0 && b[0] != '"' && b[0] != '{' && b[0] != '[' {
		s.scalar = true
	}
	if s.scalar {
		return valueWhole, s.walkScalar(b)
	}
	i := s.i
	for i < len(b) {
		if s.inString {
			var broken bool
			if i, broken = s.walkString(b, i); broken || s.inString {
				s.i = i
				return valueBroken, broken
			}
			if s.depth == 0 {
				s.i = i
				return valueWhole, true
			}
			continue
		}
		switch c := b[i]; c {
		case '"':
			s.inString = true
		case '{', '[':
			s.open(c == '{')
		case '}', ']':
			if s.depth--; s.depth == 0 {
				s.i = i + 1
				return valueWhole, true
			}
		case '\n':
			if i+1 == len(b) && !ended {
				s.i = i
				return valueWhole, false
			}
			if i+1 < len(b) && b[i+1] == '{' && !s.mayOpen(lastSign(b[:i], s.before)) {
				s.i = i
				return valueBroken, true
			}
			s.lines++
		}
		i++
	}
	s.i = i
	return valueWhole, false
}

// walkScalar goes to the end of a number or a word.
func (s *valueScan) walkScalar(b []byte) bool {
	for ; s.i < len(b); s.i++ {
		switch b[s.i] {
		case ',', '}', ']', ' ', '\t', '\r', '\n', ':', '"', '{', '[':
			if !s.some {
				s.i = 1 // no value at all: go on behind it
			}
			return true
		}
		s.some = true
	}
	return false
}

// walkString goes behind the end of the string that is open, or to where more of
// the text is needed. A line end in it breaks it.
func (s *valueScan) walkString(b []byte, i int) (next int, broken bool) {
	for {
		end := bytes.IndexByte(b[i:], '"')
		text := b[i:]
		if end >= 0 {
			text = b[i : i+end]
		}
		if nl := bytes.IndexByte(text, '\n'); nl >= 0 {
			return i + nl, true
		}
		slashes := 0
		for slashes < len(text) && text[len(text)-1-slashes] == '\\' {
			slashes++
		}
		if end < 0 {
			return len(b) - slashes, false
		}
		i += end + 1
		if slashes&1 == 0 {
			s.inString = false
			return i, false
		}
	}
}

// open notes a bracket. Deeper ones than it can keep count as lists.
func (s *valueScan) open(object bool) {
	if s.depth < jsonDepth {
		bit := uint64(1) << (s.depth % 64)
		s.kinds[s.depth/64] &^= bit
		if object {
			s.kinds[s.depth/64] |= bit
		}
	}
	s.depth++
}

// mayOpen reports whether an object may begin at the start of a line, by the
// last byte in front of it: else the line before broke off.
func (s *valueScan) mayOpen(last byte) bool {
	d := s.depth - 1
	if d < jsonDepth && s.kinds[d/64]>>(d%64)&1 == 1 {
		return last == ':'
	}
	return last == ',' || last == '['
}

// lastSign gives the last byte that is no blank; before when there is none.
func lastSign(b []byte, before byte) byte {
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != ' ' && b[i] != '\t' && b[i] != '\r' && b[i] != '\n' {
			return b[i]
		}
	}
	return before
}
