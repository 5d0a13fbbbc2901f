package source

import (
	"html"
	"strings"
)

var (
	linkText   = expression(`!?\[([^\[\]]*)\]\((<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)`)
	imageMark  = expression(`!\[[^\[\]]*\]\([^()]*\)`)
	linkURL    = expression(`\]\(<?(https?://[^()\s<>]+)`)
	bareURL    = expression(`https?://[^\s<>()\]]+`)
	strongText = expression(`\*\*(\S(?:[^*]*\S)?)\*\*|__(\S(?:[^_]*\S)?)__`)
	italicText = expression(`(^|[\s("'\[])(?:\*([^\s*](?:[^*]*[^\s*])?)\*|_([^\s_](?:[^_]*[^\s_])?)_)($|[\s).,:;!?"'\]])`)
	escaped    = expression("\\\\([\\\\`*_{}\\[\\]()#+\\-.!<>|~])")
)

// inlineText takes the inline marks of Markdown off a text: emphasis, links,
// escapes and entities. Code spans keep their ticks, so that nobody takes what
// stands in them for prose.
func inlineText(text string) string {
	if !strings.ContainsAny(text, "*_[\\&`") {
		return text
	}
	parts := strings.Split(text, "`")
	for i := range parts {
		if i%2 == 1 && i < len(parts)-1 {
			continue // inside ticks
		}
		part := linkText.ReplaceAllString(parts[i], "$1")
		part = strongText.ReplaceAllString(part, "$1$2")
		part = italicText.ReplaceAllString(part, "$1$2$3$4")
		part = escaped.ReplaceAllString(part, "$1")
		parts[i] = html.UnescapeString(part)
	}
	return strings.Join(parts, "`")
}

// firstURL is the first address in a text of Markdown to which it leads. A
// picture is shown and not led to.
func firstURL(text string) string {
	text = imageMark.ReplaceAllString(text, "")
	if m := linkURL.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return strings.TrimRight(bareURL.FindString(text), ".,;:!?'\"*_`")
}
