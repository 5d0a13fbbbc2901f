package logs

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pir/timeline"
)

// jittered moves the lines of a log about: each by less than so many places.
func jittered(data []byte, seed uint64, places int) []byte {
	rng := rand.New(rand.NewPCG(seed, 5))
	lines := bytes.SplitAfter(data, []byte("\n"))
	for i := range lines {
		if j := i + rng.IntN(places+1); j < len(lines) && len(lines[j]) > 0 {
			lines[i], lines[j] = lines[j], lines[i]
		}
	}
	return bytes.Join(lines, nil)
}

// facts is what a window shows, without the rows of the files. Places differ:
// a part of a file is cited by offset.
func facts(t *testing.T, res *Result, data []byte) string {
	t.Helper()
	place := func(o timeline.Origin) timeline.Origin {
		if o.Byte > 0 || o.Line == 0 {
			o.Line = bytes.Count(data[:max(o.Byte, 0)], []byte("\n")) + 1
			o.Byte = -1
		}
		return o
	}
	for i := range res.Bursts {
		for _, e := range []*timeline.Evidence{&res.Bursts[i].First, &res.Bursts[i].Last} {
			e.Origin = place(timeline.ParseOrigin(e.Origin)).String()
		}
	}
	for i := range res.Signals {
		res.Signals[i].Origin = place(res.Signals[i].Origin)
	}
	return asText(t, []any{res.Series, res.Bursts, res.Signals})
}

