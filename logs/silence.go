package logs

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"pir/timeline"
)

// When a log that says nothing for a while is worth telling: for so many whole
// minutes, after so many minutes of which all but a twentieth had records, and
// where so many records are missing.
const (
	leastSilence = 5
	steadyFor    = 30
	steadyMost   = 60
	leastMissing = 30
	mostSilences = 3 // of a source: the longest
)

// silence is a stretch of a file without a record.
type silence struct{ before, after mark }

// maxSilences is how many of a file are kept; a log with more is not steady.
const maxSilences = 256

// pause notes that nothing stands between two records.
func (t *tally) pause(before, after mark) {
	if len(t.silences) < maxSilences {
		t.silences = append(t.silences, silence{before, after})
	}
}

// borders are the records of a file at which it may fall silent or speak again.
func (t *tally) borders(file int) []mark {
	if t.dated == 0 {
		return nil
	}
	list := []mark{t.earliest, t.latest}
	for _, s := range t.silences {
		list = append(list, s.before, s.after)
	}
	for i := range list {
		list[i].file = int32(file)
	}
	return list
}

// quiet is a stretch of whole minutes without a record, and how many there were
// in each before.
type quiet struct {
	from, to int // steps
	rate     float64
}

// findQuiet finds where the source is silent although it was steady before.
func (d *digest) findQuiet() []quiet {
	if d.all == nil {
		d.all = d.whole()
	}
	sum := make([]int64, d.steps)
	for _, counts := range d.all.counts {
		for i, n := range counts {
			sum[i] += n
		}
	}
	var list []quiet
	for from := 0; from < d.steps; from++ {
		to := from
		for to < d.steps && sum[to] == 0 {
			to++
		}
		if to-from >= leastSilence && to < d.steps {
			if rate := steadyRate(sum[:from]); float64(rate*float64(to-from)) >= leastMissing {
				list = append(list, quiet{from, to, rate})
			}
		}
		from = to
	}
	return rare(list)
}

// steadyRate is how many records a minute there were lately; 0 where they were
// not steady, or became fewer.
func steadyRate(sum []int64) float64 {
	if len(sum) < steadyFor+1 {
		return 0
	}
	sum = sum[max(0, len(sum)-1-steadyMost) : len(sum)-1] // without the minute in which it ends
	var all, late int64
	empty := 0
	for i, n := range sum {
		all += n
		if len(sum)-i <= steadyFor/2 {
			late += n
		}
		if n == 0 {
			empty++
		}
	}
	rate, last := float64(all)/float64(len(sum)), float64(late)/(steadyFor/2)
	if 20*empty > len(sum) || float64(2*last) < rate {
		return 0
	}
	return math.Round(float64(min(rate, last)*10)) / 10
}

// rare leaves out silences that come at the same time on several days, and keeps
// the longest of the others, in order of time.
func rare(list []quiet) []quiet {
	const day, near = 24 * 60, 30
	var out []quiet
	for i, q := range list {
		habit := slices.ContainsFunc(list, func(o quiet) bool {
			apart := max(o.from-q.from, q.from-o.from)
			return apart > day-near && min(apart%day, day-apart%day) <= near
		})
		if !habit {
			out = append(out, list[i])
		}
	}
	slices.SortStableFunc(out, func(a, b quiet) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	out = out[:min(len(out), mostSilences)]
	slices.SortFunc(out, func(a, b quiet) int { return cmp.Compare(a.from, b.from) })
	return out
}

// tellSilences makes signals and warnings of the silences whose ends are known by
// their records.
func (d *digest) tellSilences() (signals []timeline.Signal, warnings []timeline.Warning) {
	slices.SortStableFunc(d.borders, mark.compare)
	what := "no record"
	if !slices.ContainsFunc(d.rows, func(r gridRow) bool { return !r.requests }) {
		what = "no request"
	}
	for _, q := range d.findQuiet() {
		at := func(step int) int64 { return d.time(step).UnixNano() }
		i := slices.IndexFunc(d.borders, func(m mark) bool { return m.ns >= at(q.from) })
		if i < 1 || d.borders[i-1].ns < at(q.from-1) || d.borders[i].ns < at(q.to) || d.borders[i].ns >= at(q.to+1) {
			continue
		}
		before, after := d.borders[i-1], d.borders[i]
		s := timeline.Signal{
			ID: idOf("s", d.name, timeline.ChangeSilent, timeOf(before.ns).Format(time.RFC3339)), Source: d.name,
			Component: d.jobs[before.file].file.Component, Pattern: what, Change: timeline.ChangeSilent, BaselineRate: q.rate,
			First: timeOf(before.ns), Peak: timeOf(before.ns), Last: timeOf(after.ns),
			Sample: before.quote, Origin: d.origin(before),
		}
		signals = append(signals, s)
		warnings = append(warnings, timeline.Warning{
			Code: timeline.WarnSilence,
			Message: fmt.Sprintf("%s: %s from %s to %s, %s; before that %g a minute", d.name, what,
				s.First.Format("2006-01-02 15:04:05"), s.Last.Format("15:04:05"), secondsText((after.ns-before.ns)/nsPerSecond), q.rate),
			Evidence: []timeline.Evidence{d.evidence(before), d.evidence(after)},
		})
	}
	return signals, warnings
}
