package window

import (
	"time"

	"pir/timeline"
)

// Window is a named set of stages: what is owed, and when.
type Window struct {
	Name      string `json:"name"`
	Doc       string `json:"doc,omitempty"`       // one line for a list of windows
	Reference string `json:"reference,omitempty"` // the text that the rules follow; empty where there is none
	Note      string `json:"note,omitempty"`      // a caution for the reader; may be empty
	Stages    []Rule `json:"stages"`
}

// Form is how much a stage says; a template set has a variation for each.
type Form string

// The forms.
const (
	FormStatement   Form = "statement"   // a short first word
	FormPreliminary Form = "preliminary" // the whole review, open questions allowed
	FormFinal       Form = "final"       // the whole review, nothing left open
)

// Rule is one stage of a window.
type Rule struct {
	Name string `json:"name"`
	Form Form   `json:"form"`
	// Anchors are names of milestones, of times given in pir.yaml ("aware"), or
	// of earlier stages ("stage:notification"). The first that is known counts.
	Anchors []string `json:"anchors,omitempty"`
	Offset  Offset   `json:"offset"`
	// Backstop is a second limit; the earlier one holds. It does not apply when
	// the anchor itself came after it.
	Backstop *Backstop `json:"backstop,omitempty"`
	// Timezone is where days begin, for all offsets but hours; empty is UTC.
	Timezone string `json:"timezone,omitempty"`
	// Severities limits the rule to incidents of these; empty is all. The first
	// rule of a name that fits is the one that holds.
	Severities []timeline.Severity `json:"severities,omitempty"`
	// Requires are ids of sections that the stage must have.
	Requires []string `json:"requires,omitempty"`
	// Unknowns says whether "not known" and open questions may remain.
	Unknowns bool `json:"unknowns,omitempty"`
}

// Backstop is a limit that counts from another anchor.
type Backstop struct {
	Anchor string `json:"anchor"`
	Offset Offset `json:"offset"`
}

// Input is what a timeline does not know.
type Input struct {
	// Given are times by name that only windows use, such as "aware".
	Given map[string]time.Time
	// Published are the times at which stages went out, by name. A zero time is
	// not known.
	Published map[string]time.Time
	// Holidays are days that are no business days; their dates in UTC count.
	Holidays []time.Time
	// Reached is the stage that the review is at; those before it are passed.
	// Empty is none.
	Reached string
}

// Stage is one stage of a review with its due date.
type Stage struct {
	Name       string
	Due        time.Time // UTC; zero when no anchor is known
	Anchor     string    // milestone, given name or "stage:…" that it counts from; empty when none is known
	AnchorTime time.Time // UTC; the upper bound when AtLatest
	Why        string    // how Due was reckoned, or why there is none
	AtLatest   bool      // only an upper bound of the anchor is known
	Out        bool      // it went out
	Published  time.Time // when it went out, UTC; zero is not known
	Rule       Rule
}

// Find gives the preset of that name.
func Find(name string) (Window, bool) {
	for _, w := range Presets() {
		if w.Name == name {
			return w, true
		}
	}
	return Window{}, false
}

// Caution is the note of the window, with what the input knows.
func (w Window) Caution(in Input) string {
	if len(in.Holidays) > 0 && w.Note == noHolidays {
		return "Business days are Monday to Friday, without the holidays that pir.yaml names."
	}
	return w.Note
}

// Rules gives the rules that hold for an incident of the severity, one for each
// stage, in order.
func (w Window) Rules(severity timeline.Severity) []Rule {
	var rules []Rule
	taken := map[string]bool{}
	for _, r := range w.Stages {
		if taken[r.Name] || !r.fits(severity) {
			continue
		}
		taken[r.Name] = true
		rules = append(rules, r)
	}
	return rules
}

func (r Rule) fits(severity timeline.Severity) bool {
	for _, s := range r.Severities {
		if s == severity {
			return true
		}
	}
	return len(r.Severities) == 0
}
