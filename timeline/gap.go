package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Gap is a stretch of impact without any record of the response.
type Gap struct {
	Start, End    time.Time // UTC; impact goes on from Start to End
	Before, After Evidence  // the records around it; zero at the edge of the impact
}

// gapLength is how long nothing may be recorded before it is asked about.
const gapLength = 30 * time.Minute

// response are the kinds of rows that tell what responders did. Alerts and
// public posts tell what they saw and said.
func response(k Kind) bool {
	switch k {
	case KindPage, KindAck, KindChat, KindChange, KindTicket, KindNote, KindDecision:
		return true
	}
	return false
}

// mark is one record of the response.
type mark struct {
	start, end time.Time
	evidence   Evidence
}

// Gaps returns the stretches of more than 30 minutes during impact in which no
// person or tool left a record of the response, in order of time.
func (t *Timeline) Gaps() []Gap {
	start, _ := lookup(t.Milestones, ImpactStart)
	end, _ := lookup(t.Milestones, ImpactEnd)
	if !start.Known() || !end.Known() || !end.Time.After(start.Time) {
		return nil
	}
	var gaps []Gap
	from := mark{end: start.Time}
	for _, m := range append(t.marks(), mark{start: end.Time, end: end.Time}) {
		if m.start.After(end.Time) {
			m = mark{start: end.Time, end: end.Time}
		}
		if m.start.Sub(from.end) > gapLength {
			gaps = append(gaps, Gap{Start: from.end, End: m.start, Before: from.evidence, After: m.evidence})
		}
		if m.end.After(from.end) {
			from = m
		}
	}
	return gaps
}

// marks are the records of the response, by time: its rows, and what texts
// state of its milestones.
func (t *Timeline) marks() []mark {
	var list []mark
	for i := range t.Events {
		e := &t.Events[i]
		if e.Party == PartyOwn && response(e.Kind) && !e.Time.IsZero() && e.Topic == "" {
			quote := cmp.Or(e.Title, e.TimeText)
			list = append(list, mark{e.Time, later(e.Time, e.End), Evidence{ID: e.ID, Origin: e.firstOrigin().String(), Quote: shortened(quote)}})
		}
	}
	for i := range t.Milestones {
		row := &t.Milestones[i]
		acted := row.Name == MitigationStart || row.Name == PartialMitigation || row.Name == Identified || row.Name == Declared || row.Name == Engaged
		if acted && row.Known() && len(row.Evidence) > 0 {
			list = append(list, mark{row.Time, row.Time, row.Evidence[0]})
		}
	}
	slices.SortFunc(list, func(a, b mark) int {
		return cmp.Or(a.start.Compare(b.start), a.end.Compare(b.end), compareEvidence(a.evidence, b.evidence))
	})
	return list
}

func (b *builder) checkGaps(t *Timeline) {
	if !slices.ContainsFunc(t.Events, func(e Event) bool { return e.Party == PartyOwn && response(e.Kind) && !e.Time.IsZero() }) {
		return // nothing about the response was given at all
	}
	var told []string
	var evidence []Evidence
	for _, g := range t.Gaps() {
		told = append(told, fmt.Sprintf("%s to %s (%s)", clock(g.Start), clock(g.End), words(g.End.Sub(g.Start))))
		for _, e := range []Evidence{g.Before, g.After} {
			if e.Origin != "" && !slices.Contains(evidence, e) {
				evidence = append(evidence, e)
			}
		}
	}
	if len(told) > 0 {
		b.warn(WarnGap, "no record of the response during impact: "+strings.Join(told, ", "), evidence...)
	}
}
