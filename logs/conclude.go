package logs

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"pir/timeline"
)

// source is what the files of one source show together.
type source struct {
	name  string
	tally *tally // nil once it is settled
	jobs  []*job // by mark.file
	left  int    // files that are not read yet
	last  int64  // the latest time, in nanoseconds
	// borders are the records at which a file may fall silent or speak again.
	borders []mark
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
	s.borders = append(s.borders, t.borders(j.index)...)
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
	if w, ok := c.uncovered(); ok {
		res.Warnings = append(res.Warnings, w)
	}
	now := hullOf(c.jobs, res.Bursts)
	for _, d := range c.digests {
		res.Signals = append(res.Signals, d.signals(now)...)
		silent, warnings := d.tellSilences()
		res.Signals, res.Warnings = append(res.Signals, silent...), append(res.Warnings, warnings...)
	}
	return res
}

// uncovered is the warning that the logs have no record in the window that was
// asked for.
func (c *conclusion) uncovered() (timeline.Warning, bool) {
	w := timeline.Warning{Code: timeline.WarnWindowUncovered, Evidence: []timeline.Evidence{}}
	var told []string
	for _, s := range c.res.Sources {
		if s.InWindow > 0 {
			return w, false
		}
		if !s.First.IsZero() {
			told = append(told, fmt.Sprintf("%s covers %s to %s", s.Path, s.First.Format(time.DateTime), s.Last.Format(time.DateTime)))
		}
	}
	if len(told) == 0 || !c.jobs[0].window.limited() {
		return w, false
	}
	if more := len(told) - 3; more > 0 {
		told = append(told[:3], fmt.Sprintf("%d more do not either", more))
	}
	w.Message = "the logs have no record in the window: " + strings.Join(told, "; ")
	return w, true
}

// evidence cites a record of the source.
func (s *source) evidence(m mark) timeline.Evidence {
	return timeline.Evidence{Origin: s.origin(m).String(), Quote: m.quote}
}

func (s *source) origin(m mark) timeline.Origin { return s.jobs[m.file].origin(m.line, m.offset) }
