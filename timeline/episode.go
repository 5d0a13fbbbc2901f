package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// episodes are the rows of impact: for each episode the whole incident's, from
// its milestones, and each component's, from the logs. The milestones are the
// outer bounds: what a component's errors show beyond them is cut off, and what
// is told to be over is residual.
func (b *builder) episodes() []Episode {
	var list []Episode
	for i := range b.frames {
		list = append(list, b.wholeRows(i)...)
		list = append(list, b.componentRows(i)...)
	}
	slices.SortFunc(list, func(x, y Episode) int {
		return cmp.Or(cmp.Compare(x.N, y.N), cmp.Compare(x.Component, y.Component), cmp.Compare(x.Region, y.Region),
			x.Start.Compare(y.Start), cmp.Compare(x.Level, y.Level), x.End.Compare(y.End))
	})
	return list
}

// row finds the row of a milestone and episode.
func (b *builder) row(m Milestone, n int) *Boundary {
	for i := range b.rows {
		if b.rows[i].Name == m && b.rows[i].Episode == n {
			return &b.rows[i]
		}
	}
	return &Boundary{Name: m, Episode: n}
}

// wholeRows are the main and the residual part of an episode as its milestones
// bound them.
func (b *builder) wholeRows(i int) []Episode {
	start, mitigated, end := b.row(ImpactStart, i+1), b.row(Mitigated, i+1), b.row(ImpactEnd, i+1)
	if !start.Known() {
		return nil
	}
	n, from := i+1, start.Time
	to := end.Time
	if to.Before(from) {
		to = time.Time{}
	}
	level := LevelMain
	if f := &b.frames[i]; len(f.stretches) > 0 && len(f.windows) == 0 && len(mainsOf(f.stretches)) == 0 {
		level = LevelResidual
	}
	turn := mitigated.Time
	inside := mitigated.Known() && turn.After(from) && (to.IsZero() || turn.Before(to))
	if !inside || level == LevelResidual {
		if to.IsZero() && mitigated.Known() && turn.After(from) {
			return []Episode{{N: n, Start: from, End: turn, Level: level, Evidence: joined(start, mitigated)}}
		}
		return []Episode{{N: n, Start: from, End: to, Level: level, Evidence: joined(start, end)}}
	}
	rows := []Episode{{N: n, Start: from, End: turn, Level: LevelMain, Evidence: joined(start, mitigated)}}
	if !to.IsZero() || mitigated.Rung == RungMeasured {
		rows = append(rows, Episode{N: n, Start: turn, End: to, Level: LevelResidual, Evidence: joined(mitigated, end)})
	}
	return rows
}

