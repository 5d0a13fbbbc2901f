package logs

import "bytes"

// newSyslog makes the parser of syslog: an optional <priority>, a time, host,
// tag and message (RFC 3164, also with an ISO time), or the header of RFC 5424.
func newSyslog(head []byte) Parser {
	p := &syslogParser{stamps: &stamps{}}
	var samples [][]byte
	for line := range headLines(head) {
		_, rest := priority(line)
		if _, after, ok := bytes.Cut(rest, []byte("1 ")); ok && len(after) == len(rest)-2 {
			rest = after
		}
		samples = append(samples, rest)
	}
	p.stamps = settleStamps(samples)
	for _, s := range samples { // some programs write a year, others do not
		if f, _, ok := p.stamps.prefix(s); ok && f.Year != 0 {
			p.told = civil{f.Year, f.Month, f.Day}
			break
		}
	}
	return p
}

// sniffSyslog wants a priority, the time of RFC 3164, or an ISO time with a
// host and a tag behind it.
func sniffSyslog(head []byte) int {
	p := newSyslog(head).(*syslogParser)
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		switch kind := p.Parse(line, false, &rec); {
		case kind == KindRecord && rec.Timed:
			pri, rest := priority(line)
			shaped := pri >= 0 || rec.Time.Year == 0 && rec.Time.Month > 0 && isLetter(rest[0]) && isLetter(rest[1]) && len(rec.Host) > 0
			t.record(true, shaped || len(rec.Host) > 0 && len(rec.Component) > 0 && p.bracketed)
		case len(line) > 0 && !isBlank(line[0]):
			t.other++
		}
	}
	if 2*t.told < t.records {
		return 0
	}
	return t.sure(90)
}

type syslogParser struct {
	stamps    *stamps
	told      civil // of the first time with a year
	bracketed bool  // the last tag had a process number
	latest    latestStamp
	host      [2]int // of the text of latest
	name      []byte // of the last tag
	called    bool   // it can stand as a component
}

func (p *syslogParser) day() civil { return p.told }

func (p *syslogParser) days() *dayOrder { return &p.stamps.days }

func (p *syslogParser) Fork() Parser { return &syslogParser{stamps: p.stamps} }

func (p *syslogParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	pri, rest := priority(line)
	if pri >= 0 {
		rec.Level = levelOfSeverity(pri & 7)
	}
	if len(rest) > 1 && rest[0] == '1' && rest[1] == ' ' && pri >= 0 {
		return p.modern(rest[2:], rec)
	}
	i, ok := p.stampAndHost(rest, rec)
	if !ok {
		if pri >= 0 || looksDated(rest) {
			return KindMalformed
		}
		return KindContinuation
	}
	i = p.tag(rest, i, rec)
	if string(rec.Component) == "postgres" {
		i += severityInSyslog(rest[i:], rec)
	}
	rec.Message = rest[i:]
	if rec.Level == LevelUnknown {
		rec.Level = levelOfProse(rec.Message)
	}
	return KindRecord
}

// stampAndHost reads the time at the start of b and the host behind it, and
// gives the place of what follows.
func (p *syslogParser) stampAndHost(b []byte, rec *Record) (next int, ok bool) {
	if n := p.latest.again(b); n > 0 {
		rec.Time, rec.Timed, rec.Host = p.latest.time, true, b[p.host[0]:p.host[1]]
		return skipBlanks(b, n), true
	}
	f, i, ok := p.stamps.prefix(b)
	if !ok {
		return 0, false
	}
	rec.Time, rec.Timed = f, true
	if i < len(b) && b[i] == ':' { // as routers write it
		i++
	}
	i = skipBlanks(b, i)
	if end := wordEnd(b, i); end > i && end < len(b) && isHost(b[i:end]) {
		rec.Host = b[i:end]
		p.latest.keep(b[:end+1], &f) // a time that goes on does so in the word behind it
		p.host = [2]int{i, end}
		i = skipBlanks(b, end)
	}
	return i, true
}

