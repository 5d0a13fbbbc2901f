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

// window is a stretch of impact that a text states.
type window struct {
	start, end time.Time // end is zero for one that is only begun
	level      windowLevel
	scope      Scope
	from, to   *when.Stamp
	said       time.Time
	text       string // as it is written
	evidence   Evidence
	origin     Origin
	source     string
	outside    bool
	sentence   int
}

// windowLevel is how hard a stated window says that users were hit.
type windowLevel int

const (
	windowWhole    windowLevel = iota // it does not say
	windowMain                        // most customers
	windowResidual                    // a smaller subset, a low rate
)

func compareWindows(a, b *window) int {
	return cmp.Or(a.start.Compare(b.start), a.end.Compare(b.end), cmp.Compare(a.level, b.level),
		cmp.Compare(a.source, b.source), compareOrigin(a.origin, b.origin), compareEvidence(a.evidence, b.evidence))
}

// readWindows reads the windows of a sentence, and the open ones: "from 11:45
// customers saw errors", "a lower rate until 19:43".
func (p *page) readWindows(i int, words []word, times []*stamped, hits []hit) {
	for k, t := range times {
		if t.used || t.lapse != nil || t.Time.IsZero() || t.Precision < when.Hour {
			continue
		}
		region := regionOf(words, times, k)
		if linked(region) {
			region = words // "from 9:00 to 9:30 and again from …"
		}
		if planned(region) {
			continue
		}
		switch {
		case t.Until != nil && attacked(region) && (harmless(region) || !harmed(region)):
			t.used = true
			r := reading{Claim: Claim{Milestone: Trigger, Said: p.said, Scope: p.m.scopeOf(p.e, region)}}
			stated(&r, t, false)
			r.Rule = fmt.Sprintf("an attack in the window %s", shortened(written(t)))
			p.add(i, r)
		case harmless(region) || (!harmed(region) && !p.tellsOf(t, region) && p.e.Topic != TopicImpact && !(weighed(region) != windowWhole && len(p.windows) > 0)):
		case t.Until != nil:
			t.used = true
			p.addWindow(i, &window{start: t.Time, end: t.Until.Time, text: shortened(p.text[t.Start:t.End]), from: &t.Stamp, to: t.Until, level: weighed(region), scope: p.m.scopeOf(p.e, region)})
		case slices.Contains([]string{"from", "since", "starting at", "beginning at", "starting", "beginning", "starting from", "starting around"}, t.Word):
			t.used = true
			p.edge(i, ImpactStart, t, "impact from")
		case t.Word == "until" || t.Word == "till" || t.Word == "up to" || t.Word == "through":
			t.used = true
			p.until(i, t, region)
		}
	}
	p.rowWindow(i, words, hits)
}

// tellsOf reports whether a range of a public text that looks back is that of
// the impact, whatever its words: there is little else that it would tell.
func (p *page) tellsOf(t *stamped, region []word) bool {
	closing := p.e.Kind == KindComms || p.e.Kind == KindStatus && slices.ContainsFunc(p.e.Claims, func(c Claim) bool { return c.Milestone == Resolved })
	return closing && t.Until != nil && t.Precision >= when.Minute && !attacked(region) && !anyWord(region,
		"=we", "=our", "monitor", "observ", "maint", "investigat", "deploy", "roll", "work", "engineer", "team", "test", "upgrad", "updat", "review",
		"watch", "repair", "restor", "recover", "mitigat", "fix", "call", "window", "planned", "schedul", "next", "=will", "normal", "traffic", "peak")
}

// linked reports whether the words of a time say nothing of their own.
func linked(region []word) bool {
	for _, w := range region {
		switch w.text {
		case "first", "from", "between", "and", "again", "then", "to", "also", "later", "on", "at", "until", "till":
		default:
			if !w.masked {
				return false
			}
		}
	}
	return true
}

