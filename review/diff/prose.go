package diff

import (
	"cmp"
	"slices"

	"pir/internal/textdiff"
	"pir/review/document"
)

// pairUnits finds the unit of the new page for each of the old one: in sections
// that belong together first those that say the same, in order; then what is so
// much alike that it can be nothing else, wherever it stands; then by likeness in
// the section; then what was taken elsewhere and reworded.
func (c *comparison) pairUnits() {
	c.partner = slices.Repeat([]int{-1}, len(c.a.units))
	c.origin = slices.Repeat([]int{-1}, len(c.b.units))
	for i, s := range c.a.sections {
		j := c.sectionTo[i]
		if j < 0 {
			continue
		}
		t := c.b.sections[j]
		if s.heading >= 0 && t.heading >= 0 {
			c.join(s.heading, t.heading)
		}
		c.align(s.first, s.last, t.first, t.last)
	}
	c.pairElsewhere()
	c.pairAlike(weighty(c.a, c.leftA(0, len(c.a.units))), weighty(c.b, c.leftB(0, len(c.b.units))), alikeSurely)
	for i, s := range c.a.sections {
		if j := c.sectionTo[i]; j >= 0 {
			t := c.b.sections[j]
			c.pairAlike(c.leftA(s.first, s.last), c.leftB(t.first, t.last), alikeProse)
		}
	}
	c.pairReplaced()
	c.pairAlike(weighty(c.a, c.leftA(0, len(c.a.units))), weighty(c.b, c.leftB(0, len(c.b.units))), alikeMoved)
	c.findMoved()
	c.mark()
}

func (c *comparison) join(i, j int) { c.partner[i], c.origin[j] = j, i }

// align pairs units that say the same, in order.
func (c *comparison) align(a0, a1, b0, b1 int) {
	matches, coarse := textdiff.Align(keys(c.a.units[a0:a1]), keys(c.b.units[b0:b1]))
	if coarse {
		c.rough("the order of paragraphs: too many are the same on both sides")
	}
	for _, m := range matches {
		for n := range m.N {
			c.join(a0+m.A+n, b0+m.B+n)
		}
	}
}

func keys(units []Unit) []string {
	out := make([]string, len(units))
	for i := range units {
		out[i] = units[i].key
	}
	return out
}

func (c *comparison) leftA(from, to int) (out []int) {
	for i := from; i < to; i++ {
		if c.partner[i] < 0 && c.a.units[i].Kind != Heading {
			out = append(out, i)
		}
	}
	return out
}

func (c *comparison) leftB(from, to int) (out []int) {
	for j := from; j < to; j++ {
		if c.origin[j] < 0 && c.b.units[j].Kind != Heading {
			out = append(out, j)
		}
	}
	return out
}

// minWeight is how many letters a piece must have to be found elsewhere: "None."
// is everywhere.
const minWeight = 24

func weighty(p *page, list []int) []int {
	return slices.DeleteFunc(list, func(i int) bool { return len(p.units[i].Text) < minWeight || p.units[i].Kind == Head })
}

// pairElsewhere pairs what stands once on either side and says the same.
func (c *comparison) pairElsewhere() {
	at := map[string]int{}
	left := weighty(c.a, c.leftA(0, len(c.a.units)))
	for _, i := range left {
		at[c.a.units[i].key]++
	}
	where := map[string]int{}
	for _, j := range weighty(c.b, c.leftB(0, len(c.b.units))) {
		k := c.b.units[j].key
		if _, twice := where[k]; twice {
			j = -1
		}
		where[k] = j
	}
	for _, i := range left {
		k := c.a.units[i].key
		if j, found := where[k]; found && j >= 0 && at[k] == 1 {
			c.join(i, j)
		}
	}
}

// pairAlike pairs the likest of what is left.
func (c *comparison) pairAlike(left, right []int, threshold int) {
	if len(left) == 0 || len(right) == 0 {
		return
	}
	var bagsA, bagsB []textdiff.Bag
	both(func() { bagsA = c.a.bags(left) }, func() { bagsB = c.b.bags(right) })
	found, coarse := c.assign(bagsA, bagsB, threshold, func(n, m int) int {
		x, y := &c.a.units[left[n]], &c.b.units[right[m]]
		if x.class != y.class {
			return 0
		}
		score := bagsA[n].Alike(bagsB[m])
		switch {
		case x.Text == y.Text:
			score = 1000
		case x.Kind == Head:
			score += 300
		case x.Kind == Row && threshold < alikeMoved && len(x.Cells) > 1 && len(y.Cells) > 1 && x.Cells[0] != "" && x.Cells[0] == y.Cells[0]:
			score = max(score, 400) + 300 // the first column says what the row is about
		}
		if c.between(left[n], right[m]) {
			score += 60
		}
		if x.Kind == y.Kind {
			score += 10
		}
		return score
	})
	if coarse {
		c.rough("paragraphs that are alike: too many for the best assignment, the likest ones were taken first")
	}
	for _, p := range found {
		c.join(left[p.a], right[p.b])
	}
}

