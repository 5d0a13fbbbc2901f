package main

import "time"

// The minutes of the day that the shape turns on, in UTC. They are the hours
// that the operator told; everything between them is made up.
var (
	logStart    = clock(9, 30)
	attackStart = clock(10, 15) // SYN flood, held off by the protection
	attackEnd   = clock(10, 45)
	impactStart = clock(11, 45) // protection steps aside, routes go back to normal
	mainEnd     = clock(13, 58) // most customers are well again
	apacWell    = clock(18, 31) // second change, Asia Pacific first …
	europeWell  = clock(18, 58) // … then Europe …
	impactEnd   = clock(19, 43) // … then the Americas: back to the rate before
	logEnd      = clock(21, 0)
)

// clock is a minute of 30 July 2024, UTC.
func clock(hour, minute int) time.Time {
	return time.Date(2024, time.July, 30, hour, minute, 0, 0, time.UTC)
}

// within reports whether t lies in [from, to).
func within(t, from, to time.Time) bool { return !t.Before(from) && t.Before(to) }

// quiet reports whether the minute t stands right beside a turn of the shape.
// There the chance failures of every day are left out, so that the turn can be
// told to the minute.
func quiet(t time.Time) bool {
	return within(t, impactStart.Add(-6*time.Minute), impactStart) ||
		within(t, impactEnd, impactEnd.Add(8*time.Minute))
}

// A region is a part of the edge.
type region struct {
	name string
	pops []string
	// first and last are the requests a minute until ten o'clock and from five
	// in the afternoon on: Europe's day ends, the Americas' day begins.
	first, last int
	// mainShare is the share of requests in percent that fails at the worst.
	mainShare int
	// residual are the failures a minute afterwards; one is picked for each.
	residual []int
	well     time.Time
}

func regions() []region {
	return []region{
		{"europe", []string{"AMS", "FRA", "LON", "MAD", "WAW"}, 34, 24, 40, []int{0, 1, 0, 1}, europeWell},
		{"americas", []string{"IAD", "ORD", "SJC", "DFW", "GRU"}, 16, 50, 30, []int{2, 2, 3}, impactEnd},
		{"apac", []string{"SIN", "HKG", "TYO", "SYD"}, 16, 8, 28, []int{0, 0, 1}, apacWell},
	}
}

// requests is how many requests the region gets in the minute t.
func (r region) requests(t time.Time, dice *dice) int {
	minutes := min(max(int(t.Sub(clock(10, 0))/time.Minute), 0), 420)
	return r.first + (r.last-r.first)*minutes/420 + dice.below(3) - 1
}

// failures is how many of the n requests of the minute t fail.
func (r region) failures(t time.Time, n int, dice *dice) int {
	switch {
	case within(t, impactStart, mainEnd):
		return n*(r.mainShare+dice.below(7)-3)/100 + dice.below(2)
	case within(t, mainEnd, r.well):
		return r.residual[dice.below(len(r.residual))]
	case quiet(t):
		return 0
	case within(t, attackStart, attackEnd):
		return dice.chance(n * 7)
	}
	return dice.chance(n * 3)
}

// dice is a small generator of numbers (SplitMix64) whose sequence no release
// of the standard library can change.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// below gives a number from 0 to n-1.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// between gives a number from low to high, both included.
func (d *dice) between(low, high int) int { return low + d.below(high-low+1) }

// chance gives 1 with a chance of perMille in a thousand, else 0.
func (d *dice) chance(perMille int) int {
	if d.below(1000) < perMille {
		return 1
	}
	return 0
}

// pick gives one of the words.
func (d *dice) pick(words []string) string { return words[d.below(len(words))] }
