package check

import (
	"slices"
	"strings"

	"pir/review/document"
)

// nothingWords are what stands in a cell that says nothing.
var nothingWords = []string{"", "-", "–", "—", "not known", "unknown", "none", "n/a", "na", "tbd", "tba", "tbc", "?", "??", "nobody", "unassigned", "todo", "no owner", "null"}

func saysNothing(text string) bool {
	return slices.Contains(nothingWords, strings.ToLower(strings.Trim(strings.TrimSpace(text), "*_`()")))
}

// droppedWords are states of an action that nobody will do any more.
var droppedWords = []string{"cancelled", "canceled", "dropped", "wontfix", "won't fix", "won't do", "rejected", "declined", "duplicate", "obsolete"}

// openActions are those that somebody has yet to do.
func (p *page) openActions() []document.Action {
	var list []document.Action
	questions := document.Span{}
	if s := p.Section("open"); s != nil {
		questions = s.Span // a box there is a question
	}
	for _, a := range p.told.Actions {
		if a.Start >= questions.Start && a.Start < questions.End {
			continue
		}
		if !a.Done && !slices.Contains(droppedWords, strings.ToLower(a.State)) {
			list = append(list, a)
		}
	}
	return list
}

func actionOwner(p *page) {
	for _, a := range p.openActions() {
		if saysNothing(a.Owner) {
			p.add(a.Span, "no owner: "+clip(a.Text, 100))
		}
	}
}

func actionDue(p *page) {
	for _, a := range p.openActions() {
		switch {
		case saysNothing(a.Due):
			p.add(a.Span, "no date: "+clip(a.Text, 100))
		case a.DueTime.IsZero():
			p.add(a.Span, `"`+clip(a.Due, 40)+`" is no date: `+clip(a.Text, 100))
		}
	}
}
