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
	"strings"
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

// span are the flags that say what is looked at.
type span struct{ from, to, aroundFrom, aroundTo time.Time }

// holds reports whether an instant is looked at.
func (s span) holds(at time.Time) bool {
	for _, from := range []time.Time{s.from, s.aroundFrom} {
		if !from.IsZero() && at.Before(from) {
			return false
		}
	}
	return (s.to.IsZero() || at.Before(s.to)) && (s.aroundTo.IsZero() || !at.After(s.aroundTo))
}

// load reads the inputs that the arguments name, and tells its doubts.
func (a *app) load(ctx context.Context, args []string, within span, vendor string) (*incident.Result, error) {
	a.within = within
	inputs, err := a.inputs(ctx, args)
	if err != nil {
		return nil, err
	}
	return a.read(ctx, func(opt incident.Options) (*incident.Result, error) {
		opt.From, opt.To, opt.Vendor = within.from, within.to, vendor
		opt.Around = [2]time.Time{within.aroundFrom, within.aroundTo}
		return incident.Load(ctx, inputs, opt)
	})
}

// read runs a reading of inputs, and tells its progress and its doubts.
func (a *app) read(ctx context.Context, run func(incident.Options) (*incident.Result, error)) (*incident.Result, error) {
	show := a.progress()
	result, err := run(incident.Options{
		Zone: a.settings.zone, Year: a.settings.year, Map: a.settings.columns, People: a.settings.people, Layer: a.layer, Progress: show.update, Whole: a.settings.strict,
		Spill: a.spill, Before: a.before,
	})
	show.finish()
	if err != nil {
		if ctx.Err() != nil {
			return nil, errInterrupted
		}
		return nil, a.nameVariable(err)
	}
	for _, hint := range result.Hints {
		a.voice.hint(hint)
	}
	a.voice.warnings(result.Timeline.Warnings)
	if why := result.Unread(); why != "" {
		return nil, &exitError{status: failed, err: errors.New(why), hint: "pir formats lists what can be read"}
	}
	return result, nil
}

// spill makes a place on disk. Several readers may ask at once.
func (a *app) spill() (logs.Spill, error) {
	a.spilling.Lock()
	defer a.spilling.Unlock()
	return a.spillFile()
}

// nameVariable names the variable of the environment in an error about a
// setting that came from it.
func (a *app) nameVariable(err error) error {
	var input *incident.InputError
	if !errors.As(err, &input) {
		return err
	}
	for _, key := range settingKeys {
		variable := "PIR_" + strings.ToUpper(key)
		if rest, found := strings.CutPrefix(input.Message, key+": "); found && a.env(variable) != "" {
			return &incident.InputError{Message: variable + ": " + rest, Hint: input.Hint}
		}
	}
	return err
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
func (a *app) inputs(ctx context.Context, args []string) ([]incident.Input, error) {
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
		in, err := a.input(ctx, arg)
		if err != nil {
			return nil, err
		}
		list = append(list, in)
	}
	return list, nil
}

// errInterrupted is told when a signal ended the work.
var errInterrupted = errors.New("interrupted")

func (a *app) input(ctx context.Context, arg string) (incident.Input, error) {
	if arg == "" {
		return incident.Input{}, misuse(errors.New("an input without a name"), "a variable of the shell may be empty")
	}
	kind, name := incident.SplitKind(arg)
	in := incident.Input{FS: disk{}, Path: filepath.ToSlash(name), Kind: kind}
	if name == "-" {
		return a.spool(ctx, in, "stdin", func() (io.ReadCloser, error) { return io.NopCloser(a.in), nil })
	}
	info, err := os.Stat(name)
	if err != nil || info.IsDir() || info.Mode().IsRegular() {
		return in, nil // a path that is not there is told by incident
	}
	if info.Mode()&fs.ModeNamedPipe == 0 {
		return in, misuse(fmt.Errorf("%s: a device or a socket, and no file", arg), "save what it gives as a file, or send it to the standard input and name -")
	}
	return a.spool(ctx, in, path.Base(in.Path), func() (io.ReadCloser, error) { return os.Open(name) })
}

const (
	// maxSpool is how much of a pipe is kept, in bytes: as much as of an archive.
	maxSpool = 4 << 30
	// patience is how long a pipe may give nothing before that is told.
	patience = 2 * time.Second
)

// spool keeps what can be read only once in a temporary file: finding out what
// it is and reading it are two passes. Opening and reading a pipe may wait for
// ever, so an interruption does not wait for them.
func (a *app) spool(ctx context.Context, in incident.Input, name string, open func() (io.ReadCloser, error)) (incident.Input, error) {
	f, err := os.CreateTemp("", "pir-*")
	if err != nil {
		return in, err
	}
	a.spooled = append(a.spooled, f.Name())
	copied := make(chan error, 1)
	go func() {
		r, err := open()
		if err == nil {
			var n int64
			n, err = io.Copy(f, io.LimitReader(r, maxSpool+1))
			if err == nil && n > maxSpool {
				err = fmt.Errorf("it gives more than %d GiB; save the part that matters as a file", int64(maxSpool>>30))
			}
			r.Close()
		}
		copied <- errors.Join(err, f.Close())
	}()
	waits := time.NewTimer(patience)
	defer waits.Stop()
	for done := false; !done; {
		select {
		case <-ctx.Done():
			return in, errInterrupted
		case <-waits.C:
			a.voice.hint(name + ": waits for the end of what a pipe gives")
		case err = <-copied:
			done = true
		}
	}
	if err != nil {
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
		s = span{aroundFrom: t.Add(-margin), aroundTo: t.Add(margin)}
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
