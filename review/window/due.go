package window

import (
	"fmt"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// Due gives the stages of the window in their order, each with its due date and
// how that was reckoned. A zone that is not known counts as UTC and is told in
// Why.
func Due(t *timeline.Timeline, w Window, in Input) []Stage {
	r := reckoning{timeline: t, in: in}
	for _, rule := range w.Rules(t.Incident.Severity) {
		r.stages = append(r.stages, r.stage(rule))
	}
	return r.stages
}

// reckoning is Due at work; stages are those done so far.
type reckoning struct {
	timeline *timeline.Timeline
	in       Input
	stages   []Stage
}

// anchor is a moment that an offset counts from.
type anchor struct {
	name     string
	time     time.Time
	atLatest bool // time is an upper bound
}

func (r *reckoning) stage(rule Rule) Stage {
	s := Stage{Name: rule.Name, Rule: rule}
	if out, ok := r.in.Published[rule.Name]; ok {
		s.Out, s.Published = true, out.UTC()
	}
	if len(rule.Anchors) == 0 {
		s.Why = "this window sets no due date"
		return s
	}
	loc, doubt := location(rule.Timezone)
	days := Calendar{Location: loc, Holidays: r.in.Holidays}
	from, known := r.first(rule.Anchors)
	stop, stopped := r.backstop(rule, days)
	due := rule.Offset.After(from.time, days)
	// A backstop that passed before the anchor was reached does not apply. An anchor
	// that is only known to come at the latest then may still come before it.
	behind := known && stopped && from.time.After(stop.time)
	holds := stopped && (!known || stop.time.Before(due) && (!behind || from.atLatest))
	switch {
	case known && !holds:
		s.Anchor, s.AnchorTime, s.AtLatest = from.name, from.time, from.atLatest
		s.Due = due
		s.Why = why(rule.Offset, from)
	case holds:
		s.Anchor, s.AnchorTime, s.Due = rule.Backstop.Anchor, stop.from.time, stop.time
		s.AtLatest = stop.from.atLatest || !known
		s.Why = why(rule.Backstop.Offset, stop.from) + ", whatever comes first"
		if behind {
			s.Why += fmt.Sprintf("; the window contradicts itself: %s may come as late as %s", strings.TrimPrefix(from.name, "stage:"), from.time.UTC().Format("15:04 UTC on 2 January 2006"))
		}
	default:
		s.Why = fmt.Sprintf("no due date: %s not known", names(rule.Anchors))
	}
	s.Why += doubt
	return s
}

// limit is a backstop that could be reckoned.
type limit struct {
	time time.Time
	from anchor
}

func (r *reckoning) backstop(rule Rule, days Calendar) (limit, bool) {
	if rule.Backstop == nil {
		return limit{}, false
	}
	from, known := r.first([]string{rule.Backstop.Anchor})
	return limit{rule.Backstop.Offset.After(from.time, days), from}, known
}

// first gives the first anchor with a known time, else the first with an upper
// bound.
func (r *reckoning) first(anchors []string) (anchor, bool) {
	var bound anchor
	for _, name := range anchors {
		a, known := r.find(name)
		if known && !a.atLatest {
			return a, true
		}
		if known && bound.name == "" {
			bound = a
		}
	}
	return bound, bound.name != ""
}

// find looks an anchor up: a stage, a given time, a milestone.
func (r *reckoning) find(name string) (anchor, bool) {
	if stage, ok := strings.CutPrefix(name, "stage:"); ok {
		return r.findStage(name, stage)
	}
	if given, ok := r.in.Given[name]; ok && !given.IsZero() {
		return anchor{name: name, time: given.UTC()}, true
	}
	b, ok := r.timeline.Milestone(timeline.Milestone(name))
	switch {
	case !ok:
		return anchor{}, false
	case b.Known():
		return anchor{name: name, time: b.Time}, true
	case !b.NotAfter.IsZero():
		return anchor{name: name, time: b.NotAfter, atLatest: true}, true
	}
	return anchor{}, false
}

// findStage takes the time at which a stage went out, else the last moment at
// which it may.
func (r *reckoning) findStage(name, stage string) (anchor, bool) {
	if out, ok := r.in.Published[stage]; ok && !out.IsZero() {
		return anchor{name: name, time: out.UTC()}, true
	}
	for _, s := range r.stages {
		if s.Name == stage && !s.Due.IsZero() {
			return anchor{name: name, time: s.Due, atLatest: true}, true
		}
	}
	return anchor{}, false
}

// location reads a rule's zone; the second result tells a doubt.
func location(zone string) (*time.Location, string) {
	if zone == "" {
		return time.UTC, ""
	}
	loc, err := when.LoadZone(zone)
	if err != nil {
		return time.UTC, fmt.Sprintf(" (in UTC: %v)", err)
	}
	return loc, ""
}

// why tells how a date was reckoned: "72 hours after impact_end (19:43 UTC on
// 30 July 2024)".
func why(o Offset, from anchor) string {
	lead := o.String() + " after "
	if o.Count == 0 {
		lead = "at once on "
	}
	bound := ""
	if from.atLatest {
		bound = "at the latest "
	}
	return fmt.Sprintf("%s%s (%s%s)", lead, strings.TrimPrefix(from.name, "stage:"), bound, from.time.UTC().Format("15:04 UTC on 2 January 2006"))
}

// names lists anchors: "impact_end, mitigated and resolved are".
func names(anchors []string) string {
	var list []string
	for _, a := range anchors {
		list = append(list, strings.TrimPrefix(a, "stage:"))
	}
	if len(list) == 1 {
		return list[0] + " is"
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last] + " are"
}
