package edition

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"pir/internal/markdown"
	"pir/internal/redact"
)

// Finding is what stands in the way of writing an edition. It never says what
// the value is.
type Finding struct {
	Rule    string // of internal/redact, or "marker", "comment", "event-id"
	Message string // what was found, and where, in words
	Format  string // of the bytes that it is in; "review" is the page itself
	Line    int    // 1-based, of those bytes; 0 where they have none
}

// Markers and what looks like one, in any spelling.
var (
	anyInternal = regexp.MustCompile(`(?i)<!--\s*/?\s*pir\s*:?\s*/?\s*internal\b[^>]*>`)
	anyMarker   = regexp.MustCompile(`(?i)<!--\s*/?\s*pir\s*:`)
)

// brokenMarkers are parts of which nobody can say where they end, and markers of
// internal parts that are none because of their spelling or their place.
func (e *Edition) brokenMarkers() []Finding {
	if e.Audience != Customer {
		return nil
	}
	var out []Finding
	known := map[int]bool{} // lines of markers of internal parts
	for _, p := range e.doc.Parts {
		if p.Internal {
			known[p.Line] = true
			known[1+bytes.Count(e.doc.Source[:p.Inner.End], []byte("\n"))] = true
		}
	}
	for _, f := range e.doc.Faults {
		if f.Marker {
			known[f.Line] = true
			out = append(out, Finding{Rule: "marker", Message: f.Message, Format: "review", Line: f.Line})
		}
	}
	line := 1 + bytes.Count(e.doc.Source[:e.doc.Front.End], []byte("\n"))
	for _, p := range pieces(string(e.doc.Source[e.doc.Front.End:])) {
		message := "a marker of an internal part is not on a line of its own, or not spelled <!-- pir:internal -->"
		if p.code {
			message = "a marker of an internal part stands in code, where it marks nothing"
		}
		for _, m := range anyInternal.FindAllStringIndex(p.text, -1) {
			at := line + strings.Count(p.text[:m[0]], "\n")
			if p.code || !known[at] {
				known[at] = true
				out = append(out, Finding{Rule: "marker", Format: "review", Line: at, Message: message})
			}
		}
		line += strings.Count(p.text, "\n")
	}
	return out
}

// Gate looks at bytes of the edition that are to be written in a form: markdown,
// html, text, or any other for what is written beside them. It finds what the
// rules find as the bytes stand and as readers see them, markers, comments, and
// ids of events.
func (e *Edition) Gate(format string, data []byte) []Finding {
	var out []Finding
	seen := map[string]bool{}
	add := func(f Finding) {
		key := fmt.Sprint(f.Rule, f.Line)
		if !seen[key] {
			seen[key] = true
			f.Format = format
			out = append(out, f)
		}
	}
	for _, f := range e.redactor.Find(data) {
		add(found(f, f.Line))
	}
	if format == "markdown" {
		shown := markdown.Text(markdown.HTML(string(data[len(e.Front):])))
		for _, f := range e.redactor.Find([]byte(shown)) {
			if !seen[fmt.Sprint(f.Rule, lineOf(out, f.Rule))] {
				add(found(f, 0))
			}
		}
	}
	if format == "markdown" || format == "html" {
		e.marks(format, string(data), add)
	}
	if e.Audience == Customer {
		for _, m := range eventID.FindAllIndex(data, -1) {
			if id := strings.Trim(string(data[m[0]:m[1]]), "`"); e.ids[id] {
				add(Finding{Rule: "event-id", Message: "the id of an event", Line: 1 + bytes.Count(data[:m[0]], []byte("\n"))})
			}
		}
	}
	return out
}

// lineOf is the line of the first finding of a rule; 0 is none.
func lineOf(list []Finding, rule string) int {
	for _, f := range list {
		if f.Rule == rule {
			return f.Line
		}
	}
	return -1
}

// marks finds markers and comments in what is no code.
func (e *Edition) marks(format, page string, add func(Finding)) {
	list := []piece{{text: page}}
	if format == "markdown" {
		list = pieces(page)
	}
	line := 1
	for _, p := range list {
		if !p.code {
			for _, m := range anyMarker.FindAllStringIndex(p.text, -1) {
				add(Finding{Rule: "marker", Message: "a marker of a part", Line: line + strings.Count(p.text[:m[0]], "\n")})
			}
			if i := strings.Index(p.text, "<!--"); i >= 0 && format == "markdown" {
				add(Finding{Rule: "comment", Message: "a comment", Line: line + strings.Count(p.text[:i], "\n")})
			}
		}
		line += strings.Count(p.text, "\n")
	}
}

// found tells a finding of the redactor.
func found(f redact.Finding, line int) Finding {
	message := f.Doc
	if f.Hidden != "" {
		message += " (" + f.Hidden + ")"
	}
	return Finding{Rule: f.Rule, Message: message, Line: line}
}

// String tells a finding in one line: where, what, and the rule.
func (f Finding) String() string {
	where := "the visible text"
	if f.Line > 0 {
		where = fmt.Sprintf("line %d", f.Line)
	}
	if f.Format == "review" {
		return fmt.Sprintf("line %d of the review: %s (%s)", f.Line, f.Message, f.Rule)
	}
	return fmt.Sprintf("%s of the %s: %s (%s)", where, f.Format, f.Message, f.Rule)
}
