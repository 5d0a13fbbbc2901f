package pattern

import (
	"fmt"
	"reflect"
	"testing"
)

func TestMiner(t *testing.T) {
	m := New(Options{})
	a := m.Add("error", []byte("job 5 failed"), 1)
	b := m.Add("error", []byte("job 17 failed"), 2)
	c := m.Add("info", []byte("job 17 failed"), 4)
	if a != b || a == c || a == OverflowKey {
		t.Errorf("keys %x, %x, %x: want the first two alike and the third not", a, b, c)
	}
	texts, hashes := m.Texts()
	want := []Text{{"job <num> failed", "error", 3, "job 5 failed"}, {"job <num> failed", "info", 4, "job 17 failed"}}
	if !reflect.DeepEqual(texts, want) || hashes[0] != a || hashes[1] != c {
		t.Errorf("got %+v %x", texts, hashes)
	}
}

func TestMinerIsBounded(t *testing.T) {
	m := New(Options{Max: 2})
	for i, w := range []string{"one", "two", "three", "one", "four"} {
		if k := m.Add("", []byte(w), 1); (k == OverflowKey) != (i == 2 || i == 4) {
			t.Errorf("%q got key %x", w, k)
		}
	}
	if texts, _ := m.Texts(); len(texts) != 2 || m.Lost() != 2 {
		t.Errorf("%d texts, %d lost, want 2 and 2", len(texts), m.Lost())
	}
}

// Parts added up are the whole, wherever the cuts lie.
func TestAbsorb(t *testing.T) {
	whole := New(Options{})
	parts := []*Miner{New(Options{}), New(Options{}), New(Options{})}
	for i := range 900 {
		msg := fmt.Appendf(nil, "%s %d took %dms", []string{"read", "write", "sync"}[i%7%3], i, i*3)
		whole.Add("k", msg, 1)
		parts[i*i%3].Add("k", msg, 1)
	}
	sum := New(Options{})
	for _, p := range parts {
		sum.Absorb(p)
	}
	a, ha := whole.Texts()
	b, hb := sum.Texts()
	for i := range a {
		a[i].Sample, b[i].Sample = "", ""
	}
	if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(ha, hb) || len(a) != 3 {
		t.Errorf("whole %+v\nparts %+v", a, b)
	}
}

// The hash is part of what is stored, so it must never change.
func TestHash(t *testing.T) {
	for in, want := range map[string]uint64{"": 0x188999f015d4f4b1, "a": 0xb2062dfc50b064ff, "job <num> failed": 0xa7b7ac3d9c14075d} {
		if got := Hash([]byte(in)); got != want {
			t.Errorf("Hash(%q) = %#x, want %#x", in, got, want)
		}
	}
	seen := map[uint64]string{}
	for i := range 200000 {
		s := fmt.Sprintf("text %d of %d", i%1000, i)
		h := Hash([]byte(s))
		if other, ok := seen[h]; ok {
			t.Fatalf("%q and %q have one hash", s, other)
		}
		seen[h] = s
	}
}
