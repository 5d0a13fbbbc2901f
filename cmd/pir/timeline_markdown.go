package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pir/internal/markdown"
	"pir/timeline"
)

// writeMarkdown writes a block that is fit to paste: the milestones, then the
// rows that reach a review, each with the place that it is from, and what was
// left out. It has no heading, so that it fits into any page.
func writeMarkdown(a *app, w io.Writer, t *timeline.Timeline) error {
	tab := a.table(w, t)
	tab.clock = tab.findClock()
	tab.markdown()
	return tab.err
}

func (t *table) markdown() {
	in := t.t.Incident
	head := []string{"**" + markdown.Inline(cmp.Or(visible(in.Title), "Incident")) + "**"}
	for _, fact := range []string{in.ID, string(in.Severity), t.span()} {
		if fact != "" {
			head = append(head, markdown.Inline(visible(fact)))
		}
	}
	t.line("%s", strings.Join(head, " · "))
	t.markdownMilestones()
	t.markdownRows()
	var left []string
	for _, h := range t.t.Hidden() {
		left = append(left, fmt.Sprintf("%s (%s)", count(h.Rows), h.Reason))
	}
	if unknown := t.unknown(); len(unknown) > 0 {
		t.line("")
		t.line("Not known: %s.", markdown.Inline(strings.Join(unknown, ", ")))
	}
	if len(left) > 0 {
		t.line("")
		t.line("Rows left out: %s.", markdown.Inline(strings.Join(left, ", ")))
	}
}

// markdownMilestones is a table of what is known of the milestones.
func (t *table) markdownMilestones() {
	begun := false
	for _, b := range t.t.Milestones {
		if !b.Known() && b.NotAfter.IsZero() && b.NotBefore.IsZero() {
			continue
		}
		if !begun {
			begun = true
			t.line("")
			t.line("| Milestone | Time (UTC) | How it is known | Where |")
			t.line("|---|---|---|---|")
		}
		when := markdown.Inline(t.when(b))
		for i, alt := range t.against(b) {
			if i == maxAlternatives {
				break
			}
			text := t.bounded(alt.Time, time.Time{}, alt.NotBefore, alt.NotAfter, alt.Precision, alt.Rung == timeline.RungApproximate)
			when += "; against it " + markdown.Inline(text)
			if c := cites(alt.Evidence); c != "" {
				when += " " + markdown.Code(c)
			}
		}
		t.line("| %s | %s | %s | %s |", markdown.Inline(milestoneName(b)), when,
			markdown.Inline(strings.Join(append([]string{string(b.Rung)}, t.details(b)...), ", ")), markdown.Code(cites(b.Evidence)))
	}
}

// milestoneName is a milestone with its episode, where that is not the first.
func milestoneName(b timeline.Boundary) string {
	name := spoken(string(b.Name))
	if b.Episode > 1 {
		name += fmt.Sprintf(" (%d)", b.Episode)
	}
	return name
}

// markdownRows is a table of the rows that reach a review, and of the edges of
// bursts. The date stands where it changes.
func (t *table) markdownRows() {
	shown := map[string]bool{}
	for _, c := range t.t.Selected() {
		shown[c.ID] = c.Shown
	}
	var list []row
	for i := range t.t.Events {
		if e := &t.t.Events[i]; shown[e.ID] {
			list = append(list, eventRow(*e))
		}
	}
	for _, r := range t.burstRows() {
		if t.within.holds(r.at) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b row) int { return a.at.Compare(b.at) })
	if len(list) == 0 {
		return
	}
	zone := ""
	if t.zone != nil {
		zone = " " + markdown.Inline(t.zone.String()) + " |"
	}
	t.line("")
	t.line("| Time (UTC) |%s What happened | Where |", zone)
	t.line("|---|---|---|%s", strings.Repeat("---|", min(len(zone), 1)))
	day := ""
	for _, r := range list {
		when := t.clockOf(r.at, r.p)
		if r.approx {
			when = "~" + when
		}
		if d := r.at.Format(time.DateOnly); d != day {
			day, when = d, d+" "+when
		}
		text := markdown.Inline(r.text)
		if r.mark != "" {
			text = "**" + markdown.Inline(spoken(r.mark)) + ":** " + text
		}
		local := ""
		if t.zone != nil {
			local = " " + r.at.In(t.zone).Format("15:04") + " |"
		}
		t.line("| %s |%s %s | %s |", markdown.Inline(when), local, text, markdown.Code(r.cite))
	}
}
