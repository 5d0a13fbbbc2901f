package chart

import (
	"slices"
	"strconv"

	"pir/timeline"
)

// sideLabel names a row: at its left side, or above it where there is no side.
func (p *picture) sideLabel(name string, height int) {
	if p.narrow {
		p.y += px(15)
		p.text(words{x: edge, y: p.y - px(3), size: smallSize, fill: "soft"}, name)
		return
	}
	p.text(words{x: p.left - px(10), y: p.y + height/2 + px(4), size: smallSize, fill: "soft", anchor: "end"}, name)
}

// Rows of flags: their distance, and how many there are room for.
const (
	flagRow  = 170
	mostRows = 12
)

// flagRows writes the labels of the milestones above the band, each with a pole
// down to it.
func (p *picture) flagRows() {
	if len(p.flags) == 0 {
		return
	}
	rows := climb(p.flags, px(8))
	for rows > mostRows && len(p.flags) > 1 {
		var left int
		p.flags, left = least(p.flags, len(p.flags)-1)
		p.hiddenFlags += left
		rows = climb(p.flags, px(8))
	}
	bottom := p.y + rows*flagRow + px(6)
	for i := range p.flags {
		f := &p.flags[i]
		f.number = i + 1
		y := bottom - f.height*flagRow
		p.group(f.rows, "", "flag")
		p.line(&p.over, f.x, y, f.x, bottom, "rule", dash(f)...)
		label, size := f.label(), textSize
		if p.narrow {
			label, size = strconv.Itoa(f.number), smallSize
		}
		p.text(words{x: f.x + px(4), y: y + px(9), size: size, fill: "ink", bold: strong(f)}, cut(label, size, max(p.width-edge/2-f.x-px(4), px(14))))
		p.over.WriteString("</g>\n")
	}
	p.y = bottom
}

// strong reports whether a milestone begins or ends what users felt.
func strong(f *banner) bool {
	for _, name := range f.names {
		switch name {
		case "impact start", "detected", "mitigated", "impact end":
			return true
		}
	}
	return false
}

// dash is how the pole of a bound differs from that of a time.
func dash(f *banner) []string {
	if f.bound {
		return []string{"stroke-dasharray", "2 3"}
	}
	return nil
}

// group begins a g with the rows and the words that belong to what follows.
func (p *picture) group(ids []string, tip, class string) {
	list := attrs{"class", class}
	if p.hooks && len(ids) > 0 {
		joined := ""
		for i, id := range ids[:min(len(ids), 50)] {
			if i > 0 {
				joined += " "
			}
			joined += plain(id)
		}
		list = append(list, "data-row", joined)
	}
	p.open(&p.over, "g", list, ">")
	if p.o.Rows && tip != "" {
		p.over.WriteString("<title>" + escape(tip) + "</title>")
	}
}

// phases draws the band of phases. A name stands in its stretch where it fits;
// the legend has all.
func (p *picture) phases() {
	list := p.drawnPhases()
	if len(list) == 0 {
		return
	}
	const height = 220
	p.sideLabel("phases", height)
	for _, f := range list {
		x, end := p.x(f.Start), p.x(f.End)
		name := phaseInk(f.Name)
		if end-x < 10 {
			end = x + 10
		}
		text := plain(f.Name)
		if p.hooks {
			p.open(&p.over, "g", attrs{"class", "phase", "data-phase-name", text}, ">")
		}
		p.hatched(name, x, p.y, end-x, height, "stroke", "rule")
		if n := wide(text, smallSize); n+px(8) < end-x {
			p.backed(words{x: (x + end) / 2, y: p.y + height/2 + px(4), size: smallSize, fill: "ink", anchor: "middle"}, text, name)
		}
		if p.hooks {
			p.over.WriteString("</g>\n")
		}
	}
	p.y += height + px(6)
}

// phaseInk is the colour and the pattern of a phase.
func phaseInk(name string) string {
	for _, h := range hatches {
		if h.name == name && name != "unknown" && name != "residual" {
			return name
		}
	}
	return "review"
}

func knownPhases(t *timeline.Timeline) []timeline.Phase {
	var list []timeline.Phase
	for _, f := range t.Phases {
		if f.Known && f.End.After(f.Start) {
			list = append(list, f)
		}
	}
	return list
}

// drawnPhases are those that the window holds a part of.
func (p *picture) drawnPhases() []timeline.Phase {
	return slices.DeleteFunc(knownPhases(p.t), func(f timeline.Phase) bool {
		return !f.End.After(p.w.from) || !f.Start.Before(p.w.to)
	})
}

