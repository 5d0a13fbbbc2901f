package document

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"pir/timeline"
)

// TestTold: the sidecar adds what the page does not show, and what a person
// changed in a block counts as the page says it.
func TestTold(t *testing.T) {
	page, err := os.ReadFile("../../samples/checkout-rollback/review.md")
	if err != nil {
		t.Fatal(err)
	}
	side, err := os.ReadFile("../../samples/checkout-rollback/review.pir.json")
	if err != nil {
		t.Fatal(err)
	}
	detected := func(page []byte) (string, string, string) {
		d, err := Parse("review.md", page, side)
		if err != nil {
			t.Fatal(err)
		}
		f := d.Told()
		at, metric, id := "", "", ""
		for _, m := range f.Milestones {
			if m.Name == timeline.Detected {
				at = m.Time.Format("15:04:05.000")
			}
		}
		for _, m := range f.Metrics {
			if m.Name == "time_to_detect" {
				metric = m.Text + " " + string(m.To)
			}
		}
		for _, r := range f.Rows {
			if r.Part == "timeline" && strings.HasPrefix(r.Text, "Detected") {
				id = r.ID
			}
		}
		return at, metric, id
	}
	if at, metric, id := detected(page); at != "12:26:04.518" || metric != "12 min 1 s detected" || id != "e74f2e327210f" {
		t.Errorf("detected at %s, %s, row %s", at, metric, id)
	}
	edited := bytes.Replace(page, []byte("| Detected by a monitor | 12:26:04 |"), []byte("| Detected by a monitor | 12:25 |"), 1)
	if at, _, id := detected(edited); at != "12:25:00.000" || id != "e74f2e327210f" {
		t.Errorf("edited: detected at %s, row %s", at, id)
	}
	crlf := bytes.ReplaceAll(page, []byte("\n"), []byte("\r\n"))
	if at, _, _ := detected(crlf); at != "12:26:04.518" {
		t.Errorf("with other line ends: detected at %s", at)
	}
}

// TestParseHostile: pages that are made to take long end, and are whole.
func TestParseHostile(t *testing.T) {
	r := strings.Repeat
	const n = 1 << 19
	for name, page := range map[string]string{
		"markers":        r("<!-- pir:internal -->\nx\n<!-- /pir:internal -->\n", n/48),
		"open markers":   r("<!-- pir:internal -->\n", n/22),
		"lost ends":      r("<!-- pir:begin a -->\n<!-- pir:end b -->\n", n/40),
		"headings":       r("# a\n", n/4),
		"deep headings":  r("# a\n## b\n### c\n#### d\n##### e\n###### f\n", n/40),
		"front matter":   "---\n" + r("a: [b\n", n/6) + "---\n",
		"front keys":     "---\n" + r("- a\n", n/4) + "---\n",
		"citations":      r("[[1]] ", n/6),
		"sentences":      r("At 10:04 it was. ", n/17),
		"times":          r("10:04 ", n/6),
		"rows":           "## Timeline\n\n| Time | What |\n|---|---|\n" + r("| 10:04 | x |\n", n/14),
		"bullets":        "## Timeline\n\n" + r("- 10:04 x\n", n/10),
		"actions":        "## Action items\n\n- " + r("(owner: x) ", n/11) + "\n",
		"actions, many":  "## Action items\n\n" + r("- [ ] a (owner: x)\n", n/19),
		"named":          r("**Severity:** 1\n", n/16),
		"definitions":    "## Evidence\n\n" + r("- [1] `a:1`: `b`\n", n/17),
		"brackets":       "## Action items\n\n- " + r("((((", n/4),
		"one long word":  r("a", n),
		"long citations": r("[", n) + r("1]", 10),
	} {
		d := parse(t, page)
		if len(d.Sections) == 0 {
			t.Errorf("%s: nothing", name)
		}
	}
}
