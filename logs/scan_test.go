package logs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// text of a result, for comparing.
func asText(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sameText tells where two texts part.
func sameText(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	t.Errorf("%s differs: …%.200s… against …%.200s…", what, got[max(0, at-80):], want[max(0, at-80):])
}

// balance checks that each line of each file is counted once.
func balance(t testing.TB, res *Result) {
	t.Helper()
	for _, s := range res.Sources {
		if sum := s.InWindow + s.Outside + s.Continuation + s.Undated + s.Malformed; sum != s.Records {
			t.Errorf("%s: %d in window + %d outside + %d continuation + %d undated + %d malformed = %d, of %d records",
				s.Path, s.InWindow, s.Outside, s.Continuation, s.Undated, s.Malformed, sum, s.Records)
		}
	}
}

// lineCount is how many physical lines data has.
func lineCount(data []byte) int64 {
	n := bytes.Count(data, []byte("\n"))
	if len(data) > 0 && data[len(data)-1] != '\n' {
		n++
	}
	return int64(n)
}

// scanInChunks is Scan with chunks of another size.
func scanInChunks(t testing.TB, files []File, opt Options, size int) *Result {
	t.Helper()
	jobs, err := prepareAll(t.Context(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	s := newScan(jobs, opt)
	s.size, s.least = size, int64(size)
	res, err := s.run(t.Context(), jobs)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// shuffled gives many lines of a format, some of them broken, in no order.
func shuffled(t testing.TB, format string, n int) []byte {
	_, a := archive(t, format)
	lines := bytes.Split(bytes.TrimSuffix(a.Files[0].Data, []byte("\n")), []byte("\n"))
	rng := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for range n {
		b.Write(lines[rng.IntN(len(lines))])
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func TestResultDoesNotDependOnWorkersOrChunks(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range Formats() {
		files[f.Name+".log"] = &fstest.MapFile{Data: shuffled(t, f.Name, 3000)}
		if documentOf(f.Name) != nil {
			_, a := archive(t, f.Name)
			files[f.Name+".log"] = &fstest.MapFile{Data: a.Files[0].Data}
		}
	}
	var list []File
	for _, f := range Formats() {
		list = append(list, File{FS: files, Path: f.Name + ".log", Name: f.Name + ".log", Source: f.Name[:1], Format: f.Name})
	}
	opt := Options{Anchor: anchor(), Workers: 1}
	want := scanInChunks(t, list, opt, 1<<20)
	balance(t, want)
	for i, f := range Formats() {
		lines := lineCount(files[f.Name+".log"].Data)
		if d := documentOf(f.Name); d != nil {
			text, _ := unrolled(d, files[f.Name+".log"].Data)
			lines = lineCount(text)
		}
		if want.Sources[i].Records != lines {
			t.Errorf("%s: %d records, %d lines", f.Name, want.Sources[i].Records, lines)
		}
	}
	if len(want.Signals) == 0 || len(want.Series) == 0 {
		t.Fatal("nothing to compare")
	}
	for _, workers := range []int{1, 2, 8} {
		for _, size := range []int{1 << 20, 4 << 10, 700} {
			opt.Workers = workers
			got := scanInChunks(t, list, opt, size)
			sameText(t, fmt.Sprintf("%d workers, chunks of %d bytes", workers, size), asText(t, got), asText(t, want))
		}
	}
}

func TestGzipReadsAsPlain(t *testing.T) {
	data := serviceLog("jsonl", 1<<20)
	plain := scanAll(t, fstest.MapFS{"a": {Data: data}}, Options{})
	gz := scanAll(t, fstest.MapFS{"a": {Data: packed(t, data)}}, Options{})
	if gz.Sources[0].SHA256 == plain.Sources[0].SHA256 || gz.Sources[0].BytesRead >= plain.Sources[0].BytesRead {
		t.Error("checksum and size are of the raw bytes")
	}
	if !strings.Contains(gz.Sources[0].Detail, "gzip") {
		t.Errorf("detail %q", gz.Sources[0].Detail)
	}
	gz.Sources, plain.Sources = nil, nil
	sameText(t, "gzip", asText(t, gz), asText(t, plain))
}

func TestInsertedLineChangesNoIDs(t *testing.T) {
	data := serviceLog("logfmt", 1<<20)
	ids := func(data []byte) string {
		var out []string
		res := scanAll(t, oneFile(data), Options{})
		for _, b := range res.Bursts {
			out = append(out, b.ID)
		}
		for _, s := range res.Signals {
			out = append(out, s.ID)
		}
		if len(res.Bursts) == 0 || len(res.Signals) == 0 {
			t.Fatal("nothing to compare")
		}
		return strings.Join(out, "\n")
	}
	top := []byte("ts=2026-07-13T23:59:59Z level=info msg=\"a line at the top\"\n")
	sameText(t, "ids", ids(append(top, data...)), ids(data))
}

func TestPlantedIncident(t *testing.T) {
	start := time.Date(2026, 7, 14, 14, 0, 0, 0, time.UTC)
	for _, f := range Formats() {
		res := scanAll(t, oneFile(serviceLog(f.Name, 4<<20)), Options{Anchor: start})
		if len(res.Bursts) != 1 {
			t.Errorf("%s: %d bursts: %s", f.Name, len(res.Bursts), asText(t, res.Bursts))
			continue
		}
		b := res.Bursts[0]
		if b.Start.Sub(start).Abs() > time.Minute || b.End.Sub(start.Add(30*time.Minute)).Abs() > time.Minute {
			t.Errorf("%s: burst from %s to %s", f.Name, b.Start, b.End)
		}
		if b.StartNotBefore.After(start) || b.StartNotAfter.Before(start) {
			t.Errorf("%s: start between %s and %s", f.Name, b.StartNotBefore, b.StartNotAfter)
		}
		if (b.Total > 0) != (f.Name == "accesslog") {
			t.Errorf("%s: %d of %d requests", f.Name, b.Failed, b.Total)
		}
		if f.Name == "accesslog" && (b.Failed*100/b.Total < 15 || b.Failed*100/b.Total > 25) {
			t.Errorf("%d of %d requests failed, one in five should", b.Failed, b.Total)
		}
		if !strings.HasPrefix(b.First.Origin, "app.log:") || b.First.Quote == "" || b.Last.Quote == "" {
			t.Errorf("%s: evidence %v and %v", f.Name, b.First, b.Last)
		}
		if s := res.Signals[0]; s.Level != "error" || s.Change != "surging" && s.Change != "new" {
			t.Errorf("%s: first signal %s %s %q", f.Name, s.Level, s.Change, s.Pattern)
		}
	}
}

func TestQuotesStandWhereTheyAreCited(t *testing.T) {
	data := serviceLog("syslog", 1<<20)
	lines := strings.Split(string(data), "\n")
	res := scanInChunks(t, []File{{FS: oneFile(data), Path: "app.log", Name: "a/b.log", Source: "db"}}, Options{Anchor: anchor()}, 4000)
	cited := 0
	check := func(origin, quote string) {
		var n int
		if _, err := fmt.Sscanf(origin, "a/b.log:%d", &n); err != nil || n < 1 || n > len(lines) || lines[n-1] != quote {
			t.Errorf("%s does not hold %q", origin, quote)
		}
		cited++
	}
	for _, b := range res.Bursts {
		check(b.First.Origin, b.First.Quote)
		check(b.Last.Origin, b.Last.Quote)
	}
	for _, s := range res.Signals {
		check(s.Origin.String(), s.Sample)
	}
	if cited < 3 {
		t.Errorf("only %d citations", cited)
	}
}

func TestWindowAndBaseline(t *testing.T) {
	start := time.Date(2026, 7, 14, 14, 0, 0, 0, time.UTC)
	data := serviceLog("text", 4<<20)
	res := scanAll(t, oneFile(data), Options{From: start, To: start.Add(30 * time.Minute)})
	balance(t, res)
	s := res.Sources[0]
	if s.InWindow == 0 || s.Outside == 0 || s.Records != lineCount(data) {
		t.Errorf("%d in window, %d outside, %d records", s.InWindow, s.Outside, s.Records)
	}
	for _, series := range res.Series {
		end := series.Start.Add(time.Duration(len(series.Counts)) * series.Step)
		if series.Start.Before(start.Add(-time.Hour)) || end.After(start.Add(30*time.Minute)) {
			t.Errorf("series from %s to %s; the baseline is an hour", series.Start, end)
		}
	}
	if len(res.Bursts) != 1 || !res.Bursts[0].End.IsZero() {
		t.Errorf("want one burst that goes on where the window ends: %s", asText(t, res.Bursts))
	}
	for _, g := range res.Signals {
		if g.Level == "error" && (g.Baseline == 0 || g.Change != "surging") {
			t.Errorf("signal %+v", g)
		}
	}
}

// TestBadInput has one row for each thing that may be wrong with a file.
func TestBadInput(t *testing.T) {
	good := serviceLog("jsonl", 64<<10)
	noLevel := "2024-07-30 11:45:02 hello\n2024-07-30 11:45:03 world\n"
	for _, c := range []struct {
		name   string
		data   []byte
		format string
		status string
		code   string // of the first warning; empty for none
		lines  int64
	}{
		{"good", good, "jsonl", "read", "", lineCount(good)},
		{"empty", nil, "", "empty", "source-empty", 0},
		{"binary", []byte("\x7fELF\x02\x01\x01\x00\x03\x00\x3e\x00\x01\x00\x00\x00\x10\x20"), "", "unrecognised", "binary", 0},
		{"prose", []byte("nothing that looks like a log\nat all\n"), "", "unrecognised", "source-unrecognised", 0},
		{"truncated gzip", packed(t, good)[:4000], "jsonl", "partly", "source-truncated", -1},
		{"gzip of nothing", packed(t, nil), "", "empty", "source-empty", 0},
		{"gzip header alone", packed(t, good)[:6], "", "failed", "source-failed", 0},
		{"two bad lines", append([]byte("{\"a\nrubbish\n"), good...), "jsonl", "partly", "record-malformed", lineCount(good) + 2},
		{"invalid UTF-8", append([]byte("{\"time\":\"2026-07-14T00:00:00Z\",\"level\":\"info\",\"msg\":\"\xff\xfe\"}\n"), good...), "jsonl", "read", "encoding", lineCount(good) + 1},
		{"naive times", []byte(noLevel), "text", "read", "zone-assumed", 2},
		{"CRLF, no last newline", []byte("2024-07-30T11:45:02Z hello\r\n2024-07-30T11:45:03Z world"), "text", "read", "", 2},
		{"colours", []byte("\x1b[32m2024-07-30T11:45:02Z\x1b[0m \x1b[31mERROR\x1b[0m hello\n"), "text", "read", "", 1},
		{"NUL after a crash", []byte("2024-07-30T11:45:02Z hello\n\x00\x00\x00\x00\x00\x00\x00\x002024-07-30T11:45:03Z world\n"), "text", "read", "", 2},
		{"byte order mark", append([]byte("\xef\xbb\xbf"), good...), "jsonl", "read", "", lineCount(good)},
		{"long line", []byte("2024-07-30T11:45:02Z hello\n2024-07-30T11:45:03Z " + strings.Repeat("x", longLine) + "\n"), "text", "read", "line-too-long", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := scanAll(t, oneFile(c.data), Options{})
			balance(t, res)
			s := res.Sources[0]
			if s.Status != c.status || s.Format != c.format {
				t.Errorf("status %q, format %q (%s); want %q, %q", s.Status, s.Format, s.Detail, c.status, c.format)
			}
			if c.lines >= 0 && s.Records != c.lines || c.lines < 0 && s.Records == 0 {
				t.Errorf("%d records, want %d", s.Records, c.lines)
			}
			code := ""
			if len(res.Warnings) > 0 {
				code = res.Warnings[0].Code
			}
			if code != c.code {
				t.Errorf("warnings %v, want %q first", res.Warnings, c.code)
			}
			for _, w := range res.Warnings {
				if !strings.HasPrefix(w.Message, "app.log: ") || len(w.Evidence) == 0 {
					t.Errorf("warning %q cites %v", w.Message, w.Evidence)
				}
			}
		})
	}
}

func TestMalformedLinesAreNamed(t *testing.T) {
	data := append([]byte("{\"time\":\"2026\n"), serviceLog("jsonl", 64<<10)...)
	data = append(data, "tail\n"...)
	res := scanAll(t, oneFile(data), Options{})
	for _, w := range res.Warnings {
		if w.Code != timeline.WarnRecordMalformed {
			continue
		}
		last := w.Evidence[len(w.Evidence)-1]
		want := fmt.Sprintf("app.log:%d", lineCount(data))
		if w.Evidence[0].Origin != "app.log:1" || last.Origin != want || last.Quote != "tail" {
			t.Errorf("evidence %v", w.Evidence)
		}
		return
	}
	t.Error("no warning")
}

func TestUnknownAndMissing(t *testing.T) {
	files := []File{
		{FS: fstest.MapFS{}, Path: "no.log", Name: "no.log", Source: "a"},
		{FS: oneFile([]byte("x\n")), Path: "app.log", Name: "app.log", Source: "b", Format: "cobol"},
	}
	res, err := Scan(context.Background(), files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Sources[0].Status; got != timeline.StatusMissing {
		t.Errorf("missing file: %s", got)
	}
	if got := res.Sources[1]; got.Status != timeline.StatusFailed || !strings.Contains(got.Detail, `"cobol"`) {
		t.Errorf("unknown format: %+v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Scan(ctx, files, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// endless is a file of one line, made while it is read.
type endless struct {
	head string
	left int64
	fs.File
}

func (e *endless) Open(string) (fs.File, error) {
	return &endless{head: e.head, left: e.left}, nil
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if e.left == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), e.left))
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= int64(n)
	return n, nil
}

func (e *endless) Stat() (fs.FileInfo, error) { return nil, errors.New("no size") }
func (e *endless) Close() error               { return nil }

func TestOneHugeLineInBoundedMemory(t *testing.T) {
	const size = 200 << 20
	file := &endless{head: `{"time":"2024-07-30T11:45:02Z","level":"error","msg":"`, left: size}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	res, err := Scan(context.Background(), []File{{FS: file, Path: "x", Name: "x", Source: "x", Format: "jsonl"}}, Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	s := res.Sources[0]
	if s.Records != 1 || s.InWindow != 1 || s.BytesRead < size {
		t.Errorf("%+v", s)
	}
	if res.Warnings[0].Code != timeline.WarnLineTooLong {
		t.Errorf("warnings %v", res.Warnings)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
		t.Errorf("%d bytes were allocated for one line of %d", used, size)
	}
}

func TestComponents(t *testing.T) {
	var b bytes.Buffer
	for i := range 4000 {
		at := time.Date(2026, 7, 14, 10, 0, i, 0, time.UTC).Format(time.RFC3339)
		fmt.Fprintf(&b, "ts=%s level=error service=svc-%03d msg=failed\n", at, i%200)
	}
	res := scanAll(t, oneFile(b.Bytes()), Options{})
	names := map[string]bool{}
	var sum int64
	for _, s := range res.Series {
		names[s.Component] = true
		for _, n := range s.Counts {
			sum += n
		}
	}
	if len(names) != maxComponents || !names[otherComponent] || sum != 4000 {
		t.Errorf("%d components, other %v, %d records", len(names), names[otherComponent], sum)
	}
	res, err := Scan(context.Background(), []File{{FS: oneFile(b.Bytes()), Path: "app.log", Name: "app.log", Source: "s", Component: "shop"}}, Options{})
	if err != nil || len(res.Series) != 1 || res.Series[0].Component != "shop" {
		t.Errorf("a given component goes first: %v %v", res.Series, err)
	}
}

func TestRotatedFilesAreOneSource(t *testing.T) {
	data := serviceLog("text", 2<<20)
	cut := bytes.LastIndexByte(data[:len(data)*2/5], '\n') + 1 // inside the incident
	files := fstest.MapFS{"a.1": {Data: data[:cut]}, "a": {Data: data[cut:]}}
	whole := scanAll(t, oneFile(data), Options{})
	split, err := Scan(context.Background(), []File{
		{FS: files, Path: "a.1", Name: "a.1", Source: "app.log"}, {FS: files, Path: "a", Name: "a", Source: "app.log"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(split.Sources) != 2 {
		t.Errorf("%d rows, want one for each file", len(split.Sources))
	}
	sameText(t, "series", asText(t, split.Series), asText(t, whole.Series))
	if len(split.Bursts) != 1 || split.Bursts[0].ID != whole.Bursts[0].ID || split.Bursts[0].First.Quote != whole.Bursts[0].First.Quote {
		t.Errorf("bursts %s", asText(t, split.Bursts))
	}
}

func TestSkewAndZone(t *testing.T) {
	berlin := time.FixedZone("CEST", 2*3600)
	f := File{FS: oneFile([]byte("2024-07-30 13:45:05 hello\n")), Path: "app.log", Name: "app.log", Source: "s", Skew: -3 * time.Second,
		Zone: when.Zone{Location: berlin, From: when.ZoneSource}}
	res, err := Scan(context.Background(), []File{f}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := res.Sources[0]
	if want := time.Date(2024, 7, 30, 11, 45, 2, 0, time.UTC); !s.First.Equal(want) || s.ZoneFrom != when.ZoneSource || len(res.Warnings) > 0 {
		t.Errorf("first %s, zone from %s, warnings %v", s.First, s.ZoneFrom, res.Warnings)
	}
}

func TestProgressEndsWithTheWhole(t *testing.T) {
	data := serviceLog("text", 6<<20)
	var last, total int64
	scanAll(t, oneFile(data), Options{Progress: func(done, all int64) {
		if done < last {
			t.Errorf("%d after %d", done, last)
		}
		last, total = done, all
	}})
	if last != total || total != int64(len(data)) {
		t.Errorf("ended at %d of %d, want %d", last, total, len(data))
	}
}
