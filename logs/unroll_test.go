package logs

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// unrolled gives the lines of documents, without those that came before, and
// where they stand.
func unrolled(d *document, data []byte) ([]byte, *places) {
	u := newUnroller(d, bytes.NewReader(data))
	u.seen = &seenIDs{}
	text, err := io.ReadAll(u)
	if err != nil {
		text = append(text, ("! " + err.Error() + "\n")...)
		u.places.addLine(u.line)
	}
	return text, u.places
}

// documentFormats are the formats of documents.
func documentFormats() []Format {
	var list []Format
	for _, f := range Formats() {
		if documentOf(f.Name) != nil {
			list = append(list, f)
		}
	}
	return list
}

// Wherever the reads of a document end, its lines are the same, and each has a
// place.
func TestUnrollDoesNotDependOnReads(t *testing.T) {
	if len(documentFormats()) < 7 {
		t.Fatal("formats of documents are missing")
	}
	for _, f := range documentFormats() {
		_, a := archive(t, f.Name)
		data := a.Files[0].Data
		want, places := unrolled(documentOf(f.Name), data)
		if n := lineCount(want); n < 5 || places.n != n {
			t.Errorf("%s: %d lines, %d places", f.Name, n, places.n)
		}
		readers := map[string]io.Reader{
			"one byte":  iotest.OneByteReader(bytes.NewReader(data)),
			"half":      iotest.HalfReader(bytes.NewReader(data)),
			"end early": iotest.DataErrReader(bytes.NewReader(data)),
		}
		for name, r := range readers {
			u := newUnroller(documentOf(f.Name), r)
			u.seen = &seenIDs{}
			got, err := io.ReadAll(iotest.OneByteReader(u))
			if err != nil {
				t.Errorf("%s, %s: %v", f.Name, name, err)
			}
			sameText(t, f.Name+" "+name, string(got), string(want))
		}
		dos, _ := unrolled(documentOf(f.Name), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))
		sameText(t, f.Name+" with CRLF", strings.ReplaceAll(string(dos), "\r", ""), string(want))
	}
}

// An error of the reader comes through, behind what was read before.
func TestUnrollErrors(t *testing.T) {
	_, a := archive(t, "gcp-logging")
	data := a.Files[0].Data
	broken := errors.New("the wire broke")
	u := newUnroller(gcpDocument(), io.MultiReader(bytes.NewReader(data[:1000]), iotest.ErrReader(broken)))
	text, err := io.ReadAll(u)
	if !errors.Is(err, broken) || !bytes.HasPrefix(text, []byte(`{"insertId": "a1"`)) {
		t.Errorf("%v, %q", err, text)
	}
	u = newUnroller(gcpDocument(), bytes.NewReader(data[:1000]))
	if text, err = io.ReadAll(u); !errors.Is(err, errDocumentCut) || lineCount(text) != 3 || u.places.n != 3 {
		t.Errorf("%v, %q", err, text)
	}
	u = newUnroller(gcpDocument(), strings.NewReader(`[{"insertId":"a"},`))
	if text, err = io.ReadAll(u); !errors.Is(err, errDocumentCut) || string(text) != "{\"insertId\":\"a\"}\n" {
		t.Errorf("%v, %q", err, text)
	}
	if text, err = io.ReadAll(newUnroller(gcpDocument(), iotest.ErrReader(io.EOF))); err != nil || len(text) > 0 {
		t.Errorf("%v, %q", err, text)
	}
}

// A record that is too long for memory is one line, cut, and the next ones are
// read.
func TestUnrollLongRecord(t *testing.T) {
	long := strings.Repeat("a text with \\\" and \\\\ in it, ", (unrollMost+unrollBuffer)/20)
	data := `{"events":[{"timestamp":1,"message":"first","eventId":"1"},{"timestamp":2,"message":"` + long +
		`","eventId":"2"},{"timestamp":3,"message":"last","eventId":"3"}],"nextToken":"` + long + `"}` + "\n"
	u := newUnroller(cloudwatchDocument(), strings.NewReader(data))
	text, err := io.ReadAll(u)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) != 4 || len(lines[1]) < unrollMost || len(lines[1]) > 2*unrollMost || lines[2] != `{"timestamp":3,"message":"last","eventId":"3"}` {
		t.Errorf("%d lines", len(lines))
	}
	if got := u.places.appendPlace(nil, 2); string(got) != "#/events/2" {
		t.Errorf("the last stands at %s", got)
	}
	if len(u.buf) > 4*unrollMost {
		t.Errorf("a buffer of %d bytes", len(u.buf))
	}
}

// Nesting that is deeper than any record is passed over.
func TestUnrollDeepNesting(t *testing.T) {
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	data := `{"entries":[{"insertId":"a","x":` + deep + `},{"insertId":"b"}],"more":` + deep + `,"nextPageToken":"t"}`
	u := newUnroller(gcpDocument(), strings.NewReader(data))
	text, err := io.ReadAll(u)
	if err != nil || lineCount(text) != 2 || !u.facts.more || u.facts.returned != 2 {
		t.Errorf("%v, %d lines, %+v", err, lineCount(text), u.facts)
	}
}

// FuzzUnroll feeds any bytes to each document: it ends, each line has a place
// that can be written, and the reads do not matter.
func FuzzUnroll(f *testing.F) {
	seeds := 0
	for i, format := range documentFormats() {
		_, a := archive(f, format.Name)
		f.Add(a.Files[0].Data, byte(i))
		for line := range bytes.Lines(a.Files[0].Data) {
			f.Add(line, byte(i))
			seeds++
		}
	}
	if seeds < 50 {
		f.Fatalf("only %d seeds", seeds)
	}
	formats := documentFormats()
	f.Fuzz(func(t *testing.T, data []byte, which byte) {
		d := documentOf(formats[int(which)%len(formats)].Name)
		text, places := unrolled(d, data)
		if n := lineCount(text); n != places.n {
			t.Fatalf("%d lines, %d places", n, places.n)
		}
		for i := range places.n {
			if p := places.appendPlace(nil, i); len(p) < 2 || p[0] != ':' && p[0] != '#' {
				t.Fatalf("line %d stands at %q", i, p)
			}
		}
		u := newUnroller(d, iotest.OneByteReader(bytes.NewReader(data)))
		u.seen = &seenIDs{}
		again, err := io.ReadAll(u)
		if err != nil {
			again = append(again, ("! " + err.Error() + "\n")...)
		}
		if !bytes.Equal(again, text) {
			t.Fatalf("read byte by byte %q, else %q", again, text)
		}
		newDocumentParser(d, data)
	})
}
