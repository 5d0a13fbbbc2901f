package textdiff

import "strings"

// Op is what became of a piece of text.
type Op int8

// The operations.
const (
	Delete Op = iota - 1 // only in the old text
	Equal                // in both
	Insert               // only in the new text
)

// Piece is a stretch of text with what became of it.
type Piece struct {
	Op   Op
	Text string // never empty
}

// Result is how one text became another, in the order of the text. Between two
// equal pieces stands at most one deleted and after it at most one inserted one.
type Result struct {
	Pieces []Piece
	Coarse bool // the bound of work was met: more is marked than had to be
}

// Before gives the old text, as valid UTF-8.
func (r Result) Before() string { return r.side(Delete) }

// After gives the new text, as valid UTF-8.
func (r Result) After() string { return r.side(Insert) }

func (r Result) side(op Op) string {
	var b strings.Builder
	for _, p := range r.Pieces {
		if p.Op == Equal || p.Op == op {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// Same reports whether nothing was changed.
func (r Result) Same() bool {
	for _, p := range r.Pieces {
		if p.Op != Equal {
			return false
		}
	}
	return true
}

// Mirror gives the result of the swapped comparison.
func (r Result) Mirror() Result {
	m := Result{Coarse: r.Coarse}
	if r.Pieces == nil {
		return m
	}
	m.Pieces = make([]Piece, 0, len(r.Pieces))
	for i := 0; i < len(r.Pieces); i++ {
		p := r.Pieces[i]
		if p.Op == Delete && i+1 < len(r.Pieces) && r.Pieces[i+1].Op == Insert {
			next := r.Pieces[i+1]
			m.Pieces = append(m.Pieces, Piece{Delete, next.Text}, Piece{Insert, p.Text})
			i++
			continue
		}
		m.Pieces = append(m.Pieces, Piece{-p.Op, p.Text})
	}
	return m
}

// Replaced gives the coarsest comparison of all: the old text was deleted and the
// new one inserted.
func Replaced(old, new string) Result {
	r := Result{Coarse: true}
	if old, new = valid(old), valid(new); old == new {
		r.add(Equal, old)
		return r
	}
	r.replace(old, new)
	return r
}

// add appends a piece, joining it to one of its kind. Empty text is dropped.
func (r *Result) add(op Op, text string) {
	if text == "" {
		return
	}
	if n := len(r.Pieces); n > 0 && r.Pieces[n-1].Op == op {
		r.Pieces[n-1].Text += text
		return
	}
	r.Pieces = append(r.Pieces, Piece{op, text})
}

// replace appends what was deleted and what was inserted in its place.
func (r *Result) replace(old, new string) {
	r.add(Delete, old)
	r.add(Insert, new)
}
