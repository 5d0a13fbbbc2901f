package review

import (
	"strings"
)

// Phase is a stretch of the incident between two milestones.
type Phase struct {
	Name       Text
	With       Text // neighbours that merged into it
	Start, End Moment
	For        Text
	Refs       Refs
}

// Phases are those with known bounds, in order.
func (p *Page) Phases() []Phase {
	var list []Phase
	for _, ph := range p.timeline.Phases {
		if !ph.Known || !ph.End.After(ph.Start) { // none, or of no length
			continue
		}
		out := Phase{
			Name: Text(ph.Name), With: texts(ph.Includes).And(), Start: p.clockOf(ph.Start), End: p.clockOf(ph.End),
			For: Text(p.timeline.LastedText(ph.Start, ph.End)),
		}
		out.Refs = p.refsAt(out.Start, out.End)
		list = append(list, out)
	}
	return list
}

// UnknownPhases are the phases without times that are part of no other.
func (p *Page) UnknownPhases() List {
	merged := map[string]bool{}
	for _, ph := range p.timeline.Phases {
		for _, name := range ph.Includes {
			merged[name] = true
		}
	}
	var l List
	for _, ph := range p.timeline.Phases {
		if !ph.Known && !merged[ph.Name] {
			l = append(l, Text(strings.ReplaceAll(ph.Name, "_", " ")))
		}
	}
	return l
}
