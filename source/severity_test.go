package source

import "testing"

func TestSeverityOf(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"SEV1", "critical"}, {"Sev-1", "critical"}, {"SEV 0", "critical"}, {"P1 - Critical", "critical"}, {"Highest", "critical"}, {"Blocker", "critical"},
		{"sev2", "major"}, {"SEV-2: bad", "major"}, {"Severity 2", "major"}, {"High", "major"},
		{"P3", "minor"}, {"Medium", "minor"}, {"Moderate", "minor"},
		{"SEV4", "info"}, {"sev-5", "info"}, {"none", "info"}, {"Lowest", "info"},
		{"SEV12", ""}, {"p", ""}, {"", ""}, {"unheard of", ""},
	} {
		if got := string(severityOf(c.word)); got != c.want {
			t.Errorf("%q: %q, want %q", c.word, got, c.want)
		}
	}
}
