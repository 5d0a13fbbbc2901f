package yaml

import (
	"errors"
	"strings"
	"testing"

	yamlv3 "go.yaml.in/yaml/v3"
)

const sample = `# a comment
incident:
  id: KTY1-HW8
  from: 2024-07-30 10:00:00
  year: 010
  tags: [ddos, edge]
  empty:
sources:
  - {name: edge, skew: -3s}
  - name: notes
    text: |
      two
      lines
`

func TestParse(t *testing.T) {
	root, err := Parse("pir.yaml", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	incident := root.Get("incident")
	for _, want := range []struct {
		key, text string
		line      int
	}{
		{"id", "KTY1-HW8", 3},
		{"from", "2024-07-30 10:00:00", 4},
		{"year", "010", 5},
		{"empty", "", 7},
		{"absent", "", 0},
	} {
		got, err := incident.Get(want.key).Value()
		if err != nil || got != want.text {
			t.Errorf("%s = %q, %v; want %q", want.key, got, err, want.text)
		}
		if line := incident.KeyLine(want.key); line != want.line {
			t.Errorf("%s is on line %d, want %d", want.key, line, want.line)
		}
	}
	if tags, _ := incident.Get("tags").Values(); strings.Join(tags, " ") != "ddos edge" {
		t.Errorf("tags = %q", tags)
	}
	if incident.Has("empty") || !incident.Has("id") {
		t.Error("Has takes null for a value, or does not see one")
	}
	items := root.Get("sources").Items()
	if len(items) != 2 || items[0].Get("skew").Text != "-3s" || items[1].Get("text").Text != "two\nlines\n" {
		t.Errorf("sources = %+v", items)
	}
	if got := strings.Join(root.Keys(), " "); got != "incident sources" {
		t.Errorf("keys = %q", got)
	}
}

func TestParseAtCountsLinesOfTheWholeFile(t *testing.T) {
	root, err := ParseAt("notes.md", 2, []byte("title: x\ndate: 2024-07-30\n"))
	if err != nil {
		t.Fatal(err)
	}
	if line := root.Get("date").Line; line != 3 {
		t.Errorf("date is on line %d, want 3", line)
	}
}

func TestErrors(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	for _, test := range []struct{ name, in, want string }{
		{"tab", "a:\n\t- b", "pir.yaml:2: found character that cannot start any token"},
		{"twice", "a: 1\nb: 2\na: 3\n", `pir.yaml:3: key "a" is already on line 1`},
		{"tag", "a: !!binary aGk=\n", "pir.yaml:1: tags such as !!binary are not read; write the value without it"},
		{"documents", "a: 1\n---\nb: 1\n", "pir.yaml:2: a second document begins here; only one is read"},
		{"key", "[a, b]: 1\n", "pir.yaml:1: a key must be one plain text"},
		{"bomb", bomb, "more than 200000 values, aliases counted"},
		{"loop", "a: &a [*a]\n", "nested more than 64 deep"},
		{"deep", strings.Repeat("[", 100) + strings.Repeat("]", 100), "nested more than 64 deep"},
		{"utf8", "a: \xff\n", "invalid"},
		{"big", strings.Repeat("# xxxxxx\n", 1<<19), "larger than 4 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("pir.yaml", []byte(test.in))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error = %v, want %q", err, test.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error has more than one line: %q", err)
			}
			var fault *Error
			if !errors.As(err, &fault) || fault.File != "pir.yaml" {
				t.Errorf("error %v does not name the file", err)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	known := []string{"id", "title", "components", "timezone"}
	for _, test := range []struct{ in, want string }{
		{"id: 1\ntitle: x\n", ""},
		{"\n", ""},
		{"id: 1\n\ncomponets: x\n", `pir.yaml:3: unknown key "componets" (did you mean "components"?)`},
		{"tilte: x\n", `pir.yaml:1: unknown key "tilte" (did you mean "title"?)`},
		{"owner: x\n", `pir.yaml:1: unknown key "owner" (known: id, title, components, timezone)`},
		{"- x\n", "pir.yaml:1: a list stands where keys are expected (id, title, components, timezone)"},
	} {
		root, err := Parse("pir.yaml", []byte(test.in))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := root.Check(known...); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("Check(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestTypedValues(t *testing.T) {
	root, err := Parse("pir.yaml", []byte("pin: true\ndrop: maybe\nn: 12\nm: 1.5\nlist: [a]\nmap: {a: b}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if pin, err := root.Get("pin").Bool(); !pin || err != nil {
		t.Errorf("pin = %v, %v", pin, err)
	}
	if n, err := root.Get("n").Int(); n != 12 || err != nil {
		t.Errorf("n = %v, %v", n, err)
	}
	_, drop := root.Get("drop").Bool()
	_, m := root.Get("m").Int()
	_, list := root.Get("list").Value()
	_, values := root.Get("map").Values()
	for i, err := range []error{drop, m, list, values} {
		if err == nil || !strings.HasPrefix(err.Error(), "pir.yaml:") {
			t.Errorf("case %d: error = %v", i, err)
		}
	}
}

// quoteSeeds are texts that some reader of YAML takes for something else.
var quoteSeeds = []string{
	"", "plain words", "Azure Front Door and CDN (edge)", "yes", "No", "on", "OFF", "y", "N", "null", "~", "NULL", "true",
	"1:20", "12e3", "0x1f", "010", "0o7", "1_000", "2024-07-30", "2024-07-30 10:00:00", "-", "- a", "?", "? a", ":", "a: b", "a:b",
	"a #b", "#a", "!a", "&a", "*a", "%a", "@a", "`a", "'a'", `"a"`, `a\b`, "[a]", "{a}", "a, b", "=", "<<", ".inf", ".NaN", "-.inf",
	" a", "a ", "a\nb", "\ta", "a\r\nb", "---", "...", "\x00\x1b[31m", "\u0085\u2028\ufeff", "é ü 漢字 🚨", "\xff", "| a", "> a", "e1", "null ",
	"{{.}} <script> | \\", "\u202egnp.exe", strings.Repeat("long ", 100),
}

func checkQuote(t *testing.T, text string) {
	quoted := Quote(text)
	if strings.ContainsAny(quoted, "\n\r") {
		t.Fatalf("Quote(%q) = %q has more than one line", text, quoted)
	}
	docs := []string{"k: " + quoted + "\n", "k: [" + quoted + "]\n", "- {k: " + quoted + "}\n"}
	if len(quoted) < 1000 { // longer keys are refused by readers
		docs = append(docs, quoted+": k\n")
	}
	for _, doc := range docs {
		var decoded any
		if err := yamlv3.Unmarshal([]byte(doc), &decoded); err != nil {
			t.Fatalf("%q: %v", doc, err)
		}
		if got := onlyString(decoded); got != asRunes(text) && got != "k" {
			t.Fatalf("%q is read as %q, want %q", doc, got, asRunes(text))
		}
		root, err := Parse("x", []byte(doc))
		if err != nil {
			t.Fatalf("%q: %v", doc, err)
		}
		if value := root.Get("k"); value != nil && value.Kind == Scalar && (value.Null || value.Text != asRunes(text) && quoted != "k") {
			t.Fatalf("%q is parsed as %+v, want %q", doc, value, asRunes(text))
		}
	}
}

// asRunes is the text with every byte that is not UTF-8 replaced, one by one.
func asRunes(text string) string { return string([]rune(text)) }

// onlyString digs the one string out of a decoded document.
func onlyString(value any) string {
	switch v := value.(type) {
	case map[string]any:
		for _, inner := range v {
			return onlyString(inner)
		}
	case []any:
		return onlyString(v[0])
	case string:
		return v
	}
	return "not a string"
}

func TestQuote(t *testing.T) {
	for _, seed := range quoteSeeds {
		checkQuote(t, seed)
	}
	for text, want := range map[string]string{
		"Azure Front Door": "Azure Front Door",
		"no":               `"no"`,
		"12:30":            `"12:30"`,
		"a \x1b":           `"a \x1b"`,
	} {
		if got := Quote(text); got != want {
			t.Errorf("Quote(%q) = %s, want %s", text, got, want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, seed := range quoteSeeds {
		f.Add(seed)
	}
	if len(quoteSeeds) == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkQuote(t, text)
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		root, err := Parse("f.yaml", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.yaml:") || strings.Contains(err.Error(), "\n") {
				t.Fatalf("error %q", err)
			}
			return
		}
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 2
		var walk func(n *Node)
		walk = func(n *Node) {
			if n.Line < 1 || n.Line > lines*4 {
				t.Fatalf("line %d of about %d", n.Line, lines)
			}
			for _, value := range n.values {
				walk(value)
			}
		}
		walk(root)
	})
}
