package logs

import (
	"bytes"
	"unicode/utf8"
)

// fields are the values of one structured record, by role, and the keys that
// were met so far.
type fields struct {
	values
	// learned are keys of this file that no table knows.
	learned learnedKeys
	joined  [64]byte // a date and a time
	keys    keyCache
	order   keyOrder
}

// values are those of one record.
type values struct {
	value  [roleCount][]byte
	rank   [roleCount]uint8
	quoted [roleCount]bool
	pairs  int
	inner  uint8 // added to ranks: an object around is read as if it were not there
}

// reset forgets the record before.
func (f *fields) reset() { f.values = values{} }

// add notes a value. The first of the best rank stays.
func (f *fields) add(key, value []byte, quoted bool) {
	r, rank := f.roleOf(key)
	f.addAs(r, rank, key, value, quoted)
}

// roleOf gives the role of a key in this file.
func (f *fields) roleOf(key []byte) (r role, rank uint8) {
	r, rank = f.keys.roleOf(key)
	rank += f.inner
	if len(f.learned) > 0 {
		r, rank = f.learned.role(key, r, rank)
	}
	return r, rank
}

// know gives the key that stands at this place of the record, to be known again
// there. A key that is too long for that is known this once.
func (f *fields) know(key []byte) *knownKey {
	k := f.order.at(f.pairs)
	*k = knownKey{}
	k.role, k.rank = f.roleOf(key)
	if len(key) <= len(k.key) {
		k.n = uint8(copy(k.key[:], key))
	}
	return k
}

// addAs is add for a key whose role is known.
func (f *fields) addAs(r role, rank uint8, key, value []byte, quoted bool) {
	f.pairs++
	if r == roleNone || len(value) == 0 {
		return
	}
	if f.value[r] != nil && f.rank[r] <= rank {
		return
	}
	if len(key) == 1 && key[0]|0x20 == 's' && (isDigit(value[0]) || !quoted) { // seconds, or sizes
		return
	}
	f.value[r], f.rank[r], f.quoted[r] = value, rank, quoted
}

// time gives the time of the record, with its date in front where that stands
// under a key of its own.
func (f *fields) time() []byte {
	v, date := f.value[roleTime], f.value[roleDate]
	if date == nil || v == nil || len(date)+1+len(v) > len(f.joined) {
		return v
	}
	return append(append(append(f.joined[:0], date...), ' '), v...)
}

// fill makes the record. scratch is memory for a message that has to be
// written anew; it is returned, grown perhaps.
func (f *fields) fill(rec *Record, st *stamps, scratch []byte) []byte {
	if v := f.time(); v != nil {
		rec.Time, rec.Timed = st.value(v)
	}
	rec.Component = serviceName(f.value[roleComponent])
	rec.Host = f.value[roleHost]
	if v := f.value[roleStatus]; v != nil {
		if n, ok := smallNumber(v); ok && n >= 100 && n < 600 {
			rec.Status = n
			rec.Request = isVerb(f.value[roleMethod]) || isPath(f.value[rolePath])
		}
	}
	rec.Level = f.level(rec)
	scratch = scratch[:0]
	switch msg := f.value[roleMessage]; {
	case msg == nil && rec.Request:
		scratch = append(append(append(scratch, f.value[roleMethod]...), ' '), pathOnly(f.value[rolePath])...)
		rec.Message = scratch
	case f.quoted[roleMessage] && hasBackslash(msg):
		scratch = unescape(scratch, msg)
		rec.Message = scratch
	case !f.quoted[roleMessage] && len(msg) > 0 && msg[0] == '[':
		scratch = listedBytes(scratch, msg)
		rec.Message = scratch
	default:
		rec.Message = msg
	}
	if rec.Level == LevelUnknown {
		rec.Level = levelOfProse(rec.Message)
	}
	return scratch
}

// level takes the stated level. A request that failed is an error even where
// the program logs all requests alike.
func (f *fields) level(rec *Record) Level {
	level, ok := LevelUnknown, false
	if v := f.value[roleLevel]; v != nil {
		if level, ok = levelOfWord(v); !ok {
			level, ok = levelOfNumber(v)
		}
		if !ok && len(v) == 1 {
			level, ok = levelOfLetter(v[0] &^ 0x20)
		}
	}
	if v := f.value[roleOTel]; !ok && v != nil {
		level, _ = levelOfOTel(v)
	}
	if rec.Request {
		if byStatus := levelOfStatus(rec.Status); byStatus > level {
			level = byStatus
		}
	}
	return level
}

// isVerb reports whether a method is one of HTTP, not of payment or the like.
func isVerb(method []byte) bool {
	switch string(method) {
	case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE":
		return true
	}
	return false
}

// isPath reports whether a value is a path or a request line that holds one.
func isPath(value []byte) bool {
	if len(value) > 0 && value[0] == '/' {
		return true
	}
	end := wordEnd(value, 0)
	return end+1 < len(value) && value[end+1] == '/' && isVerb(value[:end])
}

// serviceName returns name when it can stand as the name of a component.
func serviceName(name []byte) []byte {
	if len(name) == 0 || len(name) > 64 || !utf8.Valid(name) {
		return nil
	}
	letters := false
	for _, b := range name {
		if b < ' ' || b == 0x7f || b == '\\' || b == '{' || b == '[' {
			return nil
		}
		letters = letters || isLetter(b) || b >= 0x80
	}
	if !letters {
		return nil
	}
	return name
}

// pathOnly cuts the query off a path.
func pathOnly(path []byte) []byte {
	return path[:either(path, 0, '?', '#')]
}

// listedBytes appends the bytes that a list of JSON numbers them. A list of
// something else stays as it is.
func listedBytes(dst, list []byte) []byte {
	start, n, digits := len(dst), 0, 0
	for _, b := range list[1:] {
		switch {
		case isDigit(b) && digits < 3:
			n, digits = n*10+int(b-'0'), digits+1
		case (b == ',' || b == ']') && digits > 0 && n < 256:
			dst, n, digits = append(dst, byte(n)), 0, 0
		case b == ' ':
		default:
			return append(dst[:start], list...)
		}
	}
	return dst
}

func hasBackslash(b []byte) bool { return bytes.IndexByte(b, '\\') >= 0 }

// unescape appends text with the escapes of JSON and logfmt taken out. What is
// no escape stays.
func unescape(dst, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b != '\\' || i+1 == len(text) {
			dst = append(dst, b)
			continue
		}
		i++
		switch text[i] {
		case 'n':
			dst = append(dst, '\n')
		case 't':
			dst = append(dst, '\t')
		case 'r':
			dst = append(dst, '\r')
		case '"', '\\', '/':
			dst = append(dst, text[i])
		case 'u':
			r, ok := hex4(text[i+1:])
			if !ok {
				dst = append(dst, '\\', 'u')
				continue
			}
			dst = utf8.AppendRune(dst, r)
			i += 4
		default:
			dst = append(dst, '\\', text[i])
		}
	}
	return dst
}

// hex4 reads four hexadecimal digits.
func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
