package container

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"time"
)

// Open opens a file or a folder of the archive. Files of a tar that is not
// compressed are io.ReaderAt.
func (a *Archive) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if m := a.files[name]; m != nil {
		r, err := m.open()
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		f := &archiveFile{ReadCloser: r, info: fileInfo{m}}
		if section, ok := r.(*sectionFile); ok {
			return &archiveFileAt{archiveFile: f, ReaderAt: section}, nil
		}
		return f, nil
	}
	if entries, ok := a.folders[name]; ok {
		return &archiveFolder{info: folderInfo(name), entries: entries}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// fileInfo is the fs.FileInfo of a member.
type fileInfo struct{ m *member }

func (i fileInfo) Name() string       { return path.Base(i.m.name) }
func (i fileInfo) Size() int64        { return i.m.size }
func (i fileInfo) Mode() fs.FileMode  { return 0o444 }
func (i fileInfo) ModTime() time.Time { return i.m.time }
func (i fileInfo) IsDir() bool        { return false }
func (i fileInfo) Sys() any           { return nil }

// folderInfo is the fs.FileInfo of a folder, which has nothing but a name.
type folderInfo string

func (i folderInfo) Name() string       { return path.Base(string(i)) }
func (i folderInfo) Size() int64        { return 0 }
func (i folderInfo) Mode() fs.FileMode  { return fs.ModeDir | 0o555 }
func (i folderInfo) ModTime() time.Time { return time.Time{} }
func (i folderInfo) IsDir() bool        { return true }
func (i folderInfo) Sys() any           { return nil }

// archiveFile is an open file of an archive.
type archiveFile struct {
	io.ReadCloser
	info fileInfo
}

func (f *archiveFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// archiveFileAt is one that can be read anywhere.
type archiveFileAt struct {
	*archiveFile
	io.ReaderAt
}

// archiveFolder is an open folder of an archive.
type archiveFolder struct {
	info    folderInfo
	entries []fs.DirEntry
	given   int
}

func (f *archiveFolder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *archiveFolder) Close() error               { return nil }

func (f *archiveFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: string(f.info), Err: errors.New("is a folder")}
}

// ReadDir gives the next n entries, all that are left for n of 0 and below.
func (f *archiveFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	left := f.entries[f.given:]
	if n > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if n > 0 && n < len(left) {
		left = left[:n]
	}
	f.given += len(left)
	return append([]fs.DirEntry(nil), left...), nil
}
