package when

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var precisionNames = [...]string{"", "day", "hour", "minute", "second", "millisecond", "microsecond", "nanosecond"}

var precisionUnits = [...]time.Duration{0, 24 * time.Hour, time.Hour, time.Minute, time.Second,
	time.Millisecond, time.Microsecond, time.Nanosecond}

// Unit is one unit of the precision: a minute for Minute. It is 0 for Unknown.
func (p Precision) Unit() time.Duration {
	if p < 0 || int(p) >= len(precisionUnits) {
		return 0
	}
	return precisionUnits[p]
}

// String gives "day" to "nanosecond", and "" for Unknown.
func (p Precision) String() string {
	if p < 0 || int(p) >= len(precisionNames) {
		return ""
	}
	return precisionNames[p]
}

// ParsePrecision is the reverse of String. The empty text is Unknown.
func ParsePrecision(s string) (Precision, bool) {
	for i, name := range precisionNames {
		if s == name {
			return Precision(i), true
		}
	}
	return Unknown, false
}

// precisionOfDigits is the coarsest precision that shows that many digits
// after the second.
func precisionOfDigits(n int) Precision {
	switch {
	case n <= 0:
		return Second
	case n <= 3:
		return Millisecond
	case n <= 6:
		return Microsecond
	}
	return Nanosecond
}

// Format prints t as RFC 3339 in UTC with as many fraction digits as p has.
// Second and anything coarser print full seconds; the zero time gives "".
func Format(t time.Time, p Precision) string {
	if t.IsZero() {
		return ""
	}
	layout := "2006-01-02T15:04:05Z"
	switch p {
	case Millisecond:
		layout = "2006-01-02T15:04:05.000Z"
	case Microsecond:
		layout = "2006-01-02T15:04:05.000000Z"
	case Nanosecond:
		layout = "2006-01-02T15:04:05.000000000Z"
	}
	return t.UTC().Format(layout)
}

// Words prints a duration as people say it, in its two largest units: "7 h
// 58 min", "2 min", "41 s", "1 d 3 h", "120 ms". What is smaller is rounded half
// away from zero; below a minute seconds are shown, with up to three digits of
// fraction; a negative one has a minus sign in front.
func Words(d time.Duration) string {
	if d < 0 {
		if d == math.MinInt64 {
			d++ // its negation would overflow
		}
		return "-" + Words(-d)
	}
	switch {
	case d == 0:
		return "0 s"
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d)
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d/time.Microsecond)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d/time.Millisecond)
	case d.Round(time.Millisecond) < time.Minute:
		return wordSeconds(d.Round(time.Millisecond))
	case d.Round(time.Second) < time.Hour:
		d = d.Round(time.Second)
		return twoUnits(int64(d/time.Minute), "min", int64(d%time.Minute/time.Second), "s")
	case d.Round(time.Minute) < 24*time.Hour:
		d = d.Round(time.Minute)
		return twoUnits(int64(d/time.Hour), "h", int64(d%time.Hour/time.Minute), "min")
	}
	d = d.Round(time.Hour)
	return twoUnits(int64(d/(24*time.Hour)), "d", int64(d%(24*time.Hour)/time.Hour), "h")
}

func wordSeconds(d time.Duration) string {
	whole, ms := d/time.Second, d%time.Second/time.Millisecond
	if ms == 0 {
		return fmt.Sprintf("%d s", whole)
	}
	return fmt.Sprintf("%d.%s s", whole, strings.TrimRight(fmt.Sprintf("%03d", ms), "0"))
}

func twoUnits(a int64, unitA string, b int64, unitB string) string {
	if b == 0 {
		return fmt.Sprintf("%d %s", a, unitA)
	}
	return fmt.Sprintf("%d %s %d %s", a, unitA, b, unitB)
}

// spanUnit is a word for a unit of time.
type spanUnit struct {
	unit  time.Duration
	words string // separated by spaces
}

// spanUnits are the units that people write after a number.
var spanUnits = []spanUnit{
	{7 * 24 * time.Hour, "w wk wks week weeks"},
	{24 * time.Hour, "d day days"},
	{time.Hour, "h hr hrs hour hours"},
	{time.Minute, "m min mins minute minutes"},
	{time.Second, "s sec secs second seconds"},
	{time.Millisecond, "ms msec millisecond milliseconds"},
	{time.Microsecond, "us µs μs microsecond microseconds"},
	{time.Nanosecond, "ns nanosecond nanoseconds"},
}

// unitOf finds the unit that a word names; 0 is none.
func unitOf(word string) time.Duration {
	word = strings.ToLower(word)
	for _, u := range spanUnits {
		for w := range strings.FieldsSeq(u.words) {
			if w == word {
				return u.unit
			}
		}
	}
	return 0
}

// ParseSpan reads a duration as settings and people write it: "5m", "72h",
// "14d", "-3s", "1.5h", "2 minutes", "1 h 5 min", "1 hour and 5 minutes". A bare
// number has no unit and is an error, but for 0.
func ParseSpan(text string) (time.Duration, error) {
	s := strings.TrimSpace(text)
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = strings.TrimSpace(s[1:])
	}
	if s == "0" {
		return 0, nil
	}
	var total time.Duration
	if s == "" {
		return 0, spanError(text)
	}
	for s != "" {
		n := 0
		for n < len(s) && (isDigit(s[n]) || s[n] == '.') {
			n++
		}
		number := s[:n]
		s = strings.TrimLeft(s[n:], " ")
		n = 0
		for n < len(s) && !isDigit(s[n]) && s[n] != ' ' && s[n] != ',' {
			n++
		}
		part, ok := spanPart(number, unitOf(s[:n]))
		if !ok || part > math.MaxInt64-total {
			return 0, spanError(text)
		}
		total += part
		s = strings.TrimLeft(s[n:], " ,")
		if rest, ok := strings.CutPrefix(s, "and "); ok {
			s = strings.TrimLeft(rest, " ")
			if s == "" {
				return 0, spanError(text)
			}
		}
	}
	if negative {
		total = -total
	}
	return total, nil
}

func spanError(text string) error {
	return fmt.Errorf("%q is no duration; write one such as 5m, 72h, 14d or \"2 minutes\"", text)
}

// spanPart multiplies a decimal number with a unit, in integers.
func spanPart(number string, unit time.Duration) (time.Duration, bool) {
	whole, fraction, dotted := strings.Cut(number, ".")
	if whole == "" || unit == 0 || dotted && fraction == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > math.MaxInt64/int64(unit) {
		return 0, false
	}
	d := time.Duration(n) * unit
	for scale := unit / 10; len(fraction) > 0; scale /= 10 {
		if fraction[0] == '.' {
			return 0, false
		}
		if part := time.Duration(fraction[0]-'0') * scale; part <= math.MaxInt64-d {
			d += part
		} else {
			return 0, false
		}
		fraction = fraction[1:]
	}
	return d, true
}
