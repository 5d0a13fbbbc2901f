package logs

import (
	"cmp"
	"slices"
	"time"
)

// errorMinute is what is kept of the errors of one minute and component, so
// that an edge can be told to the second and the record at it cited.
type errorMinute struct {
	seconds []errorSecond // in the order in which they were met
	rest    markSpan      // of seconds that are no longer kept one by one
	folded  bool          // there are such
	waiting bool          // to be judged by thin
}

// errorSecond is the errors of one second of the minute.
type errorSecond struct {
	second uint8
	n      int64
	markSpan
}

// add counts an error that stands behind the others.
func (e *errorMinute) add(m mark) {
	second := secondOf(m.ns)
	for i := len(e.seconds) - 1; i >= 0; i-- {
		if s := &e.seconds[i]; s.second == second {
			s.n++
			s.markSpan.add(m)
			return
		}
	}
	e.seconds = append(e.seconds, errorSecond{second: second, n: 1, markSpan: markSpan{m, m}})
}

// absorb adds what was met behind e.
func (e *errorMinute) absorb(o *errorMinute) {
	for _, s := range o.seconds {
		i := slices.IndexFunc(e.seconds, func(x errorSecond) bool { return x.second == s.second })
		if i < 0 {
			e.seconds = append(e.seconds, s)
			continue
		}
		e.seconds[i].n += s.n
		e.seconds[i].markSpan.absorb(&s.markSpan)
	}
	if o.folded {
		e.keep(&o.rest)
	}
	if e.folded {
		e.fold()
	}
}

// fold forgets the single seconds.
func (e *errorMinute) fold() {
	for i := range e.seconds {
		e.keep(&e.seconds[i].markSpan)
	}
	e.seconds = nil
}

func (e *errorMinute) keep(s *markSpan) {
	if !e.folded {
		e.rest, e.folded = *s, true
		return
	}
	e.rest.absorb(s)
}

// span is the first and the last error of the minute.
func (e *errorMinute) span() markSpan {
	all := *e
	all.fold()
	return all.rest
}

// each calls f for every span that is kept.
func (e *errorMinute) each(f func(s *markSpan)) {
	for i := range e.seconds {
		f(&e.seconds[i].markSpan)
	}
	if e.folded {
		f(&e.rest)
	}
}

// secondOf is the second of the minute.
func secondOf(ns int64) uint8 {
	s := ns / int64(time.Second) % 60
	if ns%int64(time.Second) < 0 {
		s--
	}
	if s < 0 {
		s += 60
	}
	return uint8(s)
}

// What thin keeps: a minute with few seconds costs little; others must lie
// where the rate changes. settled is how many minutes must be known behind a
// minute before it is judged.
const (
	fewSeconds = 6
	settled    = 5
	leastScore = 9 // three standard deviations, squared
)

// thin forgets the single seconds of minutes at which the rate does not
// change, so that memory is bound by the number of edges.
func (t *tally) thin(lim limits) {
	waiting := t.waiting[:0]
	for _, k := range t.waiting {
		e := t.errors[k]
		if k.minute > t.newest-settled {
			waiting = append(waiting, k)
			continue
		}
		e.waiting = false
		if t.score(k, 3) < leastScore {
			t.forget(e)
		}
	}
	t.waiting = waiting
	if t.fine > lim.seconds {
		t.forgetLeast(lim.seconds / 2)
	}
	for k := range t.requests {
		if e := t.errors[k]; k.minute <= t.newest-settled && (e == nil || len(e.seconds) == 0) {
			delete(t.requests, k)
		}
	}
}

func (t *tally) forget(e *errorMinute) {
	t.fine -= len(e.seconds)
	e.fold()
}

// forgetLeast keeps no more than so many seconds, those where the rate changes
// most.
func (t *tally) forgetLeast(seconds int) {
	type ranked struct {
		key   markKey
		score int64
	}
	var list []ranked
	for k, e := range t.errors {
		if len(e.seconds) > 0 {
			list = append(list, ranked{k, max(t.score(k, 3), t.score(k, 15))})
		}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.score, b.score), compareMarks(a.key, b.key))
	})
	for _, r := range list {
		if t.fine <= seconds {
			return
		}
		t.forget(t.errors[r.key])
	}
}

// score says how much the number of errors changes at a minute: the squared
// difference of what lies so many minutes before and behind it, over the
// variance.
func (t *tally) score(k markKey, minutes int64) int64 {
	var before, behind int64
	for n := int64(1); n <= minutes; n++ {
		before += t.counts[countKey{k.minute - n, k.component, LevelError}]
		behind += t.counts[countKey{k.minute + n, k.component, LevelError}]
	}
	d := min(max(before-behind, behind-before), 1<<30)
	return d * d / (before + behind + 1)
}
