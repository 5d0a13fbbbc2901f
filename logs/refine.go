package logs

import (
	"math"
	"slices"
	"time"

	"pir/logs/edge"
)

const nsPerSecond = int64(time.Second)

// bound is where a stretch of errors begins or ends.
type bound struct {
	at     int64 // in nanoseconds: that of the record that is cited, where one is
	lo, hi int64 // it lies between
	second int64 // first second that counts for what is behind it
	narrow bool  // told to the second, not to the minute
	cited  *mark // first error behind an edge up, last one before an end
	tail   int64 // seconds of the last step of a fall in several
}

// event is a run of segments that touch, and the bounds between them: one more
// than there are segments.
type event struct {
	segments []edge.Segment
	bounds   []bound
}

// eventsOf groups segments that touch, and tells their bounds to the second
// where the errors show it.
func (d *digest) eventsOf(row *gridRow, found []edge.Segment) []event {
	var list []event
	for i := 0; i < len(found); {
		n := i + 1
		for n < len(found) && found[n].Start == found[n-1].End {
			n++
		}
		ev := event{segments: slices.Clone(found[i:n])}
		for d.refine(row, &ev); ev.join(); {
			d.refine(row, &ev)
		}
		list = append(list, ev)
		i = n
	}
	return list
}

// join takes out a segment that is nothing but the minute in which an edge
// lies. It reports whether there was one.
func (ev *event) join() bool {
	for k := range ev.segments {
		from, to := &ev.bounds[k], &ev.bounds[k+1]
		if !from.narrow || !to.narrow || to.lo > from.hi || len(ev.segments) == 1 {
			continue
		}
		k = min(k, len(ev.segments)-2)
		ev.segments[k] = edge.Join(ev.segments[k], ev.segments[k+1])
		ev.segments = slices.Delete(ev.segments, k+1, k+2)
		return true
	}
	return false
}

// refine finds the bounds of an event.
func (d *digest) refine(row *gridRow, ev *event) {
	last := len(ev.segments)
	ev.bounds = make([]bound, last+1)
	for k := range ev.bounds {
		b := &ev.bounds[k]
		from, to := 0, d.steps
		if k > 0 {
			from = ev.segments[k-1].Start
		}
		if k < last {
			to = ev.segments[k].End
		}
		if k < last {
			s := &ev.segments[k]
			*b = d.minuteBound(s.Start, s.StartLo, s.StartHi)
		} else {
			s := &ev.segments[k-1]
			*b = d.minuteBound(s.End, s.EndLo, s.EndHi)
			if s.OpenEnd {
				continue
			}
		}
		if k == 0 && ev.segments[0].OpenStart {
			d.openBound(row, b, ev.segments[0].End)
			continue
		}
		d.narrow(row, b, from, to, &ev.segments[min(k, last-1)], k == 0, k == last)
	}
}

// minuteBound is a bound between steps. An edge inside a minute may count for
// the minute before or behind.
func (d *digest) minuteBound(at, lo, hi int) bound {
	ns := func(step int) int64 { return d.time(step).UnixNano() }
	return bound{
		at: ns(at), lo: ns(max(lo-1, 0)), hi: ns(min(hi+1, d.steps)), second: ns(at) / nsPerSecond,
	}
}

// openBound makes the start of an event whose first steps are those of the log
// the first error that is seen: it had begun before.
func (d *digest) openBound(row *gridRow, b *bound, end int) {
	b.lo = math.MinInt64
	b.hi = b.at
	for i := range end {
		if e := d.errorsIn(row, i); e != nil {
			first := e.span().first
			b.at, b.hi, b.cited = first.ns, first.ns, &first
			return
		}
		if row.counts[LevelError][i] > 0 {
			return // its records are not kept
		}
	}
}

// reach is how many minutes on either side of an edge are looked at by the
// second. sharp is the longest span of seconds that is told, where the errors show
// both its ends; one of a minute is told in any case.
const (
	reach = 5
	sharp = 180
)

// narrow tells the bound of a segment to the second, among the steps from to to.
// first and last say that quiet time lies before or behind it, with the errors of
// the baseline: there the errors may rise or fall in several steps, and the
// outermost counts.
func (d *digest) narrow(row *gridRow, b *bound, from, to int, seg *edge.Segment, first, last bool) {
	base, phi := seg.Baseline/60, seg.Dispersion
	counts, start := d.secondsAround(row, b, from, to)
	s := edge.RefineCounts(counts, start, phi)
	if !s.Known {
		return
	}
	before := s.At
	for first {
		t := edge.RefineCounts(counts[:s.At-start], start, phi)
		if !t.Known || t.After < t.Before || !stands(counts[t.At-start:s.At-start], base) {
			break
		}
		s = t
	}
	for last {
		t := edge.RefineCounts(counts[s.At-start:], s.At, phi)
		if !t.Known || t.Before < t.After || !stands(counts[s.At-start:t.At-start], base) {
			break
		}
		before, s = s.At, t
	}
	if s.Hi-s.Lo > sharp || s.Hi-s.Lo > 60 && (s.Lo <= start+1 || s.Hi >= start+int64(len(counts))-1) {
		return
	}
	b.narrow, b.second = true, s.At
	b.at, b.lo, b.hi = s.At*nsPerSecond, s.Lo*nsPerSecond, (s.Hi+1)*nsPerSecond
	if last {
		b.tail = s.At - before
	}
	if first || last {
		b.cited = d.errorBeside(row, s.At, last)
	}
	if b.cited != nil {
		b.at = b.cited.ns
		b.lo, b.hi = min(b.lo, b.at-b.at%nsPerSecond), max(b.hi, b.at)
	}
}

