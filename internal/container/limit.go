package container

import (
	"fmt"
	"io"
)

// TooLargeError says that content is longer than it may be.
type TooLargeError struct {
	Limit int64 // in bytes
}

// Error names the limit.
func (e *TooLargeError) Error() string {
	if e.Limit%(1<<20) == 0 && e.Limit > 0 {
		return fmt.Sprintf("content is longer than the limit of %d MiB", e.Limit>>20)
	}
	return fmt.Sprintf("content is longer than the limit of %d bytes", e.Limit)
}

// Limit gives the first n bytes of r and then, if there are more, a
// *TooLargeError.
func Limit(r io.Reader, n int64) io.Reader { return &limited{r: r, left: n, limit: n} }

type limited struct {
	r           io.Reader
	left, limit int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return l.probe()
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}

// probe tells content that just fits from content that is longer.
func (l *limited) probe() (int, error) {
	var one [1]byte
	if _, err := io.ReadFull(l.r, one[:]); err != nil {
		return 0, err
	}
	return 0, &TooLargeError{Limit: l.limit}
}
