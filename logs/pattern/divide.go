package pattern

import (
	"slices"
	"strings"
)

// divide splits clusters at words that differ without being variables: plain
// words with no more than two values, as in "link is up" and "link is down".
func divide(clusters []*cluster, words [][]string) []*cluster {
	var done []*cluster
	for len(clusters) > 0 {
		c := clusters[0]
		clusters = clusters[1:]
		p := c.constant(words)
		if p < 0 {
			done = append(done, c)
			continue
		}
		for _, value := range c.values(p, words) {
			var members []int
			for _, i := range c.members {
				if words[i][p] == value {
					members = append(members, i)
				}
			}
			clusters = append(clusters, newCluster(c.key, words, members))
		}
	}
	return done
}

// constant returns the first position at which the words differ and are no
// variable, or -1.
func (c *cluster) constant(words [][]string) int {
	for p, w := range c.words {
		if w != wild || p > 0 && introduces(c.words[p-1]) {
			continue
		}
		values := c.values(p, words)
		if len(values) == 2 && plain(values[0]) && plain(values[1]) {
			return p
		}
	}
	return -1
}

// values returns the distinct words at p, sorted, and stops at three.
func (c *cluster) values(p int, words [][]string) []string {
	var values []string
	for _, i := range c.members {
		if !slices.Contains(values, words[i][p]) {
			if values = append(values, words[i][p]); len(values) > 2 {
				break
			}
		}
	}
	slices.Sort(values)
	return values
}

// plain reports whether a word is one of a language, not a name of something:
// letters alone, of one case after the first, with a sign behind at most.
func plain(w string) bool {
	w = strings.TrimRight(w, ".,:;!?)")
	if len(w) < 2 {
		return false
	}
	for i, b := range []byte(w) {
		if b < 'a' || b > 'z' {
			if i > 0 || b < 'A' || b > 'Z' {
				return false
			}
		}
	}
	return true
}

// introduces reports whether a name follows such a word as a rule.
func introduces(w string) bool {
	if strings.HasSuffix(w, "=") || strings.HasSuffix(w, ":") {
		return true
	}
	switch strings.ToLower(w) {
	case "user", "host", "for", "from", "by", "named", "name", "service", "topic", "table", "job", "queue", "pod", "container",
		"node", "database", "key", "role", "group", "tenant", "customer", "image", "unit", "module", "plugin", "zone", "domain":
		return true
	}
	return false
}
