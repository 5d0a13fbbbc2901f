package redact

import (
	"html"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// view is a way to read a text, with the places that its bytes come from.
type view struct {
	text string
	from []int32 // the first byte of the source, for each byte; nil is the source itself
	to   []int32 // behind the last one
	how  string  // what hid the values; empty for the source itself
	// parts are where it differs from the view before, with what is about; what is
	// elsewhere was seen there. Of the source it is all.
	parts []window
}

// place gives the bytes of the source that a piece of the view comes from.
func (v *view) place(start, end int) (int, int) {
	if v.from == nil {
		return start, end
	}
	if end <= start {
		return int(v.from[start]), int(v.from[start])
	}
	return int(v.from[start]), int(v.to[end-1])
}

// maxViewed is the length of a text in bytes up to which it is read in other
// ways at once; longer ones are read in pieces by the caller.
const maxViewed = 1 << 30

// views are the ways to read a text: as it stands; with what was encoded
// decoded; without tags and marks of emphasis; and without line breaks.
func views(text string) []view {
	list := []view{{text: text, parts: []window{{0, len(text)}}}}
	if len(text) > maxViewed {
		return list
	}
	last := &list[0]
	// What was encoded twice is decoded twice.
	decoded := *last
	for range 3 {
		next, changed := decode(&decoded)
		if !changed {
			break
		}
		next.parts = append(next.parts, scaled(decoded.parts, &decoded, &next)...)
		decoded = next
	}
	if decoded.how != "" {
		decoded.parts = merged(decoded.parts)
		list = append(list, decoded)
		last = &list[len(list)-1]
	}
	if strings.ContainsAny(last.text, "<*`~") {
		if next, changed := strip(last); changed {
			list = append(list, next)
			last = &list[len(list)-1]
		}
	}
	if next, changed := join(last); changed {
		list = append(list, next)
	}
	return list
}

// writer makes one view out of another.
type writer struct {
	of       *view
	text     strings.Builder
	from, to []int32
	changed  bool
	places   []int // of the view, at which it differs
}

func newWriter(of *view) *writer {
	w := &writer{of: of, from: make([]int32, 0, len(of.text)), to: make([]int32, 0, len(of.text))}
	w.text.Grow(len(of.text))
	return w
}

// put writes what the bytes from start to end of the view before are read as.
func (w *writer) put(s string, start, end int) {
	w.differs()
	from, to := w.of.place(start, end)
	for range len(s) {
		w.from, w.to = append(w.from, int32(from)), append(w.to, int32(to))
	}
	w.text.WriteString(s)
}

// differs notes that the view differs here.
func (w *writer) differs() {
	w.changed = true
	w.places = append(w.places, w.text.Len())
}

func (w *writer) keep(start, end int) {
	if w.of.from != nil {
		w.from, w.to = append(w.from, w.of.from[start:end]...), append(w.to, w.of.to[start:end]...)
	} else {
		for i := start; i < end; i++ {
			w.from, w.to = append(w.from, int32(i)), append(w.to, int32(i+1))
		}
	}
	w.text.WriteString(w.of.text[start:end])
}

func (w *writer) view(how string) view {
	v := view{text: w.text.String(), from: w.from, to: w.to, how: how}
	whole := window{0, len(v.text)}
	for _, at := range w.places {
		if n := len(v.parts); n > 0 && at+behind/2 < v.parts[n-1].end {
			continue
		}
		v.parts = append(v.parts, around(v.text, at, at, whole))
	}
	v.parts = merged(v.parts)
	return v
}

// encodes are the bytes with which begins what is encoded, or shows nothing.
var encodes = func() *class {
	c := classOf(`%&\`)
	for b := 0x80; b < 0x100; b++ {
		c[b] = true
	}
	return c
}()

// decode reads percent-encoding, character references, escapes, wide letters,
// and passes over what shows nothing.
func decode(of *view) (view, bool) {
	text := of.text
	if !strings.ContainsAny(text, `%&\`) && !wide(text) {
		return view{}, false
	}
	w := newWriter(of)
	for at := 0; at < len(text); {
		plain := at
		for at < len(text) && !encodes[text[at]] {
			at++
		}
		w.keep(plain, at)
		if at == len(text) {
			break
		}
		s, n := decodeAt(text, at)
		if n == 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			w.keep(at, at+size)
			at += size
			continue
		}
		w.put(s, at, at+n)
		at += n
	}
	if !w.changed {
		return view{}, false
	}
	return w.view("encoded"), true
}

// wide reports whether a text has letters beyond Latin ones, or what shows
// nothing.
func wide(text string) bool {
	for _, r := range text {
		if r >= 0x80 && (silent(r) || r >= 0xff01 && r <= 0xff5e) {
			return true
		}
	}
	return false
}

// silent reports characters that show nothing, and those that turn the direction
// of text.
func silent(r rune) bool {
	return r >= 0x80 && (unicode.Is(unicode.Cf, r) || r == 0x034f || r == 0x2800 || r >= 0xfe00 && r <= 0xfe0f || r >= 0x180b && r <= 0x180f || r == 0x115f || r == 0x1160 || r == 0x3164)
}

// decodeAt reads what is encoded at a place; no length where nothing is.
func decodeAt(text string, at int) (string, int) {
	rest := text[at:]
	switch c := rest[0]; {
	case c == '%':
		if len(rest) > 2 {
			if b, ok := hexByte(rest[1], rest[2]); ok && legible(b) {
				return string(rune(b)), 3
			}
		}
	case c == '&':
		if end := strings.IndexByte(rest[:min(len(rest), 32)], ';'); end > 1 {
			if s := html.UnescapeString(rest[:end+1]); s != rest[:end+1] {
				return s, end + 1
			}
		}
	case c == '\\':
		return escaped(rest)
	case c >= 0x80:
		r, n := utf8.DecodeRuneInString(rest)
		if silent(r) {
			return "", n
		}
		if r >= 0xff01 && r <= 0xff5e {
			return string(r - 0xff01 + '!'), n
		}
	}
	return "", 0
}

// escaped reads \@, \n, \u0040 and \x40.
func escaped(rest string) (string, int) {
	if len(rest) < 2 {
		return "", 0
	}
	switch c := rest[1]; {
	case c > ' ' && c < 0x7f && !wordByte(c):
		return rest[1:2], 2
	case c == '_':
		return "_", 2
	case c == 'n' || c == 'r':
		return "\n", 2
	case c == 't':
		return "\t", 2
	case c == 'u' && len(rest) >= 6:
		high, ok := hexByte(rest[2], rest[3])
		low, same := hexByte(rest[4], rest[5])
		if r := rune(high)<<8 | rune(low); ok && same && (r < 0x7f && legible(byte(r)) || silent(r) || r >= 0xff01 && r <= 0xff5e) {
			return string(r), 6
		}
	case c == 'x' && len(rest) >= 4:
		if b, ok := hexByte(rest[2], rest[3]); ok && legible(b) {
			return string(rune(b)), 4
		}
	}
	return "", 0
}

// legible reports white space and what stands for itself.
func legible(b byte) bool { return b >= 0x20 && b < 0x7f || b == '\n' || b == '\t' || b == '\r' }

func hexByte(a, b byte) (byte, bool) {
	x, ok := hexDigit(a)
	y, same := hexDigit(b)
	return x<<4 | y, ok && same
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case isDigit(c):
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// strip leaves out tags, comments and marks of emphasis and code.
func strip(of *view) (view, bool) {
	text := of.text
	w := newWriter(of)
	for at := 0; at < len(text); {
		switch c := text[at]; {
		case c == '<':
			n := tagLength(text[at:])
			if n == 0 {
				w.keep(at, at+1)
				n = 1
			} else {
				w.differs()
			}
			at += n
		case c == '*' || c == '`' || c == '~':
			w.differs()
			at++
		default:
			next := strings.IndexAny(text[at:], "<*`~")
			if next < 0 {
				next = len(text) - at
			}
			w.keep(at, at+next)
			at += next
		}
	}
	if !w.changed {
		return view{}, false
	}
	return w.view(orHow(of.how, "parted by marks")), true
}

