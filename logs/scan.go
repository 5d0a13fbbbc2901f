package logs

import (
	"context"
	"runtime"
	"sync"
)

// Scan reads log files once, each chunk by one of several workers, and tells
// what became of them and what they show. It is a Scanner. Files are opened
// twice: for their beginning, which settles their format, and to be read.
//
// What is wrong with a file is told in its row and in a warning, and the others
// are read. The error is that of ctx, and nothing else.
func Scan(ctx context.Context, files []File, opt Options) (*Result, error) {
	w := newWindow(opt)
	jobs := make([]*job, len(files))
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		jobs[i] = prepare(i, f, w)
	}
	settleYears(jobs, opt)
	s := newScan(jobs, opt)
	outcomes := s.run(ctx, jobs)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return conclude(jobs, outcomes), nil
}

// outcome is what reading a file gave.
type outcome struct {
	tally     *tally
	bytesRead int64
	checksum  string
	err       error // what ended it too early
}

// scan is the machinery of one call of Scan: a reader for each of a few files
// at once cuts them into chunks, workers count the chunks, and what they count
// is absorbed in order, file by file.
type scan struct {
	workers int
	size    int // of a chunk
	tasks   chan task
	buffers chan []byte // bounds what is in flight
	done    int64
	total   int64
	tell    func(done, total int64)
	telling sync.Mutex
}

// task is a chunk to be counted.
type task struct {
	job    *job
	chunk  chunk
	buffer []byte
	result chan<- *tally
}

func newScan(jobs []*job, opt Options) *scan {
	s := &scan{workers: opt.Workers, size: chunkSize, tell: opt.Progress}
	if s.workers <= 0 {
		s.workers = runtime.GOMAXPROCS(0)
	}
	for _, j := range jobs {
		if j.parser != nil {
			s.total += j.size
		}
	}
	s.tasks = make(chan task)
	s.buffers = make(chan []byte, 3*s.workers)
	for range cap(s.buffers) {
		s.buffers <- nil // made when it is needed first
	}
	return s
}

// run reads all files that can be read.
func (s *scan) run(ctx context.Context, jobs []*job) []outcome {
	var workers, readers sync.WaitGroup
	for range s.workers {
		workers.Go(func() {
			for t := range s.tasks {
				counted := t.job.count(t.chunk)
				s.buffers <- t.buffer
				t.result <- counted
			}
		})
	}
	outcomes := make([]outcome, len(jobs))
	open := make(chan struct{}, s.workers)
	for i, j := range jobs {
		if j.parser == nil {
			continue
		}
		open <- struct{}{}
		readers.Go(func() {
			outcomes[i] = s.read(ctx, j)
			<-open
		})
	}
	readers.Wait()
	close(s.tasks)
	workers.Wait()
	return outcomes
}

// read reads one file.
func (s *scan) read(ctx context.Context, j *job) outcome {
	in, err := openInput(j.file, true)
	if err != nil {
		return outcome{tally: newTally(j.file.Component), err: err}
	}
	results := make(chan chan *tally, 2*s.workers)
	merged := make(chan *tally, 1)
	go func() {
		all := newTally(j.file.Component)
		lim := limits{texts: maxFileTexts, counts: maxCounts, marks: maxMarks, seconds: maxSeconds}
		for r := range results {
			all.absorb(<-r, lim)
		}
		merged <- all
	}()
	chunks := newChunker(in.text)
	for ctx.Err() == nil {
		buf := <-s.buffers
		if buf == nil {
			buf = make([]byte, s.size)
		}
		ch, ok := chunks.next(buf)
		if !ok {
			s.buffers <- buf
			break
		}
		r := make(chan *tally, 1)
		results <- r
		s.tasks <- task{job: j, chunk: ch, buffer: buf, result: r}
		s.progress(in.raw)
	}
	close(results)
	out := outcome{tally: <-merged, err: chunks.err}
	if err := in.close(); out.err == nil {
		out.err = err
	}
	s.progress(in.raw)
	out.bytesRead, out.checksum = in.raw.n, in.raw.checksum()
	return out
}

// progress tells how much of the raw bytes is done. Calls do not overlap.
func (s *scan) progress(raw *rawReader) {
	fresh := raw.n - raw.told
	raw.told = raw.n
	if s.tell == nil || fresh == 0 {
		return
	}
	s.telling.Lock()
	defer s.telling.Unlock()
	s.done += fresh
	s.tell(min(s.done, s.total), s.total)
}
