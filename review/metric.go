package review

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// metricNames are the metrics in words. Those without a label are told
// elsewhere on the page.
var metricNames = []struct{ name, label string }{
	{"time_to_detect", "Time to detect"},
	{"time_to_acknowledge", "Time to acknowledge"},
	{"time_to_identify", "Time to identify the cause"},
	{"time_to_mitigate", "Time to mitigate the main impact"},
	{"time_to_recover", "Time to recover fully"},
	{"time_to_resolve", "Time to resolve"},
	{"time_to_first_update", "Time to first update"},
	{"impact_duration", "Time with impact"},
	{startToDetect, "From the start of the provider's impact to our detection"},
	{detectToPost, "From our detection to the provider's first post"},
	{"updates", ""},
	{"longest_silence", ""},
}

// The metrics of which one endpoint is on the clock of a provider.
const (
	startToDetect = "provider_start_to_detect"
	detectToPost  = "detect_to_provider_post"
)

// Measure is a reckoned figure with its endpoints.
type Measure struct {
	Label Text
	Value Text // "7 h 58 min", "at most 7 min"
	Parts Text // "main 2 h 13 min, residual 5 h 45 min"; may be empty
	From  Text // "Impact started, 11:45"; empty for counts
	To    Text
	Refs  Refs
}

// Metrics are the durations that are known or bounded.
func (p *Page) Metrics() []Measure {
	var list []Measure
	for _, m := range p.timeline.Metrics {
		if label := metricLabel(m); label != "" {
			f := p.figure(m)
			f.Label = Text(label)
			if f.Value != "" {
				list = append(list, f)
			}
		}
	}
	return list
}

func metricLabel(m timeline.Metric) string {
	for _, n := range metricNames {
		if n.name == m.Name {
			return n.label
		}
	}
	if m.Unit == "count" {
		return ""
	}
	return strings.ReplaceAll(m.Name, "_", " ")
}

// Metric gives a figure by name if it is known, else nil.
func (p *Page) Metric(name string) *Measure {
	m, ok := p.timeline.Metric(name)
	if !ok || !m.Known {
		return nil
	}
	f := p.figure(m)
	return &f
}

func (p *Page) figure(m timeline.Metric) Measure {
	f := Measure{Value: Text(p.timeline.ValueText(m)), From: p.endpoint(m.From), To: p.endpoint(m.To)}
	f.Refs = p.ledger.refs()
	var parts []string
	for _, part := range m.Detail {
		if text := p.timeline.PartText(m, part); part.Value != 0 && Text(text) != f.Value { // none, or said already
			parts = append(parts, strings.ReplaceAll(part.Name, "_", " ")+" "+text)
		}
	}
	f.Parts = Text(strings.Join(parts, ", "))
	ends := []timeline.Milestone{m.From, m.To}
	if m.Name == "impact_duration" {
		ends = []timeline.Milestone{timeline.ImpactStart, timeline.Mitigated, timeline.ImpactEnd}
	}
	for _, name := range ends {
		if b, ok := p.timeline.Milestone(name); ok && len(b.Evidence) > 0 {
			f.Refs = f.Refs.and(p.ledger.refs(b.Evidence[0]))
		}
	}
	if m.Name == startToDetect || m.Name == detectToPost {
		p.onProviderClock(m, &f)
	}
	return f
}

// onProviderClock words the endpoint that is the provider's, which is no
// milestone of ours. Its time is the other one and the length between them.
func (p *Page) onProviderClock(m timeline.Metric, f *Measure) {
	label, into := Text("Their impact started"), &f.From
	if m.Name == detectToPost {
		label, into = "Their first post", &f.To
	}
	*into = label
	f.Refs = p.ledger.refs()
	detected, ok := p.timeline.Milestone(timeline.Detected)
	if ok && len(detected.Evidence) > 0 {
		f.Refs = p.ledger.refs(detected.Evidence[0])
	}
	theirs := p.onTheirClock(m)
	if !ok || theirs.IsZero() {
		return
	}
	*into += ", " + p.calendar.moment(theirs, p.timeline.PrecisionAt(theirs)).Clock()
	if e := p.tellsOf(theirs); e != nil {
		cited := p.ledger.refs(evidenceOf(e))
		if m.Name == startToDetect {
			f.Refs = cited.and(f.Refs)
		} else {
			f.Refs = f.Refs.and(cited)
		}
	}
}

// onTheirClock is the time at the provider's end of a metric, reckoned from our
// detection or from the bound that is known of it; zero where it is not known.
func (p *Page) onTheirClock(m timeline.Metric) time.Time {
	detected, _ := p.timeline.Milestone(timeline.Detected)
	ours, value := detected.Time, m.Value
	if !m.Known {
		if ours, value = detected.NotAfter, m.AtMost; m.Name == detectToPost {
			value = m.AtLeast
		}
	}
	if ours.IsZero() || value == 0 && !m.Known {
		return time.Time{}
	}
	length := time.Duration(math.Round(value*1e3)) * time.Millisecond
	if m.Name == startToDetect {
		length = -length
	}
	return ours.Add(length)
}

// tellsOf is the first record of a provider that has a time, in its own or in its
// words; nil when there is none.
func (p *Page) tellsOf(at time.Time) *timeline.Event {
	var upstream []*timeline.Event
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if e.Party != timeline.PartyUpstream {
			continue
		}
		if e.Time.Sub(at).Abs() < time.Second {
			return e
		}
		upstream = append(upstream, e)
	}
	for _, e := range upstream {
		if slices.ContainsFunc(e.Claims, func(c timeline.Claim) bool { return c.Time.Equal(at) }) {
			return e
		}
		day := e.Day
		if day.IsZero() {
			day = e.Time
		}
		ref := when.Ref{Day: day, Zone: when.Zone{Location: e.Location}}
		if slices.ContainsFunc(when.Mentions(e.Title+"\n"+e.Body, ref), func(m when.Mention) bool { return m.Time.Equal(at) }) {
			return e
		}
	}
	return nil
}

// endpoint words a milestone with its time, or with what is known of it.
func (p *Page) endpoint(name timeline.Milestone) Text {
	b, ok := p.timeline.Milestone(name)
	if !ok {
		return ""
	}
	m := p.mark(b)
	switch {
	case m.Time.Known():
		return m.Label + ", " + m.Time.Clock()
	case m.Bound != "":
		return m.Label + ", " + m.Bound
	}
	return m.Label // its row has what the other end leaves of the length
}

// Detection tells how long detection took: "2 min after it began", "4 min
// before users were hurt"; empty when it is not known.
func (p *Page) Detection() Text {
	m, ok := p.timeline.Metric("time_to_detect")
	switch {
	case !ok || !m.Known:
		return ""
	case m.Value == 0:
		return "as it began"
	}
	text := p.timeline.ValueText(m)
	if early, ok := strings.CutPrefix(text, "-"); ok {
		return Text(early + " before users were hurt")
	}
	return Text(text + " after it began")
}

// thousands writes a count with its digits in groups: "12,345".
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// share writes a part of a whole as per cent with one digit, in integers:
// "39.7 %". It is empty when the whole is none.
func share(part, whole int64) string {
	if whole <= 0 {
		return ""
	}
	mille := (part/whole)*1000 + (part%whole*1000+whole/2)/whole
	return fmt.Sprintf("%d.%d %%", mille/10, mille%10)
}

// rate writes a rate per minute with the digits that mean something.
func rate(v float64) string {
	digits := 0
	switch {
	case v < 1:
		digits = 2
	case v < 10:
		digits = 1
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
