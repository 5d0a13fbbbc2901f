package source

import (
	"html"
	"slices"
	"strings"
)

// blockTags begin a line of their own when HTML becomes plain text.
var blockTags = []string{
	"p", "br", "div", "ul", "ol", "li", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6",
	"blockquote", "pre", "hr", "section", "article", "header", "footer",
}

// inlineTags are taken off without a trace. A tag that is in neither list, such
// as <script>, is no formatting: it stays, as text.
var inlineTags = []string{
	"a", "b", "strong", "i", "em", "u", "s", "small", "span", "var", "code", "tt", "td", "th",
	"tbody", "thead", "font", "sub", "sup", "time", "abbr", "cite", "q", "img", "del", "ins", "mark",
}

// plainText turns a body of HTML or Markdown into plain text with its lines
// kept: formatting tags are taken off, entities decoded, list items begin with
// a dash.
func plainText(body string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(body, '<')
		if open < 0 {
			break
		}
		name, length := tagAt(body[open:])
		b.WriteString(body[:open])
		switch {
		case name == "" || !slices.Contains(blockTags, name) && !slices.Contains(inlineTags, name):
			b.WriteByte('<')
			length = 1
		case name == "li":
			if body[open+1] != '/' {
				b.WriteString("\n- ")
			}
		case name == "td" || name == "th":
			b.WriteByte(' ')
		case slices.Contains(blockTags, name):
			b.WriteByte('\n')
		}
		body = body[open+length:]
	}
	b.WriteString(body)
	return tidyLines(html.UnescapeString(b.String()))
}

// tagAt gives the lower-case name and the length of the tag that a text begins
// with; an empty name when it begins with none.
func tagAt(text string) (name string, length int) {
	end := strings.IndexByte(text, '>')
	if end < 2 || strings.IndexByte(text[1:end], '<') >= 0 {
		return "", 0
	}
	name = strings.TrimPrefix(text[1:end], "/")
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	return strings.ToLower(name), end + 1
}

// tidyLines trims each line, collapses the white space inside, and drops empty
// lines at the ends and repeated ones between.
func tidyLines(text string) string {
	text = strings.ReplaceAll(text, "\u00a0", " ")
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		line = oneLine(line)
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
