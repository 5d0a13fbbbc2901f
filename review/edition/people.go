package edition

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pir/internal/redact"
	"pir/timeline"
)

// functions are names under which nobody in person acts.
var functions = []string{
	"oncall", "ops", "sre", "admin", "root", "system", "bot", "api", "monitor", "monitoring", "support", "customer", "customers", "everyone", "noc",
	"team", "teams", "user", "users", "nobody", "unknown", "automation", "scheduler", "deploy", "deployer", "ci", "github", "gitlab", "jenkins", "pagerduty",
	"alertmanager", "grafana", "opsgenie", "slackbot", "kubernetes", "argocd", "jira", "statuspage", "prometheus", "engineering", "security",
	"platform", "infrastructure", "network", "database", "operations", "responder", "call", "incident", "commander", "lead", "manager", "engineer",
	"engineers", "scribe", "officer", "liaison", "duty", "captain", "operator", "desk", "service",
}

// people are those whom the page may name, with what they are called: by
// pir.yaml, by the sidecar, and by who owns actions.
func (e *Edition) people() []redact.Person {
	c := &cast{given: e.opt.People, teams: e.teams(), taken: map[string]int{}}
	if e.doc.Sidecar != nil {
		t := e.doc.Sidecar.Timeline
		for i := range t.Events {
			if ev := &t.Events[i]; !ev.HasFlag(timeline.FlagBot) {
				c.add(ev.Actor, false)
			}
		}
		for i := range t.Actions {
			c.add(t.Actions[i].Owner, true)
		}
	} else if len(e.opt.People) == 0 {
		e.note("there is no .pir.json beside the review and no people: in a pir.yaml, so only owners of actions are known by name; read the page for others")
	}
	for _, a := range e.doc.Facts.Actions {
		c.add(a.Owner, true)
	}
	c.add(e.doc.Front.Owner, true)
	// Who is only talked of has a role too.
	c.list = append(c.list, e.opt.People...)
	if c.unnamed > 0 {
		what := "person has"
		if c.unnamed > 1 {
			what = "people have"
		}
		e.note(strconv.Itoa(c.unnamed) + " " + what + " no role under people: in pir.yaml; the page calls them responder-1 and so on")
	}
	return c.list
}

// teams are names of what is no person: components, regions, sources.
func (e *Edition) teams() []string {
	list := slices.Clone(e.doc.Front.Components)
	list = append(list, e.doc.Front.Tags...)
	if e.doc.Sidecar != nil {
		t := e.doc.Sidecar.Timeline
		list = append(list, t.Incident.Components...)
		for _, s := range t.Sources {
			list = append(list, s.Name, s.Component)
		}
		for i := range t.Events {
			list = append(list, t.Events[i].Components...)
		}
	}
	for i, s := range list {
		list[i] = strings.ToLower(s)
	}
	return list
}

// cast is who is called what.
type cast struct {
	given   []redact.Person
	teams   []string
	list    []redact.Person
	taken   map[string]int
	unnamed int
}

// add takes somebody whom a record names. The owner of something may be a team:
// one in small letters is.
func (c *cast) add(name string, owner bool) {
	name, role := splitRole(name)
	words := wordsOf(name)
	for _, p := range c.given {
		if role == "" && holds(words, wordsOf(p.Name)) {
			role = p.Role
		}
	}
	if len(words) == 0 || slices.Contains(c.teams, strings.ToLower(name)) || role == "" && (impersonal(words) || owner && !personal(name)) {
		return
	}
	for _, p := range c.list {
		if slices.Equal(wordsOf(p.Name), words) {
			return
		}
	}
	// A first name, and later the whole of it.
	for _, p := range c.list {
		if known := wordsOf(p.Name); holds(words, known) || holds(known, words) {
			c.list = append(c.list, redact.Person{Name: name, Role: p.Role})
			return
		}
	}
	if role == "" {
		c.unnamed++
		role = "responder-" + strconv.Itoa(c.unnamed)
	} else if c.taken[role]++; c.taken[role] > 1 {
		role += " " + strconv.Itoa(c.taken[role])
	}
	c.list = append(c.list, redact.Person{Name: name, Role: role})
}

// splitRole divides "Ilse Bakker (on call)".
func splitRole(actor string) (name, role string) {
	at := strings.LastIndex(actor, " (")
	if at < 1 || !strings.HasSuffix(actor, ")") || strings.ContainsAny(actor[at:], "/0123456789@") {
		return actor, ""
	}
	return actor[:at], actor[at+2 : len(actor)-1]
}

// wordsOf are the words of a name in small letters.
func wordsOf(name string) []string {
	if at := strings.IndexByte(name, '@'); at > 0 {
		name = name[:at]
	}
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

func holds(all, some []string) bool {
	for _, w := range some {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return len(some) > 0
}

// impersonal reports a name of a function: "Edge on call", "deploy-bot".
func impersonal(words []string) bool {
	for _, w := range words {
		if slices.Contains(functions, w) {
			return true
		}
	}
	return false
}

// personal reports whether a name is written as that of a person: each word with
// a capital, or a handle.
func personal(name string) bool {
	if strings.ContainsAny(name, "@._") && !strings.Contains(name, " ") {
		return true
	}
	for word := range strings.FieldsSeq(name) {
		r := []rune(word)
		if !unicode.IsUpper(r[0]) && !slices.Contains([]string{"de", "van", "der", "den", "von", "la", "le", "di", "da", "bin", "al"}, word) {
			return false
		}
	}
	return len(strings.Fields(name)) <= 4
}

func (e *Edition) note(text string) {
	if !slices.Contains(e.Notes, text) {
		e.Notes = append(e.Notes, text)
	}
}
