package timeline

import (
	"strconv"
	"strings"
)

// ParseOrigin reads what Origin.String writes. It never fails: a text with no
// place in it is the origin of a whole file.
func ParseOrigin(s string) Origin {
	if i := strings.LastIndex(s, "#/"); i >= 0 {
		return PointerOrigin(s[:i], s[i+1:])
	}
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		if n, ok := plainNumber(s[i+1:]); ok && n > 0 && n < 1<<31 {
			return LineOrigin(s[:i], int(n))
		}
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		if n, ok := plainNumber(s[i+1:]); ok {
			return ByteOrigin(s[:i], n)
		}
	}
	return Origin{Path: s, Byte: -1}
}

// plainNumber reads digits as strconv would print them.
func plainNumber(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == s
}
