package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"pir/review"
)

// fileOut is a file that is to be written.
type fileOut struct {
	name string
	data []byte
}

// write puts the update on disk: copies of the stage before, then the review,
// then its sidecar. Each file is there whole, old or new; what a cut leaves out
// the next update writes.
func (r *updateRun) write(u *review.Updated, before string, promoted bool) error {
	var files []fileOut
	if promoted {
		var err error
		if files, err = r.copies(before); err != nil {
			return err
		}
	}
	files = append(files, fileOut{r.target, u.Markdown}, fileOut{sidecarOf(r.target), u.Sidecar})
	if there, err := os.ReadFile(r.target); err != nil || !bytes.Equal(there, r.review.Source) {
		if err == nil {
			err = fmt.Errorf("%s changed while it was read", r.name)
		}
		return &exitError{status: failed, err: err, hint: "run it again; nothing was written"}
	}
	var written []string
	for _, f := range files {
		done, err := sameFile(f.name, f.data)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		if err := r.replace(f.name, f.data); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
		written = append(written, f.name)
	}
	if !r.settings.quiet {
		r.tell(u, written, promoted)
	}
	return nil
}

// replaceFile writes a file whole or not at all, with the permissions that it
// has.
func replaceFile(name string, data []byte) error {
	return renameio.WriteFile(name, data, 0o644, renameio.WithExistingPermissions())
}

// copies are the review and its sidecar as they are, under the name of their
// stage. A copy that says something else is never overwritten.
func (r *updateRun) copies(stage string) ([]fileOut, error) {
	name := copyName(r.target, stage)
	files := []fileOut{{name, r.review.Source}}
	if side, err := os.ReadFile(sidecarOf(r.target)); err == nil {
		files = append(files, fileOut{sidecarOf(name), side})
	}
	for _, f := range files {
		there, err := sameFile(f.name, f.data)
		if err != nil {
			return nil, err
		}
		if _, err := os.Lstat(f.name); err == nil && !there {
			err := fmt.Errorf("%s is there already, and is not what %s is now", f.name, r.name)
			return nil, misuse(err, "move it away; nothing was written")
		} else if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	return files, nil
}

// tell says on stderr what was done.
func (r *updateRun) tell(u *review.Updated, written []string, promoted bool) {
	if len(written) == 0 {
		fmt.Fprintf(r.err, "%s: nothing changed\n", r.name)
		return
	}
	if promoted {
		fmt.Fprintf(r.err, "%s is at the stage %s now; the %s one is kept in %s\n", r.name, u.Stage, u.Was, copyName(r.target, u.Was))
		for _, title := range u.Added {
			fmt.Fprintf(r.err, "added: %s\n", visible(title))
		}
	}
	var names []string
	for _, name := range written {
		names = append(names, filepath.Base(name))
	}
	what := "no block changed"
	if n := len(u.Blocks); n > 0 {
		what = counted(n, "block", "blocks") + " changed: " + strings.Join(u.Blocks, ", ")
	}
	fmt.Fprintf(r.err, "%s: %s (wrote %s)\n", r.name, what, strings.Join(names, ", "))
}
