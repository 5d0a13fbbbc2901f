package timeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestActs walks testdata/acts: each archive has rows in the language of
// TestBuild, and what becomes of them as rows.
func TestActs(t *testing.T) {
	paths, err := filepath.Glob("testdata/acts/*.txtar")
	if err != nil || len(paths) < 10 {
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
			tl := Build(in)
			checkKept(t, in, tl)
			checkWanted(t, path, archive, describeRows(tl))
		})
	}
}

// describeRows writes the rows of a timeline, the warnings that are about
// them, and what each milestone cites.
func describeRows(tl *Timeline) string {
	var b bytes.Buffer
	choices := tl.Selected()
	for i := range tl.Events {
		e := &tl.Events[i]
		at := or(clockOnly(e.Time), "--:--:--")
		if !e.End.IsZero() {
			at += " to " + clockOnly(e.End)
		}
		fmt.Fprintf(&b, "%s %s | %s\n", at, e.Kind, e.Title)
		for line := range strings.Lines(e.Body) {
			fmt.Fprintf(&b, "\t| %s\n", strings.TrimSuffix(line, "\n"))
		}
		if e.Actor != "" {
			fmt.Fprintf(&b, "\tby %s\n", e.Actor)
		}
		var places []string
		for _, o := range e.Origins {
			places = append(places, o.String())
		}
		fmt.Fprintf(&b, "\t%s\n", strings.Join(places, " "))
		if text := e.Tally(); text != "" {
			fmt.Fprintf(&b, "\t%s\n", text)
		}
		for _, id := range e.Related {
			if r, ok := tl.Event(id); ok {
				fmt.Fprintf(&b, "\tsee %s, %s\n", clockOnly(r.Time), r.Title)
			}
		}
		if choices[i].Shown {
			fmt.Fprintf(&b, "\tshown: %s\n", choices[i].Reason)
		} else {
			fmt.Fprintf(&b, "\tnot shown: %s\n", choices[i].Reason)
		}
		if len(e.Flags) > 0 {
			fmt.Fprintf(&b, "\t[%s]\n", strings.Join(e.Flags, " "))
		}
	}
	for i := range tl.Milestones {
		if m := &tl.Milestones[i]; m.Known() {
			fmt.Fprintf(&b, "%s: %s, %s\n", m.Name, clockOnly(m.Time), origins(m.Evidence))
		}
	}
	for _, d := range tl.Dropped {
		fmt.Fprintf(&b, "dropped: %s (%s), %d\n", d.Title, d.Reason, d.Records)
	}
	for _, w := range tl.Warnings {
		if w.Code == WarnUnmatchedCuration || w.Code == WarnSkewEstimated {
			fmt.Fprintf(&b, "warning %s: %s\n", w.Code, w.Message)
		}
	}
	return b.String()
}
