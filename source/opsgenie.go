package source

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var opsgenieFormat = Format{
	Name:       "opsgenie",
	Doc:        "Opsgenie and JSM alerts: GET /v2/alerts, an alert's logs and notes, webhook bodies",
	Recognised: "tinyId and the keys of an alert, its logs, or action and alert of a webhook",
	Export:     "curl -H 'Authorization: GenieKey …' 'https://api.opsgenie.com/v2/alerts/ID/logs?identifierType=id'",
	Lasts:      "what the plan keeps; the product ends in April 2027",
	Sniff:      sniffOpsgenie,
	Parse:      parseJSON(readOpsgenie),
}

func sniffOpsgenie(_ string, head []byte) int {
	for _, v := range firstRecords(head, "data") {
		data := v.get("data")
		switch {
		case opsgenieHook(v), opsgenieAlert(v), opsgenieAlert(data):
			return 95
		case opsgenieLog(v):
			return 92
		}
	}
	return 0
}

func opsgenieHook(v value) bool {
	return v.str("action") != "" && v.get("alert").str("alertId") != ""
}

func opsgenieAlert(v value) bool {
	return v.str("tinyId") != "" && v.str("createdAt") != "" && v.str("message") != ""
}

// opsgenieLog reports whether a record is an entry of an alert's log or one of
// its notes.
func opsgenieLog(v value) bool {
	return v.str("createdAt") != "" && v.str("offset") != "" && (v.str("log") != "" || v.str("note") != "")
}

// readOpsgenie reads a webhook, or an answer of the API.
func readOpsgenie(s *sink, body value) {
	if opsgenieHook(body) {
		if s.record(body, "a webhook") {
			s.opsgenieHook(body)
		}
		return
	}
	list := append(body.items(), body.get("data").items()...)
	if v := body.get("data"); v.first() == '{' {
		list = append(list, v)
	} else if body.first() == '{' && v.first() == 0 {
		list = append(list, body)
	}
	for _, v := range list {
		switch {
		case !s.record(v, "an alert"):
		case v.str("log", "note") != "" && v.str("tinyId") == "":
			s.opsgenieLog(v)
		default:
			s.opsgenieAlert(v)
		}
	}
}

// opsgenieActions are the actions of webhooks, and the words by which the log
// tells of them; the first row that fits counts.
var opsgenieActions = []struct {
	action string // of a webhook, lower case
	log    []string
	step   string
	kind   timeline.Kind
	words  string
}{
	{"create", []string{"alert created", "created via", "created by"}, "create", timeline.KindAlert, "Alert fired"},
	{"unacknowledge", []string{"unacknowledged", "un-acknowledged"}, "unacknowledge", timeline.KindPage, "Alert no longer acknowledged"},
	{"acknowledge", []string{"acknowledged"}, "acknowledge", timeline.KindAck, "Alert acknowledged"},
	{"close", []string{"alert closed", "closed via", "closed by"}, "close", timeline.KindAlert, "Alert closed"},
	{"delete", []string{"deleted"}, "delete", timeline.KindTicket, "Alert deleted"},
	{"addnote", []string{"note added", "added note"}, "note", timeline.KindNote, "Note"},
	{"escalate", []string{"escalat"}, "escalate", timeline.KindPage, "Alert escalated"},
	{"escalatenext", nil, "escalate", timeline.KindPage, "Alert escalated"},
	{"assignownership", []string{"assigned"}, "assign", timeline.KindPage, "Alert assigned"},
	{"takeownership", []string{"ownership"}, "assign", timeline.KindPage, "Alert taken over"},
	{"addrecipient", nil, "assign", timeline.KindPage, "Recipient added"},
	{"addresponder", []string{"responder"}, "assign", timeline.KindPage, "Responder added"},
	{"addteam", []string{"team"}, "assign", timeline.KindPage, "Team added"},
	{"snooze", []string{"snooze"}, "snooze", timeline.KindTicket, "Alert snoozed"},
	{"updatepriority", []string{"priority"}, "priority", timeline.KindTicket, "Priority"},
	{"", []string{"sent", "notif", "called", "e-mail", "email", "sms", "push"}, "notify", timeline.KindPage, ""},
}

