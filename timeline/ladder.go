package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

// ladders say which evidence is the better one, best first, for each group of
// milestones. What somebody did to a tool is best known by the tool; what
// happened to users is best known by those who looked into it afterwards.
var ladders = []struct {
	milestones []Milestone
	rungs      []Rung
}{
	{
		[]Milestone{Detected, Acknowledged, Declared, Engaged},
		[]Rung{RungGiven, RungRecorded, RungStated, RungApproximate, RungMeasured, RungPosted, RungDerived},
	},
	{
		[]Milestone{FirstUpdate, Resolved, Closed},
		[]Rung{RungGiven, RungRecorded, RungStated, RungApproximate, RungMeasured, RungPosted, RungDerived},
	},
	{
		[]Milestone{Trigger, Cause, ImpactStart, Identified, MitigationStart, PartialMitigation, Mitigated, ImpactEnd},
		[]Rung{RungGiven, RungStated, RungMeasured, RungApproximate, RungRecorded, RungPosted, RungDerived},
	},
}

// Ladder returns the rungs of a milestone's evidence, best first. Given is the
// first of each.
func Ladder(m Milestone) []Rung { return slices.Clone(ladderOf(m)) }

func ladderOf(m Milestone) []Rung {
	for i := range ladders {
		if slices.Contains(ladders[i].milestones, m) {
			return ladders[i].rungs
		}
	}
	return nil
}

// isEnd reports whether the last of several records is the true one: the last
// alert that cleared, the last time that it was closed.
func isEnd(m Milestone) bool {
	return m == Mitigated || m == ImpactEnd || m == Resolved || m == Closed
}

// isFirst reports whether the milestone is the first of its kind, so that later
// records of the same sort are more of the same and no contradiction.
func isFirst(m Milestone) bool {
	switch m {
	case Detected, Acknowledged, Declared, Engaged, FirstUpdate, Identified, Trigger:
		return true
	}
	return false
}

// compareReadings puts the better reading first.
func compareReadings(a, b *reading) int {
	better := func(x, y bool) int { // true is the better
		if x == y {
			return 0
		}
		if x {
			return -1
		}
		return 1
	}
	c := cmp.Or(
		better(!a.outside, !b.outside),
		better(a.Rung == RungGiven, b.Rung == RungGiven),
		better(!a.Time.IsZero(), !b.Time.IsZero()),
		better(!a.relayed, !b.relayed),
		cmp.Compare(rungRank(a), rungRank(b)),
		better(!a.second, !b.second),
		better(!a.copied, !b.copied),
	)
	if c != 0 {
		return c
	}
	if isEnd(a.Milestone) {
		c = better(len(a.Scope.Regions) == 0, len(b.Scope.Regions) == 0) // one region is well before all are
	}
	if c == 0 && (a.Rung == RungStated || a.Rung == RungApproximate) {
		c = -a.Said.Compare(b.Said)
	}
	byTime := a.Time.Compare(b.Time)
	if isEnd(a.Milestone) {
		byTime = -byTime
	}
	if c == 0 && a.Rung != RungStated && a.Rung != RungApproximate {
		c = byTime
	}
	return cmp.Or(
		c,
		-cmp.Compare(a.Precision, b.Precision),
		cmp.Compare(a.source, b.source),
		better(!a.row, !b.row),
		byTime,
		compareOrigin(a.origin, b.origin),
		a.NotAfter.Compare(b.NotAfter), a.NotBefore.Compare(b.NotBefore),
		cmp.Compare(a.Rule, b.Rule),
		slices.CompareFunc(a.evidence, b.evidence, compareEvidence),
		cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.By, b.By), a.End.Compare(b.End), cmp.Compare(a.episode, b.episode),
	)
}

// rungRank is the place of the reading's rung on the milestone's ladder. A page
// that was resolved is a machine record, but of the page: it stands below what
// people say of the incident.
func rungRank(r *reading) int {
	place := slices.Index(ladderOf(r.Milestone), r.Rung)
	if place < 0 {
		return len(ladderOf(r.Milestone)) * 2
	}
	if r.weak {
		return slices.Index(ladderOf(r.Milestone), RungApproximate)*2 + 1
	}
	return place * 2
}

// boundary makes one row of a milestone from its readings, and warns where
// they disagree.
func (b *builder) boundary(name Milestone, episode int, list []reading) Boundary {
	row := Boundary{Name: name, Episode: episode}
	slices.SortFunc(list, func(a, b reading) int { return compareReadings(&a, &b) })
	if len(list) == 0 || list[0].outside {
		row.Alternatives = alternatives(list)
		return row
	}
	best := &list[0]
	rest := list[1:]
	if best.Time.IsZero() && best.Rung != RungGiven {
		// Only bounds are known: the tightest ones hold, and the row is cited by
		// the one that gives the upper bound.
		best, rest = tightest(list)
	}
	row.Time, row.End, row.Precision = best.Time, best.End, best.Precision
	row.NotBefore, row.NotAfter = best.NotBefore, best.NotAfter
	row.Rung, row.Rule, row.Evidence = best.Rung, best.Rule, slices.Clone(best.evidence)
	row.By, row.Outcome, row.Scope = best.By, best.Outcome, best.Scope
	var against []*reading
	for i := range rest {
		r := &rest[i]
		if row.By == "" && !row.Time.IsZero() && near(best, r) {
			row.By = r.By
		}
		if row.Time.IsZero() && best.Rung != RungGiven && !r.outside {
			row.NotBefore = later(row.NotBefore, r.NotBefore)
		}
		if contradicts(best, r) {
			against = append(against, r)
		}
	}
	row.Alternatives = alternatives(rest)
	for i := range rest {
		row.Alternatives[i].Conflict = slices.Contains(against, &rest[i])
	}
	row.Conflict = len(against) > 0
	if row.Conflict {
		b.tellConflict(&row, against)
	}
	return row
}

