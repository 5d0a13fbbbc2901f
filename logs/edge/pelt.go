package edge

import (
	"math"
	"slices"
)

// Up to wholeSteps the segmentation is searched among all of them. A longer
// series is searched in blocks that overlap by half, and then among the changes
// that the blocks found, so that time grows with its length alone.
const (
	wholeSteps = 2048
	blockSteps = 1024
)

// segment returns the bounds of the stretches of constant rate, from 0 to n:
// the segmentation that has the least cost when each change costs penalty.
func (s *series) segment(least int, penalty float64) []int {
	var at []int
	if s.n <= wholeSteps {
		at = run(0, s.n)
	} else {
		at = []int{0, s.n}
		for lo := 0; lo < s.n; lo += blockSteps / 2 {
			hi := min(lo+blockSteps, s.n)
			found := s.pelt(run(lo, hi), least, penalty)
			at = append(at, found[1:len(found)-1]...)
		}
		slices.Sort(at)
		at = slices.Compact(at)
	}
	return s.tighten(s.pelt(at, least, penalty), least)
}

// run returns lo, lo+1, … hi.
func run(lo, hi int) []int {
	at := make([]int, 0, hi-lo+1)
	for p := lo; p <= hi; p++ {
		at = append(at, p)
	}
	return at
}

// pelt is the pruned exact linear time search of Killick, Fearnhead and Eckley
// with a Poisson cost. Changes lie at positions of at, which is sorted; its
// first and last are the bounds. Segments are least steps long or longer.
func (s *series) pelt(at []int, least int, penalty float64) []int {
	last := len(at) - 1
	best := make([]float64, len(at)) // least cost of [at[0], at[j])
	from := make([]int, len(at))     // where the last segment of that starts
	dead := make([]int, len(at))     // position from which a start need not be tried
	best[0] = -penalty
	live := []int{0}
	var values []float64
	for j := 1; j <= last; j++ {
		p := at[j]
		best[j] = math.Inf(1)
		live = slices.DeleteFunc(live, func(i int) bool { return dead[i] > 0 && dead[i] <= p })
		values = values[:0]
		for _, i := range live {
			if p-at[i] < least {
				break
			}
			v := best[i] + s.cost(at[i], p)
			values = append(values, v)
			if v+penalty < best[j] {
				best[j], from[j] = v+penalty, i
			}
		}
		for k, v := range values {
			// A start that is worse than a change here stays worse for every
			// end to which a segment may run from here.
			if i := live[k]; v >= best[j] && dead[i] == 0 {
				dead[i] = p + least
			}
		}
		if !math.IsInf(best[j], 1) {
			live = append(live, j)
		}
	}
	if math.IsInf(best[last], 1) {
		return []int{at[0], at[last]}
	}
	bounds := []int{at[last]}
	for j := last; j > 0; j = from[j] {
		bounds = append(bounds, at[from[j]])
	}
	slices.Reverse(bounds)
	return bounds
}

// tighten moves the bounds of segments that are as short as is allowed to
// where they fit best: the least length is for the search, not for the answer.
func (s *series) tighten(bounds []int, least int) []int {
	for k := 1; k+1 < len(bounds); k++ {
		a, p, b := bounds[k-1], bounds[k], bounds[k+1]
		if p-a > least && b-p > least {
			continue
		}
		lowest := s.cost(a, p) + s.cost(p, b)
		for q := a + 1; q < b; q++ {
			if c := s.cost(a, q) + s.cost(q, b); c < lowest {
				lowest, bounds[k] = c, q
			}
		}
	}
	return bounds
}
