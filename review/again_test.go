package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAgain: a page that is made again from its sidecar is the same, and so is
// its sidecar: nothing that shapes a page is lost there.
func TestAgain(t *testing.T) {
	names, _ := filepath.Glob("../samples/*/draft.md")
	if len(names) == 0 {
		t.Fatal("no samples")
	}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		side, err := os.ReadFile(strings.TrimSuffix(name, ".md") + ".pir.json")
		if err != nil {
			t.Fatal(err)
		}
		d, err := Parse(name, page, side)
		if err != nil {
			t.Fatal(err)
		}
		r, err := New(d.Sidecar.Timeline, Again(d))
		if err != nil {
			t.Fatal(err)
		}
		sameText(t, name, string(r.Markdown()), string(page))
		sameText(t, name+" (sidecar)", string(r.Sidecar()), string(side))
	}
}

// sameText reports the first line in which two texts differ.
func sameText(t *testing.T, what, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			t.Errorf("%s, line %d: got %.300s\nwant %.300s", what, i+1, g[i], append(w, "the end")[min(i, len(w))])
			return
		}
	}
	if len(g) != len(w) {
		t.Errorf("%s has %d lines, want %d", what, len(g), len(w))
	}
}
