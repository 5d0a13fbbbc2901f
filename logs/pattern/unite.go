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
func unite(clusters []*cluster) []*cluster {
	firsts := map[string]int{} // looked up only
	rest := func(c *cluster) string {
		if len(c.words) < 3 {
			return ""
		}
		return c.key + "\x00" + strings.Join(c.words[1:], " ")
	}
	for _, c := range clusters {
		firsts[rest(c)]++
	}
	joined := map[string]*cluster{} // looked up only
	var all []*cluster
	slices.SortStableFunc(clusters, func(a, b *cluster) int { return cmp.Compare(a.members[0], b.members[0]) })
	for _, c := range clusters {
		if r := rest(c); r != "" && firsts[r] >= manyFirst {
			c.words[0] = wild
		}
		name := c.key + "\x00" + shape(c.words)
		if to := joined[name]; to != nil {
			to.members = append(to.members, c.members...)
			continue
		}
		joined[name] = c
		all = append(all, c)
	}
	return all
}

// shape is the template with variables that repeat, with signs between them
// at most, told once, and all variables alike.
func shape(words []string) string {
	var b strings.Builder
	last := false
	for _, w := range words {
		v := variable(w) && strings.HasPrefix(w, "<")
		if v && last {
			continue
		}
		if v {
			b.WriteString(wild)
		} else {
			b.WriteString(w)
		}
		b.WriteByte(' ')
		last = v
	}
	return b.String()
}

// collect makes groups of the clusters, and puts those beyond most into the
// overflow bucket.
func collect(texts []Text, clusters []*cluster, most int) (groups []Group, index []int) {
	type made struct {
		Group
		members []int
	}
	var all []made
	for _, c := range clusters {
		g := made{Group{Template: strings.Join(c.words, " "), Key: c.key}, c.members}
		best := -1
		distinct := map[string]bool{}
		for _, i := range c.members {
			t := texts[i]
			g.Count += t.Count
			distinct[t.Masked] = true
			if best < 0 || t.Count > texts[best].Count || t.Count == texts[best].Count &&
				cmp.Or(cmp.Compare(t.Masked, texts[best].Masked), cmp.Compare(t.Sample, texts[best].Sample)) < 0 {
				best = i
			}
		}
		g.Texts, g.Sample = len(distinct), texts[best].Sample
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b made) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Template, b.Template), cmp.Compare(a.Sample, b.Sample))
	})
	index = make([]int, len(texts))
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
