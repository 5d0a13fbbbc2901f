package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"pir/internal/when"
	"pir/timeline"
)

// sheet is a table of records with named columns: a file of comma-separated
// values, or a list of objects.
type sheet struct {
	origin  timeline.Origin // where the names of the columns stand
	columns []string        // at most maxColumns
	rows    []sheetRow
	plain   []string // plainName of each column, once the plan is made
}

// maxColumns is how many columns of a sheet are looked at.
const maxColumns = 500

// names lists the columns for a message.
func (sh *sheet) names() string {
	if len(sh.columns) > 20 {
		return strings.Join(sh.columns[:20], ", ") + fmt.Sprintf(" and %d more", len(sh.columns)-20)
	}
	return strings.Join(sh.columns, ", ")
}

// sheetRow is one record; cell gives the text in a column.
type sheetRow struct {
	origin timeline.Origin
	raw    string
	cell   func(column string) string
}

// roles are what a column can be to an event, with the names that such columns
// have in the wild, the plainer ones first. A column has one role: that of the
// first row here.
var roles = []struct {
	name  string
	words []string // without blanks and signs, in small letters
	tails []string // endings of other names
}{
	{"time", []string{
		"time", "timestamp", "datetime", "when", "at", "occurredat", "occurred", "eventtime", "starttime", "startedat",
		"startat", "start", "started", "begin", "from", "timegenerated", "createdat", "created", "createdon", "opened", "openedat",
	}, []string{"starttime", "startat", "start", "begin"}},
	{"date", []string{"date", "day", "datum"}, nil},
	{"end", []string{
		"end", "endtime", "endat", "endedat", "ended", "until", "to", "finish", "finished", "finishedat", "resolvedat", "resolvedon", "closedat",
	}, []string{"endtime", "endat", "end"}},
	{"title", []string{
		"title", "event", "what", "summary", "headline", "subject", "action", "activity", "name", "entry", "whathappened", "message",
		"text", "note", "notes",
	}, nil},
	{"body", []string{"description", "details", "detail", "body", "comment", "comments", "message", "text", "note", "notes"}, nil},
	{"kind", []string{"kind", "type", "category", "eventtype"}, nil},
	{"severity", []string{"severity", "sev", "priority", "impact", "level"}, nil},
	{"component", []string{"component", "components", "service", "services", "system", "affected"}, nil},
	{"region", []string{"region", "regions", "location", "site"}, nil},
	{"actor", []string{"actor", "who", "owner", "author", "user", "person", "by", "reporter", "reportedby", "responder"}, nil},
	{"url", []string{"url", "link", "permalink", "href"}, nil},
	{"group", []string{"group", "incident", "incidentid", "thread"}, nil},
	{"key", []string{"id", "eventid", "uuid", "key"}, nil},
	{"observed", []string{"observed", "recorded", "recordedat", "loggedat", "postedat"}, nil},
	{"status", []string{"status", "state"}, nil},
}

