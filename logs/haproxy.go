package logs

import "bytes"

// newHAProxy makes the parser of HAProxy's HTTP and TCP logs, with or without
// the header of syslog. A line of the HTTP log is one request; what else HAProxy
// says is read as syslog.
func newHAProxy(head []byte) Parser {
	var samples [][]byte
	for line := range headLines(head) {
		if open := bytes.Index(line, []byte(" [")); open > 0 {
			samples = append(samples, insideBracket(line[open+2:]))
		}
	}
	p := &haproxyParser{stamps: settleStamps(samples), syslog: newSyslog(head)}
	var rec Record
	for line := range headLines(head) {
		if p.proxied(line, &rec) {
			p.told = civil{rec.Time.Year, rec.Time.Month, rec.Time.Day}
			break
		}
	}
	return p
}

// sniffHAProxy wants the timers of requests or connections, or syslog lines of
// a program of that name among them.
func sniffHAProxy(head []byte) int {
	p := newHAProxy(head).(*haproxyParser)
	var rec Record
	var t sniffTally
	proxied := 0
	for line := range headLines(head) {
		switch {
		case p.proxied(line, &rec):
			proxied++
			t.record(true, true)
		case bytes.Contains(line[:min(len(line), 96)], []byte("haproxy")) && p.syslog.Parse(line, false, &rec) == KindRecord:
			t.record(true, true)
		case len(line) > 0:
			t.other++
		}
	}
	if 5*proxied < t.records {
		return 0
	}
	return t.sure(96)
}

type haproxyParser struct {
	stamps  *stamps
	syslog  Parser
	told    civil // of the first request: the times of syslog have no year
	scratch []byte
}

func (p *haproxyParser) day() civil { return p.told }

func (p *haproxyParser) days() *dayOrder { return &p.stamps.days }

func (p *haproxyParser) Fork() Parser {
	return &haproxyParser{stamps: p.stamps, syslog: p.syslog.Fork()}
}

func (p *haproxyParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	if p.proxied(line, rec) {
		return KindRecord
	}
	return p.syslog.Parse(line, cut, rec)
}

// proxied reads "client [accept time] frontend backend/server timers status …".
// The time is when the request or connection came; it is finer than that of
// syslog.
func (p *haproxyParser) proxied(line []byte, rec *Record) bool {
	open := bytes.Index(line, []byte(" ["))
	if open <= 0 || open+3 > len(line) || !isDigit(line[open+2]) {
		return false
	}
	f, n, ok := p.stamps.prefix(line[open+2:])
	i := open + 2 + n
	if !ok || i >= len(line) || line[i] != ']' {
		return false
	}
	var part [8][]byte // frontend, backend, timers, status, bytes, cookies, state
	for k, at := 0, i+1; k < len(part); k++ {
		at = skipBlanks(line, at)
		end := wordEnd(line, at)
		part[k], at = line[at:end], end
	}
	slash := bytes.IndexByte(part[1], '/')
	timers := bytes.Count(part[2], []byte("/"))
	if slash < 1 || timers < 2 || !isTimers(part[2]) || len(part[4]) == 0 {
		return false
	}
	*rec = Record{Time: f, Timed: true, Host: line[wordStart(line, open):open], Component: serviceName(part[1][:slash])}
	if timers < 3 {
		p.connection(part[1], part[4], rec)
		return true
	}
	return p.request(line[i:], part[3], part[7], rec)
}

// connection fills in a line of the TCP log.
func (p *haproxyParser) connection(server, state []byte, rec *Record) {
	rec.Level = LevelInfo
	if string(state) != "--" {
		rec.Level = LevelWarning
	}
	p.scratch = append(append(append(p.scratch[:0], server...), ' '), state...)
	rec.Message = p.scratch
}

// request fills in a line of the HTTP log. A status of -1 says that there was
// no response: the client's doing where the state begins with C.
func (p *haproxyParser) request(rest, status, state []byte, rec *Record) bool {
	rec.Request = true
	switch n, ok := smallNumber(status); {
	case ok && n < 1000:
		rec.Status, rec.Level = n, levelOfStatus(n)
	case string(status) == "-1" && len(state) > 0 && state[0] == 'C':
		rec.Level = LevelWarning
	case string(status) == "-1":
		rec.Level = LevelError
	default:
		return false
	}
	rec.Message = state
	if open := bytes.LastIndex(rest, []byte(` "`)); open > 0 {
		request := bytes.TrimSuffix(rest[open+2:], []byte(`"`))
		if method := wordEnd(request, 0); method < len(request) {
			path := request[method+1:]
			rec.Message = request[:method+1+len(pathOnly(path[:wordEnd(path, 0)]))]
		} else {
			rec.Message = request
		}
	}
	return true
}

// isTimers reports whether a word is numbers between slashes, some negative or
// with a plus.
func isTimers(word []byte) bool {
	for _, b := range word {
		if !isDigit(b) && b != '/' && b != '-' && b != '+' {
			return false
		}
	}
	return true
}

// wordStart gives the start of the word that ends at i.
func wordStart(b []byte, i int) int {
	for i > 0 && !isBlank(b[i-1]) {
		i--
	}
	return i
}
