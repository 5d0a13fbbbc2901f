package timeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pir/internal/when"
)

// rowsInput has a row of every sort that matters to an importer.
func rowsInput() *Timeline {
	at := time.Date(2025, 9, 12, 10, 2, 3, 456_789_123, time.UTC)
	return Build(Input{Events: []Event{
		{Time: at, Precision: when.Nanosecond, Source: "log", Kind: KindLog, Title: "=HYPERLINK(\"http://x\")",
			Origins: []Origin{LineOrigin("a.log", 3)}, Components: []string{"web", "db"}},
		{Time: at.Truncate(time.Minute), Precision: when.Minute, Approx: true, Source: "notes", Kind: KindNote, Actor: "dana",
			Title: "the graph\x1b[31m is falling", Body: "two\nlines, with a comma", Origins: []Origin{LineOrigin("n.md", 7)}},
		{Time: at.Truncate(24 * time.Hour), Precision: when.Day, Source: "notes", Kind: KindNote, Title: "that day",
			Origins: []Origin{LineOrigin("n.md", 9)}},
		{Source: "notes", Kind: KindNote, Title: "nobody knows when", Origins: []Origin{LineOrigin("n.md", 8)}},
	}})
}

func TestWriteRows(t *testing.T) {
	tl := rowsInput()
	var out bytes.Buffer
	left, err := tl.WriteRows(&out)
	if err != nil || left != 1 {
		t.Fatalf("left %d, error %v; want 1 row without a time", left, err)
	}
	type want struct {
		Message, Datetime string
		Desc              string `json:"timestamp_desc"`
		Timestamp         int64
	}
	var got []want
	for line := range strings.Lines(out.String()) {
		var row want
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	if diff := cmp.Diff([]want{
		{"that day", "2025-09-12T00:00:00+00:00", "Time noted (to the day)", 1757635200000000},
		{`dana: the graph\x1b[31m is falling: two lines, with a comma`, "2025-09-12T10:02:00+00:00", "Time noted (about)", 1757671320000000},
		{`=HYPERLINK("http://x")`, "2025-09-12T10:02:03.456789+00:00", "Log record written", 1757671323456789},
	}, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

func TestWriteCSV(t *testing.T) {
	var out bytes.Buffer
	left, err := rowsInput().WriteCSV(&out)
	if err != nil || left != 1 {
		t.Fatalf("left %d, error %v; want 1 row without a time", left, err)
	}
	if got := strings.Count(out.String(), "\n"); got != 4 {
		t.Errorf("%d lines, want one for each row and the names", got)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"message", "datetime", "timestamp_desc", "timestamp", "id", "time"}, records[0][:6]); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	cell := func(row int, name string) string {
		for i, n := range records[0] {
			if n == name {
				return records[row][i]
			}
		}
		t.Fatalf("no column %s", name)
		return ""
	}
	for _, c := range []struct {
		row        int
		name, want string
	}{
		{3, "message", `'=HYPERLINK("http://x")`},
		{3, "components", "web; db"},
		{3, "timestamp", "1757671323456789"},
		{2, "body", "two lines, with a comma"},
		{2, "title", `the graph\x1b[31m is falling`},
		{2, "origins", "n.md:7"},
		{1, "end", ""},
	} {
		if got := cell(c.row, c.name); got != c.want {
			t.Errorf("row %d: %s is %q, want %q", c.row, c.name, got, c.want)
		}
	}
}

// TestRowsHaveTheKeysOfEvents: a row loses nothing of its event.
func TestRowsHaveTheKeysOfEvents(t *testing.T) {
	tl := rowsInput()
	var rows bytes.Buffer
	if _, err := tl.WriteRows(&rows); err != nil {
		t.Fatal(err)
	}
	var doc struct{ Events []map[string]any }
	if err := json.Unmarshal([]byte(jsonOf(t, tl)), &doc); err != nil {
		t.Fatal(err)
	}
	i := 0
	for line := range strings.Lines(rows.String()) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"message", "datetime", "timestamp_desc", "timestamp", "milestones"} {
			delete(row, key)
		}
		if diff := cmp.Diff(doc.Events[i], row); diff != "" {
			t.Errorf("row %d: want -, got +\n%s", i, diff)
		}
		i++
	}
}
