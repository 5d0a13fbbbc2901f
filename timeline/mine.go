package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"pir/internal/when"
)

// miner reads what texts of people state about milestones, the way a person
// reads them: sentence by sentence, phrase by phrase, each with the time that
// belongs to it.
type miner struct {
	b        *builder
	book     []entry
	index    map[string][]bookPlace // patterns by the beginning of their first word
	outcomes []outcomeEntry
	places   []place
	docEnd   map[string]time.Time // last row of each document of notes

	components []place
}

// entry is a row of phrases with its patterns read.
type entry struct {
	phrase
	patterns []pattern
}

// bookPlace is one pattern of an entry.
type bookPlace struct {
	entry   *entry
	pattern *pattern
}

// indexKey is what patterns are looked up by: the first two bytes of a word.
func indexKey(text string) string { return text[:min(len(text), 2)] }

type outcomeEntry struct {
	outcome  string
	patterns []pattern
}

func newMiner(b *builder) *miner {
	m := &miner{b: b, docEnd: map[string]time.Time{}}
	for _, name := range regions() {
		m.places = append(m.places, place{name, plainName(name)})
	}
	for _, name := range b.in.Incident.Components {
		m.components = append(m.components, place{name, plainName(name)})
	}
	for _, p := range phrases() {
		e := entry{phrase: p}
		for _, text := range p.patterns {
			e.patterns = append(e.patterns, parsePattern(text))
		}
		m.book = append(m.book, e)
	}
	m.index = map[string][]bookPlace{}
	for i := range m.book {
		e := &m.book[i]
		for k := range e.patterns {
			first := &e.patterns[k].steps[0]
			var keys []string
			for _, text := range append(slices.Clone(first.alts), first.stems...) {
				if key := indexKey(text); !slices.Contains(keys, key) {
					keys = append(keys, key)
					m.index[key] = append(m.index[key], bookPlace{e, &e.patterns[k]})
				}
			}
		}
	}
	for _, o := range outcomes() {
		e := outcomeEntry{outcome: o.outcome}
		for _, text := range o.patterns {
			e.patterns = append(e.patterns, parsePattern(text))
		}
		m.outcomes = append(m.outcomes, e)
	}
	for i := range b.events {
		if e := &b.events[i]; e.Kind == KindNote {
			path := e.Source + "\x00" + e.firstOrigin().Path
			m.docEnd[path] = later(m.docEnd[path], e.Time)
		}
	}
	return m
}

// human are the kinds whose text is read.
func human(k Kind) bool {
	switch k {
	case KindNote, KindStatus, KindComms, KindChat, KindDecision:
		return true
	}
	return false
}

// said is when the words were said: a row of notes counts as said with the
// last row of its document, unless a dated heading stands over it.
func (m *miner) said(e *Event) time.Time {
	if e.Said.IsZero() && e.Kind == KindNote {
		if t := m.docEnd[e.Source+"\x00"+e.firstOrigin().Path]; !t.IsZero() {
			return t
		}
	}
	return m.b.said(e, time.Time{})
}

// mine gives the readings of an event's text.
func (m *miner) mine(e *Event) []reading {
	if !human(e.Kind) || e.Party == PartyDownstream {
		return nil
	}
	switch e.Topic {
	case TopicAction, TopicAdvice, TopicLesson, TopicQuestion:
		return nil
	}
	p := m.page(e)
	for i := range p.sentences {
		p.sentence(i)
	}
	p.wholeWindows()
	p.tellDoubts()
	return p.readings
}

// hit is a phrase that was found.
type hit struct {
	*entry
	first, end int // words
	weight     int
	refused    string // why it states nothing: "not", "unreal", "subordinate"
}

// sentence reads the phrases of one sentence and the time of each.
func (p *page) sentence(i int) {
	from, to := p.sentences[i][0], p.sentences[i][1]
	words := p.words[from:to]
	if p.asks(i) && !seesToo(words) {
		return
	}
	times := p.timesIn(i)
	switch p.e.Topic {
	case TopicTrigger:
		p.topicTime(Trigger, i, times)
		return
	case TopicCause:
		p.topicTime(Cause, i, times)
		p.causeKnown(i, words)
	}
	hits := p.m.find(words)
	outcome := p.m.outcomeOf(words)
	before := len(p.readings)
	for h := range hits {
		p.read(i, words, hits, h, times, outcome)
	}
	if len(p.readings) == before && outcome != "" {
		p.tellOutcome(i, words, outcome)
	}
	p.readWindows(i, words, times, hits)
	p.spareLapses(i, hits, times)
}

