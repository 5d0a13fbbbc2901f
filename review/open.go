package review

import (
	"fmt"
	"strings"

	"pir/internal/markdown"
	"pir/timeline"
)

// Question is something that the evidence does not answer.
type Question struct {
	What Text
	Refs Refs
}

// asked are the milestones that a review owes its readers, with the question
// where nothing is known of one. What nobody recognised may still be written
// down: the question says no more than that.
var asked = []struct {
	name         timeline.Milestone
	question, as string
}{
	{timeline.ImpactStart, "When were the first users hurt?", "the start of the impact"},
	{timeline.Detected, "When was it noticed, and by whom?", "the detection"},
	{timeline.Identified, "When was the cause understood?", "that"},
	{timeline.MitigationStart, "When did the first attempt to mitigate start?", "an attempt"},
	{timeline.Mitigated, "When was the main impact over?", "its end"},
	{timeline.ImpactEnd, "When was the last user well again?", "the end of the impact"},
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
			list = append(list, p.likely(a.name, a.question, a.as))
		case !b.Known():
			m := p.mark(b)
			what := m.Label + ": only known as " + m.Bound + ". Can it be said more exactly?"
			list = append(list, Question{what, m.Refs})
		}
	}
	if q, ok := p.triggerQuestion(); ok {
		list = append(list, q)
	}
	if len(p.Sayings(string(timeline.TopicCause))) == 0 {
		list = append(list, Question{"What was the cause? Nothing in the records was recognised as the cause.", p.ledger.refs()})
	}
	return list
}

// triggerQuestion asks what set it off, where that is not decided.
func (p *Page) triggerQuestion() (Question, bool) {
	b, ok := p.timeline.Milestone(timeline.Trigger)
	if ok && (b.Known() || !b.NotAfter.IsZero() || !b.NotBefore.IsZero()) || len(p.Sayings(string(timeline.TopicTrigger))) > 0 {
		return Question{}, false
	}
	var hints []string
	refs := p.ledger.refs()
	for _, a := range b.Alternatives[:min(maxLikely, len(b.Alternatives))] {
		if a.Time.IsZero() || len(a.Evidence) == 0 {
			continue
		}
		words := string(p.words(a.Evidence[0]))
		hints = append(hints, fmt.Sprintf("“%s”, %s,", markdown.Cut(words, maxHint), p.calendar.moment(a.Time, a.Precision).Clock()))
		refs = refs.and(p.ledger.refs(a.Evidence[0]))
	}
	if len(hints) == 0 {
		return p.likely(timeline.Trigger, "What set it off?", "the trigger"), true
	}
	return Question{Text("Was " + strings.Join(hints, " or ") + " the trigger? It came before the impact; no record says that it set it off."), refs}, true
}

// Undecided reports whether something may have set it off, and nothing says that
// it did.
func (p *Page) Undecided() bool {
	b, ok := p.timeline.Milestone(timeline.Trigger)
	return ok && !b.Known() && len(b.Alternatives) > 0
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
