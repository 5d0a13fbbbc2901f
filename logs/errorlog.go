package logs

import "bytes"

// newErrorLog makes the parser of the error logs of nginx and Apache:
//
//	2026/07/14 14:02:41 [error] 31#31: *1 connect() failed …
//	[Tue Jul 14 14:02:41.123456 2026] [proxy:error] [pid 1:tid 2] [client 10.0.0.1:80] AH01114: …
//
// Numbers of processes and connections and the client are no part of the
// message, so that like messages look alike.
func newErrorLog(head []byte) Parser { return &errorLogParser{textParser{settleText(head)}} }

func sniffErrorLog(head []byte) int {
	if !anyLine(head, func(line []byte) bool { return hasWorker(line) || isApacheError(line) }) {
		return 0
	}
	p := newErrorLog(head).(*errorLogParser)
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		kind := p.textParser.Parse(line, false, &rec)
		switch {
		case kind == KindRecord:
			t.record(true, hasWorker(line) && isNginxError(rec.Message) || isApacheError(line))
		case !looksContinued(line):
			t.other++
		}
	}
	if 2*t.told < t.records {
		return 0
	}
	return t.sure(90)
}

// hasWorker looks for the number of process and thread of nginx, 31#31.
func hasWorker(line []byte) bool { return bytes.IndexByte(line[:min(len(line), 80)], '#') > 0 }

type errorLogParser struct{ textParser }

func (p *errorLogParser) Fork() Parser { return p } // it keeps nothing between lines

func (p *errorLogParser) Parse(line []byte, cut bool, rec *Record) Kind {
	kind := p.textParser.Parse(line, cut, rec)
	if kind != KindRecord {
		return kind
	}
	if isNginxError(rec.Message) {
		msg := rec.Message[bytes.IndexByte(rec.Message, ':')+1:]
		msg = msg[skipBlanks(msg, 0):]
		if len(msg) > 1 && msg[0] == '*' && isDigit(msg[1]) {
			msg = msg[skipBlanks(msg, wordEnd(msg, 0)):]
		}
		rec.Message = msg
		return kind
	}
	for len(rec.Message) > 0 && rec.Message[0] == '[' {
		end := bytes.IndexByte(rec.Message, ']')
		if end < 0 {
			break
		}
		rec.Message = rec.Message[skipBlanks(rec.Message, end+1):]
	}
	return kind
}

// isNginxError reports whether a message begins with process#thread and a colon.
func isNginxError(msg []byte) bool {
	i := 0
	for i < len(msg) && isDigit(msg[i]) {
		i++
	}
	hash := i
	for i++; i < len(msg) && isDigit(msg[i]); {
		i++
	}
	return hash > 0 && hash < len(msg) && msg[hash] == '#' && i > hash+1 && i < len(msg) && msg[i] == ':'
}

// isApacheError reports whether a line is two groups in brackets or more, of
// which the second tells a level.
func isApacheError(line []byte) bool {
	next := bytes.Index(line, []byte("] ["))
	if len(line) == 0 || line[0] != '[' || next < 0 {
		return false
	}
	word := line[next+3:]
	end := bytes.IndexByte(word, ']')
	if end < 0 {
		return false
	}
	word = word[:end]
	if colon := bytes.IndexByte(word, ':'); colon >= 0 {
		word = word[colon+1:]
	}
	_, ok := levelOfWord(word)
	return ok || bytes.HasPrefix(word, []byte("trace"))
}
