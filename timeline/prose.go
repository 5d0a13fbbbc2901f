package timeline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of prose, with what stands between it and the word before.
type word struct {
	start, end int
	text       string // lower case, with a plain apostrophe
	cut        int    // how strongly it is set off from the word before: 0 not, 1 by a comma or "and", 2 by more
	ends       bool   // a sentence begins here
	masked     bool   // part of a time or a length of time: no phrase is read from it
}

// maxProse bounds how much of a text is read for stated times.
const maxProse = 256 << 10

// splitWords reads the words of a text.
func splitWords(text string) []word {
	var out []word
	gap := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			i += n
			continue
		}
		start := i
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if !isWordRune(r) && !(apostrophe(r) && i+n < len(text) && isWordRune(runeAt(text, i+n))) {
				break
			}
			i += n
		}
		w := word{start: start, end: i, text: strings.ReplaceAll(strings.ToLower(text[start:i]), "’", "'")}
		between := text[gap:start]
		w.cut = cutOf(between)
		previous := ""
		if len(out) > 0 {
			previous = out[len(out)-1].text
		}
		w.ends = len(out) == 0 || endsSentence(between, previous, text[start:])
		if w.ends {
			w.cut = 2
		}
		out = append(out, w)
		gap = i
	}
	return out
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '%'
}
func apostrophe(r rune) bool { return r == '\'' || r == '’' }

func runeAt(s string, i int) rune {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r
}

// cutOf says how strongly punctuation divides.
func cutOf(between string) int {
	switch {
	case strings.ContainsAny(between, ";()|") || strings.Contains(between, "—") || strings.Contains(between, " – ") || strings.Contains(between, " - "):
		return 2
	case strings.ContainsAny(between, ",:"):
		return 1
	}
	return 0
}

// endsSentence reports whether what stands between two words ends a sentence:
// a full stop that is not one of an abbreviation, an empty line, or a line
// break before a list item, a clock, or after a line that ends.
func endsSentence(between, previous, rest string) bool {
	if i := strings.IndexAny(between, ".!?"); i >= 0 {
		spaced := i+1 < len(between) || rest == ""
		if spaced && !(between[i] == '.' && abbreviation(previous) && strings.TrimSpace(between) == ".") {
			return true
		}
	}
	i := strings.IndexByte(between, '\n')
	if i < 0 {
		return false
	}
	after := strings.TrimLeft(between[i:], " \t\r\n")
	if strings.Count(between, "\n") > 1 || strings.ContainsAny(strings.TrimSpace(between[:i]), ":;") {
		return true
	}
	if after != "" && strings.ContainsAny(after[:1], "-*>#|[~+") || strings.HasPrefix(after, "•") || strings.HasPrefix(after, "–") {
		return true
	}
	return len(rest) > 4 && isDigit(rest[0]) && strings.ContainsAny(rest[:5], ":")
}

func abbreviation(word string) bool {
	switch word {
	case "approx", "ca", "c", "e", "g", "i", "vs", "no", "a", "p", "m", "dr", "mr", "ms", "st", "inc", "etc":
		return true
	}
	return false
}

// maxSentence is how many words a sentence may have; a longer one is divided.
const maxSentence = 300

// splitSentences gives the ranges of words that are sentences.
func splitSentences(words []word) [][2]int {
	var out [][2]int
	for i := range words {
		if words[i].ends || len(out) == 0 || i-out[len(out)-1][0] >= maxSentence {
			out = append(out, [2]int{i, i})
		}
		out[len(out)-1][1] = i + 1
	}
	return out
}

// hasWord reports whether text holds name as a whole word or words, ignoring
// case.
func hasWord(text, name string) bool {
	if name == "" {
		return false
	}
	text, name = strings.ToLower(text), strings.ToLower(name)
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		j := i + len(name)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[j:])
		if (i == 0 || !isWordRune(before)) && (j == len(text) || !isWordRune(after)) {
			return true
		}
		from = i + 1
	}
}
