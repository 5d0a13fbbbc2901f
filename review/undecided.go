package review

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"pir/review/document"
)

// ConflictError is a page in which somebody has yet to choose between two texts:
// markers of git, or of an earlier update. What stands between them is both
// texts, so that nobody can say which of it is written and which is generated.
type ConflictError struct {
	Line   int    // of the first marker
	Marker string // as it stands
}

// Error says what stands there, without its place.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("nobody has decided this conflict yet: %s", e.Marker)
}

// conflictLine is a marker of a conflict: git's, or ours, which may be the first
// cell of a row. Formatters escape some of them.
var conflictLine = regexp.MustCompile(`^[ \t>]*(?:\|[ \t]*)?\\?<{7}(?:[ \t].*)?$|^[ \t]*(?:\|[ \t]*)?\\?>{7}(?:[ \t].*)?$|^[ \t]*\|{7} [^|]+$`)

// conflictMiddle parts the two texts. Elsewhere it underlines a heading.
var conflictMiddle = regexp.MustCompile(`^[ \t]*(?:\|[ \t]*)?\\?={7}[ \t]*(?:\|[ \t|]*)?$`)

// undecided gives the first marker of a conflict in a page; nil where there is
// none. In the writer's code they are examples.
func undecided(d *document.Document) error {
	code := codeIn(d)
	generated := func(at int) bool {
		for _, p := range d.Parts {
			if !p.Internal && at >= p.Inner.Start && at < p.Inner.End {
				return true
			}
		}
		return false
	}
	at := 0
	for i, line := range bytes.SplitAfter(d.Source, []byte("\n")) {
		text := strings.TrimRight(string(line), "\r\n")
		if conflictLine.MatchString(text) && (generated(at) || !inside(code, at)) || conflictMiddle.MatchString(text) && generated(at) {
			return &ConflictError{i + 1, strings.Trim(text, " \t|")}
		}
		at += len(line)
	}
	return nil
}
