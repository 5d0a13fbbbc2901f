package when

import (
	"strings"
	"testing"
	"time"

	"github.com/itchyny/timefmt-go"
)

// strptimeLayouts are layouts that name an instant whole, with a year, in a zone
// of their own or in UTC.
var strptimeLayouts = []string{
	"%Y-%m-%dT%H:%M:%S%z", "%d.%m.%Y %H:%M:%S", "%a %b %e %H:%M:%S %Y", "%A, %d %B %Y %I:%M:%S %p %z",
	"%y%m%d %H%M%S", "%F %T", "%D %R", "%Y/%j %H:%M:%S", "%d/%b/%Y:%H:%M:%S %z", "[%H:%M:%S] %Y%m%d", "%s", "%Y-%m-%d %l:%M:%S %P",
	"%Y-%m-%d %H:%M:%S.%f", "100%% %Y%t%m %d %k:%M",
}

// TestStrptimeReadsWhatStrftimeWrites uses an implementation of strftime by
// others.
func TestStrptimeReadsWhatStrftimeWrites(t *testing.T) {
	instants := []string{"2026-07-14T14:02:41.123456Z", "2026-01-02T00:00:00Z", "2024-02-29T23:59:59.999999Z", "2001-12-31T12:00:09.000001Z", "2026-10-05T01:05:00.005Z"}
	for _, format := range strptimeLayouts {
		l, err := Strptime(format)
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		for _, s := range instants {
			at, _ := time.Parse(time.RFC3339Nano, s)
			for _, loc := range layoutZones {
				at := at.In(loc)
				text := timefmt.Format(at, format)
				f, n, ok := l.Parse([]byte(text + " x"))
				unit := time.Second
				switch {
				case strings.Contains(format, "%f"):
					unit = time.Microsecond
				case !strings.Contains(format, "%S") && !strings.Contains(format, "%T") && !strings.Contains(format, "%s"):
					unit = time.Minute
				}
				ns, good := NewResolver(Zone{Location: loc, From: ZoneSource}, 0).Unix(&f)
				if want := at.Truncate(unit); !ok || !good || n != len(text) || !time.Unix(0, ns).Equal(want) {
					t.Errorf("%s: %q is read as %v in %d bytes, want %v", format, text, time.Unix(0, ns).UTC(), n, want.UTC())
				}
			}
		}
	}
}

func TestStrptimeParts(t *testing.T) {
	for _, c := range []struct{ format, text, rest string }{
		{"%H:%M:%S,%f", "14:02:41,5 x", " x"},
		{"%H:%M:%S,%f", "14:02:41 x", " x"}, // a fraction may be missing
		{"%b %d %H:%M:%S", "Jul  1 09:00:55 host", " host"},
		{"%H:%M:%S.%L %Z", "14:02:41.123 CEST: x", ": x"},
		{"%s.%f", "1784037761.123456 x", " x"},
	} {
		l, err := Strptime(c.format)
		if err != nil {
			t.Fatal(err)
		}
		if _, n, ok := l.Parse([]byte(c.text)); !ok || c.text[n:] != c.rest {
			t.Errorf("%s reads %d bytes of %q, ok %v", c.format, n, c.text, ok)
		}
	}
	for _, c := range []struct{ format, text string }{
		{"%F %T", "2026-13-01 14:02:41"}, {"%F %T", "2026-02-30 14:02:41"}, {"%F %T", "2026-02-03 24:02:41"}, {"%F %T", "2026-02-03"},
		{"%F %I:%M %p", "2026-02-03 13:02 PM"}, {"%A %F %T", "Tue 2026-07-14 14:02:41"}, {"%B %d %T", "Jul 14 14:02:41"}, {"%T %z", "14:02:41 x"},
		{"%Y-%j %T", "2026-000 14:02:41"}, {"%Y-%j %T", "2026-367 14:02:41"},
	} {
		l, err := Strptime(c.format)
		if err != nil {
			t.Fatal(err)
		}
		if f, n, ok := l.Parse([]byte(c.text)); ok {
			t.Errorf("%s reads %q as %+v", c.format, c.text[:n], f)
		}
	}
	for _, format := range []string{"", "%", "%Y-%m-%d", "%Q %H", "%I:%M", strings.Repeat("%H", 200)} {
		if _, err := Strptime(format); err == nil {
			t.Errorf("%q is taken", format)
		}
	}
}

func FuzzStrptime(f *testing.F) {
	for _, format := range strptimeLayouts {
		f.Add(format, timefmt.Format(time.Unix(1784037761, 5e8).UTC(), format))
	}
	f.Fuzz(func(t *testing.T, format, text string) {
		l, err := Strptime(format)
		if err != nil {
			return
		}
		got, n, ok := l.Parse([]byte(text))
		if n < 0 || n > len(text) || ok != (n > 0) {
			t.Fatalf("%q of %q: n %d, ok %v", format, text, n, ok)
		}
		if ok && !got.IsEpoch && (got.Hour > 23 || got.Minute > 59 || got.Sec > 60 || got.Nsec > 999999999 ||
			(got.Month != 0 || got.Day != 0) && !validDate(got.Year, got.Month, got.Day)) {
			t.Fatalf("%q of %q: %+v", format, text, got)
		}
		NewResolver(Zone{}, 2024).Unix(&got)
	})
}
