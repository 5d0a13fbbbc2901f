// Package edge finds where the rate of a counted series rises and falls.
//
// A series is a list of counts, one for each step of time. Find cuts it into
// stretches of constant rate and returns those that stand above the baseline,
// each with the span of steps in which its edges may lie. Where a series of
// totals is given, the rate is a share of the total, so that traffic which
// comes and goes is no event.
//
// Results depend on the input alone: no clock, no randomness, and every
// decision is made on numbers rounded to a millionth, so that the last bits of
// a processor's arithmetic cannot turn it.
package edge

import "time"

// Options steer Find. The zero value means the defaults named beside the
// fields.
type Options struct {
	// MinSegment is the least length of a segment in steps; 0 means 3.
	MinSegment int
	// MinRatio is how many times the baseline a segment's rate must be; 0
	// means 2.
	MinRatio float64
	// MinExcess is how many counts above the expected ones a segment must
	// hold; 0 means 8.
	MinExcess int64
	// Step is the length of one step, for the wording of Rule alone; 0 means
	// one minute.
	Step time.Duration
	// Noun is what is counted, in the plural, for the wording of Rule; empty
	// means "errors".
	Noun string
	// Period is the number of steps of the cycle that must not be taken for an
	// event when there are no totals; 0 means a day of Steps, below 0 none.
	Period int
}

// Segment is a stretch of constant rate above the baseline. Positions are
// steps from the start of the series and half open: Start is the first step
// inside, End the first step after it.
type Segment struct {
	Start, End       int
	StartLo, StartHi int // first and last step that may be the true Start
	EndLo, EndHi     int // first and last step that may be the true End
	// Rate, RateBefore and RateAfter are mean counts per step inside, in the
	// stretch before and in the stretch after; 0 where there is none.
	Rate, RateBefore, RateAfter float64
	// Baseline is the expected count per step inside, from the quiet part. It
	// follows the totals where they are given.
	Baseline float64
	Above    bool    // the rate is above the baseline; always so in Find's result
	LLR      float64 // log likelihood ratio against the baseline, dispersion taken out
	Rule     string  // why it was found, as a fragment of a sentence
	Weak     bool    // found by the scan statistic alone
	OpenEnd  bool    // it reaches the end of the series
}

// Find returns the segments above the baseline, in order and disjoint.
// Segments of one event that differ in rate touch each other. totals is nil,
// or holds for each step the number of trials of which counts are a part; if
// it is shorter than counts the missing totals are zero. Negative counts are
// read as zero. It never panics.
func Find(counts, totals []int64, opt Options) []Segment {
	return nil
}
