package source

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var statuspageFormat = Format{
	Name:       "statuspage",
	Doc:        "Statuspage incidents: incidents.json, one incident, summary.json, scheduled-maintenances.json, webhook bodies",
	Recognised: "incident_updates in an incident, or page beside incidents",
	Export:     "curl https://PAGE/api/v2/incidents.json",
	Lasts:      "the 50 latest incidents; an older one is at /incidents/ID.json",
	Sniff:      sniffStatuspage,
	Parse:      parseJSON(readStatuspage),
}

func sniffStatuspage(_ string, head []byte) int {
	values := topValues("", head)
	if len(values) == 0 {
		return 0
	}
	v := values[0]
	incident := v.get("incident")
	if list := v.get("incidents").items(); len(list) > 0 {
		incident = list[0]
	} else if list := v.items(); len(list) > 0 {
		incident = list[0]
	}
	page := v.get("page").first() == '{'
	switch {
	case incident.get("incident_updates").first() == '[':
		return 95
	case page && (incident.first() == '{' || v.get("scheduled_maintenances").first() == '[' || v.get("incidents").first() == '[' || v.get("component_update").ok()):
		return 90
	}
	return 0
}

// readStatuspage reads one body: {page, incident}, {page, incidents}, a bare
// list of incidents, or a webhook about a component.
func readStatuspage(s *sink, body value) {
	zone := s.pageZone(body.get("page"))
	incidents := body.items()
	if v := body.get("incident"); v.ok() {
		incidents = append(incidents, v)
	}
	incidents = append(incidents, body.get("incidents").items()...)
	incidents = append(incidents, body.get("scheduled_maintenances").items()...)
	for _, v := range incidents {
		if v.first() != '{' {
			s.bad(v.origin(), v.opening(), "an incident is expected here, an object in braces")
			continue
		}
		s.statusIncident(v, zone)
	}
	if v := body.get("component_update"); v.ok() {
		s.componentUpdate(v, body.get("component").str("name"))
	}
}

// pageZone is the zone in which the page's text tells times, where it says so.
func (s *sink) pageZone(page value) *time.Location {
	if name := page.str("time_zone"); name != "" {
		if zone, err := when.LoadZone(name); err == nil {
			return zone
		}
	}
	return s.opt.Zone.Location
}

// post is one update of an incident. shown is the time that the page prints,
// which its writer can set; posted is when it was written.
type post struct {
	v             value
	status, text  string
	shown, posted when.Stamp
	claims        []timeline.Claim
	raw           string // where v is not it
}

func (s *sink) statusIncident(v value, zone *time.Location) {
	var posts []*post
	for _, u := range v.get("incident_updates").items() {
		if !s.record(u, "an update") {
			continue
		}
		p := &post{v: u, status: u.str("status"), text: withoutSecrets(plainText(u.str("body")))}
		var err error
		if p.posted, err = s.time(u.get("created_at")); err != nil {
			p.posted = when.Stamp{}
		}
		if p.shown, err = s.time(u.get("display_at")); err != nil {
			p.shown = p.posted
		}
		if p.shown.Time.IsZero() {
			s.bad(u.origin(), u.opening(), "an update without a time: display_at is %q, created_at is %q",
				u.str("display_at"), u.str("created_at"))
			continue
		}
		posts = append(posts, p)
	}
	common := s.statusCommon(v, zone)
	if !common.planned {
		claimPosts(posts)
	}
	before := textsBefore(posts)
	var notice []timeline.Origin // that a review was published; the review is told below
	for i, p := range posts {
		if p.status == "postmortem" && p.text == "" && common.reviewed {
			notice = append(notice, p.v.origin())
			continue
		}
		s.event(s.postEvent(common, p, before[i]))
	}
	if len(posts) == 0 {
		s.bareIncident(v, zone)
	}
	s.postmortemBody(v, zone, notice)
}

// maintenance reports whether an incident was planned; it then sets no
// milestone.
func maintenance(v value) bool {
	return v.get("scheduled_for").ok() || v.str("impact") == "maintenance"
}

// importedAfter tells an update that was entered late by hand from one that was
// imported from another page, whose created_at is the day of the import.
const importedAfter = 24 * time.Hour

