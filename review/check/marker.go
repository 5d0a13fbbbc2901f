package check

import (
	"fmt"
	"regexp"

	"pir/review/document"
)

// The lines that a merge leaves; one may stand in a comment or in a row of a
// table.
var (
	ours     = regexp.MustCompile(`(?m)^[ \t|]*(?:<!--[ \t]*)?<{7}(?:[ \t][^\n]*)?$`)
	theirs   = regexp.MustCompile(`(?m)^[ \t|]*(?:<!--[ \t]*)?>{7}(?:[ \t][^\n]*)?$`)
	fenceEnd = regexp.MustCompile(`\r$`)
)

// conflicts finds what a merge left. One conflict is one finding.
func conflicts(p *page) {
	text := p.bare
	ends := theirs.FindAllIndex(text, -1)
	for _, m := range ours.FindAllIndex(text, -1) {
		at := document.Span{Start: m[0], End: trimReturn(text, m)}
		for len(ends) > 0 && ends[0][0] < m[0] {
			p.add(document.Span{Start: ends[0][0], End: trimReturn(text, ends[0])}, "a conflict ends here that begins nowhere")
			ends = ends[1:]
		}
		if len(ends) == 0 {
			p.add(at, "a conflict begins here that ends nowhere")
			continue
		}
		p.add(at, fmt.Sprintf("an unresolved conflict, down to line %d", p.line(ends[0][0])))
		ends = ends[1:]
	}
	for _, m := range ends {
		p.add(document.Span{Start: m[0], End: trimReturn(text, m)}, "a conflict ends here that begins nowhere")
	}
}

func trimReturn(text []byte, m []int) int {
	if fenceEnd.Match(text[m[0]:m[1]]) {
		return m[1] - 1
	}
	return m[1]
}

// withoutCode is the source with blocks of code and code spans as spaces.
func withoutCode(p *page) []byte {
	out := append([]byte(nil), p.Source...)
	p.blocks(func(_ *document.Section, b *document.Block) {
		switch b.Kind {
		case document.Code:
			erase(out[b.Start:b.End])
		case document.Paragraph, document.Item, document.Table:
			for _, m := range codeSpan.FindAllIndex(p.Source[b.Start:b.End], -1) {
				erase(out[b.Start+m[0] : b.Start+m[1]])
			}
		}
	})
	return out
}

// faults are what could not be read for what it seems to be.
func faults(p *page) {
	for _, f := range p.Faults {
		if f.Start >= p.Front.End {
			p.add(f.Span, f.Message)
		}
	}
}
