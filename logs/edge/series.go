package edge

import "math"

// maxCount bounds a single count, so that sums of hostile input do not
// overflow.
const maxCount = 1 << 40

// series holds prefix sums: y of the counts, t of the exposure, which is the
// totals or one for each step.
type series struct {
	n      int
	y, t   []int64
	others []int64 // prefix sums of the records that are no errors; nil is not known
	shares bool    // totals were given
	phi    float64 // dispersion, at least 1
	logs   []float64
}

func newSeries(counts, totals []int64) *series {
	s := &series{n: len(counts), shares: totals != nil, phi: 1}
	s.y = make([]int64, s.n+1)
	s.t = make([]int64, s.n+1)
	for i, c := range counts {
		c = min(max(c, 0), maxCount)
		exposure := int64(1)
		if s.shares {
			exposure = 0
			if i < len(totals) {
				exposure = min(max(totals[i], 0), maxCount)
			}
			// A part cannot exceed the whole; such a step is all failure.
			exposure = max(exposure, c)
		}
		s.y[i+1] = s.y[i] + c
		s.t[i+1] = s.t[i] + exposure
	}
	s.logs = make([]float64, min(s.y[s.n], 1<<15)+1)
	for i := 1; i < len(s.logs); i++ {
		s.logs[i] = ln(float64(i))
	}
	s.phi = s.dispersion()
	return s
}

// sums are the prefix sums of counts; nil of none.
func sums(counts []int64) []int64 {
	if len(counts) == 0 {
		return nil
	}
	out := make([]int64, len(counts)+1)
	for i, c := range counts {
		out[i+1] = out[i] + min(max(c, 0), maxCount)
	}
	return out
}

// count returns the counts of steps [a, b).
func (s *series) count(a, b int) int64 { return s.y[b] - s.y[a] }

// exposure returns the exposure of steps [a, b).
func (s *series) exposure(a, b int) int64 { return s.t[b] - s.t[a] }

// log is ln of a whole number above zero.
func (s *series) log(v int64) float64 {
	if v < int64(len(s.logs)) {
		return s.logs[v]
	}
	return ln(float64(v))
}

// cost is the negative log likelihood of one rate for [a, b), without the
// terms that no segmentation changes.
func (s *series) cost(a, b int) float64 {
	y := s.y[b] - s.y[a]
	if y == 0 {
		return 0
	}
	return -float64(float64(y) * (s.log(y) - s.log(s.t[b]-s.t[a])))
}

// llr is the log likelihood ratio of two rates, y1 in exposure t1 and y0 in
// exposure t0, against one, with the dispersion taken out.
func (s *series) llr(y1, t1, y0, t0 int64) float64 {
	part := func(y, t int64) float64 {
		if y == 0 {
			return 0
		}
		return float64(float64(y) * (s.log(y) - s.log(t)))
	}
	v := part(y1, t1) + part(y0, t0) - part(y1+y0, t1+t0)
	return max(v, 0) / s.phi
}

// ln is the natural logarithm, the same to the last bit on every processor:
// each product is rounded on its own, so that none is fused with a sum. x must
// be above zero.
func ln(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		e--
	}
	z := (m - 1) / (m + 1)
	zz := float64(z * z)
	sum := 0.0
	for k := 21; k >= 1; k -= 2 {
		sum = float64(sum*zz) + 1/float64(k)
	}
	return float64(float64(e)*math.Ln2) + float64(2*float64(z*sum))
}

// round6 rounds to a millionth, the grain of everything that is reported.
func round6(v float64) float64 {
	if math.Abs(v) > 1e9 {
		return math.Round(v)
	}
	return math.Round(float64(v*1e6)) / 1e6
}
