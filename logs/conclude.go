package logs

import (
	"math"
	"slices"

	"pir/timeline"
)

// source is what the files of one source show together.
type source struct {
	name  string
	tally *tally // nil once it is settled
	jobs  []*job // by mark.file
	left  int    // files that are not read yet
	last  int64  // the latest time, in nanoseconds
}

// conclusion turns the counts of one file after the other into the result.
type conclusion struct {
	jobs    []*job
	res     *Result
	sources []*source
	digests []*digest // of sources
}

func newConclusion(jobs []*job) *conclusion {
	c := &conclusion{jobs: jobs, res: &Result{}}
	for _, j := range jobs {
		if j.parser == nil {
			continue
		}
		s := c.source(j)
		if s == nil {
			s = &source{name: j.file.Source, jobs: jobs, tally: newTally(j.file.Component), last: math.MinInt64}
			c.sources = append(c.sources, s)
		}
		s.left++
	}
	c.digests = make([]*digest, len(c.sources))
	return c
}

// source finds the source of a file.
func (c *conclusion) source(j *job) *source {
	i := slices.IndexFunc(c.sources, func(s *source) bool { return s.name == j.file.Source })
	if i < 0 {
		return nil
	}
	return c.sources[i]
}

// add takes the next file. When it is the last one of its source, what need not
// be kept of that is dropped.
func (c *conclusion) add(j *job, out *outcome) {
	if j.parser == nil {
		if j.aside != "" {
			c.res.Sources = append(c.res.Sources, j.spared())
			return
		}
		row, warning := j.unread()
		c.res.Sources = append(c.res.Sources, row)
		c.res.Warnings = append(c.res.Warnings, warning)
		return
	}
	c.res.Sources = append(c.res.Sources, j.row(out))
	c.res.Warnings = append(c.res.Warnings, j.doubts(out)...)
	s := c.source(j)
	s.gather(j, out.tally)
	if s.left--; s.left == 0 {
		c.digests[slices.Index(c.sources, s)] = s.settle()
	}
}

// gather adds the tally of a file.
func (s *source) gather(j *job, t *tally) {
	for _, e := range t.errors {
		e.each(func(span *markSpan) { span.in(j.index) })
	}
	for _, x := range t.texts {
		x.span.in(j.index)
	}
	if t.dated > 0 {
		s.last = max(s.last, t.last)
	}
	lim := fileLimits().double()
	t.lines = 0 // the lines of other files do not count on
	names := s.tally.absorbNames(t)
	s.tally.absorbCounts(t, names, lim)
	s.tally.absorbTexts(t, names, lim)
	s.tally.lost += t.lost
}

// settle tells what the source shows by itself.
func (s *source) settle() *digest {
	s.tally.foldNames()
	d := s.digest()
	d.lines, d.bursts, d.patterns = d.series(), d.findBursts(), d.groups()
	d.findEarly()
	s.tally = nil
	return d
}

// finish tells what all sources show.
func (c *conclusion) finish() *Result {
	res := c.res
	for _, d := range c.digests {
		res.Series = append(res.Series, d.lines...)
		res.Bursts = append(res.Bursts, d.bursts...)
		if d.stray.n > 0 {
			res.Warnings = append(res.Warnings, d.strayWarning())
		}
	}
	now := hullOf(c.jobs, res.Bursts)
	for _, d := range c.digests {
		res.Signals = append(res.Signals, d.signals(now)...)
	}
	return res
}

// evidence cites a record of the source.
func (s *source) evidence(m mark) timeline.Evidence {
	return timeline.Evidence{Origin: s.origin(m).String(), Quote: m.quote}
}

func (s *source) origin(m mark) timeline.Origin { return s.jobs[m.file].origin(m.line, m.offset) }
