package review

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"pir/internal/textdiff"
	"pir/review/document"
	"pir/timeline"
)

// recordPair is the records of two timelines, the second made of newer evidence.
type recordPair struct{ old, fresh *timeline.Timeline }

// renamed gives the ids of records that tell of the same moment in the same words
// and have another id now: an export that is made again may number its records
// anew. The key is the old id. What there is twice is not told apart.
func (r recordPair) renamed() map[string]string {
	type saying struct {
		at          time.Time
		source, say string
	}
	of := func(t, other *timeline.Timeline) map[saying][]string {
		list := map[saying][]string{}
		for i := range t.Events {
			e := &t.Events[i]
			if _, both := other.Event(e.ID); both || e.Time.IsZero() || e.Title == "" {
				continue
			}
			key := saying{e.Time.UTC(), e.Source, e.Title}
			list[key] = append(list[key], e.ID)
		}
		return list
	}
	if r.old == nil || r.fresh == nil {
		return nil
	}
	to := map[string]string{}
	fresh := of(r.fresh, r.old)
	for key, ids := range of(r.old, r.fresh) {
		if now := fresh[key]; len(ids) == 1 && len(now) == 1 {
			to[ids[0]] = now[0]
		}
	}
	return to
}

// withIDs gives citations with the new ids of their records behind the old ones.
func withIDs(list []document.Citation, to map[string]string) []document.Citation {
	out := slices.Clone(list)
	for i := range out {
		for _, id := range out[i].IDs {
			if now, ok := to[id]; ok {
				out[i].IDs = append(slices.Clone(out[i].IDs), now)
			}
		}
	}
	return out
}

// editedLikeness is how alike, of 1000, two records at one place must be to be
// taken for one that was edited.
const editedLikeness = 600

// edited reports whether what stands at a place is what stood there, and was
// edited: its words are alike, and either they or its time are the same. The
// place in an array of JSON says nothing by itself, since the next export may
// begin with another record.
func (r recordPair) edited(a, b *document.Citation) bool {
	if a.Origin != b.Origin || a.Origin == "" {
		return false
	}
	pointer := strings.Contains(a.Origin, "#/")
	known, same := r.times(a, b)
	switch {
	case pointer && known && !same:
		return false
	case a.Quote == b.Quote, letters(a.Quote) == letters(b.Quote) && letters(a.Quote) != "":
		return true
	case textdiff.Alike(a.Quote, b.Quote) < editedLikeness:
		return false
	case !known:
		return !pointer
	}
	return same
}

// times reports whether the times of two citations are known, and one is the
// same.
func (r recordPair) times(a, b *document.Citation) (known, same bool) {
	was, now := timesOf(r.old, a), timesOf(r.fresh, b)
	same = slices.ContainsFunc(was, func(t time.Time) bool { return slices.ContainsFunc(now, t.Equal) })
	return len(was) > 0 && len(now) > 0, same
}

// quoted reports whether two citations quote the same words, long enough to be
// words of their own, and no time tells them apart.
func (r recordPair) quoted(a, b *document.Citation) bool {
	if len(a.Quote) <= 20 || a.Quote != b.Quote {
		return false
	}
	known, same := r.times(a, b)
	return same || !known
}

// timesOf are the times of the records that a citation is of.
func timesOf(t *timeline.Timeline, c *document.Citation) []time.Time {
	var list []time.Time
	for _, id := range c.IDs {
		if t == nil {
			break
		}
		if e, ok := t.Event(id); ok && !e.Time.IsZero() {
			list = append(list, e.Time)
		}
	}
	return list
}

// letters are the words of a text without its numbers and marks.
func letters(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }), " ")
}
