package review

import (
	"fmt"
	"strings"
	"testing"

	"pir/internal/when"
	"pir/timeline"
)

// questionsOf tells the questions of a timeline, one to a line, with the places
// that they cite.
func questionsOf(tl *timeline.Timeline) string {
	p := newPage(tl, Options{}, nil, "")
	var b strings.Builder
	for _, q := range p.Questions() {
		fmt.Fprint(&b, string(q.What))
		for _, e := range q.Refs.evidence {
			fmt.Fprint(&b, " <", e.Origin, ">")
		}
		fmt.Fprintln(&b)
	}
	return b.String()
}

// TestUnrecognisedIsAsked: rows that no rule understood are named in the
// question, with a citation; the page does not say that nobody wrote it down.
func TestUnrecognisedIsAsked(t *testing.T) {
	rows := []timeline.Event{
		note("e1", "notes", 3, "10:02", "queue errors, mail is late"),
		note("e2", "notes", 4, "10:05", "Noor calls, a customer complains"),
		note("e3", "notes", 5, "10:20", "bounced the brokers, then a restart of the relay"),
		note("e4", "notes", 6, "10:40", "mail is back to normal again"),
		note("e5", "notes", 7, "10:41", "tea"),
	}
	other := rows[3]
	other.ID, other.Party = "e6", timeline.PartyUpstream
	got := questionsOf(&timeline.Timeline{Events: append(rows, other)})
	for _, want := range []string{
		"When were the first users hurt? Nothing in the records was recognised as the start of the impact. Was it 10:02 “queue errors, mail is late”? <notes.md:3>\n",
		"When was it noticed, and by whom? Nothing in the records was recognised as the detection. Was it 10:05 “Noor calls, a customer complains”? <notes.md:4>\n",
		"When did the first attempt to mitigate start? Nothing in the records was recognised as an attempt. Was it 10:20 “bounced the brokers, then a restart of the relay”? <notes.md:5>\n",
		"When was the main impact over? Nothing in the records was recognised as its end. Was it 10:40 “mail is back to normal again”? <notes.md:6>\n",
		"When was the cause understood? Nothing in the records was recognised as that.\n",
		"What set it off? Nothing in the records was recognised as the trigger.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %sin:\n%s", want, got)
		}
	}
	if strings.Contains(got, "No record says so") {
		t.Errorf("a statement that nobody can stand for:\n%s", got)
	}
}

// TestManyLikelyRowsAreThree: a question names the likeliest rows and no more.
func TestManyLikelyRowsAreThree(t *testing.T) {
	got := questionsOf(&timeline.Timeline{Events: events(timeline.KindNote, 9, func(i int) string { return fmt.Sprint("errors ", i) })})
	if want := "Was it 10:00 “errors 0”, or 10:01 “errors 1”, or 10:02 “errors 2”?"; !strings.Contains(got, want) {
		t.Errorf("no %s in:\n%s", want, got)
	}
}

// TestUndecidedTriggerIsAsked: what came shortly before is a question and no
// statement, whether the timeline names it as a candidate or not.
func TestUndecidedTriggerIsAsked(t *testing.T) {
	deploy := note("e1", "notes", 3, "09:58", "Rolled out relay 7")
	early := note("e2", "notes", 2, "07:00", "Rolled out relay 6")
	deploy.Kind, early.Kind = timeline.KindChange, timeline.KindChange
	start := mark(timeline.ImpactStart, "10:03", timeline.RungStated, cite(deploy))
	named := timeline.Boundary{Name: timeline.Trigger, Alternatives: []timeline.Alternative{{Time: at("09:58"), Precision: when.Minute, Evidence: cite(deploy)}}}
	tl := &timeline.Timeline{Events: []timeline.Event{early, deploy}, Milestones: []timeline.Boundary{named, start}}
	if got, want := questionsOf(tl), "Was “Rolled out relay 7”, 09:58, the trigger? It came before the impact; no record says that it set it off. <notes.md:3>\n"; !strings.Contains(got, want) {
		t.Errorf("no %sin:\n%s", want, got)
	}
	body := page(t, tl, Options{Stage: "preliminary"})
	if want := "What set it off is not decided: what came shortly before is an open question"; !strings.Contains(body, want) || strings.Contains(body, "**What set it off**") {
		t.Errorf("no %q in:\n%s", want, body)
	}
	tl.Milestones = tl.Milestones[1:]
	if got, want := questionsOf(tl), "What set it off? Nothing in the records was recognised as the trigger. Was it 09:58 “Rolled out relay 7”? <notes.md:3>\n"; !strings.Contains(got, want) {
		t.Errorf("no %sin:\n%s", want, got)
	}
}

