package pattern

import (
	"cmp"
	"slices"
)

// Miner counts messages by their masked text, in bounded memory. It is not
// safe for use by several goroutines, but for Mask: give each worker its own
// and add them up in a fixed order with Absorb.
type Miner struct {
	opt   Options
	class *[256]uint8
	place map[uint64]int // of a hash in texts
	texts []entry
	lost  int64
	buf   []byte
}

type entry struct {
	Text
	hash uint64
}

// OverflowKey is what Add returns for a text that found no room.
const OverflowKey uint64 = 0

// maxSample is how much of a message is kept to be shown.
const maxSample = 512

// New returns an empty miner.
func New(opt Options) *Miner {
	return &Miner{opt: opt.withDefaults(), class: classes(), place: map[uint64]int{}}
}

// Add counts n messages like msg under key and returns the hash of key and
// masked text, or OverflowKey when the miner is full and the text is new. It
// does not allocate for a text that it knows.
func (m *Miner) Add(key string, msg []byte, n int64) uint64 {
	m.buf = m.Mask(m.buf[:0], msg)
	return m.add(key, m.buf, msg, n)
}

// AddMasked is Add for a message that was masked already.
func (m *Miner) AddMasked(key string, masked, msg []byte, n int64) uint64 {
	return m.add(key, masked, msg, n)
}

func (m *Miner) add(key string, masked, msg []byte, n int64) uint64 {
	h := sum(Hash(masked), []byte(key))
	for {
		i, known := m.place[h]
		if !known {
			break
		}
		if e := &m.texts[i]; e.Key == key && e.Masked == string(masked) {
			e.Count += n
			return h
		}
		// Another text with this hash: the next number is as good.
		if h++; h == OverflowKey {
			h++
		}
	}
	if len(m.texts) >= m.opt.Max {
		m.lost += n
		return OverflowKey
	}
	m.place[h] = len(m.texts)
	m.texts = append(m.texts, entry{Text{string(masked), key, n, string(msg[:min(len(msg), maxSample)])}, h})
	return h
}

// Texts returns what was counted, sorted by key and masked text, and the hash
// of each. Messages that found no room are not among them: see Lost.
func (m *Miner) Texts() ([]Text, []uint64) {
	sorted := m.sorted()
	texts, hashes := make([]Text, len(sorted)), make([]uint64, len(sorted))
	for i, e := range sorted {
		texts[i], hashes[i] = e.Text, e.hash
	}
	return texts, hashes
}

func (m *Miner) sorted() []entry {
	sorted := slices.Clone(m.texts)
	slices.SortFunc(sorted, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Masked, b.Masked))
	})
	return sorted
}

// Lost returns how many messages found no room.
func (m *Miner) Lost() int64 { return m.lost }

// Absorb adds what o counted to m, as far as there is room, in the sorted
// order of o's texts. The sample of a text is that of the miner that had it
// first.
func (m *Miner) Absorb(o *Miner) {
	for _, e := range o.sorted() {
		m.add(e.Key, []byte(e.Masked), []byte(e.Sample), e.Count)
	}
	m.lost += o.lost
}
