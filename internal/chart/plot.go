package chart

import (
	"bytes"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"pir/timeline"
)

// panels draws the errors of each source and component, each on a scale of its
// own, and notes what is left out.
func (p *picture) panels() {
	for i := range p.failing {
		if i == mostPanels {
			var names []string
			for _, rest := range p.failing[i:] {
				names = append(names, isolated(rest.name()))
			}
			p.notes = append(p.notes, "Not drawn, with fewer errors: "+listed(names, 6)+".")
			break
		}
		p.panel(&p.failing[i])
	}
	var names []string
	for _, c := range p.clean {
		names = append(names, isolated(c.name()))
	}
	switch {
	case len(names) > 0:
		p.notes = append(p.notes, "No errors in the log of "+listed(names, 6)+" in this stretch.")
	case len(p.failing) == 0 && len(p.t.Series) == 0:
		p.notes = append(p.notes, "No errors are drawn: no log was read that counts them.")
	case len(p.failing) == 0:
		p.notes = append(p.notes, "No errors are drawn: no log covers this stretch.")
	}
}

// listed joins names; of many it has the first and how many more.
func listed(names []string, most int) string {
	if len(names) > most {
		names = append(names[:most:most], strconv.Itoa(len(names)-most)+" more")
	}
	return strings.Join(names, ", ")
}

// panel draws one: what it is, the bursts, the curve, and its scale.
func (p *picture) panel(c *panel) {
	height := px(60)
	top, room := niceTop(c.most), p.right-p.left
	p.y += px(18)
	said := ": errors per " + c.per() + ", " + number(c.most) + " at most, at " +
		momentText(c.peak, c.step, p.w.detail())
	w := words{x: p.left, y: p.y, size: smallSize, fill: "ink"}
	if p.narrow {
		w.x = edge
		p.backed(w, cut(isolated(c.name()), smallSize, p.width-2*edge), "ground")
		p.y += px(15)
		w.y, said = p.y, strings.TrimPrefix(said, ": ")
		p.backed(w, said, "ground")
	} else {
		p.backed(w, cut(isolated(c.name()), smallSize, p.width-edge-w.x-wide(said, smallSize))+said, "ground")
	}
	p.y += px(6)
	p.bursts(c, p.y, height)
	p.y += px(16)
	columns := c.columns(p.w, room)
	for _, run := range runs(columns, false) {
		p.unknownRun(run, height)
	}
	base := p.y + height
	for _, run := range runs(columns, true) {
		high := p.outline(run, base, height, top, func(c column) int64 { return c.high })
		low := p.outline(run, base, height, top, func(c column) int64 { return c.low })
		closed := "V" + unit(base) + "H" + unit(p.left+run[0].x) + "z"
		p.open(&p.over, "path", attrs{"d", high + closed, "fill", "error-high"}, "/>\n")
		if low != high {
			p.open(&p.over, "path", attrs{"d", low + closed, "fill", "error-low"}, "/>\n")
		}
		p.open(&p.over, "path", attrs{"d", high, "fill", "none", "stroke", "error", "stroke-width", "1.2", "stroke-linejoin", "round"}, "/>\n")
	}
	p.line(&p.over, p.left, base, p.right, base, "rule")
	scale := words{x: p.left - px(6), size: smallSize, fill: "soft", anchor: "end"}
	scale.y = p.y + px(8)
	p.text(scale, short(top))
	scale.y = base
	p.text(scale, "0")
	p.y = base + px(6)
}

// unknownRun draws a stretch in which no log has records.
func (p *picture) unknownRun(run []column, height int) {
	x, end := p.left+run[0].x, p.left+run[len(run)-1].end
	if end <= x {
		return
	}
	p.hatched("unknown", x, p.y, end-x, height)
	const text = "no records"
	if n := wide(text, smallSize); n+px(10) < end-x {
		p.backed(words{x: (x + end) / 2, y: p.y + height/2 + px(4), size: smallSize, fill: "soft", anchor: "middle"}, text, "ground")
	}
}

