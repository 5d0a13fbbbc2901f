package logs

import "bytes"

// CloudWatch Logs answers filter-log-events and get-log-events with events,
// Insights with rows of fields, and sends batches to subscribers:
//
//	{"events":[{"logStreamName":"ecs/api/0f3c","timestamp":1722340000000,"message":…,"eventId":…}],"nextToken":…}
//	{"results":[[{"field":"@timestamp","value":"2024-07-30 11:46:40.000"},{"field":"@message","value":…}]]}
//	{"messageType":"DATA_MESSAGE","logGroup":"/aws/lambda/pay","logEvents":[{"id":…,"timestamp":…,"message":…}]}
func cloudwatchDocument() *document {
	return &document{
		format: "cloudwatch",
		root: node{use: useEntry, kids: []node{
			{key: "*", use: useEntry},
			{key: "events", kids: []node{{key: "*", use: useEntry}}},
			{key: "searchedLogStreams"},
			{key: "nextToken", use: useMore}, {key: "NextToken", use: useMore},
			{key: "nextForwardToken"}, {key: "nextBackwardToken"},
			{key: "queryLanguage"}, {key: "encryptionKey"}, {key: "status"},
			{key: "results", kids: []node{{key: "*", use: useEntry}}},
			{key: "statistics", kids: []node{{key: "recordsMatched", use: useTotal}}},
			{key: "messageType"}, {key: "owner"}, {key: "subscriptionFilters"}, {key: "policyLevel"},
			{key: "logGroup", use: useAround}, {key: "logStream", use: useAround},
			{key: "logEvents", kids: []node{{key: "*", use: useEntry}}},
		}},
		marks:  []string{`"ingestionTime"`, `"eventId"`, `"logEvents"`, `"@timestamp"`, `"logStreamName"`},
		around: func(dst []byte, key string, v []byte) []byte { return appendMember(dst, []byte(key), v, 'x') },
		ids:    []string{"eventId", "id", "@ptr"},
		take:   takeCloudWatch,
		limits: []int64{1000, 10000},
	}
}

func newCloudWatch(head []byte) Parser { return newDocumentParser(cloudwatchDocument(), head) }

func sniffCloudWatch(head []byte) int { return sniffDocument(cloudwatchDocument(), head) }

func takeCloudWatch(line []byte, cut bool, e *entry) bool {
	record, around := recordIn(line)
	if around != nil {
		group, _ := member(around, "logGroup")
		stream, _ := member(around, "logStream")
		e.component = cloudwatchService(group, stream)
		e.known = group != nil
	}
	if len(record) > 0 && record[0] == '[' {
		return e.insights(record, cut)
	}
	ok := object(record, cut, func(key, value []byte, kind byte) bool {
		switch string(key) {
		case "timestamp":
			e.time = value
		case "message":
			if kind == '"' {
				e.message, e.quoted = value, true
			}
		case "ingestionTime", "eventId":
			e.known = true
		case "logStreamName":
			e.known = true
			e.component = cloudwatchService(nil, value)
		case "logGroupIdentifier", "logGroupName":
			e.component = cloudwatchService(value, nil)
		}
		return true
	})
	return ok && e.message != nil && e.time != nil
}

// insights reads a row of a query.
func (e *entry) insights(record []byte, cut bool) bool {
	var group, stream []byte
	s := jsonScan{b: record}
	ok := s.items(func(item []byte, _ byte) bool {
		name, _ := member(item, "field")
		value, kind := member(item, "value")
		switch string(name) {
		case "@timestamp":
			e.time = value
		case "@message", "message":
			if kind == '"' && (e.message == nil || name[0] == '@') {
				e.message, e.quoted = value, true
			}
		case "@log":
			group = value
		case "@logStream":
			stream = value
		case "@ptr":
			e.known = true
		case "level", "@level", "severity":
			e.level = value
		}
		return true
	})
	e.known = e.known || e.time != nil && e.message != nil
	if group != nil || stream != nil {
		e.component = cloudwatchService(group, stream)
	}
	return (ok || cut) && e.time != nil && e.message != nil
}

// cloudwatchService finds the name of a service in that of a group, such as
// 123456789012:/aws/lambda/pay, or of a stream of ECS: prefix/container/task.
func cloudwatchService(group, stream []byte) []byte {
	slash := []byte("/")
	_, rest, _ := bytes.Cut(stream, slash)
	if name, task, ok := bytes.Cut(rest, slash); ok && len(task) >= 12 && isHex(task) {
		return name
	}
	if at := bytes.LastIndexByte(group, '/'); at >= 0 {
		return group[at+1:]
	}
	if at := bytes.IndexByte(group, ':'); at >= 0 {
		return group[at+1:]
	}
	return group
}

// isHex reports whether b is hexadecimal digits, and hyphens as in a UUID.
func isHex(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') && c != '-' {
			return false
		}
	}
	return true
}
