package incident

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// prefixFS opens names below a folder. Unlike fs.Sub it takes any folder, ".."
// and absolute ones included, and passes on whatever the file can do.
type prefixFS struct {
	fsys fs.FS
	dir  string
}

// Open opens a name below the folder. An absolute name stays what it is.
func (p prefixFS) Open(name string) (fs.File, error) {
	if path.IsAbs(name) {
		return p.fsys.Open(name)
	}
	return p.fsys.Open(path.Join(p.dir, name))
}

// Stat tells about a name without opening it.
func (p prefixFS) Stat(name string) (fs.FileInfo, error) {
	if path.IsAbs(name) {
		return fs.Stat(p.fsys, name)
	}
	return fs.Stat(p.fsys, path.Join(p.dir, name))
}

// walk lists the regular files below a folder, in order of their paths. Hidden
// files and folders are left out, and so are pir's own files. A link to a file
// is followed, a link to a folder is not: it could lead back up.
func walk(fsys fs.FS, dir string) []string {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			found = append(found, walk(fsys, name)...)
		case own(e.Name()):
		case e.Type().IsRegular():
			found = append(found, name)
		case e.Type()&fs.ModeSymlink != 0:
			if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
				found = append(found, name)
			}
		}
	}
	slices.Sort(found)
	return found
}

// own reports whether the name is one of pir's files.
func own(name string) bool {
	return name == ConfigName || strings.HasSuffix(name, ".pir.json")
}

// isReview reports whether a document is a review: Markdown whose front matter
// has the key pir.
func isReview(head []byte) bool {
	head = bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n"))
	matter, found := bytes.CutPrefix(head, []byte("---\n"))
	if !found {
		return false
	}
	for line := range bytes.Lines(matter) {
		switch {
		case bytes.HasPrefix(line, []byte("---")), bytes.HasPrefix(line, []byte("...")):
			return false
		case bytes.HasPrefix(line, []byte("pir:")):
			return true
		}
	}
	return false
}
