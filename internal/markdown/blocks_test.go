package markdown

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// checkTree reports blocks that are out of order or outside of what they stand in.
func checkTree(t *testing.T, source []byte, blocks []Block, start, end int) {
	t.Helper()
	at := start
	place := func(what string, s, e int) {
		if s < at || e < s || e > end {
			t.Fatalf("%s [%d:%d] is not in [%d:%d] of %q", what, s, e, at, end, source)
		}
		at = e
	}
	for _, b := range blocks {
		place(string(b.Kind), b.Start, b.End)
		checkTree(t, source, b.Children, b.Start, b.End)
		outer, outerEnd := at, end
		at, end = b.Start, b.End
		for _, r := range b.Rows {
			place("row", r.Start, r.End)
			after, afterEnd := at, end
			at, end = r.Start, r.End
			for _, c := range r.Cells {
				place("cell", c.Start, c.End)
			}
			at, end = after, afterEnd
		}
		at, end = outer, outerEnd
		checkLinks(t, source, b.Links)
	}
}

func checkLinks(t *testing.T, source []byte, links []Link) {
	t.Helper()
	for _, l := range links {
		if l.Start < 0 || l.End < l.Start || l.End > len(source) {
			t.Fatalf("link [%d:%d] of %q", l.Start, l.End, source)
		}
	}
}

// dump writes blocks one to a line with their sources.
func dump(b *strings.Builder, source string, blocks []Block, depth int) {
	for _, x := range blocks {
		fmt.Fprintf(b, "%s%s %q", strings.Repeat("  ", depth), x.Kind, source[x.Start:x.End])
		if x.Text != "" && x.Text != source[x.Start:x.End] {
			fmt.Fprintf(b, " text %q", x.Text)
		}
		if x.Plain != x.Text {
			fmt.Fprintf(b, " plain %q", x.Plain)
		}
		if x.Task {
			fmt.Fprintf(b, " task %t", x.Checked)
		}
		for _, l := range x.Links {
			fmt.Fprintf(b, " link %q=%q->%s", source[l.Start:l.End], l.Text, l.Target)
		}
		b.WriteByte('\n')
		for _, r := range x.Rows {
			fmt.Fprintf(b, "%s  row %q", strings.Repeat("  ", depth), source[r.Start:r.End])
			for _, c := range r.Cells {
				fmt.Fprintf(b, " | %q", source[c.Start:c.End])
				if c.Text != source[c.Start:c.End] {
					fmt.Fprintf(b, "=%q", c.Text)
				}
			}
			b.WriteByte('\n')
		}
		dump(b, source, x.Children, depth+1)
	}
}

var pages = []struct{ page, want string }{
	{"# A *b* ##\n\nText\nmore \\* &amp; `c`.\n", `
heading "# A *b* ##" text "A b" plain "A *b*"
paragraph "Text\nmore \\* &amp; ` + "`c`" + `." text "Text more * & c." plain "Text more \\* & ` + "`c`" + `."
`},
	{"- one\n- [x] two\n\n  more\n  - in\n\n\n1. n\r\n", `
list "- one\n- [x] two\n\n  more\n  - in"
  item "- one" text "one"
  item "- [x] two\n\n  more\n  - in" text "two" task true
    paragraph "more"
    list "- in"
      item "- in" text "in"
list "1. n"
  item "1. n" text "n"
`},
	{"before\n\n|a|`x\\|y` |\n|-|-|\n| 1 \\| 2 | |\n|z\n<!-- c -->\n***\n", `
paragraph "before"
table "|a|` + "`x\\\\|y`" + ` |\n|-|-|\n| 1 \\| 2 | |\n|z"
  row "|a|` + "`x\\\\|y`" + ` |" | "a" | "` + "`x\\\\|y`" + `"="x|y"
  row "| 1 \\| 2 | |" | "1 \\| 2"="1 | 2" | ""
  row "|z" | "z" | ""
comment "<!-- c -->"
rule "***"
`},
	{"> q\n>\n> ```go\n> x\n> ```\n>\nafter\n", `
quote "> q\n>\n> ` + "```go\\n> x\\n> ```" + `\n>"
  paragraph "q"
  code "` + "```go\\n> x\\n> ```" + `" text "x"
paragraph "after"
`},
	{"At 1 [[3]], [x](u \"t\") ![i](<p q>) <https://e.org> https://f.org/a_b. [r][3]\n\n[3]: #evidence-3\n[u]: v\n", `
paragraph "At 1 [[3]], [x](u \"t\") ![i](<p q>) <https://e.org> https://f.org/a_b. [r][3]" text "At 1 [3], x i https://e.org https://f.org/a_b. r" plain "At 1 [[3]], [x](u) ![i](p q) <https://e.org> <https://f.org/a_b>. [r](#evidence-3)" link "[3]"="3"->#evidence-3 link "[x](u \"t\")"="x"->u link "![i](<p q>)"="i"->p q link "<https://e.org>"="https://e.org"->https://e.org link "https://f.org/a_b"="https://f.org/a_b"->https://f.org/a_b link "[r][3]"="r"->#evidence-3
definition "[3]: #evidence-3" plain "[3]: #evidence-3" link "[3]: #evidence-3"="3"->#evidence-3
definition "[u]: v" plain "[u]: v" link "[u]: v"="u"->v
`},
}

