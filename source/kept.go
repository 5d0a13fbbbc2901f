package source

import (
	"bytes"
	"encoding/json"
	"strings"

	"pir/timeline"
)

// kept is the record with those of its fields that are named, as JSON in the
// order of the record; "user.name" is a field of a field, or of each item of a
// list. What is not named is dropped, and so is what is null or empty: it is
// how a record is quoted whose other fields hold secrets or pictures.
func (v value) kept(fields ...string) string {
	var b strings.Builder
	v.writeKept(&b, fields)
	return withoutSecrets(b.String())
}

func (v value) writeKept(b *strings.Builder, fields []string) {
	first := true
	next := func() {
		if !first {
			b.WriteByte(',')
		}
		first = false
	}
	switch v.first() {
	case '{':
		b.WriteByte('{')
		for _, m := range v.members() {
			inner, ok := fieldsBelow(fields, m.key)
			if b.Len() > maxRaw || !ok && len(fields) > 0 || m.first() == 'n' || m.first() == '"' && m.end-m.start == 2 {
				continue
			}
			next()
			writeString(b, m.key)
			b.WriteByte(':')
			m.writeInner(b, inner)
		}
		b.WriteByte('}')
	case '[':
		b.WriteByte('[')
		for _, item := range v.items() {
			if b.Len() > maxRaw {
				break
			}
			next()
			item.writeInner(b, fields)
		}
		b.WriteByte(']')
	default:
		v.writeInner(b, nil)
	}
}

// writeInner writes a value below a field that is kept; no fields mean all of
// it, which is told as it stands.
func (v value) writeInner(b *strings.Builder, fields []string) {
	switch c := v.first(); {
	case c == '"':
		writeString(b, v.text())
	case (c == '{' || c == '[') && len(fields) > 0:
		v.writeKept(b, fields)
	default:
		b.WriteString(cut(oneLine(v.raw()), maxRaw))
	}
}

// fieldsBelow gives the fields that are named below a key, and whether the key
// is named at all.
func fieldsBelow(fields []string, key string) (inner []string, ok bool) {
	for _, f := range fields {
		head, rest, deeper := strings.Cut(f, ".")
		if head != key {
			continue
		}
		ok = true
		if deeper {
			inner = append(inner, rest)
		}
	}
	return inner, ok
}

// writeString writes a text as JSON that can be read: no sign is escaped that
// needs none.
func writeString(b *strings.Builder, text string) {
	text = cut(text, maxRaw)
	if plainJSON(text) {
		b.WriteByte('"')
		b.WriteString(text)
		b.WriteByte('"')
		return
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) == nil {
		b.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
	}
}

// plainJSON reports whether a text stands in JSON as it is.
func plainJSON(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c > 0x7e || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

const (
	maxText  = 64 << 10 // bytes of what somebody wrote that an event carries
	maxFirst = 400      // bytes of a title; what is longer goes on in the body
)

// bounded cuts a text that is longer than an event carries, and says so.
func bounded(text string) string {
	const note = "\n[cut: the text is longer than 64 KiB]"
	if len(text) <= maxText+len(note) {
		return text
	}
	return cut(text, maxText) + note
}

// say gives the event a text as title and body, without secrets.
func say(e *timeline.Event, text string) {
	e.Title, e.Body = titleAndBody(withoutSecrets(bounded(strings.TrimSpace(text))))
	if len(e.Title) <= maxFirst {
		return
	}
	head := cut(e.Title, maxFirst)
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		head = head[:i]
	}
	e.Title, e.Body = head, strings.TrimSpace(e.Title[len(head):]+"\n"+e.Body)
}

// mailName is the name in front of an e-mail address, which is all that may be
// told of it; any other name is what it is.
func mailName(name string) string {
	name = oneLine(name)
	if local, _, ok := strings.Cut(name, "@"); ok && local != "" && !strings.Contains(name, " ") {
		return local
	}
	return withoutSecrets(name)
}
