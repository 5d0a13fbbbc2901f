package logs

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"pir/logs/pattern"
	"pir/timeline"
)

// maxSignals is how many signals a source gives: the worst that changed most.
const maxSignals = 50

// group is a template of one component and level.
type group struct {
	template  string
	component string
	level     Level
	count     int64
	now       int64
	span      markSpan
	minutes   minutes
	ids       []uint64 // of its texts, where they are errors
}

// signals are the patterns of a source that changed inside the hull, and
// those of errors and warnings, ranked.
func (d *digest) signals(now hull) []timeline.Signal {
	spans := d.compareSpans(now)
	type candidate struct {
		signal timeline.Signal
		rank   pattern.Ranked
	}
	var all []candidate
	for _, g := range d.patterns {
		s, change := d.signal(&g, spans)
		if change.Kind == pattern.KindSteady && (g.level < LevelWarning || s.Count == 0) {
			continue
		}
		rank := pattern.Ranked{Change: change, Severity: int(g.level), Name: g.template + "\x00" + g.component}
		all = append(all, candidate{s, rank})
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case pattern.Less(a.rank, b.rank):
			return -1
		case pattern.Less(b.rank, a.rank):
			return 1
		}
		return 0
	})
	out := make([]timeline.Signal, 0, min(len(all), maxSignals))
	for _, c := range all[:min(len(all), maxSignals)] {
		out = append(out, c.signal)
	}
	return out
}

// groups merges the masked messages of the source into templates. Components
// and levels are kept apart, and requests as they are: path and status.
func (d *digest) groups() []group {
	t := d.tally
	var groups []group
	var keys []textKey
	var texts []pattern.Text
	for _, k := range sortedKeys(t.texts, true, t.compareTexts) {
		x := t.texts[k]
		if k.status > 0 {
			groups = append(groups, d.group(x.masked+" "+strconv.Itoa(int(k.status)), k))
			groups[len(groups)-1].absorb(x)
			continue
		}
		keys = append(keys, k)
		texts = append(texts, pattern.Text{
			Masked: x.masked, Key: t.names[k.component] + "\x00" + k.level.String(), Count: x.count, Sample: x.span.first.quote,
		})
	}
	merged, index := pattern.Merge(texts, pattern.Options{})
	mined := make([]group, len(merged))
	for i, k := range keys {
		g := &mined[index[i]]
		if g.count == 0 {
			*g = d.group(merged[index[i]].Template, k)
		}
		g.absorb(t.texts[k])
	}
	groups = append(groups, slices.DeleteFunc(mined, func(g group) bool { return g.count == 0 })...)
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.level, a.level), cmp.Compare(b.count, a.count),
			cmp.Compare(a.component, b.component), cmp.Compare(a.template, b.template))
	})
	return slices.Clone(groups[:min(len(groups), maxGroups)])
}

// maxGroups is how many templates of a source are kept to be compared: the
// worst and the commonest.
const maxGroups = 2000

func (d *digest) group(template string, k textKey) group {
	return group{template: template, component: d.tally.names[k.component], level: k.level, span: d.tally.texts[k].span}
}

func (g *group) absorb(x *text) {
	g.span.absorb(&x.span)
	g.count += x.count
	g.now += x.now
	g.minutes.absorb(&x.minutes)
	if g.level == LevelError {
		g.ids = append(g.ids, x.id)
	}
}

// compared are the stretches of minutes that are set against each other.
type compared struct {
	now       hull
	base      hull
	nowLength time.Duration
	baseLen   time.Duration
}

// fullBaseline is how many minutes before the hull are a baseline without
// question.
const fullBaseline = 30

