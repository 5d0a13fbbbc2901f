package textdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines compares two texts line by line. Every piece is whole lines with their
// ends.
func Lines(a, b string) Result {
	a, b = valid(a), valid(b)
	la, lb := lines(a), lines(b)
	matches, coarse := Align(la, lb)
	r := Result{Coarse: coarse}
	for _, h := range hunks(matches, len(la), len(lb)) {
		if h.equal {
			r.add(Equal, strings.Join(la[h.a0:h.a1], ""))
			continue
		}
		r.replace(strings.Join(la[h.a0:h.a1], ""), strings.Join(lb[h.b0:h.b1], ""))
	}
	return r
}

// Words compares two texts as a person would mark them: lines first, then the
// tokens of the lines that differ. Short words that stay the same between two
// changes are marked with them, and of a stretch of which more than 60 % changed
// all is.
func Words(a, b string) Result {
	a, b = valid(a), valid(b)
	switch {
	case a == b:
		r := Result{}
		r.add(Equal, a)
		return r
	case a > b:
		return Words(b, a).Mirror()
	case !strings.Contains(a, "\n") || !strings.Contains(b, "\n"):
		return words(a, b)
	}
	r := Result{}
	for _, p := range paired(Lines(a, b), &r) {
		if p.equal {
			r.add(Equal, p.old)
			continue
		}
		inner := words(p.old, p.new)
		r.Coarse = r.Coarse || inner.Coarse
		for _, piece := range inner.Pieces {
			r.add(piece.Op, piece.Text)
		}
	}
	return r.tidy()
}

// paired gives the pieces of a result with what was deleted beside what was
// inserted for it.
func paired(lines Result, to *Result) (out []pair) {
	to.Coarse = lines.Coarse
	for _, p := range lines.Pieces {
		n := len(out)
		switch {
		case p.Op == Equal:
			out = append(out, pair{p.Text, p.Text, true})
		case p.Op == Insert && n > 0 && !out[n-1].equal && out[n-1].new == "":
			out[n-1].new = p.Text
		case p.Op == Insert:
			out = append(out, pair{"", p.Text, false})
		default:
			out = append(out, pair{p.Text, "", false})
		}
	}
	return out
}

type pair struct {
	old, new string
	equal    bool
}

// tidy puts what was deleted between two equal pieces before what was inserted
// there.
func (r Result) tidy() Result {
	out := Result{Coarse: r.Coarse}
	old, new := "", ""
	for _, p := range r.Pieces {
		switch p.Op {
		case Delete:
			old += p.Text
		case Insert:
			new += p.Text
		default:
			out.replace(old, new)
			old, new = "", ""
			out.add(Equal, p.Text)
		}
	}
	out.replace(old, new)
	return out
}

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// lines cuts a text behind each line feed.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	out := strings.SplitAfter(s, "\n")
	if out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// hunk is a stretch of both lists that is equal, or was replaced.
type hunk struct {
	a0, a1, b0, b1 int
	equal          bool
}

// hunks gives both lists as equal and replaced stretches in turn.
func hunks(matches []Match, na, nb int) (out []hunk) {
	a, b := 0, 0
	for _, m := range append(matches, Match{na, nb, 0}) {
		if m.A > a || m.B > b {
			out = append(out, hunk{a, m.A, b, m.B, false})
		}
		if m.N > 0 {
			out = append(out, hunk{m.A, m.A + m.N, m.B, m.B + m.N, true})
		}
		a, b = m.A+m.N, m.B+m.N
	}
	return out
}

// words compares the tokens of two texts in canonical order.
func words(a, b string) Result {
	ta, tb := Tokens(a), Tokens(b)
	matches, coarse := Align(ta, tb)
	m := &marked{a: ta, b: tb, hunks: hunks(matches, len(ta), len(tb))}
	m.slide()
	m.swallow()
	r := Result{Coarse: coarse}
	if m.mostlyNew() {
		r.replace(a, b)
		return r
	}
	for _, h := range m.hunks {
		if h.equal {
			r.add(Equal, strings.Join(ta[h.a0:h.a1], ""))
			continue
		}
		r.replace(strings.Join(ta[h.a0:h.a1], ""), strings.Join(tb[h.b0:h.b1], ""))
	}
	return r
}

// marked is a comparison of tokens that is being cleaned up.
type marked struct {
	a, b  []string
	hunks []hunk
}

// maxWeight is what a token counts at most: a long address is one thing.
const maxWeight = 10

// weight is how much of a stretch counts: its runes without white space.
func weight(tokens []string) int {
	n := 0
	for _, t := range tokens {
		if !blank(t) {
			n += min(utf8.RuneCountInString(t), maxWeight)
		}
	}
	return n
}

// mostlyNew reports whether more than 60 % of both texts changed.
func (m *marked) mostlyNew() bool {
	same := 0
	for _, h := range m.hunks {
		if h.equal {
			same += weight(m.a[h.a0:h.a1])
		}
	}
	return 5*2*same < 2*(weight(m.a)+weight(m.b))
}

