package main

import (
	"math/bits"
	"math/rand/v2"
)

// dice draws numbers from a seed, with integers only: the same on every
// processor.
type dice struct{ src rand.PCG }

func newDice(seed, stream uint64) *dice {
	d := &dice{}
	d.src.Seed(seed, stream)
	return d
}

// below draws from 0 to n-1.
func (d *dice) below(n int64) int64 {
	hi, _ := bits.Mul64(d.src.Uint64(), uint64(n))
	return int64(hi)
}

// chance is true in so many cases of a million.
func (d *dice) chance(million int64) bool { return d.below(1_000_000) < million }

// jitter draws from a normal distribution with a standard deviation of 40 ms,
// in microseconds, as the sum of twelve even ones.
func (d *dice) jitter() int64 {
	var sum int64
	for range 4 { // three draws of 21 bits from each number
		v := d.src.Uint64()
		sum += int64(v&0x1fffff) + int64(v>>21&0x1fffff) + int64(v>>42&0x1fffff)
	}
	// Twelve draws below 2^21 have a deviation of 2^21.
	return (sum - 6<<21) * 40_000 >> 21
}
