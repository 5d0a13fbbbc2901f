package source

import (
	"strings"

	"pir/internal/when"
)

// jiraText is the plain text of a field: wiki markup, or a document of nodes.
func jiraText(v value) string {
	if v.first() == '{' {
		var b strings.Builder
		nodeText(&b, v, 0)
		return tidyLines(b.String())
	}
	return wikiText(bounded(v.text()))
}

// maxNodes is how deep a document of nodes is followed. Editors nest a dozen.
const maxNodes = 40

// nodeText writes the text of a node of the Atlassian document format, lines
// kept.
func nodeText(b *strings.Builder, v value, depth int) {
	const note = "[nested too deeply]"
	switch {
	case b.Len() > maxText:
		return
	case depth > maxNodes:
		if !strings.HasSuffix(b.String(), note) {
			b.WriteString(note)
		}
		return
	}
	attrs := v.get("attrs")
	switch kind := v.str("type"); kind {
	case "text":
		nodeWords(b, v)
	case "hardBreak":
		b.WriteByte('\n')
	case "mention":
		b.WriteString("@" + strings.TrimPrefix(mailName(attrs.str("text")), "@"))
	case "emoji":
		b.WriteString(attrs.str("text", "shortName"))
	case "inlineCard", "blockCard", "embedCard":
		b.WriteString(attrs.str("url"))
	case "status":
		b.WriteString(attrs.str("text"))
	case "date":
		if t, err := when.Epoch(attrs.str("timestamp")); err == nil {
			b.WriteString(when.Format(t.Time, when.Day)[:len("2006-01-02")])
		}
	default:
		if kind == "listItem" || kind == "taskItem" {
			if !strings.HasSuffix(b.String(), "\n") {
				b.WriteByte('\n')
			}
			b.WriteString("- ")
		}
		for _, item := range v.get("content").items() {
			nodeText(b, item, depth+1)
		}
		if nodeEnds(kind) {
			b.WriteByte('\n')
		}
	}
}

// nodeWords writes a run of text; code has ticks, so that nobody takes what
// stands in it for prose.
func nodeWords(b *strings.Builder, v value) {
	tick := ""
	for _, mark := range v.get("marks").items() {
		if mark.str("type") == "code" {
			tick = "`"
		}
	}
	b.WriteString(tick + v.str("text") + tick)
}

// nodeEnds reports whether a node ends its line.
func nodeEnds(kind string) bool {
	switch kind {
	case "paragraph", "heading", "codeBlock", "blockquote", "rule", "tableRow", "panel", "decisionItem", "taskItem":
		return true
	}
	return false
}

// wikiMarks is wiki markup and what it says.
var wikiMarks = []struct {
	shape *pattern
	text  string
}{
	{expression(`(?m)^h[1-6]\.\s*`), ""},
	{expression(`(?m)^bq\.\s*`), ""},
	{expression(`(?m)^[ \t]*[*#-]+[ \t]+`), "- "},
	{expression(`\{(?:color|panel|quote|anchor)(?::[^{}\n]*)?\}`), ""},
	{expression(`\{(?:code|noformat)(?::[^{}\n]*)?\}`), "```"},
	{expression(`\[~(?:accountid:)?([^\[\]|\n]+)\]`), "@$1"},
	{expression(`\[([^\[\]|\n]+)\|(?:mailto:)?[^\[\]\n]+\]`), "$1"},
	{expression(`\[((?:https?|ftp)://[^\[\]|\s]+)\]`), "$1"},
	{expression(`!([\w .-]+\.(?:png|jpe?g|gif|svg))(?:\|[^!\n]*)?!`), "[file $1]"},
	{expression(`\{\{([^{}\n]+)\}\}`), "`$1`"},
	{expression(`(?m)\|\|?`), " "},
}

// wikiText turns Jira's wiki markup into plain text with its lines kept.
func wikiText(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for _, m := range wikiMarks {
		text = m.shape.ReplaceAllString(text, m.text)
	}
	return tidyLines(withoutMarks(text))
}
