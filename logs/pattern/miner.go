package pattern

// Miner counts messages by their masked text, in bounded memory. It is not
// safe for use by several goroutines: give each worker its own and add their
// Texts up. Mask alone may be called from several goroutines.
type Miner struct {
	opt Options
}

// OverflowKey is what Add returns for a text that found no room.
const OverflowKey uint64 = 0

// New returns an empty miner.
func New(opt Options) *Miner { return &Miner{opt: opt} }

// Mask appends to dst the message with its variable parts replaced by
// placeholders and its white space collapsed. It never allocates when dst has
// room for it, and never reads more than Options.MaxBytes of the message.
func (m *Miner) Mask(dst, msg []byte) []byte { return append(dst, msg...) }

// Hash returns a hash of a masked text, the same on every machine and never
// OverflowKey.
func Hash(masked []byte) uint64 { return 1 }

// Add counts n messages like msg under key and returns the hash of key and
// masked text, or OverflowKey when the miner is full and the text is new.
func (m *Miner) Add(key string, msg []byte, n int64) uint64 { return OverflowKey }

// Texts returns what was counted, sorted by key and masked text, and the hash
// of each. Messages that found no room are not among them: see Lost.
func (m *Miner) Texts() ([]Text, []uint64) { return nil, nil }

// Lost returns how many messages found no room.
func (m *Miner) Lost() int64 { return 0 }

// Absorb adds what o counted to m, as far as there is room, in the sorted
// order of o's texts.
func (m *Miner) Absorb(o *Miner) {}
