package container

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// tarBlock is the unit of a tar file, in bytes.
const tarBlock = 512

// isTar knows the header of a tar file by its mark, or, where it is too old for
// one, by its checksum.
func isTar(head []byte) bool {
	if len(head) < tarBlock {
		return false
	}
	const sumAt, sumEnd, magicAt = 148, 156, 257
	text := strings.Trim(string(head[sumAt:sumEnd]), " \x00")
	want, err := strconv.ParseInt(text, 8, 64)
	if err != nil || head[0] == 0 {
		return false
	}
	var sum int64
	for i, b := range head[:tarBlock] {
		if i >= sumAt && i < sumEnd {
			b = ' '
		}
		sum += int64(b)
	}
	return sum == want || bytes.HasPrefix(head[magicAt:], []byte("ustar"))
}

// tarStream is an open tar file.
type tarStream struct {
	*tar.Reader
	file   fs.File
	stream *Stream
	at     int64 // bytes read, where the file is not compressed
}

// openTar opens the tar file from its start.
func (a *archiver) openTar() (*tarStream, error) {
	f, err := a.fsys.Open(a.path)
	if err != nil {
		return nil, err
	}
	s, err := Open(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	t := &tarStream{file: f, stream: s}
	t.Reader = tar.NewReader(&counted{r: s, n: &t.at})
	return t, nil
}

// Close closes the file.
func (t *tarStream) Close() error {
	t.stream.Close()
	return t.file.Close()
}

// counted counts what is read. It hides everything else that the reader can do,
// so that all is read.
type counted struct {
	r io.Reader
	n *int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	return n, err
}

// listTar lists the members of a tar file. plain says that it is not compressed.
func (a *archiver) listTar(plain bool) error {
	t, err := a.openTar()
	if err != nil {
		return err
	}
	defer t.Close()
	_, plainAt := t.file.(io.ReaderAt)
	for ordinal := 0; ; ordinal++ {
		h, err := t.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return tarError(err, t.at)
		case h.Typeflag == tar.TypeDir, h.Typeflag == tar.TypeXGlobalHeader:
			continue
		case h.Typeflag == tar.TypeSymlink, h.Typeflag == tar.TypeLink:
			a.skip(h.Name, "a link to "+h.Linkname)
			continue
		case h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse && h.Typeflag != tar.TypeCont:
			a.skip(h.Name, "no file but a device or the like")
			continue
		}
		m := &member{size: h.Size, time: h.ModTime.UTC()}
		if plain && plainAt && !isSparse(h) {
			m.open = a.section(t.at, h.Size)
		} else {
			m.open = a.again(ordinal)
		}
		if err := a.add(h.Name, m); err != nil {
			return err
		}
	}
}

// tarError says that a tar file does not hold together.
func tarError(err error, at int64) error {
	var d *DamagedError
	if errors.As(err, &d) {
		return d
	}
	return &DamagedError{Format: "tar", At: at, Err: err}
}

// isSparse reports whether holes of a file are left out of the archive.
func isSparse(h *tar.Header) bool {
	if h.Typeflag == tar.TypeGNUSparse {
		return true
	}
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// sectionFile is a file that stands in one piece in another.
type sectionFile struct {
	*io.SectionReader
	file fs.File
}

func (s *sectionFile) Close() error { return s.file.Close() }

// section opens a file by its place in a tar file that is not compressed.
func (a *archiver) section(at, size int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		f, err := a.fsys.Open(a.path)
		if err != nil {
			return nil, err
		}
		r, ok := f.(io.ReaderAt)
		if !ok {
			f.Close()
			return nil, errors.New("the archive can no longer be read at a place")
		}
		return &sectionFile{SectionReader: io.NewSectionReader(r, at, size), file: f}, nil
	}
}

// tarFile is a file read out of the stream of a tar file.
type tarFile struct{ *tarStream }

func (f *tarFile) Read(p []byte) (int, error) {
	n, err := f.tarStream.Read(p)
	if err != nil && err != io.EOF {
		err = tarError(err, f.at)
	}
	return n, err
}

// again opens a file by going through the tar file up to it.
func (a *archiver) again(ordinal int) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		t, err := a.openTar()
		if err != nil {
			return nil, err
		}
		for range ordinal + 1 {
			if _, err := t.Next(); err != nil {
				t.Close()
				return nil, tarError(err, t.at)
			}
		}
		return &tarFile{t}, nil
	}
}
