package incident

import (
	"bytes"
	"io"
	"slices"

	"pir/timeline"
)

// again takes from a timeline that pir wrote what is beside its rows: counts,
// bursts, patterns, figures, actions, what was given, the rows of its sources,
// and the incident where nobody describes it. A file of rows has none of them.
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
		return
	}
	in := first.Again()
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
