package main

import (
	"fmt"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// patterns shows the log patterns that changed most, or where none did those of
// the errors; the JSON has all.
func (t *table) patterns() {
	var changed []timeline.Signal
	for _, s := range t.t.Signals {
		if s.Change != "" && s.Change != "steady" && s.Change != timeline.ChangeSilent {
			changed = append(changed, s)
		}
	}
	heading := "Log patterns that changed" + t.counted()
	if len(changed) == 0 {
		for _, s := range t.t.Signals {
			if s.Change == "steady" && s.Level == "error" {
				changed = append(changed, s)
			}
		}
		heading = "Log patterns of errors, none of which changed"
	}
	if len(changed) == 0 {
		return
	}
	const most = 5
	t.section(heading)
	for _, s := range changed[:min(most, len(changed))] {
		number := count(s.Count)
		if s.About {
			number = "~" + number
		}
		left := fmt.Sprintf("  %s %8s ", pad(s.Change, 9), number)
		t.cited(left, strings.Repeat(" ", width(left)), width(left), visible(s.Pattern), visible(s.Origin.String()))
	}
	if more := len(changed) - most; more > 0 {
		t.line("  %s", t.style.paint("dim", count(more)+" more in --format json"))
	}
}

// counted tells between which minutes the patterns are counted: those of the
// bursts, whole.
func (t *table) counted() string {
	var from, to time.Time
	for _, b := range t.t.Bursts {
		end := b.End
		if end.IsZero() {
			end = b.EndNotBefore
		}
		if from.IsZero() || b.Start.Before(from) {
			from = b.Start
		}
		if end.After(to) {
			to = end
		}
	}
	if from.IsZero() || to.IsZero() {
		return ""
	}
	return fmt.Sprintf(", %s to %s", t.at(from.Truncate(time.Minute), when.Minute), t.at(to.Add(time.Minute-1).Truncate(time.Minute), when.Minute))
}

// silences are the stretches in which a log that is steady has no record.
func (t *table) silences() []row {
	var list []row
	for _, s := range t.t.Signals {
		if s.Change != timeline.ChangeSilent {
			continue
		}
		list = append(list, row{
			at: s.First, p: when.Second, kind: "silence", cite: visible(s.Origin.String()), id: visible(s.ID), source: visible(s.Source),
			text: fmt.Sprintf("%s: %s until %s, %s; before that %s a minute", visible(s.Source), visible(s.Pattern),
				t.at(s.Last, when.Second), t.t.LastedText(s.First, s.Last), rate(s.BaselineRate)),
		})
	}
	return list
}
