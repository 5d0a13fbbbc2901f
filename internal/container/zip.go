package container

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
)

// listZip lists the members of a zip file.
func (a *archiver) listZip(f fs.File) error {
	z, err := zipReader(f)
	if err != nil {
		return err
	}
	for ordinal, h := range z.File {
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
		m := &member{size: size, time: h.Modified.UTC(), open: a.inZip(ordinal, size)}
		if err := a.add(h.Name, m); err != nil {
			return err
		}
	}
	return nil
}

// zipReader reads the list at the end of a zip file.
func zipReader(f fs.File) (*zip.Reader, error) {
	r, ok := f.(io.ReaderAt)
	if !ok {
		return nil, errors.New("a zip file must be read from a file: its list is at its end")
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, info.Size())
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // each name is looked at
	}
	if err != nil {
		return nil, &DamagedError{Format: "zip", Err: err}
	}
	return z, nil
}

// zipFile is a file read out of a zip file.
type zipFile struct {
	io.Reader
	inner io.ReadCloser
	file  fs.File
	n     int64
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

func (f *zipFile) Close() error {
	f.inner.Close()
	return f.file.Close()
}

// inZip opens a file by its row in the list. It gives no more bytes than the
// list says.
func (a *archiver) inZip(ordinal int, size int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		f, err := a.fsys.Open(a.path)
		if err != nil {
			return nil, err
		}
		z, err := zipReader(f)
		if err == nil && ordinal >= len(z.File) {
			err = errors.New("the archive has changed")
		}
		if err != nil {
			f.Close()
			return nil, err
		}
		r, err := z.File[ordinal].Open()
		if err != nil {
			f.Close()
			return nil, err
		}
		return &zipFile{Reader: Limit(r, size), inner: r, file: f}, nil
	}
}
