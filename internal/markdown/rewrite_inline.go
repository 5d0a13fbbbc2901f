package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// A piece is a part of running text.
type piece struct {
	kind  pieceKind
	text  string // of text and code; what an image shows; the name of a style
	to    string // of a link, an image or a named place
	other int    // the end of a start, the start of an end
}

type pieceKind int

const (
	pieceText pieceKind = iota
	pieceCode
	pieceBreak  // a line break
	pieceAnchor // a named place
	pieceImage
	pieceOpen // of a style
	pieceClose
	pieceLink // the start of a link
	pieceLinkEnd
)

// pieces gathers running text.
type pieces struct {
	w      *rewriter
	list   []piece
	open   []int // starts of styles from raw HTML
	low    int   // those below it were opened outside of what is read
	codes  int   // behind the start of raw code; 0 when there is none
	inLink bool
	cell   bool
}

// inline gives the running text of a node as pieces.
func (w *rewriter) inline(n ast.Node, cell bool) []piece {
	p := &pieces{w: w, cell: cell}
	p.walk(n)
	return p.closed()
}

// closed closes what raw HTML left open.
func (p *pieces) closed() []piece {
	for len(p.open) > 0 {
		p.shut(len(p.open) - 1)
	}
	return p.list
}

func (p *pieces) text(s string) {
	if s == "" {
		return
	}
	if n := len(p.list); n > 0 && n >= p.codes && p.list[n-1].kind == pieceText {
		p.list[n-1].text += s
		return
	}
	p.list = append(p.list, piece{kind: pieceText, text: s})
}

func (p *pieces) walk(parent ast.Node) {
	var run strings.Builder // texts side by side, so that adding them takes no square
	flush := func() {
		p.text(run.String())
		run.Reset()
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			run.WriteString(unescaped(n.Segment.Value(p.w.source)))
			if n.SoftLineBreak() && !n.HardLineBreak() {
				run.WriteByte(' ')
			}
			if n.HardLineBreak() {
				flush()
				p.list = append(p.list, piece{kind: pieceBreak})
			}
		case *ast.String:
			run.Write(n.Value)
		default:
			flush()
			p.node(n)
		}
	}
	flush()
}

func (p *pieces) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeSpan:
		p.code(n)
	case *ast.Emphasis:
		p.styled([]string{"em", "strong"}[min(n.Level, 2)-1], n)
	case *extast.Strikethrough:
		p.styled("del", n)
	case *ast.Link:
		p.link(n, linkTarget(n.Destination))
	case *ast.Image:
		p.image(n, linkTarget(n.Destination))
	case *ast.AutoLink:
		p.autoLink(n)
	case *ast.RawHTML:
		for _, t := range scraps(rawOf(n, p.w.source)) {
			p.scrap(t)
		}
	case *extast.FootnoteLink:
		p.noteLink(footnoteID(n.Index))
	case *extast.TaskCheckBox, *extast.FootnoteBacklink:
	default:
		p.walk(n)
	}
}

// noteLink adds the reference to a footnote, as a link where that has a place.
func (p *pieces) noteLink(id string) {
	start := len(p.list)
	named := p.w.names.targets[id] == id && !p.inLink
	if named {
		p.list = append(p.list, piece{kind: pieceLink, to: "#" + id})
	}
	p.text("[note " + strings.TrimPrefix(id, "note-") + "]")
	if named {
		p.linkEnd(start)
	}
}

// linkTarget reads the escapes and references of a target.
func linkTarget(raw []byte) string { return unescaped(raw) }

// unescaped reads back-slashes and references.
func unescaped(raw []byte) string {
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			i++
			b.WriteByte(raw[i])
		case raw[i] == '&' && isEntity(string(raw[i:min(len(raw), i+40)])):
			end := i + bytes.IndexByte(raw[i:], ';') + 1
			b.Write(reference(raw[i:end]))
			i = end - 1
		default:
			b.WriteByte(raw[i])
		}
	}
	return b.String()
}

func (p *pieces) code(n *ast.CodeSpan) {
	in := inlines{source: p.w.source, cell: p.cell}
	in.code(n)
	p.list = append(p.list, piece{kind: pieceCode, text: in.text.String()})
}

// styled adds what is emphasised.
func (p *pieces) styled(style string, n ast.Node) {
	start := p.start(style)
	p.inside(n)
	p.end(start)
}

