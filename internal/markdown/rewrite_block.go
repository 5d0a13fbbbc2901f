package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// maxNested is how deep quotations and lists go; what is deeper is written there.
const maxNested = 8

// document writes the blocks of a page, its footnotes last.
func (w *rewriter) document(root ast.Node) []string { return w.blocks(root) }

// blocks writes the blocks of a node, one string each.
func (w *rewriter) blocks(parent ast.Node) []string {
	s := &sequence{w: w}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.HTMLBlock); ok {
			s.html(h)
			continue
		}
		s.add(w.block(n)...)
	}
	s.end()
	return s.list
}

// block writes one block. Some are none, some are more.
func (w *rewriter) block(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.Heading:
		return w.heading(n)
	case *ast.List:
		return w.nested(n, func() []string { return []string{w.wholeList(n)} })
	case *ast.Blockquote:
		return w.nested(n, func() []string { return w.quote(n) })
	case *ast.FencedCodeBlock:
		return []string{w.d.fence(string(n.Language(w.source)), w.code(n), w.depth == 0)}
	case *ast.CodeBlock:
		return []string{w.d.fence("text", w.code(n), w.depth == 0)}
	case *ast.ThematicBreak:
		return []string{"***"}
	case *ast.LinkReferenceDefinition:
		return nil
	case *extast.Table:
		return []string{w.table(n)}
	case *extast.FootnoteList:
		return w.footnotes(n)
	case *rawText:
		return w.paragraph([]piece{{kind: pieceText, text: w.code(n)}})
	default:
		return w.paragraph(w.inline(n, false))
	}
}

// code gives the lines of a block as they stand.
func (w *rewriter) code(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(at.Value(w.source))
	}
	return b.String()
}

func (w *rewriter) paragraph(list []piece) []string {
	if line := w.line(list, false); line != "" {
		return []string{line}
	}
	return nil
}

// nested writes what encloses blocks, as long as it is not too deep.
func (w *rewriter) nested(n ast.Node, write func() []string) []string {
	if w.depth >= maxNested {
		w.note(n, "nested too deeply; it is written on the level above")
		return w.flat(n)
	}
	w.depth++
	defer func() { w.depth-- }()
	return write()
}

// flat writes the blocks of a list or quotation without it.
func (w *rewriter) flat(n ast.Node) []string {
	var out []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindListItem {
			out = append(out, w.blocks(c)...)
		} else {
			out = append(out, w.block(c)...)
		}
	}
	return out
}

// heading writes a heading with its place. In lists and quotations it is a line
// in bold.
func (w *rewriter) heading(n *ast.Heading) []string {
	if ast.Node(n) == w.title && w.dropsTitle() {
		return nil
	}
	list := w.inline(n, false)
	line := w.line(list, false)
	if line == "" {
		return nil
	}
	if n.Parent().Kind() != ast.KindDocument {
		return w.bold(list)
	}
	level := n.Level
	if ast.Node(n) != w.title && level == 1 {
		level = 2
	}
	level = min(level+w.opt.Shift, 6)
	id := w.names.headings[n]
	if w.opt.Heading != nil {
		in := inlines{source: w.source}
		in.walk(n)
		w.opt.Heading(level, id, in.shown())
	}
	head := strings.Repeat("#", level) + " " + line
	if id == "" {
		return []string{head}
	}
	switch w.d.Anchors {
	case AnchorAttr:
		return []string{head + " {#" + id + "}"}
	case AnchorMDX:
		return []string{head + " {/* #" + id + " */}"}
	case AnchorHTML:
		return []string{`<a id="` + id + `"></a>`, head}
	}
	return []string{head}
}

// bold writes a line in bold.
func (w *rewriter) bold(list []piece) []string {
	for len(list) > 0 && list[len(list)-1].kind == pieceText && strings.TrimSpace(list[len(list)-1].text) == "" {
		list = list[:len(list)-1]
	}
	if n := len(list); n > 0 {
		list[0].text = strings.TrimLeft(list[0].text, " \t\n")
		list[n-1].text = strings.TrimRight(list[n-1].text, " \t\n")
	}
	start, end := piece{kind: pieceOpen, text: "strong", other: len(list) + 1}, piece{kind: pieceClose, text: "strong"}
	return w.paragraph(append(append([]piece{start}, shifted(list)...), end))
}

