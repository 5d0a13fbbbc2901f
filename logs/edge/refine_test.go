package edge

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// instants draws instants at a rate per unit in [lo, hi).
func instants(r *rand.Rand, lo, hi int64, rate float64) []int64 {
	var times []int64
	for t := lo; t < hi; t++ {
		for range poisson(r, rate) {
			times = append(times, t)
		}
	}
	return times
}

func TestRefine(t *testing.T) {
	tests := []struct {
		name          string
		before, after float64
		at, slack     int64
	}{
		{"a clear rise", 0.01, 2, 1400, 3},
		{"a clear fall", 2, 0.01, 1222, 3},
		{"a faint rise", 0.02, 0.2, 1300, 50},
		{"out of silence", 0, 0.5, 1333, 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(5) {
				r := rand.New(rand.NewPCG(seed, 9))
				times := append(instants(r, 1000, tt.at, tt.before), instants(r, tt.at, 1600, tt.after)...)
				s := Refine(times, 1000, 1600)
				if d := s.At - tt.at; !s.Known || d < -tt.slack || d > tt.slack || s.Lo > s.At || s.Hi < s.At {
					t.Errorf("seed %d: got %+v, want %d within %d", seed, s, tt.at, tt.slack)
				}
				if (s.After > s.Before) != (tt.after > tt.before) {
					t.Errorf("seed %d: from %v to %v goes the wrong way", seed, s.Before, s.After)
				}
			}
		})
	}
}

func TestRefineFindsNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	tests := []struct {
		name  string
		times []int64
	}{
		{"no instants", nil},
		{"one instant", []int64{1100}},
		{"outside", []int64{10, 20, 30}},
		{"one rate", instants(r, 1000, 1600, 0.3)},
	}
	for _, tt := range tests {
		if s := Refine(tt.times, 1000, 1600); s.Known || s.At != 1000 || s.Lo != 1000 || s.Hi != 1600 {
			t.Errorf("%s: got %+v, want nothing known in 1000 to 1600", tt.name, s)
		}
	}
	if s := Refine([]int64{5}, 9, 3); s.Known {
		t.Errorf("bounds the wrong way round: got %+v", s)
	}
}

// The search among instants is held against a walk over every position.
func TestRefineIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for range 40 {
		at := 1000 + r.Int64N(300)
		times := append(instants(r, 1000, at, 0.4*r.Float64()), instants(r, at, 1300, r.Float64())...)
		got := Refine(times, 1000, 1300)
		counts := make([]int64, 300)
		for _, x := range times {
			counts[x-1000]++
		}
		if other := RefineCounts(counts, 1000, 1); other != got {
			t.Fatalf("by counts %+v, by instants %+v", other, got)
		}
		if !got.Known {
			continue
		}
		p := pile{times: times, lo: 1000, hi: 1300}
		best, lo, hi := 0.0, int64(0), int64(0)
		value := func(x int64) float64 {
			k, _ := slices.BinarySearch(times, x)
			return round6(p.llr(x, int64(k)))
		}
		for x := int64(1001); x < 1300; x++ {
			best = max(best, value(x))
		}
		for x := int64(1001); x < 1300; x++ {
			if value(x) >= best-within {
				if lo == 0 {
					lo = x
				}
				hi = x
			}
		}
		if got.LLR != best || got.Lo != lo || got.Hi != hi {
			t.Errorf("got %+v, want likelihood %v and span %d to %d", got, best, lo, hi)
		}
	}
}

func FuzzRefine(f *testing.F) {
	r := rand.New(rand.NewPCG(2, 9))
	var seed []byte
	for _, x := range append(instants(r, 0, 120, 0.05), instants(r, 120, 200, 0.8)...) {
		seed = append(seed, byte(x))
	}
	f.Add(seed, int64(0), int64(200))
	f.Add([]byte{1, 1, 1, 2}, int64(-5), int64(5))
	f.Add([]byte{}, int64(3), int64(-9223372036854775808))
	f.Fuzz(func(t *testing.T, data []byte, lo, hi int64) {
		times := make([]int64, len(data))
		for i, b := range data {
			times[i] = int64(b)
		}
		slices.Sort(times)
		s := Refine(times, lo, hi)
		if s.Lo > s.At || s.Hi < s.At || s.Known && (s.Lo <= lo || s.Hi >= hi) {
			t.Errorf("split %+v of %v in [%d,%d)", s, times, lo, hi)
		}
	})
}
