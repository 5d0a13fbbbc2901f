package diff

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pir/review/document"
	"pir/timeline"
)

// names are milestones as a sentence calls them.
var names = map[timeline.Milestone]string{
	timeline.Trigger:           "Trigger",
	timeline.Cause:             "Cause",
	timeline.ImpactStart:       "Impact start",
	timeline.Detected:          "Detection",
	timeline.Acknowledged:      "Acknowledgement",
	timeline.Declared:          "Declaration",
	timeline.Engaged:           "Engagement of responders",
	timeline.FirstUpdate:       "First update",
	timeline.Identified:        "Identification of the cause",
	timeline.MitigationStart:   "Start of mitigation",
	timeline.PartialMitigation: "Partial mitigation",
	timeline.Mitigated:         "Main impact mitigated",
	timeline.ImpactEnd:         "Full mitigation",
	timeline.Resolved:          "Resolution",
	timeline.Closed:            "Closing",
}

// nameOf is a milestone as a sentence calls it.
func nameOf(m timeline.Milestone) string {
	if n := names[m]; n != "" {
		return n
	}
	return strings.ReplaceAll(string(m), "_", " ")
}

// milestones compares the milestones, name by name.
func (c *comparison) milestones() {
	for i, name := range timeline.Milestones {
		a, b := toldOf(c.a.facts.Milestones, name), toldOf(c.b.facts.Milestones, name)
		for _, p := range pairMilestones(a, b) {
			switch {
			case p[1] < 0:
				c.milestoneGone(MilestoneRemoved, i, &a[p[0]], nil)
			case p[0] < 0:
				c.milestoneGone(MilestoneAdded, i, nil, &b[p[1]])
			default:
				c.milestone(i, a[p[0]], b[p[1]])
			}
		}
	}
}

// toldOf gives the milestones of a name of which something is known.
func toldOf(list []document.Milestone, name timeline.Milestone) (out []document.Milestone) {
	for _, m := range list {
		if m.Name != name || m.Time.IsZero() && m.NotAfter.IsZero() {
			continue
		}
		twice := slices.ContainsFunc(out, func(x document.Milestone) bool {
			return x.Time.Equal(m.Time) && x.NotAfter.Equal(m.NotAfter) && x.Scope == m.Scope && x.Episode == m.Episode && x.Outcome == m.Outcome
		})
		if !twice {
			out = append(out, m)
		}
	}
	return out
}

// when is the time of a milestone, else its bound.
func when(m document.Milestone) time.Time {
	if m.Time.IsZero() {
		return m.NotAfter
	}
	return m.Time
}

// maxDrift is how far two attempts of the same scope may be apart and still be
// the same one.
const maxDrift = 2 * time.Hour

// pairMilestones pairs milestones of one name: those that agree in the most
// first. -1 stands for no partner.
func pairMilestones(a, b []document.Milestone) (out [][2]int) {
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	pair := func(same func(x, y document.Milestone) bool) {
		for i, x := range a {
			for j, y := range b {
				if !usedA[i] && !usedB[j] && same(x, y) {
					usedA[i], usedB[j] = true, true
					out = append(out, [2]int{i, j})
				}
			}
		}
	}
	at := func(x, y document.Milestone) bool { return when(x).Equal(when(y)) }
	scope := func(x, y document.Milestone) bool { return collapse(x.Scope) == collapse(y.Scope) }
	repeats := len(a) > 1 || len(b) > 1
	pair(func(x, y document.Milestone) bool {
		return at(x, y) && scope(x, y) && x.Outcome == y.Outcome && x.Episode == y.Episode
	})
	pair(func(x, y document.Milestone) bool { return at(x, y) && scope(x, y) })
	pair(at)
	pair(func(x, y document.Milestone) bool {
		return scope(x, y) && x.Episode == y.Episode && (!repeats || near(x, y))
	})
	pair(func(x, y document.Milestone) bool {
		return !repeats || near(x, y) && (x.Scope == "") == (y.Scope == "")
	})
	for i := range a {
		if !usedA[i] {
			out = append(out, [2]int{i, -1})
		}
	}
	for j := range b {
		if !usedB[j] {
			out = append(out, [2]int{-1, j})
		}
	}
	return out
}

