package source

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var alertmanagerFormat = Format{
	Name:       "alertmanager",
	Doc:        "Prometheus Alertmanager: webhook bodies (version 4), one or many; alerts, groups and silences of its API and of amtool",
	Recognised: "alerts with labels and startsAt, beside receiver or groupKey; or with a fingerprint",
	Export:     "keep the bodies that it posts to a webhook; amtool alert query -o json; curl HOST:9093/api/v2/alerts",
	Lasts:      "alerts minutes after they end; silences 5 days after they end; export them first",
	Sniff:      sniffAlertmanager,
	Parse:      parseJSON(readAlerts),
}

func sniffAlertmanager(_ string, head []byte) int {
	body, alert := firstAlert(head)
	if isSilence(alert) {
		return 90
	}
	switch {
	case alert.first() != '{' || !alert.get("labels").ok() || !alert.get("startsAt").ok():
		if body.get("alerts").first() == '[' && (body.get("groupKey").ok() || body.get("receiver").ok()) {
			return 80 // an empty group
		}
		return 0
	case body.get("groupKey").ok() || body.get("receiver").ok():
		return 90
	case alert.get("fingerprint").ok():
		return 85
	}
	return 60
}

// firstAlert gives the first body of a file of alerts, and its first alert.
func firstAlert(head []byte) (body, alert value) {
	values := topValues("", head)
	if len(values) == 0 {
		return value{}, value{}
	}
	body = values[0]
	if list := body.get("alerts").items(); len(list) > 0 {
		return body, list[0]
	}
	if list := body.items(); len(list) > 0 {
		if nested := list[0].get("alerts").items(); len(nested) > 0 {
			return list[0], nested[0] // a group of the API
		}
		return body, list[0]
	}
	return body, value{}
}

// readAlerts reads one body: a webhook, or the bare lists of GET /api/v2/alerts,
// /alerts/groups and /silences.
func readAlerts(s *sink, body value) {
	var list []value
	for _, v := range append(body.items(), body.get("alerts").items()...) {
		if group := v.get("alerts"); group.first() == '[' {
			list = append(list, group.items()...)
			continue
		}
		list = append(list, v)
	}
	for _, v := range list {
		if !s.record(v, "an alert") {
			continue
		}
		if isSilence(v) {
			s.silence(v)
			continue
		}
		a, err := s.alert(v)
		a.told = a.raw()
		if err != nil {
			s.bad(v.origin(), a.told, "an alert without a time: startsAt: %s", err)
			continue
		}
		s.alertEvents(a)
	}
	if v := body.get("truncatedAlerts"); v.ok() && v.text() != "0" {
		s.bad(v.origin(), v.opening(), "%s alerts of this delivery were left out by its sender (max_alerts)", v.text())
	}
}

// alert is one alert of a delivery.
type alert struct {
	v              value
	name           string
	starts, ends   when.Stamp // a zero ends is none, or not yet
	endError       error
	firing         bool
	silenced       bool // somebody had asked for silence, so that nobody was told
	fingerprint    string
	labels, annots value
	told           string // what is quoted of it
}

func (s *sink) alert(v value) (alert, error) {
	a := alert{v: v, labels: v.get("labels"), annots: v.get("annotations")}
	a.name = oneLine(a.labels.str("alertname"))
	status := v.str("status")
	var err error
	if state := v.get("status").str("state"); state != "" {
		// The API. Its endsAt is when it would give up, and an end only where it
		// lies before the last that was heard of the alert.
		status, a.silenced = state, state == "suppressed"
		if end, err := s.time(v.get("endsAt")); err == nil {
			if heard, err := s.time(v.get("updatedAt")); err == nil && !end.Time.After(heard.Time) {
				status = "resolved"
			}
		}
	}
	a.firing = status != "resolved"
	if a.starts, err = s.time(v.get("startsAt")); err != nil {
		return a, err
	}
	if !a.firing {
		a.ends, a.endError = s.time(v.get("endsAt"))
	}
	if a.fingerprint = v.str("fingerprint"); a.fingerprint == "" {
		var pairs []string
		for _, m := range a.labels.members() {
			pairs = append(pairs, m.key+"="+m.text())
		}
		slices.Sort(pairs)
		a.fingerprint = strings.Join(pairs, ",")
	}
	return a, nil
}

// raw is what is quoted of an alert: not where its rule is kept, which tells of
// hosts inside.
func (a alert) raw() string {
	return a.v.kept("status", "labels", "annotations", "startsAt", "endsAt", "updatedAt", "fingerprint", "values", "valueString")
}

// key is the same for all deliveries of one firing of an alert.
func (a alert) key() string {
	return a.fingerprint + " " + a.starts.Time.Format(time.RFC3339Nano)
}

