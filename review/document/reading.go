package document

import (
	"regexp"
	"strings"
	"time"

	"pir/internal/markdown"
	"pir/internal/when"
)

// reader reads facts from the blocks of a page.
type reader struct {
	doc     *Document
	facts   Facts
	ref     when.Ref          // the day, zone and year of times that name none
	origins map[string]string // of citations, by number, from the list of evidence
	ids     map[string]string // of sections, by heading
	// In a list or table of somebody else's, a date holds for the rows below it.
	day  time.Time
	last time.Time
}

// spot is where a block stands.
type spot struct {
	id    string // of the section, or of the nearest one around it that has one
	title string // of the section
	depth int    // how many sections from the head of the page
}

// readFacts reads what the Markdown says.
func readFacts(d *Document) Facts {
	r := &reader{doc: d, origins: map[string]string{}, ids: byHeading()}
	r.readHead()
	r.findDay()
	r.sections(d.Sections, spot{}, r.citations)
	r.sections(d.Sections, spot{}, r.block)
	r.finish()
	return r.facts
}

// readHead takes what the front matter says.
func (r *reader) readHead() {
	f := &r.doc.Front
	r.facts.Title, r.facts.ID, r.facts.Severity, r.facts.Stage, r.facts.Status = f.Title, f.ID, f.Severity, f.Stage, f.Status
	r.facts.Components = append([]string(nil), f.Components...)
	if r.facts.Title != "" {
		return
	}
	title := firstTitle(r.doc.Sections)
	r.facts.Title = title
	if m := titleID.FindStringSubmatch(title); m != nil && r.facts.ID == "" {
		r.facts.Title, r.facts.ID = strings.TrimSpace(title[:len(title)-len(m[0])]), m[1]
	} else if m := leadID.FindStringSubmatch(title); m != nil && r.facts.ID == "" {
		r.facts.Title, r.facts.ID = title[len(m[0]):], m[1]
	}
}

var (
	titleID = regexp.MustCompile(`\s*\(([A-Z0-9]+-[A-Z0-9-]+)\)$`)
	leadID  = regexp.MustCompile(`^\[?([A-Z]{2,10}-\d+)\]?[:\s–—-]+`)
	rawH1   = regexp.MustCompile(`(?is)<h1[^>]*>(.*?)</h1>`)
)

// firstTitle is the first heading of the first level, one in raw HTML among
// them, else the first heading, else a short first line.
func firstTitle(sections []Section) string {
	first := ""
	for i := range sections {
		if sections[i].Level == 1 {
			return sections[i].Title
		}
		for _, b := range sections[i].Blocks {
			if m := rawH1.FindStringSubmatch(b.Text); m != nil && b.Kind == HTML {
				return markdown.Text(m[1])
			}
		}
		if first == "" {
			first = sections[i].Title
		}
	}
	if first == "" && len(sections) > 0 && len(sections[0].Blocks) > 0 {
		if b := &sections[0].Blocks[0]; b.Kind == Paragraph && len(b.Text) <= 100 {
			return b.Text
		}
	}
	return first
}

// sections calls f with all blocks of the page in order, lists as they are.
func (r *reader) sections(list []Section, around spot, f func(*Block, spot)) {
	for i := range list {
		s := &list[i]
		at := spot{id: s.ID, title: s.Title, depth: around.depth + 1}
		if at.id == "" {
			at.id = around.id
		}
		if s.Title != "" {
			r.dateOf(s.Title)
		}
		if zone := r.zoned(when.Ref{}, &Row{Cells: []Cell{{Text: s.Title}}}, 0).Zone; zone.Location != nil && s.ID == "timeline" && r.ref.Zone.Location == nil {
			r.ref.Zone = zone
		}
		for j := range s.Blocks {
			b := &s.Blocks[j]
			// A line in bold letters is a heading to those who read.
			if b.Kind == Paragraph && b.Marked && b.Part == "" && len(b.Text) < 60 {
				if id := sectionIDIn(r.ids, b.Text); id != "" {
					at.id = id
					continue
				}
			}
			f(b, at)
		}
		r.sections(s.Nested, at, f)
	}
}