// seesToo reports whether a question tells of what its writer sees: "anyone
// else seeing errors?"
func seesToo(words []word) bool {
	return len(words) > 2 && strings.HasPrefix(words[0].text, "any") && words[1].text == "else" && strings.HasPrefix(words[2].text, "see")
}

// asks reports whether the sentence is a question.
func (p *page) asks(i int) bool {
	last := p.words[p.sentences[i][1]-1].end
	end := len(p.text)
	if i+1 < len(p.sentences) {
		end = p.words[p.sentences[i+1][0]].start
	}
	return strings.Contains(p.text[last:end], "?")
}

func (p *page) timesIn(i int) []*stamped {
	start, end := p.words[p.sentences[i][0]].start, p.words[p.sentences[i][1]-1].end
	var out []*stamped
	from := sort.Search(len(p.times), func(k int) bool { return p.times[k].Start >= start })
	for k := from; k < len(p.times) && p.times[k].Start < end; k++ {
		out = append(out, &p.times[k])
	}
	return out
}

// tellDoubts warns of times that something was read from and that may be meant
// otherwise.
func (p *page) tellDoubts() {
	for i := range p.times {
		t := &p.times[i]
		if !t.used || t.Doubt == "" || t.lapse != nil || t.Doubt == p.e.Doubt {
			continue
		}
		e := p.evidence(p.quoteAt(t.Start))
		p.m.b.warn(WarnZoneDoubtful, e.Origin+": "+t.Doubt, e)
	}
}

// find gives the phrases of a sentence, in order; of those that overlap the
// one that fixes more words.
func (m *miner) find(words []word) []hit {
	var all []hit
	refuse := func(text string) bool { return negation(text) || unreal(text) }
	for i := range words {
		for _, r := range m.index[indexKey(words[i].text)] {
			if end, ok := r.pattern.match(words, i, refuse); ok && !(r.entry.jotted && followed(words, end, r.entry)) {
				all = append(all, hit{entry: r.entry, first: i, end: end, weight: r.pattern.weight})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b hit) int {
		return cmp.Or(-cmp.Compare(a.weight, b.weight), cmp.Compare(a.first, b.first), -cmp.Compare(a.end, b.end))
	})
	var kept []hit
	for _, h := range all {
		if !slices.ContainsFunc(kept, func(k hit) bool { return h.first < k.end && k.first < h.end }) {
			h.refused = refusal(words, h)
			kept = append(kept, h)
		}
	}
	slices.SortFunc(kept, func(a, b hit) int { return cmp.Compare(a.first, b.first) })
	return joinHits(words, kept)
}

// followed reports whether the words behind a jotting make it another thing:
// "errors are back to normal", "all good except in Asia", "back soon".
func followed(words []word, end int, e *entry) bool {
	if end >= len(words) || words[end].masked {
		return false
	}
	next := words[end].text
	switch next {
	case "soon", "hopefully", "maybe", "tomorrow", "eventually":
		return true
	case "to", "under", "below", "within", "at", "in":
		return (e.again || next == "to" && e.milestone == Mitigated) && words[end].cut == 0
	case "except", "apart", "besides", "unless", "if":
		return isEnd(e.milestone)
	case "for":
		return isEnd(e.milestone) && end+1 < len(words) && slices.Contains([]string{"some", "a", "one", "me", "now"}, words[end+1].text)
	}
	return false
}

// joinHits makes one phrase of neighbours that tell of the same milestone:
// "returned to" and "pre-incident levels".
func joinHits(words []word, list []hit) []hit {
	var out []hit
	for _, h := range list {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if last.milestone == h.milestone && last.act == h.act && h.first-last.end <= 1 && words[h.first].cut == 0 && !words[last.end].masked {
				last.end, last.weight = h.end, last.weight+h.weight
				last.refused = cmp.Or(last.refused, h.refused)
				continue
			}
		}
		out = append(out, h)
	}
	return out
}

