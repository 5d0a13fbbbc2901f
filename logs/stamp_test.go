package logs

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }

func TestYears(t *testing.T) {
	june := date(2024, 6, 15)
	for _, c := range []struct {
		name       string
		hints      yearHints
		month, day int
		want       int
		from       string
	}{
		{"given", yearHints{given: 2021, anchor: june}, 7, 30, 2021, yearGiven},
		{"given, from December on", yearHints{given: 2021, first: when.Fields{Month: 12, Day: 30}}, 12, 31, 2021, yearGiven},
		{"given, run on into January", yearHints{given: 2021, first: when.Fields{Month: 12, Day: 30}}, 1, 2, 2022, yearGiven},
		{"given, jitter at the start", yearHints{given: 2021, first: when.Fields{Month: 1, Day: 1}}, 12, 31, 2020, yearGiven},
		{"incident", yearHints{anchor: date(2024, 7, 30), neighbour: date(2020, 1, 1)}, 7, 29, 2024, yearIncident},
		{"incident in January, log of December", yearHints{anchor: date(2024, 1, 2)}, 12, 31, 2023, yearIncident},
		{"incident in December, log of January", yearHints{anchor: date(2023, 12, 31)}, 1, 1, 2024, yearIncident},
		{"neighbours", yearHints{neighbour: june, gzip: date(2020, 1, 1)}, 6, 1, 2024, yearNear},
		{"gzip header", yearHints{gzip: date(2024, 1, 3), file: june}, 12, 20, 2023, yearGzip},
		{"gzip header, the same day", yearHints{gzip: date(2024, 1, 3)}, 1, 3, 2024, yearGzip},
		{"file time", yearHints{file: date(2022, 3, 1)}, 2, 28, 2022, yearFile},
		{"nothing", yearHints{}, 2, 28, 0, yearUnknown},
	} {
		span := c.hints.settle()
		f := when.Fields{Month: c.month, Day: c.day}
		span.complete(&f)
		if f.Year != c.want || span.from != c.from {
			t.Errorf("%s: year %d from %s, want %d from %s", c.name, f.Year, span.from, c.want, c.from)
		}
	}
}

