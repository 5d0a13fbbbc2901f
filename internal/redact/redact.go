package redact

import (
	"cmp"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Options steer New. The zero value masks what opens something, and nothing
// else.
type Options struct {
	// Identities masks besides who somebody is and how a house is built: e-mail
	// and IP addresses, telephone numbers, names of users, accounts.
	Identities bool
	// People are called by their roles.
	People []Person
	// Own are rules of the user's, which come first.
	Own []Rule
}

// Redactor puts placeholders in the place of values. One is for all texts of a
// document, and for all its editions: it remembers which value has which
// number. It is not for use by several at once.
type Redactor struct {
	own     []compiled
	set     *ruleSet
	aliases aliases
	count   map[string]int    // last number of each kind
	given   map[string]string // placeholder of each value, by kind and value
	list    []Replacement
}

// Replacement is a placeholder and what it stands for.
type Replacement struct {
	Placeholder, Rule, Value string
}

// New makes a redactor.
func New(opt Options) *Redactor {
	r := &Redactor{count: map[string]int{}, given: map[string]string{}}
	for i := range opt.Own {
		own := &opt.Own[i]
		r.own = append(r.own, compiled{own, regexp.MustCompile(own.Pattern)})
	}
	r.set = secretRules()
	if opt.Identities {
		r.set = allRules()
	}
	people := slices.Clone(opt.People)
	r.aliases = newAliases(people)
	for i := range people {
		// A role that names somebody would never be done with.
		if len(r.aliases.find(people[i].Role)) > 0 || len(r.matches(people[i].Role)) > 0 {
			people[i].Role = "responder"
		}
	}
	r.aliases = newAliases(people)
	if len(r.aliases.find("responder "+someone)) > 0 {
		delete(r.aliases, "responder")
		delete(r.aliases, "a")
	}
	return r
}

// match is a value at its place in a text.
type match struct {
	start, end int
	rule       *Rule // nil for a name
	role       string
	value      string
	how        string
}

// Finding is a place in a text at which something stands that should not leave.
// What it is, it does not say.
type Finding struct {
	Rule         string // name of the rule; "person" for a name
	Doc          string // what the rule finds
	Kind         string // of its placeholder
	Secret       bool   // it opens something
	Hidden       string // how it was hidden: "encoded", "base64" …; empty for as it stands
	Start, End   int    // bytes of the text
	Line, Column int    // 1-based; a column is a byte
}

// Find gives the places of all values in a text, in order. Names of people among
// them.
func (r *Redactor) Find(data []byte) []Finding {
	var out []Finding
	line, begin := 1, 0
	at := 0
	for _, m := range r.matches(string(data)) {
		for ; at < m.start; at++ {
			if data[at] == '\n' {
				line, begin = line+1, at+1
			}
		}
		f := Finding{Rule: "person", Doc: "names of people", Kind: "person", Hidden: m.how, Start: m.start, End: m.end, Line: line, Column: m.start - begin + 1}
		if m.rule != nil {
			f.Rule, f.Doc, f.Kind, f.Secret = m.rule.Name, m.rule.Doc, m.rule.Kind, m.rule.Secret
		}
		out = append(out, f)
	}
	return out
}

// maxRounds is how often a text is gone over: a placeholder may bring together
// what was apart.
const maxRounds = 6

// Text gives the text with placeholders, and roles for names. In what it gives
// Find finds nothing. A text in which there is nothing comes back as it is.
func (r *Redactor) Text(text string) string {
	for range maxRounds {
		found := r.matches(text)
		if len(found) == 0 {
			return text
		}
		text = r.replaced(text, found)
	}
	for found := r.matches(text); len(found) > 0; found = r.matches(text) {
		var b strings.Builder
		at := 0
		for _, m := range found {
			b.WriteString(text[at:m.start])
			b.WriteString("…")
			at = m.end
		}
		text = b.String() + text[at:]
	}
	return text
}

func (r *Redactor) replaced(text string, found []match) string {
	var b strings.Builder
	at := 0
	for _, m := range found {
		b.WriteString(text[at:m.start])
		if m.rule == nil {
			b.WriteString(m.role)
		} else {
			b.WriteString(r.placeholder(m))
		}
		at = m.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// placeholder gives the one of a value: a new one where it was not met before.
func (r *Redactor) placeholder(m match) string {
	value := m.value
	switch m.rule.Kind {
	case "email", "ip", "mac":
		value = strings.ToLower(value)
	case "card", "iban", "phone", "pin":
		value = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "(", "", ")", "").Replace(value)
	}
	key := m.rule.Kind + "\x00" + value
	if p, known := r.given[key]; known {
		return p
	}
	r.count[m.rule.Kind]++
	p := "[" + m.rule.Kind + "-" + strconv.Itoa(r.count[m.rule.Kind]) + "]"
	r.given[key] = p
	r.list = append(r.list, Replacement{p, m.rule.Name, m.value})
	return p
}

// Learn numbers the values of a text, so that those of its editions have the
// same numbers whatever they leave out. Numbers of placeholders that stand in
// it already are not given again.
func (r *Redactor) Learn(text string) {
	r.Reserve(text)
	for _, m := range r.matches(text) {
		if m.rule != nil {
			r.placeholder(m)
		}
	}
}

// Reserve keeps the numbers of the placeholders in a text from being given again.
func (r *Redactor) Reserve(text string) {
	if !strings.Contains(text, "-") {
		return
	}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[2]); err == nil && n < 1<<30 {
			r.count[m[1]] = max(r.count[m[1]], n)
		}
	}
}

