package review

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pir/internal/markdown"
	"pir/internal/yaml"
	"pir/timeline"
)

var update = flag.Bool("update", false, "rewrite the wanted files")

// page makes the Markdown of a review.
func page(t *testing.T, tl *timeline.Timeline, opt Options) string {
	t.Helper()
	r, err := New(tl, opt)
	if err != nil {
		t.Fatal(err)
	}
	return string(r.Markdown())
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); run with -update to take it:\n%s", file, diff)
	}
}

func TestPages(t *testing.T) {
	for _, stage := range []string{"statement", "preliminary", "final"} {
		opt := relayOptions()
		opt.Stage = stage
		r, err := New(relay(), opt)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "relay."+stage+".md", r.Markdown())
		if stage == "preliminary" {
			golden(t, "relay.preliminary.pir.json", r.Sidecar())
		}
	}
	golden(t, "unknown.md", []byte(page(t, &timeline.Timeline{}, Options{Stage: "preliminary"})))
}

// timelines are the inputs that every property is tried on.
func timelines() map[string]*timeline.Timeline {
	local := relay()
	local.Incident.Display = time.FixedZone("Somewhere/East", 5*3600+1800)
	return map[string]*timeline.Timeline{"relay": relay(), "nothing known": {}, "second zone": local}
}

// bodies calls check with every page there is.
func bodies(t *testing.T, check func(t *testing.T, page string)) {
	for name, tl := range timelines() {
		for _, stage := range []string{"statement", "preliminary", "final"} {
			t.Run(name+" "+stage, func(t *testing.T) {
				check(t, page(t, tl, Options{Stage: stage, Now: at("2025-03-20T00:00:00Z")}))
			})
		}
	}
}

var citeMark = regexp.MustCompile(`\[\[(\d+)\]\]`)

// split takes the front matter and the evidence off a page.
func split(t *testing.T, page string) (body, evidence string) {
	t.Helper()
	_, rest, found := strings.Cut(strings.TrimPrefix(page, "---\n"), "\n---\n")
	body, evidence, cut := strings.Cut(rest, "<!-- pir:begin evidence -->")
	if !found || !cut {
		t.Fatalf("no front matter or no evidence in:\n%s", page)
	}
	return body, evidence
}

// TestEveryNumberIsCited holds the page to its promise: a line that has a digit
// has a citation.
func TestEveryNumberIsCited(t *testing.T) {
	bodies(t, func(t *testing.T, page string) {
		body, _ := split(t, page)
		for line := range strings.SplitSeq(body, "\n") {
			if strings.HasPrefix(line, "# ") { // the title, which is the writer's
				continue
			}
			if strings.ContainsAny(citeMark.ReplaceAllString(line, ""), "0123456789") && !citeMark.MatchString(line) {
				t.Errorf("no citation: %s", line)
			}
		}
	})
}

func TestEveryCitationLeadsToEvidence(t *testing.T) {
	bodies(t, func(t *testing.T, page string) {
		body, evidence := split(t, page)
		cited := map[string]bool{}
		for _, m := range citeMark.FindAllStringSubmatch(body, -1) {
			cited[m[1]] = true
			if !strings.Contains(evidence, `<a id="evidence-`+m[1]+`"></a>[[`+m[1]+"]]") || !strings.Contains(evidence, "\n["+m[1]+"]: #evidence-"+m[1]+"\n") {
				t.Errorf("[%s] leads nowhere", m[1])
			}
		}
		for _, m := range regexp.MustCompile(`(?m)^- <a id="evidence-(\d+)"`).FindAllStringSubmatch(evidence, -1) {
			if !cited[m[1]] {
				t.Errorf("evidence %s is cited nowhere", m[1])
			}
		}
		if strings.Contains(markdown.HTML(page), "[[") {
			t.Errorf("a citation that is no link")
		}
	})
}

var (
	ourTags = regexp.MustCompile(`<!-- (pir:(begin|end) [a-z]+|Write: [^<>]*) -->|</?(details|summary|code)>|<a id="evidence-\d+"></a>|<https://[^<>]*>`)
)

// withoutCode takes the code spans out of Markdown.
func withoutCode(md string) string {
	var b strings.Builder
	for md != "" {
		i := strings.IndexAny(md, "\\`")
		if i < 0 {
			b.WriteString(md)
			break
		}
		b.WriteString(md[:i])
		md = md[i:]
		if md[0] == '\\' {
			md = md[min(2, len(md)):]
			continue
		}
		ticks := md[:len(md)-len(strings.TrimLeft(md, "`"))]
		md = md[len(ticks):]
		for rest := md; ; {
			end := strings.Index(rest, ticks)
			if end < 0 {
				break
			}
			run := len(rest[end:]) - len(strings.TrimLeft(rest[end:], "`"))
			rest = rest[end+run:]
			if run == len(ticks) {
				md = rest
				break
			}
		}
	}
	return b.String()
}

