package logs

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"pir/internal/when"
)

// UserFormat is a format of log lines that the user describes: by a template of
// the line, or by the keys of JSON lines.
type UserFormat struct {
	Name string // as in kind:path
	Doc  string // one line; may be empty
	// Line is the template: names in braces, all else stands as it is, as in
	// "{time} [{level}] {component}: {message}". The names are those of
	// UserFields and "_" for what is not wanted; each field ends where the text
	// behind it begins. A blank stands for one or more.
	Line string
	// Keys names the keys of JSON lines by field, as in time: "event.at"; keys of
	// objects inside are joined by dots. Line is empty then.
	Keys map[string]string
	// Time is the layout of the time in the notation of strptime; empty means any
	// usual one. A layout without a date is dated as a file of clocks is.
	Time string
}

// UserFields are the names of the fields of a UserFormat.
func UserFields() []string {
	return []string{"time", "level", "message", "component", "host", "status", "method", "path"}
}

// roleOfField gives the role of a field of UserFields.
func roleOfField(name string) role {
	roles := []role{roleTime, roleLevel, roleMessage, roleComponent, roleHost, roleStatus, roleMethod, rolePath}
	if i := slices.Index(UserFields(), name); i >= 0 {
		return roles[i]
	}
	return roleNone
}

// Format makes the Format. The error says what is wrong with the description.
func (u UserFormat) Format() (Format, error) {
	wrong := func(format string, args ...any) (Format, error) {
		return Format{}, fmt.Errorf("format %q: "+format, append([]any{u.Name}, args...)...)
	}
	if u.Name == "" || strings.ContainsAny(u.Name, ":/ ") {
		return wrong("give it a name without blanks, colons and slashes")
	}
	if _, taken := Find(u.Name); taken {
		return wrong("there is a format of that name already")
	}
	var layouts []when.Layout
	if u.Time != "" {
		l, err := when.Strptime(u.Time)
		if err != nil {
			return wrong("%w", err)
		}
		layouts = []when.Layout{l}
	}
	var make func(head []byte) Parser
	var err error
	switch {
	case u.Line != "" && len(u.Keys) > 0:
		return wrong("give line or keys, not both")
	case u.Line != "":
		make, err = u.lines(layouts)
	case len(u.Keys) > 0:
		make, err = u.objects(layouts)
	default:
		return wrong("give line, such as %q, or keys", "{time} [{level}] {message}")
	}
	if err != nil {
		return wrong("%w", err)
	}
	sniff := func(head []byte) int { return sniffUser(make(head), head) }
	return Format{Name: u.Name, Doc: u.Doc, Sniff: sniff, New: make}, nil
}

// sniffUser wants lines that read as the user says. What the user describes is
// surer than any format of the table.
func sniffUser(p Parser, head []byte) int {
	var rec Record
	var t sniffTally
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord && rec.Timed {
			t.record(true, true)
		} else if !looksContinued(line) {
			t.other++
		}
	}
	if 2*t.records < t.other {
		return 0
	}
	return max(t.sure(100), min(t.records, 1)*98)
}

// objects makes the parser of JSON lines with the keys of the user.
func (u UserFormat) objects(layouts []when.Layout) (func(head []byte) Parser, error) {
	var keys learnedKeys
	for _, field := range UserFields() {
		if key := u.Keys[field]; key != "" {
			keys = append(keys, learnedKey{key, roleOfField(field)})
		}
	}
	for field := range u.Keys {
		if roleOfField(field) == roleNone {
			return nil, fmt.Errorf("there is no field %q; the fields are %s", field, strings.Join(UserFields(), ", "))
		}
	}
	return func(head []byte) Parser {
		p := &jsonParser{stamps: &stamps{order: layouts}, fields: fields{learned: keys}}
		if layouts == nil {
			p.stamps = settleStamps(p.times(head))
		}
		return p
	}, nil
}

// piece is a part of a template: a field, and the text behind it.
type piece struct {
	role role
	time bool
	text []byte // empty at the end of the line
}

