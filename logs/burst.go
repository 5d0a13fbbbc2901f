package logs

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"pir/logs/edge"
	"pir/timeline"
)

// findBursts finds the stretches of errors above the baseline, component by
// component.
func (d *digest) findBursts() []timeline.Burst {
	var out []timeline.Burst
	for i := range d.rows {
		row := &d.rows[i]
		errors := row.counts[LevelError]
		if errors == nil {
			continue
		}
		opt := edge.Options{Step: time.Minute, Noun: "errors"}
		if row.requests {
			opt.Noun = "failed requests"
		}
		totals := row.totals(d.steps)
		if totals == nil {
			opt.Others = d.others(row)
		}
		n := 0
		for _, ev := range d.eventsOf(row, edge.Find(errors, totals, opt)) {
			d.recount(row, totals, &ev)
			for k := range ev.segments {
				out = append(out, d.burst(row, totals, n, &ev, k))
				n++
			}
		}
	}
	return out
}

// burst makes a burst of segment k of an event; n is its ordinal among those
// of the row.
func (d *digest) burst(row *gridRow, totals []int64, n int, ev *event, k int) timeline.Burst {
	level := LevelError.String()
	errors := row.counts[LevelError]
	seg, from, to := ev.segments[k], &ev.bounds[k], &ev.bounds[k+1]
	b := timeline.Burst{
		ID:     idOf("b", d.name, row.component, level, strconv.Itoa(n)),
		Source: d.name, Component: row.component, Level: level,
		Start: timeOf(from.at), StartNotBefore: timeOf(from.lo), StartNotAfter: timeOf(from.hi),
		RateBefore: seg.RateBefore, Rate: seg.Rate, RateAfter: seg.RateAfter, BaselineRate: seg.Baseline,
		Rule: seg.Rule, EndRule: seg.EndRule,
	}
	if seg.Baseline > 0 {
		b.Ratio = seg.Rate / seg.Baseline
	}
	if !seg.OpenEnd {
		b.End, b.EndNotBefore, b.EndNotAfter = timeOf(to.at), timeOf(to.lo), timeOf(to.hi)
	} else {
		b.EndNotBefore = timeOf(min(d.last, d.time(d.steps).UnixNano()))
	}
	if seg.OpenStart && k == 0 {
		b.OpenStart, b.StartNotBefore = true, time.Time{}
	}
	if k == len(ev.segments)-1 && !seg.OpenEnd {
		d.decay(row, ev, &b)
	}
	b.Failed = d.errorsBetween(row, from.second, to.second)
	if totals != nil {
		b.Total = d.requestsBetween(row, totals, from.second, to.second)
	}
	peak := seg.Start
	for i := seg.Start; i < seg.End; i++ {
		if errors[i] > errors[peak] {
			peak = i
		}
	}
	b.Peak, b.PeakRate = d.time(peak), float64(errors[peak])
	b.First, b.Last = d.firstAndLast(row, seg, from, to)
	return b
}

// recount makes the rates of an event those between its bounds: what was counted
// there, over the time between them.
func (d *digest) recount(row *gridRow, totals []int64, ev *event) {
	stretch := func(from, to, fromAt, toAt int64) edge.Stretch {
		s := edge.Stretch{Counts: d.errorsBetween(row, from, to), Steps: float64(max(toAt-fromAt, nsPerSecond)) / float64(nsPerMinute)}
		if from >= to {
			return edge.Stretch{}
		}
		if totals != nil {
			s.Totals = d.requestsBetween(row, totals, from, to)
		}
		return s
	}
	step := func(n int) int64 { return (d.start + int64(n)) * 60 }
	for k := range ev.segments {
		seg, from, to := &ev.segments[k], &ev.bounds[k], &ev.bounds[k+1]
		first, firstAt := step(seg.Before), step(seg.Before)*nsPerSecond
		if k > 0 {
			first, firstAt = ev.bounds[k-1].second, ev.bounds[k-1].at
		}
		last, lastAt := step(seg.After), step(seg.After)*nsPerSecond
		if k+2 < len(ev.bounds) {
			last, lastAt = ev.bounds[k+2].second, ev.bounds[k+2].at
		}
		seg.Recount(stretch(first, from.second, firstAt, from.at),
			stretch(from.second, to.second, from.at, to.at),
			stretch(to.second, last, to.at, lastAt))
	}
}

