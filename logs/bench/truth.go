package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// truth is what a set holds, as the generator knows it. It is written beside
// the set, last of all: a set without it is not complete.
type truth struct {
	Version  int          `json:"version"`
	Seed     uint64       `json:"seed"`
	Size     int64        `json:"size"` // asked for, in bytes
	Days     int          `json:"days"`
	Copies   int          `json:"copies"` // names that each file has in the set
	Bytes    int64        `json:"bytes"`
	Deployed time.Time    `json:"deployed"`
	Files    []*fileTruth `json:"files"`
}

// fileTruth is what one file holds. Times are those that its lines say.
type fileTruth struct {
	Service      string    `json:"service"`
	Path         string    `json:"path"`
	Format       string    `json:"format"`
	Bytes        int64     `json:"bytes"`
	Lines        int64     `json:"lines"`   // records and continuation
	Records      int64     `json:"records"` // lines with a time
	Continuation int64     `json:"continuation"`
	Errors       int64     `json:"errors"`
	InBurst      int64     `json:"errors_in_burst"`
	OutOfOrder   int64     `json:"out_of_order"` // records earlier than the one before
	Onset        time.Time `json:"onset"`
	Mitigated    time.Time `json:"mitigated"`
	Clear        time.Time `json:"clear"`
	First        time.Time `json:"first"`
	Last         time.Time `json:"last"`
	// Hours counts the records of each hour in UTC of the last day, and
	// HourBytes their bytes.
	Hours     [24]int64 `json:"hours"`
	HourBytes [24]int64 `json:"hour_bytes"`
	previous  int64
}

// add counts a record: its time in microseconds as written, its lines, bytes.
func (f *fileTruth) add(at, lines, bytes int64, failed, burst bool) {
	when := time.UnixMicro(at).UTC()
	if f.Records == 0 || when.Before(f.First) {
		f.First = when
	}
	if when.After(f.Last) {
		f.Last = when
	}
	if f.Records > 0 && at < f.previous {
		f.OutOfOrder++
	}
	f.previous = at
	f.Records++
	f.Lines += lines
	f.Continuation += lines - 1
	f.Bytes += bytes
	if failed {
		f.Errors++
	}
	if failed && burst {
		f.InBurst++
	}
	if into := at - incidentDay().UnixMicro(); into >= 0 && into < clock(24, 0, 0) {
		f.Hours[into/clock(1, 0, 0)]++
		f.HourBytes[into/clock(1, 0, 0)] += bytes
	}
}

// same reports whether the set was made with the same wishes.
func (t *truth) same(o *truth) bool {
	return t.Version == o.Version && t.Seed == o.Seed && t.Size == o.Size && t.Days == o.Days && t.Copies == o.Copies
}

// lines is how many lines the set has, every copy counted.
func (t *truth) lines() int64 {
	var n int64
	for _, f := range t.Files {
		n += f.Lines
	}
	return n * int64(t.Copies)
}

// serves reports whether a source is one of the services, or of the further
// names of one.
func (t *truth) serves(source string) bool {
	for _, f := range t.Files {
		if source == f.Service || t.Copies > 1 && strings.HasPrefix(source, f.Service+"-") {
			return true
		}
	}
	return false
}

// between is how many records and bytes the hours from to to (not included)
// of the last day hold.
func (t *truth) between(from, to int) (records, bytes int64) {
	for _, f := range t.Files {
		for h := from; h < to; h++ {
			records += f.Hours[h]
			bytes += f.HourBytes[h]
		}
	}
	return records * int64(t.Copies), bytes * int64(t.Copies)
}

func truthPath(dir string) string { return filepath.Join(dir, "truth.json") }

func readTruth(dir string) (*truth, error) {
	data, err := os.ReadFile(truthPath(dir))
	if err != nil {
		return nil, err
	}
	t := &truth{}
	return t, json.Unmarshal(data, t)
}

func (t *truth) write(dir string) error {
	data, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(truthPath(dir), append(data, '\n'), 0o644)
}
