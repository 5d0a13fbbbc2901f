package diff

import (
	"cmp"
	"slices"
)

// Passage is the changes of prose in one section.
type Passage struct {
	Heading string // empty above the first heading, and in the front matter
	Changes []Change
}

// ByPlace gives the changes of prose as a reader meets them, section by section.
func (d *Diff) ByPlace() []Passage {
	to, from := map[int]int{}, map[int]int{} // strip of a line
	headings := map[string]string{}
	for i, s := range d.Strips {
		for _, side := range []struct {
			u     *Unit
			lines map[int]int
		}{{s.From, from}, {s.To, to}} {
			if side.u == nil {
				continue
			}
			if _, seen := side.lines[side.u.Line]; !seen {
				side.lines[side.u.Line] = i
			}
			if side.u.Kind == Heading {
				headings[side.u.Section] = side.u.Text
			}
		}
	}
	place := func(c Change) int {
		if c.To.Line > 0 {
			return to[c.To.Line]
		}
		return from[c.From.Line]
	}
	list := slices.Clone(d.Of(Prose))
	slices.SortStableFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(rank(a.Type), rank(b.Type)))
	})
	var out []Passage
	at := map[string]int{}
	for _, c := range list {
		name := c.Section()
		i, seen := at[name]
		if !seen {
			i = len(out)
			at[name] = i
			out = append(out, Passage{Heading: headings[name]})
		}
		out[i].Changes = append(out[i].Changes, c)
	}
	return out
}
