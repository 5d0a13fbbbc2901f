package document

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pir/internal/when"
	"pir/timeline"
)

var (
	cited   = regexp.MustCompile(`\s*\[{1,2}(\d+)\]{1,2}`)
	keyLine = regexp.MustCompile(`^[^\pL\pN]{0,8}(\pL[\pL\pN /&()'-]{1,48}?)\s*(?:[*_]{0,3}:[*_]{0,3}|[*_]{1,3}\s*[–—-])\s+(\S.*)$`)
	figures = regexp.MustCompile(`\d+(?:[.,]\d+)*\s?(?:%|percent|per cent)|\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\s?(?:million|billion|thousand|customers|users|requests|orders|errors|hosts|servers|nodes|accounts|messages|minutes|hours|seconds|days|min|h|ms|GB|TB|MB)\b`)
)

// plainText is a text without its citations.
func plainText(text string) string {
	return strings.TrimSpace(cited.ReplaceAllString(text, ""))
}

// evidence gives the places that the citations of a text stand for, or the
// citations where the page does not tell.
func (r *reader) evidence(text string) []string {
	var list []string
	for _, m := range cited.FindAllStringSubmatch(text, -1) {
		place := r.origins[m[1]]
		if place == "" {
			place = "[" + m[1] + "]"
		}
		if !slices.Contains(list, place) {
			list = append(list, place)
		}
	}
	return list
}

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
	if at.id == "evidence" || at.id == "next" || len(text) == 0 {
		return
	}
	cursor := b.Start
	for _, s := range sentences(text) {
		place := r.sentencePlace(b, &cursor, s)
		evidence := r.evidence(s)
		if len(evidence) == 0 && !figures.MatchString(s) && !hasClock(s) {
			continue
		}
		r.facts.Claims = append(r.facts.Claims, Claim{place, plainText(s), evidence})
	}
}

// hasClock reports a text with a clock time or a date.
func hasClock(s string) bool {
	return strings.ContainsAny(s, "0123456789") && len(when.Mentions(cutText(s, 2000), when.Ref{Day: time.Unix(0, 0).UTC(), Year: 1970})) > 0
}

// sentencePlace finds where in the source a sentence stands: its first words
// are looked for behind the sentence before. The mark-up of a page parts words
// from one another, so more than a few are seldom found as they show.
func (r *reader) sentencePlace(b *Block, cursor *int, s string) Place {
	head := s
	if words := strings.Fields(s); len(words) > 3 {
		head = strings.Join(words[:3], " ")
	}
	source := r.doc.Source
	for head != "" {
		if i := strings.Index(string(source[*cursor:min(b.End, *cursor+len(s)*4+400)]), head); i >= 0 {
			start := *cursor + i
			*cursor = start + len(head)
			end := min(b.End, start+len(s))
			return Place{Span{start, end}, b.Line + strings.Count(string(source[b.Start:start]), "\n")}
		}
		cut := strings.LastIndexByte(head, ' ')
		if cut < 0 {
			break
		}
		head = head[:cut]
	}
	return Place{Span{*cursor, b.End}, b.Line + strings.Count(string(source[b.Start:*cursor]), "\n")}
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
		for {
			m := cited.FindStringIndex(text[end:])
			if m == nil || m[0] != 0 {
				break
			}
			end += m[1]
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[end:], " "))
		if end < len(text) && !unicode.IsUpper(next) && !unicode.IsDigit(next) && strings.IndexRune("\"'([`“~", next) < 0 || abbreviated(text[start:i+1]) {
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
// reports whether all of it was such.
func (r *reader) namedLines(b *Block, at spot) bool {
	lines := strings.Split(strings.TrimRight(string(r.doc.Source[b.Start:b.End]), "\r\n"), "\n")
	if len(lines) > 40 {
		return false
	}
	start, all := b.Start, true
	for i, line := range lines {
		place := Place{Span{start, start + len(strings.TrimRight(line, "\r"))}, b.Line + i}
		start += len(line) + 1
		if !r.named(place, strings.TrimSuffix(strings.TrimRight(strings.TrimSpace(line), "\\"), "<br>"), at) {
			all = false
		}
	}
	return all
}

// named reads a value with a name, such as "**Severity:** SEV-1".
func (r *reader) named(p Place, line string, at spot) bool {
	if len(line) > 400 || at.id == "action" || at.id == "evidence" {
		return false
	}
	m := keyLine.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	return r.value(p, plainHeading(m[1]), m[1], strings.Trim(m[2], "*_ `"))
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
// "between 11:45 and 13:58 UTC", in the writer's words only.
func (r *reader) told(sections []Section) []Window {
	var list []Window
	r.sections(sections, spot{}, func(b *Block, at spot) {
		if b.Part != "" || at.id != "summary" && at.id != "impact" || b.Kind != Paragraph && b.Kind != List {
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
				if m.Until == nil || !m.Until.Time.After(m.Time) || m.Word != "between" && m.Word != "from" && m.Word != "" || r.ref.Day.IsZero() && !m.HasDate {
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
