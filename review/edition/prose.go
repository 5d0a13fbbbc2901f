package edition

import (
	"path"
	"regexp"
	"strings"

	"pir/internal/markdown"
)

// pieces divides a page into code and other text, in order. Blocks of code and
// code spans are code.
func pieces(page string) []piece {
	var out []piece
	at := 0
	for _, span := range codeBlocks(markdownBlocks(page), nil) {
		if span[0] > at {
			out = append(out, spans(page[at:span[0]])...)
		}
		out = append(out, piece{page[span[0]:span[1]], true, true})
		at = span[1]
	}
	return append(out, spans(page[at:])...)
}

// piece is a stretch of a page.
type piece struct {
	text  string
	code  bool
	block bool
}

func markdownBlocks(page string) []markdown.Block {
	blocks, _ := markdown.Blocks([]byte(page))
	return blocks
}

func codeBlocks(blocks []markdown.Block, list [][2]int) [][2]int {
	for _, b := range blocks {
		if b.Kind == markdown.CodeBlock {
			list = append(list, [2]int{b.Start, b.End})
			continue
		}
		list = codeBlocks(b.Children, list)
	}
	return list
}

// spans divides text into code spans and what is between them.
func spans(text string) []piece {
	var out []piece
	at := 0
	for i := 0; i < len(text); {
		if text[i] == '\\' {
			i += 2
			continue
		}
		if text[i] != '`' {
			i++
			continue
		}
		n := 1
		for i+n < len(text) && text[i+n] == '`' {
			n++
		}
		end := closing(text[i+n:], n)
		if end < 0 {
			i += n
			continue
		}
		end += i + n
		if i > at {
			out = append(out, piece{text: text[at:i]})
		}
		out = append(out, piece{text: text[i:end], code: true})
		at, i = end, end
	}
	if at < len(text) {
		out = append(out, piece{text: text[at:]})
	}
	return out
}

// closing is the end of the run of so many ticks; -1 is none in the paragraph.
func closing(text string, n int) int {
	for i := 0; i < len(text); {
		if strings.HasPrefix(text[i:], "\n\n") {
			return -1
		}
		if text[i] != '`' {
			i++
			continue
		}
		k := 1
		for i+k < len(text) && text[i+k] == '`' {
			k++
		}
		if k == n {
			return i + k
		}
		i += k
	}
	return -1
}

// comment is one in running text.
var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// uncommented leaves out comments that stand in running text.
func uncommented(page string) string {
	if !strings.Contains(page, "<!--") {
		return page
	}
	var b strings.Builder
	for _, p := range pieces(page) {
		if p.code {
			b.WriteString(p.text)
		} else {
			b.WriteString(comment.ReplaceAllString(p.text, ""))
		}
	}
	return b.String()
}

// Marks that stand for what code showed, while its surroundings are read: no
// page has them, since Markdown shows control characters as such.
const (
	originMark = "\x01"
	codeOpen   = "\x02"
	codeClose  = "\x03"
)

var (
	citations  = regexp.MustCompile(`[ \t]*\[\[[0-9]{1,6}\]\](?:\(#evidence-[0-9]+\))?`)
	reference  = regexp.MustCompile(`\[([^\[\]\n]*)\]\[[0-9]{1,6}\]`)
	anchorLink = regexp.MustCompile(`\[([^\[\]\n]*)\]\(#(?:evidence)-[0-9]+\)`)
	definition = regexp.MustCompile(`(?m)^[ \t]{0,3}\[([0-9]{1,6})\]:[ \t]*#evidence-[0-9]+[ \t]*\r?\n?`)
	bareNumber = regexp.MustCompile(`\[([0-9]{1,6})\]`)
	localLink  = regexp.MustCompile(`\[([^\[\]\n]*)\]\(<?([^()\s<>]*)>?(?:[ \t]+"[^"\n]*")?\)`)
	onlyPlaces = regexp.MustCompile(`[ \t]*\((?:[\s,;†]|and|` + originMark + `)*` + originMark + `(?:[\s,;†]|and|` + originMark + `)*\)`)
	loosePlace = regexp.MustCompile(`(?:the )?` + originMark + `(?:(?:,| and|, and) ` + originMark + `)*`)
	place      = regexp.MustCompile("^`+ ?([^`]+?)(:[0-9]+(?:-[0-9]+)?|@[0-9]+|#/[^`]*)? ?`+$")
	toEvidence = regexp.MustCompile(`[ \t]*Numbers in brackets lead to the evidence at the end\.`)
	eventID    = regexp.MustCompile("`?\\b([esb][0-9a-f]{12})\\b`?")
)