// claimPosts gives each update that moves the incident on what it is evidence
// of. Repeats of a status are news inside a phase and claim nothing.
func claimPosts(posts []*post) {
	before := ""
	for i, p := range chronological(posts) {
		if i == 0 {
			p.claims = append(p.claims, firstUpdate(p),
				p.bound(timeline.ImpactStart, "the first post: impact had begun by then"),
				p.bound(timeline.Detected, "the first post: it had been detected by then"))
		}
		if p.status == before {
			continue
		}
		before = p.status
		switch p.status {
		case "identified":
			p.claims = append(p.claims, p.bound(timeline.Identified, "a post with status identified"))
		case "monitoring":
			p.claims = append(p.claims, p.bound(timeline.Mitigated, "a post with status monitoring"))
		case "resolved":
			p.claims = append(p.claims,
				p.bound(timeline.Mitigated, "a post with status resolved"),
				p.bound(timeline.ImpactEnd, "a post with status resolved"),
				timeline.Claim{
					Milestone: timeline.Resolved, Time: p.shown.Time, Precision: p.shown.Precision,
					Rung: timeline.RungRecorded, Rule: "the post that closed the incident",
				})
		}
	}
}

// chronological gives the posts in the order of their times; pages list the
// newest first.
func chronological(posts []*post) []*post {
	sorted := slices.Clone(posts)
	slices.Reverse(sorted)
	slices.SortStableFunc(sorted, func(a, b *post) int { return a.shown.Time.Compare(b.shown.Time) })
	return sorted
}

// textsBefore are, for each post, the words of the post before it.
func textsBefore(posts []*post) []string {
	before := map[*post]string{}
	text := ""
	for _, p := range chronological(posts) {
		before[p], text = text, p.text
	}
	texts := make([]string, len(posts))
	for i, p := range posts {
		texts[i] = before[p]
	}
	return texts
}

// bound is the claim that a milestone was reached by the time of the post.
func (p *post) bound(m timeline.Milestone, rule string) timeline.Claim {
	return timeline.Claim{
		Milestone: m, NotAfter: p.shown.Time, Precision: p.shown.Precision,
		Rung: timeline.RungPosted, Rule: rule,
	}
}

// firstUpdate is the time at which the public heard. A time set back by hand
// is not it.
func firstUpdate(p *post) timeline.Claim {
	claim := timeline.Claim{
		Milestone: timeline.FirstUpdate, Time: p.shown.Time, Precision: p.shown.Precision,
		Rung: timeline.RungRecorded, Rule: "the first post of the status page",
	}
	if late := p.posted.Time.Sub(p.shown.Time); p.backdated() && late < importedAfter {
		claim.Time, claim.Precision = p.posted.Time, p.posted.Precision
		claim.Rule = "the first post of the status page, at the time it was written (created_at), which is later than the time it shows"
	}
	return claim
}

// backdated reports whether the page shows a time well before the writing.
func (p *post) backdated() bool {
	return !p.posted.Time.IsZero() && p.posted.Time.Sub(p.shown.Time) > time.Minute
}

// statusCommon is what the posts of an incident have in common, read once.
type statusCommon struct {
	event                         timeline.Event
	planned, backfilled, reviewed bool // reviewed: the page's own review is there
}

func (s *sink) statusCommon(v value, zone *time.Location) statusCommon {
	return statusCommon{
		event: s.incidentEvent(v, zone), planned: maintenance(v),
		backfilled: v.str("backfilled") == "true", reviewed: v.str("postmortem_body") != "",
	}
}

func (s *sink) postEvent(common statusCommon, p *post, before string) timeline.Event {
	e := common.event
	stamp(&e, p.shown)
	e.Origins = []timeline.Origin{p.v.origin()}
	e.Raw = withoutSecrets(p.v.raw())
	e.Title = statusWord(p.status) + ": " + e.Title
	tellNew(&e, before, p.text)
	e.Key, e.Step = p.v.str("id"), p.status
	e.Claims = p.claims
	switch {
	case p.status == "postmortem":
		e.Kind = timeline.KindComms
	case common.planned:
		e.Kind = timeline.KindChange // its hours are not those of an incident
		addFlag(&e, timeline.FlagPlanned)
	}
	if d := p.posted.Time.Sub(p.shown.Time); !p.posted.Time.IsZero() && (d > time.Minute || d < -time.Minute) {
		e.Observed = p.posted.Time
	}
	if p.backdated() || common.backfilled {
		addFlag(&e, timeline.FlagBackdated)
	}
	if edited, err := s.time(p.v.get("updated_at")); err == nil && !p.posted.Time.IsZero() &&
		edited.Time.Sub(p.posted.Time) > time.Minute {
		addFlag(&e, timeline.FlagEdited)
		e.Said = edited.Time
	}
	names, changes := affected(p.v.get("affected_components"))
	if len(names) > 0 {
		e.Components = names
	}
	if len(changes) > 0 {
		e.Body = strings.TrimSpace(e.Body + "\n" + strings.Join(changes, "\n"))
	}
	return e
}

