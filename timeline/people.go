package timeline

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How people are called in the output, as Settings.People has it.
const (
	PeopleNames = "names" // as the records name them
	PeopleRoles = "roles" // by their role in pir.yaml, else responder-1, responder-2 …
)

// Person gives whoever a record names a role, from people: in pir.yaml.
type Person struct {
	Match string // words that must all stand in the name, in any case
	Role  string
}

// someone is a person as the records name them.
type someone struct {
	words []string // of the name, in lower case
	caps  bool     // written with capitals
	role  string
}

// cast is who is called what. It is never part of the output.
type cast struct {
	given   []Person
	list    []*someone
	roles   map[string]string // by the actor as records have it
	aliases aliases
	taken   map[string]int // how many have a role
	unnamed int
}

// functions are names under which nobody in person acts.
var functions = []string{
	"oncall", "on call", "on-call", "ops", "sre", "admin", "root", "system", "bot", "api", "monitor", "monitoring", "support", "customer",
	"everyone", "noc", "team", "user", "nobody", "unknown", "automation", "scheduler", "deploy", "deployer", "ci", "github", "gitlab",
	"jenkins", "pagerduty", "alertmanager", "grafana", "opsgenie", "slackbot", "kubernetes", "argocd", "jira", "statuspage", "prometheus",
}

func impersonal(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains(functions, name) || strings.HasSuffix(name, "[bot]") || strings.HasSuffix(name, "-bot") ||
		strings.HasSuffix(name, " bot") || strings.HasPrefix(name, "responder-")
}

// newCast decides who is called what, in the order of first appearance in
// time, so that the same inputs give the same roles.
func newCast(t *Timeline, people []Person) *cast {
	c := &cast{given: people, roles: map[string]string{}, taken: map[string]int{}}
	for i := range t.Events {
		if e := &t.Events[i]; !e.HasFlag(FlagBot) {
			c.add(e.Actor)
		}
	}
	for i := range t.Actions {
		c.add(t.Actions[i].Owner)
	}
	all := slices.Clone(c.list)
	for _, p := range people {
		if words := nameWords(p.Match); len(words) > 0 { // who is only talked of has a role too
			all = append(all, &someone{words: words, caps: strings.ToLower(p.Match) != p.Match, role: p.Role})
		}
	}
	c.aliases = newAliases(all)
	c.addIDs(t)
	return c
}

// userID is how a record of a chat names a person: as who wrote it, or in its
// text.
var userID = regexp.MustCompile(`"user":"([UW][A-Z0-9]*[0-9][A-Z0-9]*)"|<@([UW][A-Z0-9]*[0-9][A-Z0-9]*)\b`)

// addIDs takes the ids of people for names, too: whose they are tell the records
// of what they wrote. Anybody else's is "a responder".
func (c *cast) addIDs(t *Timeline) {
	roles := map[string]string{}
	var order []string
	for i := range t.Events {
		e := &t.Events[i]
		if !strings.Contains(e.Raw, `"user":"`) && !strings.Contains(e.Raw, "<@") {
			continue
		}
		writer := c.roles[e.Actor]
		for _, m := range userID.FindAllStringSubmatch(e.Raw, -1) {
			id := strings.ToLower(m[1] + m[2])
			if _, known := roles[id]; !known {
				order = append(order, id)
				roles[id] = ""
			}
			if m[1] != "" && !e.HasFlag(FlagBot) {
				roles[id] = cmp.Or(roles[id], writer)
				writer = "" // the first one wrote it
			}
		}
	}
	for _, id := range order {
		c.aliases.add([]string{id}, cmp.Or(roles[id], someResponder), false)
	}
}

func (c *cast) add(actor string) {
	name, role := c.splitRole(actor)
	words := nameWords(name)
	if _, known := c.roles[actor]; known || len(words) == 0 || impersonal(name) {
		return
	}
	who := c.known(words)
	if who == nil {
		who = &someone{words: words, role: c.roleOf(words, role)}
		c.list = append(c.list, who)
	}
	if len(words) > len(who.words) {
		who.words = words // "ilse", and later "Ilse Bakker"
	}
	who.caps = who.caps || strings.ToLower(name) != name
	c.roles[actor] = who.role
}

// splitRole divides "Ilse Bakker (on call)". What people put behind their own
// names, such as pronouns, is no role.
func (c *cast) splitRole(actor string) (name, role string) {
	at := strings.LastIndex(actor, " (")
	if at < 1 || !strings.HasSuffix(actor, ")") {
		return actor, ""
	}
	name, role = actor[:at], actor[at+2:len(actor)-1]
	given := slices.ContainsFunc(c.given, func(p Person) bool { return p.Role == role })
	if !given && (len(c.given) > 0 || strings.ContainsAny(role, "/0123456789")) {
		role = ""
	}
	return name, role
}

// known is the one person whose name holds these words, or is held by them.
// Where several do, it may be any of them: nobody.
func (c *cast) known(words []string) *someone {
	var found *someone
	for _, s := range c.list {
		switch {
		case slices.Equal(s.words, words):
			return s
		case !holds(s.words, words) && !holds(words, s.words):
		case found != nil:
			return nil
		default:
			found = s
		}
	}
	return found
}

