package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pir/review/document"
)

// missingSections finds what the stage requires and the page lacks, of what its
// template set has.
func missingSections(p *page) {
	if p.rule == nil {
		return
	}
	var missing []string
	var has []string
	if p.opt.Sections != nil {
		has = p.opt.Sections(p.rule.Form)
	}
	for _, id := range p.rule.Requires {
		if p.Section(id) == nil && (has == nil || slices.Contains(has, id)) {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		p.add(p.keySpan("stage"), fmt.Sprintf("the stage %s requires what is not there: %s", p.rule.Name, strings.Join(missing, ", ")))
	}
}

// emptySections finds headings with nothing below them. One with a prompt is
// told by the rule for prompts.
func emptySections(p *page) {
	eachSection(p.Sections, func(s *document.Section) {
		if s.Level < 2 || len(s.Nested) > 0 {
			return
		}
		for _, b := range s.Blocks {
			if b.Kind != document.Comment && b.Kind != document.Rule || prompt.MatchString(string(p.Source[b.Start:b.End])) {
				return
			}
		}
		p.add(p.headingSpan(s), fmt.Sprintf("the section %q is empty", clip(s.Title, 80)))
	})
}

// headingSpan is the line of a section's heading.
func (p *page) headingSpan(s *document.Section) document.Span {
	end := s.Start
	for end < s.End && p.Source[end] != '\n' && p.Source[end] != '\r' {
		end++
	}
	return document.Span{Start: s.Start, End: end}
}

// Ways to say that something is not known yet.
var (
	notKnown = regexp.MustCompile(`\bNot known: ([^\n]+)`)
	pending  = regexp.MustCompile(`(?i)\b(?:not yet (?:known|clear|understood|determined)|(?:is|are|remains?|still) (?:being investigated|under investigation|unclear|unknown)` +
		`|(?:we|they) are (?:still )?investigating|still investigating|to be (?:determined|confirmed|announced)|unknown at this (?:time|point)|no root cause (?:is|has been) (?:known|found|identified)(?: yet)?)\b`)
)

// unknowns finds what is not known where nothing may be. The review itself is
// not closed while it is written.
func unknowns(p *page) {
	for _, m := range notKnown.FindAllSubmatchIndex(p.plain, -1) {
		at := m[2]
		if part := p.partAt(at); part == "phases" {
			continue
		}
		for _, item := range strings.SplitAfter(string(p.plain[m[2]:m[3]]), ",") {
			name := strings.TrimRight(strings.TrimSpace(item), ".,")
			from := at + strings.Index(item, name)
			at += len(item)
			if name == "" || name == "closed" || strings.Contains(name, "(told") || name == "without a time)" {
				continue
			}
			p.add(document.Span{Start: from, End: from + len(name)}, "not known: "+clip(name, 80))
		}
	}
	p.matches(p.prose, pending, func(at document.Span, text string) {
		p.add(at, "left open: "+clip(text, 80))
	})
}

// partAt is the name of the generated part that a byte stands in.
func (p *page) partAt(at int) string {
	for _, part := range p.Parts {
		if !part.Internal && at >= part.Start && at < part.End {
			return part.Name
		}
	}
	return ""
}

// openQuestions finds the rows of the section for open questions.
func openQuestions(p *page) {
	eachSection(p.Sections, func(s *document.Section) {
		if s.ID != "open" {
			return
		}
		for _, b := range s.Blocks {
			for _, item := range b.Children {
				if b.Kind == document.List && !item.Checked {
					p.add(item.Span, "open: "+clip(item.Text, 120))
				}
			}
		}
	})
}
