package logs

import "bytes"

// newPostgres makes the parser of the log of PostgreSQL on standard error, with
// any log_line_prefix that holds a time: what follows the severity is the
// message. DETAIL, HINT, STATEMENT and the like go on with the record before.
func newPostgres(head []byte) Parser { return &postgresParser{textParser{settleText(head)}} }

// sniffPostgres wants a severity and two blanks in the lines that have a time.
func sniffPostgres(head []byte) int {
	if !anyLine(head, func(line []byte) bool { _, _, ok := severityOf(line); return ok }) {
		return 0
	}
	if inSyslog(head) {
		return 0
	}
	p := newPostgres(head).(*postgresParser)
	var rec Record
	var t sniffTally
	marked := 0
	for line := range headLines(head) {
		_, _, ok := severityOf(line)
		switch p.Parse(line, false, &rec) {
		case KindRecord:
			t.record(rec.Timed, ok)
		case KindMalformed:
			t.other++
		case KindContinuation:
			if !ok && !looksContinued(line) {
				t.other++
			}
		}
		if ok {
			marked++
		}
	}
	if 2*marked < t.records {
		return 0
	}
	return t.sure(92)
}

type postgresParser struct{ textParser }

func (p *postgresParser) Fork() Parser { return p } // it keeps nothing between lines

func (p *postgresParser) Parse(line []byte, cut bool, rec *Record) Kind {
	kind := p.textParser.Parse(line, cut, rec)
	if kind != KindRecord {
		return kind
	}
	level, msg, ok := severityOf(line)
	switch {
	case !ok:
		return kind
	case level == LevelUnknown:
		return KindContinuation
	}
	rec.Level, rec.Message = level, line[msg:]
	return kind
}

// inSyslog reports whether most lines are of PostgreSQL by way of syslog: that
// knows host and program too.
func inSyslog(head []byte) bool {
	p, rec := newSyslog(head), Record{}
	lines, tagged := 0, 0
	for line := range headLines(head) {
		lines++
		if p.Parse(line, false, &rec) == KindRecord && string(rec.Component) == "postgres" {
			tagged++
		}
	}
	return 2*tagged > lines
}

// severityInSyslog reads the severity of a message that came by syslog, such as
// "[35-1] ERROR:  deadlock detected", and gives the place behind it. What goes
// on with a message is a record there, of no importance by itself.
func severityInSyslog(msg []byte, rec *Record) (next int) {
	level, next, ok := severityOf(msg)
	if !ok {
		return 0
	}
	switch {
	case rec.Level != LevelUnknown: // the priority says it
	case level == LevelUnknown:
		rec.Level = LevelInfo
	default:
		rec.Level = level
	}
	return next
}

// severitySpan is how far into a line the severity may stand, in bytes.
const severitySpan = 200

// severityOf finds the severity, a colon and two blanks, and gives the place of
// the message. The level is unknown for what goes on with a message.
func severityOf(line []byte) (level Level, msg int, ok bool) {
	at := bytes.Index(line[:min(len(line), severitySpan)], []byte(":  "))
	if at < 0 {
		return LevelUnknown, 0, false
	}
	start := at
	for start > 0 && (line[start-1] >= 'A' && line[start-1] <= 'Z' || isDigit(line[start-1])) {
		start--
	}
	switch string(line[start:at]) {
	case "ERROR", "FATAL", "PANIC":
		level = LevelError
	case "WARNING":
		level = LevelWarning
	case "LOG", "INFO", "NOTICE":
		level = LevelInfo
	case "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5":
		level = LevelDebug
	case "DETAIL", "HINT", "STATEMENT", "CONTEXT", "QUERY", "LOCATION", "BACKTRACE":
	default:
		return LevelUnknown, 0, false
	}
	return level, at + 3, true
}
