package when

import "time"

// Lapse is a length of time that prose states.
type Lapse struct {
	Start, End int // byte range in the text
	D          time.Duration
	AtMost     bool   // "within", "less than", "at most", "under"
	After      string // the words that follow, lower case: "after it began", "later", "of detection"
}

// Lapses finds the lengths of time that prose states, in the order of the text.
func Lapses(text string) []Lapse { return nil }
