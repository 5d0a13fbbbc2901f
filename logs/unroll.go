package logs

import (
	"bytes"
	"errors"
	"io"
)

// The sizes of an unroller, in bytes: what it reads at once, the most of one
// record that it keeps, of a value around records, and of a note; and how much it
// writes ahead.
const (
	unrollBuffer = 256 << 10
	unrollMost   = 4 << 20
	aroundMost   = 64 << 10
	noteMost     = 4 << 10
	unrollAhead  = 64 << 10
)

// errDocumentCut ends a document that does not end itself.
var errDocumentCut = errors.New("the document ends in the middle of a value; was the download cut short?")

// unroller reads documents and gives a line for each of their records, in memory
// that does not grow with them. A record that is no JSON, and a line between
// documents that is none, is a line too. Where a line breaks off in the middle,
// the next one begins anew.
type unroller struct {
	doc  *document
	src  io.Reader
	head bool // what is cut at the end is left out
	seen *seenIDs

	buf   []byte
	r, w  int // what is not yet read of buf
	ended bool
	fault error // of src

	line   int64 // 0-based, of buf[r]
	frames []frame
	around []byte
	places places
	facts  exportFacts

	out     []byte
	at      int // what is read of out
	over    bool
	inDoc   int64 // records of the document at hand
	started int64 // its line
}

// frame is an object or a list that is open.
type frame struct {
	node   *node
	list   bool
	key    string
	index  int64
	around int // length of around in front of it
}

// exportFacts are what documents say of themselves.
type exportFacts struct {
	total     int64 // records that the engine found, by its own words
	atLeast   bool  // the total is a lower bound
	more      bool  // the last document has a token for the next page
	returned  int64 // records, with those that came again
	again     int64 // records that came again
	limit     int64 // a document has as many records as an answer has at most
	documents int64
	empty     int64 // documents without a record
	kind      string
}

func newUnroller(d *document, src io.Reader) *unroller {
	return &unroller{doc: d, src: src, buf: make([]byte, unrollBuffer)}
}

// Read gives the lines.
func (u *unroller) Read(p []byte) (int, error) {
	if u.at == len(u.out) {
		u.out, u.at = u.out[:0], 0
		for len(u.out) < unrollAhead && !u.over {
			u.over = !u.step()
		}
	}
	if u.at < len(u.out) {
		n := copy(p, u.out[u.at:])
		u.at += n
		return n, nil
	}
	switch {
	case u.fault != nil:
		return 0, u.fault
	case len(u.frames) > 0 && !u.head:
		return 0, errDocumentCut
	}
	return 0, io.EOF
}

// more reads on, and reports whether there was anything. What is in front of
// buf[keep] may be dropped; keep and the other places move along.
func (u *unroller) more() bool {
	if u.r > 0 && (u.r == u.w || u.w == len(u.buf)) {
		u.w = copy(u.buf, u.buf[u.r:u.w])
		u.r = 0
	}
	if u.w == len(u.buf) {
		u.buf = append(u.buf, make([]byte, len(u.buf))...)
	}
	for idle := 0; !u.ended && idle < 100; idle++ {
		n, err := u.src.Read(u.buf[u.w:])
		u.w += n
		if err != nil {
			u.ended = true
			if err != io.EOF {
				u.fault = err
			}
		}
		if n > 0 {
			return true
		}
	}
	if !u.ended {
		u.ended, u.fault = true, io.ErrNoProgress
	}
	return false
}

// peek gives the next byte that is no white space; false at the end.
func (u *unroller) peek() (byte, bool) {
	for {
		for u.r < u.w {
			switch c := u.buf[u.r]; c {
			case '\n':
				u.line++
			case ' ', '\t', '\r':
			default:
				return c, true
			}
			u.r++
		}
		if !u.more() {
			return 0, false
		}
	}
}

