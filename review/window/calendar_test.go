package window

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// summaries are texts that a calendar must give back as they were.
var summaries = []string{
	"Final review: checkout", "a, b; c\\d", "two\nlines", "", "Überfällig: 支払い 🚨", strings.Repeat("é", 200),
	strings.Repeat("x", 74), strings.Repeat("x", 75), strings.Repeat("x", 76), "BEGIN:VEVENT\nEND:VCALENDAR", "👩‍👩‍👧‍👦" + strings.Repeat("👩‍👩‍👧‍👦", 30),
}

// checkCalendar reads what ICS wrote with a library of somebody else's.
func checkCalendar(t *testing.T, summary string) {
	t.Helper()
	stamp, due := at("2025-01-02T03:04:05Z"), at("2025-09-24T13:20:44Z")
	data := ICS(stamp, []Entry{{Key: "a", Time: due, Summary: summary, Description: "why: " + summary}, {Key: "b", Time: due, Summary: summary, Done: true}})
	for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line %q is too long, or cut inside a character", line)
		}
	}
	c, err := ics.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	events := c.Events()
	if len(events) != 2 || len(c.Components) != 2 {
		t.Fatalf("%d events in\n%s", len(events), data)
	}
	for i, want := range []string{summary, "Published: " + summary} {
		e := events[i]
		if got := textOf(e, ics.ComponentPropertySummary); got != want {
			t.Errorf("summary %q, want %q", got, want)
		}
		start, err := e.GetStartAt()
		if err != nil || !start.Equal(due) {
			t.Errorf("starts %v %v", start, err)
		}
		if made, err := e.GetDtStampTime(); err != nil || !made.Equal(stamp) {
			t.Errorf("stamp %v %v", made, err)
		}
		if alarms := len(e.Alarms()); alarms != 1-i {
			t.Errorf("event %d has %d alarms", i, alarms)
		}
	}
	if got := textOf(events[0], ics.ComponentPropertyDescription); got != "why: "+summary {
		t.Errorf("description %q", got)
	}
	if events[0].Id() == events[1].Id() {
		t.Error("two entries have one UID")
	}
}

func textOf(e *ics.VEvent, p ics.ComponentProperty) string {
	property := e.GetProperty(p)
	if property == nil {
		return ""
	}
	return property.Value
}

func TestICS(t *testing.T) {
	for _, s := range summaries {
		checkCalendar(t, s)
	}
}

// TestICSMoves: the date of an entry moves, its name stays.
func TestICSMoves(t *testing.T) {
	first := ICS(at("2025-01-01T00:00:00Z"), []Entry{{Key: "k", Time: at("2025-02-01T00:00:00Z"), Summary: "s"}})
	again := ICS(at("2025-01-01T00:00:00Z"), []Entry{{Key: "k", Time: at("2025-03-01T00:00:00Z"), Summary: "s"}})
	if want := bytes.ReplaceAll(first, []byte("20250201"), []byte("20250301")); !bytes.Equal(again, want) {
		t.Errorf("got\n%s\nwant\n%s", again, want)
	}
}

func FuzzICS(f *testing.F) {
	if len(summaries) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range summaries {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range s {
			if r == utf8.RuneError || r < 0x20 && r != '\n' || r >= 0x7f && r < 0xa0 {
				t.Skip("such characters are replaced")
			}
		}
		checkCalendar(t, s)
	})
}

func TestStand(t *testing.T) {
	w, _ := Find("azure")
	known := known("", map[string]string{"impact_end": "2024-07-30T19:43:00Z"})
	for _, c := range []struct {
		name, now string
		in        Input
		want      []string
	}{
		{"nothing done", "2024-08-01T19:43:00Z", Input{}, []string{"overdue by 2 d", "in 1 d", "in 12 d"}},
		{"the minute itself is in time", "2024-08-02T19:43:00Z", Input{Reached: "preliminary"},
			[]string{"passed, no time written down", "in 0 s", "in 11 d"}},
		{"one went out early", "2024-08-03T19:43:00Z", Input{Published: map[string]time.Time{"preliminary": at("2024-08-02T16:43:00Z")}},
			[]string{"passed, no time written down", "published, 3 h early", "in 10 d"}},
		{"one went out late, one in time", "2024-08-14T19:43:00Z", Input{Published: map[string]time.Time{
			"statement": at("2024-07-30T20:00:00Z"), "preliminary": at("2024-08-02T19:43:00Z"), "final": {}}},
			[]string{"published, 17 min late", "published in time", "published"}},
		{"all late", "2024-08-14T19:43:00Z", Input{}, []string{"overdue by 15 d", "overdue by 12 d", "overdue by 1 d"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, st := range Stand(Due(known, w, c.in), c.in, at(c.now)) {
				if got := st.Words(); got != c.want[i] {
					t.Errorf("%s: %q, want %q", st.Name, got, c.want[i])
				}
			}
		})
	}
	bound := &Stage{Name: "s", Due: at("2024-08-02T00:00:00Z"), AtLatest: true}
	if got := Stand([]Stage{*bound}, Input{}, at("2024-08-01T00:00:00Z"))[0].Words(); got != "in 1 d at the latest" {
		t.Error(got)
	}
	if got := Stand([]Stage{{Name: "s"}}, Input{}, at("2024-08-01T00:00:00Z"))[0].Words(); got != "no due date" {
		t.Error(got)
	}
}
