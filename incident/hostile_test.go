package incident

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"pir/timeline"
)

// sane is the note that stands beside everything hostile: it must be read
// whatever the rest does.
const sane = "# Notes 2025-09-12 (all times in UTC)\n\n- 10:02 the graph is falling\n"

// loadHostile reads a folder and wants the sane note out of it. It gives what
// became of the others, a line each.
func loadHostile(t *testing.T, fsys fs.FS) (*timeline.Timeline, string) {
	t.Helper()
	result, err := Load(context.Background(), []Input{{FS: fsys, Path: "."}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := result.Timeline
	if !slices.ContainsFunc(out.Events, func(e timeline.Event) bool { return e.Source == "sane.md" }) {
		t.Errorf("the rest did not go on: %d events", len(out.Events))
	}
	var said strings.Builder
	for _, s := range out.Sources {
		fmt.Fprintf(&said, "%s %s: %s\n", s.Path, s.Status, s.Detail)
	}
	for _, l := range out.Left {
		fmt.Fprintf(&said, "%s left: %s\n", l.Path, l.Why)
	}
	for _, w := range out.Warnings {
		fmt.Fprintf(&said, "warning: %s\n", w.Message)
	}
	return out, said.String()
}

func wantSaid(t *testing.T, said string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(said, w) {
			t.Errorf("%q is not told in\n%s", w, said[:min(len(said), 4000)])
		}
	}
}

// TestTooLargePacked: a small file that unpacks to more than a document may be
// is read as far as it goes, and the limit is named.
func TestTooLargePacked(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, `{"page":{"id":"x"},"incidents":[`); err != nil {
		t.Fatal(err)
	}
	blank := bytes.Repeat([]byte(" "), 1<<20)
	for range maxDocument>>20 + 1 {
		if _, err := z.Write(blank); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	_, said := loadHostile(t, fstest.MapFS{"sane.md": {Data: []byte(sane)}, "page.json.gz": {Data: packed.Bytes()}})
	wantSaid(t, said, "page.json.gz failed", "limit of 256 MiB")
}

// TestManyMembers: an archive of many small files takes the time of their
// number, tells that it holds more than are read, and stops when asked to.
func TestManyMembers(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := range 3000 {
		w, err := z.Create(fmt.Sprintf("%d/%d.md", i%7, i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "- %d", i)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"sane.md": {Data: []byte(sane)}, "many.zip": {Data: packed.Bytes()}}
	out, _ := loadHostile(t, fsys)
	if len(out.Sources) != 3001 {
		t.Errorf("%d sources, want one for each of 3000 members, and the note", len(out.Sources))
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Load(ctx, []Input{{FS: fsys, Path: "."}}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a reading that was given up ends with %v", err)
	}
}

// TestDeepJSON: brackets in brackets cost no more than their length.
func TestDeepJSON(t *testing.T) {
	const deep = 100_000
	_, said := loadHostile(t, fstest.MapFS{
		"sane.md":  {Data: []byte(sane)},
		"a.json":   {Data: []byte(`{"page":{"id":"p"},"incidents":[{"id":"x","incident_updates":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}]}`)},
		"b.json":   {Data: []byte(strings.Repeat("[", deep))},
		"c.json":   {Data: []byte(`{"page":{"id":"p"},"incident":` + strings.Repeat(`{"incident_updates":`, deep))},
		"d.jsonl":  {Data: []byte(strings.Repeat(`{"time":"2025-09-12T10:02:00Z","level":"error","message":"m","a":`+strings.Repeat("[", deep)+"1"+strings.Repeat("]", deep)+"}\n", 3))},
		"pir.json": {Data: []byte(`{"schema": "pir.timeline/1", "events": ` + strings.Repeat("[", deep))},
	})
	wantSaid(t, said, "a.json failed", "b.json unrecognised", "c.json failed", "pir.json failed")
}

// TestYearsBeyondReason: the first year and the last are what tools write for
// never. They are told, and place nothing.
func TestYearsBeyondReason(t *testing.T) {
	out, said := loadHostile(t, fstest.MapFS{
		"sane.md": {Data: []byte(sane)},
		"alerts.json": {Data: []byte(`{"version":"4","groupKey":"x","receiver":"r","alerts":[` +
			`{"status":"firing","labels":{"alertname":"First"},"startsAt":"0001-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"},` +
			`{"status":"resolved","labels":{"alertname":"Last"},"startsAt":"2025-09-12T10:00:00Z","endsAt":"9999-12-31T23:59:59Z","fingerprint":"f2"}]}`)},
		"years.csv": {Data: []byte("time,event\n0001-01-01 00:00:00,a\n9999-12-31 23:59:59,b\n2025-09-12 10:01:00,c\n")},
	})
	for _, e := range out.Events {
		if y := e.Time.Year(); !e.Time.IsZero() && y != 2025 {
			t.Errorf("an event in the year %d: %s", y, e.Title)
		}
	}
	if out.From.Year() != 2025 || out.To.Year() != 2025 {
		t.Errorf("the span is %s to %s", out.From, out.To)
	}
	wantSaid(t, said, "alerts.json#/alerts/0", "alerts.json#/alerts/1", "years.csv:2", "years.csv:3")
}

// TestNamesOfFiles: a name is data. What it holds is kept as it is in the
// timeline, and no warning breaks a line.
func TestNamesOfFiles(t *testing.T) {
	fsys := fstest.MapFS{"sane.md": {Data: []byte(sane)}}
	for i, name := range []string{"a\x1b[31mred.md", "new\nline.md", "tab\t.md", "-dash.md", `quo"te.md`, "bidi\u202e.md", "{{x}}.md", "<b>.md"} {
		fsys[name] = &fstest.MapFile{Data: fmt.Appendf(nil, "# Notes 2025-09-12 (all times in UTC)\n\n- 10:0%d x\n- 25:71 y\n", i)}
	}
	out, _ := loadHostile(t, fsys)
	if len(out.Events) != len(fsys) {
		t.Errorf("%d events of %d files", len(out.Events), len(fsys))
	}
}

// TestLinksAndDevices: a folder that leads into itself is walked once, a pipe
// and a device are never opened.
func TestLinksAndDevices(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("sane.md", sane)
	if err := os.Mkdir(filepath.Join(dir, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"x/up": "..", "self": "self", "zero.json": "/dev/zero"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	wanted := []string{"x/up left: a link to a folder", "self left: a link to nowhere", "zero.json left: a link to no file but a device"}
	if makePipe(filepath.Join(dir, "pipe.json")) == nil {
		wanted = append(wanted, "pipe.json left: no file but a device")
	}
	_, said := loadHostile(t, os.DirFS(dir))
	wantSaid(t, said, wanted...)
}

// faultyFS has files that cannot be opened, that end in an error, and that
// change between two readings.
type faultyFS struct {
	fstest.MapFS
	mu     sync.Mutex
	opened map[string]int
}

func (f *faultyFS) Open(name string) (fs.File, error) {
	f.mu.Lock()
	f.opened[name]++
	again := f.opened[name]
	f.mu.Unlock()
	switch file, err := f.MapFS.Open(name); {
	case name == "locked.md":
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	case name == "broken.md" && err == nil:
		return &brokenFile{File: file}, nil
	case name == "changing.md" && again > 2 && err == nil:
		file.Close()
		return fstest.MapFS{name: {Data: []byte(sane[:40])}}.Open(name)
	default:
		return file, err
	}
}

type brokenFile struct {
	fs.File
	read int
}

func (b *brokenFile) Read(p []byte) (int, error) {
	if b.read > 0 {
		return 0, errors.New("input/output error")
	}
	n, err := b.File.Read(p[:min(len(p), 60)])
	b.read += n
	return n, err
}

func TestFaultyFiles(t *testing.T) {
	note := func(minute string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.ReplaceAll(sane, "10:02", "10:"+minute)), ModTime: time.Unix(1, 0)}
	}
	fsys := &faultyFS{MapFS: fstest.MapFS{
		"sane.md": note("02"), "locked.md": note("03"), "broken.md": note("04"), "changing.md": note("05"),
	}, opened: map[string]int{}}
	_, said := loadHostile(t, fsys)
	wantSaid(t, said, "locked.md failed: permission denied", "broken.md ", "input/output error")
}

// TestLongMessage: a message of 50 MB is a row that says that it was cut.
func TestLongMessage(t *testing.T) {
	long := strings.Repeat("error at 14:02 on node 7. ", 50<<20/26)
	out, _ := loadHostile(t, fstest.MapFS{
		"sane.md": {Data: []byte(sane)},
		"inc/2025-09-12.json": {Data: []byte(`[{"type":"message","user":"U1","ts":"1757671320.000100","text":"` + long + `"},` +
			`{"type":"message","user":"U2","ts":"1757671380.000100","text":"it is fixed now"}]`)},
	})
	for _, e := range out.Events {
		if len(e.Body) > 100<<10 || len(e.Raw) > 100<<10 {
			t.Errorf("a row of %d and %d bytes", len(e.Body), len(e.Raw))
		}
		if e.Kind == timeline.KindChat && len(e.Body) > 1000 && !strings.Contains(e.Body, "[cut: the text is longer than 64 KiB]") {
			t.Error("it is not told that the message was cut")
		}
	}
	if len(out.Events) != 3 {
		t.Errorf("%d events, want the note and two messages", len(out.Events))
	}
}
