package edge

import "slices"

// dispersion estimates how many times larger than a Poisson count's the
// variance is. Real errors come in clumps: one failed job writes six lines.
//
// It compares neighbours, so that slow change of the rate does not count, and
// does so for steps and for blocks of 5 and 15 steps, so that clumps which
// span steps do count. For a Poisson count each comparison has the mean 1
// whatever the rate. The highest comparisons are dropped, because an edge of an
// event is no noise.
func (s *series) dispersion() float64 {
	phi := 1.0
	for _, block := range []int{1, 5, 15} {
		var qs []float64
		for i := 0; i+2*block <= s.n; i += 2 * block {
			y1, t1 := float64(s.count(i, i+block)), float64(s.exposure(i, i+block))
			y2, t2 := float64(s.count(i+block, i+2*block)), float64(s.exposure(i+block, i+2*block))
			if y1+y2 == 0 || t1 == 0 || t2 == 0 {
				continue
			}
			d := float64(y1*t2) - float64(y2*t1)
			qs = append(qs, d/(y1+y2)*(d/t1)/t2)
		}
		if len(qs) < 5 {
			continue
		}
		slices.Sort(qs)
		// Two comparisons for the edges of an event and a twentieth for ramps.
		qs = qs[:len(qs)-2-len(qs)/20]
		sum := 0.0
		for _, q := range qs {
			sum += q
		}
		// The mean of a squared normal variable without its highest twentieth
		// is 0.76; where counts are few the comparisons are bounded and lose
		// less. The divisor lies between, so as to err on the careful side.
		// Three comparisons of 1 are added, so that a few say little.
		phi = max(phi, (sum/0.8+3)/float64(len(qs)+3))
	}
	return round6(phi)
}

// unrest is the dispersion of the steps [a, b) about each other, at least that
// of the series. Neighbours are compared, so that a ramp is not unrest.
func (s *series) unrest(a, b int) float64 {
	y := s.count(a, b)
	if y == 0 || b-a < 2 {
		return s.phi
	}
	sum, mean := 0.0, float64(y)/float64(b-a)
	for p := a + 1; p < b; p++ {
		d := float64(s.count(p, p+1) - s.count(p-1, p))
		sum += float64(d * d)
	}
	return max(s.phi, sum/float64(2*(b-a-1))/mean)
}
