package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// command is a program to be measured.
type command struct {
	name  string // as the table and the floors say it
	args  []string
	env   []string // added to that of this process
	in    string   // what it reads from its input
	reads []string // files to be read once before
	bytes int64    // what it is to work on, for MB/s
	runs  int
	// keep has the output kept; else it goes to /dev/null, as that of a
	// program that writes much should.
	keep bool
}

// result is the best of the runs of a command.
type result struct {
	command command
	wall    time.Duration
	cpu     time.Duration
	memory  int64   // peak resident bytes
	others  float64 // cores that other processes were using meanwhile; below 0 is not known
	out     []byte
	err     error
	missing string // why it was not run
}

// measure runs a command some times and gives the run with the shortest wall.
func measure(c command, quiet time.Duration) *result {
	best := &result{command: c}
	for n := range c.runs {
		if err := readAll(c.reads); err != nil {
			best.err = err
			return best
		}
		waitForQuiet(quiet)
		r := once(c)
		if r.err != nil {
			return r
		}
		if n == 0 || r.wall < best.wall {
			best = r
		}
	}
	return best
}

// once runs a command.
func once(c command) *result {
	r := &result{command: c}
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Env = append(os.Environ(), c.env...)
	cmd.Stdin = strings.NewReader(c.in)
	var out, complaint bytes.Buffer
	if c.keep {
		cmd.Stdout = &out
	}
	cmd.Stderr = &tail{buf: &complaint}
	busy, known := busyTime()
	start := time.Now()
	err := cmd.Run()
	r.wall = time.Since(start)
	if err != nil {
		text := strings.TrimSpace(complaint.String())
		r.err = fmt.Errorf("%s: %w: %s", strings.Join(c.args, " "), err, text[max(0, len(text)-300):])
		return r
	}
	r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	r.memory = peakMemory(cmd.ProcessState)
	r.others = -1
	if after, ok := busyTime(); known && ok {
		r.others = max(0, (after-busy-r.cpu).Seconds()) / r.wall.Seconds()
	}
	r.out = out.Bytes()
	return r
}

// tail keeps the first 64 KiB that are written to it.
type tail struct{ buf *bytes.Buffer }

func (t *tail) Write(p []byte) (int, error) {
	if room := 64<<10 - t.buf.Len(); room > 0 {
		t.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// readAll reads files once, so that every run finds them in memory.
func readAll(paths []string) error {
	var failures []error
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		_, err = io.Copy(io.Discard, f)
		failures = append(failures, err, f.Close())
	}
	return errors.Join(failures...)
}

// busyTime is how long all processors have worked since the machine started.
func busyTime() (time.Duration, bool) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, false
	}
	line, _, _ := strings.Cut(string(data), "\n")
	fields := strings.Fields(line)
	if len(fields) < 8 {
		return 0, false
	}
	var ticks int64
	for i, f := range fields[1:8] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, false
		}
		if i != 3 && i != 4 { // idle, and waiting for a disk
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond, true
}

// waitForQuiet waits until other processes leave the machine alone, but not
// longer than patience.
func waitForQuiet(patience time.Duration) {
	const look = 300 * time.Millisecond
	for end := time.Now().Add(patience); time.Now().Before(end); {
		before, ok := busyTime()
		if !ok {
			return
		}
		time.Sleep(look)
		if after, _ := busyTime(); after-before < look/5 {
			return
		}
	}
}