// tightest splits off the reading with the earliest upper bound.
func tightest(list []reading) (*reading, []reading) {
	at := 0
	for i := range list {
		r, b := &list[i], &list[at]
		if r.outside || r.NotAfter.IsZero() {
			continue
		}
		if b.NotAfter.IsZero() || r.NotAfter.Before(b.NotAfter) {
			at = i
		}
	}
	best := list[at]
	return &best, append(slices.Clone(list[:at]), list[at+1:]...)
}

func alternatives(list []reading) []Alternative {
	var out []Alternative
	for i := range list {
		r := &list[i]
		rule := r.Rule
		if len(r.Scope.Regions) > 0 {
			rule += " (for " + strings.Join(r.Scope.Regions, ", ") + ")"
		}
		if r.outside {
			rule += " (outside the incident's span)"
		}
		out = append(out, Alternative{
			Time: r.Time, NotBefore: r.NotBefore, NotAfter: r.NotAfter, Precision: r.Precision,
			Rung: r.Rung, Rule: rule, Evidence: slices.Clone(r.evidence),
		})
	}
	return out
}

// approximateSlack is how far off a time may be that is told with "about".
const approximateSlack = 10 * time.Minute

// slack is how far the true instant may be from what the reading says.
func (r *reading) slack() time.Duration {
	s := r.Precision.Unit()
	if r.Precision == when.Unknown {
		s = time.Second
	}
	if r.Rung == RungApproximate {
		s = max(s, approximateSlack)
	}
	return s
}

// near reports whether two readings mean the same instant.
func near(a, b *reading) bool {
	if a.Time.IsZero() || b.Time.IsZero() {
		return false
	}
	return distance(a, b) <= max(a.slack(), b.slack())
}

// distance is how far two readings are apart; a measured one reaches as far as
// its bounds.
func distance(a, b *reading) time.Duration {
	if b.Rung == RungMeasured {
		a, b = b, a
	}
	if a.Rung == RungMeasured && !a.NotBefore.IsZero() && !a.NotAfter.IsZero() {
		switch {
		case b.Time.Before(a.NotBefore):
			return a.NotBefore.Sub(b.Time)
		case b.Time.After(a.NotAfter):
			return b.Time.Sub(a.NotAfter)
		}
		return 0
	}
	return a.Time.Sub(b.Time).Abs()
}

// narrower reports whether a is told of a part that b is not told of.
func narrower(a, b Scope) bool {
	return (len(a.Regions) > 0 && !slices.Equal(a.Regions, b.Regions)) ||
		(len(a.Components) > 0 && !slices.Equal(a.Components, b.Components))
}

// contradicts reports whether the reading r disagrees with the chosen one by
// more than both are precise.
func contradicts(best, r *reading) bool {
	if best.Time.IsZero() || r.outside || r.Rung == RungDerived || r.relayed {
		return false
	}
	if isEnd(r.Milestone) && narrower(r.Scope, best.Scope) && !r.Time.After(best.Time) {
		return false // one region or component that was well again earlier
	}
	if r.Time.IsZero() {
		if r.Rung != RungPosted && r.Rung != RungStated && r.Rung != RungGiven && r.Rung != RungMeasured {
			return false
		}
		slack := max(best.slack(), r.slack())
		return (!r.NotAfter.IsZero() && best.Time.Sub(r.NotAfter) > slack) ||
			(!r.NotBefore.IsZero() && r.NotBefore.Sub(best.Time) > slack)
	}
	if near(best, r) {
		return false
	}
	more := r.Rung == RungRecorded || r.row
	switch {
	case r.jotted && r.Milestone == Acknowledged:
		return false // somebody looked at it; the record tells of the page
	case r.second:
		return false // another part was hurt for a shorter time, or another log counts better
	case more && isFirst(r.Milestone) && r.Time.After(best.Time):
		return false // more of the same: a second page, a later complaint
	case r.Rung == RungRecorded && isEnd(r.Milestone) && (r.Time.Before(best.Time) || r.weak || r.kind == KindAlert):
		return false // an alert clears by its own threshold, a page when somebody closes it
	case r.Rung == RungRecorded && r.Milestone != ImpactStart && best.Rung == RungRecorded:
		return false
	case r.row && r.source == best.source && isEnd(r.Milestone) && r.Time.Before(best.Time) && best.row:
		return false // the notes said so twice; the later word is the better one
	}
	return true
}
