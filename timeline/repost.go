package timeline

import (
	"slices"
	"strings"
)

// tellNewWords takes off the posts of a status page what the post before them
// said already: a page posts its whole text again with a sentence changed, and
// a reader wants the sentence. What the posts state was read before.
func (b *builder) tellNewWords() {
	type page struct{ source, group string }
	groups := map[page][]*Event{}
	var order []page
	for i := range b.events {
		e := &b.events[i]
		if e.Kind != KindStatus || e.Group == "" || e.Time.IsZero() {
			continue
		}
		p := page{e.Source, e.Group}
		if groups[p] == nil {
			order = append(order, p)
		}
		groups[p] = append(groups[p], e)
	}
	for _, p := range order {
		list := groups[p]
		slices.SortFunc(list, compareEvents)
		before := ""
		for _, e := range list {
			if e.HasFlag(FlagNewWords) {
				break // its reader has done it
			}
			text := e.Body
			if fresh, repeated := newSentences(before, text); repeated > 0 && repeated*2 >= len(text) {
				e.Body = fresh
				e.addFlag(FlagNewWords)
			}
			before = text
		}
	}
}

// newSentences takes the sentences off a text that stand in another one, and
// tells how many bytes they had.
func newSentences(before, text string) (fresh string, repeated int) {
	known := map[string]bool{}
	for _, s := range sentencesOf(before) {
		known[strings.TrimSpace(s)] = true
	}
	var b strings.Builder
	for _, s := range sentencesOf(text) {
		if plain := strings.TrimSpace(s); plain == "" || !known[plain] {
			b.WriteString(s)
			continue
		}
		repeated += len(s)
	}
	var lines []string
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n"), repeated
}

// sentencesOf divides a text behind its full stops and at its lines; nothing
// is lost.
func sentencesOf(text string) []string {
	var out []string
	start := 0
	for i := range len(text) {
		stop := text[i] == '\n' || strings.IndexByte(".!?", text[i]) >= 0 && i+1 < len(text) && text[i+1] == ' '
		if stop {
			out = append(out, text[start:i+1])
			start = i + 1
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}
