package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// wholeList writes a list. Everything in an item is indented by four columns,
// which every reader takes for the same level.
func (w *rewriter) wholeList(n *ast.List) string {
	tight := isTight(n)
	number := n.Start
	w.setMarker(n)
	if n.IsOrdered() && number > 900 {
		w.note(n, "the list begins at "+strconv.Itoa(number)+"; it is written from 1 on")
		number = 1
	}
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if b.Len() > 0 {
			b.WriteByte('\n')
			if !tight {
				b.WriteByte('\n')
			}
		}
		mark := string(n.Marker)
		if n.IsOrdered() {
			mark = strconv.Itoa(number%1000) + mark
			number++
		}
		b.WriteString(item(mark, w.item(c), tight))
	}
	return b.String()
}

// setMarker gives a list the mark that it is written with: the usual one, or
// another behind a list of its kind, so that two lists stay two.
func (w *rewriter) setMarker(n *ast.List) {
	marks := "-*"
	if n.IsOrdered() {
		marks = ".)"
	}
	n.Marker = marks[0]
	before := n.PreviousSibling()
	for range 20 {
		if before == nil || before.Kind() != ast.KindHTMLBlock && before.Kind() != ast.KindLinkReferenceDefinition {
			break
		}
		before = before.PreviousSibling()
	}
	if l, ok := before.(*ast.List); ok && l.Marker == n.Marker && (w.d.CommonMark || !n.IsOrdered()) {
		n.Marker = marks[1]
	}
}

// isTight reports a list whose items are a line each, with lists below them.
func isTight(n *ast.List) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		for b := c.FirstChild(); b != nil; b = b.NextSibling() {
			l, isList := b.(*ast.List)
			switch {
			case b == c.FirstChild() && b.Kind() == ast.KindTextBlock:
			case b == c.LastChild() && isList && isTight(l):
			default:
				return false
			}
		}
	}
	return true
}

// item writes the blocks of an item behind its mark.
func item(mark string, blocks []string, tight bool) string {
	lead := mark + strings.Repeat(" ", max(1, 4-len(mark)))
	indent := strings.Repeat(" ", len(lead))
	gap := "\n\n"
	if tight {
		gap = "\n"
	}
	var b strings.Builder
	for i, l := range strings.Split(strings.Join(blocks, gap), "\n") {
		switch {
		case i == 0:
			b.WriteString(lead + l)
		case l == "":
			b.WriteByte('\n')
		default:
			b.WriteString("\n" + indent + l)
		}
	}
	return b.String()
}

// item gives the blocks of an item; the first of them is always a line of text.
func (w *rewriter) item(n ast.Node) []string {
	first := n.FirstChild()
	if first == nil {
		return []string{"&#160;"}
	}
	if k := first.Kind(); k != ast.KindTextBlock && k != ast.KindParagraph {
		return append([]string{"&#160;"}, w.blocks(n)...)
	}
	lead := w.line(w.inline(first, false), false)
	if lead == "" {
		lead = "&#160;"
	}
	blocks := append([]string{lead}, w.blocksBehindFirst(n)...)
	if box, ok := first.FirstChild().(*extast.TaskCheckBox); ok {
		mark := "[ ] "
		if box.IsChecked {
			mark = "[x] "
		}
		blocks[0] = mark + blocks[0]
	}
	return blocks
}

// table writes a table, a line for each row.
func (w *rewriter) table(n *extast.Table) string {
	var b strings.Builder
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteByte('|')
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			if cell := w.line(w.inline(c, true), true); cell != "" {
				b.WriteString(" " + cell)
			}
			b.WriteString(" |")
		}
		if r.Kind() == extast.KindTableHeader {
			b.WriteString("\n|")
			for _, a := range n.Alignments {
				b.WriteString(map[extast.Alignment]string{extast.AlignLeft: ":--", extast.AlignRight: "--:", extast.AlignCenter: ":-:", extast.AlignNone: "---"}[a] + "|")
			}
		}
	}
	if n.ChildCount() == 1 && !w.d.CommonMark {
		// Some readers take a head without rows for two lines of text.
		b.WriteString("\n|" + strings.Repeat(" &#160; |", len(n.Alignments)))
	}
	return b.String()
}