// TestProviderClock: the endpoint that is the provider's is told as theirs, with
// its time and the record that says so, and not as the milestone of ours.
func TestProviderClock(t *testing.T) {
	ours := note("e1", "notes", 3, "10:07", "paged")
	theirs := timeline.Event{ID: "e2", Source: "cloud", Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Time: at("10:45"), Precision: when.Minute,
		Title: "Disks are slow", Body: "Since 10:01 UTC disks are slow.", Origins: []timeline.Origin{timeline.LineOrigin("cloud.md", 2)}}
	tl := &timeline.Timeline{
		Events:     []timeline.Event{ours, theirs},
		Milestones: []timeline.Boundary{mark(timeline.Detected, "10:07", timeline.RungStated, cite(ours))},
		Metrics: []timeline.Metric{
			{Name: startToDetect, Unit: timeline.UnitSeconds, Known: true, Value: 360, From: timeline.ImpactStart, To: timeline.Detected},
			{Name: detectToPost, Unit: timeline.UnitSeconds, Known: true, Value: 2280, From: timeline.Detected, To: timeline.FirstUpdate},
			{Name: "time_to_identify", Unit: timeline.UnitSeconds, AtMost: 600, From: timeline.Detected, To: timeline.Identified},
		},
	}
	var got []string
	for _, m := range newPage(tl, Options{}, nil, "").Metrics() {
		line := string(m.Label + " | " + m.From + " | " + m.To)
		for _, e := range m.Refs.evidence {
			line += " " + e.Origin
		}
		got = append(got, line)
	}
	want := []string{
		"From the start of the provider's impact to our detection | Their impact started, 10:01 | Detected, 10:07 cloud.md:2 notes.md:3",
		"From our detection to the provider's first post | Detected, 10:07 | Their first post, 10:45 notes.md:3 cloud.md:2",
	}
	for i, w := range want {
		if i >= len(got) || got[i] != w {
			t.Errorf("got %q, want %q", got, w)
		}
	}
	if all := strings.Join(got, "\n"); strings.Contains(all, "not known") {
		t.Errorf("a value of what is not known: %s", all)
	}
}

// TestNothingOfNoLength: a part of zero and a phase of zero are not told.
func TestNothingOfNoLength(t *testing.T) {
	tl := &timeline.Timeline{
		Metrics: []timeline.Metric{{Name: "impact_duration", Unit: timeline.UnitSeconds, Known: true, Value: 6060, From: timeline.ImpactStart, To: timeline.ImpactEnd,
			Detail: []timeline.MetricPart{{Name: "main", Value: 6060}, {Name: "residual"}}}},
		Phases: []timeline.Phase{{Name: "triage", Start: at("10:00"), End: at("10:00"), Known: true}, {Name: "recovery", Start: at("10:00"), End: at("10:10"), Known: true}},
	}
	p := newPage(tl, Options{}, nil, "")
	if m := p.Metric("impact_duration"); m == nil || m.Parts != "" {
		t.Errorf("got %+v", m)
	}
	if list := p.Phases(); len(list) != 1 || list[0].Name != "recovery" {
		t.Errorf("got %+v", list)
	}
}

// TestLogsOfOneComponent: rows name their log where several tell of one
// component, and no row stands twice.
func TestLogsOfOneComponent(t *testing.T) {
	burst := func(source string, failed int64, first string) timeline.Burst {
		return timeline.Burst{ID: "b" + first, Source: source, Component: "relay", Start: at("10:03"), End: at("11:31"), Failed: failed, First: timeline.Evidence{Origin: first}}
	}
	tl := &timeline.Timeline{Bursts: []timeline.Burst{burst("edge", 7, "edge.log:1"), burst("app", 7, "app.log:1"), burst("edge", 7, "edge.log:5")}}
	tl.Episodes = []timeline.Episode{
		{N: 1, Component: "relay", Start: at("10:03"), End: at("11:31"), Level: timeline.LevelMain, Evidence: []timeline.Evidence{{Origin: "edge.log:1"}}},
		{N: 1, Component: "relay", Start: at("10:03"), End: at("11:40"), Level: timeline.LevelMain, Evidence: []timeline.Evidence{{Origin: "app.log:1"}}},
	}
	tl.Sources = []timeline.Source{{Name: "edge", Path: "edge.log"}, {Name: "app", Path: "app.log"}}
	p := newPage(tl, Options{}, nil, "")
	var got []string
	for _, c := range p.Counts() {
		got = append(got, string(c.Where))
	}
	for _, h := range p.Harms() {
		got = append(got, string(h.Where))
	}
	if want := "relay (app), relay (edge), relay (edge), relay (app)"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}
