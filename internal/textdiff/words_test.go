package textdiff

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// show writes a result as git does: [-old-]{+new+}.
func show(r Result) string {
	var b strings.Builder
	for _, p := range r.Pieces {
		switch p.Op {
		case Delete:
			b.WriteString("[-" + p.Text + "-]")
		case Insert:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// marks are pairs of texts with what a person would mark.
var marks = []struct{ name, a, b, want string }{
	{"same", "as it was", "as it was", "as it was"},
	{"nothing to nothing", "", "", ""},
	{"from nothing", "", "new", "{+new+}"},
	{"to nothing", "old", "", "[-old-]"},
	{"a time", "Most of it was over at 14:10 UTC.", "Most of it was over at 13:58 UTC.", "Most of it was over at [-14:10-]{+13:58+} UTC."},
	{"a number with its unit", "It took 12,400 ms to answer.", "It took 14,912 ms to answer.", "It took [-12,400 ms-]{+14,912 ms+} to answer."},
	{"the unit alone", "It took 12 s to answer, as ever.", "It took 12 ms to answer, as ever.", "It took [-12 s-]{+12 ms+} to answer, as ever."},
	{"a duration", "Users were hurt for 7 h 58 min in all.", "Users were hurt for 7 h 55 min in all.", "Users were hurt for [-7 h 58 min-]{+7 h 55 min+} in all."},
	{"per cent", "About 33.9 % of requests failed at the edge.", "About 31 % of requests failed at the edge.", "About [-33.9 %-]{+31 %+} of requests failed at the edge."},
	{"an id", "The cause is in release KTY1-HW8 of the edge.", "The cause is in release KTY1-HW9 of the edge.", "The cause is in release [-KTY1-HW8-]{+KTY1-HW9+} of the edge."},
	{"a URL", "See https://status.example/i/12?a=b, and wait.", "See https://status.example/i/13?a=b, and wait.", "See [-https://status.example/i/12?a=b-]{+https://status.example/i/13?a=b+}, and wait."},
	{"a URL at the end", "All is told at https://status.example/i/12.", "All is told at https://status.example/i/13.", "All is told at [-https://status.example/i/12-]{+https://status.example/i/13+}."},
	{"a flag", "In 🇩🇪 it was slow for a while.", "In 🇰🇪 it was slow for a while.", "In [-🇩🇪-]{+🇰🇪+} it was slow for a while."},
	{"a family", "Ask the 👩‍👩‍👧 on call about it.", "Ask the 👩‍👩‍👦 on call about it.", "Ask the [-👩‍👩‍👧-]{+👩‍👩‍👦+} on call about it."},
	{"combining marks", "The café in the north was closed.", "The cafe in the north was closed.", "The [-café-]{+cafe+} in the north was closed."},
	{"Chinese", "网络配置错误导致拥塞和丢包", "网络配置错误造成拥塞和丢包", "网络配置错误[-导致-]{+造成+}拥塞和丢包"},
	{"Hebrew", "השירות חזר לפעול בשעה מאוחרת מאוד", "השירות חזר לעבוד בשעה מאוחרת מאוד", "השירות חזר [-לפעול-]{+לעבוד+} בשעה מאוחרת מאוד"},
	{"a sentence put in", "We saw it. We fixed it.", "We saw it. Nobody called. We fixed it.", "We saw it. {+Nobody called. +}We fixed it."},
	{"a word put in", "The rollback of the release was quick.", "The rollback of the last release was quick.", "The rollback of the {+last +}release was quick."},
	{"a word at the end", "It was slow", "It was slow today", "It was slow{+ today+}"},
	{"two words with a short one between", "The reason for the outage was a defence of the network.", "The reason for the outage was an error in the configuration.", "The reason for the outage was [-a defence of the network-]{+an error in the configuration+}."},
	{"a number that stayed", "It began at 11:45 and ended at 14:10 that day.", "Impact lasted from 11:45 and ended at 13:58 that day.", "[-It began at-]{+Impact lasted from+} 11:45 and ended at [-14:10-]{+13:58+} that day."},
	{"all of it", "The disk of our provider was slow.", "Nobody had tested the new relay under load.", "[-The disk of our provider was slow.-]{+Nobody had tested the new relay under load.+}"},
	{"bytes that are no text", "a\xffb c d e f", "a\xffb c d e g", "a�b c d e [-f-]{+g+}"},
	{"lines", "one\ntwo is here\nthree\n", "one\ntwo is there\nthree\n", "one\ntwo is [-here-]{+there+}\nthree\n"},
}

func TestWords(t *testing.T) {
	for _, row := range marks {
		r := Words(row.a, row.b)
		if got := show(r); got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, got, row.want)
		}
		checkResult(t, row.a, row.b, r, Words(row.b, row.a))
	}
}

// checkResult holds what is true of every comparison.
func checkResult(t *testing.T, a, b string, r, back Result) {
	t.Helper()
	if r.Before() != valid(a) || r.After() != valid(b) {
		t.Fatalf("%q to %q: the pieces give %q and %q", a, b, r.Before(), r.After())
	}
	if m := back.Mirror(); !slices.Equal(m.Pieces, r.Pieces) || m.Coarse != r.Coarse {
		t.Fatalf("%q to %q: %s, and mirrored %s", a, b, show(r), show(m))
	}
	if r.Same() != (valid(a) == valid(b)) {
		t.Fatalf("%q to %q: same is %v", a, b, r.Same())
	}
	for i, p := range r.Pieces {
		if p.Text == "" || !utf8.ValidString(p.Text) {
			t.Fatalf("%q to %q: piece %d is %q", a, b, i, p.Text)
		}
		if i > 0 && (r.Pieces[i-1].Op == p.Op || r.Pieces[i-1].Op == Insert && p.Op == Delete) {
			t.Fatalf("%q to %q: pieces out of order: %s", a, b, show(r))
		}
	}
}

func TestLines(t *testing.T) {
	a, b := "one\ntwo\nthree\nfour", "one\n2\nthree\nfour\n"
	r := Lines(a, b)
	want := "one\n[-two\n-]{+2\n+}three\n[-four-]{+four\n+}"
	if got := show(r); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	checkResult(t, a, b, r, Lines(b, a))
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"At 11:45 UTC, 7 h 58 min.":    "At| |11:45| |UTC|,| |7 h 58 min|.",
		"12,400 of 1,039; 5 %":         "12,400| |of| |1,039|;| |5 %",
		"don't re-run v2.41.0":         "don't| |re-run| |v2.41.0",
		"2024-07-30T11:45:00Z–19:43":   "2024-07-30T11:45:00Z|–|19:43",
		"logs/edge.log.gz:9146 (mail)": "logs/edge.log.gz:9146| |(|mail|)",
		"5 minutesque 5 min":           "5| |minutesque| |5 min",
		"拥塞 4 GB":                      "拥|塞| |4 GB",
		"👩‍👩‍👧🇩🇪é":                     "👩‍👩‍👧|🇩🇪|é",
		"a@b.example and #123":         "a@b.example| |and| |#|123",
		"see (https://a.example/b_c).": "see| |(|https://a.example/b_c|)|.",
		"\r\n \t x":                    "\r\n \t |x",
	} {
		if got := strings.Join(Tokens(text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestAlike(t *testing.T) {
	same := Alike("Rolled back to relay 6 in Europe", "rolled back to relay 6, in Europe!")
	near := Alike("Rolled back to relay 6 in Europe", "Rolled back to relay 5 in Asia")
	far := Alike("Rolled back to relay 6 in Europe", "The status page was updated")
	if same != 1000 || near <= 500 || near >= 1000 || far != 0 {
		t.Errorf("same %d, near %d, far %d", same, near, far)
	}
}

// TestBound wants an end, and honesty, where two texts share everything but the
// order.
func TestBound(t *testing.T) {
	var a, b []string
	for i := range 30_000 {
		a = append(a, string(rune('a'+i%7)))
		b = append(b, string(rune('a'+i%11%7)))
	}
	matches, coarse := Align(a, b)
	if !coarse {
		t.Errorf("%d matches, and no word that they are not all", len(matches))
	}
	checkMatches(t, a, b, matches)
	r := Words(strings.Join(a, " "), strings.Join(b, " "))
	if !r.Coarse {
		t.Error("the words do not say that they are coarse")
	}
}

// checkMatches holds what is true of every alignment.
func checkMatches(t *testing.T, a, b []string, matches []Match) {
	t.Helper()
	i, j := 0, 0
	for _, m := range matches {
		if m.A < i || m.B < j || m.N < 1 {
			t.Fatalf("%v: out of order", matches)
		}
		if !slices.Equal(a[m.A:m.A+m.N], b[m.B:m.B+m.N]) {
			t.Fatalf("%v: not equal", m)
		}
		i, j = m.A+m.N, m.B+m.N
	}
}

// TestManyLines numbers more different lines than there are runes below the
// surrogates.
func TestManyLines(t *testing.T) {
	var a, b []string
	for i := range 70_000 {
		line := strings.Repeat("x", i%5) + string(rune(0x10000+i))
		if i%1000 != 0 {
			a = append(a, line)
		}
		if i%1700 != 0 {
			b = append(b, line)
		}
	}
	matches, coarse := Align(a, b)
	n := 0
	for _, m := range matches {
		n += m.N
	}
	if coarse || n != 70_000-70-42+5 {
		t.Errorf("%d matches, coarse %v", n, coarse)
	}
	checkMatches(t, a, b, matches)
}

func FuzzWords(f *testing.F) {
	if len(marks) < 20 {
		f.Fatal("no seeds")
	}
	for _, row := range marks {
		f.Add(row.a, row.b)
	}
	f.Add("a b a b a b", "b a b a")
	f.Add("5\u200d s", "5 s\u0301")
	f.Fuzz(func(t *testing.T, a, b string) {
		checkResult(t, a, b, Words(a, b), Words(b, a))
		checkResult(t, a, b, Lines(a, b), Lines(b, a))
		if r := Words(a, a); !r.Same() {
			t.Fatalf("%q differs from itself", a)
		}
		checkTokens(t, valid(a))
	})
}

// checkTokens wants all of the text, and no grapheme in two tokens.
func checkTokens(t *testing.T, text string) {
	t.Helper()
	tokens := Tokens(text)
	if strings.Join(tokens, "") != text {
		t.Fatalf("%q: the tokens are %q", text, tokens)
	}
	ends := map[int]bool{}
	n := 0
	for rest, state := text, -1; rest != ""; {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n += len(c)
		ends[n] = true
	}
	n = 0
	for _, token := range tokens {
		n += len(token)
		if !ends[n] {
			t.Fatalf("%q: token %q ends within a grapheme", text, token)
		}
	}
}
