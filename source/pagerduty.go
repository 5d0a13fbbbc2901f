package source

import (
	"slices"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var pagerdutyFormat = Format{
	Name:       "pagerduty",
	Doc:        "PagerDuty: log entries, an incident with its alerts and notes, change events, webhooks (version 3)",
	Recognised: "a type that ends in _log_entry, log_entries in an incident, or event.event_type of a webhook",
	Export:     "curl -H 'Authorization: Token token=…' 'https://api.pagerduty.com/incidents/ID/log_entries?limit=100'",
	Lasts:      "as long as the account",
	Sniff:      sniffPagerduty,
	Parse:      parseJSON(readPagerduty),
}

func sniffPagerduty(_ string, head []byte) int {
	values := topValues("", head)
	if len(values) == 0 {
		return 0
	}
	if values[0].get("log_entries").first() == '[' {
		return 95
	}
	for _, entry := range logEntries(values[0]) {
		if strings.HasSuffix(entry.str("type"), "_log_entry") {
			return 95
		}
	}
	if pagerHook(values[0]) || pagerObject(values[0]) {
		return 95
	}
	return 0
}

// logEntries finds the entries of a body: a page of the API, one entry, a bare
// list or an entry by itself.
func logEntries(body value) []value {
	list := append(body.items(), body.get("log_entries").items()...)
	if v := body.get("log_entry"); v.ok() {
		list = append(list, v)
	}
	if strings.HasSuffix(body.str("type"), "_log_entry") {
		list = append(list, body)
	}
	return list
}

// readPagerduty reads one page of log entries, or another answer of the API.
func readPagerduty(s *sink, body value) {
	if pagerHook(body) {
		readPagerHook(s, body)
		return
	}
	readPagerObjects(s, body)
	for _, v := range logEntries(body) {
		if !s.record(v, "a log entry") {
			continue
		}
		t, err := s.time(v.get("created_at"))
		if err != nil {
			s.bad(v.origin(), v.opening(), "a log entry without a time: created_at: %s", err)
			continue
		}
		s.event(logEntryEvent(v, t))
	}
}

// entryKinds says what kind of event a type of log entry is. A type that is
// not listed is a page: most of them move somebody.
var entryKinds = []struct {
	step string // type without _log_entry
	kind timeline.Kind
}{
	{"trigger", timeline.KindPage}, // an alert when a monitor did it
	{"acknowledge", timeline.KindAck},
	{"resolve", timeline.KindAlert},
	{"annotate", timeline.KindNote},
	{"status_update", timeline.KindComms},
	{"notify", timeline.KindPage},
	{"assign", timeline.KindPage},
	{"escalate", timeline.KindPage},
	{"delegate", timeline.KindPage},
	{"responder_request", timeline.KindPage},
	{"unacknowledge", timeline.KindPage},
	{"snooze", timeline.KindTicket},
	{"urgency_change", timeline.KindTicket},
	{"priority_change", timeline.KindTicket},
	{"field_value_change", timeline.KindTicket},
	{"custom_field_value_change", timeline.KindTicket},
	{"merge", timeline.KindTicket},
	{"link", timeline.KindTicket},
}

// entryKept are the fields of a log entry that are quoted. The channel can hold
// all that a monitor sent, keys included.
var entryKept = []string{
	"id", "type", "summary", "created_at", "agent.type", "agent.summary", "channel.type", "channel.summary", "channel.subject",
	"channel.content", "note", "message", "event_details.description", "incident.id", "incident.summary", "service.summary",
}

func logEntryEvent(v value, t when.Stamp) timeline.Event {
	step := strings.TrimSuffix(strings.TrimSuffix(v.str("type"), "_reference"), "_log_entry")
	e := timeline.Event{
		Kind:    timeline.KindPage,
		Origins: []timeline.Origin{v.origin()},
		Actor:   person(v.get("agent")),
		URL:     v.str("html_url"),
		Group:   v.get("incident").str("id"),
		Key:     v.str("id"),
		Step:    step,
		Raw:     v.kept(entryKept...),
	}
	for _, row := range entryKinds {
		if row.step == step {
			e.Kind = row.kind
		}
	}
	stamp(&e, t)
	if service := oneLine(v.get("service").str("summary", "name")); service != "" {
		e.Components = []string{service}
	}
	e.Title, e.Body = entryText(v, step)
	e.Title, e.Body = withoutSecrets(e.Title), withoutSecrets(bounded(e.Body))
	claimEntry(&e, v, step)
	return e
}

// person is the name of the agent of an entry; empty for a service, which acts
// for nobody.
func person(agent value) string {
	if kind := agent.str("type"); strings.Contains(kind, "service") || strings.Contains(kind, "integration") {
		return ""
	}
	return oneLine(agent.str("summary", "name"))
}

// entryText is what the entry says: the words of a note, else its summary with
// what the page is about.
func entryText(v value, step string) (title, body string) {
	channel := v.get("channel")
	if step == "annotate" || step == "status_update" {
		text := v.str("note", "message")
		if text == "" {
			text = channel.str("summary", "content")
		}
		if text != "" {
			return titleAndBody(plainText(text))
		}
	}
	title = oneLine(v.str("summary"))
	if title == "" {
		title = statusWord(step)
	}
	if about := entrySubject(v); about != "" && !strings.Contains(title, about) {
		title = strings.TrimSuffix(title, ".") + ": " + about
	}
	if step == "trigger" {
		body = plainText(channel.str("details", "body", "description"))
	}
	return title, body
}

// entrySubject is what the page is about, in the words nearest to its cause.
func entrySubject(v value) string {
	for _, text := range []string{
		v.get("event_details").str("description"), v.get("channel").str("subject"), v.get("incident").str("summary", "title"),
	} {
		if text = oneLine(plainText(text)); text != "" {
			return text
		}
	}
	return ""
}

// Channels of an entry: what triggered a page, or answered it.
var (
	monitorChannels = []string{"api", "nagios", "email", "events", "integration", "service", "cef", "webhook"}
	personChannels  = []string{"website", "web_trigger", "mobile", "sms", "phone", "slack", "note"}
)

// byMachine reports whether a program was behind the entry and not a person.
// The channel is the better witness: programs use the keys of persons.
func byMachine(v value) bool {
	channel, agent := v.get("channel").str("type"), v.get("agent").str("type")
	switch {
	case slices.Contains(personChannels, channel):
		return false
	case slices.Contains(monitorChannels, channel):
		return true
	}
	return !strings.HasPrefix(agent, "user") && agent != ""
}

// claimEntry gives an entry what it is evidence of. That a page was resolved is
// the word of a tool about its alert: it ends the incident only where nothing
// better does.
func claimEntry(e *timeline.Event, v value, step string) {
	claim := timeline.Claim{Time: e.Time, Precision: e.Precision, Rung: timeline.RungRecorded}
	machine := byMachine(v)
	switch step {
	case "trigger":
		claim.Milestone, claim.Rule, claim.By = timeline.Detected, "a page was triggered by hand", timeline.ByStaff
		if machine {
			e.Kind = timeline.KindAlert
			claim.Rule, claim.By = "a monitor triggered a page", timeline.ByMonitor
		}
	case "acknowledge":
		if machine && v.get("agent").ok() && !strings.HasPrefix(v.get("agent").str("type"), "user") {
			return // a rule took it, nobody did
		}
		claim.Milestone, claim.Rule = timeline.Acknowledged, "a page was acknowledged"
	case "resolve":
		claim.Milestone, claim.Rung = timeline.Resolved, timeline.RungDerived
		claim.Rule = "the page was resolved; nothing says more of the incident"
		if machine {
			cleared := claim
			cleared.Rung, cleared.Rule = timeline.RungRecorded, "an alert that cleared"
			for _, m := range []timeline.Milestone{timeline.Mitigated, timeline.ImpactEnd} {
				cleared.Milestone = m
				e.Claims = append(e.Claims, cleared)
			}
		}
	default:
		return
	}
	e.Claims = append(e.Claims, claim)
}