// plain takes citations, places of evidence, ids, comments and links into the
// house out of the text of a page. Blocks of code stay.
func (e *Edition) plain(page string) string {
	var b strings.Builder
	var kept []string
	for _, p := range pieces(page) {
		switch {
		case p.code && !p.block && e.isPlace(p.text):
			b.WriteString(originMark)
		case p.code:
			kept = append(kept, p.text)
			b.WriteString(codeOpen + codeClose)
		default:
			b.WriteString(strings.NewReplacer(originMark, "", codeOpen, "", codeClose, "").Replace(p.text))
		}
	}
	text := comment.ReplaceAllString(b.String(), "")
	text = definition.ReplaceAllString(text, "")
	text = citations.ReplaceAllString(text, "")
	text = reference.ReplaceAllString(text, "$1")
	text = anchorLink.ReplaceAllString(text, "$1")
	text = e.unnumbered(text)
	text = localLink.ReplaceAllStringFunc(text, outward)
	text = onlyPlaces.ReplaceAllString(text, "")
	text = loosePlace.ReplaceAllString(text, "the records")
	text = toEvidence.ReplaceAllString(text, "")
	text = e.withoutIDs(text)
	for strings.Contains(text, codeOpen+codeClose) && len(kept) > 0 {
		code := kept[0]
		kept = kept[1:]
		text = strings.Replace(text, codeOpen+codeClose, e.withoutIDs(code), 1)
	}
	return text
}

// unnumbered takes out a bare [3] where the page leads it to the evidence. An
// index, as in a[3], stays.
func (e *Edition) unnumbered(text string) string {
	leads := map[string]bool{}
	for _, m := range definition.FindAllSubmatch(e.doc.Source, -1) {
		leads[string(m[1])] = true
	}
	var b strings.Builder
	at := 0
	for _, m := range bareNumber.FindAllStringSubmatchIndex(text, -1) {
		start, end := m[0], m[1]
		if !leads[text[m[2]:m[3]]] || end < len(text) && strings.IndexByte("[](:", text[end]) >= 0 || start > 0 && strings.IndexByte(" \t\n(", text[start-1]) < 0 {
			continue
		}
		for start > at && (text[start-1] == ' ' || text[start-1] == '\t') {
			start--
		}
		b.WriteString(text[at:start])
		at = end
	}
	return b.String() + text[at:]
}

// outward keeps links to whole addresses and to places on the page.
func outward(link string) string {
	m := localLink.FindStringSubmatch(link)
	lower := strings.ToLower(m[2])
	for _, scheme := range []string{"http://", "https://", "mailto:", "#"} {
		if strings.HasPrefix(lower, scheme) {
			return link
		}
	}
	return m[1]
}

// isPlace reports whether a code span names a source of ours, or a place in one.
func (e *Edition) isPlace(code string) bool {
	m := place.FindStringSubmatch(code)
	if m == nil || strings.ContainsAny(m[1], " \t") {
		return false
	}
	if e.doc.Sidecar != nil {
		for _, s := range e.doc.Sidecar.Timeline.Sources {
			if s.Path == m[1] || path.Base(s.Path) == m[1] && strings.Contains(m[1], ".") {
				return true
			}
		}
	}
	return m[2] != "" && path.Ext(m[1]) != "" && !strings.Contains(m[1], "//") && !allDigits(path.Ext(m[1])[1:])
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// withoutIDs takes out the ids of events.
func (e *Edition) withoutIDs(text string) string {
	return eventID.ReplaceAllStringFunc(text, func(m string) string {
		if e.ids[strings.Trim(m, "`")] {
			return "…"
		}
		return m
	})
}

var (
	emptyParens = regexp.MustCompile(`[ \t]*\([\s,;]*\)`)
	spaceBefore = regexp.MustCompile(`([^\s|])[ \t]+([,;:.!?])([\s]|$)`)
	manyBlank   = regexp.MustCompile(`\n{3,}`)
)

// tidy mends what taking out leaves behind: empty brackets, spaces in front of
// stops, blank lines. Code stays as it is.
func tidy(page string) string {
	var b strings.Builder
	for _, p := range pieces(page) {
		if p.code {
			b.WriteString(p.text)
			continue
		}
		text := emptyParens.ReplaceAllString(p.text, "")
		text = spaceBefore.ReplaceAllString(text, "$1$2$3")
		text = manyBlank.ReplaceAllString(text, "\n\n")
		b.WriteString(text)
	}
	return strings.Trim(b.String(), "\n") + "\n"
}

// livePlaceholder is a placeholder that Markdown would take for a link.
var livePlaceholder = regexp.MustCompile(`(^|[^\\])\[([a-z]+(?:-[a-z]+)*-[0-9]+)\]([(:\[])`)

// defused keeps placeholders from being read as links or definitions.
func defused(page string) string {
	return livePlaceholder.ReplaceAllString(page, `$1\[$2]$3`)
}

// withoutEmptySections leaves out headings below which nothing is left. Each
// round may empty the section around.
func withoutEmptySections(page string) string {
	for range 6 {
		blocks := markdownBlocks(page)
		var b strings.Builder
		at := 0
		for i, h := range blocks {
			last := i+1 == len(blocks)
			if h.Kind != markdown.Heading || h.Level < 2 || !last && (blocks[i+1].Kind != markdown.Heading || blocks[i+1].Level > h.Level) {
				continue
			}
			end := len(page)
			if !last {
				end = lineStart(page, blocks[i+1].Start)
			}
			b.WriteString(page[at:lineStart(page, h.Start)])
			at = end
		}
		if at == 0 {
			break
		}
		page = b.String() + page[at:]
	}
	return page
}

func lineStart(page string, at int) int { return strings.LastIndexByte(page[:at], '\n') + 1 }
