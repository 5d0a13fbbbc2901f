package site

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pir/internal/yaml"
	"pir/review/document"
	"pir/review/edition"
)

func TestSlug(t *testing.T) {
	for _, c := range []struct{ id, date, title, want string }{
		{"KTY1-HW8", "2024-07-30", "x", "kty1-hw8"},
		{"", "2024-07-30", "It broke: twice", "2024-07-30-it-broke-twice"},
		{"../../etc/passwd", "", "", "etc-passwd"},
		{"CON", "", "", "incident-con"},
		{"index", "", "", "incident-index"},
		{"Störung 7", "", "", "st-rung-7-f379cda7"},
		{"障害", "", "", "988903db"},
		{strings.Repeat("ab ", 100), "", "", ""},
		{"", "", "", ""},
		{"{{< x >}} <script>", "", "", "x-script"},
	} {
		got := slugOf(c.id, c.date, c.title)
		if len(got) == 0 || len(got) > maxSlug || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.Trim(got, "-") != got {
			t.Errorf("%q: %q is no slug", c.id, got)
		}
		if c.want != "" && got != c.want {
			t.Errorf("%q: slug %q, want %q", c.id, got, c.want)
		}
	}
	if a, b := slugOf("Störung", "", ""), slugOf("Stärung", "", ""); a == b {
		t.Errorf("two ids have one slug, %s", a)
	}
}

// hostileTitles are titles that some site takes for something else.
var hostileTitles = []string{
	`<script>document.title="ran"</script>`, `</title><img src=x onerror=alert(1)>`, `{{ site.title }} {% raw %}`, `{{< ref "x" >}}`,
	`{alert(1)} <3 & co`, `*a* _b_ [c](d) | e`, "No", "2024-07-30", `"quoted": 'twice' # x`, "Störung im Netz, 障害", "import x from 'y'",
	":tada: --force `code`", strings.Repeat("long ", 40) + "end",
}

// hostilePage is a review that somebody wrote by hand, with what logs hold.
func hostilePage(i int) string {
	title := hostileTitles[i]
	quoted, _ := json.Marshal(title)
	return fmt.Sprintf("---\npir: 1\nid: H-%d\ntitle: %s\ndate: 2025-03-%02d\nstage: final\nstatus: published\nseverity: %s\ncomponents: [%s]\ntags: [\"a b\", %s]\npublished: {final: 2025-04-%02dT10:00:00Z}\n---\n\n# A review\n\n",
		i, quoted, i+1, quoted, quoted, quoted, i+1) +
		"## What happened?\n\nA paragraph with {user} and {{ .Values.x }} and {% raw %} and {{< x >}}, a <service> and p99 < 200ms, <3, <br>, https://e.org/a?b=c.\n\n" +
		"export const x = 1\n\n| Time | What |\n|---|---|\n| 10:00 | `a | b` <b onclick=alert(1)>x</b> {% include x %} |\n\n" +
		"```\n{{< y >}} {% endraw %} <!-- x --> <script>alert(2)</script>\n```\n\n<script>document.title='ran'</script>\n\n<details><summary>More</summary>\n\nText.\n\n</details>\n\n" +
		"See [the other](h-0.md), [below](#timeline) and [nothing](missing.md).\n\n## Timeline\n\n1. one\n   - two\n\n## Timeline\n\n!!! note\n    x\n\n:::danger\n"
}

