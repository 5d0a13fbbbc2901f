package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"pir/incident"
)

// manuals are the documents whose sessions are run: every block that begins
// with "$ pir". A line "[...]" in a block stands for any lines.
var manuals = []string{"README.md", "samples/README.md"}

func TestDocsRun(t *testing.T) {
	home, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir() // some of what is run writes
	if err := os.CopyFS(filepath.Join(work, "samples"), os.DirFS(filepath.Join(home, "samples"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(work)
	ran := 0
	for _, name := range manuals {
		data, err := os.ReadFile(filepath.Join(home, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sessions(string(data)) {
			ran++
			got := runSession(s.command)
			if why := unlike(s.output, got); why != "" {
				t.Errorf("%s: $ %s: %s\nit prints\n%s", name, s.command, why, got)
			}
		}
	}
	if ran == 0 {
		t.Fatal("the manuals hold no session")
	}
}

// session is a command of a manual and what it is said to print.
type session struct{ command, output string }

// sessions finds the commands in the fenced blocks of a document.
func sessions(text string) []session {
	var list []session
	inside, fenced := false, false
	for line := range strings.Lines(text) {
		command, found := strings.CutPrefix(line, "$ pir ")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced, inside = !fenced, false
		case fenced && found:
			list = append(list, session{command: strings.TrimSpace(command)})
			inside = true
		case fenced && inside:
			list[len(list)-1].output += line
		}
	}
	return list
}

// runSession runs a command as a reader would in a terminal of 80 columns, and
// gives what both streams show.
func runSession(command string) string {
	var out, messages bytes.Buffer
	w := world{
		in: strings.NewReader(""), out: &out, err: &messages, columns: func() int { return 0 },
		env: func(name string) string { return map[string]string{"COLUMNS": "80"}[name] },
	}
	run(context.Background(), w, strings.Fields(command))
	return messages.String() + out.String()
}

// unlike says where the output differs from the wanted one; "" for nowhere.
func unlike(want, got string) string {
	parts := strings.Split(want, "[...]\n")
	for i, part := range parts {
		switch at := strings.Index(got, part); {
		case at < 0, i == 0 && at > 0:
			return cmp.Diff(part, got)
		case i == len(parts)-1 && part != "" && !strings.HasSuffix(got, part):
			return "the end differs: " + cmp.Diff(part, got[at:])
		default:
			got = got[at+len(part):]
		}
		if i == len(parts)-1 && len(parts) == 1 && got != "" {
			return "more follows:\n" + got
		}
	}
	return ""
}

// TestConfigHelpIsAConfig reads the example of "pir help config" as a pir.yaml:
// a key that the help shows is a key that is read.
func TestConfigHelpIsAConfig(t *testing.T) {
	text := page("config")()
	start, end := strings.Index(text, "incident:"), strings.Index(text, "The settings can be")
	if start < 0 || end < start {
		t.Fatal("the help holds no example")
	}
	fsys := fstest.MapFS{"pir.yaml": {Data: []byte(text[start:end])}}
	result, err := incident.Load(context.Background(), []incident.Input{{FS: fsys, Path: "."}}, incident.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(result.Timeline.Sources); got != 7 {
		t.Errorf("%d sources, want the 7 of the example", got)
	}
}

// TestReadmeListsTheFormats: the table of formats in the README is that of the
// program.
func TestReadmeListsTheFormats(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range incident.Kinds() {
		if !bytes.Contains(data, []byte("`"+k.Name+"`")) {
			t.Errorf("README.md does not name the format %s", k.Name)
		}
	}
}
