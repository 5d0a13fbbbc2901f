package document

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pir/internal/when"
	"pir/timeline"
)

var keyLine = regexp.MustCompile(`^[^\pL\pN]{0,8}(\pL[\pL\pN /&()'-]{1,48}?)\s*(?:[*_]{0,3}:[*_]{0,3}|[*_]{1,3}\s*[–—-])\s+(\S.*)$`)

var evidenceRow = regexp.MustCompile(`^\[(\d+)\] (\S+)`)

// citations reads the list of evidence.
func (r *reader) citations(b *Block, at spot) {
	if b.Kind != List || b.Part != "evidence" && at.id != "evidence" {
		return
	}
	for i := range b.Children {
		item := &b.Children[i]
		m := evidenceRow.FindStringSubmatch(item.Text)
		if m == nil {
			continue
		}
		// The place is the first span of code; one of white space has all of it.
		place := strings.TrimRight(m[2], ",:")
		if _, rest, found := strings.Cut(item.Plain, "`"); found {
			if code, _, closed := strings.Cut(strings.TrimLeft(rest, "`"), "`"); closed {
				place = strings.TrimSpace(code)
			}
		}
		r.origins[m[1]] = place
	}
}

// cutText cuts a text at a whole rune.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// claims reads the sentences of a block that cite evidence, or that state a time
// or a figure.
func (r *reader) claims(b *Block, text string, at spot) {
	// A short line above rows names their day.
	if at.id == "evidence" || at.id == "next" || len(text) == 0 || at.id == "timeline" && len(text) < 60 {
		return
	}
	where := finder{source: r.doc.Source, block: b.Place, at: b.Start, line: b.Line}
	for _, s := range sentences(text) {
		place := where.find(s)
		evidence := r.evidence(s)
		if len(evidence) == 0 && !hasFigure(s) && (!hasClock(s) || onlyDate(s)) {
			continue
		}
		r.facts.Claims = append(r.facts.Claims, Claim{place, plainText(s), evidence})
	}
}

// hasClock reports a text with a clock time or a date.
func hasClock(s string) bool {
	return strings.ContainsAny(s, "0123456789") && len(when.Mentions(cutText(s, 2000), when.Ref{Day: time.Unix(0, 0).UTC(), Year: 1970})) > 0
}

// onlyDate reports a text that is a date, or says little else.
func onlyDate(s string) bool {
	const little = 8
	if len(s) > 40 {
		return false
	}
	left := len(s)
	for _, m := range when.Mentions(s, when.Ref{Year: 1970}) {
		left -= m.End - m.Start
	}
	return left < little
}

// finder finds where in the source the sentences of a block stand, one behind
// the other.
type finder struct {
	source []byte
	block  Place
	at     int // behind the words that were found last
	line   int // of that place
}

// find looks for the first words of a sentence behind the sentence before. The
// mark-up of a page parts words from one another, so more than a few are seldom
// found as they show.
func (f *finder) find(s string) Place {
	window := f.source[f.at:min(f.block.End, f.at+len(s)*4+400)]
	for head := firstWords(s, 3); head != ""; {
		if i := bytes.Index(window, []byte(head)); i >= 0 {
			start := f.at + i
			place := Place{Span{start, min(f.block.End, start+len(s))}, f.line + bytes.Count(window[:i], []byte("\n"))}
			f.at = start + len(head)
			f.line = place.Line + strings.Count(head, "\n")
			return place
		}
		cut := strings.LastIndexByte(head, ' ')
		if cut < 0 {
			break
		}
		head = head[:cut]
	}
	return Place{Span{f.at, f.block.End}, f.line}
}

// firstWords is the beginning of a text with so many words, parted by one blank.
func firstWords(s string, n int) string {
	at := 0
	for ; n > 0; n-- {
		i := strings.IndexByte(s[at:], ' ')
		if i < 0 {
			return s
		}
		at += i + 1
	}
	return s[:at-1]
}

// sentences cuts a text into its sentences. Citations behind a full stop belong
// to the sentence before it.
func sentences(text string) []string {
	var list []string
	start := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '.' && text[i] != '!' && text[i] != '?' {
			continue
		}
		end := i + 1
		for end < len(text) && strings.IndexByte(`"')*_`, text[end]) >= 0 {
			end++
		}
		if end < len(text) && text[end] != ' ' {
			continue
		}
		end = afterCites(text, end)
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[end:], " "))
		if end < len(text) && !unicode.IsUpper(next) && !unicode.IsDigit(next) && !strings.ContainsRune("\"'([`“~", next) || abbreviated(text[start:i+1]) {
			continue
		}
		list = append(list, strings.TrimSpace(text[start:end]))
		start, i = end, end-1
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		list = append(list, rest)
	}
	return list
}

// abbreviated reports a text that ends in an abbreviation, whose full stop ends
// no sentence.
func abbreviated(s string) bool {
	for _, a := range []string{"e.g.", "i.e.", "etc.", "approx.", "vs.", "c.", "ca.", "no.", "Mr.", "Dr.", "a.m.", "p.m."} {
		if strings.HasSuffix(s, a) && (len(s) == len(a) || s[len(s)-len(a)-1] == ' ' || s[len(s)-len(a)-1] == '(') {
			return true
		}
	}
	return false
}

