// Package edge finds where the rate of a counted series rises and falls.
//
// A series is a list of counts, one for each step of time. Find cuts it into
// stretches of constant rate and returns those that stand above the baseline,
// each with the span of steps in which its edges may lie. Where a series of
// totals is given, the rate is a share of the total, so that traffic which
// comes and goes is no event.
//
// Results depend on the input alone: no clock, no randomness, and every
// decision is made on numbers rounded to a millionth, so that the last bits of
// a processor's arithmetic cannot turn it.
package edge

import (
	"slices"
	"time"
)

// Options steer Find. The zero value means the defaults named beside the
// fields.
type Options struct {
	// MinSegment is the least length of a segment in steps; 0 means 3.
	MinSegment int
	// MinRatio is how many times the baseline a segment's rate must be; 0
	// means 2.
	MinRatio float64
	// MinExcess is how many counts above the expected ones a segment must
	// hold; 0 means 8.
	MinExcess int64
	// Step is the length of one step, for the wording of Rule alone; 0 means
	// one minute.
	Step time.Duration
	// Noun is what is counted, in the plural, for the wording of Rule; empty
	// means "errors".
	Noun string
	// Others are the records of the same stream that are no errors, one count for
	// each step, where totals are not known: when they become more by as much as
	// the errors do, there is more of everything and no event. Nil, or few of
	// them, means that nothing is known of that.
	Others []int64
	// Period is the number of steps of the cycle that must not be taken for an
	// event when there are no totals; 0 means a day of Steps, below 0 none.
	Period int
}

// Segment is a stretch of constant rate above the baseline. Positions are
// steps from the start of the series and half open: Start is the first step
// inside, End the first step after it.
type Segment struct {
	Start, End       int
	StartLo, StartHi int // first and last step that may be the true Start
	EndLo, EndHi     int // first and last step that may be the true End
	// Before and After are the first step of the stretch before and the first
	// behind the stretch after: it runs from Before to Start, and from End to
	// After. They are Start and End where there is none.
	Before, After int
	// Rate, RateBefore and RateAfter are mean counts per step inside, in the
	// stretch before and in the stretch after; 0 where there is none.
	Rate, RateBefore, RateAfter float64
	// Baseline is the expected count per step inside, from the quiet part. It
	// follows the totals where they are given.
	Baseline float64
	Above    bool    // the rate is above the baseline; always so in Find's result
	LLR      float64 // log likelihood ratio against the baseline, dispersion taken out
	Rule     string  // why it was found, as a fragment of a sentence
	EndRule  string  // how the rate changes at End; empty with OpenEnd
	Weak     bool    // found by the scan statistic alone
	// OpenStart and OpenEnd say that it reaches an end of the series: what is
	// before or behind is not known.
	OpenStart, OpenEnd bool
	// Dispersion is how many times larger than a Poisson count's the variance of
	// the series is; at least 1.
	Dispersion float64

	found found
}

// Find returns the segments above the baseline, in order and disjoint.
// Segments of one event that differ in rate touch each other. totals is nil,
// or holds for each step the number of trials of which counts are a part; if
// it is shorter than counts the missing totals are zero. Negative counts are
// read as zero. It never panics.
//
// The series should span the time for which there are records of any kind:
// steps without errors are quiet time, steps without a log are not.
func Find(counts, totals []int64, opt Options) []Segment {
	opt = opt.withDefaults()
	if len(opt.Others) != len(counts) {
		opt.Others = nil
	}
	if inner, at := lively(counts, totals, opt); inner != nil {
		for i := range inner {
			inner[i].shift(at)
		}
		return inner
	}
	return find(counts, totals, opt)
}

