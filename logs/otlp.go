package logs

import "bytes"

// OTLP in JSON has log records below a scope below a resource, in one document,
// or in one for each batch, a line each, as the file exporter of the collector
// writes them:
//
//	{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},
//	 "scopeLogs":[{"logRecords":[{"timeUnixNano":"1722340000000000000","severityNumber":17,"body":{"stringValue":"…"}}]}]}]}
func otlpDocument() *document {
	records := []node{{key: "logRecords", kids: []node{{key: "*", use: useEntry}}}}
	return &document{
		format: "otlp",
		root: node{kids: []node{
			{key: "*", kids: []node{{key: "resourceLogs"}}},
			{key: "resourceLogs", kids: []node{{key: "*", kids: []node{
				{key: "resource", use: useAround},
				{key: "scopeLogs", kids: []node{{key: "*", kids: records}}},
				{key: "instrumentationLibraryLogs", kids: []node{{key: "*", kids: records}}}, // before 2022
			}}}},
		}},
		marks:  []string{`"resourceLogs"`},
		around: otlpAround,
		take:   takeOTLP,
	}
}

func newOTLP(head []byte) Parser { return newDocumentParser(otlpDocument(), head) }

func sniffOTLP(head []byte) int { return sniffDocument(otlpDocument(), head) }

// attributes calls f with the keys of a list of attributes, and their values
// where these are scalar.
func attributes(list []byte, f func(key, value []byte, kind byte)) {
	s := jsonScan{b: list}
	s.items(func(item []byte, _ byte) bool {
		key, _ := member(item, "key")
		v, kind := member(item, "value")
		if kind == '{' {
			v, kind = scalar(v)
		}
		if v != nil {
			f(key, v, kind)
		}
		return true
	})
}

// scalar gives what a value of OTLP holds, if that is no list or object.
func scalar(v []byte) (value []byte, kind byte) {
	object(v, false, func(_, inner []byte, k byte) bool {
		if k != '{' && k != '[' {
			value, kind = inner, k
		}
		return false
	})
	return value, kind
}

// otlpAround keeps the names of service and host of a resource.
func otlpAround(dst []byte, _ string, resource []byte) []byte {
	list, _ := member(resource, "attributes")
	attributes(list, func(key, value []byte, kind byte) {
		switch string(key) {
		case "service.name", "host.name":
			dst = appendMember(dst, key, value, kind)
		}
	})
	return dst
}

func takeOTLP(line []byte, cut bool, e *entry) bool {
	record, around := recordIn(line)
	if around != nil {
		e.component, _ = member(around, "service.name")
		e.host, _ = member(around, "host.name")
	}
	var observed, event, list []byte
	ok := object(record, cut, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "timeUnixNano", "time_unix_nano":
			e.time, e.known = value, true
		case "observedTimeUnixNano", "observed_time_unix_nano":
			observed, e.known = value, true
		case "severityText", "severity_text":
			e.level = value
		case "severityNumber", "severity_number":
			e.otel = otlpSeverity(value)
		case "body":
			e.otlpBody(value, kind)
		case "eventName", "event_name":
			event = value
		case "attributes":
			list = value
		}
		return true
	})
	if len(e.time) < 2 { // a zero means that it is not known
		e.time = observed
	}
	if len(e.message) == 0 && e.payload == nil {
		e.message, e.quoted = event, true
		attributes(list, func(key, value []byte, kind byte) {
			if len(e.message) == 0 && kind == '"' && (string(key) == "exception.message" || string(key) == "event.name") {
				e.message = value
			}
		})
	}
	return ok && (e.time != nil || e.message != nil)
}

// otlpSeverity reads a number, or its name in the schema: SEVERITY_NUMBER_ERROR2.
func otlpSeverity(v []byte) []byte {
	name, named := bytes.CutPrefix(v, []byte("SEVERITY_NUMBER_"))
	if !named {
		return v
	}
	level, _ := levelOfWord(bytes.TrimRight(name, "0123456789"))
	switch level {
	case LevelError:
		return []byte("17")
	case LevelWarning:
		return []byte("13")
	case LevelInfo:
		return []byte("9")
	case LevelDebug:
		return []byte("5")
	}
	return nil
}

// otlpBody takes a text as it is, and of an object the member that is called a
// message, or else all of it.
func (e *entry) otlpBody(body []byte, kind byte) {
	if kind == '"' {
		e.message, e.quoted = body, true
		return
	}
	if v, k := scalar(body); v != nil {
		e.message, e.quoted = v, k == '"'
		return
	}
	list, _ := member(body, "kvlistValue")
	list, _ = member(list, "values")
	attributes(list, func(key, value []byte, kind byte) {
		if r, _ := roleOf(key); r == roleMessage && e.message == nil {
			e.message, e.quoted = value, kind == '"'
		}
	})
	if e.message == nil {
		e.message = body
	}
}
