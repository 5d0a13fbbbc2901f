package timeline

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadBack: a timeline that is written, read and built again has the same
// rows, and where none was merged the same milestones; one that is read beside
// its own sources has the same rows too.
func TestReadBack(t *testing.T) {
	all := inputs(t)
	all["full"] = fullInput(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		in := asWritten(all[name])
		first := Build(in)
		read, err := ReadJSON(strings.NewReader(jsonOf(t, first)))
		if err != nil {
			t.Fatal(err)
		}
		again := Build(read.Again())
		if diff := cmp.Diff(eventsJSON(t, first), eventsJSON(t, again)); diff != "" {
			t.Errorf("%s: rows: want -, got +\n%s", name, diff)
		}
		if diff := cmp.Diff(milestones(t, first), milestones(t, again)); diff != "" {
			t.Errorf("%s: milestones: want -, got +\n%s", name, diff)
		}
		both := in
		both.Events = append(slices.Clone(in.Events), read.Again().Events...)
		if diff := cmp.Diff(eventsJSON(t, first), eventsJSON(t, Build(both))); diff != "" {
			t.Errorf("%s: rows beside their sources: want -, got +\n%s", name, diff)
		}
	}
}

// TestReadRows: rows that are written and read are the rows that have a time.
func TestReadRows(t *testing.T) {
	for name, in := range inputs(t) {
		in = asWritten(in)
		first := Build(in)
		first.Events = slices.DeleteFunc(first.Events, func(e Event) bool { return e.Time.IsZero() })
		var rows bytes.Buffer
		if _, err := first.WriteRows(&rows); err != nil {
			t.Fatal(err)
		}
		var events []Event
		var kept []Boundary
		byPlace := map[int]Boundary{}
		for line := range bytes.Lines(rows.Bytes()) {
			places, list := ReadPlaced(line)
			for i := range places {
				byPlace[places[i]] = list[i]
			}
			e, err := ReadRow(line)
			if err != nil {
				t.Fatal(err)
			}
			events = append(events, e)
		}
		for _, place := range slices.Sorted(maps.Keys(byPlace)) {
			kept = append(kept, byPlace[place])
		}
		again := Build(Input{Incident: in.Incident, Events: events, Kept: kept, Whole: true})
		if diff := cmp.Diff(milestonesOnly(t, first), milestonesOnly(t, again)); diff != "" && len(events) > 0 {
			t.Errorf("%s: milestones: want -, got +\n%s", name, diff)
		}
		// Which milestone a row is the evidence of is not told by rows.
		for _, tl := range []*Timeline{first, again} {
			for i := range tl.Events {
				tl.Events[i].Milestone = ""
			}
		}
		if diff := cmp.Diff(eventsJSON(t, first), eventsJSON(t, again)); diff != "" {
			t.Errorf("%s: want -, got +\n%s", name, diff)
		}
	}
}

// asWritten gives times as they are written: no finer than they are known.
func asWritten(in Input) Input {
	in.Events = slices.Clone(in.Events)
	for i := range in.Events {
		e := &in.Events[i]
		e.Time, e.End = e.Time.Truncate(e.Precision.Unit()), e.End.Truncate(e.Precision.Unit())
	}
	return in
}

// eventsJSON is the part of the output that the rows are.
func eventsJSON(t *testing.T, tl *Timeline) string {
	only := &Timeline{Events: tl.Events}
	return jsonOf(t, only)
}

// milestones is the part of the output that the milestones are.
func milestones(t *testing.T, tl *Timeline) string {
	text := jsonOf(t, &Timeline{Milestones: tl.Milestones, Phases: tl.Phases, Episodes: tl.Episodes})
	// The line of a quote inside of a record is known from the record alone.
	return regexp.MustCompile(`"origin": ".*?"`).ReplaceAllString(text, "")
}

// milestonesOnly is the part of the output that the milestones alone are.
func milestonesOnly(t *testing.T, tl *Timeline) string {
	return jsonOf(t, &Timeline{Milestones: tl.Milestones})
}
