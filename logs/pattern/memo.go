package pattern

// Memo knows messages again by their shape, without masking them: what does
// not vary is compared, and only the words that do are looked at. It answers as
// Mask and Hash would, or not at all. It serves one goroutine.
type Memo struct {
	miner *Miner
	root  memoNode
	nodes int
}

// The bounds of a Memo: nodes of all shapes, and branches of one node.
const (
	maxMemoNodes    = 1024
	maxMemoBranches = 48
)

// memoNode is a place between two words of the shapes that begin alike.
type memoNode struct{ branches []memoBranch }

// memoBranch is a text that does not vary, and the placeholder of the word
// behind it. Without a placeholder the message ends there.
type memoBranch struct {
	fixed string
	place string
	next  *memoNode
	hash  uint64 // of the masked text, where it ends
}

// NewMemo makes an empty Memo of messages that m masks.
func NewMemo(m *Miner) *Memo { return &Memo{miner: m} }

// Find gives the hash of the masked text of a message.
func (o *Memo) Find(msg []byte) (hash uint64, ok bool) {
	if len(msg) > o.miner.opt.MaxBytes {
		return 0, false
	}
	for node := &o.root; ; {
		b, n := node.follow(o.miner, msg)
		if b == nil {
			return 0, false
		}
		if b.next == nil {
			return b.hash, true
		}
		node, msg = b.next, msg[n:]
	}
}

// follow gives the branch that msg takes, and its length. The branch moves one
// place forward: the common ones are tried first.
func (n *memoNode) follow(m *Miner, msg []byte) (*memoBranch, int) {
	for i := range n.branches {
		b := &n.branches[i]
		if len(msg) < len(b.fixed) || string(msg[:len(b.fixed)]) != b.fixed {
			continue
		}
		end := len(b.fixed)
		if b.next != nil {
			word, place := m.variable(msg[end:])
			if word == 0 || place != b.place {
				continue
			}
			end += word
		} else if end < len(msg) {
			continue
		}
		if i > 0 {
			n.branches[i-1], n.branches[i] = n.branches[i], n.branches[i-1]
			b = &n.branches[i-1]
		}
		return b, end
	}
	return nil, 0
}

// variable gives the length and the placeholder of the word that s begins with;
// 0 says that none is there, or one that does not vary.
func (m *Miner) variable(s []byte) (int, string) {
	if len(s) == 0 || m.class[s[0]]&(breaks|space) != 0 {
		return 0, ""
	}
	n, seen := m.measure(s)
	if seen&(digit|at) == 0 {
		return 0, ""
	}
	return n, placeholder(s[:n], seen)
}

// Learn takes a message whose masked text has that hash. What Mask cuts, and
// what has quotes or escapes in it, is not learned: there a word may depend on
// what stands far behind it.
func (o *Memo) Learn(msg []byte, hash uint64) {
	m := o.miner
	if len(msg) > m.opt.MaxBytes {
		return
	}
	spaces := 0
	for _, b := range msg {
		c := m.class[b]
		if c&quote != 0 || b == 0x1b {
			return
		}
		if c&space != 0 {
			spaces++
		}
	}
	if spaces >= m.opt.MaxTokens {
		return
	}
	node, start := &o.root, 0
	for i := 0; i < len(msg); {
		if m.class[msg[i]]&(breaks|space) != 0 {
			i++
			continue
		}
		n, seen := m.measure(msg[i:])
		if seen&(digit|at) != 0 {
			node = o.branch(node, string(msg[start:i]), placeholder(msg[i:i+n], seen))
			if node == nil {
				return
			}
			start = i + n
		}
		i += n
	}
	o.end(node, string(msg[start:]), hash)
}

// branch gives the node behind a text and a placeholder; nil when there is no
// room.
func (o *Memo) branch(n *memoNode, fixed, place string) *memoNode {
	for i := range n.branches {
		if b := &n.branches[i]; b.next != nil && b.fixed == fixed && b.place == place {
			return b.next
		}
	}
	if o.full(n) {
		return nil
	}
	next := &memoNode{}
	n.branches = append(n.branches, memoBranch{fixed: fixed, place: place, next: next})
	return next
}

// end says that a message ends behind a text.
func (o *Memo) end(n *memoNode, fixed string, hash uint64) {
	for i := range n.branches {
		if b := &n.branches[i]; b.next == nil && b.fixed == fixed {
			return
		}
	}
	if !o.full(n) {
		n.branches = append(n.branches, memoBranch{fixed: fixed, hash: hash})
	}
}

// full reports whether a node can have no more branches; else it counts one.
func (o *Memo) full(n *memoNode) bool {
	if o.nodes >= maxMemoNodes || len(n.branches) >= maxMemoBranches {
		return true
	}
	o.nodes++
	return false
}
