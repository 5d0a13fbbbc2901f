package edge

import (
	"math"
	"strconv"
	"time"
)

// level is a rate as it is told: counts per step, and a share of the totals
// where they are known.
type level struct {
	perStep float64
	share   float64
}

// wording is how a rule tells levels.
type wording struct {
	noun   string
	step   time.Duration
	shares bool // of the totals, not counts per step
}

// found is what the rules of a segment tell.
type found struct {
	wording
	before, inside, after, base level
	follows                     bool // it touches a segment before it
}

// rule words why a segment was found, such as
//
//	errors per minute rose from 0.4 to 37 (x92, log likelihood ratio 812)
//	errors rose from 0.1 % to 12 % of the total (x120, log likelihood ratio 812)
//
// A segment that follows another of the same event is also held against the
// baseline; the first is held against nothing else, since the ratio is.
func (f *found) rule(llr float64, weak bool) string {
	before := f.before
	if !f.follows {
		before = f.base
	}
	text := f.change(before, f.inside)
	if f.follows {
		text += ", still above " + f.amount(f.base)
	}
	ratio := ""
	if f.value(f.base) > 0 {
		ratio = "x" + figure(f.value(f.inside)/f.value(f.base)) + ", "
	}
	text += " (" + ratio + "log likelihood ratio " + figure(llr) + ")"
	if weak {
		text = "weak: " + text
	}
	return text
}

// change words how one level becomes another, such as
//
//	errors per minute fell from 4.6 to 0.06
func (f *found) change(from, to level) string {
	text := f.noun
	if !f.shares {
		text += " per " + unit(f.step)
	}
	verb := " rose from "
	if f.value(to) < f.value(from) {
		verb = " fell from "
	}
	text += verb + f.amount(from) + " to " + f.amount(to)
	if f.shares {
		text += " of the total"
	}
	return text
}

// value is the number by which levels are compared.
func (w wording) value(l level) float64 {
	if w.shares {
		return l.share
	}
	return l.perStep
}

func (w wording) amount(l level) string {
	if w.shares {
		return figure(float64(l.share*100)) + " %"
	}
	return figure(l.perStep)
}

// figure prints two significant digits, and whole numbers from 10 on.
func figure(v float64) string {
	switch {
	case v >= 10:
		return strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	case v >= 1:
		return strconv.FormatFloat(math.Round(float64(v*10))/10, 'f', -1, 64)
	case v >= 0.1:
		return strconv.FormatFloat(math.Round(float64(v*100))/100, 'f', -1, 64)
	default:
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
}

// unit names a step: minute, hour, or its length.
func unit(step time.Duration) string {
	switch step {
	case time.Second:
		return "second"
	case time.Minute:
		return "minute"
	case time.Hour:
		return "hour"
	}
	return step.String()
}