// checkHarmless: no HTML and no template of an input stands on the page.
func checkHarmless(t *testing.T, page string) {
	t.Helper()
	_, body, _ := strings.Cut(strings.TrimPrefix(page, "---\n"), "\n---\n")
	rest := ourTags.ReplaceAllString(withoutCode(body), "")
	if i := strings.IndexByte(rest, '<'); i >= 0 {
		t.Errorf("HTML that is not ours: %s", rest[i:min(i+80, len(rest))])
	}
	for _, bad := range []string{"{{", "{%", "\x1b", "\x00"} {
		if strings.Contains(body, bad) {
			t.Errorf("%q stands on the page", bad)
		}
	}
	rendered := markdown.HTML(page)
	if strings.Contains(rendered, "<script") || strings.Contains(rendered, "<img") {
		t.Errorf("alive: %s", rendered)
	}
}

func TestHarmless(t *testing.T) { bodies(t, checkHarmless) }

const hostileText = "| <script>alert(1)</script> {{.}} **x** \x1b[31m"

func TestHostileTextShows(t *testing.T) {
	shown := markdown.Text(markdown.HTML(page(t, relay(), relayOptions())))
	if want := `| <script>alert(1)</script> {{.}} **x** \x1b[31m`; strings.Count(shown, want) < 2 {
		t.Errorf("want %s in the timeline and in the evidence of:\n%s", want, shown)
	}
}

// poison puts a text into every field of a timeline that an input can fill.
func poison(tl *timeline.Timeline, s string) {
	tl.Incident.ID, tl.Incident.Title = s, s
	tl.Incident.Components, tl.Incident.Tags = []string{s}, []string{s}
	tl.Incident.Severity = timeline.Severity(s)
	for i := range tl.Events {
		e := &tl.Events[i]
		e.Title, e.Body, e.Raw, e.Source, e.Actor = s, s, s, s, s
		e.Origins = []timeline.Origin{timeline.LineOrigin(s, i+1)}
	}
	for i := range tl.Milestones {
		b := &tl.Milestones[i]
		b.Rule, b.By, b.Outcome, b.Scope.Regions = s, s, s, []string{s}
		b.Rung = timeline.Rung(s)
	}
	for i := range tl.Actions {
		a := &tl.Actions[i]
		a.ID, a.Text, a.Type, a.Owner, a.Due, a.State, a.Link = s, s, s, s, s, s, "https://"+s
	}
	for i := range tl.Sources {
		o := &tl.Sources[i]
		o.Name, o.Path, o.Detail, o.Provenance, o.SHA256, o.Status = s, s, s, s, s, s
	}
	for i := range tl.Figures {
		tl.Figures[i] = timeline.Figure{Measure: s, Value: s, Scope: s, Source: s}
	}
	for i := range tl.Bursts {
		tl.Bursts[i].Component, tl.Bursts[i].Source = s, s
	}
	for i := range tl.Episodes {
		tl.Episodes[i].Component, tl.Episodes[i].Region = s, s
	}
	for i := range tl.Phases {
		tl.Phases[i].Name, tl.Phases[i].Includes = s, []string{s}
	}
	for i := range tl.Metrics {
		tl.Metrics[i].Name = s
	}
	for i := range tl.Warnings {
		tl.Warnings[i].Code, tl.Warnings[i].Message = s, s
	}
	for i := range tl.Dropped {
		tl.Dropped[i] = timeline.Dropped{ID: s, Title: s, Reason: s, Origin: s}
	}
}

func FuzzHostileInputs(f *testing.F) {
	for _, s := range []string{"plain", hostileText, "<!-- pir:end facts -->", "</details>\n\n# x", "a\n---\nb: c", "[1]: #x", "` `` <b>", "{% raw %}{{", "\xff\x00", "| a |\n|---|", "https://x.y/z", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tl := relay()
		poison(tl, s)
		opt := relayOptions()
		opt.Title, opt.Owner, opt.Banner = s, s, s
		text := page(t, tl, opt)
		checkHarmless(t, text)
		// What an input says must not end a block or start one.
		if begin, end := strings.Count(text, "\n<!-- pir:begin "), strings.Count(text, "\n<!-- pir:end "); begin != len(blockNames) || end != begin {
			t.Errorf("%d blocks begin and %d end, want %d", begin, end, len(blockNames))
		}
		shown := markdown.Text(markdown.HTML(text))
		if v := markdown.Visible(s); len(v) < 100 && strings.Count(shown, v) < 20 {
			t.Errorf("%q does not show as its characters", v)
		}
		head, _, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
		node, err := yaml.Parse("front", []byte(head))
		if err != nil {
			t.Fatalf("front matter: %v\n%s", err, head)
		}
		if got := node.Get("owner"); s != "" && (got == nil || got.Text != string([]rune(s))) {
			t.Errorf("owner is %q, want %q", got.Text, s)
		}
	})
}

