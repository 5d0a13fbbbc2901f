package chart

import (
	"bytes"
	"strconv"
	"strings"
)

// canvas collects the elements of a picture. Lengths are tenths of a pixel.
type canvas struct {
	under, over bytes.Buffer // grid and grounds lie below everything else
	dark, hooks bool
	id          string
	used        map[string]bool // hatches that are needed
}

// px is a length in whole pixels.
func px(n int) int { return n * 10 }

// unit writes a length.
func unit(n int) string {
	s := strconv.Itoa(n / 10)
	if n < 0 && n > -10 {
		s = "-0"
	}
	if rest := n % 10; rest != 0 {
		s += "." + strconv.Itoa(max(rest, -rest))
	}
	return s
}

// attrs are pairs of names and values, in their order.
type attrs []string

// open writes a start tag. Named colours become values, and with hooks classes.
func (c *canvas) open(b *bytes.Buffer, name string, list attrs, end string) {
	b.WriteByte('<')
	b.WriteString(name)
	var classes []string
	for i := 0; i+1 < len(list); i += 2 {
		key, value := list[i], list[i+1]
		if key == "class" {
			if c.hooks {
				classes = append(classes, value)
			}
			continue
		}
		if key == "fill" || key == "stroke" {
			hex, named := colour(value, c.dark)
			if named && c.hooks {
				classes = append(classes, key[:1]+"-"+value)
			}
			value = hex
		}
		b.WriteString(" " + key + `="` + escape(value) + `"`)
	}
	if len(classes) > 0 {
		b.WriteString(` class="` + escape(strings.Join(classes, " ")) + `"`)
	}
	b.WriteString(end)
}

// rect draws a box.
func (c *canvas) rect(b *bytes.Buffer, x, y, w, h int, list ...string) {
	c.open(b, "rect", append(attrs{"x", unit(x), "y", unit(y), "width", unit(max(w, 0)), "height", unit(max(h, 0))}, list...), "/>\n")
}

// line draws a straight line of a colour.
func (c *canvas) line(b *bytes.Buffer, x1, y1, x2, y2 int, stroke string, list ...string) {
	d := "M" + unit(x1) + " " + unit(y1)
	switch {
	case x1 == x2:
		d += "V" + unit(y2)
	case y1 == y2:
		d += "H" + unit(x2)
	default:
		d += "L" + unit(x2) + " " + unit(y2)
	}
	c.open(b, "path", append(attrs{"d", d, "fill", "none", "stroke", stroke}, list...), "/>\n")
}

// words are the attributes of a text: where it stands on its line.
type words struct {
	x, y, size int
	fill       string
	anchor     string // start where it is empty
	bold       bool
}

// text writes one line of text that is clean and cut already.
func (c *canvas) text(w words, s string) {
	list := attrs{"x", unit(w.x), "y", unit(w.y), "font-size", unit(w.size), "fill", w.fill}
	if w.anchor != "" {
		list = append(list, "text-anchor", w.anchor)
	}
	if w.bold {
		list = append(list, "font-weight", "600")
	}
	c.open(&c.over, "text", list, ">")
	c.over.WriteString(escape(s) + "</text>\n")
}

// backed writes a text on a box of a colour, where lines would run through it.
func (c *canvas) backed(w words, s, ground string) {
	n := wide(s, w.size)
	x := w.x
	if w.anchor == "middle" {
		x -= n / 2
	}
	c.rect(&c.over, x-px(3), w.y-w.size+px(1), n+px(6), w.size+px(3), "fill", ground)
	c.text(w, s)
}

// hatched draws a box with the ground and the pattern of a name.
func (c *canvas) hatched(name string, x, y, w, h int, list ...string) {
	c.used[name] = true
	c.rect(&c.over, x, y, w, h, append([]string{"fill", "url(#" + c.id + "-" + name + ")"}, list...)...)
}

// patterns writes the definitions of the hatches that were used.
func (c *canvas) patterns(out *bytes.Buffer) {
	if len(c.used) == 0 {
		return
	}
	out.WriteString("<defs>\n")
	for _, h := range hatches {
		if !c.used[h.name] {
			continue
		}
		c.open(out, "pattern", attrs{"id", c.id + "-" + h.name, "width", "8", "height", "8", "patternUnits", "userSpaceOnUse"}, ">")
		c.open(out, "rect", attrs{"width", "8", "height", "8", "fill", h.name}, "/>")
		if h.path != "" {
			line := h.name + "-line"
			if h.name == "residual" {
				line = "error"
			}
			c.open(out, "path", attrs{"d", h.path, "fill", "none", "stroke", line, "stroke-width", "1.2"}, "/>")
		}
		out.WriteString("</pattern>\n")
	}
	out.WriteString("</defs>\n")
}
