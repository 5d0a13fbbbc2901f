package logs

import (
	"bytes"
	"strings"
	"testing"
)

// TestPartialLinesAreJoined: a line of a program that the runtime cuts is one
// record, whatever the pieces look like.
func TestPartialLinesAreJoined(t *testing.T) {
	for name, input := range partialLines() {
		f, _ := Find(name)
		got := readLines(f, []byte(input))
		want := ` 1 2024-07-30T11:45:02Z error: "{\"level\":\"error\",\"msg\":\"a long"
 2 continues
 3 continues
 4 2024-07-30T11:45:03Z info: "next"
`
		if !strings.HasPrefix(got, " 1 2024-07-30T11:45:02Z error") || strings.Count(got, "continues") != 2 || !strings.HasSuffix(got, want[strings.Index(want, " 4"):]) {
			t.Errorf("%s: got\n%s\nwant such as\n%s", name, got, want)
		}
	}
}

// TestPartialLinesOverChunks: it makes no difference whether a chunk ends
// between the pieces of a line, nor what stands between them.
func TestPartialLinesOverChunks(t *testing.T) {
	for name, input := range partialLines() {
		f, _ := Find(name)
		data := []byte(strings.Repeat(input, 9) + strings.ReplaceAll(input, "\n", "\n\n"))
		whole := countInChunks(f, data, len(data)+1, newWindow(Options{}))
		if whole.continuation < 20 || whole.inWindow != 20 {
			t.Fatalf("%s: %d records, %d lines continue", name, whole.inWindow, whole.continuation)
		}
		for size := 120; size < 700; size++ {
			if got, want := countInChunks(f, data, size, newWindow(Options{})).totals(), whole.totals(); got != want {
				t.Fatalf("%s: in chunks of %d %s, as a whole %s", name, size, got, want)
			}
		}
	}
}

// partialLines are two records, by format: the first in three pieces.
func partialLines() map[string]string {
	return map[string]string{
		"cri": `2024-07-30T11:45:02Z stdout P {"level":"error","msg":"a long
2024-07-30T11:45:02Z stdout P  2024-07-30T11:45:02Z ERROR of it
2024-07-30T11:45:02Z stdout F  and its end"}
2024-07-30T11:45:03Z stdout F {"level":"info","msg":"next"}
`,
		"docker": `{"log":"{\"level\":\"error\",\"msg\":\"a long","stream":"stdout","time":"2024-07-30T11:45:02Z"}
{"log":" ERROR of it","stream":"stdout","time":"2024-07-30T11:45:02Z"}
{"log":" and its end\"}\n","stream":"stdout","time":"2024-07-30T11:45:02Z"}
{"log":"{\"level\":\"info\",\"msg\":\"next\"}\n","stream":"stdout","time":"2024-07-30T11:45:03Z"}
`,
	}
}

// TestWrappedLikeBare: what is inside a wrapping is read as it is outside of
// one, but for its time.
func TestWrappedLikeBare(t *testing.T) {
	for _, inner := range innerFormats() {
		if inner.Name == "text" || inner.Name == "uptime" || inner.Name == "w3c" {
			continue // their lines without a time have one here
		}
		_, a := archive(t, inner.Name)
		var b bytes.Buffer
		for line := range bytes.Lines(a.Files[0].Data) {
			b.WriteString("2024-07-30T12:00:00Z stdout F ")
			b.Write(line)
		}
		f, _ := Find("cri")
		p, bare := f.New(b.Bytes()), inner.New(a.Files[0].Data)
		var one, other Record
		for line := range bytes.Lines(b.Bytes()) {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if bare.Parse(line[len("2024-07-30T12:00:00Z stdout F "):], false, &one) != KindRecord {
				continue
			}
			kind := p.Parse(line, false, &other)
			if kind == KindContinuation && looksContinued(line[len("2024-07-30T12:00:00Z stdout F "):]) {
				continue
			}
			if kind != KindRecord || one.Level != other.Level || string(one.Message) != string(other.Message) || string(one.Component) != string(other.Component) {
				t.Errorf("%s: %q: %v %s, bare %s", inner.Name, line, kind, describe(other), describe(one))
			}
		}
	}
}
