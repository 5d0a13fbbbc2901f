package document

import (
	"bytes"
	"cmp"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"

	"pir/internal/markdown"
)

// The markers. One stands on a line of its own.
var (
	marker   = regexp.MustCompile(`(?m)^[ \t]{0,3}<!--[ \t]*(pir:begin|pir:end|pir:internal|/pir:internal)(?:[ \t]+([A-Za-z0-9_-]+))?[ \t]*-->[ \t]*\r?$`)
	isMarked = regexp.MustCompile(`^<!--[ \t]*(?:pir:begin|pir:end)[ \t]+[A-Za-z0-9_-]+[ \t]*-->$|^<!--[ \t]*/?pir:internal[ \t]*-->$`)
)

func isMarker(comment string) bool { return isMarked.MatchString(strings.TrimSpace(comment)) }

// maxOpen is how many parts may be open at once. Three would do.
const maxOpen = 50

// opened is a marker that waits for its other half.
type opened struct {
	name       string
	internal   bool
	start, end int // its line, with the line feed
}

// parts finds the parts of the page. A marker in code is text.
func (p *parser) parts(blocks []markdown.Block) {
	code := codeSpans(blocks, nil)
	var stack []opened
	seen := map[string]int{}
	source := p.doc.Source
	for _, m := range p.markers() {
		for len(code) > 0 && code[0].End+p.base-p.body <= m[0] {
			code = code[1:]
		}
		if len(code) > 0 && code[0].Start+p.base-p.body <= m[0] {
			continue
		}
		start, end := p.body+m[0], p.body+m[1]
		next := end
		if next < len(source) {
			next++ // the line feed
		}
		word, name := string(source[p.body+m[2]:p.body+m[3]]), ""
		if m[4] >= 0 {
			name = string(source[p.body+m[4] : p.body+m[5]])
		}
		if len(stack) >= maxOpen && !strings.Contains(word, "end") && word != "/pir:internal" {
			p.markerFault(start, end, "more than %d parts are open here", maxOpen)
			continue
		}
		switch word {
		case "pir:begin":
			if line := seen[name]; line > 0 {
				p.markerFault(start, end, "block %q begins a second time; the first is on line %d", name, line)
			}
			if i := outermost(stack, false); i >= 0 {
				p.markerFault(start, end, "block %q begins inside of block %q (line %d)", name, stack[i].name, p.line(stack[i].start))
			}
			if name == "" {
				p.markerFault(start, end, "a marker pir:begin without the name of a block")
				continue
			}
			seen[name] = p.line(start)
			stack = append(stack, opened{name: name, start: start, end: next})
		case "pir:internal":
			stack = append(stack, opened{internal: true, start: start, end: next})
		default:
			stack = p.close(stack, word == "/pir:internal", name, start, end)
		}
	}
	for _, o := range stack {
		p.unclosed(o)
	}
	slices.SortFunc(p.doc.Parts, func(a, b Part) int { return cmp.Compare(a.Start, b.Start) })
	p.covers = covers(p.doc.Parts)
}

// markers are the matches of the markers of the page. Expressions are slow: they
// see the lines that have a comment.
func (p *parser) markers() [][]int {
	var list [][]int
	source := p.doc.Source[p.body:]
	for at := 0; at < len(source); {
		i := bytes.Index(source[at:], []byte("<!--"))
		if i < 0 {
			break
		}
		start := bytes.LastIndexByte(source[at:at+i], '\n') + 1 + at
		end := len(source)
		if j := bytes.IndexByte(source[at+i:], '\n'); j >= 0 {
			end = at + i + j
		}
		if m := marker.FindSubmatchIndex(source[start:end]); m != nil {
			for k := range m {
				if m[k] >= 0 {
					m[k] += start
				}
			}
			list = append(list, m)
		}
		at = end + 1
	}
	return list
}

// outermost is the place of the first open generated (or internal) marker; -1.
func outermost(stack []opened, internal bool) int {
	for i, o := range stack {
		if o.internal == internal {
			return i
		}
	}
	return -1
}

// close ends the part that a closing marker belongs to. Those that were opened
// in between are without their other half.
func (p *parser) close(stack []opened, internal bool, name string, start, end int) []opened {
	at := len(stack) - 1
	for at >= 0 && (stack[at].internal != internal || stack[at].name != name) {
		at--
	}
	if at < 0 {
		what := "pir:end " + name
		if internal {
			what = "/pir:internal"
		}
		p.markerFault(start, end, "a marker %s without its beginning", what)
		return stack
	}
	for _, o := range stack[at+1:] {
		p.unclosed(o)
	}
	o := stack[at]
	p.doc.Parts = append(p.doc.Parts, Part{
		Place: p.place(o.start, end), Inner: Span{o.end, max(o.end, p.lines[p.line(start)-1])}, Name: name, Internal: internal,
	})
	return stack[:at]
}

func (p *parser) unclosed(o opened) {
	what := "block \"" + o.name + "\" begins and does not end: there is no <!-- pir:end " + o.name + " --> behind it"
	if o.internal {
		what = "an internal part begins and does not end: there is no <!-- /pir:internal --> behind it"
	}
	end := o.end
	for end > o.start && (p.doc.Source[end-1] == '\n' || p.doc.Source[end-1] == '\r') {
		end--
	}
	p.markerFault(o.start, end, "%s", what)
}

// codeSpans are the places of blocks of code, in order.
func codeSpans(blocks []markdown.Block, spans []Span) []Span {
	for _, b := range blocks {
		if b.Kind == markdown.CodeBlock {
			spans = append(spans, Span{b.Start, b.End})
		}
		spans = codeSpans(b.Children, spans)
	}
	return spans
}

// cover is what stands from one byte on, down to the next cover.
type cover struct {
	start    int
	name     string // of the generated part; empty is the writer's
	internal bool
}

// covers tells for every byte which parts it stands in. Parts lie within one
// another or apart.
func covers(parts []Part) []cover {
	var list []cover
	var open []Part
	put := func(at int) {
		c := cover{start: at}
		for _, p := range open {
			if p.Internal {
				c.internal = true
			} else {
				c.name = p.Name
			}
		}
		list = append(list, c)
	}
	shut := func(until int) {
		for len(open) > 0 && open[len(open)-1].End <= until {
			end := open[len(open)-1].End
			open = open[:len(open)-1]
			put(end)
		}
	}
	for _, p := range parts {
		shut(p.Start)
		open = append(open, p)
		put(p.Start)
	}
	shut(math.MaxInt)
	return list
}

// partOf gives the generated part that a byte stands in, and whether it is
// internal.
func (p *parser) partOf(at int) (name string, internal bool) {
	i := sort.Search(len(p.covers), func(i int) bool { return p.covers[i].start > at })
	if i == 0 {
		return "", false
	}
	return p.covers[i-1].name, p.covers[i-1].internal
}

// Part gives the generated part of that name.
func (d *Document) Part(name string) (Part, bool) {
	for _, p := range d.Parts {
		if p.Name == name && !p.Internal {
			return p, true
		}
	}
	return Part{}, false
}

func (p *parser) markerFault(start, end int, format string, args ...any) {
	p.faultf(start, end, format, args...)
	p.doc.Faults[len(p.doc.Faults)-1].Marker = true
}
