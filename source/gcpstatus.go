package source

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var gcpStatusFormat = Format{
	Name:       "gcp-status",
	Doc:        "Google Cloud's status page: incidents.json, or some of its incidents",
	Recognised: "external_desc and updates in an incident",
	Export:     "curl https://status.cloud.google.com/incidents.json",
	Lasts:      "years",
	Sniff:      sniffGCPStatus,
	Parse:      parseJSON(readGCPStatus),
}

func sniffGCPStatus(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	if list := v.items(); len(list) > 0 {
		v = list[0]
	}
	if v.get("external_desc").ok() && v.get("updates").ok() {
		return 95
	}
	return 0
}

func readGCPStatus(s *sink, body value) {
	list := body.items()
	if body.first() == '{' {
		list = []value{body}
	}
	for _, v := range list {
		if v.first() != '{' {
			s.bad(v.origin(), v.opening(), "an incident is expected here, an object in braces")
			continue
		}
		s.gcpIncident(v)
	}
}

// gcpPost is one update of an incident. shown is its own time, posted the time
// at which it was entered.
type gcpPost struct {
	v             value
	status, text  string
	shown, posted when.Stamp
	report        string // "Incident Report", "Preliminary Incident Report"; else empty
	claims        []timeline.Claim
}

func (s *sink) gcpIncident(v value) {
	var posts []*gcpPost
	for _, u := range v.get("updates").items() { // newest first
		if !s.record(u, "an update") {
			continue
		}
		p := &gcpPost{v: u, status: u.str("status"), text: markdownText(u.str("text"))}
		var err error
		if p.posted, err = s.time(u.get("created")); err != nil {
			p.posted = when.Stamp{}
		}
		if p.shown, err = s.time(u.get("when")); err != nil {
			p.shown = p.posted
		}
		if p.shown.Time.IsZero() {
			s.bad(u.origin(), u.opening(), "an update without a time: when is %q, created is %q", u.str("when"), u.str("created"))
			continue
		}
		p.report = incidentReport(p.text)
		posts = append(posts, p)
	}
	s.claimGCP(v, posts)
	common, texts := gcpIncidentEvent(v), gcpTexts(posts)
	for i, p := range posts {
		s.event(gcpEvent(common, p, texts[i]))
	}
	if len(posts) == 0 {
		s.bareGCPIncident(v)
	}
}

// incidentReport is the title of the review that an update is, where it is one.
func incidentReport(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	line = strings.TrimSpace(strings.Trim(line, "# "))
	if strings.EqualFold(line, "Incident Report") || strings.EqualFold(line, "Preliminary Incident Report") ||
		strings.EqualFold(line, "Mini Incident Report") {
		return strings.ToUpper(line[:1]) + strings.ToLower(line[1:])
	}
	return ""
}

// gcpTexts are, for each post, the words of the post before it.
func gcpTexts(posts []*gcpPost) []string {
	before := map[*gcpPost]string{}
	text := ""
	for _, p := range oldestFirst(posts) {
		before[p], text = text, p.text
	}
	texts := make([]string, len(posts))
	for i, p := range posts {
		texts[i] = before[p]
	}
	return texts
}

func oldestFirst(posts []*gcpPost) []*gcpPost {
	order := slices.Clone(posts)
	slices.Reverse(order)
	slices.SortStableFunc(order, func(a, b *gcpPost) int { return a.shown.Time.Compare(b.shown.Time) })
	return order
}

// claimGCP gives the posts what they and the incident's own fields state. The
// incident's begin and end are the provider's word on the impact, entered by a
// person; its text may say otherwise.
func (s *sink) claimGCP(v value, posts []*gcpPost) {
	order := oldestFirst(posts)
	if len(order) == 0 {
		return
	}
	first := order[0]
	first.claims = append(first.claims,
		timeline.Claim{
			Milestone: timeline.FirstUpdate, Time: first.shown.Time, Precision: first.shown.Precision,
			Rung: timeline.RungRecorded, Rule: "the first post of the status page",
		},
		postedBy(timeline.ImpactStart, first.shown, "the first post: impact had begun by then"),
		postedBy(timeline.Detected, first.shown, "the first post: it had been detected by then"))
	if t, err := s.time(v.get("begin")); err == nil {
		first.claims = append(first.claims, recorded(timeline.ImpactStart, t, "the begin of the provider's incident"))
	} else if v.get("begin").ok() {
		s.bad(v.get("begin").origin(), v.get("begin").raw(), "begin: %s", err)
	}
	closing := order[len(order)-1]
	closed := false
	for _, p := range order {
		if p.status == "AVAILABLE" && p.report == "" {
			closing, closed = p, true
			break
		}
	}
	if closed {
		closing.claims = append(closing.claims,
			postedBy(timeline.Mitigated, closing.shown, "a post with status AVAILABLE"),
			postedBy(timeline.ImpactEnd, closing.shown, "a post with status AVAILABLE"),
			recorded(timeline.Resolved, closing.shown, "the first post with status AVAILABLE"))
	}
	end, err := s.time(v.get("end"))
	switch {
	case err == nil:
		rule := "the end of the provider's incident"
		closing.claims = append(closing.claims, recorded(timeline.ImpactEnd, end, rule))
		if !closed {
			closing.claims = append(closing.claims, recorded(timeline.Resolved, end, rule+"; no post closed it"))
		}
	case v.get("end").ok():
		s.bad(v.get("end").origin(), v.get("end").raw(), "end: %s", err)
	}
}