// lively looks for events between the first and the last count. Silence at an
// end may mean that there was no service rather than that all was well, so
// where the steps between hold a baseline of their own that is longer than the
// silence, it is the one that counts. Otherwise lively returns nil.
func lively(counts, totals []int64, opt Options) (found []Segment, at int) {
	a, b := 0, len(counts)
	for a < b && counts[a] <= 0 {
		a++
	}
	for a < b && counts[b-1] <= 0 {
		b--
	}
	silent := len(counts) - (b - a)
	if silent == 0 || b-a <= silent || totals != nil {
		return nil, 0
	}
	if opt.Others != nil {
		opt.Others = opt.Others[a:b]
	}
	found = find(counts[a:b], nil, opt)
	quiet := b - a
	for _, g := range found {
		quiet -= g.End - g.Start
	}
	if len(found) == 0 || quiet <= silent || found[0].Start == 0 || found[len(found)-1].OpenEnd {
		return nil, 0
	}
	return found, a
}

func (g *Segment) shift(by int) {
	for _, p := range []*int{&g.Start, &g.End, &g.Before, &g.After, &g.StartLo, &g.StartHi, &g.EndLo, &g.EndHi} {
		*p += by
	}
}

func find(counts, totals []int64, opt Options) []Segment {
	e := &events{series: newSeries(counts, totals), opt: opt}
	if totals == nil {
		e.others = sums(opt.Others)
	}
	if e.n == 0 || e.y[e.n] < opt.MinExcess {
		return nil
	}
	e.near = opt.steps(time.Hour)
	if opt.Period > 0 {
		e.near = opt.Period / quietDivisor
	}
	e.near = max(e.near, 2*opt.MinSegment)
	// Two changes of rate must be worth as much as threshold asks of an event.
	e.bounds = e.segment(opt.MinSegment, float64(e.threshold()/2*e.phi))
	runs, weak := e.find(), false
	if len(runs) == 0 {
		runs, weak = e.windows(e.scan()), true
	}
	var found []Segment
	for _, r := range runs {
		for k := r[0]; k < r[1]; k++ {
			found = append(found, e.describe(r, k, weak))
		}
	}
	return found
}

func (opt Options) withDefaults() Options {
	if opt.MinSegment <= 0 {
		opt.MinSegment = 3
	}
	if opt.MinRatio <= 1 {
		opt.MinRatio = 2
	}
	if opt.MinExcess <= 0 {
		opt.MinExcess = 8
	}
	if opt.Step <= 0 {
		opt.Step = time.Minute
	}
	if opt.Noun == "" {
		opt.Noun = "errors"
	}
	if opt.Period == 0 {
		opt.Period = opt.steps(24 * time.Hour)
	}
	return opt
}

// steps returns how many steps d lasts, at least one.
func (opt Options) steps(d time.Duration) int { return int(max(d/opt.Step, 1)) }

// windows replaces the segmentation by one in which the given windows are
// segments, and returns the runs that they are.
func (e *events) windows(found [][2]int) [][2]int {
	slices.SortFunc(found, func(a, b [2]int) int { return a[0] - b[0] })
	bounds := []int{0, e.n}
	for _, w := range found {
		bounds = append(bounds, w[0], w[1])
	}
	slices.Sort(bounds)
	e.bounds = slices.Compact(bounds)
	e.above = make([]bool, len(e.bounds)-1)
	var runs [][2]int
	for _, w := range found {
		k, _ := slices.BinarySearch(e.bounds, w[0])
		e.above[k] = true
		runs = append(runs, [2]int{k, k + 1})
	}
	return runs
}

