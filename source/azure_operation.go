package source

import (
	"slices"
	"strings"

	"pir/timeline"
)

// azureOperation is something that was done to a resource. Its records, that it
// was begun and how it ended, are one act.
type azureOperation struct {
	records []azureRecord
	key     string
}

// azureBegins are the states of a record that tells of a beginning.
var azureBegins = []string{"started", "start", "accepted", "accept", "inprogress", "active"}

func isAzureBegin(status string) bool {
	for _, word := range azureBegins {
		if strings.EqualFold(status, word) {
			return true
		}
	}
	return false
}

// operation files a record with the others of its act.
func (l *azureLog) operation(r azureRecord) {
	key := r.correlation + " " + r.v.str("operationId") + " " + strings.ToLower(r.operation) + " " + strings.ToLower(r.resource)
	o := l.open[key]
	if o == nil || r.correlation == "" {
		o = &azureOperation{key: key}
		if r.correlation == "" {
			o.key = r.v.str("eventDataId")
		}
		l.open[key] = o
		l.operations = append(l.operations, o)
	}
	o.records = append(o.records, r)
}

// event is the act: a span where its beginning and its end were recorded.
func (o *azureOperation) event() timeline.Event {
	slices.SortStableFunc(o.records, func(a, b azureRecord) int { return a.at.Time.Compare(b.at.Time) })
	first, last := o.records[0], o.records[0]
	for _, r := range o.records {
		if !isAzureBegin(r.status) || isAzureBegin(last.status) {
			last = r
		}
	}
	e := first.common()
	e.Kind, e.Count, e.Key, e.Step = timeline.KindChange, len(o.records), o.key, "operation"
	if isAzureBegin(first.status) && !isAzureBegin(last.status) && last.at.Time.After(first.at.Time) {
		e.End = last.at.Time
	}
	e.Origins = nil
	for _, r := range o.records {
		e.Origins = append(e.Origins, r.origin)
	}
	switch first.category {
	case "Alert", "Autoscale":
		e.Kind = timeline.KindAlert
	case "Recommendation", "Policy", "Security":
		e.Kind = timeline.KindLog
	}
	e.Title = azureOperationName(first)
	if e.Title == "" {
		e.Title = statusWord(first.category) + " record"
	}
	if name := resourceName(first.resource); name != "" {
		e.Title += ": " + name
		e.Components = []string{name}
	}
	if last.status != "" {
		e.Title += " (" + strings.ToLower(last.status) + ")"
	}
	e.Title = withoutSecrets(oneLine(e.Title))
	e.Actor = azureActor(o.records)
	if region := oneLine(first.v.str("location", "resourceLocation")); region != "" {
		e.Regions = []string{region}
	}
	return e
}

// azureOperationName is what was done, in the words of the portal where the
// record has them: "Restart Virtual Machine", else "virtualMachines restart".
func azureOperationName(r azureRecord) string {
	if name := oneLine(r.v.get("operationName").str("localizedValue")); name != "" && !strings.Contains(name, "/") {
		return name
	}
	parts := strings.Split(r.operation, "/")
	if n := len(parts); n > 2 && strings.EqualFold(parts[n-1], "action") {
		parts = parts[:n-1]
	}
	if n := len(parts); n > 1 {
		return statusWord(parts[n-2] + " " + strings.ToLower(parts[n-1]))
	}
	return r.operation
}

// azureActor is the name of who did it, from the name in the claims or what
// stands before the at sign of the address. A program is known by a number,
// which is nobody's name.
func azureActor(records []azureRecord) string {
	for _, r := range records {
		for _, claims := range []value{r.v.get("claims"), r.v.get("identity", "claims")} {
			if name := claims.str("name"); name != "" {
				return mailName(name)
			}
		}
	}
	for _, r := range records {
		if caller := r.v.str("caller"); strings.Contains(caller, "@") {
			return mailName(caller)
		}
	}
	return ""
}

// azureSeverities are the grades of an alert rule.
var azureSeverities = map[string]timeline.Severity{
	"Sev0": timeline.SeverityCritical, "Sev1": timeline.SeverityMajor, "Sev2": timeline.SeverityMinor,
	"Sev3": timeline.SeverityInfo, "Sev4": timeline.SeverityInfo,
}

// commonAlert is an alert of a metric or a query in the common schema. outer is
// the webhook's body.
func (l *azureLog) commonAlert(outer, essentials value) {
	raw := essentials.kept("alertRule", "severity", "signalType", "monitorCondition", "monitoringService", "firedDateTime",
		"resolvedDateTime", "description", "configurationItems")
	if essentials.first() != '{' {
		l.bad(outer.origin(), raw, "an alert without essentials")
		return
	}
	cleared := essentials.str("monitorCondition") == "Resolved"
	at, field := essentials.get("firedDateTime"), "firedDateTime"
	if cleared {
		at, field = essentials.get("resolvedDateTime"), "resolvedDateTime"
	}
	t, err := azureTime(at)
	if err != nil {
		l.bad(outer.origin(), raw, "an alert without a time: %s: %s", field, err)
		return
	}
	e := timeline.Event{
		Kind: timeline.KindAlert, Severity: azureSeverities[essentials.str("severity")], Raw: raw,
		Origins: []timeline.Origin{essentials.origin()}, Group: essentials.str("alertRule"),
		Key: essentials.str("originAlertId", "alertId") + " " + essentials.str("firedDateTime"), Step: "firing",
		Body: withoutSecrets(plainText(essentials.str("description"))),
	}
	stamp(&e, t)
	for _, item := range essentials.get("configurationItems").items() {
		e.Components = append(e.Components, oneLine(item.text()))
	}
	word := "Alert fired: "
	if cleared {
		word, e.Step = "Alert cleared: ", "resolved"
	}
	e.Title = withoutSecrets(word + oneLine(essentials.str("alertRule")))
	e.Claims = alertClaims(t, cleared)
	l.event(e)
}