// opsgenieHook reads a webhook. Its times are epochs of several units: when
// the alert was made, and when the action was.
func (s *sink) opsgenieHook(body value) {
	a := body.get("alert")
	action := strings.ToLower(body.str("action"))
	at := a.get("updatedAt")
	if action == "create" || !at.ok() {
		at = a.get("createdAt")
	}
	t, err := s.time(at)
	if err != nil {
		s.bad(body.origin(), body.opening(), "a webhook without a time: createdAt, updatedAt: %s", err)
		return
	}
	e := s.opsgenieEvent(a, body, t)
	e.Group = a.str("alertId")
	e.Kind, e.Step = timeline.KindTicket, action
	e.Title = statusWord(spacedWords(body.str("action")))
	for _, row := range opsgenieActions {
		if row.action == action {
			e.Kind, e.Step, e.Title = row.kind, row.step, row.words
		}
	}
	e.Key = e.Group + " " + t.Time.Format(time.RFC3339Nano)
	e.Raw = body.kept("action", "source.type", "alert.alertId", "alert.tinyId", "alert.message", "alert.alias", "alert.priority",
		"alert.note", "alert.entity", "alert.createdAt", "alert.updatedAt")
	machine := opsgenieMachine(body.get("source").str("type"))
	if e.Step != "create" || !machine {
		e.Actor = mailName(a.str("username"))
	}
	about := withoutSecrets(oneLine(a.str("message")))
	switch {
	case e.Step == "note" && a.str("note") != "":
		say(&e, a.str("note"))
		e.Said = t.Time
	case e.Step == "priority":
		e.Title += " " + a.str("priority") + ": " + about
	default:
		e.Title += ": " + about
	}
	if e.Step == "create" {
		e.Body = withoutSecrets(bounded(plainText(a.str("description"))))
	}
	claimOpsgenie(&e, machine)
	s.event(e)
}

// spacedWords takes a name such as AddTags apart.
func spacedWords(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte(' ')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return oneLine(b.String())
}

// opsgenieMachine reports whether the source of an action is a program.
func opsgenieMachine(kind string) bool {
	switch strings.ToLower(kind) {
	case "web", "mobile", "ios", "android", "phone", "voice", "sms", "slack", "user":
		return false
	}
	return true
}

// opsgeniePerson is the name of who acted; empty for a program.
func opsgeniePerson(name string) string {
	if strings.EqualFold(name, "system") || strings.EqualFold(name, "api") {
		return ""
	}
	return mailName(name)
}

// opsgenieEvent begins an event of an alert; at is the record it stands in.
func (s *sink) opsgenieEvent(a, at value, t when.Stamp) timeline.Event {
	e := timeline.Event{
		Kind:     timeline.KindAlert,
		Origins:  []timeline.Origin{at.origin()},
		Severity: severityOf(a.str("priority")),
		Group:    a.str("id", "alertId"),
	}
	stamp(&e, t)
	s.locate(&e)
	if entity := withoutSecrets(oneLine(a.str("entity"))); entity != "" {
		e.Components = []string{entity}
	}
	return e
}

// claimOpsgenie gives an event what its step is evidence of.
func claimOpsgenie(e *timeline.Event, machine bool) {
	claim := timeline.Claim{Time: e.Time, Precision: e.Precision, Rung: timeline.RungRecorded}
	switch e.Step {
	case "create":
		claim.Milestone, claim.Rule, claim.By = timeline.Detected, "an alert was made by hand", timeline.ByStaff
		if machine {
			claim.Rule, claim.By = "an alert fired", timeline.ByMonitor
		}
	case "acknowledge":
		claim.Milestone, claim.Rule = timeline.Acknowledged, "an alert was acknowledged"
	case "close":
		if machine {
			for _, m := range []timeline.Milestone{timeline.Mitigated, timeline.ImpactEnd} {
				claim.Milestone, claim.Rule = m, "an alert that cleared"
				e.Claims = append(e.Claims, claim)
			}
		}
		claim.Milestone, claim.Rung = timeline.Resolved, timeline.RungDerived
		claim.Rule = "the alert was closed; nothing says more of the incident"
	default:
		return
	}
	if e.Severity == timeline.SeverityInfo && e.Step == "create" {
		return
	}
	e.Claims = append(e.Claims, claim)
}

