package edge

// within is the drop of the log likelihood at the ends of a 95 % interval.
const within = 1.92

// span returns the first and last position between a and b at which the
// change near p may lie: those whose log likelihood is within 1.92 of the best,
// times the dispersion.
func (s *series) span(a, p, b int) (lo, hi int) {
	least := s.cost(a, p) + s.cost(p, b)
	for q := a + 1; q < b; q++ {
		least = min(least, s.cost(a, q)+s.cost(q, b))
	}
	limit := least + float64(within*s.phi)
	lo, hi = p, p
	for q := a + 1; q < b; q++ {
		if s.cost(a, q)+s.cost(q, b) <= limit {
			lo, hi = min(lo, q), max(hi, q)
		}
	}
	return lo, hi
}
