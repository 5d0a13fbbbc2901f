package container

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

// maxWindow is the largest window or dictionary that a compressed document
// may ask for, in bytes: more than any of the usual levels of the tools use.
const maxWindow = 128 << 20

// errTrailing is what stands behind the last member of a gzip file when it is
// neither another member nor padding.
var errTrailing = errors.New("trailing bytes are not gzip")

// members reads the members of a gzip file one after the other.
type members struct {
	br *bufio.Reader
	zr *gzip.Reader
}

func unpackGzip(r *bufio.Reader, s *Stream) (io.Reader, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, early(err)
	}
	zr.Multistream(false)
	if !zr.ModTime.IsZero() {
		s.ModTime = zr.ModTime.UTC()
	}
	return &members{br: r, zr: zr}, nil
}

func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.zr.Read(p)
		if err != io.EOF {
			return n, early(err)
		}
		if err := m.next(); err != nil {
			return n, err
		}
		if n > 0 {
			return n, nil
		}
	}
}

// next goes to the next member; io.EOF means that there is none. Zero bytes
// between and behind members are padding, as tapes and block devices leave it.
func (m *members) next() error {
	for {
		b, err := m.br.Peek(1)
		if err != nil {
			return err
		}
		if b[0] != 0 {
			break
		}
		_, _ = m.br.Discard(1)
	}
	if magic, _ := m.br.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return errTrailing
	}
	if err := m.zr.Reset(m.br); err != nil {
		return early(err)
	}
	m.zr.Multistream(false)
	return nil
}

// early makes an end of input in the middle of something what it is.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func isZstd(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")) {
		return true
	}
	// A skippable frame, as some tools put first.
	return len(head) >= 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte("\x2a\x4d\x18"))
}

func unpackZstd(r *bufio.Reader, s *Stream) (io.Reader, error) {
	zr, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	s.close = zr.Close
	return zr, nil
}

func isBzip2(head []byte) bool {
	if len(head) < 10 || !bytes.HasPrefix(head, []byte("BZh")) || head[3] < '1' || head[3] > '9' {
		return false
	}
	block := string(head[4:10])
	return block == "1AY&SY" || block == "\x17\x72\x45\x38\x50\x90"
}

func unpackBzip2(r *bufio.Reader, _ *Stream) (io.Reader, error) { return bzip2.NewReader(r), nil }

func unpackXz(r *bufio.Reader, _ *Stream) (io.Reader, error) {
	if size := xzDictionary(r); size > maxWindow {
		return nil, fmt.Errorf("its dictionary of %d bytes is over the limit of %d", size, maxWindow)
	}
	zr, err := xz.NewReader(r)
	if err != nil {
		return nil, early(err)
	}
	return zr, nil
}

// xzDictionary reads from the first block header how much memory the
// decompressor will take; 0 where it cannot be read.
func xzDictionary(r *bufio.Reader) int64 {
	const streamHeader = 12
	head, _ := r.Peek(streamHeader + 64)
	if len(head) < streamHeader+6 {
		return 0
	}
	block := head[streamHeader:]
	flags, at := block[1], 2
	for _, bit := range []byte{0x40, 0x80} { // sizes, each a number of 7-bit groups
		if flags&bit == 0 {
			continue
		}
		for at < len(block) && block[at]&0x80 != 0 {
			at++
		}
		at++
	}
	if at+2 >= len(block) || block[at] != 0x21 || block[at+1] != 1 {
		return 0
	}
	bits := int64(block[at+2] & 0x3f)
	if bits >= 40 {
		return 1 << 32
	}
	return (2 | bits&1) << (bits/2 + 11)
}

func isLz4(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x04\x22\x4d\x18")) || bytes.HasPrefix(head, []byte("\x02\x21\x4c\x18"))
}

// frames reads the frames of an lz4 file one after the other.
type frames struct {
	br *bufio.Reader
	zr *lz4.Reader
}

func unpackLz4(r *bufio.Reader, _ *Stream) (io.Reader, error) {
	return &frames{br: r, zr: lz4.NewReader(r)}, nil
}

func (f *frames) Read(p []byte) (int, error) {
	for {
		n, err := f.zr.Read(p)
		if err != io.EOF {
			return n, err
		}
		if _, err := f.br.Peek(1); err != nil {
			return n, err
		}
		f.zr.Reset(f.br)
		if n > 0 {
			return n, nil
		}
	}
}
