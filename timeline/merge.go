package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// mergeEvents copies the events, gives each its id and merges those of one id:
// records of one source with the same key and step are one row, with all its
// origins and a count. The order of in does not matter.
func mergeEvents(in []Event) []Event {
	list := make([]Event, 0, len(in))
	for i := range in {
		list = append(list, cleaned(&in[i]))
	}
	slices.SortFunc(list, func(a, b Event) int { return compareRecords(&a, &b) })
	ordinals := map[string]int{}
	place := make(map[string]int, len(list))
	out := list[:0] // never longer than what of list was looked at
	for i := range list {
		e := list[i]
		ordinal := 0
		if e.Key == "" {
			same := hashID("", e.Source, rawText(&e), e.Step)
			ordinal = ordinals[same]
			ordinals[same]++
		}
		e.ID = EventID(e, ordinal)
		if at, seen := place[e.ID]; seen {
			absorb(&out[at], &e)
			continue
		}
		place[e.ID] = len(out)
		out = append(out, e)
	}
	clear(list[len(out):])
	return out
}

// cleaned is a copy that shares nothing with e, with times in UTC and defaults
// filled in. A time beyond reason is none, and a doubt.
func cleaned(e *Event) Event {
	c := *e
	c.ID, c.Milestone = "", ""
	c.Time, c.End, c.Observed, c.Said = plainTime(c.Time), plainTime(c.End), plainTime(c.Observed), plainTime(c.Said)
	if c.Time.IsZero() && !e.Time.IsZero() {
		c.Doubt = cmp.Or(c.Doubt, fmt.Sprintf("a time in the year %d is beyond reason; the row is shown without it", e.Time.UTC().Year()))
	}
	c.Origins = slices.Clone(e.Origins)
	c.Components = slices.Clone(e.Components)
	c.Regions = slices.Clone(e.Regions)
	c.Flags = slices.Clone(e.Flags)
	c.Claims = slices.Clip(e.Claims) // a claim is never changed where it stands
	if e.Action != nil {
		a := *e.Action
		c.Action = &a
	}
	c.Count = max(c.Count, 1)
	if c.Times < 1 && c.Count > len(c.Origins) {
		c.Times = c.Count // the record is a counter
	}
	c.Times = max(c.Times, 1)
	c.Merged, c.Related = slices.Clone(e.Merged), nil
	c.Party = cmp.Or(c.Party, PartyOwn)
	if c.Approx {
		c.addFlag(FlagApprox)
	}
	if c.Time.IsZero() {
		c.addFlag(FlagUndated)
	}
	slices.SortFunc(c.Origins, compareOrigin)
	return c
}

// The years within reason. The span between two times in them can be reckoned
// exactly.
const (
	firstYear = 1970
	lastYear  = 2200
)

// plainTime is the time in UTC; zero for one that is beyond reason.
func plainTime(t time.Time) time.Time {
	t = t.UTC()
	if y := t.Year(); t.IsZero() || y < firstYear || y > lastYear {
		return time.Time{}
	}
	return t
}

func (e *Event) addFlag(flag string) {
	if !e.HasFlag(flag) {
		e.Flags = append(e.Flags, flag)
	}
}

// compareRecords is a full order by place and content: records that compare
// equal are the same in all that is shown.
func compareRecords(a, b *Event) int {
	if c := cmp.Compare(a.Source, b.Source); c != 0 {
		return c
	}
	if c := slices.CompareFunc(a.Origins, b.Origins, compareOrigin); c != 0 {
		return c
	}
	if c := cmp.Or(
		cmp.Compare(a.Key, b.Key),
		cmp.Compare(a.Step, b.Step),
		a.Time.Compare(b.Time),
		a.Observed.Compare(b.Observed),
		cmp.Compare(a.Raw, b.Raw),
	); c != 0 {
		return c
	}
	return cmp.Compare(contentOf(a), contentOf(b))
}

// contentOf writes every field that can be seen, for comparing.
func contentOf(e *Event) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q %q %q %q %q %q %q %q %q %d %d %q", e.Title, e.Body, e.Kind, e.Actor, e.URL, e.Group,
		e.TimeText, e.ZoneFrom, e.Severity, e.Precision, e.Count, e.Party)
	fmt.Fprintf(&b, "%q %q %q %q %q %q", e.Components, e.Regions, e.Flags, e.Topic, e.Doubt, e.Origins)
	fmt.Fprintf(&b, "%d %q", e.Times, e.Merged)
	fmt.Fprintf(&b, "%d %d %d %v", e.End.UnixNano(), e.Said.UnixNano(), e.Day.UnixNano(), e.Approx)
	if e.Location != nil {
		fmt.Fprintf(&b, "%q", e.Location.String())
	}
	if e.Action != nil {
		fmt.Fprintf(&b, "%q", *e.Action)
	}
	for _, c := range e.Claims {
		fmt.Fprintf(&b, "%q", c)
	}
	return b.String()
}

// absorb merges the record b into the row a, which stands before it. The row
// keeps its time; words that were edited since are the later ones.
func absorb(a, b *Event) {
	a.Count += b.Count
	a.Times = max(a.Times, b.Times)
	a.Origins = append(a.Origins, b.Origins...)
	slices.SortFunc(a.Origins, compareOrigin)
	a.Origins = slices.CompactFunc(a.Origins, func(x, y Origin) bool { return x == y })
	for _, f := range b.Flags {
		a.addFlag(f)
	}
	a.End = later(a.End, b.End)
	for _, c := range b.Claims {
		if !slices.ContainsFunc(a.Claims, func(x Claim) bool { return sameClaim(x, c) }) {
			a.Claims = append(a.Claims, c)
		}
	}
	for _, name := range b.Components {
		if !slices.Contains(a.Components, name) {
			a.Components = append(a.Components, name)
		}
	}
	if written := a.Kind == KindStatus || a.Kind == KindComms || a.Kind == KindNote; written && b.Body != a.Body {
		a.Title, a.Body, a.Raw = b.Title, b.Body, b.Raw
		a.addFlag(FlagEdited)
	}
	if a.Action == nil {
		a.Action = b.Action
	}
	a.Topic = cmp.Or(a.Topic, b.Topic)
	a.Doubt = cmp.Or(a.Doubt, b.Doubt)
	a.Actor = cmp.Or(a.Actor, b.Actor)
	a.URL = cmp.Or(a.URL, b.URL)
}

func sameClaim(a, b Claim) bool {
	return a.Milestone == b.Milestone && a.Time.Equal(b.Time) && a.NotBefore.Equal(b.NotBefore) &&
		a.NotAfter.Equal(b.NotAfter) && a.Rung == b.Rung && a.Outcome == b.Outcome
}
