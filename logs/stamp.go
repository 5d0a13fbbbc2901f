package logs

import (
	"cmp"
	"slices"

	"pir/internal/when"
)

// stamps reads the times of one file: the layouts that its beginning shows,
// the commonest first, and then all others. The order is settled once, so that
// a line reads the same wherever it stands.
type stamps struct {
	order []when.Layout
	days  dayOrder
}

// settleStamps ranks the layouts by how many of the sample values they read.
func settleStamps(samples [][]byte) *stamps {
	order := datedLayouts()
	hits := make(map[string]int, len(order))
	for _, s := range samples {
		for i := range order {
			if _, ok := readWhole(&order[i], s); ok {
				hits[order[i].Name]++
			}
		}
	}
	slices.SortStableFunc(order, func(a, b when.Layout) int { return cmp.Compare(hits[b.Name], hits[a.Name]) })
	st := &stamps{}
	for _, l := range order {
		i := slices.IndexFunc(st.order, func(o when.Layout) bool { return o.Shape != "" && o.Shape == l.Shape })
		switch {
		case i < 0:
			st.order = append(st.order, l)
		case hits[l.Name] == hits[st.order[i].Name] && hits[l.Name] > 0:
			c := compareOrder(&l, &st.order[i], samples)
			switch {
			case c < 0:
				st.order[i], st.days.layouts = l, nil
			case c == 0 && len(st.days.layouts) == 0:
				st.days.layouts = []when.Layout{st.order[i], l}
			case c == 0:
				st.days.layouts = append(st.days.layouts, l)
			}
		}
	}
	for i := range st.order {
		st.days.bind(&st.order[i])
	}
	return st
}

// compareOrder settles between two layouts that read all the texts: that which
// sees fewer steps back in time is right. It is below zero for a.
func compareOrder(a, b *when.Layout, texts [][]byte) int {
	return cmp.Compare(stepsBack(a, texts), stepsBack(b, texts))
}

// stepsBack counts how often a day is before the one above it, by l.
func stepsBack(l *when.Layout, texts [][]byte) int {
	n, last := 0, 0
	for _, t := range texts {
		f, _, ok := readPrefix(l, t)
		if !ok {
			continue
		}
		day := (f.Year*16+f.Month)*32 + f.Day
		if day < last {
			n++
		}
		last = day
	}
	return n
}

// datedLayouts are the layouts that have a date: a clock alone dates nothing.
func datedLayouts() []when.Layout {
	return slices.DeleteFunc(when.Layouts(), func(l when.Layout) bool { return !l.HasDate })
}

// latestStamp is the text of the time read last, with enough of what stands
// behind it that the same text is the same time, and what it was read as. Many
// records of a busy log are of one second.
type latestStamp struct {
	text [48]byte
	n    uint8 // of text; 0 is none
	time when.Fields
}

// again gives the length of the text where b begins with it, else 0.
func (s *latestStamp) again(b []byte) int {
	n := int(s.n)
	if n > len(b) || string(s.text[:n]) != string(b[:n]) {
		return 0
	}
	return n
}

// keep remembers a text.
func (s *latestStamp) keep(text []byte, f *when.Fields) {
	if s.n = 0; len(text) <= len(s.text) {
		s.n, s.time = uint8(copy(s.text[:], text)), *f
	}
}

// dayTeller is a Parser that found the date of the file's clocks in its head; a
// zero month says that it found none.
type dayTeller interface{ day() civil }

// value reads a value that is a time and nothing else.
func (s *stamps) value(b []byte) (f when.Fields, ok bool) {
	for i := range s.order {
		if f, ok = readWhole(&s.order[i], b); ok {
			return f, true
		}
	}
	return when.Fields{}, false
}

// read counts the values that are times.
func (s *stamps) read(values [][]byte) int {
	n := 0
	for _, v := range values {
		if _, ok := s.value(v); ok {
			n++
		}
	}
	return n
}

// prefix reads the time that b begins with.
func (s *stamps) prefix(b []byte) (f when.Fields, n int, ok bool) {
	for i := range s.order {
		if f, n, ok = readPrefix(&s.order[i], b); ok {
			return f, n, true
		}
	}
	return when.Fields{}, 0, false
}

// readWhole reads b with a layout. Behind the time there may be a remark in
// brackets or behind a blank, such as the monotonic clock of Go.
func readWhole(l *when.Layout, b []byte) (when.Fields, bool) {
	f, n, ok := l.Parse(b)
	if !ok || n < len(b) && b[n] != ' ' && b[n] != '[' {
		return f, false
	}
	return f, true
}

// readPrefix reads the start of b with a layout. A word must end where the
// time ends.
func readPrefix(l *when.Layout, b []byte) (when.Fields, int, bool) {
	f, n, ok := l.Parse(b)
	if !ok || n < len(b) && isAlnum(b[n]) {
		return f, 0, false
	}
	return f, n, true
}
