package check

import (
	"slices"
	"strings"

	"pir/review/window"
)

// Rule is one thing that is looked for.
type Rule struct {
	ID       string // "PIR001"; never given to another rule
	Name     string // "conflict-marker"; as stable as the id
	Doc      string // what it finds, in one line
	Help     string // what to do about it, in one line
	Severity Severity
	Stages   []window.Form // the forms of stages that it holds for; empty is all pages
	Closed   bool          // it holds for stages that may leave nothing open
	check    func(*page)
}

// holds reports whether the rule is for a page of that stage.
func (r Rule) holds(stage *window.Rule) bool {
	if r.Closed {
		return stage != nil && !stage.Unknowns
	}
	return len(r.Stages) == 0 || stage != nil && slices.Contains(r.Stages, stage.Form)
}

// The ids of rules that others need to name.
const (
	badSuppression  = "PIR090"
	idleSuppression = "PIR091"
)

// Rules are all rules, in the order of their ids.
func Rules() []Rule {
	whole := []window.Form{window.FormPreliminary, window.FormFinal}
	return []Rule{
		{"PIR001", "conflict-marker", "a merge left both sides between markers", "keep one side, or both in one sentence, and remove the markers", Error, nil, false, conflicts},
		{"PIR002", "broken-marker", "a marker of a generated or internal part lacks its other half, or the page cannot be read for what it seems to be", "put the other half back; git has it", Error, nil, false, faults},
		{"PIR003", "front-matter", "a key of the front matter is misspelt, or its value is none that is known", "correct the key or the value", Warning, nil, false, frontMatter},
		{"PIR004", "stage-status", "the page says of itself what does not go with its stage", "promote the page with pir update --stage, or correct the line", Warning, nil, false, stageStatus},

		{"PIR010", "prompt", "a prompt of the template is not answered yet", "write what it asks for and remove it", Warning, nil, false, prompts},
		{"PIR011", "placeholder", "text that stands for text: TODO, TBD, a name in brackets", "write what belongs there", Warning, nil, false, placeholders},
		{"PIR012", "missing-section", "a section that the stage requires is not there", "write it", Error, nil, false, missingSections},
		{"PIR013", "empty-section", "a section has a heading and no text", "write it, or remove the heading", Warning, nil, false, emptySections},
		{"PIR014", "unknown", "a fact is not known, and the stage is to leave nothing open", "find it out, or say on the page why it cannot be found out", Error, nil, true, unknowns},
		{"PIR015", "open-question", "a question is open, and the stage is to leave nothing open", "answer it, or say on the page why it cannot be answered", Error, nil, true, openQuestions},

		{"PIR020", "summary", "a time or a length of time in the summary contradicts the facts", "correct the one that is wrong", Error, nil, false, summary},
		{"PIR021", "metric", "a measure is not the distance between its two ends", "run pir update, or correct the one that is wrong", Error, nil, false, metrics},
		{"PIR022", "row-order", "rows of a timeline are not in the order of their times", "move the row, or correct its date", Warning, nil, false, rowOrder},
		{"PIR023", "row-span", "a row of the timeline is far outside of the incident", "correct its date or its year", Warning, nil, false, rowSpan},
		{"PIR024", "zone", "times of day, and nowhere a zone", "name the zone once, as in (UTC)", Warning, nil, false, zones},

		{"PIR030", "action-owner", "an action that is not done has no owner", "name who sees to it", Warning, whole, false, actionOwner},
		{"PIR031", "action-due", "an action that is not done has no date", "say when it will be done", Warning, whole, false, actionDue},

		{"PIR040", "blame", "words that blame a person", "say what the person saw, and what made the action sensible at the time", Warning, nil, false, blame},
		{"PIR041", "counterfactual", "what somebody did not do is told in the place of what happened", "tell what was done, and what made that the likely thing to do", Note, nil, false, counterfactuals},

		{"PIR050", "broken-link", "a link leads nowhere", "correct the path, the fragment or the label", Error, nil, false, links},
		{"PIR051", "citation", "a citation has no evidence", "put the number of a row of the evidence list there, or remove it", Error, nil, false, citations},

		{badSuppression, "suppression", "a comment pir:ignore has no reason, or names no rule", "write <!-- pir:ignore RULE: why -->", Warning, nil, false, nil},
		{idleSuppression, "idle-suppression", "a comment pir:ignore hides nothing", "remove it", Warning, nil, false, nil},
	}
}

// Find gives the rule of an id or a name, in any case.
func Find(name string) (Rule, bool) {
	for _, r := range Rules() {
		if strings.EqualFold(r.ID, name) || strings.EqualFold(r.Name, name) {
			return r, true
		}
	}
	return Rule{}, false
}

// ruleByID gives the rule of an id that the table has.
func ruleByID(id string) Rule {
	r, _ := Find(id)
	return r
}