func near(x, y document.Milestone) bool {
	d := when(x).Sub(when(y))
	return max(d, -d) <= maxDrift
}

// milestoneSide writes a milestone of one side.
func (c *comparison) milestoneSide(m *document.Milestone) Side {
	if m == nil {
		return Side{}
	}
	s := Side{Name: string(m.Name), Evidence: m.Evidence}
	switch {
	case m.Time.IsZero():
		s.Value, s.Text = stamps(time.Time{}, m.NotAfter), "by "+c.clock.at(m.NotAfter)
	case !m.End.IsZero():
		s.Value, s.Text = stamps(m.Time, m.End), c.clock.span(m.Time, m.End)
	default:
		s.Value, s.Text = stamp(m.Time), c.clock.at(m.Time)
	}
	if m.Approx {
		s.Text = "about " + s.Text
	}
	return s
}

// scoped is what is told of a milestone beside its time.
func scoped(m document.Milestone) string {
	var parts []string
	if s := collapse(m.Scope); s != "" {
		parts = append(parts, s)
	}
	if m.Outcome != "" && m.Outcome != timeline.OutcomeUnknown {
		parts = append(parts, m.Outcome)
	}
	return strings.Join(parts, "; ")
}

func (c *comparison) milestoneGone(t Type, at int, a, b *document.Milestone) {
	ch := Change{Type: t, From: c.milestoneSide(a), To: c.milestoneSide(b), order: at}
	var from, to document.Place
	if a != nil {
		from, ch.Note = a.Place, scoped(*a)
	}
	if b != nil {
		to, ch.Note = b.Place, scoped(*b)
	}
	c.fact(ch, from, to)
}

// milestone compares one milestone of both sides.
func (c *comparison) milestone(at int, a, b document.Milestone) {
	ch := Change{From: c.milestoneSide(&a), To: c.milestoneSide(&b), order: at}
	switch {
	case ch.From.Value != ch.To.Value:
		ch.Type = MilestoneMoved
		if !a.Time.IsZero() && !b.Time.IsZero() {
			ch.Note = shift(a.Time, b.Time)
		}
	case scoped(a) != scoped(b):
		ch.Type = MilestoneChanged
		ch.From.Text, ch.To.Text = cmp.Or(scoped(a), "for all"), cmp.Or(scoped(b), "for all")
		ch.From.Value, ch.To.Value = scoped(a), scoped(b)
		ch.Note = "at " + c.clock.at(when(b))
	case a.Approx != b.Approx:
		ch.Type = MilestoneChanged
	}
	if ch.Type != "" {
		c.fact(ch, a.Place, b.Place)
		c.partly(a.Place, b.Place)
	}
	c.agent(at, a, b)
	c.evidence(string(a.Name), nameOf(a.Name)+" "+ch.To.Text, nameOf(a.Name)+" "+ch.From.Text, a.Evidence, b.Evidence, a.Place, b.Place)
}

// agent tells where a milestone has the same name on both sides and was reached
// by somebody else: "Detected by a monitor", "Detected by customers".
func (c *comparison) agent(at int, a, b document.Milestone) {
	from, to := collapse(a.Label), collapse(b.Label)
	_, x, _ := strings.Cut(from, " by ")
	_, y, _ := strings.Cut(to, " by ")
	if from == "" || to == "" || x == y {
		return
	}
	ch := Change{Type: MilestoneChanged, From: c.milestoneSide(&a), To: c.milestoneSide(&b), order: at}
	ch.From.Text, ch.To.Text = quoted(from), quoted(to)
	ch.From.Value, ch.To.Value = from, to
	c.fact(ch, a.Place, b.Place)
	c.partly(a.Place, b.Place)
}

// evidence tells where something that stayed cites nothing any more, or begins
// to.
func (c *comparison) evidence(name, now, then string, a, b []string, from, to document.Place) {
	ch := Change{From: Side{Name: name, Text: then, Evidence: a}, To: Side{Name: name, Text: now, Evidence: b}}
	switch {
	case len(a) > 0 && len(b) == 0:
		ch.Type = EvidenceLost
	case len(a) == 0 && len(b) > 0:
		ch.Type = EvidenceGained
	default:
		return
	}
	c.fact(ch, from, to)
}
