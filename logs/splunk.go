package logs

// Splunk exports a search with one result on each line, or all in one document:
//
//	{"preview":false,"offset":0,"result":{"_time":"2024-07-30T11:46:40.000+00:00","_raw":"…","host":…,"source":…,"sourcetype":…}}
//	{"preview":false,"init_offset":0,"results":[{"_time":…,"_raw":…}]}
func splunkDocument() *document {
	return &document{
		format: "splunk",
		root: node{use: useEntry, kids: []node{
			{key: "*", use: useEntry},
			{key: "preview"}, {key: "offset"}, {key: "lastrow"}, {key: "result", use: useEntry},
			{key: "init_offset"}, {key: "messages"}, {key: "fields"}, {key: "highlighted"},
			{key: "results", kids: []node{{key: "*", use: useEntry}}},
		}},
		marks: []string{`"_raw"`},
		take:  takeSplunk,
	}
}

func newSplunk(head []byte) Parser { return newDocumentParser(splunkDocument(), head) }

func sniffSplunk(head []byte) int { return sniffDocument(splunkDocument(), head) }

func takeSplunk(line []byte, cut bool, e *entry) bool {
	var service best
	ok := object(line, cut, func(key, value []byte, kind byte) bool {
		if kind != '"' {
			return true
		}
		switch string(key) {
		case "_time":
			e.time = value
		case "_raw":
			e.message, e.quoted, e.known = value, true, true
		case "host":
			e.host = value
		case "level", "log_level", "severity":
			e.level, e.guessed = value, true
		}
		service.offer(key, value, []string{"service", "app", "kubernetes_container_name", "container_name", "sourcetype"})
		return true
	})
	e.component = service.value
	return ok && e.known
}
