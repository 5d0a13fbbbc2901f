package document

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted facts")

// told writes facts one to a line, what is empty left out.
func told(d *Document) string {
	var b strings.Builder
	line := func(l int, kind string, parts ...string) {
		fmt.Fprintf(&b, "%3d %s", l, kind)
		for _, p := range parts {
			if name, value, _ := strings.Cut(p, "="); value != "" && value != "false" && value != "0" && value != "[]" {
				b.WriteString(" " + name + "=" + value)
			}
		}
		b.WriteByte('\n')
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return strings.TrimSuffix(strings.TrimSuffix(t.UTC().Format("2006-01-02T15:04:05.999"), ":00"), "T00:00")
	}
	f := &d.Facts
	line(0, "head", fmt.Sprintf("title=%q", f.Title), "id="+f.ID, "severity="+f.Severity, "stage="+f.Stage, "status="+f.Status, "components="+strings.Join(f.Components, "; "))
	var sections func([]Section, int)
	sections = func(list []Section, depth int) {
		for _, s := range list {
			if s.ID != "" {
				line(s.Line, "section", "id="+s.ID, "title="+s.Title)
			}
			sections(s.Nested, depth+1)
		}
	}
	sections(d.Sections, 0)
	ev := func(list []string) string { return "evidence=" + strings.Join(list, ", ") }
	for _, x := range f.Milestones {
		line(x.Line, "milestone", "name="+string(x.Name), "label="+x.Label, "scope="+x.Scope, "outcome="+x.Outcome, "at="+at(x.Time), "end="+at(x.End), "by="+at(x.NotAfter), fmt.Sprint("approx=", x.Approx), ev(x.Evidence))
	}
	for _, x := range f.Windows {
		line(x.Line, "window", "level="+x.Level, "from="+at(x.Start), "to="+at(x.End), "scope="+x.Scope, ev(x.Evidence))
	}
	for _, x := range f.Metrics {
		value := ""
		if x.Known {
			value = fmt.Sprint(x.Value)
		}
		line(x.Line, "metric", "name="+x.Name, "text="+x.Text, "value="+value, "from="+string(x.From), "to="+string(x.To), ev(x.Evidence))
	}
	for _, x := range f.Phases {
		line(x.Line, "phase", "name="+x.Name, "from="+at(x.Start), "to="+at(x.End))
	}
	for _, x := range f.Rows {
		line(x.Line, "row", "at="+at(x.Time), "end="+at(x.End), fmt.Sprint("approx=", x.Approx), "written="+x.TimeText, "text="+x.Text, "who="+x.Who, "phase="+x.Phase, ev(x.Evidence), "part="+x.Part)
	}
	for _, x := range f.Figures {
		line(x.Line, "figure", "measure="+x.Measure, "value="+x.Value, "scope="+x.Scope, ev(x.Evidence))
	}
	for _, x := range f.Actions {
		line(x.Line, "action", "id="+x.ID, "text="+x.Text, "type="+x.Type, "state="+x.State, "owner="+x.Owner, "link="+x.Link, fmt.Sprint("done=", x.Done), "due="+x.Due, "day="+at(x.DueTime), ev(x.Evidence))
	}
	for _, x := range f.Claims {
		line(x.Line, "claim", "text="+x.Text, ev(x.Evidence))
	}
	for _, x := range f.Notices {
		line(x.Line, "notice", "text="+x.Text)
	}
	for _, x := range f.Questions {
		line(x.Line, "question", "text="+x.Text)
	}
	for _, x := range d.Faults {
		line(x.Line, "fault", "text="+x.Message)
	}
	return b.String()
}

// TestFacts reads reviews in the shapes that people write them in. With other
// line ends, a byte order mark or spaces behind the lines they say the same, and
// each is written as it was.
func TestFacts(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) < 30 {
		t.Fatalf("%d archives", len(names))
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			page, want := archive.Files[0].Data, string(archive.Files[1].Data)
			d := parse(t, string(page))
			checkDocument(t, d)
			got := told(d)
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			for what, other := range map[string][]byte{
				"CRLF": bytes.ReplaceAll(page, []byte("\n"), []byte("\r\n")),
				"BOM":  append([]byte("\xef\xbb\xbf"), page...),
				// Not two: those break the line.
				"a space behind each line": bytes.ReplaceAll(page, []byte("\n"), []byte(" \n")),
			} {
				o := parse(t, string(other))
				checkDocument(t, o)
				if says := told(o); says != got {
					t.Errorf("with %s it says\n%s\nand not\n%s", what, says, got)
				}
			}
		})
	}
}
