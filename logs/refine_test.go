package logs

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// errorLog writes a day of text lines: quiet errors per minute all day, and
// those that rate gives, per second from midnight.
func errorLog(seed uint64, quiet float64, rate func(second int) float64) []byte {
	rng := rand.New(rand.NewPCG(seed, 3))
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	for second := range 86400 {
		at := day.Add(time.Duration(second) * time.Second)
		if second%4 == 0 {
			fmt.Fprintf(&b, "%s INFO served\n", at.Format("2006-01-02 15:04:05.000"))
		}
		mean := quiet/60 + rate(second)
		for mean > 0 && rng.Float64() < mean { // one or more in a second
			at = at.Add(time.Duration(rng.Int64N(int64(200 * time.Millisecond))))
			fmt.Fprintf(&b, "%s ERROR upstream timed out\n", at.Format("2006-01-02 15:04:05.000"))
			mean -= 1
		}
	}
	return b.Bytes()
}

func at(hour, minute, second int) int { return hour*3600 + minute*60 + second }

func TestEdgesToTheSecond(t *testing.T) {
	const from, to = 14*3600 + 2*60 + 41, 14*3600 + 49*60 + 12
	data := errorLog(1, 2, func(s int) float64 {
		if s >= from && s < to {
			return 0.9
		}
		return 0
	})
	res := scanAll(t, oneFile(data), Options{})
	if len(res.Bursts) != 1 {
		t.Fatalf("%d bursts: %s", len(res.Bursts), asText(t, res.Bursts))
	}
	b := res.Bursts[0]
	day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	near := func(what string, got, lo, hi time.Time, want int, origin, quote string) {
		t.Helper()
		truth := day.Add(time.Duration(want) * time.Second)
		if got.Sub(truth).Abs() > 5*time.Second {
			t.Errorf("%s at %s, want %s", what, got, truth)
		}
		if lo.After(truth) || hi.Before(truth) || lo.After(got) || hi.Before(got) || hi.Sub(lo) > time.Minute {
			t.Errorf("%s between %s and %s, want %s and %s inside", what, lo, hi, got, truth)
		}
		if !strings.HasPrefix(quote, got.Format("2006-01-02 15:04:05.000")) || !strings.Contains(quote, "ERROR") {
			t.Errorf("%s at %s cites %s: %q", what, got, origin, quote)
		}
	}
	near("start", b.Start, b.StartNotBefore, b.StartNotAfter, from, b.First.Origin, b.First.Quote)
	near("end", b.End, b.EndNotBefore, b.EndNotAfter, to, b.Last.Origin, b.Last.Quote)
	if !strings.HasPrefix(b.Rule, "errors per minute rose from 2.2 to 56 (x25") || !strings.HasPrefix(b.EndRule, "errors per minute fell from 5") {
		t.Errorf("rules %q and %q", b.Rule, b.EndRule)
	}
	inside := 0
	for line := range strings.Lines(string(data)) {
		at, err := time.Parse("2006-01-02 15:04:05.000", line[:23])
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(line, "ERROR") && !at.Before(b.Start) && !at.After(b.End) {
			inside++
		}
	}
	if b.Failed != int64(inside) {
		t.Errorf("%d errors, want %d", b.Failed, inside)
	}
	if want := float64(inside) / b.End.Sub(b.Start).Minutes(); math.Abs(b.Rate-want) > 1e-5 || math.Abs(b.Ratio-want/b.BaselineRate) > 1e-5 {
		t.Errorf("rate %v, ratio %v: want %v between the edges", b.Rate, b.Ratio, want)
	}
}

func TestDecaySaysSo(t *testing.T) {
	const from, fall, to = 14*3600 + 3*60 + 5, 14*3600 + 51*60, 14*3600 + 57*60 + 40
	for seed := range uint64(4) {
		data := errorLog(seed, 2, func(s int) float64 {
			switch {
			case s < from || s >= to:
				return 0
			case s < fall:
				return 6
			}
			return 6 * float64(to-s) / float64(to-fall)
		})
		bursts := scanAll(t, oneFile(data), Options{}).Bursts
		if len(bursts) == 0 {
			t.Fatal("no burst")
		}
		day := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
		last := bursts[len(bursts)-1]
		clear := day.Add(to * time.Second)
		if last.EndNotBefore.After(clear) || last.EndNotAfter.Before(clear) || last.EndNotAfter.Sub(last.EndNotBefore) > 80*time.Second {
			t.Errorf("seed %d: end %s between %s and %s, want %s inside", seed, last.End, last.EndNotBefore, last.EndNotAfter, clear)
		}
		if !strings.Contains(last.EndRule, "in a decay of ") || !strings.HasPrefix(last.EndRule, "errors per minute fell from 3") {
			t.Errorf("seed %d: %q", seed, last.EndRule)
		}
		for _, b := range bursts[:len(bursts)-1] {
			if strings.Contains(b.EndRule, "decay") {
				t.Errorf("seed %d: %q before the end", seed, b.EndRule)
			}
		}
	}
}

// A rise that takes its time is not told to the second.
func TestSlowEdgesKeepTheMinute(t *testing.T) {
	data := errorLog(7, 0.3, func(s int) float64 {
		if s >= at(14, 2, 41) && s < at(16, 0, 0) {
			return 0.02
		}
		return 0
	})
	bursts := scanAll(t, oneFile(data), Options{}).Bursts
	if len(bursts) != 1 {
		t.Fatalf("%d bursts", len(bursts))
	}
	b := bursts[0]
	if b.Start.Second() != 0 || b.Start.Nanosecond() != 0 || b.StartNotAfter.Sub(b.StartNotBefore) < 2*time.Minute {
		t.Errorf("start %s between %s and %s", b.Start, b.StartNotBefore, b.StartNotAfter)
	}
}

// Noise that never changes must not fill the memory with single seconds.
func TestSecondsAreBounded(t *testing.T) {
	data := errorLog(5, 60, func(s int) float64 { return 0 })
	text, _ := find(Formats(), "text")
	kept, tally := 0, countInChunks(text, data, 100<<10, newWindow(Options{}))
	for _, e := range tally.errors {
		kept += len(e.seconds)
	}
	if kept != tally.fine || kept > 3000 || len(tally.errors) < 1400 {
		t.Errorf("%d seconds kept, counted as %d, in %d minutes", kept, tally.fine, len(tally.errors))
	}
	tally.thin(limits{seconds: 200})
	if tally.fine > 100 {
		t.Errorf("%d seconds kept, 100 allowed", tally.fine)
	}
}
