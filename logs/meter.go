package logs

import "sync"

// meter tells the progress of several readers: bytes that are done, of those
// that are to be read. What is done never goes back.
type meter struct {
	mu          sync.Mutex
	done, total int64
	out         func(done, total int64)
}

func newMeter(jobs []*job, out func(done, total int64)) *meter {
	m := &meter{out: out}
	for _, j := range jobs {
		if j.parser != nil {
			m.total += j.size
		}
	}
	return m
}

// less says that so many bytes need not be read.
func (m *meter) less(n int64) { m.more(-n) }

// more says that so many bytes have to be read as well.
func (m *meter) more(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total += n
}

// add says that so many bytes are done.
func (m *meter) add(n int64) {
	if m.out == nil || n == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += n
	m.out(min(m.done, m.total), m.total)
}

// tell takes what is new of the raw bytes. Calls of out do not overlap.
func (m *meter) tell(raw *rawReader) {
	fresh := raw.n - raw.told
	raw.told = raw.n
	m.add(fresh)
}
