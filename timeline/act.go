package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// An act is what happened once, whoever told of it: the alert, the page that
// it set off, and the copy that a program put into the chat are one row.

// actRule says when two records of different lists tell of one act. like is
// how sure it is, 0 that it is not; of several acts a record joins the one that
// it is most like.
type actRule struct {
	name  string
	reach time.Duration // how far apart their times may be
	like  func(a, b *telling) int
}

// actRules is the table, in two passes: first what one tool tells of one act,
// then what the tools tell of each other's.
var actRules = [][]actRule{
	{
		{"one step in the life of one incident", 2 * time.Second, sameStep},
		{"one message, exported twice", 60 * time.Second, sameMessage},
	},
	{
		{"the same words of the same thing", 120 * time.Second, sameWords},
		{"a program's copy of a step", 60 * time.Second, copiedStep},
	},
}

// sameStep: a tool tells the same step of one incident in its log, in the
// incident itself and in a webhook, under different ids.
func sameStep(a, b *telling) int {
	if a.e.Group == "" || a.e.Group != b.e.Group || a.e.Step == "" || a.e.Step != b.e.Step || a.e.Kind == KindChat || b.e.Kind == KindChat {
		return 0
	}
	return 2000 + alike(a, b)
}

// sameMessage: what one person wrote at one time, in an export and in a paste.
func sameMessage(a, b *telling) int {
	who := a.e.Actor == "" || b.e.Actor == "" || samePerson(a.e.Actor, b.e.Actor)
	where := a.e.Time.Equal(b.e.Time) || channel(a.e) == "" || channel(b.e) == "" || channel(a.e) == channel(b.e)
	written := a.e.Kind == b.e.Kind && (a.e.Kind == KindChat || a.e.Kind == KindNote) && a.e.Title != ""
	if !written || !who || !where || a.e.Title != b.e.Title || a.e.Body != b.e.Body {
		return 0
	}
	return 3000
}

// samePerson reports whether one name has all words of the other: an export says
// "dana", a window "Dana Kim".
func samePerson(a, b string) bool {
	x, y := strings.FieldsFunc(strings.ToLower(a), partsNames), strings.FieldsFunc(strings.ToLower(b), partsNames)
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, word := range x {
		if !slices.Contains(y, word) {
			return false
		}
	}
	return len(x) > 0 || strings.EqualFold(a, b)
}

// partsNames reports whether a character stands between the words of a name.
func partsNames(r rune) bool { return strings.ContainsRune(" ._-()@", r) }

// channel is the place of a message, without its thread.
func channel(e *Event) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(e.Group, "#"), " ")
	return name
}

// sameWords: near duplicates.
func sameWords(a, b *telling) int {
	if !sameSort(a, b) || !sameState(a, b) || !related(a, b) {
		return 0
	}
	return resemblance(a, b)
}

// resemblance is how sure the words make it that two records tell of one
// thing; 0 is not.
func resemblance(a, b *telling) int {
	like := alike(a, b)
	switch {
	case differ(a, b):
		return 0
	case like >= 600:
		return like
	case named(a, b) || named(b, a):
		return 500 + like/10
	case max(within(a, b), within(b, a)) >= 800:
		return 400 + like/10
	}
	return 0
}

// sameSort reports whether the records can be of one act: of one kind, an
// alert and its page, or either and what a program copied of it.
func sameSort(a, b *telling) bool {
	sort := func(k Kind) Kind {
		if k == KindPage {
			return KindAlert
		}
		return k
	}
	if a.e.Kind == KindNote || b.e.Kind == KindNote {
		return false
	}
	if a.e.Kind == KindChat || b.e.Kind == KindChat {
		return (a.bot() || a.e.Kind != KindChat) && (b.bot() || b.e.Kind != KindChat)
	}
	return sort(a.e.Kind) == sort(b.e.Kind)
}

// sameState: a copy in a chat may leave out that the alert fired, never that
// it cleared.
func sameState(a, b *telling) bool {
	if a.state == b.state {
		return true
	}
	silent := func(x, y *telling) bool { return x.bot() && x.state == "" && y.state != "cleared" }
	return silent(a, b) || silent(b, a)
}

// related reports whether two records are of one group or component, as far as
// they name any.
func related(a, b *telling) bool {
	if a.e.Group != "" && a.e.Group == b.e.Group || len(a.e.Components) == 0 || len(b.e.Components) == 0 || a.bot() || b.bot() {
		return true
	}
	for _, x := range a.e.Components {
		for _, y := range b.e.Components {
			if strings.EqualFold(x, y) {
				return true
			}
			for _, w := range splitWords(x) {
				if !slices.Contains(everyAlert, w.text) && hasWord(plainName(y), w.text) {
					return true
				}
			}
		}
	}
	return false
}

// act is a set of records that tell of one act, the first one first.
type act struct{ list []*telling }

// like is how sure the rules make it that two acts are one.
func (a *act) like(o *act, rules []actRule) int {
	first, other := a.list[0], o.list[0]
	if far := apart(first, other); !slices.ContainsFunc(rules, func(r actRule) bool { return far <= r.reach }) {
		return 0
	}
	if first.e.Party != other.e.Party || first.e.HasFlag(FlagTest) != other.e.HasFlag(FlagTest) {
		return 0
	}
	for _, x := range a.list {
		for _, y := range o.list {
			if x.form == y.form {
				return 0
			}
		}
	}
	best := 0
	for _, rule := range rules {
		if apart(first, other) > rule.reach {
			continue
		}
		for _, x := range a.list[:min(len(a.list), actCompared)] {
			for _, y := range o.list[:min(len(o.list), actCompared)] {
				best = max(best, rule.like(x, y))
			}
		}
	}
	return best
}

