package diff

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"pir/internal/textdiff"
	"pir/review/document"
)

// The kinds of units that are no blocks of a document.
const (
	Heading document.Kind = "heading"
	Row     document.Kind = "row"  // of a table
	Head    document.Kind = "head" // the first row of a table
)

// Unit is a piece of a page that is compared as one: a heading, a paragraph, a
// list item without what is nested in it, a row of a table, a block of code.
type Unit struct {
	Kind    document.Kind
	Text    string   // as a reader sees it: white space collapsed, citations left out; of code as it stands
	Cells   []string // of a row
	Columns []string // of a row: the head of its table
	Section string   // id of the section, else its heading
	Line    int
	Depth   int  // of nesting in lists and quotations; of a heading its level
	Task    bool // it has a box
	Checked bool // the box is ticked

	key    string // equal for units that say the same
	class  string // units of one class may be partners
	part   string // generated part that it stands in
	span   document.Span
	home   int // section
	spoken bool
	bag    *textdiff.Bag // made when it is asked for
}

// section is a section of a page, without what is nested in it.
type section struct {
	*document.Section
	parent      int // -1 at the top
	heading     int // unit of the heading; -1 for the text before the first
	first, last int // units: [first,last) without the heading
	name        string
}

// page is a document made ready for comparing.
type page struct {
	doc      *document.Document
	facts    document.Facts
	sections []section
	units    []Unit
}

func newPage(d *document.Document, facts document.Facts) *page {
	p := &page{doc: d, facts: facts}
	for i := range d.Sections {
		p.add(&d.Sections[i], -1)
	}
	p.ask()
	p.listen()
	return p
}

// add takes a section and those nested in it, in the order of the page.
func (p *page) add(s *document.Section, parent int) {
	at := len(p.sections)
	name := s.ID
	if name == "" {
		name = collapse(s.Title)
	}
	p.sections = append(p.sections, section{Section: s, parent: parent, heading: -1, name: name})
	if s.Level > 0 {
		p.sections[at].heading = len(p.units)
		title := collapse(s.Title)
		p.units = append(p.units, Unit{
			Kind: Heading, Text: title, Section: name, Line: s.Line, Depth: s.Level,
			key: "heading\x00" + dashed(title), class: "heading", home: at, span: s.Span,
		})
	}
	p.sections[at].first = len(p.units)
	for i := range s.Blocks {
		p.block(&s.Blocks[i], at, 0)
	}
	p.sections[at].last = len(p.units)
	for i := range s.Nested {
		p.add(&s.Nested[i], at)
	}
}

// block takes a block as units. Comments and rules are nothing that is read.
func (p *page) block(b *document.Block, home, depth int) {
	u := Unit{Kind: b.Kind, Line: b.Line, Depth: depth, Section: p.sections[home].name, part: b.Part, span: b.Span, home: home}
	switch b.Kind {
	case document.Comment, document.Rule:
		return
	case document.Table:
		p.table(b, u)
		return
	case document.Code:
		u.Text = codeText(b.Text)
		u.class, u.key = "code", "code\x00"+b.Language+"\x00"+u.Text
		p.units = append(p.units, u)
		return
	case document.List, document.Quote:
		if b.Kind == document.Quote {
			depth++
		}
		for i := range b.Children {
			p.block(&b.Children[i], home, depth)
		}
		return
	}
	u.Text = collapse(uncited(b.Text))
	u.class = "text"
	u.Task, u.Checked = b.Task, b.Checked
	plain := b.Plain
	if plain == "" {
		plain = b.Text
	}
	u.key = "text\x00" + box(b) + dashed(collapse(uncited(plain)))
	if u.Text != "" || b.Kind != document.Item && !strings.HasPrefix(b.Plain, "[") {
		p.units = append(p.units, u)
	}
	for i := range b.Children {
		p.block(&b.Children[i], home, depth+1)
	}
}

// box is the box of a task, as part of what it says.
func box(b *document.Block) string {
	switch {
	case !b.Task:
		return ""
	case b.Checked:
		return "[x] "
	}
	return "[ ] "
}

// derived are columns of generated tables that follow from other facts.
var derived = []string{"Phase", "Evidence"}

