package logs

// Guide is what a person wants to know of a log format before having a file of
// it: one line each.
type Guide struct {
	Recognised string // by what in its lines
	Export     string // how it is got out of where it lies
	Lasts      string // how long it is there to be got
}

// untilRotated is how long most logs last.
const untilRotated = "until the file is rotated away, often a week or some number of megabytes"

// GuideOf tells about the format of a name; the zero Guide for an unknown one.
func GuideOf(name string) Guide {
	switch name {
	case "cri":
		return Guide{"a time with nine digits, stdout or stderr, and F or P in front of each line",
			"copy /var/log/pods from the node; kubectl logs --timestamps has the times without the rest", "10 MB for each container, then rotated; gone with the pod"}
	case "docker":
		return Guide{`{"log":…,"stream":…,"time":…} on each line`,
			"copy /var/lib/docker/containers/ID/ID-json.log", "until the container is removed, or as log-opts say"}
	case "compose":
		return Guide{"the name of a service and a bar in front of each line", "docker compose logs --no-color --timestamps > compose.log", "until the containers are removed"}
	case "jsonl":
		return Guide{"an object on each line, with a time, a level or a message by the name or the look of its keys",
			"journalctl -o json --since '2024-07-30 10:00' --until '2024-07-30 21:00'; the export of a log engine", "journald as its size allows, on many machines until the next boot; " + untilRotated}
	case "accesslog":
		return Guide{`[30/Jul/2024:11:45:12 +0000] "GET / HTTP/1.1" 200`, "copy /var/log/nginx/access.log* or that of Apache", untilRotated}
	case "envoy":
		return Guide{`[2024-07-30T11:45:12.123Z] "GET / HTTP/1.1" 200 with response flags`, "kubectl logs of the proxy (container istio-proxy)", "10 MB for each container, then rotated; gone with the pod"}
	case "haproxy":
		return Guide{"frontend, backend/server, timers parted by slashes, and termination state", "copy /var/log/haproxy.log*", untilRotated}
	case "elb":
		return Guide{"the fields of the access logs of load balancers, http or https in front", "aws s3 cp --recursive s3://BUCKET/AWSLogs/… ., where access logs were switched on", "as long as the bucket keeps them"}
	case "uwsgi":
		return Guide{"[pid: 1|app: 0|req: 1/1] and the request", "copy the file of uWSGI's --logto", untilRotated}
	case "w3c":
		return Guide{"a line #Fields: that names the columns", `copy C:\inetpub\logs\LogFiles; the bucket of CloudFront; current/ of Zeek`, "until somebody deletes it; IIS never does"}
	case "errorlog":
		return Guide{"2024/07/30 11:45:12 [error] of nginx, [Tue Jul 30 11:45:12 2024] [core:error] of Apache", "copy /var/log/nginx/error.log* or that of Apache", untilRotated}
	case "postgres":
		return Guide{"LOG:, ERROR:, STATEMENT: and the like behind a prefix with a time", "copy the log folder of the data directory, or /var/log/postgresql", "a week where files are named by the day of the week"}
	case "syslog":
		return Guide{"Jul 30 11:45:12 host program[pid]: or <34>1 2024-07-30T… in front of each line", "copy /var/log/syslog* or messages*; journalctl -o short-iso", "four weeks on many systems"}
	case "logfmt":
		return Guide{"key=value pairs, a time, level or msg among them", "copy the program's output", untilRotated}
	case "uptime":
		return Guide{"[  12.345678] in front of each line", "dmesg --time-format iso is better: it has dates", "until the next boot, or the ring is full"}
	case "text":
		return Guide{"a time near the start of the lines, in one of some fifty layouts; other lines go on with the record before", "copy the file; a format of your own goes into formats: in pir.yaml", untilRotated}
	}
	return guideOfEngine(name)
}

// guideOfEngine tells about the exports of log engines.
func guideOfEngine(name string) Guide {
	switch name {
	case "otlp":
		return Guide{"resourceLogs, with logRecords below", "the file exporter of the collector, or what was sent to it, saved", "as long as you keep it"}
	case "loki":
		return Guide{"data.resultType and streams of [time, line]; labels, line and timestamp on each line; a list of line and timestamp",
			`logcli query --output=jsonl --limit=0 --from=2024-07-30T10:00:00Z --to=2024-07-30T21:00:00Z '{app="api"}'; curl …/loki/api/v1/query_range with limit=5000, in parts`,
			"as its retention says, often 31 days"}
	case "gcp-logging":
		return Guide{"insertId and logName, in a list, under entries or on each line",
			`gcloud logging read 'timestamp>="2024-07-30T10:00:00Z" AND timestamp<"2024-07-30T21:00:00Z"' --format=json --order=asc`,
			"30 days in the bucket _Default, 400 days in _Required (audit)"}
	case "cloudwatch":
		return Guide{"events with timestamp, message and eventId or ingestionTime; rows of field and value; logEvents",
			"aws logs filter-log-events --log-group-name GROUP --start-time MS --end-time MS --output json; aws logs get-query-results --query-id ID, at most 10,000 rows",
			"as the log group's retention says, for ever unless it was set"}
	case "elasticsearch":
		return Guide{"hits.hits with _index, _id and _source, or such a hit on each line",
			`POST INDEX/_search {"size":10000,"sort":["@timestamp"],"query":{"range":{"@timestamp":{"gte":"…","lt":"…"}}}}, page by page with search_after; elasticdump`,
			"as the lifecycle policy of the index says, often 7 to 30 days"}
	case "datadog":
		return Guide{`"type":"log" with attributes; lines of an archive with _id, date, status and message`,
			"POST /api/v2/logs/events/search with page.limit 1000 and page.cursor; an archive from its bucket", "15 days as a rule, then in the archive if there is one"}
	case "splunk":
		return Guide{"_raw and _time, in results or under result on each line",
			"splunk search '…' -output json -maxout 0; Export of a search as JSON; /services/search/jobs/export?output_mode=json", "as the index keeps it: frozenTimePeriodInSecs, six years unless it was set"}
	case "victorialogs":
		return Guide{"_time, _stream and _msg on each line", `curl http://HOST:9428/select/logsql/query -d 'query={app="api"} _time:[2024-07-30T10:00:00Z, 2024-07-30T21:00:00Z)'`, "as -retentionPeriod says, seven days unless it was set"}
	case "exported":
		return Guide{"2024-07-30T11:46:40.123000+00:00 and a stream, or an epoch and a time with tabs behind; a time with milliseconds, and lines of a known format behind it",
			"aws logs tail GROUP --since 2024-07-30T10:00:00Z > tail.log; aws logs create-export-task, then the .gz files of the bucket; Download as TXT in Explore", "as the engine keeps it; what is in a bucket until somebody deletes it"}
	case "log-csv":
		return Guide{"a head with @timestamp, _time and _raw, tsNs and Line, or Date, Host and Service",
			"Share, CSV Reports in Discover of Kibana; Export of a search in Splunk; Download as CSV in Datadog, at most 5,000 rows as a rule, and in Explore", "as the engine keeps it"}
	}
	return Guide{}
}
