package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line writes pieces as one line.
type lineWriter struct {
	w    *rewriter
	list []piece
	b    strings.Builder
	cell bool
	// bare places take text only, with references for all that means something.
	bare bool
}

// line gives the pieces as one line of the dialect, without space at its ends.
func (w *rewriter) line(list []piece, cell bool) string {
	lw := &lineWriter{w: w, list: list, cell: cell}
	return lw.write()
}

// bareLine gives the text of the pieces for a place that knows no Markdown.
func (w *rewriter) bareLine(list []piece) string {
	lw := &lineWriter{w: w, list: list, bare: true}
	return lw.write()
}

func (lw *lineWriter) write() string {
	links := 0
	for i, p := range lw.list {
		switch p.kind {
		case pieceLink:
			links++
		case pieceLinkEnd:
			links--
		}
		if lw.bare && p.kind != pieceText && p.kind != pieceCode && p.kind != pieceBreak {
			if p.kind == pieceImage {
				lw.text(i, p.text, false)
			}
			continue
		}
		lw.piece(i, p, links > 0)
	}
	return strings.TrimRight(lw.b.String(), " ")
}

func (lw *lineWriter) piece(i int, p piece, link bool) {
	d := lw.w.d
	switch p.kind {
	case pieceText:
		if link && (p.text == "x" || p.text == "X") && strings.HasSuffix(lw.b.String(), "[") {
			lw.b.WriteString(reference1(p.text[0])) // [x] would be a box
			return
		}
		lw.text(i, p.text, link)
	case pieceCode:
		if v := Visible(p.text); v != "" && lw.bare {
			lw.text(i, v, link)
		} else if v != "" {
			lw.b.WriteString(d.code(v, strings.HasSuffix(lw.b.String(), "`"), lw.cell))
		}
	case pieceBreak:
		lw.lineBreak()
	case pieceAnchor:
		lw.b.WriteString(`<a id="` + p.to + `"></a>`)
	case pieceImage:
		says := strings.TrimSpace(d.escape(Visible(p.text), around{before: '[', after: ']', link: true, entities: true}))
		lw.b.WriteString("![" + says + "](" + destination(p.to) + ")")
	case pieceOpen, pieceClose:
		lw.style(i, p)
	case pieceLink:
		lw.b.WriteByte('[')
	case pieceLinkEnd:
		lw.b.WriteString("](" + destination(p.to) + ")")
	}
}

// text writes a text. White space at its ends is kept as one space.
func (lw *lineWriter) text(i int, s string, link bool) {
	v := Visible(s)
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	written := lw.b.String()
	if s != "" && unicode.IsSpace(first) && written != "" && !strings.HasSuffix(written, " ") {
		lw.b.WriteByte(' ')
	}
	if v == "" {
		return
	}
	at := around{before: lw.before(), after: lw.after(i), link: link, entities: lw.bare}
	if unicode.IsSpace(last) {
		at.after = ' '
		if lw.after(i) == 0 {
			at.after = 0
		}
	}
	d := lw.w.d
	if lw.bare {
		at.link = true
	}
	lw.b.WriteString(d.escape(v, at))
	if unicode.IsSpace(last) {
		lw.b.WriteByte(' ')
	}
}

// before is the byte in front of what is written next; 0 at the start.
func (lw *lineWriter) before() byte {
	s := lw.b.String()
	if s == "" {
		return 0
	}
	return s[len(s)-1]
}

// after says what follows the i-th piece: the first byte of a text, a sign for
// other pieces, 0 at the end.
func (lw *lineWriter) after(i int) byte {
	for i++; i < len(lw.list); i++ {
		switch p := lw.list[i]; p.kind {
		case pieceText:
			if p.text != "" {
				return p.text[0]
			}
		case pieceCode:
			return '`'
		case pieceLink, pieceImage:
			return '['
		default:
			return '<'
		}
	}
	return 0
}

func (lw *lineWriter) lineBreak() {
	switch {
	case lw.b.Len() == 0:
	case lw.bare || !lw.w.d.RawHTML:
		if !strings.HasSuffix(lw.b.String(), " ") {
			lw.b.WriteByte(' ')
		}
	default:
		lw.b.WriteString("<br />")
	}
}

// style writes the start or end of a style: with marks where every reader takes
// them for marks, else as elements, else not at all.
func (lw *lineWriter) style(i int, p piece) {
	start := i
	if p.kind == pieceClose {
		start = p.other
	}
	mark := map[string]string{"em": "*", "strong": "**", "del": "~~"}[p.text]
	d := lw.w.d
	if p.text == "del" && d.Portable && d.RawHTML {
		mark = ""
	}
	switch {
	case lw.list[start].other == start+1: // shows nothing
	case mark != "" && lw.marked(start):
		lw.b.WriteString(mark)
	case d.RawHTML && p.kind == pieceOpen:
		lw.b.WriteString("<" + p.text + ">")
	case d.RawHTML:
		lw.b.WriteString("</" + p.text + ">")
	}
}

// marked reports whether marks around a style are read as such by everybody:
// they stand between words, and enclose no other style.
func (lw *lineWriter) marked(start int) bool {
	end := lw.list[start].other
	for i := start + 1; i < end; i++ {
		if k := lw.list[i].kind; k != pieceText && k != pieceCode && k != pieceLink && k != pieceLinkEnd {
			return false
		}
	}
	inner, outer := lw.list[start+1], lw.list[end-1]
	first, _ := utf8.DecodeRuneInString(inner.text)
	last, _ := utf8.DecodeLastRuneInString(outer.text)
	if start > 0 {
		before, _ := utf8.DecodeLastRuneInString(lw.list[start-1].text)
		if lw.list[start-1].kind != pieceText || !unicode.IsSpace(before) {
			return false
		}
	}
	after := ' '
	if end+1 < len(lw.list) {
		if lw.list[end+1].kind != pieceText {
			return false
		}
		after, _ = utf8.DecodeRuneInString(lw.list[end+1].text)
	}
	if lw.w.d.CommonMark && unicode.IsSpace(after) {
		return (inner.kind != pieceText || !unicode.IsSpace(first)) && (outer.kind != pieceText || !unicode.IsSpace(last))
	}
	return inner.kind == pieceText && outer.kind == pieceText && isLetter(first) &&
		(isLetter(last) && (unicode.IsSpace(after) || strings.ContainsRune(".,;", after)) || strings.ContainsRune(".,;", last) && unicode.IsSpace(after))
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
