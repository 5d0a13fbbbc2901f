package logs

import "testing"

// TestEveryFormatHasAGuide walks the table.
func TestEveryFormatHasAGuide(t *testing.T) {
	for _, f := range Formats() {
		if g := GuideOf(f.Name); g.Recognised == "" || g.Export == "" || g.Lasts == "" {
			t.Errorf("%s: %+v", f.Name, g)
		}
	}
}
