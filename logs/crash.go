package logs

import "bytes"

// crashStarts are what the first line of a crash begins with: it goes on with no
// record, but is an error that no logger wrote.
func crashStarts() [13]string {
	return [...]string{
		"panic: ", "fatal error: ", "goroutine ", "Traceback (most recent call last)", "Exception in thread ", "Caused by: ",
		"Unhandled exception", "Uncaught ", "thread '", "terminate called ", "Segmentation fault", "SIGSEGV", "Fatal error: ",
	}
}

// isCrash reports whether a line that is no record reads like the first one of a
// crash, or like an error without a time: panic: …, Traceback …, ORA-00600.
func isCrash(line []byte) bool {
	if len(line) < 5 || !isLetter(line[0]) {
		return false
	}
	for _, start := range crashStarts() {
		if line[0] == start[0] && bytes.HasPrefix(line, []byte(start)) {
			return start != "thread '" || bytes.Contains(line, []byte("' panicked at"))
		}
	}
	if bytes.HasPrefix(line, []byte("ORA-")) {
		digits := 4
		for digits < len(line) && isDigit(line[digits]) {
			digits++
		}
		return digits == len("ORA-00000")
	}
	name, _, _ := bytes.Cut(line, []byte(":"))
	return isException(line) && !hasSuffixFold(name, "warning")
}

// recordBefore is what a crash needs to know of the record in front of it.
type recordBefore struct {
	ns    int64
	dated bool
	level Level
}

// recordsBefore are those of each output of a program.
type recordsBefore [streamCount]recordBefore

// toldWithin is how soon behind an error a line with a time of its own is about
// the same one.
const toldWithin = nsPerSecond

// crash takes a line that is no record; ns is its own time where it is timed. Such
// a line is an error of its own where it begins a crash and the record before it
// is no error: that would have told of it.
func (b *recordsBefore) crash(rec *Record, line []byte, ns int64) (at int64, ok bool) {
	if !isCrash(line) {
		return 0, false
	}
	before := &b[rec.stream]
	told := before.level == LevelError
	if rec.Timed {
		told = told && ns-before.ns < toldWithin
	} else if ns = before.ns; !before.dated {
		return 0, false
	}
	if told {
		return 0, false
	}
	*before = recordBefore{ns: ns, dated: true, level: LevelError}
	return ns, true
}

// crash counts a line that is no record as an error, where it begins a crash: at
// its own time, where a wrapping gave it one, else at that of the record before.
// As a line it stays a continuation.
func (c *counter) crash(line []byte, ch *chunk, offset int64) (ns int64, ok bool) {
	if len(c.rec.Message) > 0 {
		line = c.rec.Message
	}
	if !isCrash(line) {
		return 0, false
	}
	if !c.recalled {
		c.recalled = true
		for i, b := range c.recall(ch.before) {
			if c.before[i] == (recordBefore{}) {
				c.before[i] = b
			}
		}
	}
	if c.rec.Timed {
		if ns, _, ok = c.instant(offset); !ok {
			return 0, false
		}
	}
	if ns, ok = c.before.crash(&c.rec, line, ns); !ok {
		return 0, false
	}
	if !c.rec.Timed {
		c.t.borrowed.add(c.t.lines, offset)
	}
	c.rec = Record{Message: line, Level: LevelError, stream: c.rec.stream}
	return ns, true
}

// recall reads the lines in front of a chunk for its first crash.
func (c *counter) recall(text []byte) (b recordsBefore) {
	d := newDater(c.job)
	for line := range bytes.Lines(text) {
		kind, line := d.parse(bytes.TrimSuffix(line, []byte("\n")), false)
		ns, _, dated := d.instant(0)
		switch kind {
		case KindRecord:
			b[d.rec.stream] = recordBefore{ns: ns, dated: dated, level: d.rec.Level}
		case KindContinuation:
			if len(d.rec.Message) > 0 {
				line = d.rec.Message
			}
			if dated || !d.rec.Timed {
				b.crash(&d.rec, line, ns)
			}
		}
	}
	return b
}
