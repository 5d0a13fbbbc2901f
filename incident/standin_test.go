package incident

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pir/timeline"
)

// sampleFiles are the files of a sample.
func sampleFiles(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS(filepath.Join("..", "samples", name))
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func loaded(t *testing.T, files fstest.MapFS, before *timeline.Timeline) *Result {
	t.Helper()
	r, err := Load(context.Background(), []Input{{FS: files, Path: "."}}, Options{Before: before})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// readBack is a timeline as it is after it was written and read.
func readBack(t *testing.T, tl *timeline.Timeline) *timeline.Timeline {
	t.Helper()
	var b bytes.Buffer
	if err := tl.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	out, err := timeline.ReadJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// told are the milestones and rows of a timeline, one to a line.
func told(tl *timeline.Timeline) string {
	var lines []string
	for _, b := range tl.Milestones {
		if b.Known() {
			lines = append(lines, string(b.Name)+" "+b.Time.Truncate(1e9).Format("15:04:05")+" "+string(b.Rung))
		}
	}
	var rows []string
	for i := range tl.Events {
		rows = append(rows, tl.Events[i].ID+" "+tl.Events[i].Title)
	}
	for _, s := range tl.Sources {
		rows = append(rows, s.Path+" "+s.Status+" "+s.SHA256)
	}
	slices.Sort(rows)
	return strings.Join(append(lines, rows...), "\n")
}

// without gives the lines of a text that another has not.
func without(text, other string) string {
	lines := strings.Split(other, "\n")
	return strings.Join(slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return slices.Contains(lines, line) }), "\n")
}

// TestStandIn: whichever file is gone, and when all are, the timeline that was
// kept stands in for them.
func TestStandIn(t *testing.T) {
	files := sampleFiles(t, "checkout-rollback")
	whole := loaded(t, files, nil)
	before := readBack(t, whole.Timeline)
	gone := []string{"alerts.json", "checkout.jsonl", "notes.md", "pages.json", "status.json"}
	for _, names := range append([][]string{gone}, slices.Collect(slices.Chunk(gone, 1))...) {
		left := fstest.MapFS{}
		for name, f := range files {
			if !slices.Contains(names, name) {
				left[name] = f
			}
		}
		r := loaded(t, left, before)
		if !slices.Equal(r.StoodIn, names) {
			t.Errorf("%q stood in for %q", names, r.StoodIn)
		}
		if got, want := told(r.Timeline), told(whole.Timeline); got != want {
			t.Errorf("without %q: too much\n%s\nmissing\n%s", names, without(got, want), without(want, got))
		}
		if len(r.Timeline.WarningsFor(timeline.WarnSourceMissing)) > 0 {
			t.Errorf("%q: told as missing", names)
		}
	}
	// What pir.yaml does not name any more is out.
	short := fstest.MapFS{}
	for name, f := range files {
		short[name] = f
	}
	short["pir.yaml"] = &fstest.MapFile{Data: bytes.Replace(files["pir.yaml"].Data, []byte("pages.json"), []byte("status.json"), 1)}
	for _, s := range loaded(t, short, before).Timeline.Sources {
		if s.Path == "pages.json" {
			t.Error("a source that pir.yaml no longer names stands in")
		}
	}
}
