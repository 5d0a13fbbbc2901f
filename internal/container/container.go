// Package container takes documents out of what they are packed in: it
// recognises compression by the first bytes, never by the name, and gives the
// content as a plain stream, with limits against hostile input.
//
// Reader, Head, Text and Limit are the everyday doors. Open tells more about
// the wrapping.
package container

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"time"
)

// readSize is the buffer in front of a decompressor, in bytes.
const readSize = 64 << 10

// magicSize is how many first bytes recognise every packing.
const magicSize = 10

// packing is one kind of compression: a row of packings.
type packing struct {
	name  string
	magic func(head []byte) bool
	// unpack may fail at once or at the first Read. It must not read beyond
	// the end of what it unpacks more than its own buffer.
	unpack func(r *bufio.Reader, s *Stream) (io.Reader, error)
}

// packings are tried in order.
func packings() []packing {
	return []packing{
		{"gzip", hasPrefix("\x1f\x8b\x08"), unpackGzip},
		{"zstd", isZstd, unpackZstd},
		{"bzip2", isBzip2, unpackBzip2},
		{"xz", hasPrefix("\xfd7zXZ\x00"), unpackXz},
		{"lz4", isLz4, unpackLz4},
	}
}

func hasPrefix(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

// Stream is the content of a document without its compression.
type Stream struct {
	// Format names the compression: gzip, zstd, bzip2, xz or lz4; empty means
	// that there was none.
	Format string
	// ModTime is when the packed file was last changed, where the header says
	// so (gzip); UTC, else zero.
	ModTime time.Time

	r     io.Reader
	close func()
	n     int64
	err   error
}

// Open recognises the compression of r and unwraps one layer of it. An error
// is one of reading r; damaged content shows when it is read. The caller
// closes r itself, after the Stream.
func Open(r io.Reader) (*Stream, error) {
	br := bufio.NewReaderSize(r, readSize)
	head, err := br.Peek(magicSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	s := &Stream{r: br, close: func() {}}
	for _, p := range packings() {
		if !p.magic(head) {
			continue
		}
		s.Format = p.name
		if s.r, err = p.unpack(br, s); err != nil {
			s.r, s.err = nil, &DamagedError{Format: p.name, Err: err}
		}
		break
	}
	return s, nil
}

// Read gives the content. Where the packed data end early or do not hold
// together, the bytes up to there come first and then a *DamagedError.
func (s *Stream) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	s.n += int64(n)
	if err == nil || err == io.EOF || s.Format == "" {
		if err != nil {
			s.err = err
		}
		return n, err
	}
	s.err = damaged(s.Format, s.n, err)
	return n, s.err
}

// Close frees the decompressor. It does not close the reader given to Open.
func (s *Stream) Close() error {
	s.close()
	s.close = func() {}
	if s.err == nil {
		s.err = errors.New("container: read after close")
	}
	return nil
}

// Reader unwraps r when it is gzip (of one or more members), zstd, bzip2, xz
// or lz4, known by its first bytes. The string names the compression and is
// empty for plain content. Read errors of damaged content are *DamagedError.
func Reader(r io.Reader) (io.ReadCloser, string, error) {
	s, err := Open(r)
	if err != nil {
		return nil, "", err
	}
	return s, s.Format, nil
}

// Head returns the first n bytes of the content of r, fewer where it is
// shorter. It is no error when the content is short, or breaks off after some
// bytes.
func Head(r io.Reader, n int) ([]byte, error) {
	s, err := Open(r)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	head := make([]byte, n)
	got, err := io.ReadFull(s, head)
	if got > 0 || err == io.EOF {
		err = nil
	}
	return head[:got], err
}
