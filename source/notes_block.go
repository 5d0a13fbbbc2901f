package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blockKind is what a stretch of lines in notes is.
type blockKind int8

const (
	paraBlock blockKind = iota
	headingBlock
	itemBlock
	quoteBlock
	fenceBlock
	tableBlock
	ruleBlock
	longBlock // a line too long to be written by hand
)

// block is a stretch of lines that belong together.
type block struct {
	kind  blockKind
	line  int    // 1-based, of its first line
	level int    // of a heading; else the columns it is indented by
	text  string // wrapped lines joined; of quotes, fences and tables as they are
	raw   string
	task  byte // ' ' or 'x' for an item with a box
	gap   bool // an empty line stands in front
	row   bool // the lines around it make it a row: it begins with a clock, or a day
	timed bool // other rows of its table, or items of its list, have a time
	top   bool // first row of a table
	head  bool // row of a table above a rule
}

// maxNoteLine is the length in bytes above which a line is not read: nobody
// writes such a line.
const maxNoteLine = 16 << 10

var (
	fenceLine   = expression("^\\s*(```+|~~~+)")
	headingLine = expression(`^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$`)
	ruleLine    = expression(`^ {0,3}(?:-\s*){3,}$|^ {0,3}(?:\*\s*){3,}$|^ {0,3}(?:_\s*){3,}$|^ {0,3}=+\s*$`)
	itemLine    = expression(`^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?:\[([ xX])\]\s+)?(.*)$`)
	dashItem    = expression(`^(\s*)[–—]\s+()(.*)$`)
	quoteLine   = expression(`^\s*>\s?(.*)$`)
	tableLine   = expression(`^\s*\|.*\|\s*$`)
	dottedDay   = expression(`^(\s*(?:[-*+•]\s+|#{1,6}\s+)?\d{1,2})\. (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`)
)

// blocks cuts a text into blocks. It is a reading of Markdown that forgives
// what people do in haste: rows without an empty line between them, text right
// under a heading, lists with any indentation.
func blocks(text string, firstLine int) ([]block, layout) {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	look := layoutOf(lines)
	r := &blockReader{}
	for i, line := range lines {
		r.row = look.rows[i]
		r.add(line, firstLine+i)
	}
	look.markTimed(r.list)
	return r.list, look
}

type blockReader struct {
	list    []block
	gap     bool   // the line before was empty
	fence   string // closing mark of the fence that is open
	comment bool   // inside <!-- … -->
	row     bool   // the line begins a row
}

func (r *blockReader) start(b block) {
	b.gap = r.gap || len(r.list) == 0
	r.gap = false
	r.list = append(r.list, b)
}

// extend adds a line to the last block.
func (r *blockReader) extend(line, between, text string) {
	b := &r.list[len(r.list)-1]
	b.raw += "\n" + line
	b.text += between + text
}

// open is the kind of the block that a line may go on with; ok is false after
// an empty line and at the start.
func (r *blockReader) open() (kind blockKind, ok bool) {
	if r.gap || len(r.list) == 0 {
		return 0, false
	}
	return r.list[len(r.list)-1].kind, true
}

func (r *blockReader) add(line string, number int) {
	if r.fence != "" {
		if len(r.list[len(r.list)-1].raw) < maxNoteLine {
			r.extend(line, "\n", line) // the rest of a longer one stays in the source
		}
		if strings.HasPrefix(strings.TrimSpace(line), r.fence) {
			r.fence = ""
		}
		return
	}
	if len(line) > maxNoteLine {
		r.start(block{kind: longBlock, line: number, raw: cut(line, maxErrorText)})
		return
	}
	line = r.uncomment(line)
	if strings.TrimSpace(line) == "" {
		r.gap = true
		return
	}
	line = dottedDay.ReplaceAllString(line, "$1 $2") // "19. April" is a date and no list
	kind, going := r.open()
	indent := indentOf(line)
	switch m := fenceLine.FindStringSubmatch(line); {
	case m != nil:
		r.fence = m[1]
		r.start(block{kind: fenceBlock, line: number, level: indent, text: line, raw: line})
		return
	case r.heading(line, number):
		return
	}
	if m := quoteLine.FindStringSubmatch(line); m != nil {
		if going && kind == quoteBlock && len(r.list[len(r.list)-1].raw) < maxNoteLine {
			r.extend(line, "\n", m[1])
		} else {
			r.start(block{kind: quoteBlock, line: number, level: indent, text: m[1], raw: line})
		}
		return
	}
	if tableLine.MatchString(line) || tabbed(line) || going && kind == tableBlock && r.goesOnTabbed(line) {
		r.start(block{kind: tableBlock, line: number, level: indent, text: line, raw: line})
		return
	}
	if b, ok := item(line); ok {
		b.line = number
		r.start(b)
		return
	}
	going = going && len(r.list[len(r.list)-1].raw) < maxNoteLine // longer ones are cut, not lost
	if going && r.goesOn(line, indent) {
		r.extend(line, r.between(line, indent), strings.TrimSpace(line))
		return
	}
	r.start(block{kind: paraBlock, line: number, level: indent, text: strings.TrimSpace(line), raw: line, row: r.row})
}

// goesOnTabbed reports whether a line has cells as the row above it has.
func (r *blockReader) goesOnTabbed(line string) bool {
	above := strings.TrimSpace(r.list[len(r.list)-1].text)
	return strings.Contains(strings.TrimRight(line, " \t"), "\t") && !strings.HasPrefix(above, "|")
}

