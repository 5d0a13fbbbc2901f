package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// plan is a set that is wanted.
type plan struct {
	dir  string
	size int64 // bytes of the plain set, about
	seed uint64
}

// The parts of a set's folder: each is an incident folder of its own.
func (p plan) plain() string  { return filepath.Join(p.dir, "plain") }
func (p plan) zipped() string { return filepath.Join(p.dir, "gzip") }

// blockSize is the most that one day holds. A larger set has several days,
// or, where the disk has no room for it, several names for each file.
const blockSize = 1 << 30

// wish is the truth of the set as far as it follows from the plan.
func (p plan) wish() *truth {
	t := &truth{Version: version, Seed: p.seed, Size: p.size, Days: 1, Copies: 1}
	if p.size < 2*blockSize {
		return t
	}
	blocks := int((p.size + blockSize - 1) / blockSize)
	if free, known := freeBytes(p.dir); known && free < p.size+p.size/8+blockSize {
		t.Copies = blocks
	} else {
		t.Days = blocks
	}
	return t
}

// large reports whether the set is there to bound memory only: no compressed
// copies, no peers.
func (t *truth) large() bool { return t.Days*t.Copies > 1 }

// generate makes the set, or finds that it is there already.
func generate(p plan, say func(format string, args ...any)) (*truth, error) {
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return nil, err
	}
	if old, err := readTruth(p.dir); err == nil && p.have(old) {
		return old, nil
	}
	wish := p.wish()
	for _, part := range []string{truthPath(p.dir), p.plain(), p.zipped()} {
		if err := os.RemoveAll(part); err != nil {
			return nil, err
		}
	}
	say("generate %s in %s: %d service(s), %d day(s)\n", sizeText(p.size), p.dir, len(services()), wish.Days)
	list := services()
	wish.Deployed = instant(deployed)
	wish.Files = make([]*fileTruth, len(list))
	failures := make([]error, len(list))
	var group sync.WaitGroup
	for i := range list {
		group.Go(func() { wish.Files[i], failures[i] = p.file(&list[i], uint64(i), wish) })
	}
	group.Wait()
	if err := errors.Join(failures...); err != nil {
		return nil, err
	}
	for _, f := range wish.Files {
		wish.Bytes += f.Bytes * int64(wish.Copies)
	}
	if err := p.configure(wish); err != nil {
		return nil, err
	}
	return wish, wish.write(p.dir)
}

// have reports whether the set that is there serves the plan. Whether a large
// one was made of days or of names does not matter: the disk decided that.
func (p plan) have(old *truth) bool {
	want := p.wish()
	if want.large() && old.large() {
		want.Days, want.Copies = old.Days, old.Copies
	}
	if !old.same(want) || len(old.Files) != len(services()) {
		return false
	}
	for _, f := range old.Files {
		info, err := os.Stat(filepath.Join(p.plain(), f.Path))
		if err != nil || info.Size() != f.Bytes {
			return false
		}
	}
	return true
}

// file writes one file of the set with its compressed copy or further names.
func (p plan) file(s *service, stream uint64, wish *truth) (*fileTruth, error) {
	path := filepath.Join(p.plain(), s.path)
	perDay := p.size / int64(len(services())) / int64(wish.Days) / int64(wish.Copies)
	t, err := writeFile(path, s, newDice(p.seed, stream), perDay, wish.Days)
	if err != nil {
		return nil, err
	}
	for n := 2; n <= wish.Copies; n++ {
		if err := os.Link(path, copyName(path, n)); err != nil {
			return nil, err
		}
	}
	if !wish.large() {
		err = compress(path, filepath.Join(p.zipped(), s.path)+".gz")
	}
	return t, err
}

// copyName is the n-th name of a file; the first is its own.
func copyName(path string, n int) string {
	if n == 1 {
		return path
	}
	return fmt.Sprintf("%s.%02d", path, n)
}

