package review

import (
	"fmt"
	"slices"
	"strings"

	"pir/review/document"
	"pir/review/merge"
	"pir/timeline"
)

// UpdateOptions steer Update. Options are those of the review as it is to be;
// Again gives those that it was made with.
type UpdateOptions struct {
	Options
	// Since is the last stage that was published, to which a later one tells its
	// changes; nil where none was kept.
	Since *document.Document
}

// Updated is a review with the evidence of today.
type Updated struct {
	Was, Stage string // stages; Was is empty where the review named none
	Markdown   []byte
	Sidecar    []byte
	Blocks     []string       // the generated blocks whose text changed, in the order of the page
	Added      []string       // ids or titles of sections that the new stage brought
	Conflicts  []UpdatedPlace // what both the writer and the evidence changed
	Kept       []UpdatedPlace // what the writer changed, and the evidence has no more
	Stale      []UpdatedPlace // sentences of the writer's that hold a value that changed
	Lost       []UpdatedPlace // citations of the writer's whose evidence is gone
	Differ     []UpdatedPlace // blocks that differ from the evidence, and stay since there is no sidecar
	Notes      []string       // what else the writer may want to know
}

// UpdatedPlace is a line of the updated review that the writer should look at.
type UpdatedPlace struct {
	Line int
	Text string
}

// MarkerError is a page whose parts cannot be told from one another.
type MarkerError struct{ Fault document.Fault }

// Error says what is wrong with the marker, without its place.
func (e *MarkerError) Error() string { return e.Fault.Message }

// Update puts the evidence of t into the generated blocks of a review. What a
// person wrote stays: outside of the blocks every byte but the numbers of
// citations, which go on to stand for the same evidence, and inside of them what
// differs from the text that was generated last, which the sidecar has. Without
// a sidecar only blocks that are as they would be generated are known to be
// nobody's.
//
// opt.Stage that is not the stage of the page promotes it. A *ConflictError is
// about a conflict that stands in the page, a *MarkerError about markers that are
// not in pairs; other errors are those of New. Nothing is changed in d.
func Update(d *document.Document, t *timeline.Timeline, opt UpdateOptions) (*Updated, error) {
	if err := undecided(d); err != nil {
		return nil, err
	}
	for _, f := range d.Faults {
		if f.Marker {
			return nil, &MarkerError{f}
		}
	}
	t = masked(t, opt.Options)
	u := &updating{doc: d, timeline: t, opt: opt, code: codeIn(d), eol: lineEnd(d.Source)}
	u.was = stageOf(d)
	if u.opt.Stage == "" {
		u.opt.Stage = u.was
	}
	if err := u.write(); err != nil {
		return nil, err
	}
	u.merge()
	if err := u.number(); err != nil {
		return nil, err
	}
	return u.finish()
}

// stageOf is the stage that a page is at.
func stageOf(d *document.Document) string {
	if d.Front.Stage == "" && d.Sidecar != nil {
		return d.Sidecar.Stage
	}
	return d.Front.Stage
}

