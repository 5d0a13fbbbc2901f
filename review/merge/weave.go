package merge

// triple is one thing in up to three texts; -1 where a text does not have it.
type triple struct{ base, ours, theirs int }

// weave puts the things of three texts in one order. bo and bt give for each
// thing of the base its place in the other two, or -1; equal tells whether
// things that both sides added are the same. The order is that of theirs, with
// what only ours has behind what stands in front of it there; where the writer
// changed the order it is his, and new things of theirs find their places.
func weave(nb, no, nt int, bo, bt []int, equal func(o, t int) bool) []triple {
	ofOurs, ofTheirs := make([]triple, no), make([]triple, nt)
	for i := range ofOurs {
		ofOurs[i] = triple{-1, i, -1}
	}
	for i := range ofTheirs {
		ofTheirs[i] = triple{-1, -1, i}
	}
	for i := range nb {
		x := triple{i, bo[i], bt[i]}
		if bo[i] >= 0 {
			ofOurs[bo[i]] = x
		}
		if bt[i] >= 0 {
			ofTheirs[bt[i]] = x
		}
	}
	pairAdded(ofOurs, ofTheirs, equal)
	if reordered(bo, bt) {
		return lay(ofOurs, ofTheirs, func(x triple) int { return x.ours })
	}
	return lay(ofTheirs, ofOurs, func(x triple) int { return x.theirs })
}

// pairAdded joins what both sides added in the same words, in order.
func pairAdded(ofOurs, ofTheirs []triple, equal func(o, t int) bool) {
	const far = 64 // how many added things are looked through for an equal one
	next := 0
	for i := range ofOurs {
		if ofOurs[i].base >= 0 || ofOurs[i].theirs >= 0 {
			continue
		}
		seen := 0
		for j := next; j < len(ofTheirs) && seen < far; j++ {
			if ofTheirs[j].base >= 0 || ofTheirs[j].ours >= 0 {
				continue
			}
			seen++
			if equal(i, j) {
				ofOurs[i].theirs, ofTheirs[j].ours = j, i
				next = j + 1
				break
			}
		}
	}
}

// reordered reports whether the things that all three have stand in another
// order in ours than in the base.
func reordered(bo, bt []int) bool {
	last := -1
	for i, at := range bo {
		if at < 0 || bt[i] < 0 {
			continue
		}
		if at < last {
			return true
		}
		last = at
	}
	return false
}

// lay gives the things of the first list in its order, and behind each those
// that only the second has and that follow on it there. place gives the place in
// the first list.
func lay(first, second []triple, place func(triple) int) []triple {
	behind := make([][]triple, len(first)+1)
	at := 0
	for _, x := range second {
		if p := place(x); p >= 0 {
			at = p + 1
			continue
		}
		behind[at] = append(behind[at], x)
	}
	list := append([]triple(nil), behind[0]...)
	for i, x := range first {
		list = append(list, x)
		list = append(list, behind[i+1]...)
	}
	return list
}
