package logs

// Datadog answers a search for logs with a list of them, and archives write one
// on each line:
//
//	{"data":[{"id":"AQ…","type":"log","attributes":{"timestamp":…,"service":…,"status":…,"message":…}}],"meta":{"page":{"after":…}}}
//	{"_id":"AQ…","date":…,"service":…,"host":…,"status":…,"message":…,"attributes":{…}}
func datadogDocument() *document {
	return &document{
		format: "datadog",
		root: node{use: useEntry, kids: []node{
			{key: "*", use: useEntry},
			{key: "data", kids: []node{{key: "*", use: useEntry}}},
			{key: "logs", kids: []node{{key: "*", use: useEntry}}}, // version 1
			{key: "nextLogId", use: useMore},
			{key: "requestId"},
			{key: "links"},
			{key: "meta", kids: []node{{key: "page", kids: []node{{key: "after", use: useMore}}}}},
		}},
		marks: []string{`"type":"log"`, `"type": "log"`, `"content"`, `"_id"`},
		ids:   []string{"id", "_id"},
		take:  takeDatadog,
	}
}

func newDatadog(head []byte) Parser { return newDocumentParser(datadogDocument(), head) }

func sniffDatadog(head []byte) int { return sniffDocument(datadogDocument(), head) }

func takeDatadog(line []byte, cut bool, e *entry) bool {
	var inner []byte
	named, content := false, false
	ok := object(line, cut, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "id", "_id":
			named = true
		case "type":
			e.known = string(value) == "log"
		case "attributes", "content":
			inner, content = value, content || key[0] == 'c'
		default:
			e.datadog(key, value, kind)
		}
		return true
	})
	if !ok || !named {
		return false
	}
	if e.message != nil { // of an archive
		e.known = inner != nil
		return e.time != nil
	}
	e.known = e.known || content
	object(inner, cut, func(key, value []byte, kind byte) bool {
		e.datadog(key, value, kind)
		return true
	})
	return e.time != nil && e.message != nil
}

// datadog takes a reserved attribute.
func (e *entry) datadog(key, value []byte, kind byte) {
	switch string(key) {
	case "timestamp", "date":
		e.time = value
	case "status":
		if kind == '"' {
			e.level = value
		}
	case "service":
		e.component = value
	case "host":
		e.host = value
	case "message":
		if kind == '"' {
			e.message, e.quoted = value, true
		}
	}
}
