package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

// climb makes the rows of all milestones, in order. Readings that count from
// another milestone are resolved once that one has its row.
func (b *builder) climb() {
	for _, m := range Milestones {
		list := b.of(m)
		for i := range list {
			b.resolve(&list[i])
		}
		if m == Mitigated {
			list = b.boundByEnd(list)
		}
		switch {
		case repeats(m):
			for n := range b.frames {
				b.rows = append(b.rows, b.boundary(m, n+1, ofEpisode(list, n+1)))
			}
		case m == MitigationStart || m == PartialMitigation:
			b.rows = append(b.rows, b.attempts(m, list)...)
		default:
			b.rows = append(b.rows, b.boundary(m, 0, list))
		}
	}
	b.dropLateParts()
	b.suspectChanges()
}

// boundByEnd makes bounds of alerts that cleared when the impact was over, as far
// as better evidence tells of its end: an alert clears by its own threshold, and
// the main impact ends no later than all of it.
func (b *builder) boundByEnd(list []reading) []reading {
	ends := b.of(ImpactEnd)
	for n := range b.frames {
		at := slices.IndexFunc(ends, func(r reading) bool {
			return r.episode == n+1 && !r.outside && !r.Time.IsZero() && (r.Rung == RungGiven || r.Rung == RungStated || r.Rung == RungMeasured)
		})
		best := slices.IndexFunc(list, func(r reading) bool { return r.episode == n+1 })
		if at < 0 || best < 0 || list[best].Rung != RungRecorded {
			continue // nothing to bound it with, or no need
		}
		end, late := ends[at], false
		for i := range list {
			r := &list[i]
			if r.episode == n+1 && r.Rung == RungRecorded && r.Time.After(end.Time) {
				r.NotAfter, r.Time = earlier(r.NotAfter, r.Time), time.Time{}
				r.Rule += ", when the impact was over"
				late = true
			}
		}
		if late {
			over := end
			over.Milestone, over.Time, over.End, over.NotBefore, over.NotAfter = Mitigated, time.Time{}, time.Time{}, time.Time{}, end.Time
			over.Rung, over.Rule, over.window = RungDerived, "the impact was over by then", nil
			list = append(list, over)
		}
	}
	return list
}

// dropLateParts gives up a partial mitigation that is known by a post only,
// where the main impact was over before the post: its bound tells nothing. What
// the post says stays an alternative.
func (b *builder) dropLateParts() {
	first := slices.IndexFunc(b.rows, func(r Boundary) bool { return r.Name == PartialMitigation })
	if first < 0 {
		return
	}
	var told []Alternative
	var kept []Boundary
	for _, row := range b.rows {
		mitigated := b.row(Mitigated, row.Episode)
		if row.Name != PartialMitigation || row.Rung != RungPosted || row.Known() || !mitigated.Known() || !row.NotAfter.After(mitigated.Time) {
			kept = append(kept, row)
			continue
		}
		told = append(told, Alternative{
			NotBefore: row.NotBefore, NotAfter: row.NotAfter, Precision: row.Precision, Rung: row.Rung,
			Rule: row.Rule + ", later than mitigated", Evidence: row.Evidence,
		})
		told = append(told, row.Alternatives...)
	}
	if len(told) == 0 {
		return
	}
	b.rows = kept
	if first == len(b.rows) || b.rows[first].Name != PartialMitigation {
		b.rows = slices.Insert(b.rows, first, Boundary{Name: PartialMitigation})
	}
	b.rows[first].Alternatives = append(b.rows[first].Alternatives, told...)
}

// of are the readings of a milestone, without repeats.
func (b *builder) of(m Milestone) []reading {
	var list []reading
	for i := range b.readings {
		if b.readings[i].Milestone == m {
			list = append(list, b.readings[i])
		}
	}
	slices.SortFunc(list, func(x, y reading) int { return compareReadings(&x, &y) })
	return slices.CompactFunc(list, func(x, y reading) bool {
		return sameStatement(&x, &y) && x.origin == y.origin && x.Rung == y.Rung && x.Rule == y.Rule && x.episode == y.episode
	})
}