// corpus are reviews of ours, one with two stages, and hostile ones.
func corpus(t testing.TB) []Input {
	t.Helper()
	var list []Input
	parse := func(name string, source, side []byte) *document.Document {
		d, err := document.Parse(name, source, side)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, sample := range []string{"azure-2024-07-30", "checkout-rollback", "provider-outage"} {
		dir := filepath.Join("../samples", sample)
		page, err := os.ReadFile(filepath.Join(dir, "review.md"))
		if err != nil {
			t.Fatal(err)
		}
		side, err := os.ReadFile(filepath.Join(dir, "review.pir.json"))
		if err != nil {
			t.Fatal(err)
		}
		text := string(page)
		for _, status := range []string{"draft", "in-review"} {
			text = strings.Replace(text, "\nstatus: "+status+"\n", "\nstatus: published\n", 1)
		}
		in := Input{Review: parse(sample+"/review.md", []byte(text), side)}
		if sample == "checkout-rollback" {
			before := strings.ReplaceAll(strings.Replace(text, "\nstage: review\n", "\nstage: preliminary\n", 1), "12:41", "12:44")
			in.Copies = append(in.Copies, parse(sample+"/review.preliminary.md", []byte(before), side))
		}
		list = append(list, in)
	}
	for i := range hostileTitles {
		list = append(list, Input{Review: parse(fmt.Sprintf("hostile/h-%d.md", i), []byte(hostilePage(i)), nil)})
	}
	return list
}

func build(t testing.TB, name string, inputs []Input, opt Options) *Site {
	t.Helper()
	target, known := TargetOf(name)
	if !known {
		t.Fatalf("no target %s", name)
	}
	s, err := Build(inputs, target, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Refused {
		t.Errorf("%s: %s: %s", name, r.Name, r.Finding)
	}
	return s
}

// TestTargets walks the table: the same files twice, front matter that can be
// read, whole feeds, no path of ours.
func TestTargets(t *testing.T) {
	inputs := corpus(t)
	for _, target := range Targets() {
		t.Run(target.Name, func(t *testing.T) {
			opt := Options{BaseURL: "https://e.org/docs"}
			s := build(t, target.Name, inputs, opt)
			if again := build(t, target.Name, inputs, opt); fmt.Sprint(again.Files) != fmt.Sprint(s.Files) {
				t.Error("the same reviews gave other files")
			}
			pages := 0
			for _, f := range s.Files {
				text := string(f.Data)
				if !filepath.IsLocal(f.Path) || strings.ToLower(filepath.Dir(f.Path)) != filepath.Dir(f.Path) {
					t.Errorf("path %q", f.Path)
				}
				if strings.Contains(text, "checkout-rollback/") || strings.Contains(text, "pir-page") || strings.Contains(text, "pir:begin") {
					t.Errorf("%s has what is ours alone", f.Path)
				}
				switch filepath.Ext(f.Path) {
				case ".md":
					pages++
					frontOf(t, f)
				case ".xml":
					var v struct {
						Entries []struct{ ID, Updated string } `xml:"entry"`
					}
					if err := xml.Unmarshal(f.Data, &v); err != nil || len(v.Entries) != len(inputs) {
						t.Errorf("%s: %v, %d entries", f.Path, err, len(v.Entries))
					}
				case ".json":
					var v struct{ Reviews []Entry }
					if err := json.Unmarshal(f.Data, &v); err != nil || len(v.Reviews) != len(inputs) {
						t.Errorf("%s: %v, %d reviews", f.Path, err, len(v.Reviews))
					}
				}
			}
			if want := len(inputs) + 3; pages != want { // the stage before, what changed, the list
				t.Errorf("%d pages, want %d", pages, want)
			}
		})
	}
}

// frontOf reads the front matter of a page.
func frontOf(t *testing.T, f File) {
	t.Helper()
	rest, has := strings.CutPrefix(string(f.Data), "---\n")
	if !has {
		return
	}
	text, _, closed := strings.Cut(rest, "\n---\n")
	node, err := yaml.Parse(f.Path, []byte(text))
	if !closed || err != nil {
		t.Errorf("%s: front matter: %v", f.Path, err)
		return
	}
	if title, err := node.Get("title").Value(); err != nil || title == "" {
		t.Errorf("%s: title %q, %v", f.Path, title, err)
	}
}

func TestAddressesAreApart(t *testing.T) {
	one := corpus(t)[:1]
	target, _ := TargetOf("hugo")
	if _, err := Build([]Input{one[0], one[0]}, target, Options{}); err == nil || !strings.Contains(err.Error(), "one address") {
		t.Errorf("two reviews of one id: %v", err)
	}
}

// A draft is on no list; of a review whose newest stage is a draft the one
// before stays where it is.
func TestDrafts(t *testing.T) {
	inputs := corpus(t)[1:2]
	draft, err := document.Parse("r.md", []byte(strings.Replace(string(inputs[0].Review.Source), "status: published", "status: in-review", 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := build(t, "hugo", []Input{{Review: draft}}, Options{BaseURL: "https://e.org"})
	for _, f := range s.Files {
		switch text := string(f.Data); {
		case strings.HasSuffix(f.Path, "/index.md") && !strings.Contains(text, "\ndraft: true\n"):
			t.Errorf("%s is no draft", f.Path)
		case !strings.Contains(f.Path, "pw-2025-31") && strings.Contains(text, "pw-2025-31"):
			t.Errorf("%s leads to a draft", f.Path)
		}
	}
	s = build(t, "hugo", []Input{{Review: draft, Copies: inputs[0].Copies}}, Options{})
	found := false
	for _, f := range s.Files {
		if f.Path == "content/incidents/pw-2025-31/index.md" {
			found = strings.Contains(string(f.Data), "stage: preliminary") && !strings.Contains(string(f.Data), "draft: true")
		}
	}
	if !found || len(s.Notes) == 0 {
		t.Errorf("the stage before is not at the address; notes %q", s.Notes)
	}
}

// What the gate finds stops everything.
func TestRefused(t *testing.T) {
	d, err := document.Parse("r.md", []byte("---\nid: x\nstatus: published\n---\n\n# R\n\n<!-- pir:internal -->\n\nours\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	target, _ := TargetOf("gfm")
	s, err := Build([]Input{{Review: d}}, target, Options{})
	if err != nil || len(s.Files) > 0 || len(s.Refused) == 0 || s.Refused[0].Finding.Rule != "marker" {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = Build([]Input{{Review: d, Edition: edition.Options{}}}, target, Options{Audience: edition.Internal})
	if err != nil || len(s.Files) == 0 {
		t.Errorf("insiders: %+v, %v", s, err)
	}
}
