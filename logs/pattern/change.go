package pattern

import (
	"cmp"
	"math"
	"time"
)

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
	// zero for a rise, rounded to a millionth. It counts in standard deviations;
	// its size ranks changes.
	Score float64
	// Ratio is the rate now over the rate in the baseline; 0 when the baseline
	// has none.
	Ratio float64
}

// A change must have this score and ratio to be told. By chance a pattern that
// does not change has the score about once in four thousand times.
const (
	leastScore = 3.5
	leastRatio = 2
)

// Classify compares how often a pattern was seen in two spans of time. Given
// their sum, the count now is binomial when nothing changed; the counts are
// drawn half a step towards what is expected, so that small ones claim no more
// than the exact test would. A span that is not above zero is not known: the
// kind is then steady.
//
// A pattern that the baseline does not hold is new whatever its score, since
// that is a fact; one that is gone is vanished only if its absence is no
// chance.
func Classify(nowCount, baseCount int64, nowSpan, baseSpan time.Duration) Change {
	now, base := float64(max(nowCount, 0)), float64(max(baseCount, 0))
	if nowSpan <= 0 || baseSpan <= 0 || now+base == 0 {
		return Change{Kind: KindSteady}
	}
	c := Change{Kind: KindSteady, Score: score(now, base, float64(nowSpan), float64(baseSpan))}
	if base > 0 {
		c.Ratio = round6(now / base * (float64(baseSpan) / float64(nowSpan)))
	}
	switch {
	case base == 0:
		c.Kind = KindNew
	case c.Score <= -leastScore && now == 0:
		c.Kind = KindVanished
	case c.Score >= leastScore && c.Ratio >= leastRatio:
		c.Kind = KindSurging
	case c.Score <= -leastScore && c.Ratio <= 1.0/leastRatio:
		c.Kind = KindFading
	}
	return c
}

// score is the signed root of G with the correction for continuity.
func score(now, base, nowSpan, baseSpan float64) float64 {
	all := now + base
	expected := float64(all * (nowSpan / (nowSpan + baseSpan)))
	seen, sign := now-0.5, 1.0
	if now < expected {
		seen, sign = now+0.5, -1
	}
	if sign*(seen-expected) <= 0 {
		return 0
	}
	part := func(x, e float64) float64 {
		if x <= 0 {
			return 0
		}
		return float64(x * ln(x/e))
	}
	g := 2 * (part(seen, expected) + part(all-seen, all-expected))
	return round6(float64(sign * math.Sqrt(max(g, 0))))
}

// Ranked is a change with what ranks it.
type Ranked struct {
	Change
	Severity int    // higher is worse
	Name     string // template, the last tie-breaker
}

// Less orders changes for a reader: those that are not steady first, then by
// severity, by the size of the score, and by name.
func Less(a, b Ranked) bool {
	steady := func(r Ranked) int {
		if r.Kind == KindSteady {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(steady(a), steady(b)),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(math.Abs(b.Score), math.Abs(a.Score)),
		cmp.Compare(a.Name, b.Name)) < 0
}

// ln is the natural logarithm, the same to the last bit on every processor:
// each product is rounded on its own. x must be above zero.
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

// round6 rounds to a millionth.
func round6(v float64) float64 {
	if math.Abs(v) > 1e9 {
		return math.Round(v)
	}
	return math.Round(float64(v*1e6)) / 1e6
}
