package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A scrap is a piece of raw HTML: text, with its references read, or a tag.
type scrap struct {
	text  string // of a tag as it stands
	name  string // of a tag, in lower case; empty for text
	end   bool   // </name>
	attrs string // of a tag, as they stand
}

// rawOf gives raw HTML as it stands.
func rawOf(n ast.Node, source []byte) string {
	var b strings.Builder
	switch n := n.(type) {
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			at := n.Segments.At(i)
			b.Write(at.Value(source))
		}
	case *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			at := n.Lines().At(i)
			b.Write(at.Value(source))
		}
		if n.HasClosure() {
			b.Write(n.ClosureLine.Value(source))
		}
	}
	return b.String()
}

// scraps takes raw HTML apart. Comments, declarations and instructions are left
// out; a comment without an end takes the rest with it, as in a browser.
func scraps(raw string) []scrap {
	var out []scrap
	plain := func(s string) {
		if s != "" {
			out = append(out, scrap{text: html.UnescapeString(s)})
		}
	}
	for raw != "" {
		open := strings.IndexByte(raw, '<')
		if open < 0 {
			plain(raw)
			break
		}
		plain(raw[:open])
		raw = raw[open:]
		if end := hiddenEnd(raw); end > 0 {
			raw = raw[end:]
			continue
		}
		t, ok := readTag(raw)
		if !ok {
			plain("<")
			raw = raw[1:]
			continue
		}
		out = append(out, t)
		raw = raw[len(t.text):]
	}
	return out
}

// hiddenEnd is the place behind what s begins with, when a browser shows
// nothing of that; else 0.
func hiddenEnd(s string) int {
	for _, pair := range []struct{ open, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}} {
		if !strings.HasPrefix(s, pair.open) {
			continue
		}
		for _, short := range []string{"<!-->", "<!--->"} {
			if strings.HasPrefix(s, short) {
				return len(short)
			}
		}
		if i := strings.Index(s[len(pair.open):], pair.end); i >= 0 {
			return len(pair.open) + i + len(pair.end)
		}
		return len(s)
	}
	return 0
}

// maxTag is how long a tag may be.
const maxTag = 4096

// readTag reads the tag that s begins with.
func readTag(s string) (scrap, bool) {
	t := scrap{}
	i := 1
	if i < len(s) && s[i] == '/' {
		t.end = true
		i++
	}
	start := i
	for i < len(s) && i < maxTag && (isWord(s, i) || s[i] == '-') {
		i++
	}
	if i == start || s[start] >= '0' && s[start] <= '9' || s[start] == '-' {
		return t, false
	}
	t.name = strings.ToLower(s[start:i])
	end := tagEnd(s[:min(len(s), maxTag)])
	if end == min(len(s), maxTag) || end < i || strings.IndexByte(" \t\n/>", s[i]) < 0 {
		return t, false
	}
	t.attrs, t.text = strings.TrimSuffix(s[i:end], "/"), s[:end+1]
	return t, true
}

// attr gives the value of an attribute of a tag.
func (t scrap) attr(name string) string {
	rest := t.attrs
	for {
		rest = strings.TrimLeft(rest, " \t\n/")
		if rest == "" {
			return ""
		}
		end := strings.IndexAny(rest, "= \t\n/")
		if end == 0 {
			rest = rest[1:]
			continue
		}
		if end < 0 {
			return ""
		}
		key := rest[:end]
		rest = strings.TrimLeft(rest[end:], " \t\n")
		if !strings.HasPrefix(rest, "=") {
			continue
		}
		var value string
		value, rest = attrValue(strings.TrimLeft(rest[1:], " \t\n"))
		if strings.EqualFold(key, name) {
			return html.UnescapeString(value)
		}
	}
}

func attrValue(s string) (value, rest string) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		value, rest, _ = strings.Cut(s[1:], s[:1])
		return value, rest
	}
	if end := strings.IndexAny(s, " \t\n"); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

// anchorsOf gives the names that raw HTML gives to places, in order.
func anchorsOf(raw string) []string {
	if !strings.Contains(raw, "id") && !strings.Contains(raw, "ID") && !strings.Contains(raw, "name") {
		return nil
	}
	var ids []string
	for _, t := range scraps(raw) {
		if id := t.anchor(); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// anchor gives the name that a tag gives to its place.
func (t scrap) anchor() string {
	if t.name != "a" || t.end {
		return ""
	}
	if id := t.attr("id"); id != "" {
		return id
	}
	return t.attr("name")
}

// kept are the elements that Rewrite knows how to write; styled are those of
// them that have a counterpart among emphasis.
func styledAs(name string) string {
	switch name {
	case "b", "strong":
		return "strong"
	case "i", "em", "cite", "var", "dfn":
		return "em"
	case "s", "strike", "del":
		return "del"
	case "sub", "sup":
		return name
	}
	return ""
}

// isFlow reports elements that begin on a line of their own.
func isFlow(name string) bool {
	return strings.Contains(" address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul ", " "+name+" ")
}

// isPlain reports elements whose tags are left out: what they enclose is text
// like any other. Elements that run, load or ask are not among them; their tags
// are shown as they stand, as GitHub does.
func isPlain(name string) bool {
	return isFlow(name) || styledAs(name) != "" || strings.Contains(" a abbr acronym bdi bdo big br caption code col colgroup data font img ins kbd label mark picture q rb rp rt ruby samp small source span td th time tt u wbr ", " "+name+" ")
}
