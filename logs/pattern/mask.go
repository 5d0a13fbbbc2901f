package pattern

import "slices"

// The classes of a byte. A word is a run of bytes that are no breaks.
const (
	digit uint8 = 1 << iota
	hexLetter
	otherLetter
	joiner // part of a word, neither letter nor digit
	at     // the @ of an address
	breaks // ends a word and is kept
	space  // ends a word and collapses
	quote  // may open a quoted text
)

// classes returns the class of each byte. Bytes above ASCII are letters.
func classes() *[256]uint8 {
	var t [256]uint8
	for b := range t {
		switch {
		case b <= ' ' || b == 0x7f:
			t[b] = space
		case b >= '0' && b <= '9':
			t[b] = digit
		case b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F':
			t[b] = hexLetter
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80:
			t[b] = otherLetter
		default:
			t[b] = breaks
		}
	}
	for _, b := range []byte("._-+%$#~*") {
		t[b] = joiner
	}
	for _, b := range []byte("\"'`") {
		t[b] = breaks | quote
	}
	t['@'] = at
	return &t
}

// maxQuoted is the longest quoted text that becomes one placeholder.
const maxQuoted = 256

// Mask appends to dst the message with its variable parts replaced by
// placeholders and its white space collapsed: <num>, <hex>, <uuid>, <ip>,
// <time>, <dur>, <size>, <email>, <str> for a quoted text, and <id> for any
// other word with a digit. It does not allocate when dst has room, and reads
// no more than Options.MaxBytes of the message and Options.MaxTokens of its
// words; <rest> stands for what is left. Several goroutines may call it.
func (m *Miner) Mask(dst, msg []byte) []byte {
	cut := len(msg) > m.opt.MaxBytes
	if cut {
		msg = msg[:m.opt.MaxBytes]
	}
	// A word of one byte and the break behind it become seven bytes at most.
	dst = slices.Grow(dst, 4*len(msg)+len(" <rest>"))
	class := m.class
	start, tokens, pending := len(dst), 1, false
	closing := -1 // where a quoted text ends that is told, not masked
	for i := 0; i < len(msg); {
		b := msg[i]
		c := class[b]
		if c&space != 0 {
			i++
			if b == 0x1b {
				i += m.blank(msg[i-1:]) - 1
			}
			pending = len(dst) > start
			continue
		}
		if pending {
			if tokens++; tokens > m.opt.MaxTokens {
				cut = true
				break
			}
			dst, pending = append(dst, ' '), false
		}
		if c&breaks == 0 {
			word := dst[len(dst):cap(dst)]
			n, seen := m.word(word, msg[i:])
			if seen&(digit|at) == 0 {
				dst = dst[:len(dst)+n]
			} else {
				dst = append(dst, placeholder(msg[i:i+n], seen)...)
			}
			i += n
			continue
		}
		if c&quote != 0 && i > closing {
			n, key := m.quoted(msg, i)
			switch {
			case key:
				dst = m.key(dst, msg[i:i+n])
				i += n
				continue
			case n > 0 && m.tells(msg, i, n):
				closing = i + n - 1
			case n > 0:
				dst = append(dst, "<str>"...)
				i += n
				continue
			}
		}
		dst = append(dst, b)
		i++
	}
	if cut {
		dst = append(dst, " <rest>"...)
	}
	return dst
}

// blank returns the length of the white space or terminal escape at the start
// of s.
func (m *Miner) blank(s []byte) int {
	if s[0] != 0x1b || len(s) < 2 || s[1] != '[' {
		return 1
	}
	for i := 2; i < len(s) && i < 32; i++ {
		if s[i] >= '@' && s[i] <= '~' {
			return i + 1
		}
	}
	return 1
}

// word copies the word at the start of s to dst, which is as long, and returns
// its length and which classes it holds. A colon after a digit belongs to the
// word if the word goes on: so times, ports and addresses stay whole.
func (m *Miner) word(dst, s []byte) (n int, seen uint8) {
	class := m.class
	dst = dst[:len(s)]
	for n < len(s) {
		b := s[n]
		c := class[b]
		if c&(breaks|space) != 0 {
			if !m.joins(s, n, seen) {
				break
			}
			c = joiner
		}
		seen |= c
		dst[n] = b
		n++
	}
	return withoutStops(s[:n]), seen
}

// measure is word without the copy.
func (m *Miner) measure(s []byte) (n int, seen uint8) {
	class := m.class
	for n < len(s) {
		c := class[s[n]]
		if c&(breaks|space) != 0 {
			if !m.joins(s, n, seen) {
				break
			}
			c = joiner
		}
		seen |= c
		n++
	}
	return withoutStops(s[:n]), seen
}

// joins reports whether the sign s[n], which ends words, is a colon inside one
// whose bytes so far were seen.
func (m *Miner) joins(s []byte, n int, seen uint8) bool {
	return s[n] == ':' && n > 0 && n+1 < len(s) && seen&digit != 0 &&
		(m.class[s[n+1]]&(digit|hexLetter) != 0 || s[n+1] == ':')
}

// withoutStops is the length of a word without the full stops at its end: they
// belong to the sentence. One that the word consists of stays.
func withoutStops(word []byte) int {
	n := len(word)
	for n > 1 && word[n-1] == '.' {
		n--
	}
	return n
}

// quoted returns the length of the quoted text that starts at msg[i], or 0,
// and whether it is the key of a JSON member. An apostrophe opens no quote.
func (m *Miner) quoted(msg []byte, i int) (n int, key bool) {
	mark := msg[i]
	const letter = digit | hexLetter | otherLetter
	if mark == '\'' && i > 0 && m.class[msg[i-1]]&letter != 0 {
		return 0, false
	}
	end := min(len(msg), i+maxQuoted)
	for j := i + 1; j < end; j++ {
		switch msg[j] {
		case '\\':
			j++
		case mark:
			var next byte = ' '
			if j+1 < len(msg) {
				next = msg[j+1]
			}
			if mark == '\'' && m.class[next]&letter != 0 {
				return 0, false
			}
			return j + 1 - i, next == ':' && m.member(msg[:i])
		}
	}
	return 0, false
}

// tells reports whether the quoted text msg[i:i+n] says what happened, rather
// than to what: one that the message begins with, the value of a key such as
// msg or error, or a short value that is letters alone.
func (m *Miner) tells(msg []byte, i, n int) bool {
	if i == 0 {
		return true
	}
	if msg[i-1] != '=' {
		return false
	}
	k := i - 1
	for k > 0 && m.class[msg[k-1]]&(breaks|space) == 0 {
		k--
	}
	switch string(msg[k : i-1]) {
	case "msg", "message", "error", "err", "event", "reason", "exception":
		return true
	}
	for _, b := range msg[i+1 : i+n-1] {
		if m.class[b]&(hexLetter|otherLetter) == 0 {
			return false
		}
	}
	return n > 3 && n < 32
}

// member reports whether a JSON member may follow s.
func (m *Miner) member(s []byte) bool {
	for i := len(s) - 1; i >= 0; i-- {
		if m.class[s[i]]&space == 0 {
			return s[i] == '{' || s[i] == ','
		}
	}
	return false
}

// key appends a quoted key: as it is, when nothing in it varies.
func (m *Miner) key(dst, quoted []byte) []byte {
	for _, b := range quoted {
		if m.class[b]&(digit|space) != 0 {
			return append(dst, "<str>"...)
		}
	}
	return append(dst, quoted...)
}
