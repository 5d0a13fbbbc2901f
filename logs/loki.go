package logs

import (
	"bytes"
	"io"
)

// Loki answers query_range with streams of lines:
//
//	{"status":"success","data":{"resultType":"streams","result":[
//	 {"stream":{"app":"api"},"values":[["1722340000000000000","a line"]]}]}}
//
// logcli --output=jsonl writes a line for each entry, and Explore of Grafana
// downloads a list of them.
func lokiDocument() *document {
	values := node{key: "values", kids: []node{{key: "*", use: useEntry}}}
	result := node{key: "result", kids: []node{{key: "*", kids: []node{
		{key: "stream", use: useAround}, {key: "metric", use: useAround}, values,
		{key: "value", use: useEntry},
	}}}}
	return &document{
		format: "loki",
		root: node{use: useEntry, kids: []node{
			{key: "*", use: useEntry},
			{key: "status"},
			{key: "data", kids: []node{{key: "resultType", use: useKind}, result, {key: "stats"}}},
			{key: "streams", kids: []node{{key: "*", kids: []node{{key: "stream", use: useAround}, values}}}},
		}},
		marks:  []string{`"resultType"`, `"line"`, `"streams"`},
		around: lokiAround,
		whole:  true,
		take:   takeLoki,
		limits: []int64{30, 100, 1000, 5000},
	}
}

func newLoki(head []byte) Parser { return newDocumentParser(lokiDocument(), head) }

// sniffLoki takes the answer to a query for numbers too, to say what it is: that
// of Prometheus looks the same but for the statistics.
func sniffLoki(head []byte) int {
	d := lokiDocument()
	if bytes.Contains(head, []byte(`"stats"`)) && d.marked(head) {
		u := newUnroller(d, bytes.NewReader(head))
		u.head = true
		if _, err := io.Copy(io.Discard, u); err == nil && u.facts.numbers() {
			return 80
		}
	}
	return sniffDocument(d, head)
}

// lokiAround keeps the labels that tell of the lines of a stream.
func lokiAround(dst []byte, _ string, labels []byte) []byte {
	for _, b := range labelsOf(labels) {
		if b.value != nil {
			dst = appendMember(dst, b.key, b.value, '"')
		}
	}
	return dst
}

// labelsOf finds those of service, level and host.
func labelsOf(labels []byte) (found [3]best) {
	names := [3][]string{serviceLabels(), levelLabels(), hostLabels()}
	object(labels, false, func(key, value []byte, kind byte) bool {
		for i := range found {
			if kind == '"' {
				found[i].offer(key, value, names[i])
			}
		}
		return true
	})
	return found
}

// takeLoki reads an entry: a list of time and line, perhaps with labels of its
// own, or an object of logcli or Grafana. A number in place of the line's time is
// a sample of a metric.
func takeLoki(line []byte, cut bool, e *entry) bool {
	record, labels := recordIn(line)
	e.guessed = true
	if labels != nil {
		e.labels(labels)
	}
	if len(record) > 0 && record[0] == '{' {
		return e.lokiObject(record, cut)
	}
	s := jsonScan{b: record}
	n := 0
	ok := s.items(func(value []byte, kind byte) bool {
		switch {
		case n == 0 && kind == '"':
			e.time = value
		case n == 1 && kind == '"' && e.time != nil:
			e.message, e.quoted = value, true
		case n == 2 && kind == '{':
			e.labels(value)
			if own, _ := member(value, "structuredMetadata"); own != nil {
				e.labels(own)
			}
		}
		n++
		return true
	})
	e.known = e.message != nil
	return (ok || cut) && e.time != nil && e.message != nil
}

// labels takes what the labels of a stream or an entry tell.
func (e *entry) labels(labels []byte) {
	for i, b := range labelsOf(labels) {
		if b.value != nil {
			*[]*[]byte{&e.component, &e.level, &e.host}[i] = b.value
		}
	}
}

// lokiObject reads an entry of logcli or of Grafana.
func (e *entry) lokiObject(record []byte, cut bool) bool {
	timed := false
	ok := object(record, cut, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "line":
			if kind == '"' {
				e.message, e.quoted = value, true
			}
		case "timestamp":
			e.time, timed = value, true
		case "date":
			if !timed {
				e.time = value
			}
		case "labels", "fields":
			if kind == '{' {
				e.labels(value)
				e.known = true
			}
		}
		return true
	})
	return ok && e.message != nil && e.time != nil
}
