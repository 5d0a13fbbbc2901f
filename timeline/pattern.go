package timeline

import "strings"

// pattern is a phrase to look for, word by word. It is written as words with
// spaces between them, where
//
//	a|b   is either of them
//	ab*   is every word that begins so
//	_     is up to three words
//	__    is up to six words
//	___   is up to twelve words
//	^     in front of the first word stands for the start of a sentence
//	/     in front of the first word stands for a comma, a dash or the start
//	$     behind the last word stands for the end of a clause
type pattern struct {
	steps    []step
	anchored bool
	setOff   bool
	ends     bool
	weight   int // words that it fixes; the heavier one of two that overlap holds
}

type step struct {
	gap   int // up to so many words; 0 is one word of alts
	alts  []string
	stems []string
}

func parsePattern(text string) pattern {
	var p pattern
	if rest, ok := strings.CutPrefix(text, "^"); ok {
		p.anchored, text = true, rest
	}
	if rest, ok := strings.CutPrefix(text, "/"); ok {
		p.setOff, text = true, rest
	}
	if rest, ok := strings.CutSuffix(text, "$"); ok {
		p.ends, text = true, rest
	}
	for _, field := range strings.Fields(text) {
		switch field {
		case "_":
			p.steps = append(p.steps, step{gap: 3})
			continue
		case "__":
			p.steps = append(p.steps, step{gap: 6})
			continue
		case "___":
			p.steps = append(p.steps, step{gap: 12})
			continue
		}
		var s step
		for _, alt := range strings.Split(field, "|") {
			if stem, ok := strings.CutSuffix(alt, "*"); ok {
				s.stems = append(s.stems, stem)
			} else {
				s.alts = append(s.alts, alt)
			}
		}
		p.steps = append(p.steps, s)
		p.weight++
	}
	return p
}

func (s *step) fits(text string) bool {
	for _, a := range s.alts {
		if a == text {
			return true
		}
	}
	for _, stem := range s.stems {
		if strings.HasPrefix(text, stem) {
			return true
		}
	}
	return false
}

// match matches the pattern at word i of a sentence and gives the word behind
// it. It never reaches into a time or over a strong cut, and reads what stands
// in a gap through refuse.
func (p *pattern) match(words []word, i int, refuse func(string) bool) (end int, ok bool) {
	if p.anchored && i > 0 {
		for j := range i {
			if !words[j].masked {
				return 0, false
			}
		}
	}
	if p.setOff && i > 0 && words[i].cut == 0 && !words[i-1].masked {
		return 0, false
	}
	end, ok = matchSteps(p.steps, words, i, i, refuse)
	return end, ok && (!p.ends || end == len(words) || words[end].cut > 0 || conjunction(words[end].text))
}

// conjunction reports whether a word begins another clause.
func conjunction(text string) bool { return text == "and" || text == "but" || text == "so" }

func matchSteps(steps []step, words []word, i, first int, refuse func(string) bool) (int, bool) {
	if len(steps) == 0 {
		return i, true
	}
	s := &steps[0]
	if s.gap > 0 {
		for n := 0; n <= s.gap; n++ {
			if end, ok := matchSteps(steps[1:], words, i+n, first, refuse); ok {
				return end, true
			}
			if i+n >= len(words) || words[i+n].masked || words[i+n].cut > 1 || refuse(words[i+n].text) {
				return 0, false
			}
		}
		return 0, false
	}
	if i >= len(words) || words[i].masked || (i > first && words[i].cut > 1) || !s.fits(words[i].text) {
		return 0, false
	}
	return matchSteps(steps[1:], words, i+1, first, refuse)
}
