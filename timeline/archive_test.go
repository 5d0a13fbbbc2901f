package timeline

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pir/internal/when"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata")

// TestBuild walks testdata/build: each archive is a case, with its evidence in
// a small language and what is to be made of it.
//
//	-- rows --
//	KIND ORIGIN TIME [key=value …] | title
//		body, a line each
//		! MILESTONE RUNG [key=value …]      a claim of the record's own fields
//	-- bursts --
//	SOURCE COMPONENT START END [key=value …]
//	-- given --
//	NAME TIME [episode=2]
//	-- curation --
//	ID [drop|pin|internal] [milestone=…] | reason
//
// Times are RFC 3339 without the seconds where these are zero; - is none.
func TestBuild(t *testing.T) {
	paths, err := filepath.Glob("testdata/build/*.txtar")
	if err != nil || len(paths) < 15 {
		t.Fatalf("%d archives, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			in := readInput(t, archive)
			got := describe(Build(in))
			checkWanted(t, path, archive, got)
		})
	}
}

func checkWanted(t *testing.T, path string, archive *txtar.Archive, got string) {
	t.Helper()
	for i := range archive.Files {
		f := &archive.Files[i]
		if f.Name != "want" {
			continue
		}
		if string(f.Data) == got {
			return
		}
		if *update {
			f.Data = []byte(got)
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Fatalf("%s: got\n%s\nwant\n%s\n(-update rewrites it)", path, got, f.Data)
	}
	t.Fatalf("%s: no file want", path)
}

// readInput reads the evidence of an archive.
func readInput(t testing.TB, archive *txtar.Archive) Input {
	t.Helper()
	var in Input
	for _, f := range archive.Files {
		for n, block := range blocks(f.Data) {
			fail := func(err error) {
				if err != nil {
					t.Fatalf("%s, block %d: %v", f.Name, n+1, err)
				}
			}
			switch f.Name {
			case "rows":
				e, err := readRow(block)
				fail(err)
				in.Events = append(in.Events, e)
			case "bursts":
				b, err := readBurst(block[0])
				fail(err)
				in.Bursts = append(in.Bursts, b)
			case "given":
				g, err := readGivenRow(block[0], n+1)
				fail(err)
				in.Given = append(in.Given, g)
			case "curation":
				in.Curation = append(in.Curation, readCuration(block[0], n+1))
			case "sources":
				f := append(strings.Fields(block[0]), "")
				in.Sources = append(in.Sources, Source{Name: f[0], Status: StatusRead, Party: Party(f[1]), Format: f[2]})
			case "incident":
				fail(readIncident(&in, block[0]))
			}
		}
	}
	return in
}

// blocks divides data into lines with the indented lines below them.
func blocks(data []byte) [][]string {
	var out [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "\t") && len(out) > 0:
			out[len(out)-1] = append(out[len(out)-1], line[1:])
		default:
			out = append(out, []string{line})
		}
	}
	return out
}

