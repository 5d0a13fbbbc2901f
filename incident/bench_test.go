package incident_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pir/incident"
)

// BenchmarkLoad reads one large document of each sort and builds its timeline:
// the cost must grow with the length of the document, and not faster.
func BenchmarkLoad(b *testing.B) {
	for _, doc := range []struct {
		name string
		n    int
		text func(n int) string
	}{
		{"alerts.json", 60_000, manyAlerts},
		{"chat.json", 60_000, manyMessages},
		{"headings.md", 40_000, manyHeadings},
		{"table.md", 40_000, manyCells},
	} {
		b.Run(doc.name, func(b *testing.B) {
			text := doc.text(doc.n)
			fsys := fstest.MapFS{doc.name: {Data: []byte(text)}}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				result, err := incident.Load(context.Background(), []incident.Input{{FS: fsys, Path: doc.name}}, incident.Options{})
				if err != nil || len(result.Timeline.Events) == 0 {
					b.Fatal(err, len(result.Timeline.Events))
				}
			}
		})
	}
}

// manyAlerts is one delivery in which every second alert cleared.
func manyAlerts(n int) string {
	var s strings.Builder
	s.WriteString(`{"version":"4","groupKey":"{}:{}","status":"firing","receiver":"r","alerts":[`)
	for i := range n {
		from := benchStart.Add(time.Duration(i) * 2 * time.Second)
		status, to := "firing", "0001-01-01T00:00:00Z"
		if i%2 == 0 {
			status, to = "resolved", from.Add(5*time.Minute).Format(time.RFC3339)
		}
		if i > 0 {
			s.WriteString(",\n")
		}
		fmt.Fprintf(&s, `{"status":%q,"labels":{"alertname":"HighLatency%d","service":"svc-%d","severity":"warning","instance":"node-%d:9100"},`+
			`"annotations":{"summary":"Latency of svc-%d on node-%d is above 2 s","description":"p99 has been above 2 s for 5 minutes"},`+
			`"startsAt":%q,"endsAt":%q,"generatorURL":"http://prom:9090/graph?g0.expr=x","fingerprint":"%016x"}`,
			status, i%500, i%50, i%997, i%50, i%997, from.Format(time.RFC3339), to, i)
	}
	return s.String() + "]}\n"
}

// manyMessages is a busy channel.
func manyMessages(n int) string {
	var s strings.Builder
	s.WriteString("[")
	for i := range n {
		if i > 0 {
			s.WriteString(",\n")
		}
		fmt.Fprintf(&s, `{"type":"message","user":"U%d","ts":"%d.%06d","text":"errors on node-%d since a while, restarted pod %d at 14:02"}`,
			i%40, benchStart.Unix()+int64(i), i, i%300, i)
	}
	return s.String() + "]\n"
}

// manyHeadings is a document of the same heading again and again.
func manyHeadings(n int) string {
	return "# Notes 1 March 2025\n\nAll times in UTC.\n\n" + strings.Repeat("## 14:02\n\nErrors\n\n## Impact\n\n(times in UTC)\n\n", n/2)
}

// manyCells is a table.
func manyCells(n int) string {
	return "# Notes 1 March 2025\n\n| time (UTC) | what |\n|---|---|\n" + strings.Repeat("| 14:02 | errors on node 7 |\n", n)
}

var benchStart = time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)
