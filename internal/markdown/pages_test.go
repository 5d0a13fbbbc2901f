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

// wholeTrials are whole pages: they show what our own site shows, no comment is
// in their source, and links within the page lead to a place.
func wholeTrials(t *testing.T, d Dialect) []trial {
	sources := wholePages(t)
	var trials []trial
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		source := sources[name]
		out, _ := Rewrite([]byte(source), d, pageOptions)
		trials = append(trials, trial{place: "whole page", text: name, written: out, alone: true, check: func(html string) string { return checkPage(source, html) }})
	}
	return trials
}

func checkPage(source, html string) string {
	opt := pageOptions
	opt.DropH1 = true
	own, _ := Page([]byte(source), opt)
	got, want := strings.ReplaceAll(seen(html), joiner, ""), seen(own)
	if got != want {
		k := 0
		for k < len(got) && k < len(want) && got[k] == want[k] {
			k++
		}
		return fmt.Sprintf("shows\n%.150q, our own page\n%.150q", got[max(k-40, 0):], want[max(k-40, 0):])
	}
	if m := alive.FindString(strings.ReplaceAll(tagsOf(html), `<img`, `<picture`)); m != "" {
		return "is alive: " + m
	}
	if strings.Contains(strings.ReplaceAll(html, "<!-- -->", ""), "<!--") { // React's own seam is empty
		return "a comment is in the source"
	}
	ids := map[string]bool{}
	for _, m := range idsOf.FindAllStringSubmatch(html, -1) {
		ids[m[1]] = true
	}
	links := hrefs.FindAllStringSubmatch(html, -1)
	for _, m := range links {
		if !ids[m[1]] {
			return "nothing is called " + m[1]
		}
	}
	if strings.Contains(source, "](#") && len(links) == 0 {
		return "no link within the page is left"
	}
	return ""
}
