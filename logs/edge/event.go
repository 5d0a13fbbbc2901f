package edge

import "math"

// The settings of the search for events among segments. Steps are meant as
// minutes; a Period of other length scales the first two.
const (
	quietDivisor = 24  // a 24th of the period is looked at beside an edge
	quietFar     = 6   // that many times further where counts are few
	quietCounts  = 20  // fewer counts than these are few
	quietLeast   = 10  // fewer quiet steps than these say nothing of the baseline
	cycleRatio   = 1.3 // a cycle's rate may change that much beside an edge
	edgeRatio    = 1.4 // an edge that is sharp changes it at least so much,
	edgeLLR      = 3   // and stands against cycleRatio with so much likelihood
	gradualRatio = 8   // times the baseline: above that an edge need not be sharp
)

// events holds the segments of one series and which of them are above.
type events struct {
	*series
	opt      Options
	bounds   []int // segment k is [bounds[k], bounds[k+1])
	base     rate  // of the quiet part of the whole series
	above    []bool
	rejected []bool
	near     int // steps beside an edge
}

// rate is a count in an exposure, and how many other records there are in it.
type rate struct{ y, t, others int64 }

func (r rate) plus(o rate) rate { return rate{r.y + o.y, r.t + o.t, r.others + o.others} }

func (r rate) per() float64 {
	if r.t == 0 {
		return 0
	}
	return float64(r.y) / float64(r.t)
}

func (s *series) rate(a, b int) rate {
	r := rate{y: s.count(a, b), t: s.exposure(a, b)}
	if s.others != nil {
		r.others = s.others[b] - s.others[a]
	}
	return r
}

// find marks the segments above and returns the events: runs of segments
// that touch.
func (e *events) find() [][2]int {
	k := len(e.bounds) - 1
	e.rejected = make([]bool, k)
	e.base = e.quietest()
	for round := 0; ; round++ {
		e.mark()
		runs, changed := e.runs(), false
		for _, r := range runs {
			bad := e.judge(r[0], r[1])
			if bad >= 0 && round < trimRounds {
				e.rejected[bad] = true
				changed = true
			} else if bad != stands {
				for i := r[0]; i < r[1]; i++ {
					e.rejected[i] = true
				}
				changed = true
			}
		}
		if !changed {
			return runs
		}
	}
}

// quietest is the rate of the quietest segments that make up a quarter of the
// series. It serves where no neighbourhood can be had.
func (e *events) quietest() rate {
	k := len(e.bounds) - 1
	taken := make([]bool, k)
	var sum rate
	for steps := 0; 4*steps < e.n; {
		low := -1
		for i := range k {
			if !taken[i] && (low < 0 || e.segmentRate(i).per() < e.segmentRate(low).per()) {
				low = i
			}
		}
		taken[low] = true
		sum = sum.plus(e.segmentRate(low))
		steps += e.bounds[low+1] - e.bounds[low]
	}
	return sum
}

func (e *events) segmentRate(k int) rate { return e.rate(e.bounds[k], e.bounds[k+1]) }

// mark walks the segments from both ends. A segment is above when its rate is
// MinRatio times that of the quiet steps before it and, walking back, of those
// after it: so a rate that drifts carries its baseline along.
func (e *events) mark() {
	k := len(e.bounds) - 1
	forward, backward := make([]bool, k), make([]bool, k)
	for i := range k {
		forward[i] = !e.rejected[i] && e.clear(e.segmentRate(i), e.quiet(i, -1, forward))
	}
	for i := k - 1; i >= 0; i-- {
		backward[i] = !e.rejected[i] && e.clear(e.segmentRate(i), e.quiet(i, 1, backward))
	}
	e.above = make([]bool, k)
	for i := range k {
		e.above[i] = forward[i] && backward[i]
	}
}

func (e *events) exceeds(r, base rate) bool {
	return r.y > 0 && r.per() >= float64(e.opt.MinRatio*base.per())*e.busier(r, base)
}

// fewOthers are so few other records that their number says little.
const fewOthers = 10

// busier is how many times more other records there are in r than base would
// have in the same time; at least 1, since fewer of them make no error a lesser
// one: an outage ends the ordinary lines, too.
func (e *events) busier(r, base rate) float64 {
	if e.others == nil || r.t == 0 || base.t == 0 {
		return 1
	}
	expected := float64(float64(base.others) * (float64(r.t) / float64(base.t)))
	return max(1, round6((float64(r.others)+fewOthers)/(expected+fewOthers)))
}

// against is the log likelihood ratio of r against base, with what the other
// records explain taken out.
func (e *events) against(r, base rate) float64 {
	more := e.busier(r, base)
	if more == 1 {
		return e.llr(r.y, r.t, base.y, base.t)
	}
	return e.llr(r.y, int64(math.Round(float64(r.t)*(more*grain))), base.y, base.t*grain)
}

// grain is the part of a step to which exposures are told that are no whole
// steps.
const grain = 1000

