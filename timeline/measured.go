package timeline

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"pir/internal/when"
)

// heavyRatio is how many times the baseline a rate must be to be main impact
// where requests are not counted, and quietRate the least baseline, per minute,
// that it is compared with.
const (
	heavyRatio = 10
	quietRate  = 0.1
)

// stretch is a burst of errors with the level of impact that it stands for.
type stretch struct {
	Burst
	level   Level
	counted bool // a share of requests is known
	until   time.Time
}

// farFuture stands for the end of what has not ended.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// level is main from impact_threshold upwards: a share of requests, or ten
// times the baseline rate where requests are not counted.
func (b *builder) level(x Burst) Level {
	heavy := false
	if x.Total > 0 {
		heavy = float64(x.Failed)/float64(x.Total) >= float64(b.share)/1e6
	} else {
		heavy = x.Rate >= heavyRatio*math.Max(x.BaselineRate, quietRate)
	}
	if heavy {
		return LevelMain
	}
	return LevelResidual
}

// stretches are the bursts of errors in our own logs, by start.
func (b *builder) stretches() []stretch {
	var list []stretch
	bursts := slices.Clone(b.in.Bursts)
	sortBursts(bursts)
	for _, x := range bursts {
		x.Start, x.End = plainTime(x.Start), plainTime(x.End)
		if x.Start.IsZero() || (x.Level != "error" && x.Level != "") || b.parties[x.Source] != "" {
			continue
		}
		s := stretch{Burst: x, level: b.level(x), counted: x.Total > 0, until: x.End}
		if x.End.IsZero() {
			s.until = farFuture
		}
		if s.until.After(x.Start) {
			list = append(list, s)
		}
	}
	return list
}

// frame is one episode of impact: what the logs show of it, and the windows
// that people state.
type frame struct {
	start, end time.Time // zero is not known
	stretches  []stretch
	windows    []*window
}

// measuredFrames clusters stretches: a pause longer than episode_gap divides
// them, and so does main impact that comes back after that long at residual
// level. What never reaches main level is no episode of an incident that does,
// unless it follows main impact before the incident was over.
func (b *builder) measuredFrames() []frame {
	var clusters [][]stretch
	var end time.Time
	for _, s := range b.stretches() {
		if len(clusters) == 0 || s.Start.Sub(end) > b.gap {
			clusters = append(clusters, nil)
			end = s.until
		}
		last := len(clusters) - 1
		clusters[last] = append(clusters[last], s)
		end = later(end, s.until)
	}
	var frames []frame
	for _, c := range clusters {
		for _, part := range b.returns(c) {
			frames = append(frames, frameOf(part))
		}
	}
	return b.worthy(frames)
}

func frameOf(list []stretch) frame {
	f := frame{stretches: list}
	for _, s := range list {
		f.start = earlier(f.start, s.Start)
		f.end = later(f.end, s.until)
	}
	if f.end.Equal(farFuture) {
		f.end = time.Time{}
	}
	return f
}

// returns divides a cluster where main impact comes back.
func (b *builder) returns(list []stretch) [][]stretch {
	mains := mainsOf(list)
	var cuts []time.Time
	var end time.Time
	for _, m := range mains {
		if !end.IsZero() && m.Start.Sub(end) > b.gap {
			cuts = append(cuts, m.Start)
		}
		end = later(end, m.until)
	}
	parts := make([][]stretch, len(cuts)+1)
	for _, s := range list {
		at := 0
		for at < len(cuts) && !s.Start.Before(cuts[at]) {
			at++
		}
		if at < len(cuts) && s.until.After(cuts[at]) {
			s.until, s.End = cuts[at], cuts[at] // it goes on in the next episode
		}
		parts[at] = append(parts[at], s)
	}
	return parts
}

// mainsOf are the stretches that set the level: those that count requests,
// where any of them reaches main level; else all that do.
func mainsOf(list []stretch) []stretch {
	var counted, other []stretch
	for _, s := range list {
		switch {
		case s.level != LevelMain:
		case s.counted:
			counted = append(counted, s)
		default:
			other = append(other, s)
		}
	}
	if len(counted) > 0 {
		return counted
	}
	return other
}

func (b *builder) worthy(frames []frame) []frame {
	firstMain := slices.IndexFunc(frames, func(f frame) bool { return len(mainsOf(f.stretches)) > 0 })
	if firstMain < 0 {
		return frames
	}
	over := b.statedEnd()
	var kept []frame
	for i, f := range frames {
		heavy := len(mainsOf(f.stretches)) > 0
		if heavy || (i > firstMain && f.start.Before(over)) {
			kept = append(kept, f)
		}
	}
	return kept
}

// statedEnd is the latest end of impact, or of the incident, that is told.
func (b *builder) statedEnd() time.Time {
	var over time.Time
	for i := range b.readings {
		r := &b.readings[i]
		if r.Milestone == ImpactEnd || r.Milestone == Resolved {
			over = later(over, r.Time)
		}
	}
	return over
}

