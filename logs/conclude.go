package logs

import (
	"slices"

	"pir/timeline"
)

// source is what the files of one source show together.
type source struct {
	name  string
	tally *tally
	files []File // by mark.file
}

// conclude turns the counts into the result.
func conclude(jobs []*job, outcomes []outcome) *Result {
	res := &Result{}
	var sources []*source
	for i, j := range jobs {
		if j.parser == nil {
			row, warning := j.unread()
			res.Sources = append(res.Sources, row)
			res.Warnings = append(res.Warnings, warning)
			continue
		}
		out := &outcomes[i]
		res.Sources = append(res.Sources, j.row(out))
		res.Warnings = append(res.Warnings, j.doubts(out)...)
		sources = gather(sources, jobs, j, out.tally)
	}
	var digests []*digest
	for _, s := range sources {
		s.tally.foldNames()
		d := s.digest()
		digests = append(digests, d)
		res.Series = append(res.Series, d.series()...)
		res.Bursts = append(res.Bursts, d.findBursts()...)
		if d.stray.n > 0 {
			res.Warnings = append(res.Warnings, d.strayWarning())
		}
	}
	now := hullOf(jobs, res.Bursts)
	for _, d := range digests {
		res.Signals = append(res.Signals, d.signals(now)...)
	}
	return res
}

// gather adds the tally of a file to its source.
func gather(sources []*source, jobs []*job, j *job, t *tally) []*source {
	i := slices.IndexFunc(sources, func(s *source) bool { return s.name == j.file.Source })
	if i < 0 {
		i = len(sources)
		s := &source{name: j.file.Source, tally: newTally(j.file.Component)}
		for _, other := range jobs {
			s.files = append(s.files, other.file)
		}
		sources = append(sources, s)
	}
	for _, e := range t.errors {
		e.each(func(s *markSpan) { s.in(j.index) })
	}
	for _, x := range t.texts {
		x.span.in(j.index)
	}
	all := sources[i].tally
	lines := t.lines
	t.lines = 0 // the lines of other files do not count on
	names := all.absorbNames(t)
	all.absorbCounts(t, names, limits{counts: 2 * maxCounts, marks: 2 * maxMarks, seconds: 2 * maxSeconds})
	all.absorbTexts(t, names, limits{texts: 2 * maxFileTexts})
	all.lost += t.lost
	t.lines = lines
	return sources
}

// evidence cites a record of the source.
func (s *source) evidence(m mark) timeline.Evidence {
	return timeline.Evidence{Origin: s.origin(m).String(), Quote: m.quote}
}

func (s *source) origin(m mark) timeline.Origin {
	return timeline.LineOrigin(s.files[m.file].Name, int(m.line)+1)
}
