package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pir/internal/when"
	"pir/timeline"
)

// clock is a time of the incident that the tests draw.
func clock(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", "2025-09-12 "+text)
	if err != nil {
		panic(err)
	}
	return t
}

// cite is evidence at a place.
func cite(origin string) []timeline.Evidence {
	return []timeline.Evidence{{Origin: origin, Quote: "quoted"}}
}

// drawn is a timeline that has a little of everything, with hostile text.
func drawn() *timeline.Timeline {
	line := timeline.LineOrigin
	t := &timeline.Timeline{
		Incident: timeline.Incident{
			ID: "PW-2025-31", Title: "iDEAL payments failed after checkout 2.41.0", Severity: timeline.SeverityMajor,
			Components: []string{"checkout"}, Display: time.FixedZone("Europe/Amsterdam", 7200),
		},
		From: clock("09:00:00"), To: clock("10:30:00"),
	}
	t.Milestones = []timeline.Boundary{
		{Name: timeline.Trigger, Time: clock("09:02:00"), End: clock("09:04:00"), Precision: when.Minute, Rung: timeline.RungRecorded, Evidence: cite("deploys.json#/0")},
		{Name: timeline.ImpactStart, Episode: 1, Time: clock("09:04:10"), Precision: when.Second, Rung: timeline.RungMeasured, Evidence: cite("checkout.jsonl:112")},
		{Name: timeline.Detected, Time: clock("09:09:30"), Precision: when.Second, Rung: timeline.RungRecorded, By: timeline.ByMonitor, Evidence: cite("alerts.json#/alerts/0")},
		{Name: timeline.Declared},
		{Name: timeline.Mitigated, Episode: 1, Time: clock("09:43:00"), Precision: when.Minute, Rung: timeline.RungStated, Conflict: true,
			Evidence: cite("notes.md:14"), Alternatives: []timeline.Alternative{
				{Time: clock("09:41:00"), Precision: when.Minute, Rung: timeline.RungMeasured, Evidence: cite("checkout.jsonl:400")}}},
		{Name: timeline.ImpactEnd, Episode: 1, NotAfter: clock("10:00:00"), Precision: when.Minute, Rung: timeline.RungPosted, Evidence: cite("status.json#/incidents/0/incident_updates/0")},
	}
	t.Phases = []timeline.Phase{
		{Name: "undetected", Start: clock("09:04:10"), End: clock("09:09:30"), Known: true},
		{Name: "diagnosis", Start: clock("09:09:30"), End: clock("09:30:00"), Known: true, Includes: []string{"triage"}},
		{Name: "mitigation", Start: clock("09:30:00"), End: clock("09:43:00"), Known: true},
		{Name: "recovery"},
	}
	t.Metrics = []timeline.Metric{
		{Name: "time_to_detect", Value: 320, Unit: timeline.UnitSeconds, Known: true, From: timeline.ImpactStart, To: timeline.Detected},
		{Name: "time_to_recover", AtMost: 3350, Unit: timeline.UnitSeconds, From: timeline.ImpactStart, To: timeline.ImpactEnd},
		{Name: "time_to_identify", Unit: timeline.UnitSeconds},
		{Name: "updates", Value: 4, Unit: timeline.UnitCount, Known: true},
	}
	t.Events = []timeline.Event{
		{Time: clock("09:02:00"), Precision: when.Minute, Kind: timeline.KindChange, Title: "deploy checkout 2.41.0", Origins: []timeline.Origin{timeline.PointerOrigin("deploys.json", "/0")}, Milestone: timeline.Trigger},
		{Time: clock("09:09:30"), Precision: when.Second, Kind: timeline.KindAlert, Title: "HighErrorRate firing on checkout", Count: 3, Origins: []timeline.Origin{timeline.PointerOrigin("alerts.json", "/alerts/0"), timeline.PointerOrigin("alerts.json", "/alerts/4")}, Milestone: timeline.Detected},
		{Time: clock("09:20:00"), Precision: when.Minute, Approx: true, Kind: timeline.KindNote, Actor: "Ilse", Title: "a row with | <script>alert(1)</script> {{.}} **x** \x1b[31mred, and so many words behind it that it must be wrapped, twice even, before it ends, and it does not end before an ellipsis", Origins: []timeline.Origin{line("notes.md", 9)}},
		{Time: clock("09:43:00"), Precision: when.Minute, Kind: timeline.KindNote, Title: "rollback is done", Origins: []timeline.Origin{line("notes.md", 14)}, Milestone: timeline.Mitigated},
		{Time: clock("09:50:00"), Precision: when.Minute, Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Title: "Provider: resolved", Origins: []timeline.Origin{timeline.PointerOrigin("provider.json", "/incidents/0/incident_updates/12/body")}},
		{Time: clock("23:00:00"), Kind: timeline.KindNote, Title: "outside", Flags: []string{timeline.FlagOutside}},
		{Kind: timeline.KindNote, Title: "no time", Origins: []timeline.Origin{line("notes.md", 20)}},
	}
	t.Bursts = []timeline.Burst{{
		ID: "b1", Source: "log", Component: "checkout", Start: clock("09:04:00"), End: clock("09:41:00"), RateBefore: 0.4,
		Rate: 37.25, RateAfter: 0.5, Failed: 1378, Total: 5120,
		First: timeline.Evidence{Origin: "checkout.jsonl:112"}, Last: timeline.Evidence{Origin: "checkout.jsonl:1490"},
	}}
	t.Signals = []timeline.Signal{{Change: "new", Count: 1378, Pattern: "payment <str> failed: no issuer", Origin: line("checkout.jsonl", 112)}}
	t.Sources = []timeline.Source{{Name: "log"}, {Name: "notes"}}
	t.Warnings = []timeline.Warning{{Code: timeline.WarnConflict, Message: "mitigated: 09:43 against 09:41", Evidence: cite("checkout.jsonl:400")}, {Code: timeline.WarnRecordMalformed}, {Code: timeline.WarnRecordMalformed}}
	counts := make([]int64, 90)
	for i := range counts {
		if i >= 4 && i < 41 {
			counts[i] = 37
		}
	}
	t.Series = []timeline.Series{{Source: "log", Component: "checkout", Level: "error", Start: t.From, Step: time.Minute, Counts: counts}}
	return t
}

// TestTable compares the table at several widths, plain and in color.
func TestTable(t *testing.T) {
	for _, c := range []struct {
		file  string
		width int
		color bool
	}{{"80.golden", 80, false}, {"120.golden", 120, false}, {"60.golden", 60, false}, {"color.golden", 100, true}} {
		var b bytes.Buffer
		tab := &table{printer: printer{w: &b}, t: drawn(), width: c.width, style: style{on: c.color}, zone: drawn().Incident.Display}
		tab.draw()
		name := filepath.Join("testdata", "table", c.file)
		if *update {
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s: want -, got +\n%s", c.file, diff)
		}
	}
}

// TestTableFits: no line but one that is a citation alone is wider than asked,
// and nothing but the table's own colors escapes.
func TestTableFits(t *testing.T) {
	for n := minWidth; n <= maxWidth; n++ {
		var b bytes.Buffer
		tab := &table{printer: printer{w: &b}, t: drawn(), width: n}
		tab.draw()
		for line := range bytes.Lines(b.Bytes()) {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if width(string(line)) > n && bytes.Contains(bytes.TrimSpace(line), []byte(" ")) {
				t.Errorf("at %d: %d cells: %q", n, width(string(line)), line)
			}
			if bytes.ContainsRune(line, 0x1b) {
				t.Errorf("at %d: an escape: %q", n, line)
			}
		}
	}
}
