package incident

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
	"pir/internal/yaml"
	"pir/source"
	"pir/timeline"
)

// spec is one source: a row of sources: in pir.yaml, or a bare input.
type spec struct {
	name       string            // empty: the path
	path       string            // as written, slash-separated
	kind       string            // empty: detected
	events     bool              // the records of a log are events each
	columns    map[string]string // of a table or of objects, by what they are to an event
	component  string
	party      timeline.Party
	zone       *time.Location // nil is not said
	skew       time.Duration
	year       int
	provenance string
	node       *yaml.Node // nil for a bare input
}

func (c *config) readSources(n *yaml.Node) error {
	known := []string{"name", "path", "kind", "component", "party", "timezone", "skew", "year", "provenance", "as", "map", "format"}
	lines := map[string]int{}
	return each(n, known, func(f *fieldReader) {
		s := spec{
			name: f.text("name"), path: f.need("path"), kind: f.text("kind"), component: f.text("component"),
			zone: f.location("timezone"), skew: f.span("skew"), year: f.year("year"),
			provenance: f.text("provenance"), node: f.node,
		}
		s.party = timeline.Party(f.oneOf("party",
			string(timeline.PartyOwn), string(timeline.PartyUpstream), string(timeline.PartyDownstream)))
		if f.err == nil && s.kind != "" && !knownKind(s.kind) && !c.hasFormat(s.kind) {
			f.err = f.get("kind").Errorf("kind: %s", unknownKind(s.kind))
		}
		s.events = f.oneOf("as", "events") != ""
		s.columns = f.texts("map", source.MapKeys())
		c.sourceFormat(f, &s)
		if first := lines[s.name]; s.name != "" && first > 0 && f.err == nil {
			f.err = f.get("name").Errorf("source name %q is used in line %d already", s.name, first)
		}
		lines[s.name] = f.node.Line
		c.sources = append(c.sources, s)
	})
}

// outcomes and finders are the words that outcome: and by: take.
var (
	outcomes = []string{timeline.OutcomeWorked, timeline.OutcomePartial, timeline.OutcomeFailed, timeline.OutcomeUnknown}
	finders  = []string{timeline.ByMonitor, timeline.ByCustomer, timeline.ByStaff, timeline.ByThirdParty}
)

// windowMarks are milestones that only review windows use.
var windowMarks = []string{"aware", "classified"}

func (c *config) readMilestones(n *yaml.Node) error {
	known := []string{"name", "time", "end", "not_before", "not_after", "by", "outcome", "episode",
		"components", "regions", "note"}
	return each(n, known, func(f *fieldReader) {
		given := timeline.Given{
			Name: f.oneOf("name", milestoneNames()...), Episode: f.number("episode"), Note: f.text("note"),
		}
		at := f.stamp("time", c.naive())
		given.Claim = timeline.Claim{
			Time: at.Time, Precision: at.Precision, End: f.stamp("end", c.naive()).Time,
			NotBefore: f.stamp("not_before", c.naive()).Time, NotAfter: f.stamp("not_after", c.naive()).Time,
			Rung: timeline.RungGiven, Rule: "given in " + c.Path,
			By: f.oneOf("by", finders...), Outcome: f.oneOf("outcome", outcomes...),
			Scope: timeline.Scope{Components: f.list("components"), Regions: f.list("regions")},
		}
		// The line that is cited is the one that holds the time.
		given.Origin, given.Quote = c.origin(f.node), c.line(f.node.Line)
		for _, key := range []string{"not_before", "not_after", "time"} {
			if n := f.get(key); n != nil {
				given.Origin, given.Quote = c.origin(n), c.line(n.Line)
			}
		}
		switch {
		case f.err != nil:
			return
		case given.Name == "":
			f.err = f.node.Errorf("name is missing")
			return
		case !given.End.IsZero() && given.End.Before(given.Time):
			f.err = f.get("end").Errorf("milestone %s ends before it begins", given.Name)
			return
		case !given.NotAfter.IsZero() && given.NotAfter.Before(given.NotBefore):
			f.err = f.get("not_after").Errorf("milestone %s: not_after is before not_before", given.Name)
			return
		case given.Time.IsZero() && given.NotBefore.IsZero() && given.NotAfter.IsZero():
			f.err = f.node.Errorf("milestone %s has no time, not_before or not_after", given.Name)
			return
		}
		if !isWindowMark(given.Name) {
			given.Milestone = timeline.Milestone(given.Name)
		}
		c.Given = append(c.Given, given)
	})
}

