package review

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pir/review/document"
	"pir/timeline"
)

// citeSpot is a number in a text that stands for a place of the list of evidence:
// the digits of [[3]], of [words][3], of #evidence-3.
type citeSpot struct {
	document.Span // of the digits
	n             int
	bare          bool // [3] alone, which is a citation only where the page has a row of that number
}

// While texts are merged, numbers that the new review does not have stand far
// behind its own: those of evidence that only the writer cites, and those that
// stand for nothing.
const (
	ownCites = 500_000
	noCites  = 700_000
)

var citeForms = regexp.MustCompile(`\[(\d{1,6})\]|evidence-(\d{1,6})\b`)

// cites finds the citations of a text. Those in code are none; neither is an
// escaped bracket, nor a link with a target of its own.
func cites(text string, code []document.Span) []citeSpot {
	own := ownLabels(text)
	var list []citeSpot
	code = append(inlineCode(text, code), code...)
	slices.SortFunc(code, func(a, b document.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, m := range citeForms.FindAllStringSubmatchIndex(text, -1) {
		start, end := m[2], m[3]
		if start < 0 {
			start, end = m[4], m[5]
		}
		bracketed := m[2] >= 0
		n, err := strconv.Atoi(text[start:end])
		if err != nil || n == 0 || inside(code, m[0]) {
			continue
		}
		if bracketed && (m[0] > 0 && text[m[0]-1] == '\\' || m[1] < len(text) && text[m[1]] == '(' || own[n]) {
			continue
		}
		bare := bracketed && !(m[0] > 0 && strings.IndexByte("[]", text[m[0]-1]) >= 0)
		list = append(list, citeSpot{document.Span{Start: start, End: end}, n, bare})
	}
	return list
}

func inside(spans []document.Span, at int) bool {
	i, found := slices.BinarySearchFunc(spans, at, func(s document.Span, at int) int { return cmp.Compare(s.Start, at) })
	for ; !found && i > 0; i-- {
		if at < spans[i-1].End {
			return true
		}
		if i < 2 || spans[i-2].End <= at {
			break // spans of code do not overlap by more than one
		}
	}
	return found
}

var definitionLine = regexp.MustCompile(`(?m)^ {0,3}\[(\d{1,6})\]:[ \t]*(\S+)`)

// ownLabels are the numbers that the writer gave a target of his own.
func ownLabels(text string) map[int]bool {
	var own map[int]bool
	for _, m := range definitionLine.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil && !strings.HasPrefix(m[2], "#evidence-") {
			if own == nil {
				own = map[int]bool{}
			}
			own[n] = true
		}
	}
	return own
}

// inlineCode finds the spans of code in the lines of a text, blocks of code left
// out. A span ends before an empty line, and before the next row or item.
func inlineCode(text string, blocks []document.Span) []document.Span {
	var list []document.Span
	for start := 0; start < len(text); {
		end := start + unit(text[start:])
		if !inside(blocks, start) {
			list = append(list, spansOfCode(text, start, end)...)
		}
		start = end
	}
	return list
}

// unit is the length of the lines with which a text begins that a span of code
// may go over.
func unit(text string) int {
	n := 0
	for n < len(text) {
		i := strings.IndexByte(text[n:], '\n')
		if i < 0 {
			return len(text)
		}
		line := strings.TrimSpace(text[n : n+i])
		if n > 0 && (line == "" || startsUnit(line)) {
			return n
		}
		n += i + 1
		if line == "" {
			return n
		}
	}
	return n
}

func startsUnit(line string) bool {
	switch line[0] {
	case '|', '#', '>', '-', '*', '+':
		return true
	}
	return false
}

// spansOfCode finds pairs of runs of back-ticks of one length.
func spansOfCode(text string, start, end int) []document.Span {
	var list []document.Span
	var runs []document.Span
	for i := start; i < end; i++ {
		if text[i] != '`' || i > start && text[i-1] == '\\' {
			continue
		}
		j := i
		for j < end && text[j] == '`' {
			j++
		}
		runs = append(runs, document.Span{Start: i, End: j})
		i = j
	}
	for i := 0; i < len(runs); i++ {
		for j := i + 1; j < len(runs) && j < i+200; j++ {
			if runs[j].End-runs[j].Start == runs[i].End-runs[i].Start {
				list = append(list, document.Span{Start: runs[i].Start, End: runs[j].End})
				i = j
				break
			}
		}
	}
	return list
}

// renumber gives the text with its citations by their new numbers.
func renumber(text string, code []document.Span, numbers map[int]int) string {
	var b strings.Builder
	at := 0
	for _, c := range cites(text, code) {
		to, known := numbers[c.n]
		if !known || to == c.n || c.bare && to > noCites {
			continue
		}
		b.WriteString(text[at:c.Start])
		b.WriteString(strconv.Itoa(to))
		at = c.End
	}
	if at == 0 {
		return text
	}
	b.WriteString(text[at:])
	return b.String()
}

// codeIn are the blocks of code of a page, in order.
func codeIn(d *document.Document) []document.Span {
	var list []document.Span
	var walk func([]document.Block)
	walk = func(blocks []document.Block) {
		for i := range blocks {
			if blocks[i].Kind == document.Code {
				list = append(list, blocks[i].Span)
			}
			walk(blocks[i].Children)
		}
	}
	var sections func([]document.Section)
	sections = func(all []document.Section) {
		for i := range all {
			walk(all[i].Blocks)
			sections(all[i].Nested)
		}
	}
	sections(d.Sections)
	return list
}

// within gives the spans that lie in one, as places in it.
func within(spans []document.Span, in document.Span) []document.Span {
	var list []document.Span
	for _, s := range spans {
		if s.End > in.Start && s.Start < in.End {
			list = append(list, document.Span{Start: max(s.Start, in.Start) - in.Start, End: min(s.End, in.End) - in.Start})
		}
	}
	return list
}

// numbering says what the numbers of a page stand for in the review that is
// made anew.
type numbering struct {
	to   map[int]int               // the number in the new review, by the old one
	gone map[int]document.Citation // numbers that the new review does not have
	// newer says that the page is newer than its sidecar, whose numbers are then
	// others: base gives those of the page for them.
	newer bool
	base  map[int]int
	// done says that it has all of the new list of evidence, so that nothing but
	// the sidecar is left to write.
	done bool
}

var listRow = regexp.MustCompile(`(?m)^ *[-*+] +<a id="evidence-(\d+)"></a>\[\[\d+\]\] (.*?)\r?$`)

// listed gives the rows of a list of evidence, by number.
func listed(text string) map[int]string {
	rows := map[int]string{}
	for _, m := range listRow.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			rows[n] = m[2]
		}
	}
	return rows
}