func ofEpisode(list []reading, n int) []reading {
	var out []reading
	for _, r := range list {
		if r.episode == n {
			out = append(out, r)
		}
	}
	return out
}

// resolve reckons a time that is told from another milestone. Where that one
// is not known the reading stays without a time, and says so.
func (b *builder) resolve(r *reading) {
	if r.after == "" {
		return
	}
	base, found := lookup(b.rows, r.after)
	if !found || !base.Known() {
		r.Rule += ", which is not known"
		return
	}
	at := base.Time.Add(r.lapse)
	r.Precision = min(cmp.Or(base.Precision, when.Minute), cmp.Or(r.Precision, when.Minute))
	if r.atMost {
		r.NotAfter = at
		return
	}
	r.Time = at
}

// lookup is the row of a milestone that metrics use.
func lookup(rows []Boundary, name Milestone) (Boundary, bool) {
	var best Boundary
	found := false
	for _, row := range rows {
		if row.Name != name {
			continue
		}
		switch {
		case !found:
		case name == ImpactEnd && !row.Known() && best.Known() && started(rows, row.Episode):
			// it came back after that, and nobody says when it ended
		case row.Known() != best.Known():
			if best.Known() || name == ImpactStart && best.bounded() {
				continue // the first impact began no later than a bound, whatever is known of the second
			}
		case name == ImpactEnd || name == Resolved:
			if row.Time.Before(best.Time) {
				continue
			}
		default:
			continue
		}
		best, found = row, true
	}
	return best, found
}

// started reports whether the start of an episode is known.
func started(rows []Boundary, episode int) bool {
	return slices.ContainsFunc(rows, func(r Boundary) bool { return r.Name == ImpactStart && r.Episode == episode && r.Known() })
}

// bounded reports whether anything is known of when the row was.
func (row *Boundary) bounded() bool {
	return !row.NotBefore.IsZero() || !row.NotAfter.IsZero()
}

// attemptSlack is how far apart two tellings of one attempt may be.
const attemptSlack = 5 * time.Minute

// attempts makes one row of each attempt: readings of the same act, near each
// other, are one. What only tells how an attempt went joins the last one of
// the same act.
func (b *builder) attempts(m Milestone, list []reading) []Boundary {
	var groups [][]reading
	var bounds, outcomes, lost []reading
	slices.SortStableFunc(list, func(x, y reading) int { return x.Time.Compare(y.Time) })
	for _, r := range list {
		switch {
		case r.outside:
			lost = append(lost, r)
		case r.during && !b.responding(r.Time):
			// a rollout before the incident is a change, and maybe its trigger
		case r.Time.IsZero():
			bounds = append(bounds, r)
		case r.follows:
			outcomes = append(outcomes, r)
		default:
			groups = joinAttempt(groups, r)
		}
	}
	for _, r := range outcomes {
		groups = joinOutcome(groups, r)
	}
	for _, r := range append(bounds, lost...) {
		if len(groups) == 0 {
			groups = append(groups, nil)
		}
		at := 0
		for i, g := range groups {
			if len(g) > 0 && !r.NotAfter.IsZero() && !g[0].Time.IsZero() && !g[0].Time.After(r.NotAfter) {
				at = i
			}
		}
		groups[at] = append(groups[at], r)
	}
	if len(groups) == 0 {
		return []Boundary{{Name: m}}
	}
	var rows []Boundary
	for _, g := range groups {
		rows = append(rows, b.attempt(m, g))
	}
	slices.SortStableFunc(rows, func(x, y Boundary) int {
		return cmp.Or(cmp.Compare(x.Episode, y.Episode), x.Time.Compare(y.Time))
	})
	return rows
}

