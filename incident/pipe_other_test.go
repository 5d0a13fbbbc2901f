//go:build !unix

package incident

import "errors"

func makePipe(string) error { return errors.ErrUnsupported }
