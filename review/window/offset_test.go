package window

import (
	"testing"
	"time"

	"pir/internal/when"
)

func TestAfter(t *testing.T) {
	holidays := []time.Time{at("2025-12-25T00:00:00Z"), at("2025-12-26T00:00:00Z"), at("2026-01-01T00:00:00Z")}
	for _, c := range []struct {
		name, from, zone string
		offset           Offset
		want             string
	}{
		{"hours know no clocks", "2024-03-30T12:00:00Z", "Europe/Berlin", Offset{24, Hours}, "2024-03-31T12:00:00Z"},
		{"days without a zone are of 24 hours", "2024-03-30T12:00:00Z", "", Offset{1, Days}, "2024-03-31T12:00:00Z"},
		{"a day of 23 hours", "2024-03-30T12:00:00Z", "Europe/Berlin", Offset{1, Days}, "2024-03-31T11:00:00Z"},
		{"a day of 25 hours", "2024-10-26T12:00:00Z", "Europe/Berlin", Offset{1, Days}, "2024-10-27T13:00:00Z"},
		{"14 days over the change", "2024-10-20T08:00:00Z", "America/New_York", Offset{14, Days}, "2024-11-03T09:00:00Z"},
		{"to a time of day that is skipped", "2024-03-30T01:30:00Z", "Europe/Berlin", Offset{1, Days}, "2024-03-31T01:30:00Z"},
		{"over one, the time of day stays", "2024-03-30T01:30:00Z", "Europe/Berlin", Offset{2, Days}, "2024-04-01T00:30:00Z"},
		{"to one that is repeated: the first", "2024-10-26T00:30:00Z", "Europe/Berlin", Offset{1, Days}, "2024-10-27T00:30:00Z"},
		{"from the second of a repeated one", "2024-10-27T01:30:00Z", "Europe/Berlin", Offset{1, Days}, "2024-10-28T01:30:00Z"},
		{"half an hour of summer time", "2024-10-05T12:00:00Z", "Australia/Lord_Howe", Offset{1, Days}, "2024-10-06T11:30:00Z"},
		{"a day that an island left out", "2011-12-29T20:00:00Z", "Pacific/Apia", Offset{1, Days}, "2011-12-30T20:00:00Z"},

		{"a working day", "2024-07-30T10:00:00Z", "", Offset{1, BusinessDays}, "2024-07-31T10:00:00Z"},
		{"over a weekend and a change of clocks", "2024-03-29T08:00:00Z", "Europe/Berlin", Offset{1, BusinessDays}, "2024-04-01T07:00:00Z"},
		{"from a Saturday", "2024-08-03T08:00:00Z", "", Offset{1, BusinessDays}, "2024-08-05T08:00:00Z"},
		{"from a Sunday", "2024-08-04T08:00:00Z", "", Offset{5, BusinessDays}, "2024-08-09T08:00:00Z"},
		{"Friday in one zone, Saturday in the other", "2024-08-02T22:00:00Z", "Asia/Tokyo", Offset{1, BusinessDays}, "2024-08-04T22:00:00Z"},
		{"over Christmas and the end of the year", "2025-12-23T09:00:00Z", "", Offset{5, BusinessDays}, "2026-01-02T09:00:00Z"},
		{"from a holiday", "2025-12-25T09:00:00Z", "", Offset{1, BusinessDays}, "2025-12-29T09:00:00Z"},
		{"a holiday is one of the place", "2025-12-24T23:30:00Z", "Europe/Paris", Offset{1, BusinessDays}, "2025-12-28T23:30:00Z"},

		{"a month", "2024-01-15T12:00:00Z", "", Offset{1, Months}, "2024-02-15T12:00:00Z"},
		{"a month into a leap day", "2024-01-31T12:00:00Z", "", Offset{1, Months}, "2024-02-29T12:00:00Z"},
		{"a month into a short February", "2025-01-31T12:00:00Z", "", Offset{1, Months}, "2025-02-28T12:00:00Z"},
		{"from a leap day, a year", "2024-02-29T12:00:00Z", "", Offset{12, Months}, "2025-02-28T12:00:00Z"},
		{"a month over the end of the year", "2024-12-31T23:59:00Z", "", Offset{1, Months}, "2025-01-31T23:59:00Z"},
		{"a month of summer time", "2024-03-15T12:00:00Z", "Europe/Berlin", Offset{1, Months}, "2024-04-15T11:00:00Z"},
		{"a leap day is a day", "2024-02-28T12:00:00Z", "", Offset{2, Days}, "2024-03-01T12:00:00Z"},
		{"at once", "2024-07-30T19:43:00Z", "Asia/Tokyo", Offset{0, BusinessDays}, "2024-07-30T19:43:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			days := Calendar{Holidays: holidays}
			if c.zone != "" {
				loc, err := when.LoadZone(c.zone)
				if err != nil {
					t.Fatal(err)
				}
				days.Location = loc
			}
			if got := c.offset.After(at(c.from), days); !got.Equal(at(c.want)) || got.Location() != time.UTC {
				t.Errorf("%s after %s is %s, want %s", c.offset, c.from, got, c.want)
			}
		})
	}
}
