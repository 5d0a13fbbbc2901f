package source

import (
	"slices"
	"strconv"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var kubernetesFormat = Format{
	Name:       "kubernetes",
	Doc:        "Kubernetes events: kubectl get events -A -o json, watched events, one or many",
	Recognised: "apiVersion, involvedObject or regarding, and reason in an event",
	Export:     "kubectl get events -A -o json > events.json",
	Lasts:      "one hour, unless the cluster was told otherwise: export it first",
	Sniff:      sniffKubernetes,
	Parse:      parseValues(readKubernetes),
}

func sniffKubernetes(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	if list := kubeList(v); len(list) > 0 && isKubeEvent(list[0]) {
		return 95
	}
	if v.str("kind") == "EventList" {
		return 90
	}
	return 0
}

func isKubeEvent(v value) bool {
	return v.get("involvedObject").ok() || v.get("regarding").ok() && v.get("reason").ok()
}

// kubeList finds the events of a body: a list, an event that was watched, or an
// event by itself.
func kubeList(body value) []value {
	list := append(body.items(), body.get("items").items()...)
	switch {
	case body.get("object").first() == '{':
		list = append(list, body.get("object"))
	case body.first() == '{' && !body.get("items").ok():
		list = append(list, body)
	}
	return list
}

// kubeEvent is one event object: a counter of what happened to a thing.
type kubeEvent struct {
	v           value
	origins     []timeline.Origin
	first, last when.Stamp
	count       int
}

// readKubernetes yields every event object once. One that was exported or
// watched several times counts as far as it has counted.
func readKubernetes(s *sink, values []value) {
	var list []*kubeEvent
	known := map[string]*kubeEvent{}
	s.each(values, func(body value) {
		for _, v := range kubeList(body) {
			if !s.record(v, "an event") {
				continue
			}
			if !isKubeEvent(v) {
				s.bad(v.origin(), v.opening(), "no event of Kubernetes: it has no involvedObject; kind is %q", v.str("kind"))
				continue
			}
			k, ok := s.kubeEvent(v)
			if !ok {
				s.bad(v.origin(), v.opening(), "an event without a time: firstTimestamp, eventTime and creationTimestamp are missing or no times")
				continue
			}
			key := kubeKey(v)
			if before := known[key]; before != nil {
				before.grow(k)
				continue
			}
			known[key] = k
			list = append(list, k)
		}
	})
	for _, k := range list {
		s.event(k.event())
	}
}

// kubeEvent reads the counter of an event: the old one in the object, the new
// one in its series.
func (s *sink) kubeEvent(v value) (*kubeEvent, bool) {
	k := &kubeEvent{v: v, origins: []timeline.Origin{v.origin()}, count: 1}
	var ok bool
	k.first, ok = s.firstTime(v.get("firstTimestamp"), v.get("eventTime"), v.get("deprecatedFirstTimestamp"),
		v.get("metadata", "creationTimestamp"), v.get("lastTimestamp"))
	if !ok {
		return nil, false
	}
	if k.last, ok = s.firstTime(v.get("series", "lastObservedTime"), v.get("lastTimestamp"), v.get("deprecatedLastTimestamp")); !ok {
		k.last = k.first
	}
	for _, text := range []string{v.str("count", "deprecatedCount"), v.get("series").str("count")} {
		if n, err := strconv.Atoi(text); err == nil && n > k.count && n < 1<<31 {
			k.count = n
		}
	}
	return k, true
}

// grow takes over what a later state of the same event has counted.
func (k *kubeEvent) grow(o *kubeEvent) {
	if o.first.Time.Before(k.first.Time) {
		k.first = o.first
	}
	if o.last.Time.After(k.last.Time) {
		k.last, k.v = o.last, o.v
	}
	k.count = max(k.count, o.count)
	k.origins = append(k.origins, o.origins...)
}

func kubeObject(v value) value {
	if o := v.get("involvedObject"); o.ok() {
		return o
	}
	return v.get("regarding")
}

// kubeKey is the identity of an event object.
func kubeKey(v value) string {
	meta := v.get("metadata")
	if uid := meta.str("uid"); uid != "" {
		return uid
	}
	o := kubeObject(v)
	return meta.str("namespace") + "/" + meta.str("name") + " " + o.str("kind") + "/" + o.str("name") + " " + v.str("reason") +
		" " + v.str("firstTimestamp", "eventTime")
}

// kubeChanges are the reasons of events that tell of a change which somebody
// asked for; the others are the cluster at work.
var kubeChanges = []string{
	"ScalingReplicaSet", "SuccessfulRescale", "DeploymentRollback", "RollbackDone", "NodeNotSchedulable", "NodeSchedulable",
	"Drain", "Cordon", "ResourceUpdated", "UpdatedLoadBalancer", "InPlaceResize",
}

func (k *kubeEvent) event() timeline.Event {
	v := k.v
	o := kubeObject(v)
	kind, name, reason := oneLine(o.str("kind")), oneLine(o.str("name")), oneLine(v.str("reason"))
	e := timeline.Event{
		Kind: timeline.KindLog, Severity: timeline.SeverityInfo, Count: k.count,
		Origins: k.origins, Key: kubeKey(v),
		Raw: v.kept("firstTimestamp", "lastTimestamp", "eventTime", "series", "count", "type", "reason", "message", "note",
			"involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.fieldPath",
			"regarding.kind", "regarding.namespace", "regarding.name", "source.component", "source.host",
			"reportingComponent", "metadata.name", "metadata.namespace", "metadata.creationTimestamp"),
	}
	stamp(&e, k.first)
	if k.last.Time.After(k.first.Time) {
		e.End = k.last.Time
	}
	if v.str("type") == "Warning" {
		e.Severity = timeline.SeverityMinor
	}
	if slices.Contains(kubeChanges, reason) {
		e.Kind = timeline.KindChange
	}
	text := withoutSecrets(plainText(v.str("message", "note")))
	title, body, _ := strings.Cut(text, "\n")
	e.Title = reason
	if name != "" {
		e.Title = strings.TrimSpace(e.Title + " " + strings.ToLower(kind) + "/" + name)
	}
	if title != "" {
		e.Title += ": " + cut(title, 2*longTitle)
	}
	e.Title = oneLine(e.Title)
	if len(title) > 2*longTitle {
		body = text
	}
	e.Body = strings.TrimSpace(body)
	if name != "" {
		e.Components = []string{workload(kind, name)}
		e.Group = oneLine(o.str("namespace")) + "/" + strings.ToLower(kind) + "/" + name
	}
	return e
}

// workload is the name of what a pod or a replica set belongs to: their own
// names end in letters that were drawn by lot.
func workload(kind, name string) string {
	parts := strings.Split(name, "-")
	drop := 0
	switch n := len(parts); {
	case kind == "Pod" && n > 2 && drawn(parts[n-1], 5, 5) && drawn(parts[n-2], 6, 10):
		drop = 2
	case kind == "Pod" && n > 1 && (drawn(parts[n-1], 5, 5) || ordinalName(parts[n-1])):
		drop = 1
	case kind == "ReplicaSet" && n > 1 && drawn(parts[n-1], 6, 10):
		drop = 1
	}
	return strings.Join(parts[:len(parts)-drop], "-")
}

// drawn reports whether a part of a name was drawn by lot: Kubernetes uses no
// vowels, so that no word comes of it.
func drawn(part string, least, most int) bool {
	return len(part) >= least && len(part) <= most && strings.Trim(part, "bcdfghjklmnpqrstvwxz2456789") == ""
}

func ordinalName(part string) bool { return part != "" && strings.Trim(part, "0123456789") == "" }
