package incident

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"pir/internal/yaml"
	"pir/source"
	"pir/timeline"
)

// scaffolded begins an incident in the folder case of fsys for the exports in
// the folder exports.
func scaffolded(t testing.TB, fsys fs.FS, opt Options) *Scaffolded {
	t.Helper()
	s, err := Survey(context.Background(), []Input{{FS: fsys, Path: "exports"}}, opt)
	if err != nil {
		t.Fatal(err)
	}
	made, err := Scaffold(context.Background(), s, ScaffoldOptions{
		Options: opt, FS: fsys, Dir: "case", Place: func(name string) string { return "../" + name },
		Today: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// exportsOf puts the files of a folder below exports, without those of pir.
func exportsOf(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	w := walk(os.DirFS(dir), ".")
	for _, name := range w.found {
		data, err := os.ReadFile(path.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		fsys["exports/"+name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	if len(fsys) == 0 {
		t.Fatalf("%s holds nothing", dir)
	}
	return fsys
}

// TestScaffoldKeepsTheFacts: a folder of exports tells the same with its new
// pir.yaml as without.
func TestScaffoldKeepsTheFacts(t *testing.T) {
	cases := map[string]fstest.MapFS{
		"checkout": exportsOf(t, "../samples/checkout-rollback"),
		"azure":    exportsOf(t, "../samples/azure-2024-07-30"),
	}
	for _, name := range archives(t) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all, _ := unpack(t, a)
		fsys := fstest.MapFS{}
		for file, f := range all {
			if path.Base(file) != ConfigName {
				fsys["exports/"+file] = f
			}
		}
		if len(fsys) > 0 {
			cases[path.Base(name)] = fsys
		}
	}
	for i := range 7 { // many deliveries, many days of a chat
		alerts, chat := cases["checkout"]["exports/alerts.json"], &fstest.MapFile{Mode: 0o644}
		chat.Data = fmt.Appendf(nil, `[{"type":"message","user":"U1","text":"fixed it %d","ts":"17581%d3600.000100"}]`, i, i)
		if cases["many"] == nil {
			cases["many"] = fstest.MapFS{}
		}
		cases["many"][fmt.Sprintf("exports/hooks/%d.json", i)] = alerts
		cases["many"][fmt.Sprintf("exports/chat/ops/2025-09-1%d.json", i)] = chat
	}
	for name, fsys := range cases {
		t.Run(name, func(t *testing.T) {
			bare, err := Load(context.Background(), []Input{{FS: fsys, Path: "exports"}}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			made := scaffolded(t, fsys, Options{})
			fsys["case/pir.yaml"] = &fstest.MapFile{Data: made.Text, Mode: 0o644}
			again, err := Load(context.Background(), []Input{{FS: fsys, Path: "case"}}, Options{})
			if err != nil {
				t.Fatalf("%v\n%s", err, made.Text)
			}
			if diff := cmp.Diff(factsOf(bare.Timeline), factsOf(again.Timeline)); diff != "" {
				t.Errorf("bare -, with the new pir.yaml +\n%s\n%s", diff, made.Text)
			}
			if title := bare.Timeline.Incident.Title; title != "" && again.Timeline.Incident.Title != title {
				t.Errorf("title %q, bare it is %q", again.Timeline.Incident.Title, title)
			}
			if again.Timeline.Incident.ID != made.ID || made.ID == "" {
				t.Errorf("id %q, want %q", again.Timeline.Incident.ID, made.ID)
			}
		})
	}
}

// factsOf are the facts of a timeline, without the names of its sources.
func factsOf(t *timeline.Timeline) []string {
	var list []string
	for _, b := range t.Milestones {
		list = append(list, fmt.Sprint(b.Name, " ", b.Episode, " ", b.Time, b.End, b.NotBefore, b.NotAfter, " ", b.Rung, " ", b.By, " ", b.Outcome, " ", len(b.Alternatives), " ", b.Conflict))
	}
	for _, p := range t.Phases {
		list = append(list, fmt.Sprint(p.Name, " ", p.Start, p.End))
	}
	for _, m := range t.Metrics {
		list = append(list, fmt.Sprint(m.Name, " ", m.Value, m.Known, m.AtMost, m.AtLeast))
	}
	var rows []string
	for _, e := range t.Events {
		rows = append(rows, fmt.Sprint(e.Time, " ", e.Kind, " ", e.Title, " ", e.Count, " ", e.Milestone, " ", e.Party))
	}
	slices.Sort(rows) // rows of one time stand in the order of their sources
	return append(list, rows...)
}

// TestScaffoldShowsEveryKey: with every comment mark taken away the text is a
// pir.yaml that holds every section, and every key that a source can have.
func TestScaffoldShowsEveryKey(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"with sources": exportsOf(t, "../samples/checkout-rollback"),
		"without":      {"exports": {Mode: fs.ModeDir | 0o755}},
	} {
		made := scaffolded(t, fsys, Options{})
		var b strings.Builder
		for line := range strings.Lines(string(made.Text)) {
			rest, marked := strings.CutPrefix(line, "#")
			if marked && (strings.HasPrefix(rest, "  ") || rest != "" && unicode.IsLower(rune(rest[0]))) {
				line = rest
			}
			b.WriteString(line)
		}
		c := &config{}
		if err := c.decode(ConfigName, []byte(b.String())); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, b.String())
		}
		top, err := yaml.Parse(ConfigName, []byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.sections() {
			if absent(top.Get(s.key)) {
				t.Errorf("%s: nothing shows %s:", name, s.key)
			}
		}
		for key, at := range map[string]*yaml.Node{
			"id title severity components timezone display_timezone from to tags":        top.Get("incident"),
			"name path kind component party timezone skew year provenance as map format": top.Get("sources"),
			"name doc line keys time": top.Get("formats"),
			"name time end not_before not_after by outcome episode components regions note": top.Get("milestones"),
			"id pin drop internal retitle milestone reason":                                 top.Get("events"),
			"measure value scope source":                                                    top.Get("impact"),
			"id text type owner due state link":                                             top.Get("actions"),
			"match role":                                                                    top.Get("people"),
			"template window holidays owner banner":                                         top.Get("review"),
			strings.Join(settingKeys, " "):                                                  top.Get("settings"),
		} {
			for word := range strings.FieldsSeq(key) {
				shown := at.Has(word)
				for _, item := range at.Items() {
					shown = shown || item.Has(word)
				}
				if !shown {
					t.Errorf("%s: nothing shows the key %s of %q", name, word, key)
				}
			}
		}
	}
}

// hostileNames are names that files can have on some disk.
var hostileNames = []string{
	`"quoted".md`, `it's.md`, "two\nlines.md", "key: value.md", "a # b.md", "- dash.md", "-rf.md", " lead.md", "trail.md ",
	"{a: b}.md", "[x].md", "*.md", "?.md", "&a.md", "!tag.md", "%d.md", "@at.md", "`tick`.md", "|.md", ">.md", "~.md", "null", "yes",
	"\x1b[31mred\x1b[0m.md", "\u202egnp.md", "näch\u0301ste Woche.md", "日本語.md", "🔥.md", "tab\there.md", "\x7f.md", "\u0085.md",
	"\u2028.md", "\ufeff.md", "<!-- pir:end -->.md", "notes.md.gz.md", "con\u0000trol.md", "..md", "...md", "a\\b.md", strings.Repeat("long", 50) + ".md",
}

// TestScaffoldHostileNames: whatever the files are called, the text is a
// pir.yaml, every file is in it, and nothing in it can move a terminal.
func TestScaffoldHostileNames(t *testing.T) {
	for chunk := range slices.Chunk(hostileNames, manyFiles-1) { // more would be named as their folder
		fsys, hidden := fstest.MapFS{}, 0
		for i, name := range chunk {
			text := fmt.Sprintf("# Notes 2025-09-12 (all times in UTC)\n\n- 10:%02d row %d\n", i, i)
			fsys["exports/"+name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
			if strings.HasPrefix(name, ".") {
				hidden++
			}
		}
		made := scaffolded(t, fsys, Options{})
		checkText(t, made.Text)
		fsys["case/pir.yaml"] = &fstest.MapFile{Data: made.Text, Mode: 0o644}
		result, err := Load(context.Background(), []Input{{FS: fsys, Path: "case"}}, Options{})
		if err != nil {
			t.Fatalf("%v\n%s", err, made.Text)
		}
		for _, s := range result.Timeline.Sources {
			if s.Status != timeline.StatusRead {
				t.Errorf("%q: %s: %s", s.Path, s.Status, s.Detail)
			}
		}
		if got, want := len(result.Timeline.Events), len(chunk)-hidden; got != want || made.Sources != want {
			t.Errorf("%d sources with %d rows, want %d\n%s", made.Sources, got, want, made.Text)
		}
	}
}

// checkText wants text that is safe to show.
func checkText(t testing.TB, text []byte) {
	t.Helper()
	for _, r := range string(text) {
		if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)) {
			t.Fatalf("the text holds %U:\n%s", r, text)
		}
	}
}

// FuzzScaffold: any name of a file and any title of an incident give a pir.yaml
// that is read again, with both as they were.
func FuzzScaffold(f *testing.F) {
	for _, name := range hostileNames {
		f.Add(name, name)
	}
	f.Fuzz(func(t *testing.T, name, title string) {
		if !fs.ValidPath(name) || strings.ContainsAny(name, "/") || strings.HasPrefix(name, ".") || own(name) || len(name) > 255 {
			t.Skip()
		}
		fsys := fstest.MapFS{"exports/" + name: {Data: []byte("# Notes 2025-09-12 (all times in UTC)\n\n- 10:01 one\n- 10:02 two\n"), Mode: 0o644}}
		made := scaffolded(t, fsys, Options{})
		c := &config{}
		if err := c.decode(ConfigName, made.Text); err != nil {
			t.Fatalf("%v\n%s", err, made.Text)
		}
		checkText(t, made.Text)
		valid := strings.ToValidUTF8(name, "") == name && !strings.ContainsRune(name, '\uFFFD')
		if len(c.sources) > 1 || valid && made.Sources == 1 && c.sources[0].path != "../exports/"+name {
			t.Errorf("%q became %+v\n%s", name, c.sources, made.Text)
		}
		if made.Sources+made.Aside != 1 {
			t.Errorf("%q is neither a source nor told\n%s", name, made.Text)
		}
		quoted, err := yaml.Parse("title", []byte("title: "+yaml.Quote(title)+"\n"))
		if err != nil {
			t.Fatalf("%q: %v", title, err)
		}
		if text := quoted.Get("title").Text; strings.ToValidUTF8(title, "") == title && text != title {
			t.Errorf("%q became %q", title, text)
		}
	})
}

// TestScaffoldTellsWhatIsAside: files that are no sources are named with the
// reason, copies once, and what belongs to a chat export not at all.
func TestScaffoldTellsWhatIsAside(t *testing.T) {
	notes := &fstest.MapFile{Data: []byte("# Notes 2025-09-12\n\n- 10:01 one\n"), Mode: 0o644}
	fsys := fstest.MapFS{
		"exports/notes.md": notes, "exports/zcopy.md": notes, "exports/empty.log": {Mode: 0o644}, "exports/.hidden": {Mode: 0o644},
		"exports/blob": {Data: bytes.Repeat([]byte{1, 2, 3}, 50), Mode: 0o644}, "exports/slack/users.json": {Data: []byte(`[{"id":"U1","name":"dana"}]`), Mode: 0o644},
		"exports/slack/ops/2025-09-12.json":    {Data: []byte(`[{"type":"message","user":"U1","text":"on it","ts":"1757671320.000100"}]`), Mode: 0o644},
		"exports/slack/ops/2025-09-13.json":    {Data: []byte(`[{"type":"message","user":"U1","text":"done","ts":"1757757720.000100"}]`), Mode: 0o644},
		"exports/slack/random/2025-09-13.json": {Data: []byte(`[{"type":"message","user":"U1","text":"tea?","ts":"1757757721.000100"}]`), Mode: 0o644},
	}
	made := scaffolded(t, fsys, Options{})
	text := string(made.Text)
	for _, want := range []string{
		"    path: \"../exports/notes.md\"\n    # TODO: its times name no zone",
		"  - name: slack\n    path: \"../exports/slack\"\n", "# slack, 3 files: 3 records, 2025-09-12 10:02 to 2025-09-13 10:02 UTC\n",
		"# - empty.log: the file is empty\n", "# - .hidden: hidden\n", "# - blob: binary content",
		"# - ../exports/zcopy.md: the same content as ../exports/notes.md",
		"  id: incident-2025-09-12   # the day of the incident\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q\n%s", want, text)
		}
	}
	if strings.Contains(text, "users.json") {
		t.Errorf("users.json is named\n%s", text)
	}
}

// TestScaffoldKeepsWhatWasSaid: what the flags said of the reading stands in the
// text, so that it holds without them.
func TestScaffoldKeepsWhatWasSaid(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		"exports/notes.md": {Data: []byte("# Notes 12 September\n\n- 10:01 impact began\n"), Mode: 0o644},
		"exports/list.csv": {Data: []byte("Opened,Subject\n2025-09-12 10:05,first call\n2025-09-12 10:06,second call\n"), Mode: 0o644},
	}
	opt := Options{Zone: zone, Year: 2025, Map: map[string]string{"time": "Opened", "title": "Subject"}}
	made := scaffolded(t, fsys, opt)
	fsys["case/pir.yaml"] = &fstest.MapFile{Data: made.Text, Mode: 0o644}
	bare, err := Load(context.Background(), []Input{{FS: fsys, Path: "exports"}}, opt)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Load(context.Background(), []Input{{FS: fsys, Path: "case"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(factsOf(bare.Timeline), factsOf(again.Timeline)); diff != "" || len(again.Timeline.Events) != 3 {
		t.Errorf("%d events; with flags -, with the new pir.yaml +\n%s\n%s", len(again.Timeline.Events), diff, made.Text)
	}
}

// TestScaffoldWithoutEvidence takes the day that it is given, and says so.
func TestScaffoldWithoutEvidence(t *testing.T) {
	made := scaffolded(t, fstest.MapFS{"exports": {Mode: fs.ModeDir | 0o755}}, Options{})
	if made.ID != "incident-2026-01-02" || !strings.Contains(string(made.Text), "id: incident-2026-01-02   # today's date: the evidence has none\n") {
		t.Errorf("id %q\n%s", made.ID, made.Text)
	}
	if len(made.Next) != len(wanted) {
		t.Errorf("%d things to export, want all %d", len(made.Next), len(wanted))
	}
}

// TestScaffoldID: the records name the incident where they name one only.
func TestScaffoldID(t *testing.T) {
	issue := `{"key":"OPS-%d","fields":{"summary":"Mail is late","created":"2025-09-12T10:0%d:00.000+0000","status":{"name":"Open"}}}`
	fsys := fstest.MapFS{"exports/jira.json": {Data: fmt.Appendf(nil, issue, 12, 1), Mode: 0o644}}
	if made := scaffolded(t, fsys, Options{}); made.ID != "OPS-12" {
		t.Errorf("id %q, want OPS-12", made.ID)
	}
	fsys["exports/other.json"] = &fstest.MapFile{Data: fmt.Appendf(nil, issue, 13, 2), Mode: 0o644}
	if made := scaffolded(t, fsys, Options{}); made.ID != "incident-2025-09-12" {
		t.Errorf("id %q, want that of the day: there are two issues", made.ID)
	}
}

// TestWantedKinds: every kind of document is asked for, or is known not to be;
// what is gone first is asked for first; what is there is not asked for.
func TestWantedKinds(t *testing.T) {
	var asked []string
	for i, w := range wanted {
		asked = append(asked, w.kinds...)
		if i > 0 && w.lasts < wanted[i-1].lasts {
			t.Errorf("%s lasts less long than %s in front of it", w.what, wanted[i-1].what)
		}
		if !knownKind(w.kinds[0]) {
			t.Errorf("there is no kind %s", w.kinds[0])
		}
	}
	for _, f := range source.Formats {
		if slices.Contains(asked, f.Name) == slices.Contains(unasked, f.Name) {
			t.Errorf("%s: give it a place in wanted, or among unasked", f.Name)
		}
	}
	for _, e := range next(&Surveyed{Files: []Found{{Kinds: []string{"grafana"}}, {Kinds: []string{"jsonl"}}}}) {
		if slices.Contains([]string{"alertmanager", "cri", "text"}, e.Name) {
			t.Errorf("%s is asked for, though there are alerts and logs", e.Name)
		}
		if e.Lasts == "" || e.Export == "" || e.What == "" {
			t.Errorf("%s: nothing says how", e.Name)
		}
	}
}

// TestSurveyRefusesACase: what has a pir.yaml is described already.
func TestSurveyRefusesACase(t *testing.T) {
	fsys := fstest.MapFS{"exports/pir.yaml": {Data: []byte("incident: {id: X}\n"), Mode: 0o644}}
	_, err := Survey(context.Background(), []Input{{FS: fsys, Path: "exports"}}, Options{})
	if err == nil || err.Error() != "exports: there is a pir.yaml already" {
		t.Errorf("got %v", err)
	}
}
