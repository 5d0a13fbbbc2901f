package incident_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"pir/incident"
	"pir/timeline"
)

// The record of an incident names it and says how bad it is, above an alert;
// several in one kind name nothing.
func TestNameFromRecord(t *testing.T) {
	const (
		hydrant = `{"id":"fh-1","name":"Search down","severity":"SEV1","current_milestone":"resolved","created_at":"2026-03-12T10:05:00Z",
 "milestones":[{"id":"m1","type":"started","occurred_at":"2026-03-12T10:00:00Z"},{"id":"m2","type":"resolved","occurred_at":"2026-03-12T10:39:00Z"}]}`
		io = `{"incident":{"id":"01","reference":"INC-88","name":"Transfers fail","created_at":"2026-03-12T10:05:00Z","mode":"standard",
 "severity":{"name":"Major"},"incident_status":{"name":"Closed","category":"closed"},"incident_timestamp_values":[]}}`
		jira = `{"key":"BANK-7","fields":{"summary":"Logins fail","issuetype":{"name":"TYPE"},"priority":{"name":"Highest"},
 "created":"2026-03-12T10:05:00.000+0000"},"changelog":{"histories":[]}}`
		pager = `{"incident":{"id":"Q1","type":"incident","incident_number":7,"title":"ErrorRateHigh","created_at":"2026-03-12T10:05:00Z","status":"resolved",
 "urgency":"high","priority":{"summary":"SEV-2: bad"},"service":{"id":"S","type":"service_reference","summary":"labels"},"resolved_at":"2026-03-12T10:45:00Z"}}`
		page = `{"page":{"id":"p","name":"Kestrel"},"incidents":[{"id":"i","name":"Labels cannot be printed","status":"resolved","impact":"minor",
 "created_at":"2026-03-12T10:15:00Z","incident_updates":[{"id":"u","status":"investigating","body":"We look","created_at":"2026-03-12T10:15:00Z","display_at":"2026-03-12T10:15:00Z"}]}]}`
		genie = `{"data":[{"log":"Alert created via Grafana[API]","type":"system","owner":"System","createdAt":"2026-03-12T10:01:00.221Z","offset":"1_0"}],"took":0.1,"requestId":"x"}`
		notes = "---\ntitle: Search was slow\n---\n\n- 2026-03-12 10:00 UTC somebody looked\n- 2026-03-12 10:10 UTC somebody restarted it\n"
	)
	two := `{"incidents":[` + strings.TrimSuffix(strings.TrimPrefix(io, `{"incident":`), "}") + "," +
		strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(io, `{"incident":`), "}"), `"01"`, `"02"`) + `]}`
	for _, c := range []struct {
		name     string
		files    []string
		title    string
		severity timeline.Severity
	}{
		{"an alert's log names nothing", []string{genie}, "", ""},
		{"FireHydrant", []string{hydrant, genie}, "Search down", timeline.SeverityCritical},
		{"incident.io, above the others", []string{genie, pager, io}, "Transfers fail", timeline.SeverityMajor},
		{"Jira", []string{strings.Replace(jira, "TYPE", "[System] Incident", 1)}, "Logins fail", timeline.SeverityCritical},
		{"any ticket is none", []string{strings.Replace(jira, "TYPE", "Story", 1)}, "", ""},
		{"PagerDuty", []string{pager}, "ErrorRateHigh", timeline.SeverityMajor},
		{"notes know better than a page", []string{pager, notes}, "Search was slow", timeline.SeverityMajor},
		{"the status page is above all", []string{hydrant, page}, "Labels cannot be printed", timeline.SeverityMinor},
		{"two incidents", []string{two}, "", ""},
	} {
		fsys := fstest.MapFS{}
		for i, text := range c.files {
			name := string(rune('a'+i)) + ".json"
			if strings.HasPrefix(text, "---") {
				name = "notes.md"
			}
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		result, err := incident.Load(context.Background(), []incident.Input{{FS: fsys, Path: "."}}, incident.Options{})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		in := result.Timeline.Incident
		if in.Title != c.title || in.Severity != c.severity {
			t.Errorf("%s: %q, %q; want %q, %q", c.name, in.Title, in.Severity, c.title, c.severity)
		}
	}
}
