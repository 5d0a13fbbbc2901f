package merge

import (
	"strings"
)

// element is a line, a table, or a conflict that was not solved, with the empty
// lines behind it.
type element struct {
	text   string // of the first line, trimmed; what it is known by
	raw    []string
	blanks []string
	table  *table
	group  *group
}

// group is a conflict that stands in a text.
type group struct {
	yours, theirs []string // trimmed, without empty lines
	middle        int      // place of the line between the two
}

// same reports whether two elements say the same.
func (e *element) same(o *element) bool {
	if e.text != o.text || len(e.raw) != len(o.raw) {
		return false
	}
	for i := range e.raw {
		if e.table != nil && o.table != nil {
			if !equalCells(cells(e.raw[i]), cells(o.raw[i])) {
				return false
			}
		} else if plain(e.raw[i]) != plain(o.raw[i]) {
			return false
		}
	}
	return true
}

// plain is a line without the white space around it. Formatters change the marks
// of items, which says nothing.
func plain(line string) string {
	line = strings.TrimSpace(line)
	if len(line) > 1 && (line[0] == '*' || line[0] == '+') && line[1] == ' ' {
		return "-" + line[1:]
	}
	return line
}

// parse cuts a text into elements. Each line is kept as it is, ending behind it.
func parse(text, ending string) []element {
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := range lines {
		lines[i] += ending
	}
	var list []element
	for i := 0; i < len(lines); {
		e := element{text: plain(lines[i])}
		n := 1
		if size := groupSize(lines[i:]); size > 0 {
			n = size
			e.group, e.text = readGroup(lines[i:i+n], strings.TrimSpace)
		} else if size := tableSize(lines[i:]); size > 0 {
			n = size
			e.table = readTable(lines[i : i+n])
		}
		e.raw = lines[i : i+n]
		i += n
		if e.text == "" {
			e.raw, e.blanks = nil, e.raw
		}
		for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
			e.blanks = append(e.blanks, lines[i])
			i++
		}
		list = append(list, e)
	}
	return list
}

// groupSize counts the lines of the conflict with which a text begins; 0 where
// there is none, or only a part of one.
func groupSize(lines []string) int {
	return groupIn(lines, strings.TrimSpace)
}

func groupIn(lines []string, say func(string) string) int {
	if say(lines[0]) != MarkYours {
		return 0
	}
	middle := false
	for i, line := range lines[1:] {
		switch say(line) {
		case MarkYours:
			return 0
		case MarkMiddle:
			middle = true
		case MarkEvidence:
			if middle {
				return i + 2
			}
			return 0
		}
	}
	return 0
}

// readGroup reads the two halves of a conflict; text is the first line of ours.
func readGroup(lines []string, say func(string) string) (g *group, text string) {
	g = &group{}
	for i, line := range lines[1 : len(lines)-1] {
		switch {
		case say(line) == MarkMiddle:
			g.middle = i + 1
		case strings.TrimSpace(line) == "":
		case g.middle == 0:
			g.yours = append(g.yours, strings.TrimSpace(line))
		default:
			g.theirs = append(g.theirs, strings.TrimSpace(line))
		}
	}
	if len(g.yours) > 0 {
		text = g.yours[0]
	}
	return g, text
}

// trimmedLines are lines without the white space around them, the empty ones
// left out.
func trimmedLines(raw []string) []string {
	var list []string
	for _, line := range raw {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Alike reports whether two texts have the same lines, but for white space and
// for the marks of items.
func Alike(a, b string) bool {
	x, y := parse(a, ""), parse(b, "")
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !x[i].same(&y[i]) {
			return false
		}
	}
	return true
}
