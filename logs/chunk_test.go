package logs

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pir/internal/when"
)

// countInChunks reads data with one goroutine.
func countInChunks(f Format, data []byte, size int, w window) *tally {
	j := &job{window: w, parser: f.New(data[:min(len(data), HeadSize)]), years: yearHints{anchor: anchor()}.settle()}
	j.file.Zone.From = when.ZoneAssumed
	all := newTally("")
	chunks, buf := newChunker(bytes.NewReader(data), j.parser), make([]byte, size)
	for {
		ch, ok := chunks.next(buf)
		if !ok {
			return all
		}
		all.absorb(j.count(ch), fileLimits())
	}
}

// totals are the figures of a tally that the coverage table shows.
func (t *tally) totals() string {
	b, err := json.Marshal([]any{t.lines, t.lead, t.continuation, t.undated, t.malformed, t.inWindow, t.outside,
		t.outOfOrder, t.dated, t.first, t.last, t.naive, t.yearless, t.noYear, t.wraps, t.request, t.disorder, t.doubts, t.names, t.records})
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// FuzzChunks feeds any bytes to each format: every physical line is counted
// once, and wherever the chunks end the counts are the same.
func FuzzChunks(f *testing.F) {
	for _, format := range Formats() {
		_, a := archive(f, format.Name)
		f.Add(a.Files[0].Data, uint16(0))
		f.Add(a.Files[0].Data, uint16(80))
	}
	w := newWindow(Options{From: anchor(), To: anchor().AddDate(0, 1, 0)})
	f.Fuzz(func(t *testing.T, data []byte, extra uint16) {
		longest := 0
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			longest = max(longest, len(line))
		}
		for _, format := range Formats() {
			whole := countInChunks(format, data, len(data)+1, w)
			sum := whole.lead + whole.continuation + whole.undated + whole.malformed + whole.inWindow + whole.outside
			if whole.lines != lineCount(data) || sum != whole.lines {
				t.Fatalf("%s: %d lines counted, sum %d, of %d", format.Name, whole.lines, sum, lineCount(data))
			}
			cut := countInChunks(format, data, longest+2+int(extra), w)
			if got, want := cut.totals(), whole.totals(); got != want {
				t.Fatalf("%s: in chunks %s, as a whole %s", format.Name, got, want)
			}
			tiny := countInChunks(format, data, 1+int(extra)%5, w)
			if tiny.lines != whole.lines {
				t.Fatalf("%s: %d lines in tiny chunks, %d as a whole", format.Name, tiny.lines, whole.lines)
			}
		}
	})
}

func TestChunkerCutsBetweenLines(t *testing.T) {
	text := "one\ntwo two\n\nthree three three three three\nlast"
	for size := 1; size < len(text)+2; size++ {
		chunks, buf := newChunker(strings.NewReader(text), nil), make([]byte, size)
		var lines []string
		for {
			ch, ok := chunks.next(buf)
			if !ok {
				break
			}
			if at := text[ch.offset : ch.offset+int64(len(ch.data))]; at != string(ch.data) {
				t.Fatalf("size %d: %q said to be at %d, where %q is", size, ch.data, ch.offset, at)
			}
			for line := range strings.SplitSeq(strings.TrimSuffix(string(ch.data), "\n"), "\n") {
				lines = append(lines, line)
			}
		}
		want := strings.Split(text, "\n")
		if len(lines) != len(want) {
			t.Fatalf("size %d: lines %q", size, lines)
		}
		for i := range want {
			if lines[i] != want[i] && (len(want[i]) < size || !strings.HasPrefix(want[i], lines[i])) {
				t.Errorf("size %d: line %q, want %q", size, lines[i], want[i])
			}
		}
	}
}
