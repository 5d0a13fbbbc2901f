package timeline

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"pir/internal/when"
)

// timeOf finds the time that belongs to a phrase. The nearest one in its
// clause is it; a time at the head of a sentence holds for what follows until
// the next one; a time behind another phrase belongs to that one.
func (p *page) timeOf(words []word, hits []hit, h int, times []*stamped) *stamped {
	it := &hits[h]
	var best *stamped
	lowest := 1 << 30
	for _, t := range times {
		at := wordAt(words, t.Start)
		if at < 0 || (t.lapse == nil && t.Time.IsZero()) || (t.used && t.lapse != nil) {
			continue
		}
		cost := 0
		switch {
		case at >= it.end:
			if h+1 < len(hits) && hits[h+1].end <= at {
				continue // it follows another phrase
			}
			cost = costOf(words, it.end, at)
		default:
			if mentionBetween(times, t, words[it.first].start) || (taken(words, hits, h, t, at) && !leads(words, at)) {
				continue
			}
			cost = costOf(words, lastWord(words, t.End), it.first)
		}
		if t.Until != nil && it.milestone != Trigger && it.milestone != Cause && it.milestone != MitigationStart && cost > 2 {
			continue // a window of something else
		}
		if day := t.lapse == nil && t.Precision < when.Hour; day && it.milestone != Closed && it.milestone != Trigger && it.milestone != Cause {
			continue
		}
		if cost < lowest || (cost == lowest && at >= it.end) {
			best, lowest = t, cost
		}
	}
	return best
}

// wordAt is the first word at or behind the offset.
func wordAt(words []word, offset int) int {
	if i := sort.Search(len(words), func(i int) bool { return words[i].end > offset }); i < len(words) {
		return i
	}
	return -1
}

// lastWord is the word behind the one that ends at offset.
func lastWord(words []word, offset int) int {
	return sort.Search(len(words), func(i int) bool { return words[i].start >= offset })
}

// costOf weighs the distance from word i to word j: words between them count
// one, commas and conjunctions four, stronger cuts eight.
func costOf(words []word, i, j int) int {
	cost := 0
	for k := i; k <= j && k < len(words); k++ {
		if k < j {
			cost++
		}
		cost += 4 * words[k].cut
		if k < j {
			switch words[k].text {
			case "and", "but", "then", "while", "when", "before", "after", "which":
				cost += 4
			}
		}
	}
	return cost
}

// mentionBetween reports whether another time stands between t and the offset.
func mentionBetween(times []*stamped, t *stamped, offset int) bool {
	return slices.ContainsFunc(times, func(o *stamped) bool {
		return o != t && o.Start >= t.End && o.Start < offset && o.lapse == nil && !o.Time.IsZero()
	})
}

// taken reports whether an earlier phrase stands in front of the time and
// closer to it, so that it is that one's.
func taken(words []word, hits []hit, h int, t *stamped, at int) bool {
	for k := range h {
		if hits[k].end <= at && costOf(words, hits[k].end, at) < costOf(words, lastWord(words, t.End), hits[h].first) {
			return true
		}
	}
	return false
}

// leads reports whether the time stands at the head of its sentence.
func leads(words []word, at int) bool {
	for i := range at {
		switch words[i].text {
		case "at", "around", "about", "by", "on", "then", "and", "approximately", "roughly", "shortly", "after", "just", "starting", "from":
		default:
			return words[i].masked
		}
	}
	return true
}

// stated fills in the time of a reading: as a point, or as a bound where the
// words say no more.
func stated(r *reading, t *stamped, negated bool) bool {
	r.Rung, r.Precision = RungStated, t.Precision
	if t.Approx {
		r.Rung = RungApproximate
	}
	if t.Until != nil {
		switch r.Milestone {
		case Trigger, Cause:
			r.Time, r.End = t.Time, t.Until.Time
		case MitigationStart:
			r.Time = t.Time
		default:
			r.NotBefore, r.NotAfter = t.Time, t.Until.Time
		}
		return true
	}
	switch t.Word {
	case "by", "before", "just before", "prior to", "no later than", "within", "as of", "not later than", "latest by", "shortly before":
		r.NotAfter = t.Time
	case "until", "till", "up to":
		if !negated && !isEnd(r.Milestone) {
			return false // "errors started and lasted until"
		}
		r.Time = t.Time
	case "after", "following", "not before":
		r.NotBefore = t.Time
	case "shortly after", "just after", "soon after":
		r.Time, r.NotBefore, r.Rung = t.Time, t.Time, RungApproximate
	default:
		r.Time = t.Time
	}
	if negated && t.Word == "before" {
		return false
	}
	return true
}

