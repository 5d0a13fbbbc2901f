package chart

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// luminance is that of WCAG 2 for a colour like #b3261e.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	part := func(v uint64) float64 {
		c := float64(v&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n>>16) + 0.7152*part(n>>8) + 0.0722*part(n)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a)+0.05, luminance(t, b)+0.05
	return max(x, y) / min(x, y)
}

// TestContrast: text has 4.5 to 1 on everything that it stands on, what carries
// meaning 3 to 1, in light and in dark. The frame has 3 to 1 on white and on
// black pages alike: the picture has a ground of its own.
func TestContrast(t *testing.T) {
	type pair struct {
		front, back string
		least       float64
	}
	list := []pair{
		{"ink", "ground", 7}, {"soft", "ground", 4.5}, {"ink", "burst", 7}, {"frame", "ground", 3}, {"rule", "ground", 3},
		{"error", "ground", 3}, {"error", "burst", 3}, {"error", "residual", 3}, {"error-low", "error-high", 1.8},
		{"post", "ground", 4.5}, {"alert", "ground", 4.5}, {"change", "ground", 4.5}, {"people", "ground", 4.5}, {"log", "ground", 4.5},
	}
	for _, h := range hatches {
		if h.name != "unknown" && h.name != "residual" {
			list = append(list, pair{"ink", h.name, 7}, pair{"ink", h.name + "-line", 4.5})
		}
	}
	for _, dark := range []bool{false, true} {
		for _, p := range list {
			front, ok := colour(p.front, dark)
			back, ok2 := colour(p.back, dark)
			if !ok || !ok2 {
				t.Fatalf("%s on %s: no such colour", p.front, p.back)
			}
			if got := contrast(t, front, back); got < p.least {
				t.Errorf("dark %v: %s on %s has %.2f, want %.1f", dark, p.front, p.back, got, p.least)
			}
		}
	}
}

// TestNeighboursDiffer: phases that follow each other have other patterns, not
// only other colours.
func TestNeighboursDiffer(t *testing.T) {
	names := strings.Fields("latent undetected triage diagnosis mitigation recovery validation review")
	seen := map[string]string{}
	for _, h := range hatches {
		seen[h.name] = h.path
	}
	for i, name := range names[1:] {
		if seen[name] == seen[names[i]] {
			t.Errorf("%s has the pattern of %s", name, names[i])
		}
	}
}
