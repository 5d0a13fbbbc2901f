package when

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// mentionSentences are the sentences of testdata/mentions.txt; without them the
// fuzz targets below would start from nothing, and fail.
func mentionSentences(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/mentions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "> "); ok {
			out = append(out, strings.ReplaceAll(strings.TrimRight(text, "\n"), `\n`, "\n"))
		}
	}
	if len(out) < 80 {
		t.Fatal("testdata/mentions.txt has too few sentences")
	}
	return out
}

// FuzzMentions wants ranges in order, inside the text and on whole characters,
// and the same answer twice.
func FuzzMentions(f *testing.F) {
	for _, s := range mentionSentences(f) {
		f.Add(s)
	}
	refs := []Ref{{}, {Day: time.Date(2024, 7, 30, 0, 0, 0, 0, time.UTC)},
		{Day: time.Date(2024, 11, 3, 8, 0, 0, 0, time.UTC), Zone: Zone{mustZone(f, "America/Los_Angeles"), ZoneDocument}, Said: time.Date(2024, 11, 3, 9, 0, 0, 0, time.UTC)}}
	f.Fuzz(func(t *testing.T, text string) {
		for _, ref := range refs {
			end := 0
			for _, m := range Mentions(text, ref) {
				if m.Start < end || m.End <= m.Start || m.End > len(text) {
					t.Fatalf("range %d to %d after %d", m.Start, m.End, end)
				}
				end = m.End
				if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
					t.Fatalf("%q cuts a character", text[m.Start:m.End])
				}
				if m.Text == "" || !strings.HasPrefix(text[m.Start:m.End], m.Text) {
					t.Fatalf("text %q of %q", m.Text, text[m.Start:m.End])
				}
				if !m.Time.IsZero() && (m.Precision == Unknown || m.ZoneFrom == "") || m.Time.IsZero() && m.Doubt == "" {
					t.Fatalf("%q is half read: %+v", m.Text, m)
				}
				if m.Until != nil && !m.Time.IsZero() && m.Until.Time.Before(m.Time) && m.Doubt == "" {
					t.Fatalf("%q ends before it begins", text[m.Start:m.End])
				}
			}
		}
	})
}

func FuzzLapses(f *testing.F) {
	for _, row := range lapseTable {
		f.Add(row.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, l := range Lapses(text) {
			if l.Start < end || l.End <= l.Start || l.End > len(text) || l.D < 0 {
				t.Fatalf("%+v after %d", l, end)
			}
			end = l.End
		}
	})
}

// FuzzParse wants that what was read, printed by Format, reads as the same
// instant.
func FuzzParse(f *testing.F) {
	for _, row := range parseTable {
		f.Add(row.text, row.year)
	}
	zone := Zone{mustZone(f, "Europe/Berlin"), ZoneSource}
	f.Fuzz(func(t *testing.T, text string, year int) {
		st, err := Parse(text, zone, year)
		if err != nil {
			return
		}
		if st.Precision == Unknown || st.ZoneFrom == "" || st.Time.Location() != time.UTC {
			t.Fatalf("%q is half read: %+v", text, st)
		}
		if y := st.Time.Year(); y < 1000 || y > 9999 {
			return // RFC 3339 has four digits
		}
		again, err := Parse(Format(st.Time, Nanosecond), Zone{}, 0)
		if err != nil || !again.Time.Equal(st.Time) {
			t.Fatalf("%q reads as %v, and that as %v, %v", text, st.Time, again.Time, err)
		}
	})
}

// FuzzSpan wants that what Words says is a span that is said the same way.
func FuzzSpan(f *testing.F) {
	for _, d := range []int64{0, 1, 999, 41e9, 59999999999, 28680e9, 97200e9, -240e9, 1 << 62} {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, ns int64) {
		words := Words(time.Duration(ns))
		d, err := ParseSpan(words)
		if err != nil || Words(d) != words {
			t.Fatalf("%d is %q, and that is %v, %v", ns, words, d, err)
		}
	})
}

func FuzzEpoch(f *testing.F) {
	f.Add("1721736120.000026")
	f.Add("1721736120123")
	f.Fuzz(func(t *testing.T, text string) {
		st, err := Epoch(text)
		if err == nil && (st.Time.IsZero() || st.Precision < Second) {
			t.Fatalf("%q reads as %+v", text, st)
		}
	})
}
