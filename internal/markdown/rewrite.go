package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// RewriteOptions are the wishes of one page. The zero value keeps the title where
// the dialect does, links to whole addresses and within the page, and no images.
type RewriteOptions struct {
	// Link gives the target to write for one that is neither a whole address nor
	// a place in the page; false leaves the text of the link and drops the link.
	// Without it such links are dropped.
	Link func(target string) (string, bool)
	// Image gives the target to write for an image; false leaves its text.
	// Without it no image is written.
	Image func(target string) (string, bool)
	// DropH1 leaves out the first heading where it is the title of the page.
	DropH1 bool
	// Shift moves headings down by so many levels, at most to the sixth.
	Shift int
	// Heading is told of each heading that is written, in order, with the name
	// of its place and its text.
	Heading func(level int, id, text string)
}

// Rewrite reads a page of GitHub flavoured Markdown, without its front matter,
// and writes it anew in a dialect: the same text is visible, and nothing of it
// comes to life but links, emphasis, lists and what else Markdown has. Of raw
// HTML, folded parts, line breaks, named places, images, superscripts and subscripts are
// kept where the dialect can show them; tags of other known elements are left
// out, and what is no element is shown as it stands. Comments are left out.
//
// The result ends in a line feed, or is empty. It has no line that is indented
// but in lists. The notes say what could not be kept. Time and memory grow with
// the length of the source.
func Rewrite(source []byte, d Dialect, opt RewriteOptions) (string, []Note) {
	source = []byte(strings.ToValidUTF8(strings.ReplaceAll(string(source), "\r\n", "\n"), "\ufffd"))
	masked, notes := mask(source)
	pc := parser.NewContext()
	p := pageParser()
	if lines := noteLines(masked); lines > 0 && lines <= maxFootnotes {
		addFootnotes(p)
	} else if lines > maxFootnotes {
		notes = append(notes, Note{0, len(source), "too many footnotes; they are read as text"})
	}
	root := p.Parse(text.NewReader(masked), parser.WithContext(pc))
	more, _ := pc.Get(notesKey).([]Note)
	w := &rewriter{source: source, d: d, opt: opt, notes: append(notes, more...), names: newNames()}
	w.title = firstTitle(root)
	w.nameAll(root)
	blocks := w.document(root)
	if len(blocks) == 0 {
		return "", w.notes
	}
	return strings.Join(blocks, "\n\n") + "\n", w.notes
}

// maxFootnotes is how many lines may look like a footnote: each reference is
// looked for in all of them.
const maxFootnotes = 1000

// noteLines counts the lines that could be footnotes.
func noteLines(source []byte) int {
	n := 0
	for len(source) > 0 {
		l := line(source)
		if strings.HasPrefix(strings.TrimLeft(string(l[:min(len(l), 40)]), " >-*+"), "[^") {
			n++
		}
		source = source[len(l):]
	}
	return n
}

func addFootnotes(p parser.Parser) {
	p.AddOptions(
		parser.WithBlockParsers(util.Prioritized(extension.NewFootnoteBlockParser(), 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
}

// rewriter writes the nodes of one page.
type rewriter struct {
	source []byte
	d      Dialect
	opt    RewriteOptions
	notes  []Note
	names  names
	title  ast.Node // the heading that is the title of the page, if any
	depth  int      // of quotations and lists
}

// firstTitle is the heading that the page begins with, if it is of the first
// level; comments may stand in front of it.
func firstTitle(root ast.Node) ast.Node {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
			continue
		case *ast.Heading:
			if n.Level == 1 {
				return n
			}
		}
		return nil
	}
	return nil
}

func (w *rewriter) note(n ast.Node, message string) {
	at := max(n.Pos(), 0)
	w.notes = append(w.notes, Note{at, at, message})
}
