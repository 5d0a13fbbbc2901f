package logs

import (
	"bytes"
	"time"

	"pir/internal/when"
)

// newUptime makes the parser of logs that count the seconds since the machine
// or the program started: dmesg, X, LightDM. Where a line of the head tells the
// time of day the others are dated by it; else no record has a time.
func newUptime(head []byte) Parser {
	p := &uptimeParser{}
	s := settleStamps(nil)
	for line := range headLines(head) {
		ns, end, ok := uptimeOf(line)
		if !ok {
			continue
		}
		at := behindPhrase(line[end:])
		if at < 0 {
			continue
		}
		f, _, ok := s.prefix(line[end+at:])
		if ok && f.Year != 0 {
			p.base, p.based = f, true
			p.start = wallOf(&f).Add(-time.Duration(ns))
			break
		}
	}
	return p
}

// behindPhrase finds where a line of such a log tells the time.
func behindPhrase(b []byte) int {
	for _, phrase := range [...]string{"Time: ", "setting system clock to ", "current time: "} {
		if at := bytes.Index(b, []byte(phrase)); at >= 0 {
			return at + len(phrase)
		}
	}
	return -1
}

// wallOf is the reading of calendar and clock, as if its zone were UTC.
func wallOf(f *when.Fields) time.Time {
	return time.Date(f.Year, time.Month(f.Month), f.Day, f.Hour, f.Minute, f.Sec, f.Nsec, time.UTC)
}

func sniffUptime(head []byte) int {
	var t sniffTally
	for line := range headLines(head) {
		if _, _, ok := uptimeOf(line); ok {
			t.record(true, true)
		} else if len(line) > 0 && !isBlank(line[0]) {
			t.other++
		}
	}
	return t.sure(60)
}

type uptimeParser struct {
	base  when.Fields // the time that was told
	based bool
	start time.Time // of the count, as base reads clocks
}

func (p *uptimeParser) Fork() Parser { return p } // it keeps nothing between lines

func (p *uptimeParser) Parse(line []byte, _ bool, rec *Record) Kind {
	*rec = Record{}
	ns, end, ok := uptimeOf(line)
	if !ok {
		return KindContinuation
	}
	if p.based {
		t := p.start.Add(time.Duration(ns))
		f := p.base
		f.Year, f.Month, f.Day = t.Year(), int(t.Month()), t.Day()
		f.Hour, f.Minute, f.Sec, f.Nsec = t.Hour(), t.Minute(), t.Second(), t.Nanosecond()
		rec.Time, rec.Timed = f, true
	}
	var msg int
	rec.Level, msg = levelAround(line, 0, end)
	rec.Message = line[msg:]
	if level, ok := levelOfX(rec.Message); ok {
		rec.Level, rec.Message = level, rec.Message[min(len(rec.Message), 5):]
	} else if rec.Level == LevelUnknown {
		rec.Level = levelOfProse(rec.Message)
	}
	return KindRecord
}

// levelOfX reads the mark of the X server: (EE), (WW).
func levelOfX(msg []byte) (Level, bool) {
	if len(msg) < 4 || msg[0] != '(' || msg[3] != ')' {
		return LevelUnknown, false
	}
	switch string(msg[1:3]) {
	case "EE":
		return LevelError, true
	case "WW":
		return LevelWarning, true
	case "II", "--", "++", "==", "**", "!!", "NI", "??":
		return LevelInfo, true
	}
	return LevelUnknown, false
}

// uptimeOf reads "[   12.345678]" or "[+0.12s]" at the start of a line, with the
// priority of syslog in front or without, and gives nanoseconds and the place
// behind.
func uptimeOf(line []byte) (ns int64, end int, ok bool) {
	_, rest := priority(line)
	i := len(line) - len(rest)
	if i >= len(line) || line[i] != '[' {
		return 0, 0, false
	}
	i = skipBlanks(line, i+1)
	if i < len(line) && line[i] == '+' {
		i++
	}
	start, whole := i, int64(0)
	for i < len(line) && isDigit(line[i]) && i-start < 9 {
		whole = whole*10 + int64(line[i]-'0')
		i++
	}
	if i == start || i+1 >= len(line) || line[i] != '.' || !isDigit(line[i+1]) {
		return 0, 0, false
	}
	ns, unit := whole*int64(time.Second), int64(time.Second)
	for i++; i < len(line) && isDigit(line[i]); i++ {
		unit /= 10
		ns += int64(line[i]-'0') * unit
	}
	if i < len(line) && line[i] == 's' {
		i++
	}
	if i >= len(line) || line[i] != ']' {
		return 0, 0, false
	}
	return ns, i + 1, true
}
