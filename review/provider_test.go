package review

import (
	"strings"
	"testing"

	"pir/internal/when"
	"pir/timeline"
)

// dependent is an incident of ours and of a provider, of which our detection is
// known or bounded only.
func dependent(detected timeline.Event) *timeline.Timeline {
	post := func(id, clock, step, title, body string) timeline.Event {
		return timeline.Event{ID: id, Source: "Oxbow", Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Time: at(clock), Group: "ox1", Key: id, Step: step,
			Title: title, Body: body, Day: at("00:00"), Origins: []timeline.Origin{timeline.PointerOrigin("oxbow.json", "/"+id)}}
	}
	first := post("one", "10:24", "investigating", "Investigating: Connections fail", "We look into failing connections.")
	last := post("two", "12:32", "resolved", "Resolved: Connections fail", "Between 09:41 and 11:09 UTC most connections failed.")
	last.Claims = []timeline.Claim{{Milestone: timeline.Resolved, Time: last.Time, Rung: timeline.RungRecorded}}
	return timeline.Build(timeline.Input{
		Events: []timeline.Event{first, last, detected}, Incident: timeline.Incident{ID: "X", Title: "Nobody can pay"},
		Given: []timeline.Given{
			{Name: "impact_start", Claim: timeline.Claim{Milestone: timeline.ImpactStart, Time: at("09:43"), Rung: timeline.RungGiven, Rule: "given", Quote: "time: 09:43"}, Origin: timeline.LineOrigin("pir.yaml", 3)},
		},
	})
}

// TestProviders: what a provider tells stands on its own, with the start of its
// impact by its own words, on our clock or on the bound that is known of it.
func TestProviders(t *testing.T) {
	alert := timeline.Event{ID: "a", Source: "alerts", Kind: timeline.KindAlert, Time: at("10:00"), Title: "Alert fired: HighErrors", Origins: []timeline.Origin{timeline.LineOrigin("alerts.json", 1)},
		Claims: []timeline.Claim{{Milestone: timeline.Detected, Time: at("10:00"), Rung: timeline.RungRecorded, By: timeline.ByMonitor}}}
	chat := timeline.Event{ID: "c", Source: "chat", Kind: timeline.KindChat, Time: at("10:03"), Precision: when.Minute, Title: "Two customers on the phone cannot pay", Origins: []timeline.Origin{timeline.LineOrigin("chat.txt", 1)}}
	for name, detected := range map[string]timeline.Event{"known": alert, "bounded": chat} {
		tl := dependent(detected)
		r, err := New(tl, Options{Template: "dependency", Stage: "preliminary"})
		if err != nil {
			t.Fatal(err)
		}
		page := string(r.Markdown())
		for _, want := range []string{
			"### What Oxbow says", "By its own account the impact began at 09:41 UTC on ",
			"Oxbow posted of an incident of its own first at 10:24 [[", "Their impact started, 09:41", "Their first post, 10:24",
			"**Impact started.** As pir.yaml gives it.", "Between 09:41 and 11:09 UTC most connections failed.", "### What it was on our side",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page has no %q\n%s", name, want, page)
			}
		}
		if strings.Contains(page, "| Impact started | 09:41") {
			t.Errorf("%s: the provider's start became ours", name)
		}
	}
}

// TestDependencyWithoutProvider says how a source is marked as one.
func TestDependencyWithoutProvider(t *testing.T) {
	r, err := New(timeline.Build(timeline.Input{Incident: timeline.Incident{Title: "Nobody can pay"}}), Options{Template: "dependency", Stage: "preliminary"})
	if err != nil {
		t.Fatal(err)
	}
	if page := string(r.Markdown()); !strings.Contains(page, "No record of a provider is among the sources.") || strings.Contains(page, "What  says") {
		t.Errorf("the page does not say that there is none:\n%s", page)
	}
}

// TestNoChangeIsNoTrigger: a row that says that nothing was changed is not asked
// about as the change that set it off.
func TestNoChangeIsNoTrigger(t *testing.T) {
	row := func(title string) string {
		list := events(timeline.KindChat, 1, func(int) string { return title })
		p := newPage(&timeline.Timeline{Events: list}, Options{}, nil, "")
		return string(p.likely(timeline.Trigger, "What set it off?", "the trigger").What)
	}
	if got := row("deployed the shop"); !strings.Contains(got, "Was it 10:00") {
		t.Errorf("a deployment is not asked about: %s", got)
	}
	if got := row("Nobody has deployed anything since Friday"); strings.Contains(got, "Was it") {
		t.Errorf("asked about what nobody did: %s", got)
	}
}

// TestGivenTimeIsCited: the list of evidence shows the time that a line of
// pir.yaml gives beside its note.
func TestGivenTimeIsCited(t *testing.T) {
	tl := timeline.Build(timeline.Input{
		Incident: timeline.Incident{Title: "Nobody can pay"},
		Given: []timeline.Given{{Name: "mitigation_start", Note: "the failover", Claim: timeline.Claim{Milestone: timeline.MitigationStart, Time: at("10:40"), Rung: timeline.RungGiven, Rule: "given", Quote: "- {name: mitigation_start, time: 10:40}"},
			Origin: timeline.LineOrigin("pir.yaml", 9)}},
	})
	r, err := New(tl, Options{Stage: "preliminary"})
	if err != nil {
		t.Fatal(err)
	}
	if page := string(r.Markdown()); !strings.Contains(page, "`pir.yaml:9`, `") || !strings.Contains(page, "T10:40:00Z`: `the failover`") {
		t.Errorf("the list of evidence does not show the time:\n%s", page)
	}
}