// pairReplaced pairs what stands between the same two neighbours and has some
// words in common: in its place, a looser likeness will do.
func (c *comparison) pairReplaced() {
	after := map[int]int{} // unit of b behind which the gap begins, for a unit of a
	last := -1
	for i, j := range c.partner {
		if j >= 0 {
			last = j
		}
		after[i] = last
	}
	gaps := map[int][2][]int{}
	last = -1
	for j, i := range c.origin {
		if i >= 0 {
			last = j
			continue
		}
		if c.b.units[j].Kind == document.Paragraph {
			g := gaps[last]
			g[1] = append(g[1], j)
			gaps[last] = g
		}
	}
	for i, j := range c.partner {
		if j < 0 && c.a.units[i].Kind == document.Paragraph {
			g := gaps[after[i]]
			g[0] = append(g[0], i)
			gaps[after[i]] = g
		}
	}
	for at := -1; at < len(c.origin); at++ {
		g := gaps[at]
		if len(g[0]) > 0 && len(g[1]) > 0 && c.sectionTo[c.a.units[g[0][0]].home] == c.b.units[g[1][0]].home {
			c.pairAlike(g[0], g[1], alikePlace)
		}
	}
}

// between reports whether two units have the same unit before them, or behind.
func (c *comparison) between(i, j int) bool {
	before := i > 0 && j > 0 && c.partner[i-1] == j-1
	behind := i+1 < len(c.partner) && j+1 < len(c.origin) && c.partner[i+1] == j+1
	return before || behind
}

// findMoved finds what is not in the order of the rest: sections among those
// beside them, and units within their section, so that what a section takes along
// is not moved.
func (c *comparison) findMoved() {
	c.moved = make([]bool, len(c.partner))
	among := map[int][]int{} // sections by the one that holds them
	for i, s := range c.a.sections {
		j := c.sectionTo[i]
		if j < 0 || s.heading < 0 || c.b.sections[j].heading < 0 {
			continue
		}
		up := c.a.holder(i, c.sectionTo)
		if to := c.b.holder(j, c.sectionFrom); up < 0 != (to < 0) || up >= 0 && c.sectionTo[up] != to {
			c.moved[s.heading] = true
			continue
		}
		among[up] = append(among[up], s.heading)
	}
	for up := -1; up < len(c.a.sections); up++ {
		c.outOfOrder(among[up])
	}
	for i, s := range c.a.sections {
		var units []int
		for u := s.first; u < s.last; u++ {
			if j := c.partner[u]; j >= 0 && c.b.units[j].home == c.sectionTo[i] {
				units = append(units, u)
			}
		}
		c.outOfOrder(units)
	}
	c.findSkeleton()
}

// findSkeleton finds the units that stand on both pages in the same order: those
// that were not moved, in sections that were not.
func (c *comparison) findSkeleton() {
	c.skeleton = make([]bool, len(c.partner))
	away := make([]bool, len(c.a.sections)) // with all that is in them
	for i, s := range c.a.sections {
		away[i] = c.sectionMoved(i) || s.parent >= 0 && away[s.parent]
	}
	var units, places []int
	for i, j := range c.partner {
		if home := c.a.units[i].home; j >= 0 && !c.moved[i] && !away[home] && c.sectionTo[home] == c.b.units[j].home {
			units, places = append(units, i), append(places, j)
		}
	}
	for _, n := range textdiff.Ascending(places) {
		c.skeleton[units[n]] = true
	}
}

// outOfOrder marks as few units as can be, so that the others stand on both pages
// in the same order.
func (c *comparison) outOfOrder(units []int) {
	places := make([]int, len(units))
	for n, u := range units {
		places[n] = c.partner[u]
		c.moved[u] = true
	}
	for _, n := range textdiff.Ascending(places) {
		c.moved[units[n]] = false
	}
}

// holder is the nearest section around one that has a partner; -1 where none has.
func (p *page) holder(i int, partner []int) int {
	up := p.sections[i].parent
	for up >= 0 && (partner[up] < 0 || p.sections[up].heading < 0) {
		up = p.sections[up].parent
	}
	return up
}

// mark compares the words of the units that belong together.
func (c *comparison) mark() {
	for i, j := range c.partner {
		if j < 0 || c.a.units[i].key == c.b.units[j].key {
			continue
		}
		words := c.wordsOf(&c.a.units[i], &c.b.units[j])
		for _, w := range words {
			if w.Coarse {
				c.rough("the words of long paragraphs: more is marked than had to be")
			}
		}
		c.words[i] = words
	}
}

