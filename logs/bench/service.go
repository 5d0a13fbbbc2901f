package main

import "time"

// version changes whenever the generator would write other bytes, so that
// files of an older one are not reused.
const version = 1

// incidentDay is midnight UTC of the day of the incident, the last day that is
// generated.
func incidentDay() time.Time { return time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC) }

// clock is a time on the day of the incident, as microseconds since midnight.
func clock(hour, minute, second int64) int64 {
	return ((hour*60+minute)*60 + second) * 1e6
}

// mitigated is when the share of failures begins to fall, in every service.
// deployed is when the new version starts, before anything fails.
var (
	mitigated = clock(14, 51, 0)
	deployed  = clock(13, 55, 0)
)

// service is one service: one file in a format and a zone of its own.
type service struct {
	name   string
	path   string // below the folder of the set
	format string // as pir names it
	zone   string // for pir.yaml; empty where each line says it
	offset int64  // seconds that its clock is ahead of UTC
	unit   int64  // what its stamps are cut to, in microseconds
	size   int64  // mean bytes of a record with all its lines
	quiet  int64  // failures in a million records, outside of the incident
	failed int64  // the same at the height of the incident
	onset  int64  // start of the failures, microseconds since midnight
	clear  int64  // end of their decay
	line   func(w *writer)
}

// services is the table of the four services, in the order in which the
// incident reaches them from the outside in.
func services() []service {
	return []service{
		{
			name: "web", path: "web/access.log", format: "accesslog", offset: 2 * 3600, unit: 1e6, size: 185,
			quiet: 1840, failed: 480_000, onset: clock(14, 3, 5), clear: clock(14, 57, 40), line: webLine,
		},
		{
			name: "api", path: "api/app.jsonl", format: "jsonl", offset: 0, unit: 1, size: 325,
			quiet: 2750, failed: 560_000, onset: clock(14, 2, 41), clear: clock(14, 57, 10), line: apiLine,
		},
		{
			name: "worker", path: "worker/worker.log", format: "logfmt", offset: 5*3600 + 1800, unit: 1, size: 157,
			quiet: 3810, failed: 680_000, onset: clock(14, 3, 30), clear: clock(14, 58, 5), line: workerLine,
		},
		{
			name: "db", path: "db/syslog", format: "syslog", zone: "America/Bogota", offset: -5 * 3600, unit: 1e6, size: 123,
			quiet: 910, failed: 350_000, onset: clock(14, 2, 11), clear: clock(14, 56, 30), line: dbLine,
		},
	}
}

// share is how many of a million records fail at a time of the day of the
// incident: a step up, a plateau, and from mitigated on a decay in a straight
// line down to the quiet share.
func (s *service) share(at int64) int64 {
	switch {
	case at < s.onset || at >= s.clear:
		return s.quiet
	case at < mitigated:
		return s.failed
	}
	return s.quiet + (s.failed-s.quiet)*(s.clear-at)/(s.clear-mitigated)
}

// hourly is the daily course of the traffic: weights at each full hour, with
// straight lines between them.
func hourly() [25]int64 {
	return [25]int64{
		620, 520, 450, 420, 430, 500, 640, 830, 1020, 1160, 1240, 1280,
		1290, 1300, 1310, 1300, 1280, 1270, 1290, 1310, 1250, 1080, 900, 740, 620,
	}
}

// weight is the traffic in a second of the day.
func weight(second int64) int64 {
	table := hourly()
	hour, into := second/3600, second%3600
	return table[hour]*(3600-into) + table[hour+1]*into
}

// instant is a time of the day of the incident.
func instant(sinceMidnight int64) time.Time {
	return incidentDay().Add(time.Duration(sinceMidnight) * time.Microsecond)
}
