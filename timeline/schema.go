package timeline

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"pir/internal/when"
)

// WriteSchema writes the JSON Schema (draft 2020-12) of WriteJSON's output. It
// is made from the same structs, so the two cannot drift apart.
func WriteSchema(w io.Writer) error {
	root := objectSchema(reflect.TypeFor[docTimeline]())
	head := schemaObject{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "urn:" + strings.ReplaceAll(Schema, "/", ":")},
		{"title", "The timeline of an incident"},
		{"description", "Times are RFC 3339 in UTC, durations are seconds, null is not known."},
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(append(head, root...))
}

// schemaObject is a JSON object that keeps the order of its keys.
type schemaObject []schemaKey

type schemaKey struct {
	key   string
	value any
}

// MarshalJSON writes the keys in their order.
func (o schemaObject) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, k := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(k.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(k.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

func objectSchema(t reflect.Type) schemaObject {
	var properties schemaObject
	var required []string
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("json")
		properties = append(properties, schemaKey{name, fieldSchema(f)})
		required = append(required, name)
	}
	return schemaObject{{"type", "object"}, {"required", required}, {"properties", properties}}
}

// fieldSchema describes one key: its type, null where it may be unknown, and
// what its tags say.
func fieldSchema(f reflect.StructField) schemaObject {
	t, nullable := f.Type, false
	if t.Kind() == reflect.Pointer {
		t, nullable = t.Elem(), true
	}
	s := typeSchema(t)
	if values := schemaEnum(f.Tag.Get("enum")); values != nil {
		if nullable {
			values = append(values, nil)
		}
		s = append(s, schemaKey{"enum", values})
	}
	if nullable {
		s[0].value = []any{s[0].value, "null"}
	}
	if format := f.Tag.Get("format"); format != "" {
		s = append(s, schemaKey{"format", format})
	}
	if doc := f.Tag.Get("doc"); doc != "" {
		s = append(s, schemaKey{"description", doc})
	}
	return s
}

func typeSchema(t reflect.Type) schemaObject {
	switch t.Kind() {
	case reflect.Struct:
		return objectSchema(t)
	case reflect.Slice:
		return schemaObject{{"type", "array"}, {"items", typeSchema(t.Elem())}}
	case reflect.Bool:
		return schemaObject{{"type", "boolean"}}
	case reflect.Int, reflect.Int64:
		return schemaObject{{"type", "integer"}}
	case reflect.Float64:
		return schemaObject{{"type", "number"}}
	}
	return schemaObject{{"type", "string"}}
}

// schemaEnum are the values of a list that an enum tag names.
func schemaEnum(name string) []any {
	switch name {
	case "schema":
		return values(Schema)
	case "milestone":
		return values(Milestones...)
	case "phase":
		return values(phaseNames()...)
	case "severity":
		return values(SeverityCritical, SeverityMajor, SeverityMinor, SeverityInfo)
	case "precision":
		return values("day", "hour", "minute", "second", "millisecond", "microsecond", "nanosecond")
	case "by":
		return values(ByMonitor, ByCustomer, ByStaff, ByThirdParty)
	case "outcome":
		return values(OutcomeWorked, OutcomePartial, OutcomeFailed, OutcomeUnknown)
	case "rung":
		return values(RungGiven, RungRecorded, RungStated, RungApproximate, RungMeasured, RungPosted, RungDerived)
	case "level":
		return values(LevelMain, LevelResidual)
	case "kind":
		return values(KindStatus, KindAlert, KindPage, KindAck, KindChat, KindChange, KindTicket, KindLog, KindNote,
			KindComms, KindDecision)
	case "party":
		return values(PartyOwn, PartyUpstream, PartyDownstream)
	case "zone_from":
		return values(when.ZoneRecord, when.ZoneDocument, when.ZoneSource, when.ZoneFlag, when.ZoneIncident, when.ZoneAssumed)
	case "topic":
		return values(TopicAction, TopicImpact, TopicCause, TopicTrigger, TopicAdvice, TopicLesson, TopicQuestion)
	case "warning":
		var codes []any
		for _, c := range WarningCodes() {
			codes = append(codes, c.Code)
		}
		return codes
	}
	return nil
}

func values[T any](list ...T) []any {
	out := make([]any, 0, len(list)+1)
	for _, v := range list {
		out = append(out, v)
	}
	return out
}
