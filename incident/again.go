package incident

import (
	"bytes"
	"io"
	"maps"
	"slices"

	"pir/timeline"
)

// again takes from a timeline that pir wrote what is beside its rows: counts,
// bursts, patterns, figures, actions, what was given, the rows of its sources,
// and the incident where nobody describes it. A file of rows has its milestones
// only.
func (t *tally) again() {
	r, err := t.open()
	if err != nil {
		return // told when its rows were read
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return
	}
	first, err := timeline.ReadJSON(bytes.NewReader(data))
	if err != nil {
		t.kept = append(t.kept, placed(data)...)
		return
	}
	in := first.Again()
	t.kept = append(t.kept, in.Kept...)
	t.signals = append(t.signals, in.Signals...)
	t.series = append(t.series, in.Series...)
	t.bursts = append(t.bursts, in.Bursts...)
	t.dropped = append(t.dropped, in.Dropped...)
	c := t.plan.config
	c.figures = append(c.figures, in.Figures...)
	c.actions = append(c.actions, in.Actions...)
	c.Given = append(c.Given, in.Given...)
	if c.Path == "" && c.Incident.Title == "" {
		c.Incident = in.Incident
	}
	for _, s := range in.Sources {
		known := slices.ContainsFunc(t.sources, func(x timeline.Source) bool {
			return x.Name == s.Name && x.Path == s.Path && x.SHA256 == s.SHA256
		})
		if !known {
			t.sources = append(t.sources, s)
		}
	}
}

// placed are the milestones that the lines of a file of rows have, in the order
// of their timeline.
func placed(data []byte) []timeline.Boundary {
	byPlace := map[int]timeline.Boundary{}
	for line := range bytes.Lines(data) {
		places, list := timeline.ReadPlaced(line)
		for i, place := range places {
			byPlace[place] = list[i]
		}
	}
	var out []timeline.Boundary
	for _, place := range slices.Sorted(maps.Keys(byPlace)) {
		out = append(out, byPlace[place])
	}
	return out
}

// whole reports whether one timeline that pir wrote is all there is to read, so
// that its milestones hold as they are.
func (r *reader) whole() bool {
	written := 0
	for _, f := range r.formats {
		if f != "pir" {
			return false
		}
		written++
	}
	return written == 1 && r.plan.config.Path == "" && len(r.kept) > 0
}
