package timeline

import (
	"cmp"
	"slices"
	"time"
)

// reading is one candidate of a ladder: what one place says of one milestone.
type reading struct {
	Claim
	episode  int // 0 until it is assigned
	evidence []Evidence
	source   string
	origin   Origin
	kind     Kind
	party    Party
	row      bool // the time is that of the row; its words do not name one
	weak     bool // a page that was closed, against an incident that was
	outside  bool // outside the incident's given span: shown, never chosen
	copied   bool // of a record that tells an act which another one tells better
	second   bool // measured, of less weight: another component's edge lies further out, or another log counts
	window   *window
	// after and lapse are set where the text counts from a milestone: "two
	// minutes after it began".
	after  Milestone
	lapse  time.Duration
	atMost bool
	// act is the act of an attempt to mitigate (restart, rollback …). follows
	// is set where the text only tells how an earlier attempt went.
	act     string
	during  bool // an attempt only if it was made after the incident was detected
	follows bool
	jotted  bool // said in passing
	relayed bool // a program tells in a chat what another system did, or what people did there
	again   bool // impact that came back
}

// collect gathers all readings: what pir.yaml gives, what the fields of
// records state, what their text states. Measured ones come with the frames.
func (b *builder) collect() {
	for i := range b.in.Given {
		b.readGiven(&b.in.Given[i])
	}
	miner := newMiner(b)
	crowds := b.findCrowds()
	for i := range b.events {
		e := &b.events[i]
		if e.HasFlag(FlagTest) {
			continue
		}
		claims := b.readClaims(e, crowds)
		mined := slices.DeleteFunc(miner.mine(e), func(r reading) bool {
			return slices.ContainsFunc(claims, func(c reading) bool { return sameStatement(&c, &r) })
		})
		if relays(e) {
			mined = b.relayed(e, mined)
		}
		b.keep(e, append(claims, mined...))
	}
	b.thinRelayed()
	b.firstPost()
}

// keep files the readings of an event by whose record it is. Downstream rows
// set nothing; upstream ones are read for the provider's own clock.
func (b *builder) keep(e *Event, list []reading) {
	switch e.Party {
	case PartyOwn:
		b.readings = append(b.readings, list...)
	case PartyUpstream:
		for _, r := range list {
			if r.Milestone == Cause {
				b.readings = append(b.readings, r)
			} else {
				b.provider = append(b.provider, r)
			}
		}
	}
}

func sameStatement(a, b *reading) bool {
	return a.Milestone == b.Milestone && a.Time.Equal(b.Time) && a.NotAfter.Equal(b.NotAfter) &&
		a.NotBefore.Equal(b.NotBefore) && a.after == b.after && a.lapse == b.lapse
}

func (b *builder) readGiven(g *Given) {
	c := g.Claim
	c.Milestone = cmp.Or(c.Milestone, Milestone(g.Name))
	if milestoneRank(c.Milestone) == len(Milestones) {
		return // aware and classified: clocks of review windows, not of the incident
	}
	c.Rung = RungGiven
	c.Rule = cmp.Or(c.Rule, "given in pir.yaml")
	c.Time, c.End = plainTime(c.Time), plainTime(c.End)
	c.NotBefore, c.NotAfter = plainTime(c.NotBefore), plainTime(c.NotAfter)
	b.readings = append(b.readings, reading{
		Claim: c, episode: g.Episode, source: "pir.yaml", origin: g.Origin, party: PartyOwn,
		evidence: []Evidence{{Origin: g.Origin.String(), Quote: shortened(cmp.Or(g.Note, c.Quote, g.Name))}},
	})
}

// readClaims are the readings of the record's own fields; of a crowd those that
// speak for it.
func (b *builder) readClaims(e *Event, all crowds) []reading {
	var list []reading
	for _, c := range e.Claims {
		if b.spokenFor(all, e, &c) {
			continue
		}
		c.Time, c.End = plainTime(c.Time), plainTime(c.End)
		c.NotBefore, c.NotAfter = plainTime(c.NotBefore), plainTime(c.NotAfter)
		c.Rung = cmp.Or(c.Rung, RungRecorded)
		if milestoneRank(c.Milestone) == len(Milestones) || c.Rung == RungGiven || c.Rung == RungMeasured {
			continue
		}
		if c.Time.IsZero() && c.NotBefore.IsZero() && c.NotAfter.IsZero() {
			c.Time = e.Time
		}
		if c.Rung == RungPosted {
			c.NotAfter, c.Time = earlier(c.NotAfter, c.Time), time.Time{}
		}
		if c.Rung == RungStated && e.Approx && c.Time.Equal(e.Time) {
			c.Rung = RungApproximate
		}
		if c.Precision == 0 {
			c.Precision = e.Precision
		}
		if c.Milestone == Trigger || c.Milestone == Cause {
			c.End = later(c.End, e.End)
		}
		c.Said = b.said(e, c.Said)
		c.Rule = cmp.Or(c.Rule, "the record says so")
		r := reading{
			Claim: c, evidence: []Evidence{b.cite(e, c.Quote)}, source: e.Source, origin: e.firstOrigin(),
			kind: e.Kind, party: e.Party, outside: b.beyond(c),
			copied: b.copied[e.ID],
			weak:   c.Milestone == Resolved && (e.Kind == KindAlert || e.Kind == KindPage || e.Kind == KindAck),
		}
		list = append(list, r)
	}
	return list
}

// said is when the words of an event were said: what the claim or the event
// says, else when it was posted, else its time.
func (b *builder) said(e *Event, said time.Time) time.Time {
	for _, t := range []time.Time{said, e.Said, e.Observed, e.Time} {
		if t = plainTime(t); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// beyond reports whether a claim's time is outside the span that pir.yaml
// gives. A cause may be older and an end may come later.
func (b *builder) beyond(c Claim) bool {
	from, to := plainTime(b.in.Incident.From), plainTime(b.in.Incident.To)
	if c.Time.IsZero() {
		return false
	}
	if !from.IsZero() && c.Time.Before(from) {
		return c.Milestone != Cause && c.Milestone != Trigger
	}
	return !to.IsZero() && c.Time.After(to) && c.Milestone != Resolved && c.Milestone != Closed
}

// firstPost makes the first post of a status page the first update where no
// record says which one it was.
func (b *builder) firstPost() {
	b.readings = append(b.readings, firstPost(b, b.readings, PartyOwn)...)
	b.provider = append(b.provider, firstPost(b, b.provider, PartyUpstream)...)
}

func firstPost(b *builder, have []reading, party Party) []reading {
	if slices.ContainsFunc(have, func(r reading) bool { return r.Milestone == FirstUpdate && r.Rung == RungRecorded }) {
		return nil
	}
	var first *Event
	for i := range b.events {
		e := &b.events[i]
		if e.Kind != KindStatus || e.Party != party || e.Time.IsZero() || e.HasFlag(FlagTest) {
			continue
		}
		if first == nil || compareEvents(e, first) < 0 {
			first = e
		}
	}
	if first == nil {
		return nil
	}
	r := reading{
		Claim: Claim{
			Milestone: FirstUpdate, Time: first.Time, Precision: first.Precision, Rung: RungRecorded,
			Rule: "first post of a status page", Said: b.said(first, time.Time{}),
		},
		evidence: []Evidence{b.cite(first, "")}, source: first.Source, origin: first.firstOrigin(),
		kind: first.Kind, party: party,
	}
	r.outside = b.beyond(r.Claim)
	return []reading{r}
}
