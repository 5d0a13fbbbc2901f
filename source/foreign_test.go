package source

import (
	"strings"
	"testing"
)

func TestForeign(t *testing.T) {
	for _, c := range []struct {
		head, want string
		certain    bool
	}{
		{"---\ntitle: DNS\nresolved: false\naffected: [\"API\"]\nsection: issue\n---\n\n*Monitoring* - ok\n", "an issue of cState", true},
		{"---\ntitle: DNS\ndate: 2025-03-01\n---\n\nsection: issue\nresolved at 12:00\n", "", false},
		{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar (iCalendar)", true},
		{"title: 🛑 Shop is down\nbody: Shop was down. Upptime\n", "an issue or history of Upptime", true},
		{"# Notes 2025-03-01\n\nAll times in UTC. Nobody looked at the page for the first twenty minutes of it, and then three of us did, at once, each in a room of their own; here is what they wrote of it.\n\n- 12:00 Upptime says 🛑\n", "", false},
		{`{"data": [{"human_status": "Fixed", "status": 4}]}`, "incidents of Cachet", false},
		{`{"messages": [{"timestampEdited": null, "isPinned": false}]}`, "a chat of Discord", false},
		{`[{"id":"C1","name":"general","num_members":3}]`, "names that belong to a chat export", false},
		{`{"time": "2025-03-01T12:00:00Z", "message": "m"}`, "", false},
	} {
		name, certain := Foreign([]byte(c.head))
		name, _, _ = strings.Cut(name, ";")
		if name != c.want || certain != c.certain {
			t.Errorf("Foreign(%q) = %q, %v, want %q, %v", c.head, name, certain, c.want, c.certain)
		}
	}
}

// TestForeignTakesNothing: no document that a format has a test for is taken for
// one that is not read.
func TestForeignTakesNothing(t *testing.T) {
	for _, a := range archives(t) {
		if name, certain := Foreign(a.doc.Data); certain {
			t.Errorf("%s is taken for %s", a.path, name)
		}
	}
}
