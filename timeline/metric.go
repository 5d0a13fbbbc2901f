package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// The units of metrics.
const (
	UnitSeconds = "seconds"
	UnitCount   = "count"
)

// endpoints are a metric that is the time between two milestones.
type endpoints struct {
	name     string
	from, to Milestone
}

// ourMetrics are always reckoned, in the order of every output.
func ourMetrics() []endpoints {
	return []endpoints{
		{"time_to_detect", ImpactStart, Detected},
		{"time_to_acknowledge", Detected, Acknowledged},
		{"time_to_identify", Detected, Identified},
		{"time_to_mitigate", ImpactStart, Mitigated},
		{"time_to_recover", ImpactStart, ImpactEnd},
		{"time_to_resolve", ImpactStart, Resolved},
		{"time_to_first_update", ImpactStart, FirstUpdate},
	}
}

// vendorMetrics are what others call by similar names, from other endpoints.
func vendorMetrics() map[string][]endpoints {
	return map[string][]endpoints{
		"pagerduty": {
			{"pagerduty_time_to_acknowledge", Detected, Acknowledged},
			{"pagerduty_time_to_mobilize", Detected, Engaged},
			{"pagerduty_time_to_resolve", Detected, Resolved},
		},
		"datadog": {
			{"datadog_time_to_detect", ImpactStart, Detected},
			{"datadog_time_to_repair", Detected, ImpactEnd},
			{"datadog_time_to_resolve", Declared, Resolved},
		},
		"firehydrant": {
			{"firehydrant_mttd", ImpactStart, Detected},
			{"firehydrant_mtta", ImpactStart, Acknowledged},
			{"firehydrant_mttm", ImpactStart, Mitigated},
			{"firehydrant_mttr", ImpactStart, Resolved},
		},
		"dora": {
			{"dora_failed_deployment_recovery_time", Trigger, ImpactEnd},
		},
		"itil": {
			{"itil_mttr", Detected, Mitigated},
			{"itil_mtrs", Detected, ImpactEnd},
		},
	}
}

