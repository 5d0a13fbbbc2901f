package logs

import (
	"path"
	"slices"
	"strings"
)

// HeadSize is how many first bytes of a file detection looks at.
const HeadSize = 64 << 10

// leastSure is how sure Detect must be to name a format.
const leastSure = 10

// Format is one shape of log lines: a row of Formats.
type Format struct {
	Name string // as in kind:path
	Doc  string // one line for "pir formats"
	// Sniff says how sure it is, 0 (no) to 100 (certain), that a file with
	// this beginning has the format. head is text without its packing, at most
	// HeadSize bytes, and may stop in the middle of a line.
	Sniff func(head []byte) int
	// New settles what the lines of a file have in common, such as the layout
	// of their times, from the same head.
	New func(head []byte) Parser
	// Most is the most that Sniff says; 0 means 100.
	Most int
}

// wrappings is how many rows of Formats are wrappings of other formats.
const wrappings = 4

// Formats is the table of log formats, the more particular ones first.
func Formats() []Format {
	return []Format{
		{"cri", "Container logs of Kubernetes (containerd, CRI-O); what is inside is read by its own format", sniffCRI, newCRI, 98},
		{"docker", "Container logs of Docker (json-file); what is inside is read by its own format", sniffDocker, newDocker, 98},
		{"compose", "Output of docker compose logs; what is inside is read by its own format", sniffCompose, newCompose, 85},
		{"exported", "Lines that a log engine saved with a time in front: aws logs tail, CloudWatch to S3, Explore as text; what is inside is read by its own format", sniffExported, newExported, 96},
		{"otlp", "Log records of OpenTelemetry as JSON (OTLP): a document, or lines as the collector's file exporter writes them", sniffOTLP, newOTLP, 97},
		{"loki", "Grafana Loki: the answer to query_range, logcli --output=jsonl, JSON downloaded from Explore", sniffLoki, newLoki, 97},
		{"gcp-logging", "Cloud Logging of Google: gcloud logging read, entries.list, lines of a sink", sniffGCP, newGCP, 97},
		{"cloudwatch", "CloudWatch Logs: filter-log-events, get-log-events, results of Insights, batches of a subscription", sniffCloudWatch, newCloudWatch, 97},
		{"elasticsearch", "Elasticsearch and OpenSearch: the answer to _search, or dumped hits; records that are bare are jsonl", sniffElastic, newElastic, 97},
		{"datadog", "Datadog: the answer to a search for logs, and lines of an archive", sniffDatadog, newDatadog, 97},
		{"splunk", "Splunk: a search exported as JSON", sniffSplunk, newSplunk, 97},
		{"victorialogs", "VictoriaLogs: the answer to a query, a record on each line", sniffVictoria, newVictoria, 97},
		{"log-csv", "Tables of records as Kibana, Splunk, Datadog, Grafana, CloudWatch and Google save them as CSV", sniffLogCSV, newLogCSV, 96},
		{"jsonl", "JSON lines: one object a line, with any names for time, level and message; journalctl -o json, ECS, Loki", sniffJSONL, newJSONL, 95},
		{"accesslog", "Access logs of web servers, Common and Combined, with or without the time taken", sniffAccessLog, newAccessLog, 95},
		{"envoy", "Access logs of Envoy and Istio in the default text format", sniffEnvoy, newEnvoy, 96},
		{"haproxy", "HTTP and TCP logs of HAProxy, inside syslog or bare", sniffHAProxy, newHAProxy, 96},
		{"elb", "Access logs of Amazon's load balancers", sniffELB, newELB, 94},
		{"uwsgi", "Request logs of uWSGI", sniffUWSGI, newUWSGI, 95},
		{"w3c", "Logs with a line #Fields: that names the columns: IIS, CloudFront, Zeek", sniffW3C, newW3C, 97},
		{"errorlog", "Error logs of nginx and Apache", sniffErrorLog, newErrorLog, 90},
		{"postgres", "PostgreSQL on standard error, with any log_line_prefix that has a time", sniffPostgres, newPostgres, 92},
		{"syslog", "Syslog: RFC 3164, the same with ISO times, and RFC 5424", sniffSyslog, newSyslog, 90},
		{"logfmt", "logfmt: key=value pairs", sniffLogfmt, newLogfmt, 90},
		{"uptime", "Seconds since the start, as dmesg and X write; dated where a line tells the time", sniffUptime, newUptime, 60},
		{"text", "Lines of time, level and message in the usual layouts; other lines go on with the record before", sniffTextLine, newTextLine, 60},
	}
}

// formats are those that the file may have, the user's own ones first.
func (f *File) formats() []Format { return append(slices.Clip(f.Own), Formats()...) }

// Find gives the format of a name.
func Find(name string) (Format, bool) { return find(Formats(), name) }

func find(formats []Format, name string) (Format, bool) {
	for _, f := range formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Detect says which format a file has by its beginning, and how sure that is,
// 0 to 100; the first of the table wins a tie. name is the file's base name.
// The format is empty when none fits. head is text, at most HeadSize bytes:
// see container.Head and container.Text.
func Detect(name string, head []byte) (format string, sure int) {
	return detect(Formats(), name, head)
}

func detect(formats []Format, name string, head []byte) (format string, sure int) {
	if len(head) > HeadSize {
		head = head[:HeadSize]
	}
	if looksBinary(head) {
		return "", 0
	}
	head = stripEscapes(nil, head)
	for _, f := range formats {
		if f.Most > 0 && f.Most <= sure {
			continue // it cannot win
		}
		if s := f.Sniff(head); s > sure {
			format, sure = f.Name, s
		}
	}
	if sure < leastSure {
		return "", 0
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".html", ".yaml", ".yml":
		sure = min(sure, 20) // lines of a person, with times in them
	}
	return format, sure
}