// scanLeast is Scan where windows are looked for in files from a size on.
func scanLeast(t *testing.T, files []File, opt Options, least int64) *Result {
	t.Helper()
	jobs, err := prepareAll(t.Context(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	s := newScan(jobs, opt)
	s.least = least
	res, err := s.run(t.Context(), jobs)
	if err != nil {
		t.Fatal(err)
	}
	balance(t, res)
	return res
}

func TestPartOfAFileTellsTheSame(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	windows := []struct{ from, to time.Duration }{
		{13 * time.Hour, 15 * time.Hour}, {14 * time.Hour, 14*time.Hour + 20*time.Minute}, {20 * time.Hour, 0},
		{0, 4 * time.Hour}, {-5 * time.Hour, -2 * time.Hour}, {40 * time.Hour, 41 * time.Hour},
	}
	for _, format := range []string{"accesslog", "jsonl", "logfmt", "syslog", "text"} {
		for seed, jitter := range []int{0, 3, 12} {
			data := jittered(serviceLog(format, 3<<20), uint64(seed), jitter)
			files := []File{{FS: oneFile(data), Path: "app.log", Name: "app.log", Source: "app"}}
			for _, w := range windows {
				opt := Options{Anchor: day}
				if w.from != 0 {
					opt.From = day.Add(w.from)
				}
				if w.to != 0 {
					opt.To = day.Add(w.to)
				}
				whole, part := scanLeast(t, files, opt, 1<<40), scanLeast(t, files, opt, 1<<20)
				what := fmt.Sprintf("%s, jitter of %d lines, %s to %s", format, jitter, w.from, w.to)
				if !strings.Contains(part.Sources[0].Detail, "found by") || part.Sources[0].BytesRead >= whole.Sources[0].BytesRead {
					t.Errorf("%s: read whole: %s", what, part.Sources[0].Detail)
				}
				if a, b := part.Sources[0].InWindow, whole.Sources[0].InWindow; a != b {
					t.Errorf("%s: %d records in the window, want %d", what, a, b)
				}
				sameText(t, what, facts(t, part, data), facts(t, whole, data))
			}
		}
	}
}

// A file that is in less order than it looks is read whole.
func TestDisorderIsFoundOut(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	opt := Options{From: day.Add(13 * time.Hour), To: day.Add(15 * time.Hour)}
	data := serviceLog("jsonl", 3<<20)
	// Some lines of the window stand where no sample looks, far away.
	lines := bytes.SplitAfter(data, []byte("\n"))
	stray := lines[len(lines)*14/24]
	n := len(lines) * 27 / 48
	moved := bytes.Join(append(append(append([][]byte{}, lines[:n]...), lines[n-5000]), lines[n:]...), nil)
	shuffled := bytes.Join(append(append([][]byte{}, lines[len(lines)/2:]...), lines[:len(lines)/2]...), nil)
	for _, c := range []struct {
		name string
		data []byte
	}{{"a stray line inside the part", moved}, {"halves exchanged", shuffled}} {
		files := []File{{FS: oneFile(c.data), Path: "app.log", Name: "app.log", Source: "app"}}
		whole, part := scanLeast(t, files, opt, 1<<40), scanLeast(t, files, opt, 1<<20)
		if part.Sources[0].BytesRead != int64(len(c.data)) || part.Sources[0].SHA256 == "" {
			t.Errorf("%s: %d of %d bytes read (%s), %.60q", c.name, part.Sources[0].BytesRead, len(c.data), part.Sources[0].Detail, stray)
		}
		sameText(t, c.name, asText(t, part), asText(t, whole))
	}
}

func TestPartsAreCitedByOffset(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	data := serviceLog("syslog", 3<<20)
	files := []File{{FS: oneFile(data), Path: "app.log", Name: "app.log", Source: "app"}}
	res := scanLeast(t, files, Options{From: day.Add(13 * time.Hour), To: day.Add(15 * time.Hour)}, 1<<20)
	if len(res.Bursts) != 1 || res.Sources[0].SHA256 != "" {
		t.Fatalf("%d bursts, checksum %q", len(res.Bursts), res.Sources[0].SHA256)
	}
	for _, e := range []timeline.Evidence{res.Bursts[0].First, res.Bursts[0].Last} {
		o := timeline.ParseOrigin(e.Origin)
		if o.Byte <= 0 || !bytes.HasPrefix(data[o.Byte:], []byte(e.Quote)) || data[o.Byte-1] != '\n' {
			t.Errorf("%s does not hold %q", e.Origin, e.Quote)
		}
	}
}

func TestPackedFilesAreReadAsFarAsTheWindow(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	data := jittered(serviceLog("accesslog", 24<<20), 1, 5)
	gz := oneFile(packed(t, data))
	files := []File{{FS: gz, Path: "app.log", Name: "app.log", Source: "app"}}
	opt := Options{From: day.Add(2 * time.Hour), To: day.Add(4 * time.Hour)}
	got := scanLeast(t, files, opt, 1<<20)
	want := scanLeast(t, []File{{FS: oneFile(data), Path: "app.log", Name: "app.log", Source: "app"}}, opt, 1<<40)
	s := got.Sources[0]
	if s.BytesRead >= s.BytesTotal || s.SHA256 != "" || !strings.Contains(s.Detail, "not read beyond the window") {
		t.Errorf("%d of %d bytes read, checksum %q: %s", s.BytesRead, s.BytesTotal, s.SHA256, s.Detail)
	}
	if s.InWindow != want.Sources[0].InWindow {
		t.Errorf("%d in the window, want %d", s.InWindow, want.Sources[0].InWindow)
	}
	sameText(t, "gzip", facts(t, got, data), facts(t, want, data))
}

func TestRotatedPartsBeforeTheWindowAreSpared(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	data := serviceLog("jsonl", 3<<20)
	third := func(n int) int { return bytes.IndexByte(data[len(data)*n/3:], '\n') + 1 + len(data)*n/3 }
	fsys := fstest.MapFS{
		"app.log.2.gz": {Data: packed(t, data[:third(1)])}, "app.log.1.gz": {Data: packed(t, data[third(1):third(2)])},
		"app.log": {Data: data[third(2):]},
	}
	var files []File
	for _, name := range []string{"app.log", "app.log.1.gz", "app.log.2.gz"} {
		files = append(files, File{FS: fsys, Path: name, Name: name, Source: "app"})
	}
	res := scanLeast(t, files, Options{From: day.Add(13 * time.Hour), To: day.Add(15 * time.Hour)}, 1<<20)
	s := res.Sources[2]
	if s.BytesRead != 0 || s.Status != timeline.StatusRead || !strings.Contains(s.Detail, "where app.log.1.gz begins") || s.First.IsZero() {
		t.Errorf("%+v", s)
	}
	if res.Sources[1].BytesRead == 0 || len(res.Bursts) != 1 {
		t.Errorf("%+v, %d bursts", res.Sources[1], len(res.Bursts))
	}
}

func TestStem(t *testing.T) {
	for name, want := range map[string]string{
		"app.log": "app.log", "app.log.1": "app.log", "app.log.12.gz": "app.log", "logs/app.log-20260714": "logs/app.log",
		"app.log.2026-07-14.zst": "app.log", "web-1": "web-1", "web-1.log": "web-1.log", "syslog.3": "syslog", "7": "7",
		"logs/2026/07": "logs/2026/07", "app.log-20260714.gz": "app.log", "node3.log": "node3.log",
	} {
		if got := Stem(name); got != want {
			t.Errorf("Stem(%q) = %q, want %q", name, got, want)
		}
	}
}

// What need not be read is no part of the whole.
func TestProgressOfAWindow(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	data := serviceLog("jsonl", 24<<20)
	fsys := fstest.MapFS{"plain": {Data: data}, "packed": {Data: packed(t, data)}}
	var files []File
	for _, name := range []string{"plain", "packed"} {
		files = append(files, File{FS: fsys, Path: name, Name: name, Source: name})
	}
	var last, total, calls int64
	opt := Options{From: day.Add(2 * time.Hour), To: day.Add(3 * time.Hour), Progress: func(done, all int64) {
		if done < last {
			t.Errorf("%d after %d", done, last)
		}
		last, total = done, all
		calls++
	}}
	res := scanLeast(t, files, opt, 1<<20)
	if read := res.Sources[0].BytesRead + res.Sources[1].BytesRead; last != read || calls < 2 || total < last || total > last+8<<20 {
		t.Errorf("ended at %d of %d, %d bytes read, %d calls", last, total, read, calls)
	}
}
