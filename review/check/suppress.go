package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pir/review/document"
)

// ignore is a comment that hides findings: its rules, and why.
var ignore = regexp.MustCompile(`(?s)<!--\s*pir:ignore(-file)?(?:\s+([^:>]*?))?\s*(?::\s*(.*?))?\s*-->`)

// suppression is one of them at work.
type suppression struct {
	at     document.Span
	whole  bool // of the page
	rules  []Rule
	reason string
	target document.Span // what it hides findings in
}

// suppress takes out the findings that comments on the page hide, and reports
// the comments that are wrong or idle.
func (p *page) suppress() {
	var units []document.Span
	hidden := make([]bool, len(p.found))
	found := p.found
	text := p.bare
	for _, m := range ignore.FindAllSubmatchIndex(text, -1) {
		if units == nil {
			units = p.units()
		}
		s := suppression{at: document.Span{Start: m[0], End: m[1]}, whole: m[2] >= 0, target: document.Span{End: len(p.Source)}}
		if m[6] >= 0 {
			s.reason = strings.TrimSpace(string(text[m[6]:m[7]]))
		}
		if !s.whole {
			s.target = p.target(units, s.at)
		}
		names := ""
		if m[4] >= 0 {
			names = string(text[m[4]:m[5]])
		}
		p.hideBy(&s, names, found, hidden)
	}
	kept := p.found[:0:0]
	for i, f := range p.found {
		if i >= len(hidden) || !hidden[i] {
			kept = append(kept, f)
		}
	}
	p.found = kept
}

// hideBy marks those of the findings that one comment hides.
func (p *page) hideBy(s *suppression, names string, found []Finding, hidden []bool) {
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
		r, known := Find(name)
		if !known {
			p.report(badSuppression, s.at, fmt.Sprintf("there is no rule %q; pir help rules lists them", clip(name, 40)))
			continue
		}
		s.rules = append(s.rules, r)
	}
	switch {
	case strings.TrimSpace(names) == "":
		p.report(badSuppression, s.at, "no rule is named; write <!-- pir:ignore RULE: why -->")
		return
	case s.reason == "":
		p.report(badSuppression, s.at, "no reason is given; write <!-- pir:ignore "+strings.TrimSpace(names)+": why -->")
		return // without a reason it hides nothing
	}
	for _, r := range s.rules {
		idle := true
		for i, f := range found {
			if f.Rule.ID == r.ID && f.Start >= s.target.Start && f.Start < max(s.target.End, s.target.Start+1) {
				hidden[i], idle = true, false
			}
		}
		if idle && p.opt.wants(r) {
			p.report(idleSuppression, s.at, fmt.Sprintf("nothing of the rule %s is here to hide", r.Name))
		}
	}
}

// report adds a finding about a comment, where its rule is wanted.
func (p *page) report(id string, at document.Span, message string) {
	if r := ruleByID(id); p.opt.wants(r) {
		p.found = append(p.found, Finding{Span: at, Rule: r, Message: message})
	}
}

// units are what a comment can stand in front of, in order: generated parts,
// headings, blocks and the items of lists.
func (p *page) units() []document.Span {
	list := []document.Span{}
	for _, part := range p.Parts {
		if !part.Internal {
			list = append(list, part.Span)
		}
	}
	eachSection(p.Sections, func(s *document.Section) {
		if s.Level > 0 {
			list = append(list, p.headingSpan(s))
		}
		eachBlock(s.Blocks, func(b *document.Block) {
			if b.Kind != document.Comment {
				list = append(list, b.Span)
			}
		})
	})
	slices.SortFunc(list, func(a, b document.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return list
}

// target is what a comment is about: the innermost unit that it stands in where
// it stands behind text, else the next one.
func (p *page) target(units []document.Span, at document.Span) document.Span {
	inside := document.Span{}
	for _, u := range units {
		if u.Start < at.Start && u.End >= at.End {
			inside = u
		}
		if u.Start >= at.End {
			// Alone on its line inside of a list it is about what follows there.
			if alone := p.alone(at); inside.End > 0 && (!alone || u.Start >= inside.End) {
				return inside
			}
			return u
		}
	}
	return inside
}

// alone reports whether nothing but white space stands in front of it on its
// line.
func (p *page) alone(at document.Span) bool {
	return strings.TrimSpace(string(p.Source[p.lines[p.line(at.Start)-1]:at.Start])) == ""
}
