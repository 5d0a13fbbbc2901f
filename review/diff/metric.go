package diff

import (
	"math"
	"slices"
	"strings"
	"time"

	"pir/review/document"
	"pir/timeline"
)

// bounds are the milestones that a metric hangs on, where the page does not say.
var bounds = map[string][]timeline.Milestone{
	"time_to_detect":       {timeline.ImpactStart, timeline.Detected},
	"time_to_acknowledge":  {timeline.Detected, timeline.Acknowledged},
	"time_to_identify":     {timeline.Detected, timeline.Identified},
	"time_to_mitigate":     {timeline.ImpactStart, timeline.Mitigated},
	"time_to_recover":      {timeline.ImpactStart, timeline.ImpactEnd},
	"time_to_resolve":      {timeline.ImpactStart, timeline.Resolved},
	"time_to_first_update": {timeline.ImpactStart, timeline.FirstUpdate},
	"impact_duration":      {timeline.ImpactStart, timeline.Mitigated, timeline.ImpactEnd},
	"longest_silence":      {timeline.FirstUpdate, timeline.ImpactEnd},
}

// metrics compares the reckoned figures by their names.
func (c *comparison) metrics() {
	a, b := byName(c.a.facts.Metrics), byName(c.b.facts.Metrics)
	for i, name := range namesOf(c.a.facts.Metrics, c.b.facts.Metrics) {
		x, inA := a[name]
		y, inB := b[name]
		ch := Change{Type: MetricChanged, From: metricSide(x), To: metricSide(y), order: i}
		switch {
		case !x.Known && !y.Known:
			continue
		case !inA || !x.Known:
			ch.Type, ch.From = MetricAdded, Side{}
		case !inB || !y.Known:
			ch.Type, ch.To = MetricRemoved, Side{}
		case ch.From.Value == ch.To.Value:
			continue
		default:
			ch.Note = grown(x, y)
		}
		ch.Because = c.because(name, x, y)
		c.fact(ch, x.Place, y.Place)
		if ch.Type == MetricChanged {
			c.partly(x.Place, y.Place)
		}
	}
}

// byName gives metrics by their names, the first of each.
func byName(list []document.Metric) map[string]document.Metric {
	out := map[string]document.Metric{}
	for _, m := range list {
		if _, seen := out[m.Name]; !seen {
			out[m.Name] = m
		}
	}
	return out
}

