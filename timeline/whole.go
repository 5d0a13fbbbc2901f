package timeline

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// keptRow is a line of WriteRows: a row, and the milestones that it is the
// evidence of. What has no row of its own, such as an edge that was measured in
// a log, goes with the first one, so that the lines tell all milestones.
type keptRow struct {
	docRow
	Milestones []docPlaced `json:"milestones,omitempty"`
}

// docPlaced is a milestone with its place among those of its timeline.
type docPlaced struct {
	Place int `json:"place"`
	docMilestone
}

// placed are the milestones by the id of the row that they go with; "" is the
// first row.
func (t *Timeline) placed() map[string][]docPlaced {
	rows := map[string]bool{}
	for i := range t.Events {
		rows[t.Events[i].ID] = !t.Events[i].Time.IsZero()
	}
	rowsOf := map[Milestone]int{}
	for i := range t.Milestones {
		rowsOf[t.Milestones[i].Name]++
	}
	out := map[string][]docPlaced{}
	for i := range t.Milestones {
		m, id := &t.Milestones[i], ""
		if m.Rung == "" && len(m.Alternatives) == 0 && rowsOf[m.Name] == 1 {
			continue // nothing is known of it
		}
		if len(m.Evidence) > 0 && rows[m.Evidence[0].ID] {
			id = m.Evidence[0].ID
		}
		out[id] = append(out[id], docPlaced{i, writeMilestone(m)})
	}
	return out
}

// ReadPlaced reads the milestones that a line of WriteRows has, each with its
// place among those of all lines, from 0.
func ReadPlaced(line []byte) (places []int, list []Boundary) {
	var row keptRow
	if json.Unmarshal(line, &row) != nil {
		return nil, nil
	}
	var r reader
	for i := range row.Milestones {
		b := r.milestone(&row.Milestones[i].docMilestone)
		if r.err != nil || milestoneRank(b.Name) == len(Milestones) {
			return nil, nil
		}
		places, list = append(places, row.Milestones[i].Place), append(list, b)
	}
	return places, list
}

// holdWhole takes the milestones of a timeline that was read and nothing else:
// they were found with all that its rows have lost since.
func (b *builder) holdWhole() {
	episodes := 1
	for _, row := range b.in.Kept {
		row.Evidence, row.Alternatives = slices.Clone(row.Evidence), slices.Clone(row.Alternatives)
		b.rows = append(b.rows, row)
		episodes = max(episodes, min(row.Episode, maxReturns))
	}
	for _, m := range Milestones {
		if !slices.ContainsFunc(b.rows, func(r Boundary) bool { return r.Name == m }) {
			row := Boundary{Name: m}
			if repeats(m) {
				row.Episode = 1
			}
			b.rows = append(b.rows, row)
		}
	}
	slices.SortStableFunc(b.rows, func(x, y Boundary) int { return cmp.Compare(milestoneRank(x.Name), milestoneRank(y.Name)) })
	for len(b.frames) < episodes {
		b.frames = append(b.frames, frame{})
	}
	b.frames = b.frames[:episodes]
	for i := range b.rows {
		b.retellConflict(&b.rows[i])
	}
}

// retellConflict warns of what a timeline that was read has told before.
func (b *builder) retellConflict(row *Boundary) {
	var against []*reading
	for _, a := range row.Alternatives {
		if a.Conflict {
			against = append(against, &reading{
				Claim: Claim{Time: a.Time, NotBefore: a.NotBefore, NotAfter: a.NotAfter, Rung: a.Rung}, evidence: a.Evidence,
			})
		}
	}
	if row.Conflict && len(against) > 0 {
		b.tellConflict(row, against)
	}
}

// readKept makes candidates of the milestones of timelines that are read beside
// other sources, where their own rows do not tell them any more.
func (b *builder) readKept() {
	for _, k := range b.in.Kept {
		if k.Rung == "" || k.Rung == RungDerived || len(k.Evidence) == 0 {
			continue
		}
		r := reading{
			Claim: Claim{
				Milestone: k.Name, Time: k.Time, End: k.End, NotBefore: k.NotBefore, NotAfter: k.NotAfter, Precision: k.Precision,
				Rung: k.Rung, Rule: k.Rule, By: k.By, Outcome: k.Outcome, Scope: k.Scope,
			},
			evidence: slices.Clone(k.Evidence), origin: ParseOrigin(k.Evidence[0].Origin), party: PartyOwn,
		}
		r.source = r.origin.Path
		if k.Rung == RungGiven {
			r.episode = k.Episode
		}
		told := func(o reading) bool {
			return o.Milestone == r.Milestone && sameInstant(o.Time, r.Time, r.Precision) &&
				sameInstant(o.NotAfter, r.NotAfter, r.Precision) && o.Rung == r.Rung
		}
		if !slices.ContainsFunc(b.readings, told) && !(k.Rung == RungMeasured && len(b.in.Bursts) > 0) {
			b.readings = append(b.readings, r)
		}
	}
}

// sameInstant compares a time with one that was written no finer than it is
// known.
func sameInstant(a, written time.Time, p Precision) bool {
	return a.Equal(written) || !a.IsZero() && !written.IsZero() && a.Truncate(max(p.Unit(), 1)).Equal(written.Truncate(max(p.Unit(), 1)))
}
