package container

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

// bzip2Hello is "hello, hello\n" as bzip2 packs it; the standard library
// cannot write that format.
const bzip2Hello = "BZh91AY&SY\x9f\x3c\x11\xf3\x00\x00\x03\x51\x00\x00\x10\x40\x04\x02\x44\xa0\x00\x21\x29\xa3\x10\x86\x02\xf2\x83\x70\xa1\xe2\xee\x48\xa7\x0a\x12\x13\xe7\x82\x3e\x60"

// text is some content that does not fit one buffer.
func text() []byte {
	return bytes.Repeat([]byte("2024-07-30 11:45:00 ERROR upstream timed out\n"), 5000)
}

// packers pack content in each format that can be written here.
func packers() map[string]func(t testing.TB, b []byte) []byte {
	closer := func(open func(io.Writer) (io.WriteCloser, error)) func(testing.TB, []byte) []byte {
		return func(t testing.TB, b []byte) []byte {
			t.Helper()
			var out bytes.Buffer
			w, err := open(&out)
			if err == nil {
				_, err = w.Write(b)
			}
			if err == nil {
				err = w.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
	}
	return map[string]func(testing.TB, []byte) []byte{
		"gzip": closer(func(w io.Writer) (io.WriteCloser, error) {
			z := gzip.NewWriter(w)
			z.ModTime = time.Date(2024, 7, 30, 20, 0, 0, 0, time.UTC)
			return z, nil
		}),
		"zstd": closer(func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) }),
		"xz":   closer(func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) }),
		"lz4":  closer(func(w io.Writer) (io.WriteCloser, error) { return lz4.NewWriter(w), nil }),
	}
}

func read(t *testing.T, packed []byte) (content []byte, format string, err error) {
	t.Helper()
	r, format, err := Reader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err = io.ReadAll(r)
	return content, format, err
}

func TestReaderUnwrapsEachFormat(t *testing.T) {
	want := text()
	for name, pack := range packers() {
		for _, copies := range []int{1, 3} { // several members, streams, frames
			packed := bytes.Repeat(pack(t, want), copies)
			got, format, err := read(t, packed)
			if err != nil || format != name || !bytes.Equal(got, bytes.Repeat(want, copies)) {
				t.Errorf("%s x%d: format %q, %d bytes, error %v", name, copies, format, len(got), err)
			}
		}
	}
	got, format, err := read(t, []byte(bzip2Hello))
	if err != nil || format != "bzip2" || string(got) != "hello, hello\n" {
		t.Errorf("bzip2: format %q, %q, error %v", format, got, err)
	}
}

func TestReaderLeavesPlainContentAlone(t *testing.T) {
	for _, content := range []string{"", "\x1f", "a", "BZh", "BZhello world, no block", string(text())} {
		got, format, err := read(t, []byte(content))
		if err != nil || format != "" || string(got) != content {
			t.Errorf("%.20q: format %q, %d bytes, error %v", content, format, len(got), err)
		}
	}
}

func TestTruncatedKeepsWhatWasRead(t *testing.T) {
	want := noise(200_000)
	for name, pack := range packers() {
		packed := pack(t, want)
		for _, cut := range []int{len(packed) - 1, len(packed) / 2} {
			got, _, err := read(t, packed[:cut])
			var d *DamagedError
			if !errors.As(err, &d) {
				t.Errorf("%s cut at %d: error %v, want a DamagedError", name, cut, err)
				continue
			}
			if d.Format != name || d.At != int64(len(got)) || !bytes.HasPrefix(want, got) {
				t.Errorf("%s cut at %d: %v, but %d bytes came", name, cut, d, len(got))
			}
			if name == "gzip" && (len(got) == 0 || !d.Truncated()) {
				t.Errorf("gzip cut at %d: %d bytes, truncated %v", cut, len(got), d.Truncated())
			}
		}
	}
}

// noise is content that does not compress well, made by a fixed sequence.
func noise(n int) []byte {
	out, x := make([]byte, n), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = 'a' + byte(x>>24)%26
	}
	return out
}

func TestDamagedGzipSaysWhere(t *testing.T) {
	packed := packers()["gzip"](t, text())
	packed[len(packed)-6] ^= 0xff // in the checksum
	got, _, err := read(t, packed)
	if err == nil || !bytes.Equal(got, text()) {
		t.Fatalf("%d bytes, error %v", len(got), err)
	}
	if want := "gzip data are damaged after 225000 bytes of content"; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %q, want %q…", err, want)
	}
}

