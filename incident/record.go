package incident

import (
	"slices"
	"strings"

	"pir/timeline"
)

// recordNames are the kinds whose records name an incident and say how bad it
// is, the likeliest to be what people call it first. Each has the words of the
// row that opens one; the name stands behind them.
var recordNames = []struct {
	kind, behind string
	declared     bool // only where the row says that an incident was declared: not of any ticket
}{
	{"incident-io", "opened: ", false},
	{"firehydrant", ": ", false},
	{"jira", "opened: ", true},
	{paging, "Page triggered: ", false},
}

// paging is the kind whose incidents have the names of alerts: notes know better.
const paging = "pagerduty"

// record is what the record of an incident says of it as a whole.
type record struct {
	kind     string
	path     string // of the file that it stands in
	title    string
	severity timeline.Severity
}

// recordOf is the first record of an incident that stands alone in its kind;
// kinds with several are passed by. It is nil where there is none.
func recordOf(t *timeline.Timeline) *record {
	for _, row := range recordNames {
		var group string
		var found *record
		several := false
		for i := range t.Events {
			e := &t.Events[i]
			if e.Group == "" || e.Party != timeline.PartyOwn || e.HasFlag(timeline.FlagPlanned) || e.HasFlag(timeline.FlagTest) ||
				e.Topic == timeline.TopicAction || !ofKind(t, e, row.kind) {
				continue
			}
			_, title, named := strings.Cut(e.Title, row.behind)
			if row.declared && !declares(e) || !named && (found == nil || e.Group != group) {
				continue
			}
			several = several || found != nil && e.Group != group
			if found == nil {
				found, group = &record{kind: row.kind, path: e.Origins[0].Path, title: title}, e.Group
			}
			if found.severity == "" {
				found.severity = e.Severity
			}
		}
		if found != nil && !several {
			return found
		}
	}
	return nil
}

func declares(e *timeline.Event) bool {
	return slices.ContainsFunc(e.Claims, func(c timeline.Claim) bool { return c.Milestone == timeline.Declared })
}
