package logs

import (
	"encoding/binary"
	"math/bits"
)

// isAlnum reports whether b is an ASCII letter or digit.
func isAlnum(b byte) bool {
	return (b|0x20)-'a' < 26 || b-'0' < 10
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isBlank(b byte) bool { return b == ' ' || b == '\t' }

// lowerInto writes src in ASCII lower case to dst, which is not shorter.
func lowerInto(dst, src []byte) []byte {
	dst = dst[:len(src)]
	for i, b := range src {
		if b >= 'A' && b <= 'Z' {
			b |= 0x20
		}
		dst[i] = b
	}
	return dst
}

// hasSuffixFold reports whether b ends with suffix, which is in lower case.
func hasSuffixFold(b []byte, suffix string) bool {
	if len(b) < len(suffix) {
		return false
	}
	b = b[len(b)-len(suffix):]
	for i := range b {
		if b[i]|0x20 != suffix[i] {
			return false
		}
	}
	return true
}

// equalFold reports whether b is word, which is in lower case and as long, in
// any case.
func equalFold(b []byte, word string) bool {
	for i := range b {
		if b[i]|0x20 != word[i] {
			return false
		}
	}
	return true
}

// smallNumber reads one to five digits.
func smallNumber(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 5 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// skipBlanks gives the first place from i on that is no blank.
func skipBlanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

// wordEnd gives the end of the word at i: the next blank or the end.
func wordEnd(b []byte, i int) int { return either(b, i, ' ', '\t') }

// either gives the first place from i on that holds x or y, or the end. It looks
// at eight bytes at once.
func either(b []byte, i int, x, y byte) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	xs, ys := ones*uint64(x), ones*uint64(y)
	for i+8 <= len(b) {
		w := binary.LittleEndian.Uint64(b[i:])
		v := w ^ xs
		w ^= ys
		// The lowest bit that is set belongs to a byte that is x or y.
		if found := ((v-ones)&^v | (w-ones)&^w) & high; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
		i += 8
	}
	for i < len(b) && b[i] != x && b[i] != y {
		i++
	}
	return i
}
