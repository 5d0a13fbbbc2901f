package diff

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"pir/internal/textdiff"
	"pir/review/document"
)

// Compare tells how the old review became the new one. Where both have a sidecar
// it decides what the facts are, else the Markdown does. How a page is wrapped,
// aligned and escaped is no change, and neither are the numbers of citations.
// Swapping the reviews mirrors the diff.
func Compare(old, new *document.Document) *Diff {
	a, b := read(old, new)
	if canonical(a, b) > 0 {
		return compare(b, a).Mirror()
	}
	return compare(a, b)
}

// canonical orders two pages by nothing but what they hold.
func canonical(a, b *page) int {
	if n := bytes.Compare(a.doc.Source, b.doc.Source); n != 0 {
		return n
	}
	return cmp.Compare(fmt.Sprint(a.facts), fmt.Sprint(b.facts))
}

// The bounds of a comparison. They are counted, so that the result is the same on
// every machine.
const (
	maxPairs = 2 << 20
	maxWords = 1 << 30
)

// comparison is one comparison under way.
type comparison struct {
	a, b    *page
	clock   clock
	changes []Change
	coarse  []string

	sectionTo   []int // section of b for each of a, or -1
	sectionFrom []int
	partner     []int // unit of b for each of a, or -1
	origin      []int
	moved       []bool // of units of a: its partner stands elsewhere among those beside it
	skeleton    []bool // of units of a: its partner is in the same order, on the whole page
	words       map[int][]textdiff.Result
	bare        func()       // tells of claims without evidence, once units are paired
	pairsLeft   int          // how many pairs may still be looked at
	wordsLeft   int          // how much work on words is left, in pairs of tokens
	toldA       map[int]bool // units that a change of facts tells about
	toldB       map[int]bool
	partA       map[int]bool // units of which a fact tells a time or a length, and no other word
	partB       map[int]bool
}

func compare(a, b *page) *Diff {
	c := &comparison{
		a: a, b: b, clock: clockOf(a.facts, b.facts), words: map[int][]textdiff.Result{},
		toldA: map[int]bool{}, toldB: map[int]bool{},
		partA: map[int]bool{}, partB: map[int]bool{}, pairsLeft: maxPairs, wordsLeft: maxWords,
	}
	c.heads()
	c.windows()
	c.milestones()
	c.metrics()
	c.phases()
	c.figures()
	c.actions()
	c.rows()
	c.claims()
	c.notices()
	c.questions()
	c.pairSections()
	c.pairUnits()
	c.a.forgetWords()
	c.b.forgetWords()
	c.bare()
	c.sections()
	c.prose()
	c.keys()
	d := &Diff{From: a.doc.Name, To: b.doc.Name, from: a.doc.Source, to: b.doc.Source}
	d.Changes, d.Coarse = c.changes, c.coarse
	order(d.Changes)
	d.Strips = c.strips()
	return d
}

// add takes a change, with the places that it tells about.
func (c *comparison) add(ch Change) { c.changes = append(c.changes, ch) }

// tell remembers that a change of facts tells about these places.
func (c *comparison) tell(from, to document.Place) {
	if from.Line > 0 {
		for _, u := range c.a.under(from.Span) {
			c.toldA[u] = true
		}
	}
	if to.Line > 0 {
		for _, u := range c.b.under(to.Span) {
			c.toldB[u] = true
		}
	}
}

// partly remembers that of these places a time or a length is told, and that what
// else their rows say is not.
func (c *comparison) partly(from, to document.Place) {
	mark := func(p *page, at document.Place, in map[int]bool) {
		if at.Line > 0 {
			for _, u := range p.under(at.Span) {
				in[u] = true
			}
		}
	}
	mark(c.a, from, c.partA)
	mark(c.b, to, c.partB)
}

// fact takes a change of facts that stand at these places.
func (c *comparison) fact(ch Change, from, to document.Place) {
	if from.Line > 0 {
		ch.From.Line = from.Line
		ch.From.Section = c.a.sectionAt(from)
	}
	if to.Line > 0 {
		ch.To.Line = to.Line
		ch.To.Section = c.b.sectionAt(to)
	}
	c.add(ch)
	c.tell(from, to)
}

// rough notes that something was compared less finely.
func (c *comparison) rough(what string) {
	if !slices.Contains(c.coarse, what) {
		c.coarse = append(c.coarse, what)
	}
}

// read makes both documents ready. The sidecars decide where both have one: the
// facts of one alone would be finer than those of the other, and differ in that.
func read(old, new *document.Document) (a, b *page) {
	fa, fb := old.Facts, new.Facts
	if old.Sidecar != nil && new.Sidecar != nil {
		fa, fb = old.Told(), new.Told()
	}
	both(func() { a = newPage(old, seconds(fa)) }, func() { b = newPage(new, seconds(fb)) })
	return a, b
}

// both does what is to be done for either page, at the same time. They share
// nothing.
func both(a, b func()) {
	var sides sync.WaitGroup
	sides.Go(a)
	b()
	sides.Wait()
}

// seconds drops what is finer than pages show.
func seconds(f document.Facts) document.Facts {
	cut := func(times ...*time.Time) {
		for _, t := range times {
			*t = t.UTC().Truncate(time.Second)
		}
	}
	f.Milestones, f.Windows = slices.Clone(f.Milestones), slices.Clone(f.Windows)
	f.Phases, f.Rows = slices.Clone(f.Phases), slices.Clone(f.Rows)
	for i := range f.Milestones {
		cut(&f.Milestones[i].Time, &f.Milestones[i].End, &f.Milestones[i].NotAfter)
	}
	for i := range f.Windows {
		cut(&f.Windows[i].Start, &f.Windows[i].End)
	}
	for i := range f.Phases {
		cut(&f.Phases[i].Start, &f.Phases[i].End)
	}
	for i := range f.Rows {
		cut(&f.Rows[i].Time, &f.Rows[i].End)
	}
	return f
}