// counted fills in a reading whose time counts from something else.
func (p *page) counted(r *reading, t *stamped, m Milestone) bool {
	l := t.lapse
	t.used = true
	r.Rung, r.Precision = RungStated, lapsePrecision(l.D)
	if t.base == "" {
		if p.last == nil || p.last.Time.IsZero() {
			return false
		}
		r.Time = p.last.Time.Add(l.D)
		r.Precision = min(r.Precision, p.last.Precision)
		r.Rule = fmt.Sprintf("%s later than %s", when.Words(l.D), clock(p.last.Time))
		if l.AtMost {
			r.NotAfter, r.Time = r.Time, time.Time{}
		}
		return true
	}
	if milestoneRank(t.base) >= milestoneRank(m) {
		return false
	}
	r.after, r.lapse, r.atMost = t.base, l.D, l.AtMost
	r.Rule = fmt.Sprintf("%s after %s", when.Words(l.D), t.base)
	if l.AtMost {
		r.Rule = "within " + r.Rule
		r.Rule = strings.Replace(r.Rule, "after", "of", 1)
	}
	return true
}

// lapsePrecision is how finely "two minutes" or "three hours" is meant.
func lapsePrecision(d time.Duration) Precision {
	switch {
	case d%time.Hour == 0:
		return when.Hour
	case d%time.Minute == 0:
		return when.Minute
	}
	return when.Second
}

// untimed fills in a reading of a phrase without a time: in a row of notes the
// row's time is the time of the act; in chat only what is done by saying it;
// in a post the time of the post is an upper bound.
func (p *page) untimed(r *reading, it *hit, i int, phrase string) bool {
	e := p.e
	if e.Time.IsZero() || e.Precision < when.Hour {
		return false
	}
	r.Precision = e.Precision
	// "The restart did not help" tells how an attempt went, "restarted" that one
	// was made.
	r.follows = it.act != "" && r.Outcome != "" && strings.EqualFold(it.act, phrase)
	bySaying := it.milestone == Declared || it.milestone == Acknowledged || it.milestone == Engaged
	inTitle := p.words[p.sentences[i][0]].start < max(p.title, 1)
	switch e.Kind {
	case KindNote, KindDecision:
		r.row = true
		r.Time, r.Rung = e.Time, RungStated
		r.Rule = fmt.Sprintf("%q in the row of %s", shortened(phrase), rowTime(e))
		if !inTitle {
			r.NotBefore, r.Rung = e.Time, RungApproximate
			r.Rule += ", further down in it"
		}
		if e.Approx || r.follows {
			r.Rung = RungApproximate
		}
		if it.bound {
			r.Time, r.NotBefore, r.NotAfter = time.Time{}, time.Time{}, e.Time
			r.Rule += ": an upper bound"
			return true
		}
		if !e.End.IsZero() && e.End.After(e.Time) && it.milestone != Trigger && it.milestone != Cause {
			r.NotBefore, r.NotAfter, r.Rung = e.Time, e.End, RungApproximate
		}
		return true
	case KindChat:
		r.row = true
		if bySaying {
			r.Time, r.Rung = e.Time, RungStated
			r.Rule = fmt.Sprintf("%q said at %s", shortened(phrase), rowTime(e))
			return true
		}
		if !it.posted {
			return false
		}
	case KindStatus, KindComms:
		if !it.posted {
			return false
		}
	default:
		return false
	}
	r.Rung, r.NotAfter = RungPosted, e.Time
	r.Rule = fmt.Sprintf("%q in a post of %s: an upper bound", shortened(phrase), clock(e.Time))
	return true
}

func rowTime(e *Event) string {
	if e.TimeText != "" {
		return shortened(e.TimeText)
	}
	return clock(e.Time)
}

// hurtBy adds to a reading of what somebody noticed that impact had begun by
// then.
func (p *page) hurtBy(i int, r reading) {
	at := r.Time
	if at.IsZero() || r.Rung != RungStated {
		return
	}
	r.Milestone, r.By, r.Time, r.NotAfter = ImpactStart, "", time.Time{}, at
	r.Rule += ": an upper bound"
	p.add(i, r)
}

// topicTime takes the time of a row that is labelled as trigger or cause: the
// first one that its words name, else that of the row. A cause is only dated
// by words that say that something was done then.
func (p *page) topicTime(m Milestone, i int, times []*stamped) {
	if slices.ContainsFunc(p.readings, func(r reading) bool { return r.Milestone == m }) {
		return
	}
	words := p.words[p.sentences[i][0]:p.sentences[i][1]]
	r := reading{Claim: Claim{Milestone: m, Said: p.said, Scope: p.m.scopeOf(p.e, words)}}
	for _, t := range times {
		if t.lapse != nil || t.Time.IsZero() || (m == Cause && !slices.ContainsFunc(words, func(w word) bool { return done(w.text) })) {
			continue
		}
		if stated(&r, t, false) {
			t.used = true
			r.Rule = fmt.Sprintf("labelled as %s, with the time %s", m, shortened(written(t)))
			p.add(i, r)
			return
		}
	}
	if m == Trigger && i == 0 && !p.e.Time.IsZero() && p.e.Precision >= when.Hour {
		r.Time, r.End, r.Precision, r.Rung, r.row = p.e.Time, p.e.End, p.e.Precision, RungStated, true
		if p.e.Approx {
			r.Rung = RungApproximate
		}
		r.Rule = fmt.Sprintf("labelled as trigger in the row of %s", rowTime(p.e))
		p.add(i, r)
	}
}

