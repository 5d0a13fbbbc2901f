package logs

import (
	"math/rand/v2"
	"testing"
)

// TestMinutesDoNotDependOnOrder adds the same counts in two orders, directly
// and by parts.
func TestMinutesDoNotDependOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		span := int64(1) << (1 + rng.IntN(22))
		var one, other, part minutes
		list := make([]int64, 1+rng.IntN(50))
		for i := range list {
			list[i] = rng.Int64N(span) - span/2 + 28_000_000
			one.add(list[i], int64(i)+1)
		}
		for i := len(list) - 1; i >= 0; i-- {
			if i%2 == 0 {
				other.add(list[i], int64(i)+1)
			} else {
				part.add(list[i], int64(i)+1)
			}
		}
		other.absorb(&part)
		if one.shift != other.shift || one.start != other.start || len(one.bins) != len(other.bins) {
			t.Fatalf("%d bins of 2^%d from %d, other order %d of 2^%d from %d", len(one.bins), one.shift, one.start, len(other.bins), other.shift, other.start)
		}
		var sum int64
		for i, n := range one.bins {
			if n != other.bins[i] {
				t.Fatalf("bin %d: %d, other order %d", i, n, other.bins[i])
			}
			sum += n
		}
		if want := int64(len(list) * (len(list) + 1) / 2); sum != want || len(one.bins) > maxBins {
			t.Fatalf("%d counted of %d in %d bins", sum, want, len(one.bins))
		}
	}
}

func TestMinutesPeakAndBetween(t *testing.T) {
	var m minutes
	for minute, n := range map[int64]int64{100: 3, 105: 9, 110: 9, 120: 1} {
		m.add(minute, n)
	}
	if m.peak() != 105 {
		t.Errorf("peak at %d, want the first of two", m.peak())
	}
	if got := m.between(105, 120); got != 18 {
		t.Errorf("%d between, want 18", got)
	}
}
