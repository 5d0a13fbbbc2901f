package container

import (
	"errors"
	"fmt"
	"io"
)

// DamagedError says that packed content ends early or does not hold together.
// What came before it was given and is good.
type DamagedError struct {
	Format string // of the compression
	At     int64  // how many bytes of content came out before
	Err    error  // what the decompressor says
}

// Error says how far it came and what is wrong.
func (e *DamagedError) Error() string {
	if e.Truncated() {
		return fmt.Sprintf("%s data are cut short: %d bytes of content could be read", e.Format, e.At)
	}
	return fmt.Sprintf("%s data are damaged after %d bytes of content: %v", e.Format, e.At, e.Err)
}

// Unwrap gives the decompressor's error.
func (e *DamagedError) Unwrap() error { return e.Err }

// Truncated reports whether the data just end too early.
func (e *DamagedError) Truncated() bool { return errors.Is(e.Err, io.ErrUnexpectedEOF) }

// damaged wraps an error of a decompressor. An error that the input itself
// gave, such as a failing disk, passes as it is when it is wrapped already.
func damaged(format string, at int64, err error) error {
	var d *DamagedError
	if errors.As(err, &d) {
		d.At = at
		return d
	}
	return &DamagedError{Format: format, At: at, Err: err}
}
