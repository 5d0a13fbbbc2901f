package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The limits of what is read as markup. Behind them time and memory would grow
// with the square of the input; no page that people write comes near.
const (
	maxDepth  = 32      // quotations and lists within one another, by their marks
	maxIndent = 160     // columns in front of a mark of a list
	maxMarks  = 1000    // marks of links, emphasis and code in one paragraph
	maxCells  = 100_000 // cells of a table that are not written, and are empty
	maxLabels = 10_000  // definitions of links, one below the other
	maxEmpty  = 8       // empty lines in a row; more of them are one long empty line
)

// mask gives the source with the marks behind the limits replaced by letters, so
// that every byte keeps its place, and notes where. Without such marks it is the
// source itself.
func mask(source []byte) ([]byte, []Note) {
	var notes []Note
	masked := source
	owned := false
	own := func() {
		if !owned {
			masked, owned = bytes.Clone(source), true
		}
	}
	empty := 0
	for start := 0; start < len(source); {
		end := start + len(line(source[start:]))
		if len(bytes.TrimSpace(source[start:end])) > 0 {
			empty = 0
		} else if empty++; empty > maxEmpty {
			own()
			copy(masked[start-1:], " ")
		}
		if at := deepMark(source[start:end]); at >= 0 {
			own()
			for i := start + at; i < end && isContainer(masked[i]); i++ {
				if masked[i] != ' ' && masked[i] != '\t' {
					masked[i] = 'x'
				}
			}
			notes = append(notes, Note{start, end, "nested too deeply; the rest of the line is read as text"})
		}
		if at := fullLine(source[start:end]); at >= 0 {
			own()
			for i := start + at; i < end; i++ {
				if isMark(masked[i]) {
					masked[i] = 'x'
				}
			}
			notes = append(notes, Note{start, end, "too many marks of links and emphasis in one line; the rest of it is read as text"})
		}
		start = end
	}
	return masked, notes
}

// line is the first line of s, with its line feed.
func line(s []byte) []byte {
	if i := bytes.IndexByte(s, '\n'); i >= 0 {
		return s[:i+1]
	}
	return s
}

// isContainer reports the bytes that marks of quotations and lists are made of.
func isContainer(c byte) bool {
	switch c {
	case ' ', '\t', '>', '-', '*', '+', '.', ')':
		return true
	}
	return c >= '0' && c <= '9'
}

// deepMark gives the place of the first mark that is nested too deeply, or -1.
func deepMark(s []byte) int {
	if isBreak(s) {
		return -1
	}
	depth, column := 0, 0
	for i, c := range s {
		switch {
		case c == ' ':
			column++
		case c == '\t':
			column += 4
		case !isContainer(c):
			return -1
		case c >= '0' && c <= '9':
			column++
		default:
			if i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '\t' || c == '>' || s[i+1] == '\n' || s[i+1] == '\r') || i+1 == len(s) {
				depth++
			}
			if depth > maxDepth || column > maxIndent {
				return i
			}
			column++
		}
	}
	return -1
}

// isBreak reports a thematic break, whose marks look like those of lists.
func isBreak(s []byte) bool {
	t := bytes.TrimSpace(s)
	return len(t) > 2 && len(bytes.Trim(t, string(t[:1])+" \t")) == 0 && (t[0] == '-' || t[0] == '*')
}

// isMark reports the bytes that open or close links, emphasis, code and HTML.
func isMark(c byte) bool {
	switch c {
	case '[', ']', '*', '_', '`', '<', '~':
		return true
	}
	return false
}

// fullLine gives the place behind which a line has too many marks, or -1. Marks
// of the same kind side by side count once, but for brackets.
func fullLine(s []byte) int {
	if len(s) <= maxMarks {
		return -1
	}
	n := 0
	for i, c := range s {
		if !isMark(c) || i > 0 && s[i-1] == c && c != '[' && c != ']' && c != '<' {
			continue
		}
		if n++; n > maxMarks {
			return i
		}
	}
	return -1
}

// labelGuard takes a paragraph with too many definitions of links out of the
// hands of their reader, tableGuard one that would become a table of too many cells, all
// but a few of them not written, out of that of tables. markGuard does so with
// one that is too full of marks; it comes after tables, whose cells are read one
// by one. What they took is in the context of the parse.
type (
	labelGuard struct{}
	tableGuard struct{}
	markGuard  struct{}
)

var notesKey = parser.NewContextKey()

// rawText is a paragraph that is read as plain text.
type rawText struct{ ast.BaseBlock }

var kindRawText = ast.NewNodeKind("RawText")

func (n *rawText) Kind() ast.NodeKind { return kindRawText }
func (n *rawText) IsRaw() bool        { return true }
func (n *rawText) Dump([]byte, int)   {}

// Transform looks at a paragraph before definitions are taken from its head.
func (labelGuard) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	if lines.Len() <= maxLabels {
		return
	}
	labels := 0
	for i := range lines.Len() {
		at := lines.At(i)
		if bytes.HasPrefix(bytes.TrimLeft(at.Value(reader.Source()), " "), []byte("[")) {
			labels++
		}
	}
	if labels > maxLabels {
		refuse(node, pc, "too many definitions of links below one another; they are read as text")
	}
}

// Transform looks at a paragraph before it becomes a table.
func (tableGuard) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	for i := 1; i < lines.Len(); i++ {
		at := lines.At(i)
		columns := delimiterColumns(at.Value(reader.Source()))
		if columns == 0 {
			continue
		}
		cells := columns * (lines.Len() - i)
		if cells > maxCells && cells > lines.At(lines.Len()-1).Stop-at.Start {
			refuse(node, pc, "a table with too many empty cells; it is read as text")
		}
		return
	}
}

// Transform looks at what is still a paragraph.
func (markGuard) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	if n := lines.Len(); n == 0 || lines.At(n-1).Stop-lines.At(0).Start <= maxMarks {
		return
	}
	marks := 0
	for i := range lines.Len() {
		at := lines.At(i)
		for _, c := range at.Value(reader.Source()) {
			if isMark(c) {
				marks++
			}
		}
	}
	if marks > maxMarks {
		refuse(node, pc, "too many marks of links and emphasis in one paragraph; it is read as text")
	}
}

// delimiterColumns counts the columns that the line below a table's head has; 0
// when it is no such line.
func delimiterColumns(s []byte) int {
	pipes, dashes := 0, 0
	for _, c := range s {
		switch c {
		case '|':
			pipes++
		case '-':
			dashes++
		case ' ', '\t', ':', '\r', '\n':
		default:
			return 0
		}
	}
	if dashes == 0 {
		return 0
	}
	return pipes + 1
}

// refuse puts a raw paragraph in the place of node.
func refuse(node *ast.Paragraph, pc parser.Context, message string) {
	lines := node.Lines()
	raw := &rawText{}
	raw.SetLines(lines)
	raw.SetPos(lines.At(0).Start)
	notes, _ := pc.Get(notesKey).([]Note)
	pc.Set(notesKey, append(notes, Note{lines.At(0).Start, lines.At(lines.Len() - 1).Stop, message}))
	parent := node.Parent()
	parent.InsertBefore(parent, node, raw)
	parent.RemoveChild(parent, node)
}
