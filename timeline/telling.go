package timeline

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"pir/internal/when"
)

// telling is a record made ready to be compared with others: which step of an
// act it tells of, and in which words.
type telling struct {
	e       *Event
	form    string   // which list of which tool it stands in; records of one form are acts of their own
	state   string   // fired, cleared, acknowledged …; empty is not told
	words   []string // of the title, sorted, each once; without those that every alert has
	names   []string // words that were coined, such as PaymentFailureShareHigh
	numbers []string // words with digits
	tokens  map[string]bool
}

// Bounds on how much of a record is compared.
const (
	tellingTitle = 400
	tellingText  = 2000
)

// tell makes a record ready.
func (b *builder) tell(e *Event) *telling {
	t := &telling{e: e, form: b.formOf(e)}
	words := splitWords(e.Title[:min(len(e.Title), tellingTitle)])
	t.state = stateOf(e, words)
	for i, w := range words {
		written := e.Title[w.start:w.end]
		counter := i > 0 && isDigit(w.text[0]) && e.Title[w.start-1] == ':' && statedBy(words[i-1].text) != ""
		numbered := w.start > 0 && e.Title[w.start-1] == '#'
		if counter || numbered || w.text == "%" || slices.Contains(everyAlert, w.text) || statedBy(w.text) != "" {
			continue
		}
		t.words = append(t.words, w.text)
		if coined(written) {
			t.names = append(t.names, w.text)
		}
		if strings.ContainsAny(w.text, "0123456789") {
			t.numbers = append(t.numbers, w.text)
		}
	}
	slices.Sort(t.words)
	t.words = slices.Compact(t.words)
	return t
}

// everyAlert are words that tell nothing of what an alert is about.
var everyAlert = []string{
	"alert", "alerts", "alarm", "page", "incident", "status", "monitor", "notification", "alertmanager", "pagerduty", "opsgenie", "grafana",
	"a", "an", "the", "of", "in", "on", "is", "are", "was", "for", "to", "via", "through", "api", "from", "by", "at", "and", "with", "service",
}

