package markdown

import (
	"fmt"
	"strings"
)

// wild gives n small pages of Markdown as nobody would write it: atoms and the
// marks of blocks, nothing escaped.
func wild(seed uint64, n int) []string {
	marks := strings.Split("- |* |+ |1. |> |# |## |    |  |\t|```\n|~~~ js\n|***\n|---\n|===\n|- [ ] |<details>\n|<summary>s</summary>\n|</details>\n|<div>\n|</div>\n|<b>|</b>|<a id=\"x1\"></a>|[x](#x1)|[l](https://e.org/?a=1&b=(2)_*)|[^1]|[^1]: |[r]|[r]: https://e.org/r\n|**|*|~~|`|![i](i.svg)|<br>|"+
		"<img src=x onerror=alert(1)>|<!-- c -->|<!--|-->|&lt;|&#123;|\\", "|")
	cells := []string{"| a | b |\n|---|---|\n| 1 | 2 |\n", "|a|\n|-|\n"}
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	pages := make([]string, 0, n)
	for range n {
		var b strings.Builder
		for range 3 + next(20) {
			switch next(10) {
			case 0, 1, 2:
				b.WriteString(marks[next(len(marks))])
			case 3, 4:
				b.WriteString(atoms[next(len(atoms))])
			case 5:
				b.WriteString("\n\n")
			case 6:
				b.WriteString("\n" + marks[next(8)])
			case 7:
				b.WriteString(cells[next(2)])
			default:
				b.WriteString(" word ")
			}
		}
		pages = append(pages, b.String())
	}
	return pages
}

// wildTrials are pages that every site must show as our own does.
func wildTrials(d Dialect, sources []string) []trial {
	opt := pageOptions
	opt.DropH1 = true
	var trials []trial
	for _, source := range sources {
		out, _ := Rewrite([]byte(source), d, pageOptions)
		check := func(html string) string {
			own, _ := Page([]byte(source), opt)
			got, want := loose(seen(html)), loose(seen(own))
			if m := alive.FindString(strings.ReplaceAll(tagsOf(html), "<img", "<picture")); m != "" {
				return "is alive: " + m
			}
			if got != want {
				return fmt.Sprintf("written as\n%s\nshows\n%s\nnot\n%s", out, got, want)
			}
			return ""
		}
		trials = append(trials, trial{place: "wild page", text: source, written: out, check: check})
	}
	return trials
}

// loose leaves out what is no text: spaces, which elements make, boxes, and what
// keeps code from being read.
func loose(s string) string {
	return strings.NewReplacer(joiner, "", " ", "", "\u200b", "").Replace(s)
}
