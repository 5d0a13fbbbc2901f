package pattern

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestClassify(t *testing.T) {
	const h = time.Hour
	tests := []struct {
		name          string
		now, base     int64
		nowSpan, span time.Duration
		kind          string
		ratio         float64
	}{
		{"never seen before", 3, 0, h, h, KindNew, 0},
		{"once, but new", 1, 0, h, h, KindNew, 0},
		{"many more", 400, 10, h, h, KindSurging, 40},
		{"many more in less time", 40, 60, h / 6, h, KindSurging, 4},
		{"as many", 100, 104, h, h, KindSteady, 0.961538},
		{"twice as many of few", 8, 4, h, h, KindSteady, 2},
		{"a little more of very many", 115000, 100000, h, h, KindSteady, 1.15},
		{"fewer", 10, 200, h, h, KindFading, 0.05},
		{"gone", 0, 50, h, h, KindVanished, 0},
		{"gone, but it was rare", 0, 4, h, h, KindSteady, 0},
		{"the longer baseline holds more", 10, 240, h, 24 * h, KindSteady, 1},
		{"nothing at all", 0, 0, h, h, KindSteady, 0},
		{"no baseline span", 5, 0, h, 0, KindSteady, 0},
		{"no span", 5, 5, 0, h, KindSteady, 0},
		{"negative counts", -5, 60, h, h, KindVanished, 0},
	}
	for _, tt := range tests {
		got := Classify(tt.now, tt.base, tt.nowSpan, tt.span)
		if got.Kind != tt.kind || got.Ratio != tt.ratio {
			t.Errorf("%s: got %+v, want %s with ratio %v", tt.name, got, tt.kind, tt.ratio)
		}
		if tt.nowSpan == tt.span && tt.now > 0 && tt.base > 0 {
			if back := Classify(tt.base, tt.now, tt.span, tt.nowSpan); back.Score != -got.Score {
				t.Errorf("%s: score %v, the other way round %v", tt.name, got.Score, back.Score)
			}
		}
	}
}

// The score claims no more than the exact binomial test, by much.
func TestScoreAgainstExact(t *testing.T) {
	for all := int64(1); all <= 60; all++ {
		for now := all/2 + 1; now <= all; now++ {
			tail := 0.0
			for k := now; k <= all; k++ {
				tail += math.Exp(choose(all, k) - float64(all)*math.Ln2)
			}
			s := score(float64(now), float64(all-now), 1, 1)
			if p := math.Erfc(s/math.Sqrt2) / 2; p < 0.55*tail || p > 2.5*tail {
				t.Errorf("%d of %d: the score %.2f stands for %.3g, the exact test says %.3g", now, all, s, p, tail)
			}
		}
	}
}

func choose(n, k int64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

func TestLess(t *testing.T) {
	rows := []Ranked{
		{Change{Kind: KindSteady, Score: 3}, 3, "an error as ever"},
		{Change{Kind: KindSurging, Score: 9}, 1, "a debug line"},
		{Change{Kind: KindVanished, Score: -12}, 2, "a warning that is gone"},
		{Change{Kind: KindNew, Score: 4}, 3, "b, a new error"},
		{Change{Kind: KindNew, Score: 4}, 3, "a, a new error"},
		{Change{Kind: KindSurging, Score: 40}, 3, "an error that surges"},
	}
	slices.SortFunc(rows, func(a, b Ranked) int {
		switch {
		case Less(a, b):
			return -1
		case Less(b, a):
			return 1
		}
		return 0
	})
	want := []string{"an error that surges", "a, a new error", "b, a new error", "a warning that is gone", "a debug line", "an error as ever"}
	for i, r := range rows {
		if r.Name != want[i] {
			t.Errorf("place %d: %q, want %q", i, r.Name, want[i])
		}
	}
}
