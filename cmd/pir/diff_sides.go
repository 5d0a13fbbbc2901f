package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"pir/review"
	"pir/review/document"
)

// maxCompared is how many bytes of a review are read.
const maxCompared = 64 << 20

// sides reads the two reviews that the arguments name.
func (r *diffRun) sides(ctx context.Context, args []string) (old, new *document.Document, err error) {
	switch {
	case gitCalls(args):
		return r.gitSides(args)
	case len(args) == 2 && args[0] == "-" && args[1] == "-":
		return nil, nil, misuse(errors.New("the standard input is one review, not two"), "")
	case len(args) == 2:
		var both [2]unparsed
		for i := range both {
			if both[i], err = r.page(ctx, args[i]); err != nil {
				return nil, nil, err
			}
		}
		return r.parseBoth(both)
	case len(args) == 1:
		if new, err = r.side(ctx, args[0]); err != nil {
			return nil, nil, err
		}
		old, err = r.published(ctx, args[0], new)
		return old, new, err
	}
	return nil, nil, misuse(fmt.Errorf("diff takes one review or two, got %d arguments", len(args)), "pir diff OLD NEW")
}

// unparsed is a review that was not parsed yet, with the facts beside it.
type unparsed struct {
	name          string
	source, facts []byte
}

// page reads one review, with the facts beside it.
func (r *diffRun) page(ctx context.Context, name string) (unparsed, error) {
	source, err := r.read(ctx, name)
	if err != nil {
		return unparsed{}, err
	}
	var facts []byte
	if name != "-" {
		facts, err = r.read(ctx, sidecarOf(name))
		if err != nil && !absent(err) {
			return unparsed{}, err
		}
	}
	return unparsed{name, source, facts}, nil
}

// side reads and parses one review.
func (r *diffRun) side(ctx context.Context, name string) (*document.Document, error) {
	p, err := r.page(ctx, name)
	if err != nil {
		return nil, err
	}
	d, warning, err := p.parse()
	r.warn(warning)
	return d, err
}

// parseBoth parses the two sides at the same time.
func (r *diffRun) parseBoth(both [2]unparsed) (old, new *document.Document, err error) {
	var docs [2]*document.Document
	var warnings [2]string
	var errs [2]error
	var sides sync.WaitGroup
	for i := range both {
		sides.Go(func() { docs[i], warnings[i], errs[i] = both[i].parse() })
	}
	sides.Wait()
	for i := range both {
		r.warn(warnings[i])
		if errs[i] != nil {
			return nil, nil, errs[i]
		}
	}
	return docs[0], docs[1], nil
}

func (r *diffRun) warn(message string) {
	if message != "" {
		r.voice.warning(message)
	}
}

// parse reads a review. Facts beside it that cannot be read are told in the
// warning, and the Markdown speaks for itself.
func (p unparsed) parse() (d *document.Document, warning string, err error) {
	d, err = review.Parse(p.name, p.source, p.facts)
	if err != nil && p.facts != nil {
		warning = sidecarOf(p.name) + ": " + err.Error() + "; the Markdown alone is compared"
		d, err = review.Parse(p.name, p.source, nil)
	}
	return d, warning, err
}

// absentError is a file that is not there.
type absentError struct{ error }

// Unwrap gives the error that says so.
func (e absentError) Unwrap() error { return e.error }

func absent(err error) bool {
	var a absentError
	return errors.As(err, &a)
}

// read reads a file, the standard input, or a file of a commit.
func (r *diffRun) read(ctx context.Context, name string) ([]byte, error) {
	if name == "-" {
		return limited("-", r.in)
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return nil, misuse(fmt.Errorf("%s is a folder; diff compares two reviews", name), "pir diff OLD.md NEW.md")
	}
	if errors.Is(err, fs.ErrNotExist) {
		rev, path, found := strings.Cut(name, ":")
		if found && rev != "" && path != "" {
			return r.show(ctx, name)
		}
		return nil, absentError{misuse(fmt.Errorf("%s: there is no such file", name), "")}
	}
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return limited(name, f)
}

func limited(name string, in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxCompared+1))
	if err == nil && len(data) > maxCompared {
		err = fmt.Errorf("%s: more than %d MiB is no review", name, maxCompared>>20)
	}
	return data, err
}

// show reads a file of a commit through git, as its bytes: no shell takes part,
// and no filter of the repository.
func (r *diffRun) show(ctx context.Context, object string) ([]byte, error) {
	if strings.HasPrefix(object, "-") {
		return nil, misuse(fmt.Errorf("%s: no file and no commit", object), "")
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, "git", "cat-file", "blob", object)
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		why := strings.TrimPrefix(strings.TrimSpace(said.String()), "fatal: ")
		return nil, absentError{misuse(fmt.Errorf("%s: git: %s", object, why), "paths are from the root of the repository, or from here with ./ in front")}
	case err != nil:
		return nil, fmt.Errorf("%s: no such file, and git cannot be asked: %w", object, err)
	}
	return limited(object, &out)
}

// published finds the last stage before that of a review that was kept beside
// it: X.preliminary.md beside X.md.
func (r *diffRun) published(ctx context.Context, name string, new *document.Document) (*document.Document, error) {
	if name == "-" {
		return nil, misuse(errors.New("what is the standard input compared with?"), "pir diff OLD -")
	}
	base := strings.TrimSuffix(name, filepath.Ext(name))
	stages := stageNames()
	own := new.Front.Stage
	for _, s := range stages {
		if rest, found := strings.CutSuffix(base, "."+s); found {
			base, own = rest, s
		}
	}
	var kept *document.Document
	var tried []string
	for _, s := range stages {
		if s == own {
			break
		}
		path := base + "." + s + filepath.Ext(name)
		d, err := r.side(ctx, path)
		switch {
		case err == nil:
			kept = d
		case absent(err):
			tried = append(tried, path)
		default:
			return nil, err
		}
	}
	if kept == nil {
		why := "it is at the first stage"
		if len(tried) > 0 {
			why = "there is no " + strings.Join(tried, ", no ")
		}
		return nil, misuse(fmt.Errorf("%s: no stage that was published before: %s", name, why), "pir diff OLD "+name)
	}
	return kept, nil
}

// gitCalls reports whether git calls for an external diff: path old-file old-hex
// old-mode new-file new-hex new-mode, and for a renamed file its new path and
// what is said of it.
func gitCalls(args []string) bool {
	return (len(args) == 7 || len(args) == 9) && hexed(args[2]) && hexed(args[5])
}

func hexed(s string) bool {
	return s == "." || len(s) >= 7 && strings.Trim(s, "0123456789abcdef") == ""
}

// gitSides reads the files that git hands over. The facts are not beside them.
func (r *diffRun) gitSides(args []string) (old, new *document.Document, err error) {
	r.driver = true
	names := [2]string{"a/" + args[0], "b/" + args[0]}
	if len(args) == 9 {
		names[1] = "b/" + args[7]
	}
	var both [2]unparsed
	for i, file := range []string{args[1], args[4]} {
		var source []byte
		if file != os.DevNull {
			f, err := os.Open(file)
			if err != nil {
				return nil, nil, err
			}
			source, err = limited(file, f)
			f.Close()
			if err != nil {
				return nil, nil, err
			}
		}
		both[i] = unparsed{name: names[i], source: source}
	}
	return r.parseBoth(both)
}