// inner is the text of a generated part of a page, with line feeds only.
func inner(d *document.Document, name string) (string, bool) {
	p, ok := d.Part(name)
	if !ok {
		return "", false
	}
	return strings.ReplaceAll(string(d.Source[p.Inner.Start:p.Inner.End]), "\r\n", "\n"), true
}

// numbersOf finds out what the citations of a page stand for: by the sidecar,
// or where the page is newer than it (an update was cut off between the two) or
// has none, by its own list of evidence. fresh are the citations of the new
// review, rows its list.
func numbersOf(d *document.Document, t *timeline.Timeline, fresh []document.Citation, rows map[int]string) numbering {
	page, _ := inner(d, "evidence")
	mine := listed(page)
	both := recordPair{fresh: t}
	if d.Sidecar == nil {
		return both.byRows(mine, fresh, rows)
	}
	both.old = d.Sidecar.Timeline
	kept := listed(d.Sidecar.Blocks["evidence"])
	if agree(mine, rows) <= agree(mine, kept) {
		return both.byEvidence(d.Sidecar.Citations, fresh)
	}
	num := both.byRows(mine, fresh, rows)
	num.newer, num.base = true, map[int]int{}
	num.done = agree(rows, mine) == len(rows)
	old := both.byEvidence(d.Sidecar.Citations, fresh)
	onPage := map[int]int{} // the number on the page of what is fresh
	for _, n := range sortedKeys(num.to) {
		onPage[num.to[n]] = n
	}
	far := 1 << 20 // what only the sidecar cites is behind all others
	for _, c := range d.Sidecar.Citations {
		far++
		num.base[c.N] = far
		if to, ok := old.to[c.N]; ok {
			if n, ok := onPage[to]; ok {
				num.base[c.N] = n
			}
			continue
		}
		for _, n := range sortedKeys(num.gone) {
			if g := num.gone[n]; g.Origin == c.Origin && len(g.IDs) == 0 {
				num.base[c.N], num.gone[n] = n, document.Citation{N: n, IDs: c.IDs, Origin: c.Origin, Quote: c.Quote}
				break
			}
		}
	}
	return num
}

// agree counts the rows that two lists of evidence share.
func agree(a, b map[int]string) int {
	n := 0
	for i, row := range a {
		if b[i] == row {
			n++
		}
	}
	return n
}

