package merge

import (
	"regexp"
	"slices"
	"strings"

	"pir/internal/textdiff"
)

// pairing pairs things of the base with those of another text.
type pairing struct {
	of   []int // for each of the base: its place in the other text, or -1
	used []bool
}

func newPairing(nb, nx int) *pairing {
	p := &pairing{of: make([]int, nb), used: make([]bool, nx)}
	for i := range p.of {
		p.of[i] = -1
	}
	return p
}

func (p *pairing) pair(i, j int) { p.of[i], p.used[j] = j, true }

// hold lets what both sides have in the same words go together: the partner of a
// thing of the base is the one that is equal to its partner in ours, and what is
// equal to something that the base does not have is nobody's. mine are the
// partners in ours, equal gives for each thing of ours its equal here, or -1.
func (p *pairing) hold(mine, equal []int) {
	for i, o := range mine {
		if o >= 0 && equal[o] >= 0 && p.of[i] < 0 && !p.used[equal[o]] {
			p.pair(i, equal[o])
		}
	}
	for _, j := range equal {
		if j >= 0 {
			p.used[j] = true
		}
	}
}

// equals pairs the things of two texts that are the same, in order.
func equals(ours, theirs []string) []int {
	p := newPairing(len(ours), len(theirs))
	p.byKey(func(i int) string { return ours[i] }, func(j int) string { return theirs[j] })
	return p.of
}

// byKey pairs what is left and has the same key, in order. An empty key is none.
func (p *pairing) byKey(base, other func(int) string) {
	waiting := map[string][]int{}
	for j := range p.used {
		if k := other(j); !p.used[j] && k != "" {
			waiting[k] = append(waiting[k], j)
		}
	}
	for i := range p.of {
		if p.of[i] >= 0 {
			continue
		}
		if list := waiting[base(i)]; len(list) > 0 {
			p.pair(i, list[0])
			waiting[base(i)] = list[1:]
		}
	}
}

// maxGap is how many things between two that are paired are compared with one
// another.
const maxGap = 40

// byLikeness pairs what is left between things that are paired, in order, where
// they are alike enough. alike gives 0 to 1000.
func (p *pairing) byLikeness(least int, alike func(i, j int) int) {
	j := 0
	for i := 0; i < len(p.of); i++ {
		if p.of[i] >= 0 {
			j = p.of[i] + 1
			continue
		}
		best, score := -1, least-1
		for k := j; k < len(p.used) && k < j+maxGap && !p.used[k]; k++ {
			if s := alike(i, k); s > score {
				best, score = k, s
			}
		}
		if best >= 0 {
			p.pair(i, best)
			j = best + 1
		}
	}
}

// likeness is how alike two lines must be to be taken for one that was changed.
const likeness = 400

var itemKey = regexp.MustCompile(`^(?:- <a id="evidence-(\d+)"|\[(\d+)\]: )`)

// textsOf are what elements are known by.
func textsOf(list []element) []string {
	var out []string
	for i := range list {
		kind := "line "
		if list[i].table != nil {
			kind = "table "
		}
		out = append(out, kind+list[i].text)
	}
	return out
}

// matchElements pairs the tables and lines of two texts. Those of theirs are
// paired with a view to ours, whose partners are mine; else ours is nil.
func matchElements(b, x, ours []element, mine []int) []int {
	p := newPairing(len(b), len(x))
	tb, tx := textsOf(b), textsOf(x)
	matches, _ := textdiff.Align(tb, tx)
	for _, m := range matches {
		for k := range m.N {
			p.pair(m.A+k, m.B+k)
		}
	}
	p.byKey(func(i int) string { return tb[i] }, func(j int) string { return tx[j] })
	if ours != nil {
		p.hold(mine, equals(textsOf(ours), tx))
	}
	tableKey := func(list []element) func(int) string {
		return func(i int) string {
			if t := list[i].table; t != nil && len(t.columns) > 0 {
				return t.columns[0]
			}
			return ""
		}
	}
	p.byKey(tableKey(b), tableKey(x))
	lineKey := func(list []element) func(int) string {
		return func(i int) string { return itemKey.FindString(list[i].text) }
	}
	p.byKey(lineKey(b), lineKey(x))
	p.byLikeness(likeness, func(i, j int) int {
		if (b[i].table != nil) != (x[j].table != nil) || b[i].text == "" || x[j].text == "" {
			return 0
		}
		return textdiff.Alike(b[i].text, x[j].text)
	})
	return p.of
}

// labelled are the tables whose first column names the row, by the name of that
// column.
var labelled = []string{"Milestone", "Measure", "Phase", "Impact", "Action", "Source"}

