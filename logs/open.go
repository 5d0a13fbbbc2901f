package logs

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"io/fs"
	"time"

	"pir/internal/container"
)

// input is an open log file, down to its text.
type input struct {
	file    fs.File
	raw     *rawReader
	packed  *container.Stream
	text    *container.TextReader
	size    int64
	modTime time.Time
}

// openInput opens a file; hashed says that a checksum of its raw bytes will be
// wanted.
func openInput(f File, hashed bool) (*input, error) {
	file, err := f.FS.Open(f.Path)
	if err != nil {
		return nil, err
	}
	in := &input{file: file, raw: &rawReader{r: file}}
	if info, err := file.Stat(); err == nil {
		in.size, in.modTime = info.Size(), info.ModTime()
	}
	if hashed {
		in.raw.sum = sha256.New()
	}
	if in.packed, err = container.Open(in.raw); err != nil {
		file.Close()
		return nil, err
	}
	in.text = container.NewText(in.packed)
	return in, nil
}

// close frees the file. What the decompressor left of the raw bytes, behind
// damage, is read for the checksum first.
func (in *input) close() error {
	var err error
	if in.raw.sum != nil {
		_, err = io.Copy(io.Discard, in.raw)
	}
	in.packed.Close()
	if e := in.file.Close(); err == nil {
		err = e
	}
	return err
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

func (r *rawReader) checksum() string { return hex.EncodeToString(r.sum.Sum(nil)) }
