package logs

import (
	"cmp"
	"slices"
)

// limits are how much of each list a merged tally keeps.
type limits struct{ texts, bins, counts, marks, seconds int }

// fileLimits are those of one file.
func fileLimits() limits {
	return limits{texts: maxFileTexts, bins: maxFileBins, counts: maxCounts, marks: maxMarks, seconds: maxSeconds}
}

// double gives the limits of a source of several files.
func (l limits) double() limits {
	return limits{texts: 2 * l.texts, bins: 2 * l.bins, counts: 2 * l.counts, marks: 2 * l.marks, seconds: 2 * l.seconds}
}

// absorb adds the tally of what stands behind t: the next chunk of the file.
// Tallies are absorbed in the order of the file, so that the result does not
// depend on who counted what when.
func (t *tally) absorb(o *tally, lim limits) {
	t.absorbLines(o)
	names := t.absorbNames(o)
	t.absorbCounts(o, names, lim)
	t.absorbTexts(o, names, lim)
}

// absorbLines adds up the lines. Lines at the start of o that no record of o
// is in front of go on with the last record of t.
func (t *tally) absorbLines(o *tally) {
	if t.opened {
		t.continuation += o.lead
	} else {
		t.lead += o.lead
	}
	t.opened = t.opened || o.opened
	t.continuation += o.continuation
	t.undated += o.undated
	t.malformed += o.malformed
	t.inWindow += o.inWindow
	t.outside += o.outside
	t.outOfOrder += o.outOfOrder
	t.naive += o.naive
	t.yearless += o.yearless
	t.noYear += o.noYear
	t.lost += o.lost
	t.uncounts += o.uncounts
	for _, sentence := range o.doubts {
		t.doubt(sentence)
	}
	t.bad = t.absorbNamed(t.bad, o.bad)
	t.bare = t.absorbNamed(t.bare, o.bare)
	t.long.absorb(o.long, t.lines)
	t.invalid.absorb(o.invalid, t.lines)
	t.absorbSpan(o)
	t.wraps.absorb(o.wraps, t.lines)
	t.days.absorb(&o.days)
	t.twice.absorb(o.twice, t.lines)
	t.skipped.absorb(o.skipped, t.lines)
	t.borrowed.absorb(o.borrowed, t.lines)
}

// absorbNamed adds lines that are named and stand behind those of t.
func (t *tally) absorbNamed(list, more []badLine) []badLine {
	for _, b := range more {
		if len(list) < maxBad {
			b.line += t.lines
			list = append(list, b)
		}
	}
	return list
}

func (n *notice) absorb(o notice, lines int64) {
	if n.n == 0 {
		n.line, n.offset = o.line+lines, o.offset
	}
	n.n += o.n
}

// absorbSpan joins the spans of time.
func (t *tally) absorbSpan(o *tally) {
	if o.dated == 0 {
		return
	}
	for _, m := range []*mark{&o.earliest, &o.latest} {
		m.line += t.lines
	}
	if t.dated == 0 {
		t.first, t.last, t.head, t.headAt, t.headTwice = o.first, o.last, o.head, o.headAt, o.headTwice
		t.earliest, t.latest = o.earliest, o.latest
	} else {
		t.step(o.head, o.headAt, o.headTwice)
		t.disorder = max(t.disorder, t.last-o.first)
		if o.first-t.last > leastSilence*nsPerMinute {
			t.pause(t.latest, o.earliest)
		}
		if o.first < t.first {
			t.first, t.earliest = o.first, o.earliest
		}
		if o.last >= t.last {
			t.last, t.latest = o.last, o.latest
		}
	}
	for _, s := range o.silences {
		s.before.line, s.after.line = s.before.line+t.lines, s.after.line+t.lines
		t.pause(s.before, s.after)
	}
	t.disorder = max(t.disorder, o.disorder)
	t.tail, t.tailTwice = o.tail, o.tailTwice
	for _, turn := range o.turns {
		t.turn(turn.offset, turn.by)
	}
	t.again = append(t.again, o.again[:min(len(o.again), maxAgain-len(t.again))]...)
	t.dated += o.dated
}

// absorbNames gives for each component of o its index in t.
func (t *tally) absorbNames(o *tally) []uint16 {
	names := make([]uint16, len(o.names))
	for i, name := range o.names {
		to := t.component(name)
		names[i] = to
		t.records[to] += o.records[i]
		t.request[to] += o.request[i]
	}
	return names
}