// Mapping gives what the placeholders stand for, in the order in which they were
// given. It is the one thing here that holds the values.
func (r *Redactor) Mapping() []Replacement { return slices.Clone(r.list) }

// matches are the values in a text, in order, none over another.
func (r *Redactor) matches(text string) []match {
	if text == "" {
		return nil
	}
	var all []match
	for _, v := range views(text) {
		lower := folded(v.text)
		joined := v.how == "broken over lines"
		for _, m := range r.inView(&v, lower, joined) {
			m.start, m.end = v.place(m.start, m.end)
			m.how = v.how
			if m.end > m.start {
				all = append(all, m)
			}
		}
		if !joined {
			for _, part := range v.parts {
				for _, m := range r.encoded(v.text[part.start:part.end]) {
					m.start, m.end = v.place(m.start+part.start, m.end+part.start)
					all = append(all, m)
				}
			}
		}
	}
	return apart(all)
}

// inView finds values in one way to read a text. Places are those of the view.
func (r *Redactor) inView(v *view, lower string, joined bool) []match {
	var out []match
	for i := range r.own {
		for _, part := range v.parts {
			out = r.own[i].in(v.text, part, out)
		}
	}
	hits := make([][]window, len(r.set.rules))
	for _, part := range v.parts {
		r.set.hits(v.text, lower, part, hits)
	}
	for i := range r.set.rules {
		c := &r.set.rules[i]
		if joined && !c.Broken {
			continue
		}
		list := merged(hits[i])
		switch {
		case c.near != nil:
			for _, part := range v.parts {
				list = append(list, c.near(v.text, part)...)
			}
		case c.Whole && len(list) > 0:
			list = []window{{0, len(v.text)}}
		}
		for _, w := range list {
			out = c.in(v.text, w, out)
		}
	}
	for _, part := range v.parts {
		for _, m := range r.aliases.find(v.text[part.start:part.end]) {
			m.start, m.end = m.start+part.start, m.end+part.start
			out = append(out, m)
		}
	}
	return out
}

// in finds the values of one rule in a stretch of a text.
func (c *compiled) in(text string, w window, out []match) []match {
	for at := w.start; at < w.end; {
		loc := c.re.FindStringSubmatchIndex(text[at:w.end])
		if loc == nil {
			break
		}
		start, end := c.group(loc)
		start, end = start+at, end+at
		ok := end > start
		if ok && c.narrow != nil {
			start, end, ok = c.narrow(text, start, end)
		}
		next := at + max(loc[1], loc[0]+1)
		if ok && end > start && !onlyPlaceholder(text[start:end]) {
			out = append(out, match{start: start, end: end, rule: c.Rule, value: text[start:end]})
			next = max(end, at+loc[0]+1)
		}
		at = next
	}
	return out
}

// group gives the place of the value in a match.
func (c *compiled) group(loc []int) (int, int) {
	if c.Group > 0 && 2*c.Group+1 < len(loc) && loc[2*c.Group] >= 0 {
		return loc[2*c.Group], loc[2*c.Group+1]
	}
	for i := len(loc) - 2; i > 0 && c.Group == 0; i -= 2 {
		if loc[i] >= 0 {
			return loc[i], loc[i+1]
		}
	}
	return loc[0], loc[1]
}

// onlyPlaceholder reports whether nothing is left of a value without the
// placeholders in it.
func onlyPlaceholder(value string) bool {
	if !strings.ContainsAny(value, "[%") {
		return false
	}
	rest := placeholder.ReplaceAllString(value, "")
	return rest != value && len(rest) < 4
}

// apart puts matches in order, and makes one of those that lie over each other:
// the longest names it.
func apart(all []match) []match {
	sort.SliceStable(all, func(i, j int) bool {
		return cmp.Or(cmp.Compare(all[i].start, all[j].start), cmp.Compare(all[j].end, all[i].end)) < 0
	})
	var out []match
	best := 0 // length of the one that names the last
	for _, m := range all {
		n := len(out)
		if n == 0 || m.start >= out[n-1].end {
			out = append(out, m)
			best = m.end - m.start
			continue
		}
		last := &out[n-1]
		stronger := m.rule != nil && (last.rule == nil || m.rule.Secret && !last.rule.Secret)
		weaker := last.rule != nil && (m.rule == nil || last.rule.Secret && !m.rule.Secret)
		if !weaker && (stronger || m.end-m.start > best) {
			best = m.end - m.start
			last.rule, last.role, last.value, last.how = m.rule, m.role, m.value, m.how
		}
		last.end = max(last.end, m.end)
	}
	return out
}
