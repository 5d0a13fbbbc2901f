package source

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"path"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var notesFormat = Format{
	Name:       "notes",
	Doc:        "notes written by hand, in Markdown or plain text: rows with times, labels such as Action: and Cause:",
	Recognised: "Markdown or text with rows that begin with a time, or labels such as Action:",
	Export:     "write them; say the date and the zone at the top",
	Lasts:      "as long as you keep them",
	Sniff:      sniffNotes,
	Parse: func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
		return sequence(ctx, doc, opt, readNotes)
	},
}

// notOurs are endings of names whose files are something else, whatever they
// look like.
var notOurs = []string{".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".csv", ".tsv", ".html", ".htm", ".xml", ".ics", ".svg", ".go"}

var noteMarks = expression(`(?m)^\s*(?:[-*+•]\s|#{1,6}\s|\*\*|\[).{0,40}?\d{1,2}:\d{2}`)

// sniffNotes takes text that is nothing else. A name that says Markdown is
// believed; in other text, rows must look as people write them.
func sniffNotes(name string, head []byte) int {
	name = strings.ToLower(path.Base(name))
	trimmed := bytes.TrimSpace(head)
	if len(trimmed) == 0 || bytes.IndexByte(head, 0) >= 0 || hasSuffix(name, notOurs) || structured(trimmed) {
		return 0
	}
	if !validHead(head) {
		return 0
	}
	if bytes.HasPrefix(trimmed, []byte("---")) && bytes.Contains(cutBytes(trimmed, 2000), []byte("\npir:")) {
		return 0 // a review
	}
	marks := noteMarks.Match(head)
	switch {
	case strings.Contains(name, ".md") || strings.HasSuffix(name, ".markdown"):
		if marks {
			return 80
		}
		return 40
	case strings.HasSuffix(name, ".log"):
		return 0
	}
	plain := sniffLines(head)
	switch {
	case marks:
		return max(55, plain)
	case plain > 0:
		return plain
	case rowStart.Match(trimmed):
		return 20
	}
	return 0
}

// machineLine is what programs write and people do not: a level or a thread in
// brackets, key=value pairs, a fraction of a second.
var machineLine = expression(`\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRIT)\b|\b\w+=\S+ \w+=|:\d\d[.,]\d{3}|\w+\[\d+\]:`)

// fullTime is a date and a clock with seconds, which people hardly ever type.
var fullTime = expression(`^\W*(?:\d{4}[-/]\d{2}[-/]\d{2}|\d{2}[-/.]\d{2}[-/.]\d{2,4}|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2})[T ]\d{2}:\d{2}:\d{2}`)

var clockSeconds = expression(`\d:\d{2}:\d{2}`)

// sniffLines looks for lines as people type them in a hurry: a clock, a blank,
// and words.
func sniffLines(head []byte) int {
	lines := strings.Split(string(cutBytes(head, 32<<10)), "\n")
	look := layoutOf(lines)
	rows, machine, all := 0, 0, 0
	for i, line := range lines {
		line = cut(strings.TrimSpace(line), maxHead)
		if line == "" {
			continue
		}
		all++
		if look.rows[i] || look.clockAt(line) || tabbed(line) {
			rows++
		}
		if machineLine.MatchString(line) || fullTime.MatchString(line) {
			machine++
		}
	}
	switch {
	case machine > 2 && 4*machine > rows:
		return 0
	case rows > 2 && 2*rows >= all && machine == 0 && !clockSeconds.Match(head):
		return 70 // programs write seconds
	case rows > 2 && 2*rows >= all:
		return 62
	case rows > 1 && 4*rows >= all:
		return 50
	case rows > 0 && proseDate.Match(head):
		return 30
	}
	return 0
}

// proseDate is a date in a text that may be a mail or a report.
var proseDate = expression(`(?i)\b(?:\d{4}-\d{2}-\d{2}\b|\d{1,2} ` + monthShape + ` \d{4}|` + monthShape + ` \d{1,2}, \d{4})`)

func hasSuffix(name string, list []string) bool {
	for _, suffix := range list {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

func cutBytes(data []byte, n int) []byte { return data[:min(n, len(data))] }

// structured reports whether a text begins as JSON or as markup.
func structured(text []byte) bool {
	switch text[0] {
	case '{':
		return true
	case '[':
		rest := bytes.TrimSpace(text[1:])
		return len(rest) > 0 && strings.IndexByte("{[\"]", rest[0]) >= 0
	case '<':
		return !bytes.HasPrefix(text, []byte("<!--"))
	}
	return false
}

// notes is the state of reading one document from its top to its end.
type notes struct {
	s        *sink
	path     string
	head     noteHead
	zones    []noteZone
	declares map[int]bool // lines that do nothing but name the zone
	items    []*noteItem

	docDay  time.Time // civil date of the document; zero is not known
	day     time.Time // civil date of the rows that follow
	rowDay  time.Time // civil date of the last row
	before  time.Time // instant of the row before, in this section
	rolled  bool      // the clock went past midnight in this section
	zero    time.Time // the instant of T+0: of T0, else the first that a row names
	guessed string    // where zero is from, when nothing says that it is T+0
	open    *noteItem // what a paragraph below belongs to
	scopes  []scope   // labels that hold for what is indented below them
	dated   []dated   // headings with a date that hold here
	heading *label    // label that the last heading is
	comms   bool      // the last heading says statement, press …
	first   bool      // no heading has been read yet
	look    layout    // how the lines are laid out
	year    int       // the one year that the head of the document names; 0 is none
	order   dayOrder  // of dates such as 05/03/2026
	doubt   string    // about the date of the rows that follow
	columns []string  // names of the columns of the table that is being read
	todo    []string  // fields of the columns, where it is a table of actions
	timeAt  []int     // columns from which the time of the row above was read
	unzoned string    // what the notes say of their zone, where that names none
	retro   bool      // under a heading of the review that came later
}

// noteItem is an event in the making, or a fault.
type noteItem struct {
	event  timeline.Event
	fault  *SyntaxError
	text   string   // becomes title and body
	body   []string // blocks that belong to it
	raw    []string
	holder blockKind
	level  int
	undone bool      // its Said is still open
	begun  time.Time // the earliest that an open Said may be
	part   int       // number of the dated part of the document that it stands in
	prefix string    // in front of the title
	code   bool      // the body begins with lines of code, which are no title
}

type scope struct {
	level int
	label *label
}

// dated is a heading with a date.
type dated struct {
	level int
	said  when.Stamp
	day   time.Time // civil date
	only  bool      // nothing but a date: what stands below happened on it
	part  int       // tells it from others
}

func readNotes(s *sink, data []byte) {
	n := &notes{s: s, path: s.path, declares: map[int]bool{}, first: true}
	text, line := n.frontMatter(strings.ToValidUTF8(string(data), "\ufffd"))
	list, look := blocks(text, line)
	n.look = look
	n.declaredZones(list)
	n.findOrder(list)
	n.dated = []dated{{said: n.head.said}}
	n.docDay = n.firstDay()
	n.day = n.docDay
	for _, b := range list {
		if s.stopped() {
			return
		}
		n.block(b)
	}
	n.yield()
}

// firstDay is the date of the document: from its front matter, its name or the
// incident. A title with a date comes before the last two.
func (n *notes) firstDay() time.Time {
	if !n.head.date.Time.IsZero() {
		if n.head.date.Precision == when.Day {
			return n.head.date.Time
		}
		return civil(n.head.date.Time.In(n.location(0)))
	}
	if day := nameDay(n.path); !day.IsZero() {
		return day
	}
	if day, err := time.Parse("2006-01-02", n.s.opt.Day); err == nil {
		return day
	}
	return time.Time{}
}

// civil is the date of a time, as midnight UTC.
func civil(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// plainDay puts a date without a clock at midnight UTC of that date, wherever it
// was written: it is then printed as the date that was meant.
func plainDay(t when.Stamp, loc *time.Location) when.Stamp {
	if t.Precision == when.Day {
		t.Time = civil(t.Time.In(loc))
	}
	return t
}

func (n *notes) location(line int) *time.Location {
	if loc := n.zoneAt(line).zone.Location; loc != nil {
		return loc
	}
	return time.UTC
}

// dayIn turns a civil date into a time of that date in the zone of a line.
func (n *notes) dayIn(day time.Time, line int) time.Time {
	if day.IsZero() {
		return day
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, n.location(line))
}

func (n *notes) refAt(line int) when.Ref {
	zone := n.zoneAt(line).zone
	if zone.From == "" {
		zone.From = when.ZoneAssumed
	}
	if zone.Location == nil {
		zone.Location = time.UTC
	}
	year := n.s.opt.Year
	if year == 0 && n.day.IsZero() {
		year = n.year
	}
	return when.Ref{Day: n.dayIn(n.day, line), Zone: zone, Year: year}
}

func (n *notes) setRowDay(local time.Time, aside bool) {
	n.rowDay = civil(local)
	if !aside {
		n.day = n.rowDay
	}
}

// proseDay is the date of clocks in words that are no row: of the heading that
// is a date, else of the rows above, else of the document, and only then the
// date on which the words were said.
func (n *notes) proseDay(line int) time.Time {
	last := n.dated[len(n.dated)-1]
	day := n.docDay
	switch {
	case n.retro && !n.docDay.IsZero():
	case last.only:
		day = last.day
	case !n.rowDay.IsZero():
		day = n.rowDay
	case day.IsZero() && !last.said.Time.IsZero():
		day = civil(last.said.Time)
	}
	return n.dayIn(day, line)
}

// item begins an event of a block, with what all events of notes share.
func (n *notes) item(b block) *noteItem {
	last := n.dated[len(n.dated)-1]
	zone := n.zoneAt(b.line).zone
	it := &noteItem{raw: []string{b.raw}, holder: b.kind, level: b.level, part: last.part}
	e := &it.event
	e.Kind = timeline.KindNote
	if n.head.kind != "" {
		e.Kind = n.head.kind
	} else if n.comms {
		e.Kind = timeline.KindComms
	}
	e.Origins = []timeline.Origin{timeline.LineOrigin(n.path, b.line)}
	e.Actor, e.Party = n.head.by, n.head.party
	e.Group = n.head.title
	e.URL = firstURL(b.text)
	if zone.From != "" && zone.From != when.ZoneAssumed {
		e.Location = zone.Location
	}
	e.Said = n.head.said.Time
	n.items = append(n.items, it)
	n.open = it
	return it
}

// fault notes a record that could not be read.
func (n *notes) fault(line int, text, format string, args ...any) {
	n.open = nil
	n.items = append(n.items, &noteItem{fault: &SyntaxError{
		Origin: timeline.LineOrigin(n.path, line), Message: fmt.Sprintf(format, args...), Text: cut(text, maxErrorText),
	}})
}

// yield settles what depends on later lines and hands the events out, in the
// order of the document.
func (n *notes) yield() {
	last := map[int]time.Time{}
	for _, it := range n.items {
		if t := it.event.Time; it.fault == nil && !it.undone && t.After(last[it.part]) {
			last[it.part] = t
		}
	}
	for _, it := range n.items {
		if it.fault != nil {
			n.s.bad(it.fault.Origin, it.fault.Text, "%s", it.fault.Message)
			continue
		}
		e := it.event
		if it.undone && last[it.part].After(it.begun) {
			e.Said = last[it.part] // said no earlier than the last row beside it
		}
		text := it.text
		if text == "" && it.code {
			text = "Code or output, as below"
		} else if text == "" && len(it.body) > 0 {
			text, it.body = it.body[0], it.body[1:]
		}
		e.Title, e.Body = titleAndBody(text)
		if it.prefix != "" {
			e.Title = it.prefix + ": " + e.Title
		}
		e.Body = strings.TrimSpace(strings.Join(append([]string{e.Body}, it.body...), "\n"))
		e.Raw = strings.Join(it.raw, "\n")
		if e.Time.IsZero() {
			addFlag(&e, timeline.FlagUndated)
		}
		n.s.event(e)
	}
}
