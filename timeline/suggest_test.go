package timeline

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
)

// TestSuggest holds what is suggested for the flagship case to a file, and
// looks at its shape for all cases.
func TestSuggest(t *testing.T) {
	const path = "testdata/suggest.yaml"
	var out bytes.Buffer
	if err := Build(inputs(t)["flagship.txtar"]).Suggest(&out); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(want, out.Bytes()) {
		t.Errorf("%s is not what is suggested (%v); -update rewrites it. Got:\n%s", path, err, out.Bytes())
	}
	for name, in := range inputs(t) {
		var b bytes.Buffer
		tl := Build(in)
		if err := tl.Suggest(&b); err != nil {
			t.Fatal(err)
		}
		rows := 0
		for line := range strings.Lines(b.String()) {
			plain := strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(plain, "#"), plain == "milestones:":
			case strings.HasPrefix(line, "  - name: "):
				rows++
			case strings.HasPrefix(line, "    ") && strings.Contains(plain, ": "):
			default:
				t.Errorf("%s: %q is no row of pir.yaml", name, line)
			}
		}
		known := 0
		for i := range tl.Milestones {
			if m := &tl.Milestones[i]; m.Known() && m.Rung != RungGiven {
				known++
			}
		}
		if rows != known {
			t.Errorf("%s: %d rows for %d milestones with a time", name, rows, known)
		}
	}
}

func TestSuggestTitle(t *testing.T) {
	at := time.Date(2025, 9, 17, 12, 0, 0, 0, time.UTC)
	post := func(minute int, group, title string) Event {
		return Event{Source: "page", Kind: KindStatus, Group: group, Title: title, Raw: title, Time: at.Add(time.Duration(minute) * time.Minute)}
	}
	alert := Event{Source: "am", Kind: KindAlert, Title: "Alert fired: TargetDown", Time: at}
	note := Event{Source: "notes", Kind: KindNote, Group: "Checkout down", Title: "restarted", Time: at}
	theirs := post(1, "c", "Investigating: A provider's trouble")
	theirs.Party = PartyUpstream
	for _, c := range []struct {
		rows []Event
		want string
	}{
		{nil, ""},
		{[]Event{theirs}, ""},
		{[]Event{alert, theirs}, "TargetDown"},
		{[]Event{alert, note}, "Checkout down"},
		{[]Event{
			alert, note, post(0, "a", "Investigating: Errors"), post(40, "a", "Resolved: Errors at checkout"),
			post(1, "b", "Investigating: Late mails"), post(20, "b", "Resolved: Late mails"),
		}, "Errors at checkout"},
	} {
		if got := Build(Input{Events: c.rows}).SuggestTitle(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