func TestGzipPaddingAndTrailingBytes(t *testing.T) {
	packed := packers()["gzip"](t, text())
	if got, _, err := read(t, append(bytes.Clone(packed), make([]byte, 512)...)); err != nil || !bytes.Equal(got, text()) {
		t.Errorf("padding: %d bytes, error %v", len(got), err)
	}
	if got, _, err := read(t, append(bytes.Clone(packed), "rubbish"...)); !errors.Is(err, errTrailing) || !bytes.Equal(got, text()) {
		t.Errorf("rubbish: %d bytes, error %v", len(got), err)
	}
}

func TestGzipHeaderTime(t *testing.T) {
	s, err := Open(bytes.NewReader(packers()["gzip"](t, text())))
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2024, 7, 30, 20, 0, 0, 0, time.UTC); !s.ModTime.Equal(want) {
		t.Errorf("time %v, want %v", s.ModTime, want)
	}
}

func TestXzWithHugeDictionaryIsRefused(t *testing.T) {
	packed := packers()["xz"](t, text())
	// The last byte of the LZMA2 filter flags: header 12, size, flags, id, length.
	packed[16] = 40
	got, _, err := read(t, packed)
	if err == nil || len(got) != 0 || !strings.Contains(err.Error(), "over the limit") {
		t.Errorf("%d bytes, error %v", len(got), err)
	}
}

func TestHead(t *testing.T) {
	gz := packers()["gzip"](t, text())
	for _, c := range []struct {
		name   string
		packed []byte
		n      int
		want   int
	}{
		{"short of the limit", gz, 100, 100},
		{"shorter content", []byte("abc"), 100, 3},
		{"nothing", nil, 100, 0},
		{"cut after some bytes", gz[:len(gz)-4], 1 << 20, len(text())},
	} {
		head, err := Head(bytes.NewReader(c.packed), c.n)
		if err != nil || len(head) != c.want {
			t.Errorf("%s: %d bytes, error %v, want %d", c.name, len(head), err, c.want)
		}
	}
	if _, err := Head(bytes.NewReader(gz[:5]), 100); err == nil {
		t.Error("a head that yields nothing must say why")
	}
}

func TestLimit(t *testing.T) {
	for _, c := range []struct {
		content string
		n       int64
		want    string
		tooMany bool
	}{{"abcde", 5, "abcde", false}, {"abcdef", 5, "abcde", true}, {"", 0, "", false}, {"a", 0, "", true}} {
		got, err := io.ReadAll(Limit(strings.NewReader(c.content), c.n))
		var large *TooLargeError
		if string(got) != c.want || errors.As(err, &large) != c.tooMany {
			t.Errorf("%q limited to %d: %q, error %v", c.content, c.n, got, err)
		}
	}
}

func TestText(t *testing.T) {
	const plain = "Grüße 14:02\r\nzweite Zeile\n"
	utf16 := func(s string, big bool) string {
		var out []byte
		for _, r := range s { // the test text has no surrogates
			if big {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return string(out)
	}
	for _, c := range []struct{ name, in, want, encoding string }{
		{"plain", plain, plain, "utf-8"},
		{"mark", "\xef\xbb\xbf" + plain, plain, "utf-8"},
		{"little with mark", "\xff\xfe" + utf16(plain, false), plain, "utf-16le"},
		{"big with mark", "\xfe\xff" + utf16(plain, true), plain, "utf-16be"},
		{"little without", utf16("plain text\n"+plain, false)[:22], "plain text\n", "utf-16le"},
		{"big without", utf16("plain text\n", true), "plain text\n", "utf-16be"},
		{"invalid stays", "a\xff\xfeb", "a\xff\xfeb", "utf-8"},
		{"empty", "", "", "utf-8"},
	} {
		r := NewText(strings.NewReader(c.in))
		got, err := io.ReadAll(r)
		if err != nil || string(got) != c.want || r.Encoding() != c.encoding {
			t.Errorf("%s: %q as %s, error %v; want %q as %s", c.name, got, r.Encoding(), err, c.want, c.encoding)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(bzip2Hello))
	f.Add([]byte("plain"))
	for _, pack := range packers() {
		packed := pack(f, []byte("hello, hello\n"))
		f.Add(packed)
		f.Add(packed[:len(packed)/2])
	}
	f.Fuzz(func(t *testing.T, packed []byte) {
		r, format, err := Reader(bytes.NewReader(packed))
		if err != nil {
			t.Fatalf("reading memory failed: %v", err)
		}
		got, err := io.ReadAll(Limit(r, 1<<20))
		var d *DamagedError
		if errors.As(err, &d) && d.At != int64(len(got)) {
			t.Errorf("%d bytes came, the error says %d", len(got), d.At)
		}
		if format == "" && err == nil && !bytes.Equal(got, packed) {
			t.Error("plain content was changed")
		}
		_ = r.Close()
	})
}
