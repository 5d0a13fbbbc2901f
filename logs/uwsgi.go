package logs

import "bytes"

// newUWSGI makes the parser of the request log of uWSGI:
//
//	[pid: 1|app: 0|req: 1/1] 10.0.0.1 () {38 vars in 696 bytes} [Tue Jul 14 14:02:41 2026] GET /x => generated 47 bytes in 9 msecs (HTTP/1.1 200) …
//
// Each such record is one request.
func newUWSGI(head []byte) Parser {
	p := &uwsgiParser{}
	var samples [][]byte
	for line := range headLines(head) {
		if at := bytes.Index(line, []byte("} [")); at > 0 {
			samples = append(samples, insideBracket(line[at+3:]))
		}
	}
	p.stamps = settleStamps(samples)
	return p
}

func sniffUWSGI(head []byte) int {
	p := newUWSGI(head)
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		switch p.Parse(line, false, &rec) {
		case KindRecord:
			t.record(true, true)
		case KindMalformed:
			t.other++
		}
	}
	return t.sure(95)
}

type uwsgiParser struct{ stamps *stamps }

func (p *uwsgiParser) Fork() Parser { return p } // it keeps nothing between lines

func (p *uwsgiParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	if !bytes.HasPrefix(line, []byte("[pid: ")) {
		return KindContinuation // what the program itself says
	}
	at := bytes.Index(line, []byte("} ["))
	if at < 0 {
		return KindMalformed
	}
	f, n, ok := p.stamps.prefix(line[at+3:])
	i := at + 3 + n
	arrow := bytes.Index(line, []byte(" => "))
	if !ok || i >= len(line) || line[i] != ']' || arrow < i+2 {
		return KindMalformed
	}
	rec.Time, rec.Timed = f, true
	request := line[i+2 : arrow]
	if method := wordEnd(request, 0); method < len(request) {
		request = request[:method+1+len(pathOnly(request[method+1:]))]
	}
	rec.Message = request
	if closed := bytes.Index(line[arrow:], []byte(") ")); closed > 0 {
		end := arrow + closed
		if status, ok := smallNumber(line[wordStart(line, end):end]); ok && status < 1000 {
			rec.Request, rec.Status, rec.Level = true, status, levelOfStatus(status)
		}
	}
	return KindRecord
}