// compareSpans sets the hull against the time before it; where that is short,
// against the time after it if that is longer.
func (d *digest) compareSpans(now hull) compared {
	first, end := d.start, d.start+int64(d.steps)
	if !now.known || d.steps == 0 {
		return compared{now: hull{from: first, to: end}}
	}
	now.from, now.to = min(max(now.from, first), end), max(min(now.to, end), first)
	c := compared{now: now, base: hull{from: first, to: now.from}}
	if before := now.from - first; !now.windowed && before < fullBaseline && before < end-now.to {
		c.base = hull{from: now.to, to: end}
	}
	c.nowLength = time.Duration(max(now.to-now.from, 0)) * time.Minute
	c.baseLen = time.Duration(max(c.base.to-c.base.from, 0)) * time.Minute
	return c
}

// signal compares one template.
func (d *digest) signal(g *group, c compared) (timeline.Signal, pattern.Change) {
	s := timeline.Signal{
		ID:     idOf("s", d.name, g.component, g.level.String(), g.template),
		Source: d.name, Component: g.component, Pattern: g.template, Level: g.level.String(),
		First: time.Unix(0, g.span.first.ns).UTC(), Last: time.Unix(0, g.span.last.ns).UTC(),
		Peak: minuteTime(g.minutes.peak()), Sample: g.span.first.quote, Origin: d.origin(g.span.first),
	}
	s.Count, s.Baseline, s.About = g.compare(c)
	if s.Peak.Before(s.First) {
		s.Peak = s.First.Truncate(time.Minute)
	}
	change := pattern.Classify(s.Count, s.Baseline, c.nowLength, c.baseLen)
	s.Change, s.Ratio = change.Kind, change.Ratio
	s.Rate = perMinute(s.Count, c.nowLength)
	s.BaselineRate = perMinute(s.Baseline, c.baseLen)
	if m := d.inside(g, c.now); m != nil && change.Kind == pattern.KindSurging {
		s.Sample, s.Origin = m.quote, d.origin(*m)
	}
	return s, change
}

// inside is the first of the group's errors inside the hull that is kept; nil if
// there is none.
func (d *digest) inside(g *group, now hull) *mark {
	var first *mark
	for _, id := range g.ids {
		m, ok := d.early[earlyKey{g.component, id}]
		if at := floorMinute(m.ns); ok && at >= now.from && at < now.to && (first == nil || m.compare(*first) < 0) {
			first = &m
		}
	}
	return first
}

// findEarly finds the first error of each text inside a burst, among those that
// are kept where a burst begins.
func (d *digest) findEarly() {
	d.early = make(map[earlyKey]mark)
	for i := range d.rows {
		row := &d.rows[i]
		for _, b := range d.bursts {
			if b.Component != row.component {
				continue
			}
			first := int(floorMinute(b.Start.UnixNano()) - d.start)
			for step := max(first, 0); step < min(first+reach, d.steps); step++ {
				e := d.errorsIn(row, step)
				if e == nil {
					continue
				}
				e.each(func(s *markSpan) {
					for _, m := range []mark{s.first, s.last} {
						key := earlyKey{row.component, m.id}
						if old, ok := d.early[key]; m.ns >= b.Start.UnixNano() && (!ok || m.compare(old) < 0) {
							d.early[key] = m
						}
					}
				})
			}
		}
	}
}

// compare counts inside the hull and in the baseline, and tells whether the
// counts are estimates. What began inside the hull was not there before.
func (g *group) compare(c compared) (now, base int64, about bool) {
	switch {
	case !c.now.known:
		return g.count, 0, false
	case c.now.windowed:
		return g.now, g.count - g.now, false
	}
	now, exact := g.minutes.between(c.now.from, c.now.to)
	base, exactBase := g.minutes.between(c.base.from, c.base.to)
	if about = !exact || !exactBase; about && c.base.to == c.now.from && floorMinute(g.span.first.ns) >= c.now.from {
		now, base = now+base, 0
	}
	return now, base, about
}

func perMinute(n int64, span time.Duration) float64 {
	if span <= 0 {
		return 0
	}
	return float64(n) / span.Minutes()
}
