package review

import (
	"fmt"
	"strings"
	"unicode"

	"pir/internal/markdown"
	"pir/internal/yaml"
	"pir/review/diff"
	"pir/review/document"
	"pir/review/merge"
)

// promote gives the edits that make a page one of another stage: its name in the
// front matter, and the sections and blocks that only the new stage has.
func (u *updating) promote() []document.Edit {
	edits := u.stageEdits()
	page, err := document.Parse("", []byte(u.fresh.markdown()), nil)
	if err != nil {
		return edits // without a sidecar there is none
	}
	place := len(u.doc.Source)
	if s := u.doc.Section("evidence"); s != nil {
		place = s.Start
	}
	return append(edits, u.addSections(page, page.Sections, place)...)
}

// stageEdits write the stage into the front matter. A page without front matter
// stays without; the sidecar has its stage.
func (u *updating) stageEdits() []document.Edit {
	f := &u.doc.Front
	if f.End == 0 {
		return nil
	}
	line := "stage: " + yaml.Quote(u.opt.Stage)
	for _, k := range f.Keys {
		if k.Name == "stage" {
			return []document.Edit{{Span: k.Span, Text: line}}
		}
	}
	at := strings.IndexByte(string(u.doc.Source[:f.End]), '\n') + 1
	return []document.Edit{{Span: document.Span{Start: at, End: at}, Text: line + u.eol}}
}

// addSections adds the sections of a fresh page that this one has not, each
// behind the one in front of it there. place is where those go that follow on
// none.
func (u *updating) addSections(page *document.Document, sections []document.Section, place int) []document.Edit {
	var edits []document.Edit
	at := -1
	for i := range sections {
		s := &sections[i]
		if s.Level == 1 {
			edits = append(edits, u.addSections(page, s.Nested, place)...)
			continue
		}
		mine := u.doc.Section(s.ID)
		if s.ID == "" {
			mine = u.sectionOf(page, s)
		}
		switch {
		case mine != nil:
			edits = append(edits, u.addSections(page, s.Nested, mine.End)...)
			at = mine.End
		case s.ID != "" || u.brings(page, s):
			to := at
			if to < 0 {
				to = u.before(sections[i+1:], place)
			}
			edits = append(edits, document.Edit{Span: document.Span{Start: to, End: to}, Text: u.sectionText(page, s, to)})
			u.out.Added = append(u.out.Added, s.Title)
		}
	}
	return edits
}

// before is the place of the first of the sections that the page has.
func (u *updating) before(sections []document.Section, place int) int {
	for i := range sections {
		if s := u.doc.Section(sections[i].ID); s != nil && sections[i].ID != "" {
			return s.Start
		}
	}
	return place
}

// sectionOf finds a section without an id by its title.
func (u *updating) sectionOf(page *document.Document, s *document.Section) *document.Section {
	var find func([]document.Section) *document.Section
	find = func(all []document.Section) *document.Section {
		for i := range all {
			if all[i].Level > 1 && all[i].Title == s.Title {
				return &all[i]
			}
			if found := find(all[i].Nested); found != nil {
				return found
			}
		}
		return nil
	}
	return find(u.doc.Sections)
}

// brings reports whether a section of the fresh page has a block that the page
// never had. One that it had was taken out by its writer.
func (u *updating) brings(page *document.Document, s *document.Section) bool {
	for _, p := range page.Parts {
		if p.Start >= s.Start && p.End <= s.End && !u.had(p.Name) {
			return true
		}
	}
	return false
}

// had reports whether the page has a block, or had it.
func (u *updating) had(name string) bool {
	if _, here := u.doc.Part(name); here {
		return true
	}
	_, made := u.base(name)
	return made
}

// sectionText is the text of a section of the fresh page, without the blocks that
// the writer took out, and with empty lines around it.
func (u *updating) sectionText(page *document.Document, s *document.Section, to int) string {
	var text strings.Builder
	at := s.Start
	for _, p := range page.Parts {
		if p.Start >= s.Start && p.End <= s.End && u.had(p.Name) {
			text.Write(page.Source[at:p.Start])
			at = p.End
		}
	}
	text.Write(page.Source[at:s.End])
	out := strings.TrimSpace(text.String()) + "\n"
	before := string(u.doc.Source[:to])
	switch {
	case !strings.HasSuffix(before, "\n"):
		out = "\n\n" + out
	case !strings.HasSuffix(strings.TrimSuffix(strings.ReplaceAll(before[max(0, len(before)-4):], "\r", ""), "\n"), "\n"):
		out = "\n" + out
	}
	if to < len(u.doc.Source) {
		out += "\n"
	}
	return strings.ReplaceAll(out, "\n", u.eol)
}

