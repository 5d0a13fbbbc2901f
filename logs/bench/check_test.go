package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fileOf writes nothing: it gives a truth as that of a service.
func fileOf(s service) *fileTruth {
	return &fileTruth{Service: s.name, Path: s.path, Format: s.format, Onset: instant(s.onset), Mitigated: instant(mitigated), Clear: instant(s.clear)}
}

func at(text string) *time.Time {
	t, err := time.Parse(time.DateTime, "2026-07-14 "+text)
	if err != nil {
		panic(err)
	}
	return &t
}

// burstOf is a burst with bounds that are a second wide on each side.
func burstOf(source, start, end, rule string) burst {
	b := burst{Source: source, Start: at(start), End: at(end), EndRule: &rule}
	shift := func(t *time.Time, by time.Duration) *time.Time { s := t.Add(by); return &s }
	b.StartNotBefore, b.StartNotAfter = shift(b.Start, -time.Second), shift(b.Start, time.Second)
	b.EndNotBefore, b.EndNotAfter = shift(b.End, -time.Second), shift(b.End, time.Second)
	return b
}

// TestEdges gives one service's answers and names the checks that must fail.
func TestEdges(t *testing.T) {
	for _, row := range []struct {
		name   string
		bursts []burst
		fails  string
	}{
		{"right", []burst{burstOf("db", "14:02:11", "14:51:00", ""), burstOf("db", "14:51:00", "14:56:30", "it decays")}, ""},
		{"another source", []burst{burstOf("db", "14:02:11", "14:56:30", "a decay"), burstOf("x", "03:00:00", "03:10:00", "")}, "other"},
		{"no burst", nil, "onsets ends"},
		{"a minute late", []burst{burstOf("db", "14:03:11", "14:56:30", "decays")}, "onsets"},
		{"outside its own span", []burst{burstOf("db", "14:02:14", "14:56:30", "decays")}, "onsets"},
		{"ends too early", []burst{burstOf("db", "14:02:11", "14:51:00", "decays")}, "ends"},
		{"a step", []burst{burstOf("db", "14:02:11", "14:56:30", "a step")}, "decays"},
		{"one more", []burst{burstOf("db", "14:02:11", "14:56:30", "decays"), burstOf("db", "20:00:00", "20:10:00", "")}, "other"},
	} {
		db := services()[3]
		c := &checker{bench: &bench{truth: &truth{Files: []*fileTruth{fileOf(db)}}}}
		c.edges(&answer{Bursts: row.bursts})
		for _, f := range c.list {
			want := false
			for _, word := range strings.Fields(row.fails) {
				want = want || strings.Contains(f.name, word)
			}
			if f.passed == want {
				t.Errorf("%s: %s: passed %v: %s", row.name, f.name, f.passed, f.detail)
			}
		}
	}
}

// TestConservation changes each count of a right answer in turn.
func TestConservation(t *testing.T) {
	f := fileOf(services()[2])
	f.Bytes, f.Lines, f.Records, f.Continuation, f.Errors, f.OutOfOrder = 900, 10, 8, 2, 0, 1
	format := f.Format
	fresh := func() sourceRow {
		return sourceRow{
			Path: filepath.FromSlash("x/" + f.Path), Format: &format, Status: "read", BytesTotal: 900, BytesRead: 900,
			Records: 10, InWindow: 8, Continuation: 2, OutOfOrder: 1,
		}
	}
	for name, spoil := range map[string]func(*sourceRow){
		"":             func(*sourceRow) {},
		"status":       func(r *sourceRow) { r.Status = "partly" },
		"format":       func(r *sourceRow) { r.Format = nil },
		"bytes":        func(r *sourceRow) { r.BytesRead-- },
		"records":      func(r *sourceRow) { r.Records++ },
		"window":       func(r *sourceRow) { r.InWindow-- },
		"outside":      func(r *sourceRow) { r.Outside++ },
		"continuation": func(r *sourceRow) { r.Continuation-- },
		"undated":      func(r *sourceRow) { r.Undated++ },
		"malformed":    func(r *sourceRow) { r.Malformed++ },
		"order":        func(r *sourceRow) { r.OutOfOrder = 0 },
		"path":         func(r *sourceRow) { r.Path = "other" },
	} {
		r := fresh()
		spoil(&r)
		c := &checker{bench: &bench{truth: &truth{Copies: 1, Files: []*fileTruth{f}}}}
		c.conservation(&answer{Sources: []sourceRow{r}})
		if c.list[0].passed != (name == "") {
			t.Errorf("%q: passed %v: %s", name, c.list[0].passed, c.list[0].detail)
		}
	}
}

// TestFloors judges figures at both sides of each floor.
func TestFloors(t *testing.T) {
	b := &bench{truth: &truth{Copies: 1, Bytes: 1000, Files: []*fileTruth{{}}}, lnav: &lnav{}}
	b.truth.Files[0].HourBytes[hourFrom-1], b.truth.Files[0].HourBytes[hourFrom] = 100, 100
	run := func(ms int64) *result {
		return &result{command: command{bytes: 1e9}, wall: time.Duration(ms) * time.Millisecond, memory: 1e8}
	}
	good := map[string]*result{
		runScan: run(1000), runHour: run(150), runCount: run(130), runLines: run(3000), runGzip: run(2900),
		runHistory: run(9000), runMerge: run(31_000), runXargs: run(2000), runPeerHour: run(1),
	}
	b.results = good
	for _, f := range floors() {
		if said, reached, known := f.judge(b); !known || !reached {
			t.Errorf("%s: %s, reached %v, known %v", f.name, said, reached, known)
		}
	}
	slow := map[string]*result{}
	for name, r := range good {
		c := *r
		if strings.HasPrefix(name, "pir") {
			c.wall *= 3
			c.memory *= 5
		}
		slow[name] = &c
	}
	slow[runHour].wall *= 3
	b.results = slow
	for _, f := range floors() {
		if said, reached, known := f.judge(b); !known || reached {
			t.Errorf("%s: %s, reached %v, known %v", f.name, said, reached, known)
		}
	}
}

func TestLnavWindows(t *testing.T) {
	for version, want := range map[string]bool{"lnav 0.11.1": false, "lnav 0.14.1": true, "lnav 0.9.0": false, "lnav 1.0.0": true, "": false} {
		if got := (&lnav{version: version}).windows(); got != want {
			t.Errorf("%q: %v, want %v", version, got, want)
		}
	}
}
