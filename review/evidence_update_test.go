package review

import (
	"regexp"
	"strings"
	"testing"

	"pir/review/document"
)

// starred is a page as a formatter leaves it that writes bullets as "*".
func starred(page string) string {
	lines := strings.Split(page, "\n")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, "- "); ok {
			lines[i] = "* " + rest
		}
	}
	return strings.Join(lines, "\n")
}

// TestUpdateRegeneratesTheList: the list of evidence has one row for each number
// after an update, however it was written; lines that the writer added stay below.
func TestUpdateRegeneratesTheList(t *testing.T) {
	d := sampleReview(t, checkout)
	own := "Minutes of the meeting are in the wiki [[17]].\n"
	for _, c := range []struct{ what, page, stays string }{
		{"as it was", string(d.Source), ""},
		{"other bullets", starred(string(d.Source)), ""},
		{"a line of the writer's", strings.Replace(string(d.Source), "<!-- pir:end evidence -->", own+"<!-- pir:end evidence -->", 1), "Minutes of the meeting are in the wiki [["},
		{"a row taken out", regexp.MustCompile(`(?m)^- <a id="evidence-17">.*\n`).ReplaceAllString(string(d.Source), ""), ""},
	} {
		for _, side := range [][]byte{checkoutSidecar(t), nil} {
			was := parsedWith(t, []byte(c.page), side)
			u := updated(t, was, earlier(t, d), func(o *UpdateOptions) { o.Options = Again(d) })
			if strings.Contains(string(u.Markdown), "<<<<<<<") {
				t.Errorf("%s: there are conflicts", c.what)
			}
			text, _ := inner(reparsed(t, u), "evidence")
			for n := 1; strings.Contains(text, "]: #evidence-") && n <= len(listed(text)); n++ {
				if listed(text)[n] == "" {
					t.Errorf("%s: no row %d", c.what, n)
				}
			}
			if a, b := strings.Count(text, "<a id="), len(listed(text)); a != b || b < 35 {
				t.Errorf("%s: %d rows of %d numbers", c.what, a, b)
			}
			if strings.Count(text, c.stays) < 1 {
				t.Errorf("%s: %q is gone", c.what, c.stays)
			}
			again := updated(t, reparsed(t, u), earlier(t, d), func(o *UpdateOptions) { o.Options = Again(d) })
			sameText(t, c.what+", once more", string(again.Markdown), string(u.Markdown))
		}
	}
}

// TestUpdateWritesNoProvisionalNumber: numbers that are used while texts are
// merged are an error, not a page.
func TestUpdateWritesNoProvisionalNumber(t *testing.T) {
	d := sampleReview(t, checkout)
	u := &updating{doc: d, fresh: &made{out: &written{}}}
	for text, bad := range map[string]bool{
		"It was so [[500000]].": true, `<a id="evidence-500000"></a>`: true, "[[700012]]": true, "[[1048577]]": true,
		"[[34]]": false, "500000 requests": false, "[[499999]]": false,
	} {
		if err := u.provisional(text); (err != nil) != bad {
			t.Errorf("%s: %v", text, err)
		}
	}
	u.doc = &document.Document{Source: []byte("The writer's own [500000].")}
	if err := u.provisional("The writer's own [500000]."); err != nil {
		t.Error(err)
	}
}
