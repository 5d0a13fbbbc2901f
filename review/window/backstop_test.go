package window

import (
	"strings"
	"testing"
	"time"

	"pir/timeline"
)

// TestBackstopBeforeTheAnchor: where the anchor may come after the backstop, the
// backstop holds; where it is known to have, it does not apply.
func TestBackstopBeforeTheAnchor(t *testing.T) {
	resolved := at("2026-03-02T12:00:00Z")
	day := func(n int) time.Time { return resolved.AddDate(0, 0, n) }
	w := Window{Name: "ours", Stages: []Rule{
		{Name: "preliminary", Anchors: []string{"resolved"}, Offset: Offset{Count: 10, Unit: Days}},
		{Name: "final", Anchors: []string{"stage:preliminary"}, Offset: Offset{Count: 5, Unit: Days}, Backstop: &Backstop{Anchor: "resolved", Offset: Offset{Count: 7, Unit: Days}}},
	}}
	for _, test := range []struct {
		name      string
		published time.Time
		due       time.Time
		against   bool
	}{
		{"not published yet", time.Time{}, day(7), true},
		{"published long before", day(1), day(6), false},
		{"published before", day(3), day(7), false},
		{"published after the backstop", day(8), day(13), false},
	} {
		in := Input{Given: map[string]time.Time{"resolved": resolved}}
		if !test.published.IsZero() {
			in.Published = map[string]time.Time{"preliminary": test.published}
		}
		final := Due(&timeline.Timeline{}, w, in)[1]
		if !final.Due.Equal(test.due) || strings.Contains(final.Why, "contradicts itself") != test.against {
			t.Errorf("%s: due %s, %s", test.name, final.Due, final.Why)
		}
	}
}