// absorbCounts adds the counts per minute and the marks of errors. What finds
// no room is taken in order of time, so that it is always the same.
func (t *tally) absorbCounts(o *tally, names []uint16, lim limits) {
	for _, key := range sortedKeys(o.counts, len(t.counts)+len(o.counts) > lim.counts, compareCounts) {
		to := key
		to.component = names[key.component]
		if _, ok := t.counts[to]; !ok && len(t.counts) >= lim.counts {
			t.uncounts += o.counts[key]
			continue
		}
		t.counts[to] += o.counts[key]
	}
	t.absorbErrors(o, names, lim)
}

// absorbErrors adds the marks of errors and what belongs to them.
func (t *tally) absorbErrors(o *tally, names []uint16, lim limits) {
	t.newest = max(t.newest, o.newest)
	for _, key := range sortedKeys(o.errors, len(t.errors)+len(o.errors) > lim.marks, compareMarks) {
		to := key
		to.component = names[key.component]
		e := o.errors[key]
		e.each(func(s *markSpan) { s.move(t.lines) })
		at := t.errors[to]
		if at == nil {
			if len(t.errors) >= lim.marks {
				continue
			}
			at = &errorMinute{}
			t.errors[to] = at
		}
		t.fine -= len(at.seconds)
		at.absorb(e)
		t.fine += len(at.seconds)
		if len(at.seconds) > fewSeconds && !at.waiting {
			at.waiting = true
			t.waiting = append(t.waiting, to)
		}
	}
	for key, n := range o.requests {
		to := key
		to.component = names[key.component]
		at := t.requests[to]
		if at == nil {
			t.requests[to] = n
			continue
		}
		for i := range at {
			at[i] += n[i]
		}
	}
	t.thin(lim)
}

// absorbTexts adds the masked messages, and the lines last of all: the others
// need the number of lines in front of o.
func (t *tally) absorbTexts(o *tally, names []uint16, lim limits) {
	for _, key := range sortedKeys(o.texts, len(t.texts)+len(o.texts) > lim.texts, o.compareTexts) {
		to := key
		to.component = names[key.component]
		x := o.texts[key]
		x.span.move(t.lines)
		switch at, ok := t.texts[to]; {
		case ok:
			t.bins -= len(at.minutes.bins)
			at.absorb(x)
			t.bins += len(at.minutes.bins)
		case len(t.texts) < lim.texts:
			t.texts[to] = x
			t.bins += len(x.minutes.bins)
		default:
			t.lost += x.count
		}
	}
	t.holdBins(lim.bins)
	t.lines += o.lines
}

// holdBins makes the minutes of the texts that have most of them coarser, until
// all have no more than limit.
func (t *tally) holdBins(limit int) {
	for most := maxBins / 2; t.bins > limit && most > 0; most /= 2 {
		t.bins = 0
		for _, x := range t.texts {
			x.minutes.hold(most)
			t.bins += len(x.minutes.bins)
		}
	}
}

func (x *text) absorb(o *text) {
	x.count += o.count
	x.now += o.now
	x.span.absorb(&o.span)
	x.minutes.absorb(&o.minutes)
}

// sortedKeys gives the keys of m. They are sorted only where the order
// decides what is left out.
func sortedKeys[K comparable, V any](m map[K]V, sorted bool, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	if sorted {
		slices.SortFunc(keys, compare)
	}
	return keys
}

func compareCounts(a, b countKey) int {
	return cmp.Or(cmp.Compare(a.minute, b.minute), cmp.Compare(a.component, b.component), cmp.Compare(a.level, b.level))
}

func compareMarks(a, b markKey) int {
	return cmp.Or(cmp.Compare(a.minute, b.minute), cmp.Compare(a.component, b.component))
}

// compareTexts puts the worst and the commonest messages first.
func (t *tally) compareTexts(a, b textKey) int {
	x, y := t.texts[a], t.texts[b]
	return cmp.Or(cmp.Compare(b.level, a.level), cmp.Compare(y.count, x.count),
		cmp.Compare(x.masked, y.masked), cmp.Compare(a.component, b.component), cmp.Compare(a.status, b.status))
}