// clear reports whether r exceeds base by more than chance often does.
func (e *events) clear(r, base rate) bool {
	return e.exceeds(r, base) && e.against(r, base) >= edgeLLR
}

// quiet pools the nearest steps on one side of segment k that lie in segments
// not above.
func (e *events) quiet(k, side int, above []bool) rate {
	var sum rate
	steps := 0
	for i := k + side; i >= 0 && i < len(e.bounds)-1; i += side {
		if above[i] {
			continue
		}
		a, b := e.bounds[i], e.bounds[i+1]
		for a < b && (steps < e.near || sum.y < quietCounts && steps < quietFar*e.near) {
			p := a
			if side < 0 {
				b--
				p = b
			} else {
				a++
			}
			sum = sum.plus(e.rate(p, p+1))
			steps++
		}
	}
	if steps < quietLeast {
		return e.base
	}
	return sum
}

// runs lists the runs of segments above, as half open ranges of segments.
func (e *events) runs() [][2]int {
	var runs [][2]int
	for i, above := range e.above {
		if !above {
			continue
		}
		if n := len(runs); n > 0 && runs[n-1][1] == i {
			runs[n-1][1]++
		} else {
			runs = append(runs, [2]int{i, i + 1})
		}
	}
	return runs
}

// trimRounds bounds how many segments a run may lose one by one.
const trimRounds = 100

// What judge says of a run that stands, and of one with nothing to keep.
const (
	stands = -1
	wholly = -2
)

// judge returns the segment of the run [i, j) that must go, stands, or wholly.
func (e *events) judge(i, j int) int {
	a, b := e.bounds[i], e.bounds[j]
	if a > 0 && !e.towers(i) && !e.sharp(a, b) {
		return i
	}
	if b < e.n && !e.towers(j-1) && !e.sharp(b, a) {
		return j - 1
	}
	if !e.passes(e.bounds[i], e.bounds[j], e.baseline(i, j), e.threshold()) {
		return wholly
	}
	return stands
}

// cycle reports whether a slow rise and fall may be no event.
func (e *events) cycle() bool { return e.opt.Period > 0 && !e.shares }

// towers reports whether segment k is so high above the quiet part of the
// series, or there is no cycle, that its edges need not be sharp.
func (e *events) towers(k int) bool {
	return !e.cycle() || e.base.y > 0 && e.segmentRate(k).per() >= float64(gradualRatio*e.base.per())
}

// sharp reports whether the rate changes at p too fast for a cycle. The event
// runs from p to far, which may be less than p. An event that begins before the
// series or goes on after it is seen at one edge alone, which must be clearer.
func (e *events) sharp(p, far int) bool {
	var in, out rate
	if far > p {
		in, out = e.rate(p, min(far, p+e.near)), e.rate(max(0, p-e.near), p)
	} else {
		in, out = e.rate(max(far, p-e.near), p), e.rate(p, min(e.n, p+e.near))
	}
	ratio, likelihood := edgeRatio, float64(edgeLLR)
	if far == 0 || far == e.n {
		ratio, likelihood = e.opt.MinRatio, 2*edgeLLR
	}
	if in.per() < float64(ratio*out.per())*e.busier(in, out) {
		return false
	}
	// Against the null that the inside is cycleRatio times the outside: its
	// exposure counts for so much more.
	return e.llr(in.y, in.t*int64(cycleRatio*grain), out.y, out.t*grain) >= likelihood
}

// baseline pools the quiet steps on both sides of the run [i, j).
func (e *events) baseline(i, j int) rate {
	var sum rate
	if i > 0 {
		sum = e.quiet(i, -1, e.above)
	}
	if j < len(e.bounds)-1 {
		sum = sum.plus(e.quiet(j-1, 1, e.above))
	}
	if sum.t == 0 {
		return e.base
	}
	return sum
}

// threshold is the log likelihood ratio that any of the windows of the series
// exceeds by chance once in some hundred series (Bonferroni).
func (e *events) threshold() float64 { return float64(2*ln(float64(e.n+1))) + ln(50) }

// passes tests [a, b) against the baseline: by ratio, by excess and by
// likelihood, with all its steps and again without the highest, because a
// single step is no stretch of time.
func (e *events) passes(a, b int, base rate, threshold float64) bool {
	r := e.rate(a, b)
	threshold *= e.unrest(a, b) / e.phi
	if !e.exceeds(r, base) || e.against(r, base) < threshold {
		return false
	}
	top := a
	for p := a; p < b; p++ {
		if e.count(p, p+1) > e.count(top, top+1) {
			top = p
		}
	}
	highest := e.rate(top, top+1)
	rest := rate{r.y - highest.y, r.t - highest.t, r.others - highest.others}
	expected := float64(float64(base.per()*float64(rest.t)) * e.busier(rest, base))
	return e.exceeds(rest, base) &&
		float64(rest.y)-expected >= float64(e.opt.MinExcess) &&
		e.against(rest, base) >= threshold/2
}
