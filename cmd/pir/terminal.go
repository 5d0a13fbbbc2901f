package main

import (
	"os"
	"strconv"
	"time"

	"golang.org/x/term"
)

// realWorld is the process's own.
func realWorld() world {
	return world{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv,
		columns:  func() int { return columnsOf(os.Stdout) },
		errIsTTY: term.IsTerminal(int(os.Stderr.Fd())),
		now:      time.Now,
	}
}

// columnsOf is the width of the terminal that a file is; 0 when it is none.
func columnsOf(f *os.File) int {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return 0
	}
	n, _, err := term.GetSize(fd)
	if err != nil || n <= 0 {
		return plainWidth
	}
	return n
}

// plainWidth is the width of output that goes to no terminal.
const plainWidth = 100

// The bounds between which a table is laid out.
const (
	minWidth = 60
	maxWidth = 160
)

// tableWidth is how wide a table may be: the terminal, else COLUMNS, else
// plainWidth.
func (w world) tableWidth() int {
	n := w.columns()
	if n == 0 {
		n = plainWidth
		if asked, err := strconv.Atoi(w.env("COLUMNS")); err == nil && asked > 0 {
			n = asked
		}
	}
	return min(max(n, minWidth), maxWidth)
}
