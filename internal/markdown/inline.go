package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inlines gathers what a reader sees of a node, and how it is spelled.
type inlines struct {
	source []byte
	cell   bool // of a table: an escaped pipe is one in code too
	text   strings.Builder
	plain  strings.Builder
	links  []Link
	at     int // behind the last byte that was read
}

// collapse makes one space of each run of white space, and none of those at the
// ends.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// A citation shows as [3] and is spelled [[3]], whether its list of evidence is
// on the page or not.
var (
	doubled = regexp.MustCompile(`\[\[(\d+)\]\]`)
	linked  = regexp.MustCompile(`\\\[\[(\d+)\]\([^()\s]*\)\\\]|\\\[\\\[(\d+)\\\]\\\]`)
)

func (in *inlines) shown() string {
	s := collapse(in.text.String())
	if strings.Contains(s, "[[") {
		s = doubled.ReplaceAllString(s, "[$1]")
	}
	return s
}

func (in *inlines) spelled() string {
	s := collapse(in.plain.String())
	if strings.Contains(s, `\[`) {
		s = linked.ReplaceAllString(s, "[[$1$2]]")
	}
	return s
}

// walk reads the children of a node.
func (in *inlines) walk(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		in.node(n)
	}
}

func (in *inlines) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		in.write(n.Segment.Value(in.source))
		in.at = n.Segment.Stop
		if n.SoftLineBreak() || n.HardLineBreak() {
			in.both(" ")
		}
	case *ast.String:
		in.write(n.Value)
	case *ast.CodeSpan:
		in.code(n)
	case *ast.Emphasis:
		in.around(strings.Repeat("*", n.Level), n)
		in.at += n.Level
	case *extast.Strikethrough:
		in.around("~~", n)
		in.at++
	case *ast.Link:
		in.link(n, string(n.Destination), false)
	case *ast.Image:
		in.link(n, string(n.Destination), true)
	case *ast.AutoLink:
		in.autoLink(n)
	case *ast.RawHTML:
		in.rawHTML(n)
	case *extast.TaskCheckBox:
	default:
		in.walk(n)
	}
}

func (in *inlines) both(s string) {
	in.text.WriteString(s)
	in.plain.WriteString(s)
}

// write adds raw text: escapes and entities are read.
func (in *inlines) write(raw []byte) {
	s := raw
	if bytes.IndexByte(raw, '\\') >= 0 || bytes.IndexByte(raw, '&') >= 0 {
		s = decode(raw)
	}
	in.text.Write(s)
	for i, c := range s {
		escaped := false
		switch c {
		case '*', '`', '[', ']', '<', '\\', '~':
			escaped = true
		case '_':
			escaped = !isWord(string(s[max(i-1, 0):min(i+2, len(s))]), min(i, 1)-1) || i+1 >= len(s) || !isWord(string(s[i+1:i+2]), 0)
		}
		if escaped {
			in.plain.WriteByte('\\')
		}
		in.plain.WriteByte(c)
	}
}

// decode reads escapes and character references, an escaped reference being none.
func decode(raw []byte) []byte {
	var b bytes.Buffer
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, `\&`)
		if i < 0 {
			b.Write(raw)
			break
		}
		b.Write(raw[:i])
		raw = raw[i:]
		if raw[0] == '\\' {
			if len(raw) > 1 && util.IsPunct(raw[1]) {
				raw = raw[1:]
			}
			b.WriteByte(raw[0])
			raw = raw[1:]
			continue
		}
		end := bytes.IndexByte(raw[:min(len(raw), 40)], ';')
		if end < 0 {
			b.WriteByte('&')
			raw = raw[1:]
			continue
		}
		b.Write(reference(raw[:end+1]))
		if next := reference(raw[:end+1]); bytes.Equal(next, raw[:end+1]) {
			// Not a reference: only the ampersand is passed, others may follow.
			b.Truncate(b.Len() - end)
			raw = raw[1:]
			continue
		}
		raw = raw[end+1:]
	}
	return b.Bytes()
}

