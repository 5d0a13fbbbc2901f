package source

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"pir/internal/when"
	"pir/timeline"
)

const (
	defaultMaxBytes = 256 << 20
	maxRaw          = 16 << 10 // bytes of a record that are kept for quoting
	maxErrorText    = 200      // bytes of a record that a SyntaxError shows
)

// readText reads a whole document as UTF-8 without a byte order mark.
func readText(ctx context.Context, doc Document, opt Options) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	limit := opt.MaxBytes
	if limit <= 0 {
		limit = defaultMaxBytes
	}
	r, err := doc.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doc.Name, err)
	}
	defer r.Close()
	data, err := readAll(io.LimitReader(r, limit+1))
	if err != nil && len(data) == 0 {
		return nil, fmt.Errorf("%s: %w", doc.Name, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s: larger than %d MiB, the limit for documents; cut it to the hours of the incident", doc.Name, limit>>20)
	}
	if err != nil {
		// What arrived before the fault is still evidence.
		return decodeText(data), fmt.Errorf("%s: cut short after %d bytes: %w", doc.Name, len(data), err)
	}
	return decodeText(data), nil
}

// readAll reads to the end, as io.ReadAll does, and needs less room for it: the
// pieces are joined once.
func readAll(r io.Reader) ([]byte, error) {
	var pieces [][]byte
	var err error
	total := 0
	piece := make([]byte, 0, 64<<10)
	for err == nil {
		var n int
		n, err = r.Read(piece[len(piece):cap(piece)])
		piece, total = piece[:len(piece)+n], total+n
		if len(piece) == cap(piece) && err == nil {
			pieces = append(pieces, piece)
			piece = make([]byte, 0, min(2*cap(piece), 8<<20))
		}
	}
	if err == io.EOF {
		err = nil
	}
	if len(pieces) == 0 {
		return piece, err
	}
	data := make([]byte, 0, total)
	for i := range pieces {
		data = append(data, pieces[i]...)
		pieces[i] = nil
	}
	return append(data, piece...), err
}

// decodeText takes a byte order mark off, and turns UTF-16 into UTF-8 where one
// announces it.
func decodeText(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], 1, 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], 0, 1)
	}
	return data
}

func decodeUTF16(data []byte, high, low int) []byte {
	out := make([]byte, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(data[i+high])<<8 | rune(data[i+low])
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, rune(data[i+2+high])<<8|rune(data[i+2+low])); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// sink takes what a parser finds to the reader of its sequence.
type sink struct {
	ctx   context.Context
	path  string
	opt   Options
	yield func(timeline.Event, error) bool
	done  bool            // the reader has had enough
	bads  int             // records that could not be read, so far
	fired map[string]bool // alerts that were told to fire, by key
}

// sequence runs a parser over a whole document. A document that is cut short
// is parsed as far as it goes; what is wrong with it comes last.
func sequence(ctx context.Context, doc Document, opt Options, parse func(s *sink, data []byte)) iter.Seq2[timeline.Event, error] {
	return func(yield func(timeline.Event, error) bool) {
		s := &sink{ctx: ctx, path: doc.Name, opt: opt, yield: yield}
		data, err := readText(ctx, doc, opt)
		if len(data) > 0 {
			parse(s, data)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil && !s.done {
			yield(timeline.Event{}, err)
		}
	}
}

// stopped reports whether there is no use in going on.
func (s *sink) stopped() bool { return s.done || s.ctx.Err() != nil }

// event yields an event after filling in what is the same for all events of
// the source.
func (s *sink) event(e timeline.Event) {
	if s.stopped() {
		return
	}
	e.Source = s.opt.Source
	if s.opt.Party != "" {
		e.Party = s.opt.Party // the user knows better than the document
	}
	if len(e.Components) == 0 && s.opt.Component != "" {
		e.Components = []string{s.opt.Component}
	}
	if e.ZoneFrom == when.ZoneAssumed && !e.Time.IsZero() {
		addFlag(&e, timeline.FlagZone)
	}
	if e.Doubt != "" {
		addFlag(&e, timeline.FlagZoneDoubt)
	}
	if e.Kind == timeline.KindChat && isProgram(e.Actor) {
		addFlag(&e, timeline.FlagBot)
	}
	e.Raw = cut(e.Raw, maxRaw)
	s.done = !s.yield(e, nil)
}

// leave tells of a record that has no row.
func (s *sink) leave() {
	if s.opt.LeftOut != nil && !s.stopped() {
		s.opt.LeftOut()
	}
}

// bad yields a record that could not be read.
func (s *sink) bad(origin timeline.Origin, text, format string, args ...any) {
	if s.stopped() {
		return
	}
	s.bads++
	fault := &SyntaxError{Origin: origin, Message: fmt.Sprintf(format, args...),
		Text: cut(withoutSecrets(cut(text, 4*maxErrorText)), maxErrorText)}
	s.done = !s.yield(timeline.Event{}, fault)
}

func addFlag(e *timeline.Event, flag string) {
	if !e.HasFlag(flag) {
		e.Flags = append(e.Flags, flag)
	}
}

// stamp puts a time that was read on an event.
func stamp(e *timeline.Event, t when.Stamp) {
	e.Time, e.TimeText, e.Precision, e.Approx = t.Time, t.Text, t.Precision, t.Approx
	e.ZoneFrom, e.Doubt = t.ZoneFrom, t.Doubt
}

// cut shortens a text to at most n bytes, between runes.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// oneLine collapses white space, line ends included.
func oneLine(text string) string {
	if isOneLine(text) {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// isOneLine reports whether there is nothing to collapse: most texts are so.
func isOneLine(text string) bool {
	space := true // one at the beginning would be taken off
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space
}

// longTitle is the length in bytes above which the first line of a text is cut
// after its first sentence.
const longTitle = 160

// titleAndBody splits a text into its first line, or the first sentence of a
// long one, and the rest. No word is in both, so that nothing is mined twice.
func titleAndBody(text string) (title, body string) {
	text = strings.TrimSpace(text)
	title, body, _ = strings.Cut(text, "\n")
	if len(title) > longTitle {
		if i := sentenceEnd(title); i > 0 {
			title, body = title[:i], strings.TrimSpace(title[i:])+"\n"+body
		}
	}
	return oneLine(title), strings.TrimSpace(body)
}

// sentenceEnd finds where the first sentence of a line ends; 0 when it is the
// only one. A point that is followed by a small letter ends nothing.
func sentenceEnd(line string) int {
	for i := 20; i+2 < len(line); i++ {
		if strings.IndexByte(".!?", line[i]) < 0 || line[i+1] != ' ' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(line[i+2:])
		if strings.ToLower(string(next)) != string(next) {
			return i + 1
		}
	}
	return 0
}