// lines makes the parser of a template.
func (u UserFormat) lines(layouts []when.Layout) (func(head []byte) Parser, error) {
	lead, pieces, err := u.pieces()
	if err != nil {
		return nil, err
	}
	return func(head []byte) Parser {
		p := &userParser{lead: lead, pieces: pieces, stamps: &stamps{order: layouts}}
		if layouts == nil {
			p.settle(head)
		}
		return p
	}, nil
}

// pieces takes the template apart. lead is the text in front of the first field.
func (u UserFormat) pieces() (lead []byte, pieces []piece, err error) {
	before, rest, found := strings.Cut(u.Line, "{")
	timed := false
	for found {
		var name, text string
		if name, rest, found = strings.Cut(rest, "}"); !found {
			return nil, nil, fmt.Errorf("line has a { without }")
		}
		if name != "_" && roleOfField(name) == roleNone {
			return nil, nil, fmt.Errorf("line has {%s}; the fields are %s and _", name, strings.Join(UserFields(), ", "))
		}
		text, rest, found = strings.Cut(rest, "{")
		if found && text == "" && name != "time" {
			return nil, nil, fmt.Errorf("nothing stands between {%s} and the field behind it", name)
		}
		timed = timed || name == "time"
		pieces = append(pieces, piece{role: roleOfField(name), time: name == "time", text: []byte(text)})
	}
	if !timed {
		return nil, nil, fmt.Errorf("line has no {time}")
	}
	return []byte(before), pieces, nil
}

// userParser reads lines by a template.
type userParser struct {
	lead    []byte
	pieces  []piece
	stamps  *stamps
	fields  fields
	scratch []byte
}

func (p *userParser) days() *dayOrder { return &p.stamps.days }

func (p *userParser) Fork() Parser {
	return &userParser{lead: p.lead, pieces: p.pieces, stamps: p.stamps}
}

// settle ranks the usual layouts by what stands in the place of the time.
func (p *userParser) settle(head []byte) {
	p.stamps = settleStamps(nil)
	var samples [][]byte
	var rec Record
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord {
			samples = append(samples, bytes.Clone(p.fields.value[roleTime]))
		}
	}
	p.stamps = settleStamps(samples)
}

func (p *userParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	p.fields.reset()
	var f when.Fields
	i, ok := passText(line, 0, p.lead)
	for k := range p.pieces {
		if !ok {
			break
		}
		piece := &p.pieces[k]
		start, end := i, i
		switch {
		case piece.time:
			var n int
			f, n, ok = p.stamps.prefix(line[min(i, len(line)):])
			end = i + n
		case len(piece.text) == 0:
			end = len(line)
		default:
			end, ok = findText(line, i, piece.text)
		}
		if !ok {
			break
		}
		if v := line[start:end]; piece.role != roleNone && len(v) > 0 {
			p.fields.value[piece.role] = v
		}
		i, ok = passText(line, end, piece.text)
	}
	switch {
	case ok || cut && p.fields.value[roleTime] != nil:
	case looksContinued(line):
		return KindContinuation
	default:
		return KindMalformed
	}
	time := p.fields.value[roleTime]
	p.fields.value[roleTime] = nil // read already
	p.scratch = p.fields.fill(rec, p.stamps, p.scratch)
	p.fields.value[roleTime] = time
	rec.Time, rec.Timed = f, true
	return KindRecord
}

// passText goes over the text of a template at i; a blank of it is one or more
// in the line.
func passText(line []byte, i int, text []byte) (int, bool) {
	for _, c := range text {
		if i >= len(line) || line[i] != c && !(c == ' ' && line[i] == '\t') {
			return i, false
		}
		i++
		if c == ' ' {
			i = skipBlanks(line, i)
		}
	}
	return i, true
}

// findText finds the first place from i on where the text of a template stands.
func findText(line []byte, i int, text []byte) (int, bool) {
	for ; i < len(line); i++ {
		at := bytes.IndexByte(line[i:], text[0])
		if text[0] == ' ' {
			at = wordEnd(line, i) - i
		}
		if at < 0 || i+at >= len(line) {
			break
		}
		i += at
		if _, ok := passText(line, i, text); ok {
			return i, true
		}
	}
	return i, false
}
