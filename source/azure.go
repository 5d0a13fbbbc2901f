package source

import (
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var azureFormat = Format{
	Name:       "azure",
	Doc:        "Azure Service Health, Resource Health and Activity Log: alert webhooks, REST or az output, Event Hub or storage records",
	Recognised: "schemaId of Azure Monitor, eventTimestamp with operationName, or time with a category of the Activity Log",
	Export:     "az monitor activity-log list --start-time 2024-07-30T10:00Z --offset 1d -o json",
	Lasts:      "90 days, unless it is sent to a storage account or an Event Hub",
	Sniff:      sniffAzure,
	Parse:      parseValues(readAzure),
}

func sniffAzure(_ string, head []byte) int {
	values := topValues("", head)
	if len(values) == 0 {
		return 0
	}
	v := values[0]
	switch v.str("schemaId") {
	case "Microsoft.Insights/activityLogs", "azureMonitorCommonAlertSchema":
		return 95
	}
	list := azureList(v)
	if len(list) == 0 {
		return 0
	}
	v = list[0]
	hub := v.get("time").ok() && (v.get("operationName").ok() || slices.Contains(azureCategories, v.str("category")))
	switch {
	case v.get("eventTimestamp").ok() && (v.get("operationName").ok() || v.get("eventDataId").ok()):
		return 95
	case hub && (v.get("resourceId").ok() || v.get("resultType").ok() || v.get("properties").ok()):
		return 90
	case hub:
		return 80
	}
	return 0
}

// azureCategories are the kinds of records of an activity log.
var azureCategories = []string{
	"Administrative", "ServiceHealth", "ResourceHealth", "Alert", "Autoscale", "Recommendation", "Security", "Policy",
}

// azureList finds the records of a body: REST's {value}, the hub's {records}, a
// bare list, a webhook or a record by itself.
func azureList(body value) []value {
	list := append(body.items(), body.get("value").items()...)
	list = append(list, body.get("records").items()...)
	if body.first() == '{' && !body.get("value").ok() && !body.get("records").ok() {
		list = append(list, body)
	}
	return list
}

// azureLog is what is being read: operations that began and are waited for.
type azureLog struct {
	*sink
	operations []*azureOperation
	open       map[string]*azureOperation
}

func readAzure(s *sink, values []value) {
	l := &azureLog{sink: s, open: map[string]*azureOperation{}}
	s.each(values, func(body value) {
		for _, v := range azureList(body) {
			if !s.record(v, "a record") {
				continue
			}
			l.body(v)
		}
	})
	for _, o := range l.operations {
		s.event(o.event())
	}
}

// body reads one record, or the webhook that carries one.
func (l *azureLog) body(v value) {
	data := v.get("data")
	if data.first() != '{' || !v.get("schemaId").ok() {
		l.record(v, v)
		return
	}
	if inner := data.get("context", "activityLog"); inner.ok() {
		l.record(v, inner)
		return
	}
	if inner := data.get("alertContext"); inner.get("eventTimestamp").ok() {
		l.record(v, inner)
		return
	}
	l.commonAlert(v, data.get("essentials"))
}

// azureRecord is one record with what its three shapes have in common.
type azureRecord struct {
	v           value // the record
	origin      timeline.Origin
	props       value // its properties, those of the event
	category    string
	at, told    when.Stamp // told is when it could be read
	status      string
	operation   string
	resource    string
	correlation string
}

// azureText is a field that is a text, or an object with a value and its name
// in the reader's language.
func azureText(v value) string {
	if text := v.str("value"); text != "" {
		return oneLine(text)
	}
	return oneLine(v.text())
}

func (l *azureLog) record(outer, v value) {
	r := azureRecord{
		v: v, origin: v.origin(), props: v.get("properties"), status: azureText(v.get("status")),
		operation: azureText(v.get("operationName")), correlation: v.str("correlationId"),
		resource: v.str("resourceId", "resourceUri"),
	}
	if inner := r.props.get("eventProperties"); inner.first() == '{' {
		r.props = inner
	}
	for _, key := range []string{"eventSource", "category"} {
		if text := azureText(v.get(key)); r.category == "" && text != "" {
			r.category = text
		}
	}
	if r.category == "" {
		r.category = azureCategory(r)
	}
	if text := oneLine(v.str("resultType")); r.status == "" {
		r.status = text
	}
	field := "eventTimestamp"
	if !v.get(field).ok() {
		field = "time"
	}
	var err error
	if r.at, err = azureTime(v.get(field)); err != nil {
		l.bad(outer.origin(), r.raw(), "a record without a time: %s: %s", field, err)
		return
	}
	r.told, _ = azureTime(v.get("submissionTimestamp"))
	switch r.category {
	case "ServiceHealth":
		l.event(l.serviceHealth(r))
	case "ResourceHealth":
		l.event(l.resourceHealth(r))
	default:
		l.operation(r)
	}
}

// azureCategory tells the kind of a record that does not name it.
func azureCategory(r azureRecord) string {
	switch {
	case r.props.get("trackingId").ok() || r.props.get("incidentType").ok():
		return "ServiceHealth"
	case strings.Contains(strings.ToLower(r.operation), "resourcehealth"):
		return "ResourceHealth"
	}
	return "Administrative"
}

// azureTime reads a time as Azure writes it: in UTC where it names no zone, and
// with the month first.
func azureTime(v value) (when.Stamp, error) {
	s := &sink{opt: Options{Zone: when.Zone{Location: time.UTC, From: when.ZoneDocument}}}
	t, err := s.time(v)
	if month, _, ok := strings.Cut(t.Text, "/"); ok && len(month) <= 2 {
		t.Doubt = ""
	}
	return t, err
}

// azureFields are what is quoted of a record. Claims, callers and addresses of
// callers are not.
var azureFields = []string{
	"eventTimestamp", "time", "submissionTimestamp", "eventDataId", "correlationId", "category", "eventSource",
	"operationName", "level", "status", "subStatus", "resultType", "resultSignature", "resourceType", "resourceGroupName",
	"properties.title", "properties.details", "properties.stage", "properties.service", "properties.region",
	"properties.communication", "properties.defaultLanguageTitle", "properties.defaultLanguageContent",
	"properties.incidentType", "properties.trackingId", "properties.communicationId", "properties.impactStartTime",
	"properties.impactMitigationTime", "properties.currentHealthStatus", "properties.previousHealthStatus",
	"properties.healthStatus", "properties.type", "properties.cause", "properties.healthEventType",
	"properties.healthEventCause", "properties.statusCode", "properties.eventProperties",
}

func (r azureRecord) raw() string { return r.v.kept(azureFields...) }

// common is what the events of all kinds of records have.
func (r azureRecord) common() timeline.Event {
	e := timeline.Event{Origins: []timeline.Origin{r.origin}, Raw: r.raw(), Severity: severityOf(r.v.str("level"))}
	stamp(&e, r.at)
	if r.told.Time.Sub(r.at.Time) > time.Minute {
		e.Observed = r.told.Time
	}
	e.Key = r.v.str("eventDataId")
	return e
}

// serviceHealth is a post of the provider about its own services.
func (l *azureLog) serviceHealth(r azureRecord) timeline.Event {
	e, p := r.common(), r.props
	stage := p.str("stage")
	if stage == "" {
		stage = r.status
	}
	e.Kind, e.Party, e.Group = timeline.KindStatus, timeline.PartyUpstream, p.str("trackingId")
	e.Title = withoutSecrets(oneLine(plainText(p.str("defaultLanguageTitle", "title"))))
	if !strings.HasPrefix(e.Title, stage) {
		e.Title = statusWord(stage) + ": " + e.Title
	}
	e.Body = withoutSecrets(plainText(p.str("defaultLanguageContent", "communication")))
	if id := p.str("communicationId"); id != "" {
		e.Key = e.Group + " " + id
	}
	e.Step = strings.ToLower(stage)
	e.Components, e.Regions = azureImpacted(p)
	begin, _ := azureTime(p.get("impactStartTime"))
	end, _ := azureTime(p.get("impactMitigationTime"))
	switch p.str("incidentType") {
	case "", "Incident":
		e.Claims = azureClaims(r.at, begin, end, e.Step)
	case "Maintenance":
		e.Kind = timeline.KindChange
		addFlag(&e, timeline.FlagPlanned)
		if !begin.Time.IsZero() {
			stamp(&e, begin)
			e.End, e.Observed = end.Time, r.at.Time
		}
	default:
		e.Severity = timeline.SeverityInfo // advice, and what must be done some day
	}
	if e.Step == "rca" {
		e.Kind, e.Claims = timeline.KindComms, nil // the review of it, days later
	}
	return e
}

// azureClaims are what a post about an incident states. The hours of the impact
// are the provider's word, and stand in fields of their own.
func azureClaims(at, begin, end when.Stamp, stage string) []timeline.Claim {
	var claims []timeline.Claim
	if !begin.Time.IsZero() {
		claims = append(claims, recorded(timeline.ImpactStart, begin, "impactStartTime of the provider's incident"))
	}
	claims = append(claims, postedBy(timeline.Detected, at, "a post of the provider: it had been detected by then"))
	if stage != "resolved" {
		return claims
	}
	if !end.Time.IsZero() {
		claims = append(claims, recorded(timeline.Mitigated, end, "impactMitigationTime of the provider's incident"),
			recorded(timeline.ImpactEnd, end, "impactMitigationTime of the provider's incident"))
	}
	return append(claims, postedBy(timeline.ImpactEnd, at, "a post with stage Resolved"),
		recorded(timeline.Resolved, at, "the post that closed the incident"))
}

// azureImpacted are the services and regions that are hurt: a list in a string,
// else the fields beside it.
func azureImpacted(p value) (services, regions []string) {
	add := func(list *[]string, name string) {
		if name = oneLine(name); name != "" && !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	list := p.get("impactedServices")
	if list.first() == '"' {
		list = list.embedded()
	}
	for _, s := range list.items() {
		add(&services, s.str("ServiceName", "serviceName"))
		for _, r := range append(s.get("ImpactedRegions").items(), s.get("impactedRegions").items()...) {
			add(&regions, r.str("RegionName", "regionName"))
		}
	}
	if len(services) == 0 {
		add(&services, p.str("service"))
	}
	if len(regions) == 0 {
		for _, name := range strings.Split(p.str("region"), ",") {
			add(&regions, name)
		}
	}
	return services, regions
}

// resourceHealth is a resource that went from one state into another.
func (l *azureLog) resourceHealth(r azureRecord) timeline.Event {
	e, p := r.common(), r.props
	e.Kind, e.Party = timeline.KindAlert, timeline.PartyUpstream
	state, before := p.str("currentHealthStatus", "healthStatus"), p.str("previousHealthStatus")
	cause := p.str("cause", "healthEventCause")
	if cause == "UserInitiated" {
		e.Party = timeline.PartyOwn
	}
	name := resourceName(r.resource)
	e.Title = oneLine(plainText(p.str("title")))
	if e.Title == "" {
		e.Title = "Resource health: " + state
	}
	if before != "" && state != "" && before != state {
		e.Title += " (" + before + " to " + state + ")"
	}
	if name != "" {
		e.Title, e.Components = name+": "+e.Title, []string{name}
	}
	e.Title = withoutSecrets(e.Title)
	e.Body = withoutSecrets(plainText(p.str("details")))
	e.Group, e.Step = r.correlation, strings.ToLower(state)
	switch {
	case state == "Unavailable" || state == "Degraded":
		e.Claims = alertClaims(r.at, false)
	case state == "Available":
		e.Claims = alertClaims(r.at, true)
	}
	return e
}

// resourceName is the last name of the path of a resource.
func resourceName(path string) string {
	name := oneLine(path[strings.LastIndexByte(path, '/')+1:])
	if name == "" || strings.ContainsAny(name, "<>") {
		return ""
	}
	return name
}
