package logs

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/timeline"
)

// maxComponents is how many components of a source have series of their own.
const maxComponents = 64

// leastSteps is how many minutes the series of a source may span in any case, 31
// days, and mostSteps how many where the log goes on without a pause of longSilence
// and there is room for so many of maxCells counts. Records outside are counted
// but stand in no series: a date that is wrong makes no log of a year.
const (
	leastSteps  = 31 * 24 * 60
	mostSteps   = 366 * 24 * 60
	longSilence = 3 * 24 * 60
	maxCells    = 4 << 20
)

// foldNames keeps the components with the most records, and folds the others
// into one.
func (t *tally) foldNames() {
	if len(t.names) <= maxComponents {
		return
	}
	order := make([]int, len(t.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(t.records[b], t.records[a]), strings.Compare(t.names[a], t.names[b]))
	})
	folded := newTally(t.names[order[0]])
	for k, i := range order {
		if k < maxComponents-1 {
			folded.component(t.names[i])
		}
	}
	for i, name := range t.names {
		if _, ok := folded.index[name]; !ok {
			t.names[i] = otherComponent
		}
	}
	names := folded.absorbNames(t)
	all := limits{texts: len(t.texts) + 1, bins: t.bins + 1, counts: len(t.counts) + 1, marks: len(t.errors) + 1, seconds: t.fine + 1}
	folded.absorbCounts(t, names, all)
	folded.absorbTexts(t, names, all)
	*t = *folded
}

// digest is a source on a grid of minutes.
type digest struct {
	*source
	start int64 // first minute
	steps int
	rows  []gridRow
	all   *gridRow // the sum of the rows; nil until it is needed
	stray notice   // records outside the grid; line is the minute of the first

	// What stays when the tally is gone.
	lines    []timeline.Series
	bursts   []timeline.Burst
	patterns []group
	early    map[earlyKey]mark // the first error of each text inside a burst
}

// earlyKey is a text of errors of one component.
type earlyKey struct {
	component string
	id        uint64
}

// gridRow is one component: counts per level and minute.
type gridRow struct {
	component string
	index     uint16
	requests  bool // each record is one request
	counts    [levelCount][]int64
	sums      [levelCount]int64
}

// digest lays the counts of a source on its grid. Components are in the order
// of their names.
func (s *source) digest() *digest {
	d := &digest{source: s}
	d.span()
	if d.steps == 0 {
		return d
	}
	t := s.tally
	byIndex := make([]*gridRow, len(t.names))
	for i, name := range t.names {
		byIndex[i] = &gridRow{component: name, index: uint16(i), requests: t.request[i] > 0 && t.request[i] == t.records[i]}
	}
	for key, n := range t.counts {
		at := key.minute - d.start
		if at < 0 || at >= int64(d.steps) {
			if d.stray.n == 0 || key.minute < d.stray.line {
				d.stray.line = key.minute
			}
			d.stray.n += n
			continue
		}
		row := byIndex[key.component]
		if row.counts[key.level] == nil {
			row.counts[key.level] = make([]int64, d.steps)
		}
		row.counts[key.level][at] += n
		row.sums[key.level] += n
	}
	for _, row := range byIndex {
		if row.sums != [levelCount]int64{} {
			d.rows = append(d.rows, *row)
		}
	}
	slices.SortFunc(d.rows, func(a, b gridRow) int { return strings.Compare(a.component, b.component) })
	return d
}