func TestBlocks(t *testing.T) {
	for _, tt := range pages {
		blocks, notes := Blocks([]byte(tt.page))
		checkTree(t, []byte(tt.page), blocks, 0, len(tt.page))
		var b strings.Builder
		dump(&b, tt.page, blocks, 0)
		if got, want := b.String(), strings.TrimPrefix(tt.want, "\n"); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.page, got, want)
		}
		if len(notes) > 0 {
			t.Errorf("%q: %v", tt.page, notes)
		}
	}
}

// TestBlocksHostile: what would take time and memory by the square of its length
// ends, and what was not read as markup is noted.
func TestBlocksHostile(t *testing.T) {
	r := strings.Repeat
	const n = 1 << 19
	for name, c := range map[string]string{
		"brackets": r("[", n), "links": r("[a](", n/4), "lines of links": r("[a](\n", n/5), "emphasis": r("*a_ ", n/4),
		"nested brackets": r("[", n/2) + "a" + r("]", n/2), "quotations": r(">", n), "spaced quotations": r("> ", n/2),
		"lists": r("- ", n/2) + "a", "list and empty lines": r("- ", 20) + "a\n" + r("\n", n), "numbers": r("1) ", n/3),
		"wide table": r("|a", n/4) + "|\n" + r("|-", n/4) + "|\n" + r("x\n", n/4), "angles": r("<a ", n/3), "comments": "x" + r("<!-- ", n/5),
		"lazy": r(">", n/2) + "a\n" + r("b\n", n/4), "backticks": r("`a ``", n/5), "heading": "# " + r("[a](", n/4),
		"fake table": "a\n|-|-|\n" + r("[a](\n", n/5), "mail": r("a@b.", n/4), "entities": r("&#1;", n/4), "definitions": r("[a]: b '\n", n/9),
		"indented lists": indented(n),
	} {
		blocks, notes := Blocks([]byte(c))
		checkTree(t, []byte(c), blocks, 0, len(c))
		if len(notes) == 0 && strings.Contains("links quotations wide table", name) {
			t.Errorf("%s: nothing is noted", name)
		}
	}
	table := r("|a", 10) + "|\n" + r("|-", 10) + "|\n" + r(r("|b `\\|` [[3]] *c*", 10)+"|\n", 10_000)
	blocks, notes := Blocks([]byte(table))
	if len(blocks) != 1 || len(blocks[0].Rows) != 10_001 || len(notes) > 0 {
		t.Errorf("a table of 100,000 cells: %d blocks, %v", len(blocks), notes)
	}
}

func indented(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func FuzzBlocks(f *testing.F) {
	for _, tt := range pages {
		f.Add(tt.page)
	}
	names, _ := filepath.Glob("../../samples/*/review.md")
	if len(names) == 0 {
		f.Fatal("no samples")
	}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(page))
	}
	f.Fuzz(func(t *testing.T, page string) {
		blocks, _ := Blocks([]byte(page))
		checkTree(t, []byte(page), blocks, 0, len(page))
	})
}
