package timeline

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pir/internal/when"
)

// TestMine walks testdata/mine.txt: sentences as people write them, each with
// what is to be read in it.
//
//	# a heading
//	row KIND TIME         the record that the sentences below stand in; - is no time
//	> a sentence (\n is a line break)
//		milestone rung time or bounds; what else: rule
func TestMine(t *testing.T) {
	const path = "testdata/mine.txt"
	in, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var e Event
	sentences := 0
	for line := range strings.Lines(string(in)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "\t"):
			continue
		case strings.HasPrefix(line, "row "):
			e = mineRow(t, line)
		case strings.HasPrefix(line, "> "):
			sentences++
			fmt.Fprintln(&out, line)
			e.Title, e.Body = "", strings.ReplaceAll(line[2:], `\n`, "\n")
			if e.Kind == KindNote {
				e.Title, e.Body, _ = strings.Cut(e.Body, "\n")
			}
			e.Raw = e.Title + e.Body
			out.WriteString(mined(e))
			continue
		}
		fmt.Fprintln(&out, line)
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if sentences < 100 {
		t.Errorf("only %d sentences in %s", sentences, path)
	}
	want := strings.Split(string(in), "\n")
	for i, line := range strings.Split(out.String(), "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d:\ngot  %s\nwant %s\n(see also -update)", path, i+1, line, append(want, "", "")[i])
		}
	}
}

func mineRow(t *testing.T, line string) Event {
	t.Helper()
	f := strings.Fields(line)
	at, precision, err := readTime(f[2])
	if err != nil {
		t.Fatal(err)
	}
	e := Event{Kind: Kind(f[1]), Time: at, Precision: precision, Party: PartyOwn, Source: "notes", ZoneFrom: when.ZoneDocument,
		Day: time.Date(2024, 7, 30, 0, 0, 0, 0, time.UTC), Origins: []Origin{LineOrigin("notes.md", 1)}}
	if len(f) > 3 {
		e.Topic = Topic(f[3])
	}
	return e
}

// TestPhrases walks the table: each row is met by a sentence of
// testdata/mine.txt, and no pattern begins or ends with a gap.
func TestPhrases(t *testing.T) {
	in, err := os.ReadFile("testdata/mine.txt")
	if err != nil {
		t.Fatal(err)
	}
	m := newMiner(newBuilder(Input{}))
	met := map[*entry]bool{}
	for line := range strings.Lines(string(in)) {
		if text, ok := strings.CutPrefix(line, "> "); ok {
			for _, h := range m.find(splitWords(strings.ReplaceAll(text, `\n`, "\n"))) {
				met[h.entry] = true
			}
		}
	}
	for i := range m.book {
		e := &m.book[i]
		if !met[e] {
			t.Errorf("no sentence for %s %s %s: %q", e.milestone, e.act, e.by, e.phrase.patterns)
		}
		for _, p := range e.patterns {
			if p.weight == 0 || p.steps[0].gap > 0 || p.steps[len(p.steps)-1].gap > 0 {
				t.Errorf("%s: a pattern has no words, or begins or ends with a gap: %q", e.milestone, e.phrase.patterns)
			}
		}
	}
}

// mined writes what is read in the text of an event.
func mined(e Event) string {
	var out strings.Builder
	b := newBuilder(Input{Incident: Incident{Components: []string{"Front Door"}}})
	b.events = []Event{e}
	for _, r := range newMiner(b).mine(&b.events[0]) {
		value := bounds(r.NotBefore, r.NotAfter)
		switch {
		case !r.Time.IsZero():
			value = strings.TrimSuffix(strings.TrimPrefix(shown(r.Time, r.Precision), "2024-07-30 "), " UTC")
		case r.after != "":
			value = fmt.Sprintf("%s + %s", r.after, when.Words(r.lapse))
		}
		fmt.Fprintf(&out, "\t%s %s %s", r.Milestone, r.Rung, strings.ReplaceAll(value, "2024-07-30 ", ""))
		if !r.End.IsZero() {
			fmt.Fprintf(&out, " to %s", r.End.Format("15:04"))
		}
		for _, s := range []string{r.act, r.By, r.Outcome, strings.Join(r.Scope.Regions, " and "), strings.Join(r.Scope.Components, " and ")} {
			if s != "" {
				fmt.Fprintf(&out, ", %s", s)
			}
		}
		if r.follows {
			out.WriteString(", follows")
		}
		fmt.Fprintf(&out, ": %s\n", r.Rule)
	}
	for _, l := range b.lengths {
		fmt.Fprintf(&out, "\tlength %s: %s to %s\n", l.phrase, when.Words(l.low), when.Words(l.high))
	}
	return out.String()
}

// FuzzMine: any text in any kind of record is read without harm, and what is
// read cites the record and lies inside it.
func FuzzMine(f *testing.F) {
	in, err := os.ReadFile("testdata/mine.txt")
	if err != nil {
		f.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(in)) {
		if text, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "> "); ok {
			f.Add(strings.ReplaceAll(text, `\n`, "\n"), uint8(n))
			n++
		}
	}
	if n < 100 {
		f.Fatalf("only %d seeds", n)
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		kinds := []Kind{KindNote, KindStatus, KindComms, KindChat}
		title, body, _ := strings.Cut(text, "\n")
		e := Event{
			Kind: kinds[int(kind)%len(kinds)], Title: title, Body: body, Raw: text, Party: PartyOwn, Source: "notes",
			Time: time.Date(2024, 7, 30, 12, 0, 0, 0, time.UTC), Precision: when.Minute, Origins: []Origin{LineOrigin("notes.md", 7)},
		}
		b := newBuilder(Input{})
		b.events = []Event{e}
		lines := 7 + strings.Count(text, "\n")
		for _, r := range newMiner(b).mine(&b.events[0]) {
			if len(r.evidence) == 0 || r.origin.Path != "notes.md" || r.origin.Line < 7 || r.origin.Line > lines {
				t.Fatalf("%s cites %+v", r.Rule, r.evidence)
			}
			if r.Time.IsZero() && r.NotAfter.IsZero() && r.NotBefore.IsZero() && r.after == "" && !r.follows {
				t.Fatalf("%s states no time", r.Rule)
			}
			if r.Rung == RungPosted && !r.Time.IsZero() {
				t.Fatalf("%s takes its time from a post", r.Rule)
			}
		}
		Build(Input{Events: []Event{e}})
	})
}
