package edition

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"pir/review/document"
)

// width is that of the text in columns: what mails and status pages wrap at.
const width = 72

// text is the edition as plain text: wrapped, tables as lists, links written out.
func (e *Edition) text() []byte {
	d, err := document.Parse("", e.Body, nil)
	if err != nil {
		return e.Body // only a sidecar can be wrong
	}
	w := &typist{head: e.head()}
	for i := range d.Sections {
		w.section(&d.Sections[i])
	}
	return []byte(strings.TrimLeft(w.b.String(), "\n"))
}

// typist writes blocks as plain text.
type typist struct {
	b    strings.Builder
	head []string // to stand below the title
}

func (w *typist) section(s *document.Section) {
	if s.Level > 0 {
		w.heading(s)
	}
	for i := range s.Blocks {
		w.block(&s.Blocks[i], "", "")
	}
	for i := range s.Nested {
		w.section(&s.Nested[i])
	}
}

func (w *typist) heading(s *document.Section) {
	w.b.WriteString("\n")
	for _, line := range wrapped(s.Title, "", "") {
		w.b.WriteString(line + "\n")
	}
	long := min(utf8.RuneCountInString(s.Title), width)
	switch s.Level {
	case 1:
		w.b.WriteString(strings.Repeat("=", long) + "\n")
		for _, line := range w.head {
			w.put(line, "", "")
		}
		w.head = nil
	case 2:
		w.b.WriteString(strings.Repeat("-", long) + "\n")
	}
}

// put writes a paragraph, with what stands in front of its first line and of
// the others.
func (w *typist) put(text, first, rest string) {
	for _, line := range wrapped(text, first, rest) {
		w.b.WriteString(line + "\n")
	}
}

// block writes a block; first and rest are what stands in front of its lines.
func (w *typist) block(b *document.Block, first, rest string) {
	switch b.Kind {
	case document.Comment, document.Definition:
		return
	case document.Rule:
		w.b.WriteString("\n" + rest + "* * *\n")
	case document.List:
		w.list(b, first, rest)
	case document.Quote:
		for i := range b.Children {
			w.block(&b.Children[i], rest+"  ", rest+"  ")
		}
	case document.Table:
		w.table(b, rest)
	case document.Code:
		w.b.WriteString("\n")
		for line := range strings.SplitSeq(b.Text, "\n") {
			w.b.WriteString(strings.TrimRight(rest+"    "+line, " ") + "\n")
		}
	case document.HTML:
		if text := withoutTags(b.Text); text != "" {
			w.b.WriteString("\n")
			w.put(text, first, rest)
		}
	default:
		w.b.WriteString("\n")
		w.put(linked(b.Text, b.Links), first, rest)
	}
}

func (w *typist) list(b *document.Block, first, rest string) {
	w.b.WriteString("\n")
	for i := range b.Children {
		item := &b.Children[i]
		mark := "- "
		if b.Ordered {
			mark = strconv.Itoa(i+1) + ". "
		}
		text := linked(item.Text, item.Links)
		if item.Task {
			text = map[bool]string{true: "[x] ", false: "[ ] "}[item.Checked] + text
		}
		inner := rest + strings.Repeat(" ", len(mark))
		w.put(text, rest+mark, inner)
		for k := range item.Children {
			w.block(&item.Children[k], inner, inner)
		}
	}
}

// longCell is the length in runes from which the last column of a table is told
// in a line of its own.
const longCell = 40

// table writes the rows of a table as items of a list, with the names of the
// columns where they say something.
func (w *typist) table(b *document.Block, rest string) {
	if len(b.Rows) < 2 {
		return
	}
	head := b.Rows[0].Cells
	prose := false
	for _, r := range b.Rows[1:] {
		if n := len(r.Cells); n > 0 && n == len(head) && utf8.RuneCountInString(r.Cells[n-1].Text) > longCell {
			prose = true
		}
	}
	w.b.WriteString("\n")
	for _, r := range b.Rows[1:] {
		var parts []string
		lead, last := "", ""
		for i, c := range r.Cells {
			text := linked(c.Text, c.Links)
			switch {
			case i == 0:
				lead = text
			case text == "" || i >= len(head):
			case prose && i == len(head)-1:
				last = text
			default:
				parts = append(parts, strings.TrimSpace(head[i].Text)+" "+text)
			}
		}
		line := lead
		if len(parts) > 0 && prose {
			line += " (" + strings.Join(parts, "; ") + ")"
		} else if len(parts) > 0 {
			line = strings.TrimLeft(line+": "+strings.Join(parts, "; "), ": ")
		}
		w.put(line, rest+"- ", rest+"  ")
		if last != "" {
			w.put(last, rest+"  ", rest+"  ")
		}
	}
}

// linked is a text with the addresses of its links behind it.
func linked(text string, links []document.Link) string {
	for _, l := range links {
		if strings.HasPrefix(l.Target, "http") && !strings.Contains(text, l.Target) {
			text += " <" + l.Target + ">"
		}
	}
	return text
}

// withoutTags is the text of raw HTML.
func withoutTags(raw string) string {
	var b strings.Builder
	for raw != "" {
		open := strings.IndexByte(raw, '<')
		if open < 0 {
			b.WriteString(raw)
			break
		}
		b.WriteString(raw[:open] + " ")
		end := strings.IndexByte(raw[open:], '>')
		if end < 0 {
			break
		}
		raw = raw[open+end+1:]
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wrapped breaks a text into lines of at most width columns, but for words that
// are longer.
func wrapped(text, first, rest string) []string {
	var lines []string
	line, n := first, utf8.RuneCountInString(first)
	empty := true
	for word := range strings.FieldsSeq(text) {
		long := utf8.RuneCountInString(word)
		if !empty && n+1+long > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line, n, empty = rest, utf8.RuneCountInString(rest), true
		}
		if !empty {
			line += " "
			n++
		}
		line += word
		n += long
		empty = false
	}
	return append(lines, strings.TrimRight(line, " "))
}