// postedBy claims that a milestone was reached by the time of a post.
func postedBy(m timeline.Milestone, t when.Stamp, rule string) timeline.Claim {
	return timeline.Claim{Milestone: m, NotAfter: t.Time, Precision: t.Precision, Rung: timeline.RungPosted, Rule: rule}
}

// recorded claims that a milestone was reached at a time that a field holds.
func recorded(m timeline.Milestone, t when.Stamp, rule string) timeline.Claim {
	return timeline.Claim{Milestone: m, Time: t.Time, Precision: t.Precision, Rung: timeline.RungRecorded, Rule: rule}
}

func gcpEvent(common timeline.Event, p *gcpPost, before string) timeline.Event {
	e := common
	stamp(&e, p.shown)
	e.Origins = []timeline.Origin{p.v.origin()}
	e.Raw = withoutSecrets(p.v.raw())
	if severity := severityOf(p.status); severity != "" {
		e.Severity = severity
	}
	if list := locations(p.v.get("affected_locations")); len(list) > 0 {
		e.Regions = list
	}
	word := statusWord(strings.ToLower(p.status))
	if p.report != "" {
		word, e.Kind = p.report, timeline.KindComms
	}
	e.Title = word + ": " + e.Title
	tellNew(&e, before, p.text)
	observed(&e, p.shown, p.posted)
	e.Key, e.Step = e.Group+" "+p.v.str("created", "when"), strings.ToLower(p.status)
	e.Claims = p.claims
	return e
}

// observed notes when a record was made that tells an earlier time.
func observed(e *timeline.Event, shown, posted when.Stamp) {
	if posted.Time.IsZero() {
		return
	}
	switch d := posted.Time.Sub(shown.Time); {
	case d > time.Minute:
		e.Observed = posted.Time
		addFlag(e, timeline.FlagBackdated)
	case d < -time.Minute:
		e.Observed = posted.Time
	}
}

// gcpIncidentEvent is what all events of an incident have in common.
func gcpIncidentEvent(v value) timeline.Event {
	e := timeline.Event{
		Kind:     timeline.KindStatus,
		Party:    timeline.PartyUpstream,
		Severity: severityOf(v.str("status_impact")),
		Title:    withoutSecrets(oneLine(plainText(v.str("external_desc")))),
		Group:    v.str("id"),
		Location: pacific(),
	}
	if e.Severity == "" {
		e.Severity = severityOf(v.str("severity"))
	}
	if uri := v.str("uri"); strings.HasPrefix(uri, "incidents/") {
		e.URL = "https://status.cloud.google.com/" + uri
	}
	for _, p := range v.get("affected_products").items() {
		if name := oneLine(p.str("title", "current_title")); name != "" {
			e.Components = append(e.Components, name)
		}
	}
	if len(e.Components) == 0 {
		if name := oneLine(v.str("service_name")); name != "" {
			e.Components = []string{name}
		}
	}
	e.Regions = append(locations(v.get("currently_affected_locations")), locations(v.get("previously_affected_locations"))...)
	return e
}

// pacific is the zone in which the texts of the American providers tell times
// that name none.
func pacific() *time.Location {
	if zone, err := when.LoadZone("America/Los_Angeles"); err == nil {
		return zone
	}
	return time.UTC
}

func locations(list value) []string {
	var names []string
	for _, l := range list.items() {
		if name := oneLine(l.str("id", "title")); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// bareGCPIncident yields an incident without updates as one event.
func (s *sink) bareGCPIncident(v value) {
	t, err := s.time(v.get("begin"))
	if err != nil {
		if v.get("updates").ok() && len(v.get("updates").items()) > 0 {
			return // its updates are told as bad
		}
		s.bad(v.origin(), v.opening(), "an incident without updates and without a time: begin: %s", err)
		return
	}
	e := gcpIncidentEvent(v)
	stamp(&e, t)
	if end, err := s.time(v.get("end")); err == nil {
		e.End = end.Time
	} else if v.get("end").ok() {
		s.bad(v.get("end").origin(), v.get("end").raw(), "end: %s", err)
	}
	e.Origins = []timeline.Origin{v.origin()}
	e.Raw = withoutSecrets(v.raw())
	e.Title = "Incident: " + e.Title
	e.Key, e.Step = v.str("id"), "incident"
	e.Claims = []timeline.Claim{recorded(timeline.ImpactStart, t, "the begin of the provider's incident")}
	s.event(e)
}