// Vendors are the names that Settings.Vendor takes.
func Vendors() []string {
	table := vendorMetrics()
	var names []string
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (b *builder) metrics(t *Timeline) []Metric {
	var list []Metric
	for _, e := range ourMetrics() {
		list = append(list, b.between(e))
	}
	for i := range list {
		if list[i].Name == "time_to_resolve" {
			list[i].Detail = b.firstResolved()
		}
	}
	list = append(list, b.impactDuration(t), b.updates(), b.longestSilence())
	list = append(list, b.providerMetrics()...)
	for _, e := range vendorMetrics()[strings.ToLower(b.in.Settings.Vendor)] {
		list = append(list, b.between(e))
	}
	return list
}

func (b *builder) between(e endpoints) Metric {
	from, _ := lookup(b.rows, e.from)
	to, _ := lookup(b.rows, e.to)
	return distanceMetric(e, from, to)
}

// distanceMetric is the time between two rows, or what their bounds leave of it.
func distanceMetric(e endpoints, from, to Boundary) Metric {
	m := Metric{Name: e.name, Unit: UnitSeconds, From: e.from, To: e.to}
	if from.Known() && to.Known() {
		m.Known = true
		m.Value = seconds(to.Time.Sub(from.Time))
		return m
	}
	fromLow, fromHigh := rangeOf(from)
	toLow, toHigh := rangeOf(to)
	if !fromLow.IsZero() && !toHigh.IsZero() && toHigh.After(fromLow) {
		m.AtMost = seconds(toHigh.Sub(fromLow))
	}
	if !fromHigh.IsZero() && !toLow.IsZero() && toLow.After(fromHigh) {
		m.AtLeast = seconds(toLow.Sub(fromHigh))
	}
	return m
}

// rangeOf is the earliest and latest instant that a row can be.
func rangeOf(row Boundary) (low, high time.Time) {
	if row.Known() {
		return row.Time, row.Time
	}
	return row.NotBefore, row.NotAfter
}

// firstResolved is the time to the first closing of an incident that was
// closed more than once.
func (b *builder) firstResolved() []MetricPart {
	start, _ := lookup(b.rows, ImpactStart)
	last, _ := lookup(b.rows, Resolved)
	var first time.Time
	for i := range b.readings {
		r := &b.readings[i]
		if r.Milestone == Resolved && r.Rung == RungRecorded && !r.weak && !r.outside {
			first = earlier(first, r.Time)
		}
	}
	if !start.Known() || first.IsZero() || !first.Before(last.Time) {
		return nil
	}
	return []MetricPart{{"first", seconds(first.Sub(start.Time))}}
}

func (b *builder) impactDuration(t *Timeline) Metric {
	m := Metric{Name: "impact_duration", Unit: UnitSeconds, From: ImpactStart, To: ImpactEnd}
	union, main, span, ok := impactTimes(t.Episodes)
	for i := range b.rows {
		if row := &b.rows[i]; row.Name == ImpactStart && !row.Known() && row.bounded() {
			ok = false // an episode of which only the end is known
		}
	}
	if !ok {
		start, _ := lookup(b.rows, ImpactStart)
		end, _ := lookup(b.rows, ImpactEnd)
		bounds := distanceMetric(endpoints{m.Name, m.From, m.To}, start, end)
		m.AtMost = bounds.AtMost
		if len(b.frames) == 1 {
			m.AtLeast = bounds.AtLeast // without a pause
		}
		return m
	}
	m.Known, m.Value = true, seconds(union)
	m.Detail = []MetricPart{{"main", seconds(main)}, {"residual", seconds(union - main)}, {"span", seconds(span)}}
	return m
}

// posts are the times of our own public updates, in order.
func (b *builder) posts() []time.Time {
	var list []time.Time
	for i := range b.events {
		e := &b.events[i]
		if e.Kind == KindStatus && e.Party == PartyOwn && !e.Time.IsZero() && !e.HasFlag(FlagTest) {
			list = append(list, e.Time)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return list
}

// updates counts public updates. It is not known where no status page was read.
func (b *builder) updates() Metric {
	posts := b.posts()
	return Metric{Name: "updates", Unit: UnitCount, Known: len(posts) > 0, Value: float64(len(posts))}
}

// longestSilence is the longest stretch of impact without a public update,
// from its start and to its end.
func (b *builder) longestSilence() Metric {
	m := Metric{Name: "longest_silence", Unit: UnitSeconds}
	start, _ := lookup(b.rows, ImpactStart)
	end, _ := lookup(b.rows, ImpactEnd)
	posts := b.posts()
	if !start.Known() || !end.Known() || end.Time.Before(start.Time) || len(posts) == 0 {
		return m
	}
	last, longest := start.Time, time.Duration(0)
	for _, p := range append(posts, end.Time) {
		if !p.After(start.Time) {
			continue
		}
		if p.After(end.Time) {
			p = end.Time
		}
		longest = max(longest, p.Sub(last))
		last = p
	}
	m.Known, m.Value = true, seconds(longest)
	return m
}

// providerMetrics compare our clock with that of a provider whose page was
// read as upstream.
func (b *builder) providerMetrics() []Metric {
	if len(b.provider) == 0 {
		return nil
	}
	best := func(m Milestone) Boundary {
		var list []reading
		for _, r := range b.provider {
			if r.Milestone == m && !r.outside && r.after == "" {
				list = append(list, r)
			}
		}
		quiet := &builder{}
		return quiet.boundary(m, 0, list)
	}
	detected, _ := lookup(b.rows, Detected)
	return []Metric{
		distanceMetric(endpoints{"provider_start_to_detect", ImpactStart, Detected}, best(ImpactStart), detected),
		distanceMetric(endpoints{"detect_to_provider_post", Detected, FirstUpdate}, detected, best(FirstUpdate)),
	}
}

// length is a duration of the impact that prose states.
type length struct {
	low, high time.Duration // what the words allow; high 0 is unbounded
	phrase    string        // "nearly ten hours"
	evidence  Evidence
	origin    Origin
	said      time.Time
	source    string
}

// compareLengths shows durations that prose states beside the one that the
// endpoints give. They are candidates of the lowest rung, and a warning where
// they cannot be right.
func (b *builder) compareLengths() {
	slices.SortFunc(b.lengths, func(x, y length) int {
		return cmp.Or(x.said.Compare(y.said), compareOrigin(x.origin, y.origin), cmp.Compare(x.phrase, y.phrase), cmp.Compare(x.low, y.low))
	})
	start, _ := lookup(b.rows, ImpactStart)
	end, _ := lookup(b.rows, ImpactEnd)
	if !start.Known() {
		return
	}
	row := b.lastEnd()
	for _, l := range b.lengths {
		a := Alternative{
			NotBefore: start.Time.Add(l.low), Precision: start.Precision, Rung: RungDerived,
			Rule: "impact_start and a length of " + l.phrase, Evidence: []Evidence{l.evidence},
		}
		if l.high > 0 {
			a.NotAfter = start.Time.Add(l.high)
		}
		if row != nil && !b.in.Whole {
			row.Alternatives = append(row.Alternatives, a)
		}
		if !end.Known() {
			continue
		}
		slack := max(start.Precision.Unit(), end.Precision.Unit())
		truth := end.Time.Sub(start.Time)
		if truth+slack < l.low || (l.high > 0 && truth-slack > l.high) {
			b.warn(WarnConflict, "impact_duration: "+l.evidence.Origin+" says "+l.phrase+"; the endpoints give "+words(truth),
				append([]Evidence{l.evidence}, joined(&start, &end)...)...)
		}
	}
}

// lastEnd is the row of the last impact_end.
func (b *builder) lastEnd() *Boundary {
	for i := len(b.rows) - 1; i >= 0; i-- {
		if b.rows[i].Name == ImpactEnd {
			return &b.rows[i]
		}
	}
	return nil
}
