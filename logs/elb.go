package logs

import "bytes"

// newELB makes the parser of the access logs of Amazon's load balancers, Classic
// and Application:
//
//	http 2026-07-14T14:02:41.123456Z app/lb/1 client target t t t 200 200 34 366 "GET https://host/x HTTP/1.1" …
//
// Each record is one request.
func newELB(head []byte) Parser {
	p := &elbParser{accessParser{stamps: settleStamps(nil)}}
	var samples [][]byte
	for line := range headLines(head) {
		samples = append(samples, line[elbTime(line):])
	}
	p.stamps = settleStamps(samples)
	return p
}

func sniffELB(head []byte) int {
	p := newELB(head)
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord {
			t.record(true, true)
		} else if len(line) > 0 {
			t.other++
		}
	}
	return t.sure(94)
}

type elbParser struct{ accessParser }

func (p *elbParser) Fork() Parser { return &elbParser{accessParser{stamps: p.stamps}} }

// elbTime gives the place of the time: behind the type where there is one.
func elbTime(line []byte) int {
	if len(line) == 0 || isDigit(line[0]) {
		return 0
	}
	return min(wordEnd(line, 0)+1, len(line))
}

// Parse reads what stands in front of the quoted request by its distance from
// there: status, status of the target, bytes in, bytes out.
func (p *elbParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	if skipBlanks(line, 0) == len(line) {
		return KindContinuation
	}
	at := elbTime(line)
	f, n, ok := p.stamps.prefix(line[at:])
	open := bytes.Index(line, []byte(` "`))
	if !ok || open < at+n {
		return KindMalformed
	}
	end, status := open, 0
	for back := 0; back < 4; back++ {
		start := wordStart(line, end)
		word := line[start:end]
		number, good := smallNumber(word)
		if start == 0 || !good && (back > 2 || len(word) == 0 || !isDigit(word[0]) && word[0] != '-') {
			return KindMalformed
		}
		end, status = start-1, number
	}
	if status > 999 || bytes.Count(line[at+n:end], []byte(" ")) < 5 {
		return KindMalformed
	}
	request, _, ok := quotedPart(line, open+1)
	if !ok {
		return KindMalformed
	}
	rec.Time, rec.Timed, rec.Request, rec.Status, rec.Level = f, true, true, status, levelOfStatus(status)
	rec.Message = p.message(request)
	return KindRecord
}
