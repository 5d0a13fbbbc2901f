package markdown

import (
	"strings"
	"testing"
)

// contexts are the places in which text of inputs stands in a review.
var contexts = []struct{ name, before, after, says string }{
	{"paragraph", "", "\n", ""},
	{"list item", "- ", "\n", ""},
	{"table cell", "| h |\n|---|\n| ", " |\n", "h "},
	{"heading", "## ", "\n", ""},
	{"emphasis", "so *", "* it\n", "so %s it"},
	{"quotation", "> ", "\n", ""},
}

// want is the text that the context must show around v.
func want(says, v string) string {
	if strings.Contains(says, "%s") {
		return strings.Replace(says, "%s", v, 1)
	}
	return strings.TrimSpace(says + v)
}

var hostile = []string{
	"plain words, p99 < 200ms -> ok",
	"| <script>alert(1)</script> {{.}} **x** \x1b[31m",
	"{{< x >}} {{% x %}} {% raw %} {{{ x }}} {#id} {.cls}",
	"# heading ##", "a ##", "- item", "+ item", "-", "--", "---", "-3 s", "1. item", "12) item", "1.5 s", "> quote",
	"===", "= x", "~5 to ~7", "~~gone~~", "*.log and *.txt", "__init__.py", "snake_case_word", "_a_ b_", "a__b",
	"`code`", "``", "a ` b", `C:\dir\*`, `\`, `a \| b`, `\\|`, "a|b", "[x](y)", "![i](u)", "[^1]", "[x] task", "[3]: #x",
	"https://example.org/a_b?c=*d*", "HTTP://X.org", "see www.example.org.", "mail a.b+c@example.org now", "mailto:a@b.cc", "<https://e.org>",
	"<!-- pir:end facts -->", "</details>", "<b>", "R&D &amp; &#38; &copy; &copy", "costs $5 and $6", "$5",
	"line\r\nnext\tcol\u00a0x\u0085y\u2028z", "bad \xff utf8", "\x00nul", "\u202eevil", "\ufeffbom", "ünïcödé 日本 👩‍👩‍👧", "10:30:15", ": def",
	"a\u200bb", "\u200d", "pay\u200dload", "\u2066x\u2069", "soft\u00adhyphen", "tag\U000e0041", "hangul\u3164filler", "می\u200cخواهم", "@everyone and @Channel, @allison",
	"!", "!!!", ":::", "a\\", "", " ", "&", "&;", "_", "*", "e.g. foo@", "@here", "#123 @user", "&lt;b&gt;",
}

func checkInline(t *testing.T, s string) {
	t.Helper()
	v := Visible(s)
	if v == "" {
		return
	}
	for _, c := range contexts {
		md := c.before + Inline(s) + c.after
		rendered := HTML(md)
		if got := Text(rendered); got != want(c.says, v) {
			t.Errorf("%s of %q:\n%s\n%s\nshows %q", c.name, s, md, rendered, got)
		}
		for _, bad := range []string{"<a ", "<!--", "<img", "<del", "<strong", "<input", "<code"} {
			if strings.Contains(rendered, bad) {
				t.Errorf("%s of %q comes to life: %s", c.name, s, rendered)
			}
		}
	}
	if strings.Contains(Inline(s), "{{") || strings.Contains(Inline(s), "{%") {
		t.Errorf("Inline(%q) = %q opens a template", s, Inline(s))
	}
}

func checkCode(t *testing.T, s string) {
	t.Helper()
	v := Visible(s)
	if v == "" {
		return
	}
	for _, c := range contexts {
		md := c.before + Code(s) + c.after
		if got := Text(HTML(md)); got != want(c.says, v) {
			t.Errorf("code in %s of %q:\n%s\n%s\nshows %q", c.name, s, md, HTML(md), got)
		}
	}
	if strings.Contains(Code(s), "{{") || strings.Contains(Code(s), "{%") {
		t.Errorf("Code(%q) = %q opens a template", s, Code(s))
	}
}

func TestInlineShowsText(t *testing.T) {
	for _, s := range hostile {
		checkInline(t, s)
	}
}

func TestCodeShowsText(t *testing.T) {
	for _, s := range hostile {
		checkCode(t, s)
	}
}

// TestInvisibleShows: what shows nothing is written out, what shapes letters and
// signs is kept.
func TestInvisibleShows(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a\u200bb", `a\u200bb`}, {"pay\u200dload", `pay\u200dload`}, {"soft\u00adhyphen", `soft\u00adhyphen`}, {"x\U000e0041", `x\U000e0041`},
		{"\u3164", `\u3164`}, {"\u200d", `\u200d`}, {"é\u200dé", `é\u200dé`}, {"می\u200cخواهم", "می\u200cخواهم"}, {"👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"},
	} {
		if got := Visible(tt.in); got != tt.want {
			t.Errorf("Visible(%+q) = %+q, want %+q", tt.in, got, tt.want)
		}
	}
	for in, want := range map[string]string{"@everyone come": "&#64;everyone come", "@Here": "&#64;Here", "@allison": "@allison", "anyone @ 14:02": "anyone @ 14:02"} {
		if got := Inline(in); got != want {
			t.Errorf("Inline(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFenceKeepsLines(t *testing.T) {
	got := Fence("text", "a ``` b\r\n\tc\x1b[0m\n````\n")
	want := "`````text\na ``` b\n\tc\\x1b[0m\n````\n`````\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadable(t *testing.T) {
	// The escaping must not make ordinary text hard to read in the file.
	for _, tt := range []struct{ in, want string }{
		{"Rolled back api to 41 (was 42), error_rate -> 0.3 %; R&D told.", "Rolled back api to 41 (was 42), error_rate -> 0.3 %; R&D told."},
		{"14:02 UTC - paged on-call #2", "14:02 UTC - paged on-call #2"},
		{"p99 < 2s | **hot** {{x}}", `p99 &lt; 2s \| \*\*hot\*\* &#123;{x}}`},
	} {
		if got := Inline(tt.in); got != tt.want {
			t.Errorf("Inline(%q)\n got %s\nwant %s", tt.in, got, tt.want)
		}
	}
}

func TestJoined(t *testing.T) {
	for in, want := range map[string]string{
		"": "",
		"We look into it.\nEdge: up to down\n\n CDN: up to down\n": "We look into it. Edge: up to down; CDN: up to down",
		"one line":       "one line",
		"é\nnext:\nlast": "é; next: last",
	} {
		if got := Joined(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCutBetweenWords(t *testing.T) {
	if got := Cut("four words, and more of them", 14); got != "four words…" {
		t.Errorf("got %q", got)
	}
	if got := Cut("one enormouslylongwordwithoutend", 20); got != "one enormouslylongw…" {
		t.Errorf("got %q", got)
	}
}

func TestCut(t *testing.T) {
	if got := Cut("one  two three", 8); got != "one two…" {
		t.Errorf("got %q", got)
	}
	if got := Cut("ééé", 3); got != "ééé" {
		t.Errorf("got %q", got)
	}
}

func FuzzInline(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkInline(t, s) })
}

func FuzzCode(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkCode(t, s) })
}

// TestInlineShowsMixtures joins small pieces that mean something to one
// renderer or another, which random bytes seldom do.
func TestInlineShowsMixtures(t *testing.T) {
	atoms := strings.Split("* ** _ __ ~ ~~ ` `` ``` [ ] ]( ( ) ! ![ < > </ <b> & &amp; &# ; # ## + - -- = | \\ \\| || { {{ }} {% %} {# : :: :: "+
		"http:// https://a.bc ftp:// www. www.a.b a@b.c @ . .. , ' \" $ $$ ^ 1. 2) 10:30 é 日 word x \x1b \x00 \xff [3] [^1] <!-- --> mailto: / ?", " ")
	atoms = append(atoms, " ", " ", "  ", "\n", "\t", "\u00a0")
	seed := uint32(1)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	for range 3000 {
		var b strings.Builder
		for range 1 + next(9) {
			b.WriteString(atoms[next(len(atoms))])
		}
		checkInline(t, b.String())
		checkCode(t, b.String())
		if t.Failed() {
			return
		}
	}
}
