package incident

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"pir/internal/container"
	"pir/logs"
)

// maxSpill is how much of an archive is unpacked to be read at any place, in
// bytes. Without a place on disk it is as much as a document may be.
const maxSpill = 4 << 30

// openArchive opens an archive so that each of its files can be read at once:
// one that is packed as a whole, or lies in another, is unpacked to a spill
// first. cut is what ended that early.
func (p *plan) openArchive(ctx context.Context, fsys fs.FS, name string) (a *container.Archive, cut, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	r, packed, err := container.Reader(f)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	if _, direct := f.(io.ReaderAt); direct && packed == "" {
		a, err = container.OpenArchive(fsys, name, container.Limits{})
		return a, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	u, cut, err := p.unpack(ctx, r, info)
	if err != nil {
		return nil, nil, err
	}
	a, err = container.OpenArchive(u, u.Name(), container.Limits{})
	if err != nil && cut != nil {
		err = cut // it is the cause
	}
	return a, cut, err
}

// unpack copies the content of an archive to a spill, as far as it goes and
// not beyond the limit.
func (p *plan) unpack(ctx context.Context, r io.Reader, info fs.FileInfo) (u *unpacked, cut, err error) {
	var spill logs.Spill = &memory{}
	limit := int64(maxDocument)
	if p.opt.Spill != nil {
		limit = maxSpill
		if spill, err = p.opt.Spill(); err != nil {
			return nil, nil, err
		}
	}
	p.spills = append(p.spills, spill)
	to := &spillWriter{w: spill}
	n, cut := io.Copy(to, container.Limit(&interrupted{ctx: ctx, r: r}, limit))
	var large *container.TooLargeError
	switch {
	case to.err != nil:
		return nil, nil, to.err
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case errors.As(cut, &large):
		cut = fmt.Errorf("its content is larger than %d MiB; unpack it and name the folder", limit>>20)
	}
	return &unpacked{FileInfo: info, r: spill, size: n}, cut, nil
}

// interrupted ends a long copy with its context.
type interrupted struct {
	ctx context.Context
	r   io.Reader
}

func (i *interrupted) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// spillWriter keeps the error of a spill, to tell it from those of what is
// copied to it.
type spillWriter struct {
	w   io.Writer
	err error
}

func (s *spillWriter) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.err = err
	return n, err
}

// memory is a spill for those who have no disk.
type memory struct{ bytes.Buffer }

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	return bytes.NewReader(m.Bytes()).ReadAt(p, off)
}

func (m *memory) Close() error { return nil }

// unpacked is a file system of one file: what a spill holds. The file has the
// name and the time of what was unpacked.
type unpacked struct {
	fs.FileInfo
	r    io.ReaderAt
	size int64
}

// Size is that of the content.
func (u *unpacked) Size() int64 { return u.size }

// Open opens the content, whatever the name.
func (u *unpacked) Open(string) (fs.File, error) {
	return &unpackedFile{SectionReader: io.NewSectionReader(u.r, 0, u.size), of: u}, nil
}

// unpackedFile is an open one. It can be read at any place.
type unpackedFile struct {
	*io.SectionReader
	of *unpacked
}

func (f *unpackedFile) Stat() (fs.FileInfo, error) { return f.of, nil }
func (f *unpackedFile) Close() error               { return nil }