// until is the end of a window whose start was told before, or not at all.
func (p *page) until(i int, t *stamped, region []word) {
	level := weighed(region)
	if n := len(p.windows); n > 0 && level == windowResidual && p.windows[n-1].end.Before(t.Time) {
		before := p.windows[n-1]
		p.addWindow(i, &window{start: before.end, end: t.Time, from: before.to, to: &t.Stamp, text: "until " + shortened(t.Text), level: level, scope: p.m.scopeOf(p.e, region)})
		return
	}
	m := ImpactEnd
	if level == windowMain {
		m = Mitigated
	}
	p.edge(i, m, t, "impact until")
}

func (p *page) edge(i int, m Milestone, t *stamped, rule string) {
	r := reading{Claim: Claim{Milestone: m, Said: p.said, Time: t.Time, Precision: t.Precision, Rung: RungStated, Rule: rule + " " + shortened(t.Text)}}
	if t.Approx {
		r.Rung = RungApproximate
	}
	p.add(i, r)
}

// rowWindow takes a row of notes that is itself a range: "13:30-13:45 launches
// drop to zero".
func (p *page) rowWindow(i int, words []word, hits []hit) {
	e := p.e
	if i > 0 || e.Kind != KindNote || e.End.IsZero() || !e.End.After(e.Time) || !harmed(words) || harmless(words) || len(hits) > 0 || attacked(words) {
		return
	}
	stamp := func(t time.Time) *when.Stamp {
		return &when.Stamp{Time: t, Precision: e.Precision, Approx: e.Approx, Text: rowTime(e)}
	}
	p.addWindow(i, &window{start: e.Time, end: e.End, from: stamp(e.Time), to: stamp(e.End), text: rowTime(e), level: weighed(words), scope: p.m.scopeOf(e, words)})
}

func (p *page) addWindow(i int, w *window) {
	if !w.end.After(w.start) {
		return
	}
	w.said, w.source, w.sentence = p.said, p.e.Source, i
	w.evidence = p.evidence(p.quote(i))
	w.origin = ParseOrigin(w.evidence.Origin)
	w.outside = p.m.b.beyond(Claim{Milestone: ImpactStart, Time: w.start}) || p.m.b.beyond(Claim{Milestone: ImpactStart, Time: w.end})
	p.windows = append(p.windows, w)
}

// wholeWindows makes the readings of all windows of the text, once it is read
// to its end: a window that a residual one follows is the main one.
func (p *page) wholeWindows() {
	for _, w := range p.windows {
		follows := func(level windowLevel) bool {
			return slices.ContainsFunc(p.windows, func(o *window) bool {
				return o != w && o.level == level && o.start.Sub(w.end).Abs() <= p.m.b.gap
			})
		}
		if w.level == windowWhole && follows(windowResidual) {
			w.level = windowMain
		}
	}
	for _, w := range p.windows {
		before := slices.ContainsFunc(p.windows, func(o *window) bool {
			return o != w && o.level != windowResidual && !o.end.After(w.end) && o.start.Before(w.start)
		})
		if w.level == windowResidual && !before && len(p.windows) == 1 && !p.m.mainElsewhere(w) {
			w.level = windowWhole // the only impact that is told of
		}
	}
	for _, w := range p.windows {
		p.windowReadings(w)
	}
	if p.e.Party == PartyOwn && !relays(p.e) { // what a program copies from divides the impact, where it is there
		p.m.b.windows = append(p.m.b.windows, p.windows...)
	}
}

// mainElsewhere reports whether any log shows main impact in front of a
// residual window.
func (m *miner) mainElsewhere(w *window) bool {
	return slices.ContainsFunc(m.b.in.Bursts, func(x Burst) bool { return x.Start.Before(w.start) && m.b.level(x) == LevelMain })
}

