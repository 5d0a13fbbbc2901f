package edge

// within is the drop of the log likelihood at the ends of a 95 % interval of the
// place of a change. On either side of the true place the likelihood is a random
// walk whose maximum exceeds c with the probability exp(-c); for both sides to
// stay below with 95 % takes 3.68. (The 1.92 of smooth parameters holds the
// place of a change in five of six cases only.)
const within = 3.68

// span returns the first and last position between a and b at which the
// change near p may lie: those whose log likelihood is so near to the best that
// chance explains it, the dispersion taken into account.
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
