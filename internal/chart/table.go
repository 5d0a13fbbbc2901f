package chart

import (
	"strings"
	"time"

	"pir/timeline"
)

// RowKind is what a row of the alternative tells of.
type RowKind string

// The kinds of rows, in the order in which Alternative has them.
const (
	RowMilestone RowKind = "milestone"
	RowPhase     RowKind = "phase"
	RowImpact    RowKind = "impact"
	RowErrors    RowKind = "errors"
	RowBurst     RowKind = "burst"
	RowRecords   RowKind = "records"
)

// Row says in words what the picture shows. Texts are plain and of one line.
type Row struct {
	Kind RowKind
	What string // the milestone, the phase, the source and component, the lane
	// From and To are instants in UTC; To is zero for an instant, and for a
	// stretch whose end is not known. Both are zero where nothing is known.
	From, To time.Time
	// Latest says that From is the latest time that is possible.
	Latest bool
	Unit   time.Duration // how finely From and To are known
	Note   string        // lengths, counts, doubts; may be empty
}

// Alternative is the picture as rows of a table, for those who do not see it: all
// milestones with what is not known of them, phases, impact, the errors of each
// source and component, bursts, and how many records each lane has.
func Alternative(t *timeline.Timeline) []Row {
	var list []Row
	for _, b := range t.Milestones {
		r := Row{Kind: RowMilestone, What: spoken(b.Name), From: instant(b).UTC(), To: b.End.UTC(), Latest: !b.Known() && !b.NotAfter.IsZero(), Unit: b.Precision.Unit()}
		if instant(b).IsZero() {
			r.From = time.Time{}
			r.Note = "not known"
		}
		if b.End.IsZero() {
			r.To = time.Time{}
		}
		if b.Conflict {
			r.Note = "sources disagree"
		}
		list = append(list, r)
	}
	for _, f := range knownPhases(t) {
		r := Row{Kind: RowPhase, What: plain(f.Name), From: f.Start.UTC(), To: f.End.UTC(), Unit: t.PrecisionAt(f.Start).Unit(), Note: t.LastedText(f.Start, f.End)}
		if len(f.Includes) > 0 {
			r.Note += ", with " + plain(strings.Join(f.Includes, ", "))
		}
		list = append(list, r)
	}
	for _, e := range impacts(t) {
		r := Row{Kind: RowImpact, What: plain(string(e.Level)), From: e.Start.UTC(), Unit: t.PrecisionAt(e.Start).Unit(), Note: "its end is not known"}
		if !e.End.IsZero() {
			r.To, r.Note = e.End.UTC(), t.LastedText(e.Start, e.End)
		}
		list = append(list, r)
	}
	return append(list, counts(t)...)
}

// counts are the rows of what was counted.
func counts(t *timeline.Timeline) []Row {
	var list []Row
	w := windowOf(t, Options{})
	failing, clean := panelsOf(t, w)
	for _, c := range failing {
		list = append(list, Row{Kind: RowErrors, What: c.name(), From: c.peak, Unit: c.step,
			Note: counted(c.total, "error", "errors") + ", " + number(c.most) + " at most per " + c.per()})
		for _, b := range c.bursts {
			r := Row{Kind: RowBurst, What: c.name(), From: b.Start.UTC(), Unit: t.PrecisionAt(b.Start).Unit(), Note: burstText(b)}
			if !b.End.IsZero() {
				r.To = b.End.UTC()
			}
			list = append(list, r)
		}
	}
	for _, c := range clean {
		list = append(list, Row{Kind: RowErrors, What: c.name(), Note: "no errors"})
	}
	shown := drawable(t)
	for i := range lanes {
		n := 0
		for _, m := range lanes[i].marks(t, shown, w, px(1000)) {
			n += len(m.events)
		}
		if n > 0 {
			list = append(list, Row{Kind: RowRecords, What: lanes[i].name, Note: counted(n, "row", "rows")})
		}
	}
	return list
}

// describe says what the picture shows, for those who hear it: what is known,
// in the order of the alternative, bounded.
func (p *picture) describe() string {
	const mostBytes = 2000
	var b strings.Builder
	b.WriteString("Timeline of the incident, in UTC. ")
	b.WriteString(p.spanText() + ". ")
	dated := p.w.detail()
	for _, r := range Alternative(p.t) {
		if r.From.IsZero() && r.Note == "not known" || b.Len() > mostBytes {
			continue
		}
		b.WriteString(spoken(r.Kind) + " " + r.What)
		if !r.From.IsZero() {
			b.WriteString(" ")
			switch {
			case r.Latest:
				b.WriteString("by ")
			case r.Kind == RowErrors:
				b.WriteString("most at ")
			case r.To.IsZero():
				b.WriteString("at ")
			}
			b.WriteString(momentText(r.From, r.Unit, dated))
		}
		if !r.To.IsZero() {
			b.WriteString(" to " + momentText(r.To, r.Unit, dated))
		}
		if r.Note != "" {
			b.WriteString(" (" + r.Note + ")")
		}
		b.WriteString("; ")
	}
	return strings.TrimSuffix(strings.TrimSuffix(b.String(), " "), ";") + "."
}
