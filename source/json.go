package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"sort"
	"strconv"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

// value is a place in a JSON document: what stands there and where it is. It
// is read without decoding the whole, so that a fault in one record, or an end
// that is missing, spoils that record alone. The zero value is absent.
type value struct {
	doc        *jsonText
	start, end int    // bytes of the value
	pointer    string // RFC 6901, from its top-level value
}

// jsonText is the text of a document and the places of its line ends.
type jsonText struct {
	path  string
	data  []byte
	many  bool  // several top-level values: records are cited by line
	lines []int // offsets of the line ends, filled on first use
}

// line is the 1-based line of an offset.
func (d *jsonText) line(offset int) int {
	if d.lines == nil {
		d.lines = []int{}
		for i, c := range d.data {
			if c == '\n' {
				d.lines = append(d.lines, i)
			}
		}
	}
	return sort.SearchInts(d.lines, offset) + 1
}

// parseJSON runs a reader over every top-level value of a document: one, or
// several that were appended to each other, with or without line ends.
func parseJSON(read func(s *sink, v value)) func(context.Context, Document, Options) iter.Seq2[timeline.Event, error] {
	return parseValues(func(s *sink, values []value) {
		s.each(values, func(v value) { read(s, v) })
	})
}

// parseValues runs a reader over all top-level values of a document at once,
// for formats in which one act has several records.
func parseValues(read func(s *sink, values []value)) func(context.Context, Document, Options) iter.Seq2[timeline.Event, error] {
	return func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
		return sequence(ctx, doc, opt, func(s *sink, data []byte) { read(s, topValues(doc.Name, data)) })
	}
}

// each reads top-level values one after the other. Of a value that is no valid
// JSON, and whose records did not say so themselves, it says so.
func (s *sink) each(values []value, read func(v value)) {
	for _, v := range values {
		if s.stopped() {
			return
		}
		before := s.bads
		if c := v.first(); c == '{' || c == '[' {
			read(v)
		}
		if s.bads == before {
			s.wholeness(v)
		}
	}
}

// wholeness reports a top-level value that is no valid JSON.
func (s *sink) wholeness(v value) {
	if v.first() != '{' && v.first() != '[' {
		s.bad(timeline.LineOrigin(s.path, v.doc.line(v.start)), v.opening(), "no JSON; an object in braces is expected here")
		return
	}
	if json.Valid(v.bytes()) {
		return // it may be long: it is not copied
	}
	var raw json.RawMessage
	var fault *json.SyntaxError
	if err := json.Unmarshal(v.bytes(), &raw); !errors.As(err, &fault) {
		return
	}
	at := min(v.start+int(fault.Offset), v.end) - 1
	line := timeline.LineOrigin(s.path, v.doc.line(max(at, v.start)))
	if v.cutShort() {
		s.bad(line, v.opening(), "the JSON ends in the middle of a value; was the file cut short?")
		return
	}
	s.bad(line, v.opening(), "no valid JSON: %s", fault.Error())
}

// maxCuts is how many values that are cut short a text may hold before the rest
// of it is one of them: each costs a look at all that follows.
const maxCuts = 100

// topValues splits a text into its top-level values. A line that is not JSON
// is a value too, so that it can be reported.
func topValues(path string, data []byte) []value {
	doc := &jsonText{path: path, data: data}
	var list []value
	cuts := 0
	for i := skipSpace(data, 0); i < len(data); i = skipSpace(data, i) {
		if data[i] == ',' || data[i] == 0x1e {
			i++
			continue
		}
		end, whole := skipValue(data, i)
		if data[i] != '{' && data[i] != '[' {
			end = lineEnd(data, i)
		} else if next := bytes.Index(data[i:], []byte("\n{")); !whole && next > 0 && cuts < maxCuts {
			end = i + next // this one is cut short, the next begins on its own line
			cuts++
		}
		list = append(list, value{doc: doc, start: i, end: end})
		i = end
	}
	doc.many = len(list) > 1
	return list
}

