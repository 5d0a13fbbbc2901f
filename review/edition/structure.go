package edition

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pir/review/document"
	"pir/timeline"
)

// structure gives the page without its front matter and without what the
// audience does not see: parts, rows, columns, comments, markers.
func (e *Edition) structure() string {
	s := &surgeon{e: e, doc: e.doc, records: newRecords(e), customer: e.Audience == Customer}
	for _, p := range e.doc.Parts {
		s.part(p)
	}
	for i := range e.doc.Sections {
		s.section(&e.doc.Sections[i])
	}
	if end := e.doc.Front.End; end > 0 {
		s.cut(0, s.pastLine(end), "")
	}
	return string(e.doc.Splice(s.apart()))
}

// surgeon collects edits.
type surgeon struct {
	e        *Edition
	doc      *document.Document
	records  *records
	customer bool
	edits    []document.Edit
}

func (s *surgeon) cut(start, end int, text string) {
	s.edits = append(s.edits, document.Edit{Span: document.Span{Start: start, End: end}, Text: text})
}

// apart leaves out edits of what others cut.
func (s *surgeon) apart() []document.Edit {
	slices.SortStableFunc(s.edits, func(a, b document.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var out []document.Edit
	end := -1
	for _, x := range s.edits {
		if x.Start < end {
			// Half inside of another: what is left of it goes too.
			if x.End > end {
				out = append(out, document.Edit{Span: document.Span{Start: end, End: x.End}, Text: ""})
				end = x.End
			}
			continue
		}
		out = append(out, x)
		end = x.End
	}
	return out
}

// pastLine is the first byte of the next line.
func (s *surgeon) pastLine(at int) int {
	for at < len(s.doc.Source) && s.doc.Source[at] != '\n' {
		at++
	}
	return min(at+1, len(s.doc.Source))
}

// part takes out an internal part, or the markers of another, and the evidence.
func (s *surgeon) part(p document.Part) {
	end := s.pastLine(p.End)
	switch {
	case s.customer && p.Internal:
		s.cut(p.Start, end, "")
	case s.customer && p.Name == "evidence":
		s.cut(p.Start, end, s.e.sources())
	default:
		s.cut(p.Start, p.Inner.Start, "")
		s.cut(p.Inner.End, end, "")
	}
}

func (s *surgeon) section(sec *document.Section) {
	s.blocks(sec.Blocks)
	for i := range sec.Nested {
		s.section(&sec.Nested[i])
	}
}

// disagrees is the head of the list of what sources say against each other.
const disagrees = "Where the evidence disagrees"

func (s *surgeon) blocks(list []document.Block) {
	for i := range list {
		b := &list[i]
		switch {
		case b.Kind == document.Comment:
			s.cut(b.Start, s.pastLine(b.End), "")
		case !s.customer:
			s.blocks(b.Children)
		case b.Kind == document.Table:
			var lead *document.Block
			if i > 0 && list[i-1].Kind == document.Paragraph && strings.HasSuffix(list[i-1].Text, ":") {
				lead = &list[i-1]
			}
			s.table(b, lead)
		case b.Part == "facts" && b.Kind == document.Paragraph && strings.HasPrefix(b.Text, disagrees):
			s.cut(b.Start, s.pastLine(b.End), "")
			if i+1 < len(list) && list[i+1].Kind == document.List {
				s.cut(list[i+1].Start, s.pastLine(list[i+1].End), "")
			}
		case b.Kind == document.List && b.Part != "":
			s.list(b)
		case b.Part == "banner" && b.Kind == document.Paragraph && strings.HasPrefix(b.Text, "Where the evidence is from"):
			source := string(s.doc.Source[b.Start:b.End])
			s.cut(b.Start, b.End, inParens.ReplaceAllString(source, ""))
		default:
			s.blocks(b.Children)
		}
	}
}

var inParens = regexp.MustCompile(` \([^()]*\)`)

// list leaves out the items that tell of internal records only. An action is
// told whoever wrote it down.
func (s *surgeon) list(b *document.Block) {
	left := 0
	for i := range b.Children {
		item := &b.Children[i]
		text := string(s.doc.Source[item.Start:item.End])
		if b.Part != "actions" && s.e.doc.Sidecar != nil && slices.Contains([]standing{internal, unknown}, s.records.standing(text)) {
			s.cut(item.Start-leadOf(s.doc.Source, item.Start), s.pastLine(item.End), "")
			continue
		}
		left++
		s.blocks(item.Children)
	}
	if left == 0 {
		s.cut(b.Start, s.pastLine(b.End), "")
	}
}

// leadOf is the length of the mark in front of an item.
func leadOf(source []byte, at int) int {
	n := 0
	for at-n > 0 && source[at-n-1] != '\n' {
		n++
	}
	return n
}

// Columns that lead to evidence, and those that only generated tables have.
var (
	evidenceColumns = []string{"evidence", "how it is known"}
	insideColumns   = []string{"source", "who"}
)

// table writes a table without its columns of evidence and its internal rows.
// Where no row is left, the line that leads to it goes too.
func (s *surgeon) table(b, lead *document.Block) {
	if len(b.Rows) == 0 {
		return
	}
	var keep []int
	for i, c := range b.Rows[0].Cells {
		name := strings.ToLower(strings.TrimSpace(c.Text))
		if slices.Contains(evidenceColumns, name) || b.Part != "" && slices.Contains(insideColumns, name) {
			continue
		}
		keep = append(keep, i)
	}
	var out strings.Builder
	rows := 0
	for i, r := range b.Rows {
		text := string(s.doc.Source[r.Start:r.End])
		if i > 0 && b.Part == "timeline" && !s.e.keepRow(s.records, text) || i > 0 && b.Part == "" && s.hidden(text) {
			continue
		}
		if i > 0 {
			rows++
		}
		out.WriteString("|")
		for _, k := range keep {
			cell := ""
			if k < len(r.Cells) {
				cell = strings.TrimSpace(string(s.doc.Source[r.Cells[k].Start:r.Cells[k].End]))
			}
			if b.Part == "actions" {
				cell = strings.TrimSpace(bareLink.ReplaceAllString(cell, ""))
			}
			out.WriteString(" " + cell + " |")
		}
		out.WriteString("\n")
		if i == 0 {
			out.WriteString("|" + strings.Repeat("---|", len(keep)) + "\n")
		}
	}
	switch {
	case rows == 0 && len(b.Rows) > 1, len(keep) == 0:
		s.cut(b.Start, s.pastLine(b.End), "")
		if lead != nil {
			s.cut(lead.Start, s.pastLine(lead.End), "")
		}
	default:
		s.cut(b.Start, s.pastLine(b.End), out.String())
	}
}

// bareLink is a link of an action: to the house's own tracker, as a rule.
var bareLink = regexp.MustCompile(`\s*<https?://[^>]*>`)

// hidden reports whether a row cites what is marked internal.
func (s *surgeon) hidden(row string) bool {
	for _, m := range cited.FindAllStringSubmatch(row, -1) {
		n, _ := strconv.Atoi(m[1])
		if slices.ContainsFunc(s.records.citations[n].IDs, func(id string) bool { return s.records.hidden[id] }) {
			return true
		}
	}
	return false
}

// kindWords are what customers are told of where an account comes from.
var kindWords = []struct {
	kind timeline.Kind
	word string
}{
	{timeline.KindStatus, "posts on the status page"}, {timeline.KindAlert, "alerts"}, {timeline.KindPage, "pages"}, {timeline.KindChange, "records of changes"},
	{timeline.KindLog, "logs"}, {timeline.KindChat, "chat"}, {timeline.KindTicket, "tickets"}, {timeline.KindNote, "notes of the responders"},
}

// sources is what an edition for customers has in the place of the evidence.
func (e *Edition) sources() string {
	const kept = "What each time and figure rests on is kept with the internal review.\n"
	if e.doc.Sidecar == nil {
		return kept
	}
	t := e.doc.Sidecar.Timeline
	has := map[timeline.Kind]bool{}
	for i := range t.Events {
		kind := t.Events[i].Kind
		if kind == timeline.KindAck {
			kind = timeline.KindPage
		}
		has[kind] = true
	}
	has[timeline.KindLog] = has[timeline.KindLog] || len(t.Series) > 0 || len(t.Bursts) > 0
	var words []string
	for _, k := range kindWords {
		if has[k.kind] {
			words = append(words, k.word)
		}
	}
	if len(words) == 0 {
		return kept
	}
	text := words[0]
	if n := len(words); n > 1 {
		text = strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return "This account was made from " + text + ". " + kept
}
