package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// curate applies the events: rows of pir.yaml: what they drop is told in
// Dropped, a milestone becomes a given candidate, an id that fits nothing is a
// warning.
func (b *builder) curate(rows []Curation) {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(x, y Curation) int {
		return cmp.Or(compareOrigin(x.Origin, y.Origin), cmp.Compare(x.ID, y.ID),
			cmp.Compare(x.Retitle, y.Retitle), cmp.Compare(x.Milestone, y.Milestone), cmp.Compare(x.Reason, y.Reason),
			cmp.Compare(boolRank(x.Drop), boolRank(y.Drop)), cmp.Compare(boolRank(x.Pin), boolRank(y.Pin)),
			cmp.Compare(boolRank(x.Internal), boolRank(y.Internal)))
	})
	drop := map[string]string{}
	for _, row := range rows {
		e := b.find(row.ID)
		if e == nil {
			b.warn(WarnUnmatchedCuration, fmt.Sprintf("%s: no event has the id %q; %s",
				row.Origin, row.ID, b.nearest(row)), Evidence{Origin: row.Origin.String(), Quote: cmp.Or(row.Reason, row.ID)})
			continue
		}
		if row.Drop {
			id := b.rowID(e.ID)
			drop[id] = cmp.Or(drop[id], row.Reason, "no reason given")
			continue
		}
		b.curateEvent(e, row)
	}
	b.drop(drop)
}

func (b *builder) curateEvent(e *Event, row Curation) {
	if row.Pin {
		e.addFlag(FlagPinned)
	}
	if row.Internal {
		e.addFlag(FlagInternal)
	}
	if row.Retitle != "" {
		if head, ok := eventOf(b.events, b.rowID(e.ID)); ok {
			head.Title = row.Retitle
		}
	}
	if row.Milestone == "" {
		return
	}
	b.readings = append(b.readings, reading{
		Claim: Claim{
			Milestone: row.Milestone, Time: e.Time, End: e.End, Precision: e.Precision, Rung: RungGiven,
			Rule: "events: in pir.yaml names this row" + reasonOf(row.Reason), Scope: Scope{Components: e.Components, Regions: e.Regions},
		},
		evidence: []Evidence{b.cite(e, ""), {Origin: row.Origin.String(), Quote: cmp.Or(row.Reason, row.ID)}},
		source:   e.Source, origin: e.firstOrigin(), kind: e.Kind, party: PartyOwn,
	})
}

func reasonOf(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

// drop takes rows out of the events, with all records that they stand for, and
// keeps what they were.
func (b *builder) drop(reasons map[string]string) {
	if len(reasons) == 0 {
		return
	}
	var kept []Event
	place := map[string]int{}
	for i := range b.events {
		e := &b.events[i]
		row := b.rowID(e.ID)
		reason, gone := reasons[row]
		if !gone {
			kept = append(kept, *e)
			continue
		}
		at, told := place[row]
		if !told {
			at = len(b.dropped)
			place[row] = at
			b.dropped = append(b.dropped, Dropped{Reason: reason})
		}
		d := &b.dropped[at]
		d.Records += e.Count
		if !told || e.ID == row {
			d.ID, d.Title, d.Origin = e.ID, e.Title, e.firstOrigin().String()
		}
	}
	b.events = kept
}

func (b *builder) find(id string) *Event {
	e, _ := eventOf(b.events, id)
	return e
}

// markOutside flags rows outside the incident's given span; a time that cannot
// be placed is neither in nor out.
func (b *builder) markOutside() {
	for i := range b.events {
		e := &b.events[i]
		if !e.Time.IsZero() && outside(e.Time, b.in.Incident) {
			e.addFlag(FlagOutside)
		}
	}
}

func outside(t time.Time, in Incident) bool {
	return (!in.From.IsZero() && t.Before(in.From)) || (!in.To.IsZero() && t.After(in.To))
}
