package logs

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestMinutesDoNotDependOnOrder adds the same counts in two orders, directly
// and by parts, with more and with less room than they need.
func TestMinutesDoNotDependOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		span := int64(1) << (1 + rng.IntN(22))
		room := 1 + rng.IntN(60)
		var one, other, part minutes
		list := make([]int64, 1+rng.IntN(50))
		for i := range list {
			list[i] = rng.Int64N(span) - span/2 + 28_000_000
			one.add(list[i], uint32(i)+1)
			one.hold(room)
		}
		for i := len(list) - 1; i >= 0; i-- {
			if i%2 == 0 {
				other.add(list[i], uint32(i)+1)
				other.hold(room)
			} else {
				part.add(list[i], uint32(i)+1)
			}
		}
		other.absorb(&part)
		other.hold(room)
		if one.shift != other.shift || !slices.Equal(one.bins, other.bins) {
			t.Fatalf("%v of 2^%d, other order %v of 2^%d", one.bins, one.shift, other.bins, other.shift)
		}
		var sum int64
		for i, b := range one.bins {
			sum += int64(b.n)
			if i > 0 && one.bins[i-1].at >= b.at {
				t.Fatalf("bins out of order: %v", one.bins)
			}
		}
		if want := int64(len(list) * (len(list) + 1) / 2); sum != want || len(one.bins) > room {
			t.Fatalf("%d counted of %d in %d bins", sum, want, len(one.bins))
		}
	}
}

func TestMinutesPeakAndBetween(t *testing.T) {
	var m minutes
	for _, x := range [][2]int64{{100, 3}, {110, 9}, {120, 1}, {105, 9}} {
		m.add(x[0], uint32(x[1]))
	}
	if m.peak() != 105 {
		t.Errorf("peak at %d, want the first of two", m.peak())
	}
	if got, exact := m.between(105, 120); got != 18 || !exact {
		t.Errorf("%d between, exact %v", got, exact)
	}
	m.hold(2) // 64 to 127
	if got, exact := m.between(96, 128); got != 22 && exact {
		t.Errorf("%d between, exact %v, of bins of 2^%d", got, exact, m.shift)
	}
	if _, exact := m.between(105, 120); exact {
		t.Errorf("a part of a bin is told as exact")
	}
}
