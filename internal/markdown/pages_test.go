package markdown

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pageOptions map what our own pages link to.
var pageOptions = RewriteOptions{
	Link:  func(target string) (string, bool) { return "https://e.org/" + strings.TrimLeft(target, "./"), true },
	Image: func(target string) (string, bool) { return "https://e.org/" + target, !strings.Contains(target, "//") },
}

// wholePages are pages with everything: hostile ones of ours, and the samples.
func wholePages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, glob := range []string{"testdata/rewrite/*.md", "../../samples/*/*.md"} {
		names, _ := filepath.Glob(glob)
		if len(names) == 0 {
			t.Fatalf("no pages %s", glob)
		}
		for _, name := range names {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if rest, ok := bytes.CutPrefix(source, []byte("---\n")); ok {
				_, source, _ = bytes.Cut(rest, []byte("\n---\n"))
			}
			pages[filepath.ToSlash(name)] = string(source)
		}
	}
	return pages
}

// TestRewriteGolden: one hostile page as every target gets it.
func TestRewriteGolden(t *testing.T) {
	source, err := os.ReadFile("testdata/rewrite/hostile.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dialects {
		out, notes := Rewrite(source, d, pageOptions)
		for _, n := range notes {
			out += fmt.Sprintf("note at %d: %s\n", n.Start, n.Message)
		}
		name := "testdata/rewrite/want/" + d.Name + ".txt"
		if *update {
			if err := os.WriteFile(name, []byte(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if out != string(want) {
			t.Errorf("%s differs from %s: run with -update and read it", d.Name, name)
		}
	}
}

var (
	hrefs = regexp.MustCompile(`href="?#([^" >]+)`)
	idsOf = regexp.MustCompile(`\bid="?([^" >]+)`)
)

// TestReadersShowPages builds whole pages with every reader: they show what our
// own site shows, nothing of them is alive, no comment is in the source, and
// links within the page lead to a place.
func TestReadersShowPages(t *testing.T) {
	sources := wholePages(t)
	names := slices.Sorted(maps.Keys(sources))
	for _, r := range readers {
		if r.fresh {
			continue
		}
		t.Run(r.name, func(t *testing.T) {
			if !present(t, r) {
				return
			}
			d, _ := DialectOf(r.dialect)
			var pages []string
			for _, name := range names {
				out, _ := Rewrite([]byte(sources[name]), d, pageOptions)
				pages = append(pages, "Zq1x\n\n"+out+"\nZq2x\n")
			}
			for i, html := range r.build(t, t.TempDir(), pages) {
				checkPage(t, names[i], sources[names[i]], html, d)
			}
		})
	}
}

func checkPage(t *testing.T, name, source, built string, d Dialect) {
	t.Helper()
	at := marker.FindAllStringIndex(built, -1)
	if len(at) < 2 {
		t.Fatalf("%s: the ends of the page are not on it", name)
	}
	html := built[at[len(at)-2][1]:at[len(at)-1][0]]
	opt := pageOptions
	opt.DropH1 = true
	own, _ := Page([]byte(source), opt)
	got, want := strings.ReplaceAll(seen(html), joiner, ""), seen(own)
	if got != want {
		k := 0
		for k < len(got) && k < len(want) && got[k] == want[k] {
			k++
		}
		t.Errorf("%s: shows\n%.150q, our own page\n%.150q", name, got[max(k-40, 0):], want[max(k-40, 0):])
	}
	tags := strings.ReplaceAll(tagsOf(html), `<img`, `<picture`)
	if m := alive.FindString(tags); m != "" {
		t.Errorf("%s is alive: %s", name, m)
	}
	if strings.Contains(strings.ReplaceAll(html, "<!-- -->", ""), "<!--") || // React's own seam is empty
		strings.Contains(built, "customer names") {
		t.Errorf("%s: a comment is in the source", name)
	}
	ids := map[string]bool{}
	for _, m := range idsOf.FindAllStringSubmatch(built, -1) {
		ids[m[1]] = true
	}
	links := hrefs.FindAllStringSubmatch(html, -1)
	for _, m := range links {
		if !ids[m[1]] {
			t.Errorf("%s: nothing is called %s", name, m[1])
		}
	}
	if strings.Contains(source, "](#") && len(links) == 0 {
		t.Errorf("%s: no link within the page is left", name)
	}
}