// namedLines reads a paragraph of lines such as "**Status**: resolved"; it
// reports whether at least half of it was such. The others are sentences.
func (r *reader) namedLines(b *Block, at spot) bool {
	source := bytes.TrimRight(r.doc.Source[b.Start:b.End], "\r\n")
	if bytes.Count(source, []byte("\n")) >= 40 {
		return false
	}
	lines := strings.Split(string(source), "\n")
	start := b.Start
	var rest []Block
	for i, line := range lines {
		end := start + len(strings.TrimRight(line, "\r"))
		part := Block{Place: Place{Span{start, end}, b.Line + i}}
		start += len(line) + 1
		part.Text = strings.TrimSuffix(strings.TrimRight(strings.TrimSpace(line), "\\"), "<br>")
		if !r.named(part.Place, part.Text, at) {
			rest = append(rest, part)
		}
	}
	if len(rest)*2 > len(lines) {
		return false
	}
	for i := range rest {
		r.claims(&rest[i], strings.NewReplacer("**", "", "__", "").Replace(rest[i].Text), at)
	}
	return true
}

// named reads a value with a name, such as "**Severity:** SEV-1".
func (r *reader) named(p Place, line string, at spot) bool {
	if len(line) > 400 || at.id == "action" || at.id == "evidence" || !mayName(line) {
		return false
	}
	m := keyLine.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	return r.value(p, plainHeading(m[1]), m[1], strings.Trim(m[2], "*_ `"))
}

// mayName is a quick look at whether a line may begin with a name and a colon, or
// with a name that is set off: what ends the words at its head are such marks.
func mayName(line string) bool {
	head := strings.TrimLeftFunc(line, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
	n := 0
	for _, c := range head {
		n++
		switch {
		case c == ':' || c == '*' || c == '_':
			return true
		case c < utf8.RuneSelf && isSpace(byte(c)):
		case n > 49: // more than a name has
			return false
		case unicode.IsLetter(c), unicode.IsNumber(c), strings.ContainsRune("/&()'-", c):
		default:
			return false
		}
	}
	return false
}

// value takes a value by its name.
func (r *reader) value(p Place, key, label, value string) bool {
	set := func(field *string) bool {
		if *field == "" {
			*field = plainText(value)
		}
		return true
	}
	switch key {
	case "severity", "sev", "severity level", "incident severity", "priority", "impact level":
		return set(&r.facts.Severity)
	case "status", "incident status", "review status", "postmortem status":
		return set(&r.facts.Status)
	case "stage":
		return set(&r.facts.Stage)
	case "id", "incident id", "tracking id", "incident", "incident number", "ticket", "issue", "reference":
		return set(&r.facts.ID)
	case "components", "component", "affected components", "affected services", "services affected", "services impacted", "impacted services", "affected", "service", "services", "systems affected", "affected systems", "affected products", "products affected":
		if len(r.facts.Components) == 0 {
			r.facts.Components = splitList(plainText(value))
		}
		return true
	}
	if name, ok := milestoneOf(key); ok {
		return r.namedMilestone(p, name, label, value)
	}
	return r.namedMetric(p, key, label, value)
}

// splitList cuts a list in words: "A, B and C."
func splitList(text string) []string {
	text = strings.TrimSuffix(text, ".")
	var list []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' }) {
		part = strings.TrimSpace(part)
		part = strings.TrimPrefix(part, "and ")
		if first, second, found := strings.Cut(part, " and "); found && strings.Contains(text, ",") {
			list = append(list, strings.TrimSpace(first))
			part = strings.TrimSpace(second)
		}
		if part != "" {
			list = append(list, part)
		}
	}
	return list
}

// told gives the windows that the prose of the summary and the impact states:
// "between 11:45 and 13:58 UTC", in the writer's words only. A page that has
// neither tells of the impact anywhere but in its timeline.
func (r *reader) told(sections []Section) []Window {
	var list []Window
	told := r.doc.Section("summary") != nil || r.doc.Section("impact") != nil
	r.sections(sections, spot{}, func(b *Block, at spot) {
		if b.Part != "" || told && at.id != "summary" && at.id != "impact" || !told && at.id == "timeline" || b.Kind != Paragraph && b.Kind != List {
			return
		}
		texts := []*Block{b}
		if b.Kind == List {
			texts = nil
			for i := range b.Children {
				texts = append(texts, &b.Children[i])
			}
		}
		for _, t := range texts {
			for _, m := range when.Mentions(cutText(t.Text, 4000), r.ref) {
				if m.Until == nil || !m.Until.Time.After(m.Time) || !slices.Contains([]string{"", "between", "from", "on", "at"}, m.Word) || r.ref.Day.IsZero() && !m.HasDate {
					continue
				}
				w := Window{Place: t.Place, Start: m.Time, End: m.Until.Time, Evidence: r.evidence(t.Text)}
				same := func(o Window) bool { return o.Start.Equal(w.Start) && o.End.Equal(w.End) }
				if !slices.ContainsFunc(list, same) {
					list = append(list, w)
				}
			}
		}
	})
	return list
}

// namedMilestone takes a milestone that a line names, if its value is a time.
func (r *reader) namedMilestone(p Place, name timeline.Milestone, label, value string) bool {
	m := Milestone{Place: p, Name: name, Label: label, Evidence: r.evidence(value)}
	if !r.moment(plainText(value), r.ref, &m.Time, &m.End, &m.NotAfter, &m.Approx) {
		return false
	}
	r.facts.Milestones = append(r.facts.Milestones, m)
	return true
}
