package window

import (
	"slices"

	"pir/timeline"
)

// whole are the sections of a whole review.
var whole = [...]string{"summary", "impact", "cause", "timeline", "response", "improvements", "resilience", "communication", "lessons", "next", "evidence"}

// short are the sections of a first statement.
var short = [...]string{"summary", "response", "next", "evidence"}

// Requires gives the ids of the sections that a stage of the form must have
// where nobody says.
func Requires(form Form) []string {
	if form == FormStatement {
		return slices.Clone(short[:])
	}
	return slices.Clone(whole[:])
}

// over are the anchors of reviews that count from the end of the harm.
var over = [...]string{string(timeline.ImpactEnd), string(timeline.Mitigated), string(timeline.Resolved)}

const counsel = "A reading of the rule, not legal advice: check it with counsel."

// noHolidays is the caution of windows that count business days.
const noHolidays = "Business days are Monday to Friday; holidays are not known."

// Presets are the windows that come with the program, in the order of the
// documentation.
func Presets() []Window {
	return []Window{azure(), pagerduty(), nis2(), euDORA(), none()}
}

func azure() Window {
	return Window{
		Name: "azure",
		Doc:  "statement at once, preliminary review after 72 hours, final review after 14 days",
		Stages: []Rule{
			{Name: "statement", Form: FormStatement, Anchors: over[:], Offset: Offset{0, Hours}, Requires: short[:], Unknowns: true},
			{Name: "preliminary", Form: FormPreliminary, Anchors: over[:], Offset: Offset{72, Hours}, Requires: whole[:], Unknowns: true},
			{Name: "final", Form: FormFinal, Anchors: over[:], Offset: Offset{14, Days}, Requires: whole[:]},
		},
	}
}

func pagerduty() Window {
	ended := []string{string(timeline.Resolved), string(timeline.ImpactEnd)}
	return Window{
		Name:      "pagerduty",
		Doc:       "one review: within 3 days when critical, else within 5 business days",
		Reference: "PagerDuty incident response documentation, postmortem process",
		Note:      noHolidays,
		Stages: []Rule{
			{Name: "review", Form: FormFinal, Anchors: ended, Offset: Offset{3, Days}, Severities: []timeline.Severity{timeline.SeverityCritical}, Requires: whole[:]},
			{Name: "review", Form: FormFinal, Anchors: ended, Offset: Offset{5, BusinessDays}, Requires: whole[:]},
		},
	}
}

func nis2() Window {
	return Window{
		Name:      "nis2",
		Doc:       "early warning after 24 hours, notification after 72 hours, final report a month after it",
		Reference: "Directive (EU) 2022/2555, Article 23(4)",
		Note:      counsel,
		Stages: []Rule{
			{Name: "early-warning", Form: FormStatement, Anchors: []string{"aware"}, Offset: Offset{24, Hours}, Requires: short[:], Unknowns: true},
			{Name: "notification", Form: FormPreliminary, Anchors: []string{"aware"}, Offset: Offset{72, Hours}, Requires: whole[:], Unknowns: true},
			{Name: "final-report", Form: FormFinal, Anchors: []string{"stage:notification"}, Offset: Offset{1, Months}, Requires: whole[:]},
		},
	}
}

func euDORA() Window {
	return Window{
		Name:      "eu-dora",
		Doc:       "initial notification 4 hours after classification, intermediate report 72 hours after it, final report after a month",
		Reference: "Regulation (EU) 2022/2554, Article 19, and its technical standards on reporting",
		Note:      counsel + " Texts differ on whether the 72 hours run from classification or from the initial notification; this counts from the notification.",
		Stages: []Rule{
			{Name: "initial", Form: FormStatement, Anchors: []string{"classified"}, Offset: Offset{4, Hours}, Backstop: &Backstop{"aware", Offset{24, Hours}}, Requires: short[:], Unknowns: true},
			{Name: "intermediate", Form: FormPreliminary, Anchors: []string{"stage:initial"}, Offset: Offset{72, Hours}, Requires: whole[:], Unknowns: true},
			{Name: "final", Form: FormFinal, Anchors: []string{"stage:intermediate"}, Offset: Offset{1, Months}, Requires: whole[:]},
		},
	}
}

func none() Window {
	return Window{
		Name:   "none",
		Doc:    "one review, no due date",
		Stages: []Rule{{Name: "review", Form: FormPreliminary, Requires: whole[:], Unknowns: true}},
	}
}
