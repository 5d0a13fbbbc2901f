package container

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// The bounds of an archive where Limits leave them open.
const (
	defaultMembers = 100_000
	defaultBytes   = 64 << 30
)

// Limits bound what an archive may hold. A zero bound is the usual one.
type Limits struct {
	Members int   // files; 100,000
	Bytes   int64 // of all files, unpacked; 64 GiB
}

func (l Limits) orDefaults() Limits {
	if l.Members <= 0 {
		l.Members = defaultMembers
	}
	if l.Bytes <= 0 {
		l.Bytes = defaultBytes
	}
	return l
}

// Archive is a view of the files in a tar or zip file. It unpacks nothing to
// disk: a file is read where it stands, and in a compressed tar what stands
// before it is read again, each time that it is opened. It is an fs.FS, for use
// by one goroutine or many.
type Archive struct {
	Format  string    // "tar" or "zip", with the compression around it: "tar.gzip"
	Skipped []Skipped // what is in it and cannot be opened, in the archive's order
	Err     error     // what ended the archive early; what came before it is there
	files   map[string]*member
	folders map[string][]fs.DirEntry // by name, sorted
}

// Skipped is a member that is no file, or one with a bad name.
type Skipped struct {
	Name string // as it stands in the archive
	Why  string
}

// member is a file in an archive.
type member struct {
	name string
	size int64
	time time.Time
	open func() (io.ReadCloser, error)
}

// IsArchive says by the first bytes of content, without its compression, what
// kind of archive it is: "tar", "zip" or none. A tar is known from 512 bytes on.
func IsArchive(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "zip"
	case isTar(head):
		return "tar"
	}
	return ""
}

// OpenArchive reads the list of what is in a tar file, plain or compressed, or
// in a zip file. The file is opened again for each file that is opened in it. A
// damaged archive is no error as long as something can be read; see Err.
func OpenArchive(fsys fs.FS, name string, limits Limits) (*Archive, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := Open(f)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	head := make([]byte, tarBlock)
	n, _ := io.ReadFull(s, head)
	a := &archiver{fsys: fsys, path: name, limits: limits.orDefaults(), archive: &Archive{files: map[string]*member{}}}
	a.archive.Format = IsArchive(head[:n])
	switch {
	case a.archive.Format == "tar":
		if s.Format != "" {
			a.archive.Format += "." + s.Format
		}
		err = a.listTar(s.Format == "")
	case a.archive.Format == "zip" && s.Format == "":
		err = a.listZip()
	default:
		err = fmt.Errorf("%s is no tar or zip file", name)
	}
	if err != nil {
		if len(a.archive.files) == 0 {
			return nil, err
		}
		a.archive.Err = err
	}
	a.archive.fold()
	return a.archive, nil
}

// archiver lists the members of an archive.
type archiver struct {
	fsys    fs.FS
	path    string
	limits  Limits
	archive *Archive
	bytes   int64
}

func (a *archiver) skip(name, why string) {
	a.archive.Skipped = append(a.archive.Skipped, Skipped{Name: name, Why: why})
}

// add takes a file into the list. Of two with one name the later one counts, as
// when they are unpacked.
func (a *archiver) add(name string, m *member) error {
	clean, ok := cleanName(name)
	if !ok {
		a.skip(name, "its name leads out of the archive")
		return nil
	}
	if len(a.archive.files) >= a.limits.Members {
		return fmt.Errorf("more than %d files in the archive", a.limits.Members)
	}
	if a.bytes += m.size; m.size < 0 || a.bytes > a.limits.Bytes || a.bytes < 0 {
		return &TooLargeError{Limit: a.limits.Bytes}
	}
	if a.archive.files[clean] != nil {
		a.skip(name, "a later file in the archive has the same name")
	}
	m.name = clean
	a.archive.files[clean] = m
	return nil
}

// cleanName gives the name by which a member can be opened. Absolute names,
// those with ".." and those of Windows drives are refused.
func cleanName(name string) (string, bool) {
	if strings.ContainsAny(name, "\\:\x00") {
		return "", false
	}
	for _, part := range strings.Split(name, "/") {
		if part == ".." {
			return "", false
		}
	}
	clean := path.Clean(name)
	return clean, !strings.HasPrefix(name, "/") && fs.ValidPath(clean) && clean != "."
}

// fold makes the folders of the files. A file whose name is that of a folder
// too is left out.
func (a *Archive) fold() {
	a.folders = map[string][]fs.DirEntry{".": nil}
	names := make([]string, 0, len(a.files))
	for name := range a.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for dir := path.Dir(name); a.folders[dir] == nil && dir != "."; dir = path.Dir(dir) {
			a.folders[dir] = []fs.DirEntry{}
		}
	}
	for _, name := range names {
		if a.folders[name] != nil {
			a.Skipped = append(a.Skipped, Skipped{Name: name, Why: "a folder in the archive has the same name"})
			delete(a.files, name)
			continue
		}
		dir := path.Dir(name)
		a.folders[dir] = append(a.folders[dir], fs.FileInfoToDirEntry(fileInfo{a.files[name]}))
	}
	for name := range a.folders {
		if name != "." {
			dir := path.Dir(name)
			a.folders[dir] = append(a.folders[dir], fs.FileInfoToDirEntry(folderInfo(name)))
		}
	}
	for _, entries := range a.folders {
		slices.SortFunc(entries, func(x, y fs.DirEntry) int { return strings.Compare(x.Name(), y.Name()) })
	}
}

// Names are the names of the files, sorted.
func (a *Archive) Names() []string {
	names := make([]string, 0, len(a.files))
	for name := range a.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
