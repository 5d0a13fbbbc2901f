package review

import (
	"strings"
	"time"

	"pir/internal/markdown"
	"pir/internal/when"
	"pir/timeline"
)

// maxRaw is the length in bytes up to which a record in plain text is quoted as
// it stands.
const maxRaw = 400

// evidenceOf cites an event. Its words are the record as it stands where that
// is a short line of text, else its title.
func evidenceOf(e *timeline.Event) timeline.Evidence {
	ev := timeline.Evidence{ID: e.ID, Quote: e.Title}
	if e.Kind == timeline.KindStatus && e.Body != "" && e.Title != "" && !strings.Contains(e.Body, e.Title) {
		ev.Quote += ": " + e.Body
	}
	if len(e.Origins) > 0 {
		ev.Origin = e.Origins[0].String()
		if e.Origins[0].Pointer == "" && e.Raw != "" && len(e.Raw) <= maxRaw {
			ev.Quote = e.Raw
		}
	}
	if ev.Quote == "" {
		ev.Quote = e.Body
	}
	return ev
}

// sourceName names the source of an event as readers know it.
func (p *Page) sourceName(e *timeline.Event) Text { return Text(e.Source) }

// who says whose words an evidence is: its source, and the day on which it was
// said where that is not the main day.
func (p *Page) who(ev timeline.Evidence) Text {
	e, ok := p.timeline.Event(ev.ID)
	if !ok {
		if s := p.sourceOf(ev); s != "" {
			return Text(s)
		}
		if strings.Contains(ev.Origin, "pir.yaml") {
			return "given in pir.yaml"
		}
		return ""
	}
	name := p.sourceName(e)
	if said := saidAt(e); !said.IsZero() && !sameDay(said.UTC(), p.calendar.day) {
		name += ", " + p.calendar.moment(said, when.Day).Date()
	}
	return name
}

// saidAt is when the words of an event were said.
func saidAt(e *timeline.Event) time.Time {
	for _, t := range []time.Time{e.Said, e.Observed, e.Time} {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// sourceOf names the source that an evidence is from, by event, signal, burst
// or path.
func (p *Page) sourceOf(ev timeline.Evidence) string {
	if e, ok := p.timeline.Event(ev.ID); ok {
		return e.Source
	}
	for _, s := range p.timeline.Signals {
		if s.ID == ev.ID {
			return s.Source
		}
	}
	for _, b := range p.timeline.Bursts {
		if b.ID == ev.ID {
			return b.Source
		}
	}
	for _, s := range p.timeline.Sources {
		if s.Path != "" && originIn(ev.Origin, s.Path) {
			return s.Name
		}
	}
	return ""
}

// originIn reports whether an origin is a place in the file.
func originIn(origin, path string) bool {
	rest, ok := strings.CutPrefix(origin, path)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], ":@#"))
}

// provenance is the line that pir.yaml gives to the source.
func (p *Page) provenance(source string, origin string) string {
	found := ""
	for _, s := range p.timeline.Sources {
		if s.Name == source && s.Provenance != "" {
			if originIn(origin, s.Path) {
				return s.Provenance
			}
			found = s.Provenance
		}
	}
	return found
}

// short cuts what an input says to the length of a row.
func short(s string) Text { return Text(markdown.Cut(s, maxWhat)) }