// responding reports whether the incident had been detected by then.
func (b *builder) responding(at time.Time) bool {
	detected, _ := lookup(b.rows, Detected)
	return detected.Known() && !at.Before(detected.Time)
}

func joinAttempt(groups [][]reading, r reading) [][]reading {
	for i := len(groups) - 1; i >= 0; i-- {
		first := &groups[i][0]
		slack := max(attemptSlack, first.slack(), r.slack())
		sameAct := first.act == r.act || first.act == "" || r.act == "" ||
			(first.evidence[0].ID != "" && first.evidence[0].ID == r.evidence[0].ID && first.Time.Equal(r.Time))
		if r.Time.Sub(first.Time) <= slack && sameAct && sameScope(first.Scope, r.Scope) {
			groups[i] = append(groups[i], r)
			return groups
		}
	}
	return append(groups, []reading{r})
}

func sameScope(a, b Scope) bool {
	return slices.Equal(a.Regions, b.Regions) || len(a.Regions) == 0 || len(b.Regions) == 0
}

// outcomeReach is how long after an attempt its outcome may be told.
const outcomeReach = 2 * time.Hour

func joinOutcome(groups [][]reading, r reading) [][]reading {
	for i := len(groups) - 1; i >= 0; i-- {
		first := &groups[i][0]
		since := r.Time.Sub(first.Time)
		if since < 0 || since > outcomeReach || (r.act != "" && first.act != r.act) {
			continue
		}
		r.Time, r.Rung = time.Time{}, RungStated
		groups[i] = append(groups[i], r)
		return groups
	}
	if r.act == "" {
		return groups // nobody knows which attempt was meant
	}
	r.follows = false
	return append(groups, []reading{r})
}

func (b *builder) attempt(m Milestone, list []reading) Boundary {
	row := b.boundary(m, 0, list)
	for _, r := range list {
		if row.Outcome == "" || row.Outcome == OutcomeUnknown {
			row.Outcome = r.Outcome
		}
		for _, region := range r.Scope.Regions {
			if !slices.Contains(row.Scope.Regions, region) {
				row.Scope.Regions = append(slices.Clone(row.Scope.Regions), region)
			}
		}
	}
	if m == MitigationStart && row.Outcome == "" && len(list) > 0 {
		row.Outcome = OutcomeUnknown
	}
	at := row.Time
	if at.IsZero() {
		at = row.NotAfter
	}
	for i := range b.frames {
		if s := b.frames[i].start; i == 0 || (!s.IsZero() && !s.After(at)) {
			row.Episode = i + 1
		}
	}
	if at.IsZero() {
		row.Episode = 0
	}
	return row
}

// tellConflict warns of a row whose evidence disagrees.
func (b *builder) tellConflict(row *Boundary, against []*reading) {
	var told []string
	evidence := slices.Clone(row.Evidence)
	for _, r := range against {
		told = append(told, tellCandidate(r.Time, r.NotBefore, r.NotAfter, r.Rung, r.evidence))
		evidence = append(evidence, r.evidence...)
	}
	name := string(row.Name)
	if repeats(row.Name) && len(b.frames) > 1 {
		name = fmt.Sprintf("%s of episode %d", row.Name, row.Episode)
	}
	b.warn(WarnConflict, fmt.Sprintf("%s: %s against %s", name,
		tellCandidate(row.Time, time.Time{}, time.Time{}, row.Rung, row.Evidence), strings.Join(told, ", ")), evidence...)
}

func tellCandidate(at, lo, hi time.Time, rung Rung, evidence []Evidence) string {
	var s string
	switch {
	case !at.IsZero():
		s = clock(at)
	case !hi.IsZero():
		s = "not after " + clock(hi)
	default:
		s = "not before " + clock(lo)
	}
	s += " (" + string(rung)
	if len(evidence) > 0 {
		s += ", " + evidence[0].Origin
	}
	return s + ")"
}
