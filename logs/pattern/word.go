package pattern

import "strings"

// word is a word of a masked text. There is one for each spelling, so that
// words are the same when their pointers are.
type word struct {
	text     string
	name     string // in user=alice the part that names the value, with its sign
	variable bool   // it holds a placeholder
	plain    bool   // it is a word of a language
}

// words holds the word of each spelling.
type words struct {
	known map[string]*word
	wild  *word
}

func newWords() *words {
	ws := &words{known: map[string]*word{}}
	ws.wild = ws.word(wild)
	return ws
}

func (ws *words) word(text string) *word {
	w := ws.known[text]
	if w == nil {
		w = &word{text: text, name: text[:named(text)], variable: variable(text), plain: plain(text)}
		ws.known[text] = w
	}
	return w
}

func (ws *words) split(masked string) []*word {
	fields := strings.Fields(masked)
	list := make([]*word, len(fields))
	for i, f := range fields {
		list[i] = ws.word(f)
	}
	return list
}

// common returns what two words share: themselves, a name before a sign, or
// nothing.
func (ws *words) common(a, b *word) *word {
	switch {
	case a == b:
		return a
	case a.name != "" && a.name == b.name:
		return ws.word(a.name + wild)
	}
	return ws.wild
}

func join(list []*word) string {
	var b strings.Builder
	for i, w := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// named returns the length of the name at the start of a word such as
// user=alice, with the sign, or 0.
func named(w string) int {
	if i := strings.Index(w, "://"); i > 0 {
		return i + 3
	}
	i := strings.IndexAny(w, "=:")
	if i < 1 || i+1 == len(w) || w[0] == '<' {
		return 0
	}
	return i + 1
}

// variable reports whether a word holds a placeholder.
func variable(w string) bool {
	i := strings.IndexByte(w, '<')
	return i >= 0 && strings.IndexByte(w[i:], '>') > 0
}

// plain reports whether a word is one of a language, not a name of something:
// letters of one case after the first, hyphens among them, and signs about it.
func plain(w string) bool {
	w = strings.Trim(w, ".,:;!?)\"")
	if len(w) < 2 {
		return false
	}
	lower, upper := true, true
	for i, b := range []byte(w) {
		switch {
		case b >= 'a' && b <= 'z':
			upper = false
		case b >= 'A' && b <= 'Z':
			lower = lower && i == 0
		case b != '-' || i == 0 || i == len(w)-1:
			return false
		}
	}
	return lower || upper
}

// introduces reports whether a name follows such a word as a rule.
func introduces(w string) bool {
	if strings.HasSuffix(w, "=") || strings.HasSuffix(w, ":") {
		return true
	}
	switch strings.ToLower(w) {
	case "user", "host", "for", "from", "by", "named", "name", "service", "topic", "table", "job", "queue", "pod", "container",
		"node", "database", "key", "role", "group", "tenant", "customer", "image", "unit", "module", "plugin", "zone", "domain":
		return true
	}
	return false
}