// maxTold is how many changes of facts the block of changes lists.
const maxTold = 30

// tellChanges writes the block that tells what changed since the last stage, into
// its place, or behind the banner where there is none yet.
func (u *updating) tellChanges(page []byte) []byte {
	d, err := document.Parse("", page, nil)
	if err != nil {
		return page
	}
	if p, here := d.Part("changes"); here {
		page = d.Splice([]document.Edit{{Span: p.Inner}})
		if d, err = document.Parse("", page, nil); err != nil {
			return page
		}
	}
	if _, made := u.base("changes"); made && !hasPart(d, "changes") {
		return page // the writer took it out
	}
	side, err := u.fresh.sidecar()
	if err != nil {
		return page
	}
	now, err := document.Parse("", page, side)
	if err != nil {
		return page
	}
	text := u.changes(diff.Compare(u.opt.Since, now))
	// What was generated last is known by the sidecar alone.
	u.fresh.out.blocks["changes"] = text
	text = strings.ReplaceAll(text, "\n", u.eol)
	if p, here := d.Part("changes"); here {
		return d.Splice([]document.Edit{{Span: p.Inner, Text: u.mergedChanges(text)}})
	}
	at := d.Front.End
	if p, here := d.Part("banner"); here {
		at = min(p.End+len(u.eol), len(page))
	} else if len(d.Sections) > 0 && d.Sections[0].Level == 1 {
		at = nextLine(page, d.Sections[0].Start)
	}
	block := u.eol + "<!-- pir:begin changes -->" + u.eol + text + "<!-- pir:end changes -->" + u.eol
	return d.Splice([]document.Edit{{Span: document.Span{Start: at, End: at}, Text: block}})
}

func hasPart(d *document.Document, name string) bool {
	_, here := d.Part(name)
	return here
}

// mergedChanges merges the text of the block of changes with what the writer made
// of it.
func (u *updating) mergedChanges(text string) string {
	for i := range u.blocks {
		b := &u.blocks[i]
		if b.part.Name != "changes" {
			continue
		}
		base, made := u.base("changes")
		if !made || same(b.text, base) {
			return text
		}
		b.result = merge.Text(base, b.text, text, u.eol)
		return b.result.Text
	}
	return text
}

// nextLine is the first byte of the line behind a place.
func nextLine(page []byte, at int) int {
	if i := strings.IndexByte(string(page[at:]), '\n'); i >= 0 {
		return at + i + 1
	}
	return len(page)
}

// changes words what is different since the last stage: facts one by one, rows of
// the timeline and prose by their number.
func (u *updating) changes(c *diff.Diff) string {
	was := u.stageWords(stageOf(u.opt.Since))
	var b strings.Builder
	told, more := 0, 0
	rows := map[diff.Type]int{}
	for _, x := range c.Of(diff.Facts) {
		switch x.Type {
		case diff.StageChanged, diff.StatusChanged, diff.NoticeAdded, diff.NoticeGone, diff.NoticeChanged, diff.PhaseAdded, diff.PhaseRemoved, diff.PhaseChanged:
		case diff.RowAdded, diff.RowRemoved, diff.RowReworded, diff.RowRetimed, diff.EvidenceGained, diff.EvidenceLost, diff.QuestionAsked, diff.QuestionReworded:
			rows[x.Type]++
		default:
			if told++; told > maxTold {
				more++
				continue
			}
			b.WriteString("- " + markdown.Inline(markdown.Cut(x.Line(), maxWhat)) + "\n")
		}
	}
	if more > 0 {
		fmt.Fprintf(&b, "- %d more.\n", more)
	}
	for _, r := range []struct {
		of   diff.Type
		word string
	}{
		{diff.RowAdded, "Rows added to the timeline"}, {diff.RowRemoved, "Rows taken out of the timeline"},
		{diff.RowRetimed, "Rows with another time"}, {diff.RowReworded, "Rows in other words"},
	} {
		if n := rows[r.of]; n > 0 {
			fmt.Fprintf(&b, "- %s: %d\n", r.word, n)
		}
	}
	if b.Len() == 0 {
		return fmt.Sprintf("No fact is another one since %s.\n", markdown.Inline(was))
	}
	return fmt.Sprintf("**What changed since %s:**\n\n", markdown.Inline(was)) + b.String()
}

// stageWords names a stage in a sentence: "the preliminary review".
func (u *updating) stageWords(name string) string {
	for _, s := range u.fresh.page.Stages {
		if string(s.Name) == name && s.Title != "" {
			title := []rune(string(s.Title))
			return "the " + string(unicode.ToLower(title[0])) + string(title[1:])
		}
	}
	return "the stage before"
}
