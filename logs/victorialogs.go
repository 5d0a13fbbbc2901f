package logs

import "bytes"

// VictoriaLogs answers a query with a line for each record:
//
//	{"_time":"2024-07-30T11:46:40Z","_stream":"{app=\"api\"}","_msg":"…","level":"error"}
func victoriaDocument() *document {
	return &document{
		format: "victorialogs",
		root:   node{use: useEntry, kids: []node{{key: "*", use: useEntry}}},
		marks:  []string{`"_msg"`},
		whole:  true,
		take:   takeVictoria,
	}
}

func newVictoria(head []byte) Parser { return newDocumentParser(victoriaDocument(), head) }

func sniffVictoria(head []byte) int { return sniffDocument(victoriaDocument(), head) }

func takeVictoria(line []byte, cut bool, e *entry) bool {
	var stream []byte
	ok := object(line, cut, func(key, value []byte, kind byte) bool {
		if kind != '"' {
			return true
		}
		switch string(key) {
		case "_time":
			e.time = value
		case "_msg":
			e.message, e.quoted, e.known = value, true, true
		case "_stream":
			stream = value
		}
		return true
	})
	e.labels(line)
	if e.component == nil {
		e.component = streamService(stream)
	}
	return ok && e.known && e.time != nil
}

// streamService finds the service in {app=\"api\",host=\"web-1\"}.
func streamService(stream []byte) []byte {
	var service best
	rest := bytes.Trim(stream, "{}")
	for len(rest) > 0 {
		key, after, found := bytes.Cut(rest, []byte(`=\"`))
		value, next, closed := bytes.Cut(after, []byte(`\"`))
		if !found || !closed {
			break
		}
		service.offer(bytes.TrimLeft(key, ", "), value, serviceLabels())
		rest = next
	}
	return service.value
}