// refusal looks at the words in front of a phrase, back to the start of its
// clause.
func refusal(words []word, h hit) string {
	framed := ""
	for i := h.first - 1; i >= 0 && i >= h.first-8; i-- {
		w := words[i]
		if w.masked || words[i+1].cut > 0 {
			break
		}
		switch {
		case negation(w.text):
			return "not"
		case unreal(w.text):
			return "unreal"
		case w.text == "to" && i == h.first-1 && (i == 0 || !slices.Contains([]string{"able", "managed", "began", "started", "in"}, words[i-1].text)):
			return "unreal"
		case w.text == "yet":
			return "not"
		case hearsay(w.text) && isEnd(h.milestone) && h.first-i < 4:
			return "unreal"
		case subordinate(w.text):
			framed = "subordinate"
		case w.text == "and" || w.text == "but" || w.text == "then" || w.text == "so":
			return framed
		}
	}
	if h.end < len(words) && (words[h.end].text == "that" && h.milestone == Acknowledged) {
		return "unreal"
	}
	if h.jotted && h.milestone == Acknowledged && words[h.first].text == "on" && h.first > 0 && words[h.first].cut == 0 {
		switch words[h.first-1].text {
		case "depends", "depend", "relies", "hinges", "based", "working", "work", "works", "waiting", "blocked", "still", "stuck":
			return "unreal"
		}
	}
	return framed
}

func (m *miner) outcomeOf(words []word) string {
	never := func(string) bool { return false }
	for _, o := range m.outcomes {
		for _, pat := range o.patterns {
			for i := range words {
				if end, ok := pat.match(words, i, never); ok && !(end < len(words) && words[end].text == "over") {
					return o.outcome
				}
			}
		}
	}
	return ""
}

// read makes the reading of one phrase: with the time that belongs to it, or
// with that of the row or the post.
func (p *page) read(i int, words []word, hits []hit, h int, times []*stamped, outcome string) {
	it := &hits[h]
	t := p.timeOf(words, hits, h, times)
	if t != nil && p.ahead(t) {
		t = nil // "incident closed, retro tomorrow at 10:00"
	}
	if it.jotted && !it.dated && t != nil && (t.Word == "from" || subordinate(t.Word)) {
		t = nil // "found it, a push from 13:58"
	}
	if it.refused == "unreal" || (p.e.Topic == TopicCause && it.milestone != ImpactStart) {
		return
	}
	if it.refused == "not" && (t == nil || !slices.Contains([]string{"until", "till", "before"}, t.Word)) {
		return
	}
	if it.jotted && p.e.Kind != KindNote && p.e.Kind != KindDecision && p.e.Kind != KindChat || it.dated && t == nil || it.paired && !paired(hits[:h]) {
		return
	}
	claim := Claim{Milestone: it.milestone, Said: p.said, By: it.by, Scope: p.m.scopeOf(p.e, words)}
	if it.milestone == Detected && claim.By == "" {
		claim.By = noticedBy(words)
	}
	if it.milestone == MitigationStart {
		claim.Outcome = outcome
	}
	r := reading{Claim: claim, act: it.act, during: it.during, jotted: it.jotted}
	r.again = it.milestone == ImpactStart && (it.again || it.end < len(words) && words[it.end].text == "again" && words[it.end].cut == 0)
	phrase := p.text[words[it.first].start:words[it.end-1].end]
	switch {
	case t != nil && t.lapse != nil:
		if !p.counted(&r, t, it.milestone) {
			return
		}
	case t != nil:
		t.used = true
		if it.public != "" && (p.e.Kind == KindStatus || p.e.Kind == KindComms) {
			r.Milestone = it.public
		}
		if !stated(&r, t, it.refused == "not") {
			return
		}
		r.Rule = ruleOf(phrase, t, &r)
	case it.refused != "" || !p.untimed(&r, it, i, phrase):
		return
	case agoOf(words, it.end):
		if !p.ago(&r, i, phrase) {
			return
		}
	}
	p.add(i, r)
	if it.hurt {
		p.hurtBy(i, r)
	}
}

// paired reports whether the phrases before tell of the start of the impact.
func paired(before []hit) bool {
	return slices.ContainsFunc(before, func(h hit) bool { return h.milestone == ImpactStart && h.refused == "" })
}

