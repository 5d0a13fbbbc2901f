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
	sorted, words := make([]Text, len(texts)), make([][]string, len(texts))
	for rank, i := range order {
		sorted[rank], words[rank] = texts[i], strings.Fields(texts[i].Masked)
	}
	clusters := gather(sorted, words)
	clusters = divide(clusters, words)
	clusters = unite(clusters)
	groups, ranked := collect(sorted, clusters, opt.Max)
	index = make([]int, len(texts))
	for rank, i := range order {
		index[i] = ranked[rank]
	}
	return groups, index
}

// cluster is a set of texts of one template.
type cluster struct {
	key     string
	words   []string // wild where members differ
	members []int    // in sorted order
}

func newCluster(key string, words [][]string, members []int) *cluster {
	c := &cluster{key: key, words: slices.Clone(words[members[0]])}
	for _, i := range members {
		c.add(i, words[i])
	}
	return c
}

// add puts text i in the cluster. It must have as many words.
func (c *cluster) add(i int, words []string) {
	c.members = append(c.members, i)
	for p, w := range words {
		c.words[p] = common(c.words[p], w)
	}
}

// common returns what two words share: themselves, a name before a sign, or
// nothing.
func common(a, b string) string {
	if a == b {
		return a
	}
	if n := named(a); n > 0 && n == named(b) && a[:n] == b[:n] {
		return a[:n] + wild
	}
	return wild
}

// named returns the length of the name at the start of a word such as
// user=alice, with the sign, or 0.
func named(w string) int {
	if i := strings.Index(w, "://"); i > 0 {
		return i + 3
	}
	i := strings.IndexAny(w, "=:")
	if i < 1 || i+1 == len(w) || w[0] == '<' {
		return 0
	}
	return i + 1
}

// variable reports whether a word holds a placeholder.
func variable(w string) bool {
	i := strings.IndexByte(w, '<')
	return i >= 0 && strings.IndexByte(w[i:], '>') > 0
}

// recent is how many of the clusters of a leaf a text is held against: those
// that came last, which in sorted order are the nearest.
const recent = 256

// leaf is where a text looks for its cluster.
type leaf struct {
	key, first string
	length     int
}

func gather(texts []Text, words [][]string) []*cluster {
	var all []*cluster
	leaves := map[leaf][]*cluster{} // looked up only, never walked
	for i := range texts {
		at := leaf{key: texts[i].Key, length: len(words[i])}
		if len(words[i]) > 0 {
			if at.first = words[i][0]; variable(at.first) {
				at.first = wild
			} else if n := named(at.first); n > 0 {
				at.first = at.first[:n]
			}
		}
		near := leaves[at]
		if c := nearest(near[max(0, len(near)-recent):], words[i]); c != nil {
			c.add(i, words[i])
			continue
		}
		c := newCluster(at.key, words, []int{i})
		leaves[at] = append(near, c)
		all = append(all, c)
	}
	return all
}

// nearest returns the cluster most like the words, the first among equals, or
// nil where none is like enough.
func nearest(clusters []*cluster, words []string) *cluster {
	var best *cluster
	most := 0
	for _, c := range clusters {
		if s := likeness(c.words, words); s > most {
			best, most = c, s
		}
	}
	return best
}

// likeness is how alike two lists of as many words are, in parts of a
// thousand, or 0 when they are not alike enough to be one template. Words that
// vary in both say less than words that are the same in both.
func likeness(a, b []string) int {
	same, alike, differ := 0, 0, 0
	phrase := -1 // where words of a language differed last
	for p := range a {
		switch {
		case a[p] == b[p]:
			if variable(a[p]) {
				alike++
			} else {
				same++
			}
		case a[p] == wild || variable(a[p]) && variable(b[p]):
			alike++
		case named(a[p]) > 0 && strings.HasSuffix(common(a[p], b[p]), "="+wild):
			alike++
		default:
			differ++
			if plain(a[p]) && plain(b[p]) {
				// One word after another: these are phrases, not values.
				if phrase == p-1 && p > 0 {
					differ++
				}
				phrase = p
			}
		}
	}
	if differ > allowed(len(a)) || same < differ {
		return 0
	}
	return (4*same + 2*alike) * 250 / len(a)
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
