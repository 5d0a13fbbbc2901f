package when

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// layoutPrints says how each layout writes an instant: Go layouts, or "{…}" for
// what Go cannot print. Two digits of year, missing years and the finest digit
// follow from the layout itself.
var layoutPrints = map[string][]string{
	"rfc3339": {"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.000Z07:00", "2006-01-02T15:04:05.000000000Z07:00",
		"2006-01-02T15:04:05,000-0700", "2006-01-02T15:04:05.000000-0700", "2006-01-02T15:04:05.000 -0700",
		"2006-01-02T15:04:05.000 -0700 MST", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.0000000-07:00"},
	"iso-space": {"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05,000 -0700", "2006-01-02 15:04:05.000000-07:00",
		"2006-01-02 15:04:05.000 MST", "2006-01-02 15:04:05.000000000 -0700 MST", "2006-01-02_15:04:05Z07:00",
		"2006-01-02\t15:04:05Z07:00", "2006-01-02 03:04:05 PM -0700", "{colon-ms}2006-01-02 15:04:05:000 -0700"},
	"slash-iso":         {"2006/01/02 15:04:05 -0700", "2006/01/02 15:04:05.000000 -0700", "2006/01/02-15:04:05 -0700"},
	"dot-iso":           {"2006.01.02 15:04:05 -0700", "2006.01.02T15:04:05.000Z07:00"},
	"clf":               {"02/Jan/2006:15:04:05 -0700", "02/Jan/2006:15:04:05.000 -0700"},
	"rfc3164":           {"Jan _2 15:04:05", "Jan 02 15:04:05.000000", "Jan 2 15:04:05.000"},
	"syslog-year-last":  {"Jan _2 15:04:05 2006"},
	"syslog-year":       {"Jan _2 2006 15:04:05 -0700", "Jan 02 2006 15:04:05.000 -0700"},
	"year-syslog":       {"2006 Jan _2 15:04:05 -0700", "2006 Jan 02 15:04:05.000 -0700"},
	"driver":            {"01/02/2006 15:04.05.000", "01/02/2006 15:04.05"},
	"ctime":             {"Mon Jan _2 15:04 2006", "Mon Jan 02 15:04:05 2006", "Mon Jan _2 15:04:05.000000 2006 -0700"},
	"date-command":      {"Mon Jan _2 15:04:05 MST 2006", "Mon Jan _2 03:04:05 PM MST 2006", "Mon Jan _2 15:04:05 -0700 2006"},
	"weekday-syslog":    {"Mon Jan _2 15:04:05.000", "Mon Jan 02 15:04:05", "Mon Jan _2 15:04"},
	"month-dash-day":    {"Jan-02 15:04:05", "Jan-02 15:04:05.000000"},
	"chrome":            {"0102/150405.000", "0102/150405"},
	"clock-month-first": {"15:04:05 01/02/2006", "15:04:05.000 01/02/06", "15:04:05 1/2/06"},
	"clock-day-first":   {"15:04:05 02/01/2006"},
	"mjd":               {"{mjd}"},
	"weekday-iso":       {"Mon 2006-01-02 15:04:05 MST", "Mon 2006-01-02 15:04:05.000000 -0700"},
	"locale-date":       {"Mon 02 Jan 2006 03:04:05 PM MST", "Mon 2 Jan 2006 15:04:05 -0700"},
	"rfc1123":           {"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Monday, 02-Jan-06 15:04:05 MST"},
	"day-month-year":    {"2 Jan 2006 15:04:05.000 -0700", "02-Jan-2006 15:04:05.000 -0700", "02/Jan/2006 15:04:05 -0700", "02-Jan-06 15:04:05 -0700"},
	"oracle":            {"{upper}02-Jan-06 03.04.05.000000 PM -07:00", "{upper}02-Jan-2006 15.04.05 -07:00"},
	"day-month":         {"02 Jan 15:04:05.000"},
	"month-day-year":    {"Jan 2, 2006 3:04:05 PM -0700", "Jan 02, 2006 @ 15:04:05.000 -0700", "Mon, Jan _2 2006 15:04:05 -0700", "Monday, Jan 2, 2006 15:04:05"},
	"year-month-name":   {"2006-Jan-02 15:04:05.000000 -0700"},
	"klog":              {"I0102 15:04:05.000000", "E20060102 15:04:05.000000", "0102 15:04:05.000000"},
	"logcat":            {"01-02 15:04:05.000", "01-02 15:04:05.000000 -0700"},
	"compact":           {"060102 150405"},
	"mysql":             {"060102 15:04:05", "{hour}060102 15:04:05"},
	"basic":             {"20060102T150405Z07:00", "20060102T150405.000Z0700", "20060102 150405 -0700", "20060102-150405.000", "20060102150405"},
	"basic-clock":       {"20060102 15:04:05.000 -0700", "20060102-15:04:05"},
	"healthapp":         {"{healthapp}"},
	"dashed":            {"2006-01-02-15.04.05.000000", "2006-01-02 15.04.05"},
	"ordinal":           {"2006-002T15:04:05Z07:00", "2006-002 15:04:05.000Z07:00"},
	"yy-slash":          {"06/01/02 15:04:05"},
	"slash-month-first": {"01/02/2006 03:04:05 PM -0700", "1/2/2006 3:04:05 PM", "1/2/2006, 3:04:05 PM", "01/02/06 15:04:05", "{colon-ms}1/2/06 15:04:05:000 MST", "01/02/06,15:04:05"},
	"slash-day-first":   {"02/01/2006 15:04:05", "02/01/2006 15:04:05.000 -0700"},
	"dash-month-first":  {"01-02-2006 15:04:05"},
	"dash-day-first":    {"02-01-2006 15:04:05"},
	"german":            {"02.01.2006 15:04:05", "02.01.2006 15:04:05,000 -0700", "02.01.06 15:04:05"},
	"dot-month-first":   {"01.02 15:04:05"},
	"dot-day-first":     {"02.01 15:04:05", "02.01. 15:04:05"},
	"iso-loose":         {"2006-1-2 15:04:05 -0700", "2006/1/2 15:04:05.000 -0700", "2006-01-02  15:04:05"},
	"epoch-s":           {"{epoch-s}", "{epoch-s.6}"},
	"epoch-ms":          {"{epoch-ms}"},
	"epoch-us":          {"{epoch-us}"},
	"epoch-ns":          {"{epoch-ns}"},
	"tai64n":            {"{tai64n}"},
	"clock":             {"15:04:05.000", "15:04:05", "15:04:05Z07:00"},
	"clock-12":          {"3:04:05 PM", "03:04 PM"},
}

// printLayout writes t in one of the ways of layoutPrints.
func printLayout(how string, t time.Time) string {
	name, rest, _ := strings.Cut(strings.TrimPrefix(how, "{"), "}")
	switch {
	case !strings.HasPrefix(how, "{"):
		return t.Format(how)
	case name == "upper":
		return strings.ToUpper(t.Format(rest))
	case name == "colon-ms":
		clock, zone, _ := strings.Cut(rest, ":000")
		return t.Format(clock) + fmt.Sprintf(":%03d", t.Nanosecond()/1e6) + t.Format(zone)
	case name == "hour":
		return strings.Replace(t.Format(rest), " 0", "  ", 1)
	case name == "healthapp":
		return t.Format("20060102-") + fmt.Sprintf("%d:%d:%d:%d", t.Hour(), t.Minute(), t.Second(), t.Nanosecond()/1e6)
	case name == "epoch-s":
		return fmt.Sprint(t.Unix())
	case name == "epoch-s.6":
		return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1e3)
	case name == "epoch-ms":
		return fmt.Sprint(t.UnixMilli())
	case name == "epoch-us":
		return fmt.Sprint(t.UnixMicro())
	case name == "epoch-ns":
		return fmt.Sprint(t.UnixNano())
	case name == "mjd":
		return fmt.Sprintf("%d %d.%03d", t.Unix()/86400+40587, t.Unix()%86400, t.Nanosecond()/1e6)
	case name == "tai64n":
		return fmt.Sprintf("@%016x%08x", uint64(t.Unix())+1<<62+10, t.Nanosecond())
	}
	panic("layoutPrints: " + how)
}

