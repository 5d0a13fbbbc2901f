package logs

import (
	"fmt"
	"io"
	"math"
	"time"
)

// The sizes of a search for a window, in bytes. Smaller files are read whole:
// then lines can be cited by their number, and the checksum is known.
const (
	bisectLeast = 8 << 20  // files to search in
	bisectGrain = 64 << 10 // how near the place must be found
	sampleCount = 64       // samples that show the order
)

// part is a stretch of a file that holds all records of a window.
type part struct {
	from, to int64 // offsets, half open
	slack    int64 // how far records may stand away from their place, in nanoseconds
	order    order // of the whole file, by samples
	samples  int   // that were taken
}

// known reports whether the file need not be read as a whole.
func (p *part) known() bool { return p.samples > 0 }

func (p *part) detail(size int64) string {
	return fmt.Sprintf("bytes %d to %d of %d, found by %d samples; lines of the window that stand elsewhere, %s or more out of their order, are not seen",
		p.from, p.to, size, p.samples, time.Duration(p.slack).Round(time.Second))
}

// locate finds the part of a plain file that holds the window and its
// baseline. The part is not known where the file is not near the order of time,
// or where it is most of the file anyway.
func (j *job) locate(r io.ReaderAt, least int64) (part, error) {
	if j.whole || j.document != nil || j.packed != "" || j.encoding != "utf-8" || j.size < least || !j.window.limited() || marked(r) {
		return part{}, nil
	}
	s := newSampler(j, r, j.size)
	offsets := make([]int64, 0, sampleCount+1)
	for i := range int64(sampleCount) {
		offsets = append(offsets, j.size/sampleCount*i)
	}
	offsets = append(offsets, max(j.size-sampleSize, offsets[sampleCount-1]+1))
	var list []sample
	var o order
	for _, offset := range offsets {
		x, err := s.take(offset)
		if err != nil {
			return part{}, err
		}
		if x.dated > 0 && (len(list) == 0 || x.at > list[len(list)-1].at) {
			list = append(list, x)
			o.add(x)
		}
	}
	if !o.near() || 2*len(list) < sampleCount {
		return part{}, nil
	}
	p := part{from: 0, to: j.size, slack: o.slack(), order: o}
	var err error
	if j.window.base > math.MinInt64 {
		// All before a record that is earlier than this by the slack are too.
		if p.from, err = s.last(list, j.window.base-p.slack); err != nil {
			return part{}, err
		}
	}
	if j.window.to < math.MaxInt64 {
		if p.to, err = s.firstFrom(list, j.window.to+p.slack); err != nil {
			return part{}, err
		}
	}
	p.to = max(p.to, p.from)
	if (p.to-p.from)/9 > j.size/10 {
		return part{}, nil
	}
	p.samples = s.n
	return p, nil
}

// last finds a record that is earlier than ns, near the last such one, and
// gives its offset, or 0. The samples are in the order of the file.
func (s *sampler) last(list []sample, ns int64) (int64, error) {
	lo, top := int64(0), s.size
	for _, x := range list {
		if x.first < ns {
			lo = x.at
		}
	}
	for i := len(list) - 1; i >= 0 && list[i].at > lo; i-- {
		top = list[i].at
	}
	for top-lo > bisectGrain {
		mid := lo + (top-lo)/2
		x, err := s.take(mid)
		switch {
		case err != nil:
			return 0, err
		case x.dated > 0 && x.at < top && x.first < ns:
			lo = x.at
		default:
			top = mid
		}
	}
	return lo, nil
}

// firstFrom finds a record at ns or later, near the first such one, and gives
// its offset, or the size of the file.
func (s *sampler) firstFrom(list []sample, ns int64) (int64, error) {
	best, lo := s.size, int64(0)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].first >= ns {
			best = list[i].at
		}
	}
	for _, x := range list {
		if x.at < best {
			lo = x.at
		}
	}
	for top := best; top-lo > bisectGrain; {
		mid := lo + (top-lo)/2
		x, err := s.take(mid)
		switch {
		case err != nil:
			return 0, err
		case x.dated == 0 || x.at >= top:
			top = mid
		case x.first >= ns:
			best, top = x.at, mid
		default:
			lo = x.at
		}
	}
	return best, nil
}

// marked reports whether the file begins with a byte order mark: then places in
// the text are not places in the file.
func marked(r io.ReaderAt) bool {
	var b [3]byte
	n, _ := r.ReadAt(b[:], 0)
	return n == 3 && string(b[:]) == "\xef\xbb\xbf"
}

// stopper watches a stream for the end of the window: chunks whose first
// records are all later, by more than any record so far was out of its place.
type stopper struct {
	*sampler
	order order
}

// newStopper is nil when the window has no end.
func newStopper(j *job) *stopper {
	if j.whole || j.window.to == math.MaxInt64 {
		return nil
	}
	return &stopper{sampler: newSampler(j, nil, 0)}
}

// done looks at the chunk that comes next.
func (s *stopper) done(ch chunk) bool {
	data := ch.data[:min(len(ch.data), stopSize)]
	x := s.read(data, ch.offset, false)
	if x.dated > 0 && x.low >= s.job.window.to && x.low-s.job.window.to >= s.slack() {
		return true
	}
	s.order.add(x)
	return false
}

// stopSize is how many bytes of a chunk a stopper looks at, and stopSlack the
// least time by which a chunk must lie behind the window.
const (
	stopSize  = 64 << 10
	stopSlack = int64(time.Minute)
)

func (s *stopper) slack() int64 { return max(s.order.slack(), stopSlack) }
