package diff

import (
	"regexp"
	"slices"
	"strings"

	"pir/internal/textdiff"
)

// besides tells what a row says in other words beside the time or the length
// that a fact tells of.
func (c *comparison) besides(i, j int) {
	x, y := &c.a.units[i], &c.b.units[j]
	if !c.partA[i] && !c.partB[j] || x.Kind != Row || y.Kind != Row || !slices.Equal(x.Columns, y.Columns) {
		return
	}
	var words []textdiff.Result
	for k := range min(len(x.Cells), len(y.Cells)) {
		if k < len(x.Columns) && x.part != "" && slices.Contains(settled, x.Columns[k]) {
			continue
		}
		from, to := x.Cells[k], y.Cells[k]
		if k == 0 {
			from, to = plainLabel(from), plainLabel(to)
		}
		if wordsOnly(from) != wordsOnly(to) {
			words = append(words, textdiff.Words(x.Cells[k], y.Cells[k]))
		}
	}
	if words != nil {
		c.add(Change{Type: ProseChanged, From: side(x), To: side(y), Words: words})
	}
}

// settled are columns of generated tables that follow from other facts.
var settled = []string{"Phase", "Evidence", "From", "To"}

// plainLabel is the name of a milestone without who reached it and for what: that
// is told as a fact.
func plainLabel(s string) string {
	s, _, _ = strings.Cut(s, " by ")
	s, _, _ = strings.Cut(s, " (")
	return s
}

// measured are times, lengths and what stands with them.
var measured = regexp.MustCompile(`(?i)[^\s]*\d[^\s]*|\b(?:utc|z|am|pm|h|hours?|hrs?|min|mins|minutes?|s|secs?|seconds?|d|days?|about|by|to|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|unknown|not known)\b|[–—~…-]`)

// wordsOnly is a text without its times and lengths.
func wordsOnly(s string) string { return collapse(measured.ReplaceAllString(s, " ")) }
