package timeline

import (
	"fmt"
	"slices"
	"time"
)

// Bounds of what is asked about: how long before the impact a change may be,
// and how many are named.
const (
	suspectReach = 30 * time.Minute
	suspectMost  = 5
)

// suspectChanges names the changes shortly before the impact where nothing
// tells of a trigger. They are alternatives, to be asked about; none becomes the
// trigger by being near.
func (b *builder) suspectChanges() {
	at := slices.IndexFunc(b.rows, func(r Boundary) bool { return r.Name == Trigger })
	start, _ := lookup(b.rows, ImpactStart)
	until := start.Time
	if until.IsZero() {
		until = start.NotAfter
	}
	if at < 0 || b.rows[at].Rung != "" || until.IsZero() {
		return
	}
	var list []*Event
	for i := range b.events {
		e := &b.events[i]
		before := until.Sub(e.Time)
		if !e.Time.IsZero() && before >= 0 && before <= suspectReach && e.Party == PartyOwn && !e.HasFlag(FlagTest) && changes(e) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(x, y *Event) int { return -compareEvents(x, y) })
	for _, e := range list[:min(len(list), suspectMost)] {
		b.rows[at].Alternatives = append(b.rows[at].Alternatives, Alternative{
			Time: e.Time, Precision: e.Precision, Rung: RungDerived, Evidence: []Evidence{b.cite(e, "")},
			Rule: fmt.Sprintf("a change %s before the impact; was it the trigger?", words(until.Sub(e.Time))),
		})
	}
}

// changes reports whether a row tells that something of ours was changed.
func changes(e *Event) bool {
	switch e.Kind {
	case KindChange:
		return e.Severity != SeverityInfo
	case KindNote, KindDecision, KindChat:
		if e.Kind == KindChat && !relays(e) {
			return false
		}
		said := splitWords(e.Title[:min(len(e.Title), tellingTitle)])
		return e.Topic == "" && anyWord(said, "deploy", "rollout", "=release", "=released", "migrat", "upgrad", "=merged", "config", "=flag", "toggl") &&
			!slices.ContainsFunc(said, func(w word) bool { return negation(w.text) || unreal(w.text) })
	}
	return false
}