// coined reports whether a word was made up as a name: it has a capital behind
// a small letter, or an underscore.
func coined(word string) bool {
	if len(word) < 8 {
		return false
	}
	small := false
	for _, r := range word {
		if r == '_' || small && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

// states are the words for a step in the life of an alert, a post or a change,
// in the tools' own fields and in what programs write of them.
var states = []struct {
	state string
	words []string
}{
	{"fired", []string{"firing", "fired", "fire", "trigger", "triggered", "create", "created", "alerting", "problem", "opened"}},
	{"cleared", []string{"resolved", "resolve", "cleared", "clear", "recovered", "recovery", "closed", "close", "ok"}},
	{"acknowledged", []string{"acknowledge", "acknowledged", "acked", "ack"}},
	{"investigating", []string{"investigating"}},
	{"identified", []string{"identified"}},
	{"monitoring", []string{"monitoring"}},
	{"running", []string{"in_progress", "started"}},
	{"succeeded", []string{"success", "succeeded"}},
	{"failed", []string{"failure", "failed"}},
}

// loose are state words that mean something else in a sentence.
var loose = []string{"ok", "close", "clear", "fire", "resolve", "create", "ack", "started", "failed", "failure", "success", "problem"}

// statedBy is the state that a word of a text names; "" is none.
func statedBy(word string) string {
	if slices.Contains(loose, word) {
		return ""
	}
	return stateNamed(word)
}

func stateNamed(word string) string {
	for _, row := range states {
		if slices.Contains(row.words, word) {
			return row.state
		}
	}
	return ""
}

// stateOf is the step that a record tells of: what its field says, else the
// first of its words that names one.
func stateOf(e *Event, words []word) string {
	if e.Step != "" && e.Kind != KindChat {
		if state := stateNamed(strings.ToLower(e.Step)); state != "" {
			return state
		}
		return e.Step
	}
	for i, w := range words[:min(len(words), 12)] {
		if state := statedBy(w.text); state != "" {
			return state
		}
		if written := e.Title[w.start:w.end]; i == 0 && written == "OK" {
			return "cleared"
		}
	}
	return ""
}

// formOf names the list that a record stands in: the format of its source and
// its pointer without numbers. Two records of one list are two acts, whatever
// they say. Messages are known by who wrote them where.
func (b *builder) formOf(e *Event) string {
	if e.Kind == KindChat {
		return "chat\x00" + e.Source + "\x00" + e.Actor
	}
	var shape []string
	for part := range strings.SplitSeq(strings.Trim(e.firstOrigin().Pointer, "/"), "/") {
		if strings.Trim(part, "0123456789") != "" {
			shape = append(shape, part)
		}
	}
	format := b.formats[e.Source]
	if len(shape) == 0 || e.Key == "" || format == "" {
		return "source\x00" + e.Source + "\x00" + strings.Join(shape, "/")
	}
	return "format\x00" + format + "\x00" + strings.Join(shape, "/")
}

// all are the words of the whole record, its fields included.
func (t *telling) all() map[string]bool {
	if t.tokens == nil {
		t.tokens = map[string]bool{}
		for _, text := range []string{t.e.Title, t.e.Body, t.e.Raw} {
			for _, w := range splitWords(text[:min(len(text), tellingText)]) {
				t.tokens[w.text] = true
			}
		}
	}
	return t.tokens
}

// bot reports whether a program wrote the message.
func (t *telling) bot() bool { return t.e.Kind == KindChat && t.e.HasFlag(FlagBot) }

// mergeable reports whether a record may become one row with records of other
// lists. What people write by hand stands for itself.
func (t *telling) mergeable() bool {
	e := t.e
	if e.Time.IsZero() || e.Approx || e.Precision == when.Day || e.Precision == when.Hour || e.Topic != "" || e.HasFlag(FlagDeleted) {
		return false
	}
	switch e.Kind {
	case KindAlert, KindPage, KindAck, KindTicket, KindStatus, KindComms, KindChange, KindChat:
		return true
	case KindNote:
		return e.Key != "" // a note inside a tool, which gives it an id
	}
	return false
}

// alike is how much two titles are alike, of a thousand: the share of words
// that both have among those that either has.
func alike(a, b *telling) int {
	both := shared(a.words, b.words)
	either := len(a.words) + len(b.words) - both
	if either == 0 || both == 1 && either == 1 && len(a.words[0]) < 6 {
		return 0
	}
	return both * 1000 / either
}

// shared counts what two sorted lists have in common.
func shared(a, b []string) int {
	n := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch c := strings.Compare(a[i], b[k]); {
		case c == 0:
			n++
			i++
			k++
		case c < 0:
			i++
		default:
			k++
		}
	}
	return n
}

// within is the share, of a thousand, of a's title that stands somewhere in b.
func within(a, b *telling) int {
	if len(a.words) < 3 {
		return 0
	}
	n, all := 0, b.all()
	for _, w := range a.words {
		if all[w] {
			n++
		}
	}
	return n * 1000 / len(a.words)
}

// named reports whether a name that was coined in a's title stands in b.
func named(a, b *telling) bool {
	if len(a.names) == 0 {
		return false
	}
	all := b.all()
	return slices.ContainsFunc(a.names, func(n string) bool { return all[n] })
}

// differ reports whether each title has a number that the other record lacks:
// node 1 is not node 2, however like the words are.
func differ(a, b *telling) bool {
	lacks := func(x, y *telling) bool {
		if len(x.numbers) == 0 {
			return false
		}
		all := y.all()
		return slices.ContainsFunc(x.numbers, func(n string) bool { return !all[n] })
	}
	return lacks(a, b) && lacks(b, a)
}

// apart is how far the times of two records are apart.
func apart(a, b *telling) time.Duration { return a.e.Time.Sub(b.e.Time).Abs() }
