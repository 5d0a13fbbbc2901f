package document

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

var (
	ownerWords   = regexp.MustCompile(`(?i)^(?:owner|owned by|assignee|assigned to|assigned|responsible|dri)\s*[:=]?\s+(.+)$`)
	dueWords     = regexp.MustCompile(`(?i)^(?:due(?: date)?|by|eta|deadline|target(?: date)?|estimated completion(?: date)?|expected(?: completion)?(?: by)?|estimated|planned(?: for)?|completion|estimated to complete(?: by)?)\s*[:=]?\s+(.+)$`)
	stateWords   = regexp.MustCompile(`(?i)^(?:completed?|done|closed|fixed|shipped|in progress|started|open|todo|to do|planned|won'?t do|cancell?ed|dropped|blocked|not started)\b`)
	doneWords    = regexp.MustCompile(`(?i)^(?:completed?|done|closed|fixed|shipped)\b`)
	bracketed    = regexp.MustCompile(`\s*[(\[]([^()\[\]]*)[)\]]\.?`)
	actionID     = regexp.MustCompile(`^(?:\*\*)?([A-Z][A-Z0-9]*-?\d+)(?:\*\*)?[:.)]?\s+`)
	behindDashes = regexp.MustCompile(` [–—-] | \| |; `)
	stateMark    = regexp.MustCompile(`(?i)\s*\b(done|todo|wip|open|closed)$`)
	handle       = regexp.MustCompile(`(?:^|\s)@([A-Za-z0-9][A-Za-z0-9._/-]*)`)
)

var (
	statusIs   = regexp.MustCompile(`(?i)^(?:status|state)\s*[:=]\s*(.+)$`)
	lastDue    = regexp.MustCompile(`(?i)[\s,]+(?:due|by|eta)[:\s]+(\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2},? \d{4})\.?$`)
	lastHandle = regexp.MustCompile(`[\s,–—-]+@[A-Za-z0-9][A-Za-z0-9._/-]*$`)
	ticket     = regexp.MustCompile(`^(?:[A-Z][A-Z0-9]+-\d+|#\d+)$`)
)

// actionItem reads an item of a list as an action: its box, and what stands in
// parentheses: "(Completed)", "(Estimated completion: Nov 2024)", "(owner: edge,
// due: 2024-11-30)".
func (r *reader) actionItem(b *Block, at spot) {
	a := Action{Place: b.Place, Done: b.Checked, Evidence: r.evidence(b.Text)}
	text := plainText(b.Text)
	if text == "" {
		return
	}
	var rest strings.Builder
	from := 0
	for _, m := range bracketed.FindAllStringSubmatchIndex(text, -1) {
		if a.details(text[m[2]:m[3]]) {
			rest.WriteString(text[from:m[0]])
			from = m[1]
		}
	}
	rest.WriteString(text[from:])
	text = strings.TrimSpace(rest.String())
	if m := actionID.FindStringSubmatch(text); m != nil {
		a.ID, text = m[1], text[len(m[0]):]
	}
	if m := handle.FindStringSubmatch(text); m != nil && a.Owner == "" {
		a.Owner = m[1]
	}
	// What stands behind a dash may be about the action.
	for i, part := range behindDashes.Split(text, -1) {
		if a.details(part) && i > 0 {
			text = strings.TrimRight(strings.Replace(text, part, "", 1), " –—|;-")
		}
	}
	if m := lastDue.FindStringSubmatch(text); m != nil && a.Due == "" {
		a.Due, text = m[1], text[:len(text)-len(m[0])]
	}
	if m := lastHandle.FindString(text); m != "" {
		text = text[:len(text)-len(m)]
	}
	for _, l := range b.Links {
		if rest, last := strings.CutSuffix(strings.TrimRight(text, ")]"), l.Text); last && ticket.MatchString(l.Text) && a.ID == "" {
			a.ID, text = l.Text, strings.TrimRight(rest, " ([–—:-")
		}
	}
	a.Text = strings.TrimSpace(text)
	a.finish(r, b.Links)
	r.facts.Actions = append(r.facts.Actions, a)
}

