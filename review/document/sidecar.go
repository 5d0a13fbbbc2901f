package document

import (
	"bytes"
	"encoding/json"
	"fmt"

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
	Timeline                    *timeline.Timeline
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
		Options: raw.Options, Blocks: raw.Blocks, Records: raw.Records,
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
	return s, nil
}
