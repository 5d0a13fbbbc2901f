package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// undated stands for the time of a line that has none.
const undated = math.MinInt64

// lineIndex knows every line of a file: where it starts, its time, a checksum
// of its text, and whether the merged stream had it.
type lineIndex struct {
	starts []int64
	at     []int64 // nanoseconds since 1970
	sums   []uint32
	seen   []bool
}

func newLineIndex(f *fileTruth) *lineIndex {
	return &lineIndex{
		starts: make([]int64, 0, f.Lines), at: make([]int64, 0, f.Lines), sums: make([]uint32, 0, f.Lines),
		seen: make([]bool, f.Lines),
	}
}

func (x *lineIndex) add(c counted) {
	at := int64(undated)
	if c.dated {
		at = c.at.UnixNano()
	}
	x.starts, x.at = append(x.starts, c.start), append(x.at, at)
	x.sums = append(x.sums, crc32.ChecksumIEEE(c.text))
}

// mergedRow is one row of the merged stream.
type mergedRow struct {
	at     int64 // undated when it says no time
	path   string
	place  int64 // line from 1 on, or offset
	offset bool  // place is an offset
	text   []byte
	whole  bool // text is the line, and nothing but it
	lines  int  // physical lines that the row stands for
}

// readRow reads a row of --lines: an object with the time in datetime or time
// and the place in origin or origins; or text, as TIME PLACE LINE with - for no
// time. The place is path:line or path@byte.
func readRow(line []byte) (mergedRow, error) {
	if bytes.HasPrefix(line, []byte("{")) {
		return readObject(line)
	}
	stamp, rest, _ := bytes.Cut(bytes.TrimLeft(line, " "), []byte(" "))
	place, text, found := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	r := mergedRow{at: undated, text: text, whole: true, lines: 1}
	if !found {
		return r, errors.New("neither an object nor TIME PLACE LINE")
	}
	if string(stamp) != "-" {
		at, err := time.Parse(time.RFC3339Nano, string(stamp))
		if err != nil {
			return r, err
		}
		r.at = at.UnixNano()
	}
	return r, r.readPlace(string(place))
}

func readObject(line []byte) (mergedRow, error) {
	var o struct {
		Datetime *string  `json:"datetime"`
		Time     *string  `json:"time"`
		Origin   string   `json:"origin"`
		Origins  []string `json:"origins"`
		Message  string   `json:"message"`
	}
	r := mergedRow{at: undated, lines: 1}
	if err := json.Unmarshal(line, &o); err != nil {
		return r, err
	}
	r.lines += strings.Count(o.Message, "\n")
	if o.Datetime == nil {
		o.Datetime = o.Time
	}
	if o.Datetime != nil && *o.Datetime != "" {
		at, err := time.Parse(time.RFC3339Nano, *o.Datetime)
		if err != nil {
			return r, err
		}
		r.at = at.UnixNano()
	}
	if o.Origin == "" && len(o.Origins) > 0 {
		o.Origin = o.Origins[0]
	}
	return r, r.readPlace(o.Origin)
}

func (r *mergedRow) readPlace(origin string) error {
	i := strings.LastIndexAny(origin, ":@")
	if i < 0 {
		return fmt.Errorf("no place in %q", origin)
	}
	var err error
	r.path, r.offset = origin[:i], origin[i] == '@'
	r.place, err = strconv.ParseInt(origin[i+1:], 10, 64)
	return err
}

// mergedTally is what is wrong with a merged stream.
type mergedTally struct {
	rows, dated int64
	unreadable  int64 // rows without a time and place that can be read
	foreign     int64 // lines with a time that is not theirs
	changed     int64 // lines with another text
	repeated    int64
	missing     int64
	inversions  int64
	example     string
	last        int64
}

// readMerged reads a merged stream against the index of the files.
func readMerged(in io.Reader, index map[string]*lineIndex) (*mergedTally, error) {
	t := &mergedTally{last: undated}
	r := bufio.NewReaderSize(in, 1<<20)
	for {
		line, err := r.ReadSlice('\n')
		if len(line) > 0 {
			t.add(bytes.TrimSuffix(line, []byte("\n")), index)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t, err
		}
	}
	for _, x := range index {
		for _, seen := range x.seen {
			if !seen {
				t.missing++
			}
		}
	}
	return t, nil
}

// note keeps the first example of something wrong.
func (t *mergedTally) note(n *int64, why string, line []byte) {
	*n++
	if t.example == "" {
		t.example = fmt.Sprintf("%s in row %d: %.120q", why, t.rows, line)
	}
}

func (t *mergedTally) add(line []byte, index map[string]*lineIndex) {
	t.rows++
	row, err := readRow(line)
	if err != nil {
		t.note(&t.unreadable, "unreadable", line)
		return
	}
	if row.at != undated {
		t.dated++
		if row.at < t.last {
			t.note(&t.inversions, "earlier than the row before", line)
		}
		t.last = row.at
	}
	x, n := cited(index, row)
	if x == nil {
		t.note(&t.unreadable, "no such line", line)
		return
	}
	if x.at[n] != row.at {
		t.note(&t.foreign, "another time than that of the line", line)
	}
	// Control characters may be shown; lines with a time have none here.
	if row.whole && row.at != undated && crc32.ChecksumIEEE(row.text) != x.sums[n] {
		t.note(&t.changed, "another text than that of the line", line)
	}
	for i := n; i < min(n+row.lines, len(x.seen)); i++ {
		if x.seen[i] {
			t.note(&t.repeated, "repeated", line)
		}
		x.seen[i] = true
	}
}

// cited finds the line that a row cites.
func cited(index map[string]*lineIndex, row mergedRow) (*lineIndex, int) {
	for path, x := range index {
		if !strings.HasSuffix(row.path, path) {
			continue
		}
		n, found := int(row.place)-1, true
		if row.offset {
			n, found = slices.BinarySearch(x.starts, row.place)
		}
		if found && n >= 0 && n < len(x.at) {
			return x, n
		}
	}
	return nil, 0
}

// mergedLines checks the stream of --lines.
func (c *checker) mergedLines(index map[string]*lineIndex) {
	const name = "--lines: every line once, in order, with its own time"
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := c.stream(c.timeline(c.plan.plain(), "--lines"), "", in)
		in.CloseWithError(err)
		done <- err
	}()
	t, err := readMerged(out, index)
	out.CloseWithError(err)
	if ended := <-done; ended != nil {
		err = ended
	}
	if err != nil {
		c.fail(name, err)
		return
	}
	var wrong []string
	for _, row := range []struct {
		n    int64
		what string
	}{
		{t.foreign, "lines with another line's time"}, {t.inversions, "inversions"}, {t.missing, "lines missing"},
		{t.repeated, "lines repeated"}, {t.changed, "lines with another text"}, {t.unreadable, "rows unreadable"},
	} {
		if row.n > 0 {
			wrong = append(wrong, fmt.Sprintf("%d %s", row.n, row.what))
		}
	}
	if len(wrong) > 0 {
		wrong = []string{strings.Join(wrong, ", ") + "; " + t.example}
	}
	c.check(name, wrong, fmt.Sprintf("%d rows, %d with a time", t.rows, t.dated))
}
