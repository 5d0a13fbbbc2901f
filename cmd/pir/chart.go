package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// bars are the heights of the chart, low to high.
var bars = []rune("▁▂▃▄▅▆▇█")

// longestChart is the longest span that is drawn. What is longer has a date in
// it that is no part of the incident, and a chart would show nothing else.
const longestChart = 366 * 24 * time.Hour

// chart draws the errors over the span of the incident, the phases below them,
// and the clock below those.
func (t *table) chart() {
	const margin = 2
	if t.t.From.IsZero() || !t.t.To.After(t.t.From) || t.t.To.Sub(t.t.From) > longestChart {
		return
	}
	phased := slices.ContainsFunc(t.t.Phases, func(p timeline.Phase) bool { return p.Known })
	if !phased && !failing(t.t.ErrorRate(1)) {
		return
	}
	axis := axisOf(t.t.From, t.t.To, t.width-2*margin)
	whole := *t.t
	whole.From, whole.To = axis.from, axis.to
	left := strings.Repeat(" ", margin)
	t.line("")
	if rates := whole.ErrorRate(axis.steps); failing(rates) {
		// The worst minute does not depend on how wide the terminal is.
		worst := highest(whole.ErrorRate(int(axis.to.Sub(axis.from) / time.Minute)))
		t.line("%s%s", left, t.style.paint("dim", fmt.Sprintf("errors per minute, square roots; %s at the peak (%s)",
			count(worst.Errors), t.at(worst.Start, when.Minute))))
		t.line("%s%s", left, t.style.paint("red", spark(rates, axis.n/axis.steps)))
	}
	if band := t.band(axis); band != "" {
		t.line("%s%s", left, band)
	}
	t.line("%s%s", left, t.style.paint("dim", t.marks(axis)))
}

// highest is the bucket with the most errors, the first of equals.
func highest(rates []timeline.Rate) timeline.Rate {
	var worst timeline.Rate
	for _, r := range rates {
		if r.Errors > worst.Errors {
			worst = r
		}
	}
	return worst
}

func failing(rates []timeline.Rate) bool { return highest(rates).Errors > 0 }

// spark draws one bar per bucket, wide cells each. A bucket without errors is
// empty; a single error is seen.
func spark(rates []timeline.Rate, wide int) string {
	most := highest(rates).Errors
	var b strings.Builder
	for _, r := range rates {
		bar := " "
		if r.Errors > 0 {
			bar = string(bars[height(r.Errors, most)])
		}
		b.WriteString(strings.Repeat(bar, wide))
	}
	return b.String()
}

// height is the square root of n as a share of that of most, on the scale of
// bars: what is left of an outage after its worst is seen beside the worst.
func height(n, most int64) int {
	root := 0
	for int64(root+1)*int64(root+1)*most <= n*int64(len(bars)*len(bars)) {
		root++
	}
	return min(max(root-1, 0), len(bars)-1)
}

// axis maps instants to the n cells between two times, in steps of whole
// minutes and whole cells.
type axis struct {
	from, to time.Time
	steps, n int
}

// axisOf widens the span to whole minutes and gives each cell the same number
// of them, or each minute the same number of cells, so that a bar is never half
// a minute of a count.
func axisOf(from, to time.Time, most int) axis {
	from = from.Truncate(time.Minute)
	minutes := int((to.Sub(from) + time.Minute - 1) / time.Minute)
	each := (minutes + most - 1) / most
	steps := (minutes + each - 1) / each
	return axis{from: from, to: from.Add(time.Duration(steps*each) * time.Minute), steps: steps, n: steps * (most / steps)}
}

// cell is the cell of an instant, n for the end and what is behind it.
func (a axis) cell(at time.Time) int {
	switch {
	case at.Before(a.from):
		return 0
	case !at.Before(a.to):
		return a.n
	}
	return int(int64(at.Sub(a.from)/time.Second) * int64(a.n) / max(1, int64(a.to.Sub(a.from)/time.Second)))
}

// band draws the phases as stretches with their names, as far as they fit.
func (t *table) band(a axis) string {
	var b strings.Builder
	filled := 0
	for _, p := range t.t.Phases {
		if !p.Known {
			continue
		}
		start, end := a.cell(p.Start), a.n
		if !p.End.IsZero() {
			end = a.cell(p.End)
		}
		start = max(start, filled)
		if end <= start {
			continue
		}
		b.WriteString(strings.Repeat(" ", start-filled))
		b.WriteString(t.style.paint(p.Name, stretch(p.Name, end-start)))
		filled = end
	}
	return b.String()
}

// stretch draws n cells with a name in them when there is room.
func stretch(name string, n int) string {
	if n < len(name)+4 {
		return "┣" + strings.Repeat("━", n-1)
	}
	left := (n - len(name) - 2) / 2
	return "┣" + strings.Repeat("━", left-1) + " " + name + " " + strings.Repeat("━", n-left-len(name)-2)
}

// marks writes clock times below the band: both ends, and the milestones of the
// impact between them where there is room.
func (t *table) marks(a axis) string {
	line, layout := []byte(strings.Repeat(" ", a.n)), "15:04"
	if !sameDay(t.t.From, t.t.To.Add(-1)) {
		layout = "01-02 15:04"
	}
	if a.to.Sub(a.from) > 4*24*time.Hour {
		layout = "01-02"
	}
	put := func(at time.Time, cell int) {
		text := at.Format(layout)
		cell = min(max(cell, 0), a.n-len(text))
		low, high := max(0, cell-1), min(a.n, cell+len(text)+1)
		if strings.TrimSpace(string(line[low:high])) == "" {
			copy(line[cell:], text)
		}
	}
	put(a.from, 0)
	for _, name := range []timeline.Milestone{timeline.ImpactStart, timeline.ImpactEnd, timeline.Mitigated, timeline.Detected} {
		for _, b := range t.t.Milestones {
			if b.Name == name && b.Known() && !b.Time.Before(a.from) && b.Time.Before(a.to) {
				put(b.Time, a.cell(b.Time))
			}
		}
	}
	put(t.t.To, a.cell(t.t.To))
	if layout == "01-02" { // days that nothing else marks
		for day := a.from.Truncate(24*time.Hour).AddDate(0, 0, 1); day.Before(a.to); day = day.AddDate(0, 0, 1) {
			put(day, a.cell(day))
		}
	}
	return string(line)
}
