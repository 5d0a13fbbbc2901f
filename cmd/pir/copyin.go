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
	"slices"
	"strings"

	"pir/incident"
)

// copies are the files that a run has put into a folder, and the folders that
// it made for them.
type copies struct{ files, folders []string }

// undo takes them away again, when nothing came of the run.
func (c *copies) undo() {
	for _, name := range c.files {
		os.Remove(name)
	}
	for i := len(c.folders) - 1; i >= 0; i-- {
		os.Remove(c.folders[i]) // one that is not empty stays
	}
}

// copyIn copies the sources into the folder, with what is read beside them, and
// surveys them there. What lies in the folder already stays where it is.
func (n *newFolder) copyIn(ctx context.Context, survey *incident.Surveyed, inputs []incident.Input, opt incident.Options, done *copies) (*incident.Surveyed, error) {
	var again []incident.Input
	for _, f := range survey.Files {
		name := filepath.FromSlash(f.Path)
		if near := n.place(f.Path); f.Why != "" && !f.Beside || !filepath.IsAbs(near) && near != ".." && !strings.HasPrefix(near, "../") {
			continue
		}
		to := filepath.Join(n.home, filepath.FromSlash(n.below(f, inputs)))
		if err := done.add(ctx, name, to); err != nil {
			return nil, err
		}
		if kind := f.Given(); kind != "" {
			again = append(again, incident.Input{FS: disk{}, Path: filepath.ToSlash(to), Kind: kind})
		}
	}
	again = append(again, incident.Input{FS: disk{}, Path: filepath.ToSlash(n.home)})
	made, err := incident.Survey(ctx, again, opt)
	if err != nil {
		return nil, err
	}
	for _, f := range survey.Files { // what was not copied is told all the same
		if f.Why != "" && !f.Beside {
			made.Files = append(made.Files, f)
		}
	}
	for _, l := range survey.Left {
		if !slices.Contains(made.Left, l) {
			made.Left = append(made.Left, l)
		}
	}
	return made, nil
}

// below is where in the folder a file goes: as it lies below the folder that was
// named. Where several were named each keeps its own name in front.
func (n *newFolder) below(f incident.Found, inputs []incident.Input) string {
	exports := 0
	for _, in := range inputs {
		if in.Path != filepath.ToSlash(n.home) {
			exports++
		}
	}
	for _, in := range inputs {
		rest, inside := strings.CutPrefix(f.Path, strings.TrimSuffix(in.Path, "/")+"/")
		switch {
		case !inside:
		case exports > 1:
			return path.Join(path.Base(in.Path), rest)
		default:
			return rest
		}
	}
	return path.Base(f.Path)
}

// add copies one file to a name that is free.
func (c *copies) add(ctx context.Context, from, to string) error {
	if err := c.folder(filepath.Dir(to)); err != nil {
		return err
	}
	ext := filepath.Ext(to)
	for name, i := to, 2; ; i++ {
		err := placeNew(name, func(f *os.File) error {
			in, err := os.Open(from)
			if err != nil {
				return err
			}
			defer in.Close()
			_, err = io.Copy(f, &untilDone{ctx: ctx, r: in})
			return err
		})
		switch {
		case err == nil:
			c.files = append(c.files, name)
			return nil
		case !errors.Is(err, fs.ErrExist):
			return fmt.Errorf("copy %s: %w", from, err)
		}
		name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(to, ext), i, ext)
	}
}

// folder makes a folder and those above it.
func (c *copies) folder(name string) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if up := filepath.Dir(name); up != name {
		if err := c.folder(up); err != nil {
			return err
		}
	}
	if err := os.Mkdir(name, 0o755); err != nil {
		return err
	}
	c.folders = append(c.folders, name)
	return nil
}

// placeNew writes a file that is there whole or not at all. One that is there
// already stays, and the error is fs.ErrExist.
func placeNew(name string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".pir-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	// A link, unlike a renaming, refuses a name that is taken.
	if err := os.Link(f.Name(), name); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return linkless(f.Name(), name)
}

// linkless is for disks that know no links: the name is taken first, then the
// file is put there.
func linkless(from, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// untilDone ends a long copy with its context.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
