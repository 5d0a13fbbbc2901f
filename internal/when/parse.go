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
//
// Where a clock is skipped or repeated by daylight saving, where an abbreviation
// is ambiguous or out of season, or where day and month could be the other way
// round, the Stamp's Doubt says so.
func Parse(text string, zone Zone, year int) (Stamp, error) {
	s := strings.TrimSpace(text)
	if s == "" || len(s) > 200 {
		return Stamp{}, notTime(text)
	}
	// Go prints its monotonic clock behind a time.
	if i := strings.Index(s, " m=+"); i > 0 {
		s = s[:i]
	}
	e, ok := readEndpoint(s, 0, true)
	if !ok || e.end != len(s) || !e.hasDate || e.date.kind != dayDate {
		if stamp, ok := parseLayout(s, zone, year); ok {
			return stamp, nil
		}
		return Stamp{}, notTime(text)
	}
	if e.date.y == 1 {
		return Stamp{}, fmt.Errorf("%q is unset", text)
	}
	if e.date.y == 0 {
		if e.date.y = year; year == 0 {
			return Stamp{}, fmt.Errorf("%q has no year; give one (year in pir.yaml, or --year)", text)
		}
		if !e.date.valid() {
			return Stamp{}, fmt.Errorf("%q is no date of %d", text, year)
		}
	}
	ref := e.zone
	stamp := Stamp{Text: s, Precision: Day, Approx: e.approx, ZoneFrom: ZoneRecord}
	if !e.hasZone {
		ref, stamp.ZoneFrom = zone.ref(), zone.from()
	}
	stamp.Doubt = e.date.doubt(e.clock.meridiem != 0)
	wall := e.date.days() * 86400
	if e.hasClock {
		wall += e.clock.wall()
		stamp.Precision = e.clock.precision
	}
	unix, doubt := ref.instant(wall, zone.Location)
	stamp.Doubt = joinDoubt(stamp.Doubt, doubt)
	stamp.Time = time.Unix(unix, int64(e.clock.nsec)).UTC()
	return stamp, nil
}

// ref is the zone as a text would name it.
func (z Zone) ref() zoneRef {
	if z.Location == nil {
		return zoneRef{loc: time.UTC}
	}
	return zoneRef{loc: z.Location}
}

// from says what gave the zone; the zero Zone is assumed.
func (z Zone) from() ZoneFrom {
	if z.From == "" {
		return ZoneAssumed
	}
	return z.From
}

func notTime(text string) error {
	if len(text) > 80 {
		text = text[:80] + "…"
	}
	return fmt.Errorf("%q is no time that is understood; write one such as 2024-07-30T11:45:00Z", text)
}

// parseLayout tries the layouts of logs on a whole text.
func parseLayout(s string, zone Zone, year int) (Stamp, bool) {
	for i := range layouts {
		l := &layouts[i]
		if !l.HasDate {
			continue
		}
		f, n, ok := l.Parse([]byte(s))
		if !ok || n != len(s) || f.IsEpoch {
			continue
		}
		r := NewResolver(zone, year)
		ns, ok := r.Unix(&f)
		if !ok {
			continue
		}
		return Stamp{Time: time.Unix(0, ns).UTC(), Text: s, Precision: f.Precision(),
			ZoneFrom: r.ZoneFrom(&f), Doubt: r.Doubt(&f)}, true
	}
	return Stamp{}, false
}
