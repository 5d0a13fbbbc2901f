package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// table draws a timeline for a person: the head, the errors over time with the
// phases below them, the milestones, the figures, the rows, and what is not
// known.
type table struct {
	printer
	t     *timeline.Timeline
	width int
	style style
	zone  *time.Location // second time column; nil is none
	clock string         // layout of times: with seconds where any row has them
	// within is what the user looks at; edges of bursts and phases outside of it
	// are not rows.
	within span
}

func (t *table) draw() {
	t.clock = t.findClock()
	t.head()
	first := t.logsAlone()
	if first {
		t.coverage(true)
	}
	t.chart()
	t.milestones()
	t.metrics()
	t.rows()
	t.patterns()
	if !first {
		t.coverage(true)
	}
	t.foot()
}

// findClock gives the layout of clock times.
func (t *table) findClock() string {
	for _, b := range t.t.Milestones {
		if b.Known() && b.Precision >= when.Second {
			return "15:04:05"
		}
	}
	for _, e := range t.t.Events {
		if !e.Time.IsZero() && e.Precision >= when.Second {
			return "15:04:05"
		}
	}
	return "15:04"
}

func (t *table) head() {
	in := t.t.Incident
	title := visible(in.Title)
	if title == "" {
		title = "Incident"
	}
	for _, line := range wrap(title, t.width, 2) {
		t.line("%s", t.style.paint("bold", line))
	}
	var facts []string
	for _, fact := range []string{in.ID, string(in.Severity), strings.Join(in.Components, ", ")} {
		if fact != "" {
			facts = append(facts, visible(fact))
		}
	}
	if len(facts) > 0 {
		for _, line := range wrap(strings.Join(facts, " · "), t.width, 3) {
			t.line("%s", line)
		}
	}
	var counts []string
	if span := t.span(); span != "" {
		counts = append(counts, span)
	}
	counts = append(counts, t.holds())
	for _, line := range wrap(strings.Join(counts, " · "), t.width, 3) {
		t.line("%s", t.style.paint("dim", line))
	}
}

// holds tells how much there is: events; where only logs were read, what they
// show.
func (t *table) holds() string {
	if len(t.t.Events) > 0 || !t.onlyLogs() {
		return counted(len(t.t.Events), "event", "events") + " from " + counted(len(t.t.Sources), "source", "sources")
	}
	names := map[string]bool{}
	for _, s := range t.t.Sources {
		names[s.Name] = true
	}
	what := "no burst of errors"
	if len(t.t.WarningsFor(timeline.WarnWindowUncovered)) > 0 {
		what = "no record of this time"
	}
	if n := len(t.t.Bursts); n > 0 {
		what = counted(n, "burst of errors", "bursts of errors")
	}
	return what + " in " + counted(len(names), "log", "logs")
}

