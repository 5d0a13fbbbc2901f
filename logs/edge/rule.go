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

// rule words why a segment was found, such as
//
//	errors per minute rose from 0.4 to 37 (x92, log likelihood ratio 812)
//	errors rose from 0.1 % to 12 % of the total (x120, log likelihood ratio 812)
//
// A segment that follows another of the same event is also held against the
// baseline.
func (e *events) rule(before, inside, base level, llr float64, follows, weak bool) string {
	text := e.opt.Noun
	if !e.shares {
		text += " per " + unit(e.opt.Step)
	}
	verb := " rose from "
	if e.value(inside) < e.value(before) {
		verb = " fell from "
	}
	text += verb + e.amount(before) + " to " + e.amount(inside)
	if e.shares {
		text += " of the total"
	}
	if follows {
		text += ", still above " + e.amount(base)
	}
	ratio := ""
	if e.value(base) > 0 {
		ratio = "x" + figure(e.value(inside)/e.value(base)) + ", "
	}
	text += " (" + ratio + "log likelihood ratio " + figure(llr) + ")"
	if weak {
		text = "weak: " + text
	}
	return text
}

// value is the number by which levels are compared.
func (e *events) value(l level) float64 {
	if e.shares {
		return l.share
	}
	return l.perStep
}

func (e *events) amount(l level) string {
	if e.shares {
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