func joined(a, b *Boundary) []Evidence {
	out := slices.Clone(a.Evidence)
	for _, e := range b.Evidence {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// componentRows are the stretches of each named component, inside the bounds
// of the episode; neighbours of one level are one row.
func (b *builder) componentRows(i int) []Episode {
	start, mitigated, end := b.row(ImpactStart, i+1).Time, b.row(Mitigated, i+1).Time, b.row(ImpactEnd, i+1).Time
	var list []Episode
	alone := !slices.ContainsFunc(b.frames[i].stretches, func(s stretch) bool { return s.name() != b.frames[i].stretches[0].name() })
	add := func(s stretch, from, to time.Time, level Level) {
		if !to.IsZero() && !to.After(from) {
			return
		}
		list = append(list, Episode{N: i + 1, Component: s.name(), Start: from, End: to, Level: level, Evidence: stretchEvidence(s)})
	}
	for _, s := range b.frames[i].stretches {
		if s.Component == "" && alone || s.OpenStart {
			continue // the whole incident's row tells it; or nobody knows its start
		}
		from, to := s.Start, s.End
		for _, at := range []time.Time{start, mitigated, end} {
			from, to = snap(from, at, s.StartNotBefore, s.StartNotAfter), snap(to, at, s.EndNotBefore, s.EndNotAfter)
		}
		from = later(from, start)
		if !end.IsZero() && (to.IsZero() || to.After(end)) {
			to = end
		}
		if s.level == LevelMain && !mitigated.IsZero() && (to.IsZero() || to.After(mitigated)) {
			add(s, from, mitigated, LevelMain)
			add(s, later(from, mitigated), to, LevelResidual)
			continue
		}
		add(s, from, to, s.level)
	}
	return mergedRows(list)
}

// snap moves an edge onto a milestone that is within its span of uncertainty.
func snap(edge, at, lo, hi time.Time) time.Time {
	if edge.IsZero() || at.IsZero() || lo.IsZero() || hi.IsZero() || at.Before(lo) || at.After(hi) {
		return edge
	}
	return at
}

func stretchEvidence(s stretch) []Evidence {
	var out []Evidence
	for _, e := range []Evidence{s.First, s.Last} {
		if e.Origin == "" || (len(out) > 0 && out[0].Origin == e.Origin) {
			continue
		}
		e.ID, e.Quote = cmp.Or(e.ID, s.ID), shortened(e.Quote)
		out = append(out, e)
	}
	return out
}

// mergedRows joins rows of one component and level that touch or overlap.
func mergedRows(list []Episode) []Episode {
	slices.SortFunc(list, func(x, y Episode) int {
		return cmp.Or(cmp.Compare(x.Component, y.Component), cmp.Compare(x.Level, y.Level), x.Start.Compare(y.Start), x.End.Compare(y.End))
	})
	var out []Episode
	for _, e := range list {
		if len(out) > 0 {
			last := &out[len(out)-1]
			open := last.End.IsZero()
			if last.Component == e.Component && last.Level == e.Level && (open || !e.Start.After(last.End)) {
				if e.End.IsZero() || open {
					last.End = time.Time{}
				} else {
					last.End = later(last.End, e.End)
				}
				last.Evidence = append(last.Evidence, e.Evidence...)
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// impactTimes adds up the impact of all episodes: their union, the part at main
// level, the rest, and the stretch from the first start to the last end. It is
// false while an episode has no end.
func impactTimes(list []Episode) (union, main, span time.Duration, ok bool) {
	var all, heavy []interval
	for _, e := range list {
		if e.Start.IsZero() || e.End.IsZero() {
			return 0, 0, 0, false
		}
		all = append(all, interval{e.Start, e.End})
		if e.Level == LevelMain {
			heavy = append(heavy, interval{e.Start, e.End})
		}
	}
	if len(all) == 0 {
		return 0, 0, 0, false
	}
	first, last := all[0].start, all[0].end
	for _, x := range all {
		first, last = earlier(first, x.start), later(last, x.end)
	}
	return total(all), total(heavy), last.Sub(first), true
}

type interval struct{ start, end time.Time }

// total is the length of the union of intervals.
func total(list []interval) time.Duration {
	slices.SortFunc(list, func(a, b interval) int { return cmp.Or(a.start.Compare(b.start), a.end.Compare(b.end)) })
	var sum time.Duration
	var end time.Time
	for _, x := range list {
		if !end.IsZero() && !x.end.After(end) {
			continue
		}
		start := x.start
		if !end.IsZero() && start.Before(end) {
			start = end
		}
		sum += x.end.Sub(start)
		end = x.end
	}
	return sum
}

// checkReopened tells of impact that came back after the incident was closed.
func (b *builder) checkReopened() {
	for i := range b.readings {
		r := &b.readings[i]
		if r.Milestone != Resolved || r.Time.IsZero() || r.weak || r.Rung == RungDerived {
			continue
		}
		for n := range b.frames {
			start := b.row(ImpactStart, n+1)
			since := start.Time.Sub(r.Time)
			if !start.Known() || since <= 0 || since > b.reopen {
				continue
			}
			b.warn(WarnReopened, fmt.Sprintf("impact came back at %s, %s after the incident was resolved at %s; both times are kept",
				clock(start.Time), words(since), clock(r.Time)), append(slices.Clone(r.evidence), start.Evidence...)...)
			break
		}
	}
}