func (p *page) windowReadings(w *window) {
	name := map[windowLevel]string{windowWhole: "a window of impact", windowMain: "a window of main impact", windowResidual: "a window of residual impact"}[w.level]
	rule := name + ": " + w.text
	add := func(m Milestone, s *when.Stamp) {
		r := reading{
			Claim: Claim{
				Milestone: m, Time: s.Time, Precision: s.Precision, Rung: RungStated, Rule: rule, Said: w.said, Scope: w.scope,
			},
			window: w,
		}
		if s.Approx {
			r.Rung = RungApproximate
		}
		p.add(w.sentence, r)
	}
	switch w.level {
	case windowMain:
		add(ImpactStart, w.from)
		add(Mitigated, w.to)
	case windowResidual:
		add(Mitigated, w.from)
		add(ImpactEnd, w.to)
	default:
		add(ImpactStart, w.from)
		add(ImpactEnd, w.to)
	}
}

// regionOf are the words of a sentence that belong to one of its times: the
// sentence is divided between two times where it is cut most strongly.
func regionOf(words []word, times []*stamped, k int) []word {
	from, to := 0, len(words)
	if k > 0 {
		from = divide(words, lastWord(words, times[k-1].End), wordAt(words, times[k].Start))
	}
	if k+1 < len(times) {
		to = divide(words, lastWord(words, times[k].End), wordAt(words, times[k+1].Start))
	}
	if from >= to {
		return words
	}
	return words[from:to]
}

func divide(words []word, i, j int) int {
	best, strength := j, 0
	for k := i; k <= j && k < len(words); k++ {
		s := 2 * words[k].cut
		switch words[k].text {
		case "and", "then", "while", "followed", "but":
			s += 3
		}
		if s > 0 && s >= strength {
			best, strength = k, s
		}
	}
	return max(best, 0)
}

func anyWord(words []word, stems ...string) bool {
	for _, w := range words {
		for _, stem := range stems {
			if exact, ok := strings.CutPrefix(stem, "="); ok && w.text == exact || !ok && strings.HasPrefix(w.text, stem) {
				return true
			}
		}
	}
	return false
}

// harmed reports whether words tell that users were hurt.
func harmed(words []word) bool {
	if anyWord(words, "impact", "outage", "unavailab", "disrupt", "degrad", "downtime", "inaccessible", "unreachable", "offline") {
		return true
	}
	if len(words) > 0 && words[0].text == "down" {
		return true
	}
	if anyWord(words, "nobody", "=noone") && anyWord(words, "=could", "=can") {
		return true
	}
	hurt := anyWord(words, "error", "fail", "timeout", "=unable", "=down", "slow", "latenc", "trouble", "issue", "problem", "=affected", "=could", "lost", "reject", "interrupt", "intermittent", "=low", "=lower", "elevated", "stuck", "broken", "refus", "drop", "delay")
	who := anyWord(words, "customer", "user", "client", "request", "service", "connection", "merchant", "traffic", "subset", "rate", "=we", "payment", "order", "login", "checkout", "launch", "error", "timeout", "failure", "=mail", "=mails", "message", "email", "deliver", "search", "page", "=site", "website", "=api", "job", "queue")
	return hurt && who
}

// harmless reports whether words say that nobody was hurt.
func harmless(words []word) bool {
	for i, w := range words {
		switch w.text {
		case "no", "minimal", "without", "little", "zero", "negligible":
			for j := i + 1; j < len(words) && j <= i+3; j++ {
				if strings.HasPrefix(words[j].text, "impact") || words[j].text == "effect" {
					return true
				}
			}
		}
	}
	return false
}

// attacked reports whether words tell of an attack or a flood of traffic.
func attacked(words []word) bool { return anyWord(words, "attack", "ddos", "flood") }

// planned reports whether words tell of what is to come.
func planned(words []word) bool {
	return anyWord(words, "=will", "scheduled", "maintenance", "planned", "=plan")
}