func lineEnd(data []byte, i int) int {
	if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(data)
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\n' || data[i] == '\r') {
		i++
	}
	return i
}

// skipValue finds the end of the value that begins at i, by its brackets and
// quotes alone; whole is false when the text ends before it.
func skipValue(data []byte, i int) (end int, whole bool) {
	depth := 0
	for i < len(data) {
		switch c := data[i]; c {
		case '"':
			if i, whole = skipString(data, i); !whole {
				return i, false
			}
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i, true
			}
			depth--
			i++
		case ',', ':', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i, true
			}
			i++
			continue
		default:
			i++
			if depth == 0 {
				continue // a number or a word goes on
			}
		}
		if depth == 0 {
			return i, true
		}
	}
	return i, depth == 0
}

func skipString(data []byte, i int) (end int, whole bool) {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1, true
		}
	}
	return len(data), false
}

// member is a key of an object with its value.
type member struct {
	key string
	value
}

// members are the keys of an object, in order; none of anything else.
func (v value) members() []member {
	var list []member
	v.scan(func(quoted []byte, start, end int) bool {
		key := decodeString(quoted)
		list = append(list, member{key, value{v.doc, start, end, v.pointer + "/" + escapePointer(key)}})
		return true
	})
	return list
}

// scan goes through the members of an object, each with its key as it stands in
// quotes and the bytes of its value, until told to stop.
func (v value) scan(found func(quoted []byte, start, end int) bool) {
	if v.first() != '{' {
		return
	}
	data := v.doc.data[:v.end]
	for i := skipSpace(data, v.start+1); i < len(data) && data[i] == '"'; {
		keyEnd, ok := skipString(data, i)
		if !ok {
			return
		}
		quoted := data[i:keyEnd]
		i = skipSpace(data, keyEnd)
		if i >= len(data) || data[i] != ':' {
			return
		}
		i = skipSpace(data, i+1)
		end, _ := skipValue(data, i)
		if end > i && !found(quoted, i, end) {
			return
		}
		i = skipComma(data, end)
	}
}

// isKey reports whether a key in quotes is the one that is looked for.
func isKey(quoted []byte, key string) bool {
	if bytes.IndexByte(quoted, '\\') >= 0 {
		return decodeString(quoted) == key
	}
	return string(quoted[1:len(quoted)-1]) == key
}

// items are the values of an array, in order; none of anything else.
func (v value) items() []value {
	if v.first() != '[' {
		return nil
	}
	var list []value
	data := v.doc.data[:v.end]
	for i := skipSpace(data, v.start+1); i < len(data) && data[i] != ']'; {
		end, _ := skipValue(data, i)
		if end == i {
			break
		}
		list = append(list, value{v.doc, i, end, v.pointer + "/" + strconv.Itoa(len(list))})
		i = skipComma(data, end)
	}
	return list
}

func skipComma(data []byte, i int) int {
	if i = skipSpace(data, i); i < len(data) && data[i] == ',' {
		i = skipSpace(data, i+1)
	}
	return i
}

// get follows keys of objects from the value; absent where one is missing.
func (v value) get(keys ...string) value {
	for _, key := range keys {
		found := value{}
		v.scan(func(quoted []byte, start, end int) bool {
			if !isKey(quoted, key) {
				return true
			}
			found = value{v.doc, start, end, v.pointer + "/" + escapePointer(key)}
			return false
		})
		v = found
	}
	return v
}

// embedded is the JSON that stands in a string of the document. What is found
// in it has no pointer of its own: it is cited as the string.
func (v value) embedded() value {
	values := topValues("", []byte(v.text()))
	if len(values) != 1 {
		return value{}
	}
	return values[0]
}

// first is the first byte of the value; 0 when it is absent.
func (v value) first() byte {
	if v.doc == nil || v.start >= v.end {
		return 0
	}
	return v.doc.data[v.start]
}