// alertEvents yields that the alert fired, and that it cleared. A delivery that
// says that it cleared also says when it fired: that is told where no delivery
// before it told it, without its text, which is of another hour.
func (s *sink) alertEvents(a alert) {
	if a.firing || !s.fired[a.key()] {
		if s.fired == nil {
			s.fired = map[string]bool{}
		}
		s.fired[a.key()] = true
		e := a.event("firing", "Alert fired: ")
		stamp(&e, a.starts)
		if !a.firing {
			e.Body = ""
		}
		if !a.harmless() {
			e.Claims = alertClaims(a.starts, false)
			if a.silenced {
				e.Title = strings.Replace(e.Title, "fired", "fired, silenced", 1)
				e.Claims = e.Claims[1:] // it told nobody
			}
		}
		s.event(e)
	}
	if a.firing {
		return
	}
	if a.endError != nil {
		s.bad(a.v.origin(), a.told, "an alert that is resolved without a time: endsAt: %s", a.endError)
		return
	}
	e := a.event("resolved", "Alert cleared: ")
	stamp(&e, a.ends)
	if !a.harmless() {
		e.Claims = alertClaims(a.ends, true)
	}
	s.event(e)
}

// alertClaims are what an alert that fired, or cleared, is evidence of.
func alertClaims(t when.Stamp, cleared bool) []timeline.Claim {
	if cleared {
		return []timeline.Claim{
			recorded(timeline.Mitigated, t, "an alert that cleared"),
			recorded(timeline.ImpactEnd, t, "an alert that cleared"),
		}
	}
	detected := recorded(timeline.Detected, t, "an alert fired")
	detected.By = timeline.ByMonitor
	return []timeline.Claim{detected, {
		Milestone: timeline.ImpactStart, NotAfter: t.Time, Precision: t.Precision,
		Rung: timeline.RungRecorded, Rule: "an alert fired: impact had begun by then",
	}}
}

// testAlerts are the names under which tools send a trial, or prove that they
// are alive.
var (
	testAlerts  = []string{"TestAlert"}
	aliveAlerts = []string{"Watchdog", "DeadMansSwitch", "InfoInhibitor"}
)

// harmless reports whether the alert says nothing of users being hurt.
func (a alert) harmless() bool {
	return slices.Contains(testAlerts, a.name) || slices.Contains(aliveAlerts, a.name) ||
		severityOf(a.labels.str("severity")) == timeline.SeverityInfo
}

func (a alert) event(step, word string) timeline.Event {
	e := timeline.Event{
		Kind:     timeline.KindAlert,
		Severity: severityOf(a.labels.str("severity", "priority")),
		Origins:  []timeline.Origin{a.v.origin()},
		Group:    a.fingerprint,
		Key:      a.key(),
		Step:     step,
		Raw:      a.told,
		URL:      a.url(),
	}
	summary := oneLine(plainText(a.annots.str("summary", "title")))
	switch {
	case summary == "":
		e.Title = word + a.name
	case a.name == "" || strings.Contains(summary, a.name):
		e.Title = word + summary
	default:
		e.Title = word + a.name + ": " + summary
	}
	e.Title = withoutSecrets(e.Title)
	e.Body = withoutSecrets(plainText(a.annots.str("description", "message")))
	if c := oneLine(a.labels.str("component", "service", "app", "job", "deployment", "namespace")); c != "" {
		e.Components = []string{c}
	}
	if r := oneLine(a.labels.str("region", "location")); r != "" {
		e.Regions = []string{r}
	}
	if slices.Contains(testAlerts, a.name) {
		addFlag(&e, timeline.FlagTest)
	}
	return e
}

// url is where a reader can look further. The address of the generator is not
// taken: it tells internal hosts and queries.
func (a alert) url() string {
	if url := a.v.str("dashboardURL", "panelURL"); url != "" {
		return url
	}
	return a.annots.str("dashboard_url", "dashboard", "runbook_url", "runbook")
}

// isSilence reports whether a record is a silence: what somebody did to alerts.
func isSilence(v value) bool { return v.get("matchers").first() == '[' && v.get("createdBy").ok() }

func (s *sink) silence(v value) {
	raw := v.kept("id", "status", "startsAt", "endsAt", "updatedAt", "comment", "matchers")
	t, err := s.time(v.get("startsAt"))
	if err != nil {
		s.bad(v.origin(), raw, "a silence without a time: startsAt: %s", err)
		return
	}
	e := timeline.Event{
		Kind: timeline.KindChange, Origins: []timeline.Origin{v.origin()}, Raw: raw, Actor: mailName(v.str("createdBy")),
		Body: withoutSecrets(plainText(v.str("comment"))), Key: v.str("id"), Step: "silence",
	}
	stamp(&e, t)
	if end, err := s.time(v.get("endsAt")); err == nil && end.Time.After(t.Time) {
		e.End = end.Time
	}
	var terms []string
	for _, m := range v.get("matchers").items() {
		sign := "="
		if m.str("isRegex") == "true" {
			sign = "=~"
		}
		if m.str("isEqual") == "false" {
			sign = strings.Replace(sign, "=", "!", 1)
			if sign == "!" {
				sign = "!="
			}
		}
		terms = append(terms, oneLine(m.str("name"))+sign+oneLine(m.str("value")))
	}
	e.Title = withoutSecrets("Alerts silenced: " + strings.Join(terms, ", "))
	s.event(e)
}
