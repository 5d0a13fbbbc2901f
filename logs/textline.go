package logs

import (
	"bytes"
	"cmp"
	"slices"

	"pir/internal/when"
)

// place is where the lines of a file have their time, and how it is written.
type place struct {
	skip   int // words in front of it
	layout when.Layout
	hits   int // lines of the head that have it
}

// maxSkip is how many words may stand in front of the time, maxPlaces how many
// places one file may have for it.
const maxSkip, maxPlaces = 4, 4

// newTextLine makes the parser of "time, level, message" in the layouts of
// package when. A line without a time goes on with the record before.
func newTextLine(head []byte) Parser {
	p := &textParser{}
	p.places, p.doubt = settlePlaces(head)
	return p
}

// settlePlaces finds where the time stands in the lines of a head, the
// commonest place first. Places that a few lines alone show are left out: they
// are times inside messages. Of layouts that read the same shape as different
// times one stays; doubt says that nothing settled which.
func settlePlaces(head []byte) (places []place, doubt bool) {
	layouts := datedLayouts()
	hits := make([]int, (maxSkip+1)*len(layouts))
	at := func(k int) place { return place{skip: k / len(layouts), layout: layouts[k%len(layouts)]} }
	var lines [][]byte
	for line := range headLines(head) {
		if len(line) > 0 && !isBlank(line[0]) {
			lines = append(lines, line)
		}
	}
	for _, line := range lines {
		for k := range hits {
			p := at(k)
			if _, _, _, ok := p.find(line); ok {
				hits[k]++
			}
		}
	}
	var order []int
	for k, n := range hits {
		if n > 0 && 20*n >= len(lines) {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(hits[b], hits[a]) })
	for _, k := range order {
		p := at(k)
		i := slices.IndexFunc(places, func(q place) bool {
			return p.layout.Shape != "" && q.layout.Shape == p.layout.Shape && q.skip == p.skip
		})
		switch {
		case i >= 0 && places[i].hits == hits[k]:
			c := compareOrder(&p.layout, &places[i].layout, p.texts(lines))
			if c < 0 {
				places[i].layout = p.layout
			}
			doubt = doubt || c == 0
		case i < 0 && len(places) < maxPlaces:
			p.hits = hits[k]
			places = append(places, p)
		}
	}
	return places, doubt
}

// texts are what stands from the time on, in the lines that have it.
func (p *place) texts(lines [][]byte) [][]byte {
	var out [][]byte
	for _, line := range lines {
		if _, start, _, ok := p.find(line); ok {
			out = append(out, line[start:])
		}
	}
	return out
}

// find reads the time of a line at the place.
func (p *place) find(line []byte) (f when.Fields, start, end int, ok bool) {
	i := 0
	for n := 0; n < p.skip; n++ {
		i = skipBlanks(line, wordEnd(line, i))
	}
	for n := 0; n < 2 && i < len(line) && isOpener(line[i]); n++ {
		i++
	}
	if i >= len(line) {
		return f, 0, 0, false
	}
	f, n, ok := readPrefix(&p.layout, line[i:])
	return f, i, i + n, ok
}

// isOpener reports whether b may stand right in front of a time.
func isOpener(b byte) bool {
	return b == '[' || b == '(' || b == '"' || b == '\'' || b == '<' || b == '|'
}

type textParser struct {
	places []place
	doubt  bool // day and month may be the other way round
}

func (p *textParser) dayDoubt() bool { return p.doubt }

func (p *textParser) Fork() Parser { return p } // it keeps nothing between lines

func (p *textParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	if len(line) == 0 || isBlank(line[0]) {
		return KindContinuation
	}
	for k := range p.places {
		f, start, end, ok := p.places[k].find(line)
		if !ok {
			continue
		}
		rec.Time, rec.Timed = f, true
		var msg int
		rec.Level, msg = levelAround(line, start, end)
		rec.Message = line[msg:]
		if rec.Level == LevelUnknown {
			rec.Level = levelOfProse(rec.Message)
		}
		return KindRecord
	}
	if looksDated(line) {
		return KindMalformed
	}
	return KindContinuation
}

