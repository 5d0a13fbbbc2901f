package timeline

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// What a program writes into a chat it has from somewhere else: an alert, a
// page, a post. The record itself is better evidence where it is there, and what
// people say is better always; where there is nothing else it is worth something.

// relays reports whether a row is a message of a program.
func relays(e *Event) bool { return e.Kind == KindChat && e.HasFlag(FlagBot) }

// relayed are the readings of a program's message. What its words tell was
// recorded by the system that it tells of, if not with the very time; in passing
// a program says nothing.
func (b *builder) relayed(e *Event, mined []reading) []reading {
	var list []reading
	for _, r := range mined {
		if r.jotted || r.follows {
			continue
		}
		r.window = nil
		switch r.Rung {
		case RungStated:
			r.Rung = RungRecorded
		case RungApproximate:
			r.NotAfter, r.Time, r.Rung = earlier(r.NotAfter, r.Time), time.Time{}, RungPosted
		}
		r.Rule, r.relayed, r.again = "a program told: "+r.Rule, true, false
		list = append(list, r)
	}
	if e.Time.IsZero() || b.copied[e.ID] {
		return list
	}
	for _, c := range b.relayedClaims(e) {
		r := reading{
			Claim: c, evidence: []Evidence{b.cite(e, "")}, source: e.Source, origin: e.firstOrigin(),
			kind: e.Kind, party: e.Party, relayed: true, outside: b.beyond(c),
		}
		r.Said = b.said(e, time.Time{})
		if !slices.ContainsFunc(list, func(o reading) bool { return sameStatement(&o, &r) }) {
			list = append(list, r)
		}
	}
	return list
}

// relayedClaims are what the step that a program's message names is evidence of:
// that of an alert or page, or of a post on a status page.
func (b *builder) relayedClaims(e *Event) []Claim {
	t := b.tell(e)
	at := Claim{Time: e.Time, Precision: e.Precision, Rung: RungRecorded}
	claim := func(m Milestone, rule string) Claim {
		c := at
		c.Milestone, c.Rule = m, "a program told of "+rule
		return c
	}
	bound := func(m Milestone, rung Rung, rule string) Claim {
		c := claim(m, rule)
		c.NotAfter, c.Time, c.Rung = e.Time, time.Time{}, rung
		return c
	}
	posts := ofStatusPage(e)
	switch {
	case !posts && !ofAlerts(e):
		return nil
	case t.state == "fired":
		detected := claim(Detected, "an alert that fired")
		detected.By = ByMonitor
		return []Claim{detected, bound(ImpactStart, RungRecorded, "an alert that fired: impact had begun by then")}
	case t.state == "acknowledged":
		return []Claim{claim(Acknowledged, "a page that was acknowledged")}
	case t.state == "investigating" && posts:
		return []Claim{claim(FirstUpdate, "a post"), bound(Detected, RungPosted, "a post that says investigating")}
	case t.state == "identified" && posts:
		return []Claim{claim(FirstUpdate, "a post"), bound(Identified, RungPosted, "a post that says identified")}
	case t.state == "monitoring" && posts:
		return []Claim{claim(FirstUpdate, "a post"), bound(Mitigated, RungPosted, "a post that says monitoring")}
	case t.state == "cleared" && posts:
		return []Claim{claim(Resolved, "a post that closed the incident")}
	case t.state == "cleared":
		return []Claim{claim(Mitigated, "an alert that cleared"), claim(ImpactEnd, "an alert that cleared")}
	}
	return nil
}

// copiedStep: a program tells in the chat of a step that a tool recorded, by the
// tool's number of the incident, by who took it, or as a post on the page.
func copiedStep(a, b *telling) int {
	if b.bot() {
		a, b = b, a
	}
	if !a.bot() || b.e.Kind == KindChat || b.e.Kind == KindNote || a.state == "" || a.state != b.state {
		return 0
	}
	switch number := numberOf(a.e.Title); {
	case number != "" && number == numberOf(b.e.Title):
		return 700
	case b.e.Kind == KindAck && b.e.Actor != "" && strings.Contains(strings.ToLower(a.e.Title), strings.ToLower(b.e.Actor)):
		return 600
	case b.e.Kind == KindStatus && ofStatusPage(a.e) && within(a, b) >= 500:
		return 500
	}
	return 0
}

// stepKeys are what a record is looked up by beside its words, where a program
// may have copied it: the number of the incident, the step of a post, who took a
// page.
func (t *telling) stepKeys() []string {
	var keys []string
	if number := numberOf(t.e.Title); number != "" {
		keys = append(keys, "\x02"+number)
	}
	if t.state != "" && (t.e.Kind == KindStatus || t.bot() && ofStatusPage(t.e)) {
		keys = append(keys, "\x03"+t.state)
	}
	if t.state == "acknowledged" {
		keys = append(keys, "\x04")
	}
	return keys
}

// numberOf is the number that a tool calls an incident by: "#4711".
func numberOf(title string) string {
	_, behind, _ := strings.Cut(title[:min(len(title), tellingTitle)], "#")
	return behind[:digitRun(behind)]
}

// alertPrograms and statusPrograms are in the names of programs that copy alerts
// into chats, and the names of those that copy posts of a page of ours: one that
// is called "GitHub Status" copies those of a provider.
var (
	alertPrograms = []string{
		"alert", "prometheus", "grafana", "pagerduty", "opsgenie", "datadog", "newrelic", "zabbix", "nagios", "icinga", "pingdom",
		"uptime", "statuscake", "cloudwatch", "victorops", "splunk", "sentry", "checkly", "monitor", "betterstack", "dynatrace", "sensu", "oncall",
	}
	statusPrograms = []string{"statuspage", "statuspageio", "statuspagebot", "atlassianstatuspage", "statusbot", "status", "instatus", "cachet"}
	alertWords     = []string{"firing", "alerting", "alert", "alarm", "alerts", "alertname", "monitor"}
)

// ofAlerts reports whether a program tells of alerts or pages.
func ofAlerts(e *Event) bool {
	name := programName(e)
	if slices.ContainsFunc(alertPrograms, func(part string) bool { return strings.Contains(name, part) }) {
		return true
	}
	words := splitWords(e.Title[:min(len(e.Title), tellingTitle)])
	return slices.ContainsFunc(words, func(w word) bool { return slices.Contains(alertWords, w.text) })
}

// ofStatusPage reports whether a program tells of posts on a page of ours.
func ofStatusPage(e *Event) bool { return slices.Contains(statusPrograms, programName(e)) }

func programName(e *Event) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, e.Actor)
}
