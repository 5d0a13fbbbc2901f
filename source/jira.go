package source

import (
	"cmp"
	"slices"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var jiraFormat = Format{
	Name:       "jira",
	Doc:        "Jira and JSM issues with changelog and comments: GET /issue/KEY?expand=changelog, search results, webhooks",
	Recognised: "key and fields of an issue, or items of a changelog",
	Export:     "curl -u … 'https://HOST/rest/api/2/issue/KEY?expand=changelog'",
	Lasts:      "as long as the project",
	Sniff:      sniffJira,
	Parse:      parseJSON(readJira),
}

var jiraKey = expression(`^[A-Z][A-Z0-9_]*-\d+$`)

func sniffJira(_ string, head []byte) int {
	for _, v := range firstRecords(head, "issues", "values", "histories", "comments") {
		switch {
		case jiraIssue(v), jiraIssue(v.get("issue")):
			return 95
		case jiraHistory(v):
			return 90
		}
	}
	return 0
}

func jiraIssue(v value) bool {
	return jiraKey.MatchString(v.str("key")) && v.get("fields").first() == '{'
}

// jiraHistory reports whether a record is a row of a changelog.
func jiraHistory(v value) bool {
	return v.str("created") != "" && firstItem(v.get("items")).str("field") != ""
}

// readJira reads an issue, a list of them, a webhook, or a page of a changelog.
func readJira(s *sink, body value) {
	list := append(body.items(), body.get("issues").items()...)
	if v := body.get("issue"); jiraIssue(v) {
		list = append(list, v)
	}
	if jiraIssue(body) {
		list = append(list, body)
	}
	for _, v := range list {
		switch {
		case !s.record(v, "an issue"):
		case jiraHistory(v):
			s.jiraHistory(&ticket{}, v)
		default:
			s.jiraIssue(v)
		}
	}
	for _, key := range []string{"values", "histories"} {
		for _, v := range body.get(key).items() {
			if s.record(v, "a row of the changelog") {
				s.jiraHistory(&ticket{}, v)
			}
		}
	}
	if body.get("webhookEvent").ok() {
		s.jiraHook(body)
	}
}

// ticket is what all events of an issue share.
type ticket struct {
	key, url   string
	severity   timeline.Severity
	components []string
	incident   bool // its type says that it is an incident
}

func jiraTicket(v value) *ticket {
	fields := v.get("fields")
	t := &ticket{key: v.str("key"), severity: severityOf(fields.get("priority").str("name"))}
	kind := strings.ToLower(fields.get("issuetype").str("name"))
	t.incident = strings.Contains(kind, "incident") || strings.Contains(kind, "outage")
	if host, _, ok := strings.Cut(v.str("self"), "/rest/"); ok && strings.HasPrefix(host, "http") {
		t.url = withoutSecrets(host + "/browse/" + t.key)
	}
	for _, c := range fields.get("components").items() {
		if name := oneLine(c.str("name")); name != "" {
			t.components = append(t.components, name)
		}
	}
	return t
}

func (t *ticket) event(at value, made when.Stamp) timeline.Event {
	e := timeline.Event{
		Kind: timeline.KindTicket, Origins: []timeline.Origin{at.origin()}, Severity: t.severity,
		Components: t.components, Group: t.key, URL: t.url,
	}
	stamp(&e, made)
	return e
}

// titled puts the key of the issue in front of a text.
func (t *ticket) titled(text string) string {
	if t.key == "" {
		return text
	}
	return t.key + ": " + text
}

func (s *sink) jiraIssue(v value) {
	t, fields := jiraTicket(v), v.get("fields")
	made, err := s.time(fields.get("created"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an issue without a time: fields.created: %s", err)
	} else {
		s.jiraOpened(t, v, made)
	}
	log := append(v.get("changelog", "histories").items(), v.get("changelog", "values").items()...)
	for _, h := range log {
		if s.record(h, "a row of the changelog") {
			s.jiraHistory(t, h)
		}
	}
	for _, c := range fields.get("comment", "comments").items() {
		if s.record(c, "a comment") {
			s.jiraComment(t, c)
		}
	}
	if at := fields.get("resolutiondate"); at.ok() && len(log) == 0 {
		s.jiraResolved(t, v, at)
	}
}

// jiraOpened tells that an issue was opened, and what its description says.
func (s *sink) jiraOpened(t *ticket, v value, made when.Stamp) {
	fields := v.get("fields")
	e := t.event(v, made)
	e.Key, e.Step = t.key, "opened"
	e.Actor = jiraPerson(fields.get("reporter"), fields.get("creator"))
	e.Title = withoutSecrets(t.titled("opened: " + oneLine(fields.str("summary"))))
	e.Raw = v.kept("key", "fields.summary", "fields.created", "fields.issuetype.name", "fields.priority.name", "fields.status.name",
		"fields.reporter.displayName")
	if t.incident {
		e.Claims = []timeline.Claim{{
			Milestone: timeline.Declared, Time: made.Time, Precision: made.Precision, Rung: timeline.RungRecorded,
			Rule: "a ticket of type incident was opened",
		}}
	}
	s.event(e)
	if text := jiraText(fields.get("description")); text != "" {
		d := t.event(fields.get("description"), made)
		d.Kind, d.Key, d.Step, d.Actor = timeline.KindChat, t.key, "description", e.Actor
		d.Raw = withoutSecrets(bounded(text))
		say(&d, t.titled(text))
		s.locateBy(&d, fields.get("reporter").str("timeZone"), made)
		s.event(d)
	}
}

// jiraPerson is the name of the first who has one. Addresses stay behind.
func jiraPerson(people ...value) string {
	for _, p := range people {
		if name := mailName(p.str("displayName", "name")); name != "" {
			return name
		}
	}
	return ""
}

// jiraNoise are fields whose changes tell nothing of an incident.
var jiraNoise = []string{
	"rank", "sprint", "worklogid", "timespent", "timeestimate", "timeoriginalestimate", "remoteworkitemlink", "remoteissuelink",
	"workflow", "project", "watchers", "votes",
}

// jiraDone are the names of states in which the work is over.
var jiraDone = []string{"done", "resolved", "closed", "completed", "fixed"}

const maxField = 120 // bytes of a field's value that a title shows

func (s *sink) jiraHistory(t *ticket, h value) {
	made, err := s.time(h.get("created"))
	if err != nil {
		s.bad(h.origin(), h.opening(), "a row of the changelog without a time: created: %s", err)
		return
	}
	var told []string
	e := t.event(h, made)
	for _, item := range h.get("items").items() {
		field := oneLine(item.str("field"))
		if slices.Contains(jiraNoise, strings.ToLower(field)) {
			continue
		}
		told = append(told, jiraChange(field, item))
		if to := strings.ToLower(item.str("toString")); field == "status" && t.incident && slices.Contains(jiraDone, to) {
			e.Claims = append(e.Claims, jiraResolvedClaim(made))
		}
	}
	if len(told) == 0 {
		return
	}
	e.Key, e.Step = strings.TrimSpace(t.key+" change "+h.str("id")), "changed"
	e.Actor = jiraPerson(h.get("author"))
	e.Raw = h.kept("id", "author.displayName", "created", "items.field", "items.fromString", "items.toString")
	say(&e, t.titled(strings.Join(told, "; ")))
	s.event(e)
}

// jiraChange tells the change of one field.
func jiraChange(field string, item value) string {
	from, to := oneLine(item.str("fromString")), oneLine(item.str("toString"))
	switch {
	case len(from) > maxField || len(to) > maxField:
		return field + " changed"
	case from == "":
		return field + " set to " + to
	case to == "":
		return field + " was " + from + ", now empty"
	}
	return field + " " + from + " to " + to
}

func jiraResolvedClaim(t when.Stamp) timeline.Claim {
	return timeline.Claim{
		Milestone: timeline.Resolved, Time: t.Time, Precision: t.Precision, Rung: timeline.RungDerived,
		Rule: "the ticket was resolved; nothing says more of the incident",
	}
}

// jiraResolved tells the end of an issue that came without its changelog.
func (s *sink) jiraResolved(t *ticket, v, at value) {
	done, err := s.time(at)
	if err != nil {
		s.bad(at.origin(), at.opening(), "resolutiondate: %s", err)
		return
	}
	e := t.event(at, done)
	e.Key, e.Step = t.key, "resolved"
	e.Title = t.titled("resolved")
	if how := oneLine(v.get("fields", "resolution").str("name")); how != "" {
		e.Title += " as " + how
	}
	e.Raw = v.kept("key", "fields.resolutiondate", "fields.resolution.name", "fields.status.name")
	if t.incident {
		e.Claims = []timeline.Claim{jiraResolvedClaim(done)}
	}
	s.event(e)
}

func (s *sink) jiraComment(t *ticket, c value) {
	made, err := s.time(c.get("created"))
	if err != nil {
		s.bad(c.origin(), c.opening(), "a comment without a time: created: %s", err)
		return
	}
	e := t.event(c, made)
	e.Kind, e.Severity = timeline.KindChat, ""
	e.Key, e.Step = strings.TrimSpace(t.key+" comment "+c.str("id")), "comment"
	e.Actor = jiraPerson(c.get("author"))
	text := jiraText(c.get("body"))
	e.Raw = c.kept("id", "author.displayName", "created", "updated") + "\n" + withoutSecrets(bounded(text))
	say(&e, text)
	e.Title = cmp.Or(e.Title, "(a comment without text)")
	s.locateBy(&e, c.get("author").str("timeZone"), made)
	if c.str("jsdPublic") == "false" || c.get("visibility").ok() {
		addFlag(&e, timeline.FlagInternal)
	}
	if c.get("author").str("accountType") == "app" {
		addFlag(&e, timeline.FlagBot)
	}
	s.edited(&e, c.get("updated"), made)
	s.event(e)
}

// jiraHook reads what a webhook adds to its issue: the change that it tells of,
// and a comment.
func (s *sink) jiraHook(body value) {
	t := jiraTicket(body.get("issue"))
	if c := body.get("comment"); c.first() == '{' && s.record(c, "a comment") {
		s.jiraComment(t, c)
	}
	items := body.get("changelog", "items")
	if len(items.items()) == 0 {
		return
	}
	made, err := s.time(body.get("timestamp"))
	if err != nil {
		s.bad(body.origin(), body.opening(), "a webhook without a time: timestamp: %s", err)
		return
	}
	var told []string
	e := t.event(body.get("changelog"), made)
	for _, item := range items.items() {
		told = append(told, jiraChange(oneLine(item.str("field")), item))
	}
	e.Key, e.Step = strings.TrimSpace(t.key+" change "+body.get("changelog").str("id")), "changed"
	e.Actor = jiraPerson(body.get("user"))
	e.Raw = body.get("changelog").kept("id", "items.field", "items.fromString", "items.toString")
	say(&e, t.titled(strings.Join(told, "; ")))
	s.event(e)
}
