package check

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"pir/internal/when"
	"pir/review/document"
	"pir/timeline"
)

// times are those that the facts of a page give a milestone, the zero time left
// out.
func times(f document.Facts, names ...timeline.Milestone) []time.Time {
	var list []time.Time
	for _, m := range f.Milestones {
		if slices.Contains(names, m.Name) && !m.Time.IsZero() {
			list = append(list, m.Time)
			if !m.End.IsZero() {
				list = append(list, m.End)
			}
		}
	}
	for _, w := range f.Windows {
		if slices.Contains(names, timeline.ImpactStart) && !w.Start.IsZero() {
			list = append(list, w.Start)
		}
		if (slices.Contains(names, timeline.ImpactEnd) || slices.Contains(names, timeline.Mitigated)) && !w.End.IsZero() {
			list = append(list, w.End)
		}
	}
	return list
}

// lastUnit is the finest unit of a length of time as a page shows it.
var lastUnit = regexp.MustCompile(`[0-9]\s*(ms|s|sec|seconds?|min|m|minutes?|h|hours?|d|days?)\b`)

func unitOf(text string) time.Duration {
	unit := 24 * time.Hour
	for _, m := range lastUnit.FindAllStringSubmatch(text, -1) {
		switch m[1][0] {
		case 's':
			return time.Second
		case 'm':
			if m[1] == "ms" {
				return time.Millisecond
			}
			unit = min(unit, time.Minute)
		case 'h':
			unit = min(unit, time.Hour)
		}
	}
	return unit
}

// metrics finds measures that are not the distance between their ends, as the
// page shows both. What is shown to the minute is compared to the minute.
func metrics(p *page) {
	for _, m := range p.Facts.Metrics {
		if !m.Known || m.Count || m.From == "" || m.To == "" {
			continue
		}
		value := time.Duration(m.Value * float64(time.Second)).Round(time.Millisecond)
		best, from, to, known := time.Duration(0), time.Time{}, time.Time{}, false
		for _, a := range times(p.Facts, m.From) {
			for _, b := range times(p.Facts, m.To) {
				if off := apart(value, b.Sub(a)); !known || off < best {
					best, from, to, known = off, a, b, true
				}
			}
		}
		if !known || best < tolerance(m.Text, from, to) {
			continue
		}
		if union := impactUnion(p.Facts); m.Name == "impact_duration" && union > 0 && apart(value, union) < tolerance(m.Text, from, to) {
			continue
		}
		p.add(m.Span, fmt.Sprintf("%s is %s on the page; from %s to %s it is %s",
			m.Label, m.Text, clockOf(from), clockOf(to), when.Words(to.Sub(from))))
	}
}

func apart(a, b time.Duration) time.Duration { return max(a-b, b-a) }

// tolerance is how far a length may be off: one unit of what is shown.
func tolerance(text string, ends ...time.Time) time.Duration {
	unit := max(unitOf(text), time.Second)
	for _, t := range ends {
		if t.Second() == 0 {
			unit = max(unit, time.Minute)
		}
	}
	return unit
}

// impactUnion is the time that the windows of impact cover; 0 where one has no
// end.
func impactUnion(f document.Facts) time.Duration {
	list := slices.Clone(f.Windows)
	slices.SortFunc(list, func(a, b document.Window) int { return a.Start.Compare(b.Start) })
	var sum time.Duration
	var end time.Time
	for _, w := range list {
		if w.Start.IsZero() || w.End.IsZero() {
			return 0
		}
		if w.Start.After(end) {
			end = w.Start
		}
		if w.End.After(end) {
			sum += w.End.Sub(end)
			end = w.End
		}
	}
	return sum
}

// clockOf is a time as findings tell it.
func clockOf(t time.Time) string {
	if t.Second() == 0 {
		return t.Format("15:04 UTC on 2 January 2006")
	}
	return t.Format("15:04:05 UTC on 2 January 2006")
}

// zoned are the ways to name a zone.
var (
	zoned = regexp.MustCompile(`\b(?:UTC|GMT|Zulu|[ECMP][SD]?T|CES?T|BST|IST|JST|AE[SD]T|AWST|HKT|SGT|KST|MSK|WES?T|EES?T|NZ[SD]T|SAST)\b` +
		`|[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:Z\b|[+-][0-9]{2}:?[0-9]{2})` +
		`|(?i:\b(?:pacific|eastern|central|mountain|local|berlin|london|paris) (?:standard |daylight |summer )?time\b|time ?zone)` +
		`|\b(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Etc)/[A-Z]`)
	timeOfDay = regexp.MustCompile(`\b(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?\b|\b(?:1[0-2]|[1-9]) ?[ap]\.?m\b`)
)

// zones finds pages with times of day and no zone. One finding is enough.
func zones(p *page) {
	if zoned.Match(p.Source) {
		return
	}
	if m := timeOfDay.FindIndex(p.plain); m != nil {
		p.add(document.Span{Start: m[0], End: m[1]}, "times of day without a zone; nothing on the page names one")
	}
}