// span tells the days, the clock times and the length of the incident.
func (t *table) span() string {
	from, to := t.t.From, t.t.To
	if from.IsZero() || to.IsZero() {
		return ""
	}
	if from.Equal(to) {
		return from.Format("2006-01-02 15:04") + " UTC"
	}
	end := to.Format("15:04")
	if !sameDay(from, to) {
		end = to.Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("%s to %s UTC · %s", from.Format("2006-01-02 15:04"), end, timeline.SpanText(from, to, when.Minute, when.Minute))
}

func sameDay(a, b time.Time) bool {
	return a.Format(time.DateOnly) == b.Format(time.DateOnly)
}

// at writes a time in UTC as finely as it is known, with the day where it is
// not that of the incident.
func (t *table) at(at time.Time, p when.Precision) string {
	text := t.clockOf(at, p)
	if !t.t.From.IsZero() && !sameDay(at, t.t.From) {
		text = at.Format("01-02 ") + text
	}
	return text
}

// clockOf writes the clock alone.
func (t *table) clockOf(at time.Time, p when.Precision) string {
	switch {
	case p == when.Day:
		return "day"
	case p == when.Hour:
		return at.Format("15h")
	case p >= when.Second:
		return at.Format(t.clock)
	}
	return at.Format("15:04")
}

// section writes the heading of a part.
func (t *table) section(name string) {
	t.line("")
	t.line("%s", t.style.paint("bold", name))
}

func (t *table) milestones() {
	var known []timeline.Boundary
	for _, b := range t.t.Milestones {
		if b.Known() || !b.NotAfter.IsZero() || !b.NotBefore.IsZero() {
			known = append(known, b)
		}
	}
	if len(known) == 0 {
		return
	}
	t.section("Milestones")
	timeWidth := 0
	for _, b := range known {
		timeWidth = max(timeWidth, width(t.when(b)))
	}
	for _, b := range known {
		t.milestone(b, timeWidth)
	}
}

// when tells the time of a milestone, or its bounds.
func (t *table) when(b timeline.Boundary) string {
	return t.bounded(b.Time, b.End, b.NotBefore, b.NotAfter, b.Precision, b.Rung == timeline.RungApproximate)
}

func (t *table) bounded(at, end, notBefore, notAfter time.Time, p when.Precision, approx bool) string {
	about := ""
	if approx {
		about = "~"
	}
	switch {
	case !at.IsZero() && !end.IsZero() && !end.Equal(at):
		return about + t.at(at, p) + " to " + t.at(end, p)
	case !at.IsZero():
		return about + t.at(at, p)
	case !notBefore.IsZero() && !notAfter.IsZero():
		return t.at(notBefore, p) + " to " + t.at(notAfter, p)
	case !notAfter.IsZero():
		return "by " + t.at(notAfter, p)
	case !notBefore.IsZero():
		return "after " + t.at(notBefore, p)
	}
	return "not known"
}

func (t *table) milestone(b timeline.Boundary, timeWidth int) {
	name := spoken(string(b.Name))
	if b.Episode > 1 {
		name += fmt.Sprintf(" (%d)", b.Episode)
	}
	mark := " "
	if b.Conflict {
		mark = t.style.paint("yellow", "!")
	}
	left := fmt.Sprintf("%s %s %s  %s", mark, pad(name, 18), t.style.paint("bold", pad(t.when(b), timeWidth)),
		pad(string(b.Rung), 11))
	used := 2 + 18 + 1 + timeWidth + 2 + 11
	next := strings.Repeat(" ", used)
	t.cited(left, next, used, strings.Join(t.details(b), ", "), cites(b.Evidence))
	if !b.Conflict {
		return
	}
	against := t.against(b)
	for i, alt := range against {
		if i == maxAlternatives {
			t.line("    %s", t.style.paint("dim", fmt.Sprintf("%s more: pir explain %s", count(len(against)-i), b.Name)))
			return
		}
		text := t.bounded(alt.Time, time.Time{}, alt.NotBefore, alt.NotAfter, alt.Precision, alt.Rung == timeline.RungApproximate)
		left := fmt.Sprintf("    %s %s  %s", pad("against it", 16), t.style.paint("yellow", pad(text, timeWidth)), pad(string(alt.Rung), 11))
		t.cited(left, next, used, "", cites(alt.Evidence))
	}
}

// against are the alternatives of a milestone that disagree with it: those that
// its warning of a conflict cites.
func (t *table) against(b timeline.Boundary) []timeline.Alternative {
	cited := map[string]bool{}
	for _, w := range t.t.WarningsFor(timeline.WarnConflict) {
		name, _, _ := strings.Cut(w.Message, ":")
		if name != string(b.Name) && name != fmt.Sprintf("%s of episode %d", b.Name, b.Episode) {
			continue
		}
		for _, e := range w.Evidence {
			cited[e.Origin] = true
		}
	}
	var list []timeline.Alternative
	for _, alt := range b.Alternatives {
		if len(alt.Evidence) > 0 && cited[alt.Evidence[0].Origin] && !alt.Time.Equal(b.Time) {
			list = append(list, alt)
		}
	}
	return list
}

// maxAlternatives is how many candidates against a milestone are shown.
const maxAlternatives = 3

// details are what else is known of a milestone. A scope that is all of the
// incident says nothing.
func (t *table) details(b timeline.Boundary) []string {
	var list []string
	if text := t.measured(b); text != "" {
		list = append(list, text)
	}
	if b.By != "" {
		list = append(list, "by "+spoken(b.By))
	}
	if b.Outcome != "" && b.Outcome != timeline.OutcomeUnknown {
		list = append(list, spoken(b.Outcome))
	}
	scope := slices.Concat(b.Scope.Components, b.Scope.Regions)
	if len(scope) > 0 && !slices.Equal(scope, t.t.Incident.Components) {
		list = append(list, visible(strings.Join(scope, ", ")))
	}
	return list
}

// measured tells how a milestone is to be read that logs alone show: they tell
// when errors ended, and not what ended them.
func (t *table) measured(b timeline.Boundary) string {
	if b.Rung != timeline.RungMeasured {
		return ""
	}
	ended := b.Name == timeline.Mitigated || b.Name == timeline.ImpactEnd
	switch {
	case !b.Known() && ended:
		return "errors go on where " + t.ends(b.NotBefore)
	case !b.Known():
		return "the log begins inside"
	}
	text := t.about(b.NotBefore, b.NotAfter)
	end, _ := t.t.Milestone(timeline.ImpactEnd)
	switch {
	case b.Name == timeline.Mitigated && end.Known() && end.Time.After(b.Time):
		text = strings.TrimSuffix("by the logs: fewer errors, "+text, ", ")
	case b.Name == timeline.Mitigated:
		text = strings.TrimSuffix("by the logs: the errors ended, "+text, ", ")
	}
	return text
}

// ends names what ends at a time at which errors go on: what was looked at, or the
// log.
func (t *table) ends(at time.Time) string {
	if !t.within.to.IsZero() && !at.Before(t.within.to.Add(-time.Minute)) {
		return "the window ends"
	}
	return "the log ends"
}

// certain is how wide a span may be for a time to stand alone.
const certain = 10 * time.Second

// about is the span in which an edge lies, where it is a wide one.
func (t *table) about(notBefore, notAfter time.Time) string {
	if notBefore.IsZero() || notAfter.IsZero() || notAfter.Sub(notBefore) <= certain {
		return ""
	}
	return t.at(notBefore, when.Second) + "–" + t.clockOf(notAfter, when.Second)
}

// cites are the places of the evidence; many are told as a number.
func cites(list []timeline.Evidence) string {
	if len(list) == 0 {
		return ""
	}
	text := visible(list[0].Origin)
	if len(list) > 1 {
		text += fmt.Sprintf(" +%d", len(list)-1)
	}
	return text
}

// spoken is a name of the JSON in the words of a sentence.
func spoken(name string) string { return strings.ReplaceAll(name, "_", " ") }

// cited writes a row: what stands on the left, used cells wide, a text that
// wraps in the room beside it, and the citation at the right edge of the last
// line, or on a line of its own where it has no room. It is never cut: it is
// what a reader follows. next is what stands on the left of further lines.
func (t *table) cited(left, next string, used int, text, cite string) {
	room := t.width - used - 1
	lines := wrap(text, room, 3)
	last := lines[len(lines)-1]
	if gap := room - width(last) - width(cite); cite != "" && (gap < 0 || gap < 2 && last != "") {
		lines = append(lines, "")
	}
	for i, line := range lines {
		if i > 0 {
			left = next
		}
		if i < len(lines)-1 || cite == "" {
			t.line("%s %s", left, line)
			continue
		}
		gap := room - width(line) - width(cite)
		for ; gap < 0 && strings.HasSuffix(left, " "); gap++ {
			left = strings.TrimSuffix(left, " ") // it begins further left
		}
		t.line("%s %s%s%s", left, line, strings.Repeat(" ", max(0, gap)), t.style.paint("dim", cite))
	}
}

func (t *table) metrics() {
	var known []timeline.Metric
	for _, m := range t.t.Metrics {
		if t.t.ValueText(m) != "" {
			known = append(known, m)
		}
	}
	if len(known) == 0 {
		return
	}
	t.section("Figures")
	valueWidth := 0
	for _, m := range known {
		valueWidth = max(valueWidth, width(t.t.ValueText(m)))
	}
	for _, m := range known {
		rest := ""
		if m.From != "" {
			rest = spoken(string(m.From)) + " to " + spoken(string(m.To))
		}
		value := t.t.ValueText(m)
		var parts []string
		for _, d := range m.Detail {
			if text := t.t.PartText(m, d); d.Value != 0 && text != value { // none, or said already
				parts = append(parts, spoken(d.Name)+" "+text)
			}
		}
		if len(parts) > 0 {
			rest = strings.Join(parts, ", ")
		}
		mark := " "
		if t.disputed(m) {
			mark = t.style.paint("yellow", "!")
		}
		t.line("%s %s %s  %s", mark, pad(spoken(m.Name), 22), t.style.paint("bold", pad(value, valueWidth)),
			t.style.paint("dim", clip(rest, t.width-27-valueWidth)))
	}
}

// disputed reports whether evidence stands against an end of a figure.
func (t *table) disputed(m timeline.Metric) bool {
	return slices.ContainsFunc(t.t.Milestones, func(b timeline.Boundary) bool {
		return b.Conflict && b.Name != "" && (b.Name == m.From || b.Name == m.To)
	})
}

// foot tells what is not known, and how many doubts there are.
func (t *table) foot() {
	t.line("")
	if unknown := t.unknown(); len(unknown) > 0 {
		for i, line := range wrap("Not known: "+strings.Join(unknown, ", ")+".", t.width-2, 9) {
			if i > 0 {
				line = "  " + line
			}
			t.line("%s", line)
		}
	}
	counts := map[string]int{}
	var codes []string
	for _, w := range t.t.Warnings {
		if counts[w.Code]++; counts[w.Code] == 1 {
			codes = append(codes, w.Code)
		}
	}
	if len(codes) == 0 {
		return
	}
	for i, code := range codes {
		codes[i] = fmt.Sprintf("%s %s", count(counts[code]), code)
	}
	text := counted(len(t.t.Warnings), "warning", "warnings") + ": " + strings.Join(codes, ", ") + "."
	for _, line := range wrap(text, t.width, 4) {
		t.line("%s", t.style.paint("yellow", line))
	}
}

// unknown are the milestones that no evidence gives, and the figures that are
// not known although both their milestones are. Not every incident was mitigated
// in part: that is told only where nothing is known of the mitigation.
func (t *table) unknown() []string {
	var list []string
	known := slices.ContainsFunc(t.t.Milestones, timeline.Boundary.Known)
	if !known && len(t.t.Milestones) > 0 {
		return []string{"every milestone", "every figure that needs one"}
	}
	missing := map[timeline.Milestone]bool{}
	for _, b := range t.t.Milestones {
		mitigated, _ := t.t.Milestone(timeline.Mitigated)
		switch {
		case b.Known() || !b.NotAfter.IsZero() || !b.NotBefore.IsZero() || b.Episode > 1:
			continue
		case b.Name == timeline.PartialMitigation && mitigated.Known():
			continue
		case b.Name == timeline.Cause && t.tells(timeline.TopicCause):
			list = append(list, "cause (told, without a time)")
		default:
			list = append(list, spoken(string(b.Name)))
		}
		missing[b.Name] = true
	}
	for _, m := range t.t.Metrics {
		if t.t.ValueText(m) == "" && !missing[m.From] && !missing[m.To] {
			list = append(list, spoken(m.Name))
		}
	}
	return list
}

// tells reports whether any row speaks of the topic.
func (t *table) tells(topic timeline.Topic) bool {
	return slices.ContainsFunc(t.t.Events, func(e timeline.Event) bool { return e.Topic == topic })
}
