package logs

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// jsonDepth is how deep values may be nested, a bit each in jsonScan.skip.
const jsonDepth = 1024

// newJSONL makes the parser of JSON lines: one object a line, with any names
// for time, level and message that roleOf knows, at the top or one level down;
// for what no known name holds the values of the head tell the key.
func newJSONL(head []byte) Parser {
	p := &jsonParser{stamps: &stamps{}, found: true}
	for range 2 {
		samples := p.times(head)
		p.stamps = settleStamps(samples)
		lines, messages := p.shape(head)
		unsure := 2*p.stamps.read(samples) < lines || p.vague
		if p.fields.learned != nil || !p.fields.learn(head, unsure, 2*messages < lines) {
			break
		}
	}
	return p
}

// times gives the values of a head that are called times.
func (p *jsonParser) times(head []byte) (samples [][]byte) {
	vague := 0
	for line := range headLines(head) {
		if p.scan(line, false) && p.fields.value[roleTime] != nil {
			samples = append(samples, bytes.Clone(p.fields.time()))
			if p.fields.rank[roleTime] == vagueRank {
				vague++
			}
		}
	}
	p.vague = 2*vague > len(samples)
	return samples
}

// shape counts the objects of a head, and those with a message or a request.
func (p *jsonParser) shape(head []byte) (lines, messages int) {
	for line := range headLines(head) {
		if !p.scan(line, false) {
			continue
		}
		lines++
		if p.fields.value[roleMessage] != nil || p.fields.value[rolePath] != nil {
			messages++
		}
	}
	return lines, messages
}

// sniffJSONL wants lines that are whole objects, most with a time.
func sniffJSONL(head []byte) int {
	p := newJSONL(head).(*jsonParser)
	var t sniffTally
	for line := range headLines(head) {
		switch {
		case p.scan(line, false):
			f := &p.fields
			told := f.value[roleLevel] != nil || f.value[roleMessage] != nil || f.value[roleStatus] != nil
			t.record(f.value[roleTime] != nil, told)
		case looksContinued(line):
		default:
			t.other++
		}
	}
	return t.sure(95)
}

type jsonParser struct {
	stamps *stamps
	fields fields
	found  bool // its keys were found, rather than given
	vague  bool // the key of times may well be that of another time
	jsonScan
	scratch []byte
}

func (p *jsonParser) days() *dayOrder { return &p.stamps.days }

func (p *jsonParser) Fork() Parser {
	return &jsonParser{stamps: p.stamps, found: p.found, fields: fields{learned: p.fields.learned}}
}

func (p *jsonParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	if !p.scan(line, cut) {
		if p.text(line, rec) {
			return KindRecord
		}
		if looksContinued(line) {
			return KindContinuation
		}
		return KindMalformed
	}
	p.scratch = p.fields.fill(rec, p.stamps, p.scratch)
	return KindRecord
}

// scan reads a line into p.fields. A line that goes on beyond what is given
// is good as far as it goes.
func (p *jsonParser) scan(line []byte, cut bool) bool {
	p.fields.reset()
	s := &p.jsonScan
	s.b, s.i, s.f = line, 0, &p.fields
	s.blanks()
	if s.peek() != '{' {
		return false
	}
	if !s.object(0, 0) {
		return cut && s.i >= len(s.b) && p.fields.pairs > 0
	}
	s.blanks()
	if s.peek() == ',' { // a list with one object a line
		s.i++
		s.blanks()
	}
	return s.i == len(s.b)
}

// jsonScan walks through one JSON value and checks its form. Strings stay as
// they are written.
type jsonScan struct {
	b    []byte
	i    int
	f    *fields
	path [2 * longestKey]byte // names of the parents, joined by dots
}

// peek gives the next byte, 0 at the end.
func (s *jsonScan) peek() byte {
	if s.i < len(s.b) {
		return s.b[s.i]
	}
	return 0
}

func (s *jsonScan) blanks() {
	for s.i < len(s.b) && (s.b[s.i] == ' ' || s.b[s.i] == '\t' || s.b[s.i] == '\r') {
		s.i++
	}
}

