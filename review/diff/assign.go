package diff

import (
	"cmp"
	"slices"

	"pir/internal/textdiff"
)

// pairing is a partner found for something of the old review.
type pairing struct{ a, b, score int }

// The bounds of pairing by likeness.
const (
	allPairs  = 90_000 // pairs up to which each is looked at
	maxShared = 40     // of more: how many hold a word at most for it to point at partners
	maxBlock  = 160    // members up to which the best assignment is found
)

// assign pairs what is left of two lists so that the sum of the scores is the
// greatest. Pairs with a score below the threshold are none. Where there are
// many, words that few share point at likely partners; what hangs together is
// assigned as a whole, in blocks that are bounded. It reports whether a block
// was larger than that, in which case its best pairs were taken first.
func (c *comparison) assign(bagsA, bagsB []textdiff.Bag, threshold int, score func(a, b int) int) (out []pairing, coarse bool) {
	var edges []pairing
	candidates := likely(bagsA, bagsB, c.pairsLeft)
	if candidates == nil && len(bagsA)*len(bagsB) > c.pairsLeft {
		return nil, true
	}
	c.pairsLeft -= len(candidates)
	for _, e := range candidates {
		if e.score = score(e.a, e.b); e.score >= threshold {
			edges = append(edges, e)
		}
	}
	for _, block := range blocks(edges) {
		pairs, whole := settle(block, threshold)
		coarse = coarse || !whole
		out = append(out, pairs...)
	}
	slices.SortFunc(out, func(x, y pairing) int { return cmp.Compare(x.a, y.a) })
	return out, coarse
}

// likely gives the pairs worth a look.
func likely(a, b []textdiff.Bag, room int) []pairing {
	var out []pairing
	if len(a)*len(b) <= min(allPairs, room) {
		for i := range a {
			for j := range b {
				out = append(out, pairing{a: i, b: j})
			}
		}
		return out
	}
	holders := map[uint64][]int{}
	for j, bag := range b {
		bag.Words(func(id uint64, _ int) { holders[id] = append(holders[id], j) })
	}
	seen := make([]int, len(b))
	for i, bag := range a {
		bag.Words(func(id uint64, weight int) {
			if len(holders[id]) > maxShared || weight < 3 {
				return
			}
			for _, j := range holders[id] {
				if seen[j] != i+1 && len(out) < room {
					seen[j] = i + 1
					out = append(out, pairing{a: i, b: j})
				}
			}
		})
	}
	slices.SortFunc(out, comparePairs)
	return out
}

func comparePairs(x, y pairing) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }

// blocks divides pairs into those that hang together.
func blocks(edges []pairing) [][]pairing {
	na, nb := 0, 0
	for _, e := range edges {
		na, nb = max(na, e.a+1), max(nb, e.b+1)
	}
	root := make([]int, na+nb)
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, e := range edges {
		x, y := find(e.a), find(na+e.b)
		root[max(x, y)] = min(x, y)
	}
	// Which block each edge is in, by their first edges; then all in one array.
	at := map[int]int{}
	var sizes []int
	of := make([]int, len(edges))
	for i, e := range edges {
		r := find(e.a)
		n, seen := at[r]
		if !seen {
			n = len(sizes)
			at[r] = n
			sizes = append(sizes, 0)
		}
		of[i] = n
		sizes[n]++
	}
	out := make([][]pairing, len(sizes))
	all := make([]pairing, len(edges))
	start := 0
	for n, size := range sizes {
		out[n] = all[start : start : start+size]
		start += size
	}
	for i, e := range edges {
		out[of[i]] = append(out[of[i]], e)
	}
	return out
}

// band is by how much the threshold rises where a block is too large.
const band = 60

