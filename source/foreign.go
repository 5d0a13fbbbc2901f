package source

import (
	"bytes"
	"cmp"
	"strings"
)

// foreign are kinds of documents that are known and not read: to name one is
// more help than to say that nothing is known. Each has texts, all of which one
// stands for; certain are those that a format here would take for its own.
var foreign = []struct {
	name    string
	certain bool
	advice  string // what can be done; empty is that of most
	signs   [][]string
}{
	{"an issue of cState", true, "", [][]string{{"\nsection: issue", "\nresolved"}, {"\nresolvedWhen:", "\naffected:"}}},
	{"an issue or history of Upptime", true, "", [][]string{{"upptime", "🛑"}, {"generator: Upptime"}}},
	{"a calendar (iCalendar)", true, "", [][]string{{"BEGIN:VCALENDAR"}}},
	{"a history of deployments of Argo CD", false, "", [][]string{{"deployStartedAt", "deployedAt"}}},
	{"a notification of Amazon SNS", false, "", [][]string{{`"aws:sns"`, `"Sns"`}, {`"TopicArn"`, `"Message"`}}},
	{"an event of Amazon EventBridge other than those of AWS Health", false, "", [][]string{{`"detail-type"`, `"aws.`}}},
	{"a delivery of CloudWatch Logs to a subscription", false, "its records are packed in awslogs.data: base64 -d and gunzip give what can be read", [][]string{{`"awslogs"`, `"data"`}}},
	{"incidents of Cachet", false, "", [][]string{{`"human_status"`, `"status"`}, {`"component_id"`, `"scheduled_at"`}}},
	{"an incident or event of Datadog", false, "", [][]string{{`"incident_type_uuid"`}, {`"customer_impact_scope"`}, {`"aggregation_key"`, `"event_object"`}}},
	{"a chat of Discord", false, "", [][]string{{`"timestampEdited"`, `"isPinned"`}}},
	{"an export of journald in its own form", false, "journalctl -o json writes what can be read", [][]string{{"__REALTIME_TIMESTAMP="}, {"__CURSOR="}}},
	{"a record of journald without its time", false, "journalctl -o json --all tells the time of each", [][]string{{`"MESSAGE"`, `"_UDEV_`}, {`"MESSAGE"`, `"_SYSTEMD_UNIT"`}}},
	{"an issue of New Relic", false, "", [][]string{{`"issueUrl"`, `newrelic`}, {`"alertPolicyNames"`}}},
	{"an issue or event of Sentry", false, "", [][]string{{`"culprit"`, `"shortId"`}, {`"event_id"`, `sentry`}}},
	{"the status page of Slack", false, "", [][]string{{`"active_incidents"`, `"date_created"`}, {`"date_created"`, `"notes"`, `"services"`}}},
	{"a page of Status.io", false, "", [][]string{{`"status_overall"`}, {`"datetime_open"`, `"messages"`}}},
	{"an alert of Zabbix", false, "", [][]string{{"zabbix", `"trigger"`}, {"zabbix", `"trigger_severity"`}, {"zabbix", `"hostname"`}}},
	{"the statuses, severities or timestamps of an account of incident.io", false, "it holds no incident", [][]string{{`"rank"`, `"name"`, `"id": "01`}, {`"rank"`, `"name"`, `"id":"01`}}},
	{"names that belong to a chat export", false, "the days of its channels can be read; the names are taken from here", [][]string{{`"is_channel"`}, {`"num_members"`}, {`"is_bot"`, `"profile"`}, {`"creator"`, `"members"`}}},
}

// Foreign names the kind of a document that is known and not read, and what can
// be done; "" is none. certain says that the beginning of the document is so much
// its own that no format should be tried.
func Foreign(head []byte) (name string, certain bool) {
	if len(head) > headBytes {
		head = head[:headBytes]
	}
	text := strings.ToLower(string(bytes.ReplaceAll(decodeText(head), []byte("\r\n"), []byte("\n"))))
	for _, kind := range foreign {
		for _, signs := range kind.signs {
			all := true
			for _, sign := range signs {
				all = all && strings.Contains(text, strings.ToLower(sign))
			}
			if all && !(kind.certain && !opens(text, signs)) {
				return kind.name + "; " + cmp.Or(kind.advice, "made into CSV or JSON lines it can be read, with --map"), kind.certain
			}
		}
	}
	return "", false
}

// opens reports whether one of the signs stands in the first lines of a text, or
// in its front matter: notes may speak of anything further below.
func opens(text string, signs []string) bool {
	front := text[:min(len(text), 200)]
	if rest, found := strings.CutPrefix(text, "---\n"); found {
		front, _, _ = strings.Cut(rest, "\n---")
		front = "\n" + front
	}
	for _, sign := range signs {
		if strings.Contains(front, strings.ToLower(sign)) {
			return true
		}
	}
	return false
}
