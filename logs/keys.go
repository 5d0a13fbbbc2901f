package logs

// role is what a key of a structured record is for.
type role uint8

const (
	roleNone role = iota
	roleTime
	roleLevel
	roleOTel // SeverityNumber of OpenTelemetry
	roleMessage
	roleComponent
	roleHost
	roleStatus
	roleMethod
	rolePath
	roleDate  // of a time that stands under a key of its own
	roleCount = int(roleDate) + 1
)

// vagueRank is the rank of keys of times that may tell of another time than that
// of the record: date, created_at, start_time.
const vagueRank = 2

// longestKey is the length of the longest key of roleOf.
const longestKey = 40

// knownKey is a key met before, as it is written, and its role.
type knownKey struct {
	key  [24]byte
	n    uint8 // its length; 0 is none
	role role
	rank uint8
	kind objectKind // of the object that stands under it
}

// leads reports whether b begins with the key and the byte behind it is end.
func (k *knownKey) leads(b []byte, end byte) bool {
	n := int(k.n)
	return n > 0 && n < len(b) && b[n] == end && string(k.key[:n]) == string(b[:n])
}

// keyCache remembers the roles of the keys met last: records of one program
// have the same ones.
type keyCache [64]knownKey

// roleOf is the function of that name.
func (c *keyCache) roleOf(key []byte) (role, uint8) {
	n := len(key)
	if n == 0 || n > len(c[0].key) {
		return roleOf(key)
	}
	known := &c[(n*8+int(key[0])*3+int(key[n-1]))%len(c)]
	if string(known.key[:known.n]) != string(key) {
		known.n = uint8(copy(known.key[:], key))
		known.role, known.rank = roleOf(key)
	}
	return known.role, known.rank
}

// keyOrder remembers which key stood at which place among those of a record:
// as a rule it stands there again.
type keyOrder [32]knownKey

// at is the key that stood last behind so many others.
func (o *keyOrder) at(pairs int) *knownKey { return &o[pairs%len(o)] }

// roleOf knows the names that programs give to the parts of a record, in any
// case. A lower rank is the better candidate where a record has several.
func roleOf(key []byte) (r role, rank uint8) {
	if len(key) == 0 || len(key) > longestKey {
		return roleNone, 0
	}
	var buf [longestKey]byte
	lower := lowerInto(buf[:], key)
	switch string(lower) {
	case "time", "timestamp", "@timestamp", "ts", "@t":
		return roleTime, 0
	case "datetime", "date_time", "asctime", "eventtime", "event_time", "timestamp_utc", "time_iso8601", "event.created":
		return roleTime, 1
	case "date", "t", "timemillis", "time_local", "logged_at", "created_at", "start_time", "starttime", "logtime", "log_time",
		"timeunixnano", "observedtimeunixnano", "msec", "unix_ts", "epoch":
		return roleTime, 2
	case "time.$date", "timestamp.$date", "@timestamp.$date", "ts.$date", "t.$date": // as MongoDB writes
		return roleTime, 2
	case "_source_realtime_timestamp":
		return roleTime, 3
	case "__realtime_timestamp":
		return roleTime, 4

	case "level", "lvl", "severity", "@l", "log.level":
		return roleLevel, 0
	case "loglevel", "log_level", "levelname", "level_name", "severitytext", "severity_text", "sev":
		return roleLevel, 1
	case "priority", "prio", "l":
		return roleLevel, 2
	case "s": // of MongoDB; see fields.add
		return roleLevel, 3
	case "severitynumber", "severity_number":
		return roleOTel, 0

	case "msg", "message", "@m", "short_message", "textpayload":
		return roleMessage, 0
	case "@mt", "log", "body", "text", "log.message":
		return roleMessage, 1
	case "event", "error", "err", "description", "reason", "error.message", "event.original":
		return roleMessage, 2
	}
	return roleOfPlace(lower)
}

// roleOfPlace knows the keys that say where a record comes from and what it
// was asked. key is in lower case.
func roleOfPlace(key []byte) (r role, rank uint8) {
	switch string(key) {
	case "service", "service.name", "service_name", "servicename", "resource.service.name":
		return roleComponent, 0
	case "app", "application", "app_name", "appname", "app.name", "svc", "component", "application_name":
		return roleComponent, 1
	case "kubernetes.container_name", "kubernetes.container.name", "syslog_identifier", "container_name":
		return roleComponent, 2

	case "host", "hostname", "host.name", "_hostname":
		return roleHost, 0

	case "status", "status_code", "statuscode", "http_status", "response_code", "responsecode",
		"http.status_code", "http.response.status_code", "response.status", "response.status_code", "res.statuscode":
		return roleStatus, 0
	case "method", "http_method", "request_method", "http.method", "http.request.method", "request.method", "verb", "req.method":
		return roleMethod, 0
	case "path", "uri", "url", "request_uri", "request_path", "http.path", "http.target", "url.path",
		"request.path", "request.uri", "requesturi", "req.url":
		return rolePath, 0
	case "request":
		return rolePath, 1
	}
	return roleNone, 0
}

// isParent reports whether the keys of the object under key count with the
// name of the object in front. Some names are a value or an object, as the
// program likes.
func isParent(key []byte) bool {
	if len(key) == 0 || len(key) > longestKey {
		return false
	}
	var buf [longestKey]byte
	switch string(lowerInto(buf[:], key)) {
	case "log", "service", "event", "error", "http", "http.request", "http.response", "kubernetes", "resource",
		"response", "request", "req", "res", "url", "host", "app",
		"time", "timestamp", "@timestamp", "ts", "t":
		return true
	}
	return false
}

// isWrapper reports whether the object under key holds parts of the record as
// if they stood outside.
func isWrapper(key []byte) bool {
	switch string(key) {
	case "fields", "@fields", "attributes", "data", "jsonPayload":
		return true
	}
	return false
}
