package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Blocks reads a page of GitHub flavoured Markdown as its blocks, in order. Any
// text is a page. Time and memory grow with the length of the source; what is
// nested too deeply, or too full of marks for that, is read as text and noted.
func Blocks(source []byte) ([]Block, []Note) {
	masked, notes := mask(source)
	pc := parser.NewContext()
	root := pageParser().Parse(text.NewReader(masked), parser.WithContext(pc))
	more, _ := pc.Get(notesKey).([]Note)
	w := &walker{source: source}
	return w.children(root, 0, len(source), 0), append(notes, more...)
}

// pageParser reads what GitHub reads.
func pageParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		)...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(labelGuard{}, 50),
			util.Prioritized(tableGuard{}, 150),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			util.Prioritized(markGuard{}, 300),
		)...),
	)
}

// walker turns nodes into blocks.
type walker struct{ source []byte }

// children gives the blocks in a node, which has the bytes from start to end.
// The place of a block is from its own first byte to the last line in front of
// the next one, so that what has no node (the closing line of a fence) is within.
func (w *walker) children(parent ast.Node, start, end, quotes int) []Block {
	var nodes []ast.Node
	var starts []int
	at := start
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindTextBlock && !n.HasChildren() && n.Lines().Len() == 0 {
			continue
		}
		pos := max(w.start(n), at)
		nodes, starts = append(nodes, n), append(starts, min(pos, end))
		at = pos
	}
	blocks := make([]Block, 0, len(nodes))
	for i, n := range nodes {
		stop := end
		if i+1 < len(nodes) {
			stop = w.lineStart(starts[i+1], starts[i])
		}
		stop = w.trimmed(starts[i], stop, quotes)
		blocks = append(blocks, w.block(n, starts[i], stop, quotes))
	}
	return blocks
}

// start is the first byte of a node.
func (w *walker) start(n ast.Node) int {
	switch n := n.(type) {
	case *extast.Table:
		if head := n.FirstChild(); head != nil {
			return w.text(head.Pos())
		}
	case *ast.Paragraph, *ast.TextBlock, *rawText:
		if n.Lines().Len() > 0 {
			return w.text(n.Lines().At(0).Start)
		}
	case *ast.LinkReferenceDefinition:
		if n.Lines().Len() > 0 {
			return w.text(n.Lines().At(0).Start)
		}
	}
	return n.Pos()
}

// text passes over the white space in front of a line's text.
func (w *walker) text(at int) int {
	for at >= 0 && at < len(w.source) && (w.source[at] == ' ' || w.source[at] == '\t') {
		at++
	}
	return at
}

// lineStart is the start of the line of a place, or the place itself where the
// line begins in front of low.
func (w *walker) lineStart(at, low int) int {
	start := bytes.LastIndexByte(w.source[:at], '\n') + 1
	if start <= low {
		return at
	}
	return start
}

// trimmed leaves out the empty lines at the end of a block, and the marks of the
// quotations that it stands in.
func (w *walker) trimmed(start, end, quotes int) int {
	for end > start {
		c := w.source[end-1]
		if c == '\n' || c == '\r' {
			end--
			continue
		}
		from := bytes.LastIndexByte(w.source[start:end], '\n') + 1 + start
		if from == start {
			break
		}
		rest := bytes.TrimLeft(w.source[from:end], " \t")
		for range quotes {
			if len(rest) > 0 && rest[0] == '>' {
				rest = bytes.TrimLeft(rest[1:], " \t")
			}
		}
		if len(rest) > 0 {
			break
		}
		end = from
	}
	return end
}

