package when

import (
	"strings"
	"testing"
	"time"
)

func fieldsOf(t *testing.T, text string) Fields {
	t.Helper()
	for _, l := range Layouts() {
		if f, n, ok := l.Parse([]byte(text)); ok && n == len(text) {
			return f
		}
	}
	t.Fatalf("%q is no time", text)
	return Fields{}
}

func TestResolver(t *testing.T) {
	for _, row := range []struct {
		text, zone string
		year       int
		want       string // "" when it cannot be told
		from       ZoneFrom
		doubt      string
	}{
		{"2026-07-14 14:02:41", "", 0, "2026-07-14T14:02:41Z", ZoneAssumed, ""},
		{"2026-07-14 14:02:41", "Europe/Berlin", 0, "2026-07-14T12:02:41Z", ZoneFlag, ""},
		{"2026-07-14 14:02:41Z", "Europe/Berlin", 0, "2026-07-14T14:02:41Z", ZoneRecord, ""},
		{"2026-07-14 14:02:41 CEST", "", 0, "2026-07-14T12:02:41Z", ZoneRecord, ""},
		{"2026-07-14 14:02:41 CET", "", 0, "2026-07-14T13:02:41Z", ZoneRecord, "not in season"},
		{"2026-07-14 14:02:41 IST", "", 0, "2026-07-14T08:32:41Z", ZoneRecord, "Irish"},
		{"2026-07-14 14:02:41 IST", "Europe/Dublin", 0, "2026-07-14T13:02:41Z", ZoneRecord, ""},
		{"Jul 14 14:02:41", "", 2026, "2026-07-14T14:02:41Z", ZoneAssumed, ""},
		{"Jul 14 14:02:41", "", 0, "", "", ""},
		{"Feb 29 14:02:41", "", 2026, "", "", ""},
		{"Feb 29 14:02:41", "", 2024, "2024-02-29T14:02:41Z", ZoneAssumed, ""},
		{"14:02:41", "", 2024, "", "", ""},
		{"1784037761.5", "Europe/Berlin", 0, "2026-07-14T14:02:41.5Z", ZoneRecord, ""},
		{"2024-03-10 02:30:00", "America/Los_Angeles", 0, "2024-03-10T10:30:00Z", ZoneFlag, "does not exist"},
		{"2024-03-10 01:59:59", "America/Los_Angeles", 0, "2024-03-10T09:59:59Z", ZoneFlag, ""},
		{"2024-03-10 03:00:00", "America/Los_Angeles", 0, "2024-03-10T10:00:00Z", ZoneFlag, ""},
		{"2024-11-03 01:30:00", "America/Los_Angeles", 0, "2024-11-03T08:30:00Z", ZoneFlag, "twice"},
		{"2024-11-03 02:00:00", "America/Los_Angeles", 0, "2024-11-03T10:00:00Z", ZoneFlag, ""},
		{"2016-12-31T23:59:60Z", "", 0, "2017-01-01T00:00:00Z", ZoneRecord, ""},
		{"1600-07-14 14:02:41", "", 0, "", "", ""},
		{"9000-07-14 14:02:41", "", 0, "", "", ""},
	} {
		f := fieldsOf(t, row.text)
		zone := Zone{}
		if row.zone != "" {
			zone = Zone{Location: mustZone(t, row.zone), From: ZoneFlag}
		}
		r := NewResolver(zone, row.year)
		ns, ok := r.Unix(&f)
		if ok != (row.want != "") {
			t.Errorf("%q: ok is %v", row.text, ok)
		}
		if !ok {
			continue
		}
		if s := time.Unix(0, ns).UTC().Format(time.RFC3339Nano); s != row.want || r.ZoneFrom(&f) != row.from {
			t.Errorf("%q in %q = %s from %s, want %s from %s", row.text, row.zone, s, r.ZoneFrom(&f), row.want, row.from)
		}
		if d := r.Doubt(&f); (d == "") != (row.doubt == "") || !strings.Contains(d, row.doubt) {
			t.Errorf("%q in %q: doubt %q, want %q", row.text, row.zone, d, row.doubt)
		}
	}
}

// TestResolverRemembers asks one Resolver for days in turn: what it remembers
// of one must not colour the next.
func TestResolverRemembers(t *testing.T) {
	r := NewResolver(Zone{Location: mustZone(t, "America/Los_Angeles"), From: ZoneSource}, 2024)
	for range 2 {
		for _, text := range []string{"2024-03-09 12:00:00", "2024-03-10 12:00:00", "2024-03-11 12:00:00", "2024-07-30 12:00:00", "Mar  9 12:00:00"} {
			f := fieldsOf(t, text)
			ns, ok := r.Unix(&f)
			want := time.Date(2024, time.Month(f.Month), f.Day, 12, 0, 0, 0, mustZone(t, "America/Los_Angeles"))
			if !ok || !want.Equal(time.Unix(0, ns)) {
				t.Errorf("%s: got %v, want %v", text, time.Unix(0, ns).UTC(), want.UTC())
			}
		}
	}
	f := fieldsOf(t, "Mar  9 12:00:00")
	r.SetYear(2025)
	if ns, _ := r.Unix(&f); time.Unix(0, ns).UTC().Year() != 2025 {
		t.Error("SetYear has no effect")
	}
	f = fieldsOf(t, "14:02:41")
	r.SetDay(2024, 7, 30)
	if ns, ok := r.Unix(&f); !ok || time.Unix(0, ns).UTC().Format(time.RFC3339) != "2024-07-30T21:02:41Z" {
		t.Error("SetDay has no effect")
	}
}
