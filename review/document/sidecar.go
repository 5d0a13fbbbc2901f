package document

import "pir/timeline"

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