// settle finds the best assignment of a block. One that is too large is settled
// band by band: first what is much alike, then what is left. It reports false
// where a band was too large still, and its best pairs were taken first.
func settle(edges []pairing, threshold int) ([]pairing, bool) {
	if len(edges) == 1 {
		return edges, true
	}
	as, bs := members(edges)
	if len(as) <= maxBlock && len(bs) <= maxBlock {
		return hungarian(edges, as, bs, threshold), true
	}
	strong := make([]pairing, 0, len(edges))
	for _, e := range edges {
		if e.score >= threshold+band {
			strong = append(strong, e)
		}
	}
	if len(strong) == 0 || threshold > 1500 {
		return greedy(edges), false
	}
	whole := true
	var out []pairing
	each := func(list []pairing, threshold int) {
		for _, block := range blocks(list) {
			pairs, fine := settle(block, threshold)
			out = append(out, pairs...)
			whole = whole && fine
		}
	}
	each(strong, threshold+band)
	usedA, usedB := map[int]bool{}, map[int]bool{}
	for _, p := range out {
		usedA[p.a], usedB[p.b] = true, true
	}
	each(slices.DeleteFunc(slices.Clone(edges), func(e pairing) bool { return usedA[e.a] || usedB[e.b] }), threshold)
	return out, whole
}

// hungarian finds the best assignment of a block that is small enough.
func hungarian(edges []pairing, as, bs []int, threshold int) (out []pairing) {
	gain := make([][]int, len(as))
	for i := range gain {
		gain[i] = make([]int, len(bs))
	}
	for _, e := range edges {
		i, _ := slices.BinarySearch(as, e.a)
		j, _ := slices.BinarySearch(bs, e.b)
		gain[i][j] = e.score
	}
	for i, j := range best(gain) {
		if j >= 0 && gain[i][j] >= threshold {
			out = append(out, pairing{as[i], bs[j], gain[i][j]})
		}
	}
	return out
}

func members(edges []pairing) (as, bs []int) {
	as, bs = make([]int, 0, len(edges)), make([]int, 0, len(edges))
	for _, e := range edges {
		as, bs = append(as, e.a), append(bs, e.b)
	}
	slices.Sort(as)
	slices.Sort(bs)
	return slices.Compact(as), slices.Compact(bs)
}

// greedy takes the best pairs first.
func greedy(edges []pairing) []pairing {
	edges = slices.Clone(edges)
	slices.SortFunc(edges, func(x, y pairing) int {
		return cmp.Or(-cmp.Compare(x.score, y.score), comparePairs(x, y))
	})
	usedA, usedB := map[int]bool{}, map[int]bool{}
	var out []pairing
	for _, e := range edges {
		if !usedA[e.a] && !usedB[e.b] {
			usedA[e.a], usedB[e.b] = true, true
			out = append(out, e)
		}
	}
	return out
}

// best is the Hungarian method: for each row the column that makes the sum of
// the gains the greatest, or -1. It takes the cube of the size.
func best(gain [][]int) []int {
	n := max(len(gain), len(gain[0]))
	cost := func(i, j int) int { // 1-based; what is not there costs as much as no gain
		if i > len(gain) || j > len(gain[0]) {
			return 0
		}
		return -gain[i-1][j-1]
	}
	const far = 1 << 60
	u, v := make([]int, n+1), make([]int, n+1)
	owner, way := make([]int, n+1), make([]int, n+1) // row of a column; column before it
	for i := 1; i <= n; i++ {
		owner[0] = i
		least := slices.Repeat([]int{far}, n+1)
		done := make([]bool, n+1)
		j0 := 0
		for owner[j0] != 0 {
			done[j0] = true
			i0, delta, j1 := owner[j0], far, 0
			for j := 1; j <= n; j++ {
				if done[j] {
					continue
				}
				if c := cost(i0, j) - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if done[j] {
					u[owner[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for ; j0 != 0; j0 = way[j0] {
			owner[j0] = owner[way[j0]]
		}
	}
	out := slices.Repeat([]int{-1}, len(gain))
	for j := 1; j <= len(gain[0]); j++ {
		if i := owner[j]; i >= 1 && i <= len(gain) {
			out[i-1] = j - 1
		}
	}
	return out
}
