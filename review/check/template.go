package check

import (
	"regexp"
	"slices"
	"strings"

	"pir/review/document"
)

// prompt is what a template asks of the writer.
var prompt = regexp.MustCompile(`(?s)<!--\s*Write:\s*(.*?)\s*-->`)

// unanswered are sentences that our templates put where nothing is known, for
// the writer to replace.
var unanswered = []string{
	"Nobody has written a lesson down yet.",
	"The evidence holds no advice for customers.",
	"Nothing in the records was recognised as an attempt to mitigate.",
	"The cause is not known: nothing in the records was recognised as the cause.",
	"No action is on record. What will keep this from happening again, or make it hurt less?",
}

// prompts finds what the template wrote and nobody touched.
func prompts(p *page) {
	for _, m := range prompt.FindAllSubmatchIndex(p.bare, -1) {
		what := strings.Join(strings.Fields(string(p.Source[m[2]:m[3]])), " ")
		p.add(document.Span{Start: m[0], End: m[1]}, "not answered yet: "+clip(what, 120))
	}
	p.blocks(func(_ *document.Section, b *document.Block) {
		if b.Kind == document.Paragraph && slices.Contains(unanswered, b.Text) {
			p.add(b.Span, "as the template wrote it: "+clip(b.Text, 120))
		}
	})
}

// Words that stand for text that is to come.
var placeholder = regexp.MustCompile(`\b(?:TODO|TBD|TBC|FIXME|XXX)\b|(?i:\blorem ipsum\b)|\{\{[^{}\n]*\}\}|\?\?\?+` +
	`|\b(?:YYYY-MM-DD|DD/MM/YYYY|MM/DD/YYYY|HH:MM(?::SS)?|[Xx]{2}:[Xx]{2})\b` +
	`|\[(?i:insert|your|describe|name of|date of|fill in|to be filled|add)\b[^\[\]\n]*\]`)

// placeholders finds them in prose.
func placeholders(p *page) {
	states := map[int]bool{} // cells that are the state of an action
	p.blocks(func(_ *document.Section, b *document.Block) {
		for _, r := range b.Rows {
			for _, c := range r.Cells {
				states[c.Start] = strings.EqualFold(c.Text, "todo")
			}
		}
	})
	p.matches(p.prose, placeholder, func(at document.Span, text string) {
		if end := at.End; states[at.Start] || end < len(p.Source) && p.Source[end] == '(' {
			return // the state of an action, a link
		}
		p.add(at, "a placeholder: "+clip(text, 60))
	})
}

// clip cuts a text at n characters.
func clip(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}
