package document

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// checkDocument: the sections hold every byte behind the front matter once, in
// order; blocks lie within them in order; a page without edits is itself.
func checkDocument(t *testing.T, d *Document) {
	t.Helper()
	at := d.Front.End
	var joined bytes.Buffer
	joined.Write(d.Source[:at])
	for _, s := range d.Sections {
		joined.Write(d.Source[s.Start:s.End])
		checkSection(t, d, s)
	}
	if !bytes.Equal(joined.Bytes(), d.Source) {
		t.Fatalf("the sections are not the page:\n%q\nwant\n%q", joined.Bytes(), d.Source)
	}
	for _, p := range d.Parts {
		if p.Start > p.Inner.Start || p.Inner.Start > p.Inner.End || p.Inner.End > p.End || p.End > len(d.Source) {
			t.Fatalf("part %q has the places %v %v", p.Name, p.Span, p.Inner)
		}
	}
	if got := d.Splice(nil); !bytes.Equal(got, d.Source) {
		t.Fatalf("without edits:\n%q\nwant\n%q", got, d.Source)
	}
	// Taking each block out and putting it back gives the page too.
	var edits []Edit
	eachBlock(d.Sections, func(b *Block) { edits = append(edits, Edit{b.Span, string(d.Source[b.Start:b.End])}) })
	if got := d.Splice(edits); !bytes.Equal(got, d.Source) {
		t.Fatalf("with its own blocks:\n%q\nwant\n%q", got, d.Source)
	}
}

func checkSection(t *testing.T, d *Document, s Section) {
	t.Helper()
	at := s.Start
	checkBlocks(t, d, s.Blocks, &at, s.End)
	for i, n := range s.Nested {
		if n.Start < at || n.End > s.End || i > 0 && n.Start != at {
			t.Fatalf("section %q [%d:%d] does not follow on %d in [%d:%d]", n.Title, n.Start, n.End, at, s.Start, s.End)
		}
		checkSection(t, d, n)
		at = n.End
	}
	if len(s.Nested) > 0 && at != s.End {
		t.Fatalf("section %q ends at %d, its last part at %d", s.Title, s.End, at)
	}
}

func checkBlocks(t *testing.T, d *Document, blocks []Block, at *int, end int) {
	t.Helper()
	for _, b := range blocks {
		if b.Start < *at || b.End < b.Start || b.End > end {
			t.Fatalf("%s [%d:%d] is not behind %d in front of %d: %q", b.Kind, b.Start, b.End, *at, end, d.Source)
		}
		if want := 1 + bytes.Count(d.Source[:b.Start], []byte("\n")); b.Line != want {
			t.Fatalf("%s is said to be on line %d, and is on %d", b.Kind, b.Line, want)
		}
		inner := b.Start
		checkBlocks(t, d, b.Children, &inner, b.End)
		*at = b.End
	}
}

// eachBlock calls f with the outermost blocks of all sections.
func eachBlock(sections []Section, f func(*Block)) {
	for i := range sections {
		for j := range sections[i].Blocks {
			f(&sections[i].Blocks[j])
		}
		eachBlock(sections[i].Nested, f)
	}
}

