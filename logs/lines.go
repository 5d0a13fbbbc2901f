package logs

import (
	"context"
	"fmt"
	"io"
	"math"
	"sync"
)

// Spill is a place on disk for what memory should not hold. It is written from
// start to end, and then read.
type Spill interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

// Lines writes every line of the files to w as one stream in the order of time:
//
//	2026-07-14T14:02:41.148Z api/app.jsonl:123 {"level":"error", …
//	- worker/worker.log:77 goroutine 17 [running]:
//
// Each line has its own time, in UTC, corrected by the skew of its file, with as
// many digits as the finest of all takes; or a hyphen when it has none: then it stands behind
// the record that it follows in its file, and lines in front of all records come
// first. Lines of one time are in the order of the files and of their lines.
// Behind the time stands the place: a line, or an offset (path@byte) where a
// window has the lines before it not counted. Control characters and what is no
// UTF-8 show as \x1b; of a line over 1 MiB the rest is counted, not shown.
//
// With a window only the lines of its records are written; there is no baseline.
// Opt.Spill is used for packed files and for large indexes; without it they are
// kept in memory.
//
// The result has the rows of the files, without checksums, and their warnings. Files that cannot be
// read are told there; the error is that of ctx, of w, of a spill, or of a file
// that changed under the reader.
func Lines(ctx context.Context, files []File, opt Options, w io.Writer) (*Result, error) {
	jobs, err := prepareAll(ctx, files, opt)
	if err != nil {
		return nil, err
	}
	l := newLister(jobs, opt)
	defer l.close()
	if err := l.index(ctx); err != nil {
		return nil, err
	}
	if err := l.write(ctx, w); err != nil {
		return nil, err
	}
	return l.result(), nil
}

// lister is the machinery of one call of Lines: first the times of all lines
// are read and the lines of each chunk put in order, then the order of all is cut
// into slices that several workers write.
type lister struct {
	jobs    []*job
	listed  []listed // of jobs
	workers int
	size    int   // of a chunk
	least   int64 // size of files in which a window is looked for
	slice   int64 // bytes of lines in a slice, as near as may be
	meter   *meter
	buffers chan []byte
	outputs chan []byte // memory of slices that were written
	open    func() (Spill, error)

	mu      sync.Mutex
	indexes *store
}

// listed is what the first reading of a file gave.
type listed struct {
	out    outcome
	chunks []*lineChunk
	text   Spill // the text of a file that cannot be read at any place
}

func newLister(jobs []*job, opt Options) *lister {
	for _, j := range jobs {
		j.window.base = j.window.from
	}
	l := &lister{
		jobs: jobs, listed: make([]listed, len(jobs)), workers: workersOf(opt), size: lineChunkSize, least: bisectLeast, slice: sliceSize,
		meter: newMeter(jobs, opt.Progress), open: opt.Spill,
	}
	l.meter.total *= 2
	if l.open == nil {
		l.open = func() (Spill, error) { return &memory{}, nil }
	}
	l.indexes = &store{open: l.open}
	l.outputs = make(chan []byte, l.workers+2)
	return l
}

// The sizes of a chunk that is put in order at once, and of a slice that is
// written at once, in bytes.
const (
	lineChunkSize = 2 << 20
	sliceSize     = 2 << 20
)

func (l *lister) close() {
	for i := range l.listed {
		if t := l.listed[i].text; t != nil {
			t.Close()
		}
	}
	l.indexes.close()
}

// result tells what became of the files.
func (l *lister) result() *Result {
	c := &conclusion{jobs: l.jobs, res: &Result{}}
	for i, j := range l.jobs {
		c.tell(j, &l.listed[i].out)
	}
	return c.res
}

// index reads all files, a few at a time.
func (l *lister) index(ctx context.Context) error {
	tasks := make(chan lineTask)
	var workers, readers sync.WaitGroup
	l.buffers = make(chan []byte, 2*l.workers+1)
	for range cap(l.buffers) {
		l.buffers <- nil
	}
	for range l.workers {
		workers.Go(func() {
			for t := range tasks {
				t.result <- t.job.listChunk(t.chunk)
				l.buffers <- t.buffer
			}
		})
	}
	open := make(chan struct{}, l.workers)
	errs := make([]error, len(l.jobs))
	for i, j := range l.jobs {
		if j.parser == nil {
			continue
		}
		open <- struct{}{}
		readers.Go(func() {
			errs[i] = l.read(ctx, i, tasks)
			<-open
		})
	}
	readers.Wait()
	close(tasks)
	workers.Wait()
	for _, err := range append([]error{ctx.Err()}, errs...) {
		if err != nil {
			return err
		}
	}
	return nil
}

// lineTask is a chunk to be put in order.
type lineTask struct {
	job    *job
	chunk  chunk
	buffer []byte
	result chan<- *lineChunk
}

// read reads one file. What is wrong with it goes to its row; the error is that
// of a spill.
func (l *lister) read(ctx context.Context, i int, tasks chan<- lineTask) error {
	j, x := l.jobs[i], &l.listed[i]
	err := l.readOnce(ctx, i, tasks)
	for n := 1; n < mostReadings && err == nil && ctx.Err() == nil && x.out.err == nil && j.amend(x.out.tally); n++ {
		j.from = 0
		if x.text != nil {
			x.text.Close()
		}
		*x = listed{}
		l.meter.more(2 * j.size)
		err = l.readOnce(ctx, i, tasks)
	}
	return err
}

