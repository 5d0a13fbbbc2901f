package logs

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
)

// write writes the lines slice by slice. Several workers make the slices, and
// they are written in order.
func (l *lister) write(ctx context.Context, w io.Writer) error {
	bounds, digits := l.bounds(), l.digits()
	slots := make([]chan written, len(bounds)-1)
	for i := range slots {
		slots[i] = make(chan written, 1)
	}
	files := &openFiles{lister: l, open: map[int]io.ReaderAt{}}
	defer files.close()
	ctx, cancel := context.WithCancel(ctx)
	tokens := make(chan struct{}, l.workers+2) // slices that are made or wait
	work := make(chan int)
	var workers sync.WaitGroup
	for range l.workers {
		workers.Go(func() {
			m := &merger{lister: l, files: files, clock: clockText{digits: digits}}
			for i := range work {
				out, err := m.slice(bounds[i], bounds[i+1])
				slots[i] <- written{out, err}
			}
		})
	}
	workers.Go(func() {
		defer close(work)
		for i := range slots {
			select {
			case tokens <- struct{}{}:
			case <-ctx.Done():
				return
			}
			work <- i
		}
	})
	err := l.drain(ctx, w, slots, tokens)
	cancel()
	workers.Wait()
	return err
}

// written is a slice to be written.
type written struct {
	out *output
	err error
}

// drain writes slices in order.
func (l *lister) drain(ctx context.Context, w io.Writer, slots []chan written, tokens chan struct{}) error {
	for _, slot := range slots {
		var got written
		select {
		case got = <-slot:
		case <-ctx.Done():
			return ctx.Err()
		}
		if got.err != nil {
			return got.err
		}
		if _, err := w.Write(got.out.text); err != nil {
			return err
		}
		l.meter.add(got.out.lines)
		select {
		case l.outputs <- got.out.text:
		default:
		}
		<-tokens
	}
	return ctx.Err()
}

// bounds cuts the order of all records into slices of about the same size. The
// first bound is before all records and the last one behind them.
func (l *lister) bounds() []lineKey {
	type point struct {
		key    lineKey
		weight int64
	}
	var points []point
	for i := range l.listed {
		for _, c := range l.listed[i].chunks {
			for _, r := range c.restarts {
				points = append(points, point{lineKey{ns: r.entry.ns, file: int32(i), offset: r.entry.offset}, r.weight})
			}
			if c.lead.shown && c.lead.size > 0 {
				points = append(points, point{c.leadKey(i), min(c.lead.size, int64(l.size))})
			}
		}
	}
	slices.SortFunc(points, func(a, b point) int { return a.key.compare(b.key) })
	bounds := []lineKey{{ns: math.MinInt64, offset: math.MinInt64, file: math.MinInt32}}
	var size int64
	for _, p := range points {
		if size > 0 && size+p.weight > l.slice {
			bounds = append(bounds, p.key)
			size = 0
		}
		size += p.weight
	}
	return append(bounds, lineKey{ns: math.MaxInt64, offset: math.MaxInt64, file: math.MaxInt32})
}

// leadKey puts the lead of a chunk directly behind the record that it belongs
// to.
func (c *lineChunk) leadKey(file int) lineKey {
	return lineKey{ns: c.lead.ns, file: int32(file), offset: c.offset}
}

// openFiles are files that are read at any place.
type openFiles struct {
	*lister
	mu   sync.Mutex
	open map[int]io.ReaderAt
}

// get opens a file, or gives the one that is open.
func (o *openFiles) get(i int) (io.ReaderAt, error) {
	if text := o.listed[i].text; text != nil {
		return text, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if r := o.open[i]; r != nil {
		return r, nil
	}
	if len(o.open) >= mostOpen {
		o.closeAll()
	}
	f := o.jobs[i].file
	file, err := f.FS.Open(f.Path)
	if err != nil {
		return nil, err
	}
	r, ok := file.(io.ReaderAt)
	if !ok {
		return nil, fmt.Errorf("%s: another file took its place while it was read", f.Name)
	}
	o.open[i] = r
	return r, nil
}

// mostOpen is how many files are open at once.
const mostOpen = 200

func (o *openFiles) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closeAll()
}

func (o *openFiles) closeAll() {
	for i, r := range o.open {
		if c, ok := r.(io.Closer); ok {
			c.Close()
		}
		delete(o.open, i)
	}
}

// digits is how many digits behind the second the finest time takes.
func (l *lister) digits() int {
	n := 0
	for i := range l.listed {
		for _, c := range l.listed[i].chunks {
			n = max(n, c.digits)
		}
	}
	return n
}

// merger makes slices. It belongs to one goroutine.
type merger struct {
	*lister
	files   *openFiles
	entries []lineEntry
	runs    []lineRun
	heap    []int
	index   []byte
	arena   []byte
	clock   clockText
}

// lineRun is entries of one chunk, in order, and their text.
type lineRun struct {
	file     int32
	chunk    *lineChunk
	lead     bool
	from, to int   // in entries
	base     int64 // offset of the text
	text     int   // where it begins in the arena
	loose    bool  // each entry has a text of its own, one behind the other
}

// output is the text of a slice.
type output struct {
	text  []byte
	lines int64 // bytes of lines in it
}

