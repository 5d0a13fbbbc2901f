package check

import (
	"fmt"
	"strings"
	"testing"

	"pir/review/document"
)

// big are pages of a hundred kilobytes: an ordinary one, and some that were made to
// be slow. A rule that looks at a page once for each of its pieces would take
// minutes, and the test would time out.
func big() map[string]string {
	rows := "# Review\n\n## Timeline\n\n| Time (UTC) | What |\n|---|---|\n"
	for i := range 900 {
		rows += fmt.Sprintf("| 2025-09-17 %02d:%02d:%02d | The engineer restarted pod %d; it should have been \"drained\" [[%d]]. |\n", i/3600%24, i/60%60, i%60, i, i)
	}
	many := func(piece string) string {
		return "# T\n\n## Summary\n\n" + strings.Repeat(piece, 100_000/len(piece))
	}
	return map[string]string{
		"rows": rows, "quotes": many(`"a `), "tags": many("<a "), "comments": many("<!-- "), "ticks": many("` `` "), "brackets": many("[a][b] "),
		"ignores": many("<!-- pir:ignore blame: x -->\n\nword\n\n"), "times": many("From 12:00 to 13:00 UTC on 17 September 2025 the outage lasted 5 minutes.\n\n"),
		"engineers": many("the engineer the on-call should not also "), "conflicts": many("<<<<<<< a\n"), "spaces": many("should    \n"),
	}
}

func TestBigPages(t *testing.T) {
	for name, text := range big() {
		d, err := document.Parse(name, []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		found := Check(d, Options{})
		checkPlaces(t, d, found[:min(len(found), 100)])
	}
}

func BenchmarkCheck(b *testing.B) {
	for name, text := range big() {
		d, err := document.Parse(name, []byte(text), nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Check(d, Options{})
			}
		})
	}
}
