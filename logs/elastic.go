package logs

import "bytes"

// Elasticsearch and OpenSearch answer _search with hits:
//
//	{"took":3,"hits":{"total":{"value":10000,"relation":"gte"},"hits":[
//	 {"_index":"logs","_id":"x","_source":{"@timestamp":…,"message":…},"sort":[1722340000000]}]}}
//
// A dump has a hit on each line. Records that are bare sources are JSON lines.
func elasticDocument() *document {
	hits := node{key: "hits", kids: []node{
		{key: "total", use: useTotal, kids: []node{{key: "value", use: useTotal}, {key: "relation", use: useTotal}}},
		{key: "max_score"},
		{key: "hits", kids: []node{{key: "*", use: useEntry}}},
	}}
	body := []node{
		{key: "took"}, {key: "timed_out"}, {key: "_scroll_id"}, {key: "_shards"}, {key: "pit_id"}, {key: "terminated_early"},
		{key: "num_reduce_phases"}, {key: "aggregations"}, {key: "_clusters"}, hits,
	}
	// rawResponse is that of Kibana's inspector; responses are those of _msearch.
	root := node{use: useEntry, kids: append([]node{{key: "*", use: useEntry}}, body...)}
	root.kids = append(root.kids,
		node{key: "id"}, node{key: "is_partial"}, node{key: "is_running"}, node{key: "rawResponse", kids: body}, node{key: "response", kids: body},
		node{key: "responses", kids: []node{{key: "*", kids: body}}})
	return &document{
		format: "elasticsearch",
		root:   root,
		marks:  []string{`"_source"`, `"_index"`, `"_shards"`, `"hits"`, `"@timestamp"`},
		ids:    []string{"_id"},
		with:   []string{"_index"},
		take:   takeElastic,
		limits: []int64{10, 500, 10000},
	}
}

func newElastic(head []byte) Parser { return newDocumentParser(elasticDocument(), head) }

// sniffElastic takes bare sources too where they are no lines, as jq prints them.
func sniffElastic(head []byte) int {
	d := elasticDocument()
	if sure := sniffDocument(d, head); sure > 0 || !d.marked(head) {
		return sure
	}
	switch string(bytes.TrimSpace(firstLine(bytes.TrimSpace(head)))) {
	case "{", "[", "[{":
	default:
		return 0
	}
	var t sniffTally
	var e entry
	for line := range bytes.Lines(d.lines(head)) {
		e.reset()
		if d.take(bytes.TrimSuffix(line, []byte("\n")), false, &e) {
			t.record(e.time != nil, true)
		} else {
			t.other++
		}
	}
	return t.sure(60)
}

// takeElastic reads a hit: its source, or where that was not asked for its
// fields, whose values are lists. What has a time and is no hit is a source.
func takeElastic(line []byte, cut bool, e *entry) bool {
	var fields, sort []byte
	ok := object(line, cut, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "_source":
			if kind == '{' {
				e.payload = value
			}
		case "fields":
			if kind == '{' {
				fields = value
			}
		case "sort":
			sort = value
		case "_id", "_index":
			e.known = true
		}
		return true
	})
	if ok && !e.known && e.payload == nil {
		e.time, e.payload = timeIn(line), line
		return e.time != nil
	}
	if !ok || e.payload == nil && fields == nil && !cut {
		return false
	}
	if e.payload == nil {
		e.memory = flatFields(e.memory[:0], fields)
		e.payload = e.memory
	}
	if e.time = timeIn(e.payload); e.time == nil && sort != nil {
		s := jsonScan{b: sort}
		s.items(func(value []byte, kind byte) bool {
			if isDigit(kind) && len(value) == 13 || kind == '"' && bytes.IndexByte(value, 'T') == 10 {
				e.time = value
			}
			return false
		})
	}
	return e.known && len(e.payload) > 0
}

// timeIn gives the time of a source by its usual name.
func timeIn(source []byte) []byte {
	v, kind := member(source, "@timestamp")
	if kind == '"' || isDigit(kind) {
		return v
	}
	return nil
}

// flatFields writes an object whose values are lists with the first item of
// each.
func flatFields(dst, fields []byte) []byte {
	dst = append(dst, '{')
	object(fields, false, func(key, value []byte, kind byte) bool {
		if kind != '[' {
			return true
		}
		s := jsonScan{b: value}
		s.items(func(item []byte, kind byte) bool {
			if dst[len(dst)-1] != '{' {
				dst = append(dst, ',')
			}
			dst = appendPair(dst, key, item, kind)
			return false
		})
		return true
	})
	return append(dst, '}')
}
