package main

import (
	"strconv"
	"time"
)

// writer builds the lines of one service. What a line needs is put into it
// first: the time, and whether the record fails.
type writer struct {
	*dice
	buf      []byte
	service  *service
	at       int64 // microseconds since 1970, as the record says
	failing  bool
	burst    bool // in the incident
	release  string
	starting int64 // lines about the start of a new version that are still to come
	lines    int64 // of this record

	second int64  // the one that stamp is of
	stamp  []byte // up to the seconds, in the zone of the service
	layout string // of stamp
}

// date writes the time down to the second, in the zone of the service.
func (w *writer) date(layout string) {
	second := w.at / 1e6
	if second != w.second || w.layout != layout {
		w.second, w.layout = second, layout
		w.stamp = time.Unix(second+w.service.offset, 0).UTC().AppendFormat(w.stamp[:0], layout)
	}
	w.buf = append(w.buf, w.stamp...)
}

// micros writes the digits below the second.
func (w *writer) micros() { w.padded(w.at%1e6, 6) }

func (w *writer) text(s string) { w.buf = append(w.buf, s...) }

func (w *writer) number(n int64) { w.buf = strconv.AppendInt(w.buf, n, 10) }

// padded writes n with zeros in front.
func (w *writer) padded(n int64, width int) {
	var digits [20]byte
	for i := width - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	w.buf = append(w.buf, digits[:width]...)
}

// hex writes so many digits, drawn.
func (w *writer) hex(width int) {
	v := w.src.Uint64()
	for range width {
		w.buf = append(w.buf, "0123456789abcdef"[v&15])
		v >>= 4
	}
}

// end ends a line.
func (w *writer) end() {
	w.buf = append(w.buf, '\n')
	w.lines++
}

// one draws from a list.
func (w *writer) one(list []string) string { return list[w.below(int64(len(list)))] }

// address writes a private address of IPv4.
func (w *writer) address() {
	w.text("10.")
	w.number(w.below(16))
	w.buf = append(w.buf, '.')
	w.number(w.below(256))
	w.buf = append(w.buf, '.')
	w.number(1 + w.below(254))
}
