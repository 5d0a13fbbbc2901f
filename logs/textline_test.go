package logs

import "testing"

// TestMessageSigns tells the signs in front of a message from those of it.
func TestMessageSigns(t *testing.T) {
	for line, want := range map[string]string{
		"2025-06-03T10:00:00Z ERROR -40 C at sensor":    "-40 C at sensor",
		"2025-06-03T10:00:00Z ERROR: -5 balance":        "-5 balance",
		"2025-06-03T10:00:00Z ERROR - dash":             "dash",
		"2025-06-03T10:00:00Z ERROR -- dashes":          "dashes",
		"2025-06-03T10:00:00Z ERROR - -7 left":          "-7 left",
		"2025-06-03T10:00:00Z INFO ::1 is here":         "::1 is here",
		"2025-06-03T10:00:00Z INFO --verbose is set":    "--verbose is set",
		"2025-06-03T10:00:00Z INFO : said":              "said",
		"2025-06-03T10:00:00Z-ERROR-said":               "said",
		`2025-06-03T10:00:00Z INFO "a" is no b`:         `"a" is no b`,
		`"2025-06-03T10:00:00Z" [ERROR] | said`:         "said",
		"2025-06-03T10:00:00Z INFO [main] - [3] -7":     "[main] - [3] -7",
		"2025-06-03T10:00:00Z - root - ERROR - -1 at 3": "-1 at 3",
	} {
		p := newTextLine([]byte(line + "\n"))
		var rec Record
		if p.Parse([]byte(line), false, &rec); string(rec.Message) != want {
			t.Errorf("%s: message %q, want %q", line, rec.Message, want)
		}
	}
}