func isLabelled(t *table) bool {
	for _, name := range labelled {
		if len(t.columns) > 0 && t.columns[0] == name {
			return true
		}
	}
	return false
}

func isTimed(t *table) bool {
	return len(t.columns) > 0 && strings.HasPrefix(strings.ToLower(t.columns[0]), "time")
}

// matchRows pairs the rows of two tables: by their words, by what names them (an
// action by its id, others by their first cell), by the first evidence that they
// cite together with the milestone that they tell of, by that evidence, and what
// is left by how many of their cells are the same.
// Those of theirs are paired with a view to ours, as matchElements does.
func matchRows(b, x, ours *table, mine []int) []int {
	p := newPairing(len(b.rows), len(x.rows))
	base, other := common(b, x)
	key := func(of func(*row) string) {
		p.byKey(func(i int) string { return of(&base[i]) }, func(j int) string { return of(&other[j]) })
	}
	whole := func(r *row) string { return strings.Join(filled(r.cells), "\x00") }
	key(whole)
	if ours != nil {
		o, t := common(ours, x)
		p.hold(mine, equals(each(o, whole), each(t, whole)))
	}
	if isLabelled(b) {
		key(actionID)
		key(func(r *row) string { return at(r, 0) })
		key(func(r *row) string { label, _, _ := strings.Cut(at(r, 0), " by "); return label })
	}
	key(func(r *row) string {
		if c := firstCitation(r); c != "" {
			return c + " " + marksOf(r)
		}
		return ""
	})
	key(firstCitation)
	p.byLikeness(500, func(i, j int) int {
		return alikeCells(base[i].cells, other[j].cells)
	})
	return p.of
}

func each(rows []row, of func(*row) string) []string {
	list := make([]string, len(rows))
	for i := range rows {
		list[i] = of(&rows[i])
	}
	return list
}

// common gives the rows of two tables with the columns that both have.
func common(a, b *table) (x, y []row) {
	ca, cb := unique(a.columns), unique(b.columns)
	if slices.Equal(ca, cb) {
		return a.rows, b.rows
	}
	var ia, ib []int
	for i, name := range ca {
		if j := slices.Index(cb, name); j >= 0 {
			ia, ib = append(ia, i), append(ib, j)
		}
	}
	return project(a.rows, ia), project(b.rows, ib)
}

func project(rows []row, places []int) []row {
	list := make([]row, len(rows))
	for i := range rows {
		list[i] = rows[i]
		list[i].cells = make([]string, len(places))
		for k, place := range places {
			list[i].cells[k] = at(&rows[i], place)
		}
	}
	return list
}

var boldID = regexp.MustCompile(`^\*\*([^*\s]+)\*\* `)

func actionID(r *row) string { return boldID.FindString(at(r, 0)) }

// firstCitation is that of the last cell that has one: the column of evidence.
func firstCitation(r *row) string {
	for i := len(r.cells) - 1; i >= 0; i-- {
		if c := citation.FindString(r.cells[i]); c != "" {
			return c
		}
	}
	return ""
}

var marks = regexp.MustCompile(`^(?:\*\*[^*]+\*\* ?)+`)

// marksOf are the milestones that a row says it is.
func marksOf(r *row) string {
	for _, c := range r.cells {
		if m := marks.FindString(c); m != "" {
			return strings.TrimSpace(m)
		}
	}
	return ""
}

// alikeCells is the share of cells that are the same, of those that are filled.
func alikeCells(a, b []string) int {
	same, all := 0, 0
	for i := range max(len(a), len(b)) {
		x, y := "", ""
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x == "" && y == "" {
			continue
		}
		all++
		if x == y {
			same++
		}
	}
	if all == 0 {
		return 0
	}
	return same * 1000 / all
}

var clock = regexp.MustCompile(`^(?:about )?(\d\d:\d\d(?::\d\d)?)(?:$|–)`)

// byTime lets a row that the writer added stand behind new rows of an earlier
// time. Only clocks of the day of the page are compared.
func byTime(order []triple, ours, theirs *table) []triple {
	timeOf := func(x triple) string {
		r := pick(ours.rows, x.ours)
		if r == nil {
			r = pick(theirs.rows, x.theirs)
		}
		m := clock.FindStringSubmatch(at(r, 0))
		if m == nil {
			return ""
		}
		return m[1]
	}
	for i := range order {
		if order[i].ours < 0 || order[i].theirs >= 0 || order[i].base >= 0 {
			continue
		}
		for j := i; j+1 < len(order) && order[j+1].ours < 0 && order[j+1].base < 0; j++ {
			mine, other := timeOf(order[j]), timeOf(order[j+1])
			if mine == "" || other == "" || other > mine {
				break
			}
			order[j], order[j+1] = order[j+1], order[j]
		}
	}
	return order
}
