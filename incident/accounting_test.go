package incident_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"pir/incident"
	"pir/timeline"
)

// A record that has no row is told, and so is a person whom nothing names.
func TestLeftOutRecords(t *testing.T) {
	fsys := fstest.MapFS{
		"ops/2026-03-12.json": {Data: []byte(`[{"type":"message","subtype":"channel_join","user":"U0A1","text":"<@U0A1> has joined","ts":"1773309600.000100"},
{"type":"message","user":"U0A1","text":"search is down","ts":"1773309660.000100"}]`)},
		"teams.json": {Data: []byte(`{"value":[{"id":"1","messageType":"systemEventMessage","createdDateTime":"2026-03-12T10:00:00Z","from":null,"body":{"contentType":"html","content":"<systemEventMessage/>"}},
{"id":"2","messageType":"unknownFutureValue","createdDateTime":"2026-03-12T10:00:01Z","from":null,"body":{"contentType":"html","content":"<systemEventMessage/>"},"eventDetail":{"@odata.type":"#microsoft.graph.membersAddedEventMessageDetail"}},
{"id":"3","messageType":"message","createdDateTime":"2026-03-12T10:02:00Z","from":{"user":{"displayName":"Ines Varga"}},"body":{"contentType":"text","content":"looking"}}]}`)},
		"pir.yaml": {Data: []byte("sources:\n  - {path: ops}\n  - {path: teams.json}\npeople:\n  - {match: Zoe, role: on call}\n  - {match: ines varga, role: lead}\n")},
	}
	result, err := incident.Load(context.Background(), []incident.Input{{FS: fsys, Path: "."}}, incident.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"slack": "1 more record left out", "teams": "2 more records left out"}
	for _, s := range result.Timeline.Sources {
		if text := want[s.Format]; text == "" || s.Records != 1 || !strings.Contains(s.Detail, text) {
			t.Errorf("%s: %d records, %q; want 1 and %q", s.Format, s.Records, s.Detail, text)
		}
	}
	if len(result.Timeline.Sources) != 2 || len(result.Timeline.Events) != 2 {
		t.Errorf("%d sources, %d events; want 2 and 2", len(result.Timeline.Sources), len(result.Timeline.Events))
	}
	var told []string
	for _, w := range result.Timeline.Warnings {
		if w.Code == timeline.WarnUnmatchedCuration {
			told = append(told, w.Message)
		}
	}
	if len(told) != 1 || !strings.Contains(told[0], `nothing that was read names "Zoe"`) {
		t.Errorf("told of people: %q", told)
	}
}