// goesOn reports whether a line belongs to the paragraph or item above it.
func (r *blockReader) goesOn(line string, indent int) bool {
	last := &r.list[len(r.list)-1]
	switch {
	case r.row || last.kind == paraBlock && last.row && dayAlone.MatchString(last.text):
		return false
	case last.kind == itemBlock:
		return indent > last.level || !startsRow(line)
	}
	return last.kind == paraBlock && !startsRow(line) && !headsDocument(line) && !headsDocument(last.text) &&
		!(keyLine.MatchString(line) && keyLine.MatchString(last.text) && len(last.text) < maxTitle) &&
		!(len(r.list) == 1 && isTitle(last.text))
}

// midSentence reports whether a line goes on with a sentence of the line above.
func midSentence(above, line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	above = strings.TrimSpace(above)
	return unicode.IsLower(r) && !strings.Contains(line, "://") && !strings.ContainsAny(above[len(above)-1:], ".!?:;)]") && strings.Contains(above, " ")
}

// keyLine is a line of a head such as that of a mail: "From: …".
var keyLine = expression(`^\pL[\pL /-]{1,24}:\s+\S`)

// headsDocument reports whether a line says something of the whole document:
// its date, its zone, its T0.
func headsDocument(line string) bool {
	return len(line) < maxTitle && (dayKey.MatchString(line) || zoneKey.MatchString(line) || zoneLine.MatchString(line) || zoneOpening.MatchString(line) || zeroLine.MatchString(line))
}

// isTitle reports whether the first line of a text is its title: short, and
// with a date.
func isTitle(line string) bool {
	return len(line) < maxTitle && dateInTitle.MatchString(line) && !runsOn(line) && !headsClock(line)
}

// between is what joins a line to the one above: a blank where an editor
// wrapped it, a line end where the writer of a row broke it.
func (r *blockReader) between(line string, indent int) string {
	last := &r.list[len(r.list)-1]
	above := last.raw[strings.LastIndexByte(last.raw, '\n')+1:]
	if last.kind == itemBlock && indent <= last.level && headsClock(inlineText(last.text)) && !runsOn(above) {
		return "\n" // no list goes on so: the writer went on without its mark
	}
	if last.kind != paraBlock || !last.row && !headsClock(last.text) {
		return " "
	}
	deeper := indent > indentOf(above) && utf8.RuneCountInString(above) < shortLine
	if !deeper && (runsOn(above) || midSentence(above, strings.TrimSpace(line))) {
		return " "
	}
	return "\n"
}

// heading takes headings and rules. A line of = or - under one line of text
// makes that a heading.
func (r *blockReader) heading(line string, number int) bool {
	if m := headingLine.FindStringSubmatch(line); m != nil {
		r.start(block{kind: headingBlock, line: number, level: len(m[1]), text: m[2], raw: line})
		return true
	}
	if !ruleLine.MatchString(line) {
		return false
	}
	kind, going := r.open()
	mark := strings.TrimSpace(line)[0]
	if going && kind == paraBlock && (mark == '=' || mark == '-') && !strings.Contains(r.list[len(r.list)-1].raw, "\n") {
		b := &r.list[len(r.list)-1]
		b.kind, b.level = headingBlock, 1
		if mark == '-' {
			b.level = 2
		}
		b.raw += "\n" + line
		return true
	}
	r.start(block{kind: ruleBlock, line: number, raw: line})
	return true
}

func item(line string) (block, bool) {
	m := itemLine.FindStringSubmatch(line)
	if m == nil {
		if m = dashItem.FindStringSubmatch(line); m == nil {
			return block{}, false
		}
	}
	b := block{kind: itemBlock, level: indentOf(line), text: strings.TrimSpace(m[3]), raw: line}
	if m[2] != "" {
		b.task = m[2][0] | 0x20 // X is x, and a blank stays one
	}
	return b, true
}

// uncomment takes HTML comments out: their writer hid them.
func (r *blockReader) uncomment(line string) string {
	var b strings.Builder
	for line != "" {
		if r.comment {
			i := strings.Index(line, "-->")
			if i < 0 {
				return b.String()
			}
			line, r.comment = line[i+3:], false
			continue
		}
		i := strings.Index(line, "<!--")
		if i < 0 {
			break
		}
		b.WriteString(line[:i])
		line, r.comment = line[i+4:], true
	}
	b.WriteString(line)
	return b.String()
}

func indentOf(line string) int {
	columns := 0
	for _, c := range line {
		switch c {
		case ' ':
			columns++
		case '\t':
			columns += 4
		default:
			return columns
		}
	}
	return columns
}

// rowStart is the look of a line that begins with a time and sets it off from
// its text, in the middle of a paragraph.
var rowStart = expression(`^\s*[*_\[(~≈]*(?:\d{4}-\d{2}-\d{2}[T ,]+)?(?:\d{1,2}:\d{2}(?::\d{2})?|\d{4}Z|T ?[+-] ?\d\S*)[^.,;]{0,24}?(?:\*|_|\]|\)|:| [-–—|])\s`)

// startsRow reports whether a line inside a paragraph begins a record of its
// own: a row with a time that is set off, or a known label.
func startsRow(line string) bool {
	if rowStart.MatchString(line) {
		return true
	}
	_, _, ok := labelOf(inlineText(line))
	return ok
}
