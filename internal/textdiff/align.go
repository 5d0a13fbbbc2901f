package textdiff

import (
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Match is a run that both lists hold: a[A:A+N] equals b[B:B+N].
type Match struct{ A, B, N int }

// Align finds what two lists have in common, in order. The matches ascend on
// both sides and do not touch. It reports whether the bound of work was met, in
// which case there may be more in common than it tells. Swapping the lists
// mirrors the matches.
func Align(a, b []string) (matches []Match, coarse bool) {
	if slices.Compare(a, b) > 0 {
		matches, coarse = Align(b, a)
		for i, m := range matches {
			matches[i] = Match{m.B, m.A, m.N}
		}
		return matches, coarse
	}
	ids := map[string]int32{}
	w := newWork()
	w.align(number(ids, a), number(ids, b), 0, 0, 0)
	return joined(w.found), w.coarse
}

// number gives equal texts equal numbers.
func number(ids map[string]int32, list []string) []int32 {
	out := make([]int32, len(list))
	for i, s := range list {
		id, seen := ids[s]
		if !seen {
			id = int32(len(ids))
			ids[s] = id
		}
		out[i] = id
	}
	return out
}

// The bounds of work, in pairs of items. They are counted, so that the result is
// the same on every machine.
const (
	maxPiece  = 1 << 22 // of one piece that goes to go-diff whole
	maxWork   = 1 << 27 // of all pieces of a comparison
	maxAnchor = 24      // how often a piece is divided again
)

// work is one alignment.
type work struct {
	found  []Match
	left   int
	coarse bool
}

func newWork() *work { return &work{left: maxWork} }

// place is an item with its place in the whole list.
type place struct {
	id int32
	at int
}

// align matches two lists that begin at a0 and b0 of the whole ones.
func (w *work) align(a, b []int32, a0, b0, depth int) {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	w.match(a0, b0, n)
	a, b, a0, b0 = a[n:], b[n:], a0+n, b0+n
	n = 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	tail := Match{a0 + len(a) - n, b0 + len(b) - n, n}
	a, b = a[:len(a)-n], b[:len(b)-n]
	if len(a) > 0 && len(b) > 0 {
		w.middle(a, b, a0, b0, depth)
	}
	w.match(tail.A, tail.B, tail.N)
}

func (w *work) match(a, b, n int) {
	if n > 0 {
		w.found = append(w.found, Match{a, b, n})
	}
}

// middle matches what begins and ends differently. Items that only one side has
// cannot match and are left out first, which is most of two unrelated texts.
func (w *work) middle(a, b []int32, a0, b0, depth int) {
	ca, cb := shared(a, b)
	if len(ca) == 0 || len(cb) == 0 {
		return
	}
	size := len(ca) * len(cb)
	if size <= maxPiece && size <= w.left {
		w.left -= size
		w.whole(ca, cb, a0, b0)
		return
	}
	anchors := ascending(unique(ca, cb))
	if len(anchors) == 0 || depth == maxAnchor {
		w.coarse = true
		return
	}
	pa, pb := 0, 0
	for _, m := range anchors {
		w.align(a[pa:m.A], b[pb:m.B], a0+pa, b0+pb, depth+1)
		w.match(a0+m.A, b0+m.B, 1)
		pa, pb = m.A+1, m.B+1
	}
	w.align(a[pa:], b[pb:], a0+pa, b0+pb, depth+1)
}

// shared gives the items of either list that the other has too.
func shared(a, b []int32) (ca, cb []place) {
	in := map[int32]int8{}
	for _, id := range a {
		in[id] |= 1
	}
	for _, id := range b {
		in[id] |= 2
	}
	pick := func(list []int32) (out []place) {
		for i, id := range list {
			if in[id] == 3 {
				out = append(out, place{id, i})
			}
		}
		return out
	}
	return pick(a), pick(b)
}

// whole lets go-diff match two lists. Their numbers become runes: without
// surrogates and U+FFFD, which would not survive being text.
func (w *work) whole(a, b []place, a0, b0 int) {
	runes := map[int32]rune{}
	next := rune(1)
	text := func(list []place) []rune {
		out := make([]rune, len(list))
		for i, p := range list {
			r, seen := runes[p.id]
			if !seen {
				r, next = next, next+1
				switch next {
				case 0xD800:
					next = 0xE000
				case utf8.RuneError:
					next++
				}
				runes[p.id] = r
			}
			out[i] = r
		}
		return out
	}
	ra, rb := text(a), text(b)
	dmp := diffmatchpatch.DiffMatchPatch{DiffEditCost: 4} // no timeout: the clock decides nothing
	i, j := 0, 0
	for _, d := range dmp.DiffMainRunes(ra, rb, false) {
		n := utf8.RuneCountInString(d.Text)
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			i += n
		case diffmatchpatch.DiffInsert:
			j += n
		default:
			for range n {
				w.match(a0+a[i].at, b0+b[j].at, 1)
				i, j = i+1, j+1
			}
		}
	}
}

// unique gives the pairs of items that stand once on either side, in the order
// of a.
func unique(a, b []place) []Match {
	type seen struct{ na, nb, b int }
	all := map[int32]*seen{}
	for _, p := range a {
		if all[p.id] == nil {
			all[p.id] = &seen{}
		}
		all[p.id].na++
	}
	for _, p := range b {
		if s := all[p.id]; s != nil {
			s.nb++
			s.b = p.at
		}
	}
	var out []Match
	for _, p := range a {
		if s := all[p.id]; s.na == 1 && s.nb == 1 {
			out = append(out, Match{p.at, s.b, 1})
		}
	}
	return out
}

// ascending gives the longest part of the pairs that ascends on the other side
// too; the pairs ascend in A.
func ascending(pairs []Match) []Match {
	if len(pairs) == 0 {
		return nil
	}
	list := make([]int, len(pairs))
	for i, p := range pairs {
		list[i] = p.B
	}
	var out []Match
	for _, i := range Ascending(list) {
		out = append(out, pairs[i])
	}
	return out
}

// Ascending gives the indexes of the longest strictly ascending part of a list;
// of several the one whose values are smallest.
func Ascending(list []int) []int {
	var tops []int // index of the smallest end of a run of each length
	before := make([]int, len(list))
	for i, v := range list {
		n := sort.Search(len(tops), func(k int) bool { return list[tops[k]] >= v })
		before[i] = -1
		if n > 0 {
			before[i] = tops[n-1]
		}
		if n == len(tops) {
			tops = append(tops, i)
		} else {
			tops[n] = i
		}
	}
	if len(tops) == 0 {
		return nil
	}
	out := make([]int, len(tops))
	for i, at := len(tops)-1, tops[len(tops)-1]; i >= 0; i, at = i-1, before[at] {
		out[i] = at
	}
	return out
}

// joined makes runs of matches that touch on both sides.
func joined(list []Match) []Match {
	var out []Match
	for _, m := range list {
		if n := len(out); n > 0 && out[n-1].A+out[n-1].N == m.A && out[n-1].B+out[n-1].N == m.B {
			out[n-1].N += m.N
			continue
		}
		out = append(out, m)
	}
	return out
}
