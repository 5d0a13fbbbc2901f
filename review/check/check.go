package check

import (
	"cmp"
	"slices"
	"sort"
	"unicode/utf8"

	"pir/review/document"
	"pir/review/window"
	"pir/timeline"
)

// Severity is how much a finding weighs. The words are those of SARIF.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the page is wrong
	Warning Severity = "warning" // a reader will stumble
	Note    Severity = "note"    // worth a second look
)

// Options steer Check. The zero value checks all rules that need nothing beside
// the page.
type Options struct {
	// Window is the review window that the page's stage is one of. Nil takes the
	// one that the sidecar kept, and for a page of ours without one the first
	// preset that has the stage.
	Window *window.Window
	// Sections are those that the page's template set has for a form, by id. Nil is
	// all: what a set has not, no stage requires of its pages.
	Sections func(window.Form) []string
	// Exists tells whether a file is there, by its path relative to the page. Nil
	// leaves links to files alone.
	Exists func(path string) bool
	// Only are the rules to check, by id or name; empty is all. Disabled are those
	// to leave out.
	Only, Disabled []string
}

// Finding is something that a rule found.
type Finding struct {
	document.Span        // bytes of the page
	Rule          Rule   // the rule
	Message       string // what is wrong, and what to do; one line
	// Line and Column are where it begins, both from 1 on; a column is a
	// character. EndLine and EndColumn are behind its end.
	Line, Column, EndLine, EndColumn int
}

// page is what rules look at.
type page struct {
	*document.Document
	opt   Options
	told  document.Facts // what the page and its sidecar say
	prose []byte         // the source, with all that is not a writer's prose as spaces
	plain []byte         // the same with the text of generated blocks
	bare  []byte         // the source with code as spaces
	lines []int          // first byte of each line
	rule  *window.Rule   // of the page's stage; nil where it is not known
	stage *window.Window
	found []Finding
}

// Check reports what the rules find on a page, in the order of the page.
func Check(d *document.Document, opt Options) []Finding {
	p := newPage(d, opt)
	for _, r := range Rules() {
		if !opt.wants(r) || !r.holds(p.rule) || r.check == nil {
			continue
		}
		first := len(p.found)
		r.check(p)
		for i := first; i < len(p.found); i++ {
			p.found[i].Rule = r
		}
	}
	p.suppress()
	for i := range p.found {
		f := &p.found[i]
		f.Start = min(max(f.Start, 0), len(p.Source))
		f.End = min(max(f.End, f.Start), len(p.Source))
	}
	slices.SortStableFunc(p.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Rule.ID, b.Rule.ID), cmp.Compare(a.End, b.End))
	})
	at := ruler{page: p}
	for i := range p.found {
		f := &p.found[i]
		f.Line, f.Column = at.position(f.Start)
		end := at // the next finding may begin in front of it
		f.EndLine, f.EndColumn = end.position(f.End)
	}
	return slices.CompactFunc(p.found, func(a, b Finding) bool {
		return a.Span == b.Span && a.Rule.ID == b.Rule.ID && a.Message == b.Message
	})
}

func newPage(d *document.Document, opt Options) *page {
	p := &page{Document: d, opt: opt, told: d.Told(), lines: []int{0}}
	for i, c := range d.Source {
		if c == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	p.stage, p.rule = stageOf(d, opt.Window)
	p.prose = mask(d, false)
	p.plain = mask(d, true)
	p.bare = withoutCode(p)
	return p
}

// wants reports whether the rule is to be checked.
func (o Options) wants(r Rule) bool {
	named := func(list []string) bool { return slices.Contains(list, r.ID) || slices.Contains(list, r.Name) }
	return (len(o.Only) == 0 || named(o.Only)) && !named(o.Disabled)
}

// stageOf finds the window of a page, and the rule of its stage.
func stageOf(d *document.Document, w *window.Window) (*window.Window, *window.Rule) {
	stage := d.Front.Stage
	if w == nil && d.Sidecar != nil {
		if kept, _, ok := window.Kept(d.Sidecar.Options, d.Sidecar.Window); ok {
			w = &kept
		}
	}
	if w != nil {
		return w, ruleOf(*w, stage, d.Front.Severity)
	}
	if d.Front.Pir == "" || stage == "" {
		return nil, nil
	}
	for _, preset := range window.Presets() {
		if rule := ruleOf(preset, stage, d.Front.Severity); rule != nil {
			return &preset, rule
		}
	}
	return &window.Presets()[0], nil
}

func ruleOf(w window.Window, stage, severity string) *window.Rule {
	for _, rule := range w.Rules(timeline.Severity(severity)) {
		if rule.Name == stage {
			return &rule
		}
	}
	return nil
}

// add reports a finding at a span of the page.
func (p *page) add(at document.Span, message string) {
	p.found = append(p.found, Finding{Span: at, Message: message})
}

// ruler reckons lines and columns of bytes, each behind the one before: a page
// may be one long line.
type ruler struct {
	*page
	line, column, at int // of the byte that was asked for last
}

func (r *ruler) position(at int) (line, column int) {
	line = r.page.line(at)
	from := r.lines[line-1]
	if line != r.line || at < r.at {
		if from == 0 && len(r.Source) >= 3 && string(r.Source[:3]) == "\xef\xbb\xbf" {
			from = min(3, at) // a byte order mark is no column
		}
		r.line, r.column, r.at = line, 1, from
	}
	r.column += utf8.RuneCount(r.Source[r.at:at])
	r.at = at
	return r.line, r.column
}

// line is the 1-based line of a byte.
func (p *page) line(at int) int { return sort.SearchInts(p.lines, at+1) }
