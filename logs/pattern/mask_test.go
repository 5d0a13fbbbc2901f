package pattern

import (
	"bytes"
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"   ", ""},
		{"Server is ready.", "Server is ready."},
		{"took 12 of 345", "took <num> of <num>"},
		{"at -3.5 or 95%", "at <num> or <num>"},
		{"id 7f3a9c2e1b done", "id <hex> done"},
		{"ptr 0x7ffd12 addr 0XAB12", "ptr <hex> addr <hex>"},
		{"deadbeef without a digit stays", "deadbeef without a digit stays"},
		{"req 123e4567-e89b-12d3-a456-426614174000 failed", "req <uuid> failed"},
		{"from 10.0.0.1 to 10.0.0.2:8080", "from <ip> to <ip>"},
		{"from [2001:db8::1]:443 and fe80::1%eth0", "from [<ip>]:<num> and <id>"},
		{"at 2024-07-30T11:45:00.123Z or 2024-07-30 11:45:00,5", "at <time> or <time> <time>,<num>"},
		{"took 1m30s, 12ms, 3.5h and 10µs", "took <dur>, <dur>, <dur> and <dur>"},
		{"read 512KiB of 3.2GB", "read <size> of <size>"},
		{"GET /api/users/123/orders", "GET /api/users/<num>/orders"},
		{"GET /api/v2/items/ab12cd", "GET /api/<id>/items/<id>"},
		{"to a.user@example.com now", "to <email> now"},
		{"git@host said", "<id> said"},
		{`open "a b.txt": no such file`, `open <str>: no such file`},
		{`open "x": no such file`, `open <str>: no such file`},
		{`"Probe failed" pod="a/b" kind="Live" err="dial 10.0.0.1: refused"`, `"Probe failed" pod=<str> kind="Live" err="dial <ip>: refused"`},
		{"Failed with result 'exit-code'.", "Failed with result <str>."},
		{`{"id": 17, "list": ["a"]}`, `{"id": <num>, "list": [<str>]}`},
		{`open 'x.conf' failed, can't go on`, `open <str> failed, can't go on`},
		{`{"id":17,"state":"gone"}`, `{"id":<num>,"state":<str>}`},
		{"user=alice id=42 path=/a/b", "user=alice id=<num> path=/a/b"},
		{"blk_-160899 from worker-12", "<id> from <id>"},
		{"eth0: link up. Port 5.", "<id>: link up. Port <num>."},
		{"\x1b[31mred 5\x1b[0m", "red <num>"},
		{"tabs\t and   spaces", "tabs and spaces"},
		{"naïve café №7", "naïve café <id>"},
		{"bad \xff\xfe utf 8", "bad \xff\xfe utf <num>"},
		{"nul\x00byte", "nul byte"},
		{`an "open quote 5`, `an "open quote <num>`},
		{"HTTP/1.1 502", "HTTP/<num> <num>"},
		{"17:45:01 up", "<time> up"},
	}
	m := New(Options{})
	for _, tt := range tests {
		if got := string(m.Mask(nil, []byte(tt.in))); got != tt.want {
			t.Errorf("Mask(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
	}
}

func TestMaskBounds(t *testing.T) {
	m := New(Options{MaxTokens: 3, MaxBytes: 40})
	if got, want := string(m.Mask([]byte("kept:"), []byte("a b c d e"))), "kept:a b c <rest>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := string(m.Mask(nil, []byte(strings.Repeat("x", 1000)))), strings.Repeat("x", 40)+" <rest>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Messages that differ in their variable parts alone have one text.
func TestMaskIsStable(t *testing.T) {
	m := New(Options{})
	for _, pair := range [][2]string{
		{"conn 10.1.2.3:55 closed after 12ms", "conn 192.168.0.254:61234 closed after 1.25s"},
		{"job a1b2c3 of 2024-01-01", "job zz9 of 1999-12-31"},
		{"req 00000000-0000-0000-0000-000000000001", "req 123e4567-e89b-12d3-a456-426614174000"},
	} {
		a, b := m.Mask(nil, []byte(pair[0])), m.Mask(nil, []byte(pair[1]))
		if !bytes.Equal(a, b) {
			t.Errorf("%q and %q differ: %q, %q", pair[0], pair[1], a, b)
		}
	}
}

// mixed is a few messages of ordinary services.
var mixed = []string{
	"connection from 10.42.7.19:51234 closed after 1532 ms (reset by peer)",
	"GET /api/v2/orders/918273/items?page=2 HTTP/1.1 upstream timed out while reading response header from upstream",
	"Failed to fetch user profile for customer 5f3c9a7e-0b1d-4a53-9a54-1c2d3e4f5a6b: context deadline exceeded",
	"Completed checkpoint in the background, all segments are flushed to disk",
	`level=warn component=scheduler msg="queue is long" depth=4812 wait=12.5s`,
	"com.example.orders.OrderService could not reserve stock, retrying with backoff",
}

func BenchmarkMask(b *testing.B) {
	m := New(Options{})
	var msgs [][]byte
	size := 0
	for _, s := range mixed {
		msgs = append(msgs, []byte(s))
		size += len(s)
	}
	b.SetBytes(int64(size))
	var buf []byte
	var h uint64
	for b.Loop() {
		for _, s := range msgs {
			buf = m.Mask(buf[:0], s)
			h ^= Hash(buf)
		}
	}
	if h == 1 {
		b.Log(h)
	}
}

func BenchmarkAdd(b *testing.B) {
	m := New(Options{})
	size := 0
	for _, s := range mixed {
		size += len(s)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, s := range mixed {
			m.Add("error", []byte(s), 1)
		}
	}
}

func FuzzMask(f *testing.F) {
	for _, s := range mixed {
		f.Add([]byte(s))
	}
	f.Add([]byte("\x1b["))
	f.Add([]byte("'\"`\\"))
	f.Fuzz(func(t *testing.T, msg []byte) {
		m := New(Options{})
		got := m.Mask(nil, msg)
		if bytes.ContainsAny(got, "\t\n\x1b") || bytes.Contains(got, []byte("  ")) || bytes.HasPrefix(got, []byte(" ")) {
			t.Errorf("Mask(%q) = %q holds white space or an escape", msg, got)
		}
		if strings.ContainsAny(string(got), "0123456789") {
			t.Errorf("Mask(%q) = %q still holds a digit", msg, got)
		}
		if Hash(got) == OverflowKey {
			t.Errorf("Hash(%q) is the overflow key", got)
		}
	})
}
