package source

import (
	"strings"
	"unicode/utf8"
)

// The shapes of days and clocks at the head of a line. They only say where a
// row may begin; package when reads the time.
const (
	monthShape = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`
	dayShape   = `(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:\d{4}[-/.]\d{2}[-/.]\d{2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4}|\.)?|` +
		monthShape + `\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?|\d{1,2}(?:st|nd|rd|th|\.)?\s+` + monthShape + `(?:,?\s+\d{4})?)`
	clockShape = `(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?(?:\s?[ap]\.?m\b\.?)?|(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?\s?[ap]\.?m\b\.?|` +
		`[0-2]\d[0-5]\d(?:Z|\s?(?:UTC|GMT|hrs?|hours)\b)|(?:[01]?\d|2[0-3])h[0-5]\d|T\s?[+-]\s?\d+(?::\d{2})*)`
)

var (
	clockHead  = expression("(?i)^\\s*[*_\"]*(?:(?:~|≈|c\\.|ca\\.|approx\\.?|about)\\s*)?[*_]*([\\[(`]?)[~≈]?(?:" + dayShape + "[T_ ,:@–-]*\\s*)?" + clockShape)
	dottedHead = expression(`^\s*[\[(]?(?:[01]\d|2[0-3])\.[0-5]\d(?:\s*Uhr\b|h\b)?(?:\s|[\]):–—-])`)
	armyHead   = expression(`^\s*(?:[01]\d|2[0-3])[0-5]\d(?:\s*[-–—:]\s|\s|$)`)
	dayAlone   = expression(`(?i)^[\s*_\[(=-]*` + dayShape + `(?:\s+\(?[A-Z]{2,5}\)?)?[\s*_\])=:.-]*$`)
	nameShape  = `@?(\pL[\pL\d._'-]{0,24}(?: \pL[\pL\d._'-]{0,24}){0,2})`
	nameClock  = expression(`(?i)^\s*(?:[*_]*` + nameShape + `[*_]*)\s*[,\s]\s*\[?` + clockShape + `\]?\s*$`)
	wordAtEnd  = expression(`(?:^|\s)([\pL]+),?$`)
	anyItem    = expression(`^\s*(?:[-*+•–—]|\d{1,3}[.)])\s+`)
	otherLine  = expression("^\\s*(?:>|\\||#{1,6}\\s|```|~~~)")
)

// A line in front of a clock that is shorter than shortLine was not wrapped by
// an editor; a row that is shorter than shortRow ends where it ends.
const (
	shortLine = 50
	shortRow  = 45
)

// layout is what the lines of a document look like, taken together.
type layout struct {
	rows     []bool // lines that begin a row, or a day of rows, though no empty line stands in front
	dotted   bool   // clocks are written 14.02
	army     bool   // clocks are written 1402
	speakers bool   // lines that hold a name and a clock head what somebody wrote
	tails    bool   // clocks stand behind the text, in brackets
}

// layoutOf looks at all lines before any of them is read: whether a line that
// begins with a clock is a row, or the rest of a sentence, shows in the others.
func layoutOf(lines []string) layout {
	l := layout{rows: make([]bool, len(lines))}
	dotted, army, speakers, tails, clocks, words := 0, 0, 0, 0, 0, 0
	for i, line := range lines {
		line = cut(line, maxHead)
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case headsClock(line):
			clocks++
		case dottedHead.MatchString(anyItem.ReplaceAllString(line, "")):
			dotted++
		case armyHead.MatchString(anyItem.ReplaceAllString(line, "")):
			army++
		case nameAlone(line):
			if i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" && !nameAlone(cut(lines[i+1], maxHead)) {
				speakers++
			}
		case tailTime.MatchString(line):
			tails++
		}
		words++
	}
	l.dotted, l.speakers, l.tails = dotted > 1, speakers > 1, tails > 1
	if l.dotted {
		clocks += dotted
	}
	if l.army = army > 2 && 2*army >= words; l.army {
		clocks += army
	}
	mostly := clocks > 2 && 2*clocks >= words
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && strings.TrimSpace(lines[to]) != "" {
			to++
		}
		l.mark(lines, from, to, mostly)
		from = max(to, from+1)
	}
	return l
}

