package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// counted is one line as the recount reads it: by its own few rules and the
// standard library, without the generator and without pir.
type counted struct {
	start  int64 // offset of its first byte
	text   []byte
	at     time.Time
	dated  bool
	failed bool
}

// recount reads the lines of a file one by one.
func recount(path, format string, visit func(counted)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<20)
	var start int64
	for {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: %w", path, err)
		}
		c := counted{start: start, text: bytes.TrimSuffix(line, []byte("\n"))}
		c.at, c.dated = stampOf(format, c.text)
		c.failed = c.dated && failed(format, c.text)
		visit(c)
		start += int64(len(line))
	}
}

// stampOf reads the time of a line, if it has one.
func stampOf(format string, line []byte) (time.Time, bool) {
	var text, layout string
	switch format {
	case "accesslog":
		_, rest, _ := bytes.Cut(line, []byte("["))
		stamp, _, _ := bytes.Cut(rest, []byte("]"))
		text, layout = string(stamp), "02/Jan/2006:15:04:05 -0700"
	case "jsonl":
		_, rest, _ := bytes.Cut(line, []byte(`"time":"`))
		stamp, _, _ := bytes.Cut(rest, []byte(`"`))
		text, layout = string(stamp), time.RFC3339Nano
	case "logfmt":
		rest, _ := bytes.CutPrefix(line, []byte("time="))
		stamp, _, _ := bytes.Cut(rest, []byte(" "))
		text, layout = string(stamp), time.RFC3339Nano
	case "syslog":
		text, layout = "2026 "+string(line[:min(len(line), 15)])+" -0500", "2006 Jan _2 15:04:05 -0700"
	}
	if len(text) < 19 {
		return time.Time{}, false
	}
	at, err := time.Parse(layout, text)
	return at.UTC(), err == nil
}

// failed reports whether a line tells a failure.
func failed(format string, line []byte) bool {
	switch format {
	case "accesslog":
		return bytes.Contains(line, []byte(`" 50`))
	case "jsonl":
		return bytes.Contains(line, []byte(`"level":"error"`))
	case "logfmt":
		return bytes.Contains(line, []byte(" level=error "))
	}
	return bytes.Contains(line, []byte("ERROR: ")) || bytes.Contains(line, []byte("FATAL: "))
}

// retell compares the truth of a file with a recount and gives what differs.
func retell(path string, t *fileTruth, visit func(counted)) ([]string, error) {
	var again fileTruth
	var previous time.Time
	err := recount(path, t.Format, func(c counted) {
		visit(c)
		again.Lines++
		again.Bytes = c.start + int64(len(c.text)) + 1
		if !c.dated {
			again.Continuation++
			return
		}
		if again.Records > 0 && c.at.Before(previous) {
			again.OutOfOrder++
		}
		if again.Records == 0 || c.at.Before(again.First) {
			again.First = c.at
		}
		if c.at.After(again.Last) {
			again.Last = c.at
		}
		previous = c.at
		again.Records++
		if into := c.at.Sub(incidentDay()); into >= 0 && into < 24*time.Hour {
			again.Hours[into/time.Hour]++
		}
		if c.failed {
			again.Errors++
			if !c.at.Before(t.Onset) && c.at.Before(t.Clear) {
				again.InBurst++
			}
		}
	})
	var differ []string
	for _, row := range []struct {
		name     string
		told, is any
	}{
		{"bytes", t.Bytes, again.Bytes}, {"lines", t.Lines, again.Lines}, {"records", t.Records, again.Records},
		{"continuation", t.Continuation, again.Continuation}, {"errors", t.Errors, again.Errors},
		{"errors in the burst", t.InBurst, again.InBurst}, {"out of order", t.OutOfOrder, again.OutOfOrder},
		{"first", t.First, again.First}, {"last", t.Last, again.Last}, {"hours", t.Hours, again.Hours},
	} {
		if row.told != row.is {
			differ = append(differ, fmt.Sprintf("%s: %s: truth says %v, recount %v", t.Path, row.name, row.told, row.is))
		}
	}
	return differ, err
}
