package pattern

import "time"

// The kinds of change.
const (
	KindNew      = "new"      // seen now, not in the baseline
	KindSurging  = "surging"  // more often than in the baseline
	KindSteady   = "steady"   // no change that stands the test
	KindFading   = "fading"   // more seldom than in the baseline
	KindVanished = "vanished" // in the baseline, not seen now
)

// Change is how a pattern's rate moved against the baseline.
type Change struct {
	Kind string
	// Score is the signed root of the log likelihood ratio statistic G, above
	// zero for a rise, rounded to a millionth. Its size ranks changes.
	Score float64
	// Ratio is the rate now over the rate in the baseline; 0 when the baseline
	// has none.
	Ratio float64
}

// Classify compares how often a pattern was seen in two spans of time. A span
// that is not above zero is not known: the kind is then steady.
func Classify(nowCount, baseCount int64, nowSpan, baseSpan time.Duration) Change {
	return Change{Kind: KindSteady}
}

// Ranked is a change with what ranks it.
type Ranked struct {
	Change
	Severity int    // higher is worse
	Name     string // template, the last tie-breaker
}

// Less orders changes for a reader: those that are not steady first, then by
// severity, by the size of the score, and by name.
func Less(a, b Ranked) bool { return a.Name < b.Name }
