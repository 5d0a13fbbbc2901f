package main

import (
	"fmt"
	"io"
	"strings"
)

// printer writes lines and keeps the first error, so that layout code need not
// look at every write.
type printer struct {
	w   io.Writer
	err error
}

// line writes one line. Spaces at its end are dropped.
func (p *printer) line(format string, args ...any) {
	if p.err != nil {
		return
	}
	_, p.err = io.WriteString(p.w, strings.TrimRight(fmt.Sprintf(format, args...), " ")+"\n")
}
