package markdown

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the wanted files")

// atoms are pieces that mean something to one reader or another.
var atoms = strings.Split("{} {{ }} {{ {% %} {%raw%} {%endraw%} {{< >}} {{% {{</* {# #} <x> List<String> <3 </script> <script> <!-- --> <br> | || ` `` ``` "+
	"--flag -- --- \" ' ... (c) (tm) 1/2 3/4 -> --> <- => +/- :tada: :+1: :smile :: 10:30:15 12:5 a:b:c __init__.py *.log *.txt * ** _ __ ~5 ~7 ~~ ^2^ == =x= C:\\dir\\* \\ \\| \\\\ "+
	"@name @here #123 [[3]] [x] [ ] [^1] [x](y) ![i](u) # ## - + 1. 2) > import export !!! ! !!!! ::: : :note[x] === {#id} {.c} {:.c} ,, ?? "+
	"http://x.y https://a.bc/d_e*f https://bad_host http://x:99999/ https://e.org/%zz ftp://a.b www.a.b a@b.cc mailto:a@b.cc &< &amp; & &#38; &lt; ; "+
	"é 日本 عربي 👩‍👩‍👧 e\u0301 *[HTML]: [TOC] $$ $x$ \\( \\) \\[ truncate <!--more--> {/* */} &{ ]( ) ( word x 42 3 . , / // % %% 8-) :-) // c/o 1st", " ")

// mixtures gives n texts that are made of atoms, always the same for a seed.
func mixtures(seed uint64, n int) []string {
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	texts := make([]string, 0, n)
	for range n {
		var b strings.Builder
		for range 1 + next(8) {
			b.WriteString(atoms[next(len(atoms))])
			if next(2) == 0 {
				b.WriteByte(' ')
			}
		}
		texts = append(texts, b.String())
	}
	return texts
}

// spoken is hostile text for all readers: what a table says, atoms by
// themselves, and mixtures.
func spoken(seed uint64, n int) []string {
	texts := append([]string(nil), hostile...)
	texts = append(texts, atoms...)
	texts = append(texts, "import x from 'y'", "export const x = 1", "a & <b", "a&<b>", "heading #", "heading {#id}", "x <!-- truncate --> y", "{/* truncate */}", "@media", "a: b", ": b", "%%% x", "---",
		"=== \"tab\"", "\"q\" 'r' --force ... 1/2", `a \`, "| a | b |", "a | b", "|---|---|", "> [!NOTE]", "[!NOTE]", "{{< figure src=x >}}", "{% include x %}", "${PATH} $(id)", "<T extends {}>", "</details>", "x</p>", "a `b` | c", "``a` b``",
		"Tab\there", "{{ \"a\" | upcase }}", "{{- .X -}}", "[[wiki]] page", "++ins++ ==mark== ^^a^^", "H~2~O and x^2^", "http://", "https://[::1]/x", "https://e.org/a?b=c&d=e|f(g)*h*", "see www.", "<https://e.org>", "foo@", "1986. A year", "-1", "+1", "!x", "x!", "??? x", "commit=598e0338d5374d6bc404b02a58094132c5eeceb8 598e0338d5374d6bc404b02a58094132c5eeceb8f0 a@598e0338d5374d6bc404b02a58094132c5eeceb8", "*[HTML]: HyperText")
	return append(texts, mixtures(seed, n)...)
}

// spots are the places in which a text is tried; %s stands for it.
var spots = []struct {
	name, before, after string
	code                bool
}{
	{"paragraph", "", "\n", false},
	{"bold", "so **", "** it\n", false},
	{"item", "- ", "\n", false},
	{"cell", "| h |\n|---|\n| ", " |\n", false},
	{"heading", "## ", "\n", false},
	{"quotation", "> ", "\n", false},
	{"code", "so ", " it\n", true},
	{"code in a cell", "| h |\n|---|\n| ", " |\n", true},
	{"code in an item", "- a\n  - ", "\n", true},
}

// spot writes a text in a place, for GitHub, and says what that must show.
func spot(i int, text string) (md, shows string) {
	s := spots[i]
	v := Visible(text)
	written := Inline(v)
	if s.code {
		written = Code(v)
	}
	shows = map[string]string{"bold": "so " + v + " it", "cell": "h " + v, "code": "so " + v + " it", "code in a cell": "h " + v, "code in an item": "a " + v}[s.name]
	if shows == "" {
		shows = v
	}
	return s.before + written + s.after, shows
}

var tagged = regexp.MustCompile(`(?s)<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>`)

// seen gives the text that a browser shows of HTML, white space collapsed.
func seen(rendered string) string {
	parted := tagged.ReplaceAllStringFunc(rendered, func(t string) string {
		name := strings.ToLower(strings.Trim(strings.FieldsFunc(t[1:]+" ", func(r rune) bool { return r == ' ' || r == '>' })[0], "/"))
		switch name {
		case "a", "em", "strong", "code", "del", "span", "sub", "sup", "i", "b", "mark", "!--", "abbr":
			return ""
		}
		return " "
	})
	return Text(parted)
}

