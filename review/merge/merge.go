package merge

import (
	"slices"
	"strings"
)

// The markers of what both sides changed. In a table each is the first cell of a
// row, so that the rows around it stay rows.
const (
	MarkYours    = "<<<<<<< yours"
	MarkMiddle   = "======="
	MarkEvidence = ">>>>>>> evidence"
)

// Result is a merged text.
type Result struct {
	Text      string
	Conflicts []Conflict // in the order of the text
	Kept      []Kept     // in the order of the text
}

// Conflict is a pair of markers in the text.
type Conflict struct {
	Line int    // of its first marker, the first line of the text being 0
	What string // what both sides changed: "What happened: a | b"
}

// Kept is a line that the writer changed and that is generated no more. It stays.
type Kept struct {
	Line int
	Text string
}

// Text merges three texts of lines. Lines of ours are taken as they are; those
// of theirs end in eol, "\n" or "\r\n". A text that is equal to base in ours
// gives theirs, and the other way round.
func Text(base, ours, theirs, eol string) Result {
	if base == theirs {
		return Result{Text: ours, Conflicts: standing(parse(ours, ""))}
	}
	b, o, t := parse(base, ""), parse(ours, ""), parse(theirs, strings.TrimSuffix(eol, "\n"))
	m := &merger{eol: eol}
	bo := matchElements(b, o, nil, nil)
	bt := matchElements(b, t, o, bo)
	for _, x := range weave(len(b), len(o), len(t), bo, bt, func(i, j int) bool { return o[i].same(&t[j]) }) {
		m.element(pick(b, x.base), pick(o, x.ours), pick(t, x.theirs))
	}
	return m.result()
}

// standing are the conflicts that a text has.
func standing(list []element) []Conflict {
	m := &merger{}
	for i := range list {
		m.add(&list[i])
	}
	return m.out.Conflicts
}

// pick is the element of a list, nil for none.
func pick[T any](list []T, i int) *T {
	if i < 0 {
		return nil
	}
	return &list[i]
}

// merger gathers the merged lines.
type merger struct {
	eol     string
	lines   []string // without their line feeds
	inTable bool     // the last line is of a table
	out     Result
}

func (m *merger) put(raw string) { m.lines = append(m.lines, raw) }

// own is a line that is written anew.
func (m *merger) own(text string) { m.put(text + strings.TrimSuffix(m.eol, "\n")) }

func (m *merger) result() Result {
	if len(m.lines) > 0 {
		m.out.Text = strings.Join(m.lines, "\n") + "\n"
	}
	return m.out
}

func (m *merger) conflict(what string) {
	m.out.Conflicts = append(m.out.Conflicts, Conflict{len(m.lines), what})
}

func (m *merger) kept(text string) {
	m.out.Kept = append(m.out.Kept, Kept{len(m.lines), text})
}

// element merges one table or line. Those that a side does not have are nil.
func (m *merger) element(b, o, t *element) {
	switch {
	case b == nil && o == nil:
		m.add(t)
	case o == nil: // the writer deleted it, or both did
	case b == nil && t == nil, b == nil && o.same(t):
		m.add(o)
	case o.table != nil && (b == nil || b.table != nil) && (t == nil || t.table != nil):
		m.table(b, o, t)
	case t == nil:
		if b == nil || !o.same(b) {
			m.part(o)
			m.kept(o.text)
			m.add(o)
		}
	default:
		m.line(b, o, t)
	}
}

// part puts an empty line between a table and what is no table.
func (m *merger) part(e *element) {
	if n := len(m.lines); m.inTable && e.table == nil && e.text != "" && n > 0 && strings.TrimSpace(m.lines[n-1]) != "" {
		m.own("")
	}
}

// add takes an element as it is.
func (m *merger) add(e *element) {
	m.part(e)
	if e.group != nil {
		m.conflict(e.text)
	}
	if e.table != nil {
		for i := range e.table.rows {
			if e.table.rows[i].group != nil {
				m.out.Conflicts = append(m.out.Conflicts, Conflict{len(m.lines) + e.table.lineOf(i), e.table.rows[i].text})
			}
		}
	}
	m.lines = append(m.lines, e.raw...)
	m.inTable = e.table != nil
	m.lines = append(m.lines, e.blanks...)
}

// blanks puts the empty lines behind an element: those of the side that changed
// their number.
func (m *merger) blanks(b, o, t *element) {
	from := o
	if t != nil && (b == nil || len(o.blanks) == len(b.blanks)) {
		from = t
	}
	m.lines = append(m.lines, from.blanks...)
}

// line merges a line that all sides have.
func (m *merger) line(b, o, t *element) {
	m.part(o)
	switch {
	case o.group != nil:
		m.again(o, t)
	case o.same(t):
		m.lines = append(m.lines, o.raw...)
	case b != nil && o.same(b):
		m.lines = append(m.lines, t.raw...)
	case b != nil && t.same(b):
		m.lines = append(m.lines, o.raw...)
	default:
		m.conflict(o.text)
		m.own(MarkYours)
		m.own("")
		m.lines = append(m.lines, o.raw...)
		m.own("")
		m.own(MarkMiddle)
		m.own("")
		m.lines = append(m.lines, t.raw...)
		m.own("")
		m.own(MarkEvidence)
	}
	m.inTable = o.table != nil
	m.blanks(b, o, t)
}

// again takes a conflict that nobody has solved yet, with what is generated now
// as its second half.
func (m *merger) again(o, t *element) {
	if slices.Equal(trimmedLines(t.raw), o.group.yours) {
		m.lines = append(m.lines, t.raw...)
		return
	}
	m.conflict(o.text)
	if slices.Equal(trimmedLines(t.raw), o.group.theirs) {
		m.lines = append(m.lines, o.raw...)
		return
	}
	m.lines = append(m.lines, o.raw[:o.group.middle+1]...)
	m.own("")
	m.lines = append(m.lines, t.raw...)
	m.own("")
	m.lines = append(m.lines, o.raw[len(o.raw)-1])
}
