package incident

import (
	"slices"
	"time"
)

// Export is something to get out of the place where it lies.
type Export struct {
	Kind
	What   string   // in plain words
	Others []string // kinds that would do as well
}

// wanted is what a review lives on: the kinds of which one is enough, with the
// one that is asked for first in front, and how long that is there to be got at
// least. What is gone first stands first.
var wanted = []struct {
	what  string
	kinds []string
	lasts time.Duration
}{
	{"alerts", []string{"alertmanager", "grafana"}, 5 * time.Minute},
	{"Kubernetes events", []string{"kubernetes"}, time.Hour},
	{"logs of containers", []string{"cri", "docker", "compose"}, 6 * time.Hour},
	{"logs of all else", []string{"text", anyLog}, 7 * day},
	{"the status page", []string{"statuspage", "status-feed"}, 30 * day},
	{"the chat", []string{"pasted-chat", "slack", "slackdump", "teams"}, 90 * day},
	{"what the cloud did", []string{"cloudtrail", "azure", "aws-health", "gcp-status"}, 90 * day},
	{"deployments", []string{"github", "gitlab", "git"}, 400 * day},
	{"pages", []string{"pagerduty", "opsgenie"}, forever},
	{"tickets", []string{"jira", "incident-io", "firehydrant"}, forever},
	{"notes of your own", []string{"notes"}, forever},
}

const (
	day     = 24 * time.Hour
	forever = 1 << 62
	anyLog  = "*" // whatever logs there are
)

// unasked are the kinds of documents that nobody is told to go and get: what
// other kinds become on the way.
var unasked = []string{"pir", "csv", "json"}

// next is what the files of a survey have nothing of.
func next(s *Surveyed) []Export {
	have := map[string]bool{}
	for _, f := range s.Files {
		for _, kind := range f.Kinds {
			have[kind] = true
			if isLog(kind) {
				have[anyLog] = true
			}
		}
	}
	var list []Export
	for _, w := range wanted {
		if slices.ContainsFunc(w.kinds, func(kind string) bool { return have[kind] }) {
			continue
		}
		if have[anyLog] && isLog(w.kinds[0]) {
			continue
		}
		i := slices.IndexFunc(Kinds(), func(k Kind) bool { return k.Name == w.kinds[0] })
		e := Export{Kind: Kinds()[i], What: w.what}
		for _, other := range w.kinds[1:] {
			if other != anyLog {
				e.Others = append(e.Others, other)
			}
		}
		list = append(list, e)
	}
	return list
}
