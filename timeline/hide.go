package timeline

import "slices"

// hidePeople replaces the names of people by their roles in every text of the
// timeline. Paths stay: they are where the evidence is.
func (t *Timeline) hidePeople(people []Person) {
	c := newCast(t, people)
	if len(c.aliases) == 0 {
		return
	}
	hide := func(texts ...*string) {
		for _, s := range texts {
			*s = c.aliases.hide(*s)
		}
	}
	hide(&t.Incident.Title)
	for i := range t.Events {
		c.hideEvent(&t.Events[i])
	}
	for i := range t.Milestones {
		row := &t.Milestones[i]
		hide(&row.Rule)
		row.Evidence = c.evidence(row.Evidence)
		for k := range row.Alternatives {
			hide(&row.Alternatives[k].Rule)
			row.Alternatives[k].Evidence = c.evidence(row.Alternatives[k].Evidence)
		}
	}
	for i := range t.Episodes {
		t.Episodes[i].Evidence = c.evidence(t.Episodes[i].Evidence)
	}
	for i := range t.Bursts {
		hide(&t.Bursts[i].First.Quote, &t.Bursts[i].Last.Quote)
	}
	for i := range t.Signals {
		hide(&t.Signals[i].Sample, &t.Signals[i].Pattern)
	}
	for i := range t.Figures {
		f := &t.Figures[i]
		hide(&f.Measure, &f.Value, &f.Scope, &f.Source)
		f.Evidence = c.evidence(f.Evidence)
	}
	for i := range t.Actions {
		c.hideAction(&t.Actions[i])
	}
	for i := range t.Dropped {
		hide(&t.Dropped[i].Title, &t.Dropped[i].Reason)
	}
	for i := range t.Sources {
		hide(&t.Sources[i].Provenance, &t.Sources[i].Detail)
	}
	for i := range t.Warnings {
		hide(&t.Warnings[i].Message)
		t.Warnings[i].Evidence = c.evidence(t.Warnings[i].Evidence)
	}
}

// evidence is a list with the names in its quotes replaced. The list itself may
// be the caller's, and stays.
func (c *cast) evidence(list []Evidence) []Evidence {
	out := make([]Evidence, len(list))
	for i, e := range list {
		e.Quote = c.aliases.hide(e.Quote)
		out[i] = e
	}
	return out
}

func (c *cast) hideEvent(e *Event) {
	if role, ok := c.roles[e.Actor]; ok && !e.HasFlag(FlagBot) {
		e.Actor = role
	} else {
		e.Actor = c.aliases.hide(e.Actor)
	}
	for _, s := range []*string{&e.Title, &e.Body, &e.Raw, &e.Group, &e.Doubt} {
		*s = c.aliases.hide(*s)
	}
	if c.aliases.hide(e.URL) != e.URL {
		e.URL = "" // it would lead nowhere
	}
	if e.Action != nil {
		a := *e.Action
		c.hideAction(&a)
		e.Action = &a
	}
	e.Claims = slices.Clone(e.Claims)
	for i := range e.Claims {
		e.Claims[i].Rule, e.Claims[i].Quote = c.aliases.hide(e.Claims[i].Rule), c.aliases.hide(e.Claims[i].Quote)
	}
}

func (c *cast) hideAction(a *Action) {
	if role, ok := c.roles[a.Owner]; ok {
		a.Owner = role
	} else {
		a.Owner = c.aliases.hide(a.Owner)
	}
	a.Text, a.Link = c.aliases.hide(a.Text), c.aliases.hide(a.Link)
	a.Evidence = c.evidence(a.Evidence)
}
