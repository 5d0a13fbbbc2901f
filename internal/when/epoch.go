package when

import (
	"fmt"
	"strings"
	"time"
)

// The powers of ten that epochs need.
var pow10 = [...]int64{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// Epoch reads a count of seconds, milliseconds, microseconds or nanoseconds
// since 1970, the unit told by magnitude: below 10^11 seconds, below 10^14
// milliseconds, below 10^17 microseconds. A fraction is kept to the nanosecond
// ("1721736120.000026", a Slack ts, is exact). 0 is an error: it means unset.
func Epoch(digits string) (Stamp, error) {
	text := strings.TrimSpace(digits)
	whole, fraction, dotted := strings.Cut(text, ".")
	ns, precision, ok := epochNanos(whole, fraction)
	if !ok || dotted && fraction == "" {
		return Stamp{}, fmt.Errorf("%q is no count of seconds, ms, µs or ns since 1970", digits)
	}
	if ns == 0 {
		return Stamp{}, fmt.Errorf("%q is unset", digits)
	}
	return Stamp{Time: time.Unix(0, ns).UTC(), Text: text, Precision: precision, ZoneFrom: ZoneRecord}, nil
}

// epochNanos reads the digits before and after the point of an epoch.
func epochNanos[T string | []byte](whole, fraction T) (ns int64, p Precision, ok bool) {
	if len(whole) == 0 || len(whole) > 19 {
		return 0, Unknown, false
	}
	var n int64
	for i := 0; i < len(whole); i++ {
		if !isDigit(whole[i]) {
			return 0, Unknown, false
		}
		d := int64(whole[i] - '0')
		if n > (1<<63-1-d)/10 {
			return 0, Unknown, false
		}
		n = n*10 + d
	}
	unit, digits := epochUnit(n)
	ns = n * unit
	keep := 9 - digits // fraction digits down to the nanosecond
	for i := 0; i < len(fraction); i++ {
		if !isDigit(fraction[i]) {
			return 0, Unknown, false
		}
		if i < keep {
			unit /= 10
			ns += int64(fraction[i]-'0') * unit
		}
	}
	return ns, precisionOfDigits(digits + min(len(fraction), keep)), true
}

// epochUnit tells the unit of an epoch in nanoseconds, and how many digits of
// a second it shows.
func epochUnit(n int64) (unit int64, digits int) {
	switch {
	case n < 1e11:
		if n > 9223372036 { // beyond what 64 bits of nanoseconds hold
			return 1e6, 3
		}
		return 1e9, 0
	case n < 1e14:
		return 1e6, 3
	case n < 1e17:
		return 1e3, 6
	}
	return 1, 9
}
