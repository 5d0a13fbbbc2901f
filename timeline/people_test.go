package timeline

import (
	"strings"
	"testing"
	"time"
)

func TestPeople(t *testing.T) {
	at := time.Date(2025, 9, 17, 12, 0, 0, 0, time.UTC)
	row := func(minute int, actor, title string, flags ...string) Event {
		return Event{
			Source: "chat", Kind: KindChat, Time: at.Add(time.Duration(minute) * time.Minute), Actor: actor, Title: title, Raw: title,
			Origins: []Origin{LineOrigin("chat.txt", minute+1)}, Flags: flags,
		}
	}
	in := Input{
		Settings: Settings{People: PeopleRoles},
		People:   []Person{{"ilse", "on call"}, {"Max Mustermann", "customer contact"}},
		Events: []Event{
			row(0, "ravi.patel", "looking"),
			row(1, "Ilse Bakker (on call)", "Ravi restarted it, asked Mustermann, Max and Max Mustermann"),
			row(2, "Ravi Patel", "I will ask Will; ibakker knows, @ilse too. In May 2025 May left"),
			row(3, "Will de Vries", "ok, R. Patel; de facto done by Vries-de Vries"),
			row(4, "May Ling", "Bakker's notes: ilse.bakker@example.com"),
			row(5, "Ravi Jones", "Ravi again"),
			row(6, "oncall", "nothing"),
			row(7, "Ravi", "which one am I"),
			row(8, "PagerDuty", "Ilse Bakker acknowledged", FlagBot),
		},
		Warnings: []Warning{{Code: WarnConflict, Message: "Ilse Bakker says so", Evidence: []Evidence{{Origin: "x", Quote: "by Ravi Patel"}}}},
		Actions:  []Action{{ID: "A1", Text: "ask Ilse", Owner: "Nora"}},
	}
	tl := Build(in)
	var got []string
	for _, e := range tl.Events {
		got = append(got, e.Actor+": "+e.Title)
	}
	for _, a := range tl.Actions {
		got = append(got, a.Owner+": "+a.Text)
	}
	got = append(got, tl.Warnings[0].Message+", "+tl.Warnings[0].Evidence[0].Quote)
	// A name in the wrong order is one too; a month beside its year is none.
	want := `responder-1: looking
on call: a responder restarted it, asked customer contact and customer contact
responder-1: I will ask responder-2; on call knows, @on call too. In May 2025 responder-3 left
responder-2: ok, responder-1; de facto done by responder-2-de responder-2
responder-3: on call's notes: on call@example.com
responder-4: a responder again
oncall: nothing
responder-5: which one am I
PagerDuty: on call acknowledged
responder-6: ask on call
on call says so, by responder-1`
	if d := strings.Join(got, "\n"); d != want {
		t.Errorf("got\n%s\nwant\n%s", d, want)
	}
	if in.Warnings[0].Evidence[0].Quote != "by Ravi Patel" {
		t.Error("the input was changed")
	}
	text := jsonOf(t, tl)
	for _, name := range []string{"Bakker", "bakker", "Ravi", "Patel", "Mustermann", "Vries", "Ling", "Nora", "ilse", "Ilse"} {
		if strings.Contains(text, name) {
			t.Errorf("%s is in the output", name)
		}
	}
	in.Settings.People = PeopleNames
	named := Build(in)
	for i := range named.Events {
		if named.Events[i].ID != tl.Events[i].ID {
			t.Error("an id hangs on a name")
		}
	}
}

// FuzzHide: in any text, whole names are gone, and what names nobody stays as
// it was.
func FuzzHide(f *testing.F) {
	for _, text := range []string{
		"Ilse Bakker acknowledged", "asked @dana.kim and D. Kim, Kim's pods", "nothing of the sort", "ilse.bakker@example.com\xff", "Kim, Dana: 14 May", "bakkerstreet kimono",
	} {
		f.Add(text)
	}
	a := newAliases([]*someone{
		{words: nameWords("Ilse Bakker"), caps: true, role: "responder-1"}, {words: nameWords("dana.kim"), role: "responder-2"},
	})
	f.Fuzz(func(t *testing.T, text string) {
		hidden := a.hide(text)
		for _, name := range []string{"Ilse", "Bakker", "Dana", "ilse.bakker", "dana.kim"} {
			for _, p := range nameParts(hidden) {
				if hidden[p[0]:p[1]] == name {
					t.Fatalf("%q leaves %s in %q", text, name, hidden)
				}
			}
		}
		if again := a.hide(hidden); again != hidden {
			t.Fatalf("%q, then %q", hidden, again)
		}
		lower := strings.ToLower(text)
		if !strings.Contains(lower, "ilse") && !strings.Contains(lower, "bakker") && !strings.Contains(lower, "kim") && !strings.Contains(lower, "dana") && hidden != text {
			t.Fatalf("%q became %q", text, hidden)
		}
	})
}

// The ids of people in the records of a chat are names as well.
func TestPeopleIDs(t *testing.T) {
	at := time.Date(2025, 9, 17, 12, 0, 0, 0, time.UTC)
	row := func(minute int, actor, raw string, flags ...string) Event {
		return Event{
			Source: "chat", Kind: KindChat, Time: at.Add(time.Duration(minute) * time.Minute), Actor: actor, Title: "said", Raw: raw,
			Origins: []Origin{LineOrigin("chat.json", minute+1)}, Flags: flags,
		}
	}
	rows := []Event{
		row(0, "Joel Okafor", `{"user":"U0JOEL","text":"asking <@U0ZOE7>"}`),
		row(1, "Priya Raman", `{"user":"U0PRIYA","text":"thanks <@U0JOEL>"}`),
		row(2, "deploybot", `{"user":"U0BOT99","text":"done"}`, FlagBot),
		row(3, "Priya Raman", `{"level":"info","user":"root","text":"<@channel>"}`),
	}
	want := []string{
		`{"user":"responder-1","text":"asking <@a responder>"}`,
		`{"user":"responder-2","text":"thanks <@responder-1>"}`,
		`{"user":"a responder","text":"done"}`,
		`{"level":"info","user":"root","text":"<@channel>"}`,
	}
	for i, e := range Build(Input{Settings: Settings{People: PeopleRoles}, Events: rows}).Events {
		if e.Raw != want[i] {
			t.Errorf("%s, want %s", e.Raw, want[i])
		}
	}
	for i, e := range Build(Input{Events: rows}).Events {
		if e.Raw != rows[i].Raw {
			t.Errorf("without roles: %s, want %s", e.Raw, rows[i].Raw)
		}
	}
}