// agoOf reports whether "ago" in a sentence is said of the phrase that ends at a
// word. In "joining, I deployed it ten minutes ago" it is not: another clause
// with a subject of its own begins between them.
func agoOf(words []word, end int) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.text == "ago" })
	if i < 0 {
		return false
	}
	for k := end; k < i-1; k++ {
		subject := slices.Contains([]string{"i", "we", "he", "she", "they", "you"}, words[k].text)
		aside := slices.Contains([]string{"think", "guess", "believe", "say", "suppose", "saw", "noticed"}, words[k+1].text)
		if subject && words[k].cut > 0 && !aside {
			return false
		}
	}
	return true
}

// ago moves a reading of a row back by the length of time that its sentence
// names: "it started 10 minutes ago". It is false where none is understood.
func (p *page) ago(r *reading, i int, phrase string) bool {
	if r.Time.IsZero() || r.Rung == RungPosted {
		return true // a bound, and it still holds
	}
	start, end := p.words[p.sentences[i][0]].start, p.words[p.sentences[i][1]-1].end
	for _, l := range when.Lapses(p.text) {
		if l.Start < start || l.End > end || !strings.HasPrefix(l.After, "ago") {
			continue
		}
		r.Time, r.NotBefore, r.Rung = r.Time.Add(-l.D), time.Time{}, RungApproximate
		r.Precision = min(r.Precision, lapsePrecision(l.D))
		r.Rule = fmt.Sprintf("%q %s before the row of %s", shortened(phrase), when.Words(l.D), rowTime(p.e))
		return true
	}
	return false
}

// causeKnown takes a row of notes that is labelled as cause: whoever wrote it
// down then knew it by then.
func (p *page) causeKnown(i int, words []word) {
	e := p.e
	if i > 0 || e.Kind != KindNote || e.Time.IsZero() || e.Precision < when.Hour || e.Approx || slices.ContainsFunc(words, func(w word) bool { return unreal(w.text) || negation(w.text) }) {
		return
	}
	p.add(i, reading{Claim: Claim{
		Milestone: Identified, NotAfter: e.Time, Precision: e.Precision, Rung: RungStated, Said: p.said, Scope: p.m.scopeOf(e, words),
		Rule: fmt.Sprintf("labelled as cause in the row of %s: an upper bound", rowTime(e)),
	}, row: true})
}

// done are the words that say that something was changed.
func done(text string) bool {
	for _, stem := range []string{"deploy", "introduc", "chang", "merg", "releas", "configur", "roll", "appl", "upgrad", "updat", "made", "set", "install", "delet", "remov", "add", "expir", "push"} {
		if strings.HasPrefix(text, stem) {
			return true
		}
	}
	return false
}

// spareLapses gives a length of time that no phrase has taken to the phrase
// before it: "Detected at 11:47, two minutes after it began" says it twice.
func (p *page) spareLapses(i int, hits []hit, times []*stamped) {
	words := p.words[p.sentences[i][0]:p.sentences[i][1]]
	for _, t := range times {
		if t.lapse == nil || t.used || t.base == "" {
			continue
		}
		for h := len(hits) - 1; h >= 0; h-- {
			it := &hits[h]
			if it.refused != "" || words[it.first].start > t.Start {
				continue
			}
			r := reading{Claim: Claim{Milestone: it.milestone, Said: p.said, By: it.by}}
			if p.counted(&r, t, it.milestone) {
				p.add(i, r)
			}
			break
		}
	}
}

// noticedBy says who noticed, where the sentence says so.
func noticedBy(words []word) string {
	table := []struct {
		by    string
		stems []string
	}{
		{ByMonitor, []string{"monitor", "alert", "alarm", "probe", "synthetic", "pager", "telemetry"}},
		{ByThirdParty, []string{"downdetector", "outsider", "partner"}},
		{ByCustomer, []string{"customer", "user", "ticket", "complain", "merchant"}},
		{ByStaff, []string{"engineer", "developer", "we", "colleague", "staff"}},
	}
	for _, row := range table {
		for _, w := range words {
			for _, stem := range row.stems {
				if w.text == stem || (len(stem) > 2 && strings.HasPrefix(w.text, stem)) {
					return row.by
				}
			}
		}
	}
	return ""
}