// namesOf are the names of the metrics of both sides, those of ours first, so
// that the order is the same for either order of the sides.
func namesOf(a, b []document.Metric) []string {
	var out []string
	for _, list := range [][]document.Metric{a, b} {
		for _, m := range list {
			if !slices.Contains(out, m.Name) {
				out = append(out, m.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

func metricSide(m document.Metric) Side {
	text := collapse(uncited(m.Text))
	return Side{Value: text, Text: text, Name: m.Name}
}

// grown says how much longer or more a figure is.
func grown(x, y document.Metric) string {
	if x.Count != y.Count || x.Value == y.Value {
		return ""
	}
	d := math.Abs(y.Value - x.Value)
	word := "longer"
	if x.Count {
		word = "more"
		if y.Value < x.Value {
			word = "fewer"
		}
		return strings.TrimSuffix(trimFloat(d), ".0") + " " + word
	}
	if y.Value < x.Value {
		word = "shorter"
	}
	return length(time.Duration(math.Round(d))*time.Second) + " " + word
}

// because gives the milestones that changed and on which a metric hangs.
func (c *comparison) because(name string, x, y document.Metric) (out []string) {
	var ends []timeline.Milestone
	for _, m := range []document.Metric{x, y} {
		ends = append(ends, m.From, m.To)
	}
	ends = append(ends, bounds[name]...)
	for _, m := range timeline.Milestones {
		if !slices.Contains(ends, m) {
			continue
		}
		moved := slices.ContainsFunc(c.changes, func(ch Change) bool {
			return ch.Name() == string(m) && (ch.Type == MilestoneMoved || ch.Type == MilestoneAdded || ch.Type == MilestoneRemoved)
		})
		if moved {
			out = append(out, string(m))
		}
	}
	return out
}

// phases compares the phases by their names.
func (c *comparison) phases() {
	a, b := slices.Clone(c.a.facts.Phases), slices.Clone(c.b.facts.Phases)
	known := func(p document.Phase) bool { return p.Start.IsZero() && p.End.IsZero() }
	a, b = slices.DeleteFunc(a, known), slices.DeleteFunc(b, known)
	a, b = unequal(a, b, func(x, y document.Phase) bool {
		return x.Name == y.Name && x.Start.Equal(y.Start) && x.End.Equal(y.End)
	})
	used := make([]bool, len(b))
	for _, x := range a {
		ch := Change{Type: PhaseRemoved, From: c.phaseSide(x)}
		to := document.Place{}
		for j, y := range b {
			if !used[j] && x.Name == y.Name {
				used[j], to = true, y.Place
				ch.Type, ch.To, ch.Because = PhaseChanged, c.phaseSide(y), c.movedWith(x, y)
				break
			}
		}
		c.fact(ch, x.Place, to)
	}
	for j, y := range b {
		if !used[j] {
			c.fact(Change{Type: PhaseAdded, To: c.phaseSide(y)}, document.Place{}, y.Place)
		}
	}
}

func (c *comparison) phaseSide(p document.Phase) Side {
	return Side{Name: p.Name, Value: stamps(p.Start, p.End), Text: c.clock.span(p.Start, p.End)}
}

// movedWith gives the milestones that moved from and to where the bounds of a
// phase did.
func (c *comparison) movedWith(x, y document.Phase) (out []string) {
	for _, ch := range c.changes {
		if ch.Type != MilestoneMoved || slices.Contains(out, ch.Name()) {
			continue
		}
		if ch.From.Value == stamp(x.Start) && ch.To.Value == stamp(y.Start) || ch.From.Value == stamp(x.End) && ch.To.Value == stamp(y.End) {
			out = append(out, ch.Name())
		}
	}
	return out
}

// figures compares what was counted, by what it counts and where.
func (c *comparison) figures() {
	a, b := slices.Clone(c.a.facts.Figures), slices.Clone(c.b.facts.Figures)
	measure := func(x, y document.Figure) bool { return strings.EqualFold(collapse(x.Measure), collapse(y.Measure)) }
	scope := func(x, y document.Figure) bool {
		return measure(x, y) && strings.EqualFold(collapse(x.Scope), collapse(y.Scope))
	}
	for _, same := range []func(x, y document.Figure) bool{
		func(x, y document.Figure) bool { return scope(x, y) && collapse(x.Value) == collapse(y.Value) },
		scope, measure,
	} {
		var restA []document.Figure
		for _, x := range a {
			j := slices.IndexFunc(b, func(y document.Figure) bool { return same(x, y) })
			if j < 0 {
				restA = append(restA, x)
				continue
			}
			c.figure(x, b[j])
			b = slices.Delete(b, j, j+1)
		}
		a = restA
	}
	for _, x := range a {
		c.fact(Change{Type: FigureRemoved, From: figureSide(x)}, x.Place, document.Place{})
	}
	for _, y := range b {
		c.fact(Change{Type: FigureAdded, To: figureSide(y)}, document.Place{}, y.Place)
	}
}

func (c *comparison) figure(x, y document.Figure) {
	from, to := figureSide(x), figureSide(y)
	if from.Text != to.Text {
		c.fact(Change{Type: FigureChanged, From: from, To: to}, x.Place, y.Place)
	}
	c.evidence(to.Name, to.Name+": "+to.Text, from.Name+": "+from.Text, x.Evidence, y.Evidence, x.Place, y.Place)
}

func figureSide(f document.Figure) Side {
	text := collapse(f.Value)
	if s := collapse(f.Scope); s != "" {
		text += " (" + s + ")"
	}
	return Side{Name: collapse(f.Measure), Value: collapse(f.Value), Text: text, Evidence: f.Evidence}
}
