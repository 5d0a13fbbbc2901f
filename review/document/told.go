package document

import (
	"slices"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// Told gives the facts of the page as well as they are known: those of the
// Markdown, and where a generated part is as it was generated, with what the
// sidecar adds to it: times to the full precision, places of the evidence, the
// ids of events. What a person changed in a part counts as the page says it.
// Without a sidecar it is Facts.
func (d *Document) Told() Facts {
	f := d.Facts
	if d.Sidecar == nil || d.Sidecar.Timeline == nil {
		return f
	}
	t := teller{doc: d, timeline: d.Sidecar.Timeline, byOrigin: map[string][]string{}}
	for _, c := range d.Sidecar.Citations {
		t.byOrigin[c.Origin] = append(t.byOrigin[c.Origin], c.IDs...)
	}
	if d.Unedited("facts") {
		f.Milestones = t.milestones(f.Milestones)
		f.Metrics = t.metrics(f.Metrics)
	}
	if d.Unedited("phases") {
		f.Phases = t.phases(f.Phases)
	}
	if d.Unedited("impact") {
		f.Windows = t.windows(f.Windows)
	}
	f.Rows = t.rows(f.Rows)
	return f
}

// Unedited reports whether a generated part is there and is as it was generated
// last. Line ends do not count.
func (d *Document) Unedited(name string) bool {
	p, ok := d.Part(name)
	if !ok || d.Sidecar == nil {
		return false
	}
	text, ok := d.Sidecar.Blocks[name]
	return ok && normal(d.Source[p.Inner.Start:p.Inner.End]) == text
}

// normal is a text with line feeds only.
func normal(text []byte) string {
	if slices.Contains(text, '\r') {
		return string(slices.DeleteFunc(slices.Clone(text), func(c byte) bool { return c == '\r' }))
	}
	return string(text)
}

// teller adds what the sidecar knows.
type teller struct {
	doc      *Document
	timeline *timeline.Timeline
	byOrigin map[string][]string // ids of events, by place
}

// shown reports whether a time on the page is the one of the sidecar, as far as
// the page shows it.
func shown(page, kept time.Time) bool {
	if page.IsZero() || kept.IsZero() {
		return false
	}
	page, kept = page.UTC(), kept.UTC()
	for _, unit := range []time.Duration{0, time.Second, time.Minute} {
		if kept.Truncate(unit).Equal(page) {
			return true
		}
	}
	return false
}

func (t *teller) exact(at *time.Time, candidates ...time.Time) {
	for _, c := range candidates {
		if shown(*at, c) {
			*at = c
			return
		}
	}
}

func (t *teller) milestones(list []Milestone) []Milestone {
	list = slices.Clone(list)
	used := map[int]bool{}
	for i := range list {
		m := &list[i]
		for j := range t.timeline.Milestones {
			b := &t.timeline.Milestones[j]
			if used[j] || b.Name != m.Name || m.Episode > 0 && b.Episode != m.Episode || b.Known() != !m.Time.IsZero() || b.Known() && !near(m.Time, b.Time, b.Precision) {
				continue
			}
			used[j] = true
			m.Time, m.End, m.NotAfter = b.Time, b.End, b.NotAfter
			if b.Name == timeline.MitigationStart && b.Outcome != timeline.OutcomeUnknown {
				m.Outcome = b.Outcome
			}
			if origins := originsOf(b.Evidence); len(origins) > 0 {
				m.Evidence = origins
			}
			break
		}
	}
	return list
}

// near reports whether a page that shows times without parts that say nothing
// means the time t.
func near(page, t time.Time, p when.Precision) bool {
	return shown(page, t) || page.UTC().Truncate(24*time.Hour).Equal(t.UTC().Truncate(24*time.Hour)) && p == when.Day
}

func originsOf(list []timeline.Evidence) []string {
	var origins []string
	for _, e := range list {
		origin := e.Origin
		if origin == "" {
			origin = e.ID
		}
		if origin != "" && !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return origins
}

func (t *teller) metrics(list []Metric) []Metric {
	list = slices.Clone(list)
	for i := range list {
		m := &list[i]
		kept, ok := t.timeline.Metric(m.Name)
		if !ok || !kept.Known {
			continue
		}
		m.Value, m.Known, m.From, m.To = kept.Value, true, kept.From, kept.To
	}
	return list
}

func (t *teller) phases(list []Phase) []Phase {
	list = slices.Clone(list)
	for i := range list {
		for _, p := range t.timeline.Phases {
			if p.Name == list[i].Name && p.Known {
				t.exact(&list[i].Start, p.Start)
				t.exact(&list[i].End, p.End)
			}
		}
	}
	return list
}

func (t *teller) windows(list []Window) []Window {
	list = slices.Clone(list)
	for i := range list {
		w := &list[i]
		for _, e := range t.timeline.Episodes {
			if string(e.Level) == w.Level && shown(w.Start, e.Start) && (w.End.IsZero() && e.End.IsZero() || shown(w.End, e.End)) {
				w.Start, w.End = e.Start, e.End
				break
			}
		}
	}
	return list
}

// rows gives the rows the ids of their events. A row whose time a person left
// alone has that of the event.
func (t *teller) rows(list []TimelineRow) []TimelineRow {
	list = slices.Clone(list)
	for i := range list {
		row := &list[i]
		if row.Part != "timeline" {
			continue
		}
		for _, origin := range row.Evidence {
			ids := t.byOrigin[origin]
			if len(ids) == 0 {
				continue
			}
			row.ID = ids[0]
			for _, id := range ids {
				if e, ok := t.timeline.Event(id); ok && shown(row.Time, e.Time) {
					row.ID, row.Time = id, e.Time
					break
				}
			}
			break
		}
	}
	return list
}
