package source

import (
	"pir/internal/when"
	"pir/timeline"
)

// locate gives an event the zone in which its words tell times, where the user
// knows it.
func (s *sink) locate(e *timeline.Event) {
	if zone := s.opt.Zone; zone.From != "" && zone.From != when.ZoneAssumed {
		e.Location = zone.Location
	}
}

var writtenOffset = expression(`[+-]\d{2}:?\d{2}$`)

// locateBy does so where the user does not know it either: the record may name
// the zone of its writer, else the offset of its own time is the best witness.
func (s *sink) locateBy(e *timeline.Event, writer string, made when.Stamp) {
	s.locate(e)
	if e.Location != nil {
		return
	}
	for _, name := range []string{writer, writtenOffset.FindString(made.Text)} {
		if name == "" {
			continue
		}
		if zone, err := when.LoadZone(name); err == nil {
			e.Location = zone
			return
		}
	}
}
