package source

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pir/internal/when"
	"pir/timeline"
)

var update = flag.Bool("update", false, "rewrite the wanted events in testdata")

// archive is a test: the comment holds the options, the first file is the
// document, other files stand around it, and "want" is what must come out of it.
type archive struct {
	path string
	ar   *txtar.Archive
	opt  Options
	doc  txtar.File
	want int // index of the file with the wanted events
}

func archives(t testing.TB) []archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in testdata: %v", err)
	}
	var list []archive
	for _, path := range paths {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a := archive{path: path, ar: ar, want: -1}
		for i, f := range ar.Files {
			switch {
			case f.Name == "want":
				a.want = i
			case a.doc.Name == "":
				a.doc = f
			}
		}
		if a.want < 0 {
			ar.Files = append(ar.Files, txtar.File{Name: "want"})
			a.want = len(ar.Files) - 1
		}
		a.opt = options(t, string(ar.Comment))
		list = append(list, a)
	}
	return list
}

func options(t testing.TB, comment string) Options {
	t.Helper()
	opt := Options{Source: "src", Zone: when.Zone{Location: time.UTC, From: when.ZoneAssumed}}
	for _, line := range strings.Split(comment, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		switch key {
		case "zone":
			loc, err := when.LoadZone(value)
			if err != nil {
				t.Fatal(err)
			}
			opt.Zone = when.Zone{Location: loc, From: when.ZoneSource}
		case "day":
			opt.Day = value
		case "component":
			opt.Component = value
		case "map":
			opt.Map = map[string]string{}
			for _, pair := range strings.Split(value, ",") {
				name, column, _ := strings.Cut(pair, "=")
				opt.Map[strings.TrimSpace(name)] = column
			}
		case "party":
			opt.Party = timeline.Party(value)
		}
	}
	return opt
}

// detect finds the format as a user gets it: by the document, or by its name
// where the archive says "kind: csv".
func (a archive) detect() (*Format, int) {
	for _, line := range strings.Split(string(a.ar.Comment), "\n") {
		if kind, ok := strings.CutPrefix(line, "kind: "); ok {
			format, _ := Find(kind)
			return format, 100
		}
	}
	return Detect(path.Base(a.doc.Name), a.doc.Data)
}

