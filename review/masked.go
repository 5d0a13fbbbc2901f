package review

import (
	"slices"

	"pir/internal/redact"
	"pir/timeline"
)

// What a review masks of its evidence, as Options.Redact has it.
const (
	RedactSecrets = "secrets" // what opens something; the default
	RedactAll     = "all"     // addresses and the like as well
	RedactOff     = "off"
)

// masked is the timeline with placeholders for what should not stand in a
// review. It is masked record by record, before anything is cut or escaped: half
// a key is not known as one. The timeline itself stays.
func masked(t *timeline.Timeline, opt Options) *timeline.Timeline {
	if opt.Redact == RedactOff {
		return t
	}
	m := &masking{redactor: redact.New(redact.Options{Identities: opt.Redact == RedactAll, Own: opt.Patterns}), done: map[string]string{}}
	// What was masked before keeps its numbers.
	m.text = func(s string) string { m.redactor.Reserve(s); return s }
	m.timeline(t)
	m.text = m.mask
	return m.timeline(t)
}

// masking masks one timeline.
type masking struct {
	redactor *redact.Redactor
	done     map[string]string // texts come again: a title in a quote, a quote in a rule
	text     func(string) string
}

// shortest is the length in bytes below which a text holds nothing to mask.
const shortest = 8

func (m *masking) mask(s string) string {
	if len(s) < shortest {
		return s
	}
	out, known := m.done[s]
	if !known {
		out = m.redactor.Text(s)
		m.done[s] = out
	}
	return out
}

func (m *masking) in(texts ...*string) {
	for _, s := range texts {
		*s = m.text(*s)
	}
}

// timeline gives a copy. Names, ids and paths stay.
func (m *masking) timeline(of *timeline.Timeline) *timeline.Timeline {
	t := *of
	m.in(&t.Incident.Title)
	t.Events = slices.Clone(t.Events)
	for i := range t.Events {
		m.event(&t.Events[i])
	}
	t.Milestones = slices.Clone(t.Milestones)
	for i := range t.Milestones {
		b := &t.Milestones[i]
		m.in(&b.Rule)
		b.Evidence, b.Alternatives = m.evidence(b.Evidence), slices.Clone(b.Alternatives)
		for k := range b.Alternatives {
			m.in(&b.Alternatives[k].Rule)
			b.Alternatives[k].Evidence = m.evidence(b.Alternatives[k].Evidence)
		}
	}
	t.Episodes = slices.Clone(t.Episodes)
	for i := range t.Episodes {
		t.Episodes[i].Evidence = m.evidence(t.Episodes[i].Evidence)
	}
	t.Signals = slices.Clone(t.Signals)
	for i := range t.Signals {
		m.in(&t.Signals[i].Pattern, &t.Signals[i].Sample)
	}
	t.Bursts = slices.Clone(t.Bursts)
	for i := range t.Bursts {
		m.in(&t.Bursts[i].First.Quote, &t.Bursts[i].Last.Quote)
	}
	t.Sources = slices.Clone(t.Sources)
	for i := range t.Sources {
		m.in(&t.Sources[i].Provenance, &t.Sources[i].Detail)
	}
	t.Actions = slices.Clone(t.Actions)
	for i := range t.Actions {
		m.action(&t.Actions[i])
	}
	t.Figures = slices.Clone(t.Figures)
	for i := range t.Figures {
		f := &t.Figures[i]
		m.in(&f.Measure, &f.Value, &f.Scope, &f.Source)
		f.Evidence = m.evidence(f.Evidence)
	}
	t.Dropped = slices.Clone(t.Dropped)
	for i := range t.Dropped {
		m.in(&t.Dropped[i].Title, &t.Dropped[i].Reason)
	}
	t.Warnings = slices.Clone(t.Warnings)
	for i := range t.Warnings {
		m.in(&t.Warnings[i].Message)
		t.Warnings[i].Evidence = m.evidence(t.Warnings[i].Evidence)
	}
	return &t
}

func (m *masking) evidence(list []timeline.Evidence) []timeline.Evidence {
	list = slices.Clone(list)
	for i := range list {
		m.in(&list[i].Quote)
	}
	return list
}

func (m *masking) event(e *timeline.Event) {
	m.in(&e.Title, &e.Body, &e.URL, &e.Group, &e.Doubt, &e.Raw)
	if e.Action != nil {
		a := *e.Action
		m.action(&a)
		e.Action = &a
	}
	e.Claims = slices.Clone(e.Claims)
	for i := range e.Claims {
		m.in(&e.Claims[i].Rule, &e.Claims[i].Quote)
	}
}

func (m *masking) action(a *timeline.Action) {
	m.in(&a.Text, &a.Link)
	a.Evidence = m.evidence(a.Evidence)
}
