package edition

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pir/review/document"
	"pir/timeline"
)

// cited is a citation on the page: [[3]].
var cited = regexp.MustCompile(`\[\[([0-9]{1,6})\]\]`)

// internalKinds are records that were written for insiders.
var internalKinds = []timeline.Kind{timeline.KindChat, timeline.KindPage, timeline.KindAck, timeline.KindTicket, timeline.KindLog, timeline.KindNote}

// record is what an edition needs to know of the records that a row cites.
type records struct {
	events    map[string]*timeline.Event
	carriers  map[string]bool // ids of what a milestone rests on
	citations map[int]document.Citation
	hidden    map[string]bool
}

func newRecords(e *Edition) *records {
	r := &records{events: map[string]*timeline.Event{}, carriers: map[string]bool{}, citations: map[int]document.Citation{}, hidden: map[string]bool{}}
	for _, id := range e.opt.Hidden {
		r.hidden[id] = true
	}
	s := e.doc.Sidecar
	if s == nil {
		return r
	}
	for i := range s.Timeline.Events {
		ev := &s.Timeline.Events[i]
		r.events[ev.ID] = ev
		if ev.HasFlag(timeline.FlagInternal) {
			r.hidden[ev.ID] = true
		}
		for _, id := range ev.Merged {
			if r.hidden[id] {
				r.hidden[ev.ID] = true
			}
		}
		if ev.Milestone != "" {
			r.carriers[ev.ID] = true
		}
	}
	for _, m := range s.Timeline.Milestones {
		for _, ev := range m.Evidence {
			r.carriers[ev.ID] = true
		}
	}
	for _, c := range s.Citations {
		r.citations[c.N] = c
	}
	return r
}

// standing is what is known of a row by what it cites.
type standing int

const (
	uncited standing = iota // a person wrote it
	shown
	internal
	unknown // it cites what the sidecar does not have
)

// standing of a text with citations: internal where something that it cites is
// marked so, or where all of it was written for insiders and no milestone rests
// on it.
func (r *records) standing(text string) standing {
	found := uncited
	for _, m := range cited.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		c, known := r.citations[n]
		if !known {
			if found == uncited {
				found = unknown
			}
			continue
		}
		if slices.ContainsFunc(c.IDs, func(id string) bool { return r.hidden[id] }) {
			return internal
		}
		if found == uncited || found == unknown {
			found = internal
		}
		if r.public(c) {
			found = shown
		}
	}
	return found
}

// public reports whether a customer may see what is told of a citation.
func (r *records) public(c document.Citation) bool {
	if len(c.IDs) == 0 {
		return true // given by a person, in pir.yaml
	}
	for _, id := range c.IDs {
		ev, known := r.events[id]
		if r.carriers[id] || known && !slices.Contains(internalKinds, ev.Kind) {
			return true
		}
	}
	return false
}

// milestoneRow is the row of a milestone or of a post, as far as its words tell.
var milestoneRow = regexp.MustCompile(`\|\s*(?:\*\*|Status page\b|Post\b)`)

// keepRow decides about a row of a generated timeline.
func (e *Edition) keepRow(r *records, row string) bool {
	if e.doc.Sidecar == nil {
		keep := !cited.MatchString(row) || milestoneRow.MatchString(row)
		if !keep {
			e.note("there is no .pir.json beside the review, so nobody knows of what kind the rows of the timeline are; those that name no milestone and are no post are left out")
		}
		return keep
	}
	switch r.standing(row) {
	case internal:
		return false
	case unknown:
		e.note("rows that cite what the .pir.json does not have are left out; pir update brings both together")
		return false
	}
	return true
}

// withoutRecords takes the raw text of internal records out of a page that
// quotes it.
func (e *Edition) withoutRecords(body string) string {
	s := e.doc.Sidecar
	if s == nil {
		return body
	}
	var raw []string
	for id, text := range s.Records {
		ev, known := s.Timeline.Event(id)
		if known && !slices.Contains(internalKinds, ev.Kind) {
			continue
		}
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimSpace(line); len(line) >= minRaw {
				raw = append(raw, line)
			}
		}
	}
	slices.SortFunc(raw, func(a, b string) int { return len(b) - len(a) })
	for _, line := range slices.Compact(raw) {
		if strings.Contains(body, line) {
			body = strings.ReplaceAll(body, line, "…")
			e.note("the page quotes records as they stand; they are left out")
		}
	}
	return body
}

// minRaw is the length in bytes from which a line is taken for a record.
const minRaw = 24
