package source

import (
	"strings"

	"pir/timeline"
)

// pagerSteps are the events of a webhook: the step in the life of the incident,
// as its log names it, and the words for it.
var pagerSteps = []struct {
	event string // event_type without "incident."
	step  string // as in the log; empty where the log has none
	kind  timeline.Kind
	words string
}{
	{"triggered", "trigger", timeline.KindPage, "Page triggered"},
	{"acknowledged", "acknowledge", timeline.KindAck, "Page acknowledged"},
	{"unacknowledged", "unacknowledge", timeline.KindPage, "Page no longer acknowledged"},
	{"resolved", "resolve", timeline.KindAlert, "Page resolved"},
	{"reopened", "reopen", timeline.KindPage, "Page opened again"},
	{"delegated", "delegate", timeline.KindPage, "Page delegated"},
	{"escalated", "escalate", timeline.KindPage, "Page escalated"},
	{"reassigned", "assign", timeline.KindPage, "Page reassigned"},
	{"annotated", "annotate", timeline.KindNote, "Note"},
	{"status_update_published", "status_update", timeline.KindComms, "Status update"},
	{"responder.added", "responder_request", timeline.KindPage, "Responder asked"},
	{"responder.replied", "responder_reply", timeline.KindPage, "Responder answered"},
	{"priority_updated", "priority_change", timeline.KindTicket, "Priority"},
	{"incident_type.changed", "type_change", timeline.KindTicket, "Type of incident changed"},
	{"custom_field_values.updated", "custom_field_value_change", timeline.KindTicket, "Field changed"},
	{"conference_bridge.updated", "conference", timeline.KindTicket, "Conference bridge set up"},
	{"workflow.started", "workflow", timeline.KindTicket, "Workflow started"},
	{"workflow.completed", "workflow", timeline.KindTicket, "Workflow completed"},
}

// pagerHook reports whether a body is a webhook of version 3.
func pagerHook(body value) bool {
	event := body.get("event")
	return event.str("event_type") != "" && event.get("occurred_at").ok() && event.get("data").first() != 0
}

// pagerHookKept are the fields of a webhook that are quoted: numbers of
// conferences are none of them.
var pagerHookKept = []string{
	"id", "event_type", "occurred_at", "agent.summary", "data.id", "data.title", "data.status", "data.urgency", "data.priority.summary",
	"data.service.summary", "data.assignees.summary", "data.incident.summary", "data.content", "data.message", "data.trimmed",
	"data.user.summary", "data.state",
}

// readPagerHook reads one webhook body.
func readPagerHook(s *sink, body value) {
	v := body.get("event")
	if !s.record(v, "an event") {
		return
	}
	t, err := s.time(v.get("occurred_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "an event without a time: occurred_at: %s", err)
		return
	}
	data := v.get("data")
	incident := data
	if data.get("incident").ok() {
		incident = data.get("incident")
	}
	name := strings.TrimPrefix(v.str("event_type"), "incident.")
	e := timeline.Event{
		Kind:    timeline.KindTicket,
		Title:   statusWord(strings.ReplaceAll(name, ".", " ")),
		Origins: []timeline.Origin{v.origin()},
		Actor:   person(v.get("agent")),
		URL:     withoutSecrets(incident.str("html_url")),
		Group:   incident.str("id"),
		Key:     v.str("id"),
		Step:    name,
		Raw:     v.kept(pagerHookKept...),
	}
	stamp(&e, t)
	if service := oneLine(data.get("service").str("summary")); service != "" {
		e.Components = []string{service}
	}
	e.Severity = severityOf(data.get("priority").str("summary"))
	for _, row := range pagerSteps {
		if row.event == name {
			e.Kind, e.Title, e.Step = row.kind, row.words, row.step
		}
	}
	if strings.HasPrefix(name, "pagey.") {
		addFlag(&e, timeline.FlagTest)
	}
	pagerHookText(&e, data, incident)
	s.locate(&e)
	claimHook(&e, v)
	s.event(e)
}

// pagerHookText is what a webhook says: the words of a note or an update, else
// its title with what the incident is about.
func pagerHookText(e *timeline.Event, data, incident value) {
	text := plainText(data.str("content", "message"))
	if data.str("trimmed") == "true" {
		text += "\n[cut by PagerDuty]"
	}
	about := pagerTitle(incident)
	switch e.Step {
	case "annotate", "status_update":
		if text != "" {
			e.Said = e.Time
			say(e, text)
			return
		}
	case "priority_change":
		if p := data.get("priority").str("summary"); p != "" {
			e.Title += " " + p
		} else {
			e.Title += " taken off"
		}
	case "assign", "delegate", "escalate":
		var names []string
		for _, a := range data.get("assignees").items() {
			names = append(names, mailName(a.str("summary")))
		}
		if len(names) > 0 {
			e.Title += " to " + strings.Join(names, ", ")
		}
	case "responder_request", "responder_reply":
		if who := mailName(data.get("user").str("summary")); who != "" {
			e.Title += ": " + who
		}
		e.Body = withoutSecrets(text)
	}
	if about != "" {
		e.Title = withoutSecrets(oneLine(e.Title + ": " + about))
	}
}

// claimHook gives a webhook the claims of the log entry that it tells of.
func claimHook(e *timeline.Event, v value) {
	claimEntry(e, v, e.Step)
	if v.get("agent").ok() {
		return
	}
	for i := range e.Claims {
		if c := &e.Claims[i]; c.Milestone == timeline.Detected {
			c.By, c.Rule = "", "a page was triggered" // nothing says by whom
		}
	}
}
