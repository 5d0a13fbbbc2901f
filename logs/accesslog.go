package logs

import (
	"bytes"
)

// newAccessLog makes the parser of access logs in the Common and Combined
// formats, with anything behind them, such as the time that a request took.
// Each record is one request.
func newAccessLog(head []byte) Parser {
	var samples [][]byte
	for line := range headLines(head) {
		if open := bytes.Index(line, []byte(" [")); open > 0 {
			samples = append(samples, insideBracket(line[open+2:]))
		}
	}
	return &accessParser{stamps: settleStamps(samples)}
}

// insideBracket is what stands in front of the closing bracket.
func insideBracket(b []byte) []byte {
	inside, _, _ := bytes.Cut(b, []byte("]"))
	return inside
}

// sniffAccessLog wants a time in brackets, a quoted request and a status.
func sniffAccessLog(head []byte) int {
	p := newAccessLog(head)
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord {
			t.record(true, true)
		} else if len(line) > 0 {
			t.other++
		}
	}
	return t.sure(95)
}

type accessParser struct {
	stamps  *stamps
	latest  latestStamp
	scratch []byte
}

func (p *accessParser) days() *dayOrder { return &p.stamps.days }

func (p *accessParser) Fork() Parser { return &accessParser{stamps: p.stamps} }

// Parse reads host, names, [time], "request", status. Whatever follows is not
// looked at. A blank line continues; every other line is a request or broken.
func (p *accessParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	if len(bytes.TrimSpace(line)) == 0 {
		return KindContinuation
	}
	open := bracket(line)
	if open <= 0 {
		return KindMalformed
	}
	end := open + 2
	if n := p.latest.again(line[end:]); n > 0 {
		rec.Time = p.latest.time
		end += n - 1 // the bracket is part of the text
	} else {
		f, n, ok := p.stamps.prefix(line[end:])
		if end += n; !ok || end >= len(line) || line[end] != ']' {
			return KindMalformed
		}
		rec.Time = f
		p.latest.keep(line[open+2:end+1], &f)
	}
	rec.Timed = true
	rec.Host = line[:wordEnd(line, 0)]
	i := skipBlanks(line, end+1)
	request, i, ok := quotedPart(line, i)
	if !ok {
		return KindMalformed
	}
	i = skipBlanks(line, i)
	stop := wordEnd(line, i)
	status, ok := smallNumber(line[i:stop])
	if !ok || status < 100 && status != 0 || status > 999 {
		return KindMalformed
	}
	rec.Request = true
	rec.Status = status
	rec.Level = levelOfStatus(status)
	rec.Message = p.message(request)
	return KindRecord
}

// bracket gives the place of the first " [", or -1.
func bracket(line []byte) int {
	for at := 0; ; at++ {
		n := bytes.IndexByte(line[at:], '[')
		if n < 0 {
			return -1
		}
		if at += n; at > 0 && line[at-1] == ' ' {
			return at - 1
		}
	}
}

// message is method and path of a request line, without query and version. A
// request line that is something else stays as it is.
func (p *accessParser) message(request []byte) []byte {
	method := wordEnd(request, 0)
	start := skipBlanks(request, method)
	if start == len(request) {
		return request
	}
	path := pathOnly(request[start:wordEnd(request, start)])
	if start == method+1 { // the usual shape stands there as it is
		return request[:start+len(path)]
	}
	p.scratch = append(append(append(p.scratch[:0], request[:method]...), ' '), path...)
	return p.scratch
}

// quotedPart reads the quoted text at i and gives the place behind it. A quote
// inside is written with a backslash.
func quotedPart(b []byte, i int) (text []byte, next int, ok bool) {
	if i >= len(b) || b[i] != '"' {
		return nil, i, false
	}
	for j := either(b, i+1, '"', '\\'); j < len(b); j = either(b, j+2, '"', '\\') {
		if b[j] == '"' {
			return b[i+1 : j], j + 1, true
		}
	}
	return nil, i, false
}