// mark finds the rows among lines without an empty one between them.
func (l *layout) mark(lines []string, from, to int, mostly bool) {
	var heads []int // lines that begin with a clock which is not the end of a sentence
	count, wrapped := 0, true
	for i := from; i < to; i++ {
		line := cut(lines[i], maxHead)
		switch {
		case otherLine.MatchString(line):
			continue
		case dayAlone.MatchString(line) || l.speakers && nameAlone(line):
			l.rows[i] = true
			continue
		case anyItem.MatchString(line):
			if l.clockAt(line) {
				count++
				wrapped = false
			}
			continue
		case !l.clockAt(line):
			continue
		}
		if i > from && hangs(lines[i-1], len(heads) > 0 && heads[len(heads)-1] == i-1) {
			continue
		}
		if i == from || !runsOn(lines[i-1]) {
			wrapped = false
		}
		heads = append(heads, i)
		count++
	}
	if wrapped || count < 2 && !mostly {
		return // a paragraph whose lines were filled by an editor
	}
	for _, i := range heads {
		l.rows[i] = true
	}
}

// nameAlone reports whether a line holds a name and a clock and nothing else.
func nameAlone(line string) bool {
	m := nameClock.FindStringSubmatch(line)
	return m != nil && speaker(m[1])
}

// clockAt reports whether a line begins with a clock, behind the mark of an
// item if there is one.
func (l *layout) clockAt(line string) bool {
	line = anyItem.ReplaceAllString(line, "")
	return headsClock(line) || l.army && armyHead.MatchString(line) || l.dotted && dottedHead.MatchString(line) || speakerHead.MatchString(line) && speaksFirst(line)
}

// headsClock reports whether a line begins with a clock that ends there: it is
// part of nothing longer, and of no bracket that opens above.
func headsClock(line string) bool {
	m := clockHead.FindStringSubmatchIndex(line)
	if m == nil {
		return false
	}
	rest := line[m[1]:]
	if rest == "" {
		return true
	}
	next, size := utf8.DecodeRuneInString(rest)
	switch {
	case next == ')' || next == ']':
		return m[2] < m[3] // it was opened here
	case strings.ContainsRune(":./", next):
		return len(rest) == size || rest[size] == ' '
	case next == 'Z' || next == 'h':
		return len(rest) == size || !isLetter(rest[size])
	}
	return next != '%' && next != ',' && (next >= utf8.RuneSelf || !isLetter(rest[0]) && !isDigit(rest[0]) || strings.HasPrefix(rest, "ish"))
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// hanging are words that wait for what follows on the next line.
var hanging = []string{
	"at", "by", "until", "till", "til", "from", "to", "since", "around", "about", "approximately", "roughly", "between",
	"before", "after", "was", "is", "were", "the", "of", "for", "with", "or", "and", "than", "when", "that", "between",
	"um", "gegen", "bis", "von", "ab", "seit", "und", "à", "vers", "depuis",
}

// hangs reports whether a line waits for the clock below it. A short row does
// not: its writer broke the line on purpose.
func hangs(line string, row bool) bool {
	line = strings.TrimRight(line, " \t\r*_")
	if row && utf8.RuneCountInString(line) < shortRow {
		return false
	}
	if strings.HasSuffix(line, "(") || strings.HasSuffix(line, "[") {
		return true
	}
	m := wordAtEnd.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	for _, w := range hanging {
		if strings.EqualFold(m[1], w) {
			return true
		}
	}
	return false
}

// runsOn reports whether a line looks filled: long, and in the middle of a
// sentence.
func runsOn(line string) bool {
	line = strings.TrimSpace(line)
	return utf8.RuneCountInString(line) >= shortLine && !strings.ContainsAny(line[len(line)-1:], ".!?:;)]\"") && !strings.HasSuffix(line, "…")
}

// plainClock writes a clock at the head of a text with a colon: "14.02",
// "14h02", "14:02 Uhr", "14:02h", and "1402" where all are written so.
func (l *layout) plainClock(text string) string {
	if l.army && armyHead.MatchString(text) {
		i := strings.IndexAny(text, "012")
		text = text[:i+2] + ":" + text[i+2:]
	}
	if m := frenchClock.FindStringSubmatchIndex(text); m != nil {
		text = text[:m[2]] + ":" + text[m[3]:]
	}
	if l.dotted && dottedHead.MatchString(text) {
		i := strings.IndexByte(text, '.')
		text = text[:i] + ":" + text[i+1:]
	}
	if m := clockUnit.FindStringSubmatchIndex(text); m != nil {
		text = text[:m[2]] + strings.Repeat(" ", m[3]-m[2]) + text[m[3]:]
	}
	return text
}

var (
	frenchClock = expression(`^[\s\[(~]*(?:[01]?\d|2[0-3])(h)[0-5]\d\b`)
	clockUnit   = expression(`^[\s\[(~]*(?:[01]?\d|2[0-3]):[0-5]\d(\s?(?:Uhr|h|hrs))\b`)
)
