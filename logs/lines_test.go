package logs

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// listing is Lines with sizes of one's own.
func listing(t testing.TB, files []File, opt Options, size int) (string, *Result) {
	t.Helper()
	jobs, err := prepareAll(t.Context(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	l := newLister(jobs, opt)
	defer l.close()
	l.size, l.slice, l.least = size, int64(size), int64(size)
	if err := l.index(t.Context()); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := l.write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String(), l.result()
}

// sortedLines does the same as Lines, all at once.
func sortedLines(t testing.TB, files []File, opt Options, texts [][]byte) string {
	t.Helper()
	jobs, err := prepareAll(t.Context(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		ns    int64
		text  string
		shown bool
	}
	var rows []row
	for i, j := range jobs {
		d := newDater(j)
		at, shown := int64(math.MinInt64), opt.From.IsZero() && opt.To.IsZero()
		for n, line := range strings.Split(strings.TrimSuffix(string(texts[i]), "\n"), "\n") {
			stamp := "-"
			if kind, _ := d.parse([]byte(line), false); kind == KindRecord {
				if ns, _, ok := d.instant(0); ok {
					at, stamp = ns, time.Unix(0, ns).UTC().Format("2006-01-02T15:04:05.000000Z")
					shown = (opt.From.IsZero() || !time.Unix(0, ns).Before(opt.From)) && (opt.To.IsZero() || time.Unix(0, ns).Before(opt.To))
				}
			}
			rows = append(rows, row{at, fmt.Sprintf("%s %s:%d %s\n", stamp, j.file.Name, n+1, line), shown})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.ns, b.ns) })
	var b strings.Builder
	for _, r := range rows {
		if r.shown {
			b.WriteString(r.text)
		}
	}
	return b.String()
}

// mixedLogs are logs of several formats, out of order, with traces and lines
// that nobody can read.
func mixedLogs(t testing.TB, size, jitter int) (files []File, texts [][]byte) {
	for i, format := range []string{"accesslog", "jsonl", "logfmt", "syslog", "text"} {
		data := jittered(serviceLog(format, size), uint64(i), jitter)
		if format == "jsonl" {
			data = append([]byte("# begins here\n\n"), data...)
			data = append(data, "{\"broken\n\tat the end"...)
		}
		name := format + ".log"
		files = append(files, File{FS: fstest.MapFS{name: {Data: data}}, Path: name, Name: name, Source: format})
		texts = append(texts, data)
	}
	return files, texts
}

func TestLinesAreInOrder(t *testing.T) {
	opt := Options{Anchor: time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)}
	for _, jitter := range []int{3, 1 << 20} { // near order, and none at all
		files, texts := mixedLogs(t, 150<<10, jitter)
		want := sortedLines(t, files, opt, texts)
		for _, size := range []int{lineChunkSize, 40 << 10, 3 << 10} {
			for _, workers := range []int{1, 2, 8} {
				opt.Workers = workers
				got, res := listing(t, files, opt, size)
				sameText(t, fmt.Sprintf("jitter %d, %d workers, chunks of %d bytes", jitter, workers, size), got, want)
				balance(t, res)
				for i, s := range res.Sources {
					if s.Records != lineCount(texts[i]) {
						t.Errorf("%s: %d records, want %d", s.Path, s.Records, lineCount(texts[i]))
					}
				}
			}
		}
		packedFiles := slices.Clone(files)
		for i := range packedFiles {
			packedFiles[i].FS = fstest.MapFS{files[i].Path: {Data: packed(t, texts[i])}}
		}
		got, _ := listing(t, packedFiles, opt, 30<<10)
		sameText(t, "gzip", got, want)
	}
}

func TestLinesOfAWindow(t *testing.T) {
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	files, texts := mixedLogs(t, 600<<10, 3)
	opt := Options{Anchor: day, From: day.Add(13 * time.Hour), To: day.Add(15 * time.Hour)}
	want := sortedLines(t, files, opt, texts)
	got, res := listing(t, files, opt, 100<<10)
	for i, s := range res.Sources {
		if s.BytesRead == 0 || s.BytesRead >= s.BytesTotal/2 {
			t.Errorf("%s: %d of %d bytes read", s.Path, s.BytesRead, s.BytesTotal)
		}
		// The offsets of the part are turned into the lines of the whole.
		var b strings.Builder
		for line := range strings.Lines(got) {
			place := s.Path + "@"
			if at := strings.Index(line, place); at >= 0 && at < 40 {
				rest := line[at+len(place):]
				digits := strings.IndexByte(rest, ' ')
				var offset int
				if _, err := fmt.Sscan(rest[:digits], &offset); err != nil {
					t.Fatal(err)
				}
				line = fmt.Sprintf("%s%s:%d%s", line[:at], s.Path, bytes.Count(texts[i][:offset], []byte("\n"))+1, rest[digits:])
			}
			b.WriteString(line)
		}
		got = b.String()
	}
	sameText(t, "window", got, want)
}

// spillFile is a spill that can break.
type spillFile struct {
	memory
	room   int
	closed *int
}

func (s *spillFile) Write(p []byte) (int, error) {
	if s.room -= len(p); s.room < 0 {
		return 0, errors.New("disk full")
	}
	return s.memory.Write(p)
}

func (s *spillFile) Close() error { *s.closed++; return nil }

func TestLinesSpill(t *testing.T) {
	files, texts := mixedLogs(t, 40<<10, 3)
	opt := Options{Anchor: time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)}
	want := sortedLines(t, files, opt, texts)
	files[0].FS = fstest.MapFS{files[0].Path: {Data: packed(t, texts[0])}}
	opened, closed, room := 0, 0, math.MaxInt
	opt.Spill = func() (Spill, error) { opened++; return &spillFile{room: room, closed: &closed}, nil }
	var b bytes.Buffer
	if _, err := Lines(t.Context(), files, opt, &b); err != nil {
		t.Fatal(err)
	}
	sameText(t, "spilled", b.String(), want)
	if opened != 1 || closed != opened {
		t.Errorf("%d spills opened, %d closed", opened, closed)
	}
	room = 1000
	if _, err := Lines(t.Context(), files, opt, io.Discard); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error %v", err)
	}
}

