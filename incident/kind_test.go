package incident

import (
	"strings"
	"testing"
)

// TestDocumentOrLines tells documents that have an object on each line from
// lines that are objects each.
func TestDocumentOrLines(t *testing.T) {
	const (
		body  = `{"version":"4","groupKey":"{}","status":"firing","receiver":"r","alerts":[`
		alert = `{"status":"firing","labels":{"alertname":"A","severity":"warning"},"annotations":{"message":"m"},"startsAt":"2025-03-01T08:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}`
		line  = `{"time":"2025-03-01T08:00:00Z","level":"error","message":"m"}`
		event = `{"time":"2025-03-01T08:00:00Z","title":"DNS lowered","severity":"high"}`
	)
	for _, c := range []struct{ name, head, want string }{
		{"a body with an alert on each line", body + "\n" + alert + ",\n" + alert + ",\n" + alert + "\n]}\n", "alertmanager"},
		{"a body on a line", body + alert + "]}\n" + body + alert + "]}\n", "alertmanager"},
		{"the first alert beside its body", body + alert + ",\n" + alert + ",\n" + alert + "]}\n", "alertmanager"},
		{"log lines", line + "\n" + line + "\n" + line + "\n", "jsonl"},
		{"lines of events", event + "\n" + event + "\n" + event[:20], "json"},
		{"lines of events, and a record", event + "\n" + line + "\n", "jsonl"},
		{"records with titles", strings.Repeat(`{"time":"2025-03-01T08:00:00Z","level":"info","title":"t"}`+"\n", 2), "jsonl"},
		{"a text with brackets in it", `{"time":"2025-03-01T08:00:00Z","level":"error","message":"a [ in \" quotes"}` + "\n" + line + "\n", "jsonl"},
	} {
		got := detect("x.json", []byte(c.head), nil)
		name := got.log
		if got.doc != nil {
			name = got.doc.Name
		}
		if name != c.want {
			t.Errorf("%s is %s, want %s", c.name, name, c.want)
		}
	}
}
