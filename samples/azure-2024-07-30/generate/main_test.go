package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCommittedLogs compares what stands in ../logs with what is written today.
// The content counts: releases of Go may compress differently.
func TestCommittedLogs(t *testing.T) {
	for _, f := range logFiles() {
		data, err := os.ReadFile(filepath.Join("..", "logs", f.name))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		if !z.ModTime.IsZero() || z.Name != "" {
			t.Errorf("%s: the gzip header holds %v %q, want neither time nor name", f.name, z.ModTime, z.Name)
		}
		got, err := io.ReadAll(z)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		if !bytes.Equal(got, f.lines()) {
			t.Errorf("%s is not what the generator writes; run go run ./samples/azure-2024-07-30/generate", f.name)
		}
	}
}

// TestEdgeShape counts the failures of the access log between the turns.
func TestEdgeShape(t *testing.T) {
	type span struct {
		name         string
		from, to     time.Time
		low, high    int // failures per thousand requests
		total, wrong int
	}
	spans := []*span{
		{name: "before", from: logStart, to: attackStart, high: 8},
		{name: "attack", from: attackStart, to: attackEnd, low: 4, high: 12},
		{name: "calm", from: attackEnd, to: impactStart, high: 6},
		{name: "main", from: impactStart, to: mainEnd, low: 300, high: 400},
		{name: "residual", from: mainEnd, to: impactEnd, low: 20, high: 49},
		{name: "after", from: impactEnd, to: logEnd, high: 6},
	}
	var first, last time.Time
	for line := range strings.Lines(string(edgeLog())) {
		_, rest, _ := strings.Cut(line, "[")
		at, err := time.Parse("02/Jan/2006:15:04:05 -0700", rest[:26])
		if err != nil {
			t.Fatal(err)
		}
		wrong := strings.Contains(line, `" 50`)
		if wrong && first.IsZero() && !at.Before(impactStart) {
			first = at
		}
		if wrong && at.Before(impactEnd) {
			last = at
		}
		for _, s := range spans {
			if within(at.UTC(), s.from, s.to) {
				s.total++
				if wrong {
					s.wrong++
				}
			}
		}
	}
	for _, s := range spans {
		if got := s.wrong * 1000 / s.total; got < s.low || got > s.high {
			t.Errorf("%s: %d of %d requests fail, %d in a thousand, want %d to %d", s.name, s.wrong, s.total, got, s.low, s.high)
		}
	}
	if d := first.Sub(impactStart); d > 5*time.Second {
		t.Errorf("the first failure comes %v after the start", d)
	}
	if d := impactEnd.Sub(last); d > 10*time.Second {
		t.Errorf("the last failure comes %v before the end", d)
	}
}
