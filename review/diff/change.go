package diff

import (
	"cmp"
	"slices"
	"strings"

	"pir/internal/textdiff"
	"pir/review/document"
)

// Side is what one of the two reviews says.
type Side struct {
	Value    string        // times in RFC 3339, UTC; spans as "start/end"; empty where there is none
	Text     string        // as a reader sees it
	Name     string        // of the milestone, metric, action or row
	Section  string        // id of the section, else its heading
	Line     int           // 1-based; 0 where it is from the sidecar alone
	Evidence []string      // origins, else citations as shown
	Kind     document.Kind // of prose: what it is a piece of
}

// Change is one thing that changed between two reviews.
type Change struct {
	Type     Type
	From, To Side
	Note     string   // how much, which part: "12 min earlier"
	Because  []string // names of the milestones that explain a metric or phase
	// Words are the texts with what was changed marked: of a table one per cell.
	Words []textdiff.Result

	order int // place among changes of its type, where lines do not tell
}

// Name is the milestone, metric, action or row that changed.
func (c Change) Name() string {
	if c.To.Name != "" {
		return c.To.Name
	}
	return c.From.Name
}

// Section is where it stands: the id of a section of ours, else its heading.
func (c Change) Section() string {
	if c.To.Section != "" {
		return c.To.Section
	}
	return c.From.Section
}

// mirror gives the change as it is when the reviews are swapped.
func (c Change) mirror() Change {
	c.Type = c.Type.Kind().Mirror
	c.From, c.To = c.To, c.From
	switch c.Type {
	case MilestoneMoved, RowRetimed, ActionSlipped, ActionAdvanced, MetricChanged, ComponentsChanged, WindowChanged:
		c.Note = mirrorNote(c.Note)
	}
	words := make([]textdiff.Result, len(c.Words))
	for i, w := range c.Words {
		words[i] = w.Mirror()
	}
	if c.Words != nil {
		c.Words = words
	}
	return c
}

// opposites are words of notes that turn when the reviews are swapped.
var opposites = [][2]string{
	{"earlier", "later"}, {"longer", "shorter"}, {"widened", "narrowed"}, {"more", "fewer"}, {"up", "down"},
}

// mirrorNote turns a note.
func mirrorNote(note string) string {
	head, last := "", note
	if i := strings.LastIndexByte(note, ' '); i >= 0 {
		head, last = note[:i+1], note[i+1:]
	}
	for _, o := range opposites {
		switch last {
		case o[0]:
			return head + o[1]
		case o[1]:
			return head + o[0]
		}
	}
	return note
}

// Diff is all that changed between two reviews.
type Diff struct {
	From, To string   // names of the reviews
	Changes  []Change // facts first, in the order of Kinds; then by place
	Strips   []Strip  // both pages beside each other, whole
	Coarse   []string // what was compared less finely than it could be, and why

	from, to []byte // as they are
}

// Same reports whether nothing changed.
func (d *Diff) Same() bool { return len(d.Changes) == 0 }

// Of gives the changes of a group, Facts or Prose.
func (d *Diff) Of(group string) []Change {
	var out []Change
	for _, c := range d.Changes {
		if c.Type.Kind().Group == group {
			out = append(out, c)
		}
	}
	return out
}

// Mirror gives the diff of the swapped reviews.
func (d *Diff) Mirror() *Diff {
	m := &Diff{From: d.To, To: d.From, from: d.to, to: d.from, Coarse: slices.Clone(d.Coarse)}
	for _, c := range d.Changes {
		m.Changes = append(m.Changes, c.mirror())
	}
	order(m.Changes)
	m.Strips = mirrorStrips(d.Strips)
	return m
}

// order sorts changes as they are told. The order hangs on nothing but what they
// say, so that a mirrored diff is ordered like one that was made that way.
func order(list []Change) {
	slices.SortStableFunc(list, func(a, b Change) int {
		if n := cmp.Or(
			cmp.Compare(rank(a.Type), rank(b.Type)),
			cmp.Compare(a.order, b.order),
			cmp.Compare(a.line(), b.line()),
		); n != 0 {
			return n
		}
		return cmp.Or(
			cmp.Compare(a.To.Value, b.To.Value),
			cmp.Compare(a.From.Value, b.From.Value),
			cmp.Compare(a.To.Text, b.To.Text),
			cmp.Compare(a.From.Text, b.From.Text),
			cmp.Compare(a.From.Line, b.From.Line),
			cmp.Compare(a.Name(), b.Name()),
		)
	})
}

// line is where a change stands in the new review, else in the old one.
func (c Change) line() int {
	if c.To.Line > 0 {
		return c.To.Line
	}
	return c.From.Line
}
