package diff

import (
	"slices"
	"strings"

	"pir/internal/textdiff"
)

// pairSections finds the section of the new page for each of the old one: by id,
// by heading, then by what they hold.
func (c *comparison) pairSections() {
	c.sectionTo = slices.Repeat([]int{-1}, len(c.a.sections))
	c.sectionFrom = slices.Repeat([]int{-1}, len(c.b.sections))
	top := func(p *page, i int) string {
		if p.sections[i].Level == 0 {
			return "head"
		}
		return ""
	}
	for _, key := range []func(*page, int) string{
		top, sectionID, sectionPath, sectionTitle, mainTitle,
	} {
		c.pairSectionsBy(key)
	}
	c.pairSectionsAlike()
}

func sectionID(p *page, i int) string { return p.sections[i].ID }

// sectionTitle is the heading, as it is compared.
func sectionTitle(p *page, i int) string {
	if p.sections[i].heading < 0 {
		return ""
	}
	return strings.ToLower(collapse(p.sections[i].Title))
}

// sectionPath is the heading with those above it.
func sectionPath(p *page, i int) string {
	title := sectionTitle(p, i)
	if title == "" {
		return ""
	}
	for up := p.sections[i].parent; up >= 0; up = p.sections[up].parent {
		name := p.sections[up].ID
		if name == "" {
			name = sectionTitle(p, up)
		}
		title += "\x00" + name
	}
	return title
}

// mainTitle fits the one heading of the first level.
func mainTitle(p *page, i int) string {
	if p.sections[i].Level == 1 {
		return "main"
	}
	return ""
}

// pairSectionsBy pairs sections whose key stands once on either side.
func (c *comparison) pairSectionsBy(key func(*page, int) string) {
	once := func(p *page, used []int) map[string]int {
		out := map[string]int{}
		for i := range p.sections {
			k := key(p, i)
			if k == "" || used[i] >= 0 {
				continue
			}
			if _, twice := out[k]; twice {
				out[k] = -1
				continue
			}
			out[k] = i
		}
		return out
	}
	left, right := once(c.a, c.sectionTo), once(c.b, c.sectionFrom)
	for i := range c.a.sections {
		k := key(c.a, i)
		if j, found := right[k]; k != "" && found && j >= 0 && left[k] == i {
			c.sectionTo[i], c.sectionFrom[j] = j, i
		}
	}
}

// pairSectionsAlike pairs what is left by heading and content together.
func (c *comparison) pairSectionsAlike() {
	var left, right []int
	var bagsA, bagsB, titlesA, titlesB []textdiff.Bag
	both(func() { left, bagsA, titlesA = c.a.leftSections(c.sectionTo) },
		func() { right, bagsB, titlesB = c.b.leftSections(c.sectionFrom) })
	found, coarse := c.assign(bagsA, bagsB, alikeProse, func(i, j int) int {
		inside, title := bagsA[i].Alike(bagsB[j]), titlesA[i].Alike(titlesB[j])
		if bagsA[i].Empty() || bagsB[j].Empty() {
			return title - 150
		}
		if title == 1000 {
			return max(inside, 500) + 100
		}
		return max(inside*3/4+title/4, title-150)
	})
	if coarse {
		c.rough("sections that are alike: too many for the best assignment, the likest ones were taken first")
	}
	for _, p := range found {
		i, j := left[p.a], right[p.b]
		c.sectionTo[i], c.sectionFrom[j] = j, i
	}
}

// leftSections gives the sections without a partner, with their words.
func (p *page) leftSections(used []int) (left []int, bags, titles []textdiff.Bag) {
	for i, s := range p.sections {
		if used[i] >= 0 || s.heading < 0 {
			continue
		}
		var inside []textdiff.Bag
		for u := s.first; u < s.last; u++ {
			inside = append(inside, bagOf(&p.units[u]))
		}
		left = append(left, i)
		bags = append(bags, textdiff.Join(inside))
		titles = append(titles, textdiff.NewBag(s.Title))
	}
	return left, bags, titles
}

// sections tells what became of the sections.
func (c *comparison) sections() {
	for i, s := range c.a.sections {
		if s.heading < 0 {
			continue
		}
		j := c.sectionTo[i]
		if j < 0 {
			if s.parent < 0 || c.sectionTo[s.parent] >= 0 {
				c.add(Change{Type: SectionRemoved, From: c.a.sectionSide(i)})
			}
			continue
		}
		from, to := c.a.sectionSide(i), c.b.sectionSide(j)
		if dashed(from.Text) != dashed(to.Text) && !c.titled(s.Level, from.Text, to.Text) {
			c.add(Change{Type: SectionRenamed, From: from, To: to, Words: c.words[s.heading]})
		}
		if c.sectionMoved(i) && (s.parent < 0 || !c.sectionMoved(s.parent) || c.sectionTo[s.parent] != c.b.sections[j].parent) {
			from.Value, to.Value = c.a.before(i), c.b.before(j)
			c.add(Change{Type: SectionMoved, From: from, To: to})
		}
	}
	for j, s := range c.b.sections {
		if s.heading >= 0 && c.sectionFrom[j] < 0 && (s.parent < 0 || c.sectionFrom[s.parent] >= 0) {
			c.add(Change{Type: SectionAdded, To: c.b.sectionSide(j)})
		}
	}
}

// titled reports whether a heading differs in the title alone, which is told
// already.
func (c *comparison) titled(level int, from, to string) bool {
	x, y := collapse(c.a.facts.Title), collapse(c.b.facts.Title)
	return level == 1 && x != "" && y != "" && x != y && strings.Contains(from, x) && strings.Contains(to, y) &&
		strings.Replace(from, x, y, 1) == to
}

// sectionMoved reports whether a section of the old page stands elsewhere.
func (c *comparison) sectionMoved(i int) bool {
	s := c.a.sections[i]
	return s.heading >= 0 && c.sectionTo[i] >= 0 && c.moved[s.heading]
}

func (p *page) sectionSide(i int) Side {
	s := p.sections[i]
	return Side{Text: collapse(s.Title), Name: collapse(s.Title), Section: s.name, Line: s.Line}
}

// before is the heading of the section in front.
func (p *page) before(i int) string {
	for k := i - 1; k >= 0; k-- {
		if p.sections[k].heading >= 0 {
			return "after " + collapse(p.sections[k].Title)
		}
	}
	return "first"
}