// plainName is the name of a column without the zone behind it, blanks, signs
// and capitals.
func plainName(column string) string {
	name, _ := headerZone(column)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// headerZone takes the zone off a name such as "Time (UTC)" or "Time [PDT]".
func headerZone(column string) (name string, zone *time.Location) {
	column = strings.TrimSpace(column)
	if n := len(column); n > 2 && (column[n-1] == ')' || column[n-1] == ']') {
		if i := strings.LastIndexAny(column, "(["); i > 0 {
			if loc, err := when.LoadZone(strings.TrimSpace(column[i+1 : n-1])); err == nil {
				return strings.TrimSpace(column[:i]), loc
			}
		}
	}
	return column, nil
}

// sheetPlan says which columns play which role; several are joined by a blank.
type sheetPlan struct {
	columns   map[string][]string
	constants map[string]string
}

// plan settles the columns: those of the user's map, and for the other roles
// those whose names say so.
func (sh *sheet) plan(mapped map[string]string) (sheetPlan, error) {
	p := sheetPlan{columns: map[string][]string{}, constants: map[string]string{}}
	sh.columns = sh.columns[:min(len(sh.columns), maxColumns)]
	sh.plain = nil
	for _, c := range sh.columns {
		sh.plain = append(sh.plain, plainName(c))
	}
	var used []string
	for _, key := range sortedKeys(mapped) {
		if !slices.Contains(roleNames(), key) {
			return p, fmt.Errorf("the map has %q, which no event has; it can have %s", key, strings.Join(roleNames(), ", "))
		}
		for _, name := range strings.Split(mapped[key], "+") {
			column, ok := sh.column(strings.TrimSpace(name))
			if !ok && (key == "kind" || key == "severity") {
				p.constants[key] = strings.TrimSpace(name)
				continue
			}
			if !ok {
				return p, fmt.Errorf("the map takes %s from %q, and there is no such column; there are %s",
					key, name, sh.names())
			}
			p.columns[key] = append(p.columns[key], column)
			used = append(used, column)
		}
	}
	for _, role := range roles {
		if _, ok := mapped[role.name]; ok {
			continue
		}
		if column, ok := sh.find(role.words, role.tails, used); ok {
			p.columns[role.name] = []string{column}
			used = append(used, column)
		}
	}
	p.pair(mapped)
	if len(p.columns["time"]) == 0 {
		return p, fmt.Errorf("no column is known to hold the time; name it in the map, time=…; there are %s", sh.names())
	}
	return p, nil
}

// pair puts a date and a clock in two columns together.
func (p *sheetPlan) pair(mapped map[string]string) {
	if _, given := mapped["time"]; given || len(p.columns["date"]) == 0 {
		return
	}
	p.columns["time"] = append(slices.Clone(p.columns["date"]), p.columns["time"]...)
}

func roleNames() []string {
	var names []string
	for _, r := range roles {
		names = append(names, r.name)
	}
	return names
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// column finds a column by the name that a user gave, or by its number.
func (sh *sheet) column(name string) (string, bool) {
	for _, same := range []func(a, b string) bool{
		func(a, b string) bool { return a == b },
		func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) },
		func(a, b string) bool { return plainName(a) == plainName(b) && plainName(b) != "" },
	} {
		for _, c := range sh.columns {
			if same(c, name) {
				return c, true
			}
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(sh.columns) {
		return sh.columns[n-1], true
	}
	return "", false
}

// find gives the first column with one of the words for a name, or a name that
// ends like one.
func (sh *sheet) find(words, tails, used []string) (string, bool) {
	for _, word := range words {
		for i, c := range sh.columns {
			if sh.plain[i] == word && !slices.Contains(used, c) {
				return c, true
			}
		}
	}
	for _, tail := range tails {
		for i, c := range sh.columns {
			if strings.HasSuffix(sh.plain[i], tail) && !slices.Contains(used, c) {
				return c, true
			}
		}
	}
	return "", false
}

// text is what a row holds for a role.
func (p *sheetPlan) text(r *sheetRow, role string) string {
	var parts []string
	for _, c := range p.columns[role] {
		if text := strings.TrimSpace(r.cell(c)); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return p.constants[role]
	}
	return strings.Join(parts, " ")
}

// readSheet yields the rows of a sheet as events.
func (s *sink) readSheet(sh sheet) {
	plan, err := sh.plan(s.opt.Map)
	if err != nil {
		s.bad(sh.origin, sh.names(), "%s", err)
		return
	}
	clock := s.settle(&sh, &plan)
	keys := plan.uniqueKeys(&sh)
	for i := range sh.rows {
		r := &sh.rows[i]
		if s.stopped() {
			return
		}
		t, err := clock.row(&plan, r)
		if err != nil {
			s.bad(r.origin, r.raw, "a row without a time: %s", err)
			continue
		}
		e := plan.event(r, keys)
		stamp(&e, t)
		e.Location = clock.zone.Location
		if end := plan.text(r, "end"); end != "" {
			until, err := clock.end(end, t)
			if err != nil {
				s.bad(r.origin, r.raw, "a row whose end is not understood: %s", err)
			} else if until.Time.After(t.Time) {
				e.End = until.Time
			} else if until.Time.Before(t.Time) {
				s.bad(r.origin, r.raw, "a row that ends, %q, before it begins, %q", end, t.Text)
			}
		}
		if text := plan.text(r, "observed"); text != "" {
			if seen, err := clock.read(text); err == nil {
				e.Observed = seen.Time
			}
		}
		s.event(e)
	}
}

// event is a row without its times.
func (p *sheetPlan) event(r *sheetRow, keys bool) timeline.Event {
	e := timeline.Event{
		Kind: kindOf(p.text(r, "kind")), Severity: severityOf(p.text(r, "severity")),
		Origins: []timeline.Origin{r.origin}, Raw: withoutSecrets(r.raw),
		Components: listed(p.text(r, "component")), Regions: listed(p.text(r, "region")),
		Actor: mailName(p.text(r, "actor")), Group: oneLine(p.text(r, "group")),
	}
	title, body, status := p.text(r, "title"), p.text(r, "body"), oneLine(p.text(r, "status"))
	switch {
	case title == "" && body == "":
		title = status
	case status != "" && title != "":
		title = statusWord(status) + ": " + title
	}
	say(&e, plainText(title))
	if e.Title == "" {
		say(&e, plainText(body))
	} else if body != "" {
		e.Body = strings.TrimSpace(e.Body + "\n" + cut(withoutSecrets(plainText(body)), maxText))
	}
	if e.Title == "" {
		e.Title = cut(oneLine(withoutSecrets(r.raw)), longTitle)
	}
	if strings.EqualFold(p.text(r, "severity"), "maintenance") || strings.EqualFold(p.text(r, "kind"), "maintenance") {
		addFlag(&e, timeline.FlagPlanned)
	}
	if url := p.text(r, "url"); strings.HasPrefix(url, "http") {
		e.URL = url
	}
	switch key := oneLine(p.text(r, "key")); {
	case keys:
		e.Key = key
	case e.Group == "":
		e.Group = key
	}
	return e
}

// uniqueKeys reports whether no two rows have the same key: else it names what
// they belong to.
func (p *sheetPlan) uniqueKeys(sh *sheet) bool {
	if len(p.columns["key"]) == 0 {
		return false
	}
	seen := map[string]bool{}
	for i := range sh.rows {
		key := p.text(&sh.rows[i], "key")
		if key == "" || seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

// listed splits a cell that names several things.
func listed(text string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
		if part = oneLine(part); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}

// sheetKinds are the words for kinds of events in tables.
var sheetKinds = []struct {
	kind  timeline.Kind
	words []string
}{
	{timeline.KindStatus, []string{"status", "statuspage", "update", "post"}},
	{timeline.KindAlert, []string{"alert", "alarm", "monitor", "monitoring"}},
	{timeline.KindPage, []string{"page", "paged", "paging", "escalation"}},
	{timeline.KindAck, []string{"ack", "acknowledge", "acknowledged", "acknowledgement"}},
	{timeline.KindChat, []string{"chat", "slack", "teams", "irc"}},
	{timeline.KindChange, []string{"change", "deploy", "deployment", "release", "rollback", "config", "configuration", "maintenance"}},
	{timeline.KindTicket, []string{"ticket", "jira", "issue", "case"}},
	{timeline.KindLog, []string{"log", "error"}},
	{timeline.KindComms, []string{"comms", "communication", "mail", "email", "statement", "press"}},
	{timeline.KindDecision, []string{"decision"}},
}

// kindOf is the kind that a word names; a note where it names none.
func kindOf(word string) timeline.Kind {
	word = strings.ToLower(strings.TrimSpace(word))
	for _, row := range sheetKinds {
		if slices.Contains(row.words, word) {
			return row.kind
		}
	}
	return timeline.KindNote
}