var yearWord = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// maxScan is how many blocks of the page are looked through for its day.
const maxScan = 60

// findDay finds the day and the zone that times without them belong to: those
// of the front matter, else the first that the page names.
func (r *reader) findDay() {
	zoneOf := func(text string) {
		if r.ref.Zone.Location == nil {
			if loc := zoneOf(text); loc != nil {
				r.ref.Zone = when.Zone{Location: loc, From: when.ZoneDocument}
			}
		}
	}
	if stamp, err := when.Parse(r.doc.Front.Date, when.Zone{}, 0); err == nil {
		r.setDay(stamp.Time)
	} else if m := yearWord.FindString(r.facts.Title); m != "" {
		r.ref.Year = atoi(m)
	}
	seen := 0
	var look func([]Section)
	look = func(list []Section) {
		for i := range list {
			r.lookForDay(list[i].Title)
			zoneOf(list[i].Title)
			for j := range list[i].Blocks {
				b := &list[i].Blocks[j]
				if seen++; seen > maxScan {
					return
				}
				r.lookForDay(cutText(b.lead(), 600))
				zoneOf(cutText(b.lead(), 600))
			}
			look(list[i].Nested)
		}
	}
	look(r.doc.Sections)
}

// lead is the first text of a block: its own, that of its first row, or that of
// its first child.
func (b *Block) lead() string {
	switch {
	case b.Kind == Code || b.Kind == Comment || b.Kind == HTML:
		return ""
	case len(b.Rows) > 1:
		return b.Rows[0].text() + " " + b.Rows[1].text()
	case b.Text == "" && len(b.Children) > 0:
		return b.Children[0].lead()
	}
	return b.Text
}

func (row *Row) text() string {
	var list []string
	for _, c := range row.Cells {
		list = append(list, c.Text)
	}
	return strings.Join(list, " ")
}

func (r *reader) setDay(t time.Time) {
	r.ref.Day, r.ref.Year, r.day = t, t.Year(), t
}

// lookForDay takes the first date that a text names, if there is no day yet.
func (r *reader) lookForDay(text string) {
	if !r.ref.Day.IsZero() || text == "" {
		return
	}
	for _, m := range when.Mentions(text, when.Ref{Year: r.ref.Year}) {
		if m.HasDate && m.Time.Year() > 1 {
			r.setDay(m.Time)
			return
		}
	}
}

// dateOf takes the date that a heading or a line above rows names.
func (r *reader) dateOf(text string) {
	if len(text) > 80 {
		return
	}
	for _, m := range when.Mentions(text, r.refNow()) {
		if m.HasDate && m.Time.Year() > 1 {
			r.day, r.last = m.Time, time.Time{}
			return
		}
	}
}

// refNow is the reference of rows that may stand below a date.
func (r *reader) refNow() when.Ref {
	ref := r.ref
	if !r.day.IsZero() {
		ref.Day = r.day
	}
	return ref
}

var zoneNote = regexp.MustCompile(`(?i)\btimes?(?: (?:are|is|shown|listed|given|below|zone|here))*:?(?: all)?(?: in)? ?\(?([A-Z]{2,4}(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z][a-z]+/[A-Za-z_]+)\b`)

// zoneOf gives the zone that a text says its times are in, or nil.
func zoneOf(text string) *time.Location {
	for _, m := range zoneNote.FindAllStringSubmatch(text, 4) {
		if loc, err := when.LoadZone(m[1]); err == nil {
			return loc
		}
	}
	return nil
}

// block reads the facts of a block.
func (r *reader) block(b *Block, at spot) {
	switch b.Kind {
	case Table:
		r.table(b, at)
	case List:
		r.list(b, at)
	case Paragraph:
		r.paragraph(b, at)
	case Quote:
		r.quote(b, at)
	}
}

