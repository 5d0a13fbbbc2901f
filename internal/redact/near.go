package redact

import (
	"slices"
	"strings"
)

// window is a stretch of a text.
type window struct{ start, end int }

// Around a keyword, and around what was decoded, so many bytes are looked at,
// and on to the next white space.
const (
	before = 64
	behind = 400
)

// around is the stretch about a place within another, out to white space.
func around(text string, at, end int, in window) window {
	at, end = max(at-before, in.start), min(end+behind, in.end)
	for at > in.start && text[at-1] > ' ' {
		at--
	}
	for end < in.end && text[end] > ' ' {
		end++
	}
	return window{at, end}
}

// merged puts windows in order, and makes one of those that touch.
func merged(list []window) []window {
	slices.SortFunc(list, func(a, b window) int { return a.start - b.start })
	out := list[:0]
	for _, w := range list {
		if n := len(out); n > 0 && w.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, w.end)
			continue
		}
		out = append(out, w)
	}
	return out
}

// hits finds the keywords in a stretch of a text, all in one go, and puts what is
// around them to the windows of their rules. lower is the text in small letters.
func (s *ruleSet) hits(text, lower string, in window, windows [][]window) {
	add := func(k keyword, at int) {
		list := windows[k.rule]
		if n := len(list); n > 0 && at+len(k.word)+behind/2 < list[n-1].end {
			return
		}
		windows[k.rule] = append(list, around(text, at, at+len(k.word), in))
	}
	for at := in.start; at < in.end; at++ {
		for _, k := range s.one[lower[at]] {
			add(k, at)
		}
		if at+1 == in.end {
			break
		}
		pair := uint16(lower[at])<<8 | uint16(lower[at+1])
		if s.first[pair>>3]&(1<<(pair&7)) == 0 {
			continue
		}
		for _, k := range s.lists[s.two[pair]] {
			if strings.HasPrefix(lower[at:in.end], k.word) {
				add(k, at)
			}
		}
	}
}

// class is a set of bytes.
type class [256]bool

func classOf(bytes string) *class {
	var c class
	for i := range len(bytes) {
		c[bytes[i]] = true
	}
	return &c
}

const (
	decimal     = "0123456789"
	hexadecimal = decimal + "abcdefABCDEF"
)

// The bytes that belong together in what is looked for.
var (
	quadBytes   = classOf(decimal + ".")
	colonBytes  = classOf(hexadecimal + ":.")
	pairBytes   = classOf(hexadecimal + ":.-")
	hexBytes    = classOf(hexadecimal)
	base64Bytes = classOf(decimal + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+/-=")
)

// runs are the stretches of bytes of a class, if they are long enough and hold
// what a value needs.
func runs(text string, in window, belongs *class, least int, enough func(string) bool) []window {
	var list []window
	for at := in.start; at < in.end; at++ {
		if !belongs[text[at]] {
			continue
		}
		start := at
		for at < in.end && belongs[text[at]] {
			at++
		}
		if at-start >= least && (enough == nil || enough(text[start:at])) {
			list = append(list, window{start, at})
		}
	}
	return list
}

// nearDigits are runs of digits with what may stand between them.
func nearDigits(between string, least int) func(string, window) []window {
	bytes := classOf(decimal + between)
	return func(text string, in window) []window {
		return runs(text, in, bytes, least, func(run string) bool {
			n := 0
			for i := range len(run) {
				if isDigit(run[i]) {
					n++
				}
			}
			return n >= least
		})
	}
}

// nearQuads are runs of digits with three points.
func nearQuads(text string, in window) []window {
	return runs(text, in, quadBytes, 7, func(run string) bool { return strings.Count(run, ".") >= 3 })
}

// nearColons are runs of hexadecimal digits with colons, as IPv6 has them.
func nearColons(text string, in window) []window {
	return runs(text, in, colonBytes, 3, func(run string) bool {
		return strings.Contains(run, "::") || strings.Count(run, ":") >= 7
	})
}

// nearPairs are runs of hexadecimal digits that could be a hardware address.
func nearPairs(text string, in window) []window {
	return runs(text, in, pairBytes, 14, func(run string) bool {
		return strings.Count(run, ":") >= 5 || strings.Count(run, "-") >= 5 || strings.Count(run, ".") >= 2
	})
}

// nearAccounts are places at which the number of a bank account may begin.
func nearAccounts(text string, in window) []window {
	var list []window
	for at := in.start; at+15 <= in.end; at++ {
		if isDigit(text[at+2]) && isDigit(text[at+3]) && upperByte(text[at]) && upperByte(text[at+1]) && (at == 0 || !wordByte(text[at-1])) {
			list = append(list, window{at, min(at+50, in.end)})
		}
	}
	return list
}

func upperByte(c byte) bool { return c >= 'A' && c <= 'Z' }

// nearHex are runs of at least so many hexadecimal digits, with the two letters
// in front.
func nearHex(text string, in window) []window {
	list := runs(text, in, hexBytes, 32, nil)
	for i := range list {
		list[i].start = max(list[i].start-2, in.start)
	}
	return list
}

// nearThirds are places of two points with six bytes between them.
func nearThirds(text string, in window) []window {
	var list []window
	for at := in.start; at < in.end; at++ {
		i := strings.IndexByte(text[at:in.end], '.')
		if i < 0 {
			break
		}
		at += i
		if at+7 < in.end && text[at+7] == '.' && at-20 >= in.start && wordByte(text[at-1]) && wordByte(text[at-20]) {
			list = append(list, around(text, at, at+7, in))
		}
	}
	return merged(list)
}

// nearParens are brackets, behind which an at may stand.
func nearParens(text string, in window) []window {
	var list []window
	for at := in.start; at+4 < in.end; at++ {
		if c := text[at]; c == '(' || c == '[' || c == '{' {
			word := strings.ToLower(strings.TrimLeft(text[at+1:min(at+5, in.end)], " "))
			if strings.HasPrefix(word, "at") {
				list = append(list, window{max(in.start, at-70), min(in.end, at+120)})
			}
		}
	}
	return merged(list)
}

// folded is a text with its ASCII letters small, byte for byte.
func folded(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
