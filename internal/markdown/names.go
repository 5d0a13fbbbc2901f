package markdown

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// names are the places of a page that links can lead to. They are found before
// anything is written, since a link may stand in front of its place.
type names struct {
	targets  map[string]string   // from what the source calls a place to what the result calls it
	used     map[string]bool     // names of the result
	headings map[ast.Node]string // of those that have a name
	github   map[string]int      // how often GitHub has given a name
	anchors  map[string]bool     // that have no heading and are to be written; false once they are
}

func newNames() names {
	return names{
		targets: map[string]string{}, used: map[string]bool{}, headings: map[ast.Node]string{},
		github: map[string]int{}, anchors: map[string]bool{},
	}
}

// nameAll names the headings outside of lists and quotations as GitHub does
// where that is plain ASCII, so that links from elsewhere keep their targets.
// A place that the dialect cannot name is reached by the heading above it.
func (w *rewriter) nameAll(root ast.Node) {
	above := ""
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			id := w.nameHeading(n)
			if id != "" {
				above = id
			}
		case *ast.RawHTML, *ast.HTMLBlock:
			for _, id := range anchorsOf(rawOf(n, w.source)) {
				w.nameAnchor(id, above)
			}
		case *extast.Footnote:
			w.nameAnchor(footnoteID(n.Index), above)
		}
		return ast.WalkContinue, nil
	})
}

// nameHeading names a heading, and gives the name that it has in the result.
func (w *rewriter) nameHeading(n *ast.Heading) string {
	in := inlines{source: w.source}
	in.walk(n)
	theirs := githubName(in.shown())
	seen := w.names.github[theirs]
	w.names.github[theirs]++
	if seen > 0 {
		theirs += "-" + strconv.Itoa(seen)
	}
	if ast.Node(n) == w.title && w.dropsTitle() {
		return ""
	}
	top := n.Parent().Kind() == ast.KindDocument
	if w.d.Anchors == AnchorNone {
		w.names.targets[theirs] = encoded(theirs)
		return ""
	}
	if !top {
		return ""
	}
	id := w.names.fresh(plainName(theirs))
	w.names.headings[n] = id
	if _, taken := w.names.targets[theirs]; !taken {
		w.names.targets[theirs] = id
	}
	return id
}

// nameAnchor names a place that has no heading.
func (w *rewriter) nameAnchor(id, above string) {
	if _, taken := w.names.targets[id]; taken || !isName(id) {
		return
	}
	if !w.d.RawHTML {
		if above != "" {
			w.names.targets[id] = above
		}
		return
	}
	if w.names.used[id] {
		return
	}
	w.names.used[id] = true
	w.names.targets[id] = id
	w.names.anchors[id] = true
}

// place reports whether a named place is to be written here: where the page
// gives its name for the first time.
func (n *names) place(id string) bool {
	first := n.anchors[id]
	if first {
		n.anchors[id] = false
	}
	return first
}

// dropsTitle reports whether the title is left out of the text.
func (w *rewriter) dropsTitle() bool { return w.opt.DropH1 || !w.d.H1 }

// fresh gives the name, or the name with the first number that makes it new.
func (n *names) fresh(id string) string {
	for i, try := 2, id; ; i++ {
		if !n.used[try] {
			n.used[try] = true
			return try
		}
		try = id + "-" + strconv.Itoa(i)
	}
}

// githubName is what GitHub calls the place of a heading: letters, digits, marks,
// low lines and hyphens in lower case, with hyphens for spaces.
func githubName(shown string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(shown) {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plainName makes a name of ASCII letters, digits, hyphens and low lines. A name
// of which nothing would be left is made of its hash, so that it stays the same
// when headings come and go.
func plainName(name string) string {
	if isName(name) && len(name) <= 80 {
		return name
	}
	var b strings.Builder
	for _, r := range name {
		if r < 0x80 && b.Len() < 60 {
			b.WriteRune(r)
		}
	}
	h := fnv.New32a()
	h.Write([]byte(name)) // never fails
	stem := strings.Trim(b.String(), "-_")
	if stem == "" || stem[0] < 'a' {
		stem = strings.TrimSuffix("section-"+stem, "-")
	}
	return fmt.Sprintf("%s-%08x", stem, h.Sum32())
}

// isName reports a name that every site takes for one: a letter, then letters,
// digits, hyphens and low lines, the last of them no hyphen.
func isName(id string) bool {
	if id == "" || len(id) > 200 || id[len(id)-1] == '-' {
		return false
	}
	for i := 0; i < len(id); i++ {
		c := id[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '_')) {
			return false
		}
	}
	return true
}

func footnoteID(index int) string { return "note-" + strconv.Itoa(index) }
