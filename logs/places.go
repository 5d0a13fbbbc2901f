package logs

import (
	"encoding/binary"
	"slices"
	"sort"
	"strconv"
	"strings"

	"pir/timeline"
)

// places are where the records of documents stand, in a few bytes for each run
// of records of one list.
type places struct {
	n         int64 // records
	documents int64
	flat      bool // the first document is one line
	line      int64
	index     []byte
	runs      int
	restarts  []placeRestart
	last      placeRun
	templates []string // pointers with * for each index
	template  int      // of the list at hand; -1 is none
}

// placeRun is records of one list, one behind the other, or lines.
type placeRun struct {
	from     int64 // the first, 0-based
	document int64 // 1-based
	line     int64 // 0-based
	template int   // -1 for lines
	at       [placeDepth]int64
	depth    int // lists around, with the innermost
}

// placeDepth is how many lists may stand around a record.
const placeDepth = 4

// placeRestart is a run from which reading can begin.
type placeRestart struct {
	at  int // in the index, behind the run
	run placeRun
}

// restartPlaces is how many runs stand between two restarts.
const restartPlaces = 128

// document says that the next one begins.
func (p *places) document(line int64) {
	p.documents++
	p.line = line
	p.template = -1
}

// finish says that it has ended; flat that it was one line.
func (p *places) finish(flat bool) {
	if p.documents == 1 {
		p.flat = flat
	}
}

// enter says that the items of the list that was opened last are records.
func (p *places) enter(frames []frame) {
	var b strings.Builder
	for i := range frames[1:] {
		b.WriteByte('/')
		b.WriteString(frames[i+1].node.key)
	}
	b.WriteString("/*")
	if p.template = slices.Index(p.templates, b.String()); p.template < 0 {
		p.template = len(p.templates)
		p.templates = append(p.templates, b.String())
	}
}

// add notes a record of the list at hand, or one that stands by itself.
func (p *places) add(frames []frame, line int64) {
	r := placeRun{from: p.n, document: p.documents, line: line, template: -1}
	if p.documents == 1 {
		r.line = p.line
	}
	if len(frames) > 0 && p.template >= 0 {
		r.template = p.template
		for i := range frames {
			if frames[i].list && r.depth < placeDepth {
				r.at[r.depth] = frames[i].index
				r.depth++
			}
		}
	}
	if r.template < 0 {
		r.line = line
	}
	p.put(r)
}

// addLine notes a line that is no record.
func (p *places) addLine(line int64) {
	p.put(placeRun{from: p.n, document: max(p.documents, 1), line: line, template: -1})
}

// put notes a record that begins a run, unless it goes on with the last one.
func (p *places) put(r placeRun) {
	p.n++
	if p.runs > 0 && p.last.goesOn(&r) {
		return
	}
	if p.runs%restartPlaces > 0 {
		p.index = r.encode(p.index, &p.last)
	} else {
		p.restarts = append(p.restarts, placeRestart{at: len(p.index), run: r})
	}
	p.last = r
	p.runs++
}

// goesOn reports whether o is the next record of the run.
func (r *placeRun) goesOn(o *placeRun) bool {
	k := o.from - r.from
	if r.template != o.template || r.document != o.document && r.template >= 0 || r.depth != o.depth {
		return false
	}
	if r.template < 0 {
		return o.line == r.line+k
	}
	at := r.at
	at[r.depth-1] += k
	return o.line == r.line && o.at == at
}

func (r *placeRun) encode(dst []byte, before *placeRun) []byte {
	dst = binary.AppendUvarint(dst, uint64(r.from-before.from))
	dst = binary.AppendUvarint(dst, uint64(r.document-before.document))
	dst = binary.AppendVarint(dst, r.line-before.line)
	dst = binary.AppendUvarint(dst, uint64(r.template+1))
	dst = append(dst, byte(r.depth))
	for _, n := range r.at[:r.depth] {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	return dst
}

// decode reads the run behind r.
func (r *placeRun) decode(src []byte) (next placeRun, size int) {
	read := func() int64 {
		v, n := binary.Uvarint(src[size:])
		size += max(n, 1)
		return int64(v)
	}
	next.from = r.from + read()
	next.document = r.document + read()
	line, n := binary.Varint(src[size:])
	size += max(n, 1)
	next.line = r.line + line
	next.template = int(read()) - 1
	next.depth = int(src[size])
	size++
	for i := range next.depth {
		next.at[i] = read()
	}
	return next, size
}

// find gives the run that holds a record.
func (p *places) find(n int64) (placeRun, bool) {
	k := sort.Search(len(p.restarts), func(i int) bool { return p.restarts[i].run.from > n }) - 1
	if k < 0 {
		return placeRun{}, false
	}
	run, at, end := p.restarts[k].run, p.restarts[k].at, len(p.index)
	if k+1 < len(p.restarts) {
		end = p.restarts[k+1].at
	}
	for at < end {
		next, size := run.decode(p.index[at:])
		if next.from > n {
			break
		}
		run, at = next, at+size
	}
	return run, true
}

// appendPlace writes where record n stands: its line, or #/ and a pointer.
func (p *places) appendPlace(dst []byte, n int64) []byte {
	run, ok := p.find(n)
	if !ok {
		return strconv.AppendInt(append(dst, ':'), 1, 10)
	}
	k := n - run.from
	if run.template < 0 {
		return strconv.AppendInt(append(dst, ':'), run.line+k+1, 10)
	}
	if p.documents > 1 && (run.document > 1 || p.flat) {
		return strconv.AppendInt(append(dst, ':'), run.line+1, 10)
	}
	dst = append(dst, '#')
	level := 0
	for _, c := range []byte(p.templates[run.template]) {
		if c != '*' {
			dst = append(dst, c)
			continue
		}
		i := run.at[level]
		if level++; level == run.depth {
			i += k
		}
		dst = strconv.AppendInt(dst, i, 10)
	}
	return dst
}

// origin is the place of record n of a file.
func (p *places) origin(name string, n int64) timeline.Origin {
	place := p.appendPlace(nil, n)
	if place[0] == '#' {
		return timeline.PointerOrigin(name, string(place[1:]))
	}
	line, err := strconv.Atoi(string(place[1:]))
	if err != nil {
		return timeline.Origin{Path: name, Byte: -1}
	}
	return timeline.LineOrigin(name, line)
}
