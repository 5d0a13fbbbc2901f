package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// sequence gathers the blocks of a page or of what encloses blocks, with the
// parts that raw HTML folds: they can begin in one block of HTML and end in
// another.
type sequence struct {
	w     *rewriter
	list  []string
	folds int // that are open
}

func (s *sequence) add(blocks ...string) { s.list = append(s.list, blocks...) }

// end closes what is open.
func (s *sequence) end() {
	for s.folds > 0 {
		s.unfold()
	}
}

// html writes a block of raw HTML.
func (s *sequence) html(n *ast.HTMLBlock) {
	raw := rawOf(n, s.w.source)
	if strings.HasPrefix(strings.TrimLeft(raw, " "), "<!--") && !strings.Contains(raw, "-->") {
		s.w.note(n, "a comment without an end hides the rest of the page; it is left out")
	}
	p := &pieces{w: s.w}
	flush := func() {
		s.add(s.w.paragraph(p.closed())...)
		p = &pieces{w: s.w}
	}
	list := scraps(raw)
	for i := 0; i < len(list); i++ {
		t := list[i]
		switch {
		case t.name == "details":
			flush()
			if t.end {
				s.unfold()
			} else {
				i = s.fold(n, list, i)
			}
		case t.name == "hr":
			flush()
			s.add("***")
		case isFlow(t.name):
			flush()
		default:
			p.scrap(t)
		}
	}
	flush()
}

// maxFolds is how deep folded parts go.
const maxFolds = 8

// fold opens a folded part at the i-th scrap, with the summary that follows. It
// gives the last scrap that it has read.
func (s *sequence) fold(n ast.Node, list []scrap, i int) int {
	p := &pieces{w: s.w}
	at := i + 1
	for at < len(list) && list[at].name == "" && strings.TrimSpace(list[at].text) == "" {
		at++
	}
	if at < len(list) && list[at].name == "summary" && !list[at].end {
		for at++; at < len(list) && list[at].name != "summary" && list[at].name != "details"; at++ {
			p.scrap(list[at])
		}
		i = at
		if at < len(list) && list[at].name == "details" {
			i = at - 1
		}
	}
	summary := p.closed()
	shown := s.w.bareLine(summary)
	if shown == "" {
		p.text("Details")
		summary = p.closed()
		shown = s.w.bareLine(summary)
	}
	if s.w.depth > 0 || s.folds >= maxFolds || s.w.d.Details == DetailsOpen {
		if s.folds >= maxFolds {
			s.w.note(n, "folded too deeply; it is written unfolded")
		}
		s.add(s.w.bold(plainPieces(summary))...)
		return i
	}
	s.folds++
	open := "<details>"
	if s.w.d.Details == DetailsAttr {
		open = `<details markdown="1">`
	}
	s.add(open + "\n<summary>" + shown + "</summary>")
	return i
}

// plainPieces leaves out styles.
func plainPieces(list []piece) []piece {
	p := &pieces{}
	for _, x := range list {
		switch x.kind {
		case pieceText, pieceImage:
			p.text(x.text)
		case pieceBreak:
			p.text(" ")
		case pieceCode:
			p.list = append(p.list, x)
		}
	}
	return p.list
}

// unfold closes the last folded part, if any is open.
func (s *sequence) unfold() {
	if s.folds == 0 {
		return
	}
	s.folds--
	s.add("</details>")
}
