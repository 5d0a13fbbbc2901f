package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// HTML renders GitHub flavoured Markdown. Raw HTML in it is left out, a comment
// standing in its place.
func HTML(md string) string {
	var b bytes.Buffer
	// Writing to a buffer never fails, and no option makes parsing fail.
	_ = goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(md), &b)
	return b.String()
}

// Text gives the visible text of HTML as HTML writes it: tags and comments are
// gone, character references are read, white space is collapsed and trimmed.
// Tags of blocks and cells part words.
func Text(rendered string) string {
	var b strings.Builder
	for rendered != "" {
		open := strings.IndexByte(rendered, '<')
		if open < 0 {
			b.WriteString(html.UnescapeString(rendered))
			break
		}
		b.WriteString(html.UnescapeString(rendered[:open]))
		name, rest := tag(rendered[open:])
		if partsWords(name) {
			b.WriteByte(' ')
		}
		rendered = rest
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// tag takes the tag or comment that s starts with, and gives its name and what
// follows it.
func tag(s string) (name, rest string) {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return "", s[end+3:]
		}
		return "", ""
	}
	end := tagEnd(s)
	name, _, _ = strings.Cut(strings.Trim(s[1:end], "/>"), " ")
	return name, s[min(end+1, len(s)):]
}

// tagEnd is the place of the ">" that closes the tag, quoted values passed over.
func tagEnd(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return len(s)
}

// partsWords reports the elements that start on a line or in a cell of their own.
func partsWords(name string) bool {
	switch name {
	case "", "a", "em", "strong", "code", "del", "span":
		return false
	}
	return true
}