// step goes on by one member, item or bracket; false at the end.
func (u *unroller) step() bool {
	c, ok := u.peek()
	if !ok {
		return false
	}
	if len(u.frames) == 0 {
		u.top(c)
		return true
	}
	f := &u.frames[len(u.frames)-1]
	switch {
	case c == ',':
		u.r++
	case f.list && c == ']', !f.list && c == '}':
		u.r++
		u.pop()
	case f.list:
		n := f.node.kid([]byte("*"))
		u.begin(n, "*", c)
		if k := len(u.frames); k > 0 && &u.frames[k-1] == f {
			f.index++
		}
	case c == '"':
		u.member(f.node)
	default:
		u.garbage()
	}
	return true
}

// top begins the next document.
func (u *unroller) top(c byte) {
	switch c {
	case ',', 0x1e: // a list without brackets, and records of RFC 7464
		u.r++
	case '{', '[':
		u.facts.documents++
		u.facts.more = false
		u.started, u.inDoc = u.line, 0
		u.places.document(u.line)
		u.begin(&u.doc.root, "", c)
		if len(u.frames) == 0 {
			u.finish()
		}
	case 0xef: // a byte order mark
		if u.w-u.r < 3 && u.more() {
			return
		}
		if bytes.HasPrefix(u.buf[u.r:u.w], []byte("\xef\xbb\xbf")) {
			u.r += 3
			return
		}
		u.garbage()
	default:
		u.garbage()
	}
}

// member reads a key, and goes on with its value.
func (u *unroller) member(n *node) {
	size, how := u.value(true, noteMost)
	if how == valueEnded && u.head {
		u.r = u.w
		return
	}
	if how != valueWhole {
		u.broken(size)
		return
	}
	var key [longestKey]byte
	kid := (*node)(nil)
	if size-2 <= len(key) {
		k := key[:copy(key[:], u.buf[u.r+1:u.r+size-1])]
		kid = n.kid(k)
	}
	u.r += size
	if c, ok := u.peek(); !ok {
		return
	} else if c != ':' {
		u.garbage()
		return
	}
	u.r++
	if c, ok := u.peek(); ok {
		name := ""
		if kid != nil {
			name = kid.key
		}
		u.begin(kid, name, c)
	}
}

// begin reads the value at hand, or where its kids count goes into it.
func (u *unroller) begin(n *node, key string, c byte) {
	switch {
	case n == nil:
		if _, how := u.value(false, 0); how == valueBroken {
			u.broken(0)
		}
	case n.use == useEntry && (c == '{' && n.kids != nil && u.envelope(n) || c == '[' && n.kid([]byte("*")) != nil):
		u.push(n, key, c)
	case n.use == useEntry:
		u.entry()
	case n.kids != nil && (c == '{' || c == '['):
		u.push(n, key, c)
	default:
		u.note(n)
	}
}

func (u *unroller) push(n *node, key string, c byte) {
	u.frames = append(u.frames, frame{node: n, list: c == '[', key: key, around: len(u.around)})
	u.r++
	if c == '[' {
		if kid := n.kid([]byte("*")); kid != nil && kid.use == useEntry {
			u.places.enter(u.frames)
		}
	}
}

// pop closes the object or list at hand.
func (u *unroller) pop() {
	last := len(u.frames) - 1
	u.around = u.around[:u.frames[last].around]
	u.frames = u.frames[:last]
	if last == 0 {
		u.finish()
		return
	}
	if f := &u.frames[last-1]; f.list {
		f.index++
	}
}

// finish ends a document.
func (u *unroller) finish() {
	u.frames, u.around = u.frames[:0], u.around[:0]
	u.places.finish(u.line == u.started)
	if u.inDoc == 0 {
		u.facts.empty++
	}
	for _, n := range u.doc.limits {
		if u.inDoc == n {
			u.facts.limit = n
		}
	}
}

