package when

import (
	"strings"
	"testing"
	"time"
)

func mustZone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// parseTable holds a text, the zone that the document gives it ("" for none),
// the year given (0 for none), and what is wanted: the instant, or "error".
var parseTable = []struct {
	text, zone string
	year       int
	want       string
	precision  Precision
	from       ZoneFrom
	doubt      string // part of the doubt; "" wants none
}{
	{"2021-08-10T22:37:02.850Z", "", 0, "2021-08-10T22:37:02.85Z", Millisecond, ZoneRecord, ""},
	{"2021-08-10T22:37:02.850-06:00", "", 0, "2021-08-11T04:37:02.85Z", Millisecond, ZoneRecord, ""},
	{"2021-08-10T22:37:02.8501234Z", "", 0, "2021-08-10T22:37:02.8501234Z", Nanosecond, ZoneRecord, ""},
	{"2021-08-10T22:37:02.123456789Z", "", 0, "2021-08-10T22:37:02.123456789Z", Nanosecond, ZoneRecord, ""},
	{"2021-08-10t22:37:02z", "", 0, "2021-08-10T22:37:02Z", Second, ZoneRecord, ""},
	{"2024-07-30T11:45Z", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, ""},
	{"2024-07-30T11:45+02", "", 0, "2024-07-30T09:45:00Z", Minute, ZoneRecord, ""},
	{"2015-06-03T17:43:27.123+0000", "", 0, "2015-06-03T17:43:27.123Z", Millisecond, ZoneRecord, ""},
	{"2018-06-20T16:50:35.000+0300", "", 0, "2018-06-20T13:50:35Z", Millisecond, ZoneRecord, ""},
	{"2021-04-28 21:50:00 +0200", "", 0, "2021-04-28T19:50:00Z", Second, ZoneRecord, ""},
	{"2021-04-28 21:50:00 -0700", "", 0, "2021-04-29T04:50:00Z", Second, ZoneRecord, ""},
	{"2021-04-28 21:50 -07:00", "", 0, "2021-04-29T04:50:00Z", Minute, ZoneRecord, ""},
	{"2021-04-28 21:50:00 UTC", "", 0, "2021-04-28T21:50:00Z", Second, ZoneRecord, ""},
	{"2018-04-13 15:54:00 +0000 UTC", "", 0, "2018-04-13T15:54:00Z", Second, ZoneRecord, ""},
	{"2018-04-13 15:54:00.123456789 +0200 CEST m=+0.000012", "", 0, "2018-04-13T13:54:00.123456789Z", Nanosecond, ZoneRecord, ""},
	{"2018-04-13 15:54:00", "", 0, "2018-04-13T15:54:00Z", Second, ZoneAssumed, ""},
	{"2018-04-13 15:54:00", "Europe/Berlin", 0, "2018-04-13T13:54:00Z", Second, ZoneSource, ""},
	{"2007-01-09T09:41:00", "America/Los_Angeles", 0, "2007-01-09T17:41:00Z", Second, ZoneSource, ""},
	{"Tue, 7 Feb 2017 00:55:52 GMT", "", 0, "2017-02-07T00:55:52Z", Second, ZoneRecord, ""},
	{"Thu, 23 Jul 2026 16:29:09 Z", "", 0, "2026-07-23T16:29:09Z", Second, ZoneRecord, ""},
	{"Mon, 02 Jan 2006 15:04:05 -0700", "", 0, "2006-01-02T22:04:05Z", Second, ZoneRecord, ""},
	{"Sunday, 06-Nov-94 08:49:37 GMT", "", 0, "1994-11-06T08:49:37Z", Second, ZoneRecord, ""},
	{"Tue Jul 30 11:45:00 UTC 2024", "", 0, "2024-07-30T11:45:00Z", Second, ZoneRecord, ""},
	{"Tue Jul 30 11:45:00 2024 +0200", "", 0, "2024-07-30T09:45:00Z", Second, ZoneRecord, ""},
	{"Feb 22 16:30 PST", "", 2018, "2018-02-23T00:30:00Z", Minute, ZoneRecord, ""},
	{"Feb 22 16:30 PST", "", 0, "error: no year", 0, "", ""},
	{"Feb 29 16:30 PST", "", 2018, "error: no date of 2018", 0, "", ""},
	{"1/9/2007 9:41:00 AM", "", 0, "2007-01-09T09:41:00Z", Second, ZoneAssumed, ""},
	{"1/9/2007 9:41:00 AM +01:00", "", 0, "2007-01-09T08:41:00Z", Second, ZoneRecord, ""},
	{"1/9/2007 9:41", "", 0, "2007-01-09T09:41:00Z", Minute, ZoneAssumed, "month first"},
	{"22/02/2018 16:30", "", 0, "2018-02-22T16:30:00Z", Minute, ZoneAssumed, ""},
	{"22.02.2018 16:30", "", 0, "2018-02-22T16:30:00Z", Minute, ZoneAssumed, ""},
	{"Oct 10, 2024 3:30:23 PM", "", 0, "2024-10-10T15:30:23Z", Second, ZoneAssumed, ""},
	{"Oct 10, 2024 3:30:23\u202fPM", "", 0, "2024-10-10T15:30:23Z", Second, ZoneAssumed, ""},
	{"Jun 25, 2020 @ 14:30:27.575", "", 0, "2020-06-25T14:30:27.575Z", Millisecond, ZoneAssumed, ""},
	{"30 July 2024 11:45 UTC", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, ""},
	{"30th July 2024, 11:45 (UTC)", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, ""},
	{"11:45 UTC on 30 July 2024", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, ""},
	{"11:45 UTC, Tuesday, July 30, 2024", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, ""},
	{"Monday, July 30, 2024 11:45 UTC", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, "was a Tuesday"},
	{"2024-07-30", "", 0, "2024-07-30T00:00:00Z", Day, ZoneAssumed, ""},
	{"2024-07-30", "Asia/Tokyo", 0, "2024-07-29T15:00:00Z", Day, ZoneSource, ""},
	{"30 July 2024", "", 0, "2024-07-30T00:00:00Z", Day, ZoneAssumed, ""},
	{"20240730T114500Z", "", 0, "2024-07-30T11:45:00Z", Second, ZoneRecord, ""},
	{"20240730", "", 0, "2024-07-30T00:00:00Z", Day, ZoneAssumed, ""},
	{"2024-07-30 24:00 UTC", "", 0, "2024-07-31T00:00:00Z", Minute, ZoneRecord, ""},
	{"2016-12-31T23:59:60Z", "", 0, "2017-01-01T00:00:00Z", Second, ZoneRecord, ""},
	{"2024-07-30 2 PM UTC", "", 0, "2024-07-30T14:00:00Z", Hour, ZoneRecord, ""},
	{"~ 2024-07-30 11:45", "", 0, "error", 0, "", ""},
	{"2024-07-30 ~11:45 UTC", "", 0, "2024-07-30T11:45:00Z", Minute, ZoneRecord, ""},
	{"10/Oct/2000:13:55:36 -0700", "", 0, "2000-10-10T20:55:36Z", Second, ZoneRecord, ""},

	// Zones.
	{"2024-07-30 11:45 EST", "", 0, "2024-07-30T16:45:00Z", Minute, ZoneRecord, "not in season"},
	{"2024-01-30 11:45 EST", "", 0, "2024-01-30T16:45:00Z", Minute, ZoneRecord, ""},
	{"2024-01-30 11:45 CET", "", 0, "2024-01-30T10:45:00Z", Minute, ZoneRecord, ""},
	{"2024-06-30 11:45 CET", "", 0, "2024-06-30T10:45:00Z", Minute, ZoneRecord, "kept CEST (+02:00)"},
	{"2024-07-30 11:45 IST", "", 0, "2024-07-30T06:15:00Z", Minute, ZoneRecord, "Irish"},
	{"2024-07-30 11:45 IST", "Europe/Dublin", 0, "2024-07-30T10:45:00Z", Minute, ZoneRecord, ""},
	{"2024-07-30 11:45 PST (UTC-7)", "", 0, "2024-07-30T18:45:00Z", Minute, ZoneRecord, "also says -07:00"},
	{"2024-07-30 11:45 PDT (UTC-7)", "", 0, "2024-07-30T18:45:00Z", Minute, ZoneRecord, ""},
	{"2024-07-30 11:45 UTC+2", "", 0, "2024-07-30T09:45:00Z", Minute, ZoneRecord, ""},
	{"2024-07-30 11:45 Europe/Berlin", "", 0, "2024-07-30T09:45:00Z", Minute, ZoneRecord, ""},
	{"2024-07-30 11:45 PT", "", 0, "2024-07-30T18:45:00Z", Minute, ZoneRecord, ""},
	{"2024-03-10 02:30", "America/Los_Angeles", 0, "2024-03-10T10:30:00Z", Minute, ZoneSource, "does not exist"},
	{"2024-11-03 01:30", "America/Los_Angeles", 0, "2024-11-03T08:30:00Z", Minute, ZoneSource, "twice"},
	{"2024-07-30 11:45", "PST", 0, "2024-07-30T19:45:00Z", Minute, ZoneSource, "not in season"},

	// Not times.
	{"0001-01-01T00:00:00Z", "", 0, "error: unset", 0, "", ""},
	{"", "", 0, "error", 0, "", ""},
	{"11:45", "", 2024, "error", 0, "", ""},
	{"yesterday", "", 2024, "error", 0, "", ""},
	{"2024-13-01", "", 0, "error", 0, "", ""},
	{"2024-02-30T10:00:00Z", "", 0, "error", 0, "", ""},
	{"2024-07-30T25:00:00Z", "", 0, "error", 0, "", ""},
	{"2024-07-30T11:60:00Z", "", 0, "error", 0, "", ""},
	{"2024-07-30 11:45 XYZ", "", 0, "error", 0, "", ""},
	{"2024-07-30 11:45 UTC and more", "", 0, "error", 0, "", ""},
	{"1722340000", "", 0, "error", 0, "", ""},
	{"10.0.0.1", "", 0, "error", 0, "", ""},
}

