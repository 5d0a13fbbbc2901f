package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pir/review/diff"
)

// told is a change as it is planted, or told: its type and what it is about.
type told struct {
	kind  diff.Type
	about string
}

// planter edits a story and keeps what it did.
type planter struct {
	*story
	r    *rand.Rand
	want []told
	used map[string]bool // texts that were edited: each once
}

// clone copies a story.
func (s *story) clone() *story {
	c := *s
	c.components, c.milestones = slices.Clone(s.components), slices.Clone(s.milestones)
	c.rows, c.actions, c.sections = slices.Clone(s.rows), slices.Clone(s.actions), slices.Clone(s.sections)
	for i := range c.sections {
		c.sections[i].paragraphs = slices.Clone(c.sections[i].paragraphs)
	}
	return &c
}

func (p *planter) plant(k diff.Type, about string) { p.want = append(p.want, told{k, about}) }

// reword changes a few words of a text.
func (p *planter) reword(text string) string {
	words := strings.Fields(text)
	switch p.r.IntN(3) {
	case 0:
		i := 1 + p.r.IntN(len(words)-2)
		words[i] = "somehow"
	case 1:
		i := 1 + p.r.IntN(len(words)-2)
		words = slices.Insert(words, i, "as", "far", "as", "is", "known")
	default:
		words[0] = "Somebody"
		words[len(words)-1] = "afterwards."
	}
	return strings.Join(words, " ")
}

// fresh picks an index that was not edited before; -1 where there is none.
func (p *planter) fresh(n int, text func(int) string) int {
	for range 50 {
		i := p.r.IntN(n)
		if t := text(i); !p.used[t] {
			p.used[t] = true
			return i
		}
	}
	return -1
}

// edits are what can be planted.
var edits = []func(*planter){
	(*planter).retime, (*planter).retime, (*planter).rewordRow, (*planter).rewordRow, (*planter).insertRow, (*planter).insertRow,
	(*planter).dropRow, (*planter).retimeBeside, (*planter).both, (*planter).twice,
	(*planter).slip, (*planter).reassign, (*planter).finish, (*planter).rewordAction, (*planter).addAction, (*planter).dropAction,
	(*planter).rewordParagraph, (*planter).rewordParagraph, (*planter).addParagraph, (*planter).dropParagraph,
	(*planter).moveParagraph, (*planter).moveReworded, (*planter).rename,
}

func (p *planter) row() int {
	return p.fresh(len(p.rows), func(i int) string { return p.rows[i].text })
}

func (p *planter) shift() time.Duration {
	d := time.Duration(1+p.r.IntN(900)) * time.Second
	if p.r.IntN(2) == 0 {
		return -d
	}
	return d
}

func (p *planter) retime() {
	if i := p.row(); i >= 0 && !strings.HasPrefix(p.rows[i].text, "Alert") {
		p.rows[i].at = p.rows[i].at.Add(p.shift())
		p.plant(diff.RowRetimed, p.rows[i].text)
	}
}

func (p *planter) rewordRow() {
	if i := p.row(); i >= 0 && !strings.HasPrefix(p.rows[i].text, "Alert") {
		p.rows[i].text = p.reword(p.rows[i].text)
		p.used[p.rows[i].text] = true
		p.plant(diff.RowReworded, p.rows[i].text)
	}
}

func (p *planter) both() {
	if i := p.row(); i >= 0 && !strings.HasPrefix(p.rows[i].text, "Alert") {
		p.rows[i].text = p.reword(p.rows[i].text)
		p.rows[i].at = p.rows[i].at.Add(p.shift())
		p.used[p.rows[i].text] = true
		p.plant(diff.RowReworded, p.rows[i].text)
		p.plant(diff.RowRetimed, p.rows[i].text)
	}
}

func (p *planter) insertAt(i int) {
	text := sentence(p.r) + "."
	p.rows = slices.Insert(p.rows, i, row{p.rows[min(i, len(p.rows)-1)].at.Add(time.Second), text})
	p.used[text] = true
	p.plant(diff.RowAdded, text)
}

func (p *planter) insertRow() { p.insertAt(p.r.IntN(len(p.rows))) }

// retimeBeside retimes a row and puts another in its old place.
func (p *planter) retimeBeside() {
	i := p.row()
	if i < 0 || strings.HasPrefix(p.rows[i].text, "Alert") {
		return
	}
	was := p.rows[i].at
	p.rows[i].at = was.Add(p.shift())
	p.plant(diff.RowRetimed, p.rows[i].text)
	p.insertAt(i)
	p.rows[i].at = was
}

// twice puts in a row that says what another one says, at another time.
func (p *planter) twice() {
	text := "Alert fired: queue age above 5 minutes on " + parts[p.r.IntN(3)]
	i := p.r.IntN(len(p.rows))
	p.rows = slices.Insert(p.rows, i, row{p.rows[i].at.Add(7 * time.Second), text})
	p.plant(diff.RowAdded, text)
}

