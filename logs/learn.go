package logs

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/valyala/fastjson"

	"pir/internal/when"
)

// learnedKeys are the keys of one file whose role its values show, where no
// known key has that role.
type learnedKeys []learnedKey

type learnedKey struct {
	key  string // with the names of the objects around it in front, joined by dots
	role role
}

// role gives the role of a key: that which was learned, else that of the table,
// unless another key was learned for it.
func (l learnedKeys) role(key []byte, r role, rank uint8) (role, uint8) {
	taken := false
	for i := range l {
		if string(key) == l[i].key {
			return l[i].role, 0
		}
		taken = taken || l[i].role == r
	}
	if taken {
		return roleNone, 0
	}
	return r, rank
}

// isParent reports whether an object holds a learned key.
func (l learnedKeys) isParent(key []byte) bool {
	for i := range l {
		if n := len(key); len(l[i].key) > n && l[i].key[n] == '.' && l[i].key[:n] == string(key) {
			return true
		}
	}
	return false
}

// evidence is what the values of one key look like over the head.
type evidence struct {
	key                  string
	seen                 int // lines that have it
	times, levels, texts int // of which
	dates, clocks        int // halves of times
	length               int // of texts, added up
	order                int // of the times: 0 is in order, 20 is not at all
	at                   []int64
}

// timeKeys choose the key of times: of those whose values are times in most
// lines the one that is nearest to the order of the lines. Of equals the one
// that stands further out in the object goes first, then one that sounds like a
// time. Where there is none a date and a clock may stand under keys of their own.
func timeKeys(found []evidence, lines int) []learnedKey {
	var best, date, clock *evidence
	for i := range found {
		e := &found[i]
		if 2*e.seen < lines {
			continue
		}
		if 10*e.times >= 9*e.seen {
			e.weigh()
			if best == nil || e.before(best) {
				best = e
			}
		}
		if 10*e.dates >= 9*e.seen && date == nil {
			date = e
		}
		if 10*e.clocks >= 9*e.seen && clock == nil {
			clock = e
		}
	}
	switch {
	case best != nil:
		return []learnedKey{{best.key, roleTime}}
	case date != nil && clock != nil:
		return []learnedKey{{date.key, roleDate}, {clock.key, roleTime}}
	}
	return nil
}

// weigh settles how far the times are from the order of the lines. One that does
// not move is no time of records.
func (e *evidence) weigh() {
	back, moves := 0, false
	for i := 1; i < len(e.at); i++ {
		if e.at[i] < e.at[i-1] {
			back++
		}
		moves = moves || e.at[i] != e.at[0]
	}
	e.order = 20 * back / max(len(e.at), 1)
	if len(e.at) > 2 && !moves {
		e.order = 3
	}
}

// before reports whether e is the likelier key of times.
func (e *evidence) before(o *evidence) bool {
	depth := strings.Count(e.key, ".") - strings.Count(o.key, ".")
	if e.order != o.order || depth != 0 {
		return cmp.Or(e.order-o.order, depth) < 0
	}
	return namesTime(e.key) && !namesTime(o.key)
}

// learn looks at the values of a head for what no known key holds: the key of
// times, of messages, and of levels with them. It reports whether it found any.
func (f *fields) learn(head []byte, times, messages bool) bool {
	if !times && !messages {
		return false
	}
	found, lines := gatherKeys(head)
	var learned learnedKeys
	pick := func(r role, score func(e *evidence) int) {
		best, most := -1, 0
		for i := range found {
			if s := score(&found[i]); s > most && 2*found[i].seen >= lines {
				best, most = i, s
			}
		}
		if best >= 0 {
			learned = append(learned, learnedKey{found[best].key, r})
		}
	}
	if times {
		learned = append(learned, timeKeys(found, lines)...)
	}
	if messages {
		pick(roleMessage, func(e *evidence) int {
			if 2*e.texts < e.seen || e.times > 0 {
				return 0
			}
			return e.length / e.texts
		})
	}
	if len(learned) == 0 {
		return false
	}
	if slices.ContainsFunc(found, func(e evidence) bool { r, _ := roleOf([]byte(e.key)); return r == roleLevel && 2*e.seen >= lines }) {
		f.learned, f.order = learned, keyOrder{}
		return true
	}
	pick(roleLevel, func(e *evidence) int {
		if r, _ := roleOf([]byte(e.key)); r != roleNone || 10*e.levels < 9*e.seen {
			return 0
		}
		return 1
	})
	f.learned, f.order = learned, keyOrder{}
	return true
}

