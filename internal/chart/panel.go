package chart

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pir/timeline"
)

// A picture has at most this many panels; the others are named in a note.
const mostPanels = 6

// mostSteps is how many steps a panel keeps. Finer series are added up.
const mostSteps = 1 << 17

// panel is what one source counted of one component.
type panel struct {
	source, component string
	step              time.Duration
	start             time.Time // of counts[0]
	counts            []int64
	known             []bool // whether a log has records there
	total, most       int64
	peak              time.Time
	bursts            []timeline.Burst
}

// name is how a reader knows the panel.
func (p *panel) name() string {
	s := plain(p.source)
	if c := plain(p.component); c != "" && c != s {
		s += " · " + c
	}
	return s
}

// usable reports whether a series can be placed: those that were read back from
// a file may hold anything.
func usable(s *timeline.Series) bool {
	return s.Step > 0 && s.Step <= 366*24*time.Hour && !s.Start.IsZero() && len(s.Counts) > 0
}

// panelsOf are the panels of a window with errors, the most errors first, and
// those whose logs have none there.
func panelsOf(t *timeline.Timeline, w window) (failing, clean []panel) {
	if !w.known() {
		return nil, nil
	}
	var list []*panel
	of := map[[2]string]*panel{}
	for i := range t.Series {
		s := &t.Series[i]
		if !usable(s) {
			continue
		}
		key := [2]string{s.Source, s.Component}
		if of[key] == nil {
			of[key] = &panel{source: s.Source, component: s.Component}
			list = append(list, of[key])
		}
		of[key].step = max(of[key].step, s.Step)
	}
	for _, p := range list {
		p.fill(t, w)
		switch {
		case p.total > 0:
			failing = append(failing, *p)
		case slices.Contains(p.known, true):
			clean = append(clean, *p)
		}
	}
	order := func(a, b panel) int {
		return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(a.source, b.source), cmp.Compare(a.component, b.component))
	}
	slices.SortFunc(failing, order)
	slices.SortFunc(clean, order)
	return failing, clean
}

// fill counts the steps of the window.
func (p *panel) fill(t *timeline.Timeline, w window) {
	for w.seconds()/mostSteps > int64(p.step/time.Second) {
		p.step *= 10 // a window of centuries
	}
	p.start = w.from.Truncate(p.step)
	n := min(int64(w.to.Sub(p.start)/p.step)+1, mostSteps)
	p.counts, p.known = make([]int64, n), make([]bool, n)
	for i := range t.Series {
		if s := &t.Series[i]; usable(s) && s.Source == p.source && s.Component == p.component {
			p.add(s)
		}
	}
	for i, c := range p.counts {
		p.total = sum(p.total, c)
		if c > p.most {
			p.most, p.peak = c, p.at(i)
		}
	}
	for _, b := range t.Bursts {
		if b.Source == p.source && b.Component == p.component && !b.Start.IsZero() {
			p.bursts = append(p.bursts, b)
		}
	}
	slices.SortStableFunc(p.bursts, func(a, b timeline.Burst) int { return a.Start.Compare(b.Start) })
}

// add takes a series in. Each of its steps counts where its start is.
func (p *panel) add(s *timeline.Series) {
	first := 0
	if ahead := p.start.Sub(s.Start); ahead > 0 {
		first = int(min(int64(ahead/s.Step), int64(len(s.Counts))))
	}
	for i := first; i < len(s.Counts) && int64(i) < math.MaxInt64/int64(s.Step); i++ {
		at := s.Start.Add(time.Duration(i) * s.Step)
		if at.Before(p.start) {
			continue
		}
		k := int64(at.Sub(p.start) / p.step)
		if k >= int64(len(p.counts)) {
			return
		}
		p.known[k] = true
		if s.Level == "error" && s.Counts[i] > 0 {
			p.counts[k] = sum(p.counts[k], s.Counts[i])
		}
	}
}

// at is where a step begins.
func (p *panel) at(i int) time.Time { return p.start.Add(time.Duration(i) * p.step) }

// sum adds what is not negative, and stays at the largest number.
func sum(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// column is what one stretch of the picture shows: the lowest and the highest
// step of those that begin in it or cover it. Where no step is known, neither
// are they.
type column struct {
	x, end    int
	low, high int64
	known     bool
}

// columns are the steps of a panel on a line of n units: one for each step where
// there is room, else one for each unit of a pixel, with its lowest and highest.
func (p *panel) columns(w window, n int) []column {
	var list []column
	for i := range p.counts {
		x, end := w.place(p.at(i), n), w.place(p.at(i+1), n)
		if end <= x && p.step > 0 && x >= n {
			break
		}
		if len(p.counts) > n/10 { // finer than a pixel
			x -= x % 10
			end = min(x+10, n)
		}
		c := column{x, end, p.counts[i], p.counts[i], p.known[i]}
		if k := len(list) - 1; k >= 0 && list[k].x == x {
			list[k] = bothOf(list[k], c)
			continue
		}
		list = append(list, c)
	}
	return list
}

// bothOf joins two steps of one column: what is known of either.
func bothOf(a, b column) column {
	switch {
	case !b.known:
		return a
	case !a.known:
		return b
	}
	a.low, a.high = min(a.low, b.low), max(a.high, b.high)
	return a
}

// runs are the stretches of columns of which something is known, or nothing.
func runs(list []column, known bool) [][]column {
	var out [][]column
	for i := 0; i < len(list); {
		n := i
		for n < len(list) && list[n].known == list[i].known {
			n++
		}
		if list[i].known == known {
			out = append(out, list[i:n])
		}
		i = n
	}
	return out
}

// per is the step of a panel in words: "minute", "10 seconds".
func (p *panel) per() string {
	for _, u := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if p.step >= u.length && p.step%u.length == 0 {
			if p.step == u.length {
				return u.name
			}
			return counted(int64(p.step/u.length), u.name, u.name+"s")
		}
	}
	return p.step.String()
}