func isWindowMark(name string) bool {
	for _, mark := range windowMarks {
		if mark == name {
			return true
		}
	}
	return false
}

func milestoneNames() []string {
	var names []string
	for _, m := range timeline.Milestones {
		names = append(names, string(m))
	}
	return append(names, windowMarks...)
}

func (c *config) readCuration(n *yaml.Node) error {
	known := []string{"id", "pin", "drop", "internal", "retitle", "milestone", "reason"}
	return each(n, known, func(f *fieldReader) {
		row := timeline.Curation{
			ID: f.need("id"), Pin: f.flag("pin"), Drop: f.flag("drop"), Internal: f.flag("internal"),
			Retitle: f.text("retitle"), Reason: f.text("reason"), Origin: c.origin(f.node),
		}
		if name := f.oneOf("milestone", milestoneNames()...); !isWindowMark(name) {
			row.Milestone = timeline.Milestone(name)
		}
		if f.err == nil && row.Drop && row.Reason == "" {
			f.err = f.node.Errorf("event %s is dropped without a reason", row.ID)
		}
		if row.Internal {
			c.Redaction.Internal = append(c.Redaction.Internal, row.ID)
		}
		c.curation = append(c.curation, row)
	})
}

// settingKeys are the scalars below settings:.
var settingKeys = []string{"episode_gap", "reopen", "impact_threshold"}

func (c *config) readSettings(n *yaml.Node) error {
	f := fields(n, settingKeys...)
	for _, key := range n.Keys() {
		text := f.text(key)
		value := n.Get(key)
		c.settings = append(c.settings, setting{key: key, value: text, at: value.Errorf})
	}
	if f.err != nil {
		return f.err
	}
	_, err := c.decodeSettings(nil)
	return err
}

// decodeSettings turns the scalars into numbers, with those of layer above
// them.
func (c *config) decodeSettings(layer func(map[string]string) map[string]string) (timeline.Settings, error) {
	values := map[string]string{}
	faults := map[string]func(string, ...any) error{}
	for _, s := range c.settings {
		values[s.key], faults[s.key] = s.value, s.at
	}
	own := values
	if layer != nil {
		values = layer(values)
	}
	var settings timeline.Settings
	for _, key := range settingKeys {
		text := values[key]
		if text == "" {
			continue
		}
		if err := setSetting(&settings, key, text); err != nil {
			if fault := faults[key]; fault != nil && own[key] == text {
				return settings, fault("%s: %v", key, err)
			}
			return settings, &InputError{Message: key + ": " + err.Error()}
		}
	}
	return settings, nil
}

func setSetting(s *timeline.Settings, key, text string) (err error) {
	switch key {
	case "episode_gap":
		s.EpisodeGap, err = length(text)
	case "reopen":
		s.Reopen, err = length(text)
	case "impact_threshold":
		s.ImpactThreshold, err = share(text)
	}
	return err
}

// length is a duration above zero.
func length(text string) (time.Duration, error) {
	d, err := when.ParseSpan(text)
	if err == nil && d <= 0 {
		err = fmt.Errorf("%q is no length of time; write 5m or 24h", text)
	}
	return d, err
}

// shareError is a share that is none.
type shareError string

// Error shows the text and two ways to write a share.
func (e shareError) Error() string {
	return strconv.Quote(string(e)) + " is no share of requests; write 5% or 0.05"
}

// share reads "5%" or "0.05". It is above zero, and one at most.
func share(text string) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	value, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		value /= 100
	}
	if err != nil || math.IsNaN(value) || value <= 0 || value > 1 {
		return 0, shareError(text)
	}
	return value, nil
}
