package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/markdown"
	"pir/internal/when"
	"pir/timeline"
)

// row is one line of the table's list: an event, or an edge of a burst.
type row struct {
	at     time.Time
	p      when.Precision
	approx bool
	kind   string
	text   string
	mark   string // the milestone that it is evidence of
	cite   string
	faint  bool   // upstream, downstream
	id     string // of a burst
	source string
}

// rows writes the list, day by day, with the phase at its left side.
func (t *table) rows() {
	list, outside, undated := t.collect()
	if len(list) == 0 && outside == 0 && len(undated) == 0 {
		return
	}
	if len(list) == 0 {
		t.section("Events")
	}
	day := ""
	phases := t.startingPhases()
	for _, r := range list {
		if d := r.at.Format(time.DateOnly); d != day {
			day = d
			t.line("")
			t.line("%s", t.style.paint("bold", t.dayLine(r.at)))
		}
		for len(phases) > 0 && !phases[0].Start.After(r.at) {
			t.phaseLine(phases[0])
			phases = phases[1:]
		}
		t.row(r, t.phaseAt(r.at).Name)
	}
	for _, p := range phases {
		t.phaseLine(p)
	}
	if len(undated) > 0 {
		t.section("Without a time")
		for _, r := range undated {
			t.row(r, "")
		}
	}
	if outside > 0 {
		t.line("")
		t.line("%s", t.style.paint("dim", counted(outside, "row", "rows")+" outside of the incident, in --format json"))
	}
	if n := len(t.t.Dropped); n > 0 {
		t.line("")
		t.line("%s", t.style.paint("dim", counted(n, "row", "rows")+" taken out by pir.yaml: --format json has them, with the reasons"))
	}
}

func (t *table) dayLine(at time.Time) string {
	text := at.Format("Monday, 2 January 2006") + ", UTC"
	if t.zone != nil {
		text += " and " + t.zone.String()
	}
	return text
}

// collect gives the rows in order of time, how many events are outside, and
// those without a time.
func (t *table) collect() (list []row, outside int, undated []row) {
	for _, e := range t.t.Events {
		switch {
		case e.HasFlag(timeline.FlagOutside):
			outside++
		case e.Time.IsZero():
			undated = append(undated, eventRow(e))
		default:
			list = append(list, eventRow(e))
		}
	}
	for _, r := range t.burstRows() {
		if t.within.holds(r.at) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b row) int { return a.at.Compare(b.at) })
	return list, outside, undated
}

func eventRow(e timeline.Event) row {
	text := visible(e.Title)
	if body := visible(markdown.Joined(e.Body)); text == "" {
		text = body
	} else if e.Kind == timeline.KindStatus && body != "" {
		text = post(text, body)
	}
	if name, _, _ := strings.Cut(e.Actor, " ("); name != "" && !strings.Contains(e.Title, name) {
		text = visible(e.Actor) + ": " + text
	}
	if tally := e.Tally(); tally != "" {
		text += " (" + tally + ")"
	}
	if e.Party != "" && e.Party != timeline.PartyOwn {
		text = "(" + string(e.Party) + ") " + text
	}
	r := row{
		at: e.Time, p: e.Precision, approx: e.Approx, kind: string(e.Kind), text: text,
		mark: string(e.Milestone), faint: e.Party != "" && e.Party != timeline.PartyOwn,
	}
	if e.Topic != "" {
		r.kind = string(e.Topic)
	}
	if len(e.Origins) > 0 {
		r.cite = visible(e.Origins[0].String())
	}
	if len(e.Origins) > 1 {
		r.cite += fmt.Sprintf(" +%d", len(e.Origins)-1)
	}
	return r
}

// post is the state and the words of a status post. Its title repeats the name of
// the incident behind the state.
func post(title, body string) string {
	if state, _, named := strings.Cut(title, ": "); named && len(state) <= 20 {
		return state + ": " + body
	}
	return title + ": " + body
}