// incidentEvent is what all events of an incident have in common. Its title is
// the name of the incident.
func (s *sink) incidentEvent(v value, zone *time.Location) timeline.Event {
	e := timeline.Event{
		Kind:     timeline.KindStatus,
		Severity: severityOf(v.str("impact_override", "impact")),
		Title:    withoutSecrets(oneLine(plainText(v.str("name")))),
		URL:      v.str("shortlink"),
		Group:    v.str("id"),
		Location: zone,
	}
	// The components of the incident are a snapshot of the day of the export:
	// their names hold, their states do not.
	for _, c := range v.get("components").items() {
		if name := oneLine(c.str("name")); name != "" {
			e.Components = append(e.Components, name)
		}
	}
	return e
}

// affected names the components that an update says are hurt or have changed,
// and tells the changes in words.
func affected(list value) (names, changes []string) {
	for _, c := range list.items() {
		name, before, after := oneLine(c.str("name")), c.str("old_status"), c.str("new_status")
		if name == "" || before == after && after == "operational" {
			continue
		}
		names = append(names, name)
		if before != after && before != "" && after != "" {
			changes = append(changes, name+": "+statusWords(before)+" to "+statusWords(after))
		}
	}
	return names, changes
}

// bareIncident yields an incident without updates as one event.
func (s *sink) bareIncident(v value, zone *time.Location) {
	t, err := s.time(v.get("created_at"))
	if err != nil {
		if t, err = s.time(v.get("started_at")); err != nil {
			s.bad(v.origin(), v.opening(), "an incident without updates and without created_at")
			return
		}
	}
	e := s.incidentEvent(v, zone)
	stamp(&e, t)
	e.Origins = []timeline.Origin{v.origin()}
	e.Raw = withoutSecrets(v.raw())
	e.Title = statusWord(v.str("status")) + ": " + e.Title
	if maintenance(v) {
		e.Kind = timeline.KindChange
		addFlag(&e, timeline.FlagPlanned)
	}
	e.Key, e.Step = v.str("id"), v.str("status")
	s.event(e)
}

// postmortemBody yields the page's own review: words of the provider, and no
// resolution.
func (s *sink) postmortemBody(v value, zone *time.Location, notice []timeline.Origin) {
	body := cut(markdownText(v.str("postmortem_body")), maxText)
	if body == "" {
		return
	}
	e := s.incidentEvent(v, zone)
	t, err := s.time(v.get("postmortem_published_at"))
	if err != nil {
		t, err = s.time(v.get("postmortem_body_last_updated_at"))
	}
	if err == nil {
		stamp(&e, t)
	} else {
		addFlag(&e, timeline.FlagUndated)
	}
	e.Kind = timeline.KindComms
	at := v.get("postmortem_body")
	e.Origins = append([]timeline.Origin{at.origin()}, notice...)
	e.Title, e.Body = "Postmortem: "+e.Title, body
	e.Raw = withoutSecrets(at.raw())
	e.Key, e.Step = v.str("id"), "postmortem"
	s.event(e)
}

func (s *sink) componentUpdate(v value, name string) {
	t, err := s.time(v.get("created_at"))
	if err != nil {
		s.bad(v.origin(), v.opening(), "a component update without a time: created_at is %q", v.str("created_at"))
		return
	}
	e := timeline.Event{Kind: timeline.KindStatus, Severity: severityOf(v.str("new_status"))}
	stamp(&e, t)
	e.Origins = []timeline.Origin{v.origin()}
	e.Title = oneLine(name) + ": " + statusWords(v.str("old_status")) + " to " + statusWords(v.str("new_status"))
	e.Components = []string{oneLine(name)}
	e.Key, e.Step, e.Raw = v.str("id"), v.str("new_status"), v.raw()
	s.event(e)
}

// statusWord is a status as the first word of a title.
func statusWord(status string) string {
	status = statusWords(status)
	if status == "" {
		return "Update"
	}
	return strings.ToUpper(status[:1]) + status[1:]
}

func statusWords(status string) string { return oneLine(strings.ReplaceAll(status, "_", " ")) }
