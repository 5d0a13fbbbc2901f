package logs

import (
	"bytes"
	"io"
	"math"
	"time"
)

// Sizes of what is read to learn the order of a file, in bytes: one sample, and
// the most that one may grow to where records are longer.
const (
	sampleSize = 8 << 10
	sampleMost = 1 << 20
)

// sample is some records in a row, and what their times are, in nanoseconds.
type sample struct {
	at        int64 // offset of the first record with a time
	first     int64 // its time
	low, high int64
	disorder  int64 // how far a record stands behind the latest before it
	dated     int   // records with a time
}

// sampler takes samples of a file or of a chunk.
type sampler struct {
	dater
	r    io.ReaderAt
	size int64
	buf  []byte
	n    int // samples taken
}

func newSampler(j *job, r io.ReaderAt, size int64) *sampler {
	return &sampler{dater: newDater(j), r: r, size: size}
}

// take reads the records from the first line start at or behind offset. A
// sample without a record with a time has dated 0: there is none up to the end,
// or up to sampleMost bytes.
func (s *sampler) take(offset int64) (sample, error) {
	s.n++
	for size := int64(sampleSize); ; size *= 4 {
		found, err := s.stretch(offset, size)
		if err != nil || found.dated > 0 || offset+size >= s.size || size >= sampleMost {
			return found, err
		}
	}
}

// stretch reads the records that begin in so many bytes from offset on.
func (s *sampler) stretch(offset, size int64) (sample, error) {
	start := max(offset-1, 0) // with the line end in front, if it is one
	size = min(size+1, s.size-start)
	if int64(cap(s.buf)) < size {
		s.buf = make([]byte, size)
	}
	n, err := s.r.ReadAt(s.buf[:size], start)
	if err != nil && err != io.EOF {
		return sample{}, err
	}
	data, from := s.buf[:n], start
	if offset > 0 {
		end := bytes.IndexByte(data, '\n') + 1
		if end == 0 {
			end = len(data)
		}
		data, from = data[end:], start+int64(end)
	}
	return s.read(data, from, start+int64(n) == s.size), nil
}

// read reads whole lines; last says that the last of them needs no line end.
func (s *sampler) read(data []byte, offset int64, last bool) sample {
	var out sample
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n')
		if end < 0 && !last {
			break
		}
		next := end + 1
		if end < 0 {
			end, next = len(data), len(data)
		}
		if kind, _ := s.parse(data[:end], false); kind == KindRecord {
			if ns, _, ok := s.instant(offset); ok {
				out.add(ns, offset)
			}
		}
		data, offset = data[next:], offset+int64(next)
	}
	return out
}

func (s *sample) add(ns, offset int64) {
	if s.dated == 0 {
		*s = sample{at: offset, first: ns, low: ns, high: ns}
	}
	s.disorder = max(s.disorder, s.high-ns)
	s.low, s.high = min(s.low, ns), max(s.high, ns)
	s.dated++
}

// order is how near to the order of time samples of one file are, one behind
// the other.
type order struct {
	low, high int64
	disorder  int64
	samples   int
}

func (o *order) add(s sample) {
	if s.dated == 0 {
		return
	}
	if o.samples == 0 {
		o.low, o.high = s.low, s.high
	}
	o.disorder = max(o.disorder, s.disorder, o.high-s.low)
	o.low, o.high = min(o.low, s.low), max(o.high, s.high)
	o.samples++
}

// slack is how far a record may stand away from its place, by what the samples
// show: four times as far as any of them, and a few seconds.
func (o *order) slack() int64 {
	const least = int64(5 * time.Second)
	if o.disorder > math.MaxInt64/8 {
		return math.MaxInt64 / 2
	}
	return 4*o.disorder + least
}

// near reports whether the records are near the order of time, so that a place
// can be looked for.
func (o *order) near() bool {
	return o.samples > 0 && o.slack() < max((o.high-o.low)/16, int64(20*time.Second))
}
