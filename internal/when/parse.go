package when

import (
	"fmt"
	"strings"
	"time"
)

// Parse reads one whole timestamp of a document: a date with a clock time, or
// a date alone. zone is used when the text names none, year when its date has
// none (0 is not known, and then an error). An unset time (year 1) is an error
// that says "unset".
func Parse(text string, zone Zone, year int) (Stamp, error) {
	s := strings.TrimSpace(text)
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return Stamp{}, fmt.Errorf("%q is no time that is understood; write one such as 2024-07-30T11:45:00Z", text)
	}
	return Stamp{Time: t.UTC(), Text: s, Precision: Second, ZoneFrom: ZoneRecord}, nil
}
