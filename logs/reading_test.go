package logs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pir/internal/when"
	"pir/timeline"
)

// TestReading reads the files of each archive in testdata/reading and compares
// what became of them: the rows, the warnings, the errors that were counted,
// and every line with its time. The comment of an archive tells what it is about
// and may have lines such as "zone: Europe/Berlin" and "from: TIME".
func TestReading(t *testing.T) {
	names, err := filepath.Glob("testdata/reading/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(a.Files) - 1
			if last < 1 || a.Files[last].Name != "want" {
				t.Fatalf("%s: want files, and want as the last of them", name)
			}
			got := reading(t, a)
			if updating() {
				a.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[last].Data); got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
			}
		})
	}
}

// reading tells what became of the files of an archive.
func reading(t *testing.T, a *txtar.Archive) string {
	fsys, opt, zone := fstest.MapFS{}, Options{Workers: 2}, when.Zone{}
	for line := range strings.Lines(string(a.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "zone":
			loc, err := when.LoadZone(value)
			if err != nil {
				t.Fatal(err)
			}
			zone = when.Zone{Location: loc, From: when.ZoneFlag}
		case "from":
			at, err := time.Parse(time.RFC3339, value)
			if err != nil {
				t.Fatal(err)
			}
			opt.From = at
		}
	}
	var files []File
	modified := time.Date(2026, 7, 20, 0, 0, 0, 0, time.UTC)
	for _, f := range a.Files[:len(a.Files)-1] {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data, ModTime: modified}
		files = append(files, File{FS: fsys, Path: f.Name, Name: f.Name, Source: f.Name, Zone: zone})
	}
	res, err := Scan(t.Context(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	balance(t, res)
	var out strings.Builder
	for _, s := range res.Sources {
		fmt.Fprintf(&out, "%s: %s, %s; %s\n", s.Path, s.Format, s.Status, s.Detail)
		fmt.Fprintf(&out, "  %d = %d in window + %d outside + %d continuation + %d undated + %d malformed\n",
			s.Records, s.InWindow, s.Outside, s.Continuation, s.Undated, s.Malformed)
	}
	for _, w := range res.Warnings {
		fmt.Fprintf(&out, "%s: %s%s\n", w.Code, w.Message, citing(w.Evidence))
	}
	for _, s := range res.Series {
		for i, n := range s.Counts {
			if s.Level == LevelError.String() && n > 0 {
				at := s.Start.Add(time.Duration(i) * s.Step).UTC()
				fmt.Fprintf(&out, "errors of %s at %s: %d\n", s.Source, at.Format("2006-01-02T15:04Z"), n)
			}
		}
	}
	var lines bytes.Buffer
	if _, err := Lines(t.Context(), files, opt, &lines); err != nil {
		t.Fatal(err)
	}
	out.WriteString("\n")
	out.Write(lines.Bytes())
	return out.String()
}

// citing lists the places that evidence names.
func citing(list []timeline.Evidence) string {
	var places []string
	for _, e := range list {
		places = append(places, e.Origin)
	}
	return " [" + strings.Join(places, ", ") + "]"
}
