package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pir/internal/when"
)

// findFrames divides the impact into episodes and gives each reading of
// impact_start, mitigated and impact_end the number of its own.
func (b *builder) findFrames() {
	b.frames = b.measuredFrames()
	slices.SortFunc(b.windows, compareWindows)
	measured := len(b.frames)
	for _, w := range b.windows {
		if w.start.IsZero() || w.end.IsZero() || !w.end.After(w.start) || w.outside {
			continue
		}
		if !b.joinFrames(w) {
			b.frames = append(b.frames, frame{start: w.start, end: w.end, windows: []*window{w}})
		}
	}
	if len(b.frames) == 0 {
		b.frames = []frame{b.pointFrame()}
	}
	b.dropEarlyEnds()
	if measured == 0 {
		b.addReturns()
	}
	for i := range b.readings {
		for b.readings[i].Rung == RungGiven && len(b.frames) < min(b.readings[i].episode, 1000) {
			b.frames = append(b.frames, frame{})
		}
	}
	slices.SortStableFunc(b.frames, func(x, y frame) int {
		if x.start.IsZero() != y.start.IsZero() {
			return cmp.Compare(boolRank(x.start.IsZero()), boolRank(y.start.IsZero()))
		}
		return cmp.Or(x.start.Compare(y.start), x.end.Compare(y.end))
	})
	b.measure()
	for i := range b.readings {
		b.assign(&b.readings[i])
	}
	if measured > 0 {
		b.tellPauses()
	}
}

func boolRank(v bool) int {
	if v {
		return 1
	}
	return 0
}

// joinFrames adds the window to every frame that it touches. A frame that only
// windows made grows with it.
func (b *builder) joinFrames(w *window) bool {
	joined := false
	for i := range b.frames {
		f := &b.frames[i]
		apart := w.start.Sub(f.end) > b.gap && !f.end.IsZero()
		if apart || f.start.Sub(w.end) > b.gap {
			continue
		}
		joined = true
		f.windows = append(f.windows, w)
		if len(f.stretches) == 0 {
			f.start, f.end = earlier(f.start, w.start), later(f.end, w.end)
		}
	}
	return joined
}

// pointFrame is the one episode of an incident without logs and windows.
func (b *builder) pointFrame() frame {
	var f frame
	for i := range b.readings {
		r := &b.readings[i]
		switch {
		case r.outside || r.again && r.Time.After(b.begun()):
		case r.Milestone == ImpactStart:
			f.start = earlier(f.start, r.Time)
		case r.Milestone == ImpactEnd:
			f.end = later(f.end, r.Time)
		}
	}
	if f.end.Before(f.start) {
		f.end = time.Time{}
	}
	return f
}

// begun is the earliest time at which somebody was hurt or at work, as far as
// the readings tell.
func (b *builder) begun() time.Time {
	var at time.Time
	for i := range b.readings {
		r := &b.readings[i]
		switch r.Milestone {
		case ImpactStart, Detected, Acknowledged, Declared, Engaged, Identified:
			if !r.outside {
				at = earlier(earlier(at, r.Time), r.NotAfter)
			}
		}
	}
	return at
}

// dropEarlyEnds forgets what was jotted of an end before anything had begun:
// "deployed, all good".
func (b *builder) dropEarlyEnds() {
	begun := b.begun()
	b.readings = slices.DeleteFunc(b.readings, func(r reading) bool {
		return r.jotted && isEnd(r.Milestone) && !begun.IsZero() && !r.Time.IsZero() && r.Time.Before(begun)
	})
}

// addReturns makes an episode of each return of impact that people tell of and
// that no frame holds. It divides the frame before it at the last end that is
// told.
func (b *builder) addReturns() {
	var list []time.Time
	for i := range b.readings {
		if r := &b.readings[i]; r.again && !r.outside && !r.Time.IsZero() {
			list = append(list, r.Time)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	begun := b.begun()
	for _, at := range list {
		last := &b.frames[len(b.frames)-1]
		if last.start.IsZero() {
			last.start = begun
		}
		if !at.After(last.start) || len(last.windows) > 0 && !at.After(last.end) {
			continue
		}
		if len(last.windows) == 0 {
			end := b.endBetween(last.start, at)
			if end.IsZero() && len(b.frames) > 1 {
				continue // the same return, told twice
			}
			last.end = end
		}
		next := frame{start: at, end: b.endBetween(at, farFuture)}
		if len(b.frames) < maxReturns {
			b.frames = append(b.frames, next)
		}
	}
}

// maxReturns bounds how many episodes are told apart by words alone.
const maxReturns = 100

// endBetween is the last end that is told of between two times.
func (b *builder) endBetween(from, to time.Time) time.Time {
	var at time.Time
	for i := range b.readings {
		r := &b.readings[i]
		if (r.Milestone == Mitigated || r.Milestone == ImpactEnd || r.Milestone == Resolved) && !r.outside && r.Time.After(from) && r.Time.Before(to) {
			at = later(at, r.Time)
		}
	}
	return at
}

// repeats reports whether the milestone has one row per episode.
func repeats(m Milestone) bool { return m == ImpactStart || m == Mitigated || m == ImpactEnd }

// assign gives a reading its episode: the frames of its window, else the frame
// that holds or is nearest to its time.
func (b *builder) assign(r *reading) {
	if !repeats(r.Milestone) || (r.episode > 0 && r.episode <= len(b.frames)) {
		return
	}
	r.episode = 1
	if r.window != nil {
		for i := range b.frames {
			if slices.Contains(b.frames[i].windows, r.window) {
				r.episode = i + 1
				if r.Milestone == ImpactStart {
					return
				}
			}
		}
		return
	}
	at := r.Time
	if at.IsZero() {
		at = later(r.NotAfter, r.NotBefore)
	}
	b.assignNearest(r, at)
}

func (b *builder) assignNearest(r *reading, at time.Time) {
	if r.Milestone == ImpactStart && !r.Time.IsZero() {
		best := time.Duration(1<<63 - 1)
		for i := range b.frames {
			if d := b.frames[i].start.Sub(at).Abs(); !b.frames[i].start.IsZero() && d < best {
				best, r.episode = d, i+1
			}
		}
		return
	}
	for i := range b.frames {
		if s := b.frames[i].start; !s.IsZero() && !s.After(at) {
			r.episode = i + 1
		}
	}
}

// tellPauses tells of stated windows in which the logs show a pause: the
// window is the outer bound, the pause still divides it.
func (b *builder) tellPauses() {
	for i := 1; i < len(b.frames); i++ {
		before, after := &b.frames[i-1], &b.frames[i]
		if len(before.stretches) == 0 || len(after.stretches) == 0 || before.end.IsZero() || !after.start.After(before.end) {
			continue
		}
		for _, w := range b.windows {
			if !w.start.Before(before.end) || !w.end.After(after.start) {
				continue
			}
			last := before.stretches[len(before.stretches)-1]
			b.warn(WarnConflict, fmt.Sprintf("impact_end: %s tells of impact from %s to %s; the logs show a pause of %s from %s to %s, which divides it",
				w.evidence.Origin, clock(w.start), clock(w.end), when.Words(after.start.Sub(before.end)), clock(before.end), clock(after.start)),
				w.evidence, last.Last, after.stretches[0].First)
		}
	}
}

// clock writes a time for a message: the full date, to the minute or second.
func clock(t time.Time) string {
	if t.Second() == 0 {
		return t.UTC().Format("2006-01-02 15:04 UTC")
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
