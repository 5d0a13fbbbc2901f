package diff

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"pir/internal/textdiff"
	"pir/review/document"
)

var update = flag.Bool("update", false, "rewrite the wanted changes")

func parse(t testing.TB, name, text string) *document.Document {
	t.Helper()
	d, err := document.Parse(name, []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// listing writes the changes of a diff, one to a line, with the words marked.
func listing(d *Diff) string {
	var b strings.Builder
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "%s: %s", c.Type, c.Line())
		for _, r := range c.Words {
			if r.Same() {
				continue
			}
			b.WriteString("\n    ")
			for _, p := range r.Pieces {
				text := strings.ReplaceAll(p.Text, "\n", "⏎")
				switch p.Op {
				case textdiff.Delete:
					b.WriteString("[-" + text + "-]")
				case textdiff.Insert:
					b.WriteString("{+" + text + "+}")
				default:
					b.WriteString(text)
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// archives are the pairs of reviews in testdata with the changes wanted.
func archives(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d archives: %v", len(names), err)
	}
	out := map[string]*txtar.Archive{}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = a
	}
	return out
}

func member(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// TestArchives compares the pairs of testdata, and wants every type of change in
// one of them, or in its mirror.
func TestArchives(t *testing.T) {
	seen := map[Type]bool{}
	for name, a := range archives(t) {
		old, new := parse(t, "old.md", member(a, "old.md")), parse(t, "new.md", member(a, "new.md"))
		d := Compare(old, new)
		for _, c := range d.Changes {
			seen[c.Type], seen[c.Type.Kind().Mirror] = true, true
		}
		got := listing(d)
		if *update {
			a.Files = append(slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" }), txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if why := cmp.Diff(member(a, "want"), got); why != "" {
			t.Errorf("%s (-want +got):\n%s", name, why)
		}
		checkProperties(t, old, new)
	}
	for _, k := range Kinds() {
		if !seen[k.Type] {
			t.Errorf("no archive has a change of type %s", k.Type)
		}
	}
}

func TestKinds(t *testing.T) {
	seen := map[Type]bool{}
	for _, k := range Kinds() {
		if k.Doc == "" || k.Noun == "" || k.Verb == "" || seen[k.Type] {
			t.Errorf("%s: an incomplete or second row", k.Type)
		}
		seen[k.Type] = true
		if k.Mirror.Kind().Mirror != k.Type || k.Mirror.Kind().Group != k.Group {
			t.Errorf("%s: the mirror of its mirror is %s", k.Type, k.Mirror.Kind().Mirror)
		}
	}
}

// checkProperties holds what is true of any two reviews.
func checkProperties(t *testing.T, old, new *document.Document) {
	t.Helper()
	d := Compare(old, new)
	if same := Compare(old, old); !same.Same() {
		t.Fatalf("a review differs from itself:\n%s", listing(same))
	}
	back := Compare(new, old).Mirror()
	if listing(back) != listing(d) || !reflect.DeepEqual(back.Changes, d.Changes) {
		t.Fatalf("swapping does not mirror:\n%s", cmp.Diff(listing(d), listing(back)))
	}
	if !equalStrips(back.Strips, d.Strips) {
		t.Fatal("swapping does not mirror the strips")
	}
	a, b := read(old, new)
	checkSide(t, a, d.Strips, func(s Strip) *Unit { return s.From }, textdiff.Result.Before)
	checkSide(t, b, d.Strips, func(s Strip) *Unit { return s.To }, textdiff.Result.After)
}

func equalStrips(a, b []Strip) bool {
	return slices.EqualFunc(a, b, func(x, y Strip) bool {
		return x.State == y.State && reflect.DeepEqual(x.From, y.From) && reflect.DeepEqual(x.To, y.To) && reflect.DeepEqual(x.Words, y.Words)
	})
}

// checkSide wants a whole page in the strips, in its order, and its text in the
// marked words.
func checkSide(t *testing.T, p *page, strips []Strip, side func(Strip) *Unit, text func(textdiff.Result) string) {
	t.Helper()
	i := 0
	for _, s := range strips {
		u := side(s)
		if u == nil {
			continue
		}
		if i >= len(p.units) || u.key != p.units[i].key || u.Text != p.units[i].Text {
			t.Fatalf("strip %d: %q is out of order", i, u.Text)
		}
		i++
		if s.Words == nil {
			continue
		}
		var got []string
		for _, r := range s.Words {
			got = append(got, text(r))
		}
		want := []string{u.shown()}
		if u.Cells != nil {
			want, got = slices.Sorted(slices.Values(u.Cells)), slices.Sorted(slices.Values(got))
			want = slices.DeleteFunc(want, func(s string) bool { return s == "" })
			got = slices.DeleteFunc(got, func(s string) bool { return s == "" })
		}
		if !slices.Equal(got, want) {
			t.Fatalf("the words give %q, the page has %q", got, want)
		}
	}
	if i != len(p.units) {
		t.Fatalf("%d of %d pieces of the page are in the strips", i, len(p.units))
	}
}

// noise are pages that say the same as the page below.
const quiet = "---\nid: MR-7\ntags: [mail, disk]\n---\n\n# Mail was late\n\nThe queue grew for an hour before anybody saw it; *nobody* looked at snake_case names.\n\n" +
	"- one thing was tried\n- another one was tried\n\n| Host | Letters late |\n|---|---|\n| mx-1 | 12,400 |\n\n[1]: #evidence-1\n"

var noise = map[string]string{
	"wrapped":     strings.Replace(quiet, "for an hour before", "for an\nhour before", 1),
	"bullets":     strings.ReplaceAll(quiet, "\n- ", "\n* "),
	"escapes":     strings.Replace(strings.Replace(quiet, "snake_case", `snake\_case`, 1), "hour", "hou&#114;", 1),
	"emphasis":    strings.Replace(quiet, "*nobody*", "_nobody_", 1),
	"aligned":     strings.Replace(quiet, "| Host | Letters late |\n|---|---|\n| mx-1 | 12,400 |", "| Host   | Letters late |\n|:-------|-------------:|\n| mx-1   |       12,400 |", 1),
	"bare table":  strings.Replace(quiet, "| Host | Letters late |\n|---|---|\n| mx-1 | 12,400 |", "Host | Letters late\n--- | ---\nmx-1 | 12,400", 1),
	"key order":   strings.Replace(quiet, "id: MR-7\ntags: [mail, disk]", "tags:\n  - mail\n  - disk\nid: \"MR-7\"", 1),
	"CRLF":        strings.ReplaceAll(quiet, "\n", "\r\n"),
	"BOM":         "\uFEFF" + quiet,
	"setext":      strings.Replace(quiet, "# Mail was late", "Mail was late\n=============", 1),
	"blank lines": strings.ReplaceAll(quiet, "\n\n", "\n\n\n"),
	"comment":     quiet + "\n<!-- nobody sees this -->\n",
	"citations":   strings.Replace(quiet, "saw it;", "saw it [[1]];", 1),
}

func TestNoiseIsNoChange(t *testing.T) {
	old := parse(t, "old.md", quiet)
	for name, text := range noise {
		if d := Compare(old, parse(t, "new.md", text)); !d.Same() {
			if name == "citations" && len(d.Changes) == 1 && d.Changes[0].Type == EvidenceGained {
				continue
			}
			t.Errorf("%s:\n%s", name, listing(d))
		}
	}
}

// TestAzureStory compares the three tellings of the flagship sample: what was
// told anew is found, and nothing is said about what stayed.
func TestAzureStory(t *testing.T) {
	version := func(name string) *document.Document {
		data, err := os.ReadFile("../../samples/azure-2024-07-30/versions/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		return parse(t, name+".md", string(data))
	}
	statement, preliminary, final := version("statement"), version("preliminary"), version("final")
	for _, row := range []struct {
		old, new *document.Document
		want     []string
	}{
		{statement, preliminary, []string{
			"stage_changed stage: statement → preliminary",
			"window_split impact: 2024-07-30T11:45:00Z/2024-07-30T19:43:00Z → 2024-07-30T11:45:00Z/2024-07-30T13:58:00Z 2024-07-30T13:58:00Z/2024-07-30T19:43:00Z",
			"milestone_moved mitigated: 2024-07-30T14:10:00Z → 2024-07-30T13:58:00Z",
			"components_changed components narrowed",
			"row_added The attack began.",
			"row_retimed Most of the impact was mitigated.: 2024-07-30T14:10:00Z → 2024-07-30T13:58:00Z",
			"notice_changed",
			"prose_changed summary", "prose_changed summary", "prose_changed cause",
		}},
		{preliminary, final, []string{
			"stage_changed stage: preliminary → final",
			"notice_gone",
			"prose_added cause: About 1,700 attacks",
			"prose_changed summary", "prose_changed cause",
		}},
	} {
		d := Compare(row.old, row.new)
		var got []string
		for _, c := range d.Changes {
			got = append(got, story(c))
		}
		if why := cmp.Diff(row.want, got); why != "" {
			t.Errorf("%s to %s (-want +got):\n%s", row.old.Name, row.new.Name, why)
		}
		for _, c := range d.Of(Facts) {
			for _, stayed := range []string{"impact_start", "impact_end"} {
				if c.Name() == stayed || slices.Contains(c.Because, stayed) {
					t.Errorf("%s: %s stayed", c.Line(), stayed)
				}
			}
		}
		checkProperties(t, row.old, row.new)
	}
}

// story is a change in the words of the table above.
func story(c Change) string {
	s := string(c.Type)
	switch c.Type {
	case ProseChanged:
		return s + " " + c.Section()
	case ProseAdded:
		return s + " " + c.Section() + ": " + c.To.Text[:len("About 1,700 attacks")]
	case NoticeChanged, NoticeGone:
		return s
	case ComponentsChanged:
		return s + " " + c.Name() + " " + c.Note
	case RowAdded:
		first, _, _ := strings.Cut(c.Name(), ".")
		return s + " " + first + "."
	}
	return s + " " + c.Name() + ": " + c.From.Value + " → " + c.To.Value
}

// TestJSONKeepsItsSchema validates what is written for every archive.
func TestJSONKeepsItsSchema(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSchema(&b); err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("diff.json", schema); err != nil {
		t.Fatal(err)
	}
	checked, err := compiler.Compile("diff.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range archives(t) {
		d := Compare(parse(t, "old.md", member(a, "old.md")), parse(t, "new.md", member(a, "new.md")))
		var out bytes.Buffer
		if err := d.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(out.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		if err := checked.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var bad any = map[string]any{"schema": Schema, "from": "", "to": "", "coarse": []any{}, "changes": []any{map[string]any{"type": "odd"}}}
	if checked.Validate(bad) == nil {
		t.Error("the schema lets an unknown type pass")
	}
}

// TestMarkdownFits wants a comment that is not too long, and says what it left
// out.
func TestMarkdownFits(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Long\n\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "Paragraph number %d tells of the %d-th thing that happened then.\n\n", i, i*7)
	}
	d := Compare(parse(t, "old.md", "# Long\n"), parse(t, "new.md", b.String()))
	text := d.Markdown()
	if len(text) > MarkdownLimit || !strings.Contains(text, "changes are not shown") {
		t.Errorf("%d bytes, ending in %q", len(text), text[len(text)-200:])
	}
}

func FuzzCompare(f *testing.F) {
	for _, a := range archives(f) {
		f.Add(member(a, "old.md"), member(a, "new.md"))
	}
	for _, text := range noise {
		f.Add(quiet, text)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		old, new := parse(t, "old.md", a), parse(t, "new.md", b)
		checkProperties(t, old, new)
		d := Compare(old, new)
		if len(d.Markdown()) > MarkdownLimit {
			t.Fatal("the comment is too long")
		}
		if err := d.WriteHTML(&bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
		if err := d.WriteJSON(&bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
	})
}
