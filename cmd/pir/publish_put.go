package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"

	"pir/site"
)

// The names of what pir keeps in the folder of a site.
const (
	manifestName   = ".pir-manifest.json"
	manifestSchema = "pir.manifest/1"
	stagingName    = ".pir-staging" // files that are being written
)

// manifest is what was published: for each file, by its path below the folder,
// the checksums that it may have. While a run writes these are two: that of the
// old page and that of the new one. So a run that is cut off leaves nothing that
// the next one takes for somebody's edit.
type manifest struct {
	Schema string              `json:"schema"`
	Files  map[string][]string `json:"files"`
}

// action is what is done with a file.
type action int

const (
	keep    action = iota // it is as it should be
	create                // it is not there
	replace               // it is as we left it, and should be another
	edited                // somebody changed it
	foreign               // it is not ours
	remove                // it is ours, as we left it, and no more wanted
	stale                 // the same without --prune
)

type publishStep struct {
	path   string
	data   []byte
	action action
}

type publishPlan struct {
	steps []publishStep // in the order in which they are done
	old   manifest
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// put brings the folder to what it should be.
func (r *publishRun) put(t site.Target, files []site.File) error {
	p, err := r.plan(files)
	if err != nil {
		return err
	}
	if !r.dryRun {
		if err := r.carryOut(p); err != nil {
			return err
		}
	}
	r.tellPublished(p)
	if slices.ContainsFunc(p.steps, func(s publishStep) bool { return s.action == edited || s.action == foreign }) {
		return &exitError{status: found}
	}
	return nil
}

// plan compares what should be there with what is there, and writes nothing.
func (r *publishRun) plan(files []site.File) (*publishPlan, error) {
	p := &publishPlan{}
	var err error
	if p.old, err = r.readManifest(); err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, f := range inOrder(files) {
		wanted[f.Path] = true
		there, err := r.there(f.Path)
		if err != nil {
			return nil, err
		}
		s := publishStep{path: f.Path, data: f.Data, action: replace}
		_, ours := p.old.Files[f.Path]
		switch {
		case there == "":
			s.action = create
		case there == sumOf(f.Data):
			s.action = keep
		case !ours:
			s.action = foreign
		case !slices.Contains(p.old.Files[f.Path], there) && !r.force:
			s.action = edited
		}
		p.steps = append(p.steps, s)
	}
	var gone []string
	for name := range p.old.Files {
		if !wanted[name] {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	for _, name := range gone {
		there, err := r.there(name)
		if err != nil {
			return nil, err
		}
		s := publishStep{path: name, action: stale}
		switch {
		case there == "":
			continue
		case !slices.Contains(p.old.Files[name], there) && !r.force:
			s.action = edited
		case r.prune:
			s.action = remove
		}
		p.steps = append(p.steps, s)
	}
	return p, nil
}

// inOrder puts what others lead to in front of what leads to it: pictures, then
// pages, the deeper ones first, then lists and feeds.
func inOrder(files []site.File) []site.File {
	rank := func(f site.File) int {
		switch {
		case path.Ext(f.Path) == ".svg":
			return -100
		case path.Ext(f.Path) == ".json" || path.Ext(f.Path) == ".xml":
			return 100
		}
		return -strings.Count(f.Path, "/")
	}
	list := slices.Clone(files)
	slices.SortStableFunc(list, func(x, y site.File) int { return rank(x) - rank(y) })
	return list
}

// there gives the checksum of a file below the folder; empty is none. A link or
// a folder in its place, or a link on the way to it, is an error.
func (r *publishRun) there(name string) (string, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", fmt.Errorf("%s: %q leads out of the folder", filepath.Join(r.out, manifestName), name)
	}
	parts := strings.Split(name, "/")
	at := r.out
	for i, part := range parts {
		at = filepath.Join(at, part)
		info, err := os.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return "", nil
		case err != nil:
			return "", err
		case info.Mode()&fs.ModeSymlink != 0:
			return "", &exitError{status: failed, err: fmt.Errorf("%s is a link, and is not followed", at), hint: "publish into the folder that it leads to"}
		case i < len(parts)-1 && !info.IsDir(), i == len(parts)-1 && !info.Mode().IsRegular():
			return "", fmt.Errorf("%s is in the way", at)
		}
	}
	data, err := os.ReadFile(at)
	return sumOf(data), err
}

func (r *publishRun) readManifest() (manifest, error) {
	m := manifest{Schema: manifestSchema, Files: map[string][]string{}}
	name := filepath.Join(r.out, manifestName)
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return m, fmt.Errorf("%s is no plain file", name)
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err == nil && m.Schema != manifestSchema {
		err = fmt.Errorf("schema %q is not known", m.Schema)
	}
	if err != nil {
		return m, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// carryOut writes: first what may be there from now on, then the files, then
// what is there.
func (r *publishRun) carryOut(p *publishPlan) error {
	during, after := map[string][]string{}, map[string][]string{}
	changes := false
	for _, s := range p.steps {
		old := p.old.Files[s.path]
		sum := sumOf(s.data)
		switch s.action {
		case keep:
			during[s.path], after[s.path] = []string{sum}, []string{sum}
		case create, replace:
			changes = true
			during[s.path], after[s.path] = append(slices.Clone(old), sum), []string{sum}
		case edited, stale:
			during[s.path], after[s.path] = old, old
		case remove:
			changes = true
			during[s.path] = old
		}
	}
	staging := filepath.Join(r.out, stagingName)
	if info, err := os.Lstat(staging); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is in the way", staging)
	} else if err == nil {
		if err := os.RemoveAll(staging); err != nil { // of a run that was cut off
			return err
		}
	}
	if !changes {
		return r.writeManifest(after)
	}
	if err := os.MkdirAll(staging, 0o755); err != nil {
		return err
	}
	if err := r.writeManifest(during); err != nil {
		return err
	}
	for _, s := range p.steps {
		if err := r.step(s); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(staging); err != nil {
		return err
	}
	return r.writeManifest(after)
}

func (r *publishRun) step(s publishStep) error {
	name := filepath.Join(r.out, filepath.FromSlash(s.path))
	switch s.action {
	case create, replace:
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return renameio.WriteFile(name, s.data, 0o644, renameio.WithExistingPermissions(), renameio.WithTempDir(filepath.Join(r.out, stagingName)))
	case remove:
		if err := os.Remove(name); err != nil {
			return err
		}
		for dir := path.Dir(s.path); dir != "."; dir = path.Dir(dir) {
			if os.Remove(filepath.Join(r.out, filepath.FromSlash(dir))) != nil {
				break // it holds something else
			}
		}
	}
	return nil
}

// writeManifest writes the list of what is ours, unless it says that already.
func (r *publishRun) writeManifest(files map[string][]string) error {
	for name, sums := range files {
		slices.Sort(sums)
		files[name] = slices.Compact(sums)
	}
	data, err := json.MarshalIndent(manifest{manifestSchema, files}, "", " ")
	if err != nil {
		return err
	}
	data = append(data, '\n')
	name := filepath.Join(r.out, manifestName)
	if done, err := sameFile(name, data); err != nil || done {
		return err
	}
	return r.app.replace(name, data)
}
