package logs

import (
	"bytes"
	"slices"

	"pir/internal/when"
)

// newW3C makes the parser of logs whose lines "#Fields:" name the columns: the
// extended format of the W3C, as IIS and CloudFront write it, and the logs of
// Zeek. A record with a status is one request.
func newW3C(head []byte) Parser {
	p := &w3cParser{}
	var dates [][]byte
	for line := range headLines(head) {
		if t, ok := readColumns(line); ok && !slices.ContainsFunc(p.tables, t.same) {
			p.tables = append(p.tables, t)
		}
		if value, ok := bytes.CutPrefix(line, []byte("#Date:")); ok {
			dates = append(dates, bytes.TrimSpace(value))
		}
	}
	p.stamps = settleStamps(nil)
	if len(dates) > 0 {
		if f, ok := p.stamps.value(dates[0]); ok {
			p.told = civil{f.Year, f.Month, f.Day}
		}
	}
	return p
}

func sniffW3C(head []byte) int {
	p := newW3C(head).(*w3cParser)
	if len(p.tables) == 0 {
		return 0
	}
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		switch p.Parse(line, false, &rec) {
		case KindRecord:
			t.record(rec.Timed, true)
		case KindMalformed:
			t.other++
		}
	}
	return t.sure(97)
}

// columns are the names of one "#Fields:" line.
type columns struct {
	tabs  bool
	count int
	// The places of the columns, -1 for none.
	date, time, status, method, path, host, level, message int
}

func (c columns) same(o columns) bool { return c == o }

// readColumns reads a "#Fields:" line, or the "#fields" of Zeek.
func readColumns(line []byte) (c columns, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("#Fields:"))
	if !ok {
		if rest, ok = bytes.CutPrefix(line, []byte("#fields\t")); !ok {
			return c, false
		}
		c.tabs = true
	}
	c.date, c.time, c.status, c.method, c.path, c.host, c.level, c.message = -1, -1, -1, -1, -1, -1, -1, -1
	for _, name := range bytes.Fields(rest) {
		if at := c.role(name); at != nil && *at < 0 {
			*at = c.count
		}
		c.count++
	}
	return c, c.time >= 0 && c.count > 1
}

// role gives the column that a name stands for.
func (c *columns) role(name []byte) *int {
	switch string(name) {
	case "date", "x-date":
		return &c.date
	case "time", "ts", "date-time", "datetime", "timestamp", "x-timestamp":
		return &c.time
	case "sc-status", "status", "status_code", "s-status", "cs-status":
		return &c.status
	case "cs-method", "method":
		return &c.method
	case "cs-uri-stem", "cs-uri", "uri":
		return &c.path
	case "s-computername", "s-ip", "id.orig_h", "client-hostname":
		return &c.host
	case "level", "severity", "x-severity":
		return &c.level
	case "msg", "message", "x-message", "s-reason", "note":
		return &c.message
	}
	return nil
}

type w3cParser struct {
	stamps  *stamps
	tables  []columns // in the order in which the head has them
	told    civil     // of the first #Date, for clocks alone
	scratch []byte
}

func (p *w3cParser) day() civil { return p.told }

func (p *w3cParser) Fork() Parser {
	return &w3cParser{stamps: p.stamps, tables: p.tables, told: p.told}
}

// Parse reads a line by the first table of columns that has as many.
func (p *w3cParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	if len(line) == 0 || line[0] == '#' || isBlank(line[0]) {
		return KindContinuation
	}
	for i := range p.tables {
		if p.row(&p.tables[i], line, cut, rec) {
			return KindRecord
		}
		*rec = Record{}
	}
	return KindMalformed
}

// row reads a line by one table.
func (p *w3cParser) row(c *columns, line []byte, cut bool, rec *Record) bool {
	sep := byte(' ')
	if c.tabs || bytes.IndexByte(line, '\t') >= 0 {
		sep = '\t'
	}
	var date, clock, status, method, path, message []byte
	n := 0
	for i := 0; i <= len(line); n++ {
		end := w3cEnd(line, i, sep)
		switch value := line[i:end]; n {
		case c.date:
			date = value
		case c.time:
			clock = value
		case c.status:
			status = value
		case c.method:
			method = value
		case c.path:
			path = value
		case c.host:
			rec.Host = value
		case c.level:
			rec.Level, _ = levelOfWord(value)
		case c.message:
			message = value
		}
		i = end + 1
	}
	if n != c.count && !cut || !p.time(date, clock, rec) {
		return false
	}
	p.request(c, status, method, path, rec)
	if rec.Message == nil {
		if rec.Message = message; c.message < 0 {
			rec.Message = line
		}
		if rec.Level == LevelUnknown {
			rec.Level = levelOfProse(message)
		}
	}
	return true
}

// w3cEnd gives the end of the value at i: the next separator, behind the
// closing quote of a quoted value.
func w3cEnd(line []byte, i int, sep byte) int {
	if i < len(line) && line[i] == '"' && sep == ' ' {
		if _, next, ok := quotedPart(line, i); ok {
			i = next
		}
	}
	if end := bytes.IndexByte(line[i:], sep); end >= 0 {
		return i + end
	}
	return len(line)
}

// time puts date and clock together. Both are in UTC by the standard, but some
// programs write local time: a zone that is given for the file rules.
func (p *w3cParser) time(date, clock []byte, rec *Record) bool {
	if date == nil {
		f, ok := p.stamps.value(clock)
		if !ok {
			f, ok = clockOf(clock)
		}
		rec.Time, rec.Timed = f, ok
		return ok
	}
	p.scratch = append(append(append(p.scratch[:0], date...), ' '), clock...)
	rec.Time, rec.Timed = p.stamps.value(p.scratch)
	return rec.Timed
}

// clockOf reads a clock alone.
func clockOf(b []byte) (when.Fields, bool) {
	l, ok := when.LayoutNamed("clock")
	if !ok {
		return when.Fields{}, false
	}
	return readWhole(l, b)
}

// request fills in what a request has.
func (p *w3cParser) request(c *columns, status, method, path []byte, rec *Record) {
	n, ok := smallNumber(status)
	if c.status < 0 || !ok || n > 999 || n < 100 && n != 0 {
		return
	}
	rec.Request, rec.Status, rec.Level = true, n, levelOfStatus(n)
	p.scratch = append(append(append(p.scratch[:0], method...), ' '), pathOnly(path)...)
	rec.Message = bytes.TrimLeft(p.scratch, " ")
}
