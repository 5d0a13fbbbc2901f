package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/review/window"
)

// dueSchema is the version of the JSON of pir due.
const dueSchema = "pir.due/1"

// stateColors are the colors of states that want to be seen.
var stateColors = map[window.State]string{window.Overdue: "red", window.Open: "yellow", window.Passed: "dim", window.Undated: "dim"}

// minuteLayout is how due dates are shown.
const minuteLayout = "2006-01-02 15:04 UTC"

func (a *app) writeDueText(list []*dueReview, now time.Time) error {
	p := &printer{w: a.out}
	paint := styleFor(a.settings.color, a.columns() > 0, a.env)
	for i, r := range list {
		if i > 0 {
			p.line("")
		}
		p.line("%s", paint.paint("bold", visible(r.name)))
		p.line("  %s", r.head())
		if len(r.stages) == 0 {
			p.line("  no stage: the window %s has none for the severity %q", visible(r.window.Name), visible(string(r.timeline.Incident.Severity)))
		}
		wide := 0
		for _, st := range r.stages {
			wide = max(wide, width(visible(st.Name)))
		}
		for _, st := range r.stages {
			p.dueStage(st, wide, a.tableWidth(), paint)
		}
		if note := r.window.Caution(r.input); note != "" {
			for _, line := range wrap(note, a.tableWidth()-2, 9) {
				p.line("  %s", paint.paint("dim", line))
			}
		}
	}
	return p.err
}

// head names a review in a line.
func (r *dueReview) head() string {
	in := r.timeline.Incident
	text := cmp.Or(in.Title, "no title")
	if in.ID != "" {
		text += " (" + in.ID + ")"
	}
	if in.Severity != "" {
		text += " · " + string(in.Severity)
	}
	text += " · window " + r.window.Name
	switch {
	case r.folder:
		return visible(text + " · no review yet")
	case r.stage == "":
		return visible(text + " · names no stage")
	}
	return visible(text + " · at " + r.stage)
}

// dueStage prints a stage: when it is due, where that stands, and why.
func (p *printer) dueStage(st window.Standing, wide, columns int, paint style) {
	mark := " "
	if st.State == window.Overdue {
		mark = paint.paint("red", "!")
	}
	due := "-"
	if !st.Due.IsZero() {
		due = st.Due.Format(minuteLayout)
	}
	p.line("%s %s  %s  %s", mark, pad(visible(st.Name), wide), pad(due, len(minuteLayout)), paint.paint(stateColors[st.State], st.Words()))
	indent := strings.Repeat(" ", wide+4)
	why := st.Why
	if loc, err := when.LoadZone(st.Rule.Timezone); err == nil && st.Rule.Timezone != "" && !st.Due.IsZero() {
		why = st.Due.In(loc).Format("15:04 on 2 January 2006 ") + st.Rule.Timezone + ", " + why
	}
	if st.State == window.Undated && len(st.Rule.Anchors) > 0 {
		why = strings.TrimPrefix(why, "no due date: ")
	}
	if !st.Published.IsZero() {
		why += "; published " + st.Published.Format(minuteLayout)
	}
	for _, line := range wrap(visible(why), columns-len(indent), 9) {
		p.line("%s%s", indent, paint.paint("dim", line))
	}
}

// dueStageJSON is a stage in JSON. What is not known is null.
type dueStageJSON struct {
	Name        string  `json:"name"`
	Form        string  `json:"form"`
	State       string  `json:"state"`
	Due         *string `json:"due"`
	AtLatest    bool    `json:"at_latest"`
	Anchor      *string `json:"anchor"`
	AnchorTime  *string `json:"anchor_time"`
	Published   *string `json:"published"`
	LeftSeconds *int64  `json:"left_seconds"`
	Why         string  `json:"why"`
}

// dueReviewJSON is a review in JSON.
type dueReviewJSON struct {
	Path     string         `json:"path"`
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Severity string         `json:"severity"`
	Window   string         `json:"window"`
	Stage    *string        `json:"stage"`
	Note     string         `json:"note"`
	Stages   []dueStageJSON `json:"stages"`
}

func (a *app) writeDueJSON(list []*dueReview, now time.Time) error {
	reviews := []dueReviewJSON{}
	for _, r := range list {
		in := r.timeline.Incident
		row := dueReviewJSON{
			Path: r.name, ID: in.ID, Title: in.Title, Severity: string(in.Severity), Window: r.window.Name,
			Stage: orNull(r.stage), Note: r.window.Caution(r.input), Stages: []dueStageJSON{},
		}
		for _, st := range r.stages {
			stage := dueStageJSON{
				Name: st.Name, Form: string(st.Rule.Form), State: string(st.State), Due: orNull(when.Format(st.Due, when.Second)),
				AtLatest: st.AtLatest, Anchor: orNull(st.Anchor), AnchorTime: orNull(when.Format(st.AnchorTime, when.Second)),
				Published: orNull(when.Format(st.Published, when.Second)), Why: st.Why,
			}
			if st.HasLeft {
				left := int64(st.Left / time.Second)
				stage.LeftSeconds = &left
			}
			row.Stages = append(row.Stages, stage)
		}
		reviews = append(reviews, row)
	}
	e := json.NewEncoder(a.out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Schema  string          `json:"schema"`
		Now     string          `json:"now"`
		Reviews []dueReviewJSON `json:"reviews"`
	}{dueSchema, when.Format(now, when.Second), reviews})
}

// orNull gives nil for an empty text.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// writeDueICS writes the due dates as a calendar. What has none is not in it.
func (a *app) writeDueICS(list []*dueReview, now time.Time) error {
	var entries []window.Entry
	seen := map[string]int{}
	for _, r := range list {
		in := r.timeline.Incident
		key := cmp.Or(in.ID, r.name)
		seen[key]++
		if n := seen[key]; n > 1 {
			key = fmt.Sprintf("%s #%d", key, n) // a second review of the incident
		}
		for _, st := range r.stages {
			if st.Due.IsZero() || st.State == window.Passed {
				continue
			}
			title := cmp.Or(in.Title, r.name)
			if in.ID != "" {
				title = in.ID + ", " + title
			}
			lines := []string{"Due " + st.Why + ".", "Review: " + r.name}
			if st.AtLatest {
				lines[0] = "At the latest: " + st.Why + "."
			}
			if note := r.window.Caution(r.input); note != "" {
				lines = append(lines, note)
			}
			entries = append(entries, window.Entry{
				Key: key + "\x00" + st.Name, Time: st.Due, Done: st.State == window.Published,
				Summary: "Review due (" + st.Name + "): " + title, Description: strings.Join(lines, "\n"),
			})
		}
	}
	_, err := a.out.Write(window.ICS(now, entries))
	return err
}

// sortedKeys are the keys of a map in their order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
