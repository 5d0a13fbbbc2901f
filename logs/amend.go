package logs

import (
	"fmt"

	"pir/timeline"
)

// Some things about a file show only when it was read to its end: in which order
// its dates have day and month, where the clocks went back, where its dates
// without a year run on into the next. It is then read again with what was
// learnt; few files ever are.

// mostReadings is how often a file is read at most.
const mostReadings = 3

// The bounds of what is remembered for that.
const maxTurns, maxAgain = 64, 8

// yearTurn is a place from which dates without a year are in the year after, or
// before, that of the line above.
type yearTurn struct {
	offset int64
	by     int
}

// hourAgain is a place from which an hour that the clocks show twice is the
// second one.
type hourAgain struct{ ns, offset int64 }

// amend takes over what a reading showed. It reports whether the file has to be
// read again.
func (j *job) amend(t *tally) bool {
	if j.document != nil {
		return false
	}
	if j.amendDays(&t.days) {
		return true // what else was seen was seen wrongly
	}
	changed := false
	if len(j.hours) == 0 && len(t.again) > 0 {
		j.hours, changed = t.again, true
	}
	if len(j.turns) == 0 && t.yearless > 0 && t.wraps.n > 0 && t.wraps.n < maxTurns/2 && j.amendYears(t.turns) {
		changed = true
	}
	return changed
}

// second reports whether a time that the zone shows twice, at offset, is the
// second one.
func (j *job) second(ns, offset int64) bool {
	const near = 3 * 60 * nsPerMinute
	for i := len(j.hours) - 1; i >= 0; i-- {
		if h := j.hours[i]; offset >= h.offset && ns-h.ns < near && h.ns-ns < near {
			return true
		}
	}
	return false
}

// amendYears takes over where a log of several years runs on into the next one.
// What told the year told that of the first record, or of the last.
func (j *job) amendYears(turns []yearTurn) bool {
	level := 0
	for i := range turns {
		level = max(level+turns[i].by, 0)
		turns[i].by = level
	}
	if level == 0 {
		return false
	}
	switch j.years.from {
	case yearGiven, yearHead, yearName:
	default:
		j.turnBase = -level
	}
	j.turns = turns
	return true
}

// turned is by how many years a date without a year at offset is away from what
// the span says.
func (j *job) turned(offset int64) int {
	if len(j.turns) == 0 {
		return 0
	}
	for i := len(j.turns) - 1; i >= 0; i-- {
		if offset >= j.turns[i].offset {
			return j.turnBase + j.turns[i].by
		}
	}
	return j.turnBase
}

// clockDoubts adds the doubts about hours that the zone shows twice or not at
// all.
func (j *job) clockDoubts(t *tally, add func(code string, evidence []timeline.Evidence, format string, args ...any)) {
	zone := j.file.Zone.Location
	if t.twice.n > 0 && len(j.hours) == 0 {
		add(timeline.WarnZoneDoubtful, []timeline.Evidence{j.at(t.twice.line, t.twice.offset, "")},
			"times that %s shows twice, since the clocks went back: %d, and the order of the lines does not tell which; the first is taken", zone, t.twice.n)
	}
	if t.skipped.n > 0 {
		add(timeline.WarnZoneDoubtful, []timeline.Evidence{j.at(t.skipped.line, t.skipped.offset, "")},
			"times that do not exist in %s, since the clocks went forward: %d; they are read with the offset from before", zone, t.skipped.n)
	}
}

// amended says in words what was learnt.
func (j *job) amended() []string {
	var parts []string
	if len(j.hours) > 0 {
		parts = append(parts, fmt.Sprintf("the clocks went back at byte %d", j.hours[0].offset))
	}
	return parts
}

// manyYears says over how many years dates without one run on; empty is one.
func (j *job) manyYears() string {
	n := len(j.turns)
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and run on over %d years, where they go back by months", j.turns[n-1].by+1)
}