// ahead reports whether a time lies after the row of notes that names it: what
// the row tells was not then.
func (p *page) ahead(t *stamped) bool {
	e := p.e
	return e.Kind == KindNote && t.lapse == nil && !e.Time.IsZero() && e.Precision >= when.Hour &&
		e.End.IsZero() && t.Until == nil && t.Time.After(e.Time.Add(e.Precision.Unit()))
}

// add files a reading with the words that say it and where they stand.
func (p *page) add(i int, r reading) {
	quote := p.quote(i)
	r.evidence = []Evidence{p.evidence(quote)}
	r.source, r.kind, r.party = p.e.Source, p.e.Kind, p.e.Party
	r.origin = ParseOrigin(r.evidence[0].Origin)
	r.outside = p.m.b.beyond(r.Claim) || (r.row && p.e.HasFlag(FlagOutside) && r.Milestone != Closed && r.Milestone != Resolved)
	if slices.ContainsFunc(p.readings, func(x reading) bool { return sameStatement(&x, &r) && x.act == r.act }) {
		return
	}
	p.readings = append(p.readings, r)
	if r.Milestone == MitigationStart {
		p.attempt = len(p.readings) - 1
	}
	if !r.Time.IsZero() {
		p.last = &p.readings[len(p.readings)-1]
	}
}

func (p *page) quote(i int) string {
	end := p.words[p.sentences[i][1]-1].end
	next := len(p.text)
	if i+1 < len(p.sentences) {
		next = p.words[p.sentences[i+1][0]].start
	}
	tail := p.text[end:next]
	if k := strings.IndexAny(tail, ".!)"); k >= 0 && k < 3 {
		end += k + 1
	}
	return p.text[p.words[p.sentences[i][0]].start:end]
}

// evidence cites the line of a record on which the words stand.
func (p *page) evidence(quote string) Evidence {
	e := p.m.b.cite(p.e, quote)
	o := p.e.firstOrigin()
	first, _, _ := strings.Cut(quote, "\n")
	if at := strings.Index(p.e.Raw, first); o.Line > 0 && o.Pointer == "" && at > 0 {
		o.Line += strings.Count(p.e.Raw[:at], "\n")
		e.Origin = o.String()
	}
	return e
}

// tellOutcome takes a sentence that only tells how an attempt went: "Did not
// help." It belongs to the attempt told before it.
func (p *page) tellOutcome(i int, words []word, outcome string) {
	if p.attempt >= 0 {
		r := &p.readings[p.attempt]
		r.Outcome = cmp.Or(r.Outcome, outcome)
		return
	}
	if p.e.Kind != KindNote && p.e.Kind != KindChat || p.e.Time.IsZero() {
		return
	}
	act := ""
	for _, e := range p.m.book {
		for _, w := range words {
			if e.act != "" && strings.HasPrefix(w.text, e.act) {
				act = e.act
			}
		}
	}
	if act == "" && outcome != OutcomeFailed {
		return
	}
	r := reading{
		Claim: Claim{
			Milestone: MitigationStart, Time: p.e.Time, Precision: p.e.Precision, Rung: RungApproximate, Said: p.said,
			Outcome: outcome, Rule: "an attempt that had been made by the time of this row", Scope: p.m.scopeOf(p.e, words),
		},
		act: act, follows: true, row: true,
	}
	p.add(i, r)
}

// ruleOf says what was read: the words, and how their time bounds them.
func ruleOf(phrase string, t *stamped, r *reading) string {
	clockText := shortened(written(t))
	switch {
	case !r.Time.IsZero():
		return fmt.Sprintf("%q with the time %s", shortened(phrase), clockText)
	case !r.NotAfter.IsZero() && !r.NotBefore.IsZero():
		return fmt.Sprintf("%q somewhere in %s", shortened(phrase), clockText)
	case !r.NotAfter.IsZero():
		return fmt.Sprintf("%q %s %s: an upper bound", shortened(phrase), cmp.Or(t.Word, "by"), clockText)
	}
	return fmt.Sprintf("%q %s %s: a lower bound", shortened(phrase), cmp.Or(t.Word, "after"), clockText)
}

// written is the time as the text writes it.
func written(t *stamped) string {
	if t.Until != nil && !strings.HasSuffix(t.Text, t.Until.Text) {
		return t.Text + " to " + t.Until.Text
	}
	return t.Text
}