// inside adds what a node encloses; raw HTML that it opens ends with it.
func (p *pieces) inside(n ast.Node) {
	low := p.low
	p.low = len(p.open)
	p.walk(n)
	if len(p.open) > p.low {
		p.shut(p.low)
	}
	p.low = low
}

func (p *pieces) start(style string) int {
	p.list = append(p.list, piece{kind: pieceOpen, text: style})
	return len(p.list) - 1
}

func (p *pieces) end(start int) {
	p.list[start].other = len(p.list)
	p.list = append(p.list, piece{kind: pieceClose, text: p.list[start].text, other: start})
}

func (p *pieces) link(n ast.Node, raw string) {
	to, ok := p.w.target(raw)
	if !ok || p.inLink {
		p.inside(n)
		return
	}
	start := len(p.list)
	p.list = append(p.list, piece{kind: pieceLink, to: to})
	p.inLink = true
	p.inside(n)
	p.inLink = false
	p.linkEnd(start)
}

// linkEnd ends a link. A link that shows nothing is none.
func (p *pieces) linkEnd(start int) {
	if len(p.list) == start+1 {
		p.list = p.list[:start]
		return
	}
	p.list[start].other = len(p.list)
	p.list = append(p.list, piece{kind: pieceLinkEnd, to: p.list[start].to, other: start})
}

func (p *pieces) image(n ast.Node, raw string) {
	in := inlines{source: p.w.source}
	in.walk(n)
	p.picture(in.shown(), raw)
}

// picture adds an image, or what it says where it cannot be shown.
func (p *pieces) picture(says, raw string) {
	if to, ok := p.w.image(raw); ok {
		p.list = append(p.list, piece{kind: pieceImage, text: says, to: to})
		return
	}
	p.text(says)
}

func (p *pieces) autoLink(n *ast.AutoLink) {
	label := string(n.Label(p.w.source))
	to, ok := address(string(n.URL(p.w.source)))
	if n.AutoLinkType == ast.AutoLinkEmail {
		to, ok = address("mailto:" + label)
	}
	if !ok || p.inLink {
		p.text(label)
		return
	}
	start := len(p.list)
	p.list = append(p.list, piece{kind: pieceLink, to: to})
	p.text(label)
	p.linkEnd(start)
}

// scrap adds a piece of raw HTML in running text.
func (p *pieces) scrap(t scrap) {
	style := styledAs(t.name)
	switch {
	case t.name == "":
		p.text(t.text)
	case t.name == "br":
		p.list = append(p.list, piece{kind: pieceBreak})
	case t.name == "img" && !t.end:
		p.picture(t.attr("alt"), t.attr("src"))
	case t.anchor() != "":
		id := t.anchor()
		if p.w.names.place(id) && p.w.d.RawHTML {
			p.list = append(p.list, piece{kind: pieceAnchor, to: id})
		}
	case isCode(t.name) && !t.end:
		p.codes = len(p.list) + 1
	case isCode(t.name):
		p.codeEnd()
	case style != "" && !t.end:
		p.open = append(p.open, p.start(style))
	case style != "":
		for i := len(p.open) - 1; i >= p.low; i-- {
			if p.list[p.open[i]].text == style {
				p.shut(i)
				break
			}
		}
	case isFlow(t.name), t.name == "td", t.name == "th":
		p.text(" ")
	case !isPlain(t.name):
		p.text(t.text)
	}
}

func isCode(name string) bool {
	return name == "code" || name == "kbd" || name == "samp" || name == "tt"
}

// codeEnd makes one span of what raw HTML calls code, if it is all text.
func (p *pieces) codeEnd() {
	from := p.codes - 1
	p.codes = 0
	if from < 0 || from > len(p.list) {
		return
	}
	var b strings.Builder
	for _, x := range p.list[from:] {
		if x.kind != pieceText && x.kind != pieceCode {
			return
		}
		b.WriteString(x.text)
	}
	p.list = append(p.list[:from], piece{kind: pieceCode, text: b.String()})
}

// shut closes the i-th open style of raw HTML and those within it.
func (p *pieces) shut(i int) {
	for j := len(p.open) - 1; j >= i; j-- {
		p.end(p.open[j])
	}
	p.open = p.open[:i]
}
