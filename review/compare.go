package review

import (
	"pir/review/diff"
	"pir/review/document"
)

// Compare tells how the review a became the review b, as typed changes: facts
// first, then prose. See diff.Compare.
func Compare(a, b *document.Document) *diff.Diff { return diff.Compare(a, b) }
