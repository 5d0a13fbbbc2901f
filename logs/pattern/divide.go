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
		name, inside := strings.CutSuffix(w, "="+wild)
		if !inside && w != wild || introduces(name) || w == wild && p > 0 && introduces(c.words[p-1]) {
			continue
		}
		values := c.values(p, words)
		if len(values) == 2 && plain(values[0][len(w)-len(wild):]) && plain(values[1][len(w)-len(wild):]) {
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
// letters of one case after the first, hyphens among them, and signs about it.
func plain(w string) bool {
	w = strings.Trim(w, ".,:;!?)\"")
	if len(w) < 2 {
		return false
	}
	lower, upper := true, true
	for i, b := range []byte(w) {
		switch {
		case b >= 'a' && b <= 'z':
			upper = false
		case b >= 'A' && b <= 'Z':
			lower = lower && i == 0
		case b != '-' || i == 0 || i == len(w)-1:
			return false
		}
	}
	return lower || upper
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
