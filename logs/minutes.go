package logs

// maxBins is how many bins minutes keeps.
const maxBins = 1024

// minutes counts per minute in bounded memory: when the span grows beyond
// maxBins bins, the bins double in width. The result depends on what was added
// alone, not on the order: the width is the least power of two of minutes for
// which the span fits.
type minutes struct {
	shift uint    // bins are 1<<shift minutes wide
	start int64   // number of the first bin
	bins  []int64 // counts
}

// add counts n at a minute since 1970.
func (m *minutes) add(minute, n int64) {
	if len(m.bins) == 0 {
		m.start, m.bins = minute, append(m.bins, n)
		return
	}
	for {
		bin := minute >> m.shift
		if at := bin - m.start; at >= 0 && at < int64(len(m.bins)) {
			m.bins[at] += n
			return
		}
		first := min(m.start, bin)
		last := max(m.start+int64(len(m.bins))-1, bin)
		if last-first < maxBins {
			m.widen(first, last)
			continue
		}
		m.halve()
	}
}

// widen makes the bins cover first to last.
func (m *minutes) widen(first, last int64) {
	if first < m.start {
		bins := make([]int64, last-first+1)
		copy(bins[m.start-first:], m.bins)
		m.start, m.bins = first, bins
		return
	}
	for int64(len(m.bins)) < last-first+1 {
		m.bins = append(m.bins, 0)
	}
}

// halve doubles the width of the bins.
func (m *minutes) halve() {
	start := m.start >> 1
	bins := m.bins[:0:0]
	for i, n := range m.bins {
		at := (m.start+int64(i))>>1 - start
		if at == int64(len(bins)) {
			bins = append(bins, 0)
		}
		bins[at] += n
	}
	m.shift, m.start, m.bins = m.shift+1, start, bins
}

// absorb adds what o counted.
func (m *minutes) absorb(o *minutes) {
	for o.shift > m.shift && len(m.bins) > 0 {
		m.halve()
	}
	for i, n := range o.bins {
		if n == 0 {
			continue
		}
		minute := (o.start + int64(i)) << o.shift
		if len(m.bins) == 0 {
			m.shift, m.start, m.bins = o.shift, minute>>o.shift, append(m.bins, n)
			continue
		}
		m.add(minute, n)
	}
}

// between sums the bins that begin in from <= minute < to.
func (m *minutes) between(from, to int64) int64 {
	var sum int64
	for i, n := range m.bins {
		if minute := (m.start + int64(i)) << m.shift; minute >= from && minute < to {
			sum += n
		}
	}
	return sum
}

// peak gives the first minute of the fullest bin, the earliest on a tie.
func (m *minutes) peak() int64 {
	best, at := int64(-1), int64(0)
	for i, n := range m.bins {
		if n > best {
			best, at = n, (m.start+int64(i))<<m.shift
		}
	}
	return at
}