func TestSameBytes(t *testing.T) {
	a, errA := New(relay(), relayOptions())
	b, errB := New(relay(), relayOptions())
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if !bytes.Equal(a.Markdown(), b.Markdown()) || !bytes.Equal(a.Sidecar(), b.Sidecar()) {
		t.Error("two runs differ")
	}
}

func TestSidecarHoldsTheBlocks(t *testing.T) {
	r, err := New(relay(), relayOptions())
	if err != nil {
		t.Fatal(err)
	}
	var side struct {
		Schema   string
		Blocks   map[string]string
		Records  map[string]string
		Timeline json.RawMessage
	}
	if err := json.Unmarshal(r.Sidecar(), &side); err != nil {
		t.Fatal(err)
	}
	for _, name := range blockNames {
		want := "<!-- pir:begin " + name + " -->\n" + side.Blocks[name] + "<!-- pir:end " + name + " -->\n"
		if side.Blocks[name] == "" || !strings.Contains(string(r.Markdown()), want) {
			t.Errorf("block %s is not on the page as the sidecar has it", name)
		}
	}
	if side.Records["e000000000001"] != "- 09:58 Rolled out relay 7 to all zones." {
		t.Errorf("records lack the raw text: %q", side.Records["e000000000001"])
	}
	back, err := timeline.ReadJSON(bytes.NewReader(side.Timeline))
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := back.Milestone(timeline.Mitigated); !ok || !b.Time.Equal(at("11:31")) {
		t.Errorf("the timeline does not come back: %+v", b)
	}
}

func TestDueDatesWithoutAClock(t *testing.T) {
	opt := relayOptions()
	if text := page(t, relay(), opt); strings.Contains(text, "passed") {
		t.Error("a clock was read")
	}
	opt.Now = at("2025-03-08T00:00:00Z")
	if text := page(t, relay(), opt); strings.Count(text, "; that has passed") != 2 {
		t.Errorf("want two stages that are past their date in:\n%s", text)
	}
}

func TestErrorsNameTheChoices(t *testing.T) {
	for _, tt := range []struct {
		opt  Options
		want string
	}{
		{Options{Stage: "draft"}, `window "azure" has no stage "draft"; it has: statement, preliminary, final`},
		{Options{Window: "fortnight"}, `unknown review window "fortnight"; there are: azure, pagerduty, nis2, eu-dora, none`},
		{Options{Template: "sonnet"}, `unknown template set "sonnet"; there are: azure, dependency`},
	} {
		if _, err := New(relay(), tt.opt); err == nil || err.Error() != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

func TestOwnTemplates(t *testing.T) {
	own := fstest.MapFS{
		"set.yaml":             {Data: []byte("version: \"3\"\nstatement: [one]\npreliminary: [one]\nfinal: [one]\n")},
		"one.md.tmpl":          {Data: []byte("# {{.Title}}\n\n{{generated \"open\"}}\n")},
		"blocks/open.md.tmpl":  {Data: []byte("{{len .Questions | eq 0}}\n")},
		"blocks/notes.md.tmpl": {Data: []byte("not read")},
	}
	r, err := New(relay(), Options{Template: "own", TemplateDir: own})
	if err != nil {
		t.Fatal(err)
	}
	if _, body, _ := strings.Cut(string(r.Markdown()), "\n---\n"); body != "\n# Mail was late after relay 7\n\n<!-- pir:begin open -->\nfalse\n<!-- pir:end open -->\n" {
		t.Errorf("got %s", body)
	}
	for _, tt := range []struct{ file, text, want string }{
		{"one.md.tmpl", `{{printf "%x" .Title}}`, "no such function"},
		{"one.md.tmpl", `{{html .Title}}`, "no such function"},
		{"one.md.tmpl", `{{generated "gossip"}}`, `unknown block "gossip"`},
		{"one.md.tmpl", `{{.Gossip}}`, "Gossip"},
		{"one.md.tmpl", `{{if}}`, "one.md.tmpl:1"},
		{"set.yaml", "statment: [one]\n", `did you mean "statement"`},
		{"set.yaml", "statement: [one]\npreliminary: [one]\nfinal: [two]\n", "two.md.tmpl"},
		{"set.yaml", "statement: [one]\n", `needs the sections of "preliminary"`},
	} {
		bad := fstest.MapFS{}
		for name, file := range own {
			bad[name] = file
		}
		bad[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
		if _, err := New(relay(), Options{Template: "own", TemplateDir: bad}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.text, err, tt.want)
		}
	}
}