// readOnce reads one file with what is known of it so far.
func (l *lister) readOnce(ctx context.Context, i int, tasks chan<- lineTask) error {
	j, x := l.jobs[i], &l.listed[i]
	err := l.readPart(ctx, i, tasks, true)
	if err == nil && x.out.part.known() && x.out.tally.disorder > x.out.part.slack {
		j.from = 0
		*x = listed{}
		l.meter.more(2 * j.size)
		err = l.readPart(ctx, i, tasks, false)
	}
	return err
}

// readPart reads a file; narrow says that the window is enough.
func (l *lister) readPart(ctx context.Context, i int, tasks chan<- lineTask, narrow bool) error {
	j, x := l.jobs[i], &l.listed[i]
	x.out.tally = newTally("")
	defer j.queue.leave()
	in, err := j.open(false)
	if err != nil {
		x.out.err = err
		return nil
	}
	defer in.close()
	at, random := in.file.(io.ReaderAt)
	if random && narrow {
		if x.out.part, err = j.locate(at, l.least); err != nil {
			x.out.err = err
			return nil
		}
	}
	if x.out.part.known() {
		l.meter.less(2 * (j.size - (x.out.part.to - x.out.part.from)))
		j.from = x.out.part.from
		in.narrow(at, x.out.part)
	}
	chunks := newChunker(in.text, j.parser)
	chunks.offset = j.from
	if !random || j.document != nil || j.packed != "" || j.encoding != "utf-8" || marked(at) {
		if x.text, err = l.open(); err != nil {
			return fmt.Errorf("no place for the text of %s: %w", j.file.Name, err)
		}
		chunks.r = &copier{r: in.text, w: x.text}
	}
	if err := l.list(ctx, x, j, chunks, in, tasks); err != nil {
		return err
	}
	if c, ok := chunks.r.(*copier); ok && c.err != nil {
		return fmt.Errorf("keep the text of %s: %w", j.file.Name, c.err)
	}
	if n := len(x.chunks); n > 0 {
		x.chunks[n-1].end = chunks.offset
		if !chunks.inLong {
			x.chunks[n-1].end--
		}
	}
	x.out.err = chunks.err
	if err := in.drain(); x.out.err == nil {
		x.out.err = err
	}
	x.out.bytesRead, x.out.changed = in.raw.n, in.change(j.file)
	return nil
}

// list hands the chunks of a file to the workers and keeps what they make of
// them, in order.
func (l *lister) list(ctx context.Context, x *listed, j *job, chunks *chunker, in *input, tasks chan<- lineTask) error {
	results := make(chan chan *lineChunk, 2*l.workers)
	kept := make(chan error, 1)
	go func() {
		var failed error
		for r := range results {
			if c := <-r; failed == nil {
				failed = l.keep(x, c)
			}
		}
		kept <- failed
	}()
	for ctx.Err() == nil {
		buf := <-l.buffers
		if buf == nil {
			buf = make([]byte, l.size)
		}
		ch, ok := chunks.next(buf)
		if !ok {
			l.buffers <- buf
			break
		}
		r := make(chan *lineChunk, 1)
		results <- r
		tasks <- lineTask{job: j, chunk: ch, buffer: buf, result: r}
		l.meter.tell(in.raw)
	}
	close(results)
	return <-kept
}

// keep takes the next chunk of a file.
func (l *lister) keep(x *listed, c *lineChunk) error {
	t := x.out.tally
	c.line = t.lines
	c.lead.ns, c.lead.shown = math.MinInt64, !c.limited
	if n := len(x.chunks); n > 0 {
		before := x.chunks[n-1]
		before.end = c.offset - 1
		c.lead.ns, c.lead.shown = before.tail.ns, before.tail.shown
		if !c.tail.dated {
			c.tail = before.tail
		}
	}
	if !c.tail.dated {
		c.tail.ns, c.tail.shown = c.lead.ns, c.lead.shown
	}
	t.absorbLines(c.tally)
	t.lines += c.tally.lines
	c.tally = nil
	x.chunks = append(x.chunks, c)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.indexes.add(c)
}

// tell adds the row and the warnings of a file.
func (c *conclusion) tell(j *job, out *outcome) {
	switch {
	case j.parser != nil:
		c.res.Sources = append(c.res.Sources, j.row(out))
		c.res.Warnings = append(c.res.Warnings, j.doubts(out)...)
	case j.aside != "":
		c.res.Sources = append(c.res.Sources, j.spared())
	default:
		row, warning := j.unread()
		c.res.Sources = append(c.res.Sources, row)
		c.res.Warnings = append(c.res.Warnings, warning)
	}
}

// copier reads, and writes what it reads.
type copier struct {
	r   io.Reader
	w   io.Writer
	err error // of w
}

func (c *copier) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if n > 0 && c.err == nil {
		_, c.err = c.w.Write(p[:n])
	}
	if c.err != nil {
		return n, c.err
	}
	return n, err
}
