package merge

import (
	"regexp"
	"slices"
	"strings"
)

// row merges one row of a table. Those that a side does not have are nil.
func (m *merger) row(c *columns, b, o, t *row) {
	switch {
	case o == nil && b != nil: // the writer deleted it, or both did
	case o == nil:
		m.take(c, t, c.theirs, c.asTheirs)
	case o.group != nil:
		m.rowAgain(c, o, t)
	case t == nil && b != nil && equalCells(o.cells, b.cells): // generated no more
	case t == nil:
		if b != nil {
			m.kept(o.text)
		}
		m.take(c, o, c.ours, c.asOurs)
	default:
		m.cells(c, b, o, t)
	}
}

// take writes a row as it is, or with its cells in the columns of the table.
func (m *merger) take(c *columns, r *row, places []int, whole bool) {
	if whole {
		m.lines = append(m.lines, r.raw...)
		return
	}
	list := make([]string, len(c.names))
	for i := range list {
		list[i] = at(r, places[i])
	}
	m.own(rowOf(list))
}

// cells merges a row cell by cell. Where both sides changed a cell the row is
// there twice.
func (m *merger) cells(c *columns, b, o, t *row) {
	yours, theirs := make([]string, len(c.names)), make([]string, len(c.names))
	var both []string
	for i := range c.names {
		ours, base, evidence := at(o, c.ours[i]), at(b, c.base[i]), at(t, c.theirs[i])
		switch {
		case ours == evidence, b != nil && evidence == base && c.ours[i] >= 0:
			yours[i], theirs[i] = ours, ours
		case b != nil && ours == base, c.ours[i] < 0:
			yours[i], theirs[i] = evidence, evidence
		default:
			if joined, ok := joinCitations(base, ours, evidence); ok {
				yours[i], theirs[i] = joined, joined
				continue
			}
			yours[i], theirs[i] = ours, evidence
			both = append(both, strings.TrimRight(c.names[i], "\x00"))
		}
	}
	if len(both) == 0 {
		m.merged(c, o, t, yours)
		return
	}
	m.conflict(strings.Join(both, ", ") + ": " + o.text)
	m.own("| " + MarkYours + " |")
	m.merged(c, o, t, yours)
	m.own("| " + MarkMiddle + " |")
	m.merged(c, o, t, theirs)
	m.own("| " + MarkEvidence + " |")
}

// merged writes cells: as the row of a side stands, where it has them.
func (m *merger) merged(c *columns, o, t *row, list []string) {
	switch {
	case c.asOurs && o.group == nil && equalCells(o.cells, list):
		m.lines = append(m.lines, o.raw...)
	case c.asTheirs && t != nil && equalCells(t.cells, list):
		m.lines = append(m.lines, t.raw...)
	default:
		m.own(rowOf(list))
	}
}

// rowAgain takes a conflict about a row that nobody has solved yet, with what is
// generated now as its second half.
func (m *merger) rowAgain(c *columns, o, t *row) {
	switch {
	case t != nil && equalCells(o.cells, t.cells):
		m.take(c, t, c.theirs, c.asTheirs)
		return
	case t == nil || len(o.group.theirs) == 1 && equalCells(cells(o.group.theirs[0]), t.cells):
		m.conflict(o.text)
		m.lines = append(m.lines, o.raw...)
		return
	}
	m.conflict(o.text)
	m.lines = append(m.lines, o.raw[:o.group.middle+1]...)
	m.take(c, t, c.theirs, c.asTheirs)
	m.lines = append(m.lines, o.raw[len(o.raw)-1])
}

var citation = regexp.MustCompile(`\[\[\d+\]\]`)

// joinCitations merges cells of nothing but citations: those of theirs, those
// that the writer added, without those that he took away.
func joinCitations(base, ours, theirs string) (string, bool) {
	for _, s := range []string{base, ours, theirs} {
		if strings.TrimSpace(citation.ReplaceAllString(s, "")) != "" {
			return "", false
		}
	}
	b, o, t := citation.FindAllString(base, -1), citation.FindAllString(ours, -1), citation.FindAllString(theirs, -1)
	var list []string
	for _, c := range t {
		if !slices.Contains(b, c) || slices.Contains(o, c) {
			list = append(list, c)
		}
	}
	for _, c := range o {
		if !slices.Contains(b, c) && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return strings.Join(list, " "), true
}
