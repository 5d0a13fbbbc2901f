package logs

import (
	"bytes"
	"slices"
)

// entry is what an engine tells of a record, as it is written: texts without
// their quotes and with their escapes.
type entry struct {
	time      []byte
	level     []byte // a word
	otel      []byte // a severity number of OpenTelemetry
	component []byte
	host      []byte
	message   []byte
	status    []byte // of a request, with its method and path
	method    []byte
	path      []byte
	quoted    bool   // the message has escapes
	payload   []byte // an object that holds the parts of the record
	guessed   bool   // the level was put there on the way, not by the program
	known     bool   // the marks of the engine are there
	memory    []byte
}

// reset forgets the record before.
func (e *entry) reset() { *e = entry{memory: e.memory[:0]} }

// members calls f with the members of the object that the text begins with,
// until f says stop. Strings come without quotes; kind is the first byte of a
// value. It reports whether the object could be read as far as it was wanted.
func (s *jsonScan) members(f func(key, value []byte, kind byte) bool) bool {
	s.blanks()
	if s.peek() != '{' {
		return false
	}
	s.i++
	s.blanks()
	if s.peek() == '}' {
		return true
	}
	for {
		key, ok := s.key()
		if !ok {
			return false
		}
		kind := s.peek()
		value, ok := s.any()
		if !ok {
			return false
		}
		if !f(key, value, kind) {
			return true
		}
		s.blanks()
		switch s.peek() {
		case ',':
			s.i++
			s.blanks()
		case '}':
			s.i++
			return true
		default:
			return false
		}
	}
}

// items does the same for the items of a list.
func (s *jsonScan) items(f func(value []byte, kind byte) bool) bool {
	s.blanks()
	if s.peek() != '[' {
		return false
	}
	s.i++
	s.blanks()
	if s.peek() == ']' {
		return true
	}
	for {
		kind := s.peek()
		value, ok := s.any()
		if !ok {
			return false
		}
		if !f(value, kind) {
			return true
		}
		s.blanks()
		switch s.peek() {
		case ',':
			s.i++
			s.blanks()
		case ']':
			s.i++
			return true
		default:
			return false
		}
	}
}

// any reads the value at s.i: a string without its quotes, all else as it is.
func (s *jsonScan) any() ([]byte, bool) {
	start := s.i
	switch s.peek() {
	case '"':
		return s.str()
	case '{', '[':
		ok := s.skip()
		return s.b[start:s.i], ok
	}
	return s.literal()
}

// object calls f with the members of an object, or as many as there are of one
// that is cut.
func object(b []byte, cut bool, f func(key, value []byte, kind byte) bool) bool {
	s := jsonScan{b: b}
	some := false
	ok := s.members(func(key, value []byte, kind byte) bool {
		some = true
		return f(key, value, kind)
	})
	return ok || cut && some
}

// member gives the value of a key of an object, nil where it is not there.
func member(b []byte, name string) (value []byte, kind byte) {
	object(b, true, func(key, v []byte, k byte) bool {
		if string(key) != name {
			return true
		}
		value, kind = v, k
		return false
	})
	return value, kind
}

// recordIn gives the record in a line, and what is around it.
func recordIn(line []byte) (record, around []byte) {
	const start, middle = `{"around":`, `,"record":`
	if !bytes.HasPrefix(line, []byte(start)) {
		return line, nil
	}
	s := jsonScan{b: line, i: len(start)}
	if !s.skip() || !bytes.HasPrefix(line[s.i:], []byte(middle)) {
		return line, nil
	}
	return bytes.TrimSuffix(line[s.i+len(middle):], []byte("}")), line[len(start):s.i]
}

// appendMember writes a member of an object as it stands.
func appendMember(dst, key, value []byte, kind byte) []byte {
	if len(dst) > 0 {
		dst = append(dst, ',')
	}
	return appendPair(dst, key, value, kind)
}

// appendPair does so where it is the first one.
func appendPair(dst, key, value []byte, kind byte) []byte {
	dst = append(append(append(dst, '"'), key...), '"', ':')
	if kind != '"' {
		return append(dst, value...)
	}
	return append(append(append(dst, '"'), value...), '"')
}

// entryParser reads the lines of documents. What the engine keeps as a text may
// be the line of a program: that is read by its own format.
type entryParser struct {
	doc    *document
	head   []byte // lines of the beginning, while it is made
	stamps *stamps
	object *jsonParser // of payloads and of messages that are objects
	inner  *jsonParser // of messages in payloads
	inside Parser      // of other messages; nil when they have no format
	e      entry
	text   []byte
	plain  []byte
}