// alive are the signs that something of an input has become more than text.
var alive = regexp.MustCompile(`(?i)<(script|iframe|object|embed|form|style|link|meta|base|img)\b|\son[a-z]+\s*=|(href|src)="?\s*(javascript|data|vbscript):`)

// checkShown tells whether HTML shows a text and nothing in it is alive.
func checkShown(d Dialect, rendered, want string) string {
	got := seen(rendered)
	if d.isLive(want) {
		got = strings.ReplaceAll(got, joiner, "")
	}
	if got != want {
		return "shows " + got
	}
	if m := alive.FindString(tagsOf(rendered)); m != "" {
		return "is alive: " + m
	}
	return ""
}

func tagsOf(rendered string) string { return strings.Join(tagged.FindAllString(rendered, -1), "") }

// TestDialectsShowText reads every text in every place and dialect that is
// CommonMark back with our own reader.
func TestDialectsShowText(t *testing.T) {
	for _, d := range dialects {
		for _, text := range spoken(1, 500) {
			checkDialect(t, d, text)
		}
	}
}

func checkDialect(t *testing.T, d Dialect, text string) {
	t.Helper()
	if !d.CommonMark || d.Callout == CalloutColon {
		d.Anchors = AnchorHTML
	}
	if d.Anchors == AnchorAttr {
		d.Anchors = AnchorNone // our reader knows no attributes
	}
	if Visible(text) == "" {
		return
	}
	for i := range spots {
		md, want := spot(i, text)
		out, notes := Rewrite([]byte(md), d, RewriteOptions{})
		if bad := checkShown(d, trusted(out), want); bad != "" || len(notes) > 0 {
			t.Errorf("%s, %s of %q:\n%s\n%s\n%s %v", d.Name, spots[i].name, text, md, out, bad, notes)
		}
	}
}

func FuzzDialects(f *testing.F) {
	for _, s := range spoken(1, 50) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range dialects {
			checkDialect(t, d, s)
		}
	})
}

// FuzzRewrite reads any page: nothing of it is alive, what is written is a fixed
// point, and every dialect shows what our own site does.
func FuzzRewrite(f *testing.F) {
	for _, tt := range pages {
		f.Add(tt.page)
	}
	for _, s := range spoken(1, 500) {
		f.Add(s)
	}
	names, _ := filepath.Glob("testdata/rewrite/*.md")
	if len(names) == 0 {
		f.Fatal("no pages")
	}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(page))
	}
	f.Fuzz(func(t *testing.T, page string) {
		rendered, _ := Page([]byte(page), RewriteOptions{})
		if m := alive.FindString(tagsOf(rendered)); m != "" {
			t.Fatalf("%q is alive: %s\n%s", page, m, rendered)
		}
		for _, d := range dialects {
			out, _ := Rewrite([]byte(page), d, RewriteOptions{})
			if strings.Contains(out, "<!--") && !strings.Contains(page, "<!--") {
				t.Fatalf("%s: a comment in %q", d.Name, out)
			}
			if d.Name != "gfm" {
				continue
			}
			again, _ := Rewrite([]byte(out), d, RewriteOptions{})
			if again != out {
				t.Fatalf("%s: %q\nis written as\n%q\nand then as\n%q", d.Name, page, out, again)
			}
		}
	})
}

// TestRewriteBig: what is nested, full of marks or without an end is written in
// a length that the source bounds, and what is not kept is noted.
func TestRewriteBig(t *testing.T) {
	r := strings.Repeat
	const n = 1 << 18
	for name, page := range map[string]string{
		"brackets": r("[", n), "links": r("[a](b) ", n/7), "addresses": r("http://a.b ", n/11), "emphasis": r("*a_ ", n/4), "styles": r("<b>", n/3), "closed styles": r("<b>x</b>", n/8),
		"quotations": r(">", n), "lists": r("- ", n/2) + "a", "details": r("<details>\n\n", n/11), "one line of details": r("<details>", n/9), "tags": r("<a ", n/3), "comments": r("<!-- ", n/5),
		"headings": r("# a\n", n/4), "anchors": r("<a id=x></a>", n/12), "footnotes": r("[^a]: x\n\n", n/9), "notes": r("[^a] ", n/5) + "\n\n[^a]: x\n", "code": r("<code>", n/6), "ticks": r("`a ``", n/5),
		"separate lists": r("- a\n\n<!-- -->\n\n", n/14), "nested": indented(n), "rows": "|a|\n|-|\n" + r("|x|\n", n/4), "signs": r("{{<|&@:a:", n/9), "fence": "```\n" + r("{{< :a:b: -->\n", n/14) + "```\n", "images": r("![a](b)", n/7),
	} {
		for _, d := range dialects {
			out, notes := Rewrite([]byte(page), d, RewriteOptions{})
			if len(out) > 40*n {
				t.Errorf("%s, %s: %d bytes of %d", d.Name, name, len(out), len(page))
			}
			if len(notes) == 0 && strings.Contains(" quotations lists footnotes nested ", " "+name+" ") {
				t.Errorf("%s, %s: nothing is noted", d.Name, name)
			}
		}
	}
}
