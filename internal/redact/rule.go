package redact

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Rule is one thing that is looked for.
type Rule struct {
	Name string // "github-token"; never given to another rule
	Kind string // what its placeholders are called: "token" gives [token-1]
	Doc  string // what it finds, in one line
	// Secret says that it opens something: it is masked for everybody. The others
	// tell who somebody is or how a house is built, and are masked for outsiders.
	Secret bool
	// Keywords are in lower case. Only text near one of them is looked at; none
	// means all of it.
	Keywords []string
	Pattern  string // RE2
	Group    int    // of the pattern, that holds the value; 0 is the last one that took part, else all
	// Broken says that the value is known even where a line break parts it.
	Broken bool
	// Whole looks at all of the text where a keyword is in it anywhere.
	Whole bool

	near   func(text string, in window) []window              // where to look; nil is around the keywords
	narrow func(text string, start, end int) (int, int, bool) // the value proper, and whether it is one; nil takes all
	Fires  []string                                           // texts in which it finds one
	Spares []string                                           // texts in which it finds none
}

// Rules are all rules, the more particular ones first.
func Rules() []Rule {
	return slices.Concat(keyRules, vendorRules, webRules, wordRules, numberRules, placeRules)
}

// Own makes a rule of a user's regular expression. The value is its first group,
// or all of it where it has none. It finds what both outsiders and insiders
// should not see.
func Own(name, pattern string) (Rule, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return Rule{}, err
	}
	if re.MatchString("") {
		return Rule{}, fmt.Errorf("%q is found in every text, the empty one too", pattern)
	}
	if re.MatchString("[" + kindOf(name) + "-1]") {
		return Rule{}, fmt.Errorf("%q is found in its own placeholder, [%s-1]", pattern, kindOf(name))
	}
	return Rule{
		Name: name, Kind: kindOf(name), Doc: "described by the user", Secret: true,
		Pattern: pattern, Group: min(1, re.NumSubexp()),
	}, nil
}

// kindOf is a name as placeholders have it: small letters and hyphens.
func kindOf(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if kind := strings.Trim(b.String(), "-"); kind != "" {
		return kind
	}
	return "own"
}

// compiled is a rule that is ready for use.
type compiled struct {
	*Rule
	re *regexp.Regexp
}

func compile(rules []Rule) []compiled {
	list := make([]compiled, len(rules))
	for i := range rules {
		list[i] = compiled{&rules[i], regexp.MustCompile(rules[i].Pattern)}
	}
	return list
}

// ruleSet is a list of rules with an index of their keywords.
type ruleSet struct {
	rules []compiled
	one   [256][]keyword // keywords of one byte
	two   map[uint16]int // lists of the others, by their first two bytes
	first [1 << 13]uint8 // a bit for each pair of bytes that begins one
	lists [][]keyword
}

// keyword is one of a rule.
type keyword struct {
	rule int
	word string
}

func newRuleSet(rules []compiled) *ruleSet {
	s := &ruleSet{rules: rules, two: map[uint16]int{}}
	for i, c := range rules {
		if c.near != nil {
			continue
		}
		for _, k := range c.Keywords {
			if len(k) == 1 {
				s.one[k[0]] = append(s.one[k[0]], keyword{i, k})
				continue
			}
			pair := uint16(k[0])<<8 | uint16(k[1])
			at, known := s.two[pair]
			if !known {
				at = len(s.lists)
				s.two[pair] = at
				s.first[pair>>3] |= 1 << (pair & 7)
				s.lists = append(s.lists, nil)
			}
			s.lists[at] = append(s.lists[at], keyword{i, k})
		}
	}
	return s
}

// The rules of the table, compiled when they are first asked for: what opens
// something, and all.
var (
	secretRules = sync.OnceValue(func() *ruleSet {
		all := allRules().rules
		return newRuleSet(slices.DeleteFunc(slices.Clone(all), func(c compiled) bool { return !c.Secret }))
	})
	allRules = sync.OnceValue(func() *ruleSet { return newRuleSet(compile(Rules())) })
)

// placeholder is what stands in the place of a value, in addresses too.
var placeholder = regexp.MustCompile(`(?:\[|%5[Bb])([a-z]+(?:-[a-z]+)*)-([0-9]+)(?:\]|%5[Dd])`)
