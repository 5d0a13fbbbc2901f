package logs

import (
	"cmp"
	"slices"
)

// maxBins is how many bins the minutes of one text may have: as many as half a
// year has minutes. What all texts of a tally have together is bound by limits.
const maxBins = 1 << 18

// minutes counts per minute in bounded memory: bins without a count take no
// room, and where there are too many bins they double in width. The result
// depends on what was added alone, not on the order: the width is the least
// power of two of minutes for which there are few enough.
type minutes struct {
	shift uint // bins are 1<<shift minutes wide
	bins  []bin
}

// bin is a stretch of minutes with a count. Bins are in order of time.
type bin struct {
	at int32 // its number: minutes since 1970 >> shift
	n  uint32
}

// add counts n at a minute since 1970.
func (m *minutes) add(minute int64, n uint32) {
	at := int32(minute >> m.shift)
	last := len(m.bins) - 1
	switch {
	case last >= 0 && m.bins[last].at == at:
		m.bins[last].n += n
		return
	case last < 0 || m.bins[last].at < at:
		m.bins = append(m.bins, bin{at, n})
	default:
		i, found := slices.BinarySearchFunc(m.bins, at, func(b bin, at int32) int { return cmp.Compare(b.at, at) })
		if found {
			m.bins[i].n += n
			return
		}
		m.bins = slices.Insert(m.bins, i, bin{at, n})
	}
	m.hold(maxBins)
}

// hold makes the bins wider until there are no more than most.
func (m *minutes) hold(most int) {
	for len(m.bins) > most {
		m.halve()
	}
}

// halve doubles the width of the bins.
func (m *minutes) halve() {
	m.shift++
	kept := m.bins[:0]
	for _, b := range m.bins {
		b.at >>= 1
		if n := len(kept); n > 0 && kept[n-1].at == b.at {
			kept[n-1].n += b.n
		} else {
			kept = append(kept, b)
		}
	}
	m.bins = kept
}

// absorb adds what o counted. o is not used any more.
func (m *minutes) absorb(o *minutes) {
	for o.shift < m.shift {
		o.halve()
	}
	for m.shift < o.shift {
		m.halve()
	}
	switch {
	case len(o.bins) == 0:
		return
	case len(m.bins) == 0:
		m.bins = o.bins
		return
	}
	// Most often o is what comes next.
	from, _ := slices.BinarySearchFunc(m.bins, o.bins[0].at, func(b bin, at int32) int { return cmp.Compare(b.at, at) })
	if from == len(m.bins) {
		m.bins = append(m.bins, o.bins...)
	} else {
		tail := slices.Clone(m.bins[from:])
		m.bins = m.bins[:from]
		for len(tail) > 0 || len(o.bins) > 0 {
			switch {
			case len(o.bins) == 0 || len(tail) > 0 && tail[0].at < o.bins[0].at:
				m.bins, tail = append(m.bins, tail[0]), tail[1:]
			case len(tail) == 0 || o.bins[0].at < tail[0].at:
				m.bins, o.bins = append(m.bins, o.bins[0]), o.bins[1:]
			default:
				m.bins = append(m.bins, bin{tail[0].at, tail[0].n + o.bins[0].n})
				tail, o.bins = tail[1:], o.bins[1:]
			}
		}
	}
	m.hold(maxBins)
}

// between sums what was counted in from <= minute < to. A wide bin that lies
// there in part counts for its share; the sum is then no exact one.
func (m *minutes) between(from, to int64) (sum int64, exact bool) {
	exact = true
	width := int64(1) << m.shift
	for _, b := range m.bins {
		start := int64(b.at) << m.shift
		switch inside := min(start+width, to) - max(start, from); {
		case inside == width:
			sum += int64(b.n)
		case inside > 0:
			sum += (int64(b.n)*inside + width/2) / width
			exact = false
		}
	}
	return sum, exact
}

// peak gives the first minute of the fullest bin, the earliest on a tie.
func (m *minutes) peak() int64 {
	var best bin
	for _, b := range m.bins {
		if b.n > best.n {
			best = b
		}
	}
	return int64(best.at) << m.shift
}
