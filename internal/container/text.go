package container

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Text gives r as UTF-8: a byte order mark is taken off, and UTF-16 of either
// byte order is decoded. UTF-16 without a mark is known by its zero bytes.
// Other bytes pass as they are, valid or not.
func Text(r io.Reader) io.Reader { return NewText(r) }

// TextReader is what Text returns, for those who want to know the encoding.
type TextReader struct {
	src      io.Reader
	r        io.Reader
	encoding string
}

// NewText is Text. It reads nothing before the first Read or Encoding.
func NewText(r io.Reader) *TextReader { return &TextReader{src: r} }

// Encoding names how the text was written: utf-8 (which stands for anything
// that was not recoded), utf-16le or utf-16be.
func (t *TextReader) Encoding() string {
	t.start()
	return t.encoding
}

// Read gives the text in UTF-8.
func (t *TextReader) Read(p []byte) (int, error) {
	t.start()
	return t.r.Read(p)
}

func (t *TextReader) start() {
	if t.r != nil {
		return
	}
	br := bufio.NewReaderSize(t.src, readSize)
	head, _ := br.Peek(64) // an error comes again at the next Read
	order, mark := byteOrder(head)
	_, _ = br.Discard(mark)
	switch order {
	case 'l':
		t.encoding = "utf-16le"
		t.r = transform.NewReader(br, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case 'b':
		t.encoding = "utf-16be"
		t.r = transform.NewReader(br, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	default:
		t.encoding, t.r = "utf-8", br
	}
}

// byteOrder tells the order of UTF-16, 'l' or 'b', or 0 where it is not that,
// and the length of the byte order mark.
func byteOrder(head []byte) (order byte, mark int) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return 0, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return 'l', 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return 'b', 2
	}
	head = head[:len(head)&^1]
	if len(head) < 8 {
		return 0, 0
	}
	little, big := true, true
	for i := 0; i < len(head); i += 2 {
		little = little && isPlain(head[i]) && head[i+1] == 0
		big = big && head[i] == 0 && isPlain(head[i+1])
	}
	switch {
	case little:
		return 'l', 0
	case big:
		return 'b', 0
	}
	return 0, 0
}

// isPlain reports whether b is a character of plain ASCII text.
func isPlain(b byte) bool { return b >= ' ' && b < 0x7f || b == '\t' || b == '\n' || b == '\r' }