func orHow(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// maxTag is the longest tag in bytes that is passed over.
const maxTag = 300

// scaled gives parts of one view as those of the next, which was made of it.
func scaled(parts []window, of, next *view) []window {
	var list []window
	for _, p := range parts {
		from, _ := of.place(p.start, min(p.start+1, len(of.text)))
		_, to := of.place(max(p.end-1, 0), p.end)
		start := sort.Search(len(next.from), func(i int) bool { return int(next.from[i]) >= from })
		end := sort.Search(len(next.from), func(i int) bool { return int(next.from[i]) >= to })
		if start < end {
			list = append(list, window{start, end})
		}
	}
	return list
}

// tagLength is the length of a tag or comment at the beginning of a text that
// parts no words; 0 is none.
func tagLength(s string) int {
	if len(s) < 3 || !(s[1] == '/' || s[1] == '!' || s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z') {
		return 0
	}
	end := strings.IndexAny(s[1:min(len(s), maxTag)], "<>\n")
	if end < 0 || s[end+1] != '>' || strings.Contains(s[:end], "://") || strings.Contains(s[:end], "@") {
		return 0
	}
	name := strings.ToLower(strings.TrimLeft(s[1:end+1], "/"))
	for _, block := range []string{"br", "p", "p ", "li", "td", "th", "tr", "div", "h1", "h2", "h3", "h4", "hr", "dt", "dd", "td ", "th ", "summary", "section", "title", "text"} {
		if name == block || strings.HasSuffix(block, " ") && strings.HasPrefix(name, block) {
			return 0
		}
	}
	return end + 2
}

// join leaves out line breaks inside of what could be one value, with the marks
// of quotations and the hyphens of comments that begin the next line.
func join(of *view) (view, bool) {
	text := of.text
	w := newWriter(of)
	for at := 0; at < len(text); {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			w.keep(at, len(text))
			break
		}
		end := at + next
		body := end
		for body > at && (text[body-1] == '\r' || text[body-1] == ' ' || text[body-1] == '\t' || text[body-1] == '\\') {
			body--
		}
		start := end + 1
		for start < len(text) && strings.IndexByte(" \t>", text[start]) >= 0 {
			start++
		}
		if body > at && start < len(text) && valueByte(text[body-1]) && valueByte(text[start]) {
			w.keep(at, body)
			w.differs()
			at = start
			continue
		}
		w.keep(at, end+1)
		at = end + 1
	}
	if !w.changed {
		return view{}, false
	}
	return w.view("broken over lines"), true
}

func valueByte(c byte) bool { return wordByte(c) || strings.IndexByte("@.+/=-:_", c) >= 0 }