// envelope reports whether the object at hand begins with a key that a node
// knows.
func (u *unroller) envelope(n *node) bool {
	const most = 4 * longestKey
	for u.w-u.r < most && u.more() {
	}
	b := bytes.TrimLeft(u.buf[u.r+1:min(u.w, u.r+most)], " \t\r\n")
	if len(b) == 0 || b[0] != '"' {
		return false
	}
	end := bytes.IndexByte(b[1:], '"')
	return end >= 0 && n.kid(b[1:end+1]) != nil
}

// note keeps what stands outside records.
func (u *unroller) note(n *node) {
	if n.use == useNothing {
		u.begin(nil, "", 0)
		return
	}
	most := noteMost
	if n.use == useAround {
		most = aroundMost
	}
	size, how := u.value(true, most)
	switch {
	case how == valueBroken:
		u.broken(size)
		return
	case how != valueWhole:
		return // too long, or cut: the records tell the rest
	}
	v := u.buf[u.r : u.r+size]
	u.r += size
	switch n.use {
	case useAround:
		if u.doc.around != nil {
			u.around = u.doc.around(u.around, n.key, v)
		}
	case useTotal:
		u.facts.found(v)
	case useMore:
		u.facts.more = u.facts.more || len(v) > 2 && string(v) != "null"
	case useKind:
		u.facts.kind = string(bytes.Trim(v, `"`))
	}
}

// found notes how many records there are.
func (f *exportFacts) found(v []byte) {
	if bytes.Equal(v, []byte(`"gte"`)) {
		f.atLeast = true
		return
	}
	n := int64(0)
	for _, c := range bytes.Trim(v, `"`) {
		if !isDigit(c) || n > 1<<53 {
			break
		}
		n = 10*n + int64(c-'0')
	}
	f.total = max(f.total, n)
}

// entry reads a record.
func (u *unroller) entry() {
	line := u.line
	before := len(u.out)
	size, how := u.value(true, unrollMost)
	switch how {
	case valueBroken:
		u.placed(line)
		u.broken(size)
		return
	case valueEnded:
		if !u.head {
			u.write(u.buf[u.r:u.r+size], true)
			u.placed(line)
		}
		u.r += size
		if len(u.frames) == 0 && !u.head && u.fault == nil {
			u.fault = errDocumentCut
		}
		return
	case valueLong: // it is written already
		u.placed(line)
		u.count()
		return
	}
	v := u.buf[u.r : u.r+size]
	u.write(v, u.line > line)
	u.r += size
	u.count()
	if u.seen != nil && u.doc.again(u.seen, v, u.out[before:]) {
		u.out = u.out[:before]
		u.facts.again++
		u.places.skip(u.frames)
		return
	}
	u.placed(line)
}

func (u *unroller) count() {
	u.facts.returned++
	u.inDoc++
}

// placed says where the record stands that was written last.
func (u *unroller) placed(line int64) { u.places.add(u.frames, line) }

// broken writes down so many bytes of a record that cannot be read, up to the
// end of its line, and begins anew behind it.
func (u *unroller) broken(size int) {
	if size == 0 && u.r < u.w && u.buf[u.r] != '\n' {
		u.garbage()
		return
	}
	if len(u.frames) > 0 && size == 0 {
		u.out = append(u.out, "…\n"...)
		u.places.addLine(u.line)
	} else {
		u.write(u.buf[u.r:u.r+size], true)
		u.places.settle(u.line)
	}
	u.r += size
	u.finish()
}

// garbage writes down the rest of a line that is no JSON, and begins anew
// behind it.
func (u *unroller) garbage() {
	size := 0
	for {
		end := bytes.IndexByte(u.buf[u.r+size:u.w], '\n')
		if end >= 0 {
			size += end
			break
		}
		size = u.w - u.r
		if size >= longLine || !u.more() {
			break
		}
	}
	if u.head && u.ended && u.r+size == u.w {
		u.r = u.w // it may be cut
		return
	}
	u.write(u.buf[u.r:u.r+size], true)
	u.places.addLine(u.line)
	u.r += size
	u.frames, u.around = u.frames[:0], u.around[:0]
}