// newDocumentParser makes the parser of a document from its beginning.
func newDocumentParser(d *document, head []byte) Parser {
	p := newEntryParser(d, d.lines(head))
	p.settle()
	p.head = nil
	return p
}

// newEntryParser learns the times of the records.
func newEntryParser(d *document, lines []byte) *entryParser {
	p := &entryParser{doc: d, head: lines}
	var samples [][]byte
	p.each(func(e *entry) {
		if e.time != nil {
			samples = append(samples, bytes.Clone(e.time))
		}
	})
	p.stamps = settleStamps(samples)
	return p
}

// each calls f with the records of the beginning.
func (p *entryParser) each(f func(e *entry)) {
	n := 0
	for line := range bytes.Lines(p.head) {
		p.e.reset()
		if n++; n > sniffLines {
			return
		}
		if p.doc.take(bytes.TrimSuffix(line, []byte("\n")), false, &p.e) {
			f(&p.e)
		}
	}
}

// settle learns what is inside the records.
func (p *entryParser) settle() {
	var objects, messages []byte
	p.each(func(e *entry) {
		if e.payload != nil {
			objects = append(append(objects, e.payload...), '\n')
			return
		}
		switch msg := p.message(); {
		case isObject(msg):
			objects = append(append(objects, msg...), '\n')
		case len(msg) > 0:
			messages = append(append(messages, firstLine(msg)...), '\n')
		}
	})
	p.object = asJSON(newJSONL(objects))
	p.inner = asJSON(newJSONL(nil))
	rec := Record{}
	for line := range bytes.Lines(objects) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if p.object.Parse(line, false, &rec) == KindRecord && !p.object.stated() && !isObject(rec.Message) {
			messages = append(append(messages, firstLine(rec.Message)...), '\n')
		}
	}
	messages = stripEscapes(nil, messages)
	most := 15 // what is no surer has the times of something else
	for _, f := range innerFormats() {
		if f.Name == "jsonl" || documentOf(f.Name) != nil {
			continue
		}
		if sure := f.Sniff(messages); sure > most {
			most, p.inside = sure, f.New(messages)
		}
	}
}

// asJSON is the parser of JSON lines.
func asJSON(p Parser) *jsonParser {
	j, ok := p.(*jsonParser)
	if !ok {
		return &jsonParser{stamps: settleStamps(nil)}
	}
	return j
}

// stated reports whether the record that was read last says its level, rather
// than that it is guessed from its words.
func (p *jsonParser) stated() bool {
	v := &p.fields.value
	return v[roleLevel] != nil || v[roleOTel] != nil || v[roleStatus] != nil
}

func (p *entryParser) days() *dayOrder { return &p.stamps.days }

func (p *entryParser) Fork() Parser {
	f := &entryParser{doc: p.doc, stamps: p.stamps, object: asJSON(p.object.Fork()), inner: asJSON(p.inner.Fork())}
	if p.inside != nil {
		f.inside = p.inside.Fork()
	}
	return f
}

// leveled is how well a program's text tells its level.
type leveled uint8

const (
	tellsNothing leveled = iota // or by the words of its message
	tellsMark                   // by a word that stands as a level does
	tellsField                  // by a field or a status of a known format
)

// Parse reads a record. Its time is that of the engine, and its level that of
// the program where it says one, else that of the engine.
func (p *entryParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	e := &p.e
	e.reset()
	if !p.doc.take(line, cut, e) {
		return KindMalformed
	}
	how := tellsField
	switch {
	case e.payload == nil:
		how = p.read(p.message(), cut, rec)
	case p.object.Parse(e.payload, cut, rec) != KindRecord:
		return KindMalformed
	case !p.object.stated():
		how = p.read(rec.Message, cut, rec)
	}
	if len(rec.Message) == 0 && e.payload != nil && e.message != nil {
		rec.Message = p.message()
	}
	if f, ok := p.stamps.value(e.time); ok {
		rec.Time, rec.Timed = f, true
	}
	p.level(rec, how)
	p.request(rec)
	if c := serviceName(e.component); c != nil {
		rec.Component = c
	}
	if len(e.host) > 0 {
		rec.Host = e.host
	}
	return KindRecord
}

// message gives the text of the entry.
func (p *entryParser) message() []byte {
	msg := p.e.message
	if p.e.quoted && hasBackslash(msg) {
		p.text = unescape(p.text[:0], msg)
		msg = p.text
	}
	if bytes.IndexByte(msg, 0x1b) >= 0 {
		p.plain = stripEscapes(p.plain[:0], msg)
		msg = p.plain
	}
	return bytes.TrimRight(msg, "\r\n")
}

