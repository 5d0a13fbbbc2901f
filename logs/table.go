package logs

import (
	"bytes"
	"slices"
)

// rowMost is how long a row may be, in bytes, of which each line end is in
// quotes: beyond it a quote was forgotten, and its line is a row by itself.
const rowMost = 1 << 20

// row reads the next row of a table; false at the end. The first one is the
// head, and no record. A line end in a row is written as \n.
func (u *unroller) row() bool {
	for u.r == u.w {
		if !u.more() {
			return false
		}
	}
	size, lines := u.rowEnd()
	if size < 0 {
		return false
	}
	text := bytes.TrimRight(u.buf[u.r:u.r+size], "\r\n")
	line := u.line
	u.r += size
	u.line += lines
	switch {
	case u.facts.documents == 0:
		u.facts.documents = 1
		u.places.document(0)
	case len(text) > 0:
		for {
			end := bytes.IndexByte(text, '\n')
			if end < 0 {
				break
			}
			u.out = append(append(u.out, bytes.TrimSuffix(text[:end], []byte("\r"))...), `\n`...)
			text = text[end+1:]
		}
		u.out = append(append(u.out, text...), '\n')
		u.places.addLine(line)
		u.facts.returned++
	}
	return true
}

// rowEnd gives the length of the row at hand with its end, and how many lines
// it has. The size is below zero where the beginning of a file ends in it.
func (u *unroller) rowEnd() (size int, lines int64) {
	quoted, first := false, 0
	for i := 0; ; i++ {
		for u.r+i >= u.w {
			if i < rowMost && u.more() {
				continue
			}
			switch {
			case u.head:
				u.r = u.w
				return -1, 0
			case quoted && first > 0:
				return first, 1
			}
			return i, lines
		}
		switch u.buf[u.r+i] {
		case '"':
			quoted = !quoted
		case '\n':
			lines++
			if first == 0 {
				first = i + 1
			}
			if !quoted {
				return i + 1, lines
			}
		}
	}
}

// cells calls f with the cells of a row, without their quotes. It reports
// whether the quotes are in order.
func cells(row []byte, f func(n int, cell []byte)) bool {
	for n := 0; ; n++ {
		cell, end := row, -1
		if len(row) > 0 && row[0] == '"' {
			at := 1
			for {
				q := bytes.IndexByte(row[at:], '"')
				if q < 0 {
					return false
				}
				if at += q + 1; at == len(row) || row[at] != '"' {
					break
				}
				at++
			}
			if cell = row[1 : at-1]; at < len(row) {
				if row[at] != ',' {
					return false
				}
				end = at
			}
		} else if end = bytes.IndexByte(row, ','); end >= 0 {
			cell = row[:end]
		}
		f(n, cell)
		if end < 0 {
			return true
		}
		row = row[end+1:]
	}
}

// tableColumns are the columns of a table of records; -1 is none.
type tableColumns struct {
	time, level, message, component, host int
	count                                 int
	marked                                bool // an engine names its columns so
}

// columnNames are the names of the columns for each part, the best first, in
// lower case.
func columnNames() [5][]string {
	return [5][]string{
		{"tsns", "@timestamp", "_time", "timestamp", "time", "date"},
		{"log.level", "level", "severity", "status", "detected_level"},
		{"@message", "message", "_raw", "line", "content", "textpayload", "jsonpayload.message", "event.original"},
		{"service.name", "service", "app", "resource.labels.container_name", "resource.labels.service_name", "container_name", "kubernetes.container.name", "sourcetype"},
		{"host.name", "host", "hostname", "agent.name"},
	}
}

// columnsOf reads the head of a table.
func columnsOf(head []byte) (c tableColumns, ok bool) {
	var names []string
	if !cells(head, func(_ int, cell []byte) { names = append(names, string(bytes.ToLower(bytes.TrimSpace(cell)))) }) {
		return c, false
	}
	c.count = len(names)
	parts := [5]*int{&c.time, &c.level, &c.message, &c.component, &c.host}
	for i, list := range columnNames() {
		*parts[i] = -1
		for _, name := range list {
			if at := slices.Index(names, name); at >= 0 {
				*parts[i] = at
				break
			}
		}
	}
	has := func(wanted ...string) bool {
		for _, w := range wanted {
			if !slices.Contains(names, w) {
				return false
			}
		}
		return true
	}
	c.marked = has("@timestamp") || has("@message") || has("_time", "_raw") || has("tsns", "line") || has("insertid", "timestamp") ||
		has("date", "host", "service") || len(names) == 2 && has("timestamp", "message")
	return c, c.time >= 0 && c.message >= 0 && c.count > 1
}

// headOf gives the first line of a table.
func headOf(head []byte) []byte {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return firstLine(head)
}

// tableDocument is a table with such columns.
func tableDocument(columns *tableColumns) *document {
	return &document{
		format: "log-csv", table: true,
		take: func(line []byte, cut bool, e *entry) bool { return columns.take(line, cut, e) },
	}
}

func newLogCSV(head []byte) Parser {
	columns, ok := columnsOf(headOf(head))
	if !ok {
		columns = tableColumns{time: 0, message: 1, level: -1, component: -1, host: -1, count: 2}
	}
	return newDocumentParser(tableDocument(&columns), head)
}

// sniffLogCSV wants columns as a log engine names them, and rows with a time.
func sniffLogCSV(head []byte) int {
	columns, ok := columnsOf(headOf(head))
	if !ok || !columns.marked {
		return 0
	}
	d := tableDocument(&columns)
	p := newEntryParser(d, d.lines(head))
	var t sniffTally
	for line := range bytes.Lines(p.head) {
		p.e.reset()
		if !columns.take(bytes.TrimSuffix(line, []byte("\n")), false, &p.e) {
			t.other++
			continue
		}
		_, timed := p.stamps.value(p.e.time)
		t.record(timed, true)
	}
	return t.sure(96)
}

// take reads a row.
func (c *tableColumns) take(line []byte, cut bool, e *entry) bool {
	if c == nil {
		return false
	}
	last := 0
	ok := cells(line, func(n int, cell []byte) {
		last = n
		switch {
		case len(cell) == 0:
		case n == c.time:
			e.time = cell
		case n == c.message:
			e.message = cell
		case n == c.level:
			e.level, e.guessed = cell, true
		case n == c.component:
			e.component = cell
		case n == c.host:
			e.host = cell
		}
	})
	if bytes.Contains(e.message, []byte(`""`)) {
		e.memory = append(e.memory[:0], bytes.ReplaceAll(e.message, []byte(`""`), []byte(`"`))...)
		e.message = e.memory
	}
	return (ok && last+1 == c.count || cut) && (e.time != nil || e.message != nil)
}
