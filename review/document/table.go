package document

import (
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// columns are the columns of a table by what they hold; -1 where there is none.
type columns struct {
	head                                                    []string
	date, time, what, who, phase, evidence                  int
	from, to, value, scope, state, owner, due, kind, id, of int
}

// columnNames say what a column holds, by the words of its head. The first
// column that fits is taken.
func columnNames() []struct {
	field func(*columns) *int
	words []string
} {
	type row = struct {
		field func(*columns) *int
		words []string
	}
	return []row{
		{func(c *columns) *int { return &c.time }, []string{"time", "timestamp", "when", "start time", "utc", "clock", "local time", "date and time", "date time", "datetime", "date utc", "time utc"}},
		{func(c *columns) *int { return &c.date }, []string{"date", "day"}},
		{func(c *columns) *int { return &c.what }, []string{"what happened", "event", "events", "description", "details", "what", "update", "activity", "entry", "note", "notes", "summary", "message", "comment", "comments", "action taken", "text"}},
		{func(c *columns) *int { return &c.who }, []string{"who", "actor", "by", "person", "source", "author", "whose record", "responder", "user", "team"}},
		{func(c *columns) *int { return &c.phase }, []string{"phase", "stage"}},
		{func(c *columns) *int { return &c.evidence }, []string{"evidence", "proof", "link", "links", "reference", "references"}},
		{func(c *columns) *int { return &c.from }, []string{"from", "start", "began", "started", "start time"}},
		{func(c *columns) *int { return &c.to }, []string{"to", "end", "ended", "until", "end time"}},
		{func(c *columns) *int { return &c.value }, []string{"value", "result", "amount", "count", "measured"}},
		{func(c *columns) *int { return &c.scope }, []string{"where", "scope", "component", "service", "region", "component or service"}},
		{func(c *columns) *int { return &c.state }, []string{"state", "status", "progress"}},
		{func(c *columns) *int { return &c.owner }, []string{"owner", "assignee", "assigned to", "responsible", "dri", "owners", "team", "who"}},
		{func(c *columns) *int { return &c.due }, []string{"due", "due date", "eta", "deadline", "target date", "estimated completion", "by when", "target", "completion date", "target completion"}},
		{func(c *columns) *int { return &c.kind }, []string{"type", "kind", "category"}},
		{func(c *columns) *int { return &c.id }, []string{"id", "bug", "ticket", "issue", "jira", "tracking", "no", "key", "link", "tracking bug"}},
		{func(c *columns) *int { return &c.of }, []string{"action", "action item", "actions", "action items", "task", "item", "follow up", "followup", "work item", "remediation", "improvement", "what"}},
	}
}

// columnsOf reads the head of a table.
func columnsOf(head *Row) columns {
	c := columns{}
	for _, cell := range head.Cells {
		text, _, _ := strings.Cut(cell.Text, "(")
		c.head = append(c.head, plainHeading(text))
	}
	for _, n := range columnNames() {
		*n.field(&c) = indexOf(c.head, n.words)
	}
	return c
}

// indexOf is the first column with one of the names, the names in their order.
func indexOf(head, words []string) int {
	for _, w := range words {
		for i, h := range head {
			if h == w {
				return i
			}
		}
	}
	return -1
}

func (c *columns) first() string {
	if len(c.head) == 0 {
		return ""
	}
	return c.head[0]
}

// at is the text of a cell; empty where the row has none.
func (row *Row) at(i int) string {
	if i < 0 || i >= len(row.Cells) {
		return ""
	}
	return row.Cells[i].Text
}

// tables say which reader a table has, by its head and where it stands. The
// first row that fits is taken.
func (r *reader) table(b *Block, at spot) {
	if len(b.Rows) == 0 || b.Part == "evidence" {
		return
	}
	c := columnsOf(&b.Rows[0])
	rows := b.Rows[1:]
	first := c.first()
	timed := c.time >= 0 || c.date >= 0
	switch {
	case first == "milestone" && timed:
		r.milestones(rows, &c, b)
	case b.Part == "facts" && first == "measure", (first == "metric" || first == "measure" || first == "measurement") && b.Part == "":
		r.metrics(rows, &c)
	case first == "phase" && c.from >= 0 && c.to >= 0:
		r.phases(rows, &c, b)
	case b.Part == "impact" && first == "measure":
		r.figures(rows, &c)
	case c.from >= 0 && c.to >= 0 && (b.Part == "impact" && first == "impact" || b.Part == "" && at.id == "impact"):
		r.windows(rows, &c, b)
	case b.Part == "impact":
	case b.Part == "actions", c.of >= 0 && (c.owner >= 0 || c.due >= 0 || c.state >= 0 || c.kind >= 0) && at.id != "timeline", at.id == "improvements" && (c.of >= 0 || c.what >= 0) && !timed:
		r.actionRows(rows, &c, b)
	case timed && len(c.head) > 1 || b.Part == "" && len(c.head) > 1 && r.timesFirst(rows):
		r.timelineRows(rows, &c, b)
	case len(c.head) == 2 && b.Part == "":
		r.namedRows(b, at)
	default:
		r.tableClaims(b, at)
	}
}

// timesFirst reports whether each row begins with a time.
func (r *reader) timesFirst(rows []Row) bool {
	for i := range rows {
		if m, rest, ok := r.leadTime(rows[i].at(0) + " -"); !ok || rest != "" || m.End == 0 {
			return false
		}
	}
	return len(rows) > 0
}

// namedRows reads a table of names and values, whose head may be one of them.
func (r *reader) namedRows(b *Block, at spot) {
	for i := range b.Rows {
		row := &b.Rows[i]
		if at.id == "evidence" || len(row.Cells) < 2 {
			continue
		}
		label, value := strings.TrimRight(row.at(0), ": "), row.at(1)
		switch {
		case r.value(row.Place, plainHeading(label), label, value):
		case at.id == "impact" && value != "" && isDigit(value[0]):
			r.facts.Figures = append(r.facts.Figures, Figure{row.Place, label, plainText(value), "", r.evidence(value)})
		case i > 0:
			r.rowClaim(row, at)
		}
	}
}

func (r *reader) tableClaims(b *Block, at spot) {
	for i := range b.Rows[1:] {
		r.rowClaim(&b.Rows[i+1], at)
	}
}

// rowClaim takes a row of somebody's table as one claim.
func (r *reader) rowClaim(row *Row, at spot) {
	text := row.text()
	evidence := r.evidence(text)
	if at.id == "evidence" || len(evidence) == 0 && !hasFigure(text) && !hasClock(text) {
		return
	}
	r.facts.Claims = append(r.facts.Claims, Claim{row.Place, plainText(text), evidence})
}

// zoned is the reference for a column whose head names a zone: "Time (UTC)".
func (r *reader) zoned(ref when.Ref, head *Row, column int) when.Ref {
	text := head.at(column)
	if open := strings.LastIndexByte(text, '('); open >= 0 {
		name := strings.Trim(text[open:], "() ")
		name = strings.TrimPrefix(strings.TrimPrefix(name, "all times "), "in ")
		if loc, err := when.LoadZone(name); err == nil {
			ref.Zone = when.Zone{Location: loc, From: when.ZoneDocument}
		}
	} else if last := text[strings.LastIndexByte(text, ' ')+1:]; last != text {
		if loc, err := when.LoadZone(last); err == nil {
			ref.Zone = when.Zone{Location: loc, From: when.ZoneDocument}
		}
	}
	return ref
}

// milestones reads the table of milestones of a generated block, or one like it.
func (r *reader) milestones(rows []Row, c *columns, b *Block) {
	column := c.time
	if column < 0 {
		column = c.date
	}
	ref := r.zoned(r.ref, &b.Rows[0], column)
	for i := range rows {
		row := &rows[i]
		m, ok := markOf(row.at(0))
		if !ok {
			continue
		}
		m.Place = row.Place
		r.moment(row.at(column), ref, &m.Time, &m.End, &m.NotAfter, &m.Approx)
		m.Evidence = r.evidence(row.text())
		r.facts.Milestones = append(r.facts.Milestones, m)
	}
}

// metrics reads the table of measures.
func (r *reader) metrics(rows []Row, c *columns) {
	column := c.value
	if column < 0 {
		column = 1
	}
	for i := range rows {
		row := &rows[i]
		if !r.namedMetric(row.Place, plainHeading(row.at(0)), row.at(0), row.at(column)) {
			if row.at(0) != "" && row.at(column) != "" {
				r.facts.Figures = append(r.facts.Figures, Figure{row.Place, row.at(0), plainText(row.at(column)), row.at(c.scope), r.evidence(row.text())})
			}
			continue
		}
		m := &r.facts.Metrics[len(r.facts.Metrics)-1]
		m.From, m.To, m.Evidence = endpointOf(row.at(c.from)), endpointOf(row.at(c.to)), r.evidence(row.text())
	}
}

// endpointOf is the milestone of "Impact started, 11:45".
func endpointOf(text string) timeline.Milestone {
	label, _, _ := strings.Cut(text, ",")
	m, _ := markOf(label)
	return m.Name
}

// namedMetric takes a metric that a line or a row names.
func (r *reader) namedMetric(p Place, key, label, value string) bool {
	name, ours := metricOf(key)
	text := plainText(value)
	if !ours {
		if _, ok := spanOf(text); !ok || !strings.Contains(key, "time") && !strings.Contains(key, "duration") && !strings.HasPrefix(key, "from ") {
			return false
		}
		name = strings.ToLower(label)
	}
	m := Metric{Place: p, Name: name, Label: label, Text: text, Evidence: r.evidence(value)}
	if d, ok := spanOf(text); ok {
		m.Value, m.Known = d.Seconds(), true
	} else if name == "updates" {
		m.Value, m.Known, m.Count = float64(atoi(text)), text != "", true
	} else if !strings.HasPrefix(text, "at ") && !strings.HasPrefix(text, "not known") {
		return false
	}
	r.facts.Metrics = append(r.facts.Metrics, m)
	return true
}

// spanOf reads the duration with which a text begins: "7 h 58 min (main 2 h 13
// min)", "about 2 hours".
func spanOf(text string) (time.Duration, bool) {
	text, _, _ = strings.Cut(text, "(")
	text = strings.TrimSpace(strings.TrimLeft(text, "~≈ "))
	for _, word := range []string{"about ", "approximately ", "around ", "roughly ", "approx. ", "some "} {
		if rest, found := strings.CutPrefix(strings.ToLower(text), word); found {
			text = text[len(text)-len(rest):]
		}
	}
	if text == "" || (text[0] < '0' || text[0] > '9') && text[0] != '-' {
		return 0, false
	}
	text = strings.ReplaceAll(strings.TrimRight(text, "."), " and ", " ")
	text = strings.ReplaceAll(text, ",", " ")
	d, err := when.ParseSpan(strings.Join(strings.Fields(text), " "))
	return d, err == nil
}

// phases reads the table of phases.
func (r *reader) phases(rows []Row, c *columns, b *Block) {
	from, to := r.zoned(r.ref, &b.Rows[0], c.from), r.zoned(r.ref, &b.Rows[0], c.to)
	for i := range rows {
		row := &rows[i]
		name, _, _ := strings.Cut(row.at(0), " (")
		p := Phase{Place: row.Place, Name: name}
		var end, bound time.Time
		var approx bool
		r.moment(row.at(c.from), from, &p.Start, &end, &bound, &approx)
		r.moment(row.at(c.to), to, &p.End, &end, &bound, &approx)
		r.facts.Phases = append(r.facts.Phases, p)
	}
}

// windows reads a table of the stretches in which users were hurt.
func (r *reader) windows(rows []Row, c *columns, b *Block) {
	from, to := r.zoned(r.ref, &b.Rows[0], c.from), r.zoned(r.ref, &b.Rows[0], c.to)
	for i := range rows {
		row := &rows[i]
		w := Window{Place: row.Place, Scope: row.at(c.scope), Evidence: r.evidence(row.text())}
		var end, bound time.Time
		var approx bool
		if !r.moment(row.at(c.from), from, &w.Start, &end, &bound, &approx) {
			continue
		}
		r.moment(row.at(c.to), to, &w.End, &end, &bound, &approx)
		level, _, _ := strings.Cut(strings.ToLower(row.at(0)), ",")
		switch level {
		case "main", "residual":
			w.Level = level
		default:
			if w.Scope == "" && c.from > 0 && c.to > 0 {
				w.Scope = row.at(0)
			}
		}
		r.facts.Windows = append(r.facts.Windows, w)
	}
}

// figures reads the table of what people counted.
func (r *reader) figures(rows []Row, c *columns) {
	for i := range rows {
		row := &rows[i]
		r.facts.Figures = append(r.facts.Figures, Figure{row.Place, row.at(0), row.at(c.value), row.at(c.scope), r.evidence(row.text())})
	}
}

// timelineRows reads the rows of a timeline.
func (r *reader) timelineRows(rows []Row, c *columns, b *Block) {
	column := c.time
	if column < 0 {
		column = max(c.date, 0)
	}
	what := c.what
	if what < 0 {
		what = c.longest(rows, column)
	}
	ours := b.Part != ""
	zone := r.zoned(r.ref, &b.Rows[0], column).Zone
	for i := range rows {
		row := &rows[i]
		ref := r.ref
		if !ours {
			ref = r.refNow()
		}
		ref.Zone = zone
		text := row.at(column)
		if c.date >= 0 && c.date != column && row.at(c.date) != "" {
			text = row.at(c.date) + " " + text
		}
		out := TimelineRow{
			Place: row.Place, TimeText: row.at(column), Text: plainText(row.at(what)), Who: row.at(c.who), Phase: row.at(c.phase),
			Evidence: r.evidence(row.text()), Part: b.Part,
		}
		if out.Text == "" && out.TimeText == "" {
			continue
		}
		if list := when.Mentions(cutText(text, maxLead), ref); len(list) > 0 && (list[0].HasDate || !ref.Day.IsZero()) {
			out.Approx = list[0].Approx
			if ours {
				out.Time = list[0].Time
				if list[0].Until != nil {
					out.End = list[0].Until.Time
				}
			} else {
				out.Time, out.End = r.rowTime(&list[0])
			}
		}
		r.facts.Rows = append(r.facts.Rows, out)
	}
}

// longest is the column with the most text, where none is named for it.
func (c *columns) longest(rows []Row, but int) int {
	best, most := -1, -1
	for i := range c.head {
		if i == but || i == c.date || i == c.evidence {
			continue
		}
		n := 0
		for j := range rows {
			n += len(rows[j].at(i))
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}