// shifted gives pieces whose pairs know their places behind one more piece.
func shifted(list []piece) []piece {
	out := append([]piece(nil), list...)
	for i := range out {
		switch out[i].kind {
		case pieceOpen, pieceClose, pieceLink, pieceLinkEnd:
			out[i].other++
		}
	}
	return out
}

// footnotes writes the footnotes as a list below a line.
func (w *rewriter) footnotes(n *extast.FootnoteList) []string {
	out := []string{"***"}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		f, ok := c.(*extast.Footnote)
		if !ok {
			continue
		}
		lead := w.d.Text(fmt.Sprintf("[note %d]", f.Index)) + " "
		if id := footnoteID(f.Index); w.names.place(id) && w.d.RawHTML {
			lead = `<a id="` + id + `"></a>` + lead
		}
		w.depth++
		blocks := w.blocks(f)
		w.depth--
		first := f.FirstChild()
		if len(blocks) == 0 || first == nil || first.Kind() != ast.KindParagraph && first.Kind() != ast.KindTextBlock {
			blocks = append([]string{strings.TrimSpace(lead)}, blocks...)
		} else {
			blocks[0] = lead + blocks[0]
		}
		out = append(out, item("-", blocks, false))
	}
	return out
}

// quote writes a quotation, or a note that stands out.
func (w *rewriter) quote(n *ast.Blockquote) []string {
	kind, rest := w.callout(n)
	if kind == "" {
		return []string{prefixed(w.blocks(n), "> ")}
	}
	blocks := append(w.paragraph(rest), w.blocksBehindFirst(n)...)
	name := kind[:1] + strings.ToLower(kind[1:])
	switch w.d.Callout {
	case CalloutGFM:
		return []string{"> [!" + kind + "]\n" + prefixed(blocks, "> ")}
	case CalloutBang:
		return []string{"!!! " + calloutNames[kind] + " \"" + name + "\"\n\n" + prefixed(blocks, "    ")}
	case CalloutColon:
		text := strings.Join(blocks, "\n\n")
		fence := strings.Repeat(":", max(3, longestRun(text, ':')+1))
		return []string{fence + calloutNames[kind] + "[" + name + "]\n\n" + text + "\n\n" + fence}
	}
	return []string{prefixed(append([]string{"**" + name + "**"}, blocks...), "> ")}
}

// calloutNames are GitHub's kinds of notes and what other sites call them.
var calloutNames = map[string]string{"NOTE": "note", "TIP": "tip", "IMPORTANT": "info", "WARNING": "warning", "CAUTION": "danger"}

// callout reads the first line of a quotation as that of a note. It gives the
// rest of the first paragraph.
func (w *rewriter) callout(n *ast.Blockquote) (string, []piece) {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || w.depth > 1 || p.Lines().Len() == 0 {
		return "", nil
	}
	at := p.Lines().At(0)
	line := strings.TrimSpace(string(at.Value(w.source)))
	kind := strings.TrimSuffix(strings.TrimPrefix(line, "[!"), "]")
	if _, known := calloutNames[kind]; !known || line != "[!"+kind+"]" {
		return "", nil
	}
	list := w.inline(p, false)
	if len(list) == 0 || list[0].kind != pieceText || !strings.HasPrefix(list[0].text, line) {
		return "", nil
	}
	list[0].text = list[0].text[len(line):]
	return kind, list
}

func (w *rewriter) blocksBehindFirst(n ast.Node) []string {
	s := &sequence{w: w}
	for c := n.FirstChild().NextSibling(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.HTMLBlock); ok {
			s.html(h)
			continue
		}
		s.add(w.block(c)...)
	}
	s.end()
	return s.list
}

// prefixed puts blocks below one another and a prefix in front of each line.
func prefixed(blocks []string, prefix string) string {
	text := strings.Join(blocks, "\n\n")
	if text == "" {
		text = "&#160;"
	}
	var b strings.Builder
	for i, l := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		if l == "" {
			b.WriteString(strings.TrimRight(prefix, " "))
			continue
		}
		b.WriteString(prefix + l)
	}
	return b.String()
}
