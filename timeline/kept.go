package timeline

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"pir/internal/when"
)

// Again is the timeline as an Input for another Build: what WriteJSON wrote can
// be read with ReadJSON and merged with other sources. Its rows keep their ids,
// words and times, and its milestones hold as they are while Whole is set; else
// they are found again, beside what other sources say. Warnings are not part of it.
func (t *Timeline) Again() Input {
	in := Input{
		Whole: true, Incident: incidentCopy(t.Incident), Signals: slices.Clone(t.Signals), Series: slices.Clone(t.Series),
		Bursts: slices.Clone(t.Bursts), Figures: slices.Clone(t.Figures), Sources: slices.Clone(t.Sources),
		Dropped: slices.Clone(t.Dropped), Kept: slices.Clone(t.Milestones),
	}
	at := map[string]int{}
	for i := range t.Events {
		e := t.Events[i]
		e.Kept = true
		in.Events = append(in.Events, e)
		at[e.ID] = i
	}
	for i := range t.Milestones {
		b := &t.Milestones[i]
		if b.Rung == RungGiven && len(b.Evidence) > 0 {
			in.Given = append(in.Given, Given{
				Claim: Claim{
					Time: b.Time, NotBefore: b.NotBefore, NotAfter: b.NotAfter, End: b.End, Precision: b.Precision,
					Rung: b.Rung, Rule: b.Rule, By: b.By, Outcome: b.Outcome, Scope: b.Scope, Milestone: b.Name, Quote: b.Evidence[0].Quote,
				},
				Name: string(b.Name), Episode: b.Episode, Origin: ParseOrigin(b.Evidence[0].Origin),
			})
		}
	}
	for _, a := range t.Actions {
		if n := len(a.Evidence); n > 0 && a.Evidence[n-1].ID != "" {
			if i, found := at[a.Evidence[n-1].ID]; found {
				a.Evidence = a.Evidence[:n-1]
				in.Events[i].Action = &a
				continue
			}
		}
		in.Actions = append(in.Actions, a)
	}
	return in
}

// docBasis is what an event's milestones are read with, beside its words.
type docBasis struct {
	Said   *string    `json:"said" format:"date-time" doc:"when the words were said"`
	Zone   *string    `json:"zone" doc:"of clock times in the words"`
	Day    *string    `json:"day" format:"date-time" doc:"of clock times in the words"`
	Claims []docClaim `json:"claims" doc:"what the record itself states of milestones"`
}

type docClaim struct {
	Milestone string   `json:"milestone"`
	Time      *string  `json:"time" format:"date-time"`
	NotBefore *string  `json:"not_before" format:"date-time"`
	NotAfter  *string  `json:"not_after" format:"date-time"`
	End       *string  `json:"end" format:"date-time"`
	Precision *string  `json:"precision" enum:"precision"`
	Rung      *string  `json:"rung" enum:"rung"`
	Rule      *string  `json:"rule"`
	By        *string  `json:"by" enum:"by"`
	Outcome   *string  `json:"outcome" enum:"outcome"`
	Scope     docScope `json:"scope"`
	Quote     *string  `json:"quote"`
	Said      *string  `json:"said" format:"date-time"`
}

// writeBasis gives null where there is nothing beside the words.
func writeBasis(e *Event) *docBasis {
	if e.Said.IsZero() && e.Location == nil && e.Day.IsZero() && len(e.Claims) == 0 {
		return nil
	}
	return &docBasis{
		Said: exact(e.Said), Zone: zoneName(e.Location), Day: exact(e.Day),
		Claims: each(e.Claims, func(c *Claim) docClaim {
			return docClaim{
				Milestone: string(c.Milestone), Time: exact(c.Time), NotBefore: exact(c.NotBefore), NotAfter: exact(c.NotAfter),
				End: exact(c.End), Precision: known(c.Precision.String()), Rung: known(c.Rung), Rule: known(c.Rule),
				By: known(c.By), Outcome: known(c.Outcome), Quote: known(c.Quote), Said: exact(c.Said),
				Scope: docScope{Components: filled(c.Scope.Components), Regions: filled(c.Scope.Regions)},
			}
		}),
	}
}

func (r *reader) basis(e *Event, d *docBasis) {
	if d == nil {
		return
	}
	e.Said, e.Day = r.time(d.Said), r.time(d.Day)
	if name := text(d.Zone); name != "" {
		loc, err := when.LoadZone(name)
		if err != nil && r.err == nil {
			r.err = fmt.Errorf("zone: %w", err)
		}
		e.Location = loc
	}
	e.Claims = each(d.Claims, func(c *docClaim) Claim {
		return Claim{
			Milestone: Milestone(c.Milestone), Time: r.time(c.Time), NotBefore: r.time(c.NotBefore), NotAfter: r.time(c.NotAfter),
			End: r.time(c.End), Precision: r.precision(c.Precision), Rung: Rung(text(c.Rung)), Rule: text(c.Rule),
			By: text(c.By), Outcome: text(c.Outcome), Scope: Scope(c.Scope), Quote: text(c.Quote), Said: r.time(c.Said),
		}
	})
}

// ReadRow reads one line of what WriteRows wrote. The row keeps its id, words
// and times. The error says what is wrong with the line.
func ReadRow(line []byte) (Event, error) {
	var row docRow
	if err := json.Unmarshal(line, &row); err != nil {
		return Event{}, err
	}
	var r reader
	e := r.event(&row.docEvent)
	e.Kept = true
	return e, r.err
}

var eventID = regexp.MustCompile("^e[0-9a-f]{12}$")

// parted tells rows of a timeline that was built before from records that are
// new. A row without an id of ours is new.
func parted(list []Event) (fresh, kept []Event) {
	if !slices.ContainsFunc(list, func(e Event) bool { return e.Kept }) {
		return list, nil
	}
	for _, e := range list {
		if e.Kept && eventID.MatchString(e.ID) {
			kept = append(kept, e)
		} else {
			fresh = append(fresh, e)
		}
	}
	return fresh, kept
}

// takeIn takes in rows that were built before. One that is there already, read
// from its own source or twice, is there once.
func (b *builder) takeIn(kept []Event) {
	there, part := map[string]bool{}, map[string]bool{}
	for i := range b.events {
		there[b.events[i].ID] = true
		for _, id := range b.events[i].Merged {
			there[id] = true
		}
	}
	for id := range b.rowOf {
		there[id] = true
	}
	slices.SortFunc(kept, func(x, y Event) int { return compareRecords(&x, &y) })
	for i := range kept {
		e := cleaned(&kept[i])
		e.ID, e.Related = kept[i].ID, slices.Clone(kept[i].Related)
		e.Origins = slices.Clone(kept[i].Origins) // the one that tells it best is the first
		if !b.in.Whole {                          // another span may hold now
			e.Flags = slices.DeleteFunc(e.Flags, func(f string) bool { return f == FlagOutside })
		}
		if there[e.ID] {
			continue
		}
		there[e.ID] = true
		b.events = append(b.events, e)
		for _, id := range e.Merged {
			part[id] = true
		}
	}
	// A record that became part of a kept row is told by it.
	b.events = slices.DeleteFunc(b.events, func(e Event) bool { return part[e.ID] && !e.Kept && len(e.Merged) == 0 })
}