// sniffTextLine wants lines with a time where the others have theirs. It is
// never as sure as a format with more marks.
func sniffTextLine(head []byte) int {
	p := newTextLine(head)
	var rec Record
	var t sniffTally
	listed, first := 0, false
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord {
			first = first || t.other == 0
			t.record(true, true)
			if bytes.IndexByte([]byte("-*#>+"), line[0]) >= 0 {
				listed++
			}
		} else if !looksContinued(line) {
			t.other++
		}
	}
	sure := t.sure(60)
	if sure == 0 && first && t.records >= 3 {
		sure = 20 // long records of many lines
	}
	if 2*listed > t.records {
		sure = min(sure, 25) // a list that somebody wrote
	}
	return sure
}

// levelSpan is how far behind the time the level may stand, in bytes.
const levelSpan = 96

// levelAround finds the level of a line in front of or behind its time, and
// the place where the message begins.
func levelAround(line []byte, start, end int) (level Level, msg int) {
	level, ok := levelBefore(line[:start])
	if !ok && isLetter(line[start]) && end > start+1 && isDigit(line[start+1]) {
		level, ok = levelOfLetter(line[start]) // the layout of klog
	}
	if ok {
		return level, skipMarks(line, end)
	}
	stop := min(len(line), end+levelSpan)
	numbers := true // no word so far but numbers: process and thread
	for words, i := 0, end; words < 6 && i < stop; words++ {
		for i < stop && !isAlnum(line[i]) {
			i++
		}
		from := i
		for i < stop && isAlnum(line[i]) {
			i++
		}
		word := line[from:i]
		if len(word) == 0 {
			break
		}
		if level, ok := levelOfMarked(line, from, i, words, numbers); ok {
			return level, skipMarks(line, i)
		}
		numbers = numbers && isDigit(word[0])
	}
	return LevelUnknown, skipMarks(line, end)
}

// levelBefore looks for a level among the words in front of the time.
func levelBefore(b []byte) (Level, bool) {
	for i := 0; i < len(b); {
		if !isAlnum(b[i]) {
			i++
			continue
		}
		from := i
		for i < len(b) && isAlnum(b[i]) {
			i++
		}
		if level, ok := levelOfWord(b[from:i]); ok {
			return level, true
		}
	}
	return LevelUnknown, false
}

// levelOfMarked reads line[from:to] as a level when it is set off from prose:
// in capitals, in brackets, before a colon or a bar, or as the first word; a
// single letter in brackets or behind numbers. words is how many came before,
// numbers that they are numbers.
func levelOfMarked(line []byte, from, to, words int, numbers bool) (Level, bool) {
	word := line[from:to]
	before, after := byte(' '), byte(' ')
	if from > 0 {
		before = line[from-1]
	}
	if to < len(line) {
		after = line[to]
	}
	if len(word) == 1 {
		bracketed := (before == '[' || before == '|' || before == '(') && !isBlank(after)
		if numbers && (bracketed || isBlank(before) && (words > 0 && isBlank(after) || after == '/')) {
			return levelOfLetter(word[0])
		}
		return LevelUnknown, false
	}
	level, ok := levelOfWord(word)
	if !ok {
		return LevelUnknown, false
	}
	set := after == ':' || after == ']' || after == '|' || after == '>' || after == ')' || after == ',' ||
		before == '[' || before == '<' || before == '=' || before == '|' || before == '('
	return level, set || isUpper(word) || words == 0 && isPlainLevel(word)
}

// isUpper reports whether all letters are capitals.
func isUpper(word []byte) bool {
	for _, b := range word {
		if b >= 'a' && b <= 'z' {
			return false
		}
	}
	return true
}

// isPlainLevel knows the words that are a level rather than prose even without
// a mark.
func isPlainLevel(word []byte) bool {
	var buf [longestLevel]byte
	switch string(lowerInto(buf[:], word)) {
	case "error", "err", "warn", "warning", "info", "notice", "debug", "trace", "fatal", "critical", "severe", "wrn", "inf", "dbg":
		return true
	}
	return false
}

// skipMarks goes over the signs that stand between time, level and message.
func skipMarks(b []byte, i int) int {
	for i < len(b) {
		switch b[i] {
		case ' ', '\t', ']', ')', ':', '|', '>', ',', '-', '"', '\'':
			i++
			continue
		}
		break
	}
	return i
}