// describe makes the result of segment k in the run r.
func (e *events) describe(r [2]int, k int, weak bool) Segment {
	a, b := e.bounds[k], e.bounds[k+1]
	inside, base := e.rate(a, b), e.baseline(r[0], r[1])
	left, right := 0, e.n
	if weak {
		base = e.flanks(a, b)
		left, right = max(0, a-max(e.near, b-a)), min(e.n, b+max(e.near, b-a))
	}
	g := Segment{
		Start: a, End: b, Before: a, After: b, StartLo: a, StartHi: a, EndLo: b, EndHi: b,
		Above: true, Weak: weak, OpenStart: a == 0, OpenEnd: b == e.n, Dispersion: e.phi,
		LLR: round6(e.against(inside, base)),
	}
	if k > 0 {
		g.StartLo, g.StartHi = e.span(max(left, e.bounds[k-1]), a, b)
	}
	if b < e.n {
		g.EndLo, g.EndHi = e.span(a, b, min(right, e.bounds[k+2]))
	}
	in := e.level(inside, a, b)
	expected := level{share: base.per(), perStep: float64(base.per() * float64(inside.t) / float64(b-a))}
	before, after := level{}, level{}
	if k > r[0] {
		g.Before = e.bounds[k-1]
	} else if k > 0 {
		g.Before = max(e.bounds[k-1], a-e.near)
	}
	if k+1 < r[1] {
		g.After = e.bounds[k+2]
	} else if b < e.n {
		g.After = min(e.bounds[k+2], b+e.near)
	}
	if g.Before < a {
		before = e.level(e.rate(g.Before, a), g.Before, a)
	}
	if g.After > b {
		after = e.level(e.rate(b, g.After), b, g.After)
	}
	g.found = found{
		wording: wording{noun: e.opt.Noun, step: e.opt.Step, shares: e.shares},
		before:  before, inside: in, after: after, base: expected, follows: k > r[0],
	}
	g.tell()
	return g
}

// tell fills in rates and rules.
func (g *Segment) tell() {
	f := &g.found
	g.Rate, g.RateBefore = round6(f.inside.perStep), round6(f.before.perStep)
	g.RateAfter, g.Baseline = round6(f.after.perStep), round6(f.base.perStep)
	g.Rule, g.EndRule = f.rule(g.LLR, g.Weak), ""
	if !g.OpenEnd {
		g.EndRule = f.change(f.inside, f.after)
	}
}

// Join makes one segment of two that touch, a before b, when the edge between
// them turns out to be none: a step that an event begins or ends in the middle
// of has a rate in between. The rate is that of the longer one, b's on a tie.
func Join(a, b Segment) Segment {
	long := b
	if a.End-a.Start > b.End-b.Start {
		long = a
	}
	long.Before, long.Start, long.StartLo, long.StartHi, long.OpenStart = a.Before, a.Start, a.StartLo, a.StartHi, a.OpenStart
	long.After, long.End, long.EndLo, long.EndHi, long.OpenEnd = b.After, b.End, b.EndLo, b.EndHi, b.OpenEnd
	long.found.before, long.found.after, long.found.follows = a.found.before, b.found.after, a.found.follows
	long.tell()
	return long
}

// Stretch is what was counted in a stretch of time whose ends are known better
// than to the step.
type Stretch struct {
	Counts, Totals int64   // Totals is 0 where they are not known
	Steps          float64 // its length; 0 is none
}

// Recount tells rates and rules by what was counted before, inside and after the
// segment, where its edges lie inside steps. A stretch without length stays as
// it is told.
func (g *Segment) Recount(before, inside, after Stretch) {
	for _, x := range []struct {
		to   *level
		from Stretch
	}{{&g.found.before, before}, {&g.found.inside, inside}, {&g.found.after, after}} {
		if x.from.Steps <= 0 {
			continue
		}
		x.to.perStep = float64(x.from.Counts) / x.from.Steps
		if x.from.Totals > 0 {
			x.to.share = float64(x.from.Counts) / float64(x.from.Totals)
		}
	}
	g.tell()
}

// Fall words how the rate changes from inside the segment from to behind the
// segment to, which is the same or a later one of the same series.
func Fall(from, to Segment) string { return from.found.change(from.found.inside, to.found.after) }

// level tells the rate r of the steps [a, b).
func (e *events) level(r rate, a, b int) level {
	return level{perStep: float64(r.y) / float64(b-a), share: r.per()}
}
