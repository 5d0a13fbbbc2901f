package incident

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"pir/timeline"
)

var update = flag.Bool("update", false, "rewrite the wanted output")

// TestLoad reads the archives of testdata. The comment of an archive tells what
// it shows and ends with a line "inputs: ..."; the file want tells what the
// inputs came to.
func TestLoad(t *testing.T) {
	for _, name := range archives(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys, want := unpack(t, a)
			got := outcome(fsys, inputLine(t, a))
			if *update {
				rewrite(t, name, a, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
}

func archives(t testing.TB) []string {
	t.Helper()
	list, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(list) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	return list
}

// unpack gives the files of an archive. A file whose name ends in .gz is packed.
func unpack(t *testing.T, a *txtar.Archive) (fsys fstest.MapFS, want string) {
	t.Helper()
	fsys = fstest.MapFS{}
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		data := f.Data
		if strings.HasSuffix(f.Name, ".gz") {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			if _, err := w.Write(data); err != nil || w.Close() != nil {
				t.Fatal("gzip")
			}
			data = b.Bytes()
		}
		fsys[f.Name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return fsys, want
}

func inputLine(t *testing.T, a *txtar.Archive) []string {
	t.Helper()
	for line := range strings.Lines(string(a.Comment)) {
		if rest, found := strings.CutPrefix(line, "inputs: "); found {
			return strings.Fields(rest)
		}
	}
	t.Fatal(`the archive has no line "inputs: ..."`)
	return nil
}

// outcome loads the inputs and tells what they came to.
func outcome(fsys fs.FS, args []string) string {
	var inputs []Input
	for _, arg := range args {
		kind, name := SplitKind(arg)
		inputs = append(inputs, Input{FS: fsys, Path: name, Kind: kind})
	}
	var b strings.Builder
	in, c, err := gather(context.Background(), inputs, Options{})
	if err != nil {
		fmt.Fprintf(&b, "error %v\n", err)
		var input *InputError
		if !errors.As(err, &input) {
			b.WriteString("which is no InputError\n")
		}
		return b.String()
	}
	describe(&b, in, c)
	return b.String()
}

// gather reads the inputs, without building a timeline of them.
func gather(ctx context.Context, inputs []Input, opt Options) (timeline.Input, Config, error) {
	p, err := newPlan(inputs, opt)
	if err != nil {
		return timeline.Input{}, Config{}, err
	}
	in, err := p.gather(ctx)
	return in, p.config.Config, err
}

func describe(b *strings.Builder, in timeline.Input, c Config) {
	if inc := in.Incident; inc.ID != "" || inc.Title != "" {
		fmt.Fprintf(b, "incident %s %q %s %q\n", inc.ID, inc.Title, inc.Severity, inc.Components)
	}
	for _, g := range in.Given {
		fmt.Fprintf(b, "given %s %s by=%q %s: %s\n", g.Name, stamp(g.Time), g.By, g.Origin, g.Quote)
	}
	for _, row := range in.Curation {
		fmt.Fprintf(b, "curation %s drop=%t pin=%t internal=%t retitle=%q milestone=%q reason=%q\n",
			row.ID, row.Drop, row.Pin, row.Internal, row.Retitle, row.Milestone, row.Reason)
	}
	for _, f := range in.Figures {
		fmt.Fprintf(b, "figure %s = %s (%s, %s)\n", f.Measure, f.Value, f.Scope, f.Evidence[0].Origin)
	}
	for _, a := range in.Actions {
		fmt.Fprintf(b, "action %s %q owner=%q due=%q (%s)\n", a.ID, a.Text, a.Owner, a.Due, a.Evidence[0].Origin)
	}
	if c.Template+c.Window+c.Owner+c.Banner != "" {
		fmt.Fprintf(b, "review %s %s %s %q\n", c.Template, c.Window, c.Owner, c.Banner)
	}
	for _, day := range c.Holidays {
		fmt.Fprintf(b, "holiday %s\n", day.Format(time.DateOnly))
	}
	if c.Own != nil {
		fmt.Fprintf(b, "window %s\n", c.Own.Name)
		for _, s := range c.Own.Stages {
			fmt.Fprintf(b, "stage %+v\n", s)
		}
	}
	if in.Settings != (timeline.Settings{}) {
		fmt.Fprintf(b, "settings %v\n", in.Settings)
	}
	for _, s := range in.Sources {
		fmt.Fprintf(b, "source %s %s %s %s records=%d malformed=%d outside=%d undated=%d %s %s\n", s.Name, s.Path, s.Format,
			s.Status, s.Records, s.Malformed, s.Outside, s.Undated, s.ZoneFrom, s.Detail)
	}
	for _, e := range in.Events {
		fmt.Fprintf(b, "event %s %s %s %s: %s\n", stamp(e.Time), e.Source, e.Kind, e.Origins[0], e.Title)
	}
	for _, w := range in.Warnings {
		fmt.Fprintf(b, "warning %s %s\n", w.Code, w.Message)
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.RFC3339)
}

func rewrite(t *testing.T, name string, a *txtar.Archive, got string) {
	t.Helper()
	for i := range a.Files {
		if a.Files[i].Name == "want" {
			a.Files[i].Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("%s: no file want", name)
}

// TestInputsInAnyOrder: the order of the inputs does not matter.
func TestInputsInAnyOrder(t *testing.T) {
	fsys := fstest.MapFS{
		"a.md": {Data: []byte("# Notes 2024-07-30, all times in UTC\n\n- 10:00 one\n")},
		"b.md": {Data: []byte("# Notes 2024-07-30, all times in UTC\n\n- 10:01 two\n")},
	}
	one, two := outcome(fsys, []string{"a.md", "b.md"}), outcome(fsys, []string{"b.md", "a.md"})
	if one != two {
		t.Errorf("a, b:\n%sb, a:\n%s", one, two)
	}
}

// TestLayer: what a command knows is above pir.yaml.
func TestLayer(t *testing.T) {
	fsys := fstest.MapFS{"pir.yaml": {Data: []byte("settings: {episode_gap: 5m, impact_threshold: 5%}\n")}}
	over := func(value string) Options {
		return Options{Layer: func(m map[string]string) map[string]string {
			return map[string]string{"episode_gap": value, "impact_threshold": m["impact_threshold"]}
		}}
	}
	in, _, err := gather(context.Background(), []Input{{FS: fsys, Path: "."}}, over("7m"))
	if err != nil || in.Settings.EpisodeGap != 7*time.Minute || in.Settings.ImpactThreshold != 0.05 {
		t.Errorf("got %v, %v", in.Settings, err)
	}
	_, _, err = gather(context.Background(), []Input{{FS: fsys, Path: "."}}, over("soon"))
	if err == nil || strings.Contains(err.Error(), "pir.yaml") {
		t.Errorf("got %v, want an error that does not blame pir.yaml", err)
	}
}

// FuzzConfig: no pir.yaml is a panic, and every error names a line of it or
// the file.
func FuzzConfig(f *testing.F) {
	for _, name := range archives(f) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if filepath.Base(file.Name) == ConfigName {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readConfig(fstest.MapFS{ConfigName: {Data: data}}, ConfigName)
		if err != nil {
			if !strings.HasPrefix(err.Error(), ConfigName+":") {
				t.Errorf("error does not name the file: %v", err)
			}
			return
		}
		for _, g := range c.Given {
			if g.Origin.Line < 1 || g.Origin.Line > bytes.Count(data, []byte("\n"))+1 {
				t.Errorf("milestone %s cites line %d", g.Name, g.Origin.Line)
			}
		}
	})
}
