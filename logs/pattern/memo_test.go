package pattern

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// remember feeds messages to a Memo and reports how many it knew. What it says
// must be what masking says.
func remember(t *testing.T, m *Miner, messages [][]byte) (found int) {
	t.Helper()
	memo := NewMemo(m)
	for _, msg := range messages {
		masked := m.Mask(nil, msg)
		if got, ok := memo.Find(msg); ok {
			found++
			if got != Hash(masked) {
				t.Fatalf("%q: taken for another text than %q", msg, masked)
			}
		}
		memo.Learn(msg, Hash(masked))
	}
	return found
}

// TestMemo wants messages of some shapes to be known again, and those with a
// quote not: what it closes may be far behind.
func TestMemo(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var plain, quoted [][]byte
	for n := range 400 {
		table := []string{"orders", "items", "sessions"}[n%3]
		plain = append(plain,
			fmt.Appendf(nil, "duration: %d.%03d ms  statement: SELECT * FROM %s WHERE id = %d", rng.IntN(90), rng.IntN(1000), table, rng.IntN(1e6)),
			fmt.Appendf(nil, "GET /api/%s/%d", table, rng.IntN(1e6)),
			fmt.Appendf(nil, "took %dms at 10.0.0.%d:%d.", rng.IntN(900), rng.IntN(250), 1000+rng.IntN(9000)))
		quoted = append(quoted, fmt.Appendf(nil, "key %q of %d", table, n))
	}
	if found := remember(t, New(Options{}), plain); found < len(plain)-20 {
		t.Errorf("%d of %d messages were known again", found, len(plain))
	}
	if found := remember(t, New(Options{}), quoted); found != 0 {
		t.Errorf("%d messages with quotes were known again", found)
	}
}

// TestMemoBounds fills a Memo with shapes: it keeps a bounded number.
func TestMemoBounds(t *testing.T) {
	m := New(Options{})
	memo := NewMemo(m)
	for n := range 5000 {
		msg := []byte(strings.Repeat(string(rune('g'+n%20)), 1+n/20) + " 1")
		memo.Learn(msg, Hash(m.Mask(nil, msg)))
	}
	if memo.nodes > maxMemoNodes || len(memo.root.branches) > maxMemoBranches {
		t.Errorf("%d nodes, %d branches", memo.nodes, len(memo.root.branches))
	}
}

// FuzzMemo takes lines as messages: what is known again has the hash of its
// masked text.
func FuzzMemo(f *testing.F) {
	for _, s := range mixed {
		f.Add([]byte(s + "\n" + s + "0\n" + strings.ReplaceAll(s, "1", "22") + "\n"))
	}
	f.Add([]byte("a 1: b\na 12:34 b\na 1.. b\na 1. b\na 1.\na 1\n\x1b[1ma 1\na\t1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := New(Options{MaxTokens: 12, MaxBytes: 96})
		lines := bytes.Split(data, []byte("\n"))
		remember(t, m, append(lines, lines...))
	})
}
