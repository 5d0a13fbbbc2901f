package logs

import (
	"context"
	"io"
	"runtime"
	"sync"
)

// mostWorkers bounds the memory that is in flight, however many processors
// there are.
const mostWorkers = 16

// Scan reads log files once, each chunk by one of several workers, and tells
// what became of them and what they show. It is a Scanner. Files are opened
// twice: for their beginning, which settles their format, and to be read. With
// a window, plain files near the order of time are read where it lies alone,
// and compressed ones as far as it reaches.
//
// What is wrong with a file is told in its row and in a warning, and the others
// are read. The error is that of ctx, and nothing else.
func Scan(ctx context.Context, files []File, opt Options) (*Result, error) {
	jobs, err := prepareAll(ctx, files, opt)
	if err != nil {
		return nil, err
	}
	return newScan(jobs, opt).run(ctx, jobs)
}

// workersOf is how many workers there are.
func workersOf(opt Options) int {
	if opt.Workers > 0 {
		return min(opt.Workers, mostWorkers)
	}
	return min(runtime.GOMAXPROCS(0), mostWorkers)
}

// prepareAll looks at the beginning of each file, of several at once.
func prepareAll(ctx context.Context, files []File, opt Options) ([]*job, error) {
	w := newWindow(opt)
	jobs := make([]*job, len(files))
	var all sync.WaitGroup
	open := make(chan struct{}, workersOf(opt))
	for i, f := range files {
		open <- struct{}{}
		all.Go(func() {
			defer func() { <-open }()
			if ctx.Err() == nil {
				jobs[i] = prepare(i, f, w)
				jobs[i].whole = opt.Whole
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	settleYears(jobs, opt)
	skipRotated(jobs)
	enqueue(jobs)
	return jobs, nil
}

// outcome is what reading a file gave.
type outcome struct {
	tally     *tally
	part      part // of the file that was read; not known means all
	stopped   bool // the rest lies behind the window
	bytesRead int64
	checksum  string // empty when not all was read
	changed   string // what happened to the file while it was read
	err       error  // what ended it too early
}

// scan is the machinery of one call of Scan. Each of its workers reads a file,
// cuts it into chunks and counts them; one that has no file counts chunks of the
// others. What is counted is absorbed in order, file by file.
type scan struct {
	workers int
	size    int   // of a chunk
	least   int64 // size of files in which a window is looked for
	tasks   chan task
	buffers chan []byte // bounds what is in flight
	meter   *meter
}

// task is a chunk to be counted.
type task struct {
	job    *job
	chunk  chunk
	buffer []byte
	result chan<- *tally
}

func newScan(jobs []*job, opt Options) *scan {
	s := &scan{workers: workersOf(opt), size: chunkSize, least: bisectLeast, meter: newMeter(jobs, opt.Progress)}
	s.tasks = make(chan task)
	s.buffers = make(chan []byte, 2*s.workers+1)
	for range cap(s.buffers) {
		s.buffers <- nil // made when it is needed first
	}
	return s
}

// run reads all files that can be read, a few at a time, and concludes from
// each in the order in which they were given. A file that is done waits for
// those before it: so no more than a few are in memory.
func (s *scan) run(ctx context.Context, jobs []*job) (*Result, error) {
	outcomes := make([]chan outcome, len(jobs))
	files := make(chan int)
	for i := range jobs {
		outcomes[i] = make(chan outcome, 1)
	}
	var workers sync.WaitGroup
	for range s.workers {
		workers.Go(func() { s.work(ctx, jobs, files, outcomes) })
	}
	open := make(chan struct{}, s.workers+1)
	workers.Go(func() {
		defer close(files)
		for i, j := range jobs {
			open <- struct{}{}
			if j.parser == nil {
				outcomes[i] <- outcome{}
			} else {
				files <- i
			}
		}
	})
	all := newConclusion(jobs)
	for i, j := range jobs {
		out := <-outcomes[i]
		<-open
		if ctx.Err() == nil {
			all.add(j, &out)
		}
	}
	close(s.tasks)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return all.finish(), nil
}

// work reads files and counts chunks until there are no more.
func (s *scan) work(ctx context.Context, jobs []*job, files <-chan int, outcomes []chan outcome) {
	for {
		select {
		case i, more := <-files:
			if !more {
				files = nil
				continue
			}
			outcomes[i] <- s.read(ctx, jobs[i])
		case t, more := <-s.tasks:
			if !more {
				return
			}
			s.do(t)
		}
	}
}

// do counts a chunk.
func (s *scan) do(t task) {
	counted := t.job.count(t.chunk)
	s.buffers <- t.buffer
	t.result <- counted
}

// read reads one file, or what the window needs of it. Where the file turns
// out to be less in order than its samples were, it is read again, whole.
func (s *scan) read(ctx context.Context, j *job) outcome {
	out := s.readOnce(ctx, j)
	for n := 1; n < mostReadings && ctx.Err() == nil && out.err == nil && j.amend(out.tally); n++ {
		j.from = 0
		s.meter.more(j.size)
		out = s.readOnce(ctx, j)
	}
	return out
}

// readOnce reads a file with what is known of it so far.
func (s *scan) readOnce(ctx context.Context, j *job) outcome {
	out := s.readPart(ctx, j, true)
	if (out.part.known() || out.stopped) && out.tally.disorder > out.part.slack {
		j.from = 0
		s.meter.more(j.size)
		out = s.readPart(ctx, j, false)
	}
	return out
}

// readPart reads a file; narrow says that the window is enough.
func (s *scan) readPart(ctx context.Context, j *job, narrow bool) (out outcome) {
	out.tally = newTally(j.file.Component)
	defer j.queue.leave()
	in, err := j.open(true)
	if err != nil {
		out.err = err
		return out
	}
	defer in.close()
	if at, ok := in.file.(io.ReaderAt); ok && narrow {
		if out.part, err = j.locate(at, s.least); err != nil {
			out.err = err
			return out
		}
	}
	if out.part.known() {
		s.meter.less(j.size - (out.part.to - out.part.from))
		j.from = out.part.from
		in.narrow(in.file.(io.ReaderAt), out.part)
	}
	var stop *stopper
	if narrow && j.packed != "" && j.document == nil {
		stop = newStopper(j)
	}
	chunks := newChunker(in.text, j.parser)
	chunks.offset = j.from
	out.tally, out.stopped = s.count(ctx, j, chunks, in, stop)
	if out.stopped {
		out.part.slack = stop.slack()
		s.meter.less(j.size - in.raw.n)
	}
	out.err = chunks.err
	if !out.stopped {
		if err := in.drain(); out.err == nil {
			out.err = err
		}
	}
	s.meter.tell(in.raw)
	out.bytesRead, out.checksum, out.changed = in.raw.n, in.checksum(out.stopped), in.change(j.file)
	return out
}

// count counts the chunks of a file, or leaves them to workers that have nothing
// to do, and adds up what they count, in order. stop, where it is given, may end
// it.
func (s *scan) count(ctx context.Context, j *job, chunks *chunker, in *input, stop *stopper) (*tally, bool) {
	results := make(chan chan *tally, 2*s.workers)
	merged := make(chan *tally, 1)
	go func() {
		all := newTally(j.file.Component)
		for r := range results {
			all.absorb(<-r, fileLimits())
		}
		merged <- all
	}()
	stopped := false
	for ctx.Err() == nil {
		buf := <-s.buffers
		if buf == nil {
			buf = make([]byte, s.size)
		}
		ch, ok := chunks.next(buf)
		if stopped = ok && stop != nil && stop.done(ch); !ok || stopped {
			s.buffers <- buf
			break
		}
		r := make(chan *tally, 1)
		results <- r
		t := task{job: j, chunk: ch, buffer: buf, result: r}
		select {
		case s.tasks <- t:
		default:
			s.do(t)
		}
		s.meter.tell(in.raw)
	}
	close(results)
	return <-merged, stopped
}