// checkLayout prints t, reads it and wants the same instant, down to the finest
// digit that was printed.
func checkLayout(t *testing.T, l *Layout, how string, at time.Time) {
	t.Helper()
	text := printLayout(how, at)
	for _, behind := range []string{"", " INFO started", "|x", ": ALERT"} {
		line := []byte(text + behind)
		f, n, ok := l.Parse(line)
		if !ok || n != len(text) {
			t.Errorf("%s: %q: read %d bytes, ok %v; want %d", l.Name, line, n, ok, len(text))
			return
		}
		r := NewResolver(Zone{Location: at.Location(), From: ZoneSource}, at.Year())
		if !l.HasDate {
			r.SetDay(at.Year(), int(at.Month()), at.Day())
		}
		ns, ok := r.Unix(&f)
		unit := f.Precision().Unit()
		if f.Digits > 0 {
			unit = time.Duration(pow10[9-f.Digits])
		}
		want := at.Truncate(unit)
		if !ok || !time.Unix(0, ns).Equal(want) {
			t.Errorf("%s: %q: got %v, want %v", l.Name, line, time.Unix(0, ns).UTC(), want.UTC())
			return
		}
		if f.Year != 0 != l.HasYear && !f.IsEpoch && l.Name != "klog" || f.Month != 0 != l.HasDate && !f.IsEpoch || f.Zoned && !l.HasZone {
			t.Errorf("%s: %q: %+v does not fit the row %+v", l.Name, line, f, l)
		}
	}
	// Nothing in front of it in the table reads the line otherwise.
	for i := range layouts {
		other := &layouts[i]
		if other.Name == l.Name {
			break
		}
		f, n, ok := other.Parse([]byte(text))
		if !ok || n < len(text) || other.Shape != "" && other.Shape == l.Shape {
			continue
		}
		r := NewResolver(Zone{Location: at.Location(), From: ZoneSource}, at.Year())
		if ns, ok := r.Unix(&f); !ok || !time.Unix(0, ns).Equal(at.Truncate(f.Precision().Unit())) {
			t.Errorf("%q of %s is read by %s as %v", text, l.Name, other.Name, time.Unix(0, ns).UTC())
		}
	}
}

