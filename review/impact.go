package review

import (
	"slices"
	"time"

	"pir/timeline"
)

// Harm is a window in which users were hurt.
type Harm struct {
	Level   Text // "Main", "Residual"
	Episode int  // 0 when there is only one
	Start   Moment
	End     Moment // unknown while it goes on
	For     Text
	Where   Text // components and regions; empty is all
	Refs    Refs
}

// Harms are the windows of impact, in order; components with the same window
// share a row.
func (p *Page) Harms() []Harm {
	type key struct {
		n          int
		level      timeline.Level
		start, end int64
	}
	var list []Harm
	var keys []key
	var where []List
	for _, e := range p.timeline.Episodes {
		k := key{e.N, e.Level, e.Start.UnixNano(), e.End.UnixNano()}
		at := slices.Index(keys, k)
		if at < 0 {
			at = len(keys)
			keys = append(keys, k)
			where = append(where, nil)
			list = append(list, p.harm(e))
		} else {
			list[at].Refs = list[at].Refs.and(p.ledger.refs(e.Evidence...))
		}
		for _, w := range []string{e.Component, e.Region} {
			if w != "" && !slices.Contains(where[at], Text(w)) {
				where[at] = append(where[at], Text(w))
			}
		}
	}
	for i := range list {
		list[i].Where = where[i].Commas()
	}
	return p.tellApart(list)
}

// tellApart joins windows that show as the same row, and names the source where
// several of one level share their components.
func (p *Page) tellApart(list []Harm) []Harm {
	var out []Harm
	for _, h := range list {
		same := func(o Harm) bool {
			return o.Level == h.Level && o.Episode == h.Episode && o.Where == h.Where && o.Start.Clock() == h.Start.Clock() && o.End.Clock() == h.End.Clock()
		}
		if at := slices.IndexFunc(out, same); at >= 0 {
			out[at].Refs = out[at].Refs.and(h.Refs)
			continue
		}
		out = append(out, h)
	}
	named := make([]Text, len(out))
	for i, h := range out {
		named[i] = h.Where
		for j, o := range out {
			if i != j && o.Level == h.Level && o.Episode == h.Episode && o.Where == h.Where && len(h.Refs.evidence) > 0 {
				if source := p.sourceOf(h.Refs.evidence[0]); source != "" {
					named[i] = withSource(h.Where, source)
				}
			}
		}
	}
	for i := range out {
		out[i].Where = named[i]
	}
	return out
}

func withSource(where Text, source string) Text {
	if where == "" || string(where) == source {
		return Text(source)
	}
	return where + Text(" ("+source+")")
}

func (p *Page) harm(e timeline.Episode) Harm {
	h := Harm{
		Level: "Main", Start: p.clockOf(e.Start), End: p.clockOf(e.End), Refs: p.ledger.refs(e.Evidence...),
	}
	if e.Level == timeline.LevelResidual {
		h.Level = "Residual"
	}
	if p.episodes() > 1 {
		h.Episode = e.N
	}
	if !e.End.IsZero() {
		h.For = Text(p.timeline.LastedText(e.Start, e.End))
	}
	if len(e.Evidence) == 0 {
		h.Refs = p.refsAt(h.Start, h.End)
	}
	return h
}

// episodes is the number of the last episode.
func (p *Page) episodes() int {
	n := 0
	for _, e := range p.timeline.Episodes {
		n = max(n, e.N)
	}
	return n
}

// clockOf is a moment with the precision of the milestone at that time, else
// with seconds only where it has some.
func (p *Page) clockOf(m time.Time) Moment {
	return p.calendar.moment(m, p.timeline.PrecisionAt(m))
}

// refsAt cites what the milestones at these times cite.
func (p *Page) refsAt(moments ...Moment) Refs {
	refs := p.ledger.refs()
	for _, m := range moments {
		for _, b := range p.timeline.Milestones {
			if b.Known() && m.Known() && b.Time.Equal(m.time) && len(b.Evidence) > 0 {
				refs = refs.and(p.ledger.refs(b.Evidence[0]))
				break
			}
		}
	}
	return refs
}

// Count is what a log counts of a stretch of errors.
type Count struct {
	Where      Text // component, else source
	Start, End Moment
	Failed     Text // "8,123"
	Total      Text // "20,456"; empty where records are no requests
	Share      Text // "39.7 %"; empty likewise
	Peak       Text // errors per minute at the worst
	Rate       Text // errors per minute on average
	Before     Text // errors per minute on ordinary days
	Refs       Refs
}

// Counts are the stretches of errors that the logs show, by component and time.
// The log is named where several tell of one component; rows that would show the
// same are one.
func (p *Page) Counts() []Count {
	var list []Count
	logs := map[string][]string{}
	for _, b := range p.timeline.Bursts {
		if !slices.Contains(logs[b.Component], b.Source) {
			logs[b.Component] = append(logs[b.Component], b.Source)
		}
	}
	for _, b := range p.timeline.Bursts {
		c := Count{
			Where: Text(b.Component), Start: p.clockOf(b.Start), End: p.clockOf(b.End),
			Failed: Text(thousands(b.Failed)), Share: Text(share(b.Failed, b.Total)),
			Peak: Text(rate(b.PeakRate)), Rate: Text(rate(b.Rate)), Before: Text(rate(b.BaselineRate)),
			Refs: p.ledger.refs(b.First, b.Last),
		}
		if c.Where == "" {
			c.Where = Text(b.Source)
		} else if len(logs[b.Component]) > 1 {
			c.Where = withSource(c.Where, b.Source)
		}
		if b.Total > 0 {
			c.Total = Text(thousands(b.Total))
		}
		if at := slices.IndexFunc(list, c.looksLike); at >= 0 {
			list[at].Refs = list[at].Refs.and(c.Refs)
			continue
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b Count) int {
		if a.Where != b.Where {
			if a.Where < b.Where {
				return -1
			}
			return 1
		}
		return a.Start.time.Compare(b.Start.time)
	})
	return list
}

// looksLike reports whether both would show as the same row.
func (c Count) looksLike(o Count) bool {
	return c.Where == o.Where && c.Start.Clock() == o.Start.Clock() && c.End.Clock() == o.End.Clock() && c.Failed == o.Failed &&
		c.Total == o.Total && c.Peak == o.Peak && c.Before == o.Before
}

// Figure is an impact that logs cannot count.
type Figure struct {
	What, Value, Scope, Who Text
	Refs                    Refs
}

// Figures are the impacts that pir.yaml gives.
func (p *Page) Figures() []Figure {
	var list []Figure
	for _, f := range p.timeline.Figures {
		list = append(list, Figure{short(f.Measure), short(f.Value), short(f.Scope), short(f.Source), p.ledger.refs(f.Evidence...)})
	}
	return list
}
