package chart

import (
	"strconv"
	"time"
)

// tick is a mark of the time axis. Day is set where the date changes, and on the
// first tick.
type tick struct {
	at        time.Time
	clock     string
	day, year string
}

// steps are the distances between ticks below a day, in seconds.
var steps = []int64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200}

const daySeconds = 86400

// stepFor is the shortest step that gives at most n ticks; beyond a day, 1, 2 or
// 5 times a power of ten of days.
func stepFor(seconds int64, n int) int64 {
	limit := seconds / int64(max(n, 1))
	for _, s := range steps {
		if s >= limit {
			return s
		}
	}
	for unit := int64(daySeconds); ; unit *= 10 {
		for _, k := range []int64{1, 2, 5} {
			if k*unit >= limit {
				return k * unit
			}
		}
	}
}

// ticksOf are at most n+1 ticks at round times in UTC. A window below a second
// has its ends.
func ticksOf(w window, n int) []tick {
	if !w.known() {
		return nil
	}
	step := stepFor(w.seconds(), n)
	first := w.from.Unix()
	if rest := ((first % step) + step) % step; rest > 0 || w.from.Nanosecond() > 0 {
		first += step - rest
	}
	var list []tick
	for at := first; len(list) <= n; at += step {
		t := time.Unix(at, 0).UTC()
		if t.After(w.to) {
			break
		}
		list = append(list, tick{at: t})
	}
	name(list, step)
	return list
}

// name gives ticks their words: a clock, and a date where it changes; from a day
// on dates, and a year where it changes.
func name(list []tick, step int64) {
	layout := "15:04"
	if step < 60 {
		layout = time.TimeOnly
	}
	for i := range list {
		k := &list[i]
		fresh := i == 0 || !sameDay(list[i-1].at, k.at)
		newYear := i == 0 || list[i-1].at.Year() != k.at.Year()
		if step >= daySeconds {
			if k.clock = k.at.Format("2 Jan"); newYear {
				k.year = strconv.Itoa(k.at.Year())
			}
			continue
		}
		k.clock = k.at.Format(layout)
		if fresh {
			if k.day = k.at.Format("2 Jan"); newYear {
				k.day = k.at.Format("2 Jan 2006")
			}
		}
	}
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

// niceTop is the end of a scale that holds n: a round number not much above it.
func niceTop(n int64) int64 {
	if n > 1<<61 {
		return n
	}
	for unit := int64(1); ; unit *= 10 {
		for _, k := range []int64{1, 2, 3, 4, 5, 6, 8} {
			if k*unit >= n {
				return k * unit
			}
		}
	}
}
