package logs

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"time"

	"pir/internal/container"
)

// input is an open log file, down to its text.
type input struct {
	file    fs.File
	info    fs.FileInfo // as the file was when it was opened; nil is not known
	raw     *rawReader
	packed  *container.Stream
	text    io.Reader
	decoded *container.TextReader
	size    int64
	modTime time.Time
}

// openInput opens a file; hashed says that a checksum of its raw bytes will be
// wanted. Of a file that grows, what is there now is read.
func openInput(f File, hashed bool) (*input, error) {
	file, err := f.FS.Open(f.Path)
	if err != nil {
		return nil, err
	}
	in := &input{file: file, raw: &rawReader{r: file}}
	if info, err := file.Stat(); err == nil {
		in.info, in.size, in.modTime = info, info.Size(), info.ModTime()
		if in.size > 0 {
			in.raw.r = io.LimitReader(file, in.size)
		}
	}
	if hashed {
		in.raw.sum = sha256.New()
	}
	if in.packed, err = container.Open(in.raw); err != nil {
		file.Close()
		return nil, err
	}
	in.decoded = container.NewText(in.packed)
	in.text = in.decoded
	return in, nil
}

// narrow makes a part of a plain file the text.
func (in *input) narrow(r io.ReaderAt, p part) {
	in.raw = &rawReader{r: io.NewSectionReader(r, p.from, p.to-p.from)}
	in.text = in.raw
}

// drain reads what the decompressor left of the raw bytes, behind damage: the
// checksum is that of all.
func (in *input) drain() error {
	_, err := io.Copy(io.Discard, in.raw)
	return err
}

// checksum is that of the raw bytes, or empty when not all of them were read.
func (in *input) checksum(stopped bool) string {
	if in.raw.sum == nil || stopped {
		return ""
	}
	return hex.EncodeToString(in.raw.sum.Sum(nil))
}

// close frees the file.
func (in *input) close() {
	in.packed.Close()
	in.file.Close()
}

// change tells what happened to the file since it was opened; empty is nothing.
func (in *input) change(f File) string {
	now, err := in.file.Stat()
	if in.info == nil || err != nil {
		return ""
	}
	again, err := fs.Stat(f.FS, f.Path)
	switch n := now.Size(); {
	case err != nil:
		return "the file was removed while it was read; it was read to its end"
	case again.Size() < n || again.ModTime().Before(now.ModTime()):
		return "another file took its place while it was read; the one that was there at the start was read"
	case n > in.size:
		return fmt.Sprintf("the file grew from %d to %d bytes while it was read; what was there at the start was read", in.size, n)
	case n < in.size:
		return fmt.Sprintf("the file shrank from %d to %d bytes while it was read; what was cut off may be missing", in.size, n)
	case !now.ModTime().Equal(in.modTime):
		return "the file was written to while it was read"
	}
	return ""
}

// rawReader counts the bytes of a file as they stand on disk, and takes their
// checksum where sum is set.
type rawReader struct {
	r    io.Reader
	n    int64
	sum  hash.Hash
	told int64 // of n, to the progress
}

func (r *rawReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	r.n += int64(n)
	if r.sum != nil {
		r.sum.Write(p[:n])
	}
	return n, err
}
