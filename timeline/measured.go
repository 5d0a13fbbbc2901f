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

// mainsOf are the stretches that set the level: those at main level. What a log
// of errors alone shows of a component whose requests another one counts is left
// to that one.
func mainsOf(list []stretch) []stretch {
	var mains []stretch
	told, _ := shadowed(list)
	for _, s := range told {
		if s.level == LevelMain {
			mains = append(mains, s)
		}
	}
	return mains
}

// name is what is hurt: the component, else the source.
func (s *stretch) name() string { return cmp.Or(s.Component, s.Source) }

// shadowed divides stretches into those that tell of the impact, and those that
// stand in the shadow of a log that counts requests: of the same component; or
// such as never reach main level, where that one does. What fails in several
// places is hurt from the first start to the last end.
func shadowed(list []stretch) (told, shadow []stretch) {
	counted, heavy := map[string]bool{}, map[string]bool{}
	heavyCount := false
	for i := range list {
		s := &list[i]
		if s.counted && s.Component != "" {
			counted[s.Component] = true
		}
		if s.level == LevelMain {
			heavy[s.name()] = true
			heavyCount = heavyCount || s.counted
		}
	}
	for _, s := range list {
		switch {
		case s.counted, !counted[s.Component] && (heavy[s.name()] || !heavyCount):
			told = append(told, s)
		default:
			shadow = append(shadow, s)
		}
	}
	return told, shadow
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
// stretches, and again off those in the shadow of others.
func (b *builder) measure() {
	for i := range b.frames {
		told, shadow := shadowed(b.frames[i].stretches)
		b.measureOf(i+1, told, false)
		b.measureOf(i+1, shadow, true)
	}
}

// measureOf reads them off each component, or source where none is named: what
// is hurt in several places begins with the first and ends with the last.
func (b *builder) measureOf(episode int, list []stretch, second bool) {
	mains := mainsOf(list)
	if len(mains) == 0 {
		mains = list
	}
	cut := func(s stretch) bool { return s.End.IsZero() }
	for i, s := range edgesOf(mains, byStart, func(s stretch) bool { return s.OpenStart }) {
		if s.OpenStart {
			b.addMeasured(episode, second || i > 0, ImpactStart, time.Time{}, time.Time{}, s.Start, s, s.First)
		} else {
			b.addMeasured(episode, second || i > 0, ImpactStart, s.Start, s.StartNotBefore, s.StartNotAfter, s, s.First)
		}
	}
	for i, s := range edgesOf(mains, byEnd, cut) {
		b.addMeasured(episode, second || i > 0, Mitigated, s.End, s.EndNotBefore, s.EndNotAfter, s, s.Last)
	}
	for i, s := range edgesOf(list, byEnd, cut) {
		b.addMeasured(episode, second || i > 0, ImpactEnd, s.End, s.EndNotBefore, s.EndNotAfter, s, s.Last)
	}
}

// byStart and byEnd put the stretch first whose start or end is that of several.
// Of equals it is the one that counts requests.
func byStart(x, y stretch) int {
	return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(boolRank(!x.counted), boolRank(!y.counted)), cmp.Compare(x.ID, y.ID))
}

func byEnd(x, y stretch) int {
	return cmp.Or(y.until.Compare(x.until), cmp.Compare(boolRank(!x.counted), boolRank(!y.counted)), cmp.Compare(x.ID, y.ID))
}

// edgesOf are the outermost stretches of each component, the outermost of all
// first. Where that one is cut off by an end of its log, those of the others
// bound nothing, and are left out.
func edgesOf(list []stretch, outer func(x, y stretch) int, cut func(s stretch) bool) []stretch {
	list = slices.Clone(list)
	slices.SortFunc(list, outer)
	var out []stretch
	for _, s := range list {
		if !slices.ContainsFunc(out, func(o stretch) bool { return o.name() == s.name() }) {
			out = append(out, s)
		}
	}
	if len(out) > 0 && cut(out[0]) {
		return out[:1]
	}
	return out
}

func (b *builder) addMeasured(episode int, second bool, m Milestone, at, lo, hi time.Time, s stretch, cited Evidence) {
	if at.IsZero() && lo.IsZero() && hi.IsZero() {
		return // still going, nobody knows where the log ends
	}
	cited.ID = cmp.Or(cited.ID, s.ID)
	cited.Quote = shortened(cited.Quote)
	b.readings = append(b.readings, reading{
		Claim: Claim{
			Milestone: m, Time: at, NotBefore: plainTime(lo), NotAfter: plainTime(hi), Precision: measuredPrecision(at, lo, hi),
			Rung: RungMeasured, Rule: b.measuredRule(m, s),
		},
		episode: episode, evidence: []Evidence{cited}, source: s.Source, origin: ParseOrigin(cited.Origin),
		kind: KindLog, party: PartyOwn, second: second,
	})
}

// measuredPrecision is a minute, the step of the counts, unless the edge was
// narrowed down to less.
func measuredPrecision(at, lo, hi time.Time) Precision {
	if at.IsZero() {
		at = later(lo, hi) // a bound is where a log begins or ends
	}
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
	if m == ImpactStart && s.OpenStart {
		return fmt.Sprintf("%s: errors from the first records on that were read, so that their start is not known; %s", what, rule)
	}
	if m != ImpactStart && s.End.IsZero() {
		return fmt.Sprintf("%s: errors to the last records that were read, %s per minute", what, rateText(s.Rate))
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
