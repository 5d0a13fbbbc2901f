package pattern

import (
	"cmp"
	"slices"
	"strings"
)

// manyFirst is how many first words make a first word a variable.
const manyFirst = 4

// unite joins clusters whose templates are one but for their first word, when
// there are many of those, and clusters whose templates differ only in how
// often a variable repeats.
func (g *gathering) unite() {
	firsts := map[string]int{} // looked up only
	rest := func(c *cluster) string {
		if len(c.list) < 3 {
			return ""
		}
		return c.key + "\x00" + join(c.list[1:])
	}
	for _, c := range g.clusters {
		firsts[rest(c)]++
	}
	joined := map[string]*cluster{} // looked up only
	var all []*cluster
	slices.SortStableFunc(g.clusters, func(a, b *cluster) int { return cmp.Compare(a.members[0], b.members[0]) })
	for _, c := range g.clusters {
		if r := rest(c); r != "" && firsts[r] >= manyFirst {
			c.list[0] = g.wild
		}
		name := c.key + "\x00" + shape(c.list)
		if to := joined[name]; to != nil {
			to.members = append(to.members, c.members...)
			continue
		}
		joined[name] = c
		all = append(all, c)
	}
	g.clusters = all
}

// shape is the template with variables in a row told once and all variables
// alike. A template of variables alone is its own shape.
func shape(list []*word) string {
	var b strings.Builder
	last, constant := false, false
	for _, w := range list {
		v := w.variable && w.text[0] == '<'
		if v && last {
			continue
		}
		if v {
			b.WriteString(wild)
		} else {
			b.WriteString(w.text)
			constant = constant || !w.variable
		}
		b.WriteByte(' ')
		last = v
	}
	if !constant {
		return join(list)
	}
	return b.String()
}

// collect makes groups of the clusters, and puts those beyond most into the
// overflow bucket.
func (m *gathering) collect(most int) (groups []Group, index []int) {
	type made struct {
		Group
		members []int
	}
	var all []made
	for _, c := range m.clusters {
		g := made{Group{Template: join(c.list), Key: c.key}, c.members}
		best := -1
		distinct := map[string]bool{}
		for _, i := range c.members {
			t := m.texts[i]
			g.Count += t.Count
			distinct[t.Masked] = true
			if best < 0 || t.Count > m.texts[best].Count || t.Count == m.texts[best].Count &&
				cmp.Or(cmp.Compare(t.Masked, m.texts[best].Masked), cmp.Compare(t.Sample, m.texts[best].Sample)) < 0 {
				best = i
			}
		}
		g.Texts, g.Sample = len(distinct), m.texts[best].Sample
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b made) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Template, b.Template), cmp.Compare(a.Sample, b.Sample))
	})
	index = make([]int, len(m.texts))
	for n, g := range all {
		if n >= most {
			last := len(groups) - 1
			if !groups[last].Overflow {
				groups = append(groups, Group{Template: Overflow, Overflow: true})
				last++
			}
			groups[last].Count += g.Count
			groups[last].Texts += g.Texts
			n = last
		} else {
			groups = append(groups, g.Group)
		}
		for _, i := range g.members {
			index[i] = n
		}
	}
	return groups, index
}
