package check

import (
	"fmt"
	"time"

	"pir/review/document"
	"pir/timeline"
)

// rowGroup is the rows of one table or one list.
type rowGroup []document.TimelineRow

// rowGroups are the rows of the page by the table or list that they stand in.
func (p *page) rowGroups() []rowGroup {
	var tables []document.Span
	p.blocks(func(_ *document.Section, b *document.Block) {
		if b.Kind == document.Table || b.Kind == document.List {
			tables = append(tables, b.Span)
		}
	})
	var groups []rowGroup
	last, next := -2, 0
	for _, r := range p.Facts.Rows {
		for next < len(tables) && tables[next].Start <= r.Start {
			next++
		}
		at := next - 1 // the innermost one comes last
		for at >= 0 && tables[at].End <= r.Start && at > next-8 {
			at--
		}
		if len(groups) == 0 || at != last {
			groups = append(groups, nil)
			last = at
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], r)
	}
	return groups
}

// rowOrder finds rows that are earlier than the one above. A table with the
// newest row first is in order too.
func rowOrder(p *page) {
	for _, g := range p.rowGroups() {
		var late, early []int // rows that are out of order, upwards and downwards
		above := -1
		for i, r := range g {
			if r.Time.IsZero() || r.Approx {
				continue
			}
			if above >= 0 {
				switch c := r.Time.Compare(g[above].Time); {
				case c < 0:
					late = append(late, i)
				case c > 0:
					early = append(early, i)
				}
			}
			above = i
		}
		if len(late) > len(early) {
			late = early
		}
		for _, i := range late {
			r := g[i]
			p.add(r.Span, fmt.Sprintf("the row of %s stands below a row of %s", r.TimeText, previous(g, i).TimeText))
		}
	}
}

// previous is the row with a time above row i.
func previous(g rowGroup, i int) document.TimelineRow {
	for i--; i > 0 && (g[i].Time.IsZero() || g[i].Approx); i-- {
	}
	return g[max(i, 0)]
}

// far is how far outside of the incident a row is likely a slip: work before and
// after it fills weeks, not months.
const far = 45 * 24 * time.Hour

// rowSpan finds rows that are far outside of the incident.
func rowSpan(p *page) {
	var first, last time.Time
	for _, t := range times(p.told, timeline.Milestones...) {
		if first.IsZero() || t.Before(first) {
			first = t
		}
		if t.After(last) {
			last = t
		}
	}
	if first.IsZero() {
		return
	}
	for _, r := range p.Facts.Rows {
		switch {
		case r.Time.IsZero() || r.Part != "":
		case r.Time.Before(first.Add(-far)):
			p.add(r.Span, fmt.Sprintf("the row of %s is %d days before the incident", r.TimeText, int(first.Sub(r.Time).Hours()/24)))
		case r.Time.After(last.Add(far)):
			p.add(r.Span, fmt.Sprintf("the row of %s is %d days after the incident", r.TimeText, int(r.Time.Sub(last).Hours()/24)))
		}
	}
}
