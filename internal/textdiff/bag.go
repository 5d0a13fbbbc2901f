package textdiff

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Bag is the words of a text without their order, to tell quickly how alike two
// texts are.
type Bag struct {
	words  []word // ascending
	weight int
}

type word struct {
	hash   uint64
	weight int
}

// maxBag is how many bytes of a text are looked at.
const maxBag = 1 << 14

// NewBag takes the words of a text. Case, white space and punctuation do not
// count; long words weigh more than short ones, numbers as much as long words.
func NewBag(text string) Bag {
	if len(text) > maxBag {
		text = text[:maxBag]
	}
	var b Bag
	for _, t := range Tokens(valid(text)) {
		r, _ := utf8.DecodeRuneInString(t)
		if !wordRune(r) {
			continue
		}
		n := min(utf8.RuneCountInString(t), 8)
		if digit(r) {
			n = max(n, 4)
		}
		b.words = append(b.words, word{hashOf(strings.ToLower(t)), n})
		b.weight += n
	}
	slices.SortFunc(b.words, func(x, y word) int {
		switch {
		case x.hash < y.hash:
			return -1
		case x.hash > y.hash:
			return 1
		}
		return 0
	})
	return b
}

// Empty reports whether the text has no words.
func (b Bag) Empty() bool { return b.weight == 0 }

// Words calls f for each different word, as a number, with its weight; in no
// order that means anything.
func (b Bag) Words(f func(id uint64, weight int)) {
	for i, w := range b.words {
		if i == 0 || b.words[i-1].hash != w.hash {
			f(w.hash, w.weight)
		}
	}
}

// Alike says how much two texts have in common, from 0 to 1000: twice the weight
// of the common words by that of all.
func (b Bag) Alike(other Bag) int {
	if b.weight+other.weight == 0 {
		return 1000
	}
	same := 0
	for i, j := 0, 0; i < len(b.words) && j < len(other.words); {
		x, y := b.words[i], other.words[j]
		switch {
		case x.hash < y.hash:
			i++
		case x.hash > y.hash:
			j++
		default:
			same += x.weight
			i, j = i+1, j+1
		}
	}
	return 2000 * same / (b.weight + other.weight)
}

// Alike says how much two texts have in common, from 0 to 1000.
func Alike(a, b string) int { return NewBag(a).Alike(NewBag(b)) }

// hashOf is FNV-1a: the same on every machine.
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	return h
}