// decay says that an event came to its end step by step. The end of a decay is
// lost in the baseline: it may lie behind the last step that shows by as much as
// such a fall can hide.
func (d *digest) decay(row *gridRow, ev *event, b *timeline.Burst) {
	last := len(ev.segments)
	end := &ev.bounds[last]
	k := ev.decayFrom()
	if k == last && end.tail == 0 {
		return
	}
	since := end.second - end.tail
	if k < last {
		since = ev.bounds[k].second
		end.tail = max(end.tail, end.second-ev.bounds[last-1].second)
	}
	if end.narrow {
		n := d.errorsBetween(row, end.second-end.tail, end.second)
		b.EndNotAfter = timeOf(end.hi + hiddenTail(n, end.tail, ev.segments[last-1].Baseline/60)*nsPerSecond)
	}
	length := secondsText(end.second - since)
	b.EndRule = edge.Fall(ev.segments[max(k-1, 0)], ev.segments[last-1]) + " in a decay of " + length
	b.Rule += "; it ends in a decay of " + length
}

// mostHidden is the longest tail of a decay that is believed to be hidden, in
// seconds.
const mostHidden = 60

// hiddenTail is how many seconds a fall may go on where the baseline hides it. It
// fell from n errors in its last so many seconds, with base errors a second in
// quiet time. Errors that fall in a straight line show again when they make up
// more than ten and four standard deviations of the baseline.
func hiddenTail(n, seconds int64, base float64) int64 {
	for t := int64(1); t < min(seconds, mostHidden); t++ {
		excess := float64(n*t*t)/float64(seconds*seconds) - 10
		if excess > 0 && float64(excess*excess) >= float64(16*float64(base*float64(t))) {
			return t
		}
	}
	return min(seconds, mostHidden)
}

// secondsText writes a length of time, such as 4 min 55 s.
func secondsText(n int64) string {
	if n < 60 {
		return fmt.Sprintf("%d s", n)
	}
	return fmt.Sprintf("%d min %d s", n/60, n%60)
}

// firstAndLast cites the first and the last error inside a segment, where the
// marks of its minutes were kept.
func (d *digest) firstAndLast(row *gridRow, seg edge.Segment, from, to *bound) (first, last timeline.Evidence) {
	a, b := from.cited, to.cited
	if a == nil && from.narrow {
		a = d.errorBeside(row, from.second, false)
	}
	if b == nil && to.narrow {
		b = d.errorBeside(row, to.second, true)
	}
	for i := seg.Start; i < seg.End; i++ {
		e := d.errorsIn(row, i)
		if e == nil {
			continue
		}
		s := e.span()
		if a == nil {
			a = &s.first
		}
		if !to.narrow {
			b = &s.last
		}
	}
	if a != nil {
		first = d.evidence(*a)
	}
	if b != nil {
		last = d.evidence(*b)
	}
	return first, last
}

// hull is a stretch of minutes, half open, in which the incident shows, and
// whether anything bounds it.
type hull struct {
	from, to int64
	known    bool
	windowed bool // it is the window that was asked for
}

// hullOf is the time from the first burst to the end of the last, else the
// window that was asked for.
func hullOf(jobs []*job, bursts []timeline.Burst) hull {
	if len(bursts) == 0 {
		if len(jobs) > 0 && jobs[0].window.base != jobs[0].window.from {
			w := jobs[0].window
			return hull{from: floorMinute(w.from), to: floorMinute(w.to-1) + 1, known: true, windowed: true}
		}
		return hull{}
	}
	h := hull{known: true, from: math.MaxInt64, to: math.MinInt64}
	for _, b := range bursts {
		h.from = min(h.from, b.Start.Unix()/60)
		if b.End.IsZero() {
			h.to = math.MaxInt64
		} else {
			h.to = max(h.to, floorMinute(b.End.UnixNano()-1)+1)
		}
	}
	return h
}
