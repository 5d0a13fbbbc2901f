package review

import (
	"strings"
	"unicode"

	"pir/review/window"
	"pir/timeline"
)

// anchorNames are what due dates count from, in words.
var anchorNames = []struct{ anchor, words string }{
	{string(timeline.ImpactEnd), "full mitigation"},
	{string(timeline.Mitigated), "mitigation of the main impact"},
	{string(timeline.Resolved), "the resolution"},
	{"aware", "becoming aware"},
	{"classified", "classification"},
}

func anchorName(anchor string) string {
	for _, a := range anchorNames {
		if a.anchor == anchor {
			return a.words
		}
	}
	if stage, ok := strings.CutPrefix(anchor, "stage:"); ok {
		return "the stage " + stage
	}
	return strings.ReplaceAll(anchor, "_", " ")
}

// stageTitle names a stage as a heading would: "Preliminary review".
func stageTitle(s window.Stage) Text {
	name := strings.ReplaceAll(s.Name, "-", " ")
	if name == string(window.FormPreliminary) || name == string(window.FormFinal) {
		name += " review"
	}
	r := []rune(name)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return Text(string(r))
}

// stageWhy words how a due date was reckoned: "72 hours after full mitigation".
func (p *Page) stageWhy(s window.Stage) Text {
	if s.Due.IsZero() && len(s.Rule.Anchors) > 0 {
		var names List
		for _, a := range s.Rule.Anchors {
			names = append(names, Text(anchorName(a)))
		}
		return "no due date, because it counts from what is not known: " + names.Commas()
	}
	if s.Due.IsZero() {
		return Text(s.Why)
	}
	offset, first := s.Rule.Offset, ""
	if s.Rule.Backstop != nil && s.Anchor == s.Rule.Backstop.Anchor {
		offset, first = s.Rule.Backstop.Offset, ", whatever comes first"
	}
	if offset.Count == 0 {
		return Text("at " + anchorName(s.Anchor))
	}
	return Text(offset.String() + " after " + anchorName(s.Anchor) + first)
}

// anchorEvidence is what the anchor of a stage cites.
func (p *Page) anchorEvidence(s window.Stage) []timeline.Evidence {
	b, ok := p.timeline.Milestone(timeline.Milestone(s.Anchor))
	if !ok || len(b.Evidence) == 0 {
		return nil
	}
	return b.Evidence[:1]
}

// Next is the stage after that of the page, nil when it is the last.
func (p *Page) Next() *Stage {
	for i := range p.Stages {
		if p.Stages[i].Now && i+1 < len(p.Stages) {
			return &p.Stages[i+1]
		}
	}
	return nil
}
