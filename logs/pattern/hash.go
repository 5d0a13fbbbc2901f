package pattern

import (
	"encoding/binary"
	"math/bits"
)

// Odd constants with well spread bits.
const (
	mixA uint64 = 0x9e3779b97f4a7c15
	mixB uint64 = 0xd6e8feb86659fd93
)

// Hash returns a hash of a masked text, the same on every machine and never
// OverflowKey. It is no guard against texts made to collide: Miner compares
// the texts as well.
func Hash(masked []byte) uint64 { return sum(mixA, masked) }

func sum(h uint64, b []byte) uint64 {
	h ^= mix(uint64(len(b))^mixB, mixA)
	for len(b) >= 8 {
		h = mix(h^binary.LittleEndian.Uint64(b), mixB)
		b = b[8:]
	}
	h = mix(h^short(b), mixA)
	if h == OverflowKey {
		return mixA
	}
	return h
}

// short is the number that up to seven bytes are, the first the lowest.
func short(b []byte) uint64 {
	switch n := len(b); {
	case n >= 4: // the halves overlap where they are the same
		return uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[n-4:]))<<(8*(n-4))
	case n >= 2:
		return uint64(binary.LittleEndian.Uint16(b)) | uint64(binary.LittleEndian.Uint16(b[n-2:]))<<(8*(n-2))
	case n == 1:
		return uint64(b[0])
	}
	return 0
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}