// table takes the rows of a table.
func (p *page) table(b *document.Block, u Unit) {
	var head []string
	for i, r := range b.Rows {
		row := u
		row.Kind, row.class, row.span = Row, "row", r.Span
		if r.Line > 0 {
			row.Line = r.Line
		}
		var keys []string
		for k, c := range r.Cells {
			text := collapse(uncited(c.Text))
			plain := collapse(uncited(c.Plain))
			if plain == "" {
				plain = text
			}
			row.Cells = append(row.Cells, text)
			if i > 0 && u.part != "" && k < len(head) && slices.Contains(derived, head[k]) {
				continue
			}
			keys = append(keys, dashed(plain))
		}
		for len(keys) > 0 && keys[len(keys)-1] == "" {
			keys = keys[:len(keys)-1]
		}
		if i == 0 {
			head = row.Cells
			row.Kind, row.class = Head, "head"
		}
		row.Columns = head
		row.Text = strings.Join(row.Cells, " · ")
		row.key = row.class + "\x00" + strings.Join(keys, "\x00")
		p.units = append(p.units, row)
	}
}

// codeText is code without the spaces at the ends of lines.
func codeText(s string) string {
	if !strings.Contains(s, "\r") && !strings.Contains(s, " \n") && !strings.Contains(s, "\t\n") && strings.TrimRight(s, " \t\n") == s {
		return s
	}
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \t\r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// collapsed reports whether a text is as collapse would give it, as most are.
func collapsed(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return false
		case c == ' ' && space, c >= '\t' && c <= '\r':
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

// collapse makes one space of any white space, and valid text of any bytes.
func collapse(s string) string {
	if collapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
}

// dashes are the ways to write one.
var dashes = strings.NewReplacer("–", "-", "—", "-", "‒", "-", "―", "-", "−", "-", "‐", "-", "‑", "-")

// dashed is a text with one kind of dash: which one somebody types is no change.
func dashed(s string) string { return dashes.Replace(s) }

// citation is the number of a piece of evidence as a page shows it. Numbers
// change whenever evidence is added, and say nothing.
var citation = regexp.MustCompile(`\s*(?:\\?\[){1,2}\d{1,5}(?:\\?\]){1,2}(?:\(#[^)\s]*\))?†?`)

// uncited takes the citations out of a text.
func uncited(s string) string {
	if i := strings.IndexByte(s, '['); i < 0 || !strings.ContainsAny(s[i:], "0123456789") {
		return s
	}
	return citation.ReplaceAllString(s, "")
}

// listen marks the units that facts were read from: what changes there is told
// as a fact.
func (p *page) listen() {
	var spans []document.Span
	take := func(at document.Place) {
		if at.Line > 0 && at.End > at.Start {
			spans = append(spans, at.Span)
		}
	}
	f := &p.facts
	for _, x := range p.rows() {
		take(x.Place)
	}
	for _, x := range f.Actions {
		take(x.Place)
	}
	for _, x := range f.Notices {
		take(x.Place)
	}
	for _, x := range f.Questions {
		take(x.Place)
	}
	for _, x := range f.Figures {
		take(x.Place)
	}
	for _, x := range f.Milestones {
		take(x.Place)
	}
	for _, x := range f.Metrics {
		take(x.Place)
	}
	for _, x := range f.Phases {
		take(x.Place)
	}
	n := len(spans)
	for _, x := range f.Windows {
		take(x.Place)
	}
	for i, s := range spans {
		for _, u := range p.under(s) {
			// A sentence that names a window says more than its times.
			if i < n || p.units[u].Kind == Row {
				p.units[u].spoken = true
			}
		}
	}
}

// under gives the units that overlap with a span.
func (p *page) under(s document.Span) (out []int) {
	i := sort.Search(len(p.units), func(i int) bool { return p.units[i].span.Start >= s.Start })
	for k := max(0, i-1); k < len(p.units) && p.units[k].span.Start < s.End; k++ {
		if p.units[k].Kind != Heading && p.units[k].span.End > s.Start {
			out = append(out, k)
		}
	}
	return out
}

// sectionAt is the name of the section that holds a place.
func (p *page) sectionAt(at document.Place) string {
	if at.Line == 0 {
		return ""
	}
	i := sort.Search(len(p.sections), func(i int) bool { return p.sections[i].Start > at.Start })
	if i == 0 {
		return ""
	}
	return p.sections[i-1].name
}

// bags are the words of units.
func (p *page) bags(units []int) []textdiff.Bag {
	list := make([]textdiff.Bag, len(units))
	for n, i := range units {
		list[n] = bagOf(&p.units[i])
	}
	return list
}

// forgetWords lets go of the words of all units.
func (p *page) forgetWords() {
	for i := range p.units {
		p.units[i].bag = nil
	}
}

// bagOf is the words of a unit.
func bagOf(u *Unit) textdiff.Bag {
	if u.bag == nil {
		b := textdiff.NewBag(u.Text)
		u.bag = &b
	}
	return *u.bag
}
