package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"

	"pir/incident"
	"pir/logs"
	"pir/timeline"
)

// disk is the file system of the machine, with any name that it takes: below
// the working folder, above it, or absolute.
type disk struct{}

// Open opens a file for reading.
func (disk) Open(name string) (fs.File, error) {
	f, err := os.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err // a nil *os.File is no nil fs.File
	}
	return f, nil
}

// Stat tells about a file without opening it: opening a pipe would wait.
func (disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(filepath.FromSlash(name)) }

// span are the flags that narrow the incident.
type span struct{ from, to time.Time }

// load reads the inputs that the arguments name, and tells its doubts.
func (a *app) load(ctx context.Context, args []string, within span, vendor string) (*incident.Result, error) {
	inputs, err := a.inputs(args)
	if err != nil {
		return nil, err
	}
	return a.read(ctx, func(opt incident.Options) (*incident.Result, error) {
		opt.From, opt.To, opt.Vendor = within.from, within.to, vendor
		return incident.Load(ctx, inputs, opt)
	})
}

// read runs a reading of inputs, and tells its progress and its doubts.
func (a *app) read(ctx context.Context, run func(incident.Options) (*incident.Result, error)) (*incident.Result, error) {
	show := a.progress()
	var mu sync.Mutex // several readers spill
	result, err := run(incident.Options{
		Zone: a.settings.zone, Year: a.settings.year, Layer: a.layer, Progress: show.update,
		Spill: func() (logs.Spill, error) {
			mu.Lock()
			defer mu.Unlock()
			return a.spillFile()
		},
	})
	show.finish()
	if err != nil {
		if ctx.Err() != nil {
			return nil, errors.New("interrupted")
		}
		return nil, err
	}
	a.voice.warnings(result.Timeline.Warnings)
	if why := result.Unread(); why != "" {
		return nil, &exitError{status: failed, err: errors.New(why), hint: "pir formats lists what can be read"}
	}
	return result, nil
}

// whole is an error with --strict when a source was not read whole.
func (a *app) whole(t *incident.Result) error {
	cut := t.Cut()
	if !a.settings.strict || len(cut) == 0 {
		return nil
	}
	err := fmt.Errorf("%s not read whole", counted(len(cut), "source was", "sources were"))
	return &exitError{status: found, err: err}
}

// inputs turns arguments into inputs; without one it is ./pir.yaml.
func (a *app) inputs(args []string) ([]incident.Input, error) {
	var list []incident.Input
	if name := a.settings.config; name != "" {
		list = append(list, incident.Input{FS: disk{}, Path: filepath.ToSlash(name), Config: true})
	}
	if len(args) == 0 && len(list) == 0 {
		if _, err := os.Stat(incident.ConfigName); err != nil {
			return nil, misuse(errors.New("no input, and no "+incident.ConfigName+" here"),
				"name a folder, a file or - for the standard input")
		}
		args = []string{incident.ConfigName}
	}
	for _, arg := range args {
		in, err := a.input(arg)
		if err != nil {
			return nil, err
		}
		list = append(list, in)
	}
	return list, nil
}

func (a *app) input(arg string) (incident.Input, error) {
	kind, name := incident.SplitKind(arg)
	in := incident.Input{FS: disk{}, Path: filepath.ToSlash(name), Kind: kind}
	if name == "-" {
		return a.spool(in, a.in, "stdin")
	}
	info, err := os.Stat(name)
	if err != nil || info.IsDir() || info.Mode().IsRegular() {
		return in, nil // a path that is not there is told by incident
	}
	f, err := os.Open(name)
	if err != nil {
		return in, err
	}
	defer f.Close()
	return a.spool(in, f, path.Base(in.Path))
}

// spool keeps what can be read only once in a temporary file: finding out what
// it is and reading it are two passes.
func (a *app) spool(in incident.Input, r io.Reader, name string) (incident.Input, error) {
	f, err := os.CreateTemp("", "pir-*")
	if err != nil {
		return in, err
	}
	a.spooled = append(a.spooled, f.Name())
	_, err = io.Copy(f, r)
	if err = errors.Join(err, f.Close()); err != nil {
		return in, fmt.Errorf("read %s: %w", name, err)
	}
	in.Path, in.Name = filepath.ToSlash(f.Name()), name
	return in, nil
}

// parseSpan reads --from, --to, --around and --margin.
func (a *app) parseSpan(from, to, around string, margin time.Duration) (span, error) {
	var s span
	for _, row := range []struct {
		flag, text string
		into       *time.Time
	}{{"--from", from, &s.from}, {"--to", to, &s.to}} {
		t, err := parseTime(row.text, a.settings.zone)
		if err != nil {
			return s, misuse(fmt.Errorf("%s: %w", row.flag, err), "")
		}
		*row.into = t
	}
	if around != "" {
		if from != "" || to != "" {
			return s, misuse(errors.New("--around stands alone, without --from and --to"), "")
		}
		t, err := parseTime(around, a.settings.zone)
		if err != nil {
			return s, misuse(fmt.Errorf("--around: %w", err), "")
		}
		s = span{from: t.Add(-margin), to: t.Add(margin)}
	}
	if !s.from.IsZero() && !s.to.IsZero() && s.to.Before(s.from) {
		return s, misuse(errors.New("--to is before --from"), "")
	}
	return s, nil
}

// milestoneNames are the words that explain takes first.
func milestoneNames() []string {
	var names []string
	for _, m := range timeline.Milestones {
		names = append(names, string(m))
	}
	return names
}
