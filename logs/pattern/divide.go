package pattern

import (
	"slices"
	"strings"
)

// divide splits clusters at words that differ without being variables: plain
// words with no more than two values, as in "link is up" and "link is down".
func (g *gathering) divide() {
	var done []*cluster
	for left := g.clusters; len(left) > 0; {
		c := left[0]
		left = left[1:]
		p := g.constant(c)
		if p < 0 {
			done = append(done, c)
			continue
		}
		for _, value := range g.values(c, p) {
			var members []int
			for _, i := range c.members {
				if g.lists[i][p].text == value {
					members = append(members, i)
				}
			}
			left = append(left, g.cluster(members...))
		}
	}
	g.clusters = done
}

// constant returns the first position at which the words differ and are no
// variable, or -1.
func (g *gathering) constant(c *cluster) int {
	for p, w := range c.list {
		name, cut := strings.CutSuffix(w.text, wild)
		if !cut || name != "" && !strings.HasSuffix(name, "=") || introduces(strings.TrimSuffix(name, "=")) ||
			name == "" && p > 0 && introduces(c.list[p-1].text) {
			continue
		}
		values := g.values(c, p)
		if len(values) == 2 && plain(values[0][len(name):]) && plain(values[1][len(name):]) {
			return p
		}
	}
	return -1
}

// values returns the distinct words at p, sorted, and stops at three.
func (g *gathering) values(c *cluster, p int) []string {
	var values []string
	for _, i := range c.members {
		if text := g.lists[i][p].text; !slices.Contains(values, text) {
			if values = append(values, text); len(values) > 2 {
				break
			}
		}
	}
	slices.Sort(values)
	return values
}
