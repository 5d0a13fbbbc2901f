package source

import (
	"regexp"
	"slices"
	"strings"
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

var cellZone = regexp.MustCompile(`^\s*([\pL ]+?)\s*[(\[]([^()\[\]]{1,40})[)\]]\s*$`)

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
	mark := "\t"
	if strings.HasPrefix(text, "|") {
		text, mark = strings.Trim(text, "|"), "|"
	}
	cells := strings.Split(text, mark)
	for i := range cells {
		cells[i] = strings.TrimSpace(inlineText(cells[i]))
	}
	return cells
}

// readTable takes a row of a table: the head of it names the columns, else the
// first cell is a time, or the first two are a date and a time.
func (n *notes) readTable(b block) {
	cells := cellsOf(b)
	var names []string
	for _, c := range cells {
		names = append(names, columnOf(c))
	}
	if slices.Contains(names, "time") && !headLook.MatchString(cells[0]) {
		n.columns = names
		return
	}
	tries := [][]int{{0, 1}, {0}}
	if at := n.timeColumns(); at != nil {
		tries = append([][]int{at}, tries...)
	}
	for _, at := range tries {
		if at[len(at)-1] < len(cells) && len(cells) > 1 && n.tableRow(b, cells, at) {
			return
		}
	}
	if headLook.MatchString(cells[0]) {
		n.fault(b.line, b.raw, "%q is no time of a day; write it as 14:02 or 2024-07-30 14:02", cells[0])
	}
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
