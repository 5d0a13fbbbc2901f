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