// An index that is not in memory reads as one that is.
func TestIndexesOnDisk(t *testing.T) {
	files, texts := mixedLogs(t, 60<<10, 50)
	opt := Options{Anchor: time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)}
	jobs, err := prepareAll(t.Context(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	l := newLister(jobs, opt)
	l.size, l.slice = 10<<10, 10<<10
	l.indexes.used = mostIndex - 3000
	if err := l.index(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l.indexes.size == 0 {
		t.Fatal("all indexes are in memory")
	}
	var b bytes.Buffer
	if err := l.write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	sameText(t, "on disk", b.String(), sortedLines(t, files, opt, texts))
}

func TestLinesShowNothingHostile(t *testing.T) {
	long := strings.Repeat("x", longLine+5)
	data := "2024-07-30T11:45:03Z b \x1b[31mred\x1b[0m \xff caf\u00e9 \u009b\ttab\r\n2024-07-30T11:45:02Z a\n2024-07-30T11:45:04Z " + long + "\n"
	files := []File{{FS: oneFile([]byte(data)), Path: "app.log", Name: "a b.log", Source: "s"}}
	got, _ := listing(t, files, Options{}, lineChunkSize)
	want := "2024-07-30T11:45:02Z a\\x20b.log:2 2024-07-30T11:45:02Z a\n" +
		"2024-07-30T11:45:03Z a\\x20b.log:1 2024-07-30T11:45:03Z b \\x1b[31mred\\x1b[0m \\xff café \\xc2\\x9b\ttab\n" +
		"2024-07-30T11:45:04Z a\\x20b.log:3 2024-07-30T11:45:04Z " + long[:longLine-21] + " … 26 bytes more\n"
	sameText(t, "shown", got, want)
}

// A line longer than a chunk stays one line, with its length told.
func TestLinesOverLongLines(t *testing.T) {
	long := "2024-07-30T11:45:04Z " + strings.Repeat("x", 3*lineChunkSize)
	data := "2024-07-30T11:45:03Z first\n" + long + "\n\ttrace\n2024-07-30T11:45:02Z last\n"
	files := []File{{FS: oneFile([]byte(data)), Path: "app.log", Name: "app.log", Source: "s", Format: "text"}}
	got, res := listing(t, files, Options{}, lineChunkSize)
	balance(t, res)
	want := "2024-07-30T11:45:02Z app.log:4 2024-07-30T11:45:02Z last\n2024-07-30T11:45:03Z app.log:1 2024-07-30T11:45:03Z first\n" +
		"2024-07-30T11:45:04Z app.log:2 " + long[:longLine] + fmt.Sprintf(" … %d bytes more\n", len(long)-longLine) + "- app.log:3 \ttrace\n"
	sameText(t, "long", got, want)
}

func TestLinesTellWhatIsWrong(t *testing.T) {
	fsys := fstest.MapFS{"a": {Data: []byte("2024-07-30T11:45:02Z a\n")}, "empty": {}}
	var files []File
	for _, name := range []string{"a", "gone", "empty"} {
		files = append(files, File{FS: fsys, Path: name, Name: name, Source: name})
	}
	var b bytes.Buffer
	res, err := Lines(t.Context(), files, Options{}, &b)
	if err != nil || b.String() != "2024-07-30T11:45:02Z a:1 2024-07-30T11:45:02Z a\n" {
		t.Errorf("%v, %q", err, b.String())
	}
	if len(res.Sources) != 3 || len(res.Warnings) != 2 || res.Sources[1].Status != "missing" || res.Sources[2].Status != "empty" {
		t.Errorf("%+v", res)
	}
	if _, err := Lines(t.Context(), files, Options{}, brokenPipe{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

// FuzzLines gives any bytes to every format: each physical line stands in the
// stream once, and times never go back.
func FuzzLines(f *testing.F) {
	for _, format := range Formats() {
		_, a := archive(f, format.Name)
		f.Add(a.Files[0].Data, uint16(50))
	}
	f.Add([]byte("2024-07-30T11:45:03Z b\n\n2024-07-30T11:45:02Z a"), uint16(1))
	f.Fuzz(func(t *testing.T, data []byte, size uint16) {
		longest := 0
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			longest = max(longest, len(line))
		}
		for _, format := range Formats() {
			files := []File{{FS: oneFile(data), Path: "app.log", Name: "app.log", Source: "s", Format: format.Name}}
			jobs := []*job{{file: files[0], parser: format.New(data[:min(len(data), HeadSize)]), encoding: "utf-8", window: newWindow(Options{})}}
			jobs[0].file.Zone.Location = time.UTC
			jobs[0].years = yearHints{anchor: anchor(), zone: time.UTC}.settle()
			l := newLister(jobs, Options{Workers: 2})
			l.size, l.slice = longest+2+int(size), int64(size)+1
			if err := l.index(t.Context()); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := l.write(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			l.close()
			text := l.listed[0].out.tally
			seen, last := map[string]bool{}, time.Time{}
			for line := range strings.Lines(b.String()) {
				stamp, rest, _ := strings.Cut(line, " ")
				place, _, _ := strings.Cut(rest, " ")
				if seen[place] {
					t.Fatalf("%s: %s twice", format.Name, place)
				}
				seen[place] = true
				if stamp == "-" {
					continue
				}
				at, err := time.Parse(time.RFC3339Nano, stamp)
				if err != nil {
					t.Fatal(err)
				}
				if !last.IsZero() && at.Before(last) {
					t.Fatalf("%s: %s goes back", format.Name, line)
				}
				last = at
			}
			if int64(len(seen)) != text.lines {
				t.Fatalf("%s: %d lines written of %d", format.Name, len(seen), text.lines)
			}
		}
	})
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestAllPlain(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "abc\tdef\nghi jkl ~": true, "abcdefgh\x1b": false, "abc\x00defghijk": false, "abcdefg\x7f": false,
		"caf\u00e9 au lait": false, "12345678\n\n\n\n\n\n\n\n": true, "\xff\xff\xff\xff\xff\xff\xff\xff": false, "1234567\r": false,
	} {
		if got := allPlain([]byte(text)); got != want {
			t.Errorf("allPlain(%q) = %v", text, got)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	files, texts := mixedLogs(b, 16<<20, 3)
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Lines(b.Context(), files, Options{Anchor: time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)}, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
