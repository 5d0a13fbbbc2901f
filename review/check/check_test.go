package check

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"pir/review/document"
)

var update = flag.Bool("update", false, "rewrite the wanted findings")

// archives are the cases of testdata, by the name of the rule that they are
// about. In each, fires.md has findings of the rule and quiet.md has none; what
// is found of all rules stands in want.
func archives(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	list := map[string]*txtar.Archive{}
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list[strings.TrimSuffix(filepath.Base(name), ".txtar")] = a
	}
	return list
}

func TestRules(t *testing.T) {
	list := archives(t)
	for _, r := range Rules() {
		t.Run(r.Name, func(t *testing.T) {
			a := list[r.Name]
			if a == nil {
				t.Fatalf("no testdata/%s.txtar", r.Name)
			}
			delete(list, r.Name)
			var got strings.Builder
			count := map[string]int{}
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
				}
				if !strings.HasSuffix(f.Name, ".md") {
					continue
				}
				for _, found := range checkFile(t, a, f) {
					fmt.Fprintf(&got, "%s:%d:%d-%d:%d: %s %s: %s\n", f.Name, found.Line, found.Column, found.EndLine, found.EndColumn,
						found.Rule.ID, found.Rule.Name, found.Message)
					if found.Rule.ID == r.ID {
						count[f.Name]++
					}
				}
			}
			if count["fires.md"] == 0 || count["quiet.md"] > 0 {
				t.Errorf("fires.md has %d findings, quiet.md %d", count["fires.md"], count["quiet.md"])
			}
			if want < 0 {
				t.Fatal("no file want")
			}
			if *update {
				a.Files[want].Data = []byte(got.String())
				if err := os.WriteFile("testdata/"+r.Name+".txtar", txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(a.Files[want].Data), got.String()); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
	for name := range list {
		t.Errorf("testdata/%s.txtar is about no rule", name)
	}
}

// checkFile checks a page; the files of its archive are those that exist.
func checkFile(t testing.TB, a *txtar.Archive, f txtar.File) []Finding {
	t.Helper()
	d, err := document.Parse(f.Name, f.Data, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := Check(d, Options{Exists: func(path string) bool {
		return slices.ContainsFunc(a.Files, func(f txtar.File) bool { return f.Name == path })
	}})
	checkPlaces(t, d, found)
	return found
}

// checkPlaces: findings are in order, inside of the page, and their lines and
// columns are those of their bytes.
func checkPlaces(t testing.TB, d *document.Document, found []Finding) {
	t.Helper()
	last := 0
	for _, f := range found {
		if f.Start < last || f.End < f.Start || f.End > len(d.Source) {
			t.Fatalf("%s: span [%d:%d] of %d bytes, behind %d", f.Rule.Name, f.Start, f.End, len(d.Source), last)
		}
		last = f.Start
		lead := d.Source[:f.Start]
		line := 1 + bytes.Count(lead, []byte("\n"))
		row := bytes.TrimPrefix(lead[bytes.LastIndexByte(lead, '\n')+1:], []byte("\xef\xbb\xbf"))
		if f.Line != line || f.Column != 1+utf8.RuneCount(row) {
			t.Fatalf("%s: %d:%d, want %d:%d", f.Rule.Name, f.Line, f.Column, line, 1+utf8.RuneCount(row))
		}
		if f.Message == "" || strings.ContainsAny(f.Message, "\n\r") || f.Rule.ID == "" {
			t.Fatalf("%s: message %q", f.Rule.Name, f.Message)
		}
	}
}

// TestTableOfRules: ids and names are one of a kind, in order, and said.
func TestTableOfRules(t *testing.T) {
	last := ""
	names := map[string]bool{}
	for _, r := range Rules() {
		if r.ID <= last || names[r.Name] || r.Doc == "" || r.Help == "" || r.Severity == "" {
			t.Errorf("%+v", r)
		}
		last, names[r.Name] = r.ID, true
		for _, name := range []string{r.ID, r.Name, strings.ToUpper(r.Name)} {
			if found, ok := Find(name); !ok || found.ID != r.ID {
				t.Errorf("%s is not found", name)
			}
		}
	}
	if _, ok := Find("PIR999"); ok {
		t.Error("a rule that there is not was found")
	}
}

// TestOptions: rules are chosen and left out by id and by name.
func TestOptions(t *testing.T) {
	d, err := document.Parse("a.md", []byte("# T\n\nIt was human error and should have been seen at 12:14.\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		opt  Options
		want string
	}{
		{Options{}, "PIR040 PIR041 PIR024"},
		{Options{Only: []string{"blame"}}, "PIR040"},
		{Options{Only: []string{"PIR041", "zone"}, Disabled: []string{"PIR024"}}, "PIR041"},
		{Options{Disabled: []string{"PIR040", "PIR041", "zone"}}, ""},
	} {
		var got []string
		for _, f := range Check(d, c.opt) {
			got = append(got, f.Rule.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.opt, got, c.want)
		}
	}
}

// FuzzCheck: no page is a panic, and all findings have their places.
func FuzzCheck(f *testing.F) {
	seeds := 0
	for _, a := range archives(f) {
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, ".md") {
				f.Add(file.Data)
				f.Add(bytes.ReplaceAll(append([]byte("\xef\xbb\xbf"), file.Data...), []byte("\n"), []byte("\r\n")))
				seeds++
			}
		}
	}
	if seeds == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		d, err := document.Parse("fuzz.md", source, nil)
		if err != nil {
			t.Fatal(err)
		}
		found := Check(d, Options{Exists: func(string) bool { return false }})
		checkPlaces(t, d, found)
		if _, err := SARIF([]Page{{d, found}}, "1"); err != nil {
			t.Fatal(err)
		}
	})
}