// opsgenieAlert reads an alert of the API: that it fired, and, where its report
// says so, that it was taken and closed.
func (s *sink) opsgenieAlert(a value) {
	t, err := s.time(a.get("createdAt"))
	if err != nil {
		s.bad(a.origin(), a.opening(), "an alert without a time: createdAt: %s", err)
		return
	}
	about := withoutSecrets(oneLine(a.str("message", "alias")))
	kept := func(e *timeline.Event, step string) {
		e.Step, e.Key = step, e.Group
		e.Raw = a.kept("id", "tinyId", "message", "alias", "status", "acknowledged", "count", "priority", "entity", "createdAt",
			"lastOccurredAt", "updatedAt", "report.ackTime", "report.closeTime", "impactStartDate", "impactEndDate")
	}
	e := s.opsgenieEvent(a, a, t)
	kept(&e, "create")
	e.Title = "Alert fired: " + about
	e.Body = withoutSecrets(bounded(plainText(a.str("description"))))
	if n, err := strconv.Atoi(a.str("count")); err == nil && n > 1 && n < 1e9 {
		e.Count = n
		if last, err := s.time(a.get("lastOccurredAt")); err == nil && last.Time.After(t.Time) {
			e.End = last.Time
		}
	}
	claimOpsgenie(&e, opsgenieMachine(a.get("integration").str("type")))
	if a.get("impactStartDate").ok() {
		e.Kind, e.Title = timeline.KindTicket, "Incident opened: "+about
		e.Claims = []timeline.Claim{{
			Milestone: timeline.Declared, Time: t.Time, Precision: t.Precision, Rung: timeline.RungRecorded, Rule: "an incident was opened",
		}}
	}
	s.event(e)
	report := a.get("report")
	for _, row := range []struct{ field, by, step, words string }{
		{"ackTime", "acknowledgedBy", "acknowledge", "Alert acknowledged: "},
		{"closeTime", "closedBy", "close", "Alert closed: "},
	} {
		ms, err := strconv.ParseInt(report.str(row.field), 10, 64)
		if err != nil || ms <= 0 || ms > int64(10*365*24*time.Hour/time.Millisecond) {
			continue
		}
		// The report counts from the making of the alert.
		e := s.opsgenieEvent(a, report.get(row.field), t)
		kept(&e, row.step)
		e.Time, e.TimeText, e.Precision = t.Time.Add(time.Duration(ms)*time.Millisecond), t.Text+" + "+report.str(row.field)+" ms", when.Millisecond
		e.Title, e.Actor = row.words+about, opsgeniePerson(report.str(row.by))
		if row.step == "acknowledge" {
			e.Kind = timeline.KindAck
		}
		claimOpsgenie(&e, e.Actor == "")
		s.event(e)
	}
	s.opsgenieImpact(a, about)
}

// opsgenieImpact reads the hours of impact that an incident states.
func (s *sink) opsgenieImpact(a value, about string) {
	for _, row := range []struct {
		field string
		m     timeline.Milestone
		words string
	}{{"impactStartDate", timeline.ImpactStart, "Impact began: "}, {"impactEndDate", timeline.ImpactEnd, "Impact ended: "}} {
		at := a.get(row.field)
		if !at.ok() {
			continue
		}
		t, err := s.time(at)
		if err != nil {
			s.bad(at.origin(), at.opening(), "%s: %s", row.field, err)
			continue
		}
		e := s.opsgenieEvent(a, at, t)
		e.Kind, e.Title, e.Key, e.Step = timeline.KindTicket, row.words+about, e.Group, row.field
		e.Raw = a.kept("id", "tinyId", "message", row.field)
		e.Claims = []timeline.Claim{{
			Milestone: row.m, Time: t.Time, Precision: t.Precision, Rung: timeline.RungStated, Rule: "the field " + row.field + " of the incident",
		}}
		s.event(e)
	}
}

// opsgenieLog reads an entry of an alert's log, or a note. Neither says which
// alert it belongs to.
func (s *sink) opsgenieLog(v value) {
	t, err := s.time(v.get("createdAt"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "a log entry without a time: createdAt: %s", err)
		return
	}
	e := s.opsgenieEvent(value{}, v, t)
	e.Kind = timeline.KindTicket
	e.Key = "log " + v.str("offset") + " " + v.str("createdAt")
	e.Raw = v.kept("log", "note", "type", "createdAt", "offset")
	e.Actor = opsgeniePerson(v.str("owner"))
	system := e.Actor == ""
	text := v.str("log")
	if note := v.str("note"); note != "" {
		text, e.Kind, e.Step, e.Said = note, timeline.KindNote, "note", t.Time
	} else {
		e.Step, e.Kind = opsgenieStep(text)
	}
	say(&e, text)
	e.Title = cmp.Or(e.Title, "(an entry without text)")
	claimOpsgenie(&e, system)
	s.event(e)
}

// opsgenieStep finds the action that the words of a log entry tell of.
func opsgenieStep(text string) (step string, kind timeline.Kind) {
	text = strings.ToLower(cut(text, 200))
	for _, row := range opsgenieActions {
		for _, words := range row.log {
			if strings.Contains(text, words) {
				return row.step, row.kind
			}
		}
	}
	return "log", timeline.KindTicket
}