func readIncident(in *Input, line string) error {
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	var err error
	switch key {
	case "components":
		in.Incident.Components = strings.Split(value, ", ")
	case "from":
		in.Incident.From, _, err = readTime(value)
	case "to":
		in.Incident.To, _, err = readTime(value)
	case "vendor":
		in.Settings.Vendor = value
	case "people":
		in.Settings.People = value
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

func readTime(s string) (time.Time, Precision, error) {
	if s == "-" {
		return time.Time{}, 0, nil
	}
	for _, layout := range []struct {
		text string
		p    Precision
	}{{"2006-01-02T15:04Z07:00", when.Minute}, {time.RFC3339, when.Second}, {time.RFC3339Nano, when.Millisecond}, {"2006-01-02", when.Day}} {
		if t, err := time.Parse(layout.text, s); err == nil {
			return t.UTC(), layout.p, nil
		}
	}
	return time.Time{}, 0, fmt.Errorf("time %q", s)
}

func readRow(block []string) (Event, error) {
	head, title, _ := strings.Cut(block[0], " | ")
	f := strings.Fields(head)
	if len(f) < 3 {
		return Event{}, fmt.Errorf("want KIND ORIGIN TIME: %q", head)
	}
	origin := ParseOrigin(f[1])
	source, _, _ := strings.Cut(origin.Path, ".")
	e := Event{Kind: Kind(f[0]), Origins: []Origin{origin}, Source: source, Title: title, Raw: block[0], ZoneFrom: when.ZoneRecord}
	at, approx := strings.CutPrefix(f[2], "~")
	var err error
	if e.Time, e.Precision, err = readTime(at); err != nil {
		return e, err
	}
	e.Approx = approx
	if !e.Time.IsZero() {
		e.TimeText = e.Time.Format("15:04")
	}
	for _, field := range f[3:] {
		if err := readRowField(&e, field); err != nil {
			return e, err
		}
	}
	var body []string
	for _, line := range block[1:] {
		if claim, ok := strings.CutPrefix(line, "! "); ok {
			c, err := readClaim(claim)
			if err != nil {
				return e, err
			}
			e.Claims = append(e.Claims, c)
			continue
		}
		body = append(body, line)
		e.Raw += "\n" + line
	}
	e.Body = strings.Join(body, "\n")
	return e, nil
}

func readRowField(e *Event, field string) error {
	key, value, _ := strings.Cut(field, "=")
	var err error
	switch key {
	case "key":
		e.Key = value
	case "step":
		e.Step = value
	case "said":
		e.Said, _, err = readTime(value)
	case "day":
		e.Day, _, err = readTime(value)
	case "end":
		e.End, _, err = readTime(value)
	case "observed":
		e.Observed, _, err = readTime(value)
	case "zone":
		e.Location, err = when.LoadZone(value)
	case "party":
		e.Party = Party(value)
	case "group":
		e.Group = value
	case "component":
		e.Components = append(e.Components, strings.ReplaceAll(value, "_", " "))
	case "actor":
		e.Actor = strings.ReplaceAll(value, "_", " ")
	case "severity":
		e.Severity = Severity(value)
	case "count":
		e.Count, err = strconv.Atoi(value)
	case "raw":
		e.Raw += value
	case "topic":
		e.Topic = Topic(value)
	case "flag":
		e.Flags = append(e.Flags, value)
	case "doubt":
		e.Doubt = strings.ReplaceAll(value, "_", " ")
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

func readClaim(line string) (Claim, error) {
	f := strings.Fields(line)
	if len(f) < 2 {
		return Claim{}, fmt.Errorf("want MILESTONE RUNG: %q", line)
	}
	c := Claim{Milestone: Milestone(f[0]), Rung: Rung(f[1])}
	for _, field := range f[2:] {
		key, value, _ := strings.Cut(field, "=")
		var err error
		switch key {
		case "by":
			c.By = value
		case "time":
			c.Time, c.Precision, err = readTime(value)
		case "not_after":
			c.NotAfter, _, err = readTime(value)
		case "outcome":
			c.Outcome = value
		case "rule":
			c.Rule = strings.ReplaceAll(value, "_", " ")
		default:
			err = fmt.Errorf("unknown key %q", key)
		}
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

func readBurst(line string) (Burst, error) {
	f := strings.Fields(line)
	if len(f) < 4 {
		return Burst{}, fmt.Errorf("want SOURCE COMPONENT START END: %q", line)
	}
	b := Burst{Source: f[0], Level: "error", BaselineRate: 0.2, Rate: 20, ID: hashID("b", line)}
	if f[1] != "-" {
		b.Component = f[1]
	}
	var err error
	if b.Start, _, err = readTime(f[2]); err != nil {
		return b, err
	}
	if b.End, _, err = readTime(f[3]); err != nil {
		return b, err
	}
	b.StartNotBefore, b.StartNotAfter = b.Start.Add(-time.Minute), b.Start.Add(time.Minute)
	if !b.End.IsZero() {
		b.EndNotBefore, b.EndNotAfter = b.End.Add(-time.Minute), b.End.Add(time.Minute)
	}
	b.First = Evidence{Origin: f[0] + ".log:1", Quote: "first error"}
	b.Last = Evidence{Origin: f[0] + ".log:9", Quote: "last error"}
	for _, field := range f[4:] {
		key, value, _ := strings.Cut(field, "=")
		switch key {
		case "failed":
			failed, total, _ := strings.Cut(value, "/")
			b.Failed, err = strconv.ParseInt(failed, 10, 64)
			if err == nil && total != "" {
				b.Total, err = strconv.ParseInt(total, 10, 64)
			}
		case "rate":
			b.Rate, err = strconv.ParseFloat(value, 64)
		default:
			err = fmt.Errorf("unknown key %q", key)
		}
		if err != nil {
			return b, err
		}
	}
	return b, nil
}

func readGivenRow(line string, n int) (Given, error) {
	f := strings.Fields(line)
	g := Given{Name: f[0], Origin: LineOrigin("pir.yaml", n), Note: line}
	g.Milestone = Milestone(f[0])
	var err error
	g.Time, g.Precision, err = readTime(f[1])
	for _, field := range f[2:] {
		if n, ok := strings.CutPrefix(field, "episode="); ok {
			g.Episode, err = strconv.Atoi(n)
		}
	}
	return g, err
}

func readCuration(line string, n int) Curation {
	head, reason, _ := strings.Cut(line, " | ")
	f := strings.Fields(head)
	c := Curation{ID: f[0], Reason: reason, Origin: LineOrigin("pir.yaml", n)}
	for _, field := range f[1:] {
		switch {
		case field == "drop":
			c.Drop = true
		case field == "pin":
			c.Pin = true
		case field == "internal":
			c.Internal = true
		case strings.HasPrefix(field, "retitle="):
			c.Retitle = strings.ReplaceAll(strings.TrimPrefix(field, "retitle="), "_", " ")
		case strings.HasPrefix(field, "milestone="):
			c.Milestone = Milestone(strings.TrimPrefix(field, "milestone="))
		}
	}
	return c
}

// describe writes what Build made, for the wanted parts.
func describe(t *Timeline) string {
	var b bytes.Buffer
	var unknown []string
	for i := range t.Milestones {
		row := &t.Milestones[i]
		if row.Rung == "" && len(row.Alternatives) == 0 {
			unknown = append(unknown, string(row.Name))
			continue
		}
		describeRow(&b, row)
	}
	fmt.Fprintf(&b, "not known: %s\n", strings.Join(unknown, ", "))
	for _, p := range t.Phases {
		if p.Known {
			fmt.Fprintf(&b, "phase %s: %s to %s", p.Name, p.Start.Format("15:04:05"), p.End.Format("15:04:05"))
			if len(p.Includes) > 0 {
				fmt.Fprintf(&b, ", includes %s", strings.Join(p.Includes, ", "))
			}
			fmt.Fprintln(&b)
		}
	}
	for _, e := range t.Episodes {
		fmt.Fprintf(&b, "episode %d %s %s: %s to %s\n", e.N, e.Level, or(e.Component, "all"), e.Start.Format("15:04:05"), or(clockOnly(e.End), "not known"))
	}
	for _, m := range t.Metrics {
		if text := metricText(m); text != "not known" {
			fmt.Fprintf(&b, "%s: %s", m.Name, text)
			for _, p := range m.Detail {
				fmt.Fprintf(&b, ", %s %s", p.Name, when.Words(span(p.Value)))
			}
			fmt.Fprintln(&b)
		}
	}
	for _, d := range t.Dropped {
		fmt.Fprintf(&b, "dropped: %s (%s)\n", d.Title, d.Reason)
	}
	for _, w := range t.Warnings {
		fmt.Fprintf(&b, "warning %s: %s\n", w.Code, w.Message)
	}
	return b.String()
}

func describeRow(b *bytes.Buffer, row *Boundary) {
	fmt.Fprintf(b, "%s", row.Name)
	if row.Episode > 0 {
		fmt.Fprintf(b, " %d", row.Episode)
	}
	fmt.Fprintf(b, ": %s", rowValue(row))
	for _, s := range rowDetails(row) {
		fmt.Fprintf(b, "; %s", s)
	}
	fmt.Fprintln(b)
	if row.Rung != "" {
		fmt.Fprintf(b, "\t=> %s %s, %s\n", row.Rung, row.Rule, origins(row.Evidence))
	}
	for _, a := range row.Alternatives {
		value := bounds(a.NotBefore, a.NotAfter)
		if !a.Time.IsZero() {
			value = shown(a.Time, a.Precision)
		}
		mark := "  "
		if a.Conflict {
			mark = "! "
		}
		fmt.Fprintf(b, "\t%s %s %s, %s, %s\n", mark, a.Rung, value, a.Rule, origins(a.Evidence))
	}
}

func origins(list []Evidence) string {
	var out []string
	for _, e := range list {
		out = append(out, e.Origin)
	}
	return strings.Join(out, " ")
}

func clockOnly(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("15:04:05")
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// metricText writes a metric's value in words, exactly.
func metricText(m Metric) string {
	switch {
	case m.Known && m.Unit == UnitCount:
		return fmt.Sprint(m.Value)
	case m.Known:
		return when.Words(span(m.Value))
	case m.AtMost > 0 && m.AtLeast > 0:
		return "between " + when.Words(span(m.AtLeast)) + " and " + when.Words(span(m.AtMost))
	case m.AtMost > 0:
		return "at most " + when.Words(span(m.AtMost))
	case m.AtLeast > 0:
		return "at least " + when.Words(span(m.AtLeast))
	}
	return "not known"
}