// lineEnd is how the lines of a text end.
func lineEnd(source []byte) string {
	if i := slices.Index(source, '\n'); i > 0 && source[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// updating is Update at work.
type updating struct {
	doc      *document.Document
	timeline *timeline.Timeline
	opt      UpdateOptions
	was      string
	eol      string
	code     []document.Span // blocks of code of the page
	fresh    *made
	cited    []document.Citation // of the fresh review
	num      numbering
	blocks   []mergedBlock
	final    map[int]int // numbers of the page to those of the result
	differ   []string    // blocks that stay since nobody knows what was generated
	out      Updated
}

// mergedBlock is a generated part of the page with its new text.
type mergedBlock struct {
	part    document.Part
	text    string
	result  merge.Result
	changed bool
}

// write makes the review anew, and finds out what the numbers of the page stand
// for in it. Numbers that stand for nothing there go on behind its own.
func (u *updating) write() (err error) {
	if u.fresh, err = write(u.timeline, u.opt.Options, nil); err != nil {
		return err
	}
	u.cited = u.fresh.citations()
	u.num = numbersOf(u.doc, u.timeline, u.cited, listed(u.fresh.out.blocks["evidence"]))
	for i, n := range sortedKeys(u.num.gone) {
		u.num.to[n] = ownCites + i
	}
	for _, c := range cites(string(u.doc.Source), u.code) {
		if _, known := u.num.to[c.n]; !known && c.n < ownCites/2 {
			u.num.to[c.n] = noCites + c.n
		}
	}
	return nil
}

func sortedKeys[V any](m map[int]V) []int {
	var list []int
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// merge merges every block but the list of evidence, whose numbers are not known
// yet.
func (u *updating) merge() {
	for _, p := range u.doc.Parts {
		if p.Internal {
			continue
		}
		b := mergedBlock{part: p}
		if p.Name != "evidence" {
			u.mergeBlock(&b, u.num.to)
		}
		u.blocks = append(u.blocks, b)
	}
}

// mergeBlock merges one block. numbers are those of the page.
func (u *updating) mergeBlock(b *mergedBlock, numbers map[int]int) {
	raw := string(u.doc.Source[b.part.Inner.Start:b.part.Inner.End])
	ours := renumber(raw, within(u.code, b.part.Inner), numbers)
	theirs, made := u.fresh.out.blocks[b.part.Name]
	if b.part.Name == "changes" || !made {
		b.text = ours // told when the page is whole, or of a set that has no such block
		return
	}
	base, known := u.base(b.part.Name)
	if u.num.done {
		base = theirs
	} else if known {
		base = renumber(base, nil, u.baseNumbers(numbers))
	} else {
		// Nobody knows what was generated. What differs may be somebody's, and stays
		// as it is: two texts without a common base do not mix.
		b.text = ours
		if strings.TrimSpace(ours) == "" && theirs != "" {
			b.text, b.changed = strings.ReplaceAll(theirs, "\n", u.eol), true // to be renewed
		} else if !merge.Alike(ours, theirs) {
			u.differ = append(u.differ, b.part.Name)
		}
		return
	}
	switch {
	case same(ours, theirs):
		b.text = ours
	case known && same(ours, base):
		b.text, b.changed = strings.ReplaceAll(theirs, "\n", u.eol), true
	default:
		b.result = merge.Text(base, ours, theirs, u.eol)
		b.text = b.result.Text
		b.changed = b.text != ours
	}
}

// base is the text of a block as it was generated last.
func (u *updating) base(name string) (string, bool) {
	if u.doc.Sidecar == nil {
		return "", false
	}
	text, ok := u.doc.Sidecar.Blocks[name]
	return text, ok
}

// baseNumbers are the numbers of the texts in the sidecar. They are those of the
// page, unless the page is newer.
func (u *updating) baseNumbers(numbers map[int]int) map[int]int {
	if !u.num.newer {
		return numbers
	}
	to := map[int]int{}
	for n, old := range u.num.base {
		if m, ok := numbers[old]; ok {
			old = m
		}
		to[n] = old
	}
	return to
}

// same compares two texts but for their line ends.
func same(a, b string) bool {
	return a == b || strings.ReplaceAll(a, "\r\n", "\n") == strings.ReplaceAll(b, "\r\n", "\n")
}

// number gives the writer's citations that the fresh review does not make their
// numbers, and merges the list of evidence, which has them now.
func (u *updating) number() error {
	used := map[int]bool{}
	own := map[int]int{} // numbers of the result, by those that stand far behind
	none := func(to int) {
		if n := to - noCites; n > 0 {
			own[to] = n
		}
	}
	for _, c := range u.outside() {
		if to, ok := u.num.to[c.n]; ok {
			used[to] = true
			none(to)
		}
	}
	for _, line := range u.evidenceAdded() {
		for _, c := range cites(line, codeOf(line)) {
			if to, ok := u.num.to[c.n]; ok {
				used[to] = true
				none(to)
			}
		}
	}
	for i := range u.blocks {
		for _, c := range cites(u.blocks[i].text, codeOf(u.blocks[i].text)) {
			used[c.n] = true
			none(c.n)
		}
	}
	provisional := map[int]int{} // number by place among the writer's own
	var kept []document.Citation
	for _, n := range sortedKeys(u.num.gone) {
		if to := u.num.to[n]; used[to] {
			provisional[to] = len(kept)
			kept = append(kept, u.num.gone[n])
		}
	}
	if len(kept) > 0 {
		var err error
		if u.fresh, err = write(u.timeline, u.opt.Options, kept); err != nil {
			return err
		}
		u.cited = u.fresh.citations()
	}
	for from, i := range provisional {
		own[from] = u.fresh.page.numbers[i]
	}
	for from, n := range own {
		if from > noCites && n <= len(u.cited) {
			own[from] = 0 // it stood for nothing, and must not come to stand for something
		}
	}
	u.final = map[int]int{}
	for n, to := range u.num.to {
		if m, ok := own[to]; ok {
			to = m
		}
		u.final[n] = to
	}
	for i := range u.blocks {
		b := &u.blocks[i]
		if b.part.Name == "evidence" {
			u.list(b)
			continue
		}
		b.text = renumber(b.text, codeOf(b.text), own)
		for k := range b.result.Conflicts {
			b.result.Conflicts[k].What = renumber(b.result.Conflicts[k].What, nil, own)
		}
		for k := range b.result.Kept {
			b.result.Kept[k].Text = renumber(b.result.Kept[k].Text, nil, own)
		}
	}
	return nil
}

// codeOf are the blocks of code in a text that stands alone.
func codeOf(text string) []document.Span {
	if !strings.Contains(text, "```") && !strings.Contains(text, "~~~") && !strings.Contains(text, "\n    ") {
		return nil
	}
	d, err := document.Parse("", []byte(text), nil)
	if err != nil {
		return nil // without a sidecar there is none
	}
	return codeIn(d)
}

// outside are the citations of the page that stand in no generated block, as
// places in the page.
func (u *updating) outside() []citeSpot {
	var list []citeSpot
	for _, s := range u.gaps() {
		for _, c := range cites(string(u.doc.Source[s.Start:s.End]), within(u.code, s)) {
			c.Start, c.End = c.Start+s.Start, c.End+s.Start
			list = append(list, c)
		}
	}
	return list
}

// gaps are the stretches of the page between its generated blocks.
func (u *updating) gaps() []document.Span {
	var list []document.Span
	at := u.doc.Front.End
	for _, b := range u.blocks {
		list = append(list, document.Span{Start: at, End: b.part.Inner.Start})
		at = b.part.Inner.End
	}
	return append(list, document.Span{Start: at, End: len(u.doc.Source)})
}

// finish writes the page, looks at it once more, and tells what the writer
// should look at.
func (u *updating) finish() (*Updated, error) {
	page := u.splice()
	if u.opt.Since != nil && u.opt.Stage != stageOf(u.opt.Since) {
		page = u.tellChanges(page)
	}
	side, err := u.fresh.sidecar()
	if err != nil {
		return nil, err
	}
	u.out.Was, u.out.Stage, u.out.Markdown, u.out.Sidecar = u.was, u.opt.Stage, page, side
	if err := u.provisional(string(page)); err != nil {
		return nil, err
	}
	d, err := document.Parse(u.doc.Name, page, side)
	if err != nil {
		return nil, fmt.Errorf("the updated review: %w", err)
	}
	u.look(d)
	return &u.out, nil
}

// splice makes the page of the old one, the merged blocks and the new numbers.
func (u *updating) splice() []byte {
	var edits []document.Edit
	for i := range u.blocks {
		b := &u.blocks[i]
		if b.text != string(u.doc.Source[b.part.Inner.Start:b.part.Inner.End]) {
			edits = append(edits, document.Edit{Span: b.part.Inner, Text: b.text})
		}
		if b.changed {
			u.out.Blocks = append(u.out.Blocks, b.part.Name)
		}
	}
	for _, c := range u.outside() {
		if to, known := u.final[c.n]; known && to != c.n && !(c.bare && u.num.to[c.n] > noCites) {
			edits = append(edits, document.Edit{Span: c.Span, Text: fmt.Sprint(to)})
		}
	}
	if u.opt.Stage != u.was {
		edits = append(edits, u.promote()...)
	}
	return u.doc.Splice(edits)
}

// look finds the lines that the writer should look at.
func (u *updating) look(d *document.Document) {
	for _, b := range u.blocks {
		p, ok := d.Part(b.part.Name)
		if !ok {
			continue
		}
		first := p.Line + 1
		for _, c := range b.result.Conflicts {
			u.out.Conflicts = append(u.out.Conflicts, UpdatedPlace{first + c.Line, c.What})
		}
		for _, k := range b.result.Kept {
			u.out.Kept = append(u.out.Kept, UpdatedPlace{first + k.Line, k.Text})
		}
	}
	u.lookForLost(d)
	if u.doc.Sidecar == nil {
		for _, name := range u.differ {
			if p, ok := d.Part(name); ok {
				u.out.Differ = append(u.out.Differ, UpdatedPlace{p.Line, fmt.Sprintf("block %s differs from what the evidence gives, and there is no sidecar: kept; to renew it, delete the lines between its markers and the sidecar that this run writes, and update again", name)})
			}
		}
	} else {
		u.out.Stale = staleIn(d, u.doc.Sidecar.Timeline, u.timeline)
		u.out.Notes = append(u.out.Notes, headNotes(d, u.timeline)...)
	}
}

// lookForLost finds the citations of the writer's whose evidence is gone, and
// those that stand for nothing.
func (u *updating) lookForLost(d *document.Document) {
	gone := map[int]string{}
	for _, c := range u.fresh.page.ledger.cited {
		if c.gone {
			gone[c.n] = c.origin
		}
	}
	after := &updating{doc: d, code: codeIn(d)}
	for _, p := range d.Parts {
		if p.Name == "evidence" && !p.Internal {
			after.blocks = append(after.blocks, mergedBlock{part: p})
		}
	}
	line, at := 1, 0
	for _, c := range after.outside() {
		line += strings.Count(string(d.Source[at:c.Start]), "\n")
		at = c.Start
		if origin, ok := gone[c.n]; ok {
			u.out.Lost = append(u.out.Lost, UpdatedPlace{line, fmt.Sprintf("[[%d]] cites %s, which is no longer among the evidence", c.n, origin)})
		}
	}
}