var layoutZones = []*time.Location{time.UTC, time.FixedZone("CEST", 7200), time.FixedZone("PDT", -7*3600)}

func TestLayoutsRoundTrip(t *testing.T) {
	instants := []string{"2026-07-14T14:02:41.123456789Z", "2026-01-02T00:00:00Z", "2024-02-29T23:59:59.999999999Z",
		"2009-06-17T12:34:56.7Z", "2001-12-31T12:00:09.000001Z", "2038-11-10T09:08:07.06Z", "2026-10-05T01:05:00.005Z"}
	for _, l := range Layouts() {
		prints := layoutPrints[l.Name]
		if len(prints) == 0 {
			t.Errorf("layout %s has no row in layoutPrints", l.Name)
		}
		for _, how := range prints {
			for _, s := range instants {
				at, _ := time.Parse(time.RFC3339Nano, s)
				for _, loc := range layoutZones {
					checkLayout(t, &l, how, at.In(loc))
				}
			}
		}
		if _, n, ok := l.Parse([]byte(l.Example)); !ok || n != len(l.Example) {
			t.Errorf("%s does not read its example %q", l.Name, l.Example)
		}
	}
	if len(Layouts()) < 40 || len(layoutPrints) != len(Layouts()) {
		t.Errorf("%d layouts, %d with prints", len(Layouts()), len(layoutPrints))
	}
}

