package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pir/incident"
	"pir/review/document"
)

// maxReview is the largest review in bytes.
const maxReview = 64 << 20

// kept is a review with the copies of its earlier stages beside it:
// X.preliminary.md beside X.md.
type kept struct {
	*document.Document
	copies []*document.Document // in order of their names
}

// readReview reads a review with its sidecar; "-" is the standard input.
func (a *app) readReview(name string) (*document.Document, error) {
	source, err := a.readWhole(name)
	if err != nil {
		return nil, err
	}
	var sidecar []byte
	if name != "-" {
		sidecar, err = os.ReadFile(sidecarOf(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	d, err := document.Parse(filepath.ToSlash(name), source, sidecar)
	if err != nil {
		return nil, misuse(err, "")
	}
	return d, nil
}

// readWhole reads a review's bytes.
func (a *app) readWhole(name string) ([]byte, error) {
	in := io.NopCloser(a.in)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, misuse(fmt.Errorf("%s: no such file or folder", name), "")
		}
		in = f
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxReview+1))
	if err == nil && len(data) > maxReview {
		err = fmt.Errorf("%s: larger than %d MiB, which is no review", name, maxReview>>20)
	}
	return data, err
}

// foundReviews are the reviews that arguments name, and the incident folders
// that have none. Both are in the order of the arguments, then of names.
type foundReviews struct {
	files   []string
	folders []string
}

// findReviews looks for reviews: files as they are named, folders with all that
// is below them. A copy of an earlier stage is no review of its own beside the
// review that it was kept of.
func findReviews(args []string) (foundReviews, error) {
	var found foundReviews
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case arg == "-":
			found.files = append(found.files, arg)
		case err != nil:
			return found, misuse(fmt.Errorf("%s: no such file or folder", arg), "")
		case !info.IsDir():
			if filepath.Base(arg) == incident.ConfigName {
				found.folders = append(found.folders, filepath.Dir(arg))
				break
			}
			found.files = append(found.files, filepath.Clean(arg))
		default:
			if err := found.folder(arg); err != nil {
				return found, err
			}
		}
	}
	found.files = withoutCopies(found.files)
	return found, nil
}

// folder finds what is below one.
func (f *foundReviews) folder(dir string) error {
	var incidents []string
	first := len(f.files)
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if name != dir && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules") {
				return filepath.SkipDir
			}
		case e.Name() == incident.ConfigName:
			incidents = append(incidents, filepath.Dir(name))
		case strings.EqualFold(filepath.Ext(name), ".md") && isReviewFile(name):
			f.files = append(f.files, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, folder := range incidents {
		reviewed := slices.ContainsFunc(f.files[first:], func(name string) bool {
			near, err := filepath.Rel(folder, name)
			return err == nil && near != ".." && !strings.HasPrefix(near, ".."+string(filepath.Separator))
		})
		if !reviewed {
			f.folders = append(f.folders, folder)
		}
	}
	return nil
}

// isReviewFile reports whether a file has front matter with the key pir.
func isReviewFile(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 16<<10))
	head, matter := bytes.CutPrefix(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), []byte("---"))
	if err != nil || !matter {
		return false
	}
	for i, line := range bytes.Split(head, []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		if i > 0 && (bytes.Equal(line, []byte("---")) || bytes.Equal(line, []byte("..."))) {
			return false
		}
		if bytes.HasPrefix(line, []byte("pir:")) {
			return true
		}
	}
	return false
}

// withoutCopies leaves out names that stand twice, and copies whose review is
// among the names.
func withoutCopies(names []string) []string {
	var list []string
	for _, name := range names {
		of := copyOf(name)
		if !slices.Contains(list, name) && (of == "" || !slices.Contains(names, of)) {
			list = append(list, name)
		}
	}
	return list
}

// copyOf gives the name of the review that X.preliminary.md would be a copy of:
// X.md; empty when the name is not of that form.
func copyOf(name string) string {
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	stage := filepath.Ext(stem)
	if stage == "" || strings.TrimSuffix(filepath.Base(stem), stage) == "" {
		return ""
	}
	return strings.TrimSuffix(stem, stage) + ext
}

// keptReview reads a review with the copies beside it.
func (a *app) keptReview(name string) (kept, error) {
	d, err := a.readReview(name)
	k := kept{Document: d}
	if err != nil || name == "-" {
		return k, err
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return k, err
	}
	for _, e := range entries {
		copied := filepath.Join(filepath.Dir(name), e.Name())
		if e.IsDir() || copyOf(copied) != filepath.Clean(name) || !isReviewFile(copied) {
			continue
		}
		c, err := a.readReview(copied)
		if err != nil {
			return k, err
		}
		k.copies = append(k.copies, c)
	}
	return k, nil
}
