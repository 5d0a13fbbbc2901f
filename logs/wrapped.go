package logs

import (
	"bytes"
	"slices"
)

// wrapping is a way in which something writes down the lines of a program, with
// a time of its own.
type wrapping struct {
	// unwrap takes a line apart. It may keep memory in w for that.
	unwrap func(line []byte, cut bool, w *wrapped) bool
}

// stream is which output of a program a line was written to, where that is told.
type stream uint8

const (
	streamAny stream = iota
	streamOut
	streamErr
	streamCount = int(streamErr) + 1
)

// wrapped is a line taken apart.
type wrapped struct {
	time    []byte // of the wrapping
	inner   []byte // what the program wrote
	name    []byte // of the program, where it is told
	partial bool   // the line of the program goes on in the next one
	marked  bool   // what wrote the line has left a mark of its own
	stream  stream
	json    jsonParser
	memory  []byte
}

// innerFormats are what a program may have written: all that is no wrapping and
// no document.
func innerFormats() []Format {
	return slices.DeleteFunc(Formats()[wrappings:], func(f Format) bool { return documentOf(f.Name) != nil })
}

// newWrapped makes the parser of wrapped lines. What is inside is read by the
// format that its own beginning shows.
func newWrapped(u wrapping, head []byte) Parser {
	p := &wrapParser{wrapping: u}
	var samples [][]byte
	var inside []byte
	for line := range headLines(head) {
		if u.unwrap(line, false, &p.w) {
			samples = append(samples, bytes.Clone(p.w.time))
			inside = append(append(inside, p.w.inner...), '\n')
		}
	}
	p.stamps = settleStamps(samples)
	inside = stripEscapes(nil, inside)
	most := 0
	for _, f := range innerFormats() {
		if sure := f.Sniff(inside); sure > most { // the time may be outside alone
			most, p.inner = sure, f.New(inside)
		}
	}
	return p
}

// sniffWrapped wants lines that can be taken apart, with a time.
func sniffWrapped(u wrapping, head []byte) int {
	var w wrapped
	var t sniffTally
	st := settleStamps(nil)
	for line := range headLines(head) {
		if u.unwrap(line, false, &w) {
			_, timed := st.value(w.time)
			t.record(timed, true)
		} else if len(line) > 0 {
			t.other++
		}
	}
	return t.sure(98)
}

// wrapParser reads wrapped lines. It remembers one thing from line to line:
// that a line of the program goes on. It is a partialTeller.
type wrapParser struct {
	wrapping
	stamps  *stamps
	inner   Parser // nil when what is inside has no format
	w       wrapped
	partial [streamCount]bool // by output; that of streamAny is of whichever comes next
	plain   []byte
}

func (p *wrapParser) follow(on bool) { p.partial = [streamCount]bool{on} }

func (p *wrapParser) goesOn(line []byte, cut bool) (on, known bool) {
	if len(line) == 0 || !p.unwrap(line, cut, &p.w) {
		return false, false
	}
	return p.w.partial, true
}

func (p *wrapParser) days() *dayOrder { return &p.stamps.days }

func (p *wrapParser) Fork() Parser {
	f := &wrapParser{wrapping: p.wrapping, stamps: p.stamps}
	if p.inner != nil {
		f.inner = p.inner.Fork()
	}
	return f
}

// Parse reads a line. The time is that of the program where it names a zone,
// else that of the wrapping: both tell of the same moment, and the wrapping
// knows its zone.
func (p *wrapParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	if len(line) == 0 {
		return KindContinuation
	}
	if !p.unwrap(line, cut, &p.w) {
		return KindMalformed
	}
	follows := p.partial[streamAny] || p.partial[p.w.stream]
	p.partial[streamAny] = false
	p.partial[p.w.stream] = p.w.partial
	inner := p.w.inner
	if bytes.IndexByte(inner, 0x1b) >= 0 {
		p.plain = stripEscapes(p.plain[:0], inner)
		inner = p.plain
	}
	if follows {
		return KindContinuation
	}
	rec.stream = p.w.stream
	if looksContinued(inner) {
		if isCrash(inner) {
			rec.Message = inner
			rec.Time, rec.Timed = p.stamps.value(p.w.time)
		}
		return KindContinuation
	}
	if p.inner == nil || p.inner.Parse(inner, cut || p.w.partial, rec) != KindRecord {
		*rec = Record{Message: inner, Level: levelOfProse(inner)}
	}
	rec.stream = p.w.stream
	if !rec.Timed || !rec.Time.Zoned && !rec.Time.IsEpoch {
		if f, ok := p.stamps.value(p.w.time); ok {
			rec.Time, rec.Timed = f, true
		}
	}
	if len(rec.Component) == 0 {
		rec.Component = serviceName(p.w.name)
	}
	return KindRecord
}