// TestLayoutsFirst wants the right layout to be the first that reads a line, as
// these begin in real logs.
func TestLayoutsFirst(t *testing.T) {
	for _, row := range []struct{ line, name, rest string }{
		{"2026-07-14T14:02:41Z msg", "rfc3339", " msg"},
		{"2026-07-14 14:02:41,123 INFO [main]", "iso-space", " INFO [main]"},
		{"2026-07-14 14:02:41.123 CEST [17] LOG:", "iso-space", " [17] LOG:"},
		{"2026-07-14 14:02:41.123 -0700 PDT m", "iso-space", " m"},
		{"2026-07-14 14:02:41 - INFO - x", "iso-space", " - INFO - x"},
		{"2026-07-14 14:02:41 -1 x", "iso-space", " -1 x"},
		{"2026-07-14 14:02:41, Info CBS", "iso-space", ", Info CBS"},
		{"2026-07-14 14:02:41 TEST x", "iso-space", " TEST x"},
		{"2026-07-14  14:02:41", "iso-loose", ""},
		{"2026/07/14 14:02:41 [error] 31#31", "slash-iso", " [error] 31#31"},
		{"Jul  1 09:00:55 host kernel: x", "rfc3164", " host kernel: x"},
		{"Jul  1 09:00:55.123 UTC: %SYS-5", "rfc3164", ": %SYS-5"},
		{"Jul  1 2026 09:00:55 host", "syslog-year", " host"},
		{"Sun Dec 04 04:47:44 2005] [notice]", "ctime", "] [notice]"},
		{"Tue Jul 14 14:02:41 CEST 2026: x", "date-command", ": x"},
		{"Tue Jul 14 14:02:41.123 <airport>", "weekday-syslog", " <airport>"},
		{"081109 203615 148 INFO dfs", "compact", " 148 INFO dfs"},
		{"17/06/09 20:10:40 INFO executor", "yy-slash", " INFO executor"},
		{"20171223-22:15:29:606|Step", "healthapp", "|Step"},
		{"20171224-0:58:3:5|Step", "healthapp", "|Step"},
		{"2005-06-03-15.42.50.675872 R02", "dashed", " R02"},
		{"2005-06-03-15.42.50.675872+120 I1", "dashed", " I1"},
		{"10.30 16:49:06] chrome.exe", "dot-month-first", "] chrome.exe"},
		{"03-17 16:13:38.811  1702 D x", "logcat", "  1702 D x"},
		{"I0714 14:02:41.123456  1 x.go:7]", "klog", "  1 x.go:7]"},
		{"7/14/26 14:02:41:123 EDT] 00000", "slash-month-first", "] 00000"},
		{"1117838570 2005.06.03 R02", "epoch-s", " 2005.06.03 R02"},
		{"1784037761.123    200 TCP_MISS", "epoch-s", "    200 TCP_MISS"},
		{"14-JUL-26 02.02.41.123456 PM +02:00", "oracle", ""},
		{"14-Jul-2026 14:02:41.123 INFO", "day-month-year", " INFO"},
		{"14 Jul 2026 14:02:41.123 # x", "day-month-year", " # x"},
		{"14 Jul 14:02:41.123 # x", "day-month", " # x"},
		{"Jul 14, 2026 2:02:41 PM org.x", "month-day-year", " org.x"},
		{"260714 14:02:41 [Note]", "mysql", " [Note]"},
		{"20260714140241 x", "basic", " x"},
		{"14:02:41,123 |-INFO", "clock", " |-INFO"},
		{"0714/140241.123:ERROR:gpu.cc(1)] x", "chrome", ":ERROR:gpu.cc(1)] x"},
		{"Jul-14 14:02:41 === Started", "month-dash-day", " === Started"},
		{"Wed Apr 12 22:25 - 22:25  (00:00)", "weekday-syslog", " - 22:25  (00:00)"},
		{"18:58:11 09/04/23,46,42", "clock-month-first", ",46,42"},
		{"59955 188.603 157.245.141.244", "mjd", " 157.245.141.244"},
	} {
		found := ""
		rest := ""
		for _, l := range Layouts() {
			if _, n, ok := l.Parse([]byte(row.line)); ok {
				found, rest = l.Name, row.line[n:]
				break
			}
		}
		if found != row.name || rest != row.rest {
			t.Errorf("%q is read first by %q and leaves %q; want %q and %q", row.line, found, rest, row.name, row.rest)
		}
	}
}

// TestLayoutsRefuse holds beginnings of lines that are no time in any layout.
func TestLayoutsRefuse(t *testing.T) {
	for _, line := range []string{"", "2", "2026", "2026-07-14", "hello world", "    at java.lang.Thread.run", "10.0.0.1 - - [14/Jul",
		"2026-13-14 14:02:41", "2026-02-30T14:02:41Z", "2026-07-14 24:02:41", "2026-07-14 14:60:41", "Jul 32 09:00:55", "Jux 12 09:00:55",
		"99/99/2026 14:02:41", "123456789", "12345678901", "178403776112345678", "9999999999", "1784037761x", "1.2.3.4 14:02:41",
		"123e4567-e89b-12d3", "14:02", "14:02:411", "@40000000", "1784037761abc", "{\"a\":1}", "Mon", "I0714", "00:00:5e:00:53:01 x"} {
		for _, l := range Layouts() {
			if f, n, ok := l.Parse([]byte(line)); ok {
				t.Errorf("%s reads %q of %q as %+v", l.Name, line[:n], line, f)
			}
		}
	}
}

