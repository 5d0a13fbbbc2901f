package chart

import (
	"strconv"
	"strings"

	"pir/timeline"
)

// item is one entry of the legend: a sign with its words.
type item struct {
	text string
	sign func(x, y int) // draws in 18 by 11 pixels below y
}

// legend tells what the phases are and how long they lasted, and what the signs
// mean; in the narrow layout first the milestones by their numbers.
func (p *picture) legend() {
	p.y += px(8)
	if p.narrow {
		for i := range p.flags {
			p.numbered(&p.flags[i])
		}
		p.y += px(6)
	}
	var list []item
	for _, f := range p.drawnPhases() {
		text := plain(f.Name) + " " + p.t.LastedText(f.Start, f.End)
		if len(f.Includes) > 0 {
			text = plain(f.Name) + " with " + plain(strings.Join(f.Includes, ", ")) + " " + p.t.LastedText(f.Start, f.End)
		}
		list = append(list, item{text, p.swatch(phaseInk(f.Name), "rule")})
	}
	main, residual := levels(p.drawnImpacts())
	if main {
		list = append(list, item{"main impact", func(x, y int) { p.rect(&p.over, x, y, px(18), px(11), "fill", "error", "stroke", "error") }})
	}
	if residual {
		list = append(list, item{"what was left of it", p.swatch("residual", "error")})
	}
	if p.used["unknown"] {
		list = append(list, item{"no records: not known", p.swatch("unknown", "rule")})
	}
	if p.several {
		list = append(list, item{"several rows", func(x, y int) { p.line(&p.over, x+px(4), y+px(8), x+px(14), y+px(8), "people", "stroke-width", "1.6") }})
	}
	p.flow(list)
}

// numbered is the line of a milestone below a narrow picture.
func (p *picture) numbered(f *banner) {
	p.y += px(17)
	p.text(words{x: edge + px(16), y: p.y, size: textSize, fill: "soft", anchor: "end"}, strconv.Itoa(f.number))
	p.text(words{x: edge + px(24), y: p.y, size: textSize, fill: "ink", bold: strong(f)}, cut(f.label(), textSize, p.width-2*edge-px(24)))
}

// swatch is a box with the pattern of a name.
func (p *picture) swatch(name, stroke string) func(x, y int) {
	return func(x, y int) { p.hatched(name, x, y, px(18), px(11), "stroke", stroke) }
}

// levels reports which levels of impact the picture has.
func levels(list []timeline.Episode) (main, residual bool) {
	for _, e := range list {
		if e.Level == timeline.LevelResidual {
			residual = true
		} else {
			main = true
		}
	}
	return main, residual
}

// flow writes items from left to right, on as many lines as they need.
func (p *picture) flow(list []item) {
	x, y := edge, p.y+px(16)
	for i, it := range list {
		text := cut(it.text, smallSize, p.width-2*edge-px(24))
		n := px(24) + wide(text, smallSize)
		if i > 0 && x+n > p.width-edge {
			x, y = edge, y+px(18)
		}
		it.sign(x, y-px(9))
		p.text(words{x: x + px(23), y: y, size: smallSize, fill: "ink"}, text)
		x += n + px(14)
	}
	if len(list) > 0 {
		p.y = y + px(4)
	}
}

// notesBelow tells what the picture does not show.
func (p *picture) notesBelow() {
	var far, unknown []string
	for _, b := range p.outside {
		far = append(far, spoken(b.Name)+" ("+instant(b).UTC().Format("2 January 2006, 15:04")+")")
	}
	for _, b := range p.t.Milestones {
		if instant(b).IsZero() {
			unknown = append(unknown, spoken(b.Name))
		}
	}
	if len(far) > 0 && !p.zoomed() {
		p.notes = append(p.notes, "Outside of this stretch: "+listed(far, 6)+".")
	}
	if len(unknown) > 0 && !p.zoomed() {
		p.notes = append(p.notes, "Not known: "+listed(unknown, 16)+".")
	}
	if p.hiddenFlags > 0 {
		p.notes = append(p.notes, counted(p.hiddenFlags, "milestone is", "milestones are")+" in the table only.")
	}
	for i := range p.flags {
		if p.flags[i].doubted {
			p.notes = append(p.notes, "! Sources disagree on this time.")
			break
		}
	}
	p.y += px(4)
	for _, note := range p.notes {
		for _, line := range wrapped(note, smallSize, p.width-2*edge, 3) {
			p.y += px(16)
			p.text(words{x: edge, y: p.y, size: smallSize, fill: "soft"}, line)
		}
	}
}
