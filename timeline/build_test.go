package timeline

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// inputs are the cases of testdata/build; their number is checked so that the
// properties below are tried on something.
func inputs(t testing.TB) map[string]Input {
	t.Helper()
	paths, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(paths) < 25 {
		t.Fatalf("%d archives, %v", len(paths), err)
	}
	out := map[string]Input{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = readInput(t, txtar.Parse(data))
	}
	return out
}

func jsonOf(t testing.TB, tl *Timeline) string {
	t.Helper()
	var b bytes.Buffer
	if err := tl.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func shuffled(in Input, seed uint64) Input {
	r := rand.New(rand.NewPCG(seed, 7))
	mix := func(n int, swap func(i, j int)) { r.Shuffle(n, swap) }
	in.Events = slices.Clone(in.Events)
	mix(len(in.Events), func(i, j int) { in.Events[i], in.Events[j] = in.Events[j], in.Events[i] })
	in.Bursts = slices.Clone(in.Bursts)
	mix(len(in.Bursts), func(i, j int) { in.Bursts[i], in.Bursts[j] = in.Bursts[j], in.Bursts[i] })
	in.Given = slices.Clone(in.Given)
	mix(len(in.Given), func(i, j int) { in.Given[i], in.Given[j] = in.Given[j], in.Given[i] })
	in.Curation = slices.Clone(in.Curation)
	mix(len(in.Curation), func(i, j int) { in.Curation[i], in.Curation[j] = in.Curation[j], in.Curation[i] })
	in.Sources = slices.Clone(in.Sources)
	mix(len(in.Sources), func(i, j int) { in.Sources[i], in.Sources[j] = in.Sources[j], in.Sources[i] })
	in.Actions = slices.Clone(in.Actions)
	mix(len(in.Actions), func(i, j int) { in.Actions[i], in.Actions[j] = in.Actions[j], in.Actions[i] })
	in.Figures = slices.Clone(in.Figures)
	mix(len(in.Figures), func(i, j int) { in.Figures[i], in.Figures[j] = in.Figures[j], in.Figures[i] })
	in.Signals = slices.Clone(in.Signals)
	mix(len(in.Signals), func(i, j int) { in.Signals[i], in.Signals[j] = in.Signals[j], in.Signals[i] })
	in.Warnings = slices.Clone(in.Warnings)
	mix(len(in.Warnings), func(i, j int) { in.Warnings[i], in.Warnings[j] = in.Warnings[j], in.Warnings[i] })
	return in
}

// TestOrderOfInputs builds every case in several orders: the bytes are the same.
func TestOrderOfInputs(t *testing.T) {
	for name, in := range inputs(t) {
		want := jsonOf(t, Build(in))
		for seed := range uint64(5) {
			if got := jsonOf(t, Build(shuffled(in, seed))); got != want {
				t.Fatalf("%s, seed %d: %s", name, seed, cmp.Diff(want, got))
			}
		}
	}
}

// checkKept fails when an event of in is not in the timeline, or is in it
// twice.
func checkKept(t *testing.T, in Input, tl *Timeline) {
	t.Helper()
	counts := 0
	for i := range in.Events {
		counts += max(in.Events[i].Count, 1)
	}
	for i := range tl.Events {
		counts -= tl.Events[i].Count
	}
	for _, d := range tl.Dropped {
		counts -= d.Records
	}
	if counts != 0 {
		t.Fatalf("%d records too few", counts)
	}
	for i := range in.Events {
		for _, o := range in.Events[i].Origins {
			found := slices.ContainsFunc(tl.Events, func(e Event) bool { return slices.Contains(e.Origins, o) }) ||
				slices.ContainsFunc(tl.Dropped, func(d Dropped) bool { return d.Origin == o.String() })
			if !found && len(tl.Dropped) == 0 {
				t.Fatalf("%s is not in the timeline", o)
			}
		}
	}
	ids := map[string]bool{}
	for i := range tl.Events {
		for _, id := range append([]string{tl.Events[i].ID}, tl.Events[i].Merged...) {
			if ids[id] {
				t.Fatalf("the id %s is given twice", id)
			}
			ids[id] = true
		}
	}
	for i := range tl.Milestones {
		for _, e := range tl.Milestones[i].Evidence {
			_, ok := tl.Event(e.ID)
			dropped := slices.ContainsFunc(tl.Dropped, func(d Dropped) bool { return d.ID == e.ID })
			if !ok && !dropped && strings.HasPrefix(e.ID, "e") {
				t.Fatalf("%s cites %s, which is no row", tl.Milestones[i].Name, e.ID)
			}
		}
	}
}

// checkRows fails when the rows break a rule of the contract.
func checkRows(t *testing.T, tl *Timeline) {
	t.Helper()
	for _, m := range Milestones {
		if _, ok := tl.Milestone(m); !ok {
			t.Errorf("%s has no row", m)
		}
	}
	if !slices.IsSortedFunc(tl.Milestones, func(a, b Boundary) int { return milestoneRank(a.Name) - milestoneRank(b.Name) }) {
		t.Error("milestones are out of order")
	}
	for _, row := range tl.Milestones {
		if row.Known() && (row.Rung == "" || len(row.Evidence) == 0) {
			t.Errorf("%s has a time and no evidence", row.Name)
		}
		if row.Rung == RungPosted && row.Known() {
			t.Errorf("%s takes its time from a post", row.Name)
		}
	}
	if !slices.IsSortedFunc(tl.Events, func(a, b Event) int { return compareEvents(&a, &b) }) {
		t.Error("events are out of order")
	}
	end := time.Time{}
	for _, p := range tl.Phases {
		if p.Known && p.End.Before(p.Start) {
			t.Errorf("phase %s ends before it starts", p.Name)
		}
		end = later(end, p.End)
	}
}

// FuzzBuild: in any order the same bytes, nothing lost, what is written is
// read back to the same bytes, and the input is left as it was. The cases of
// testdata/build are bent by edits: four bytes say which event, what is done to
// it, and with what.
func FuzzBuild(f *testing.F) {
	cases := inputs(f)
	names := slices.Sorted(maps.Keys(cases))
	for i := range names {
		f.Add(uint8(i), uint64(i), []byte{})
		f.Add(uint8(i), uint64(i), []byte{byte(i), 0, 3, 4, 2, 1, 0, 9, 1, 7, 2, 2})
	}
	f.Fuzz(func(t *testing.T, which uint8, seed uint64, edits []byte) {
		in := bent(cases[names[int(which)%len(names)]], edits)
		before := dump(in)
		tl := Build(in)
		if after := dump(in); after != before {
			t.Fatalf("Build changed its input: %s", cmp.Diff(before, after))
		}
		checkKept(t, in, tl)
		checkRows(t, tl)
		want := jsonOf(t, tl)
		if got := jsonOf(t, Build(shuffled(in, seed))); got != want {
			t.Fatalf("another order: %s", cmp.Diff(want, got))
		}
		back, err := ReadJSON(strings.NewReader(want))
		if err != nil {
			t.Fatal(err)
		}
		if got := jsonOf(t, back); got != want {
			t.Fatalf("read back: %s", cmp.Diff(want, got))
		}
	})
}

// bent applies edits to a copy of the input.
func bent(in Input, edits []byte) Input {
	in.Events = slices.Clone(in.Events)
	in.Bursts = slices.Clone(in.Bursts)
	for len(edits) >= 4 && len(in.Events) > 0 && len(in.Events) < 100 {
		e := &in.Events[int(edits[0])%len(in.Events)]
		bend(&in, e, edits[1], int(edits[2])-128, edits[3])
		edits = edits[4:]
	}
	return in
}

func bend(in *Input, e *Event, what byte, by int, with byte) {
	kinds := []Kind{KindStatus, KindAlert, KindPage, KindAck, KindChat, KindChange, KindTicket, KindLog, KindNote, KindComms, KindDecision, ""}
	rungs := []Rung{RungRecorded, RungStated, RungApproximate, RungPosted, RungDerived, RungMeasured, RungGiven, "other"}
	minutes := time.Duration(by) * time.Duration(with) * time.Minute
	m := Milestones[int(with)%len(Milestones)]
	switch what % 21 {
	case 0:
		e.Time = e.Time.Add(minutes)
	case 1:
		in.Events = append(in.Events, *e)
	case 2:
		e.Kind = kinds[int(with)%len(kinds)]
	case 3:
		e.Key, e.Step = string('a'+rune(with%3)), string('x'+rune(by&1))
	case 4:
		e.Time = time.Time{}
	case 5:
		e.Party = []Party{PartyOwn, PartyUpstream, PartyDownstream, ""}[with%4]
	case 6:
		e.Claims = append(slices.Clone(e.Claims), Claim{Milestone: m, Rung: rungs[int(uint8(by))%len(rungs)], Time: e.Time.Add(minutes)})
	case 7:
		e.Claims = append(slices.Clone(e.Claims), Claim{Milestone: m, Rung: RungStated, NotAfter: e.Time.Add(minutes), Outcome: OutcomeFailed})
	case 8:
		e.Origins = append(slices.Clone(e.Origins), LineOrigin("other.md", int(with)))
	case 9:
		e.Said = e.Time.Add(minutes)
	case 10:
		e.Body, e.Title = e.Title, e.Body
	case 11:
		e.Topic = []Topic{TopicTrigger, TopicCause, TopicImpact, TopicAction, ""}[with%5]
	case 12:
		start := e.Time.Add(minutes)
		in.Bursts = append(in.Bursts, Burst{Source: "fuzz", Level: "error", Start: start, End: start.Add(time.Duration(with) * time.Minute), Rate: float64(with)})
	case 13:
		in.Given = append(slices.Clone(in.Given), Given{Name: string(m), Episode: int(with % 5), Claim: Claim{Milestone: m, Time: e.Time.Add(minutes)}})
	case 14:
		in.Curation = append(slices.Clone(in.Curation), Curation{ID: EventID(*e, 0), Drop: by&1 == 0, Milestone: m})
	case 16:
		e.Group, e.Components = string('a'+rune(with%2)), []string{string('a' + rune(by&1))}
	case 17:
		e.Flags = append(slices.Clone(e.Flags), []string{FlagBot, FlagPinned, FlagTest, FlagPlanned}[with%4])
	case 18:
		other := &in.Events[int(with)%len(in.Events)]
		e.Title, e.Body, e.Actor = other.Title, other.Body, other.Actor
	case 19:
		e.Source, e.Origins = "fuzz", []Origin{LineOrigin("fuzz.json", int(with))}
	case 20:
		copied := *e
		copied.Source, copied.Origins = "again", []Origin{PointerOrigin("again.json", "/alerts/"+string('0'+rune(with%10)))}
		copied.Time = e.Time.Add(time.Duration(by) * time.Second)
		in.Events = append(in.Events, copied)
	case 15:
		e.Time, e.Precision = time.Unix(int64(by)<<40, int64(with)), Precision(with%9)
	}
}

func dump(in Input) string {
	data, err := json.Marshal(in.Events)
	if err != nil {
		return err.Error()
	}
	rest, err := json.Marshal([]any{in.Bursts, in.Given, in.Curation, in.Sources, in.Warnings, in.Actions})
	if err != nil {
		return err.Error()
	}
	return string(data) + string(rest)
}

// TestLineInserted shifts every row of notes by one line: no id changes.
func TestLineInserted(t *testing.T) {
	for name, in := range inputs(t) {
		moved := in
		moved.Events = slices.Clone(in.Events)
		for i := range moved.Events {
			e := &moved.Events[i]
			e.Origins = slices.Clone(e.Origins)
			for k := range e.Origins {
				e.Origins[k].Line++
			}
		}
		ids := func(tl *Timeline) (out []string) {
			for _, e := range tl.Events {
				out = append(out, e.ID)
			}
			return out
		}
		if d := cmp.Diff(ids(Build(in)), ids(Build(moved))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestMerge: one key and step is one row, with every place and a count.
func TestMerge(t *testing.T) {
	at := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	row := func(line int, key, step, body string) Event {
		return Event{Source: "page", Key: key, Step: step, Kind: KindStatus, Time: at, Title: "t", Body: body, Origins: []Origin{LineOrigin("page.json", line)}}
	}
	tl := Build(Input{Events: []Event{
		row(1, "a", "fired", "old"), row(2, "a", "cleared", "old"), row(3, "a", "fired", "new"), row(4, "", "", "same"), row(4, "", "", "same"),
	}})
	if len(tl.Events) != 4 {
		t.Fatalf("%d rows, want 4", len(tl.Events))
	}
	var merged Event
	for _, e := range tl.Events {
		if e.Count == 2 {
			merged = e
		}
	}
	want := []Origin{LineOrigin("page.json", 1), LineOrigin("page.json", 3)}
	if !reflect.DeepEqual(merged.Origins, want) || merged.Body != "new" || !merged.HasFlag(FlagEdited) {
		t.Errorf("merged row: %+v", merged)
	}
}

// TestActions: those of pir.yaml and of notes, each with its evidence, and ids
// that do not depend on the line.
func TestActions(t *testing.T) {
	note := func(line int) Event {
		return Event{
			Source: "notes", Kind: KindNote, Topic: TopicAction, Title: "Action: test the rollback", Raw: "Action: test the rollback",
			Action: &Action{Text: "test the rollback", Owner: "Kim"}, Origins: []Origin{LineOrigin("notes.md", line)},
		}
	}
	in := Input{
		Events:  []Event{note(7)},
		Actions: []Action{{ID: "A1", Text: "page earlier", Evidence: []Evidence{{Origin: "pir.yaml:9"}}}},
	}
	first := Build(in).Actions
	in.Events = []Event{note(8)}
	second := Build(in).Actions
	if len(first) != 2 || first[1].ID != "A1" || first[0].Owner != "Kim" || first[0].ID != second[0].ID || first[0].Evidence[0].Origin != "notes.md:7" {
		t.Errorf("%+v, then %+v", first, second)
	}
}

func TestErrorRate(t *testing.T) {
	start := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	tl := Timeline{From: start, To: start.Add(10 * time.Minute), Series: []Series{
		{Level: "error", Start: start.Add(-time.Minute), Step: time.Minute, Counts: []int64{99, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99}},
		{Level: "info", Start: start, Step: time.Minute, Counts: []int64{100}},
	}}
	var errors, total []int64
	for _, r := range tl.ErrorRate(3) {
		errors, total = append(errors, r.Errors), append(total, r.Total)
	}
	if d := cmp.Diff([]int64{1 + 2 + 3 + 4, 5 + 6 + 7, 8 + 9 + 10}, errors); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]int64{110, 18, 27}, total); d != "" {
		t.Error(d)
	}
	if tl.ErrorRate(0) != nil || (&Timeline{}).ErrorRate(3) != nil {
		t.Error("want nothing without buckets or span")
	}
}

func TestGaps(t *testing.T) {
	start := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	tl := Timeline{
		Milestones: []Boundary{{Name: ImpactStart, Time: start}, {Name: ImpactEnd, Time: at(120)}},
		Events: []Event{
			{Time: at(-10), Kind: KindNote, Party: PartyOwn}, {Time: at(20), Kind: KindAck, Party: PartyOwn},
			{Time: at(45), Kind: KindStatus, Party: PartyOwn}, {Time: at(70), Kind: KindNote, Party: PartyOwn},
			{Time: at(90), Kind: KindNote, Party: PartyUpstream}, {Time: at(100), Kind: KindChat, Party: PartyOwn},
		},
	}
	gaps := tl.Gaps()
	if len(gaps) != 1 || !gaps[0].Start.Equal(at(20)) || !gaps[0].End.Equal(at(70)) {
		t.Errorf("gaps: %+v", gaps)
	}
}
