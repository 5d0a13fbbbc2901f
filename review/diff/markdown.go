package diff

import (
	"cmp"
	"fmt"
	"strings"

	"pir/internal/markdown"
	"pir/internal/textdiff"
)

// MarkdownLimit is how many bytes a comment on a pull request may have.
const MarkdownLimit = 65536

// Markdown gives the diff as a page that fits in a comment on a pull request.
// What does not fit is left out from the end, facts last, and the page says how
// much.
func (d *Diff) Markdown() string {
	var items []string
	facts := d.Of(Facts)
	if len(facts) > 0 {
		items = append(items, "\n#### Facts, in UTC\n\n")
		for _, c := range facts {
			items = append(items, c.markdown())
		}
	}
	for _, p := range d.ByPlace() {
		head := "\n#### " + markdown.Inline(cmp.Or(markdown.Visible(p.Heading), "Head of the page")) + "\n\n"
		for _, c := range p.Changes {
			items = append(items, head+c.markdown())
			head = ""
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "### What changed: %s → %s\n\n%s.\n", markdown.Inline(cmp.Or(d.From, "-")), markdown.Inline(cmp.Or(d.To, "-")), d.Counts())
	for _, note := range d.Coarse {
		b.WriteString("\nCompared less finely: " + markdown.Inline(note) + ".\n")
	}
	const reserve = 200
	for i, item := range items {
		if b.Len()+len(item) > MarkdownLimit-reserve {
			left := 0
			for _, it := range items[i:] {
				left += strings.Count(it, "\n- ") + boolInt(strings.HasPrefix(it, "- "))
			}
			fmt.Fprintf(&b, "\n*%s not shown: a comment holds no more. `pir diff` on the two files shows all.*\n", number(left, "change is", "changes are"))
			break
		}
		b.WriteString(item)
	}
	return b.String()
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maxShown is how many runes of an unbroken text a comment shows.
const maxShown = 600

// markdown is a change as an item of a list.
func (c Change) markdown() string {
	t := c.Told()
	var b strings.Builder
	b.WriteString("- **" + markdown.Inline(markdown.Cut(markdown.Visible(t.What), 120)) + "** " + t.Verb)
	show := func(s string) string { return markdown.Inline(markdown.Cut(markdown.Visible(s), maxShown)) }
	switch {
	case t.From != "" && t.To != "":
		b.WriteString(": ~~" + show(t.From) + "~~" + t.Join + "**" + show(t.To) + "**")
	case t.From != "":
		b.WriteString(": ~~" + show(t.From) + "~~")
	case t.To != "":
		b.WriteString(": **" + show(t.To) + "**")
	}
	if t.Note != "" {
		b.WriteString(" (" + show(t.Note) + ")")
	}
	for i, r := range c.Body() {
		switch {
		case len(c.Body()) > 1 && r.Same():
			continue
		case i == 0 || len(c.Body()) == 1:
			b.WriteString(": ")
		default:
			b.WriteString("; ")
		}
		b.WriteString(strings.TrimSpace(marks(r)))
	}
	return b.String() + "\n"
}

// marks writes a text with what was deleted struck out and what was inserted
// in bold. White space stands outside of the marks, else they are none.
func marks(r textdiff.Result) string {
	var b strings.Builder
	for i, p := range r.Pieces {
		text := p.Text
		if p.Op == textdiff.Equal {
			text = shorten(text, i > 0, i+1 < len(r.Pieces))
		} else {
			text = markdown.Cut(text, maxShown*4)
		}
		mark := map[textdiff.Op]string{textdiff.Delete: "~~", textdiff.Insert: "**"}[p.Op]
		inner := strings.TrimSpace(text)
		if inner == "" {
			b.WriteString(" ")
			continue
		}
		if p.Text[0] == ' ' || p.Text[0] == '\n' {
			b.WriteString(" ")
		}
		// Without a space between them two marks would run into each other.
		if i > 0 && p.Op == textdiff.Insert && r.Pieces[i-1].Op == textdiff.Delete && !strings.HasSuffix(b.String(), " ") {
			b.WriteString(" ")
		}
		b.WriteString(mark + markdown.Inline(inner) + mark)
		if last := p.Text[len(p.Text)-1]; last == ' ' || last == '\n' {
			b.WriteString(" ")
		}
	}
	return b.String()
}

// shorten leaves out the middle of a long text that stayed the same, or its
// outer part where nothing changed there.
func shorten(text string, before, behind bool) string {
	const keep = 160
	r := []rune(text)
	if len(r) <= 2*keep {
		return text
	}
	head, tail := "", ""
	if before {
		head = string(r[:keep])
	}
	if behind {
		tail = string(r[len(r)-keep:])
	}
	return head + " … " + tail
}
