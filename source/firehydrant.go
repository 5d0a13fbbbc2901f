package source

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var firehydrantFormat = Format{
	Name:       "firehydrant",
	Doc:        "FireHydrant: the JSON of its status pages, incidents of its API with their milestones",
	Recognised: "milestones, current_milestone or the like in an incident",
	Export:     "curl -H 'Authorization: Bearer …' https://api.firehydrant.io/v1/incidents/ID",
	Lasts:      "as long as the account",
	Sniff:      sniffFirehydrant,
	Parse:      parseJSON(readFirehydrant),
}

func sniffFirehydrant(_ string, head []byte) int {
	for _, v := range firstRecords(head, "incidents", "data") {
		if hydrantIncident(v) {
			return 95
		}
	}
	return 0
}

// hydrantIncident reports whether a record is an incident: of a page, or of the
// API.
func hydrantIncident(v value) bool {
	if v.get("timestamps").first() == '{' && (v.get("timeline").first() == '[' || v.get("lifecyclePhases").first() == '[' || v.get("severitySlug").ok()) {
		return true
	}
	m := firstItem(v.get("milestones"))
	return v.get("current_milestone").ok() && (m.first() == 0 || m.get("occurred_at").ok())
}

// readFirehydrant reads a page, one incident or a list of them.
func readFirehydrant(s *sink, body value) {
	list := append(body.items(), body.get("incidents").items()...)
	list = append(list, body.get("data").items()...)
	if hydrantIncident(body) {
		list = append(list, body)
	}
	for _, v := range list {
		if s.stopped() {
			return
		}
		if s.record(v, "an incident") {
			s.hydrantIncident(v)
		}
	}
}

// hydrantEvent begins an event of an incident.
func hydrantEvent(v, at value) timeline.Event {
	severity := v.str("severitySlug", "severity")
	if severity == "" {
		severity = v.get("severity").str("slug")
	}
	e := timeline.Event{
		Kind:     timeline.KindTicket,
		Origins:  []timeline.Origin{at.origin()},
		Severity: severityOf(severity),
		Group:    v.str("id"),
		Key:      v.str("id"),
	}
	for _, c := range append(v.get("components").items(), v.get("services").items()...) {
		if name := oneLine(c.str("name")); name != "" {
			e.Components = append(e.Components, name)
		}
	}
	return e
}

func hydrantTitle(v value) string { return withoutSecrets(oneLine(v.str("title", "name", "id"))) }

func hydrantPlanned(v value) bool {
	return strings.EqualFold(v.str("severitySlug", "severity"), "maintenance")
}

func (s *sink) hydrantIncident(v value) {
	moments := s.hydrantMoments(v)
	for i, m := range moments {
		if i > 0 && m.t.Time.Equal(moments[i-1].t.Time) {
			continue // told with the one before
		}
		s.event(hydrantMoment(v, moments, m))
	}
	posts := s.hydrantPosts(v)
	if !hydrantPlanned(v) {
		claimPosts(posts)
	}
	for _, p := range posts {
		s.event(s.hydrantPost(v, p))
	}
	if len(moments) == 0 && len(posts) == 0 {
		s.bad(v.origin(), v.opening(), "an incident without a time: no timestamps, milestones or timeline")
	}
}

// moment is a milestone of FireHydrant that was reached.
type moment struct {
	name string
	at   value
	t    when.Stamp
}

const maxMoments = 100 // of one incident

// hydrantMoments are the milestones that were reached, in order of time. A page
// has them twice; the names of the first are enough.
func (s *sink) hydrantMoments(v value) []moment {
	var list []moment
	add := func(name string, at, whole value) {
		if !at.ok() {
			return
		}
		t, err := s.time(at)
		if err != nil {
			s.bad(whole.origin(), whole.opening(), "%s: %s", name, err)
			return
		}
		if len(list) == maxMoments {
			s.bad(whole.origin(), whole.opening(), "an incident with more than %d milestones; the others are left out", maxMoments)
		}
		if len(list) <= maxMoments {
			list = append(list, moment{oneLine(cut(name, 60)), at, t})
		}
	}
	for _, m := range v.get("timestamps").members() {
		add(m.key, m.value, m.value)
	}
	if len(list) == 0 {
		phases := append(v.get("lifecyclePhases").items(), v.get("lifecycle_phases").items()...)
		for _, milestones := range append([]value{v}, phases...) {
			for _, m := range milestones.get("milestones").items() {
				at := m.get("occurredAt")
				if !at.ok() {
					at = m.get("occurred_at")
				}
				add(m.str("slug", "type", "name"), at, m)
			}
		}
	}
	list = list[:min(len(list), maxMoments)]
	slices.SortStableFunc(list, func(a, b moment) int { return a.t.Time.Compare(b.t.Time) })
	return list
}

