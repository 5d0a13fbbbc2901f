package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// smallHashes are those of the files of a set of 2 MiB with seed 1. When the
// generator is to write something else, raise version and write them anew.
var smallHashes = map[string]string{
	"web/access.log":    "8a9af008f27cfa85",
	"api/app.jsonl":     "e2c3e27d5dcf01d0",
	"worker/worker.log": "8c0e9128ed28af41",
	"db/syslog":         "c004c9fdf76ec5f0",
}

func small(t *testing.T) (plan, *truth) {
	t.Helper()
	p := plan{dir: t.TempDir(), size: 2 << 20, seed: 1}
	tr, err := generate(p, t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	return p, tr
}

func TestGenerateIsDeterministic(t *testing.T) {
	p, tr := small(t)
	for _, f := range tr.Files {
		data, err := os.ReadFile(filepath.Join(p.plain(), f.Path))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:8]); got != smallHashes[f.Path] {
			t.Errorf("%s: hash %s, want %s", f.Path, got, smallHashes[f.Path])
		}
		if want := p.size / 4; f.Bytes < want*97/100 || f.Bytes > want*103/100 {
			t.Errorf("%s: %d bytes, want about %d", f.Path, f.Bytes, want)
		}
	}
}

// The truth is what another reader of the same files counts.
func TestTruthEqualsRecount(t *testing.T) {
	p, tr := small(t)
	for _, f := range tr.Files {
		differ, err := retell(filepath.Join(p.plain(), f.Path), f, func(counted) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range differ {
			t.Error(d)
		}
		if f.InBurst < 20 || f.Records < 1000 {
			t.Errorf("%s: %d errors, %d of them in the burst, %d records: too little to measure by", f.Path, f.Errors, f.InBurst, f.Records)
		}
	}
	if tr.Files[2].Continuation == 0 {
		t.Error("the worker has no stack traces")
	}
}

// A recount that finds nothing wrong with a wrong truth would prove nothing.
func TestRetellFindsWrongTruth(t *testing.T) {
	p, tr := small(t)
	f := tr.Files[1]
	f.Records++
	f.Hours[3]--
	differ, err := retell(filepath.Join(p.plain(), f.Path), f, func(counted) {})
	if err != nil || len(differ) != 2 {
		t.Errorf("two wrong counts, told %q, %v", differ, err)
	}
}

func TestCompressedCopies(t *testing.T) {
	p, tr := small(t)
	for _, f := range tr.Files {
		in, err := os.Open(filepath.Join(p.zipped(), f.Path+".gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		z, err := gzip.NewReader(in)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := os.ReadFile(filepath.Join(p.plain(), f.Path))
		if err != nil || string(data) != string(plain) {
			t.Errorf("%s: the compressed copy differs, %v", f.Path, err)
		}
	}
}

// A complete set is used again; one of other wishes or with a file cut short
// is not.
func TestSetIsUsedAgain(t *testing.T) {
	p, tr := small(t)
	if !p.have(tr) {
		t.Fatal("the set that was just made does not count")
	}
	other := p
	other.seed = 2
	if other.have(tr) {
		t.Error("a set of another seed counts")
	}
	if err := os.Truncate(filepath.Join(p.plain(), tr.Files[0].Path), 100); err != nil {
		t.Fatal(err)
	}
	if p.have(tr) {
		t.Error("a set with a file cut short counts")
	}
}

// Several days end with that of the incident: only it fails.
func TestDays(t *testing.T) {
	for i, s := range services() {
		tr, err := writeDays(io.Discard, &s, newDice(1, uint64(i)), 1<<20, 2)
		if err != nil {
			t.Fatal(err)
		}
		if !tr.First.Before(incidentDay()) || tr.Last.Before(tr.Clear) || tr.InBurst == 0 {
			t.Errorf("%s: %+v", s.name, tr)
		}
	}
}

// Where the disk is short, a file has several names and pir.yaml lists them.
func TestCopies(t *testing.T) {
	p := plan{dir: t.TempDir(), size: 4 << 20, seed: 1}
	wish := &truth{Days: 1, Copies: 2}
	for i, s := range services() {
		f, err := p.file(&s, uint64(i), wish)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(p.plain(), s.path+".02"))
		if err != nil || info.Size() != f.Bytes || f.Bytes > p.size/4 {
			t.Errorf("%s: second name %v, %v, want %d bytes", s.path, info, err, f.Bytes)
		}
	}
	if err := p.configure(wish); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(p.plain(), "pir.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "{name: db-02, path: db/syslog.02, timezone: America/Bogota}"; strings.Count(string(text), "path:") != 8 || !strings.Contains(string(text), want) {
		t.Errorf("want 8 sources and %s in\n%s", want, text)
	}
}

func TestShare(t *testing.T) {
	for _, s := range services() {
		for _, row := range []struct{ at, want int64 }{
			{s.onset - 1, s.quiet}, {s.onset, s.failed}, {mitigated - 1, s.failed}, {mitigated, s.failed}, {s.clear, s.quiet},
		} {
			if got := s.share(row.at); got != row.want {
				t.Errorf("%s: share at %d is %d, want %d", s.name, row.at, got, row.want)
			}
		}
		if half := s.share((mitigated + s.clear) / 2); half >= s.failed || half <= s.quiet {
			t.Errorf("%s: share in the middle of the decay is %d", s.name, half)
		}
	}
}

func TestJitter(t *testing.T) {
	d := newDice(1, 1)
	var sum, squares int64
	const n = 100_000
	for range n {
		j := d.jitter()
		sum += j
		squares += j * j
	}
	if mean, variance := sum/n, squares/n; mean < -500 || mean > 500 || variance < 39_000*39_000 || variance > 41_000*41_000 {
		t.Errorf("mean %d, variance %d, want 0 and 40 ms squared", mean, variance)
	}
}

func TestReadSize(t *testing.T) {
	for text, want := range map[string]int64{"1GiB": 1 << 30, "2MiB": 2 << 20, "1048576": 1 << 20} {
		if got, err := readSize(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-1GiB", "1GB", "1KiB", "99999999GiB"} {
		if got, err := readSize(text); err == nil {
			t.Errorf("%q: taken for %d", text, got)
		}
	}
}