// burstRows are the moments at which the rate of errors changed. Where one
// stretch touches the next, the start of the next is told and not the end.
func (t *table) burstRows() []row {
	var list []row
	bursts := slices.Clone(t.t.Bursts)
	slices.SortStableFunc(bursts, func(a, b timeline.Burst) int {
		return cmp.Or(a.Start.Compare(b.Start), strings.Compare(a.ID, b.ID))
	})
	for _, b := range bursts {
		what := visible(b.Source)
		if b.Component != "" && b.Component != b.Source {
			what += " (" + visible(b.Component) + ")"
		}
		text := fmt.Sprintf("%s: %s per minute, from %s", what, rate(b.Rate), rate(b.RateBefore))
		if b.OpenStart {
			text = fmt.Sprintf("%s: %s per minute, and the log begins here", what, rate(b.Rate))
		}
		if b.Total > 0 {
			text += fmt.Sprintf("; %s of %s requests failed", count(b.Failed), count(b.Total))
		} else {
			text += "; " + counted(b.Failed, "error", "errors")
		}
		if span := t.about(b.StartNotBefore, b.StartNotAfter); span != "" {
			text += " (began " + span + ")"
		}
		at := b.Start
		if from := t.within.from; at.Before(from) && (b.End.IsZero() || b.End.After(from)) {
			text, at = text+"; since "+t.at(b.Start, t.t.PrecisionAt(b.Start)), from
		}
		list = append(list, row{at: at, p: t.t.PrecisionAt(at), kind: "errors", text: text, cite: visible(b.First.Origin), id: visible(b.ID), source: visible(b.Source)})
		switch {
		case b.End.IsZero() && !b.EndNotBefore.IsZero():
			list = append(list, row{
				at: b.EndNotBefore, p: t.t.PrecisionAt(b.EndNotBefore), kind: "errors",
				text: what + ": they go on where " + t.ends(b.EndNotBefore), cite: visible(b.Last.Origin), id: visible(b.ID), source: visible(b.Source),
			})
			continue
		case b.End.IsZero() || touches(bursts, b):
			continue
		}
		text = fmt.Sprintf("%s: back to %s per minute", what, rate(b.RateAfter))
		if span := t.about(b.EndNotBefore, b.EndNotAfter); span != "" {
			text += " (ended " + span + ")"
		}
		list = append(list, row{at: b.End, p: t.t.PrecisionAt(b.End), kind: "errors", text: text, cite: visible(b.Last.Origin), id: visible(b.ID), source: visible(b.Source)})
	}
	return append(list, t.silences()...)
}

func touches(bursts []timeline.Burst, b timeline.Burst) bool {
	return slices.ContainsFunc(bursts, func(next timeline.Burst) bool {
		return next.ID != b.ID && next.Source == b.Source && next.Component == b.Component && next.Start.Equal(b.End)
	})
}

// startingPhases are the phases that have times and a length, in order of their
// starts.
func (t *table) startingPhases() []timeline.Phase {
	var list []timeline.Phase
	for _, p := range t.t.Phases {
		if p.Known && !p.End.Equal(p.Start) && t.within.holds(p.Start) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b timeline.Phase) int { return a.Start.Compare(b.Start) })
	return list
}

// phaseAt is the phase that an instant belongs to; the zero Phase for none.
func (t *table) phaseAt(at time.Time) timeline.Phase {
	var hit timeline.Phase
	for _, p := range t.t.Phases {
		if p.Known && !at.Before(p.Start) && (p.End.IsZero() || at.Before(p.End)) {
			hit = p
		}
	}
	return hit
}

// phaseLine tells that a phase begins, and when.
func (t *table) phaseLine(p timeline.Phase) {
	text := p.Name
	if !p.End.IsZero() {
		text += ", " + t.t.LastedText(p.Start, p.End)
	}
	if len(p.Includes) > 0 {
		text += " (with " + strings.Join(p.Includes, ", ") + ")"
	}
	left := t.style.paint("dim", t.times(row{at: p.Start, p: t.t.PrecisionAt(p.Start)}))
	t.line("%s %s", left, t.style.paint(p.Name, clip("┏ "+text, t.width-t.timesWidth()-1)))
}

// timesWidth is how wide the columns of times are.
func (t *table) timesWidth() int {
	n := 1 + len(t.clock)
	if t.zone != nil {
		n += 1 + len("15:04")
	}
	return n
}

func (t *table) row(r row, phase string) {
	rail := " "
	if phase != "" {
		rail = t.style.paint(phase, "┃")
	}
	kind := pad(r.kind, 8)
	if r.mark != "" {
		kind = t.style.paint("bold", kind)
	}
	text := r.text
	if r.mark != "" {
		text = "[" + spoken(r.mark) + "] " + text
	}
	left := fmt.Sprintf("%s %s %s", t.times(r), rail, kind)
	used := t.timesWidth() + 3 + 8
	if r.faint {
		left = fmt.Sprintf("%s %s %s", t.style.paint("dim", t.times(r)), rail, t.style.paint("dim", kind))
	}
	next := strings.Repeat(" ", t.timesWidth()) + " " + rail + " " + strings.Repeat(" ", 8)
	t.cited(left, next, used, text, r.cite)
}

// times are the columns of times: UTC, and the second zone.
func (t *table) times(r row) string {
	if r.at.IsZero() {
		return strings.Repeat(" ", t.timesWidth())
	}
	about := " "
	if r.approx {
		about = "~"
	}
	text := about + pad(t.clockOf(r.at, r.p), len(t.clock))
	if t.zone != nil {
		local := r.at.In(t.zone).Format("15:04")
		if r.p == when.Day {
			local = ""
		}
		text += " " + t.style.paint("dim", pad(local, 5))
	}
	return text
}
