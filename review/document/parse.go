package document

import (
	"bytes"
	"sort"

	"pir/internal/markdown"
)

// Parse reads a review. Any Markdown is one: what cannot be read for what it
// seems to be is a Fault, and its text stays. name is how messages call it. The
// sidecar is the JSON beside a review of ours, or nil; one that is no JSON, or of
// a schema that is not known, is an error.
func Parse(name string, source, sidecar []byte) (*Document, error) {
	d := &Document{Name: name, Source: source}
	if sidecar != nil {
		side, err := readSidecar(sidecar)
		if err != nil {
			return nil, err
		}
		d.Sidecar = side
	}
	p := &parser{doc: d, lines: lineStarts(source), ids: byHeading(), anchors: map[string]int{}}
	body := p.front()
	p.body, p.base = body, body
	if body == 0 && bytes.HasPrefix(source, bom) {
		p.base = len(bom)
	}
	blocks, notes := markdown.Blocks(source[p.base:])
	for _, n := range notes {
		p.fault(p.base+n.Start, p.base+n.End, n.Message)
	}
	p.parts(blocks)
	p.sections(blocks)
	sort.SliceStable(d.Faults, func(i, j int) bool { return d.Faults[i].Start < d.Faults[j].Start })
	d.Facts = readFacts(d)
	return d, nil
}

// parser is Parse at work.
type parser struct {
	doc     *Document
	lines   []int             // the first byte of each line
	body    int               // where the front matter ends
	base    int               // where the places of blocks begin: there, or behind a byte order mark
	ids     map[string]string // of sections, by heading
	anchors map[string]int
	covers  []cover
	titled  bool // the title of the page was seen
}

// lineStarts gives the first byte of each line.
func lineStarts(source []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(source, []byte("\n")))
	for i, c := range source {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// place is a span with its line.
func (p *parser) place(start, end int) Place {
	return Place{Span{start, end}, p.line(start)}
}

// line is the 1-based number of the line of a byte.
func (p *parser) line(at int) int { return sort.SearchInts(p.lines, at+1) }

func (p *parser) fault(start, end int, message string) {
	p.doc.Faults = append(p.doc.Faults, Fault{Place: p.place(start, end), Message: message})
}

// sections puts the blocks of the page into nested sections.
func (p *parser) sections(blocks []markdown.Block) {
	end := len(p.doc.Source)
	var list []Section
	at := 0
	for at < len(blocks) && blocks[at].Kind != markdown.Heading {
		at++
	}
	first := end
	if at < len(blocks) {
		first = p.lineStart(p.base + blocks[at].Start)
	}
	if first > p.body || at == len(blocks) {
		list = append(list, Section{Place: p.place(p.body, first), Blocks: p.blocks(blocks[:at])})
	}
	p.doc.Sections = append(list, p.nested(blocks[at:], end)...)
}

// nested reads the sections of blocks, the first of which is a heading, up to
// the byte end.
func (p *parser) nested(blocks []markdown.Block, end int) []Section {
	var list []Section
	for len(blocks) > 0 {
		level := blocks[0].Level
		next := 1
		for next < len(blocks) && (blocks[next].Kind != markdown.Heading || blocks[next].Level > level) {
			next++
		}
		stop := end
		if next < len(blocks) {
			stop = p.lineStart(p.base + blocks[next].Start)
		}
		own := 1
		for own < next && blocks[own].Kind != markdown.Heading {
			own++
		}
		head := blocks[0]
		s := Section{
			Place: p.place(p.lineStart(p.base+head.Start), stop), ID: p.sectionID(head.Text, level), Level: level,
			Title: head.Text, Anchor: p.anchor(head.Text), Blocks: p.blocks(blocks[1:own]),
		}
		s.Nested = p.nested(blocks[own:next], stop)
		if s.ID == "lessons" {
			lessons(s.Nested)
		}
		list = append(list, s)
		blocks = blocks[next:]
	}
	return list
}

// lessons gives what stands below the lessons their id: "what went wrong" is one
// there, and a cause elsewhere.
func lessons(list []Section) {
	for i := range list {
		if list[i].ID == "cause" {
			list[i].ID = "lessons"
		}
	}
}

// sectionID is that of a heading. The title of the page names no section.
func (p *parser) sectionID(title string, level int) string {
	if level == 1 && !p.titled {
		p.titled = true
		return ""
	}
	return sectionIDIn(p.ids, title)
}

// lineStart is the first byte of the line of a byte.
func (p *parser) lineStart(at int) int {
	return max(p.lines[p.line(at)-1], p.body)
}

// blocks turns blocks of Markdown into those of a review. Markers are parts, and
// no blocks.
func (p *parser) blocks(from []markdown.Block) []Block {
	var list []Block
	for _, b := range from {
		if b.Kind == markdown.Comment && isMarker(b.Text) {
			continue
		}
		list = append(list, p.block(b))
	}
	return list
}

func (p *parser) block(from markdown.Block) Block {
	b := Block{
		Place: p.place(p.base+from.Start, p.base+from.End), Kind: Kind(from.Kind), Text: from.Text, Plain: from.Plain,
		Ordered: from.Ordered, Task: from.Task, Checked: from.Checked, Marked: from.Marked, Language: from.Language,
		Links: p.links(from.Links), Children: p.blocks(from.Children),
	}
	for _, r := range from.Rows {
		row := Row{Place: p.place(p.base+r.Start, p.base+r.End)}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, Cell{p.place(p.base+c.Start, p.base+c.End), c.Text, c.Plain, p.links(c.Links)})
		}
		b.Rows = append(b.Rows, row)
	}
	b.Part, b.Internal = p.partOf(b.Start)
	return b
}

func (p *parser) links(from []markdown.Link) []Link {
	var list []Link
	for _, l := range from {
		list = append(list, Link{p.place(p.base+l.Start, p.base+l.End), l.Text, l.Target, l.Image})
	}
	return list
}
