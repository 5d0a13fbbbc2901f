package edge

// scanLengths are the lengths of window, in steps, that the scan tries.
var scanLengths = [...]int{3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 113, 160, 226}

// scan finds the windows that stand most above the steps beside them. It is
// for events too faint to pay for two changes of a segmentation: fewer windows
// are tried, so less likelihood is asked for. Comparing with the steps beside
// a window, not with all, leaves a cycle out.
func (e *events) scan() [][2]int {
	var found [][2]int
	limit := ln(float64(e.n+1)) + ln(float64(len(scanLengths))) + ln(50)
	for len(found) < 3 {
		var best [2]int
		most := limit
		for _, length := range scanLengths {
			for a := 0; a+length <= e.n; a++ {
				b := a + length
				if e.count(a, b) < e.opt.MinExcess || overlaps(found, a, b) {
					continue
				}
				r, base := e.rate(a, b), e.flanks(a, b)
				if !e.exceeds(r, base) || base.t == 0 {
					continue
				}
				if v := e.against(r, base); v > most && e.stands(a, b, base, limit) {
					most, best = v, [2]int{a, b}
				}
			}
		}
		if best[1] == 0 {
			break
		}
		found = append(found, best)
	}
	return found
}

// stands reports whether the window [a, b) is an event of its own. Where a cycle
// may be, both its edges must be sharp, and a long window at an end of the
// series, which can be seen from one side alone, is not enough.
func (e *events) stands(a, b int, base rate, limit float64) bool {
	if e.cycle() {
		if b-a > e.near && (a < e.near || e.n-b < e.near) {
			return false
		}
		if a > 0 && !e.sharp(a, b) || b < e.n && !e.sharp(b, a) {
			return false
		}
	}
	return e.passes(a, b, base, limit)
}

func overlaps(found [][2]int, a, b int) bool {
	for _, f := range found {
		if a <= f[1] && b >= f[0] {
			return true
		}
	}
	return false
}

// flanks is the rate of the steps on both sides of [a, b): as many as the
// window has on each side, and no fewer than those beside an edge.
func (e *events) flanks(a, b int) rate {
	beside := max(e.near, b-a)
	return e.rate(max(0, a-beside), a).plus(e.rate(b, min(e.n, b+beside)))
}
