package logs

import (
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
		for n, seg := range edge.Find(errors, totals, opt) {
			out = append(out, d.burst(row, totals, n, seg))
		}
	}
	return out
}

// burst makes a burst of a segment; n is its ordinal among those of the row.
func (d *digest) burst(row *gridRow, totals []int64, n int, seg edge.Segment) timeline.Burst {
	level := LevelError.String()
	errors := row.counts[LevelError]
	b := timeline.Burst{
		ID:     idOf("b", d.name, row.component, level, strconv.Itoa(n)),
		Source: d.name, Component: row.component, Level: level,
		// An edge inside a minute may count for the minute before or behind.
		Start:          d.time(seg.Start),
		StartNotBefore: d.time(max(seg.StartLo-1, 0)),
		StartNotAfter:  d.time(seg.StartHi + 1),
		RateBefore:     seg.RateBefore, Rate: seg.Rate, RateAfter: seg.RateAfter, BaselineRate: seg.Baseline,
		Rule: seg.Rule,
	}
	if seg.Baseline > 0 {
		b.Ratio = seg.Rate / seg.Baseline
	}
	if !seg.OpenEnd {
		b.End = d.time(seg.End)
		b.EndNotBefore = d.time(seg.EndLo - 1)
		b.EndNotAfter = d.time(min(seg.EndHi+1, d.steps))
	}
	peak := seg.Start
	for i := seg.Start; i < seg.End; i++ {
		b.Failed += errors[i]
		if totals != nil {
			b.Total += totals[i]
		}
		if errors[i] > errors[peak] {
			peak = i
		}
	}
	b.Peak, b.PeakRate = d.time(peak), float64(errors[peak])
	b.First, b.Last = d.firstAndLast(row, seg)
	return b
}

// firstAndLast cites the first and the last error inside a segment, where the
// marks of its minutes were kept.
func (d *digest) firstAndLast(row *gridRow, seg edge.Segment) (first, last timeline.Evidence) {
	var marks []*markSpan
	for i := seg.Start; i < seg.End; i++ {
		if s := d.tally.errors[markKey{minute: d.start + int64(i), component: row.index}]; s != nil {
			marks = append(marks, s)
		}
	}
	if len(marks) == 0 {
		return timeline.Evidence{}, timeline.Evidence{}
	}
	return d.evidence(marks[0].first), d.evidence(marks[len(marks)-1].last)
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
			h.to = max(h.to, b.End.Unix()/60)
		}
	}
	return h
}
