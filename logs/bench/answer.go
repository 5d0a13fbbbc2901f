package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// answer is what pir timeline --format json says, as far as the checks read
// it. It is read here by its documented form, not by pir's own types.
type answer struct {
	Series []struct {
		Source string  `json:"source"`
		Level  *string `json:"level"`
		Counts []int64 `json:"counts"`
	} `json:"series"`
	Bursts  []burst     `json:"bursts"`
	Sources []sourceRow `json:"sources"`
}

type burst struct {
	Source         string     `json:"source"`
	Level          *string    `json:"level"`
	Start          *time.Time `json:"start"`
	StartNotBefore *time.Time `json:"start_not_before"`
	StartNotAfter  *time.Time `json:"start_not_after"`
	End            *time.Time `json:"end"`
	EndNotBefore   *time.Time `json:"end_not_before"`
	EndNotAfter    *time.Time `json:"end_not_after"`
	EndRule        *string    `json:"end_rule"`
}

type sourceRow struct {
	Name         string  `json:"name"`
	Path         string  `json:"path"`
	Format       *string `json:"format"`
	Status       string  `json:"status"`
	BytesTotal   int64   `json:"bytes_total"`
	BytesRead    int64   `json:"bytes_read"`
	Records      int64   `json:"records"`
	InWindow     int64   `json:"in_window"`
	Outside      int64   `json:"outside"`
	Continuation int64   `json:"continuation"`
	Undated      int64   `json:"undated"`
	Malformed    int64   `json:"malformed"`
	OutOfOrder   int64   `json:"out_of_order"`
}

func readAnswer(data []byte) (*answer, error) {
	a := &answer{}
	if err := json.Unmarshal(data, a); err != nil {
		return nil, fmt.Errorf("pir timeline --format json: %w", err)
	}
	return a, nil
}

// source gives the row of a file.
func (a *answer) source(f *fileTruth) *sourceRow {
	for i := range a.Sources {
		if strings.HasSuffix(filepath.ToSlash(a.Sources[i].Path), f.Path) {
			return &a.Sources[i]
		}
	}
	return nil
}

// errorsOf sums up the errors in the series of a service.
func (a *answer) errorsOf(service string) int64 {
	var n int64
	for _, s := range a.Series {
		if s.Source == service && s.Level != nil && *s.Level == "error" {
			for _, c := range s.Counts {
				n += c
			}
		}
	}
	return n
}

// run is a stretch of bursts that touch: one incident with several levels.
type run struct{ parts []burst }

func (r run) first() burst { return r.parts[0] }
func (r run) last() burst  { return r.parts[len(r.parts)-1] }

// runs gives the stretches of a service, in order of time. Bursts without a
// start are left out; there are none in a right answer.
func (a *answer) runs(service string) []run {
	var list []burst
	for _, b := range a.Bursts {
		if b.Source == service && b.Start != nil {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(x, y burst) int { return x.Start.Compare(*y.Start) })
	var runs []run
	for _, b := range list {
		if n := len(runs); n > 0 {
			if end := runs[n-1].last().End; end == nil || !b.Start.After(*end) {
				runs[n-1].parts = append(runs[n-1].parts, b)
				continue
			}
		}
		runs = append(runs, run{parts: []burst{b}})
	}
	return runs
}
