package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pir/review/document"
	"pir/review/window"
)

// frontKeys are the keys of front matter that mean something here.
var frontKeys = []string{"pir", "id", "title", "date", "stage", "status", "severity", "components", "owner", "tags", "published"}

// frontWords are the words that a key takes.
var frontWords = []struct {
	key   string
	words []string
}{
	{"status", []string{"draft", "in-review", "approved", "published"}},
	{"severity", []string{"critical", "major", "minor", "info"}},
}

// frontMatter looks at the keys of a page of ours. Those of others mean what
// others want.
func frontMatter(p *page) {
	for _, f := range p.Faults {
		if f.Start < p.Front.End {
			p.add(f.Span, f.Message)
		}
	}
	if p.Front.Pir == "" {
		return
	}
	for _, k := range p.Front.Keys {
		if slices.Contains(frontKeys, k.Name) {
			continue
		}
		for _, known := range frontKeys {
			if oneEditApart(strings.ToLower(k.Name), known) && !p.hasKey(known) {
				p.add(k.Span, fmt.Sprintf("unknown key %q; did you mean %q?", k.Name, known))
			}
		}
	}
	values := map[string]string{"status": p.Front.Status, "severity": p.Front.Severity}
	for _, row := range frontWords {
		if v := values[row.key]; v != "" && !slices.Contains(row.words, v) {
			p.add(p.keySpan(row.key), fmt.Sprintf("%s: %q is none of %s", row.key, v, strings.Join(row.words, ", ")))
		}
	}
	if d := p.Front.Date; d != "" {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			p.add(p.keySpan("date"), fmt.Sprintf("date: %q is no day; write it as 2025-09-17", d))
		}
	}
	p.stageNames()
}

// stageNames looks at the stages that front matter names.
func (p *page) stageNames() {
	if p.stage == nil {
		return
	}
	var names []string
	for _, r := range p.stage.Stages {
		if !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	if s := p.Front.Stage; s != "" && !slices.Contains(names, s) {
		p.add(p.keySpan("stage"), fmt.Sprintf("stage: the window %s has no stage %q; it has: %s", p.stage.Name, s, strings.Join(names, ", ")))
	}
	for _, s := range sortedStages(p.Front.Published) {
		if !slices.Contains(names, s) {
			p.add(p.keySpan("published"), fmt.Sprintf("published: the window %s has no stage %q; it has: %s", p.stage.Name, s, strings.Join(names, ", ")))
		}
	}
}

func sortedStages(published map[string]time.Time) []string {
	var names []string
	for name := range published {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (p *page) hasKey(name string) bool {
	return slices.ContainsFunc(p.Front.Keys, func(k document.FrontKey) bool { return k.Name == name })
}

// keySpan is the place of a key of the front matter, else its first byte.
func (p *page) keySpan(name string) document.Span {
	for _, k := range p.Front.Keys {
		if k.Name == name {
			return k.Span
		}
	}
	return document.Span{Start: p.Front.Start, End: p.Front.Start}
}

// oneEditApart reports whether one letter more, less, other or swapped makes a
// of b.
func oneEditApart(a, b string) bool {
	if a == b {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}

// A notice that says which stage the page is at.
var (
	saysPreliminary = regexp.MustCompile(`(?i)^(?:this is (?:our|a|the) )?["“]?preliminary\b`)
	saysFinal       = regexp.MustCompile(`(?i)^(?:this is (?:our|a|the) )?["“]?final\b`)
)

// stageStatus looks at what a page says of itself.
func stageStatus(p *page) {
	if p.rule == nil {
		return
	}
	for _, n := range p.Facts.Notices {
		switch form := p.rule.Form; {
		case form == window.FormFinal && saysPreliminary.MatchString(n.Text):
			p.add(n.Span, fmt.Sprintf("the page says that it is preliminary, and its stage is %s", p.rule.Name))
		case form != window.FormFinal && saysFinal.MatchString(n.Text):
			p.add(n.Span, fmt.Sprintf("the page says that it is final, and its stage is %s", p.rule.Name))
		}
	}
	if _, timed := p.Front.Published[p.Front.Stage]; p.Front.Status == "published" && !timed {
		p.add(p.keySpan("status"), fmt.Sprintf("status is published, and nothing says when; add published: {%s: TIME}", p.Front.Stage))
	}
}
