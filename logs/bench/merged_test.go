package main

import (
	"strings"
	"testing"
)

// tinyIndex is of two files: one with a stack trace, one with a jump back.
func tinyIndex() map[string]*lineIndex {
	index := map[string]*lineIndex{}
	for path, lines := range map[string][]string{
		"worker/worker.log": {
			"time=2026-07-14T19:33:30.5+05:30 level=error msg=a", "goroutine 1 [running]:", "\tmain.go:3",
			"time=2026-07-14T19:33:32+05:30 level=info msg=b",
		},
		"db/syslog": {"Jul 14 09:03:31 db-1 postgres[1]: LOG:  x", "Jul 14 09:03:29 db-1 postgres[1]: LOG:  y"},
	} {
		format := map[string]string{"worker/worker.log": "logfmt", "db/syslog": "syslog"}[path]
		x := newLineIndex(&fileTruth{Lines: int64(len(lines))})
		var start int64
		for _, text := range lines {
			c := counted{start: start, text: []byte(text)}
			c.at, c.dated = stampOf(format, c.text)
			x.add(c)
			start += int64(len(text)) + 1
		}
		index[path] = x
	}
	return index
}

// right is the merged stream of tinyIndex as text.
const right = `2026-07-14T14:03:29Z db/syslog:2 Jul 14 09:03:29 db-1 postgres[1]: LOG:  y
2026-07-14T14:03:30.5Z worker/worker.log:1 time=2026-07-14T19:33:30.5+05:30 level=error msg=a
- worker/worker.log:2 goroutine 1 [running]:
- worker/worker.log:3 \tmain.go:3
2026-07-14T14:03:31Z db/syslog@0 Jul 14 09:03:31 db-1 postgres[1]: LOG:  x
2026-07-14T14:03:32Z worker/worker.log:4 time=2026-07-14T19:33:32+05:30 level=info msg=b
`

// rightRows is the same as objects, the stack trace in the row of its record.
const rightRows = `{"datetime":"2026-07-14T14:03:29Z","origin":"db/syslog:2","message":"y"}
{"datetime":"2026-07-14T14:03:30.500Z","origin":"worker/worker.log:1","message":"a\ngoroutine 1 [running]:\n\tmain.go:3"}
{"datetime":"2026-07-14T14:03:31Z","origins":["db/syslog:1"],"message":"x"}
{"datetime":"2026-07-14T14:03:32Z","origin":"worker/worker.log:4","message":"b"}
`

func TestReadMerged(t *testing.T) {
	lines := strings.SplitAfter(right, "\n")
	swapped := strings.Join([]string{lines[0], lines[2], lines[3], lines[4], lines[1], lines[5]}, "")
	for _, row := range []struct {
		name, stream string
		want         mergedTally
	}{
		{"text", right, mergedTally{}},
		{"objects", rightRows, mergedTally{}},
		{"order", swapped, mergedTally{inversions: 1}},
		{"a trace with the time of its record", strings.Replace(right, "- worker", "2026-07-14T14:03:30.5Z worker", 1), mergedTally{foreign: 1}},
		{"the time of the line before", strings.Replace(right, "2026-07-14T14:03:31Z", "2026-07-14T14:03:30.5Z", 1), mergedTally{foreign: 1}},
		{"digits cut", strings.Replace(right, "14:03:30.5Z", "14:03:30Z", 1), mergedTally{foreign: 1}},
		{"other text", strings.Replace(right, "LOG:  x", "LOG: x", 1), mergedTally{changed: 1}},
		{"a line left out", strings.Join(lines[1:], ""), mergedTally{missing: 1}},
		{"a line twice", lines[0] + right, mergedTally{repeated: 1}},
		{"no place", "hello\n" + right, mergedTally{unreadable: 1}},
		{"a line that is not there", right + "- db/syslog:3 x\n", mergedTally{unreadable: 1}},
		{"nothing", "", mergedTally{missing: 6}},
	} {
		got, err := readMerged(strings.NewReader(row.stream), tinyIndex())
		if err != nil {
			t.Fatal(err)
		}
		if wrong := row.want != (mergedTally{}) && row.want.missing == 0; wrong != (got.example != "") {
			t.Errorf("%s: example %q", row.name, got.example)
		}
		got.rows, got.dated, got.last, got.example = 0, 0, 0, ""
		if *got != row.want {
			t.Errorf("%s: %+v, want %+v", row.name, *got, row.want)
		}
	}
}
