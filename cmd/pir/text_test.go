package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pir/timeline"
)

func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"  white \t\r\n space ", "white space"},
		{"red \x1b[31m", `red \x1b[31m`},
		{"bell \a nul \x00 del \x7f c1 \u009b", `bell \x07 nul \x00 del \x7f c1 \x9b`},
		{"turn \u202e around", `turn \u202e around`},
		{"bad \xff byte", "bad \ufffd byte"},
		{"family 👨\u200d👩", "family 👨\u200d👩"},
		{"| <script> {{.}} **x**", "| <script> {{.}} **x**"},
		{"", ""},
	} {
		if got := visible(c.in); got != c.want {
			t.Errorf("visible(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// FuzzVisible: nothing that a terminal obeys passes, and letters are kept.
func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"plain", "red \x1b[31m", "turn \u202e around", "bad \xff byte", " \u2028 "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := visible(in)
		if !utf8.ValidString(out) {
			t.Errorf("%q: not UTF-8: %q", in, out)
		}
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%q: %q passed", in, r)
			}
		}
		for _, r := range in {
			if unicode.IsLetter(r) && !strings.ContainsRune(out, r) {
				t.Errorf("%q: %q is lost", in, r)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text     string
		n, lines int
		want     []string
	}{
		{"", 10, 2, []string{""}},
		{"one two", 10, 2, []string{"one two"}},
		{"one two three four", 10, 2, []string{"one two", "three four"}},
		{"one two three four five", 10, 2, []string{"one two", "three fou…"}},
		{"abcdefghijklmnop", 10, 2, []string{"abcdefghij", "klmnop"}},
		{"a abcdefghijklmnop", 10, 3, []string{"a", "abcdefghij", "klmnop"}},
		{"四四四四四 四", 10, 2, []string{"四四四四四", "四"}},
	} {
		if diff := cmp.Diff(c.want, wrap(c.text, c.n, c.lines)); diff != "" {
			t.Errorf("wrap(%q, %d, %d): want -, got +\n%s", c.text, c.n, c.lines, diff)
		}
	}
}

// FuzzWrap: no line is too wide, and without an ellipsis no word is lost.
func FuzzWrap(f *testing.F) {
	f.Add("one two three", 10, 2)
	f.Add("abcdefghijklmnopqrstuvwxyz 四四四四四四四四四四四四", 12, 3)
	f.Fuzz(func(t *testing.T, text string, n, lines int) {
		if n < 10 || n > 200 || lines < 1 || lines > 9 {
			return
		}
		text = visible(text)
		out := wrap(text, n, lines)
		if len(out) > lines {
			t.Errorf("%d lines, want %d", len(out), lines)
		}
		for _, line := range out {
			if width(line) > n {
				t.Errorf("%q: %d cells, want %d", line, width(line), n)
			}
		}
		joined := strings.Join(out, "")
		if !strings.HasSuffix(joined, "…") && strings.ReplaceAll(joined, " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Errorf("%q became %q", text, out)
		}
	})
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567", -123: "-123"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0", 0.4: "0.4", 0.126: "0.13", 10.04: "10", 37.25: "37.2", 1234.5: "1234"} {
		if got := rate(v); got != want {
			t.Errorf("rate(%v) = %q, want %q", v, got, want)
		}
	}
}

// TestWarningsAreFolded: like warnings are one line with a count, conflicts are
// each told.
func TestWarningsAreFolded(t *testing.T) {
	warn := func(code, message, origin string) timeline.Warning {
		return timeline.Warning{Code: code, Message: message, Evidence: []timeline.Evidence{{Origin: origin}}}
	}
	var b strings.Builder
	v := &voice{w: &b}
	v.warnings([]timeline.Warning{
		warn(timeline.WarnRecordMalformed, "a.log:3: no time", "a.log:3"),
		warn(timeline.WarnRecordMalformed, "a.log:9: no time", "a.log:9"),
		warn(timeline.WarnRecordMalformed, "a.log:12: no date", "a.log:12"),
		warn(timeline.WarnRecordMalformed, "b.json#/1: no \x1b time", "b.json#/1"),
		warn(timeline.WarnConflict, "mitigated: 13:58 and 14:10", "a.log:4"),
		warn(timeline.WarnConflict, "detected: 11:47 and 11:49", "a.log:4"),
		warn(timeline.WarnBinary, "x.bin: binary", "x.bin"),
		warn(timeline.WarnBinary, "y.bin: binary", "y.bin"),
	})
	want := `pir: warning: a.log:3: no time
pir: warning: a.log:12: no date (and 1 more in a.log: record-malformed)
pir: warning: b.json#/1: no \x1b time
pir: warning: mitigated: 13:58 and 14:10
pir: warning: detected: 11:47 and 11:49
pir: warning: x.bin, y.bin: binary
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// TestFoldsAreOfKnownCodes keeps the table of folds beside that of the codes.
func TestFoldsAreOfKnownCodes(t *testing.T) {
	known := map[string]bool{}
	for _, c := range timeline.WarningCodes() {
		known[c.Code] = true
	}
	for code := range foldBy {
		if !known[code] {
			t.Errorf("%s: no such code", code)
		}
	}
}
