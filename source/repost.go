package source

import (
	"strings"

	"pir/timeline"
)

// tellNew puts on an event what its post says that the post before it did not.
// Providers post the whole text again with a sentence changed: a reader wants
// the sentence. A post that is mostly new keeps all of its words.
func tellNew(e *timeline.Event, before, text string) {
	e.Body = text
	fresh, repeated := newWords(before, text)
	if repeated*2 < len(text) || repeated == 0 {
		return
	}
	e.Body = fresh
	addFlag(e, timeline.FlagNewWords)
}

// newWords takes the sentences off a text that stand in another one, and tells
// how many bytes they had.
func newWords(before, text string) (fresh string, repeated int) {
	known := map[string]bool{}
	for _, line := range strings.Split(before, "\n") {
		for _, sentence := range sentences(line) {
			known[sentence] = true
		}
	}
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		var kept []string
		for _, sentence := range sentences(line) {
			if known[sentence] {
				repeated += len(sentence)
				continue
			}
			kept = append(kept, sentence)
		}
		lines = append(lines, strings.Join(kept, " "))
	}
	return tidyLines(strings.Join(lines, "\n")), repeated
}

// sentences splits a line where a sentence ends.
func sentences(line string) []string {
	var list []string
	for line = strings.TrimSpace(line); line != ""; {
		end := sentenceEnd(line)
		if end == 0 {
			end = len(line)
		}
		list = append(list, strings.TrimSpace(line[:end]))
		line = strings.TrimSpace(line[end:])
	}
	return list
}

var (
	headingMarks = expression(`^\s{0,3}(?:\\?#)+\s+(?:(?:\\?#)+\s*)?`)
	listMarks    = expression(`^(\s*)[*+]\s+`)
)

// markdownText turns Markdown into plain text with its lines kept.
func markdownText(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimSuffix(strings.TrimRight(line, " \t"), `\`)
		line = headingMarks.ReplaceAllString(line, "")
		lines[i] = inlineText(listMarks.ReplaceAllString(line, "$1- "))
	}
	return withoutSecrets(plainText(strings.Join(lines, "\n")))
}
