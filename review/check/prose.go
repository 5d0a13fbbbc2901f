package check

import (
	"bytes"
	"regexp"

	"pir/review/document"
)

// What is hidden inside of prose: it is not the writer's own words.
var (
	codeSpan    = regexp.MustCompile("(?s)(?:``.+?``)|(?:`[^`]+`)")
	comment     = regexp.MustCompile(`(?s)<!--.*?-->`)
	tag         = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
	destination = regexp.MustCompile(`\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)`)
	address     = regexp.MustCompile(`(?:https?|ftp|mailto|file)://?[^\s<>|)\]]+|<[^<>\s]+@[^<>\s]+>`)
	citation    = regexp.MustCompile(`\[\[?[0-9]+\]\]?`)
)

// mask gives the page with all that is not prose as spaces, of the same length,
// so that a place in it is a place on the page. Prose is what paragraphs, items
// and cells say, without code, quotations, links' targets and comments. Text of
// generated blocks is prose only where generated says so.
func mask(d *document.Document, generated bool) []byte {
	out := blank(d.Source)
	var walk func(blocks []document.Block)
	walk = func(blocks []document.Block) {
		for i := range blocks {
			b := &blocks[i]
			switch b.Kind {
			case document.Paragraph, document.Table, document.Item:
				if b.Part == "" || generated {
					copy(out[b.Start:b.End], d.Source[b.Start:b.End])
				}
				hide(out, d.Source, b.Span)
				walk(b.Children)
			case document.List:
				walk(b.Children)
			default:
				erase(out[b.Start:b.End])
			}
		}
	}
	eachSection(d.Sections, func(s *document.Section) { walk(s.Blocks) })
	return out
}

// hide erases inside of a block what is not the writer's own words.
func hide(out, source []byte, at document.Span) {
	inner := source[at.Start:at.End]
	for _, hidden := range []*regexp.Regexp{comment, codeSpan, destination, address, citation, tag} {
		for _, m := range hidden.FindAllIndex(inner, -1) {
			erase(out[at.Start+m[0] : at.Start+m[1]])
		}
	}
	hideQuotations(out[at.Start:at.End])
}

// quotes are the marks of quotations, with the shortest length in bytes that is
// taken for one.
var quotes = []struct {
	open, close string
	least       int
}{{`"`, `"`, 1}, {"“", "”", 1}, {"„", "“", 1}, {"«", "»", 1}, {"‘", "’", 12}}

// maxQuotation is the longest quotation in bytes: behind it a mark is likely to
// have lost its other half.
const maxQuotation = 800

// hideQuotations erases what stands in quotation marks, within a paragraph or a
// cell.
func hideQuotations(text []byte) {
	for _, q := range quotes {
		for at := 0; at < len(text); {
			i := bytes.Index(text[at:], []byte(q.open))
			if i < 0 {
				break
			}
			from := at + i + len(q.open)
			n := bytes.Index(text[from:min(len(text), from+maxQuotation)], []byte(q.close))
			if n < q.least || bytes.Contains(text[from:from+n], []byte("|")) || bytes.Contains(text[from:from+n], []byte("\n\n")) {
				at = from
				continue
			}
			at = from + n + len(q.close)
			erase(text[from-len(q.open) : at])
		}
	}
}

// blank gives spaces in the place of all but line ends.
func blank(source []byte) []byte {
	out := bytes.Clone(source)
	erase(out)
	return out
}

func erase(b []byte) {
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = ' '
		}
	}
}

// eachSection visits all sections, nested ones behind the one that they are in.
func eachSection(sections []document.Section, visit func(*document.Section)) {
	for i := range sections {
		visit(&sections[i])
		eachSection(sections[i].Nested, visit)
	}
}

// eachBlock visits all blocks with all that they hold.
func eachBlock(blocks []document.Block, visit func(*document.Block)) {
	for i := range blocks {
		visit(&blocks[i])
		eachBlock(blocks[i].Children, visit)
	}
}

// blocks visits all blocks of the page.
func (p *page) blocks(visit func(s *document.Section, b *document.Block)) {
	eachSection(p.Sections, func(s *document.Section) {
		eachBlock(s.Blocks, func(b *document.Block) { visit(s, b) })
	})
}

// matches reports each match of a pattern in the prose.
func (p *page) matches(in []byte, pattern *regexp.Regexp, report func(at document.Span, text string)) {
	for _, m := range pattern.FindAllIndex(in, -1) {
		report(document.Span{Start: m[0], End: m[1]}, string(bytes.Join(bytes.Fields(in[m[0]:m[1]]), []byte(" "))))
	}
}
