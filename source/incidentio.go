package source

import (
	"cmp"
	"slices"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var incidentIOFormat = Format{
	Name:       "incident-io",
	Doc:        "incident.io: incidents with timestamps and updates, updates alone, alerts, actions and follow-ups",
	Recognised: "the keys of an incident, update, alert, action or follow-up",
	Export:     "curl -H 'Authorization: Bearer …' https://api.incident.io/v2/incidents; /v2/incident_updates?incident_id=ID",
	Lasts:      "as long as the account",
	Sniff:      sniffIncidentIO,
	Parse:      parseJSON(readIncidentIO),
}

// incidentIORecords are the records that can be told: what marks one, the keys
// that hold them, and what reads one. The first row that fits counts.
var incidentIORecords = []struct {
	list, one string
	marks     []string // keys that are there, be they null
	read      func(s *sink, v value)
}{
	{"incidents", "incident", []string{"incident_timestamp_values"}, (*sink).ioIncident},
	{"incidents", "incident", []string{"reference", "incident_status"}, (*sink).ioIncident},
	{"incident_updates", "incident_update", []string{"new_incident_status", "incident_id"}, (*sink).ioUpdate},
	{"alerts", "alert", []string{"alert_source_id", "created_at"}, (*sink).ioAlert},
	{"follow_ups", "follow_up", []string{"incident_id", "status", "title"}, (*sink).ioAction},
	{"actions", "action", []string{"incident_id", "status", "completed_at"}, (*sink).ioAction},
}

// ioReader is what reads a record; nil when it is none of incident.io.
func ioReader(v value) func(s *sink, v value) {
	if v.first() != '{' {
		return nil
	}
	for _, row := range incidentIORecords {
		if !slices.ContainsFunc(row.marks, func(key string) bool { return v.get(key).first() == 0 }) {
			return row.read
		}
	}
	return nil
}

func sniffIncidentIO(_ string, head []byte) int {
	var keys []string
	for _, row := range incidentIORecords {
		keys = append(keys, row.list)
	}
	for _, v := range firstRecords(head, keys...) {
		if ioReader(v) != nil {
			return 93
		}
		for _, row := range incidentIORecords {
			if ioReader(v.get(row.one)) != nil {
				return 93
			}
		}
	}
	return 0
}

// readIncidentIO reads one record, a list of them, or an answer of the API.
func readIncidentIO(s *sink, body value) {
	list := body.items()
	for i, row := range incidentIORecords {
		if i > 0 && row.list == incidentIORecords[i-1].list {
			continue
		}
		list = append(list, body.get(row.list).items()...)
		if v := body.get(row.one); v.first() == '{' {
			list = append(list, v)
		}
	}
	if ioReader(body) != nil {
		list = append(list, body)
	}
	for _, v := range list {
		if s.stopped() {
			return
		}
		if !s.record(v, "a record of incident.io") {
			continue
		}
		if read := ioReader(v); read != nil {
			read(s, v)
		} else {
			s.bad(v.origin(), v.opening(), "no incident, update, alert, action or follow-up of incident.io")
		}
	}
}

// stampNames are the names that tools and people give to the moments of an
// incident, and what each is. Names can be changed: a word in them is enough.
// Of the moments of impact, cause and mitigation the field is a statement of
// people; of the response it is the record itself.
var stampNames = []struct {
	word string
	m    timeline.Milestone
	rung timeline.Rung
}{
	{"impact start", timeline.ImpactStart, timeline.RungStated},
	{"impact began", timeline.ImpactStart, timeline.RungStated},
	{"impact end", timeline.ImpactEnd, timeline.RungStated},
	{"impact over", timeline.ImpactEnd, timeline.RungStated},
	{"detected", timeline.Detected, timeline.RungRecorded},
	{"acknowledged", timeline.Acknowledged, timeline.RungRecorded},
	{"reported", timeline.Declared, timeline.RungRecorded},
	{"accepted", timeline.Declared, timeline.RungRecorded},
	{"declared", timeline.Declared, timeline.RungRecorded},
	{"investigating", timeline.Engaged, timeline.RungRecorded},
	{"identified", timeline.Identified, timeline.RungStated},
	{"mitigated", timeline.Mitigated, timeline.RungStated},
	{"fixed", timeline.Mitigated, timeline.RungStated},
	{"resolved", timeline.Resolved, timeline.RungRecorded},
	{"closed", timeline.Closed, timeline.RungRecorded},
	{"started", timeline.ImpactStart, timeline.RungStated},
}

// stampClaim is what a named moment is evidence of; it is not ok for a name
// that is no milestone.
func stampClaim(name string, t when.Stamp) (timeline.Claim, bool) {
	lower := strings.ToLower(name)
	for _, row := range stampNames {
		if strings.Contains(lower, row.word) {
			return timeline.Claim{
				Milestone: row.m, Time: t.Time, Precision: t.Precision, Rung: row.rung,
				Rule: "the incident's field \"" + oneLine(cut(name, 60)) + "\"",
			}, true
		}
	}
	return timeline.Claim{}, false
}

// ioIncident tells an incident: that it was opened, the moments that were
// reached, and its updates.
func (s *sink) ioIncident(v value) {
	made, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an incident without a time: created_at: %s", err)
		return
	}
	e := ioEvent(v, v, made)
	e.Step = "opened"
	e.Title = strings.TrimSpace(v.str("reference") + " opened: " + withoutSecrets(oneLine(v.str("name"))))
	e.Body = withoutSecrets(bounded(plainText(v.str("summary"))))
	e.Actor = ioPerson(v.get("creator"))
	e.Raw = v.kept("id", "reference", "name", "created_at", "mode", "severity.name", "incident_status.name", "summary")
	mode := v.str("mode")
	if mode == "" || mode == "standard" {
		e.Claims = []timeline.Claim{{
			Milestone: timeline.Declared, Time: made.Time, Precision: made.Precision, Rung: timeline.RungRecorded,
			Rule: "an incident was opened",
		}}
	}
	s.event(e)
	for _, moment := range v.get("incident_timestamp_values").items() {
		s.ioMoment(v, moment, made)
	}
	for _, u := range v.get("updates").items() {
		if s.record(u, "an update") {
			s.ioUpdate(u)
		}
	}
}