// weighed reads how hard a window says that users were hit.
func weighed(words []word) windowLevel {
	for i, w := range words {
		switch w.text {
		case "smaller", "residual", "remaining", "lower", "reduced", "minority", "few", "intermittent", "intermittently", "lingering":
			return windowResidual
		case "low", "small":
			if i+1 < len(words) && (anyWord(words[i+1:min(i+3, len(words))], "rate", "number", "share", "subset", "set", "fraction", "percentage", "level", "proportion")) {
				return windowResidual
			}
		}
	}
	if anyWord(words, "=most", "majority", "=main", "=bulk", "widespread", "=major") {
		return windowMain
	}
	return windowWhole
}

// readLength takes a length of time that may be that of the impact: "lasted
// nearly ten hours", "an outage of eight hours", "a ten-hour outage".
func (p *page) readLength(l when.Lapse) {
	if l.D < time.Minute || l.After != "" && !strings.HasPrefix(l.After, "on ") && !strings.HasPrefix(l.After, "of ") || p.e.Party != PartyOwn {
		return
	}
	first := wordAt(p.words, l.Start)
	if first < 0 || !p.tellsLength(first, lastWord(p.words, l.End)) {
		return
	}
	low, high, begins := lengthRange(p.words, first, l.D)
	phrase := p.text[p.words[begins].start:l.End]
	quote := p.quoteAt(l.Start)
	b := p.m.b
	evidence := p.evidence(quote)
	b.lengths = append(b.lengths, length{
		low: low, high: high, phrase: shortened(phrase), evidence: evidence, origin: ParseOrigin(evidence.Origin), said: p.said, source: p.e.Source,
	})
}

// tellsLength looks at the words around a length of time.
func (p *page) tellsLength(first, behind int) bool {
	before := p.words[max(first-5, 0):first]
	after := p.words[behind:min(behind+3, len(p.words))]
	for i := range after {
		if after[i].ends {
			after = after[:i]
			break
		}
	}
	for i := len(before) - 1; i >= 0; i-- {
		if i+1 < len(before) && before[i+1].ends || (i == len(before)-1 && p.words[first].ends) {
			before = before[i+1:]
			break
		}
	}
	if anyWord(p.clauseBefore(first), "lasted", "lasting") && !anyWord(before, "attack") {
		return true
	}
	if anyWord(after, "=outage", "=disruption", "=incident", "=downtime", "=degradation") {
		return true
	}
	if anyWord(before, "=outage", "=disruption", "=downtime") && anyWord(before, "=of") {
		return true
	}
	return anyWord(before, "=for") && anyWord(before, "=down", "unavailab", "offline", "outage", "disrupt", "unreachable")
}

// clauseBefore are the words of the sentence in front of word i, at most 16.
func (p *page) clauseBefore(i int) []word {
	from := i
	for from > 0 && !p.words[from].ends && i-from < 16 {
		from--
	}
	return p.words[from:i]
}

// lengthRange is what a length of time with its qualifier allows: "nearly ten
// hours" is between nine and ten.
func lengthRange(words []word, first int, d time.Duration) (low, high time.Duration, begins int) {
	unit := time.Minute
	switch {
	case d%(24*time.Hour) == 0:
		unit = 24 * time.Hour
	case d%time.Hour == 0:
		unit = time.Hour
	case d%(30*time.Minute) == 0:
		unit = 30 * time.Minute
	case d%(10*time.Minute) == 0:
		unit = 10 * time.Minute
	}
	for i := first - 1; i >= 0 && i >= first-2; i-- {
		switch words[i].text {
		case "nearly", "almost", "under", "less":
			return max(d-unit, 0), d, i
		case "over", "more", "least":
			return d, d + unit, i
		case "about", "around", "roughly", "approximately", "some":
			return max(d-unit/2, 0), d + unit/2, i
		}
	}
	return max(d-unit/2, 0), d + unit/2, first
}

// quoteAt is the sentence around an offset.
func (p *page) quoteAt(offset int) string {
	if p.sentences == nil {
		p.sentences = splitSentences(p.words)
	}
	i := sort.Search(len(p.sentences), func(i int) bool { return p.words[p.sentences[i][0]].start > offset })
	return p.quote(max(i-1, 0))
}