// list reads the items of a list, as rows of the timeline, actions, questions,
// values with a name, or sentences.
func (r *reader) list(b *Block, at spot) {
	timed := 0
	for i := range b.Children {
		if _, _, ok := r.leadTime(b.Children[i].Text); ok {
			timed++
		}
	}
	for i := range b.Children {
		r.item(&b.Children[i], at, timed > 1 || timed > 0 && (at.id == "timeline" || at.id == "response"))
	}
}

func (r *reader) item(b *Block, at spot, timed bool) {
	switch {
	case timed && b.Part == "" && r.timelineItem(b):
	case b.Part == "evidence" || b.Part == "banner" || b.Part == "communication":
	case b.Task && at.id != "evidence", at.id == "improvements" && b.Part == "":
		r.actionItem(b, at)
		for i := range b.Children {
			r.block(&b.Children[i], spot{id: "action", depth: at.depth})
		}
		return
	case b.Part == "open" || at.id == "open" && b.Part == "":
		r.facts.Questions = append(r.facts.Questions, Question{b.Place, plainText(b.Text)})
	case b.Part != "" || r.named(b.Place, b.Plain, at):
	default:
		r.claims(b, b.Text, at)
	}
	for i := range b.Children {
		r.block(&b.Children[i], at)
	}
}

// quote reads a quotation: one at the head of the page may say what kind of page
// it is.
func (r *reader) quote(b *Block, at spot) {
	if b.Part == "banner" || at.depth <= 1 && b.Part == "" {
		for i := range b.Children {
			r.notice(b.Children[i].Place, b.Children[i].Text, b.Part == "banner" || noticeWords.MatchString(b.Children[i].Text))
		}
		return
	}
	for i := range b.Children {
		r.block(&b.Children[i], at)
	}
}

var noticeWords = regexp.MustCompile(`(?i)\b(?:preliminary|final|draft|initial|interim|statement|will be (?:updated|published|followed)|work in progress|under review|post.?incident review|this is our)\b`)

func (r *reader) notice(p Place, text string, fits bool) {
	if fits && text != "" {
		r.facts.Notices = append(r.facts.Notices, Notice{p, plainText(text)})
	}
}

// paragraph reads a paragraph: values with a name, a row, a notice, sentences.
func (r *reader) paragraph(b *Block, at spot) {
	switch {
	case b.Part != "":
		r.notKnown(b)
		return
	case at.depth <= 1 && (b.Marked || at.id == "") && len(b.Text) < 1000 && (b.Marked || strings.Contains(strings.ToLower(b.Text), "this is ")) && noticeWords.MatchString(b.Text):
		r.notice(b.Place, b.Text, true)
		return
	case at.id == "timeline" && r.timelineItem(b):
		return
	}
	if r.namedLines(b, at) {
		return
	}
	if at.id == "timeline" || at.id == "response" {
		r.dateOf(b.Text)
	}
	if at.id == "open" && strings.HasSuffix(b.Text, "?") {
		r.facts.Questions = append(r.facts.Questions, Question{b.Place, plainText(b.Text)})
	}
	r.claims(b, b.Text, at)
}

// notKnown reads the lines of generated blocks that say what is not known.
func (r *reader) notKnown(b *Block) {
	rest, found := strings.CutPrefix(b.Text, "Not known: ")
	if !found || b.Part != "facts" {
		return
	}
	for _, name := range splitOutside(strings.TrimSuffix(rest, ".")) {
		r.facts.Questions = append(r.facts.Questions, Question{b.Place, "Not known: " + name})
	}
}

// splitOutside cuts a list at its commas, but for those in parentheses.
func splitOutside(text string) []string {
	var list []string
	depth, start := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				list = append(list, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		}
	}
	return append(list, strings.TrimSpace(text[start:]))
}

// finish puts in order what was found in several places.
func (r *reader) finish() {
	if len(r.facts.Windows) == 0 {
		r.facts.Windows = r.told(r.doc.Sections)
	}
}