// actIndex finds the acts that a record may belong to, without looking at all.
type actIndex struct {
	places map[string][]*act
}

// Bounds on what is looked up, so that a storm of like alerts costs no more
// than its length.
const (
	actPlaces   = 8  // words by which a record is looked up
	actPerWord  = 24 // acts that are tried for each
	actCompared = 4  // records of an act that are compared
)

// keys are what a record is looked up by: its group, its longest words, which
// tell most, and names.
func (x *actIndex) keys(t *telling) []string {
	words := slices.Clone(t.words)
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	keys := slices.Clone(words[:min(len(words), actPlaces)])
	if t.e.Group != "" {
		keys = append(keys, "\x00"+t.e.Group)
	}
	if len(words) == 0 {
		keys = append(keys, "\x01"+t.e.Title)
	}
	if t.bot() {
		keys = append(keys, t.bodyNames()...)
	}
	return append(keys, t.stepKeys()...)
}

// bodyNames are coined names that a message of a program has below its title.
func (t *telling) bodyNames() []string {
	var out []string
	body := t.e.Body[:min(len(t.e.Body), tellingText)]
	for _, w := range splitWords(body) {
		if coined(body[w.start:w.end]) && !slices.Contains(out, w.text) && len(out) < actPlaces {
			out = append(out, w.text)
		}
	}
	return out
}

// add files an act under the keys of its records.
func (x *actIndex) add(a *act, records []*telling) {
	for _, t := range records {
		for _, key := range x.keys(t) {
			list := x.places[key]
			if len(list) == 0 || list[len(list)-1] != a {
				x.places[key] = append(list, a)
			}
		}
	}
}

// find is the act that another is most like; nil is none.
func (x *actIndex) find(o *act, rules []actRule) *act {
	var best *act
	most := 0
	for _, t := range o.list[:min(len(o.list), actCompared)] {
		for _, key := range x.keys(t) {
			list := x.places[key]
			for i := len(list) - 1; i >= max(0, len(list)-actPerWord); i-- {
				a := list[i]
				like := a.like(o, rules)
				if like > most || like == most && like > 0 && nearer(a, best, o) {
					best, most = a, like
				}
			}
		}
	}
	return best
}

// nearer reports whether a is the better of two acts that are as like o: the
// one nearer in time, else the earlier one.
func nearer(a, b, o *act) bool {
	da, db := apart(a.list[0], o.list[0]), apart(b.list[0], o.list[0])
	if da != db {
		return da < db
	}
	return compareEvents(a.list[0].e, b.list[0].e) < 0
}

// findActs finds which records tell of one act.
func (b *builder) findActs() {
	var list []*act
	for i := range b.events {
		if t := b.tell(&b.events[i]); t.mergeable() {
			list = append(list, &act{[]*telling{t}})
		}
	}
	slices.SortFunc(list, func(x, y *act) int { return compareEvents(x.list[0].e, y.list[0].e) })
	for _, rules := range actRules {
		list = joinActs(list, rules)
	}
	for _, a := range list {
		slices.SortStableFunc(a.list, compareHeads)
		b.file(a, 0)
	}
	b.acts = list
}

// joinActs takes acts in order of time: each joins the earlier one that it is
// most like. So the result does not depend on the order of the input, and the
// cost grows with the number of acts.
func joinActs(list []*act, rules []actRule) []*act {
	if !slices.ContainsFunc(list, func(a *act) bool { return a.list[0].form != list[0].list[0].form }) {
		return list // all in one list of one tool
	}
	index := &actIndex{places: map[string][]*act{}}
	var out []*act
	for _, o := range list {
		a := index.find(o, rules)
		if a == nil {
			out = append(out, o)
			index.add(o, o.list)
			continue
		}
		a.list = append(a.list, o.list...)
		index.add(a, o.list)
	}
	return out
}

// file notes which records become one row, by their ids: the rows themselves
// may yet be dropped.
func (b *builder) file(a *act, firings int) {
	if len(a.list) < 2 {
		return
	}
	f := fusion{firings: firings}
	for _, t := range a.list {
		f.ids = append(f.ids, t.e.ID)
		if len(f.ids) > 1 {
			b.rowOf[t.e.ID] = f.ids[0]
			b.copied[t.e.ID] = b.copied[t.e.ID] || firings == 0
		}
	}
	b.fusions = append(b.fusions, f)
}

// fusion are the ids of rows that become one, the one that is kept first.
type fusion struct {
	ids     []string
	firings int // of a storm; 0 for an act
}

// compareHeads puts the record first that tells an act best: a monitor's alert
// before the page, a tool's log before its webhook, a message last; of like
// records the one that knows its time more finely, or says more.
func compareHeads(a, b *telling) int {
	return cmp.Or(
		cmp.Compare(boolRank(a.e.Kind == KindChat), boolRank(b.e.Kind == KindChat)),
		cmp.Compare(boolRank(hook(a.e)), boolRank(hook(b.e))),
		cmp.Compare(kindRank(a.e.Kind), kindRank(b.e.Kind)),
		-cmp.Compare(a.e.Precision, b.e.Precision),
		-cmp.Compare(len(a.e.Body), len(b.e.Body)),
		compareEvents(a.e, b.e),
	)
}

// hook reports whether a record is a webhook of PagerDuty: the entry of its log
// says more of the same act.
func hook(e *Event) bool {
	return strings.Contains(e.Raw[:min(len(e.Raw), tellingText)], `"event_type":`)
}
