package timeline

import (
	"slices"
	"sort"
	"time"
)

// relateReach is how far a note may stand from the row that tells of the same
// act; what the note's time leaves open comes on top.
const relateReach = 120 * time.Second

// relate points notes and messages of people at the machine's row of the same
// act. They stay rows of their own: what somebody wrote by hand is never merged
// with what a machine recorded.
func (b *builder) relate() {
	if !slices.ContainsFunc(b.events, func(e Event) bool { return byHand(&e) }) {
		return
	}
	places := map[string][]*telling{}
	for _, a := range b.acts {
		for _, t := range a.list {
			if t.e.Kind == KindChat && !t.bot() || t.e.Kind == KindNote {
				continue
			}
			for _, key := range (&actIndex{}).keys(t) {
				places[key] = append(places[key], t)
			}
		}
	}
	for _, list := range places {
		slices.SortFunc(list, func(x, y *telling) int { return compareEvents(x.e, y.e) })
	}
	for i := range b.events {
		e := &b.events[i]
		if !byHand(e) || e.Time.IsZero() || e.Topic != "" || e.Precision.Unit() > time.Hour {
			continue
		}
		if other := b.counterpart(b.tell(e), places); other != nil {
			b.links = append(b.links, [2]string{e.ID, other.e.ID})
		}
	}
}

// byHand reports whether a person wrote the row.
func byHand(e *Event) bool {
	return e.Kind == KindNote || e.Kind == KindDecision || e.Kind == KindChat && !e.HasFlag(FlagBot)
}

// counterpart is the machine's record that is most like what a person wrote.
func (b *builder) counterpart(t *telling, places map[string][]*telling) *telling {
	reach := relateReach + min(t.e.Precision.Unit(), time.Hour)
	var best *telling
	most := 0
	for _, key := range (&actIndex{}).keys(t) {
		list := places[key]
		from := sort.Search(len(list), func(i int) bool { return !list[i].e.Time.Before(t.e.Time.Add(-reach)) })
		for _, o := range list[from:min(len(list), from+actPerWord)] {
			if apart(o, t) > reach || o.e.Party != t.e.Party || t.state != "" && t.state != o.state {
				continue
			}
			like := resemblance(o, t)
			if like > most || like == most && like > 0 && (apart(o, t) < apart(best, t) || apart(o, t) == apart(best, t) && compareEvents(o.e, best.e) < 0) {
				best, most = o, like
			}
		}
	}
	return best
}

// tellLinks writes the links on the rows, as far as both are still there.
func (b *builder) tellLinks() {
	place := map[string]int{}
	for i := range b.events {
		place[b.events[i].ID] = i
	}
	for _, l := range b.links {
		one, other := b.rowID(l[0]), b.rowID(l[1])
		i, here := place[one]
		k, there := place[other]
		if !here || !there || i == k {
			continue
		}
		b.events[i].relateTo(other)
		b.events[k].relateTo(one)
	}
}

func (e *Event) relateTo(id string) {
	if !slices.Contains(e.Related, id) {
		e.Related = append(e.Related, id)
		slices.Sort(e.Related)
	}
}
