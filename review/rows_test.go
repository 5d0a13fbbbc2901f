package review

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// events makes n events of a kind, a minute apart.
func events(kind timeline.Kind, n int, title func(i int) string) []timeline.Event {
	var list []timeline.Event
	for i := range n {
		list = append(list, timeline.Event{
			ID: fmt.Sprintf("e%s%d", kind, i), Source: string(kind), Kind: kind, Title: title(i), Precision: when.Minute,
			Time: at("10:00").Add(time.Duration(i) * time.Minute), Origins: []timeline.Origin{timeline.LineOrigin(string(kind), i+1)},
		})
	}
	return list
}

func rowsOf(list []timeline.Event) string {
	p := newPage(&timeline.Timeline{Events: list}, Options{}, nil, "")
	var b strings.Builder
	for _, r := range p.Rows() {
		fmt.Fprintf(&b, "%s %s\n", r.Time.Clock(), string(r.What))
	}
	return b.String()
}

func TestFlappingAlertsAreFirstAndLast(t *testing.T) {
	same := func(int) string { return "queue too long" }
	if got, want := rowsOf(events(timeline.KindAlert, 40, same)), "10:00 Alert: queue too long\n10:39 Alert: queue too long\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}

func TestLongTablesKeepWhatDecides(t *testing.T) {
	numbered := func(i int) string { return fmt.Sprint("row ", i) }
	list := append(events(timeline.KindNote, 500, numbered), events(timeline.KindChange, 2, numbered)...)
	list[77].Flags = []string{timeline.FlagPinned}
	want := "10:00 Change: row 0\n10:01 Change: row 1\n11:17 row 77\n"
	if got := rowsOf(list); got != want {
		t.Errorf("got %swant %s", got, want)
	}
	p := newPage(&timeline.Timeline{Events: list}, Options{}, nil, "")
	if got := string(p.Hidden()); got != "499 note" {
		t.Errorf("hidden: got %q", got)
	}
}

func TestRowsOfOthersAndOfTestsAreNotOurs(t *testing.T) {
	list := events(timeline.KindStatus, 3, func(i int) string { return fmt.Sprint("post ", i) })
	list[1].Party = timeline.PartyDownstream
	list[2].Flags = []string{timeline.FlagTest}
	if got, want := rowsOf(list), "10:00 Status page: post 0\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
	p := newPage(&timeline.Timeline{Events: list}, Options{}, nil, "")
	if rows := p.PartyRows(); len(rows) != 1 || rows[0].Who != "downstream, status" {
		t.Errorf("rows of others: %+v", rows)
	}
}

func TestPostsAreCutBetweenSentences(t *testing.T) {
	body := strings.Repeat("We are looking into it with care. ", 7) + "Edge: operational to partial outage"
	e := timeline.Event{Kind: timeline.KindStatus, Title: "Investigating: Trouble at the edge", Body: body}
	got := string((&Page{timeline: &timeline.Timeline{}}).what(&e))
	if want := "Status page (Investigating): " + strings.TrimSpace(strings.Repeat("We are looking into it with care. ", 6)) + " …"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	e.Body = "Short.\nEdge: operational to down\nMail: operational to down"
	got = string((&Page{timeline: &timeline.Timeline{}}).what(&e))
	if want := "Status page (Investigating): Short. Edge: operational to down; Mail: operational to down"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestOneSentenceOfTwoTimes: a window that one sentence states is told once.
func TestOneSentenceOfTwoTimes(t *testing.T) {
	said := []timeline.Evidence{{Origin: "review.md:3", Quote: "Between 10:03 and 11:31 mail was late."}}
	start, end := mark(timeline.ImpactStart, "10:03", timeline.RungStated, said), mark(timeline.Mitigated, "11:31", timeline.RungStated, said)
	p := newPage(&timeline.Timeline{Milestones: []timeline.Boundary{start, end}}, Options{}, nil, "")
	rows := p.Rows()
	if len(rows) != 2 || rows[0].What != Text(said[0].Quote) || rows[1].What != "The end of the window that began at 10:03." {
		t.Errorf("got %+v", rows)
	}
}

// TestWhatTheLogShows: the edges of a burst are told as rates; an edge that no
// burst has is told by its rule.
func TestWhatTheLogShows(t *testing.T) {
	first, last := timeline.Evidence{Origin: "relay.log:120"}, timeline.Evidence{Origin: "relay.log:8800"}
	tl := &timeline.Timeline{Bursts: []timeline.Burst{{
		Source: "log", Component: "relay", Start: at("10:03"), End: at("11:31"), RateBefore: 0.25, Rate: 41, RateAfter: 3, First: first, Last: last,
	}}}
	p := newPage(tl, Options{}, nil, "")
	for _, tt := range []struct {
		clock string
		cited timeline.Evidence
		want  Text
	}{
		{"10:03", first, "The log of relay: errors rose from 0.25 to 41 a minute."},
		{"11:31", last, "The log of relay: errors fell from 41 to 3 a minute."},
		{"11:31", timeline.Evidence{Origin: "other.log:1"}, "a time in a note"},
		{"12:00", last, "a time in a note"},
	} {
		if got := p.measuredText(mark(timeline.ImpactStart, tt.clock, timeline.RungMeasured, []timeline.Evidence{tt.cited})); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.clock, got, tt.want)
		}
	}
}

// TestAttemptsAreStarts: what was tried is in the order in which it can have
// been; that something got better is no attempt.
func TestAttemptsAreStarts(t *testing.T) {
	bounded := mark(timeline.MitigationStart, "", timeline.RungPosted, nil)
	bounded.NotAfter, bounded.Outcome = at("11:00"), timeline.OutcomeFailed
	better := mark(timeline.PartialMitigation, "", timeline.RungPosted, nil)
	better.NotAfter = at("10:10")
	p := newPage(&timeline.Timeline{Milestones: []timeline.Boundary{
		bounded, mark(timeline.MitigationStart, "10:20", timeline.RungStated, nil), better, mark(timeline.MitigationStart, "11:40", timeline.RungStated, nil),
	}}, Options{}, nil, "")
	var got []string
	for _, a := range p.Attempts() {
		got = append(got, string(a.Time.Clock()+a.Bound))
	}
	if want := "10:20, by 11:00, 11:40"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

// TestPhaseOfAMinute: a row that is known to the minute is in the phase that
// begins in it.
func TestPhaseOfAMinute(t *testing.T) {
	p := newPage(&timeline.Timeline{Phases: []timeline.Phase{
		{Name: "undetected", Start: at("10:03"), End: at("2025-03-04T10:07:12Z"), Known: true},
		{Name: "triage", Start: at("2025-03-04T10:07:12Z"), End: at("10:20"), Known: true},
	}}, Options{}, nil, "")
	for _, tt := range []struct {
		precision when.Precision
		want      Text
	}{{when.Minute, "triage"}, {when.Second, "undetected"}} {
		if got := p.phaseAt(p.calendar.moment(at("10:07"), tt.precision)); got != tt.want {
			t.Errorf("10:07 to the %s: got %q, want %q", tt.precision, got, tt.want)
		}
	}
}

// TestNobodyAsksAfterWhatIsDone: only what is left to do needs an owner and a
// date.
func TestNobodyAsksAfterWhatIsDone(t *testing.T) {
	p := newPage(&timeline.Timeline{Actions: []timeline.Action{{Text: "a", State: "Done"}, {Text: "b", State: "open", Owner: "Mira"}}}, Options{}, nil, "")
	if got := p.actionQuestions(); len(got) != 1 || got[0].What != "When will the action without a date be done?" {
		t.Errorf("got %+v", got)
	}
}
