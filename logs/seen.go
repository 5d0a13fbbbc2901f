package logs

import (
	"sync"

	"pir/logs/pattern"
)

// mostSeen is how many ids of records are remembered at least, and twice as many
// at most: overlaps of pages are small, and those of two exports as long as one.
const mostSeen = 1 << 19

// seenIDs remembers the ids of the records that were read last.
type seenIDs struct {
	fresh, old map[uint64]struct{}
}

// add notes an id, and reports whether it was known.
func (s *seenIDs) add(id uint64) bool {
	if _, ok := s.fresh[id]; ok {
		return true
	}
	_, known := s.old[id]
	if len(s.fresh) >= mostSeen {
		s.fresh, s.old = nil, s.fresh
	}
	if s.fresh == nil {
		s.fresh = make(map[uint64]struct{})
	}
	s.fresh[id] = struct{}{}
	return known
}

// again reports whether a record was read before; around stands for what is
// around it. One without an id never was.
func (s *seenIDs) again(d *document, record []byte, around uint64) bool {
	if d.whole {
		return s.add(pattern.Hash(record) ^ around*0x9e3779b97f4a7c15)
	}
	id := d.idOf(record)
	return id != 0 && s.add(id)
}

// idOf makes one number of the id and what goes with it; 0 where there is no
// id. The order in which they stand does not count.
func (d *document) idOf(record []byte) uint64 {
	found, id, sum := 0, false, uint64(0)
	take := func(key, value []byte, kind byte) bool {
		if kind != '"' && !isDigit(kind) || len(value) == 0 {
			return true
		}
		if !id && oneOf(key, d.ids) >= 0 {
			id, found, sum = true, found+1, sum+pattern.Hash(value)
		}
		if i := oneOf(key, d.with); i >= 0 { // each key turns its value differently
			found, sum = found+1, sum+pattern.Hash(value)*(2*uint64(i)+0x632be59bd9b4e019)
		}
		return !id || found <= len(d.with)
	}
	s := jsonScan{b: record}
	if len(record) > 0 && record[0] == '[' { // of fields with their names
		s.items(func(item []byte, _ byte) bool {
			name, _ := member(item, "field")
			value, kind := member(item, "value")
			return take(name, value, kind)
		})
	} else {
		s.members(take)
	}
	if !id {
		return 0
	}
	return sum | 1
}

// seenQueue has the documents of one engine read one behind the other, so that
// of a record which several hold it is always the first that counts.
type seenQueue struct {
	ids    *seenIDs
	before <-chan struct{} // closed when the document in front is read; nil for the first
	done   chan struct{}
	once   sync.Once
}

// enqueue lines up the documents whose records have ids.
func enqueue(jobs []*job) {
	last := map[string]*seenQueue{}
	for _, j := range jobs {
		d := j.document
		if j.parser == nil || d == nil || len(d.ids) == 0 && !d.whole {
			continue
		}
		q := &seenQueue{ids: &seenIDs{}, done: make(chan struct{})}
		if front := last[d.format]; front != nil {
			q.ids, q.before = front.ids, front.done
		}
		last[d.format] = q
		j.queue = q
	}
}

// wait waits for the document in front.
func (q *seenQueue) wait() *seenIDs {
	if q == nil {
		return nil
	}
	if q.before != nil {
		<-q.before
	}
	return q.ids
}

// leave lets the next one read.
func (q *seenQueue) leave() {
	if q != nil {
		q.once.Do(func() { close(q.done) })
	}
}
