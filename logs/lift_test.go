package logs

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pir/internal/when"
)

// TestLift: every record of a small log is an event, with the lines that go on
// with it; what is none is counted.
func TestLift(t *testing.T) {
	const text = `2026-07-14T10:00:00.5Z INFO deploy of web 2.41 begins
2026-07-14T10:00:02Z ERROR deploy failed
java.lang.IllegalStateException: no disk
	at shop.Deploy.run(Deploy.java:7)
2026-07-14 12:00:03 INFO rolled back
`
	fsys := fstest.MapFS{"deploys.log": {Data: []byte(text)}}
	zone, err := when.LoadZone("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Lift(t.Context(), File{
		FS: fsys, Path: "deploys.log", Name: "deploys.log", Source: "deploys", Component: "web", Skew: time.Second,
		Zone: when.Zone{Location: zone, From: when.ZoneSource},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, e := range got.Events {
		rows = append(rows, fmt.Sprintf("%s %s %s %v %q %q", e.Time.Format(time.RFC3339Nano), e.Precision, e.Origins[0], e.Components, e.Title, e.Body))
	}
	want := []string{
		`2026-07-14T10:00:01.5Z millisecond deploys.log:1 [web] "deploy of web 2.41 begins" ""`,
		`2026-07-14T10:00:03Z second deploys.log:2 [web] "deploy failed" "java.lang.IllegalStateException: no disk\n\tat shop.Deploy.run(Deploy.java:7)"`,
		`2026-07-14T10:00:04Z second deploys.log:5 [web] "rolled back" ""`,
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if s := got.Sources[0]; s.Records != 5 || s.InWindow+s.Continuation != 5 || s.SHA256 == "" {
		t.Errorf("the row of the file is %+v", s)
	}
}

// TestLiftIsBounded: a log that is no list of events is refused.
func TestLiftIsBounded(t *testing.T) {
	fsys := fstest.MapFS{"big.log": {Data: []byte(strings.Repeat("2026-07-14T10:00:00Z INFO served\n", MaxLiftRecords+1))}}
	_, err := Lift(t.Context(), File{FS: fsys, Path: "big.log", Name: "big.log", Source: "big"}, Options{})
	if err == nil || err.Error() != "big.log: more than 50000 records, the limit for logs read as events" {
		t.Errorf("error %v", err)
	}
}