// writeFile writes days of one service into a file. Its time is the end of the
// last day, for readers that take a missing year from there.
func writeFile(path string, s *service, d *dice, perDay int64, days int) (*fileTruth, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	out, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	t, err := writeDays(out, s, d, perDay, days)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	end := incidentDay().AddDate(0, 0, 1)
	return t, os.Chtimes(path, end, end)
}

// writeDays writes so many days that end with the day of the incident.
func writeDays(out io.Writer, s *service, d *dice, perDay int64, days int) (*fileTruth, error) {
	w := &writer{dice: d, service: s, release: "1.41.3"}
	day := incidentDay()
	t := &fileTruth{
		Service: s.name, Path: s.path, Format: s.format, Onset: instant(s.onset),
		Mitigated: instant(mitigated), Clear: instant(s.clear),
	}
	for n := range days {
		midnight := day.AddDate(0, 0, n+1-days).UnixMicro()
		if err := w.day(out, t, midnight, perDay/s.size); err != nil {
			return nil, err
		}
	}
	_, err := out.Write(w.buf)
	return t, err
}

// day writes so many records, spread as the traffic is. Each stands where it
// happened and says a time that is off by the jitter, so that lines are out
// of order as in real files.
func (w *writer) day(out io.Writer, t *fileTruth, midnight, records int64) error {
	var total, credit int64
	for second := range int64(86_400) {
		total += weight(second)
	}
	for second := range int64(86_400) {
		credit += records * weight(second)
		n := credit / total
		credit %= total
		for i := range n {
			at := second*1e6 + (i*1e6+w.below(1e6))/n + w.jitter()
			w.record(t, midnight, min(max(at, 0), clock(24, 0, 0)-1))
		}
		if len(w.buf) >= 1<<20 {
			if _, err := out.Write(w.buf); err != nil {
				return err
			}
			w.buf = w.buf[:0]
		}
	}
	return nil
}

// record writes one record at microseconds since midnight.
func (w *writer) record(t *fileTruth, midnight, into int64) {
	s := w.service
	// What the line says decides, so that onset and end are those of the text.
	w.at = midnight + into - into%s.unit
	sinceIncident := w.at - incidentDay().UnixMicro()
	w.burst = sinceIncident >= s.onset && sinceIncident < s.clear
	w.failing = w.chance(s.share(sinceIncident))
	if sinceIncident >= deployed && w.release == "1.41.3" {
		w.release, w.starting = "1.42.0", 3
	}
	before := len(w.buf)
	w.lines = 0
	s.line(w)
	t.add(w.at, w.lines, int64(len(w.buf)-before), w.failing, w.burst)
}

// compress writes a gzip copy without a name and a time in its header.
func compress(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	z, err := gzip.NewWriterLevel(out, 6)
	if err != nil {
		return err
	}
	if _, err := io.Copy(z, bufio.NewReaderSize(in, 1<<20)); err != nil {
		return fmt.Errorf("%s: %w", to, err)
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	info, err := in.Stat()
	if err != nil {
		return err
	}
	return os.Chtimes(to, info.ModTime(), info.ModTime())
}

// configure writes pir.yaml into each part: names, and the zone of the file
// whose lines have none. The year is left for the reader to find.
func (p plan) configure(t *truth) error {
	parts := []struct{ dir, ending string }{{p.plain(), ""}}
	if !t.large() {
		parts = append(parts, struct{ dir, ending string }{p.zipped(), ".gz"})
	}
	for _, part := range parts {
		text := "incident:\n  id: BENCH\n  title: generated logs of four services\nsources:\n"
		for _, s := range services() {
			for n := 1; n <= t.Copies; n++ {
				name, zone := s.name, ""
				if n > 1 {
					name = fmt.Sprintf("%s-%02d", s.name, n)
				}
				if s.zone != "" {
					zone = ", timezone: " + s.zone
				}
				text += fmt.Sprintf("  - {name: %s, path: %s%s%s}\n", name, copyName(s.path, n), part.ending, zone)
			}
		}
		if err := os.WriteFile(filepath.Join(part.dir, "pir.yaml"), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