// ioEvent begins an event of an incident.
func ioEvent(incident, at value, t when.Stamp) timeline.Event {
	e := timeline.Event{
		Kind:     timeline.KindTicket,
		Origins:  []timeline.Origin{at.origin()},
		Severity: severityOf(incident.get("severity").str("name")),
		Group:    incident.str("id"),
		Key:      incident.str("id"),
		URL:      withoutSecrets(incident.str("permalink")),
	}
	stamp(&e, t)
	if mode := incident.str("mode"); mode == "test" || mode == "tutorial" {
		addFlag(&e, timeline.FlagTest)
	}
	return e
}

// ioMoment tells a moment that was reached. A value of null was not.
func (s *sink) ioMoment(incident, moment value, made when.Stamp) {
	at := moment.get("value")
	if at.first() == '{' {
		at = at.get("value")
	}
	if !at.ok() {
		return
	}
	name := oneLine(moment.get("incident_timestamp").str("name"))
	t, err := s.time(at)
	if err != nil {
		s.bad(moment.origin(), moment.opening(), "%s: %s", name, err)
		return
	}
	claim, known := stampClaim(name, t)
	if known && claim.Milestone == timeline.Declared && t.Time.Equal(made.Time) {
		return // it is the time at which the incident was opened
	}
	e := ioEvent(incident, moment, t)
	e.Step = "moment " + moment.get("incident_timestamp").str("id", "name")
	e.Title = withoutSecrets(strings.TrimSuffix(name, " at") + ": " + oneLine(incident.str("name")))
	e.Raw = moment.kept("incident_timestamp.name", "value")
	if incident.str("mode") == "retrospective" {
		addFlag(&e, timeline.FlagBackdated)
		e.Observed = made.Time
	}
	if known && !e.HasFlag(timeline.FlagTest) {
		e.Claims = []timeline.Claim{claim}
	}
	s.event(e)
}

// ioUpdate tells an update of an incident: words of responders, a change of its
// state.
func (s *sink) ioUpdate(u value) {
	t, err := s.time(u.get("created_at"))
	if err != nil {
		s.bad(u.origin(), u.opening(), "an update without a time: created_at: %s", err)
		return
	}
	state := oneLine(u.get("new_incident_status").str("name"))
	e := timeline.Event{
		Kind:     timeline.KindChat,
		Origins:  []timeline.Origin{u.origin()},
		Severity: severityOf(u.get("new_severity").str("name")),
		Group:    u.str("incident_id"),
		Key:      u.str("id"),
		Step:     "update",
		Actor:    ioPerson(u.get("updater")),
		Said:     t.Time,
		Raw:      u.kept("id", "incident_id", "created_at", "message", "new_incident_status.name", "new_severity.name"),
	}
	stamp(&e, t)
	s.locate(&e)
	say(&e, plainText(u.str("message")))
	switch {
	case e.Title == "" && state != "":
		e.Kind, e.Title = timeline.KindTicket, "Status: "+state
	case e.Title == "":
		e.Kind, e.Title = timeline.KindTicket, "Update"
	case state != "":
		e.Title = state + ": " + e.Title
	}
	switch u.get("new_incident_status").str("category") {
	case "learning", "closed":
		e.Claims = []timeline.Claim{{
			Milestone: timeline.Resolved, Time: t.Time, Precision: t.Precision, Rung: timeline.RungDerived,
			Rule: "the incident left the state \"live\"",
		}}
	}
	s.event(e)
}

