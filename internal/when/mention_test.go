package when

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata")

// TestMentions walks testdata/mentions.txt: sentences as people write them,
// each with the times that are to be found in it.
//
//	# a heading
//	ref 2024-07-30 America/Los_Angeles document   day, zone and its giver of what follows
//	"sentence" (\n is a line break)
//		the words found: from [.. until], then word, precision, what else holds
func TestMentions(t *testing.T) {
	const path = "testdata/mentions.txt"
	in, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	ref := Ref{}
	sentences := 0
	for line := range strings.Lines(string(in)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "\t"):
			continue
		case strings.HasPrefix(line, "ref "):
			ref = readRef(t, line)
		case strings.HasPrefix(line, "> "):
			sentences++
			text := strings.ReplaceAll(line[2:], `\n`, "\n")
			fmt.Fprintln(&out, line)
			for _, m := range Mentions(text, ref) {
				fmt.Fprintf(&out, "\t%s\n", showMention(text, m))
			}
			continue
		}
		fmt.Fprintln(&out, line)
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if sentences < 80 {
		t.Errorf("only %d sentences in %s", sentences, path)
	}
	want := strings.Split(string(in), "\n")
	for i, line := range strings.Split(out.String(), "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d:\ngot  %s\nwant %s\n(see also -update)", path, i+1, line, append(want, "", "")[i])
		}
	}
}

// readRef reads "ref DAY ZONE GIVER [said TIME]"; "-" is nothing.
func readRef(t *testing.T, line string) Ref {
	t.Helper()
	var ref Ref
	f := strings.Fields(line)
	if f[2] != "-" {
		ref.Zone = Zone{Location: mustZone(t, f[2]), From: ZoneFrom(f[3])}
	}
	if f[1] != "-" {
		loc := ref.Zone.Location
		if loc == nil {
			loc = time.UTC
		}
		day, err := time.ParseInLocation("2006-01-02", f[1], loc)
		if err != nil {
			t.Fatal(err)
		}
		ref.Day = day
	}
	if len(f) > 5 {
		said, err := time.Parse(time.RFC3339, f[5])
		if err != nil {
			t.Fatal(err)
		}
		ref.Said = said
	}
	return ref
}

func showMention(text string, m Mention) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q: ", text[m.Start:m.End])
	show := func(s Stamp) {
		if s.Approx {
			b.WriteByte('~')
		}
		if s.Time.IsZero() {
			b.WriteString("undated")
			return
		}
		b.WriteString(s.Time.Format("2006-01-02T15:04:05.999999999Z"))
	}
	show(m.Stamp)
	if m.Until != nil {
		b.WriteString(" .. ")
		show(*m.Until)
	}
	fmt.Fprintf(&b, ", %s, %s, zone %s", m.Word, m.Precision, m.ZoneFrom)
	if m.HasDate {
		b.WriteString(", dated")
	}
	if m.Doubt != "" {
		fmt.Fprintf(&b, ", doubt: %s", m.Doubt)
	}
	return b.String()
}

// TestMentionsGivenYear wants the year that the user gave, and no other day for
// a date that this year does not have.
func TestMentionsGivenYear(t *testing.T) {
	ref := Ref{Day: time.Date(2024, 7, 30, 0, 0, 0, 0, time.UTC), Year: 2023}
	for text, want := range map[string]string{
		"on 28 February at 11:45 UTC":      "2023-02-28T11:45:00Z",
		"on 28 February 2022 at 11:45 UTC": "2022-02-28T11:45:00Z",
		"on 29 February at 11:45 UTC":      "0001-01-01T00:00:00Z",
	} {
		m := Mentions(text, ref)
		if len(m) != 1 || m[0].Time.Format(time.RFC3339) != want || m[0].Time.IsZero() && m[0].Doubt == "" {
			t.Errorf("%q: %+v, want %s", text, m, want)
		}
	}
}
