package timeline

import "time"

// Rate is the errors of one bucket of time.
type Rate struct {
	Start, End time.Time // UTC, half open
	Errors     int64
	Total      int64 // records of all levels
}

// ErrorRate spreads the series over the timeline's span in equal buckets, for
// a sparkline: each step counts in the bucket that its start is in. It is nil
// when there is no series, no span or no bucket.
func (t *Timeline) ErrorRate(buckets int) []Rate {
	length := t.To.Sub(t.From)
	if buckets <= 0 || length <= 0 || t.From.IsZero() || len(t.Series) == 0 {
		return nil
	}
	out := make([]Rate, buckets)
	for i := range out {
		out[i].Start = t.From.Add(portion(length, i, buckets))
		out[i].End = t.From.Add(portion(length, i+1, buckets))
	}
	at := func(x time.Time) int {
		ms, all := x.Sub(t.From).Milliseconds(), max(length.Milliseconds(), 1)
		return int(min(ms*int64(buckets)/all, int64(buckets)-1))
	}
	for _, s := range t.Series {
		for i, n := range s.Counts {
			start := s.Start.Add(time.Duration(i) * s.Step)
			if start.Before(t.From) || !start.Before(t.To) {
				continue
			}
			b := &out[at(start)]
			b.Total += n
			if s.Level == "error" {
				b.Errors += n
			}
		}
	}
	return out
}

// portion is i/n of d without overflow.
func portion(d time.Duration, i, n int) time.Duration {
	whole, rest := d/time.Duration(n), d%time.Duration(n)
	return whole*time.Duration(i) + rest*time.Duration(i)/time.Duration(n)
}
