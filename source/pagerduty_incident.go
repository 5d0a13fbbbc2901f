package source

import (
	"cmp"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// pagerObjects are the answers of the API besides log entries: the key that
// holds the records, the type of a record, and what reads one.
var pagerObjects = []struct {
	list, one string
	kind      string // "type" of a record
	read      func(s *sink, v value)
}{
	{"incidents", "incident", "incident", (*sink).pagerIncident},
	{"alerts", "alert", "alert", (*sink).pagerAlert},
	{"notes", "note", "note", (*sink).pagerNote},
	{"change_events", "change_event", "change_event", (*sink).pagerChange},
}

// readPagerObjects reads an answer of the API: one record or a list.
func readPagerObjects(s *sink, body value) {
	for _, row := range pagerObjects {
		list := body.get(row.list).items()
		if v := body.get(row.one); v.first() == '{' && !body.get("event").ok() {
			list = append(list, v)
		}
		for _, v := range list {
			if s.record(v, "a record of PagerDuty") {
				row.read(s, v)
			}
		}
	}
}

// pagerObject reports whether a body is such an answer.
func pagerObject(body value) bool {
	for _, row := range pagerObjects {
		list := body.get(row.list).items()
		if v := body.get(row.one); v.first() == '{' {
			list = append(list, v)
		}
		for _, v := range list[:min(1, len(list))] {
			service := v.get("service").str("type")
			switch {
			case v.str("type") == row.kind && (strings.HasPrefix(service, "service") || row.list == "change_events"):
				return true
			case row.list == "notes" && v.get("channel").ok() && v.get("user").str("type") != "" && v.get("content").ok():
				return true
			}
		}
	}
	return false
}

// pagerIncident tells what an incident itself keeps: that it was opened, who
// has it now, who took it, and its end. What came between stands in its log.
func (s *sink) pagerIncident(v value) {
	opened, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an incident without a time: created_at: %s", err)
		return
	}
	e := pagerEvent(v, v.get("created_at"), "trigger", opened)
	by := triggeredBy(v.get("first_trigger_log_entry"))
	e.Kind = timeline.KindPage
	if by == timeline.ByMonitor {
		e.Kind = timeline.KindAlert
	}
	e.Title = "Page triggered: " + pagerTitle(v)
	e.Severity = severityOf(v.get("priority").str("summary", "name"))
	e.Raw = v.kept("id", "incident_number", "title", "summary", "created_at", "status", "urgency", "priority.summary", "service.summary")
	e.URL = withoutSecrets(v.str("html_url"))
	e.Claims = []timeline.Claim{{
		Milestone: timeline.Detected, Time: opened.Time, Precision: opened.Precision,
		Rung: timeline.RungRecorded, Rule: "a page was triggered", By: by,
	}}
	s.event(e)
	s.pagerPeople(v, "assignments", "assignee", "at", "Assigned to ", timeline.KindPage)
	s.pagerPeople(v, "incidents_responders", "user", "requested_at", "Asked to help: ", timeline.KindPage)
	s.pagerPeople(v, "acknowledgements", "acknowledger", "at", "Acknowledged by ", timeline.KindAck)
	s.pagerEnd(v)
}

// triggeredBy says who noticed, by the summary of the entry that triggered.
func triggeredBy(entry value) string {
	summary := strings.ToLower(entry.str("summary"))
	switch {
	case strings.Contains(summary, "website") || strings.Contains(summary, "mobile") || strings.Contains(summary, "manual"):
		return timeline.ByStaff
	case strings.Contains(summary, " api") || strings.Contains(summary, "email") || strings.Contains(summary, "integration") || strings.Contains(summary, "event"):
		return timeline.ByMonitor
	}
	return ""
}

// pagerEvent begins an event of an incident; at is the place of its time.
func pagerEvent(incident, at value, step string, t when.Stamp) timeline.Event {
	e := timeline.Event{
		Origins: []timeline.Origin{at.origin()},
		Group:   incident.str("id"),
		Key:     incident.str("id"),
		Step:    step,
	}
	stamp(&e, t)
	if service := oneLine(incident.get("service").str("summary", "name")); service != "" {
		e.Components = []string{service}
	}
	return e
}

// pagerTitle is what an incident is about, without its number.
func pagerTitle(v value) string {
	return withoutSecrets(oneLine(plainText(v.str("title", "summary", "description", "id"))))
}

// pagerPeople yields one event for each row of a list of people.
func (s *sink) pagerPeople(incident value, list, who, when, words string, kind timeline.Kind) {
	for _, v := range incident.get(list).items() {
		at := v.get(when)
		name := mailName(v.get(who).str("summary", "name"))
		t, err := s.time(at)
		if err != nil {
			s.bad(v.origin(), v.opening(), "a row of %s without a time: %s: %s", list, when, err)
			continue
		}
		e := pagerEvent(incident, v, list+" "+v.get(who).str("id")+" "+at.text(), t)
		e.Kind, e.Title = kind, words+name
		e.Raw = v.kept(when, who+".summary", "state", "message", "requester.summary")
		switch kind {
		case timeline.KindAck:
			e.Actor = name
			e.Claims = []timeline.Claim{{
				Milestone: timeline.Acknowledged, Time: t.Time, Precision: t.Precision,
				Rung: timeline.RungRecorded, Rule: "a page was acknowledged",
			}}
		default:
			e.Actor = mailName(v.get("requester").str("summary"))
			e.Body = withoutSecrets(plainText(v.str("message")))
		}
		s.event(e)
	}
}

