package source

import (
	"slices"
	"strings"

	"pir/timeline"
)

var jsonFormat = Format{
	Name:       "json",
	Doc:        "lists of objects as JSON or JSON lines, with a key for the time: by the names of their keys, or by a map (time=…,title=…)",
	Recognised: "a list of objects with a time and a title; lines of such, where none has what only logs have",
	Export:     "any program; --map names the keys",
	Lasts:      "as long as you keep it",
	Sniff:      sniffJSONRows,
	Parse:      parseValues(readJSONRows),
}

// rowTimes and rowTitles are the keys by which a list of objects is known for a
// list of events; the map of a user may name any other.
var (
	rowTimes  = []string{"time", "timestamp", "datetime", "when", "occurredat", "eventtime"}
	rowTitles = []string{"title", "event", "what", "summary", "message", "description", "text"}
)

// sniffJSONRows takes a list that no other format knows. Lines of objects are
// records of logs as long as those know their keys.
func sniffJSONRows(_ string, head []byte) int {
	values := topValues("", head)
	rows := jsonRows(values)
	if len(rows) == 0 || len(values) == 1 && values[0].first() != '[' {
		return 0
	}
	if rows[0].first() != '{' {
		return 0
	}
	timed, told := false, false
	for _, m := range rows[0].members() {
		timed = timed || slices.Contains(rowTimes, plainName(m.key)) && m.text() != ""
		told = told || slices.Contains(rowTitles, plainName(m.key)) && m.text() != ""
	}
	switch {
	case !timed || !told:
		return 0
	case len(values) == 1:
		return 40
	case eventShaped(rows):
		return EventLines
	}
	return 20
}

// EventLines is how sure the format json is of lines of objects that are events
// and no records of a log: each has a title, and nothing that only logs have.
const EventLines = 45

// eventTitles are keys that no log calls its message by. loggedKeys are those of
// records of logs.
var (
	eventTitles = []string{"title", "what", "summary", "headline"}
	loggedKeys  = []string{
		"level", "lvl", "loglevel", "severitytext", "msg", "message", "log", "logger", "caller", "stack", "stream", "pid", "thread", "traceid", "spanid",
	}
)

// eventShaped reports whether each of the rows is an event. The last one may be
// cut short.
func eventShaped(rows []value) bool {
	for i, row := range rows {
		if row.cutShort() && i > 0 && i == len(rows)-1 {
			continue
		}
		timed, titled := false, false
		for _, m := range row.members() {
			name := plainName(m.key)
			if slices.Contains(loggedKeys, name) {
				return false
			}
			timed = timed || slices.Contains(rowTimes, name) && m.text() != ""
			titled = titled || slices.Contains(eventTitles, name) && m.text() != ""
		}
		if !timed || !titled {
			return false
		}
	}
	return true
}

// jsonRows are the objects of a document: those of its lists, and those that
// stand by themselves.
func jsonRows(values []value) []value {
	var rows []value
	for _, v := range values {
		switch v.first() {
		case '[':
			rows = append(rows, v.items()...)
		case '{':
			rows = append(rows, v)
		}
	}
	return rows
}

func readJSONRows(s *sink, values []value) {
	sh := sheet{origin: timeline.LineOrigin(s.path, 1)}
	known := map[string]bool{}
	s.each(values, func(body value) {
		for _, v := range jsonRows([]value{body}) {
			if !s.record(v, "a row") {
				continue
			}
			v.columns("", known, &sh.columns, 3)
			sh.rows = append(sh.rows, sheetRow{origin: v.origin(), raw: v.raw(), cell: v.at})
		}
	})
	if len(sh.rows) > 0 {
		sh.origin = sh.rows[0].origin
		s.readSheet(sh)
	}
}

// columns adds the keys of an object, and those of the objects in it with a
// point between.
func (v value) columns(prefix string, known map[string]bool, list *[]string, depth int) {
	for _, m := range v.members() {
		name := prefix + m.key
		if m.first() == '{' && depth > 0 {
			m.columns(name+".", known, list, depth-1)
			continue
		}
		if !known[name] && len(*list) < maxColumns {
			known[name] = true
			*list = append(*list, name)
		}
	}
}

// at is the text under a key, or under keys with points between; the items of
// a list of texts with commas between.
func (v value) at(column string) string {
	found := v.get(column)
	if found.first() == 0 && strings.Contains(column, ".") {
		found = v.below(column)
	}
	if found.first() != '[' {
		return found.text()
	}
	var parts []string
	for _, item := range found.items() {
		if text := item.text(); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}

// below follows a name with points, each part as long as the keys of the object
// want it.
func (v value) below(column string) value {
	for _, m := range v.members() {
		if m.key == column {
			return m.value
		}
		if rest, ok := strings.CutPrefix(column, m.key+"."); ok && m.first() == '{' {
			if found := m.below(rest); found.first() != 0 {
				return found
			}
		}
	}
	return value{}
}
