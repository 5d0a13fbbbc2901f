package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/timeline"
)

// longestBody is where the text of a row is cut on a page; its place is cited.
const longestBody = 20_000

// pageDays are all rows: those of the incident by days, then those outside of it
// and those without a time.
func (t *table) pageDays() []pageDay {
	shown := map[string]bool{}
	for _, c := range t.t.Selected() {
		shown[c.ID] = c.Shown
	}
	type placed struct {
		row pageRow
		at  time.Time
		day string
	}
	var list []placed
	for i := range t.t.Events {
		e := &t.t.Events[i]
		p := placed{t.pageRow(e), e.Time, e.Time.UTC().Format("Monday, 2 January 2006")}
		p.row.Shown = shown[e.ID]
		switch {
		case e.Time.IsZero():
			p.day = "Without a time"
		case e.HasFlag(timeline.FlagOutside):
			p.day += " (outside of the incident)"
		}
		list = append(list, p)
	}
	for _, r := range t.burstRows() {
		if t.within.holds(r.at) {
			list = append(list, placed{t.burstRow(r), r.at, r.at.UTC().Format("Monday, 2 January 2006")})
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int {
		if a.at.IsZero() != b.at.IsZero() {
			return cmp.Compare(b.at.Unix(), a.at.Unix())
		}
		return a.at.Compare(b.at)
	})
	var days []pageDay
	for i := range list {
		p := &list[i]
		p.row.DOM = fmt.Sprintf("r%d", i+1)
		if len(days) == 0 || days[len(days)-1].Name != p.day {
			days = append(days, pageDay{Name: p.day})
		}
		last := &days[len(days)-1]
		last.Rows = append(last.Rows, p.row)
	}
	return days
}

// stamped fills the columns of time.
func (t *table) stamped(p pageRow, r row) pageRow {
	if r.at.IsZero() {
		return p
	}
	p.Known, p.Ms, p.Stamp, p.Time = true, r.at.UnixMilli(), r.at.UTC().Format(time.RFC3339Nano), t.clockOf(r.at, r.p)
	if r.approx {
		p.Time = "~" + p.Time
	}
	if t.zone != nil {
		p.Local = r.at.In(t.zone).Format("15:04")
	}
	return p
}

// pageRow is an event with everything that is known of it.
func (t *table) pageRow(e *timeline.Event) pageRow {
	r := eventRow(*e)
	p := t.stamped(pageRow{
		ID: visible(e.ID), Kind: r.kind, Source: visible(e.Source), Mark: spoken(r.mark), Text: r.text, Faint: r.faint,
	}, r)
	for _, o := range e.Origins {
		p.Origins = append(p.Origins, visible(o.String()))
	}
	if body := visibleLines(e.Body); !strings.Contains(r.text, visible(e.Body)) {
		p.Body = body
	}
	var notes []string
	for _, f := range e.Flags {
		notes = append(notes, visible(f))
	}
	if e.Doubt != "" {
		notes = append(notes, visible(e.Doubt))
	}
	if e.URL != "" {
		notes = append(notes, visible(e.URL)) // as text: where it leads is not ours to say
	}
	p.Notes = strings.Join(notes, " · ")
	return p
}

// burstRow is an edge of a burst.
func (t *table) burstRow(r row) pageRow {
	p := t.stamped(pageRow{ID: r.id, Kind: r.kind, Source: r.source, Text: r.text, Shown: true}, r)
	if r.cite != "" {
		p.Origins = []string{r.cite}
	}
	return p
}

// visibleLines is text of several lines as a page may show it, cut where it is
// very long.
func visibleLines(text string) string {
	var lines []string
	n := 0
	for line := range strings.Lines(text) {
		line = visible(line)
		if n += len(line); n > longestBody {
			lines = append(lines, clip(line, 200), "… cut here; the file has all of it")
			break
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
