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
	if posted := e.Kind == timeline.KindStatus || e.Kind == timeline.KindComms; posted && e.Body != "" && e.Title != "" && !strings.Contains(e.Body, e.Title) {
		ev.Quote += ": " + markdown.Joined(e.Body)
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
	e, ok := p.event(ev)
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

// event finds the event that an evidence is from: by id, else by place.
func (p *Page) event(ev timeline.Evidence) (*timeline.Event, bool) {
	if e, ok := p.timeline.Event(ev.ID); ok || ev.Origin == "" {
		return e, ok
	}
	for i := range p.timeline.Events {
		for _, o := range p.timeline.Events[i].Origins {
			if o.String() == ev.Origin {
				return &p.timeline.Events[i], true
			}
		}
	}
	return nil, false
}

// said is when the words of an evidence were said; zero when that is not known.
func (p *Page) said(ev timeline.Evidence) time.Time {
	if e, ok := p.event(ev); ok {
		return saidAt(e)
	}
	return time.Time{}
}

// clockNote names the zone in which an event's words tell the time, where they
// name a time and the zone is not UTC: the page around them is.
func clockNote(e *timeline.Event, words string) string {
	if e.Location == nil || !hasClock(words) {
		return ""
	}
	at := saidAt(e)
	if _, offset := at.In(e.Location).Zone(); offset == 0 {
		return ""
	}
	return " (clock of " + e.Location.String() + ")"
}

// hasClock reports whether words hold something like 14:02.
func hasClock(words string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(words) && words[i] >= '0' && words[i] <= '9' }
	for i := range len(words) {
		if words[i] == ':' && digit(i-1) && digit(i+1) && digit(i+2) && !digit(i+3) {
			return true
		}
	}
	return false
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

// provenance is what pir.yaml says of the source, up to the first semicolon; the
// whole line stands in the table of sources.
func (p *Page) provenance(source string, origin string) string {
	found := ""
	for _, s := range p.timeline.Sources {
		if s.Name == source && s.Provenance != "" {
			found = provenanceHead(s.Provenance)
			if originIn(origin, s.Path) {
				break
			}
		}
	}
	return found
}

func provenanceHead(line string) string {
	head, _, _ := strings.Cut(line, ";")
	return strings.TrimSpace(head)
}

// short cuts what an input says to the length of a row.
func short(s string) Text { return Text(markdown.Cut(s, maxWhat)) }
