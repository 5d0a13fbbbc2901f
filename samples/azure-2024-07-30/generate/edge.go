package main

import (
	"bytes"
	"fmt"
	"sort"
	"time"
)

// request is one line of the access log.
type request struct {
	at     time.Time
	region string
	pop    string
	failed bool
}

// edgeLog is the access log of the edge: combined format, then the seconds that
// the request took, the site that answered and its region.
func edgeLog() []byte {
	d := &dice{state: 20240730}
	var out bytes.Buffer
	for t := logStart; t.Before(logEnd); t = t.Add(time.Minute) {
		for _, r := range edgeMinute(t, d) {
			writeRequest(&out, r, d)
		}
	}
	return out.Bytes()
}

// edgeMinute gives the requests of one minute in order of time.
func edgeMinute(t time.Time, d *dice) []request {
	var list []request
	for _, reg := range regions() {
		n := reg.requests(t, d)
		bad := reg.failures(t, n, d)
		for i := range n {
			second := d.below(60)
			if i == 0 && bad > 0 {
				second = nearTurn(t, reg.name, second)
			}
			list = append(list, request{t.Add(time.Duration(second) * time.Second), reg.name, d.pick(reg.pops), i < bad})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].at.Before(list[j].at) })
	return list
}

// nearTurn moves one failure of the first and last minutes of impact to within
// seconds of the turn.
func nearTurn(t time.Time, region string, second int) int {
	switch {
	case t.Equal(impactStart) && region == "europe":
		return 2
	case t.Equal(mainEnd.Add(-time.Minute)) && region == "europe":
		return 57
	case t.Equal(impactEnd.Add(-time.Minute)) && region == "americas":
		return 54
	}
	return second
}

// A page is something that is asked for, with its usual size in bytes.
type page struct {
	line string
	size int
}

var (
	pages = []page{
		{"GET / HTTP/2.0", 18422},
		{"GET /assets/app.js HTTP/2.0", 91230},
		{"GET /assets/site.css HTTP/2.0", 12044},
		{"GET /images/hero.webp HTTP/2.0", 240118},
		{"GET /api/v2/items HTTP/2.0", 3310},
		{"POST /api/v2/session HTTP/2.0", 611},
		{"GET /downloads/agent.msi HTTP/1.1", 1048576},
	}
	agents = []string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)",
		"Mozilla/5.0 (Linux; Android 14)",
		"okhttp/4.12.0",
	}
	networks = []string{"192.0.2", "198.51.100", "203.0.113"} // set aside for documentation
)

// writeRequest writes one line.
func writeRequest(out *bytes.Buffer, r request, d *dice) {
	p := pages[d.below(len(pages))]
	status, size, took := answer(r, p, d)
	fmt.Fprintf(out, "%s.%d - - [%s] \"%s\" %d %d \"-\" \"%s\" %d.%03d pop=%s region=%s\n",
		d.pick(networks), 8*d.between(1, 16), r.at.Format("02/Jan/2006:15:04:05 -0700"), p.line, status, size,
		agents[d.below(len(agents))], took/1000, took%1000, r.pop, r.region)
}

// answer gives the status, the size and the milliseconds of a request.
func answer(r request, p page, d *dice) (status, size, took int) {
	if r.failed {
		return failure(r.at, d)
	}
	took = 10 * d.between(1, 12)
	switch {
	case within(r.at, impactStart, mainEnd):
		took += 100 * d.between(4, 60)
	case within(r.at, attackStart, attackEnd):
		took += 20 * d.between(1, 20)
	}
	switch n := d.below(200); {
	case n == 0:
		return 404, 162, took
	case n < 9:
		return 304, 0, took
	}
	return 200, p.size, took
}

// failure gives the status, the size and the milliseconds of a failed request:
// time-outs above all, and only those once the worst is over.
func failure(at time.Time, d *dice) (status, size, took int) {
	n := d.below(10)
	switch {
	case n < 6 || within(at, mainEnd, impactEnd):
		return 504, 176, 30000 + 10*d.below(20)
	case n < 8:
		return 502, 158, 10 * d.between(20, 400)
	}
	return 503, 190, 10 * d.between(1, 20)
}
