package edge

import "slices"

// Split is a change of rate at a known place. Positions are in the unit of
// the input, seconds as a rule.
type Split struct {
	At     int64 // first position of the new rate
	Lo, Hi int64 // positions between which At lies, as far as the likelihood tells, with 95 %
	// Before and After are counts per unit on either side of At.
	Before, After float64
	LLR           float64 // log likelihood ratio against one rate throughout
	Known         bool    // false when the input shows no change; At is then lo, Lo and Hi the whole
}

// Refine finds the best single split of sorted instants in lo <= t < hi.
// Instants outside are left out, so one list serves several edges. It finds a
// rise and a fall alike: compare Before and After. Its time grows with the
// number of instants, not with the length of the span.
func Refine(times []int64, lo, hi int64) Split {
	from, _ := slices.BinarySearch(times, lo)
	to, _ := slices.BinarySearch(times, hi)
	if hi <= lo || from >= to {
		return Split{At: lo, Lo: lo, Hi: max(lo, hi)}
	}
	return best(pile{times: times[from:to], lo: lo, hi: hi, phi: 1})
}

// RefineCounts is Refine on counts, one for each unit from position lo.
// dispersion is how many times larger than a Poisson count's their variance is;
// what is below 1 is read as 1.
func RefineCounts(counts []int64, lo int64, dispersion float64) Split {
	p := pile{lo: lo, hi: lo + int64(len(counts)), phi: max(dispersion, 1)}
	var sum int64
	for i, c := range counts {
		if c > 0 {
			sum += min(c, maxCount)
			p.times = append(p.times, lo+int64(i))
			p.sums = append(p.sums, sum)
		}
	}
	if sum == 0 {
		return Split{At: lo, Lo: lo, Hi: p.hi}
	}
	return best(p)
}

// pile is a list of instants with how many lie at or before each.
type pile struct {
	times  []int64
	sums   []int64 // nil: one each
	lo, hi int64
	phi    float64 // dispersion
}

func (p pile) until(i int) int64 {
	switch {
	case i < 0:
		return 0
	case p.sums == nil:
		return int64(i) + 1
	}
	return p.sums[i]
}

// llr is the log likelihood ratio of a split at position at, with k instants
// before it, against no split.
func (p pile) llr(at, k int64) float64 {
	m := p.until(len(p.times) - 1)
	part := func(y, t int64) float64 {
		if y == 0 || t <= 0 {
			return 0
		}
		return float64(float64(y) * (ln(float64(y)) - ln(float64(t))))
	}
	return part(k, at-p.lo) + part(m-k, p.hi-at) - part(m, p.hi-p.lo)
}

// best tries a split at each instant and directly after it: between instants
// the likelihood is convex, so it is highest at one of these.
func best(p pile) Split {
	s := Split{At: p.lo, Lo: p.lo, Hi: p.hi}
	var k int64 // instants before s.At
	try := func(at, before int64) {
		if at <= p.lo || at >= p.hi {
			return
		}
		if v := round6(p.llr(at, before)); v > s.LLR {
			s.LLR, s.At, k = v, at, before
		}
	}
	for i, t := range p.times {
		if i == 0 || p.times[i-1] < t {
			try(t, p.until(i-1))
		}
		if i+1 == len(p.times) || p.times[i+1] > t {
			try(t+1, p.until(i))
		}
	}
	m := p.until(len(p.times) - 1)
	// The best of m places exceeds this by chance once in a hundred times.
	if s.LLR < float64(p.phi*(ln(float64(m+1))+ln(50))) {
		return Split{At: p.lo, Lo: p.lo, Hi: p.hi, LLR: s.LLR}
	}
	s.Known = true
	s.Lo, s.Hi = p.extent(s.At, s.LLR-float64(within*p.phi))
	s.Before = round6(float64(k) / float64(s.At-p.lo))
	s.After = round6(float64(m-k) / float64(p.hi-s.At))
	return s
}

// extent returns the first and last position at which a split has at least
// the likelihood floor. at is one that has.
func (p pile) extent(at int64, floor float64) (lo, hi int64) {
	lo, hi = at, at
	// Within a gap between instants, from a to b with k before it.
	gap := func(a, b, k int64) {
		a, b = max(a, p.lo+1), min(b, p.hi-1)
		if a > b {
			return
		}
		left, right := round6(p.llr(a, k)) >= floor, round6(p.llr(b, k)) >= floor
		switch {
		case left && right:
			lo, hi = min(lo, a), max(hi, b)
		case left:
			lo, hi = min(lo, a), max(hi, p.last(a, b, k, floor))
		case right:
			lo, hi = min(lo, p.first(a, b, k, floor)), max(hi, b)
		}
	}
	previous := p.lo
	for i, t := range p.times {
		if i > 0 && p.times[i-1] == t {
			continue
		}
		gap(previous, t, p.until(i-1))
		previous = t + 1
	}
	gap(previous, p.hi, p.until(len(p.times)-1))
	return lo, hi
}

// last returns the last position from a on, where the likelihood reaches the
// floor, to b, where it does not.
func (p pile) last(a, b, k int64, floor float64) int64 {
	for b-a > 1 {
		if mid := a + (b-a)/2; round6(p.llr(mid, k)) >= floor {
			a = mid
		} else {
			b = mid
		}
	}
	return a
}

// first returns the first position up to b, where the likelihood reaches the
// floor, from a, where it does not.
func (p pile) first(a, b, k int64, floor float64) int64 {
	for b-a > 1 {
		if mid := a + (b-a)/2; round6(p.llr(mid, k)) >= floor {
			b = mid
		} else {
			a = mid
		}
	}
	return b
}

// Surprise is the log likelihood ratio of n counts where so many are expected
// against the rate that they show; 0 where they are not above it.
func Surprise(n int64, expected float64) float64 {
	if n <= 0 || float64(n) <= expected {
		return 0
	}
	if expected <= 0 {
		expected = 1e-6
	}
	return round6(float64(float64(n)*ln(float64(n)/expected)) - (float64(n) - expected))
}
