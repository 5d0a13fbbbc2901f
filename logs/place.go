package logs

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"pir/internal/when"
)

// place is where the lines of a file have their time, and how it is written.
type place struct {
	spot
	layout when.Layout
}

// spot is a way to find the place of the time in a line.
type spot struct {
	kind spotKind
	sign byte // of afterSign
	n    int  // how many words, signs or bytes stand in front
}

type spotKind uint8

// The kinds of spots, in the order in which to prefer them.
const (
	afterWords  spotKind = iota // behind so many words
	afterSign                   // behind so many of one sign, such as the third bar
	atColumn                    // at a byte, as in a table
	afterPhrase                 // behind the first colon or "at" that a time follows
)

// The bounds of spots.
const (
	maxWords = 8
	// maxEpochWords is for times that are mere numbers.
	maxEpochWords = 4
	maxSigns      = 12
	maxColumn     = 160
	maxPhrase     = 120 // bytes
	maxPlaces     = 4   // of one file
)

// find reads the time of a line at the place.
func (p *place) find(line []byte) (f when.Fields, start, end int, ok bool) {
	i := 0
	switch p.kind {
	case afterWords:
		for n := 0; n < p.n; n++ {
			i = skipBlanks(line, wordEnd(line, i))
		}
	case afterSign:
		for n := 0; n < p.n; n++ {
			at := bytes.IndexByte(line[i:], p.sign)
			if at < 0 {
				return f, 0, 0, false
			}
			i += at + 1
		}
		i = skipBlanks(line, i)
	case atColumn:
		if i = p.n; i >= len(line) || isAlnum(line[i-1]) {
			return f, 0, 0, false
		}
	case afterPhrase:
		return p.search(line)
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

// search looks for the time behind "Started: " and "started at ".
func (p *place) search(line []byte) (f when.Fields, start, end int, ok bool) {
	for i := 2; i < len(line) && i < maxPhrase; i++ {
		if line[i-1] != ' ' || line[i] == ' ' || !endsPhrase(line[:i]) {
			continue
		}
		if f, n, ok := readPrefix(&p.layout, line[i:]); ok {
			return f, i, i + n, true
		}
	}
	return f, 0, 0, false
}

// endsPhrase reports whether words that lead to a time end here.
func endsPhrase(b []byte) bool {
	b = bytes.TrimRight(b, " ")
	return len(b) > 1 && b[len(b)-1] == ':' || bytes.HasSuffix(b, []byte(" at")) || bytes.HasSuffix(b, []byte(" on"))
}

// survey is what the lines of a head have in the way of times.
type survey struct {
	layouts []when.Layout
	digits  []int // rows of the layouts that begin with a digit
	others  []int // and of the others
	lines   [][]byte
	seen    map[spot]map[int][]int // lines by spot and row of the layouts, ascending
}

// newSurvey looks for times in the lines of a head that are not indented.
func newSurvey(head []byte, layouts []when.Layout) *survey {
	s := &survey{layouts: layouts, seen: map[spot]map[int][]int{}}
	for k := range layouts {
		if isDigit(layouts[k].Example[0]) {
			s.digits = append(s.digits, k)
		} else {
			s.others = append(s.others, k)
		}
	}
	for line := range headLines(head) {
		if len(line) > 0 && !isBlank(line[0]) {
			s.lines = append(s.lines, line)
		}
	}
	for n, line := range s.lines {
		s.look(n, line)
	}
	return s
}

// look notes the times of a line by all the spots that lead to them. Of JSON and
// XML it is the start alone that counts.
func (s *survey) look(n int, line []byte) {
	marked := isMarkup(line)
	words, start := 0, 0 // words in front of that at start
	for i := 0; i < len(line) && i < 2*maxColumn; i++ {
		if i > 0 && isBlank(line[i-1]) && !isBlank(line[i]) {
			words, start = words+1, i
		}
		if i > 0 && isAlnum(line[i-1]) || !mayStartTime(line[i:]) {
			continue
		}
		if marked {
			return
		}
		rows := s.others
		if isDigit(line[i]) {
			rows = s.digits
		}
		for _, k := range rows {
			if _, _, ok := readPrefix(&s.layouts[k], line[i:]); ok {
				s.note(n, line, i, k)
				if (words <= maxWords && !s.isEpoch(k) || words <= maxEpochWords) && areOpeners(line[start:i]) {
					s.add(spot{kind: afterWords, n: words}, k, n)
				}
			}
		}
	}
}

// isMarkup reports whether a line is JSON or XML rather than text.
func isMarkup(line []byte) bool {
	switch {
	case len(line) < 2:
		return false
	case line[0] == '{':
		return line[1] == '"' || line[1] == '}' || isBlank(line[1])
	case line[0] == '[':
		return line[1] == '{'
	case line[0] == '<':
		return !isDigit(line[1])
	case line[0] == '"':
		_, next, ok := quotedPart(line, 0)
		return ok && next < len(line) && line[next] == ':'
	}
	return false
}

// areOpeners reports whether find passes b in front of a time.
func areOpeners(b []byte) bool {
	for _, c := range b {
		if !isOpener(c) {
			return false
		}
	}
	return len(b) <= 2
}

// add keeps that a line has a time at a spot.
func (s *survey) add(at spot, layout, line int) {
	if s.seen[at] == nil {
		s.seen[at] = map[int][]int{}
	}
	s.seen[at][layout] = append(s.seen[at][layout], line)
}

// isEpoch reports whether a layout is a mere number. Far in a line any number may
// look like one.
func (s *survey) isEpoch(layout int) bool {
	return strings.HasPrefix(s.layouts[layout].Name, "epoch")
}

// note keeps a time at line[i:] for each spot that leads to it, but words.
func (s *survey) note(n int, line []byte, i, layout int) {
	if i == 0 {
		return
	}
	sign := i - 1
	for sign > 0 && isBlank(line[sign]) {
		sign--
	}
	if isSpotSign(line[sign]) {
		if count := bytes.Count(line[:sign+1], line[sign:sign+1]); count <= maxSigns {
			s.add(spot{kind: afterSign, sign: line[sign], n: count}, layout, n)
		}
	}
	if s.isEpoch(layout) {
		return
	}
	if i <= maxColumn {
		s.add(spot{kind: atColumn, n: i}, layout, n)
	}
	if i < maxPhrase && endsPhrase(line[:i]) {
		s.add(spot{kind: afterPhrase}, layout, n)
	}
}

// mayStartTime is a quick no to what no layout begins with.
func mayStartTime(b []byte) bool {
	switch c := b[0]; {
	case isDigit(c):
		return true
	case c == '@':
		return len(b) > 24
	case len(b) < 5 || !isLetter(c):
		return false
	case isDigit(b[1]): // klog
		return isDigit(b[2]) && isDigit(b[3]) && isDigit(b[4])
	}
	return isLetter(b[1]) && isLetter(b[2]) // a month or a weekday
}

// isSpotSign reports whether b is a sign that parts of a line are counted by.
func isSpotSign(b byte) bool {
	switch b {
	case '|', '[', '(', '{', '<', ',', ';', '\t', '"', '=', '#':
		return true
	}
	return false
}

// settlePlaces finds where the time stands in the lines of a head: the place
// that most lines have first, then that which most of the others have. A place
// that a few lines alone show is left out. Of layouts that read the same shape
// as different times one stays; days holds those that could be it as well.
func (s *survey) settlePlaces() (places []place, days dayOrder) {
	left := make([]bool, len(s.lines)) // lines without a place so far
	for i := range left {
		left[i] = true
	}
	open := len(s.lines)
	for open > 0 && len(places) < maxPlaces {
		at, row, hits := s.best(left)
		if hits == 0 || 20*hits < len(s.lines) {
			break
		}
		p := place{spot: at, layout: s.layouts[row]}
		covered := s.seen[at][row]
		var rivals []when.Layout
		for k := range s.layouts {
			if k == row || p.layout.Shape == "" || s.layouts[k].Shape != p.layout.Shape || len(s.seen[at][k]) != len(covered) {
				continue
			}
			other := place{spot: at, layout: s.layouts[k]}
			switch c := compareOrder(&other.layout, &p.layout, other.texts(s.lines)); {
			case c == 0:
				rivals = append(rivals, other.layout)
			case c < 0:
				p.layout, rivals = other.layout, nil
			}
		}
		places = append(places, p)
		if len(days.layouts) == 0 && len(rivals) > 0 {
			days.layouts = append(rivals[:0:0], p.layout)
			days.layouts = append(days.layouts, rivals...)
		}
		for _, n := range covered {
			if left[n] {
				left[n] = false
				open--
			}
		}
	}
	return places, days
}

// best gives spot and layout that find a time in most of the lines left; of
// equals the simpler spot and the earlier layout.
func (s *survey) best(left []bool) (at spot, row, hits int) {
	for candidate, rows := range s.seen {
		for k, lines := range rows {
			if len(lines) < hits || 20*len(lines) < len(s.lines) {
				continue
			}
			n := 0
			for _, line := range lines {
				if left[line] {
					n++
				}
			}
			if n > hits || n == hits && n > 0 && cmp.Or(compareSpots(candidate, at), cmp.Compare(k, row)) < 0 {
				at, row, hits = candidate, k, n
			}
		}
	}
	return at, row, hits
}

// compareSpots prefers the start of the line, then signs and columns, then
// words far in.
func compareSpots(a, b spot) int {
	far := func(s spot) int {
		if s.kind == afterWords && s.n > 4 {
			return int(afterPhrase) + 1
		}
		return int(s.kind)
	}
	return cmp.Or(cmp.Compare(far(a), far(b)), cmp.Compare(a.n, b.n), cmp.Compare(a.sign, b.sign))
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

// layoutOfText is where the lines of a file have their times, and what else its
// head tells of them.
type layoutOfText struct {
	places   []place
	days     dayOrder
	sessions bool    // times stand only where a session or a block begins
	foreign  []place // of dates in the lines that go on with a record
	usual    usualForm
	noZone   string // capitals where a zone would stand, that are none
	told     civil  // first date with a year in the first lines, for times that lack it
}

// settleText finds where the time stands in the lines of a head: dated times,
// or, where most lines have none, clocks alone near the start of most lines, or
// the headings of sessions.
func settleText(head []byte) layoutOfText {
	s := newSurvey(head, datedLayouts())
	t := layoutOfText{told: s.told()}
	t.places, t.days = s.settlePlaces()
	t.places, t.foreign = s.ownPlaces(t.places)
	for i := range t.places {
		t.days.bind(&t.places[i].layout)
	}
	t.usual = s.usualForm(t.places)
	t.noZone = s.noZone(t.places)
	if 5*s.found(t.places) >= len(s.lines) {
		return t
	}
	clocks := slices.DeleteFunc(when.Layouts(), func(l when.Layout) bool { return l.HasDate })
	c := newSurvey(head, clocks)
	for at := range c.seen {
		if at.kind == atColumn || at.kind == afterPhrase || at.n > 2 {
			delete(c.seen, at)
		}
	}
	if alone, _ := c.settlePlaces(); 2*c.found(alone) >= len(c.lines) {
		dated := slices.DeleteFunc(t.places, func(p place) bool { return p.spot != spot{kind: afterWords} })
		t.places, t.days = append(alone, dated...), dayOrder{}
		return t
	}
	if p, ok := s.session(); ok && s.found(t.places) < 3 {
		t.places, t.sessions = []place{p}, true
	}
	return t
}

// tellLines is in how many first lines of a file a date is looked for that
// serves the others, and sessionLines the heading of the first session.
const tellLines, sessionLines = 20, 3

// told gives the first date with a year.
func (s *survey) told() civil {
	var best civil
	at, first := spot{}, tellLines
	for candidate, rows := range s.seen {
		for row, lines := range rows {
			if !s.layouts[row].HasYear || lines[0] > first || lines[0] == first && compareSpots(candidate, at) > 0 {
				continue
			}
			p := place{spot: candidate, layout: s.layouts[row]}
			line := s.lines[lines[0]]
			f, start, _, ok := p.find(line)
			if !ok || f.IsEpoch || f.Year == 0 || lines[0] == first && candidate == at || !introduces(line[:start]) {
				continue
			}
			best, at, first = civil{f.Year, f.Month, f.Day}, candidate, lines[0]
		}
	}
	return best
}

// introduces reports whether a date that follows b is that of the log, rather
// than one that a message talks of.
func introduces(b []byte) bool {
	return areOpeners(b) || endsPhrase(b) || saysStart(b)
}

// session finds a heading of a session among the first lines: the first line
// where it begins with a time, a line that is a time and nothing else, or one
// that says that something started at a time.
func (s *survey) session() (p place, ok bool) {
	for n, line := range s.lines[:min(sessionLines, len(s.lines))] {
		for row := range s.layouts {
			for _, at := range []spot{{kind: afterWords}, {kind: afterPhrase}} {
				if !slices.Contains(s.seen[at][row], n) {
					continue
				}
				p = place{spot: at, layout: s.layouts[row]}
				_, start, end, found := p.find(line)
				whole := len(bytes.TrimSpace(line[end:])) == 0
				if found && (start == 0 && (n == 0 || whole) || saysStart(line[:start])) {
					return p, true
				}
			}
		}
	}
	return place{}, false
}

// saysStart reports whether a phrase has the word "start" or "begin" in it.
func saysStart(phrase []byte) bool {
	for i := 0; i+5 <= len(phrase); i++ {
		if bytes.EqualFold(phrase[i:i+5], []byte("start")) || bytes.EqualFold(phrase[i:i+5], []byte("begin")) {
			return true
		}
	}
	return false
}

// found counts the lines that have a time at one of the places.
func (s *survey) found(places []place) int {
	n := 0
	for _, line := range s.lines {
		for i := range places {
			if _, _, _, ok := places[i].find(line); ok {
				n++
				break
			}
		}
	}
	return n
}