func (w *walker) block(n ast.Node, start, end, quotes int) Block {
	b := Block{Kind: Paragraph, Start: start, End: end}
	switch n := n.(type) {
	case *ast.Heading:
		b.Kind, b.Level = Heading, n.Level
		w.inline(&b, n)
	case *ast.List:
		b.Kind, b.Ordered = List, n.IsOrdered()
		b.Children = w.children(n, start, end, quotes)
	case *ast.ListItem:
		w.item(&b, n, quotes)
	case *ast.Blockquote:
		b.Kind = Quote
		b.Children = w.children(n, start, end, quotes+1)
	case *ast.FencedCodeBlock:
		b.Kind, b.Language = CodeBlock, string(n.Language(w.source))
		b.Text = w.lines(n)
		b.Plain = b.Text
	case *ast.CodeBlock:
		b.Kind, b.Text = CodeBlock, w.lines(n)
		b.Plain = b.Text
	case *ast.HTMLBlock:
		w.html(&b)
	case *ast.ThematicBreak:
		b.Kind = Rule
	case *ast.LinkReferenceDefinition:
		b.Kind = Definition
		label, target := string(n.Label), string(decode(n.Destination))
		b.Plain = "[" + label + "]: " + target
		b.Links = []Link{{start, end, label, target, false}}
	case *extast.Table:
		b.Kind = Table
		w.table(&b, n)
	case *rawText:
		b.Text = collapse(w.lines(n))
		b.Plain = b.Text
	default:
		w.inline(&b, n)
	}
	return b
}

// lines are the lines of a node as they stand, the last line feed left out.
func (w *walker) lines(n ast.Node) string {
	var b bytes.Buffer
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(bytes.ReplaceAll(at.Value(w.source), []byte("\r\n"), []byte("\n")))
	}
	return string(bytes.TrimRight(b.Bytes(), "\n"))
}

// html tells comments from other raw HTML.
func (w *walker) html(b *Block) {
	b.Kind = HTMLBlock
	raw := bytes.ReplaceAll(w.source[b.Start:b.End], []byte("\r\n"), []byte("\n"))
	b.Text = string(raw)
	b.Plain = b.Text
	if bytes.HasPrefix(raw, []byte("<!--")) && bytes.Index(raw, []byte("-->")) == len(raw)-3 {
		b.Kind = Comment
	}
}

// item reads an item of a list: its first paragraph is its text.
func (w *walker) item(b *Block, n *ast.ListItem, quotes int) {
	b.Kind = Item
	b.Children = w.children(n, b.Start, b.End, quotes)
	first := n.FirstChild()
	if first == nil || len(b.Children) == 0 || b.Children[0].Kind != Paragraph {
		return
	}
	lead := b.Children[0]
	b.Text, b.Plain, b.Links, b.Marked = lead.Text, lead.Plain, lead.Links, lead.Marked
	b.Children = b.Children[1:]
	if box, ok := first.FirstChild().(*extast.TaskCheckBox); ok {
		b.Task, b.Checked = true, box.IsChecked
	}
}

// table reads the rows and cells of a table.
func (w *walker) table(b *Block, n *extast.Table) {
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		at := min(max(w.text(r.Pos()), b.Start), b.End)
		row := Row{Start: at, End: at}
		if i := bytes.IndexByte(w.source[at:b.End], '\n'); i >= 0 {
			row.End = at + i
		} else {
			row.End = b.End
		}
		row.End = at + len(bytes.TrimRight(w.source[at:row.End], " \t\r\n"))
		place := row.Start
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cell := Cell{Start: row.End, End: row.End}
			if lines := c.Lines(); lines != nil && lines.Len() > 0 {
				cell.Start, cell.End = lines.At(0).Start, lines.At(0).Stop
			}
			cell.Start = min(max(cell.Start, place), row.End)
			cell.End = min(max(cell.End, cell.Start), row.End)
			place = cell.End
			in := inlines{source: w.source, cell: true}
			cell.Text, cell.Plain = in.read(c)
			cell.Links = in.links
			row.Cells = append(row.Cells, cell)
		}
		b.Rows = append(b.Rows, row)
	}
}

func (w *walker) inline(b *Block, n ast.Node) {
	in := inlines{source: w.source}
	b.Text, b.Plain = in.read(n)
	b.Links = in.links
	if first := n.FirstChild(); first != nil && first == n.LastChild() {
		b.Marked = first.Kind() == ast.KindEmphasis
	}
}
