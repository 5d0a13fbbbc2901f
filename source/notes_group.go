package source

import (
	"strings"
)

// Rows of one table, and items of one list, tell of each other: where most of
// them begin with a time, those that do not are rows all the same, and must not
// be passed over.

var (
	ruleCell = expression(`^:?-{2,}:?$`)
	// oddClock looks like a clock and is none: "14:5", "13:4x", "??:10".
	oddClock = expression(`^[\[(~≈*_]*(?:\d[\dxX?]?|[xX?]{1,2}):[\dxX?]{0,2}(?:[\s\])–—-]|:\s|$)`)
)

// markTimed marks what is a row by its neighbours, and the heads of tables.
func (l *layout) markTimed(list []block) {
	for from := 0; from < len(list); {
		to := from + 1
		if list[from].kind == tableBlock {
			for to < len(list) && list[to].kind == tableBlock && !isHead(list, to) {
				to++
			}
			l.markTable(list, from, to)
		}
		from = to
	}
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && !endsList(&list[to]) {
			to++
		}
		l.markList(list[from:to])
		from = to
	}
}

// isHead reports whether a row of a table stands above a rule.
func isHead(list []block, i int) bool {
	return i+1 < len(list) && list[i+1].kind == tableBlock && isRule(cellsOf(list[i+1]))
}

// isRule reports whether all cells are dashes.
func isRule(cells []string) bool {
	for _, c := range cells {
		if !ruleCell.MatchString(c) {
			return false
		}
	}
	return true
}

// markTable marks the rows of a table in which one has a clock.
func (l *layout) markTable(list []block, from, to int) {
	list[from].top, list[from].head = true, isHead(list, from)
	for i := from; i < to; i++ {
		for _, c := range cellsOf(list[i])[:min(2, len(cellsOf(list[i])))] {
			if !list[i].head && l.clocked(c) {
				for ; from < to; from++ {
					list[from].timed = true
				}
				return
			}
		}
	}
}

// endsList reports whether the items above a block and those below are of
// different lists.
func endsList(b *block) bool {
	return b.kind == headingBlock || b.kind == ruleBlock || b.kind == tableBlock || b.kind == paraBlock && b.gap && b.level == 0
}

// markList marks the items of each list in which a third, or several, begin with
// a clock.
// What is indented below one item is a list of its own.
func (l *layout) markList(list []block) {
	type tally struct{ level, rows, all int }
	var open []*tally
	of := map[int]*tally{} // by place in list
	for i := range list {
		b := &list[i]
		if b.kind != itemBlock || b.task != 0 {
			continue
		}
		for len(open) > 0 && open[len(open)-1].level > b.level {
			open = open[:len(open)-1]
		}
		if len(open) == 0 || open[len(open)-1].level < b.level {
			open = append(open, &tally{level: b.level})
		}
		t := open[len(open)-1]
		of[i] = t
		t.all++
		if text := inlineText(b.text); l.clocked(text) || oddClock.MatchString(text) {
			t.rows++
		}
	}
	for i, t := range of {
		list[i].timed = 3*t.rows >= t.all || t.rows > 1
	}
}

// clocked reports whether a text begins with a clock, or counts from a start.
func (l *layout) clocked(text string) bool {
	text = cut(text, maxHead)
	if l.clockAt(text) {
		return true
	}
	_, _, _, ok := elapsedHead(text)
	return ok
}

// timeless takes an item of a list of rows that has no time that can be read.
func (n *notes) timeless(b block, text string) {
	if oddClock.MatchString(text) {
		n.noTime(b, strings.Fields(text)[0])
		return
	}
	it := n.item(b)
	it.text = text
	n.undated(it, b)
}

func (n *notes) noTime(b block, written string) {
	n.fault(b.line, b.raw, "%q is no time of a day; write it as 14:02 or 2024-07-30 14:02", written)
}
