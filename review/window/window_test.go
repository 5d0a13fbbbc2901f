package window

import (
	"testing"
	"time"

	"pir/timeline"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// known makes a timeline with these milestones; a name with "<" in front has
// only an upper bound.
func known(severity timeline.Severity, marks map[string]string) *timeline.Timeline {
	t := &timeline.Timeline{Incident: timeline.Incident{Severity: severity}}
	for _, name := range timeline.Milestones {
		b := timeline.Boundary{Name: name}
		if text, ok := marks[string(name)]; ok {
			b.Time = at(text)
		}
		if text, ok := marks["<"+string(name)]; ok {
			b.NotAfter = at(text)
		}
		t.Milestones = append(t.Milestones, b)
	}
	return t
}

func TestDue(t *testing.T) {
	type want struct {
		due, why string
		atLatest bool
	}
	for _, tt := range []struct {
		name, window string
		timeline     *timeline.Timeline
		in           Input
		want         []want
	}{
		{
			name: "azure counts from the end of impact", window: "azure",
			timeline: known("", map[string]string{"mitigated": "2024-07-30T13:58:00Z", "impact_end": "2024-07-30T19:43:00Z", "resolved": "2024-07-30T21:00:00Z"}),
			want: []want{
				{due: "2024-07-30T19:43:00Z", why: "at once on impact_end (19:43 UTC on 30 July 2024)"},
				{due: "2024-08-02T19:43:00Z", why: "72 hours after impact_end (19:43 UTC on 30 July 2024)"},
				{due: "2024-08-13T19:43:00Z", why: "14 days after impact_end (19:43 UTC on 30 July 2024)"},
			},
		},
		{
			name: "the first anchor that is known", window: "azure",
			timeline: known("", map[string]string{"<impact_end": "2024-07-30T20:00:00Z", "mitigated": "2024-07-30T13:58:00Z"}),
			want: []want{
				{due: "2024-07-30T13:58:00Z", why: "at once on mitigated (13:58 UTC on 30 July 2024)"},
				{due: "2024-08-02T13:58:00Z", why: "72 hours after mitigated (13:58 UTC on 30 July 2024)"},
				{due: "2024-08-13T13:58:00Z", why: "14 days after mitigated (13:58 UTC on 30 July 2024)"},
			},
		},
		{
			name: "only a bound is known", window: "azure",
			timeline: known("", map[string]string{"<impact_end": "2024-07-30T20:00:00Z"}),
			want: []want{
				{due: "2024-07-30T20:00:00Z", atLatest: true, why: "at once on impact_end (at the latest 20:00 UTC on 30 July 2024)"},
				{due: "2024-08-02T20:00:00Z", atLatest: true, why: "72 hours after impact_end (at the latest 20:00 UTC on 30 July 2024)"},
				{due: "2024-08-13T20:00:00Z", atLatest: true, why: "14 days after impact_end (at the latest 20:00 UTC on 30 July 2024)"},
			},
		},
		{
			name: "nothing is known", window: "azure", timeline: known("", nil),
			want: []want{
				{why: "no due date: impact_end, mitigated and resolved are not known"},
				{why: "no due date: impact_end, mitigated and resolved are not known"},
				{why: "no due date: impact_end, mitigated and resolved are not known"},
			},
		},
		{
			name: "critical incidents have three days", window: "pagerduty",
			timeline: known(timeline.SeverityCritical, map[string]string{"resolved": "2024-08-01T10:00:00Z"}),
			want:     []want{{due: "2024-08-04T10:00:00Z", why: "3 days after resolved (10:00 UTC on 1 August 2024)"}},
		},
		{
			name: "others five working days, over a weekend", window: "pagerduty",
			timeline: known(timeline.SeverityMajor, map[string]string{"resolved": "2024-08-01T10:00:00Z"}),
			want:     []want{{due: "2024-08-08T10:00:00Z", why: "5 business days after resolved (10:00 UTC on 1 August 2024)"}},
		},
		{
			name: "a month from what was sent", window: "nis2", timeline: known("", nil),
			in: Input{
				Given:     map[string]time.Time{"aware": at("2024-01-28T12:00:00Z")},
				Published: map[string]time.Time{"notification": at("2024-01-31T09:00:00Z")},
			},
			want: []want{
				{due: "2024-01-29T12:00:00Z", why: "24 hours after aware (12:00 UTC on 28 January 2024)"},
				{due: "2024-01-31T12:00:00Z", why: "72 hours after aware (12:00 UTC on 28 January 2024)"},
				{due: "2024-02-29T09:00:00Z", why: "1 month after notification (09:00 UTC on 31 January 2024)"},
			},
		},
		{
			name: "the backstop comes first", window: "eu-dora", timeline: known("", nil),
			in: Input{Given: map[string]time.Time{"aware": at("2025-03-03T08:00:00Z"), "classified": at("2025-03-04T06:00:00Z")}},
			want: []want{
				{due: "2025-03-04T08:00:00Z", why: "24 hours after aware (08:00 UTC on 3 March 2025), whatever comes first"},
				{due: "2025-03-07T08:00:00Z", atLatest: true, why: "72 hours after initial (at the latest 08:00 UTC on 4 March 2025)"},
				{due: "2025-04-07T08:00:00Z", atLatest: true, why: "1 month after intermediate (at the latest 08:00 UTC on 7 March 2025)"},
			},
		},
		{
			name: "classified after the backstop", window: "eu-dora", timeline: known("", nil),
			in: Input{Given: map[string]time.Time{"aware": at("2025-03-03T08:00:00Z"), "classified": at("2025-03-05T06:00:00Z")}},
			want: []want{
				{due: "2025-03-05T10:00:00Z", why: "4 hours after classified (06:00 UTC on 5 March 2025)"},
				{due: "2025-03-08T10:00:00Z", atLatest: true, why: "72 hours after initial (at the latest 10:00 UTC on 5 March 2025)"},
				{due: "2025-04-08T10:00:00Z", atLatest: true, why: "1 month after intermediate (at the latest 10:00 UTC on 8 March 2025)"},
			},
		},
		{
			name: "no window", window: "none", timeline: known("", map[string]string{"resolved": "2024-08-01T10:00:00Z"}),
			want: []want{{why: "this window sets no due date"}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, ok := Find(tt.window)
			if !ok {
				t.Fatalf("no window %q", tt.window)
			}
			got := Due(tt.timeline, w, tt.in)
			if len(got) != len(tt.want) {
				t.Fatalf("got %d stages, want %d", len(got), len(tt.want))
			}
			for i, s := range got {
				due := ""
				if !s.Due.IsZero() {
					due = s.Due.Format(time.RFC3339)
				}
				if (want{due, s.Why, s.AtLatest}) != tt.want[i] {
					t.Errorf("%s:\n got %q %q %v\nwant %+v", s.Name, due, s.Why, s.AtLatest, tt.want[i])
				}
			}
		})
	}
}

func TestPresetsAreWhole(t *testing.T) {
	for _, w := range Presets() {
		if w.Name == "" || w.Doc == "" || len(w.Stages) == 0 {
			t.Errorf("%+v lacks a name, a line or stages", w)
		}
		seen := map[string]bool{}
		for _, r := range w.Stages {
			if r.Form != FormStatement && r.Form != FormPreliminary && r.Form != FormFinal {
				t.Errorf("%s %s: form %q", w.Name, r.Name, r.Form)
			}
			if r.Backstop != nil && r.Offset.Unit == "" || r.Name == "" || len(r.Requires) == 0 {
				t.Errorf("%s: %+v is not whole", w.Name, r)
			}
			for _, a := range r.Anchors {
				if len(a) > 6 && a[:6] == "stage:" && !seen[a[6:]] {
					t.Errorf("%s %s counts from a stage that does not come before it: %s", w.Name, r.Name, a)
				}
			}
			seen[r.Name] = true
		}
		rules := w.Rules("")
		for i, r := range rules {
			for _, later := range rules[i+1:] {
				if r.Name == later.Name {
					t.Errorf("%s: two rules of %s hold at once", w.Name, r.Name)
				}
			}
		}
	}
}
