package chart

import (
	"slices"
	"strings"
	"time"

	"pir/timeline"
)

// mostFlags is how many milestones have a label; the least telling ones give way.
const mostFlags = 24

// banner is a milestone, or several of one time, at their place.
type banner struct {
	at      time.Time
	x       int
	clock   string // "12:26", "by 08:20", "~18:00"
	names   []string
	bound   bool // only the latest time is known
	doubted bool // sources disagree
	rows    []string
	width   int
	height  int // rows above the band, from 1
	number  int
}

// telling are the milestones from the one that a reader misses most.
var telling = []timeline.Milestone{
	timeline.ImpactStart, timeline.Detected, timeline.Mitigated, timeline.ImpactEnd, timeline.Resolved,
	timeline.Trigger, timeline.Identified, timeline.FirstUpdate, timeline.Acknowledged, timeline.Declared,
	timeline.MitigationStart, timeline.PartialMitigation, timeline.Engaged, timeline.Cause, timeline.Closed,
}

// marksOf are the milestones of a timeline in order of time, those of one time
// together; out are those that the window does not hold.
func marksOf(t *timeline.Timeline, w window) (in []banner, out []timeline.Boundary) {
	list := slices.Clone(t.Milestones)
	slices.SortStableFunc(list, func(a, b timeline.Boundary) int { return instant(a).Compare(instant(b)) })
	for _, b := range list {
		at := instant(b)
		switch {
		case at.IsZero():
			continue
		case !w.holds(at):
			out = append(out, b)
			continue
		}
		f := banner{at: at, clock: clockOf(b, w), bound: !b.Known(), doubted: b.Conflict}
		for _, e := range b.Evidence {
			f.rows = append(f.rows, e.ID)
		}
		name := spoken(b.Name)
		if b.Outcome == timeline.OutcomeFailed {
			name += " (failed)"
		}
		if k := len(in) - 1; k >= 0 && in[k].clock == f.clock && in[k].at.Equal(at) {
			in[k].names = append(in[k].names, name)
			in[k].doubted = in[k].doubted || f.doubted
			in[k].rows = append(in[k].rows, f.rows...)
			continue
		}
		f.names = []string{name}
		in = append(in, f)
	}
	return in, out
}

// instant is where a milestone is drawn: its time, else the latest it can have.
func instant(b timeline.Boundary) time.Time {
	if b.Known() {
		return b.Time
	}
	return b.NotAfter
}

// clockOf is the time of a milestone as finely as it is known, with the date
// where the window holds several days.
func clockOf(b timeline.Boundary, w window) string {
	at, lead := instant(b).UTC(), ""
	switch {
	case !b.Known():
		lead = "by "
	case b.Rung == timeline.RungApproximate:
		lead = "~"
	}
	return lead + momentText(at, b.Precision.Unit(), w.detail())
}

// detail is how much of a date stands before a clock.
type detail string

// The details: none where all is of one day, a year where there are several.
const (
	clockOnly detail = ""
	withDay   detail = "2 Jan "
	withYear  detail = "2 Jan 2006 "
)

// detail is what the instants of a window need to be told apart.
func (w window) detail() detail {
	switch {
	case w.from.Year() != w.to.Year() && w.seconds() > 300*daySeconds:
		return withYear
	case !sameDay(w.from, w.to):
		return withDay
	}
	return clockOnly
}

// momentText writes an instant as finely as a unit of time.
func momentText(at time.Time, unit time.Duration, d detail) string {
	switch {
	case unit >= 24*time.Hour && d == clockOnly:
		return at.Format("2 Jan")
	case unit >= 24*time.Hour:
		return at.Format(strings.TrimSpace(string(d)))
	case unit >= time.Minute:
		return at.Format(string(d) + "15:04")
	}
	return at.Format(string(d) + "15:04:05")
}

// words are the label of a flag.
func (f *banner) words() string { return strings.Join(f.names, ", ") }

// least takes the least telling flags away until there are at most n.
func least(list []banner, n int) (kept []banner, left int) {
	for order := len(telling) - 1; order >= 0 && len(list) > n; order-- {
		name := spoken(telling[order])
		for i := len(list) - 1; i >= 0 && len(list) > n; i-- {
			if len(list[i].names) == 1 && strings.HasPrefix(list[i].names[0], name) {
				list = slices.Delete(list, i, i+1)
				left++
			}
		}
	}
	if len(list) > n {
		left += len(list) - n
		list = list[:n]
	}
	return list, left
}

// climb gives each flag a row so that no label is on another and no pole goes
// through one: a label reaches to the right of its pole, and every flag whose
// pole stands below that label is lower. It gives the highest row.
func climb(list []banner, gap int) int {
	highest := 0
	for i := len(list) - 1; i >= 0; i-- {
		list[i].height = 1
		for j := i + 1; j < len(list) && list[j].x < list[i].x+list[i].width+gap; j++ {
			list[i].height = max(list[i].height, list[j].height+1)
		}
		highest = max(highest, list[i].height)
	}
	return highest
}
