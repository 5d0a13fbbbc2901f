package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// naturalCompare compares texts with numbers in them as numbers, so that
// notes.md:9 comes before notes.md:10. Texts that differ never compare equal.
func naturalCompare(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if isDigit(x[0]) && isDigit(y[0]) {
			dx, dy := digitRun(x), digitRun(y)
			nx, ny := strings.TrimLeft(x[:dx], "0"), strings.TrimLeft(y[:dy], "0")
			if c := cmp.Or(cmp.Compare(len(nx), len(ny)), cmp.Compare(nx, ny)); c != 0 {
				return c
			}
			x, y = x[dx:], y[dy:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digitRun(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func compareOrigin(a, b Origin) int {
	path := 0
	if a.Path != b.Path {
		path = naturalCompare(a.Path, b.Path)
	}
	return cmp.Or(
		path,
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Byte, b.Byte),
		naturalCompare(a.Pointer, b.Pointer),
	)
}

func compareEvidence(a, b Evidence) int {
	return cmp.Or(naturalCompare(a.Origin, b.Origin), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Quote, b.Quote))
}

// firstOrigin is where the event stands first; the zero Origin when it has none.
func (e *Event) firstOrigin() Origin {
	if len(e.Origins) == 0 {
		return Origin{Byte: -1}
	}
	return e.Origins[0]
}

// kindRank is the usual order of what happens in one and the same minute: the
// change, what it broke, who was called, what they did, what they told.
func kindRank(k Kind) int {
	order := []Kind{
		KindChange, KindLog, KindAlert, KindPage, KindAck, KindTicket,
		KindChat, KindDecision, KindNote, KindStatus, KindComms,
	}
	if i := slices.Index(order, k); i >= 0 {
		return i
	}
	return len(order)
}

// milestoneRank is the place of a milestone in every output; unknown names last.
func milestoneRank(m Milestone) int {
	if i := slices.Index(Milestones, m); i >= 0 {
		return i
	}
	return len(Milestones)
}

// compareEvents is the order of the timeline: instant, then the finer
// precision, then the place in an incident's life (the first milestone that
// the record's own fields state, else its kind), then source name, then place
// in the source. Rows without a time come last, in the order of their source.
func compareEvents(a, b *Event) int {
	if a.Time.IsZero() != b.Time.IsZero() {
		if a.Time.IsZero() {
			return 1
		}
		return -1
	}
	if c := a.Time.Compare(b.Time); c != 0 {
		return c
	}
	if c := cmp.Or(-cmp.Compare(a.Precision, b.Precision), cmp.Compare(lifeRank(a), lifeRank(b)), cmp.Compare(kindRank(a.Kind), kindRank(b.Kind))); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Source, b.Source); c != 0 {
		return c
	}
	return cmp.Or(compareOrigin(a.firstOrigin(), b.firstOrigin()), cmp.Compare(a.ID, b.ID))
}

// lifeRank is the first milestone that the fields of the record state. Records
// that state none take the place of their kind's usual one.
func lifeRank(e *Event) int {
	best := len(Milestones)
	for _, c := range e.Claims {
		best = min(best, milestoneRank(c.Milestone))
	}
	if best < len(Milestones) {
		return best
	}
	switch e.Kind {
	case KindChange:
		return milestoneRank(Trigger)
	case KindLog:
		return milestoneRank(ImpactStart)
	case KindAlert, KindPage:
		return milestoneRank(Detected)
	case KindAck:
		return milestoneRank(Acknowledged)
	}
	return best
}

func sortSignals(list []Signal) {
	level := []string{"error", "warning", "info", "debug"}
	change := []string{"new", "surging", "vanished", "fading", "steady"}
	rank := func(of []string, v string) int {
		if i := slices.Index(of, v); i >= 0 {
			return i
		}
		return len(of)
	}
	slices.SortFunc(list, func(a, b Signal) int {
		return cmp.Or(
			cmp.Compare(rank(level, a.Level), rank(level, b.Level)),
			cmp.Compare(rank(change, a.Change), rank(change, b.Change)),
			-cmp.Compare(a.Count, b.Count),
			cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.Component, b.Component),
			cmp.Compare(a.Pattern, b.Pattern),
			cmp.Compare(a.ID, b.ID),
			a.First.Compare(b.First),
			compareOrigin(a.Origin, b.Origin),
		)
	})
}

func sortSeries(list []Series) {
	slices.SortFunc(list, func(a, b Series) int {
		return cmp.Or(
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.Component, b.Component), cmp.Compare(a.Level, b.Level),
			a.Start.Compare(b.Start), cmp.Compare(a.Step, b.Step), slices.Compare(a.Counts, b.Counts),
		)
	})
}

func sortBursts(list []Burst) {
	slices.SortFunc(list, func(a, b Burst) int {
		return cmp.Or(
			a.Start.Compare(b.Start), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Component, b.Component),
			cmp.Compare(a.Level, b.Level), a.End.Compare(b.End), cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Failed, b.Failed), cmp.Compare(a.Total, b.Total),
		)
	})
}

func sortSources(list []Source) {
	slices.SortFunc(list, func(a, b Source) int {
		return cmp.Or(
			cmp.Compare(a.Name, b.Name), naturalCompare(a.Path, b.Path), cmp.Compare(a.Format, b.Format),
			cmp.Compare(a.Status, b.Status), cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Records, b.Records),
		)
	})
}

func sortFigures(list []Figure) {
	slices.SortFunc(list, func(a, b Figure) int {
		return cmp.Or(
			slices.CompareFunc(a.Evidence, b.Evidence, compareEvidence),
			cmp.Compare(a.Measure, b.Measure), naturalCompare(a.Value, b.Value),
			cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Source, b.Source),
		)
	})
}

// earlier and later skip unknown times.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.After(a)) {
		return b
	}
	return a
}
