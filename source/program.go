package source

import (
	"slices"
	"strings"
)

// programs are names under which tools write into chats, in small letters and
// without spaces; an export that was copied out of a window does not tell them
// from people.
var programs = []string{
	"alertmanager", "prometheus", "grafana", "pagerduty", "opsgenie", "victorops", "datadog", "newrelic", "sentry", "zabbix", "nagios",
	"icinga", "pingdom", "uptimerobot", "statuscake", "cloudwatch", "awschatbot", "statuspage", "instatus", "github", "gitlab", "bitbucket",
	"jenkins", "circleci", "argocd", "buildkite", "jira", "jiracloud", "incident.io", "firehydrant", "rootly", "launchdarkly", "kubernetes",
	"slackbot", "webhook", "incomingwebhook", "webhooks",
}

// programShape is the end of names that people give to programs of their own.
var programShape = expression(`[a-z0-9]Bot$|(?i:[ _-](?:bot|alerts|webhook|notifier|notifications))$`)

// isProgram reports whether a name is that of a program, as far as names tell.
func isProgram(name string) bool {
	small := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(name))
	return slices.Contains(programs, small) || programShape.MatchString(name)
}