// read reads what a program wrote, and says how it told its level. Parts that
// rec has already stay.
func (p *entryParser) read(msg []byte, cut bool, rec *Record) (how leveled) {
	before := *rec
	j := p.object
	if p.e.payload != nil { // whose record is in use
		j = p.inner
	}
	switch {
	case isObject(msg) && j.Parse(msg, cut, rec) == KindRecord:
		if j.stated() {
			how = tellsField
		}
	case p.inside != nil && p.inside.Parse(firstLine(msg), cut, rec) == KindRecord:
		switch {
		case rec.Request:
			how = tellsField
		case rec.Level != LevelUnknown && rec.Level != levelOfProse(rec.Message):
			how = tellsMark
		}
	default:
		*rec = Record{Message: msg}
		if rec.Level = levelOfMark(firstLine(msg)); rec.Level != LevelUnknown {
			how = tellsMark
		} else {
			rec.Level = levelOfProse(msg)
		}
	}
	if len(rec.Message) == 0 {
		rec.Message = msg
	}
	if before.Timed {
		rec.Time, rec.Timed = before.Time, true
	}
	if len(before.Component) > 0 {
		rec.Component = before.Component
	}
	if len(before.Host) > 0 {
		rec.Host = before.Host
	}
	return how
}

// levelOfMark finds a level that is set off near the start of a text, or the
// letter of klog.
func levelOfMark(text []byte) Level {
	if len(text) > 5 && text[5] == ' ' && isDigit(text[1]) && isDigit(text[2]) && isDigit(text[3]) && isDigit(text[4]) {
		level, _ := levelOfLetter(text[0])
		return level
	}
	if len(text) == 0 {
		return LevelUnknown
	}
	end := 0
	if isDigit(text[0]) { // a time, as a rule
		end = wordEnd(text, 0)
	}
	level, _ := levelAround(text, 0, end)
	return level
}

// level settles between the level of the program and that of the engine. What a
// field says holds; what a mark says, where the engine's level was put there on
// the way; and of that and the words of a message the worse one.
func (p *entryParser) level(rec *Record, how leveled) {
	level, ok := levelOfWord(p.e.level)
	if !ok {
		level, ok = levelOfNumber(p.e.level)
	}
	if p.e.otel != nil {
		if l, known := levelOfOTel(p.e.otel); known {
			level, ok = l, true
		}
	}
	switch {
	case !ok, how == tellsField, how == tellsMark && p.e.guessed:
	case p.e.guessed:
		rec.Level = max(rec.Level, level)
	default:
		rec.Level = level
	}
}

// request fills in a request that the engine knows of.
func (p *entryParser) request(rec *Record) {
	n, ok := smallNumber(p.e.status)
	if !ok || n < 100 || n > 599 || p.e.method == nil {
		return
	}
	rec.Request, rec.Status = true, n
	rec.Level = max(rec.Level, levelOfStatus(n))
	if len(rec.Message) == 0 {
		p.text = append(append(append(p.text[:0], p.e.method...), ' '), pathOnly(p.e.path)...)
		rec.Message = p.text
	}
}

// isObject reports whether a text looks like a JSON object.
func isObject(b []byte) bool {
	return len(b) > 1 && b[0] == '{' && (b[1] == '"' || b[1] == '}' || b[1] == ' ')
}

// firstLine cuts a text behind its first line.
func firstLine(b []byte) []byte { return bytes.TrimSuffix(b[:indexNewline(b)], []byte("\r")) }

// oneOf gives the place of a key among names, which are in the order of
// preference; -1 where it is none.
func oneOf(key []byte, names []string) int {
	return slices.IndexFunc(names, func(n string) bool { return n == string(key) })
}

// best keeps the value of the name that is preferred.
type best struct {
	key, value []byte
	rank       int
}

// offer takes a value if its key is one of the names and better than before.
func (b *best) offer(key, value []byte, names []string) {
	if n := oneOf(key, names); n >= 0 && len(value) > 0 && (b.value == nil || n < b.rank) {
		b.key, b.value, b.rank = key, value, n
	}
}

// serviceLabels are the labels that name a service, the best first; levelLabels
// and hostLabels are those of level and host.
func serviceLabels() []string {
	return []string{"service_name", "service.name", "service", "app", "app_kubernetes_io_name", "component", "container_name", "container", "job"}
}

func levelLabels() []string {
	return []string{"level", "severity", "severity_text", "detected_level", "log_level"}
}

func hostLabels() []string {
	return []string{"host", "hostname", "host_name", "host.name", "node_name", "instance"}
}