// object reads the object at s.i and gives its values to s.f, those of known
// parents too. prefix is how much of s.path is the names of its parents.
func (s *jsonScan) object(prefix, depth int) bool {
	s.i++
	s.blanks()
	if s.peek() == '}' {
		s.i++
		return true
	}
	for {
		key, known, ok := s.keyOf(prefix)
		if !ok || !s.member(prefix, key, known, depth) {
			return false
		}
		s.blanks()
		switch s.peek() {
		case ',':
			s.i++
			s.blanks()
		case '}':
			s.i++
			return true
		default:
			return false
		}
	}
}

// keyOf reads a key and the colon behind it. known is what it was here in the
// record before; nil inside other objects, whose names count with it.
func (s *jsonScan) keyOf(prefix int) (key []byte, known *knownKey, ok bool) {
	if prefix > 0 || s.f.inner > 0 {
		key, ok = s.key()
		return key, nil, ok
	}
	known = s.f.order.at(s.f.pairs)
	if s.peek() == '"' && known.leads(s.b[s.i+1:], '"') {
		key = s.b[s.i+1 : s.i+1+int(known.n)]
		s.i += len(key) + 2
		return key, known, s.colon()
	}
	if key, ok = s.key(); ok {
		known = s.f.know(key)
	}
	return key, known, ok
}

// full puts the names of the parents in front of a key.
func (s *jsonScan) full(prefix int, key []byte) []byte {
	if prefix == 0 || prefix+1+len(key) > len(s.path) {
		return key
	}
	s.path[prefix] = '.'
	return s.path[:prefix+1+copy(s.path[prefix+1:], key)]
}

// member reads the value of a key.
func (s *jsonScan) member(prefix int, key []byte, known *knownKey, depth int) bool {
	switch s.peek() {
	case '"':
		v, ok := s.str()
		if ok {
			s.give(prefix, key, known, v, true)
		}
		return ok
	case '{':
		return s.inside(prefix, key, known, depth)
	case '[':
		return s.list(prefix, key)
	}
	v, ok := s.literal()
	if ok && v[0] != 'n' {
		s.give(prefix, key, known, v, false)
	}
	return ok
}

// give gives the value of a key to s.f.
func (s *jsonScan) give(prefix int, key []byte, known *knownKey, v []byte, quoted bool) {
	if known != nil {
		s.f.addAs(known.role, known.rank, key, v, quoted)
		return
	}
	s.f.add(s.full(prefix, key), v, quoted)
}

// objectKind is what the object under a key is for.
type objectKind uint8

// The kinds of objects.
const (
	objectUnknown objectKind = iota // not looked at so far
	objectWrapper                   // see isWrapper
	objectParent                    // see isParent
	objectValue
)

// inside reads the object under a key.
func (s *jsonScan) inside(prefix int, key []byte, known *knownKey, depth int) bool {
	kind := objectUnknown
	if known != nil {
		kind = known.kind
	}
	if kind == objectUnknown {
		kind = s.kindOf(prefix, key, depth)
		if known != nil {
			known.kind = kind
		}
	}
	switch kind {
	case objectWrapper:
		s.f.inner = 4
		ok := s.object(0, depth+1)
		s.f.inner = 0
		return ok
	case objectParent:
		full := s.full(prefix, key)
		if prefix == 0 {
			copy(s.path[:], full)
		}
		return s.object(len(full), depth+1)
	}
	s.f.pairs++
	return s.skip()
}

// kindOf tells what the object under a key is for.
func (s *jsonScan) kindOf(prefix int, key []byte, depth int) objectKind {
	if prefix == 0 && s.f.inner == 0 && isWrapper(key) {
		return objectWrapper
	}
	if full := s.full(prefix, key); depth < 2 && (isParent(full) || s.f.learned.isParent(full)) {
		return objectParent
	}
	return objectValue
}

// list goes over a list. That of a message is kept: the journal of systemd writes
// a message that is not all text as a list of its bytes.
func (s *jsonScan) list(prefix int, key []byte) bool {
	start := s.i
	s.f.pairs++
	if !s.skip() {
		return false
	}
	if r, _ := roleOf(key); r == roleMessage && prefix == 0 {
		s.f.add(key, s.b[start:s.i], false)
	}
	return true
}