// span finds the stretch of at most leastSteps minutes that holds the most
// records, the earliest on a tie, and what goes on before and behind it. As a rule
// that is all of them.
func (d *digest) span() {
	perMinute := make(map[int64]int64)
	rows := make(map[countKey]bool)
	for key, n := range d.tally.counts {
		perMinute[key.minute] += n
		key.minute = 0
		rows[key] = true
	}
	most := int64(min(max(maxCells/max(len(rows), 1), leastSteps), mostSteps))
	all := make([]int64, 0, len(perMinute))
	for m := range perMinute {
		all = append(all, m)
	}
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	var sum, best int64
	from, bestFrom, bestTo := 0, 0, 0
	for to, m := range all {
		sum += perMinute[m]
		for m-all[from] >= leastSteps {
			sum -= perMinute[all[from]]
			from++
		}
		if sum > best {
			best, bestFrom, bestTo = sum, from, to
		}
	}
	for bestTo+1 < len(all) && all[bestTo+1]-all[bestTo] < longSilence && all[bestTo+1]-all[bestFrom] < most {
		bestTo++
	}
	for bestFrom > 0 && all[bestFrom]-all[bestFrom-1] < longSilence && all[bestTo]-all[bestFrom-1] < most {
		bestFrom--
	}
	d.start = all[bestFrom]
	d.steps = int(all[bestTo]-d.start) + 1
}

func (d *digest) time(step int) time.Time { return minuteTime(d.start + int64(step)) }

func minuteTime(minute int64) time.Time { return time.Unix(minute*60, 0).UTC() }

// strayWarning tells of records that are too far away in time for the series.
func (d *digest) strayWarning() timeline.Warning {
	return timeline.Warning{
		Code: timeline.WarnOutOfOrder,
		Message: fmt.Sprintf("%s: %d records, the first at %s, lie outside of %s to %s, the stretch with the most records; they are counted and stand in no series",
			d.name, d.stray.n, minuteTime(d.stray.line).Format(time.RFC3339), d.time(0).Format(time.RFC3339), d.time(d.steps).Format(time.RFC3339)),
		Evidence: []timeline.Evidence{},
	}
}

// series are those of errors and warnings, and of all levels where records are
// requests, so that a share can be reckoned.
func (d *digest) series() []timeline.Series {
	var out []timeline.Series
	for _, row := range d.rows {
		for level := LevelError; ; level-- {
			if row.sums[level] > 0 && (row.requests || level >= LevelWarning) {
				out = append(out, timeline.Series{
					Source: d.name, Component: row.component, Level: level.String(),
					Start: d.time(0), Step: time.Minute, Counts: row.counts[level],
				})
			}
			if level == LevelUnknown {
				break
			}
		}
	}
	return out
}

// totals are the requests per minute; nil where requests are not counted.
func (r *gridRow) totals(steps int) []int64 {
	if !r.requests {
		return nil
	}
	sum := make([]int64, steps)
	for _, counts := range r.counts {
		for i, n := range counts {
			sum[i] += n
		}
	}
	return sum
}

// others are the ordinary records per minute beside the errors of a component:
// its own, else those of its source where it writes errors alone. Warnings are
// left out, since they come with errors. It is nil where there are fewer of them
// than errors.
func (d *digest) others(row *gridRow) []int64 {
	if sum := ordinary(row, d.steps); sum != nil {
		return sum
	}
	if d.all == nil {
		d.all = d.whole()
	}
	return ordinary(d.all, d.steps)
}

// whole is the sum of all rows.
func (d *digest) whole() *gridRow {
	all := &gridRow{}
	for i := range d.rows {
		for level, counts := range d.rows[i].counts {
			if counts != nil && all.counts[level] == nil {
				all.counts[level] = make([]int64, d.steps)
			}
			for at, n := range counts {
				all.counts[level][at] += n
			}
			all.sums[level] += d.rows[i].sums[level]
		}
	}
	return all
}

// ordinary are the records below warning per minute; nil where they are fewer
// than the errors.
func ordinary(r *gridRow, steps int) []int64 {
	sum := make([]int64, steps)
	var total int64
	for level := range LevelWarning {
		total += r.sums[level]
		for at, n := range r.counts[level] {
			sum[at] += n
		}
	}
	if total < r.sums[LevelError] {
		return nil
	}
	return sum
}

// idOf makes an id from a letter and what identifies a thing.
func idOf(letter string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return letter + hex.EncodeToString(sum[:6])
}
