package review

import (
	"strings"
	"testing"

	"pir/timeline"
)

// TestMasked: what opens something is in no text of the copy, and the timeline
// that was given stays as it was.
func TestMasked(t *testing.T) {
	const secret = "password=Tr0ub" + "4dour&3"
	ev := []timeline.Evidence{{ID: "e1", Origin: "a:1", Quote: "quote " + secret}}
	given := &timeline.Timeline{
		Incident:   timeline.Incident{Title: "title " + secret},
		Events:     []timeline.Event{{ID: "e1", Title: secret, Body: "body " + secret, Raw: "raw " + secret, URL: "https://x.example/?token=a1b2" + "c3d4e5f6", Claims: []timeline.Claim{{Quote: secret}}, Action: &timeline.Action{Text: secret}}},
		Milestones: []timeline.Boundary{{Rule: secret, Evidence: ev, Alternatives: []timeline.Alternative{{Rule: secret, Evidence: ev}}}},
		Episodes:   []timeline.Episode{{Evidence: ev}},
		Signals:    []timeline.Signal{{Pattern: secret, Sample: secret}},
		Bursts:     []timeline.Burst{{First: ev[0], Last: ev[0]}},
		Sources:    []timeline.Source{{Provenance: secret, Detail: secret}},
		Actions:    []timeline.Action{{Text: secret, Link: "https://x:" + "Tr0ub4dour@y.example", Evidence: ev}},
		Figures:    []timeline.Figure{{Measure: secret, Evidence: ev}},
		Dropped:    []timeline.Dropped{{Title: secret, Reason: secret}},
		Warnings:   []timeline.Warning{{Message: secret, Evidence: ev}},
	}
	text := func(t *testing.T, tl *timeline.Timeline) string {
		var b strings.Builder
		if err := tl.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		for _, e := range tl.Events {
			b.WriteString(e.Raw + e.Claims[0].Quote + e.Action.Text)
		}
		for _, d := range tl.Dropped {
			b.WriteString(d.Title + d.Reason)
		}
		return b.String()
	}
	before := text(t, given)
	out := text(t, masked(given, Options{}))
	if strings.Contains(out, "Tr0ub") || strings.Contains(out, "c3d4") || strings.Count(out, "password=[password-1]") < 15 {
		t.Errorf("the copy says %s", out)
	}
	if text(t, given) != before || !strings.Contains(before, "Tr0ub") {
		t.Error("the timeline that was given is another now")
	}
	if off := masked(given, Options{Redact: RedactOff}); off != given {
		t.Error("nothing is to be masked, and something is")
	}
	if again := masked(masked(given, Options{}), Options{}); text(t, again) != out {
		t.Error("masked twice is another text")
	}
}
