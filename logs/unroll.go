package logs

import (
	"bytes"
	"errors"
	"io"

	"pir/logs/pattern"
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
	// aroundSum stands for all that is around, also what is not written.
	aroundSum uint64
	flat      []byte
	places    *places
	facts     exportFacts
	scan      valueScan

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
	index  int64
	around int    // length of around in front of it
	sum    uint64 // and aroundSum
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
	return &unroller{doc: d, src: src, buf: make([]byte, unrollBuffer), places: &places{}}
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

// more reads on, and reports whether there was anything. What is read moves to
// the front of buf, or to a larger one.
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
	if u.doc.table {
		return u.row()
	}
	c, ok := u.peek()
	if !ok {
		return false
	}
	if len(u.frames) == 0 {
		u.top(c)
		return true
	}
	depth := len(u.frames)
	f := &u.frames[depth-1]
	switch {
	case c == ',':
		u.r++
	case f.list && c == ']', !f.list && c == '}':
		u.r++
		u.pop()
	case f.list:
		u.begin(f.node.item(), c)
		if len(u.frames) == depth {
			u.frames[depth-1].index++
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
		u.begin(&u.doc.root, c)
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
	line := u.line
	size, how := u.value(keepValue, noteMost)
	var kid *node
	switch how {
	case valueBroken:
		u.broken(line, size)
		return
	case valueWhole:
		kid = n.kid(u.buf[u.r+1 : u.r+size-1])
	}
	u.r += size
	c, ok := u.peek()
	if ok && c != ':' {
		u.garbage()
	}
	if !ok || c != ':' {
		return
	}
	u.r++
	if c, ok = u.peek(); ok {
		u.begin(kid, c)
	}
}

// begin reads the value at hand, or goes into it where its kids count.
func (u *unroller) begin(n *node, c byte) {
	nested := c == '{' || c == '['
	switch {
	case n == nil, n.use == useNothing && (n.kids == nil || !nested):
		line := u.line
		if size, how := u.value(skipValue, 0); how == valueBroken {
			u.broken(line, size)
		}
	case n.use == useEntry && (c != '{' || !u.envelope(n)) && (c != '[' || n.item() == nil):
		u.entry()
	case n.kids != nil && nested:
		u.push(n, c)
	default:
		u.note(n)
	}
}

func (u *unroller) push(n *node, c byte) {
	u.frames = append(u.frames, frame{node: n, list: c == '[', around: len(u.around), sum: u.aroundSum})
	u.r++
	if kid := n.item(); c == '[' && kid != nil && kid.use == useEntry {
		u.places.enter(u.frames)
	}
}

// pop closes the object or list at hand.
func (u *unroller) pop() {
	last := len(u.frames) - 1
	u.around, u.aroundSum = u.around[:u.frames[last].around], u.frames[last].sum
	u.frames = u.frames[:last]
	if last == 0 {
		u.finish()
	} else if f := &u.frames[last-1]; f.list {
		f.index++
	}
}

// finish ends a document.
func (u *unroller) finish() {
	u.frames, u.around, u.aroundSum = u.frames[:0], u.around[:0], 0
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

// note keeps what stands outside records. What is too long to be kept tells
// nothing.
func (u *unroller) note(n *node) {
	most := noteMost
	if n.use == useAround {
		most = aroundMost
	}
	line := u.line
	size, how := u.value(keepValue, most)
	if how == valueBroken {
		u.broken(line, size)
		return
	}
	v := u.buf[u.r : u.r+size]
	u.r += size
	if how != valueWhole {
		return
	}
	switch n.use {
	case useAround:
		u.flat = appendFlat(u.flat[:0], v, u.line > line)
		u.aroundSum = u.aroundSum*31 + pattern.Hash(u.flat)
		u.around = u.doc.around(u.around, n.key, u.flat)
	case useTotal:
		u.facts.found(v)
	case useMore:
		u.facts.more = len(v) > 2 && string(v) != "null"
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
	line, before := u.line, len(u.out)
	size, how := u.value(keepEntry, unrollMost)
	v := u.buf[u.r : u.r+size]
	switch how {
	case valueBroken:
		u.broken(line, size)
		return
	case valueEnded:
		u.r += size
		if u.head {
			return
		}
		if u.fault == nil {
			u.fault = errDocumentCut
		}
		u.write(v, true)
		u.places.addLine(line)
		return
	case valueWhole:
		record := u.writeEntry(v, u.line > line)
		u.r += size
		if u.seen != nil && u.seen.again(u.doc, record, u.aroundSum) {
			u.out = u.out[:before]
			u.facts.again++
		} else {
			u.places.add(u.frames, line)
		}
	}
	u.facts.returned++
	u.inDoc++
}

// broken writes down what cannot be read, so many bytes up to the end of a line,
// and begins anew behind it.
func (u *unroller) broken(line int64, size int) {
	if size == 0 {
		u.out = append(u.out, "…\n"...) // it was not kept
	} else {
		u.write(u.buf[u.r:u.r+size], true)
	}
	u.r += size
	u.places.addLine(line)
	u.frames, u.around, u.aroundSum = u.frames[:0], u.around[:0], 0
}

// garbage writes down the rest of a line that is no JSON, and begins anew
// behind it.
func (u *unroller) garbage() {
	size := 0
	for {
		if end := bytes.IndexByte(u.buf[u.r+size:u.w], '\n'); end >= 0 {
			size += end
			break
		}
		if size = u.w - u.r; size >= longLine || !u.more() {
			break
		}
	}
	if u.head && u.ended && u.r+size == u.w { // it may be cut
		u.r = u.w
		return
	}
	u.write(u.buf[u.r:u.r+size], true)
	u.r += size
	u.places.addLine(u.line)
	u.frames, u.around, u.aroundSum = u.frames[:0], u.around[:0], 0
}

// writeEntry writes a record with what is around it. The record as it was
// written is returned.
func (u *unroller) writeEntry(v []byte, breaks bool) []byte {
	if len(u.around) == 0 {
		start := len(u.out)
		u.write(v, breaks)
		return u.out[start : len(u.out)-1]
	}
	u.out = append(append(u.out, `{"around":{`...), u.around...)
	u.out = append(u.out, `},"record":`...)
	start := len(u.out)
	u.out = appendFlat(u.out, v, breaks)
	end := len(u.out)
	u.out = append(u.out, "}\n"...)
	return u.out[start:end]
}

// write writes a line.
func (u *unroller) write(v []byte, breaks bool) {
	u.out = append(appendFlat(u.out, v, breaks), '\n')
}

// appendFlat writes JSON without the line ends and indents in it.
func appendFlat(dst, v []byte, breaks bool) []byte {
	for breaks {
		end := bytes.IndexByte(v, '\n')
		if end < 0 {
			break
		}
		dst = append(dst, bytes.TrimSuffix(v[:end], []byte("\r"))...)
		v = bytes.TrimLeft(v[end+1:], " \t\r\n")
	}
	return append(dst, v...)
}