func holds(all, some []string) bool {
	for _, w := range some {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return len(some) > 0
}

func (c *cast) roleOf(words []string, role string) string {
	for _, p := range c.given {
		if role == "" && holds(words, nameWords(p.Match)) {
			role = p.Role
		}
	}
	if role == "" {
		c.unnamed++
		return "responder-" + strconv.Itoa(c.unnamed)
	}
	c.taken[role]++
	if n := c.taken[role]; n > 1 {
		return role + " " + strconv.Itoa(n)
	}
	return role
}

// nameWords are the words of a name in lower case: Dana Kim, dana.kim and
// dana_kim@example.com have the same.
func nameWords(name string) []string {
	if at := strings.IndexByte(name, '@'); at > 0 {
		name = name[:at]
	}
	var out []string
	for _, p := range nameParts(name) {
		out = append(out, strings.ToLower(name[p[0]:p[1]]))
	}
	return out
}

// nameParts are the places of the words of a text, as names divide them: at
// all that is neither letter nor digit.
func nameParts(text string) [][2]int {
	var out [][2]int
	start := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if inside && start < 0 {
			start = i
		}
		if !inside && start >= 0 {
			out = append(out, [2]int{start, i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, [2]int{start, len(text)})
	}
	return out
}

// alias is a way in which a text may name somebody.
type alias struct {
	words   []string // in lower case
	role    string
	capital bool // only with a capital or behind an @: part of a name may be a word
}

// aliases are filed by their first word, the longer ones first.
type aliases map[string][]alias

// particles are parts of names that name nobody.
var particles = []string{"de", "da", "di", "du", "der", "den", "van", "von", "le", "la", "el", "al", "bin", "ter", "ten", "dos", "jr", "sr", "dr", "mr", "ms"}

// newAliases files the ways to name each person: the whole name, its parts,
// an initial with the last name, and the handles that are made of them. A part
// that several share is "a responder".
func newAliases(list []*someone) aliases {
	a := aliases{}
	for _, s := range list {
		n := len(s.words)
		first, last := s.words[0], s.words[n-1]
		a.add(s.words, s.role, n == 1 && s.caps)
		if n == 1 {
			continue
		}
		a.add([]string{last, first}, s.role, false)
		for _, w := range s.words {
			if utf8.RuneCountInString(w) > 1 && !slices.Contains(particles, w) {
				a.add([]string{w}, s.role, true)
			}
		}
		initial, _ := utf8.DecodeRuneInString(first)
		a.add([]string{string(initial), last}, s.role, true)
		if len(last) > 3 {
			a.add([]string{string(initial) + last}, s.role, false)
		}
		a.add([]string{first + last}, s.role, false)
	}
	return a
}

const someResponder = "a responder"

func (a aliases) add(words []string, role string, capital bool) {
	if len(words) == 0 || role == "" {
		return
	}
	list := a[words[0]]
	for i := range list {
		if slices.Equal(list[i].words, words) {
			if list[i].role != role && capital {
				list[i].role = someResponder
			}
			return
		}
	}
	list = append(list, alias{words, role, capital})
	slices.SortStableFunc(list, func(x, y alias) int { return len(y.words) - len(x.words) })
	a[words[0]] = list
}

// hide replaces the names in a text.
func (a aliases) hide(text string) string {
	if len(a) == 0 || text == "" {
		return text
	}
	parts := nameParts(text)
	var out strings.Builder
	done := 0
	for i := 0; i < len(parts); i++ {
		role, n := a.at(text, parts, i)
		if n == 0 {
			continue
		}
		out.WriteString(text[done:parts[i][0]])
		out.WriteString(role)
		done = parts[i+n-1][1]
		i += n - 1
	}
	if done == 0 {
		return text
	}
	return out.String() + text[done:]
}

// at is the role of the name that begins with a word, and of how many words it
// is; 0 is no name.
func (a aliases) at(text string, parts [][2]int, i int) (string, int) {
	for _, s := range a[strings.ToLower(text[parts[i][0]:parts[i][1]])] {
		n := len(s.words)
		if i+n > len(parts) || s.capital && !raised(text, parts, i) {
			continue
		}
		same := true
		for k := 1; k < n && same; k++ {
			gap := text[parts[i+k-1][1]:parts[i+k][0]]
			same = strings.ToLower(text[parts[i+k][0]:parts[i+k][1]]) == s.words[k] && slices.Contains([]string{" ", ".", "_", "-", "  ", ". ", ", ", "\u00a0"}, gap)
		}
		if same {
			return s.role, n
		}
	}
	return "", 0
}

// raised reports whether a word is written as a name: with a capital or behind
// an @. A month beside a number is none.
func raised(text string, parts [][2]int, i int) bool {
	p := parts[i]
	if p[0] > 0 && text[p[0]-1] == '@' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[p[0]:])
	month := slices.Contains([]string{"april", "may", "june", "august", "jan", "mar", "jun"}, strings.ToLower(text[p[0]:p[1]]))
	number := i > 0 && isDigit(text[parts[i-1][0]]) && parts[i-1][1]-parts[i-1][0] < 3 || i+1 < len(parts) && isDigit(text[parts[i+1][0]])
	return unicode.IsUpper(r) && !(month && number)
}
