package source

import (
	"encoding/json"
	"fmt"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var awsHealthFormat = Format{
	Name:       "aws-health",
	Doc:        "AWS Health: the public feed (currentevents), EventBridge events, describe-events",
	Recognised: "the keys of an AWS Health event: service, eventTypeCode, eventDescription and the like",
	Export:     "aws health describe-events, then describe-event-details; or the public feed https://health.aws.amazon.com/public/currentevents",
	Lasts:      "90 days for the events of an account; the public feed has what is going on now",
	Sniff:      sniffAWSHealth,
	Parse:      parseJSON(readAWSHealth),
}

func sniffAWSHealth(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	if list := v.items(); len(list) > 0 {
		v = list[0]
	}
	return sureOfAWSHealth(v)
}

func sureOfAWSHealth(v value) int {
	if list := append(v.get("events").items(), v.get("successfulSet").items()...); len(list) > 0 {
		v = list[0]
	}
	arn := v.str("arn")
	if arn == "" {
		arn = v.get("event").str("arn")
	}
	switch {
	case v.get("event_log").first() == '[' && arn != "",
		v.str("detail-type", "DetailType") == "AWS Health Event",
		strings.HasPrefix(arn, "arn:aws:health:"):
		return 95
	case v.str("source") == "aws.health":
		return 90
	}
	return 0
}

// readAWSHealth reads one body of any of the shapes.
func readAWSHealth(s *sink, body value) {
	list := append(body.items(), body.get("events").items()...)
	list = append(list, body.get("successfulSet").items()...)
	if len(list) == 0 && body.first() == '{' && !body.get("events").ok() && !body.get("successfulSet").ok() {
		list = []value{body}
	}
	for _, v := range list {
		if v.first() != '{' {
			s.bad(v.origin(), v.opening(), "an event is expected here, an object in braces")
			continue
		}
		switch detail := v.get("detail"); {
		case v.get("event_log").ok() || v.get("impacted_service_status_changes").ok():
			s.awsPublic(v)
		case !s.record(v, "an event"):
		case v.get("Detail").ok():
			detail = v.get("Detail").embedded()
			if detail.first() == '{' && !json.Valid(detail.bytes()) {
				detail = value{}
			}
			s.awsDelivery(v, detail)
		case detail.ok():
			s.awsDelivery(v, detail)
		case v.get("event").ok():
			s.awsDelivery(v, v.get("event"))
		default:
			s.awsDelivery(v, v)
		}
	}
}

// awsStates are the states of the public feed, as its pages draw them.
var awsStates = []struct {
	code, word string
	severity   timeline.Severity
}{
	{"0", "Resolved", timeline.SeverityInfo},
	{"1", "Informational", timeline.SeverityInfo},
	{"2", "Degradation", timeline.SeverityMinor},
	{"3", "Disruption", timeline.SeverityMajor},
}

func awsState(code string) (word string, severity timeline.Severity) {
	for _, row := range awsStates {
		if row.code == code {
			return row.word, row.severity
		}
	}
	return "Update", ""
}

// awsPublic yields the posts of one event of the public feed, oldest first.
func (s *sink) awsPublic(v value) {
	common := timeline.Event{
		Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Group: v.str("arn"),
		Location: pacific(), Regions: awsRegions(v),
	}
	if name := oneLine(v.str("service_name", "service")); name != "" {
		common.Components = []string{name}
	}
	about := oneLine(v.str("summary"))
	before, state, first := "", "", true
	for _, u := range v.get("event_log").items() {
		if !s.record(u, "an entry of the event's log") {
			continue
		}
		t, err := s.time(u.get("timestamp"))
		if err != nil {
			s.bad(u.origin(), u.opening(), "an entry without a time: timestamp: %s", err)
			continue
		}
		e := common
		stamp(&e, t)
		e.Origins = []timeline.Origin{u.origin()}
		e.Raw = withoutSecrets(u.raw())
		word, severity := awsState(u.str("status"))
		e.Severity = severity
		summary := firstText(oneLine(u.str("summary")), about)
		e.Title = withoutSecrets(word + ": " + strings.TrimPrefix(summary, "[RESOLVED] "))
		text := markdownText(u.str("message"))
		tellNew(&e, before, text)
		before = text
		e.Key, e.Step = common.Group+" "+u.str("timestamp"), strings.ToLower(word)
		e.Claims = awsPostClaims(t, u.str("status"), state, first)
		state, first = u.str("status"), false
		s.event(e)
	}
	s.awsServiceChanges(v, common)
}

// awsPostClaims are what a post of the public feed is evidence of.
func awsPostClaims(t when.Stamp, status, before string, first bool) []timeline.Claim {
	var claims []timeline.Claim
	if first {
		claims = append(claims, recorded(timeline.FirstUpdate, t, "the first post of the status page"),
			postedBy(timeline.ImpactStart, t, "the first post: impact had begun by then"),
			postedBy(timeline.Detected, t, "the first post: it had been detected by then"))
	}
	if status == "0" && before != "0" {
		claims = append(claims, postedBy(timeline.Mitigated, t, "a post with the state resolved"),
			postedBy(timeline.ImpactEnd, t, "a post with the state resolved"),
			recorded(timeline.Resolved, t, "the post that closed the incident"))
	}
	return claims
}

// awsRegions are the region of an event, by its id.
func awsRegions(v value) []string {
	region := v.str("eventRegion", "region", "region_name")
	if parts := strings.Split(v.str("arn", "eventArn"), ":"); len(parts) > 5 && parts[3] != "" {
		region = parts[3]
	}
	if region = oneLine(region); region == "" || region == "global" {
		return nil
	}
	return []string{region}
}

// awsServiceChanges tells which services changed their state: those that did
// at the same moment in one row.
func (s *sink) awsServiceChanges(v value, common timeline.Event) {
	type change struct {
		v     value
		t     when.Stamp
		state string
		names []string
	}
	var list []*change
	known := map[string]*change{}
	for _, c := range v.get("impacted_service_status_changes").items() {
		t, err := s.time(c.get("timestamp"))
		if c.first() != '{' || err != nil {
			s.bad(c.origin(), c.opening(), "a change of a service without a time: timestamp is %q", c.str("timestamp"))
			continue
		}
		state := c.str("current_status")
		name := oneLine(c.str("service_name", "service"))
		key := c.str("timestamp") + " " + state
		if known[key] == nil {
			known[key] = &change{v: c, t: t, state: state}
			list = append(list, known[key])
		}
		known[key].names = append(known[key].names, name)
	}
	for _, c := range list {
		e := common
		stamp(&e, c.t)
		e.Origins = []timeline.Origin{c.v.origin()}
		e.Raw = withoutSecrets(c.v.raw())
		word, severity := awsState(c.state)
		e.Severity, e.Count = severity, len(c.names)
		e.Title = c.names[0] + ": " + strings.ToLower(word)
		if len(c.names) > 1 {
			e.Title = fmt.Sprintf("%s and %d more: %s", c.names[0], len(c.names)-1, strings.ToLower(word))
			e.Body = strings.Join(c.names, ", ")
		} else {
			e.Components = c.names
		}
		e.Key = common.Group + " services " + c.v.str("timestamp") + " " + c.names[0]
		e.Step = strings.ToLower(word)
		s.event(e)
	}
}

// awsFields are what is quoted of a delivery: not whose account it is, and not
// what of it is hurt.
var awsFields = []string{
	"eventArn", "arn", "service", "eventTypeCode", "eventTypeCategory", "statusCode", "eventRegion", "region",
	"startTime", "endTime", "lastUpdatedTime", "communicationId", "page", "totalPages", "eventDescription.latestDescription",
}

// awsDelivery yields one delivery of an event to an account: through
// EventBridge, or from the API. detail is the event itself.
func (s *sink) awsDelivery(v, detail value) {
	raw := v.kept("id", "time", "region", "detail-type", "source")
	if detail.first() == '{' {
		raw = detail.kept(awsFields...)
	}
	arn := detail.str("eventArn", "arn")
	if arn == "" {
		s.bad(v.origin(), raw, "no event of AWS Health: its detail has no eventArn")
		return
	}
	begin, _ := s.time(detail.get("startTime"))
	end, _ := s.time(detail.get("endTime"))
	told, ok := s.firstTime(detail.get("lastUpdatedTime"), v.get("time"), detail.get("startTime"))
	if !ok {
		s.bad(v.origin(), raw, "an event without a time: lastUpdatedTime, time and startTime are missing or no times")
		return
	}
	e := timeline.Event{
		Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Group: arn, Raw: raw, Location: pacific(),
		Origins: []timeline.Origin{v.origin()}, Regions: awsRegions(detail), Step: strings.ToLower(detail.str("statusCode")),
	}
	if len(e.Regions) == 0 {
		e.Regions = awsRegions(v)
	}
	if name := oneLine(detail.str("service")); name != "" {
		e.Components = []string{name}
	}
	stamp(&e, told)
	e.Key = arn + " " + e.TimeText
	if id := detail.str("communicationId"); id != "" {
		e.Key = arn + " " + id
	}
	e.Body = awsDescription(v, detail)
	e.Title = awsTitle(detail)
	switch category := detail.str("eventTypeCategory"); {
	case category == "scheduledChange" && !begin.Time.IsZero():
		stamp(&e, begin)
		e.Kind, e.Observed, e.End = timeline.KindChange, told.Time, end.Time
		addFlag(&e, timeline.FlagPlanned)
	case category == "issue":
		e.Claims = awsIssueClaims(detail, begin, end)
	}
	s.event(e)
}

// awsIssueClaims are what the fields of an issue state.
func awsIssueClaims(detail value, begin, end when.Stamp) []timeline.Claim {
	var claims []timeline.Claim
	if !begin.Time.IsZero() {
		claims = append(claims, recorded(timeline.ImpactStart, begin, "startTime of the provider's event"))
	}
	if status := detail.str("statusCode"); !end.Time.IsZero() && (status == "closed" || status == "") {
		claims = append(claims, recorded(timeline.ImpactEnd, end, "endTime of the provider's event"),
			recorded(timeline.Resolved, end, "endTime of the provider's event"))
	}
	return claims
}

// awsTitle says what an event is about: "Open issue: EC2 instance store drive
// performance degraded".
func awsTitle(detail value) string {
	words := map[string]string{"scheduledChange": "scheduled change", "accountNotification": "notification"}
	category := detail.str("eventTypeCategory")
	if word, ok := words[category]; ok {
		category = word
	}
	head := statusWord(strings.TrimSpace(detail.str("statusCode") + " " + category))
	service := oneLine(detail.str("service"))
	code := strings.TrimPrefix(detail.str("eventTypeCode"), "AWS_")
	code = strings.TrimPrefix(code, service+"_")
	return oneLine(head + ": " + service + " " + strings.ToLower(statusWords(code)))
}

// awsDescription is the text of an event in English, where it has one, with
// the number of things that are hurt. Their names are those of an account.
func awsDescription(v, detail value) string {
	list := detail.get("eventDescription")
	if !list.ok() {
		list = v.get("eventDescription")
	}
	text := list.str("latestDescription")
	for _, d := range list.items() {
		if text == "" || strings.HasPrefix(d.str("language"), "en") {
			text = d.str("latestDescription")
		}
	}
	text = markdownText(strings.ReplaceAll(text, `\n`, "\n"))
	if n := len(detail.get("affectedEntities").items()); n > 0 {
		text = strings.TrimSpace(text + fmt.Sprintf("\nAffected entities: %d", n))
	}
	return text
}
