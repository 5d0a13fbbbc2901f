package logs

import (
	"math"
	"time"
)

// window is the span of time that is asked for, half open, and the baseline
// in front of it; in nanoseconds.
type window struct{ base, from, to int64 }

// newWindow takes the window of the options. The baseline is as long as the
// window, at least an hour.
func newWindow(opt Options) window {
	w := window{base: math.MinInt64, from: math.MinInt64, to: math.MaxInt64}
	if !opt.To.IsZero() {
		w.to = opt.To.UnixNano()
	}
	if !opt.From.IsZero() {
		length := time.Hour
		if !opt.To.IsZero() {
			length = max(length, opt.To.Sub(opt.From))
		}
		w.from = opt.From.UnixNano()
		w.base = opt.From.Add(-length).UnixNano()
	}
	return w
}

func (w window) holds(ns int64) bool   { return ns >= w.from && ns < w.to }
func (w window) counted(ns int64) bool { return ns >= w.base && ns < w.to }

// limited reports whether anything is left out.
func (w window) limited() bool { return w.base > math.MinInt64 || w.to < math.MaxInt64 }
