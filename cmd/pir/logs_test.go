package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// stream is a made log: what it writes in a second, by chance.
type stream struct {
	name   string
	seed   uint64
	start  time.Time
	length time.Duration
	// rate is how many lines a thousand seconds have, and failing how many of a
	// thousand lines are errors, at a second from the start.
	rate, failing func(second int) int
	line          func(at time.Time, failed bool, n int) string
}

// text makes the lines of the stream.
func (s stream) text() []byte {
	rng := rand.New(rand.NewPCG(s.seed, 11))
	var b bytes.Buffer
	for second := range int(s.length / time.Second) {
		for left := s.rate(second); left > 0; left -= 1000 {
			if rng.IntN(1000) < left {
				at := s.start.Add(time.Duration(second) * time.Second)
				b.WriteString(s.line(at, rng.IntN(1000) < s.failing(second), rng.IntN(1000)))
			}
		}
	}
	return b.Bytes()
}

// always is a rate that does not change, and during one that does from one second
// to another.
func always(n int) func(int) int { return func(int) int { return n } }

func during(from, to, inside, outside int) func(int) int {
	return func(second int) int {
		if second >= from && second < to {
			return inside
		}
		return outside
	}
}

func sec(hour, minute, second int) int { return hour*3600 + minute*60 + second }

func access(at time.Time, failed bool, n int) string {
	status := 200
	if failed {
		status = 500 + n%4
	}
	return fmt.Sprintf("10.0.0.%d - - [%s] \"GET /p/%d HTTP/1.1\" %d %d\n", n%250, at.Format("02/Jan/2006:15:04:05 -0700"), n, status, 100+n)
}

func orders(at time.Time, failed bool, n int) string {
	if failed {
		return fmt.Sprintf("%s ERROR cannot reach payments in %d ms\n", at.Format("2006-01-02T15:04:05Z"), n)
	}
	return fmt.Sprintf("%s INFO order %d taken\n", at.Format("2006-01-02T15:04:05Z"), n)
}

var june = time.Date(2025, 6, 3, 0, 0, 0, 0, time.UTC)

// day is a stream of a day.
func day(name string, seed uint64, line func(time.Time, bool, int) string, rate, failing func(int) int) stream {
	return stream{name, seed, june, 24 * time.Hour, rate, failing, line}
}

// madeLogs are outages that were made, what is true of each, and how they are
// looked at. What is told of them stands in testdata/logs.
var madeLogs = []struct {
	name, truth string
	streams     []stream
	// parts cuts the only stream at these seconds, into the parts of a rotated log,
	// the oldest packed.
	parts []int
	args  []string
}{
	{name: "rotated", truth: "requests fail from 14:07:33 to 14:48:53; the log was rotated at 14:30", parts: []int{sec(9, 50, 0), sec(14, 30, 0)},
		streams: []stream{day("access.log", 1, access, always(700), during(sec(14, 7, 33), sec(14, 48, 53), 400, 10))}},
	{name: "two_services", truth: "pay fails from 09:50 to 11:30, edge from 10:00 to 10:30", streams: []stream{
		day("edge.log", 2, access, always(500), during(sec(10, 0, 0), sec(10, 30, 0), 400, 5)),
		day("pay.log", 3, orders, always(500), during(sec(9, 50, 0), sec(11, 30, 0), 400, 5))}},
	{name: "begins_inside", truth: "requests fail until 00:50:00, and before the log begins", streams: []stream{
		day("a.log", 4, access, always(700), during(0, sec(0, 50, 0), 400, 10))}},
	{name: "goes_on", truth: "requests fail from 20:07:33 on, and still where the log ends", streams: []stream{
		day("a.log", 5, access, always(700), during(sec(20, 7, 33), sec(24, 0, 0), 400, 10))}},
	{name: "faint", truth: "1 of 12 requests fails from 14:07:33 to 14:48:53, before and behind 1 of 100", streams: []stream{
		day("a.log", 6, access, always(1500), during(sec(14, 7, 33), sec(14, 48, 53), 80, 10))}},
	{name: "silent", truth: "no line from 14:07:33 to 14:48:53", streams: []stream{
		day("a.log", 7, access, during(sec(14, 7, 33), sec(14, 48, 53), 0, 700), always(5))}},
	{name: "sale", truth: "three times the traffic from 12:00 to 12:30, the same share of errors; no incident", streams: []stream{
		day("a.log", 8, orders, during(sec(12, 0, 0), sec(12, 30, 0), 3000, 1000), always(30))}},
	{name: "steady_errors", truth: "1 of 5 orders fails all day; no incident", streams: []stream{
		day("a.log", 9, orders, always(300), always(200))}},
	{name: "ninety_days", truth: "errors from 03:00 to 04:00 on 22 April, and three times the lines", streams: []stream{{
		"app.log", 10, time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC), 90 * 24 * time.Hour,
		during(80*86400+sec(3, 0, 0), 80*86400+sec(4, 0, 0), 200, 10), during(80*86400+sec(3, 0, 0), 80*86400+sec(4, 0, 0), 800, 1), orders}}},
	{name: "window_inside", truth: "requests fail from 14:07:33 to 14:48:53", args: []string{"--from", "2025-06-03T14:15Z", "--to", "2025-06-03T14:30Z"},
		streams: []stream{day("a.log", 1, access, always(700), during(sec(14, 7, 33), sec(14, 48, 53), 400, 10))}},
	{name: "window_outside", truth: "the log is of 3 June", args: []string{"--from", "2025-06-05T14:15Z", "--to", "2025-06-05T14:30Z"},
		streams: []stream{day("a.log", 1, access, always(700), during(sec(14, 7, 33), sec(14, 48, 53), 400, 10))}},
}

// TestMadeLogs: what a person reads of logs alone. Each file in testdata/logs begins
// with what is true.
func TestMadeLogs(t *testing.T) {
	for _, c := range madeLogs {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, s := range c.streams {
				if len(c.parts) > 0 {
					writeParts(t, dir, s, c.parts)
				} else {
					write(t, filepath.Join(dir, s.name), s.text())
				}
			}
			var out, messages strings.Builder
			w := quietWorld(&messages)
			w.out = &out
			if got := run(context.Background(), w, append([]string{"timeline", dir}, c.args...)); got != done {
				t.Fatalf("status %d: %s", got, messages.String())
			}
			got := "truth: " + c.truth + "\n$ pir timeline " + strings.Join(append(c.args, "."), " ") + "\n" + messages.String() + out.String()
			golden := filepath.Join("testdata", "logs", c.name+".golden")
			if *update {
				write(t, golden, []byte(got))
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got), -update rewrites it:\n%s", golden, diff)
			}
		})
	}
}

// writeParts writes a stream as logrotate leaves it.
func writeParts(t *testing.T, dir string, s stream, cuts []int) {
	t.Helper()
	all := s.text()
	for i, cut := range cuts {
		at := bytes.Index(all, []byte(s.start.Add(time.Duration(cut)*time.Second).Format("02/Jan/2006:15:04")))
		at = bytes.LastIndexByte(all[:at], '\n') + 1
		name, text := filepath.Join(dir, fmt.Sprintf("%s.%d", s.name, len(cuts)-i)), all[:at]
		if i == 0 {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			if _, err := z.Write(text); err != nil || z.Close() != nil {
				t.Fatal(err)
			}
			name, text = name+".gz", b.Bytes()
		}
		write(t, name, text)
		all = all[at:]
	}
	write(t, filepath.Join(dir, s.name), all)
}

func write(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
