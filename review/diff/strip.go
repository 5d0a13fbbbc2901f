package diff

import (
	"cmp"
	"slices"

	"pir/internal/textdiff"
)

// State is what became of a piece of the page.
type State string

// The states of strips.
const (
	Same    State = "same"
	Changed State = "changed"
	Removed State = "removed"
	Added   State = "added"
	Away    State = "away" // From stands elsewhere now
	Here    State = "here" // To stood elsewhere before
)

// Strip is a piece of the old page beside that of the new one. All From in order
// are the old page, all To the new one.
type Strip struct {
	State    State
	From, To *Unit             // nil where the page has none here
	Words    []textdiff.Result // where it was reworded: of a row one per cell of either side, else one

	turn int // among the pieces between two that both pages have
}

var mirrorStates = map[State]State{Same: Same, Changed: Changed, Removed: Added, Added: Removed, Away: Here, Here: Away}

// strips puts both pages beside each other. What is in the same order on both is
// the skeleton; between its pieces stands first what only the old page has
// there, then what only the new one has; section by section.
func (c *comparison) strips() []Strip {
	var out []Strip
	i, j := 0, 0
	homeA, homeB := -1, -1 // sections of the piece before
	gap := func(k, l, nextA, nextB int) {
		var lone []Strip
		for ; i < k; i++ {
			s := c.lone(i, -1)
			s.turn = turnOf(c.a.units[i].home, homeA, nextA)
			lone = append(lone, s)
		}
		for ; j < l; j++ {
			s := c.lone(-1, j)
			s.turn = turnOf(c.b.units[j].home, homeB, nextB)
			lone = append(lone, s)
		}
		sortLone(lone)
		out = append(out, lone...)
	}
	for k, l := range c.partner {
		if !c.skeleton[k] {
			continue
		}
		gap(k, l, c.a.units[k].home, c.b.units[l].home)
		homeA, homeB = c.a.units[k].home, c.b.units[l].home
		s := Strip{State: Same, From: &c.a.units[k], To: &c.b.units[l], Words: c.words[k]}
		if s.Words != nil {
			s.State = Changed
		}
		out = append(out, s)
		i, j = k+1, l+1
	}
	gap(len(c.a.units), len(c.b.units), -1, -1)
	return out
}

// turnOf says when a piece of a gap has its turn: 0 in the section before the
// gap, 2 in that behind it, 1 between them.
func turnOf(home, before, behind int) int {
	switch home {
	case before:
		return 0
	case behind:
		return 2
	}
	return 1
}

// sortLone orders the pieces of a gap: by their turn, those of the old page
// first.
func sortLone(list []Strip) {
	slices.SortStableFunc(list, func(x, y Strip) int {
		side := func(s Strip) int {
			if s.From != nil {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(x.turn, y.turn), cmp.Compare(side(x), side(y)))
	})
}

// lone is a strip of one side.
func (c *comparison) lone(i, j int) Strip {
	if i >= 0 {
		s := Strip{State: Removed, From: &c.a.units[i]}
		if c.partner[i] >= 0 {
			s.State, s.Words = Away, c.words[i]
		}
		return s
	}
	s := Strip{State: Added, To: &c.b.units[j]}
	if k := c.origin[j]; k >= 0 {
		s.State, s.Words = Here, c.words[k]
	}
	return s
}

// mirrorStrips gives the strips of the swapped comparison.
func mirrorStrips(list []Strip) []Strip {
	if list == nil {
		return nil
	}
	out := make([]Strip, 0, len(list))
	for _, s := range list {
		m := Strip{State: mirrorStates[s.State], From: s.To, To: s.From, turn: s.turn}
		for _, w := range s.Words {
			m.Words = append(m.Words, w.Mirror())
		}
		out = append(out, m)
	}
	for i := 0; i < len(out); {
		n := i
		for n < len(out) && (out[n].From == nil || out[n].To == nil) {
			n++
		}
		sortLone(out[i:n])
		i = max(n, i+1)
	}
	return out
}
