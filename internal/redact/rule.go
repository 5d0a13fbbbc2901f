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

// builtin are the rules of the table, compiled when they are first asked for.
var builtin = sync.OnceValue(func() []compiled { return compile(Rules()) })

// placeholder is what stands in the place of a value, in addresses too.
var placeholder = regexp.MustCompile(`(?:\[|%5[Bb])([a-z]+(?:-[a-z]+)*)-([0-9]+)(?:\]|%5[Dd])`)