func parse(t *testing.T, source string) *Document {
	t.Helper()
	d, err := Parse("review.md", []byte(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseSample(t *testing.T) {
	names, _ := filepath.Glob("../../samples/*/review.md")
	if len(names) == 0 {
		t.Fatal("no samples")
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		side, err := os.ReadFile(strings.TrimSuffix(name, ".md") + ".pir.json")
		if err != nil {
			t.Fatal(err)
		}
		d, err := Parse(name, source, side)
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, d)
		if len(d.Faults) > 0 {
			t.Errorf("%s: %v", name, d.Faults)
		}
		for id := range aliases() {
			if d.Section(id) == nil {
				t.Errorf("%s: no section %q", name, id)
			}
		}
		for name, text := range d.Sidecar.Blocks {
			if p, ok := d.Part(name); !ok || string(source[p.Inner.Start:p.Inner.End]) != text {
				t.Errorf("%s: part %q is not that of the sidecar", d.Name, name)
			}
		}
	}
}

func TestParseParts(t *testing.T) {
	for _, tt := range []struct{ name, page, fault string }{
		{"whole", "<!-- pir:begin facts -->\r\nx\r\n<!-- pir:end facts -->\r\n", ""},
		{"empty", "<!-- pir:begin facts -->\n<!-- pir:end facts -->", ""},
		{"in code", "```\n<!-- pir:begin facts -->\n```\n", ""},
		{"no end", "a\n<!-- pir:begin facts -->\nx\n", `line 2: block "facts" begins and does not end: there is no <!-- pir:end facts --> behind it`},
		{"no beginning", "x\n<!-- pir:end facts -->\n", "line 2: a marker pir:end facts without its beginning"},
		{"twice", "<!-- pir:begin a -->\n<!-- pir:end a -->\n<!-- pir:begin a -->\n<!-- pir:end a -->\n", `line 3: block "a" begins a second time; the first is on line 1`},
		{"one in another", "<!-- pir:begin a -->\n<!-- pir:begin b -->\n<!-- pir:end b -->\n<!-- pir:end a -->\n", `line 2: block "b" begins inside of block "a" (line 1)`},
		{"internal", "<!-- pir:internal -->\nx\n<!-- /pir:internal -->\n", ""},
		{"internal without end", "<!-- pir:internal -->\nx\n", "line 1: an internal part begins and does not end: there is no <!-- /pir:internal --> behind it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, tt.page)
			checkDocument(t, d)
			got := ""
			for _, f := range d.Faults {
				got += "line " + string(rune('0'+f.Line)) + ": " + f.Message
			}
			if got != tt.fault {
				t.Errorf("faults %q, want %q", got, tt.fault)
			}
		})
	}
	d := parse(t, "<!-- pir:internal -->\n\nsecret\n\n<!-- /pir:internal -->\n\n<!-- pir:begin open -->\n- q\n<!-- pir:end open -->\n")
	b := d.Sections[0].Blocks
	if len(b) != 2 || !b[0].Internal || b[0].Part != "" || b[1].Internal || b[1].Part != "open" {
		t.Errorf("blocks %+v", b)
	}
}

func TestParseFront(t *testing.T) {
	d := parse(t, "\xef\xbb\xbf---\r\npir: 1\r\ntitle: \"A: b\"\r\ncomponents:\r\n  - x\r\n  - y\r\nstage: final\r\npublished: {preliminary: 2024-08-02T10:00:00Z}\r\n---\r\nText\r\n")
	checkDocument(t, d)
	f := d.Front
	if f.Title != "A: b" || f.Stage != "final" || len(f.Components) != 2 || f.Published["preliminary"].Hour() != 10 || len(f.Keys) != 5 || f.Keys[2].Value != "- x\n  - y" && f.Keys[2].Value != "  - x\n  - y" || f.Keys[3].Line != 7 {
		t.Errorf("%+v", f)
	}
	if len(d.Sections) != 1 || d.Sections[0].Line != 10 {
		t.Errorf("sections %+v", d.Sections)
	}
	for page, fault := range map[string]string{
		"---\ntitle: [\n---\nx":                      "the front matter is no YAML",
		"---\nt: 1\npublished: {final: soon}\n---\n": `published: final: "soon" is no time`,
		"---\nnot closed\n":                          "",
	} {
		d := parse(t, page)
		checkDocument(t, d)
		if fault == "" != (len(d.Faults) == 0) || fault != "" && !strings.HasPrefix(d.Faults[0].Message, fault) {
			t.Errorf("%q: %v, want %q", page, d.Faults, fault)
		}
	}
}

func TestSidecarErrors(t *testing.T) {
	for side, want := range map[string]string{
		"{":                         "the sidecar cannot be read",
		`{"schema":"pir.review/9"}`: `the sidecar has the schema "pir.review/9"; this version reads "pir.review/1"`,
		`{"schema":"pir.review/1"}`: "the sidecar has no timeline",
	} {
		if _, err := Parse("x.md", nil, []byte(side)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", side, err, want)
		}
	}
}

func TestSectionID(t *testing.T) {
	for heading, want := range map[string]string{
		"What happened?": "summary", "1. Summary": "summary", "Root Causes": "cause", "⏱ Timeline (all times UTC)": "timeline",
		"Action Items:": "improvements", "What Didn't Go So Well?": "lessons", "Customer impact": "impact", "How we run elections": "",
		"Who was affected, and how much?": "impact", "Corrective & preventative measures": "improvements",
	} {
		if got := SectionID(heading); got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
	seen := map[string]string{}
	for id, names := range aliases() {
		for _, name := range names {
			if other := seen[name]; other != "" || plainHeading(name) != name {
				t.Errorf("alias %q of %s: is of %s too, or not plain", name, id, other)
			}
			seen[name] = id
		}
	}
}

func TestAnchors(t *testing.T) {
	d := parse(t, "# A b-c, d!\n\n## X\n\n## X\n\n### Ünï _x_\n")
	got := []string{d.Sections[0].Anchor, d.Sections[0].Nested[0].Anchor, d.Sections[0].Nested[1].Anchor, d.Sections[0].Nested[1].Nested[0].Anchor}
	if strings.Join(got, " ") != "a-b-c-d x x-1 ünï-x" {
		t.Errorf("anchors %q", got)
	}
}

func TestSplice(t *testing.T) {
	d := parse(t, "abcdef")
	if got := string(d.Splice([]Edit{{Span{4, 5}, "E"}, {Span{0, 0}, "<"}, {Span{0, 0}, ">"}, {Span{6, 6}, "!"}})); got != "<>abcdEf!" {
		t.Errorf("got %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("edits that overlap are made")
		}
	}()
	d.Splice([]Edit{{Span{0, 3}, ""}, {Span{2, 4}, ""}})
}

func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("../../samples/*/review.md")
	if len(names) == 0 {
		f.Fatal("no samples")
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	f.Add([]byte("\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n# T\r\n\r\n| Time | What |\r\n|---|---|\r\n| 11:45 | a  \\| b |\r\n"))
	f.Add([]byte("> - 11:45 UTC on 30 July 2024 – x\n<!-- pir:begin a -->\n- [x] y (Owner: z)\n<!-- pir:end a -->"))
	f.Fuzz(func(t *testing.T, source []byte) {
		d, err := Parse("review.md", source, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, d)
	})
}
