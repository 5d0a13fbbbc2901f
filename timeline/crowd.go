package timeline

import "time"

// crowdMost is how many records of one source may state the same milestone in
// the same words before they are a crowd. Of a crowd one speaks for those of its
// stretch of time, the first of them, or of an end the last: nobody reads sixty
// thousand candidates. All of them are rows of the timeline with what they state.
const crowdMost = 1000

// crowdKey is the same for records that state the same.
type crowdKey struct {
	milestone    Milestone
	rung         Rung
	source, rule string
	copied       bool
}

// crowd are the records of one key.
type crowd struct {
	size        int
	first, last time.Time
	stretch     time.Duration
	speakers    map[int64]*Event // by the number of the stretch
}

type crowds map[crowdKey]*crowd

func (b *builder) crowdOf(e *Event, c *Claim) crowdKey {
	return crowdKey{c.Milestone, c.Rung, e.Source, c.Rule, b.copied[e.ID]}
}

// crowdTime is when a claim was, or its bound.
func crowdTime(e *Event, c *Claim) time.Time {
	for _, t := range []time.Time{c.Time, c.NotAfter, c.NotBefore, e.Time} {
		if t = plainTime(t); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// findCrowds finds who speaks for each stretch of each crowd. What is no crowd is
// not in it.
func (b *builder) findCrowds() crowds {
	all := crowds{}
	b.eachClaim(func(e *Event, c *Claim, at time.Time) {
		key := b.crowdOf(e, c)
		if all[key] == nil {
			all[key] = &crowd{}
		}
		g := all[key]
		g.size++
		g.first, g.last = earlier(g.first, at), later(g.last, at)
	})
	large := crowds{}
	for key, g := range all {
		if g.size > crowdMost {
			g.stretch = max(time.Minute, g.last.Sub(g.first)/crowdMost)
			g.speakers = map[int64]*Event{}
			large[key] = g
		}
	}
	if len(large) == 0 {
		return nil
	}
	b.eachClaim(func(e *Event, c *Claim, at time.Time) {
		g := large[b.crowdOf(e, c)]
		if g == nil {
			return
		}
		n := g.number(at)
		if s := g.speakers[n]; s == nil || isEnd(c.Milestone) == (compareEvents(s, e) < 0) {
			g.speakers[n] = e
		}
	})
	return large
}

func (g *crowd) number(at time.Time) int64 { return int64(at.Sub(g.first) / g.stretch) }

// eachClaim goes through what records state of milestones.
func (b *builder) eachClaim(found func(e *Event, c *Claim, at time.Time)) {
	for i := range b.events {
		e := &b.events[i]
		if e.HasFlag(FlagTest) {
			continue
		}
		for k := range e.Claims {
			if at := crowdTime(e, &e.Claims[k]); !at.IsZero() {
				found(e, &e.Claims[k], at)
			}
		}
	}
}

// spokenFor reports whether another record of a crowd speaks for this one.
func (b *builder) spokenFor(all crowds, e *Event, c *Claim) bool {
	if len(all) == 0 {
		return false
	}
	g := all[b.crowdOf(e, c)]
	at := crowdTime(e, c)
	return g != nil && !at.IsZero() && g.speakers[g.number(at)] != e
}

// thinRelayed does for what programs tell in chats as findCrowds does for
// records.
func (b *builder) thinRelayed() {
	groups := map[crowdKey][]int{}
	for i := range b.readings {
		if r := &b.readings[i]; r.relayed && !later(r.Time, r.NotAfter).IsZero() {
			key := crowdKey{r.Milestone, r.Rung, r.source, r.Rule, r.copied}
			groups[key] = append(groups[key], i)
		}
	}
	silent := map[int]bool{}
	for _, list := range groups {
		if len(list) > crowdMost {
			b.silence(list, silent)
		}
	}
	if len(silent) == 0 {
		return
	}
	var kept []reading
	for i := range b.readings {
		if !silent[i] {
			kept = append(kept, b.readings[i])
		}
	}
	b.readings = kept
}

// silence marks the readings of a crowd for which another one speaks.
func (b *builder) silence(list []int, silent map[int]bool) {
	at := func(i int) time.Time { return later(b.readings[i].Time, b.readings[i].NotAfter) }
	var g crowd
	for _, i := range list {
		g.first, g.last = earlier(g.first, at(i)), later(g.last, at(i))
	}
	g.stretch = max(time.Minute, g.last.Sub(g.first)/crowdMost)
	speakers := map[int64]int{}
	for _, i := range list {
		n := g.number(at(i))
		k, seen := speakers[n]
		if !seen {
			speakers[n] = i
			continue
		}
		if compareReadings(&b.readings[i], &b.readings[k]) < 0 {
			speakers[n], i = i, k
		}
		silent[i] = true
	}
}
