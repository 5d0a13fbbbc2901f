package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

// nearest names the row that a curation which fits none may mean: the one whose
// id begins like it, the one of the minute that it names, the one with most of
// its words.
func (b *builder) nearest(row Curation) string {
	e := b.likeID(row.ID)
	if e == nil {
		e = b.sameMinute(row)
	}
	if e == nil {
		e = b.likeWords(row)
	}
	if e == nil {
		return "ids are in pir timeline --format json"
	}
	at := "without a time"
	if !e.Time.IsZero() {
		at = clock(e.Time)
	}
	return fmt.Sprintf("the nearest row is %s (%s, %q)", b.rowID(e.ID), at, shortened(e.Title))
}

// likeID is the row whose id shares the longest beginning with the text, of
// three digits at least, or is a slip or two away.
func (b *builder) likeID(id string) *Event {
	id = strings.ToLower(strings.TrimSpace(id))
	if len(id) < 4 || id[0] != 'e' || strings.Trim(id[1:], "0123456789abcdef") != "" {
		return nil
	}
	var best *Event
	most := 3
	for i := range b.events {
		e := &b.events[i]
		n := 0
		for n < len(id) && n < len(e.ID) && id[n] == e.ID[n] {
			n++
		}
		if n < 4 && len(id) == len(e.ID) && editDistance(id, e.ID) <= 2 {
			n = 4
		}
		if n > most || n == most && best != nil && compareEvents(e, best) < 0 {
			best, most = e, n
		}
	}
	return best
}

// sameMinute is the first row of the minute that the curation names.
func (b *builder) sameMinute(row Curation) *Event {
	var days []time.Time
	for i := range b.events {
		if t := b.events[i].Time; !t.IsZero() {
			if day := t.Truncate(24 * time.Hour); !slices.Contains(days, day) && len(days) < 31 {
				days = append(days, day)
			}
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	for _, text := range []string{row.ID, row.Reason, row.Retitle} {
		for _, day := range days {
			for _, m := range when.Mentions(text[:min(len(text), quoteBytes)], when.Ref{Day: day, Zone: when.Zone{Location: time.UTC, From: when.ZoneAssumed}}) {
				if m.Time.IsZero() || m.Precision < when.Minute {
					continue
				}
				if e := b.rowOfMinute(m.Time); e != nil {
					return e
				}
			}
		}
	}
	return nil
}

func (b *builder) rowOfMinute(at time.Time) *Event {
	var best *Event
	for i := range b.events {
		e := &b.events[i]
		if e.Time.IsZero() || !e.Time.Truncate(time.Minute).Equal(at.Truncate(time.Minute)) {
			continue
		}
		if best == nil || compareEvents(e, best) < 0 {
			best = e
		}
	}
	return best
}

// likeWords is the row with the title most like the words of the curation.
func (b *builder) likeWords(row Curation) *Event {
	var best *Event
	most := 0
	for _, text := range []string{row.Retitle, row.Reason} {
		said := b.tell(&Event{Title: text})
		if len(said.words) < 2 {
			continue
		}
		for i := range b.events {
			e := &b.events[i]
			like := max(alike(said, b.tell(e)), within(said, &telling{e: &Event{Title: e.Title}})/2)
			if like >= 400 && (like > most || like == most && cmp.Compare(compareEvents(e, best), 0) < 0) {
				best, most = e, like
			}
		}
	}
	return best
}
