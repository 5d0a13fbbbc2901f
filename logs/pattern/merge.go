package pattern

import (
	"cmp"
	"slices"
	"strings"
)

// wild stands for a word that differs among the messages of a template.
const wild = "<*>"

// Merge groups similar texts. It returns the groups sorted by count, highest
// first, then key and template, with the overflow bucket last, and for each
// text the index of its group. The result does not depend on the order of
// texts.
//
// Texts are sorted and put one by one into clusters of the same key, number of
// words and first word, to the cluster most like it, as Drain does. Being
// sorted, and all there, they allow what a stream does not: a word that has two
// values only, such as opened and closed, is no variable, and clusters that
// differ in how often a variable repeats are one.
func Merge(texts []Text, opt Options) (groups []Group, index []int) {
	opt = opt.withDefaults()
	order := make([]int, len(texts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(texts[a].Key, texts[b].Key), cmp.Compare(texts[a].Masked, texts[b].Masked), cmp.Compare(texts[a].Sample, texts[b].Sample))
	})
	// From here on texts are known by their rank, never by their place.
	sorted := make([]Text, len(texts))
	for rank, i := range order {
		sorted[rank] = texts[i]
	}
	g := newGathering(sorted)
	g.gather()
	g.divide()
	g.unite()
	groups, ranked := g.collect(opt.Max)
	index = make([]int, len(texts))
	for rank, i := range order {
		index[i] = ranked[rank]
	}
	return groups, index
}

// gathering is a merge under way.
type gathering struct {
	*words
	texts    []Text
	lists    [][]*word // of each text
	clusters []*cluster
}

func newGathering(texts []Text) *gathering {
	g := &gathering{words: newWords(), texts: texts, lists: make([][]*word, len(texts))}
	for i, t := range texts {
		g.lists[i] = g.split(t.Masked)
	}
	return g
}

// cluster is a set of texts of one template.
type cluster struct {
	key     string
	list    []*word // wild where members differ
	members []int   // in sorted order
}

func (g *gathering) cluster(members ...int) *cluster {
	c := &cluster{key: g.texts[members[0]].Key, list: slices.Clone(g.lists[members[0]])}
	for _, i := range members {
		g.add(c, i)
	}
	return c
}

// add puts text i in a cluster of as many words.
func (g *gathering) add(c *cluster, i int) {
	c.members = append(c.members, i)
	for p, w := range g.lists[i] {
		c.list[p] = g.common(c.list[p], w)
	}
}

// recent is how many of the clusters of a leaf a text is held against: those
// that came last, which in sorted order are the nearest.
const recent = 256

// leaf is where a text looks for its cluster.
type leaf struct {
	key, first string
	length     int
}

// gather puts each text into the cluster most like it, or into a new one.
func (g *gathering) gather() {
	leaves := map[leaf][]*cluster{} // looked up only, never walked
	for i, list := range g.lists {
		at := leaf{key: g.texts[i].Key, length: len(list)}
		if len(list) > 0 {
			switch first := list[0]; {
			case first.variable:
				at.first = wild
			case first.name != "":
				at.first = first.name
			default:
				at.first = first.text
			}
		}
		near := leaves[at]
		if c := g.nearest(near[max(0, len(near)-recent):], list); c != nil {
			g.add(c, i)
			continue
		}
		c := g.cluster(i)
		leaves[at] = append(near, c)
		g.clusters = append(g.clusters, c)
	}
}

// nearest returns the cluster most like the list, the first among equals, or
// nil where none is like enough.
func (g *gathering) nearest(clusters []*cluster, list []*word) *cluster {
	constants := 0
	for _, w := range list {
		if !w.variable {
			constants++
		}
	}
	var best *cluster
	most := 0
	for _, c := range clusters {
		if s := g.likeness(c.list, list, constants); s > most {
			best, most = c, s
		}
	}
	return best
}

// likeness is how alike a template and a text of as many words are, or 0 when
// they are not alike enough to be one. Words that vary in both say less than
// words that are the same in both, and a third of the text's constant words
// at least must be the template's: so a template does not wear away to nothing.
func (g *gathering) likeness(template, list []*word, constants int) int {
	same, alike, differ, most := 0, 0, 0, allowed(len(list))
	phrase := -1 // where words of a language differed last
	for p, a := range template {
		b := list[p]
		switch {
		case a == b && !a.variable:
			same++
		case a == b, a == g.wild, a.variable && b.variable, a.name != "" && a.name == b.name && strings.HasSuffix(a.name, "="):
			alike++
		default:
			differ++
			if a.plain && b.plain {
				// One word after another: these are phrases, not values.
				if p > 0 && phrase == p-1 {
					differ++
				}
				phrase = p
			}
			if differ > most {
				return 0
			}
		}
	}
	if same < differ || 3*same < constants {
		return 0
	}
	return 1 + 2*same + alike
}

// allowed is how many words of so many may differ outright.
func allowed(words int) int {
	switch {
	case words <= 2:
		return 0
	case words <= 4:
		return 1
	}
	return words * 2 / 5
}
