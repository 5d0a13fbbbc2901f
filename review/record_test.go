package review

import (
	"testing"
	"time"

	"pir/review/document"
	"pir/timeline"
)

// alertsAt is the timeline of an export of alerts; each is its id, its place, its
// time and its name.
func alertsAt(t *testing.T, rows ...[4]string) (*timeline.Timeline, []document.Citation) {
	t.Helper()
	tl := &timeline.Timeline{}
	var cited []document.Citation
	for i, r := range rows {
		at, err := time.Parse("15:04:05", r[2])
		if err != nil {
			t.Fatal(err)
		}
		tl.Events = append(tl.Events, timeline.Event{ID: r[0], Time: at, Source: "alerts", Title: r[3]})
		cited = append(cited, document.Citation{N: i + 1, IDs: []string{r[0]}, Origin: r[1], Quote: r[3]})
	}
	return tl, cited
}

// TestRecordsKeepTheirNumbers: a citation goes on to stand for what was said, be
// it numbered or placed anew; where that is gone it stands for nothing else.
func TestRecordsKeepTheirNumbers(t *testing.T) {
	const slow, disk = "Alert fired: SearchLatencyHigh: Search p99 above 2 s", "Alert fired: DiskSlow: Search p99 above 2 s"
	type row = [4]string
	first := "alerts.json#/alerts/0"
	second := "alerts.json#/alerts/1"
	for _, c := range []struct {
		what       string
		old, fresh []row
		want       int // number that the first of old has now; 0 is gone
	}{
		{"made again behind another", []row{{"e1", first, "09:11:40", slow}}, []row{{"e2", first, "09:00:30", disk}, {"e3", second, "09:11:40", slow}}, 2},
		{"another one in its place", []row{{"e1", first, "09:11:40", slow}}, []row{{"e2", first, "09:00:30", disk}}, 0},
		{"another one at the same time", []row{{"e1", first, "09:11:40", "Alert fired: A"}}, []row{{"e2", first, "09:11:40", "Disk is full on node 4"}}, 0},
		{"it fired another time", []row{{"e1", first, "09:11:40", slow}}, []row{{"e2", first, "09:00:30", slow}}, 0},
		{"it fired twice, and is placed anew", []row{{"e1", first, "09:11:40", slow}}, []row{{"e2", first, "09:00:30", slow}, {"e3", second, "09:11:40", slow}}, 2},
		{"the same id elsewhere", []row{{"e1", first, "09:11:40", slow}}, []row{{"e2", first, "09:11:40", slow}, {"e1", second, "09:11:40", slow}}, 2},
		{"a line that was reworded", []row{{"e1", "notes.md:3", "09:11:40", "Restarted the api, which took a while."}}, []row{{"e2", "notes.md:3", "09:11:40", "Restarted the api twice, which took a while."}}, 1},
		{"a line with another time", []row{{"e1", "notes.md:3", "09:11:40", "- 09:11 Restarted."}}, []row{{"e2", "notes.md:3", "09:12:40", "- 09:12 Restarted."}}, 1},
		{"another line there", []row{{"e1", "notes.md:3", "09:11:40", "- 09:11 Restarted."}}, []row{{"e2", "notes.md:3", "09:12:40", "- 09:12 Called the bank, nobody there."}}, 0},
	} {
		old, was := alertsAt(t, c.old...)
		fresh, now := alertsAt(t, c.fresh...)
		num := recordPair{old, fresh}.byEvidence(was, now)
		if num.to[1] != c.want {
			t.Errorf("%s: it is %d now, want %d", c.what, num.to[1], c.want)
		}
		if _, gone := num.gone[1]; gone != (c.want == 0) {
			t.Errorf("%s: gone is %v", c.what, gone)
		}
	}
}

// TestRowsKeepTheirNumbers: the same without a sidecar, by the list on the page.
func TestRowsKeepTheirNumbers(t *testing.T) {
	mine := map[int]string{1: "`a.json#/alerts/0`, `09:11Z`: `Alert fired: SearchLatencyHigh`", 2: "`a.json#/alerts/1`: `Alert fired: Gone`"}
	rows := map[int]string{1: "`a.json#/alerts/0`, `09:00Z`: `Alert fired: DiskSlow`", 2: "`a.json#/alerts/1`, `09:11Z`: `Alert fired: SearchLatencyHigh`"}
	fresh := []document.Citation{{N: 1, Origin: "a.json#/alerts/0"}, {N: 2, Origin: "a.json#/alerts/1"}}
	num := recordPair{}.byRows(mine, fresh, rows)
	if num.to[1] != 2 || num.to[2] != 0 || len(num.gone) != 1 {
		t.Errorf("%v, gone %v", num.to, num.gone)
	}
}