// slice makes the text of the records from from to to, half open.
func (m *merger) slice(from, to lineKey) (*output, error) {
	m.entries, m.runs, m.arena = m.entries[:0], m.runs[:0], m.arena[:0]
	for i := range m.listed {
		for _, c := range m.listed[i].chunks {
			if err := m.take(i, c, from, to); err != nil {
				return nil, err
			}
		}
	}
	for i := range m.runs {
		if err := m.load(&m.runs[i]); err != nil {
			return nil, err
		}
	}
	out := &output{}
	select {
	case text := <-m.outputs:
		out.text = text[:0]
	default:
	}
	m.start()
	for len(m.heap) > 0 {
		r := &m.runs[m.heap[0]]
		e := &m.entries[r.from]
		out.lines += e.size
		out.text = m.record(out.text, r, e)
		r.from++
		m.step()
	}
	return out, nil
}

// take adds the runs of a chunk.
func (m *merger) take(i int, c *lineChunk, from, to lineKey) error {
	if c.lead.shown && c.lead.size > 0 {
		if k := c.leadKey(i); k.compare(from) >= 0 && k.compare(to) < 0 {
			e := lineEntry{ns: c.lead.ns, offset: c.offset, size: c.lead.size}
			if c.cut {
				e.size = c.end - c.offset
			}
			m.entries = append(m.entries, e)
			m.runs = append(m.runs, lineRun{file: int32(i), chunk: c, lead: true, from: len(m.entries) - 1, to: len(m.entries)})
		}
	}
	low, high := c.low, c.high
	low.file, high.file = int32(i), int32(i)
	if c.size == 0 || high.compare(from) < 0 || low.compare(to) >= 0 {
		return nil
	}
	index, err := m.indexes.read(c, m.index)
	if err != nil {
		return err
	}
	if c.index == nil {
		m.index = index
	}
	n := len(m.entries)
	m.entries = c.decode(m.entries, int32(i), index, from, to)
	if n < len(m.entries) {
		m.runs = append(m.runs, lineRun{file: int32(i), chunk: c, from: n, to: len(m.entries)})
	}
	return nil
}

// load reads the text of a run: in one piece, or where its entries lie far from
// each other one by one.
func (m *merger) load(r *lineRun) error {
	file, err := m.files.get(int(r.file))
	if err != nil {
		return err
	}
	lo, hi, sum := int64(math.MaxInt64), int64(0), int64(0)
	for _, e := range m.entries[r.from:r.to] {
		size := m.held(e)
		lo, hi, sum = min(lo, e.offset), max(hi, e.offset+size), sum+size
	}
	r.text = len(m.arena)
	if hi-lo <= 2*sum+1<<16 {
		r.base = lo
		return m.fetch(file, r, lo, hi-lo)
	}
	r.loose = true
	for _, e := range m.entries[r.from:r.to] {
		if err := m.fetch(file, r, e.offset, m.held(e)); err != nil {
			return err
		}
	}
	return nil
}

// held is how many bytes of an entry are kept: a line that is longer than a
// chunk is cut.
func (m *merger) held(e lineEntry) int64 { return min(e.size, int64(m.size)) }

// fetch appends text to the arena.
func (m *merger) fetch(file io.ReaderAt, r *lineRun, offset, size int64) error {
	n := len(m.arena)
	m.arena = slices.Grow(m.arena, int(size))[:n+int(size)]
	got, err := file.ReadAt(m.arena[n:], offset)
	if int64(got) < size {
		return fmt.Errorf("%s: %w while its lines were written: it changed", m.jobs[r.file].file.Name, cmp.Or(err, io.ErrUnexpectedEOF))
	}
	return nil
}

// record appends the lines of an entry.
func (m *merger) record(dst []byte, r *lineRun, e *lineEntry) []byte {
	j, c := m.jobs[r.file], r.chunk
	at := int64(r.text)
	if r.loose {
		r.text += int(m.held(*e))
	} else {
		at += e.offset - r.base
	}
	text := m.arena[at : at+m.held(*e)]
	name := shownName(j.file.Name)
	offset, line := e.offset, c.line+e.line
	for first := !r.lead; len(text) > 0; first = false {
		end := indexNewline(text)
		next := min(end+1, len(text))
		if first {
			dst = m.clock.append(dst, e.ns)
		} else {
			dst = append(dst, '-')
		}
		dst = append(append(dst, ' '), name...)
		dst = j.appendPlace(dst, line, offset)
		dst = append(dst, ' ')
		left := int64(0)
		if next == len(text) {
			left = e.size - m.held(*e)
		}
		dst = appendLine(dst, text[:end], c.plain, left)
		dst = append(dst, '\n')
		text, offset, line = text[next:], offset+int64(next), line+1
	}
	return dst
}

// start makes the heap of runs.
func (m *merger) start() {
	m.heap = m.heap[:0]
	for i := range m.runs {
		m.heap = append(m.heap, i)
	}
	for i := len(m.heap)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
}

// step puts the first run of the heap where it belongs after an entry of it is
// gone.
func (m *merger) step() {
	if r := &m.runs[m.heap[0]]; r.from == r.to {
		m.heap[0] = m.heap[len(m.heap)-1]
		m.heap = m.heap[:len(m.heap)-1]
	}
	m.sink(0)
}

func (m *merger) sink(i int) {
	for {
		least, left := i, 2*i+1
		if left < len(m.heap) && m.less(left, least) {
			least = left
		}
		if left+1 < len(m.heap) && m.less(left+1, least) {
			least = left + 1
		}
		if least == i {
			return
		}
		m.heap[i], m.heap[least] = m.heap[least], m.heap[i]
		i = least
	}
}

// less compares the first entries of two runs of the heap.
func (m *merger) less(i, k int) bool {
	a, b := &m.runs[m.heap[i]], &m.runs[m.heap[k]]
	x, y := &m.entries[a.from], &m.entries[b.from]
	if x.ns != y.ns {
		return x.ns < y.ns
	}
	if a.file != b.file {
		return a.file < b.file
	}
	return x.offset < y.offset
}
