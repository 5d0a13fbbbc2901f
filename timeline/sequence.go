package timeline

import (
	"fmt"
	"slices"
	"time"

	"pir/internal/when"
)

// sequence is the usual order of two milestones. An end before its start is
// impossible; all else is only unusual.
type sequence struct {
	first, then Milestone
	impossible  bool
}

func sequences() []sequence {
	return []sequence{
		{Cause, ImpactStart, false},
		{Trigger, ImpactStart, false},
		{ImpactStart, Detected, false},
		{ImpactStart, FirstUpdate, false},
		{ImpactStart, Mitigated, true},
		{ImpactStart, ImpactEnd, true},
		{ImpactStart, Resolved, true},
		{Detected, Acknowledged, false},
		{Detected, Declared, false},
		{Detected, Engaged, false},
		{Detected, Identified, false},
		{Detected, MitigationStart, false},
		{Identified, Mitigated, false},
		{FirstUpdate, ImpactEnd, false},
		{Mitigated, ImpactEnd, true},
		{Mitigated, Resolved, false},
		{ImpactEnd, Resolved, false},
		{Resolved, Closed, false},
	}
}

// checkOrder tells of milestones in unusual and impossible order. It never
// moves one.
func (b *builder) checkOrder() {
	for _, s := range sequences() {
		if repeats(s.first) && repeats(s.then) {
			for n := range b.frames {
				b.checkPair(s, *b.row(s.first, n+1), *b.row(s.then, n+1))
			}
			continue
		}
		first, _ := lookup(b.rows, s.first)
		then, _ := lookup(b.rows, s.then)
		if s.first == ImpactEnd || s.then == ImpactEnd || s.then == Detected || !repeats(s.first) || s.first == ImpactStart {
			b.checkPair(s, first, then)
			continue
		}
		b.checkPair(s, *b.row(s.first, len(b.frames)), then)
	}
	for i := range b.rows {
		row := &b.rows[i]
		if row.Known() && !row.End.IsZero() && row.End.Before(row.Time) {
			b.warn(WarnOrderImpossible, fmt.Sprintf("%s ends at %s, before it starts at %s", row.Name, clock(row.End), clock(row.Time)), row.Evidence...)
		}
	}
	for _, t := range b.turned {
		b.warn(WarnOrderUnusual, fmt.Sprintf("%s %s before %s; phase %s has no times", t.end, when.Words(t.early), t.start, t.name))
	}
	b.checkReopened()
}

func (b *builder) checkPair(s sequence, first, then Boundary) {
	if !first.Known() || !then.Known() {
		return
	}
	early := first.Time.Sub(then.Time)
	if early < max(first.Precision.Unit(), then.Precision.Unit(), time.Second) {
		return // the same, as finely as it is known
	}
	evidence := append(slices.Clone(then.Evidence), first.Evidence...)
	message := fmt.Sprintf("%s %s before %s", s.then, when.Words(early), s.first)
	tail := ""
	if i := slices.IndexFunc(b.turned, func(t turnedPhase) bool { return t.start == string(s.first) && t.end == string(s.then) }); i >= 0 {
		tail = "; phase " + b.turned[i].name + " has no times"
		b.turned = slices.Delete(b.turned, i, i+1)
	}
	if s.impossible {
		b.warn(WarnOrderImpossible, fmt.Sprintf("%s: %s is at %s, %s at %s; nothing was moved%s", message, s.then, clock(then.Time), s.first, clock(first.Time), tail), evidence...)
		return
	}
	b.warn(WarnOrderUnusual, message+meaning(s)+tail, evidence...)
}

// meaning says in a few words what an unusual order mostly is.
func meaning(s sequence) string {
	switch [2]Milestone{s.first, s.then} {
	case [2]Milestone{Identified, Mitigated}:
		return ": it was mitigated before it was understood"
	case [2]Milestone{ImpactEnd, Resolved}, [2]Milestone{Mitigated, Resolved}:
		return ": an early all-clear"
	case [2]Milestone{FirstUpdate, ImpactEnd}:
		return ": the first update came after the end"
	}
	return ""
}

// words writes a length of time for a message.
func words(d time.Duration) string { return when.Words(d) }

// checkTimes tells of rows whose time is in doubt: one warning per source for
// zones that nobody named, one per row for zones that cannot be right, one per
// source for rows out of order.
func (b *builder) checkTimes() {
	assumed, unordered, backdated := map[string][]*Event{}, map[string][]*Event{}, map[string][]*Event{}
	var names []string
	var list []*Event
	for i := range b.events {
		list = append(list, &b.events[i])
	}
	slices.SortFunc(list, compareRecords)
	for _, e := range list {
		if !slices.Contains(names, e.Source) {
			names = append(names, e.Source)
		}
		if e.HasFlag(FlagZone) {
			assumed[e.Source] = append(assumed[e.Source], e)
		}
		if e.HasFlag(FlagBackdated) {
			backdated[e.Source] = append(backdated[e.Source], e)
		}
		if e.HasFlag(FlagOutOfOrder) {
			unordered[e.Source] = append(unordered[e.Source], e)
		}
		if e.Doubt != "" {
			b.warn(WarnZoneDoubtful, fmt.Sprintf("%s: %s", e.firstOrigin(), e.Doubt), b.cite(e, e.TimeText))
		}
	}
	for _, name := range names {
		if rows := assumed[name]; len(rows) > 0 && !b.told(WarnZoneAssumed, name) {
			b.warn(WarnZoneAssumed, fmt.Sprintf("%s: %s without a zone, and nothing else names one; read as UTC (set timezone: for the source, or --tz)",
				name, counted(len(rows), "time")), b.firstFew(rows)...)
		}
		if rows := backdated[name]; len(rows) > 0 {
			b.warn(WarnBackdated, fmt.Sprintf("%s: the time of %s was set to before it was written", name, counted(len(rows), "row")), b.firstFew(rows)...)
		}
		if rows := unordered[name]; len(rows) > 0 && !b.told(WarnOutOfOrder, name) {
			b.warn(WarnOutOfOrder, fmt.Sprintf("%s: %s before an earlier row; shown by time", name, counted(len(rows), "row")+" stand"+plural(len(rows))),
				b.firstFew(rows)...)
		}
	}
}

// told reports whether the reader of a source has warned of the same already.
func (b *builder) told(code, source string) bool {
	for _, w := range b.in.Warnings {
		if w.Code != code {
			continue
		}
		for _, s := range b.in.Sources {
			if s.Name == source && len(w.Message) > 0 && (hasWord(w.Message, s.Name) || hasWord(w.Message, s.Path)) {
				return true
			}
		}
	}
	return false
}

func (b *builder) firstFew(rows []*Event) []Evidence {
	var out []Evidence
	for _, e := range rows[:min(len(rows), 5)] {
		quote := e.TimeText
		if e.Title != "" {
			quote += " " + e.Title
		}
		out = append(out, b.cite(e, quote))
	}
	return out
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// plural is the ending of the verb: one row stands, two rows stand.
func plural(n int) string {
	if n == 1 {
		return "s"
	}
	return ""
}
