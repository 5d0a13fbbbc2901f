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
	var last [8]byte
	copy(last[:], b)
	h = mix(h^binary.LittleEndian.Uint64(last[:]), mixA)
	if h == OverflowKey {
		return mixA
	}
	return h
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}
