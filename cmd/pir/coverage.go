package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/incident"
	"pir/internal/when"
	"pir/timeline"
)

// The sources that the table of the timeline shows at most; with --coverage it
// shows all.
const (
	maxSources = 20
	maxLeft    = 8
)

// coverage tells of every source what became of it: what it was taken for, how
// much of it was read, what its records came to and where its times come from.
// brief shows the first ones only.
func (t *table) coverage(brief bool) {
	if len(t.t.Sources) == 0 && len(t.t.Left) == 0 {
		return
	}
	t.section("Sources")
	shown := t.t.Sources
	if brief && len(shown) > maxSources {
		shown = mostInNeed(shown)
	}
	nameWidth := 0
	for _, s := range shown {
		nameWidth = max(nameWidth, min(width(visible(s.Path)), t.width/2))
	}
	for _, s := range shown {
		t.source(s, nameWidth)
	}
	if more := len(t.t.Sources) - len(shown); more > 0 {
		t.line("  %s", t.style.paint("dim", counted(more, "more source", "more sources")+" read whole: pir timeline --coverage"))
	}
	t.leftAlone(brief)
}

// logsAlone reports whether all that was read are logs without a window: then
// what they span is what a reader asks first, to name one.
func (t *table) logsAlone() bool {
	in := t.t.Incident
	return t.onlyLogs() && in.From.IsZero() && in.To.IsZero() && t.within == (span{}) && len(t.t.Sources) > 1
}

// onlyLogs reports whether all that was read are logs.
func (t *table) onlyLogs() bool {
	logs := map[string]bool{}
	for _, k := range incident.Kinds() {
		logs[k.Name] = k.Log
	}
	for _, s := range t.t.Sources {
		if s.Format != "" && !logs[s.Format] {
			return false
		}
	}
	return len(t.t.Sources) > 0
}

// mostInNeed are the sources that were not read whole, and as many of the
// others as there is room for; the order stays.
func mostInNeed(all []timeline.Source) []timeline.Source {
	room := maxSources
	for _, s := range all {
		if s.Status != timeline.StatusRead {
			room--
		}
	}
	var list []timeline.Source
	for _, s := range all {
		if s.Status == timeline.StatusRead {
			if room <= 0 {
				continue
			}
			room--
		}
		list = append(list, s)
	}
	return list
}

// source writes what is to be said of one source: a line, and what became of
// its records below it.
func (t *table) source(s timeline.Source, nameWidth int) {
	var head []string
	if s.Format != "" {
		head = append(head, s.Format)
	}
	if detail := visible(s.Detail); detail != "" {
		head = append(head, detail)
	}
	if s.Name != s.Path {
		head = append(head, "source "+visible(s.Name))
	}
	left := "  " + pad(visible(s.Path), nameWidth) + "  "
	used := nameWidth + 4
	if s.Status != timeline.StatusRead {
		left += t.style.paint("yellow", s.Status+": ")
		used += width(s.Status) + 2
	}
	room := t.width - used
	if text := strings.Join(head, ", "); width(text) <= room {
		t.line("%s%s", left, text)
	} else {
		t.line("%s", left)
		t.indented(text, "")
	}
	if text := coverageText(s); text != "" {
		t.indented(text, "dim")
	}
}

// indented writes a text below a line.
func (t *table) indented(text, color string) {
	for _, line := range wrap(text, t.width-4, 2+width(text)/20) {
		t.line("    %s", t.style.paint(color, line))
	}
}

// coverageText tells the records of a source, its span, where its times come
// from, and how many of its bytes were read.
func coverageText(s timeline.Source) string {
	if s.Records == 0 && s.BytesTotal == 0 {
		return ""
	}
	var parts []string
	if s.Records > 0 {
		parts = append(parts, recordsText(s))
	}
	if !s.First.IsZero() {
		parts = append(parts, spanOf(s.First, s.Last))
	}
	if s.OutOfOrder > 0 {
		parts = append(parts, count(s.OutOfOrder)+" out of order")
	}
	if text := zoneTexts[s.ZoneFrom]; text != "" {
		parts = append(parts, "zone "+text)
	}
	if s.YearFrom != "" && s.YearFrom != "record" {
		parts = append(parts, "year by the "+s.YearFrom)
	}
	if s.Skew != 0 {
		parts = append(parts, "skew "+s.Skew.String())
	}
	return strings.Join(append(parts, bytesText(s)), " · ")
}

// recordsText is the law of records: each is counted once.
func recordsText(s timeline.Source) string {
	var terms []string
	for _, term := range []struct {
		n    int64
		name string
	}{
		{s.InWindow, "in the window"}, {s.Outside, "outside"}, {s.Continuation, "continuation"},
		{s.Undated, "undated"}, {s.Malformed, "malformed"},
	} {
		if term.n > 0 {
			terms = append(terms, count(term.n)+" "+term.name)
		}
	}
	all := counted(s.Records, "record", "records")
	if len(terms) == 1 && s.InWindow == s.Records {
		return all
	}
	return all + " = " + strings.Join(terms, " + ")
}

// zoneTexts say in words what gave the times of a source their zone.
var zoneTexts = map[timeline.ZoneFrom]string{
	when.ZoneRecord:   "in the record",
	when.ZoneDocument: "told by the document",
	when.ZoneSource:   "of the source in pir.yaml",
	when.ZoneFlag:     "by --tz",
	when.ZoneIncident: "of the incident",
	when.ZoneAssumed:  "assumed to be UTC",
}

// spanOf is the time from the first to the last record.
func spanOf(first, last time.Time) string {
	const day, clock = "2006-01-02", "15:04:05"
	switch {
	case first.Equal(last):
		return first.Format(day + " " + clock)
	case sameDay(first, last):
		return first.Format(day+" "+clock) + " to " + last.Format(clock)
	}
	return first.Format(day+" "+clock) + " to " + last.Format(day+" "+clock)
}

// bytesText tells how many bytes were read, and of how many where that is less.
func bytesText(s timeline.Source) string {
	if s.BytesRead == s.BytesTotal || s.BytesTotal == 0 {
		return size(s.BytesRead)
	}
	return size(s.BytesRead) + " of " + size(s.BytesTotal) + " read"
}

// size writes a number of bytes in three digits.
func size(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}
	unit := 0
	for rest := n; rest >= 1000 && unit < len(units)-1; rest /= 1000 {
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	divisor := int64(1)
	for range unit {
		divisor *= 1000
	}
	if n/divisor >= 100 {
		return fmt.Sprintf("%d %s", n/divisor, units[unit])
	}
	return fmt.Sprintf("%d.%d %s", n/divisor, n%divisor*10/divisor, units[unit])
}

// leftAlone names the files that are no sources, and why.
func (t *table) leftAlone(brief bool) {
	list := slices.Clone(t.t.Left)
	more := 0
	if brief && len(list) > maxLeft {
		list, more = list[:maxLeft], len(list)-maxLeft
	}
	var parts []string
	for _, l := range list {
		parts = append(parts, visible(l.Path)+" ("+visible(l.Why)+")")
	}
	if more > 0 {
		parts = append(parts, count(more)+" more: pir timeline --coverage")
	}
	if len(parts) == 0 {
		return
	}
	t.indented("Left alone: "+strings.Join(parts, ", ")+".", "dim")
}