// details reads the owner, the date and the state from the words in a pair of
// parentheses; it reports whether it found one.
func (a *Action) details(text string) bool {
	found := false
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' }) {
		part = strings.TrimSpace(part)
		switch {
		case ownerWords.MatchString(part):
			a.Owner, found = set(a.Owner, ownerWords.FindStringSubmatch(part)[1]), true
		case dueWords.MatchString(part):
			a.Due, found = set(a.Due, dueWords.FindStringSubmatch(part)[1]), true
		case statusIs.MatchString(part):
			a.State, found = set(a.State, strings.ToLower(statusIs.FindStringSubmatch(part)[1])), true
		case stateWords.MatchString(part):
			a.State, found = set(a.State, strings.ToLower(part)), true
		}
	}
	return found
}

func set(old, value string) string {
	if old != "" {
		return old
	}
	return strings.TrimSpace(value)
}

// finish reads the date, and what the state says.
func (a *Action) finish(r *reader, links []Link) {
	if doneWords.MatchString(a.State) {
		a.Done = true
	}
	if a.Done && a.State == "" {
		a.State = "done"
	}
	if a.Due == "not known" {
		a.Due = ""
	}
	for _, l := range links {
		if a.Link == "" && !strings.HasPrefix(l.Target, "#") && !l.Image {
			a.Link = l.Target
		}
	}
	a.DueTime = dateIn(a.Due, r.ref)
}

// dateIn reads a day or a month: "2024-11-30", "Nov 2024", "30 November".
func dateIn(text string, ref when.Ref) time.Time {
	if text == "" {
		return time.Time{}
	}
	for _, m := range when.Mentions(text, when.Ref{Year: ref.Year}) {
		if m.HasDate {
			return m.Time
		}
	}
	if t, err := time.Parse("2006-01", text); err == nil {
		return t
	}
	month, year, found := strings.Cut(strings.ReplaceAll(text, ",", ""), " ")
	if !found {
		return time.Time{}
	}
	for _, layout := range []string{"January 2006", "Jan 2006"} {
		if t, err := time.Parse(layout, strings.TrimSuffix(month, ".")+" "+strings.TrimSpace(year)); err == nil {
			return t
		}
	}
	return time.Time{}
}

// actionRows reads a table of actions.
func (r *reader) actionRows(rows []Row, c *columns, b *Block) {
	of := c.of
	if of < 0 {
		of = c.what
	}
	if of < 0 {
		of = 0
	}
	for i := range rows {
		row := &rows[i]
		known := func(column int) string {
			text := plainText(row.at(column))
			if column == of || text == "not known" || text == "-" || text == "–" || strings.EqualFold(text, "tbd") || strings.EqualFold(text, "n/a") {
				return ""
			}
			return text
		}
		a := Action{Place: row.Place, Type: known(c.kind), State: known(c.state), Owner: known(c.owner), Due: known(c.due), Evidence: r.evidence(row.text())}
		if c.id >= 0 && c.id != of {
			a.ID = known(c.id)
			if m := stateMark.FindStringSubmatch(a.ID); m != nil && a.State == "" {
				a.ID, a.State = strings.TrimSpace(strings.TrimSuffix(a.ID, m[0])), strings.ToLower(m[1])
			}
			if strings.EqualFold(a.ID, "n/a") {
				a.ID = ""
			}
		}
		if of >= len(row.Cells) || row.Cells[of].Text == "" {
			continue
		}
		cell := &row.Cells[of]
		a.Text = plainText(cell.Text)
		if m := actionID.FindStringSubmatch(cell.Plain); m != nil && a.ID == "" {
			a.ID = m[1]
			a.Text = strings.TrimSpace(strings.TrimPrefix(a.Text, m[1]))
		}
		var links []Link
		for _, c := range row.Cells {
			links = append(links, c.Links...)
		}
		for _, l := range links {
			if b.Part != "" && l.Text == l.Target {
				a.Text = strings.TrimSpace(strings.TrimSuffix(a.Text, l.Text))
			}
		}
		a.Text = strings.Trim(a.Text, " :")
		a.finish(r, slices.Clone(links))
		r.facts.Actions = append(r.facts.Actions, a)
	}
}
