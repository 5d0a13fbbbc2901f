package logs

import "bytes"

// newTextLine makes the parser of "time, level, message" in the layouts of
// package when. A line without a time goes on with the record before.
func newTextLine(head []byte) Parser {
	return &textParser{settleText(head)}
}

// isOpener reports whether b may stand right in front of a time.
func isOpener(b byte) bool {
	return b == '[' || b == '(' || b == '"' || b == '\'' || b == '<' || b == '|' || b == '{' || b == '*'
}

type textParser struct{ layoutOfText }

func (p *textParser) days() *dayOrder { return &p.layoutOfText.days }

func (p *textParser) day() civil { return p.told }

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
		if p.usual.foreign(&f, line[start:end]) {
			return KindContinuation
		}
		rec.Time, rec.Timed = f, true
		var msg int
		rec.Level, msg = levelAround(line, start, end)
		rec.Message = line[msg:]
		if len(rec.Message) == 0 && start > 2 { // the time stands at the end
			rec.Message = line[:start]
		}
		if rec.Level == LevelUnknown {
			rec.Level = levelOfProse(rec.Message)
		}
		return KindRecord
	}
	if looksDated(line) && !p.isForeign(line) {
		return KindMalformed
	}
	return KindContinuation
}

// isForeign reports whether a line begins with a date of the messages.
func (p *textParser) isForeign(line []byte) bool {
	for k := range p.foreign {
		if _, _, _, ok := p.foreign[k].find(line); ok {
			return true
		}
	}
	return false
}

// sniffTextLine wants lines with a time where the others have theirs. It is
// never as sure as a format with more marks.
func sniffTextLine(head []byte) int {
	p := newTextLine(head).(*textParser)
	var rec Record
	var t sniffTally
	listed, lead := 0, 0
	for line := range headLines(head) {
		switch {
		case p.Parse(line, false, &rec) == KindRecord:
			t.record(true, true)
			if len(line) > 1 && isBlank(line[1]) && bytes.IndexByte([]byte("-*#>+"), line[0]) >= 0 && !rec.Time.IsEpoch {
				listed++
			}
		default:
			if t.records == 0 && len(line) > 0 {
				lead++
			}
			if !looksContinued(line) {
				t.other++
			}
		}
	}
	sure := t.sure(60)
	switch {
	case lead > 10*t.records, lead > t.records && lead > sniffLines/8:
		return 0 // the times are in something that is no log
	case p.sessions:
		return 15
	case sure == 0 && lead <= 1 && t.records >= 3:
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
	level, ok := levelOfRedis(line, end)
	if !ok {
		level, ok = levelBefore(line[:start])
	}
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
			if words > 0 && !isUpper(word) && line[from-1] == ' ' { // part of a sentence
				return level, skipMarks(line, end)
			}
			return level, skipMarks(line, i)
		}
		numbers = numbers && isDigit(word[0])
	}
	return LevelUnknown, skipMarks(line, end)
}

// levelOfRedis reads the sign behind the time of Redis, whose lines begin with a
// process number and a role: 17:M 14 Jul 2026 14:02:41.123 # warning.
func levelOfRedis(line []byte, end int) (Level, bool) {
	colon := bytes.IndexByte(line[:min(len(line), 10)], ':')
	if colon < 1 || !isDigit(line[0]) || colon+2 >= len(line) || line[colon+2] != ' ' || end+2 >= len(line) || line[end+2] != ' ' {
		return LevelUnknown, false
	}
	switch line[colon+1] {
	case 'M', 'S', 'C', 'X':
	default:
		return LevelUnknown, false
	}
	switch line[end+1] {
	case '#':
		return LevelWarning, true
	case '*', '-':
		return LevelInfo, true
	case '.':
		return LevelDebug, true
	}
	return LevelUnknown, false
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
		word := b[from:i]
		if level, ok := levelOfWord(word); ok && (isUpper(word) || isPlainLevel(word)) {
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
		if isBlank(before) && isBlank(after) && isColumn(line, to, words) {
			return levelOfLetter(word[0])
		}
		return LevelUnknown, false
	}
	level, ok := levelOfWord(word)
	if !ok {
		return LevelUnknown, false
	}
	if !isUpper(word) && !isPlainLevel(word) && before != '[' && before != '<' && before != '=' {
		return LevelUnknown, false // "log:" and "config:" are no levels in small letters
	}
	set := after == ':' || after == ']' || after == '|' || after == '>' || after == ')' || after == ',' ||
		before == '[' || before == '<' || before == '=' || before == '|' || before == '('
	return level, set || isUpper(word) || words == 0 && isPlainLevel(word)
}

// isColumn reports whether a single letter that ends at i is set off from prose
// by what follows: more than one blank, or, for the first word, a word in
// capitals.
func isColumn(line []byte, i, words int) bool {
	next := skipBlanks(line, i)
	if next > i+1 || words > 0 {
		return next > i+1
	}
	end := wordEnd(line, next)
	return end > next+1 && isLetter(line[next]) && isUpper(line[next:end])
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
	case "error", "err", "warn", "warning", "info", "notice", "debug", "trace", "fatal", "severe", "wrn", "inf", "dbg",
		"information", "verbose", "panic", "critical", "fine", "finer", "finest", "emerg", "alert", "crit", "ddebug":
		return true
	}
	return false
}

// skipMarks goes over the signs that stand between time, level and message. A
// hyphen, a colon or a quote that begins a word is part of the message: -40,
// --verbose, ::1, "name".
func skipMarks(b []byte, i int) int {
	for start := i; i < len(b); i++ {
		switch b[i] {
		case ' ', '\t', ']', ')', '}', '|', '>', ',':
			continue
		case '-', ':', '"', '\'':
			if i == start || !isBlank(b[i-1]) || endsMark(b, i) {
				continue
			}
		}
		break
	}
	return i
}

// endsMark reports whether the same sign from i on, once or twice, has nothing
// or a blank behind it.
func endsMark(b []byte, i int) bool {
	next := i + 1
	if next < len(b) && b[next] == b[i] {
		next++
	}
	return next == len(b) || isBlank(b[next])
}

// text reads a line that is no JSON but begins with a date and a clock: something
// else in the program writes in a form of its own.
func (p *jsonParser) text(line []byte, rec *Record) bool {
	start := 0
	for start < min(len(line), 2) && isOpener(line[start]) && line[start] != '{' {
		start++
	}
	if !p.found || start == len(line) || !mayStartTime(line[start:]) {
		return false
	}
	f, n, ok := p.stamps.prefix(line[start:])
	if !ok || f.IsEpoch {
		return false
	}
	end := start + n
	level, msg := levelAround(line, start, end)
	*rec = Record{Time: f, Timed: true, Level: level, Message: line[msg:]}
	if level == LevelUnknown {
		rec.Level = levelOfProse(rec.Message)
	}
	return true
}