// ok reports whether there is a value other than null.
func (v value) ok() bool { return v.first() != 0 && v.first() != 'n' }

func (v value) bytes() []byte { return v.doc.data[v.start:v.end] }

// raw is the value as it stands in the document.
func (v value) raw() string {
	if v.doc == nil {
		return ""
	}
	return string(v.bytes())
}

// opening is as much of the value as is shown of one that cannot be read.
func (v value) opening() string {
	if v.doc == nil {
		return ""
	}
	return string(v.doc.data[v.start:min(v.end, v.start+8*maxErrorText)])
}

// cutShort reports whether the text ends before the value does.
func (v value) cutShort() bool {
	_, whole := skipValue(v.doc.data[:v.end], v.start)
	return !whole
}

// text is a string decoded, a number or a truth value as written, and empty
// for anything else.
func (v value) text() string {
	switch v.first() {
	case 0, 'n', '{', '[':
		return ""
	case '"':
		return decodeString(v.bytes())
	}
	return string(v.bytes())
}

// str is the text of the first of the keys that has one.
func (v value) str(keys ...string) string {
	for _, key := range keys {
		if text := v.get(key).text(); text != "" {
			return text
		}
	}
	return ""
}

// origin cites the value: by its pointer, or by its line in a document of
// several top-level values.
func (v value) origin() timeline.Origin {
	if v.doc.many {
		return timeline.LineOrigin(v.doc.path, v.doc.line(v.start))
	}
	if v.pointer == "" {
		return timeline.LineOrigin(v.doc.path, v.doc.line(v.start))
	}
	return timeline.PointerOrigin(v.doc.path, v.pointer)
}

// record reports whether the value is a sound object, and says so when not.
func (s *sink) record(v value, what string) bool {
	if v.first() != '{' {
		s.bad(v.origin(), v.opening(), "%s is expected here, an object in braces", what)
		return false
	}
	if v.cutShort() {
		s.bad(v.origin(), v.opening(), "%s ends in the middle; was the file cut short?", what)
		return false
	}
	if !json.Valid(v.bytes()) {
		s.bad(v.origin(), v.opening(), "%s is no valid JSON", what)
		return false
	}
	return true
}

// time reads a time: text in one of the usual layouts, or digits of an epoch.
func (s *sink) time(v value) (when.Stamp, error) {
	text := v.text()
	if text == "" {
		return when.Stamp{}, errors.New("missing")
	}
	if strings.Trim(text, "0123456789.") == "" && len(text) >= 9 {
		return s.inTime(when.Epoch(text))
	}
	return s.inTime(when.Parse(text, s.opt.Zone, s.opt.Year))
}

// inTime refuses a time that is that of no incident: tools write the first year,
// or the last, for never.
func (s *sink) inTime(t when.Stamp, err error) (when.Stamp, error) {
	if err == nil && (t.Time.Year() < 1970 || t.Time.Year() > 2261) {
		return when.Stamp{}, fmt.Errorf("%q is no time of an incident: it lies outside the years 1970 to 2261", cut(t.Text, 80))
	}
	return t, err
}

// firstTime reads the first of the values that holds a time.
func (s *sink) firstTime(list ...value) (when.Stamp, bool) {
	for _, v := range list {
		if t, err := s.time(v); err == nil {
			return t, true
		}
	}
	return when.Stamp{}, false
}

func decodeString(quoted []byte) string {
	if len(quoted) < 2 {
		return ""
	}
	if inner := quoted[1 : len(quoted)-1]; bytes.IndexByte(inner, '\\') < 0 {
		return strings.ToValidUTF8(string(inner), "\ufffd")
	}
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return ""
	}
	return text
}

func escapePointer(key string) string {
	if strings.IndexByte(key, '~') < 0 && strings.IndexByte(key, '/') < 0 {
		return key
	}
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
