package container

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"sync"
)

// listZip lists the members of a zip file.
func (a *archiver) listZip() error {
	file := &sharedFile{fsys: a.fsys, path: a.path}
	if err := file.acquire(); err != nil {
		return err
	}
	defer file.release()
	z, err := zip.NewReader(file, file.info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // each name is looked at
		return &DamagedError{Format: "zip", Err: err}
	}
	for _, h := range z.File {
		const encrypted = 1
		switch {
		case h.FileInfo().IsDir():
			continue
		case h.Mode()&fs.ModeSymlink != 0:
			a.skip(h.Name, "a link")
			continue
		case !h.Mode().IsRegular():
			a.skip(h.Name, "no file but a device or the like")
			continue
		case h.Flags&encrypted != 0:
			a.skip(h.Name, "encrypted")
			continue
		}
		size := int64(h.UncompressedSize64)
		m := &member{size: size, time: h.Modified.UTC(), open: file.inZip(h, size)}
		if err := a.add(h.Name, m); err != nil {
			return err
		}
	}
	return nil
}

// sharedFile is a zip file that is open while any of its members is. Its list is
// read once: to read it for each member would take the square of their number.
type sharedFile struct {
	fsys fs.FS
	path string
	info fs.FileInfo // of the first time that it was opened

	mu    sync.Mutex
	file  fs.File
	at    io.ReaderAt
	users int
}

// acquire opens the file, or holds it open.
func (s *sharedFile) acquire() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users > 0 {
		s.users++
		return nil
	}
	f, err := s.fsys.Open(s.path)
	if err != nil {
		return err
	}
	at, ok := f.(io.ReaderAt)
	info, err := f.Stat()
	switch {
	case !ok:
		err = errors.New("a zip file must be read from a file: its list is at its end")
	case err == nil && s.info == nil:
		s.info = info
	case err == nil && (info.Size() != s.info.Size() || !info.ModTime().Equal(s.info.ModTime())):
		err = errors.New("the archive has changed")
	}
	if err != nil {
		f.Close()
		return err
	}
	s.file, s.at, s.users = f, at, 1
	return nil
}

// release closes the file when nobody needs it any more.
func (s *sharedFile) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		s.file.Close()
		s.file, s.at = nil, nil
	}
}

// ReadAt reads at any place, for those who have acquired the file.
func (s *sharedFile) ReadAt(p []byte, off int64) (int, error) {
	s.mu.Lock()
	at := s.at
	s.mu.Unlock()
	if at == nil {
		return 0, fs.ErrClosed
	}
	return at.ReadAt(p, off)
}

// inZip opens a member. It gives no more bytes than the list says.
func (s *sharedFile) inZip(h *zip.File, size int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		if err := s.acquire(); err != nil {
			return nil, err
		}
		r, err := h.Open()
		if err != nil {
			s.release()
			return nil, err
		}
		return &zipFile{Reader: Limit(r, size), inner: r, file: s}, nil
	}
}

// zipFile is a file read out of a zip file.
type zipFile struct {
	io.Reader
	inner  io.ReadCloser
	file   *sharedFile
	n      int64
	closed bool
}

func (f *zipFile) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	f.n += int64(n)
	var large *TooLargeError
	if err != nil && err != io.EOF && !errors.As(err, &large) {
		err = &DamagedError{Format: "zip", At: f.n, Err: early(err)}
	}
	return n, err
}

// Close may be called again.
func (f *zipFile) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	err := f.inner.Close()
	f.file.release()
	return err
}