func TestYearIsToldWhereItCameFrom(t *testing.T) {
	log := "Dec 31 23:59:58 db1 su: one\nJan  1 00:00:02 db1 su: two\n"
	for _, c := range []struct {
		name        string
		file        File
		opt         Options
		other       string
		first, last string
		from, warns string
	}{
		{"given", File{Year: 2023}, Options{}, "", "2023-12-31", "2024-01-01", "given", ""},
		{"anchor", File{}, Options{Anchor: date(2025, 1, 2)}, "", "2024-12-31", "2025-01-01", "incident", timeline.WarnYearInferred},
		{"neighbour", File{}, Options{}, "2022-12-30T10:00:00Z hello\n", "2022-12-31", "2023-01-01", "neighbours", timeline.WarnYearInferred},
		{"unknown", File{}, Options{}, "", "", "", "", timeline.WarnYearInferred},
	} {
		files := fstest.MapFS{"a": {Data: []byte(log)}, "b": {Data: []byte(c.other)}}
		f := c.file
		f.FS, f.Path, f.Name, f.Source = files, "a", "a", "a"
		f.Zone = when.Zone{Location: time.UTC, From: when.ZoneFlag}
		list := []File{f}
		if c.other != "" {
			list = append(list, File{FS: files, Path: "b", Name: "b", Source: "b"})
		}
		res, err := Scan(t.Context(), list, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		s := res.Sources[0]
		if c.first == "" {
			if s.Undated != 2 || !s.First.IsZero() {
				t.Errorf("%s: %+v", c.name, s)
			}
		} else if s.First.Format(time.DateOnly) != c.first || s.Last.Format(time.DateOnly) != c.last || s.YearFrom != c.from || s.OutOfOrder != 0 {
			t.Errorf("%s: %+v", c.name, s)
		}
		var codes []string
		for _, w := range res.Warnings {
			codes = append(codes, w.Code)
		}
		if strings.Join(codes, " ") != c.warns {
			t.Errorf("%s: warnings %v", c.name, res.Warnings)
		}
	}
}

// TestClocksGetADay dates clocks that have no date: from what the file says
// first, from its name, from the incident, from the time of the file.
func TestClocksGetADay(t *testing.T) {
	at := func(s string) time.Time { v, _ := time.Parse(time.DateTime, s); return v }
	clock := func(h, m int) when.Fields { return when.Fields{Hour: h, Minute: m} }
	for _, c := range []struct {
		name  string
		hints yearHints
		clock when.Fields
		want  string
		from  string
	}{
		{"name", yearHints{path: "2023-01-01/app-20240730.log", first: clock(11, 0)}, clock(11, 5), "2024-07-30", yearName},
		{"past midnight", yearHints{path: "app_2024_12_31.log", first: clock(22, 0)}, clock(0, 5), "2025-01-01", yearName},
		{"jitter before midnight", yearHints{path: "app-2024-07-30_000000.log", first: clock(0, 0)}, clock(23, 59), "2024-07-29", yearName},
		{"head", yearHints{path: "x-20200101", head: civil{2024, 7, 30}, first: clock(9, 0)}, clock(10, 0), "2024-07-30", yearHead},
		{"incident", yearHints{anchor: at("2024-07-30 12:00:00"), first: clock(0, 0)}, clock(23, 0), "2024-07-30", yearIncident},
		{"incident after midnight", yearHints{anchor: at("2024-07-30 02:00:00"), first: clock(22, 0)}, clock(1, 0), "2024-07-30", yearIncident},
		{"incident before the log", yearHints{anchor: at("2024-07-30 10:00:00"), first: clock(11, 0)}, clock(12, 0), "2024-07-30", yearIncident},
		{"file time", yearHints{file: at("2024-07-30 02:00:00"), first: clock(22, 0)}, clock(23, 0), "2024-07-29", yearFile},
		{"no date in the name", yearHints{path: "app-20241399-v2024.1.2.log", first: clock(22, 0)}, clock(23, 0), "0000-00-00", yearUnknown},
	} {
		c.hints.clock, c.hints.zone = true, time.UTC
		span := c.hints.settle()
		f := c.clock
		span.complete(&f)
		if got := fmt.Sprintf("%04d-%02d-%02d", f.Year, f.Month, f.Day); got != c.want || span.from != c.from {
			t.Errorf("%s: %s from %s, want %s from %s", c.name, got, span.from, c.want, c.from)
		}
	}
}

// TestLogOverManyYears turns the year where dates without one go back, however the
// file is cut.
func TestLogOverManyYears(t *testing.T) {
	var b strings.Builder
	for range 3 {
		for _, day := range []string{"Mar  1", "Jul  1", "Nov 30"} {
			b.WriteString(day + " 10:00:00 db1 su: hello\n")
		}
	}
	files := []File{{FS: oneFile([]byte(b.String())), Path: "app.log", Name: "app.log", Source: "app.log"}}
	for _, size := range []int{40, 100, chunkSize} {
		res := scanInChunks(t, files, Options{Anchor: anchor()}, size)
		s := res.Sources[0]
		if s.First.Year() != 2022 || s.Last.Year() != 2024 || s.OutOfOrder != 0 {
			t.Errorf("chunks of %d: %s to %s, %d out of order", size, s.First, s.Last, s.OutOfOrder)
		}
		if !slices.ContainsFunc(res.Warnings, func(w timeline.Warning) bool { return strings.Contains(w.Message, "run on over 3 years") }) {
			t.Errorf("chunks of %d: warnings %v", size, res.Warnings)
		}
	}
}

// TestClocksGoBack tells the second pass of an hour, however the file is cut.
func TestClocksGoBack(t *testing.T) {
	zone, err := when.LoadZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	start := time.Date(2025, 10, 25, 22, 0, 0, 0, time.UTC)
	for i := range 360 {
		at := start.Add(time.Duration(i) * time.Minute)
		fmt.Fprintf(&b, "%s INFO utc=%s\n", at.In(zone).Format("2006-01-02 15:04:05"), at.Format("15:04"))
	}
	files := []File{{
		FS: oneFile([]byte(b.String())), Path: "app.log", Name: "app.log", Source: "app.log",
		Zone: when.Zone{Location: zone, From: when.ZoneFlag},
	}}
	for _, size := range []int{100, 1000, 6300, chunkSize} {
		res := scanInChunks(t, files, Options{}, size)
		s := res.Sources[0]
		if s.OutOfOrder != 0 || !s.Last.Equal(start.Add(359*time.Minute)) || len(res.Warnings) != 0 {
			t.Errorf("chunks of %d: %d out of order, last %s, warnings %v", size, s.OutOfOrder, s.Last, res.Warnings)
		}
	}
	var merged bytes.Buffer
	if _, err := Lines(t.Context(), files, Options{}, &merged); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(merged.String()) {
		if clock := line[len("2025-10-25T"):len("2025-10-25T22:00")]; !strings.HasSuffix(line, "utc="+clock+"\n") {
			t.Errorf("not its own time: %s", line)
		}
	}
}

// TestDayOrderOfLargeFiles settles the order of day and month where the head of a
// large file does not: from stretches of it, or, where they miss the proof, by
// reading it again.
func TestDayOrderOfLargeFiles(t *testing.T) {
	large := func(days, missed int) []byte {
		var b bytes.Buffer
		at := time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)
		step := time.Duration(days) * 24 * time.Hour / 120_000
		for i := range 120_000 {
			if i == missed {
				b.WriteString("13/04/2025 10:00:00 ERROR proof\n")
			}
			fmt.Fprintf(&b, "%s INFO n=%06d %s\n", at.Format("02/01/2006 15:04:05"), i, strings.Repeat("x", 20))
			at = at.Add(step)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name   string
		data   []byte
		last   string
		detail string
	}{
		{"lines that run on", large(9, -1), "2025-04-09", "lines that run on"},
		{"dates", large(14, -1), "2025-04-14", "dates that are none"},
		{"a date between the stretches", large(1, 61_234), "2025-04-13", "dates that are none"},
		{"nothing", large(1, -1), "2025-01-04", "could be the other way round"},
		{"packed", packed(t, large(9, -1)), "2025-04-09", "lines that run on"},
	} {
		s := scanAll(t, oneFile(c.data), Options{}).Sources[0]
		if s.Last.Format(time.DateOnly) != c.last || s.Malformed != 0 || !strings.Contains(s.Detail, c.detail) {
			t.Errorf("%s: last %s, %d malformed, %s", c.name, s.Last, s.Malformed, s.Detail)
		}
	}
}

func TestDayFirstIsSettledOverTheHead(t *testing.T) {
	for _, c := range []struct{ name, log, first, detail string }{
		{"day first", "04/07/2026 14:02:41 INFO a\n14/07/2026 14:02:42 INFO b\n", "2026-07-04", ""},
		{"month first", "07/04/2026 14:02:41 INFO a\n07/14/2026 14:02:42 INFO b\n", "2026-07-04", ""},
		{"by order", "05/03/2026 14:02:41 INFO a\n04/04/2026 14:02:42 INFO b\n", "2026-03-05", ""},
		{"either", "04/07/2026 14:02:41 INFO a\n05/07/2026 14:02:42 INFO b\n", "", "the other way round"},
		{"in JSON", "{\"time\":\"04/07/2026 14:02:41\",\"msg\":\"a\"}\n{\"time\":\"14/07/2026 14:02:42\",\"msg\":\"b\"}\n", "2026-07-04", ""},
	} {
		s := scanAll(t, oneFile([]byte(c.log)), Options{}).Sources[0]
		if s.InWindow != 2 || c.first != "" && s.First.Format(time.DateOnly) != c.first {
			t.Errorf("%s: %d dated, first %s", c.name, s.InWindow, s.First)
		}
		if !strings.Contains(s.Detail, c.detail) || c.detail == "" && strings.Contains(s.Detail, "other way") {
			t.Errorf("%s: detail %q", c.name, s.Detail)
		}
	}
}
