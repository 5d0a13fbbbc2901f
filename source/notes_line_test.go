package source

import (
	"strings"
	"testing"
)

// TestHeadsClock: what begins a row, and what only begins with digits.
func TestHeadsClock(t *testing.T) {
	for _, line := range []string{
		"14:02 restarted", "9:15pm site is down", "9.15 pm x", "1402Z link down", "1402 UTC x", "[14:02] x", "(14:02) x", "[14:02 UTC] x",
		"14:02:31.120Z x", "14:02", "2026-03-03 23:41 x", "2026-03-03T23:41:05Z x", "Mar 3 23:41 x", "3 Mar 2026, 23:41 x", "T+5 x", "T+1:30 x",
		"~14:02 x", "c. 14:02 x", "**14:02** x", "14:02-14:10 x", "14h02 x", "Tue 3 Mar 23:41 x", "03.03. 23:41 x", "14:02: x", "14:02ish x", "14:02h x",
	} {
		if !headsClock(line) {
			t.Errorf("%q begins no row", line)
		}
	}
	for _, line := range []string{
		"14:02) and Dublin", "14:02, when it fell", "1:3 is the ratio", "14 days", "10.0.0.1 answers", "8080 is open", "1402 users", "14:02:99:01",
		"25:71 typo", "3 March 2026", "5 pods", "at 14:02 x", "v1.14:02",
	} {
		if headsClock(line) {
			t.Errorf("%q begins a row", line)
		}
	}
}

// TestRowsOfLines: which lines begin rows depends on the lines around them. A
// ">" marks the wanted rows.
func TestRowsOfLines(t *testing.T) {
	for _, text := range []string{
		">23:41 users cannot log in\n>23:50 on it",
		"The fix took long and went out at\n14:02 and held. It had been found at\n13:40 by mia.",
		"The fix took longer than anyone had thought it would, it\n14:02 and it was then that somebody had the thought\n14:10 to look.",
		"what we did\n>14:02 restarted\nit came back\n>14:10 it fell again",
		">14:02 is when the first of the alerts fired, and at\n14:05 we joined, and before\n14:10 it was over.",
		">14:02 calling around\n>14:05 nobody there",
		">2026-02-24\n>21:15 alerts\n>22:00 more\n>2026-02-25\n>00:45 down",
		"joined by Berlin (at\n14:02) and Dublin (at\n14:10), we",
		"- 14:02 a\n>14:05 b",
		"Mia Berg  2:02 PM",
		">Mia Berg  2:02 PM\nanyone?\n>Tom Ott  2:03 PM\nyes",
		">mia 14:02: anyone?\n>tom 14:03: yes",
		"```\n14:02 x\n",
	} {
		lines := strings.Split(text, "\n")
		var want []bool
		for i := range lines {
			rest, ok := strings.CutPrefix(lines[i], ">")
			lines[i] = rest
			want = append(want, ok)
		}
		got := layoutOf(lines)
		for i := range lines {
			if got.rows[i] != want[i] {
				t.Errorf("line %d of %q: row %v, want %v", i+1, text, got.rows[i], want[i])
			}
		}
	}
}