// maxSlide is how many tokens an insertion is moved at most.
const maxSlide = 256

// slide moves what was only inserted or only deleted to where a sentence or a
// word begins, as far as the text stays the same.
func (m *marked) slide() {
	for i := 1; i < len(m.hunks); i++ {
		h := m.hunks[i]
		if h.equal || !m.hunks[i-1].equal {
			continue
		}
		list, from, to := m.b, h.b0, h.b1
		switch {
		case h.a0 == h.a1:
		case h.b0 == h.b1:
			list, from, to = m.a, h.a0, h.a1
		default:
			continue
		}
		left, right := 0, 0
		room := m.hunks[i-1].a1 - m.hunks[i-1].a0
		for left < min(room, maxSlide) && list[from-left-1] == list[to-left-1] {
			left++
		}
		room = 0
		if i+1 < len(m.hunks) {
			room = m.hunks[i+1].a1 - m.hunks[i+1].a0
		}
		for right < min(room, maxSlide) && list[from+right] == list[to+right] {
			right++
		}
		best, score := 0, -1
		for n := -left; n <= right; n++ {
			if s := boundary(list, from+n, to+n); s > score {
				best, score = n, s
			}
		}
		m.shift(i, best)
	}
	m.drop()
}

// shift moves a hunk over equal tokens; to the left where n is negative.
func (m *marked) shift(i, n int) {
	if n == 0 {
		return
	}
	m.hunks[i-1].a1 += n
	m.hunks[i-1].b1 += n
	h := &m.hunks[i]
	h.a0, h.a1, h.b0, h.b1 = h.a0+n, h.a1+n, h.b0+n, h.b1+n
	if i+1 < len(m.hunks) {
		m.hunks[i+1].a0 += n
		m.hunks[i+1].b0 += n
		return
	}
	m.hunks = append(m.hunks, hunk{h.a1, h.a1 - n, h.b1, h.b1 - n, true})
}

// drop takes out stretches that became empty, and joins what then touches.
func (m *marked) drop() {
	var out []hunk
	for _, h := range m.hunks {
		if h.a0 == h.a1 && h.b0 == h.b1 {
			continue
		}
		if n := len(out); n > 0 && out[n-1].equal == h.equal {
			out[n-1].a1, out[n-1].b1 = h.a1, h.b1
			continue
		}
		out = append(out, h)
	}
	m.hunks = out
}

// boundary says how well an edit of list[from:to] is placed: at the beginning of
// a sentence, of a word, or somewhere.
func boundary(list []string, from, to int) int {
	first, last := blank(list[from]), blank(list[to-1])
	end := to == len(list)
	switch {
	case !first && (from == 0 || from > 1 && ends(list[from-2])) && last && to-from > 1 && ends(list[to-2]):
		return 6 // whole sentences with the space behind them
	case first && from > 0 && ends(list[from-1]) && ends(list[to-1]):
		return 5 // whole sentences with the space before them
	case !first && last && (from == 0 || from > 1 && ends(list[from-2])):
		return 4
	case !first && ends(list[to-1]) && (end || blank(list[to])):
		return 3
	case !first && last:
		return 2
	case first && !last:
		return 1
	}
	return 0
}

func blank(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsSpace(r)
}

// ends reports whether a token ends a sentence.
func ends(token string) bool {
	switch token {
	case ".", "!", "?", "。", "！", "？", "؟":
		return true
	}
	return false
}

// swallow marks short stretches that stayed the same between two changes with
// them. Numbers that stayed are left in sight.
func (m *marked) swallow() {
	var out []hunk
	for _, h := range m.hunks {
		out = append(out, h)
		for n := len(out); n >= 3 && !out[n-1].equal && m.island(out[n-3], out[n-2], out[n-1]); n = len(out) {
			out[n-3].a1, out[n-3].b1 = out[n-1].a1, out[n-1].b1
			out = out[:n-2]
		}
	}
	m.hunks = out
}

// island reports whether an equal stretch is nothing between its neighbours.
func (m *marked) island(before, same, after hunk) bool {
	if before.equal || !same.equal {
		return false
	}
	words, size := 0, 0
	for _, t := range m.a[same.a0:same.a1] {
		r, _ := utf8.DecodeRuneInString(t)
		switch {
		case digit(r):
			return false
		case wordRune(r):
			words++
			size += utf8.RuneCountInString(t)
		}
	}
	if words == 0 {
		return same.a1-same.a0 <= 3
	}
	return words <= 3 && size <= m.edited(before) && size <= m.edited(after) && (size <= 8 || 3*size <= m.edited(before)+m.edited(after))
}

// edited is the size of the larger side of a change.
func (m *marked) edited(h hunk) int {
	return max(weight(m.a[h.a0:h.a1]), weight(m.b[h.b0:h.b1]))
}
