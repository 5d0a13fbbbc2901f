package incident

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pir/internal/yaml"
	"pir/timeline"
)

// What a draft masks, as review.redact has it.
const (
	RedactSecrets = "secrets" // keys, tokens and passwords; the default
	RedactAll     = "all"     // addresses and the like as well
	RedactOff     = "off"
)

// Redaction is what pir.yaml says about what is masked and from whom.
type Redaction struct {
	Drafts   string            // of RedactSecrets and its neighbours; empty is the default
	Patterns []Pattern         // what else is masked
	People   []timeline.Person // who is who
	Internal []string          // ids of events that no customer sees
}

// Pattern is a regular expression of the user's for what is masked.
type Pattern struct {
	Name, Match string
	At          timeline.Origin
}

// unmatchedPeople tells of people in pir.yaml whom nothing that was read names.
func (r *reader) unmatchedPeople() {
	c := r.plan.config
	for i, p := range c.people {
		words := strings.FieldsFunc(strings.ToLower(p.Match), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		named := func(text string) bool {
			text = strings.ToLower(text)
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
		}
		if slices.ContainsFunc(r.events, func(e timeline.Event) bool {
			return named(e.Actor) || named(e.Title) || named(e.Body) || named(e.Raw)
		}) || slices.ContainsFunc(c.actions, func(a timeline.Action) bool { return named(a.Owner) || named(a.Text) }) {
			continue
		}
		at := c.peopleAt[i]
		r.warn(timeline.WarnUnmatchedCuration, at.Origin+": nothing that was read names "+strconv.Quote(p.Match), at)
	}
}

// readRedact reads redact: what a house masks besides.
func (c *config) readRedact(n *yaml.Node) error {
	return each(n, []string{"name", "match"}, func(f *fieldReader) {
		p := Pattern{Name: f.need("name"), Match: f.need("match"), At: c.origin(f.node)}
		if _, err := regexp.Compile(p.Match); err != nil && f.err == nil {
			f.err = f.get("match").Errorf("match: %v", err)
		}
		c.Redaction.Patterns = append(c.Redaction.Patterns, p)
	})
}