// hydrantMoment is the event of a milestone, and of the others of its instant.
func hydrantMoment(v value, all []moment, m moment) timeline.Event {
	e := hydrantEvent(v, m.at)
	stamp(&e, m.t)
	var names []string
	var resolved, detected when.Stamp
	for _, other := range all {
		switch other.name {
		case "resolved":
			resolved = other.t
		case "detected":
			detected = other.t
		}
	}
	for _, other := range all {
		if !other.t.Time.Equal(m.t.Time) {
			continue
		}
		names = append(names, statusWords(other.name))
		claim, ok := stampClaim(other.name, other.t)
		if !ok || hydrantPlanned(v) {
			continue
		}
		if claim.Milestone == timeline.ImpactStart && other.t.Time.Equal(detected.Time) {
			// The tool sets both when an incident is opened: it began by then.
			claim.NotAfter, claim.Time, claim.Rung = claim.Time, time.Time{}, timeline.RungRecorded
		}
		late := !resolved.Time.IsZero() && other.t.Time.After(resolved.Time)
		if late && claim.Milestone != timeline.Closed {
			e.Body = "Recorded after the incident was resolved: it is the time of the entry, not of the act."
			continue
		}
		e.Claims = append(e.Claims, claim)
	}
	e.Title = statusWord(strings.Join(names, ", ")) + ": " + hydrantTitle(v)
	e.Step = strings.Join(names, ", ")
	e.Raw = v.kept("id", "title", "name", "timestamps", "milestones.slug", "milestones.type", "milestones.occurred_at", "severitySlug")
	return e
}

var hydrantState = expression(`^\W*\*\*([A-Za-z ]{3,30})\*\*\s*[—–-]\s*`)

// hydrantPosts are the entries of a page's timeline: what was posted, and the
// state that it was posted with.
func (s *sink) hydrantPosts(v value) []*post {
	var posts []*post
	for _, entry := range v.get("timeline").items() {
		if !s.record(entry, "an entry of the timeline") {
			continue
		}
		p := &post{v: entry}
		var err error
		if p.posted, err = s.time(entry.get("time")); err != nil {
			p.posted = when.Stamp{}
		}
		if p.shown, err = s.time(entry.get("occurredAt")); err != nil {
			p.shown = p.posted
		}
		if p.shown.Time.IsZero() {
			s.bad(entry.origin(), entry.opening(), "an entry without a time: occurredAt is %q, time is %q",
				cut(entry.str("occurredAt"), 80), cut(entry.str("time"), 80))
			continue
		}
		p.status = strings.ToLower(entry.get("details", "milestoneUpdate").str("currentMilestone"))
		if m := hydrantState.FindStringSubmatch(hydrantNote(entry)); m != nil {
			p.status = strings.ToLower(m[1])
		}
		posts = append(posts, p)
	}
	sorted := slices.Clone(posts)
	slices.Reverse(sorted) // the newest comes first
	slices.SortStableFunc(sorted, func(a, b *post) int { return a.shown.Time.Compare(b.shown.Time) })
	for i, p := range sorted {
		if p.status == "" && i > 0 {
			p.status = sorted[i-1].status // words within a state
		}
	}
	return posts
}

func hydrantNote(entry value) string {
	details := entry.get("details")
	if text := details.str("note"); text != "" {
		return bounded(text)
	}
	return bounded(details.get("note").str("note"))
}

func (s *sink) hydrantPost(v value, p *post) timeline.Event {
	e := hydrantEvent(v, p.v)
	stamp(&e, p.shown)
	e.Kind = timeline.KindStatus
	if hydrantPlanned(v) {
		e.Kind = timeline.KindChange
	}
	e.Title = statusWord(p.status) + ": " + hydrantTitle(v)
	text := hydrantState.ReplaceAllString(hydrantNote(p.v), "")
	e.Body = withoutSecrets(inlineText(plainText(text)))
	e.Key, e.Step = v.str("id")+" "+p.shown.Text, p.status
	e.Raw = p.v.kept("time", "occurredAt", "details.note", "details.milestoneUpdate")
	e.Claims = p.claims
	s.locate(&e)
	if p.backdated() {
		addFlag(&e, timeline.FlagBackdated)
		e.Observed = p.posted.Time
	}
	return e
}