func TestParse(t *testing.T) {
	for _, row := range parseTable {
		zone := Zone{}
		if row.zone != "" {
			zone = Zone{Location: mustZone(t, row.zone), From: ZoneSource}
		}
		got, err := Parse(row.text, zone, row.year)
		if part, isError := strings.CutPrefix(row.want, "error"); isError {
			if err == nil {
				t.Errorf("Parse(%q) = %v, want an error", row.text, got.Time)
			} else if !strings.Contains(err.Error(), strings.TrimPrefix(part, ": ")) {
				t.Errorf("Parse(%q): %v, want %s", row.text, err, row.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("Parse(%q): %v", row.text, err)
			continue
		}
		if s := got.Time.Format(time.RFC3339Nano); s != row.want {
			t.Errorf("Parse(%q) = %s, want %s", row.text, s, row.want)
		}
		if got.Precision != row.precision || got.ZoneFrom != row.from {
			t.Errorf("Parse(%q): %v from %v, want %v from %v", row.text, got.Precision, got.ZoneFrom, row.precision, row.from)
		}
		if row.doubt == "" && got.Doubt != "" || !strings.Contains(got.Doubt, row.doubt) {
			t.Errorf("Parse(%q) doubts %q, want %q", row.text, got.Doubt, row.doubt)
		}
	}
}
