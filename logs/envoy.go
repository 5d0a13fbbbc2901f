package logs

// newEnvoy makes the parser of the access log of Envoy in its default text
// format, as Istio writes it too. Each record is one request.
func newEnvoy(head []byte) Parser {
	var samples [][]byte
	for line := range headLines(head) {
		if len(line) > 1 && line[0] == '[' {
			samples = append(samples, insideBracket(line[1:]))
		}
	}
	return &envoyParser{accessParser{stamps: settleStamps(samples)}}
}

// sniffEnvoy wants a time in brackets at the start, a quoted request, a status
// and response flags.
func sniffEnvoy(head []byte) int {
	p := newEnvoy(head)
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord {
			t.record(true, true)
		} else if len(line) > 0 {
			t.other++
		}
	}
	return t.sure(96)
}

type envoyParser struct{ accessParser }

func (p *envoyParser) Fork() Parser { return &envoyParser{accessParser{stamps: p.stamps}} }

// Parse reads [time] "request" status flags. The flags say what went wrong, so
// they are part of the message. Without a response the status is 0.
func (p *envoyParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	if skipBlanks(line, 0) == len(line) {
		return KindContinuation
	}
	if line[0] != '[' {
		return KindMalformed
	}
	f, n, ok := p.stamps.prefix(line[1:])
	end := 1 + n
	if !ok || end >= len(line) || line[end] != ']' {
		return KindMalformed
	}
	request, i, ok := quotedPart(line, skipBlanks(line, end+1))
	if !ok {
		return KindMalformed
	}
	i = skipBlanks(line, i)
	stop := wordEnd(line, i)
	status, ok := smallNumber(line[i:stop])
	i = skipBlanks(line, stop)
	flags := line[i:wordEnd(line, i)]
	if !ok || status > 999 || len(flags) == 0 {
		return KindMalformed
	}
	rec.Time, rec.Timed, rec.Request, rec.Status = f, true, true, status
	rec.Level = levelOfStatus(status)
	rec.Message = p.message(request)
	if string(flags) != "-" {
		if status == 0 {
			rec.Level = LevelWarning
		}
		p.flagged(rec, flags)
	}
	return KindRecord
}

// flagged appends the response flags to the message.
func (p *envoyParser) flagged(rec *Record, flags []byte) {
	p.scratch = append(append(append(p.scratch[:0], rec.Message...), ' '), flags...)
	rec.Message = p.scratch
}