// ioPerson is the name of who acted: a person, or the key of a program.
func ioPerson(v value) string {
	for _, who := range []value{v.get("user"), v.get("api_key"), v.get("alert"), v.get("workflow"), v} {
		if name := mailName(who.str("name", "title")); name != "" {
			return name
		}
	}
	return ""
}

func (s *sink) ioAlert(v value) {
	t, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an alert without a time: created_at: %s", err)
		return
	}
	e := ioEvent(v, v, t)
	e.Kind, e.Step = timeline.KindAlert, "firing"
	e.Title = "Alert fired: " + withoutSecrets(oneLine(v.str("title")))
	e.Body = withoutSecrets(bounded(plainText(v.str("description"))))
	e.URL = withoutSecrets(v.str("source_url"))
	e.Raw = v.kept("id", "title", "description", "created_at", "resolved_at", "status", "deduplication_key")
	for _, a := range v.get("attributes").items() {
		text := oneLine(a.get("value").str("label", "literal"))
		switch strings.ToLower(a.get("attribute").str("name")) {
		case "severity", "priority":
			e.Severity = severityOf(text)
		case "service", "component", "team service":
			e.Components = append(e.Components, text)
		case "region":
			e.Regions = append(e.Regions, text)
		}
	}
	if e.Severity != timeline.SeverityInfo {
		e.Claims = []timeline.Claim{
			{Milestone: timeline.Detected, Time: t.Time, Precision: t.Precision, Rung: timeline.RungRecorded, Rule: "an alert fired", By: timeline.ByMonitor},
			{Milestone: timeline.ImpactStart, NotAfter: t.Time, Precision: t.Precision, Rung: timeline.RungRecorded, Rule: "an alert fired: impact had begun by then"},
		}
	}
	s.event(e)
	if at := v.get("resolved_at"); at.ok() {
		s.ioCleared(e, at)
	}
}

// ioCleared tells that an alert cleared.
func (s *sink) ioCleared(e timeline.Event, at value) {
	t, err := s.time(at)
	if err != nil {
		s.bad(at.origin(), at.opening(), "resolved_at: %s", err)
		return
	}
	claims := len(e.Claims)
	stamp(&e, t)
	e.Step, e.Claims, e.Body = "resolved", nil, ""
	e.Title = "Alert cleared: " + strings.TrimPrefix(e.Title, "Alert fired: ")
	e.Origins = []timeline.Origin{at.origin()}
	if claims > 0 {
		for _, m := range []timeline.Milestone{timeline.Mitigated, timeline.ImpactEnd} {
			e.Claims = append(e.Claims, timeline.Claim{
				Milestone: m, Time: t.Time, Precision: t.Precision, Rung: timeline.RungRecorded, Rule: "an alert that cleared",
			})
		}
	}
	s.event(e)
}

// ioAction tells an action or a follow-up: work that came out of an incident.
func (s *sink) ioAction(v value) {
	t, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an action without a time: created_at: %s", err)
		return
	}
	e := timeline.Event{
		Kind:    timeline.KindTicket,
		Topic:   timeline.TopicAction,
		Origins: []timeline.Origin{v.origin()},
		Group:   v.str("incident_id"),
		Key:     v.str("id"),
		Step:    "action",
		Raw:     v.kept("id", "incident_id", "title", "description", "status", "created_at", "completed_at", "assignee.name"),
	}
	stamp(&e, t)
	text := plainText(v.str("title"))
	if text == "" {
		text = plainText(v.str("description"))
	} else if more := plainText(v.str("description")); more != text {
		text += "\n" + more
	}
	say(&e, text)
	e.Title = cmp.Or(e.Title, "(an action without text)")
	e.Action = &timeline.Action{
		Text:  e.Title,
		Owner: ioPerson(v.get("assignee")),
		State: ioState(v.str("status")),
		Link:  withoutSecrets(v.get("external_issue_reference").str("issue_permalink")),
	}
	s.event(e)
}

// ioState is the state of an action in the words of a review.
func ioState(status string) string {
	switch status {
	case "outstanding":
		return "open"
	case "completed":
		return "done"
	case "not_doing", "deleted":
		return "dropped"
	}
	return oneLine(status)
}
