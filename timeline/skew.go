package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

// Bounds of what is taken for a clock that goes wrong: how many acts must be
// seen in both sources, how far the differences may spread, from what length
// on a difference is told, and how long a copy may take on its way.
const (
	skewActs     = 3
	skewSpread   = 5 * time.Second
	skewLeast    = 5 * time.Second
	skewLongest  = 14 * time.Hour
	skewDelivery = 60 * time.Second
)

// sighting is one act as one source tells it.
type sighting struct {
	e    *Event
	more bool // the source tells of the same more than once
}

// pairing are the acts that two sources tell of.
type pairing struct {
	a, b string
	list [][2]*Event
}

// findPairs finds the acts that two sources tell of, each of them once.
func (b *builder) findPairs() []*pairing {
	if !slices.ContainsFunc(b.events, func(e Event) bool { return e.Source != b.events[0].Source }) {
		return nil
	}
	seen := map[string]map[string]sighting{}
	for i := range b.events {
		e := &b.events[i]
		if e.Time.IsZero() || e.Approx || e.HasFlag(FlagTest) || e.Precision == when.Day || e.Precision == when.Hour {
			continue
		}
		for _, mark := range b.marksOf(e) {
			if seen[mark] == nil {
				seen[mark] = map[string]sighting{}
			}
			_, again := seen[mark][e.Source]
			seen[mark][e.Source] = sighting{e, again}
		}
	}
	pairs := map[[2]string]*pairing{}
	var marks []string
	for mark := range seen {
		marks = append(marks, mark)
	}
	slices.Sort(marks)
	for _, mark := range marks {
		addPairs(pairs, seen[mark])
	}
	var order [][2]string
	for k := range pairs {
		order = append(order, k)
	}
	slices.SortFunc(order, func(x, y [2]string) int { return slices.Compare(x[:], y[:]) })
	var list []*pairing
	for _, k := range order {
		list = append(list, pairs[k])
	}
	return list
}

// marksOf are what an act can be known by in another source: its key and step,
// its words and state, a coined name and its state.
func (b *builder) marksOf(e *Event) []string {
	var marks []string
	if len(e.Key) >= shortestKey {
		marks = append(marks, "key\x00"+string(e.Kind)+"\x00"+e.Key+"\x00"+e.Step)
	}
	if e.Kind == KindLog {
		return marks
	}
	if t := b.tell(e); t.mergeable() && e.Kind != KindNote {
		if len(t.words) >= 3 {
			marks = append(marks, "words\x00"+t.state+"\x00"+strings.Join(t.words, " "))
		}
		if e.Kind == KindChat && !t.bot() {
			return marks
		}
		for _, name := range append(slices.Clone(t.names), t.bodyNames()...) {
			marks = append(marks, "name\x00"+t.state+"\x00"+name)
		}
	}
	return marks
}

// addPairs files the sources that tell of one act, each with each. An act that
// many tell of is no better witness: few are enough.
func addPairs(pairs map[[2]string]*pairing, by map[string]sighting) {
	var names []string
	for name, s := range by {
		if !s.more {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = names[:min(len(names), 6)]
	for i, a := range names {
		for _, c := range names[i+1:] {
			one, two := by[a].e, by[c].e
			if one.Party != two.Party || one.Time.Sub(two.Time).Abs() > skewLongest {
				continue
			}
			p := pairs[[2]string{a, c}]
			if p == nil {
				p = &pairing{a: a, b: c}
				pairs[[2]string{a, c}] = p
			}
			if !slices.ContainsFunc(p.list, func(o [2]*Event) bool { return o[0] == one || o[1] == two }) && len(p.list) < 100 {
				p.list = append(p.list, [2]*Event{one, two})
			}
		}
	}
}

// tellSkew warns of two sources whose times of the same acts differ by a
// constant: a clock that is off, or a zone. Nothing is moved: pir.yaml can give
// a source a skew.
func (b *builder) tellSkew(p *pairing) {
	if len(p.list) < skewActs {
		return
	}
	spread := skewSpread
	var offsets []time.Duration
	for _, pair := range p.list {
		offsets = append(offsets, pair[1].Time.Sub(pair[0].Time))
		for _, e := range pair {
			if e.Precision == when.Minute {
				spread = max(spread, time.Minute)
			}
		}
	}
	slices.Sort(offsets)
	low, high, middle := offsets[0], offsets[len(offsets)-1], offsets[len(offsets)/2]
	if high-low > spread || middle.Abs() < max(skewLeast, spread) || delivered(p.list[0], middle) {
		return
	}
	slices.SortFunc(p.list, func(x, y [2]*Event) int { return cmp.Or(compareEvents(x[0], y[0]), compareEvents(x[1], y[1])) })
	early, late := p.a, p.b
	if middle < 0 {
		early, late = late, early
		low, high, middle = -high, -low, -middle
	}
	var evidence []Evidence
	for _, pair := range p.list[:min(len(p.list), 3)] {
		for _, e := range pair {
			evidence = append(evidence, b.cite(e, strings.TrimSpace(e.TimeText+" "+e.Title)))
		}
	}
	off, move := "a clock", middle.Round(time.Second)
	if zone := middle.Round(30 * time.Minute); zone > 0 && (middle-zone).Abs() <= skewDelivery {
		off, move = "the zone", zone // the rest is how long the copy took
	}
	b.warn(WarnSkewEstimated, fmt.Sprintf(
		"%s is %s later than %s for the same %d acts (%s to %s): %s of one of them is off; nothing was moved (skew: -%s for %s, or %s for %s, moves its times)",
		late, words(middle.Round(time.Second)), early, len(p.list), words(low.Round(time.Second)), words(high.Round(time.Second)), off,
		spanText(move), late, spanText(move), early), evidence...)
}

// spanText is a length of time as pir.yaml has it.
func spanText(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return fmt.Sprintf("%ds", d/time.Second)
}

// delivered reports whether the second is a copy of the first that took its
// time: pages and messages come some seconds after what they tell of.
func delivered(pair [2]*Event, offset time.Duration) bool {
	a, c := pair[0], pair[1]
	if offset < 0 {
		a, c, offset = c, a, -offset
	}
	copied := c.Kind == KindPage || c.Kind == KindChat || c.Kind != a.Kind || c.Kind == KindAlert
	return copied && a.Kind != KindChat && offset <= skewDelivery
}
