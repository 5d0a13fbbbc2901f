package timeline

import (
	"slices"
	"strings"
	"time"
)

// A storm is one alert that fired and cleared again and again. It is one row,
// from the first time to the last.

// Bounds of a storm: how often the alert fired at least, and how long nothing
// may be heard of it in between.
const (
	stormTimes = 3
	stormPause = 30 * time.Minute
)

// findStorms finds the alerts, pages and copies in chats that say the same of
// the same thing, over and over. Rows that were one act count once.
func (b *builder) findStorms() {
	groups := map[string][]*telling{}
	var order []string
	for _, a := range b.acts {
		t := a.list[0]
		if t.e.Kind != KindAlert && t.e.Kind != KindPage && !t.bot() || t.state != "fired" && t.state != "cleared" {
			continue
		}
		key := stormKey(t)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], t)
	}
	slices.Sort(order)
	for _, key := range order {
		list := groups[key]
		slices.SortFunc(list, func(x, y *telling) int { return compareEvents(x.e, y.e) })
		start := 0
		for i := 1; i <= len(list); i++ {
			if i == len(list) || list[i].e.Time.Sub(later(list[i-1].e.Time, list[i-1].e.End)) > stormPause {
				b.addStorm(list[start:i])
				start = i
			}
		}
	}
}

// stormKey is the same for rows that tell of one alert.
func stormKey(t *telling) string {
	kind := string(t.e.Kind)
	if t.e.Kind == KindPage {
		kind = string(KindAlert)
	}
	parts := []string{string(t.e.Party), kind, strings.Join(t.words, " "), strings.Join(t.e.Components, " "), strings.Join(t.e.Regions, " ")}
	if len(t.words) == 0 {
		parts = append(parts, t.e.Group)
	}
	if t.e.HasFlag(FlagTest) {
		parts = append(parts, FlagTest)
	}
	return strings.Join(parts, "\x00")
}

// addStorm files a run of rows as a storm where the alert fired often enough.
// Its first row is the one that is kept.
func (b *builder) addStorm(list []*telling) {
	firings := 0
	head := -1
	for i, t := range list {
		if t.state == "fired" {
			firings += max(t.e.Times, 1)
			if head < 0 {
				head = i
			}
		}
	}
	if head < 0 || firings < stormTimes || len(list) == 1 {
		return
	}
	storm := &act{list: []*telling{list[head]}}
	for i, t := range list {
		if i != head && !t.e.Time.Before(list[head].e.Time) {
			storm.list = append(storm.list, t)
		}
	}
	b.file(storm, firings)
}

// stormOver gives the row of a storm its end, that of its last record, and its
// words.
func (e *Event) stormOver(last *Event, firings int) {
	e.Times = firings
	e.End = later(e.End, later(last.Time, last.End))
	if rest, ok := strings.CutPrefix(e.Title, "Alert fired: "); ok {
		e.Title = "Alert fired " + timesText(firings) + ": " + rest
	}
}
