package source

import (
	"testing"

	"pir/timeline"
)

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"a < b and c > d":                    "a < b and c > d",
		"<p>One</p><p>two<br/>three</p>":     "One\n\ntwo\nthree",
		"<ul><li>a</li><li>b</li></ul>c":     "- a\n- b\nc",
		"<script>alert(1)</script>":          "<script>alert(1)</script>",
		"&lt;b&gt; &amp; &quot;x&quot;":      "<b> & \"x\"",
		"<a href=\"x>y\">link</a>":           "y\">link",
		"x <var data-var='date'>Mar 5</var>": "x Mar 5",
		"<":                                  "<",
		"<b":                                 "<b",
		"  a\u00a0 b \n\n\n c ":              "a b\n\nc",
	} {
		if got := plainText(in); got != want {
			t.Errorf("plainText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestInlineText(t *testing.T) {
	for in, want := range map[string]string{
		"**a** and *b* and _c_ and __d__": "a and b and c and d",
		"snake_case_name 2*3*4":           "snake_case_name 2*3*4",
		"see [it](https://x.example/(1))": "see it",
		"![img](a.png \"t\") x":           "img x",
		"`*a*` *b*":                       "`*a*` b",
		`\*a\* \[x\]`:                     "*a* [x]",
		"AT&amp;T":                        "AT&T",
		"[14:02] x":                       "[14:02] x",
	} {
		if got := inlineText(in); got != want {
			t.Errorf("inlineText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestActionOf(t *testing.T) {
	for _, test := range []struct {
		in   string
		task byte
		want timeline.Action
	}{
		{"Do it", 0, timeline.Action{Text: "Do it"}},
		{"Do it (owner: Ravi, due: 2025-10-03)", ' ', timeline.Action{Text: "Do it", Owner: "Ravi", Due: "2025-10-03", State: "open"}},
		{"Do it @dana", 'x', timeline.Action{Text: "Do it", Owner: "dana", State: "done"}},
		{"Do it by 30 Nov 2024.", 0, timeline.Action{Text: "Do it", Due: "30 Nov 2024"}},
		{"Do it (Completed)", 0, timeline.Action{Text: "Do it", State: "done"}},
		{"Do it (Estimated completion: Nov 2024)", 0, timeline.Action{Text: "Do it", Due: "Nov 2024", State: "open"}},
		{"Do it (see owner: x, or not)", 0, timeline.Action{Text: "Do it (see owner: x, or not)"}},
		{"Do it (type: Prevent; ticket: OPS-1)", 0, timeline.Action{Text: "Do it", Type: "prevent", Link: "OPS-1"}},
		{"Drive by May in the car", 0, timeline.Action{Text: "Drive by May in the car"}},
	} {
		got := actionOf(test.in, test.in, test.task)
		got.Evidence = nil
		if got.Text != test.want.Text || got.Owner != test.want.Owner || got.Due != test.want.Due ||
			got.State != test.want.State || got.Type != test.want.Type || got.Link != test.want.Link {
			t.Errorf("actionOf(%q) = %+v, want %+v", test.in, *got, test.want)
		}
	}
}

// TestLabels: a word has one meaning, and can be found.
func TestLabels(t *testing.T) {
	seen := map[string]bool{}
	for i, l := range labels {
		if l.topic == "" && l.kind == "" && l.milestone == "" {
			t.Errorf("label %v means nothing", l.words)
		}
		for _, w := range l.words {
			if seen[w] {
				t.Errorf("label %q stands in two rows", w)
			}
			seen[w] = true
			if found, _, ok := labelOf(w + ": x"); !ok || found != &labels[i] {
				t.Errorf("label %q is not found in front of a colon", w)
			}
		}
	}
}

func TestTitleAndBodyShareNoWord(t *testing.T) {
	long := "This is the first sentence of a long line, and it goes on for a while. Here is the second one, which belongs to the body of the note, because the line is long. And a third."
	title, body := titleAndBody(long + "\nnext line")
	if title != "This is the first sentence of a long line, and it goes on for a while." ||
		body != "Here is the second one, which belongs to the body of the note, because the line is long. And a third.\nnext line" {
		t.Errorf("title %q, body %q", title, body)
	}
}