// stands reports whether a stretch of seconds is above the quiet time by more
// than chance: clumps of errors are common in it.
func stands(counts []int64, base float64) bool {
	var n int64
	for _, c := range counts {
		n += c
	}
	expected := base * float64(len(counts))
	return float64(n) >= 2*expected && edge.Surprise(n, expected) >= leastSurprise
}

// leastSurprise is a log likelihood ratio that chance gives once in some
// thousand edges.
const leastSurprise = 10

// secondsAround counts errors per second around a bound, as far as they are
// known; start is the first second.
func (d *digest) secondsAround(row *gridRow, b *bound, from, to int) (counts []int64, start int64) {
	step := func(ns int64) int { return int(floorMinute(ns) - d.start) }
	at := step(b.at)
	lo, hi := at, at
	for lo > max(from, step(b.lo)-reach) && d.known(row, lo-1) {
		lo--
	}
	for hi < min(to, step(b.hi)+reach) && d.known(row, hi) {
		hi++
	}
	counts = make([]int64, 60*(hi-lo))
	for i := lo; i < hi; i++ {
		if e := d.errorsIn(row, i); e != nil {
			for _, s := range e.seconds {
				counts[60*(i-lo)+int(s.second)] = s.n
			}
		}
	}
	return counts, (d.start + int64(lo)) * 60
}

// errorsIn is what is kept of the errors of a step; nil is nothing.
func (d *digest) errorsIn(row *gridRow, step int) *errorMinute {
	return d.tally.errors[markKey{minute: d.start + int64(step), component: row.index}]
}

// known reports whether all errors of a step are known by the second.
func (d *digest) known(row *gridRow, step int) bool {
	n := row.counts[LevelError][step]
	if e := d.errorsIn(row, step); e != nil {
		for _, s := range e.seconds {
			n -= s.n
		}
	}
	return n == 0
}

// errorBeside is the first error from a second on, or the last before it, not
// further away than a few minutes; nil if there is none that is kept.
func (d *digest) errorBeside(row *gridRow, second int64, before bool) *mark {
	step, dir := int(floorMinute(second*nsPerSecond)-d.start), 1
	if before {
		dir = -1
	}
	for range reach {
		var best *mark
		if e := d.errorsIn(row, step); e != nil && step >= 0 && step < d.steps {
			e.each(func(s *markSpan) {
				switch {
				case before && s.last.ns < second*nsPerSecond && (best == nil || best.compare(s.last) < 0):
					best = &s.last
				case !before && s.first.ns >= second*nsPerSecond && (best == nil || best.compare(s.first) > 0):
					best = &s.first
				}
			})
		}
		if best != nil {
			return best
		}
		step += dir
	}
	return nil
}

// errorsBetween counts the errors of the seconds from to to, half open.
func (d *digest) errorsBetween(row *gridRow, from, to int64) int64 {
	return d.sumSeconds(row.counts[LevelError], from, to, func(step int) *[60]int64 {
		e := d.errorsIn(row, step)
		if e == nil || !d.known(row, step) {
			return nil
		}
		var n [60]int64
		for _, s := range e.seconds {
			n[s.second] = s.n
		}
		return &n
	})
}

// requestsBetween counts the requests of the seconds from to to, half open.
func (d *digest) requestsBetween(row *gridRow, totals []int64, from, to int64) int64 {
	return d.sumSeconds(totals, from, to, func(step int) *[60]int64 {
		n := d.tally.requests[markKey{minute: d.start + int64(step), component: row.index}]
		if n == nil {
			return nil
		}
		var sum int64
		for _, v := range n {
			sum += v
		}
		if sum != totals[step] {
			return nil
		}
		return n
	})
}

// sumSeconds adds up counts per step, and in the steps that are not wholly
// inside counts per second. A step whose seconds are not known counts where
// most of it lies.
func (d *digest) sumSeconds(counts []int64, from, to int64, seconds func(step int) *[60]int64) int64 {
	var sum int64
	for step, n := range counts {
		start := (d.start + int64(step)) * 60
		a, b := max(from-start, 0), min(to-start, 60)
		if a >= b {
			continue
		}
		if each := seconds; a > 0 || b < 60 {
			if parts := each(step); parts != nil {
				for _, v := range parts[a:b] {
					sum += v
				}
				continue
			}
		}
		if 2*(b-a) > 60 || b-a == 60 {
			sum += n
		}
	}
	return sum
}

// decayFrom is the segment with which a decay begins: short stretches at the
// end of an event, each lower than the one before. It is the number of
// segments when there is none.
func (ev *event) decayFrom() int {
	k := len(ev.segments)
	for k > 1 {
		s, before := &ev.segments[k-1], &ev.segments[k-2]
		if s.End-s.Start > maxDecayStep || s.Rate >= before.Rate {
			break
		}
		k--
	}
	return k
}

// maxDecayStep is the longest stretch of a decay, in minutes; a longer one is
// a level of its own.
const maxDecayStep = 10

// timeOf gives a bound's nanoseconds as a time.
func timeOf(ns int64) time.Time {
	if ns == math.MinInt64 {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}