// tag reads "name[123]: " or "name: " at i and gives the place behind it.
func (p *syslogParser) tag(b []byte, i int, rec *Record) int {
	p.bracketed = false
	end := i
	for end < len(b) && end-i < 48 && isTagByte(b[end]) {
		end++
	}
	if end == i || end == len(b) {
		return i
	}
	next := end
	if b[next] == '[' || b[next] == '(' {
		closing := bytes.IndexByte(b[next:min(len(b), next+48)], ']')
		if closing < 0 {
			return i
		}
		p.bracketed = true
		next += closing + 1
	}
	if next == len(b) || b[next] != ':' {
		return i
	}
	if string(p.name) != string(b[i:end]) {
		p.name = append(p.name[:0], b[i:end]...)
		p.called = serviceName(p.name) != nil
	}
	if p.called {
		rec.Component = b[i:end]
	}
	return skipBlanks(b, next+1)
}

// modern reads what follows the version of RFC 5424.
func (p *syslogParser) modern(b []byte, rec *Record) Kind {
	var part [5][]byte // time, host, app, process, message id
	i := 0
	for k := range part {
		end := wordEnd(b, i)
		part[k] = b[i:end]
		i = min(end+1, len(b))
	}
	if len(part[2]) == 0 {
		return KindMalformed
	}
	f, ok := p.stamps.value(part[0])
	if !ok && string(part[0]) != "-" {
		return KindMalformed
	}
	rec.Time, rec.Timed = f, ok
	if string(part[1]) != "-" {
		rec.Host = part[1]
	}
	if string(part[2]) != "-" {
		rec.Component = serviceName(part[2])
	}
	i = skipStructured(b, i)
	rec.Message = bytes.TrimPrefix(b[skipBlanks(b, i):], []byte("\xef\xbb\xbf"))
	return KindRecord
}

// skipStructured goes over the structured data of RFC 5424 at i.
func skipStructured(b []byte, i int) int {
	if i < len(b) && b[i] == '-' {
		return i + 1
	}
	quoted := false
	for i < len(b) && (quoted || b[i] == '[') {
		for ; i < len(b); i++ {
			if quoted && b[i] == '\\' {
				i++
				continue
			}
			if b[i] == '"' {
				quoted = !quoted
			}
			if b[i] == ']' && !quoted {
				i++
				break
			}
		}
	}
	return min(i, len(b))
}

// priority reads <13> at the start of a line; -1 means that there is none.
func priority(line []byte) (pri int, rest []byte) {
	if len(line) < 3 || line[0] != '<' {
		return -1, line
	}
	end := bytes.IndexByte(line[:min(len(line), 5)], '>')
	if end < 2 {
		return -1, line
	}
	n, ok := smallNumber(line[1:end])
	if !ok || n > 191 {
		return -1, line
	}
	return n, line[end+1:]
}

// isHost reports whether a word can be the name or address of a host.
func isHost(word []byte) bool {
	if !isAlnum(word[0]) && word[0] != ':' && word[0] != '_' {
		return false
	}
	for _, b := range word {
		if !isAlnum(b) && b != '.' && b != '-' && b != '_' && b != ':' && b != '@' && b != '/' {
			return false
		}
	}
	return word[len(word)-1] != ':'
}

// isTagByte reports whether b may stand in the name of a program.
func isTagByte(b byte) bool {
	return isAlnum(b) || b == '_' || b == '-' || b == '.' || b == '/' || b == '@' || b == '+'
}

// looksDated reports whether a line that no layout reads begins as if it had a
// time: with a digit group and a sign of dates, or the name of a month, perhaps
// in brackets and behind a weekday.
func looksDated(line []byte) bool {
	if len(line) > 1 && line[0] == '[' {
		line = line[1:]
	}
	if len(line) > 4 && (isBlank(line[3]) || line[3] == ',') && isWeekdayName(line[:3]) {
		line = line[skipBlanks(line, 4):]
	}
	if len(line) < 6 {
		return false
	}
	digits := 0
	for digits < len(line) && isDigit(line[digits]) {
		digits++
	}
	if digits > 0 && digits < len(line) {
		c := line[digits]
		next := digits+1 < len(line) && isDigit(line[digits+1])
		return next && (c == '-' || c == '/') && (digits == 4 || digits == 2) || next && c == ':' && digits == 2
	}
	switch string(line[:4]) {
	case "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec ":
		return isDigit(line[4]) || line[4] == ' ' && isDigit(line[5])
	}
	return false
}

func isWeekdayName(b []byte) bool {
	switch string(b) {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun":
		return true
	}
	return false
}
