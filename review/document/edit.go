package document

import (
	"fmt"
	"slices"
	"sort"
)

// Edit puts a text in the place of a span.
type Edit struct {
	Span
	Text string
}

// Splice gives the bytes of the page with the edits made; all other bytes are as
// they were. Edits may come in any order. Insertions at one place are made in the
// order given. Edits that overlap, or that lie outside of the page, are an error
// in the caller: it panics.
func (d *Document) Splice(edits []Edit) []byte {
	list := slices.Clone(edits)
	sort.SliceStable(list, func(i, j int) bool { return list[i].Start < list[j].Start })
	out := make([]byte, 0, len(d.Source))
	at := 0
	for _, e := range list {
		if e.Start < at || e.End < e.Start || e.End > len(d.Source) {
			panic(fmt.Sprintf("document: the edit [%d:%d] is not behind byte %d of %d", e.Start, e.End, at, len(d.Source)))
		}
		out = append(out, d.Source[at:e.Start]...)
		out = append(out, e.Text...)
		at = e.End
	}
	return append(out, d.Source[at:]...)
}
