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
	text   bytes.Buffer
	plain  spelling
	links  []Link
	at     int // behind the last byte that was read
}

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
	s := collapse(in.plain.settled())
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
		in.link(n, n.Destination, false)
	case *ast.Image:
		in.link(n, n.Destination, true)
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
	in.plain.mark(s)
}

// read gives what a reader sees of the children of a node, and how it is spelled.
func (in *inlines) read(parent ast.Node) (text, plain string) {
	if first, ok := parent.FirstChild().(*ast.Text); ok && parent.LastChild() == ast.Node(first) {
		// Most are a line of words.
		if s := first.Segment.Value(in.source); !bytes.ContainsAny(s, needsCare+"&") && isCollapsed(s) {
			text = string(s)
			return text, text
		}
	}
	in.walk(parent)
	text, plain = in.shown(), in.spelled()
	if plain == text {
		plain = text // one copy is enough
	}
	return text, plain
}

// write adds raw text: escapes and entities are read.
func (in *inlines) write(raw []byte) {
	s := raw
	if bytes.IndexByte(raw, '\\') >= 0 || bytes.IndexByte(raw, '&') >= 0 {
		s = decode(raw)
	}
	in.text.Write(s)
	in.plain.text(s)
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
		if end := referenceEnd(raw); end > 0 {
			if read := reference(raw[:end]); !bytes.Equal(read, raw[:end]) {
				b.Write(read)
				raw = raw[end:]
				continue
			}
		}
		b.WriteByte('&')
		raw = raw[1:]
	}
	return b.Bytes()
}

// referenceEnd is the length of what may be a character reference, by its form;
// 0 where it is none.
func referenceEnd(raw []byte) int {
	const longest = 40
	i := 1
	if i < len(raw) && raw[i] == '#' {
		i++
	}
	for i < len(raw) && i < longest && util.IsAlphaNumeric(raw[i]) {
		i++
	}
	if i < len(raw) && raw[i] == ';' {
		return i + 1
	}
	return 0
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
	in.plain.mark(ticks + pad + s + pad + ticks)
	for in.at < len(in.source) && (in.source[in.at] == '`' || in.source[in.at] == ' ' && in.at+1 < len(in.source) && in.source[in.at+1] == '`') {
		in.at++
	}
}

// around adds what a pair of marks encloses.
func (in *inlines) around(mark string, n ast.Node) {
	in.plain.mark(mark)
	in.walk(n)
	in.plain.mark(mark)
}

// link adds a link or an image. Its end is looked for behind its text.
func (in *inlines) link(n ast.Node, target []byte, image bool) {
	start := n.Pos()
	in.at = max(in.at, start+1)
	before, spelled := in.text.Len(), len(in.plain.buf)
	if image {
		in.plain.mark("!")
		in.at++
	}
	in.plain.mark("[")
	in.walk(n)
	shown := collapse(string(in.text.Bytes()[before:]))
	in.at = linkEnd(in.source, in.at, len(target))
	to := string(decode(target))
	if !image && isAddress(shown, to) && onlyText(n) {
		in.plain.cut(spelled)
		in.plain.mark("<" + shown + ">")
	} else {
		in.plain.mark("](" + to + ")")
	}
	in.links = append(in.links, Link{start, in.at, shown, to, image})
}

// onlyText reports a node with nothing but text in it.
func onlyText(parent ast.Node) bool {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindText && n.Kind() != ast.KindString {
			return false
		}
	}
	return true
}

// isAddress reports a text that is an address and leads there, so that <text> is
// the same link.
func isAddress(text, target string) bool {
	return target != "" && (target == text && scheme.MatchString(text) || target == "mailto:"+text && mailbox.MatchString(text))
}

// What stands in angle brackets is a link with a scheme, or a mailbox.
var (
	scheme  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*$`)
	mailbox = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9.-]+$`)
)

// linkEnd is the place behind the link whose text ends at or before at: behind
// its target in parentheses, its label, or its own closing bracket.
func linkEnd(source []byte, at, target int) int {
	const far = 4096
	limit := min(len(source), at+far+target)
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
	to := target
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
		to = "mailto:" + to
	}
	if isAddress(label, to) {
		in.plain.mark("<" + label + ">")
	} else {
		in.plain.mark("[")
		in.plain.text([]byte(label))
		in.plain.mark("](" + to + ")")
	}
	in.links = append(in.links, Link{start, end, label, target, false})
}

// rawHTML shows nothing, but for a line break.
func (in *inlines) rawHTML(n *ast.RawHTML) {
	for i := range n.Segments.Len() {
		at := n.Segments.At(i)
		raw := at.Value(in.source)
		if name, _ := tag(string(raw)); strings.EqualFold(strings.TrimSpace(name), "br") {
			in.both(" ") // as a line break of any other spelling
		} else {
			in.plain.mark(string(raw))
		}
		in.at = at.Stop
	}
}
