package logs

// Cloud Logging of Google answers entries.list with entries and gcloud logging
// read --format=json with a list of them; a sink writes one on each line.
func gcpDocument() *document {
	return &document{
		format: "gcp-logging",
		root: node{use: useEntry, kids: []node{
			{key: "*", use: useEntry},
			{key: "entries", kids: []node{{key: "*", use: useEntry}}},
			{key: "nextPageToken", use: useMore},
		}},
		marks: []string{`"insertId"`, `"logName"`, `"receiveTimestamp"`},
		ids:   []string{"insertId"},
		with:  []string{"timestamp", "logName"},
		take:  takeGCP,
	}
}

func newGCP(head []byte) Parser { return newDocumentParser(gcpDocument(), head) }

func sniffGCP(head []byte) int { return sniffDocument(gcpDocument(), head) }

func takeGCP(line []byte, cut bool, e *entry) bool {
	var named, inserted bool
	var received, audit []byte
	ok := object(line, cut, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "timestamp":
			e.time = value
		case "receiveTimestamp":
			received = value
		case "severity":
			e.level = value
		case "logName":
			named = true
		case "insertId":
			inserted = true
		case "textPayload":
			if kind == '"' {
				e.message, e.quoted, e.guessed = value, true, true
			}
		case "jsonPayload":
			if kind == '{' {
				e.payload = value
			}
		case "protoPayload":
			audit = value
		case "httpRequest":
			e.gcpRequest(value)
		case "resource":
			e.gcpResource(value)
		}
		return true
	})
	if e.time == nil {
		e.time = received
	}
	e.known = named && (inserted || received != nil)
	if audit != nil {
		e.gcpAudit(audit)
	}
	return ok && (named || inserted) && (e.time != nil || e.message != nil || e.payload != nil)
}

func (e *entry) gcpRequest(request []byte) {
	object(request, false, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "requestMethod":
			e.method = value
		case "requestUrl":
			e.path = value
		case "status":
			e.status = value
		}
		return true
	})
}

// gcpResource finds the service among the labels of what wrote the record.
func (e *entry) gcpResource(resource []byte) {
	labels, _ := member(resource, "labels")
	var service, host best
	object(labels, false, func(key, value []byte, kind byte) bool {
		if kind == '"' {
			service.offer(key, value, []string{"service_name", "container_name", "function_name", "job_name", "module_id", "forwarding_rule_name", "database_id"})
			host.offer(key, value, []string{"pod_name", "instance_id", "node_name"})
		}
		return true
	})
	e.component, e.host = service.value, host.value
}

// gcpAudit reads an audit record: what was called, of which service, and how it
// failed.
func (e *entry) gcpAudit(payload []byte) {
	var method, resource, service, failure []byte
	object(payload, false, func(key, value []byte, kind byte) bool {
		switch {
		case kind == '{' && string(key) == "status":
			failure, _ = member(value, "message")
		case kind != '"':
		case string(key) == "methodName":
			method = value
		case string(key) == "resourceName":
			resource = value
		case string(key) == "serviceName":
			service = value
		}
		return true
	})
	if e.component == nil {
		e.component = service
	}
	e.memory = append(e.memory[:0], method...)
	for _, part := range [][]byte{resource, failure} {
		if len(part) > 0 {
			e.memory = append(append(e.memory, ' '), part...)
		}
	}
	if e.message == nil && len(e.memory) > 0 {
		e.message, e.quoted = e.memory, true
	}
}
