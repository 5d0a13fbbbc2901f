package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"pir/timeline"
)

// SidecarSchema is the version of the sidecar.
const SidecarSchema = "pir.review/1"

// Sidecar is what stands beside a review of ours: X.pir.json. It is the base of
// merging and the stand-in for sources that are not here.
type Sidecar struct {
	Schema, Tool, Stage, Window string
	Template                    Template
	Options                     map[string]any    // the settings that shaped the page and are not in the timeline
	Blocks                      map[string]string // full text of every generated block as last generated, by name
	Citations                   []Citation        // by number
	Records                     map[string]string // raw text of cited events, by event id
	Config                      string            // SHA-256 of the pir.yaml that was read; empty where there was none
	// Timeline is what the page was made from. Cited events have their raw text.
	Timeline *timeline.Timeline
}

// Template is the template set that made the page.
type Template struct{ Set, Version, SHA256 string }

// Citation is a number of the page and what it stands for.
type Citation struct {
	N      int
	IDs    []string // events
	Origin string
	Quote  string
}

// readSidecar reads the JSON beside a review.
func readSidecar(data []byte) (*Sidecar, error) {
	var raw struct {
		Schema, Tool, Stage, Window string
		Template                    struct{ Set, Version, SHA256 string }
		Options                     map[string]any
		Blocks                      map[string]string
		Citations                   []struct {
			N             int
			IDs           []string
			Origin, Quote string
		}
		Records  map[string]string
		Steps    map[string]string
		Instants map[string]string
		Config   string
		Timeline json.RawMessage
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("the sidecar cannot be read: %w", err)
	}
	if raw.Schema != SidecarSchema {
		return nil, fmt.Errorf("the sidecar has the schema %q; this version reads %q", raw.Schema, SidecarSchema)
	}
	s := &Sidecar{
		Schema: raw.Schema, Tool: raw.Tool, Stage: raw.Stage, Window: raw.Window, Template: Template(raw.Template),
		Options: raw.Options, Blocks: raw.Blocks, Records: raw.Records, Config: raw.Config,
	}
	for _, c := range raw.Citations {
		s.Citations = append(s.Citations, Citation(c))
	}
	if len(raw.Timeline) == 0 {
		return nil, fmt.Errorf("the sidecar has no timeline")
	}
	t, err := timeline.ReadJSON(bytes.NewReader(raw.Timeline))
	if err != nil {
		return nil, fmt.Errorf("the sidecar's timeline: %w", err)
	}
	s.Timeline = t
	s.complete(raw.Steps, raw.Instants)
	return s, nil
}

// complete puts back what the JSON of a timeline leaves out.
func (s *Sidecar) complete(steps map[string]string, instants map[string]string) {
	for i := range s.Timeline.Events {
		e := &s.Timeline.Events[i]
		e.Raw, e.Step = s.Records[e.ID], steps[e.ID]
	}
	for i := range s.Timeline.Milestones {
		if at, err := time.Parse(time.RFC3339Nano, instants[strconv.Itoa(i)]); err == nil {
			s.Timeline.Milestones[i].Time = at.UTC()
		}
	}
}
