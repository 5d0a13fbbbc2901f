package review

import (
	"fmt"
	"slices"
	"strings"

	"pir/internal/markdown"
	"pir/review/document"
	"pir/timeline"
)

// maxRefs is how many citations stand behind one fact.
const maxRefs = 3

// maxQuote is the length in runes of a quotation in the list of evidence.
const maxQuote = 280

// ledger numbers the places that a page cites, in the order in which it does.
type ledger struct {
	numbers map[string]int // by place
	cited   []*citation
}

// citation is one row of the list of evidence.
type citation struct {
	n      int
	ids    []string // events, signals, bursts
	origin string
	quotes []string
	gone   bool // the evidence does not have it any more; the writer still cites it
}

func newLedger() *ledger { return &ledger{numbers: map[string]int{}} }

// number gives the number of a place and remembers what was quoted from it.
func (l *ledger) number(e timeline.Evidence) int {
	place := e.Origin
	if place == "" {
		place = e.ID
	}
	n, ok := l.numbers[place]
	if !ok {
		n = len(l.cited) + 1
		l.numbers[place] = n
		l.cited = append(l.cited, &citation{n: n, origin: e.Origin})
	}
	c := l.cited[n-1]
	if e.ID != "" && !slices.Contains(c.ids, e.ID) {
		c.ids = append(c.ids, e.ID)
	}
	c.quote(e.Quote)
	return n
}

// keep numbers a citation that the writer makes and the page does not.
func (l *ledger) keep(t *timeline.Timeline, c document.Citation) int {
	if e, ok := stillThere(t, c); ok {
		return l.number(e)
	}
	// Another record may stand at its place by now.
	n := len(l.cited) + 1
	l.cited = append(l.cited, &citation{n: n, ids: slices.Clone(c.IDs), origin: c.Origin, gone: true})
	l.cited[n-1].quote(c.Quote)
	return n
}

// quote adds words of the place, but for those that are part of others.
func (c *citation) quote(words string) {
	words = markdown.Visible(words)
	if words == "" {
		return
	}
	for i, q := range c.quotes {
		if strings.Contains(q, words) {
			return
		}
		if strings.Contains(words, q) {
			c.quotes[i] = words
			return
		}
	}
	c.quotes = append(c.quotes, words)
}

// text is all that was quoted from the place, cut to a length that is read.
func (c *citation) text() string {
	return markdown.Cut(strings.Join(c.quotes, " … "), maxQuote)
}

// Refs are the citations behind a fact. Printing them gives them their numbers.
type Refs struct {
	ledger   *ledger
	evidence []timeline.Evidence
}

func (l *ledger) refs(evidence ...timeline.Evidence) Refs { return Refs{l, evidence} }

// and puts the citations of both behind one fact.
func (r Refs) and(more Refs) Refs {
	return Refs{r.ledger, append(slices.Clone(r.evidence), more.evidence...)}
}

// Unless gives no citations where the others, which stand close by, are the same.
func (r Refs) Unless(other Refs) Refs {
	same := func(a, b timeline.Evidence) bool { return a.Origin == b.Origin && a.ID == b.ID }
	if slices.EqualFunc(r.evidence, other.evidence, same) {
		return Refs{ledger: r.ledger}
	}
	return r
}

// String gives the citations as links to the list of evidence, with a space in
// front: " [[3]] [[4]]". Without evidence it is empty. The outer brackets are
// text, so that a reader of the rendered page sees [3] and not a bare 3.
func (r Refs) String() string {
	var b strings.Builder
	var seen []int
	for _, e := range r.evidence {
		if e.Origin == "" && e.ID == "" {
			continue
		}
		n := r.ledger.number(e)
		if slices.Contains(seen, n) {
			continue
		}
		seen = append(seen, n)
		fmt.Fprintf(&b, " [[%d]]", n)
		if len(seen) == maxRefs {
			break
		}
	}
	return b.String()
}
