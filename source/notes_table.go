package source

import (
	"slices"
	"strings"

	"pir/internal/when"
)

// columns are what people call the columns of a timeline.
var columns = []struct {
	name  string
	words []string
}{
	{"time", []string{"time", "when", "clock", "timestamp", "at", "zeit", "uhrzeit", "hour"}},
	{"date", []string{"date", "day", "datum", "tag"}},
	{"who", []string{"who", "person", "actor", "by", "name", "owner", "responder", "author", "wer"}},
}

var cellZone = expression(`^\s*([\pL ]+?)\s*[(\[]([^()\[\]]{1,40})[)\]]\s*$`)

// tabbed reports whether a line was pasted from a table: cells with tabs
// between them, of which one of the first two is a clock, a day or a heading.
func tabbed(line string) bool {
	cells := strings.Split(strings.TrimSpace(line), "\t")
	for _, c := range cells[:min(2, len(cells))] {
		if len(cells) > 1 && (headsClock(c) || dayAlone.MatchString(c) || columnOf(c) == "time") {
			return true
		}
	}
	return false
}

// columnOf is what a cell names as the heading of a column; empty is nothing
// known.
func columnOf(cell string) string {
	if m := cellZone.FindStringSubmatch(cell); m != nil {
		cell = m[1]
	}
	words := strings.Fields(strings.ToLower(strings.Trim(cell, " *_:#")))
	for _, column := range columns {
		if len(words) > 0 && len(words) < 3 && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(column.words, w) }) {
			return column.name
		}
	}
	return ""
}

// cellsOf gives the cells of a row of a table.
func cellsOf(b block) []string {
	text := strings.TrimSpace(b.text)
	cells := strings.Split(text, "\t")
	if strings.HasPrefix(text, "|") {
		text = strings.TrimPrefix(text, "|")
		if !strings.HasSuffix(text, `\|`) {
			text = strings.TrimSuffix(text, "|")
		}
		const hidden = "\x00" // a pipe of the text
		cells = strings.Split(strings.ReplaceAll(text, `\|`, hidden), "|")
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], hidden, "|")
		}
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(inlineText(cells[i]))
	}
	return cells
}

// readTable takes a row of a table: the head of it names the columns, else the
// first cell is a time, or the first two are a date and a time.
func (n *notes) readTable(b block) {
	cells := cellsOf(b)
	if isRule(cells) || n.readTableHead(b, cells) {
		return
	}
	if n.todo != nil {
		n.actionRow(b, cells)
		return
	}
	tries := [][]int{{0, 1}, {0}}
	if at := n.timeColumns(); at != nil {
		tries = append([][]int{at}, tries...)
	}
	for _, at := range tries {
		if at[len(at)-1] < len(cells) && len(cells) > 1 && n.tableRow(b, cells, at) {
			n.timeAt = at
			return
		}
	}
	switch {
	case b.timed:
		n.looseRow(b, cells)
	case headLook.MatchString(cells[0]):
		n.noTime(b, cells[0])
	}
}

// readTableHead takes a row that names the columns.
func (n *notes) readTableHead(b block, cells []string) bool {
	if b.top || b.head {
		if todo := n.actionColumns(b, cells); todo != nil {
			n.todo, n.columns, n.timeAt = todo, nil, nil
			return true
		}
	}
	var names []string
	for _, c := range cells {
		names = append(names, columnOf(c))
	}
	switch {
	case slices.Contains(names, "time") && !headLook.MatchString(cells[0]) && (b.head || b.top || !b.timed):
		n.columns, n.todo, n.timeAt = names, nil, nil
	case b.head:
		n.columns, n.todo, n.timeAt = nil, nil, nil
	default:
		return false
	}
	return true
}

// noClock are words in place of a time that is not known.
var noClock = []string{"", "n/a", "na", "tbd", "unknown", "unclear", "none", "?", "unbekannt"}

// looseRow takes a row of a timeline whose time is no clock: what it says of
// the time is kept, and what looks like one and is none is reported.
func (n *notes) looseRow(b block, cells []string) {
	at := n.timeColumns()
	if at == nil {
		at = n.timeAt
	}
	if at == nil {
		at = []int{0}
	}
	var head, rest []string
	for i, c := range cells {
		switch {
		case c == "":
		case slices.Contains(at, i) && len(cells) > 1:
			head = append(head, c)
		default:
			rest = append(rest, c)
		}
	}
	written, text := strings.Join(head, " "), strings.Join(rest, " – ")
	d, span, after, elapsed := elapsedHead(written)
	ref := n.refAt(b.line)
	h, dated := readHead(n.isoHead(written), ref)
	switch mentions := when.Mentions(written, ref); {
	case written == "" && text == "":
		return
	case dated && h.rest == "" && h.HasDate && h.Precision == when.Day:
		h.Text, h.rest = written, text
		n.row(b, written, h)
		n.open = nil
		return
	case elapsed && after == "":
		n.elapsedRow(b, d, span, text)
		return
	case slices.Contains(noClock, strings.ToLower(strings.Trim(written, "?-–—:. …"))):
	case len(mentions) > 0, len(when.Lapses(written)) > 0:
		text = strings.TrimSpace(written + " " + text) // "by 16:35": a bound, and no time
	case strings.ContainsAny(written, "0123456789"):
		n.noTime(b, written)
		return
	default:
		text = strings.TrimSuffix(written+": "+text, ": ")
	}
	it := n.item(b)
	it.text, it.event.TimeText = text, written
	n.undated(it, b)
	n.open = nil
}

// timeColumns are the numbers of the columns with the date and the time; nil
// when nothing names them.
func (n *notes) timeColumns() []int {
	at := slices.Index(n.columns, "time")
	if at < 0 {
		return nil
	}
	if day := slices.Index(n.columns, "date"); day >= 0 {
		return []int{min(day, at), max(day, at)}
	}
	return []int{at}
}

func (n *notes) tableRow(b block, cells []string, at []int) bool {
	var head []string
	for _, i := range at {
		head = append(head, cells[i])
	}
	written := strings.Join(head, " ")
	text := n.isoHead(n.look.plainClock(written))
	h, ok := readHead(text, n.refAt(b.line))
	if !ok || h.rest != "" || h.Start != 0 || !h.clock() {
		return false
	}
	h.Text = strings.TrimSpace(written)
	var rest []string
	who := ""
	for i, c := range cells {
		switch {
		case slices.Contains(at, i) || c == "":
		case i < len(n.columns) && n.columns[i] == "who" && slices.Equal(at, n.timeColumns()):
			who = c
		default:
			rest = append(rest, c)
		}
	}
	h.rest = strings.Join(rest, " – ")
	count := len(n.items)
	n.row(b, text, h)
	n.sign(count, strings.TrimPrefix(who, "@"))
	n.open = nil
	return true
}
