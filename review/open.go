package review

import (
	"fmt"

	"pir/timeline"
)

// Question is something that the evidence does not answer.
type Question struct {
	What Text
	Refs Refs
}

// asked are the milestones that a review owes its readers, with the question
// where nothing is known of one.
var asked = []struct {
	name     timeline.Milestone
	question string
}{
	{timeline.ImpactStart, "When were the first users hurt? No record says so."},
	{timeline.Detected, "When was it noticed, and by whom? No record says so."},
	{timeline.Identified, "When was the cause understood? No record says so."},
	{timeline.MitigationStart, "When did the first attempt to mitigate start? No record says so."},
	{timeline.Mitigated, "When was the main impact over? No record says so."},
	{timeline.ImpactEnd, "When was the last user well again? No record says so."},
}

// Questions are the open questions: what people asked, what is unknown, what
// conflicts, where nothing was recorded.
func (p *Page) Questions() []Question {
	var list []Question
	for _, s := range p.Sayings(string(timeline.TopicQuestion)) {
		list = append(list, Question{s.What, s.Refs})
	}
	list = append(list, p.unknownQuestions()...)
	list = append(list, p.conflictQuestions()...)
	for _, g := range p.timeline.Gaps() {
		what := fmt.Sprintf("No record of the response between %s and %s. What was tried?", p.clockOf(g.Start).Clock(), p.clockOf(g.End).Clock())
		list = append(list, Question{Text(what), p.ledger.refs(g.Before, g.After)})
	}
	for _, code := range []string{timeline.WarnOrderUnusual, timeline.WarnOrderImpossible, timeline.WarnZoneDoubtful} {
		for _, w := range p.timeline.WarningsFor(code) {
			list = append(list, Question{sentence(p.named(w)), p.ledger.refs(w.Evidence...)})
		}
	}
	return append(list, p.actionQuestions()...)
}

func (p *Page) unknownQuestions() []Question {
	var list []Question
	for _, a := range asked {
		b, ok := p.timeline.Milestone(a.name)
		switch {
		case !ok || !b.Known() && b.NotAfter.IsZero() && b.NotBefore.IsZero():
			list = append(list, Question{Text(a.question), p.ledger.refs()})
		case !b.Known():
			m := p.mark(b)
			what := m.Label + ": only known as " + m.Bound + ". Can it be said more exactly?"
			list = append(list, Question{what, m.Refs})
		}
	}
	if len(p.Sayings(string(timeline.TopicCause))) == 0 {
		list = append(list, Question{"What was the cause? No record says so.", p.ledger.refs()})
	}
	return list
}

func (p *Page) conflictQuestions() []Question {
	var list []Question
	for _, m := range p.Conflicts() {
		what := m.Label + ": " + m.Time.Clock() + " or " + m.Others[0].Time.Clock() + "? This page takes " + m.Time.Clock() + " (" + m.Rung + ")."
		list = append(list, Question{what, m.Refs.and(m.Others[0].Refs)})
	}
	return list
}

// actionQuestions asks for owners and dates of what is to be done where there
// are none.
func (p *Page) actionQuestions() []Question {
	noOwner, noDue := p.ledger.refs(), p.ledger.refs()
	owners, dues := 0, 0
	for _, a := range p.Actions() {
		if a.Done {
			continue
		}
		if a.Owner == "" {
			owners++
			noOwner = noOwner.and(a.Refs)
		}
		if a.Due == "" {
			dues++
			noDue = noDue.and(a.Refs)
		}
	}
	var list []Question
	if owners > 0 {
		list = append(list, Question{Text("Who owns the " + plural(owners, "action", "actions") + " without an owner?"), noOwner})
	}
	if dues > 0 {
		list = append(list, Question{Text("When will the " + plural(dues, "action", "actions") + " without a date be done?"), noDue})
	}
	return list
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, many)
}