// outline is the path along the top of columns: one step for each stretch of one
// value.
func (p *picture) outline(run []column, base, height int, top int64, of func(column) int64) string {
	var b bytes.Buffer
	last := math.MinInt
	for i, c := range run {
		y := base - share(of(c), top, height)
		if i == 0 {
			b.WriteString("M" + unit(p.left+c.x) + " " + unit(y))
		} else if y != last {
			b.WriteString("H" + unit(p.left+c.x) + "V" + unit(y))
		}
		last = y
	}
	b.WriteString("H" + unit(p.left+run[len(run)-1].end))
	return b.String()
}

// share is n out of top on a line of units, upward from 0: a single error is
// seen.
func share(n, top int64, units int) int {
	if n <= 0 || top <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(min(n, top)), uint64(units))
	q, _ := bits.Div64(hi, lo, uint64(top))
	return max(int(q), 8)
}

// short is a number of a scale: 12, 3 k, 2 M.
func short(n int64) string {
	for _, u := range []struct {
		size int64
		name string
	}{{1_000_000_000_000_000, " P"}, {1_000_000_000_000, " T"}, {1_000_000_000, " G"}, {1_000_000, " M"}, {10_000, " k"}} {
		if n >= u.size {
			if u.name == " k" {
				u.size = 1000
			}
			return strconv.FormatInt(n/u.size, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10)
}

// bursts draws the stretches of a panel in which errors were above their usual
// rate: a tint, and a bracket that says how high. Its arrow says that the log
// ends before the burst does.
func (p *picture) bursts(c *panel, y, height int) {
	for i, b := range c.bursts {
		if i == 40 {
			break
		}
		open := b.End.IsZero()
		if !open && !b.End.After(p.w.from) || !b.Start.Before(p.w.to) {
			continue
		}
		x, end := p.x(b.Start), p.right
		if !open {
			end = max(p.x(b.End), x+10)
		}
		p.rect(&p.under, x, y, end-x, height+px(16), "fill", "burst")
		line := y + px(9)
		text, n := burstText(b), wide(burstText(b), smallSize)
		p.group([]string{b.ID}, text, "burst")
		if rate := rounded(b.Rate); n+px(28) >= end-x && rate != "" { // the short form, in less room
			text = rate + " per minute"
			n = wide(text, smallSize)
		}
		if n+px(28) < end-x {
			p.line(&p.over, x, line, (x+end-n)/2-px(4), line, "error")
			p.line(&p.over, (x+end+n)/2+px(4), line, end, line, "error")
			p.backed(words{x: (x + end) / 2, y: line + px(4), size: smallSize, fill: "ink", anchor: "middle"}, text, "burst")
		} else {
			p.line(&p.over, x, line, end, line, "error")
		}
		p.line(&p.over, x, line-px(4), x, line+px(4), "error")
		if open {
			p.open(&p.over, "path", attrs{"d", "M" + unit(end-50) + " " + unit(line-40) + "l5 4l-5 4", "fill", "none", "stroke", "error"}, "/>")
		} else {
			p.line(&p.over, end, line-px(4), end, line+px(4), "error")
		}
		p.over.WriteString("</g>\n")
	}
}

// burstText is how high a burst is, as far as that is a number.
func burstText(b timeline.Burst) string {
	rate := rounded(b.Rate)
	if rate == "" {
		return "more errors than usual"
	}
	s := rate + " per minute"
	if before := rounded(b.BaselineRate); before != "" && b.BaselineRate >= 0 {
		s += ", usual " + before
	}
	return s
}

// rounded writes a rate with two figures that matter, and nothing where it is no
// number.
func rounded(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 || v > 1e15 {
		return ""
	}
	digits := 2
	switch {
	case v >= 100:
		digits = 0
	case v >= 10:
		digits = 1
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}