func reference(raw []byte) []byte {
	if len(raw) > 2 && raw[1] == '#' {
		return util.ResolveNumericReferences(raw)
	}
	return util.ResolveEntityNames(raw)
}

// code adds a code span.
func (in *inlines) code(n *ast.CodeSpan) {
	var b bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(bytes.ReplaceAll(t.Segment.Value(in.source), []byte("\n"), []byte(" ")))
			in.at = t.Segment.Stop
		}
	}
	s := b.String()
	if in.cell {
		s = strings.ReplaceAll(s, `\|`, "|")
	}
	in.text.WriteString(s)
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	pad := ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		pad = " "
	}
	in.plain.WriteString(ticks + pad + s + pad + ticks)
	for in.at < len(in.source) && (in.source[in.at] == '`' || in.source[in.at] == ' ' && in.at+1 < len(in.source) && in.source[in.at+1] == '`') {
		in.at++
	}
}

// around adds what a pair of marks encloses.
func (in *inlines) around(mark string, n ast.Node) {
	in.plain.WriteString(mark)
	in.walk(n)
	in.plain.WriteString(mark)
}

// link adds a link or an image. Its end is looked for behind its text.
func (in *inlines) link(n ast.Node, target string, image bool) {
	start := n.Pos()
	in.at = max(in.at, start+1)
	before := in.text.Len()
	if image {
		in.plain.WriteString("!")
		in.at++
	}
	in.plain.WriteString("[")
	in.walk(n)
	in.plain.WriteString("](" + target + ")")
	shown := collapse(in.text.String()[before:])
	in.at = linkEnd(in.source, in.at, target)
	in.links = append(in.links, Link{start, in.at, shown, string(util.ResolveEntityNames(util.UnescapePunctuations([]byte(target)))), image})
}

// linkEnd is the place behind the link whose text ends at or before at: behind
// its target in parentheses, its label, or its own closing bracket.
func linkEnd(source []byte, at int, target string) int {
	const far = 4096
	limit := min(len(source), at+far+len(target))
	i := bytes.IndexByte(source[at:limit], ']')
	if i < 0 {
		return at
	}
	at += i + 1
	if at >= len(source) {
		return at
	}
	switch source[at] {
	case '(':
		depth, angle := 0, false
		for i := at; i < limit; i++ {
			switch c := source[i]; {
			case c == '\\':
				i++
			case c == '<':
				angle = true
			case c == '>':
				angle = false
			case angle:
			case c == '(':
				depth++
			case c == ')':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	case '[':
		if i := bytes.IndexByte(source[at:min(len(source), at+1000)], ']'); i >= 0 {
			return at + i + 1
		}
	}
	return at
}

// autoLink adds an address that is a link by itself.
func (in *inlines) autoLink(n *ast.AutoLink) {
	label := string(n.Label(in.source))
	target := string(n.URL(in.source))
	start := n.Pos()
	// Where the address begins is not told where it stands without brackets.
	if i := bytes.Index(in.source[max(start, in.at):min(len(in.source), max(start, in.at)+len(label)+64)], []byte(label)); i >= 0 {
		start = max(start, in.at) + i
	}
	end := start + len(label)
	if start > 0 && in.source[start-1] == '<' {
		start, end = start-1, end+1
	}
	in.at = end
	in.text.WriteString(label)
	in.plain.WriteString("<" + label + ">")
	in.links = append(in.links, Link{start, end, label, target, false})
}

// rawHTML shows nothing, but for a line break.
func (in *inlines) rawHTML(n *ast.RawHTML) {
	for i := range n.Segments.Len() {
		at := n.Segments.At(i)
		raw := at.Value(in.source)
		in.plain.Write(raw)
		if name, _ := tag(string(raw)); strings.EqualFold(strings.TrimSpace(name), "br") {
			in.text.WriteByte(' ')
		}
		in.at = at.Stop
	}
}
