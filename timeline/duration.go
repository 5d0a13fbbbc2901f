package timeline

import (
	"strconv"
	"time"

	"pir/internal/when"
)

// shortest is the length from which on fractions of a second say nothing.
const shortest = 10 * time.Second

// SpanText tells the time from one instant to another as a reader of both would
// reckon it: each is cut to the coarser of the two precisions, and to whole
// seconds unless both are finer and close. From 12:14 to 12:26:04 it is "12 min",
// and not "12 min 4 s".
func SpanText(from, to time.Time, a, b Precision) string {
	unit := max(a.Unit(), b.Unit())
	d := to.Sub(from)
	if unit < time.Second && d < shortest && d > -shortest {
		return when.Words(d)
	}
	unit = max(unit, time.Second)
	return inUnits(to.UTC().Truncate(unit).Sub(from.UTC().Truncate(unit)), d, unit)
}

// inUnits words a duration that was cut to units of itself; exact is what it
// was before.
func inUnits(cut, exact, unit time.Duration) string {
	if cut == 0 && exact != 0 {
		return "less than " + when.Words(unit)
	}
	return when.Words(cut)
}

// PrecisionAt is how finely an instant is known at which a milestone was
// reached, such as the bound of a phase. Where no milestone is, it is a minute,
// or a second if the instant has seconds.
func (t *Timeline) PrecisionAt(at time.Time) Precision {
	for _, b := range t.Milestones {
		if b.Known() && b.Time.Equal(at) {
			return b.Precision
		}
	}
	if !at.Equal(at.Truncate(time.Minute)) {
		return when.Second
	}
	return when.Minute
}

// LastedText tells the time between two bounds of a phase or an episode, as
// SpanText does.
func (t *Timeline) LastedText(from, to time.Time) string {
	return SpanText(from, to, t.PrecisionAt(from), t.PrecisionAt(to))
}

// ValueText tells the value of a metric, or what bounds leave of it: "12 min",
// "about 2 h", "at most 7 min", "11". A duration is told as finely as both its
// endpoints are known; the JSON has it as it was reckoned. It is empty when
// nothing is known.
func (t *Timeline) ValueText(m Metric) string {
	if m.Unit == UnitCount {
		if !m.Known {
			return ""
		}
		return strconv.FormatInt(int64(m.Value), 10)
	}
	unit := t.unitOf(m)
	most, least := outward(span(m.AtMost), unit, true), outward(span(m.AtLeast), unit, false)
	switch {
	case m.Known:
		return t.about(m) + t.lengthText(m, unit)
	case most > 0 && least > 0:
		return "between " + when.Words(least) + " and " + when.Words(most)
	case most > 0:
		return "at most " + when.Words(most)
	case least > 0:
		return "at least " + when.Words(least)
	}
	return ""
}

// outward rounds what bounds a duration so that it still does, in words: an upper
// bound up, a lower bound down.
func outward(d, unit time.Duration, up bool) time.Duration {
	switch {
	case d >= 24*time.Hour:
		unit = max(unit, time.Hour) // words tell days and hours
	case d >= time.Hour:
		unit = max(unit, time.Minute)
	}
	if up {
		d += unit - 1
	}
	return d.Truncate(unit)
}

// PartText tells a part of a metric as finely as the metric is told. A level of
// the impact that was in one stretch is told as LastedText tells that; in
// several, it is no better known than the time at which one level became the
// other.
func (t *Timeline) PartText(m Metric, p MetricPart) string {
	unit := t.unitOf(m)
	if level := Level(p.Name); level == LevelMain || level == LevelResidual {
		if e, ok := t.onlyStretch(level); ok {
			return t.LastedText(e.Start, e.End)
		}
		mitigated, _ := t.Milestone(Mitigated)
		unit = max(unit, mitigated.Precision.Unit())
	}
	if p.Name == "span" && p.Value == m.Value {
		return t.ValueText(m) // one stretch
	}
	d := span(p.Value)
	return inUnits(d.Round(unit), d, unit)
}

// onlyStretch is the stretch of a level, if there is just one with both ends;
// several components may share it.
func (t *Timeline) onlyStretch(level Level) (Episode, bool) {
	var only Episode
	found := false
	for _, e := range t.Episodes {
		if e.Level != level {
			continue
		}
		if e.End.IsZero() || found && !(e.Start.Equal(only.Start) && e.End.Equal(only.End)) {
			return Episode{}, false
		}
		only, found = e, true
	}
	return only, found
}

// lengthText words a known duration. Where it is the time between its two
// milestones, a reader can reckon it from their times, and gets the same.
func (t *Timeline) lengthText(m Metric, unit time.Duration) string {
	from, to := t.endpointsOf(m)
	value := span(m.Value)
	if from.Known() && to.Known() && to.Time.Sub(from.Time).Round(time.Millisecond) == value {
		return SpanText(from.Time, to.Time, from.Precision, to.Precision)
	}
	if unit <= time.Second && value < shortest && value > -shortest {
		return when.Words(value)
	}
	return inUnits(value.Round(unit), value, unit)
}

// unitOf is how finely a metric is known: as its coarser endpoint is, and never
// finer than a second.
func (t *Timeline) unitOf(m Metric) time.Duration {
	from, to := t.endpointsOf(m)
	return max(from.Precision.Unit(), to.Precision.Unit(), time.Second)
}

// about is the word for a duration from or to an approximate time.
func (t *Timeline) about(m Metric) string {
	from, to := t.endpointsOf(m)
	if from.Rung == RungApproximate || to.Rung == RungApproximate {
		return "about "
	}
	return ""
}

// endpointsOf are the milestones that a metric lies between. A metric without
// endpoints of its own has those of the impact.
func (t *Timeline) endpointsOf(m Metric) (from, to Boundary) {
	first, last := m.From, m.To
	if first == "" {
		first, last = ImpactStart, ImpactEnd
	}
	from, _ = t.Milestone(first)
	to, _ = t.Milestone(last)
	return from, to
}