// byRows matches the rows of two lists of evidence by what they say, then by
// their words, then by the place that they name, where the words are alike.
func (r recordPair) byRows(mine map[int]string, fresh []document.Citation, rows map[int]string) numbering {
	num := numbering{to: map[int]int{}, gone: map[int]document.Citation{}}
	byText, bySaying, byOrigin := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range fresh {
		byText[rows[c.N]] = c.N
		if said := saying(rows[c.N]); bySaying[said] == 0 {
			bySaying[said] = c.N
		} else {
			bySaying[said] = -1 // two say the same
		}
		origin, _ := splitRow(rows[c.N])
		byOrigin[origin] = c.N
	}
	for _, n := range sortedKeys(mine) {
		row := mine[n]
		origin, quote := splitRow(row)
		was := document.Citation{N: n, Origin: origin, Quote: quote}
		to := byOrigin[origin]
		_, words := splitRow(rows[to])
		if same, ok := byText[row]; ok && row != "" {
			num.to[n] = same
		} else if same := bySaying[saying(row)]; same > 0 && quote != "" {
			num.to[n] = same
		} else if to > 0 && r.edited(&was, &document.Citation{Origin: origin, Quote: words}) {
			num.to[n] = to
		} else {
			num.gone[n] = was
		}
	}
	return num
}

// saying is a row of the list of evidence without its place: the time and the
// words.
func saying(row string) string {
	if m := codeSpan.FindStringIndex(row); m != nil && m[0] == 0 {
		return strings.TrimSpace(row[m[1]:])
	}
	return row
}

var codeSpan = regexp.MustCompile("(`+) ?(.*?) ?`+(?:[,: ]|$)")

// splitRow reads the place and the words of a row of the list of evidence.
func splitRow(row string) (origin, quote string) {
	list := codeSpan.FindAllStringSubmatch(row, -1)
	if len(list) > 0 {
		origin = list[0][2]
	}
	if len(list) > 1 {
		quote = list[len(list)-1][2]
	}
	return origin, quote
}

// byEvidence matches citations: by their events, by the same words at the same
// time, by words alone where there is no event, and what is left by words that
// are alike at one place. A place alone says nothing where files grow at their
// heads and exports are made again.
func (r recordPair) byEvidence(list, fresh []document.Citation) numbering {
	num := numbering{to: map[int]int{}, gone: map[int]document.Citation{}}
	used := map[int]bool{}
	old := withIDs(list, r.renamed())
	for _, fits := range []func(a, b *document.Citation) bool{
		func(a, b *document.Citation) bool { return a.Origin == b.Origin && sharesID(a, b) },
		sharesID,
		func(a, b *document.Citation) bool {
			return len(a.IDs) == 0 && len(b.IDs) == 0 && a.Origin == b.Origin && a.Quote == b.Quote
		},
		func(a, b *document.Citation) bool {
			return len(a.IDs) == 0 && len(b.IDs) == 0 && a.Quote == b.Quote && a.Quote != ""
		},
		// A record that somebody edited is another record, and tells of the same.
		func(a, b *document.Citation) bool { return a.Quote == b.Quote && r.edited(a, b) },
		r.quoted,
		r.edited,
	} {
		index := map[string][]*document.Citation{}
		for i := range fresh {
			for _, key := range keysOf(&fresh[i]) {
				index[key] = append(index[key], &fresh[i])
			}
		}
		for i := range old {
			a := &old[i]
			if _, done := num.to[a.N]; done {
				continue
			}
			for _, key := range keysOf(a) {
				if at := slices.IndexFunc(index[key], func(b *document.Citation) bool { return !used[b.N] && fits(a, b) }); at >= 0 {
					b := index[key][at]
					num.to[a.N], used[b.N] = b.N, true
					break
				}
			}
		}
	}
	for _, a := range list {
		if _, found := num.to[a.N]; !found {
			num.gone[a.N] = a
		}
	}
	return num
}

// keysOf are what a citation may be found by.
func keysOf(c *document.Citation) []string {
	var keys []string
	for _, id := range c.IDs {
		keys = append(keys, "id "+id)
	}
	if c.Origin != "" {
		keys = append(keys, "at "+c.Origin)
	}
	if c.Quote != "" {
		keys = append(keys, "says "+c.Quote)
	}
	return keys
}

func sharesID(a, b *document.Citation) bool {
	return slices.ContainsFunc(a.IDs, func(id string) bool { return slices.Contains(b.IDs, id) })
}

// stillThere gives the evidence of a citation that the new review does not make,
// where the timeline still has the record; else false.
func stillThere(t *timeline.Timeline, c document.Citation) (timeline.Evidence, bool) {
	for _, id := range c.IDs {
		if e, ok := t.Event(id); ok {
			ev := evidenceOf(e)
			ev.Quote = cmp.Or(c.Quote, ev.Quote)
			return ev, true
		}
		for i := range t.Bursts {
			b := &t.Bursts[i]
			for _, ev := range []timeline.Evidence{b.First, b.Last} {
				if b.ID == id && ev.Origin == c.Origin {
					ev.ID = id
					return ev, true
				}
			}
		}
	}
	return timeline.Evidence{}, false
}