// pagerEnd yields that the incident was resolved.
func (s *sink) pagerEnd(v value) {
	if v.str("status") != "resolved" && !v.get("resolved_at").ok() {
		return
	}
	at := v.get("resolved_at")
	if !at.ok() {
		at = v.get("last_status_change_at")
	}
	t, err := s.time(at)
	if err != nil {
		s.bad(v.origin(), v.opening(), "an incident that is resolved without a time: resolved_at: %s", err)
		return
	}
	e := pagerEvent(v, at, "resolve", t)
	e.Kind = timeline.KindAlert
	e.Title = "Page resolved: " + pagerTitle(v)
	e.Actor = person(v.get("last_status_change_by"))
	e.Raw = v.kept("id", "title", "status", "resolved_at", "last_status_change_at", "last_status_change_by.summary", "resolve_reason.type")
	e.Claims = []timeline.Claim{{
		Milestone: timeline.Resolved, Time: t.Time, Precision: t.Precision,
		Rung: timeline.RungDerived, Rule: "the page was resolved; nothing says more of the incident",
	}}
	if by := v.get("last_status_change_by").str("type"); strings.Contains(by, "service") || strings.Contains(by, "integration") {
		for _, m := range []timeline.Milestone{timeline.Mitigated, timeline.ImpactEnd} {
			e.Claims = append(e.Claims, timeline.Claim{
				Milestone: m, Time: t.Time, Precision: t.Precision, Rung: timeline.RungRecorded, Rule: "an alert that cleared",
			})
		}
	}
	s.event(e)
}

// pagerAlert tells an alert of an incident. When it cleared is not kept in it.
func (s *sink) pagerAlert(v value) {
	t, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an alert without a time: created_at: %s", err)
		return
	}
	e := pagerEvent(v, v, "trigger", t)
	e.Kind = timeline.KindAlert
	e.Title = "Alert fired: " + pagerTitle(v)
	e.Severity = severityOf(v.str("severity"))
	e.URL = withoutSecrets(v.str("html_url"))
	e.Raw = v.kept("id", "summary", "created_at", "status", "severity", "suppressed", "service.summary", "integration.summary")
	if id := v.get("incident").str("id"); id != "" {
		e.Group = id
	}
	if v.str("suppressed") != "true" && e.Severity != timeline.SeverityInfo {
		e.Claims = []timeline.Claim{{
			Milestone: timeline.Detected, Time: t.Time, Precision: t.Precision,
			Rung: timeline.RungRecorded, Rule: "an alert fired", By: timeline.ByMonitor,
		}, {
			Milestone: timeline.ImpactStart, NotAfter: t.Time, Precision: t.Precision,
			Rung: timeline.RungRecorded, Rule: "an alert fired: impact had begun by then",
		}}
	}
	s.event(e)
}

func (s *sink) pagerNote(v value) {
	t, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "a note without a time: created_at: %s", err)
		return
	}
	e := pagerEvent(v, v, "annotate", t)
	e.Kind, e.Group = timeline.KindNote, ""
	e.Actor = mailName(v.get("user").str("summary", "name"))
	e.Said = t.Time
	e.Raw = v.kept("id", "user.summary", "content", "created_at", "updated_at")
	say(&e, plainText(v.str("content")))
	e.Title = cmp.Or(e.Title, "(a note without text)")
	s.locateBy(&e, "", t)
	if strings.HasPrefix(v.get("user").str("type"), "bot") {
		addFlag(&e, timeline.FlagBot)
	}
	s.edited(&e, v.get("updated_at"), t)
	s.event(e)
}

// edited flags an event whose record was changed well after it was made.
func (s *sink) edited(e *timeline.Event, changed value, made when.Stamp) {
	if t, err := s.time(changed); err == nil && t.Time.Sub(made.Time) > time.Minute {
		addFlag(e, timeline.FlagEdited)
		e.Said = t.Time
	}
}

func (s *sink) pagerChange(v value) {
	t, err := s.time(v.get("timestamp"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "a change without a time: timestamp: %s", err)
		return
	}
	e := pagerEvent(v, v, "change", t)
	e.Kind, e.Group = timeline.KindChange, ""
	e.Raw = v.kept("id", "timestamp", "summary", "source", "services.summary")
	say(&e, v.str("summary", "id"))
	e.Title = cmp.Or(e.Title, "(a change without a summary)")
	for _, service := range v.get("services").items() {
		if name := oneLine(service.str("summary")); name != "" {
			e.Components = append(e.Components, name)
		}
	}
	e.URL = withoutSecrets(firstItem(v.get("links")).str("href"))
	s.event(e)
}
