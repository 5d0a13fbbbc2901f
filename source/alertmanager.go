package source

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var alertmanagerFormat = Format{
	Name:  "alertmanager",
	Doc:   "Prometheus Alertmanager webhook bodies (version 4), one or many, and lists of its API",
	Sniff: sniffAlertmanager,
	Parse: parseJSON(readAlerts),
}

func sniffAlertmanager(_ string, head []byte) int {
	body, alert := firstAlert(head)
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
		return body, list[0]
	}
	return body, value{}
}

// readAlerts reads one body: a webhook, or the bare list of GET /api/v2/alerts.
func readAlerts(s *sink, body value) {
	list := append(body.items(), body.get("alerts").items()...)
	for _, v := range list {
		if !s.record(v, "an alert") {
			continue
		}
		a, err := s.alert(v)
		if err != nil {
			s.bad(v.origin(), v.raw(), "an alert without a time: startsAt: %s", err)
			continue
		}
		s.alertEvents(a)
	}
	if v := body.get("truncatedAlerts"); v.ok() && v.text() != "0" {
		s.bad(v.origin(), v.raw(), "%s alerts of this delivery were left out by its sender (max_alerts)", v.text())
	}
}

// alert is one alert of a delivery.
type alert struct {
	v              value
	name           string
	starts, ends   when.Stamp // a zero ends is none, or not yet
	endError       error
	firing         bool
	fingerprint    string
	labels, annots value
}

func (s *sink) alert(v value) (alert, error) {
	a := alert{v: v, labels: v.get("labels"), annots: v.get("annotations")}
	a.name = oneLine(a.labels.str("alertname"))
	status := v.str("status")
	if state := v.get("status").str("state"); state != "" {
		status = state // the API; its endsAt is when it would give up, no end
	}
	a.firing = status != "resolved"
	var err error
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
		}
		s.event(e)
	}
	if a.firing {
		return
	}
	if a.endError != nil {
		s.bad(a.v.origin(), a.v.raw(), "an alert that is resolved without a time: endsAt: %s", a.endError)
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
		Raw:      a.v.raw(),
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
	e.Body = plainText(a.annots.str("description", "message"))
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