// key reads a key and the colon behind it.
func (s *jsonScan) key() ([]byte, bool) {
	if s.peek() != '"' {
		return nil, false
	}
	key, ok := s.str()
	return key, ok && s.colon()
}

// colon reads the colon behind a key, and the blanks about it.
func (s *jsonScan) colon() bool {
	s.blanks()
	if s.peek() != ':' {
		return false
	}
	s.i++
	s.blanks()
	return true
}

// str reads the string at s.i and gives what is between its quotes.
func (s *jsonScan) str() ([]byte, bool) {
	start := s.i + 1
	if end := shortString(s.b, start); end > 0 {
		s.i = end + 1
		return s.b[start:end], true
	}
	for at := start; at <= len(s.b); {
		q := bytes.IndexByte(s.b[at:], '"')
		if q < 0 {
			break
		}
		q += at
		slashes := 0
		for q-1-slashes >= start && s.b[q-1-slashes] == '\\' {
			slashes++
		}
		if slashes&1 == 0 {
			s.i = q + 1
			return s.b[start:q], true
		}
		at = q + 1
	}
	s.i = len(s.b)
	return nil, false
}

// shortString gives the place of the quote that ends a string which begins at
// start and is short and without an escape in front of it; 0 says nothing. It
// looks at eight bytes at once: most strings are keys.
func shortString(b []byte, start int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for at := start; at < start+24 && at+8 <= len(b); at += 8 {
		w := binary.LittleEndian.Uint64(b[at:]) ^ ones*'"'
		if found := (w - ones) & ^w & high; found != 0 {
			end := at + bits.TrailingZeros64(found)/8
			if end > start && b[end-1] == '\\' {
				return 0
			}
			return end
		}
	}
	return 0
}

// literal reads a number, true, false or null.
func (s *jsonScan) literal() ([]byte, bool) {
	start := s.i
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case isAlnum(c), c == '-', c == '+', c == '.':
			s.i++
			continue
		}
		break
	}
	v := s.b[start:s.i]
	switch {
	case len(v) == 0:
		return nil, false
	case isDigit(v[0]), v[0] == '-':
		return v, isNumber(v)
	}
	return v, string(v) == "true" || string(v) == "false" || string(v) == "null"
}

// isNumber reports whether v has only what numbers are written with.
func isNumber(v []byte) bool {
	for _, c := range v {
		if !isDigit(c) && c != '-' && c != '+' && c != '.' && c|0x20 != 'e' {
			return false
		}
	}
	return true
}

// skip goes over the object or list at s.i without recursion.
func (s *jsonScan) skip() bool {
	var objects [jsonDepth / 64]uint64 // bit set: an object is open at that depth
	depth := 0
	for {
		switch c := s.peek(); c {
		case '{', '[':
			if depth == jsonDepth {
				return false
			}
			bit := uint64(1) << (depth % 64)
			objects[depth/64] &^= bit
			if c == '{' {
				objects[depth/64] |= bit
			}
			depth++
			s.i++
			s.blanks()
			if s.peek() == c+2 { // the closing bracket
				break
			}
			if c == '{' {
				if _, ok := s.key(); !ok {
					return false
				}
			}
			continue
		case '"':
			if _, ok := s.str(); !ok {
				return false
			}
		default:
			if _, ok := s.literal(); !ok {
				return false
			}
		}
		more, ok := s.closeValues(&depth, &objects)
		if !ok || !more {
			return ok
		}
	}
}

// closeValues goes on behind a value: over closing brackets and a comma, up to
// the next value. more is false when the outermost bracket has closed.
func (s *jsonScan) closeValues(depth *int, objects *[jsonDepth / 64]uint64) (more, ok bool) {
	for {
		s.blanks()
		if *depth == 0 {
			return false, true
		}
		d := *depth - 1
		object := objects[d/64]>>(d%64)&1 == 1
		switch c := s.peek(); {
		case c == ',':
			s.i++
			s.blanks()
			if object {
				if _, ok := s.key(); !ok {
					return false, false
				}
			}
			return true, true
		case c == '}' && object, c == ']' && !object:
			s.i++
			*depth = d
		default:
			return false, false
		}
	}
}
