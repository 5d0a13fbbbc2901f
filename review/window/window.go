// Package window reckons when the stages of a review are due. The rules are
// data; nothing here reads a clock.
package window

import (
	"time"

	"pir/timeline"
)

// Stage is one stage of a review with its due date.
type Stage struct {
	Name       string
	Due        time.Time // UTC; zero when no anchor is known
	Anchor     string    // the milestone or stage that it counts from; empty when none is known
	AnchorTime time.Time // UTC
	Why        string    // how Due was reckoned, or why there is none
	AtLatest   bool      // only an upper bound of the anchor is known
	Rule       Rule
}

// Due gives the stages of the window in their order.
func Due(t *timeline.Timeline, w Window, in Input) []Stage { return nil }

// Input is what a timeline does not know.
type Input struct {
	// Given are times by name that only windows use, such as "aware".
	Given map[string]time.Time
	// Published are the times at which stages went out, by name.
	Published map[string]time.Time
}

// Window is a set of stages.
type Window struct {
	Name string
}

// Rule says when one stage is due.
type Rule struct{}

// Find gives the preset of that name.
func Find(name string) (Window, bool) { return Window{}, false }
