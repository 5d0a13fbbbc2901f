package diff

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"pir/internal/textdiff"
)

// around is how many lines that stayed stand around a change.
const around = 3

// edit is a line of the unified form.
type edit struct {
	op   byte // ' ', '-', '+'
	text string
}

// WriteUnified writes how the Markdown changed as patch(1) reads it, byte for
// byte: every line that differs, whether or not it says anything else. Bytes that
// are no UTF-8 cannot be told apart in it; a page that has some is an error.
func (d *Diff) WriteUnified(w io.Writer) error {
	if bytes.Equal(d.from, d.to) {
		return nil
	}
	for _, side := range []struct {
		name string
		text []byte
	}{{d.From, d.from}, {d.To, d.to}} {
		if !utf8.Valid(side.text) {
			return fmt.Errorf("%s: the unified form needs UTF-8; --format text shows the changes", side.name)
		}
	}
	var edits []edit
	for _, p := range textdiff.Lines(string(d.from), string(d.to)).Pieces {
		op := map[textdiff.Op]byte{textdiff.Equal: ' ', textdiff.Delete: '-', textdiff.Insert: '+'}[p.Op]
		for l := range strings.Lines(p.Text) {
			edits = append(edits, edit{op, l})
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", headName(d.From), headName(d.To))
	for i := 0; i < len(edits); {
		i = hunkOf(&b, edits, i)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// headName is a name as the head of a patch has it: one line, no controls.
func headName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return '?'
		}
		return r
	}, name)
}

// hunkOf writes the next hunk from edits[i] on, and gives where it ends.
func hunkOf(b *bytes.Buffer, edits []edit, i int) int {
	first := i
	for first < len(edits) && edits[first].op == ' ' {
		first++
	}
	if first == len(edits) {
		return first
	}
	end, last := first, first
	for end < len(edits) && end-last <= 2*around {
		if edits[end].op != ' ' {
			last = end
		}
		end++
	}
	start, end := max(0, first-around), min(len(edits), last+1+around)
	lineA, lineB := 1, 1
	for _, e := range edits[:start] {
		if e.op != '+' {
			lineA++
		}
		if e.op != '-' {
			lineB++
		}
	}
	na, nb := 0, 0
	var body bytes.Buffer
	for _, e := range edits[start:end] {
		if e.op != '+' {
			na++
		}
		if e.op != '-' {
			nb++
		}
		body.WriteByte(e.op)
		body.WriteString(e.text)
		if !strings.HasSuffix(e.text, "\n") {
			body.WriteString("\n\\ No newline at end of file\n")
		}
	}
	fmt.Fprintf(b, "@@ -%s +%s @@\n", rangeOf(lineA, na), rangeOf(lineB, nb))
	b.Write(body.Bytes())
	return end
}

func rangeOf(line, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", line-1)
	case 1:
		return fmt.Sprint(line)
	}
	return fmt.Sprintf("%d,%d", line, n)
}
