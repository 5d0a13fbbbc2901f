package logs

import (
	"bytes"
	"slices"
	"strings"

	"github.com/valyala/fastjson"
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
	length               int // of texts, added up
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
		pick(roleTime, func(e *evidence) int {
			if 10*e.times < 9*e.seen {
				return 0
			}
			if namesTime(e.key) {
				return 2
			}
			return 1
		})
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
	if _, ok := st.value(text); ok {
		e.times++
		return
	}
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