// namesTime reports whether a key sounds like a time.
func namesTime(key string) bool {
	lower := strings.ToLower(key)
	return strings.Contains(lower, "time") || strings.Contains(lower, "date") || strings.Contains(lower, "stamp") ||
		strings.HasSuffix(lower, "ts") || strings.HasSuffix(lower, "_at") || strings.HasSuffix(key, "At")
}

// The bounds of what gatherKeys looks at.
const maxLearnedKeys, learnDepth = 200, 3

// gatherKeys looks at the values of a head, in the order in which the keys come.
func gatherKeys(head []byte) (found []evidence, lines int) {
	var p fastjson.Parser
	st := settleStamps(nil)
	var walk func(prefix string, depth int, o *fastjson.Object)
	walk = func(prefix string, depth int, o *fastjson.Object) {
		o.Visit(func(k []byte, v *fastjson.Value) {
			key := prefix + string(k)
			if len(key) > 2*longestKey {
				return
			}
			switch v.Type() {
			case fastjson.TypeObject:
				if depth < learnDepth {
					walk(key+".", depth+1, v.GetObject())
				}
			case fastjson.TypeString, fastjson.TypeNumber:
				i := slices.IndexFunc(found, func(e evidence) bool { return e.key == key })
				if i < 0 && len(found) < maxLearnedKeys {
					i = len(found)
					found = append(found, evidence{key: key})
				}
				if i >= 0 {
					found[i].add(v, st)
				}
			}
		})
	}
	for line := range headLines(head) {
		v, err := p.ParseBytes(bytes.TrimSuffix(bytes.TrimSpace(line), []byte(",")))
		if err != nil || v.Type() != fastjson.TypeObject {
			continue
		}
		lines++
		walk("", 1, v.GetObject())
	}
	return found, lines
}

// add looks at one value.
func (e *evidence) add(v *fastjson.Value, st *stamps) {
	e.seen++
	text := v.GetStringBytes()
	if v.Type() == fastjson.TypeNumber {
		text = v.MarshalTo(nil)
	}
	if f, ok := st.value(text); ok {
		e.times++
		if ns, ok := when.NewResolver(when.Zone{}, 2000).Unix(&f); ok {
			e.at = append(e.at, ns)
		}
		return
	}
	e.half(text, st)
	if v.Type() != fastjson.TypeString {
		return
	}
	if _, ok := levelOfWord(text); ok {
		e.levels++
	}
	if bytes.IndexByte(text, ' ') > 0 {
		e.texts++
		e.length += len(text)
	}
}

// half looks whether a value is a date or a clock alone.
func (e *evidence) half(text []byte, st *stamps) {
	if len(text) < len("9:02") || len(text) > 24 || !isDigit(text[0]) {
		return
	}
	if f, ok := st.value(append(bytes.Clone(text), " 00:00:00"...)); ok && !f.IsEpoch {
		e.dates++
	} else if bytes.IndexByte(text, ':') > 0 {
		if _, ok := st.value(append([]byte("2000-01-01 "), text...)); ok {
			e.clocks++
		}
	}
}

// timeKey names the key of times where no table knows it; else it is empty.
func (p *jsonParser) timeKey() string {
	var names []string
	if !p.found {
		return ""
	}
	for _, l := range p.fields.learned {
		if l.role == roleTime || l.role == roleDate {
			names = append(names, l.key)
		}
	}
	return strings.Join(names, " and ")
}
