package source

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are documents that nobody means well with: nested beyond reason, cut
// at the worst place, with one thing a hundred thousand times.
func hostile() map[string]string {
	many := func(text string, n int) string { return strings.Repeat(text, n) }
	return map[string]string{
		"lists in lists":       many("[", 100_000),
		"lists, closed":        many("[", 100_000) + many("]", 100_000),
		"objects in objects":   many(`{"incident":`, 100_000),
		"alerts in alerts":     many(`{"alerts":[`, 50_000) + many("]}", 50_000),
		"a deep parameter":     `{"Records":[{"eventSource":"a","eventName":"b","eventTime":"2024-01-01T00:00:00Z","requestParameters":` + many(`{"a":`, 9_000) + "1" + many("}", 9_000) + "}]}",
		"a deep row":           `[{"time":"2024-01-01T00:00:00Z","title":"x","more":` + many(`{"a":`, 20_000) + "1" + many("}", 20_000) + "}]",
		"nothing, many times":  "[" + many("null,", 5_000) + "0]",
		"many keys":            "{" + many(`"k":1,`, 20_000) + `"page":{}}`,
		"many columns":         "time,title\n" + many(",", 100_000) + "\n",
		"many quotes":          "time,title\n" + many("2024-01-01 10:00,\"x\n", 2_000),
		"tags in tags":         "<feed><title>status</title><entry><title>" + many("<b>", 50_000) + "</title></entry>",
		"entries without end":  "<feed>" + many("<entry><a>", 20_000),
		"commits without more": many("commit aaaaaaaaaaa\n", 2_000),
		"the last year":        `[{"time":"9999-12-31T23:59:59Z","title":"x"},{"time":"0001-01-01T00:00:00Z","title":"y"},{"time":99999999999999999999,"title":"z"}]`,
		"a long word":          `[{"time":"2024-01-01T00:00:00Z","title":"` + many("x", 3_000_000) + `"}]`,
		"half a rune":          "time,title\n2024-01-01 10:00,\xff\xfe\xc3\n",
	}
}

// TestHostile reads documents of ill will with every parser.
func TestHostile(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			for i := range Formats {
				f := &Formats[i]
				if sure := f.Sniff("x", []byte(text)[:min(len(text), headBytes)]); sure < 0 || sure > 100 {
					t.Errorf("%s is %d sure", f.Name, sure)
				}
				checkParse(t, f, []byte(text))
			}
		})
	}
}

// TestLongTextsAreCut: an event carries no more of a text than a reader can
// use, and says so.
func TestLongTextsAreCut(t *testing.T) {
	data := []byte(fmt.Sprintf(`[{"time": "2024-07-30T11:45:00Z", "title": %q}, {"time": "2024-07-30T11:46:00Z", "title": "short"}]`,
		strings.Repeat("Words and words. ", 100_000)))
	n := 0
	for e, err := range jsonFormat.Parse(t.Context(), document("x", data), Options{}) {
		if n++; err != nil || len(e.Title)+len(e.Body) > maxText+200 || len(e.Raw) > maxRaw {
			t.Errorf("title %d, body %d, raw %d bytes, %v", len(e.Title), len(e.Body), len(e.Raw), err)
		}
	}
	if n != 2 {
		t.Errorf("%d events", n)
	}
}
