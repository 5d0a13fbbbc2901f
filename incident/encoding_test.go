package incident

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestTextCheck(t *testing.T) {
	for _, c := range []struct {
		text       string
		bad, first int
	}{
		{"plain\ntext\n", 0, 0},
		{"größe 四 👩\n", 0, 0},
		{"one\ntwo \xff\xfe\n", 2, 2},
		{"cut at the end \xe5\x9b", 2, 1},
		{"\xe5 begins a character", 1, 1},
		{"", 0, 0},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.text), iotest.OneByteReader(strings.NewReader(c.text)), iotest.DataErrReader(strings.NewReader(c.text))} {
			check := &textCheck{r: r}
			got, err := io.ReadAll(check)
			if err != nil || string(got) != c.text || check.bad != c.bad || check.first != c.first {
				t.Errorf("%q: got %q, %v, %d bad from line %d; want %d from %d", c.text, got, err, check.bad, check.first, c.bad, c.first)
			}
		}
	}
}

// FuzzTextCheck: the count does not depend on how the text is cut.
func FuzzTextCheck(f *testing.F) {
	f.Add([]byte("one\ntwo \xff\xfe 四\n"), 3)
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		if cut < 0 || cut > len(data) {
			return
		}
		check := &textCheck{r: io.MultiReader(bytes.NewReader(data[:cut]), bytes.NewReader(data[cut:]))}
		if _, err := io.ReadAll(check); err != nil {
			t.Fatal(err)
		}
		bad := 0
		for rest := data; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			if r == utf8.RuneError && size == 1 {
				bad++
			}
			rest = rest[size:]
		}
		if check.bad != bad {
			t.Errorf("%q cut at %d: %d bad bytes, want %d", data, cut, check.bad, bad)
		}
	})
}