// document is the archive's document among the other files of the archive.
func (a archive) document() Document {
	around := fstest.MapFS{}
	for _, f := range a.ar.Files {
		around[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	doc := document(a.doc.Name, a.doc.Data)
	doc.Siblings = folderFS{around, path.Dir(a.doc.Name)}
	return doc
}

// folderFS opens names as seen from a folder; "../x" is beside it.
type folderFS struct {
	fsys fs.FS
	dir  string
}

func (f folderFS) Open(name string) (fs.File, error) { return f.fsys.Open(path.Join(f.dir, name)) }

func document(name string, data []byte) Document {
	return Document{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// TestFormats reads every archive of testdata; its name begins with the format.
func TestFormats(t *testing.T) {
	tried := map[string]bool{}
	for _, a := range archives(t) {
		name := strings.TrimSuffix(filepath.Base(a.path), ".txtar")
		t.Run(name, func(t *testing.T) {
			format, sure := a.detect()
			if format == nil || !strings.HasPrefix(name, format.Name) || sure < 40 {
				t.Fatalf("detected as %v (%d)", format, sure)
			}
			tried[format.Name] = true
			got := tell(format.Parse(context.Background(), a.document(), a.opt))
			if *update {
				a.ar.Files[a.want].Data = []byte(got)
				if err := os.WriteFile(a.path, txtar.Format(a.ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.ar.Files[a.want].Data), got); diff != "" {
				t.Errorf("events differ (-want +got; -update rewrites them):\n%s", diff)
			}
		})
	}
	for _, f := range Formats {
		if !tried[f.Name] {
			t.Errorf("format %s has no archive in testdata", f.Name)
		}
		if found, ok := Find(f.Name); !ok || found.Name != f.Name || f.Doc == "" {
			t.Errorf("format %s is not found by its name, or has no line of doc", f.Name)
		}
	}
}

// tell writes events as text to read: one line each, more for what they carry.
func tell(events func(func(timeline.Event, error) bool)) string {
	var b strings.Builder
	for e, err := range events {
		if err != nil {
			fmt.Fprintf(&b, "bad %v\n", err)
			continue
		}
		tellEvent(&b, e)
	}
	return b.String()
}

func tellEvent(b *strings.Builder, e timeline.Event) {
	at := "-"
	if !e.Time.IsZero() {
		at = when.Format(e.Time, e.Precision)
		if e.Precision < when.Second {
			at += " (" + e.Precision.String() + ")"
		}
	}
	if !e.End.IsZero() {
		at += " to " + when.Format(e.End, e.Precision)
	}
	if e.Approx {
		at = "about " + at
	}
	origins := e.Origins[0].String()
	for _, o := range e.Origins[1:] {
		origins += " " + o.String()
	}
	fmt.Fprintf(b, "%s  %s  %s  %s\n", origins, at, e.Kind, e.Title)
	line := func(name, format string, args ...any) {
		if text := fmt.Sprintf(format, args...); strings.Trim(text, " []") != "" {
			fmt.Fprintf(b, "    %s: %s\n", name, strings.ReplaceAll(text, "\n", "\n        "))
		}
	}
	line("body", "%s", e.Body)
	line("zone", "%s", e.ZoneFrom)
	line("doubt", "%s", e.Doubt)
	line("flags", "%s", strings.Join(e.Flags, ", "))
	line("topic", "%s", e.Topic)
	if a := e.Action; a != nil {
		line("action", "owner=%q due=%q state=%q type=%q link=%q", a.Owner, a.Due, a.State, a.Type, a.Link)
	}
	line("observed", "%s", when.Format(e.Observed, when.Second))
	line("said", "%s", when.Format(e.Said, when.Second))
	if !e.Day.IsZero() {
		line("day", "%s", e.Day.Format("2006-01-02"))
	}
	if e.Location != nil {
		line("location", "%s", e.Location)
	}
	line("about", "%s %q %q %s", e.Severity, e.Components, e.Regions, e.Party)
	line("actor", "%s", e.Actor)
	if e.Count > 1 {
		line("count", "%d", e.Count)
	}
	line("key", "%s %s", e.Key, e.Step)
	line("group", "%s", e.Group)
	line("url", "%s", e.URL)
	for _, c := range e.Claims {
		line("claim", "%s", tellClaim(c))
	}
}

func tellClaim(c timeline.Claim) string {
	text := fmt.Sprintf("%s %s", c.Milestone, c.Rung)
	for _, bound := range []struct {
		name string
		t    time.Time
	}{{"at", c.Time}, {"end", c.End}, {"not before", c.NotBefore}, {"not after", c.NotAfter}} {
		if !bound.t.IsZero() {
			text += fmt.Sprintf(" %s %s", bound.name, when.Format(bound.t, c.Precision))
		}
	}
	if c.By != "" {
		text += " by " + c.By
	}
	return text + " (" + c.Rule + ")"
}

// TestDetectNothing: what is no document of ours is not taken for one.
func TestDetectNothing(t *testing.T) {
	for _, test := range []struct{ name, head string }{
		{"empty.md", ""},
		{"x.json", `{"hello": "world"}`},
		{"x.json", `[1, 2, 3]`},
		{"x.bin", "\x00\x01\x02"},
		{"app.log", "2024-07-30 11:45:00 ERROR boom\n"},
		{"index.html", "<!DOCTYPE html><p>14:02 text"},
		{"rows.csv", "price,quantity\n14,2\n"},
		{"words.txt", "Dear all, at noon, what a day\nwe met, at two, and left\n"},
		{"review.md", "---\npir: 1\ntitle: x\n---\n- 14:02 x\n"},
		{"x.txt", "plain words\n"},
		{"x.json", strings.Repeat("[", 100000)},
	} {
		if f, sure := Detect(test.name, []byte(test.head)); f != nil {
			t.Errorf("Detect(%q, %.40q) = %s (%d)", test.name, test.head, f.Name, sure)
		}
	}
}

// TestCutShort: what arrived of a document is read, and its end reported.
func TestCutShort(t *testing.T) {
	broken := errors.New("unexpected end of gzip stream")
	doc := Document{Name: "n.md", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("- 2024-07-30 14:02 restarted\n"), errReader{broken})), nil
	}}
	var events int
	var last error
	for _, err := range notesFormat.Parse(context.Background(), doc, Options{}) {
		if last = err; err == nil {
			events++
		}
	}
	if events != 1 || !errors.Is(last, broken) {
		t.Errorf("%d events, last error %v", events, last)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func TestTooLarge(t *testing.T) {
	var last error
	for _, err := range notesFormat.Parse(context.Background(), document("n.md", make([]byte, 2<<20)), Options{MaxBytes: 1 << 20}) {
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), "n.md: larger than 1 MiB") {
		t.Errorf("error = %v", last)
	}
}

// TestStop: a reader that has had enough is left alone.
func TestStop(t *testing.T) {
	for _, a := range archives(t) {
		format, _ := a.detect()
		for range format.Parse(context.Background(), document(a.doc.Name, a.doc.Data), a.opt) {
			break
		}
	}
}

// FuzzParse feeds every parser with every document: it must not panic, and
// whatever comes out must stand in the document.
func FuzzParse(f *testing.F) {
	for _, a := range archives(f) {
		for i := range Formats {
			f.Add(byte(i), a.doc.Data)
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		format := &Formats[int(which)%len(Formats)]
		if sure := format.Sniff("x.md", data); sure < 0 || sure > 100 {
			t.Fatalf("sure %d", sure)
		}
		checkParse(t, format, data)
	})
}

// checkParse holds what every parser must do with every document: whatever comes
// out stands in it, and bad records are told as such.
func checkParse(t *testing.T, format *Format, data []byte) {
	t.Helper()
	lines := bytes.Count(data, []byte("\n")) + 1
	for e, err := range format.Parse(context.Background(), document("x", data), Options{Day: "2024-07-30"}) {
		var fault *SyntaxError
		switch {
		case errors.As(err, &fault):
			checkOrigin(t, fault.Origin, lines)
			if fault.Message == "" || len(fault.Text) > maxErrorText {
				t.Fatalf("fault %+v", fault)
			}
		case err != nil:
			t.Fatal(err)
		default:
			if len(e.Origins) == 0 || e.Kind == "" || strings.Contains(e.Title, "\n") {
				t.Fatalf("event %+v", e)
			}
			if y := e.Time.Year(); !e.Time.IsZero() && (y < 1900 || y > 2300) {
				t.Fatalf("time %s from %q", e.Time, e.TimeText)
			}
			for _, origin := range e.Origins {
				if !e.Kept { // it stands in the source of the first reading
					checkOrigin(t, origin, lines)
				}
			}
		}
	}
}

func checkOrigin(t *testing.T, o timeline.Origin, lines int) {
	t.Helper()
	if o.Path != "x" || o.Pointer == "" && (o.Line < 1 || o.Line > lines) || o.Pointer != "" && o.Pointer[0] != '/' {
		t.Fatalf("origin %+v of %d lines", o, lines)
	}
}
