package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// foldCopies makes one row of records that stand in two sources with the same
// key and step: a page that was fetched twice, a delivery that was saved three
// times.
func (b *builder) foldCopies() {
	type copyKey struct {
		party           Party
		kind            Kind
		key, step, form string
	}
	groups := map[copyKey][]int{}
	for i := range b.events {
		e := &b.events[i]
		if len(e.Key) >= shortestKey {
			k := copyKey{e.Party, e.Kind, e.Key, e.Step, b.formats[e.Source]}
			groups[k] = append(groups[k], i)
		}
	}
	gone := map[int]bool{}
	for i := range b.events {
		e := &b.events[i]
		if gone[i] || len(e.Key) < shortestKey {
			continue
		}
		list := groups[copyKey{e.Party, e.Kind, e.Key, e.Step, b.formats[e.Source]}]
		head := i
		for _, k := range list {
			if !gone[k] && copies(e, &b.events[k]) && later(b.events[k].Said, b.events[k].Observed).After(later(b.events[head].Said, b.events[head].Observed)) {
				head = k // the words as they were edited
			}
		}
		for _, k := range list {
			if k == head || gone[k] || !copies(e, &b.events[k]) && k != i {
				continue
			}
			b.foldCopy(head, k)
			gone[k] = true
		}
	}
	b.events = keep(b.events, gone)
}

// shortestKey is how long a key must be to be one of the world and not of its
// file.
const shortestKey = 6

// copies reports whether two records of one key are the same: a post may have
// been moved in time, an alert not.
func copies(a, b *Event) bool {
	if a.Source == b.Source {
		return false
	}
	moved := a.Kind == KindStatus || a.Kind == KindComms
	return moved || a.Time.Sub(b.Time).Abs() <= time.Hour
}

func (b *builder) foldCopy(head, other int) {
	a, o := &b.events[head], &b.events[other]
	title, body, raw := a.Title, a.Body, a.Raw
	origins := uniqueOrigins(append(slices.Clone(a.Origins), o.Origins...))
	absorb(a, o)
	a.Title, a.Body, a.Raw, a.Origins = title, body, raw, origins
	a.Merged = append(append(a.Merged, o.ID), o.Merged...)
	b.rowOf[o.ID] = a.ID
}

func keep(list []Event, gone map[int]bool) []Event {
	if len(gone) == 0 {
		return list
	}
	out := make([]Event, 0, len(list)-len(gone))
	for i := range list {
		if !gone[i] {
			out = append(out, list[i])
		}
	}
	return out
}

// rowID is the id of the row that a record became part of.
func (b *builder) rowID(id string) string {
	for range 4 { // a copy, of an act, of a storm
		row, ok := b.rowOf[id]
		if !ok {
			return id
		}
		id = row
	}
	return id
}

// fold makes one row of the records of each act, and of each storm. What the
// records state of milestones was read before, each with its own place.
func (b *builder) fold() {
	place, gone := map[string]int{}, map[int]bool{}
	for i := range b.events {
		place[b.events[i].ID] = i
	}
	for _, f := range b.fusions {
		at, ok := place[f.ids[0]]
		if !ok {
			continue // dropped, with all that it stands for
		}
		head := &b.events[at]
		for _, id := range f.ids[1:] {
			join(head, &b.events[place[id]])
			gone[place[id]] = true
		}
		if f.firings > 0 {
			head.stormOver(&b.events[place[f.ids[len(f.ids)-1]]], f.firings)
		}
	}
	b.events = keep(b.events, gone)
	for i := range b.events {
		slices.Sort(b.events[i].Merged)
	}
}

// join adds a record of the same act to a row. The row keeps its time and its
// words; what is true of one record only, such as a doubtful zone, stays out.
func join(a, o *Event) {
	a.Count += o.Count
	a.Origins = uniqueOrigins(append(a.Origins, o.Origins...))
	a.End = later(a.End, o.End)
	a.Times = max(a.Times, o.Times)
	a.Merged = append(append(a.Merged, o.ID), o.Merged...)
	for _, flag := range []string{FlagPinned, FlagInternal} {
		if o.HasFlag(flag) {
			a.addFlag(flag)
		}
	}
	if a.HasFlag(FlagOutside) && !o.HasFlag(FlagOutside) {
		a.Flags = slices.DeleteFunc(a.Flags, func(f string) bool { return f == FlagOutside })
	}
	if len(a.Components) == 0 {
		a.Components = o.Components
	}
	if len(a.Regions) == 0 {
		a.Regions = o.Regions
	}
	a.Severity = cmp.Or(a.Severity, o.Severity)
	a.Actor = cmp.Or(a.Actor, actorOf(o))
	a.URL = cmp.Or(a.URL, o.URL)
	a.Group = cmp.Or(a.Group, o.Group)
	if a.Action == nil {
		a.Action = o.Action
	}
}

// actorOf is who acted; a program that copies acts for nobody.
func actorOf(e *Event) string {
	if e.HasFlag(FlagBot) {
		return ""
	}
	return e.Actor
}

// uniqueOrigins drops repeats and keeps the first place first: it is the one
// that is cited.
func uniqueOrigins(list []Origin) []Origin {
	if len(list) < 2 {
		return list
	}
	rest := slices.Clone(list[1:])
	slices.SortFunc(rest, compareOrigin)
	out := []Origin{list[0]}
	for _, o := range rest {
		if o != list[0] && o != out[len(out)-1] {
			out = append(out, o)
		}
	}
	return out
}

// Tally says in words for how much the row stands: "14 times, 30 records", "3
// records". It is empty for one record of one act.
func (e *Event) Tally() string {
	records := max(len(e.Origins), 1)
	if e.Times <= 1 && records == 1 && e.Count > 1 {
		records = e.Count
	}
	var parts []string
	if e.Times > 1 && !strings.Contains(e.Title, timesText(e.Times)) {
		parts = append(parts, timesText(e.Times))
	}
	if records > 1 {
		parts = append(parts, counted(records, "record"))
	}
	return strings.Join(parts, ", ")
}

func timesText(n int) string { return counted(n, "time") }