func TestLayoutsAllocateNothing(t *testing.T) {
	r := NewResolver(Zone{Location: mustZone(t, "Europe/Berlin"), From: ZoneSource}, 2026)
	for _, l := range Layouts() {
		line := []byte(l.Example + " INFO x")
		if n := testing.AllocsPerRun(10, func() {
			f, _, _ := l.Parse(line)
			r.Unix(&f)
		}); n > 0 {
			t.Errorf("%s allocates %v times", l.Name, n)
		}
	}
}

// TestZoneNameEnds keeps the quick no of the layouts in step with the table.
func TestZoneNameEnds(t *testing.T) {
	for _, a := range abbreviations {
		if c := a.name[len(a.name)-1]; !zoneNameEnds(c) || len(a.name) < 3 || len(a.name) > 5 {
			t.Errorf("%s is not found by scanZoneName", a.name)
		}
	}
}

// FuzzLayouts prints any instant in every layout and reads it back.
func FuzzLayouts(f *testing.F) {
	f.Add(int64(1784037761), int64(123456789), uint8(0))
	f.Add(int64(1000000000), int64(5), uint8(1))
	f.Add(int64(4102444799), int64(999999999), uint8(2))
	f.Fuzz(func(t *testing.T, sec, nsec int64, zone uint8) {
		// From September 2001, where epochs get their digits, to 2069, where
		// years of two digits end.
		const first, span = 1000000000 + 86400, 3124224000 - 2*86400 - 1000000000
		sec = first + (sec%span+span)%span
		at := time.Unix(sec, (nsec%1e9+1e9)%1e9).In(layoutZones[int(zone)%len(layoutZones)])
		for i := range layouts {
			for _, how := range layoutPrints[layouts[i].Name] {
				checkLayout(t, &layouts[i], how, at)
			}
		}
	})
}

// FuzzLayoutBytes reads any bytes: what is read lies inside them, and its
// fields are those of a date and a clock.
func FuzzLayoutBytes(f *testing.F) {
	for _, l := range Layouts() {
		f.Add([]byte(l.Example))
	}
	r := NewResolver(Zone{Location: mustZone(f, "America/Los_Angeles"), From: ZoneFlag}, 2024)
	f.Fuzz(func(t *testing.T, b []byte) {
		before := bytes.Clone(b)
		for i := range layouts {
			l := &layouts[i]
			got, n, ok := l.Parse(b)
			if n < 0 || n > len(b) || ok != (n > 0) {
				t.Fatalf("%s: %q: n %d, ok %v", l.Name, b, n, ok)
			}
			if ok && !got.IsEpoch && (got.Hour > 23 || got.Minute > 59 || got.Sec > 60 || got.Nsec > 999999999 ||
				l.HasDate && !validDate(got.Year, got.Month, got.Day)) {
				t.Fatalf("%s: %q: %+v", l.Name, b, got)
			}
			r.Unix(&got)
			r.Doubt(&got)
		}
		if !bytes.Equal(before, b) {
			t.Fatal("the bytes were changed")
		}
	})
}

func BenchmarkLayout(b *testing.B) {
	zone := Zone{Location: mustZone(b, "Europe/Berlin"), From: ZoneSource}
	for _, line := range []string{"2026-07-14T14:02:41.123456Z", "2026-07-14T14:02:41Z", "2026-07-14T14:02:41.123456+02:00",
		"2026-07-14 14:02:41,123 INFO x", "2026-07-14 14:02:41.123 CEST x", "Jul 14 14:02:41 host", "14/Jul/2026:14:02:41 +0200",
		"1784037761.123", "I0714 14:02:41.123456", "7/14/2026 2:02:41 PM"} {
		layout := -1
		for i := range layouts {
			if _, _, ok := layouts[i].Parse([]byte(line)); ok {
				layout = i
				break
			}
		}
		b.Run(strings.ReplaceAll(line, " ", "_"), func(b *testing.B) {
			l, text, r := &layouts[layout], []byte(line), NewResolver(zone, 2026)
			b.ReportAllocs()
			for b.Loop() {
				f, _, _ := l.Parse(text)
				r.Unix(&f)
			}
		})
	}
}
