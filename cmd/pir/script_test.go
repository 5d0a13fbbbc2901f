package main

import (
	"archive/zip"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "rewrite the wanted output")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"pir":    func() { os.Exit(start(os.Args[1:])) },
		toAndFro: updateToAndFro,
	})
}

// TestScripts runs the archives of testdata. Each is a folder of files and the
// commands to run on them; the samples are at $SAMPLES, and copied by the
// command samples.
func TestScripts(t *testing.T) {
	found, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(found) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			samples, err := filepath.Abs("../../samples")
			env.Setenv("SAMPLES", samples)
			env.Setenv("COLUMNS", "80")
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":   statusCommand,
			"longline": longLine,
			"truncate": truncate,
			"bytes":    writeBytes,
			"samples":  copySamples,
			"outage":   outage,
			"zip":      zipFolder,
		},
	})
}

// statusCommand runs pir and compares its exit status: status 2 pir timeline x.
func statusCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// longLine writes a file of one line: longline FILE MEGABYTES [PREFIX].
func longLine(ts *testscript.TestScript, _ bool, args []string) {
	megabytes, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o700))
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(args) > 2 {
		_, err = f.WriteString(args[2])
		ts.Check(err)
	}
	block := []byte(strings.Repeat("a", 1<<20))
	for range megabytes {
		_, err = f.Write(block)
		ts.Check(err)
	}
	ts.Check(f.Close())
}

// outage writes the log of a service that fails for ten minutes of two hours,
// with the message given as a Go string: outage FILE MESSAGE.
func outage(ts *testscript.TestScript, _ bool, args []string) {
	failure, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	var b strings.Builder
	start := time.Date(2025, 9, 12, 10, 0, 0, 0, time.UTC)
	for second := 0; second < 2*3600; second += 3 {
		at := start.Add(time.Duration(second) * time.Second).Format(time.RFC3339)
		level, message := "INFO", "served"
		if minute := second / 60; minute >= 60 && minute < 70 {
			level, message = "ERROR", failure
		}
		fmt.Fprintf(&b, "%s %s %s\n", at, level, message)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o700))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

// zipFolder packs a folder: zip FILE FOLDER.
func zipFolder(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := zip.NewWriter(f)
	ts.Check(w.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(errors.Join(w.Close(), f.Close()))
}

// truncate cuts a file: truncate FILE BYTES.
func truncate(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

// writeBytes writes a Go string with its escapes to a file: bytes FILE "\xff".
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o700))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// copySamples copies a sample into the work folder: samples NAME [AS].
func copySamples(ts *testscript.TestScript, _ bool, args []string) {
	as := args[0]
	if len(args) > 1 {
		as = args[1]
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(as)), 0o700))
	ts.Check(os.CopyFS(ts.MkAbs(as), os.DirFS(filepath.Join(ts.Getenv("SAMPLES"), args[0]))))
}

// TestEveryCommandHasAScriptAndAHelpPage walks the table of commands.
func TestEveryCommandHasAScriptAndAHelpPage(t *testing.T) {
	var all strings.Builder
	err := fs.WalkDir(os.DirFS("testdata"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata", name))
		all.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a := newApp(realWorld())
	for _, c := range commands(a) {
		for _, want := range []string{"pir " + c.Name(), fmt.Sprintf("-- %s.help --", c.Name())} {
			if !strings.Contains(all.String(), want) {
				t.Errorf("no script holds %q", want)
			}
		}
		c.Flags().VisitAll(nameFlag(t, all.String(), c.Name()))
	}
	rootCommand(a).PersistentFlags().VisitAll(nameFlag(t, all.String(), "pir"))
}

// nameFlag wants every flag in some script, beside the help.
func nameFlag(t *testing.T, scripts, command string) func(*pflag.Flag) {
	return func(f *pflag.Flag) {
		for line := range strings.Lines(scripts) {
			if strings.Contains(line, "pir ") && strings.Contains(line+" ", "--"+f.Name+" ") ||
				f.Shorthand != "" && strings.Contains(line, "pir ") && strings.Contains(line, " -"+f.Shorthand+" ") {
				return
			}
		}
		t.Errorf("no script uses --%s of %s", f.Name, command)
	}
}
