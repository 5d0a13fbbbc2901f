package source

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var cloudTrailFormat = Format{
	Name:       "cloudtrail",
	Doc:        "AWS CloudTrail: log files, lookup-events, EventBridge, single records; calls that only read are counted",
	Recognised: "eventSource, eventName and eventTime in a record",
	Export:     "aws cloudtrail lookup-events --start-time … --end-time …, or the files of a trail in S3",
	Lasts:      "90 days; the files of a trail as long as the bucket keeps them",
	Sniff:      sniffCloudTrail,
	Parse:      parseValues(readCloudTrail),
}

func sniffCloudTrail(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	list := trailList(v)
	if len(list) == 0 {
		return 0
	}
	v = list[0]
	switch {
	case v.get("CloudTrailEvent").ok(), v.get("detail", "eventSource").ok() && v.get("detail", "eventName").ok():
		return 95
	case v.get("eventSource").ok() && v.get("eventName").ok() && v.get("eventTime").ok():
		return 95
	}
	return 0
}

// trailList finds the records of a body: a log file's, those of lookup-events, a
// bare list, or a record by itself.
func trailList(body value) []value {
	list := append(body.items(), body.get("Records").items()...)
	list = append(list, body.get("Events").items()...)
	if len(list) == 0 && body.first() == '{' && !body.get("Records").ok() && !body.get("Events").ok() {
		list = []value{body}
	}
	return list
}

// trailReads are calls of one result that changed nothing: they are told in one
// row.
type trailReads struct {
	fault string // error code; empty where they were answered
	first timeline.Event
	last  when.Stamp
	n     int
}

type trailLog struct {
	*sink
	reads []*trailReads
}

func readCloudTrail(s *sink, values []value) {
	l := &trailLog{sink: s}
	s.each(values, func(body value) {
		for _, v := range trailList(body) {
			if s.record(v, "a record") {
				l.record(v)
			}
		}
	})
	for _, r := range l.reads {
		e := r.first
		e.Count = r.n
		if r.last.Time.After(e.Time) {
			e.End = r.last.Time
		}
		e.Title = "1 call of the API that only read"
		if r.n > 1 {
			e.Title = fmt.Sprintf("%d calls of the API that only read", r.n)
		}
		if r.fault != "" {
			e.Title += ", failed: " + r.fault
		}
		e.Key, e.Step = "reads "+r.fault+" "+e.TimeText, "reads"
		s.event(e)
	}
}

func (l *trailLog) record(outer value) {
	v := outer
	if inner := outer.get("CloudTrailEvent"); inner.first() == '"' {
		if v = inner.embedded(); v.first() != '{' || !json.Valid(v.bytes()) {
			l.bad(outer.origin(), "", "CloudTrailEvent holds no valid JSON")
			return
		}
	} else if inner := outer.get("detail"); inner.first() == '{' {
		v = inner
	}
	t, err := l.time(v.get("eventTime"))
	if err != nil {
		l.bad(outer.origin(), trailRaw(v), "a record without a time: eventTime: %s", err)
		return
	}
	e := timeline.Event{Kind: timeline.KindChange, Origins: []timeline.Origin{outer.origin()}, Raw: trailRaw(v)}
	stamp(&e, t)
	fault := oneLine(v.str("errorCode"))
	if v.str("readOnly") == "true" {
		l.countRead(e, t, fault)
		return
	}
	service, _, _ := strings.Cut(v.str("eventSource"), ".")
	e.Title = oneLine(service + " " + v.str("eventName"))
	if about := trailSubject(v); about != "" {
		e.Title += ": " + about
	}
	if fault != "" {
		e.Title += " (failed: " + fault + ")"
	}
	e.Title = withoutSecrets(e.Title)
	if v.str("eventType") == "AwsConsoleSignIn" {
		e.Kind = timeline.KindLog // somebody came in; nothing was changed yet
	}
	if service = oneLine(service); service != "" {
		e.Components = []string{service}
	}
	if region := oneLine(v.str("awsRegion")); region != "" {
		e.Regions = []string{region}
	}
	e.Actor = trailActor(v.get("userIdentity"))
	e.Key = v.str("sharedEventID", "eventID")
	l.event(e)
}

// countRead files a call that only read with the others of its result.
func (l *trailLog) countRead(e timeline.Event, t when.Stamp, fault string) {
	e.Kind, e.Severity = timeline.KindLog, timeline.SeverityInfo
	i := slices.IndexFunc(l.reads, func(r *trailReads) bool { return r.fault == fault })
	if i < 0 {
		l.reads = append(l.reads, &trailReads{fault: fault, first: e, last: t, n: 1})
		return
	}
	r := l.reads[i]
	r.n++
	if t.Time.Before(r.first.Time) {
		r.first = e
	}
	if t.Time.After(r.last.Time) {
		r.last = t
	}
}

// trailRaw is what is quoted of a record: not who called, from where and with
// what key, and not what the call carried.
func trailRaw(v value) string {
	return v.kept("eventTime", "eventSource", "eventName", "awsRegion", "eventType", "readOnly", "errorCode", "eventID",
		"sharedEventID", "requestID", "userIdentity.type")
}

// trailSubjects are endings of the names of parameters that say what a call is
// about.
var trailSubjects = []string{"identifier", "name", "id", "key", "arn"}

// trailSubject is the name of the thing that was changed, where a parameter has
// one: the first that ends as names do.
func trailSubject(v value) string {
	for _, m := range v.get("requestParameters").members() {
		key := strings.ToLower(m.key)
		if m.first() != '"' || strings.Contains(key, "access") || strings.Contains(key, "secret") || strings.Contains(key, "token") {
			continue
		}
		for _, ending := range trailSubjects {
			if strings.HasSuffix(key, ending) {
				name := oneLine(m.text())
				if strings.HasPrefix(name, "arn:") {
					name = name[strings.LastIndexAny(name, ":/")+1:]
				}
				return cut(name, longTitle)
			}
		}
	}
	return ""
}

// trailActor is the name of who called: of a person, of the session of a role,
// or of the role. A service of the provider acts for nobody.
func trailActor(id value) string {
	switch id.str("type") {
	case "AWSService":
		return ""
	case "Root":
		return "root"
	}
	if name := id.str("userName"); name != "" {
		return mailName(name)
	}
	if arn := id.str("arn"); strings.Contains(arn, "/") {
		return mailName(arn[strings.LastIndexByte(arn, '/')+1:])
	}
	return mailName(id.get("sessionContext", "sessionIssuer").str("userName"))
}
