package chart

import (
	"math/bits"
	"time"

	"pir/timeline"
)

// window is the stretch of time that is drawn: from is before to.
type window struct{ from, to time.Time }

// known reports whether there is anything to place.
func (w window) known() bool { return w.to.After(w.from) }

// holds reports whether the instant is drawn; both ends are.
func (w window) holds(at time.Time) bool {
	return !at.IsZero() && !at.Before(w.from) && !at.After(w.to)
}

// seconds is the whole length, also where a time.Duration would overflow.
func (w window) seconds() int64 { return w.to.Unix() - w.from.Unix() }

// place is where an instant is on a line of n units: 0 for from and before, n
// for to and after.
func (w window) place(at time.Time, n int) int {
	switch {
	case n <= 0 || !at.After(w.from):
		return 0
	case !at.Before(w.to):
		return n
	}
	const centuries = 200 * 366 * 86400 // in nanoseconds they fit
	part, whole := uint64(at.Unix()-w.from.Unix()), uint64(w.seconds())
	if whole < centuries {
		part, whole = uint64(at.Sub(w.from)), uint64(w.to.Sub(w.from))
	}
	hi, lo := bits.Mul64(part, uint64(n))
	q, _ := bits.Div64(hi, lo, whole) // part is below whole, so it fits
	return int(q)
}

// widened is the window with a margin on both sides, at least a second.
func (w window) widened(parts int64) window {
	margin := time.Second
	if s := w.seconds() / parts; s > 0 && s < int64(100*366*24*time.Hour/time.Second) {
		margin = time.Duration(s) * time.Second
	}
	return window{w.from.Add(-margin), w.to.Add(margin)}
}

// grow takes an instant in.
func (w *window) grow(at time.Time) {
	if at.IsZero() {
		return
	}
	if w.from.IsZero() || at.Before(w.from) {
		w.from = at
	}
	if w.to.IsZero() || at.After(w.to) {
		w.to = at
	}
}

// farApart is how many times longer than the incident itself its span may be
// before the picture keeps to the incident: a cause of weeks before, or a review
// of weeks later, would leave a hairline of it.
const farApart = 4

// windowOf is the part of a timeline that is drawn: what is asked for, else its
// span, else the incident itself where the span is much longer.
func windowOf(t *timeline.Timeline, o Options) window {
	if !o.From.IsZero() && o.To.After(o.From) {
		return window{o.From.UTC(), o.To.UTC()}.widened(25)
	}
	span, acts := window{from: t.From, to: t.To}, actsOf(t)
	if span.from.IsZero() || span.to.IsZero() {
		span = acts
	}
	if span.from.IsZero() {
		for i := range t.Events {
			span.grow(t.Events[i].Time)
		}
	}
	if span.from.IsZero() {
		return window{}
	}
	span.from, span.to = span.from.UTC(), span.to.UTC()
	if !span.known() { // a single instant
		return window{span.from.Add(-30 * time.Second), span.from.Add(30 * time.Second)}
	}
	if acts.known() && span.seconds() > farApart*max(acts.seconds(), 60) {
		near := window{acts.from.UTC(), acts.to.UTC()}.widened(4)
		return window{laterOf(near.from, span.from), earlierOf(near.to, span.to)}.widened(25)
	}
	return span.widened(25)
}

// actsOf is from the first to the last thing that is surely of the incident. Its
// cause may be years before it, and it may be closed long after.
func actsOf(t *timeline.Timeline) window {
	var w window
	for _, b := range t.Milestones {
		if b.Name != timeline.Cause && b.Name != timeline.Closed {
			w.grow(b.Time)
		}
	}
	for _, e := range t.Episodes {
		w.grow(e.Start)
		w.grow(e.End)
	}
	return w
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