// drawnImpacts are those that the window holds a part of.
func (p *picture) drawnImpacts() []timeline.Episode {
	return slices.DeleteFunc(impacts(p.t), func(e timeline.Episode) bool {
		return !e.End.IsZero() && !e.End.After(p.w.from) || !e.Start.Before(p.w.to)
	})
}

// impacts are the episodes of the whole incident; those of components where the
// whole is not told.
func impacts(t *timeline.Timeline) []timeline.Episode {
	var whole, parts []timeline.Episode
	for _, e := range t.Episodes {
		switch {
		case e.Start.IsZero():
		case e.Component == "" && e.Region == "":
			whole = append(whole, e)
		default:
			parts = append(parts, e)
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return parts
}

// impact draws when users were hurt: full where it was the main impact, hatched
// where less was left. A stretch whose end is not known ends in a point.
func (p *picture) impact() {
	list := p.drawnImpacts()
	if len(list) == 0 {
		return
	}
	const height = 110
	p.sideLabel("impact", height)
	for _, e := range list {
		x, end := p.x(e.Start), p.right
		if !e.End.IsZero() {
			end = max(p.x(e.End), x+10)
		}
		ids := make([]string, 0, len(e.Evidence))
		for _, v := range e.Evidence {
			ids = append(ids, v.ID)
		}
		p.group(ids, "", "impact")
		switch {
		case e.End.IsZero():
			p.open(&p.over, "path", attrs{"d", "M" + unit(x) + " " + unit(p.y) + "H" + unit(end-60) + "L" + unit(end) + " " + unit(p.y+height/2) +
				"L" + unit(end-60) + " " + unit(p.y+height) + "H" + unit(x) + "z", "fill", "residual", "stroke", "error", "stroke-dasharray", "3 2"}, "/>")
		case e.Level == timeline.LevelResidual:
			p.hatched("residual", x, p.y, end-x, height, "stroke", "error")
		default:
			p.rect(&p.over, x, p.y, end-x, height, "fill", "error", "stroke", "error")
		}
		p.over.WriteString("</g>\n")
	}
	p.y += height + px(6)
}

// lanes draws the rows that people and tools left.
func (p *picture) lanes() {
	p.y += px(4)
	for i := range lanes {
		l := &lanes[i]
		marks := l.marks(p.t, p.shown, p.w, p.right-p.left)
		if len(marks) == 0 {
			continue
		}
		const height = 200
		p.sideLabel(l.name, height)
		p.line(&p.under, p.left, p.y+height/2, p.right, p.y+height/2, "grid")
		for k := range marks {
			m := &marks[k]
			ids := make([]string, 0, len(m.events))
			for _, e := range m.events {
				ids = append(ids, e.ID)
			}
			p.several = p.several || len(m.events) > 1
			p.group(ids, m.tip(), "mark")
			p.shape(m, l, p.left+m.x, p.y+height/2)
			p.over.WriteString("</g>\n")
		}
		p.y += height
	}
	p.y += px(4)
}

// axis draws the line of time with its ticks, and their lines up to the band.
func (p *picture) axis() {
	each := px(78)
	p.line(&p.over, p.left, p.y, p.right, p.y, "rule")
	p.line(&p.under, p.left, p.bandTop, p.left, p.y, "grid")
	free := 0
	dated := false
	for _, k := range ticksOf(p.w, max((p.right-p.left)/each, 2)) {
		x := p.x(k.at)
		p.line(&p.under, x, p.bandTop, x, p.y, "grid")
		p.line(&p.over, x, p.y, x, p.y+px(5), "rule")
		if half := wide(k.clock, smallSize) / 2; x-half >= free && x+half < p.width-px(4) {
			p.text(words{x: x, y: p.y + px(18), size: smallSize, fill: "soft", anchor: "middle"}, k.clock)
			free = x + half + px(6)
		}
		if day := k.day + k.year; day != "" {
			p.text(words{x: x, y: p.y + px(33), size: smallSize, fill: "ink", anchor: "middle"}, day)
			dated = true
		}
	}
	zone := words{x: p.left - px(32), y: p.y + px(18), size: smallSize, fill: "soft", anchor: "end"}
	if p.narrow {
		zone.x, zone.anchor = edge, ""
		if free == 0 || p.left-edge < px(40) {
			zone.y += px(15)
		}
	}
	p.text(zone, "UTC")
	p.y += px(24)
	if dated || p.narrow {
		p.y += px(15)
	}
}

// poles carries the milestones of the impact down to the axis.
func (p *picture) poles() {
	for i := range p.flags {
		if f := &p.flags[i]; strong(f) && !f.bound {
			p.line(&p.under, f.x, p.bandTop, f.x, p.foot, "rule", "stroke-dasharray", "4 3")
		}
	}
}
