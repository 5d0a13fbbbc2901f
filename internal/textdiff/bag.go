package textdiff

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Bag is the words of a text without their order, to tell quickly how alike two
// texts are.
type Bag struct {
	words  []uint64 // ascending: the hash of a word, its weight in the lowest bits
	weight int
}

// weightBits are the bits of a word that hold its weight.
const weightBits = 15

// maxBag is how many bytes of a text are looked at.
const maxBag = 1 << 14

// NewBag takes the words of a text. Case, white space and punctuation do not
// count; long words weigh more than short ones, numbers as much as long words.
func NewBag(text string) Bag {
	if len(text) > maxBag {
		text = text[:maxBag]
	}
	text = valid(text)
	b := Bag{words: make([]uint64, 0, len(text)/6+1)}
	for n := 0; len(text) > 0; text = text[n:] {
		n = tokenLength(text)
		r, _ := utf8.DecodeRuneInString(text)
		if !wordRune(r) {
			continue
		}
		hash, ascii := hashOf(text[:n])
		weight := n
		if !ascii {
			hash, _ = hashOf(strings.ToLower(text[:n]))
			weight = utf8.RuneCountInString(text[:n])
		}
		weight = min(weight, 8)
		if digit(r) {
			weight = max(weight, 4)
		}
		b.words = append(b.words, hash&^weightBits|uint64(weight))
		b.weight += weight
	}
	slices.Sort(b.words)
	return b
}

// Join gives the words of several texts together.
func Join(bags []Bag) Bag {
	var all Bag
	for _, b := range bags {
		all.words = append(all.words, b.words...)
		all.weight += b.weight
		if len(all.words) > maxBag/4 {
			break
		}
	}
	slices.Sort(all.words)
	return all
}

// Empty reports whether the text has no words.
func (b Bag) Empty() bool { return b.weight == 0 }

// Words calls f for each different word, as a number, with its weight; in no
// order that means anything.
func (b Bag) Words(f func(id uint64, weight int)) {
	for i, w := range b.words {
		if i == 0 || b.words[i-1] != w {
			f(w, int(w&weightBits))
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
		case x < y:
			i++
		case x > y:
			j++
		default:
			same += int(x & weightBits)
			i, j = i+1, j+1
		}
	}
	return 2000 * same / (b.weight + other.weight)
}

// Alike says how much two texts have in common, from 0 to 1000.
func Alike(a, b string) int { return NewBag(a).Alike(NewBag(b)) }

// hashOf is FNV-1a over the text with small letters: the same on every machine.
// It reports whether the text is ASCII; of another the case still counts.
func hashOf(s string) (hash uint64, ascii bool) {
	hash, ascii = 14695981039346656037, true
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		ascii = ascii && c < utf8.RuneSelf
		hash ^= uint64(c)
		hash *= 1099511628211
	}
	return hash, ascii
}