// wordsOf compares two units: cells one by one, code by line. Where the work on
// words is used up, all of a unit is marked.
func (c *comparison) wordsOf(x, y *Unit) []textdiff.Result {
	const letters = 5 // of a token, about
	c.wordsLeft -= min(len(x.Text)/letters*(len(y.Text)/letters), maxWords/8)
	switch {
	case c.wordsLeft < 0 && x.Cells == nil && y.Cells == nil:
		r := textdiff.Replaced(x.shown(), y.shown())
		return []textdiff.Result{r}
	case x.Kind == Row && y.Kind == Row, x.Kind == Head && y.Kind == Head:
		return cells(x, y)
	case x.class == "code" && y.class == "code":
		return []textdiff.Result{textdiff.Lines(x.Text, y.Text)}
	}
	return []textdiff.Result{textdiff.Words(x.shown(), y.shown())}
}

// shown is the text with the box of a task.
func (u *Unit) shown() string {
	switch {
	case u.Task && u.Checked:
		return "[x] " + u.Text
	case u.Task:
		return "[ ] " + u.Text
	}
	return u.Text
}

// cells compares rows cell by cell: by column where the heads differ.
func cells(x, y *Unit) (out []textdiff.Result) {
	used := make([]bool, len(y.Cells))
	for k, cell := range x.Cells {
		m := k
		if !slices.Equal(x.Columns, y.Columns) && x.Kind == Row {
			m = column(x.Columns, y.Columns, k, len(y.Cells))
		}
		other := ""
		if m >= 0 && m < len(y.Cells) && !used[m] {
			used[m], other = true, y.Cells[m]
		}
		out = append(out, textdiff.Words(cell, other))
	}
	for m, cell := range y.Cells {
		if !used[m] {
			out = append(out, textdiff.Words("", cell))
		}
	}
	return out
}

// column finds the column of the new table for one of the old table: that of the
// same name, else the same place where both have as many.
func column(a, b []string, k, n int) int {
	if k < len(a) {
		if m := slices.Index(b, a[k]); m >= 0 {
			return m
		}
	}
	if len(a) == len(b) && k < n {
		return k
	}
	return -1
}

// prose tells what became of the units that no fact tells about.
func (c *comparison) prose() {
	for i := range c.a.units {
		u := &c.a.units[i]
		j := c.partner[i]
		switch {
		case u.Kind == Heading:
		case j < 0:
			if c.sectionTo[u.home] >= 0 && !(u.spoken && c.toldA[i]) && !u.numbers() {
				c.add(Change{Type: ProseRemoved, From: side(u)})
			}
		default:
			c.pair(i, j)
		}
	}
	for j := range c.b.units {
		u := &c.b.units[j]
		if u.Kind != Heading && c.origin[j] < 0 && c.sectionFrom[u.home] >= 0 && !(u.spoken && c.toldB[j]) && !u.numbers() {
			c.add(Change{Type: ProseAdded, To: side(u)})
		}
	}
}

// pair tells what became of a unit that both pages have.
func (c *comparison) pair(i, j int) {
	x, y := &c.a.units[i], &c.b.units[j]
	told := x.spoken && c.toldA[i] || y.spoken && c.toldB[j]
	if told {
		c.besides(i, j)
	}
	if x.numbers() && y.numbers() || told {
		return
	}
	if c.strayed(i, j) {
		c.add(Change{Type: ProseMoved, From: side(x), To: side(y)})
	}
	words := c.words[i]
	if words == nil {
		return
	}
	ch := Change{Type: ProseChanged, From: side(x), To: side(y), Words: words}
	if allSame(words) {
		ch.Note = "a link or emphasis" // the words are the same
		if x.shown() != y.shown() {
			ch.Note = ""
		}
	}
	c.add(ch)
}

func allSame(words []textdiff.Result) bool {
	return !slices.ContainsFunc(words, func(r textdiff.Result) bool { return !r.Same() })
}

// strayed reports whether a unit left its section, or its place in it.
func (c *comparison) strayed(i, j int) bool {
	x, y := &c.a.units[i], &c.b.units[j]
	if c.sectionTo[x.home] != y.home {
		return true
	}
	return c.moved[i]
}

// numbers reports whether a unit is of the list of evidence, whose numbers and
// order follow from the rest of the page.
func (u *Unit) numbers() bool { return u.part == "evidence" || u.part == "changes" }

func side(u *Unit) Side {
	return Side{Text: cmp.Or(u.shown(), u.Text), Section: u.Section, Line: u.Line, Kind: u.Kind}
}
