package diff

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"unicode"

	"pir/internal/textdiff"
	"pir/review/document"
	"pir/templates"
)

// htmlPage is what the template of the page sees. All texts are texts: the
// template escapes them.
type htmlPage struct {
	From, To, Counts string
	Policy           string
	Style            template.CSS
	Script           template.JS
	Coarse           []string
	Facts            []htmlFact
	Runs             []htmlRun
}

type htmlFact struct {
	Told
	Sign, Href string
	Line       int
	Body       [][]textdiff.Piece
}

// htmlRun is a run of strips; one of many that stayed the same is folded, and
// says so.
type htmlRun struct {
	Folded string
	Strips []htmlStrip
}

type htmlStrip struct {
	Class, ID      string
	Old, New, Both *htmlSide
}

type htmlSide struct {
	Line  int
	Tag   string
	Text  []textdiff.Piece
	Cells [][]textdiff.Piece
}

// WriteHTML writes the diff as one page that needs nothing else: the facts, then
// both reviews beside each other or in one column. Its policy lets no request
// leave the page, and nothing run but the script that is in it.
func (d *Diff) WriteHTML(w io.Writer) error {
	files := templates.Site()
	t, err := template.ParseFS(files, "diff.html.tmpl")
	if err != nil {
		return err
	}
	style, err := fs.ReadFile(files, "diff.css")
	if err != nil {
		return err
	}
	script, err := fs.ReadFile(files, "diff.js")
	if err != nil {
		return err
	}
	p := htmlPage{
		From: plainText(cmp.Or(d.From, "-")), To: plainText(cmp.Or(d.To, "-")), Counts: d.Counts(),
		Style: template.CSS(style), Script: template.JS(script), Coarse: d.Coarse,
		Policy: "default-src 'none'; img-src data:; style-src " + digest(style) + "; script-src " + digest(script) + "; base-uri 'none'; form-action 'none'",
	}
	lines := map[int]bool{}
	p.Runs = d.runs(lines)
	for _, c := range d.Of(Facts) {
		p.Facts = append(p.Facts, factOf(c, lines))
	}
	return t.Execute(w, p)
}

// digest is a hash as a policy names it.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// factSigns stand before a fact, by its verb.
var factSigns = map[string]string{
	"added": "+", "asked": "+", "gained evidence": "+", "removed": "−", "dropped": "−", "gone": "−",
	"lost its evidence": "−", "done": "✓", "answered": "✓", "moved": "→", "retimed": "→", "slipped": "!", "reopened": "!",
}

func factOf(c Change, lines map[int]bool) htmlFact {
	t := c.Told()
	f := htmlFact{Told: Told{plainText(t.What), t.Verb, plainText(t.From), plainText(t.To), plainText(t.Note), t.Join}, Line: c.To.Line}
	f.Sign = cmp.Or(factSigns[t.Verb], "~")
	if lines[c.To.Line] {
		f.Href = "#n" + strconv.Itoa(c.To.Line)
	}
	for _, r := range c.Body() {
		if len(c.Body()) == 1 || !r.Same() {
			f.Body = append(f.Body, pieces(r.Pieces, 0))
		}
	}
	return f
}

// Runs of strips that stayed are folded from this length on, but for the ends.
const (
	foldFrom = 7
	foldEnds = 2
)

// runs gives the strips, with what stayed folded. It notes the lines that have a
// strip.
func (d *Diff) runs(lines map[int]bool) []htmlRun {
	var out []htmlRun
	open := func(s []Strip) {
		run := htmlRun{}
		for i := range s {
			run.Strips = append(run.Strips, stripOf(&s[i], lines))
		}
		if len(s) > 0 {
			out = append(out, run)
		}
	}
	for i := 0; i < len(d.Strips); {
		n := i
		for n < len(d.Strips) && (d.Strips[n].State == Same) == (d.Strips[i].State == Same) {
			n++
		}
		s := d.Strips[i:n]
		if d.Strips[i].State != Same || len(s) < foldFrom {
			open(s)
		} else {
			open(s[:foldEnds])
			open(s[foldEnds : len(s)-foldEnds])
			last := &out[len(out)-1]
			last.Folded = number(len(last.Strips), "paragraph", "paragraphs") + " that stayed"
			open(s[len(s)-foldEnds:])
		}
		i = n
	}
	return out
}

func stripOf(s *Strip, lines map[int]bool) htmlStrip {
	u := cmp.Or(s.To, s.From)
	h := htmlStrip{Class: "strip " + classOf(s.State) + " " + kindClass(u)}
	if s.To != nil && s.To.Line > 0 && !lines[s.To.Line] {
		lines[s.To.Line] = true
		h.ID = "n" + strconv.Itoa(s.To.Line)
	}
	tags := map[State]string{Away: "moved away", Here: "moved here"}
	if s.From != nil {
		h.Old = sideOf(s.From, s.Words, -1)
		h.Old.Tag = tags[s.State]
	}
	if s.To != nil {
		h.New = sideOf(s.To, s.Words, 1)
		h.New.Tag = tags[s.State]
	}
	if s.State == Changed {
		h.Both = sideOf(s.To, s.Words, 0)
	}
	return h
}

func classOf(s State) string {
	switch s {
	case Same:
		return "same"
	case Here:
		return "change moved-here"
	}
	return "change " + string(s)
}

func kindClass(u *Unit) string {
	k := string(u.Kind)
	switch u.Kind {
	case Heading:
		return "heading l" + strconv.Itoa(min(u.Depth, 3))
	case document.Item:
		return k + " d" + strconv.Itoa(min(u.Depth, 3))
	}
	return k
}

// sideOf is a unit as a side shows it: -1 the old one, 1 the new one, 0 both in
// one.
func sideOf(u *Unit, words []textdiff.Result, side textdiff.Op) *htmlSide {
	h := &htmlSide{Line: u.Line}
	switch {
	case words == nil && u.Cells != nil:
		for _, c := range u.Cells {
			h.Cells = append(h.Cells, pieces([]textdiff.Piece{{Op: textdiff.Equal, Text: c}}, side))
		}
	case words == nil:
		h.Text = pieces([]textdiff.Piece{{Op: textdiff.Equal, Text: u.shown()}}, side)
	case u.Cells != nil:
		for _, r := range words {
			if p := pieces(r.Pieces, side); len(p) > 0 || side == 0 || len(r.Pieces) == 0 {
				h.Cells = append(h.Cells, p)
			}
		}
	default:
		h.Text = pieces(words[0].Pieces, side)
	}
	return h
}

// pieces gives those of a side, made harmless to look at.
func pieces(list []textdiff.Piece, side textdiff.Op) (out []textdiff.Piece) {
	for _, p := range list {
		if p.Text != "" && (p.Op == textdiff.Equal || side == 0 || p.Op == side) {
			out = append(out, textdiff.Piece{Op: p.Op, Text: plainText(p.Text)})
		}
	}
	return out
}

// plainText writes out what shows nothing or turns the direction of text. Line
// feeds and tabs stay, and so do the joiners that scripts and emoji need.
func plainText(s string) string {
	odd := func(r rune) bool {
		return r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' ||
			unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' && (r < 0xe0020 || r > 0xe007f)
	}
	if strings.IndexFunc(s, odd) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !odd(r):
			b.WriteRune(r)
		case r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
