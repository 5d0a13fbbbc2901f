package merge

import (
	"regexp"
	"slices"
	"strings"
)

// table is a table of a text.
type table struct {
	columns     []string
	head, delim string
	rows        []row
}

// row is a row, or a conflict about one.
type row struct {
	text  string // the line, trimmed
	raw   []string
	cells []string // of a conflict: of the writer's row
	group *group
}

// lineOf is the line of a row, the head of the table being line 0.
func (t *table) lineOf(i int) int {
	n := 2
	for _, r := range t.rows[:i] {
		n += len(r.raw)
	}
	return n
}

var delimiter = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)

// tableSize counts the lines of the table with which a text begins; 0 for none.
func tableSize(lines []string) int {
	if len(lines) < 2 || !strings.HasPrefix(strings.TrimSpace(lines[0]), "|") || !delimiter.MatchString(lines[1]) || !strings.Contains(lines[1], "|") {
		return 0
	}
	n := 2
	for n < len(lines) {
		line := strings.TrimSpace(lines[n])
		// A row may stand without its outer pipes.
		if line == "" || !strings.Contains(line, "|") || !strings.HasPrefix(line, "|") && strings.IndexByte("<>#-*+", line[0]) >= 0 {
			break
		}
		n++
	}
	return n
}

func readTable(lines []string) *table {
	t := &table{columns: cells(lines[0]), head: lines[0], delim: lines[1]}
	for i := 2; i < len(lines); {
		if n := groupIn(lines[i:], firstCell); n > 0 {
			g, _ := readGroup(lines[i:i+n], firstCell)
			r := row{raw: lines[i : i+n], group: g}
			if len(g.yours) > 0 {
				r.text, r.cells = g.yours[0], cells(g.yours[0])
			}
			t.rows = append(t.rows, r)
			i += n
			continue
		}
		t.rows = append(t.rows, row{text: strings.TrimSpace(lines[i]), raw: lines[i : i+1], cells: cells(lines[i])})
		i++
	}
	return t
}

// firstCell is the first cell of a row, as it is written.
func firstCell(line string) string {
	if c := cells(line); len(c) > 0 {
		return c[0]
	}
	return ""
}

// cells cuts a row at its pipes, but for those that are escaped.
func cells(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	if strings.HasSuffix(line, "|") && !strings.HasSuffix(line, `\|`) {
		line = line[:len(line)-1]
	}
	var list []string
	start := 0
	for i := 0; i <= len(line); i++ {
		if i == len(line) || line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			list = append(list, strings.Join(strings.Fields(line[start:i]), " "))
			start = i + 1
		}
	}
	return list
}

// equalCells compares two rows, empty cells at the end left out.
func equalCells(a, b []string) bool {
	return slices.Equal(filled(a), filled(b))
}

func filled(c []string) []string {
	for len(c) > 0 && c[len(c)-1] == "" {
		c = c[:len(c)-1]
	}
	return c
}

// table merges a table. One that is generated no more keeps the rows of the
// writer; without any it goes.
func (m *merger) table(b, o, t *element) {
	var base, theirs table
	if b != nil {
		base = *b.table
	}
	if t != nil {
		theirs = *t.table
	}
	ours := *o.table
	c := newColumns(&base, &ours, &theirs)
	bo := matchRows(&base, &ours, nil, nil)
	bt := matchRows(&base, &theirs, &ours, bo)
	mine, new := common(&ours, &theirs)
	equal := func(i, j int) bool { return equalCells(mine[i].cells, new[j].cells) }
	order := weave(len(base.rows), len(ours.rows), len(theirs.rows), bo, bt, equal)
	if len(base.columns) > 0 && isTimed(&ours) {
		order = byTime(order, &ours, &theirs)
	}
	sub := &merger{eol: m.eol}
	for _, x := range order {
		sub.row(c, pick(base.rows, x.base), pick(ours.rows, x.ours), pick(theirs.rows, x.theirs))
	}
	if t == nil && len(sub.lines) == 0 {
		return
	}
	m.part(o)
	c.writeHead(m, &ours, &theirs)
	for _, x := range sub.out.Conflicts {
		m.out.Conflicts = append(m.out.Conflicts, Conflict{x.Line + len(m.lines), x.What})
	}
	for _, x := range sub.out.Kept {
		m.out.Kept = append(m.out.Kept, Kept{x.Line + len(m.lines), x.Text})
	}
	m.lines = append(m.lines, sub.lines...)
	m.inTable = true
	m.blanks(b, o, t)
}

// columns are those of the merged table, and where each side has them.
type columns struct {
	names              []string
	base, ours, theirs []int // places of the names; -1 for none
	asOurs, asTheirs   bool  // a row of that side can be taken as it is
}

// newColumns gives the columns: those of theirs, or of ours where the writer
// changed them, with new ones of theirs at the end.
func newColumns(base, ours, theirs *table) *columns {
	c := &columns{}
	b, o, t := unique(base.columns), unique(ours.columns), unique(theirs.columns)
	switch {
	case len(t) == 0, slices.Equal(b, t):
		c.names = o
	case slices.Equal(b, o):
		c.names = t
	default:
		c.names = slices.Clone(o)
		for _, name := range t {
			if !slices.Contains(b, name) && !slices.Contains(o, name) {
				c.names = append(c.names, name)
			}
		}
	}
	for _, name := range c.names {
		c.base = append(c.base, slices.Index(b, name))
		c.ours = append(c.ours, slices.Index(o, name))
		c.theirs = append(c.theirs, slices.Index(t, name))
	}
	c.asOurs, c.asTheirs = slices.Equal(c.names, o), slices.Equal(c.names, t)
	return c
}

// unique tells columns of one name apart.
func unique(names []string) []string {
	seen := map[string]int{}
	var list []string
	for _, name := range names {
		seen[name]++
		if n := seen[name]; n > 1 {
			name += strings.Repeat("\x00", n-1)
		}
		list = append(list, name)
	}
	return list
}

func (c *columns) writeHead(m *merger, ours, theirs *table) {
	switch {
	case c.asOurs:
		m.put(ours.head)
		m.put(ours.delim)
	case c.asTheirs:
		m.put(theirs.head)
		m.put(theirs.delim)
	default:
		names := make([]string, len(c.names))
		for i, name := range c.names {
			names[i] = strings.TrimRight(name, "\x00")
		}
		m.own(rowOf(names))
		m.own("|" + strings.Repeat("---|", len(names)))
	}
}

// rowOf writes a row.
func rowOf(list []string) string { return "| " + strings.Join(list, " | ") + " |" }

// at is the cell of a row in a column of the merged table.
func at(r *row, place int) string {
	if r == nil || place < 0 || place >= len(r.cells) {
		return ""
	}
	return r.cells[place]
}
