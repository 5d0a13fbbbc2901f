package logs

import (
	"context"
	"io"
	"time"

	"pir/timeline"
)

// Span is what a file covers, as far as its beginning and its end tell.
type Span struct {
	Source, Path string
	Format       string // empty when it is not recognised
	Sure         int    // of 100
	Size         int64  // in bytes, as it is stored
	// First and Last are the earliest and the latest time near the beginning
	// and near the end, in UTC; zero is not known. The end of packed files is not
	// looked for.
	First, Last time.Time
	Status      string // timeline.StatusRead, or why there is no span
	Detail      string // why it cannot be read
}

// Spans looks at the beginning and the end of each file: what could be asked of
// it, before it is read. The result has one Span per file, in the order given.
// The error is that of ctx.
func Spans(ctx context.Context, files []File, opt Options) ([]Span, error) {
	jobs, err := prepareAll(ctx, files, opt)
	if err != nil {
		return nil, err
	}
	list := make([]Span, 0, len(jobs))
	for _, j := range jobs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		list = append(list, j.covers())
	}
	return list, nil
}

// covers looks at both ends of the file.
func (j *job) covers() Span {
	s := Span{
		Source: j.file.Source, Path: j.file.Name, Format: j.format, Sure: j.sure, Size: j.size,
		Status: timeline.StatusRead,
	}
	if j.parser == nil {
		if j.aside == "" {
			s.Status, s.Detail, s.Sure = j.status, j.problem, 0
		}
		return s
	}
	defer j.queue.leave()
	in, err := j.open(false)
	if err != nil {
		s.Status, s.Detail = timeline.StatusFailed, errorText(err)
		return s
	}
	defer in.close()
	head := make([]byte, HeadSize)
	n, _ := io.ReadFull(in.text, head)
	p := newSampler(j, nil, 0)
	if x := p.read(head[:n], 0, int64(n) < HeadSize); x.dated > 0 {
		s.First, s.Last = timeOf(x.low), timeOf(x.high)
	}
	at, random := in.file.(io.ReaderAt)
	switch {
	case n < HeadSize: // that was all of it
	case j.document != nil || j.packed != "" || j.encoding != "utf-8" || !random:
		s.Last = time.Time{}
	default:
		p.r, p.size = at, j.size
		s.Last = p.latest().UTC()
	}
	return s
}

// latest is the latest time near the end of the file; zero is not known.
func (s *sampler) latest() time.Time {
	for size := int64(sampleSize); size <= sampleMost; size *= 4 {
		from := max(s.size-size, 0)
		if x, err := s.stretch(from, size); err == nil && x.dated > 0 {
			return timeOf(x.high)
		}
		if from == 0 {
			break
		}
	}
	return time.Time{}
}
