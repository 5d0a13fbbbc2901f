package logs

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"pir/logs/pattern"
)

// lineKey is the place of a record in the order of all.
type lineKey struct {
	ns     int64
	offset int64
	file   int32
}

func (k lineKey) compare(o lineKey) int {
	return cmp.Or(cmp.Compare(k.ns, o.ns), cmp.Compare(k.file, o.file), cmp.Compare(k.offset, o.offset))
}

// lineChunk is a chunk of a file with the order of its records: each with the
// lines behind it that have no time.
type lineChunk struct {
	offset int64 // in the text of the file
	end    int64 // of a chunk that is cut: where its line ends
	line   int64 // number of its first line, 0-based
	cut    bool  // it is one line, and that goes on
	plain  bool  // all bytes can be shown as they are
	lead   lineLead
	tail   lineTail

	low, high lineKey   // of its records
	restarts  []restart // where its index can be read from
	index     []byte    // nil when it was spilled
	place     int64     // then: where
	size      int       // of the index
	tally     *tally    // until it is added up
	limited   bool      // a window leaves lines out
	digits    int       // that the times take behind the second
}

// lineLead is the lines at the start of a chunk that belong to a record in
// front of it.
type lineLead struct {
	size  int64
	ns    int64 // of that record
	shown bool
}

// lineTail is the last record of a chunk.
type lineTail struct {
	ns           int64
	dated, shown bool
}

// lineEntry is a record and the lines that stay behind it.
type lineEntry struct {
	ns, offset, size int64
	line             int64 // in the chunk
}

// restart is a place in an index, and the entry that stands there.
type restart struct {
	at     int32 // in the index
	weight int64 // bytes of lines up to the next one
	entry  lineEntry
}

// restartEvery is how many entries stand between two restarts.
const restartEvery = 512

// listChunk puts the records of a chunk in order.
func (j *job) listChunk(ch chunk) *lineChunk {
	c := &counter{dater: newDater(j), t: newTally(""), miner: (*pattern.Miner)(nil), days: daysOf(j.parser)}
	out := &lineChunk{
		offset: ch.offset, end: ch.offset + int64(len(ch.data)), cut: ch.cut, plain: allPlain(ch.data), limited: j.window.limited(),
	}
	entries := make([]lineEntry, 0, len(ch.data)/128)
	start := ch.offset // of the lines that are not told yet
	end := func(offset int64) {
		switch {
		case !out.tail.dated:
			out.lead.size = offset - start
		case out.tail.shown:
			entries[len(entries)-1].size = offset - start
		}
		start = offset
	}
	c.each(ch, func(line []byte, offset int64) {
		ns, ok := c.classify(line, ch.cut, offset)
		if !ok {
			return
		}
		end(offset)
		out.tail = lineTail{ns: ns, dated: true, shown: j.window.holds(ns)}
		if out.tail.shown {
			if out.digits < 9 {
				out.digits = max(out.digits, digitsOf(ns))
			}
			entries = append(entries, lineEntry{ns: ns, offset: offset, line: c.t.lines})
		}
	})
	end(out.end)
	c.flush()
	out.tally = c.t
	out.encode(entries)
	return out
}

// encode writes the index.
func (c *lineChunk) encode(entries []lineEntry) {
	if len(entries) == 0 {
		c.low, c.high = lineKey{ns: math.MaxInt64}, lineKey{ns: math.MinInt64}
		return
	}
	slices.SortFunc(entries, func(a, b lineEntry) int {
		return cmp.Or(cmp.Compare(a.ns, b.ns), cmp.Compare(a.offset, b.offset))
	})
	c.index = make([]byte, 0, 9*len(entries))
	var before lineEntry
	for i, e := range entries {
		if i%restartEvery == 0 {
			c.restarts = append(c.restarts, restart{at: int32(len(c.index)), entry: e})
			before = e
			before.line, before.offset = e.line-1, e.offset-e.size
			before.size = e.size
		}
		c.restarts[len(c.restarts)-1].weight += e.size
		c.index = binary.AppendUvarint(c.index, uint64(e.ns-before.ns))
		c.index = binary.AppendVarint(c.index, e.offset-before.offset-before.size)
		c.index = binary.AppendUvarint(c.index, uint64(e.size))
		c.index = binary.AppendVarint(c.index, e.line-before.line-1)
		before = e
	}
	last := entries[len(entries)-1]
	c.low, c.high = lineKey{ns: entries[0].ns, offset: entries[0].offset}, lineKey{ns: last.ns, offset: last.offset}
	c.size = len(c.index)
}

// decode appends the entries from from to to, half open, to list. file is the
// number of the file, index the bytes of the index.
func (c *lineChunk) decode(list []lineEntry, file int32, index []byte, from, to lineKey) []lineEntry {
	key := func(e lineEntry) lineKey { return lineKey{ns: e.ns, file: file, offset: e.offset} }
	n, _ := slices.BinarySearchFunc(c.restarts, from, func(r restart, k lineKey) int { return key(r.entry).compare(k) })
	n = max(n-1, 0)
	for ; n < len(c.restarts); n++ {
		e := c.restarts[n].entry
		if key(e).compare(to) >= 0 {
			break
		}
		at, end := int(c.restarts[n].at), len(index)
		if n+1 < len(c.restarts) {
			end = int(c.restarts[n+1].at)
		}
		e.line, e.offset = e.line-1, e.offset-e.size
		for at < end {
			at = e.next(index, at)
			if k := key(e); k.compare(from) < 0 {
				continue
			} else if k.compare(to) >= 0 {
				return list
			}
			full := e
			if c.cut {
				full.size = c.end - c.offset
			}
			list = append(list, full)
		}
	}
	return list
}

// next reads the entry behind e.
func (e *lineEntry) next(index []byte, at int) int {
	read := func() uint64 {
		v, n := binary.Uvarint(index[at:])
		at += max(n, 1)
		return v
	}
	signed := func(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }
	e.ns += int64(read())
	e.offset += e.size + signed(read())
	e.size = int64(read())
	e.line += 1 + signed(read())
	return at
}

// allPlain reports whether text can be shown as it is: printable ASCII, tabs
// and line ends.
func allPlain(text []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for len(text) >= 8 {
		w := binary.LittleEndian.Uint64(text)
		// A byte of these is above 0x7f, 0x7f itself, or below a blank. The sums
		// do not run over where no byte is above 0x7f.
		odd := w | (w + ones) | ^((w &^ high) + (0x80-' ')*ones)
		if odd&high != 0 && !plainBytes(text[:8]) {
			return false
		}
		text = text[8:]
	}
	return plainBytes(text)
}

func plainBytes(text []byte) bool {
	for _, b := range text {
		if b >= 0x7f || b < ' ' && b != '\n' && b != '\t' {
			return false
		}
	}
	return true
}