// measure reads impact_start, mitigated and impact_end off each frame's
// stretches: once off those that count requests, and once off the others.
func (b *builder) measure() {
	for i := range b.frames {
		var counted, other []stretch
		for _, s := range b.frames[i].stretches {
			if s.counted {
				counted = append(counted, s)
			} else {
				other = append(other, s)
			}
		}
		heavy := slices.ContainsFunc(counted, func(s stretch) bool { return s.level == LevelMain })
		if !heavy && slices.ContainsFunc(other, func(s stretch) bool { return s.level == LevelMain }) {
			counted, other = other, counted
		}
		if len(counted) == 0 {
			counted, other = other, nil
		}
		from := len(b.readings)
		b.measureOf(i+1, counted, false)
		second := len(b.readings)
		b.measureOf(i+1, other, true)
		b.findShadows(b.readings[from:second], b.readings[second:])
	}
}

// findShadows marks what a log of errors alone says of a component whose
// requests another one counts.
func (b *builder) findShadows(counted, other []reading) {
	for i := range other {
		name := other[i].component
		other[i].shadow = name != "" && slices.ContainsFunc(counted, func(r reading) bool { return r.component == name })
	}
}

func (b *builder) measureOf(episode int, list []stretch, second bool) {
	if len(list) == 0 {
		return
	}
	mains := mainsOf(list)
	if len(mains) == 0 {
		mains = list
	}
	start := slices.MinFunc(mains, func(x, y stretch) int { return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.ID, y.ID)) })
	byEnd := func(x, y stretch) int { return cmp.Or(x.until.Compare(y.until), cmp.Compare(y.ID, x.ID)) }
	fall := slices.MaxFunc(mains, byEnd)
	end := slices.MaxFunc(list, byEnd)
	b.addMeasured(episode, second, ImpactStart, start.Start, start.StartNotBefore, start.StartNotAfter, start, start.First)
	b.addMeasured(episode, second, Mitigated, fall.End, fall.EndNotBefore, fall.EndNotAfter, fall, fall.Last)
	b.addMeasured(episode, second, ImpactEnd, end.End, end.EndNotBefore, end.EndNotAfter, end, end.Last)
}

func (b *builder) addMeasured(episode int, second bool, m Milestone, at, lo, hi time.Time, s stretch, cited Evidence) {
	if at.IsZero() {
		return // still going where the log ends
	}
	cited.ID = cmp.Or(cited.ID, s.ID)
	cited.Quote = shortened(cited.Quote)
	b.readings = append(b.readings, reading{
		Claim: Claim{
			Milestone: m, Time: at, NotBefore: plainTime(lo), NotAfter: plainTime(hi), Precision: measuredPrecision(at, lo, hi),
			Rung: RungMeasured, Rule: b.measuredRule(m, s),
		},
		episode: episode, evidence: []Evidence{cited}, source: s.Source, origin: ParseOrigin(cited.Origin),
		kind: KindLog, party: PartyOwn, second: second, component: s.Component,
	})
}

// measuredPrecision is a minute, the step of the counts, unless the edge was
// narrowed down to less.
func measuredPrecision(at, lo, hi time.Time) Precision {
	narrow := !lo.IsZero() && !hi.IsZero() && hi.Sub(lo) < time.Minute
	if narrow || at.Second() != 0 || at.Nanosecond() != 0 {
		return when.Second
	}
	return when.Minute
}

func (b *builder) measuredRule(m Milestone, s stretch) string {
	what := cmp.Or(s.Component, s.Source)
	rule := s.Rule
	if rule == "" {
		rule = fmt.Sprintf("%s per minute before, %s inside, %s after", rateText(s.RateBefore), rateText(s.Rate), rateText(s.RateAfter))
	}
	switch {
	case m == ImpactStart && s.level == LevelMain && s.counted:
		return fmt.Sprintf("%s: %d of %d requests failed from here on, over the threshold of %s %%; %s", what, s.Failed, s.Total, percent(b.share), rule)
	case m == ImpactStart && s.level == LevelMain:
		return fmt.Sprintf("%s: errors at %d times the baseline or more from here on; %s", what, heavyRatio, rule)
	case m == ImpactStart:
		return fmt.Sprintf("%s: errors over the baseline, below the threshold of main impact; %s", what, rule)
	}
	fall := cmp.Or(s.EndRule, fmt.Sprintf("from %s errors per minute to %s", rateText(s.Rate), rateText(s.RateAfter)))
	if m == Mitigated && s.level == LevelMain {
		return fmt.Sprintf("%s: below the threshold of main impact from here on; %s", what, fall)
	}
	return fmt.Sprintf("%s: errors back at the baseline of %s; %s", what, rateText(s.BaselineRate), fall)
}

// percent writes millionths as a percentage.
func percent(millionths int64) string {
	if millionths%10_000 == 0 {
		return fmt.Sprint(millionths / 10_000)
	}
	return fmt.Sprintf("%.2f", float64(millionths)/10_000)
}

func rateText(r float64) string { return fmt.Sprintf("%.1f", finite(r)) }
