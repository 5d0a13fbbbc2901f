package timeline

import (
	"cmp"
	"slices"
	"strings"
)

// Choice says whether a row reaches the review, and why.
type Choice struct {
	ID     string
	Shown  bool
	Reason string // one phrase: "pinned", "evidence of detected", "a test"
}

// choiceRule is one row of the table of what reaches the review. The first row
// that fits an event decides.
type choiceRule struct {
	shown  bool
	reason string
	fits   func(e *Event, told bool) bool // told: a milestone's ladder has a candidate from it
}

// choiceRules is the table: first what people decided, then what is no act,
// then what sets a milestone, then kinds and severities.
var choiceRules = []choiceRule{
	{true, "pinned", func(e *Event, _ bool) bool { return e.HasFlag(FlagPinned) }},
	{false, "a test", func(e *Event, _ bool) bool { return e.HasFlag(FlagTest) }},
	{false, "without a time", func(e *Event, _ bool) bool { return e.Time.IsZero() }},
	{false, "told in another section", func(e *Event, _ bool) bool { return e.Topic != "" }},
	{false, "outside the incident", func(e *Event, _ bool) bool { return e.HasFlag(FlagOutside) }},
	{true, "evidence of a milestone", func(e *Event, _ bool) bool { return e.Milestone != "" }},
	{false, "words that were taken back", func(e *Event, _ bool) bool { return e.HasFlag(FlagDeleted) }},
	{false, "planned work", func(e *Event, _ bool) bool { return e.HasFlag(FlagPlanned) }},
	{true, "a public post", kindIs(KindStatus, KindComms)},
	{true, "a decision", kindIs(KindDecision)},
	{true, "a note", kindIs(KindNote)},
	{true, "somebody took it", kindIs(KindAck)},
	{false, "of no severity", func(e *Event, _ bool) bool { return e.Severity == SeverityInfo }},
	{true, "an alert", kindIs(KindAlert)},
	{false, "who was called", func(e *Event, _ bool) bool { return e.Kind == KindPage && slices.Contains(callSteps, e.Step) }},
	{true, "a page", kindIs(KindPage)},
	{true, "a change", kindIs(KindChange)},
	{true, "a ticket that moved", kindIs(KindTicket)},
	{true, "a change of the channel's topic", func(e *Event, _ bool) bool {
		return e.Kind == KindChat && strings.HasPrefix(e.Title, "Channel topic: ")
	}},
	{true, "a message that tells of a milestone", func(e *Event, told bool) bool {
		return e.Kind == KindChat && told && !e.HasFlag(FlagBot)
	}},
	{false, "talk", kindIs(KindChat)},
	{false, "a log record", kindIs(KindLog)},
}

// callSteps are the steps of a page that tell whom a tool tried to reach.
var callSteps = []string{"notify", "assign"}

func kindIs(kinds ...Kind) func(*Event, bool) bool {
	return func(e *Event, _ bool) bool { return slices.Contains(kinds, e.Kind) }
}

// Selected says of every row, in the order of Events, whether it reaches the
// review and why. The timeline itself shows all; the rows that pir.yaml took out
// are in Dropped.
func (t *Timeline) Selected() []Choice {
	told := map[string]bool{}
	for i := range t.Milestones {
		for _, a := range t.Milestones[i].Alternatives {
			for _, e := range a.Evidence {
				told[e.ID] = true
			}
		}
		for _, e := range t.Milestones[i].Evidence {
			told[e.ID] = true
		}
	}
	list := make([]Choice, 0, len(t.Events))
	for i := range t.Events {
		list = append(list, choose(&t.Events[i], told[t.Events[i].ID]))
	}
	return list
}

func choose(e *Event, told bool) Choice {
	for _, rule := range choiceRules {
		if !rule.fits(e, told) {
			continue
		}
		c := Choice{ID: e.ID, Shown: rule.shown, Reason: rule.reason}
		if e.Milestone != "" && rule.reason == "evidence of a milestone" {
			c.Reason = "evidence of " + string(e.Milestone)
		}
		return c
	}
	return Choice{ID: e.ID, Reason: "of the kind " + cmp.Or(string(e.Kind), "unknown")}
}

// Hidden counts the rows that do not reach the review, by reason, the most
// frequent first.
func (t *Timeline) Hidden() []Hidden {
	counts := map[string]int{}
	for _, c := range t.Selected() {
		if !c.Shown {
			counts[c.Reason]++
		}
	}
	list := make([]Hidden, 0, len(counts))
	for reason, n := range counts {
		list = append(list, Hidden{reason, n})
	}
	slices.SortFunc(list, func(a, b Hidden) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// Hidden is how many rows stay out of the review for one reason.
type Hidden struct {
	Reason string
	Rows   int
}
