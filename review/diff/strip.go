package diff

import (
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
}

var mirrorStates = map[State]State{Same: Same, Changed: Changed, Removed: Added, Added: Removed, Away: Here, Here: Away}

// strips puts both pages beside each other. What is in the same order on both is
// the skeleton; between its pieces stands first what only the old page has
// there, then what only the new one has.
func (c *comparison) strips() []Strip {
	var out []Strip
	i, j := 0, 0
	one := func(k, l int) {
		for ; i < k; i++ {
			out = append(out, c.lone(i, -1))
		}
		for ; j < l; j++ {
			out = append(out, c.lone(-1, j))
		}
	}
	for k, l := range c.partner {
		if l < 0 || c.moved[k] {
			continue
		}
		one(k, l)
		s := Strip{State: Same, From: &c.a.units[k], To: &c.b.units[l], Words: c.words[k]}
		if s.Words != nil {
			s.State = Changed
		}
		out = append(out, s)
		i, j = k+1, l+1
	}
	one(len(c.a.units), len(c.b.units))
	return out
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
		m := Strip{State: mirrorStates[s.State], From: s.To, To: s.From}
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
		slices.SortStableFunc(out[i:n], func(x, y Strip) int {
			switch {
			case x.From != nil && y.From == nil:
				return -1
			case x.From == nil && y.From != nil:
				return 1
			}
			return 0
		})
		i = max(n, i+1)
	}
	return out
}
