package logs

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"pir/internal/when"
)

// updating rewrites the wanted parts of the archives.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }

func TestMain(m *testing.M) {
	flag.Bool("update", false, "rewrite the wanted parts of the archives in testdata")
	flag.Parse()
	os.Exit(m.Run())
}

// anchor is the incident that the archives are about.
func anchor() time.Time { return time.Date(2024, 7, 30, 12, 0, 0, 0, time.UTC) }

// archive reads the txtar file of a format.
func archive(t testing.TB, name string) (path string, a *txtar.Archive) {
	t.Helper()
	path = filepath.Join("testdata", "format", name+".txtar")
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatalf("format %s needs an archive of lines and what they give: %v", name, err)
	}
	if len(a.Files) != 2 || a.Files[0].Name != "input" || a.Files[1].Name != "want" || len(a.Files[0].Data) == 0 {
		t.Fatalf("%s: want the files input and want", path)
	}
	return path, a
}

// TestFormats reads each line of each format's archive and compares what was
// found in it.
func TestFormats(t *testing.T) {
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			path, a := archive(t, f.Name)
			got := readLines(f, a.Files[0].Data)
			if updating() {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
			}
		})
	}
}

// readLines gives one line for each line of input: its kind, and for a record
// time, level, component and message.
func readLines(f Format, input []byte) string {
	p := f.New(input)
	hints := yearHints{anchor: anchor(), zone: time.UTC}
	if d, ok := p.(dayTeller); ok {
		hints.head = d.day()
	}
	years := hints.settle()
	hints.clock = true
	days := hints.settle()
	r := when.NewResolver(when.Zone{}, 0)
	var out strings.Builder
	var rec Record
	places := (*places)(nil)
	if d := documentOf(f.Name); d != nil {
		input, places = unrolled(d, input)
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(input, []byte("\n")), []byte("\n")) {
		if places != nil {
			fmt.Fprintf(&out, "%s ", places.appendPlace(nil, int64(i)))
		} else {
			fmt.Fprintf(&out, "%2d ", i+1)
		}
		switch p.Parse(line, false, &rec) {
		case KindContinuation:
			out.WriteString("continues\n")
			continue
		case KindMalformed:
			out.WriteString("malformed\n")
			continue
		}
		at := "undated"
		if rec.Timed {
			if rec.Time.Month == 0 {
				days.complete(&rec.Time)
			}
			years.complete(&rec.Time)
			if ns, ok := r.Unix(&rec.Time); ok {
				at = time.Unix(0, ns).UTC().Format("2006-01-02T15:04:05.999999999Z07:00")
			}
		}
		fmt.Fprintf(&out, "%s %s", at, cmpOr(rec.Level.String(), "unknown"))
		if len(rec.Component) > 0 {
			fmt.Fprintf(&out, " in %s", rec.Component)
		}
		if rec.Request {
			fmt.Fprintf(&out, " request %d", rec.Status)
		}
		fmt.Fprintf(&out, ": %q\n", rec.Message)
	}
	return out.String()
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func TestDetect(t *testing.T) {
	for _, f := range Formats() {
		_, a := archive(t, f.Name)
		if got, sure := Detect("some.log", a.Files[0].Data); got != f.Name || sure < 40 {
			t.Errorf("the archive of %s is taken for %q, %d %% sure", f.Name, got, sure)
		}
	}
	for name, head := range map[string]string{
		"nothing":           "",
		"prose":             "The outage began in the morning.\nNobody knew why.\n",
		"numbers":           "1\n2\n3\n4\n",
		"a JSON document":   "{\n  \"page\": {\"id\": \"x\"},\n  \"incidents\": []\n}\n",
		"one-line document": `{"page":{"id":"x","time_zone":"UTC"},"incidents":[{"created_at":"2024-07-30T11:45:00Z"}]}`,
		"binary":            "\x7fELF\x02\x01\x01\x00\x03\x00\x3e\x00\x01\x00\x00\x00\x10\x20",
		"code":              "package main\n\nfunc main() {\n\tprintln(1)\n}\n",
	} {
		if got, sure := Detect("file", []byte(head)); got != "" {
			t.Errorf("%s is taken for %q, %d %% sure", name, got, sure)
		}
	}
	notes := "- 2024-07-30 11:45 page fired\n- 2024-07-30 11:50 rolled back\n"
	if _, sure := Detect("notes.md", []byte(notes)); sure > 25 {
		t.Errorf("a list in Markdown is taken for a log, %d %% sure", sure)
	}
}

// TestDetectMinds a few broken lines less than a format that has none of its
// marks, and a head that stops in the middle of a line not at all.
func TestDetectBrokenHead(t *testing.T) {
	_, a := archive(t, "jsonl")
	head := bytes.Repeat(a.Files[0].Data, 100)
	if got, _ := Detect("x", head[:HeadSize-7]); got != "jsonl" {
		t.Errorf("a cut head is taken for %q", got)
	}
}

// packed gives the bytes of a gzip file with data.
func packed(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzFormats feeds each format's parser any line: it never panics, and what it
// cites of a record stands in the line.
func FuzzFormats(f *testing.F) {
	seeds := 0
	for _, format := range Formats() {
		_, a := archive(f, format.Name)
		data := a.Files[0].Data
		if d := documentOf(format.Name); d != nil {
			data, _ = unrolled(d, data)
		}
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			f.Add(line)
			seeds++
		}
	}
	if seeds < 50 {
		f.Fatalf("only %d lines to start from", seeds)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		line = bytes.ReplaceAll(line, []byte("\n"), nil)
		for _, format := range Formats() {
			p := format.New(line)
			for _, cut := range []bool{false, true} {
				before := bytes.Clone(line)
				var rec Record
				kind := p.Parse(line, cut, &rec)
				if !bytes.Equal(before, line) {
					t.Fatalf("%s wrote to the line", format.Name)
				}
				if kind != KindRecord {
					continue
				}
				for _, part := range [][]byte{rec.Component, rec.Host} {
					if len(part) > 0 && !bytes.Contains(line, part) {
						t.Fatalf("%s: %q does not stand in the line", format.Name, part)
					}
				}
				if len(rec.Component) > 0 && !utf8.Valid(rec.Component) {
					t.Fatalf("%s: component %q is no text", format.Name, rec.Component)
				}
				if int(rec.Level) >= levelCount {
					t.Fatalf("%s: level %d", format.Name, rec.Level)
				}
			}
		}
	})
}

// TestForkReadsAlike gives each line to a parser of its own: no line may lean
// on the lines before it.
func TestForkReadsAlike(t *testing.T) {
	for _, f := range Formats() {
		_, a := archive(t, f.Name)
		data := a.Files[0].Data
		if d := documentOf(f.Name); d != nil {
			data, _ = unrolled(d, data)
		}
		lines := bytes.Split(data, []byte("\n"))
		p := f.New(a.Files[0].Data)
		var one, other Record
		for i := len(lines) - 1; i >= 0; i-- {
			kind := p.Parse(lines[i], false, &one)
			if forked := p.Fork().Parse(lines[i], false, &other); forked != kind || describe(one) != describe(other) {
				t.Errorf("%s line %d: %v %s, forked %v %s", f.Name, i+1, kind, describe(one), forked, describe(other))
			}
		}
	}
}

func describe(r Record) string {
	return fmt.Sprintf("%v %q %q %q %v", r.Time, r.Component, r.Host, r.Message, r.Level)
}

// oneFile is a file system with one log.
func oneFile(data []byte) fstest.MapFS { return fstest.MapFS{"app.log": {Data: data}} }