func (p *planter) dropRow() {
	if i := p.row(); i >= 0 && !strings.HasPrefix(p.rows[i].text, "Alert") {
		p.plant(diff.RowRemoved, p.rows[i].text)
		p.rows = slices.Delete(p.rows, i, i+1)
	}
}

func (p *planter) action() int {
	return p.fresh(len(p.actions), func(i int) string { return p.actions[i].text })
}

func (p *planter) slip() {
	if i := p.action(); i >= 0 {
		p.actions[i].due = p.actions[i].due.AddDate(0, 0, 1+p.r.IntN(60))
		p.plant(diff.ActionSlipped, p.actions[i].text)
	}
}

func (p *planter) reassign() {
	if i := p.action(); i >= 0 {
		p.actions[i].owner += "-" + pick(p.r, who)
		p.plant(diff.ActionReassigned, p.actions[i].text)
	}
}

func (p *planter) finish() {
	if i := p.action(); i >= 0 && !p.actions[i].done {
		p.actions[i].done = true
		p.plant(diff.ActionDone, p.actions[i].text)
	}
}

func (p *planter) rewordAction() {
	if i := p.action(); i >= 0 {
		p.actions[i].text = p.reword(p.actions[i].text)
		p.used[p.actions[i].text] = true
		p.plant(diff.ActionReworded, p.actions[i].text)
	}
}

func (p *planter) addAction() {
	text := "Decide together whether " + sentence(p.r)
	p.used[text] = true
	p.actions = slices.Insert(p.actions, p.r.IntN(len(p.actions)), action{text, pick(p.r, who), time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC), false})
	p.plant(diff.ActionAdded, text)
}

func (p *planter) dropAction() {
	if i := p.action(); i >= 0 && len(p.actions) > 4 {
		p.plant(diff.ActionRemoved, p.actions[i].text)
		p.actions = slices.Delete(p.actions, i, i+1)
	}
}

// place picks a paragraph that was not edited before.
func (p *planter) place() (s, i int) {
	for range 50 {
		s = p.r.IntN(len(p.sections))
		if list := p.sections[s].paragraphs; len(list) > 1 {
			if i = p.r.IntN(len(list)); !p.used[list[i]] {
				p.used[list[i]] = true
				return s, i
			}
		}
	}
	return -1, -1
}

func (p *planter) rewordParagraph() {
	if s, i := p.place(); s >= 0 {
		t := &p.sections[s].paragraphs[i]
		*t = p.reword(*t)
		p.used[*t] = true
		p.plant(diff.ProseChanged, *t)
	}
}

func (p *planter) addParagraph() {
	s := p.r.IntN(len(p.sections))
	text := paragraph(p.r)
	p.used[text] = true
	p.sections[s].paragraphs = slices.Insert(p.sections[s].paragraphs, p.r.IntN(len(p.sections[s].paragraphs)+1), text)
	p.plant(diff.ProseAdded, text)
}

func (p *planter) take() (string, int) {
	s, i := p.place()
	if s < 0 {
		return "", -1
	}
	text := p.sections[s].paragraphs[i]
	p.sections[s].paragraphs = slices.Delete(p.sections[s].paragraphs, i, i+1)
	return text, s
}

func (p *planter) dropParagraph() {
	if text, s := p.take(); s >= 0 {
		p.plant(diff.ProseRemoved, text)
	}
}

func (p *planter) put(text string, from int) {
	s := (from + 1 + p.r.IntN(len(p.sections)-1)) % len(p.sections)
	p.used[text] = true
	p.sections[s].paragraphs = slices.Insert(p.sections[s].paragraphs, p.r.IntN(len(p.sections[s].paragraphs)+1), text)
	p.plant(diff.ProseMoved, text)
}

func (p *planter) moveParagraph() {
	if text, s := p.take(); s >= 0 {
		p.put(text, s)
	}
}

func (p *planter) moveReworded() {
	if text, s := p.take(); s >= 0 {
		text = p.reword(text)
		p.put(text, s)
		p.plant(diff.ProseChanged, text)
	}
}

func (p *planter) rename() {
	i := p.fresh(len(p.sections), func(i int) string { return p.sections[i].title })
	if i >= 0 {
		p.sections[i].title = "About " + p.sections[i].title + ", told anew"
		p.used[p.sections[i].title] = true
		p.plant(diff.SectionRenamed, p.sections[i].title)
	}
}

// whole plants what is there once.
func (p *planter) whole() {
	m := &p.milestones[p.r.IntN(len(p.milestones))]
	m.at = m.at.Add(p.shift())
	p.plant(diff.MilestoneMoved, m.name)
	p.severity, p.stage = "critical", "final"
	p.plant(diff.SeverityChanged, "severity")
	p.plant(diff.StageChanged, "stage")
	p.components = append(p.components, "web mail")
	p.plant(diff.ComponentsChanged, "components")
}
