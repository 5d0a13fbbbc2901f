package chart

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"time"

	"pir/timeline"
)

// Options steer SVG. Zero values mean the defaults named beside them.
type Options struct {
	// Width in pixels, 320 to 2400; 960. Below 640 the layout is that of a phone:
	// milestones are numbered and told below the picture.
	Width int
	Title string    // that of the incident
	Dark  bool      // for dark pages; the ground is light without it
	Bare  bool      // without the title and what the incident is, for pages that say so
	From  time.Time // the part that is drawn, with To; chosen from the timeline
	To    time.Time
	// ID begins every id in the picture, for pages that hold several; "pir".
	// Only ASCII letters, digits and hyphens are kept.
	ID string
	// Rows puts words of the rows into the picture, for pointers that rest on
	// their marks. Without it the picture has no word of a row.
	Rows bool
	// Hooks is for pages that hold the picture inline: classes for DarkStyle, the
	// ids of rows as data-row, the names of phases as data-phase-name, and the
	// scale of the axis on the root: data-from and data-to in milliseconds since
	// 1970, data-left, data-right, data-top and data-foot in units of the viewBox.
	Hooks bool
}

const (
	defaultWidth = 960
	narrowBelow  = 640 // the layout of a phone
	edge         = 160 // of the picture to what is in it
	textSize     = 120
	smallSize    = 110
)

// picture is one drawing on its way down the page.
type picture struct {
	canvas
	t             *timeline.Timeline
	o             Options
	w             window
	width         int
	left, right   int // of the plot
	y             int // where the next thing goes
	narrow        bool
	flags         []banner
	outside       []timeline.Boundary
	hiddenFlags   int
	failing       []panel
	clean         []panel
	shown         []bool
	several       bool     // a mark stands for several rows
	bandTop, foot int      // what poles and grid lines reach from and to
	notes         []string // told below the picture
}

// SVG draws a timeline: phases, impact, errors, rows and milestones on one axis
// in UTC. The result is a whole document of well-formed XML, below 200 kB
// whatever the timeline holds.
func SVG(t *timeline.Timeline, o Options) []byte {
	p := newPicture(t, o)
	p.head()
	if p.w.known() {
		p.flagRows()
		p.bandTop = p.y
		p.phases()
		p.impact()
		p.panels()
		p.lanes()
		p.foot = p.y
		p.axis()
		p.poles()
		p.legend()
	} else {
		p.notes = append(p.notes, "No time is known of this incident.")
	}
	p.notesBelow()
	return p.document()
}

func newPicture(t *timeline.Timeline, o Options) *picture {
	o.Title = cmp.Or(plain(cmp.Or(o.Title, t.Incident.Title, t.Incident.ID)), "Incident")
	o.Width = min(max(cmp.Or(o.Width, defaultWidth), 320), 2400)
	o.ID = cmp.Or(strings.Map(idRune, o.ID), "pir")
	p := &picture{
		canvas: canvas{dark: o.Dark, hooks: o.Hooks, id: o.ID, used: map[string]bool{}},
		t:      t, o: o, w: windowOf(t, o), width: px(o.Width), narrow: o.Width < narrowBelow,
	}
	p.shown = drawable(t)
	p.failing, p.clean = panelsOf(t, p.w)
	p.flags, p.outside = marksOf(t, p.w)
	p.flags, p.hiddenFlags = least(p.flags, mostFlags)
	p.left, p.right = edge+px(92), p.width-edge
	if p.narrow {
		p.left = edge + px(28)
	}
	p.placeFlags()
	return p
}

func idRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
		return r
	}
	return -1
}

// zoomed reports whether a part was asked for.
func (p *picture) zoomed() bool { return !p.o.From.IsZero() && p.o.To.After(p.o.From) }

// x is where an instant is drawn.
func (p *picture) x(at time.Time) int { return p.left + p.w.place(at, p.right-p.left) }

// placeFlags finds where the plot ends, so that the label of the last milestone
// has room behind it, and gives each flag its place.
func (p *picture) placeFlags() {
	const whole = 10000
	for i := range p.flags {
		f := &p.flags[i]
		f.number = i + 1
		f.width = px(14)
		if p.narrow {
			continue
		}
		f.width = p.labelWidth(f)
		if part := p.w.place(f.at, whole); part > 0 {
			room := (p.width - edge - f.width - p.left) * whole / part
			p.right = min(p.right, p.left+room)
		}
	}
	p.right = max(p.right, p.left+(p.width-p.left)*6/10)
	for i := range p.flags {
		p.flags[i].x = p.x(p.flags[i].at)
	}
}

// labelWidth is the room that a label takes, with the gap to its pole.
func (p *picture) labelWidth(f *banner) int {
	return wide(f.label(), textSize)*106/100 + px(5)
}

func (f *banner) label() string {
	s := f.clock + " " + f.words()
	if f.doubted {
		s += " !"
	}
	return s
}

// head writes the title, and below it what the incident is and when.
func (p *picture) head() {
	room := p.width - 2*edge
	p.y = edge
	if p.o.Bare {
		p.text(words{x: edge, y: p.y + px(12), size: textSize, fill: "soft"}, cut(p.spanText(), textSize, room))
		p.y += px(22)
		return
	}
	for _, line := range wrapped(p.o.Title, 170, room*88/100, 2) {
		p.y += px(20)
		p.text(words{x: edge, y: p.y, size: 170, fill: "ink", bold: true}, isolated(line))
	}
	var parts []string
	for _, s := range append([]string{p.t.Incident.ID, string(p.t.Incident.Severity)}, p.t.Incident.Components...) {
		if s = plain(s); s != "" && s != p.o.Title && len(parts) < 8 {
			parts = append(parts, isolated(s))
		}
	}
	for _, line := range append(wrapped(strings.Join(parts, " · "), textSize, room, 2), wrapped(p.spanText(), textSize, room, 2)...) {
		if line != "" {
			p.y += px(18)
			p.text(words{x: edge, y: p.y, size: textSize, fill: "soft"}, line)
		}
	}
	p.y += px(10)
}

// spanText tells what the axis spans.
func (p *picture) spanText() string {
	if !p.w.known() {
		return ""
	}
	from, to := p.t.From.UTC(), p.t.To.UTC()
	if from.IsZero() || to.IsZero() {
		from, to = p.w.from, p.w.to
	}
	if p.zoomed() {
		from, to = p.o.From.UTC(), p.o.To.UTC()
	}
	s := from.Format("2 January 2006, 15:04") + " to "
	if !sameDay(from, to) {
		s += to.Format("2 January 2006, ")
	}
	s += to.Format("15:04") + " UTC"
	if to.After(from) && to.Sub(from) < 100*366*24*time.Hour {
		s += " · " + p.t.LastedText(from, to)
	}
	return s
}

// document puts the parts together.
func (p *picture) document() []byte {
	height := p.y + edge
	var out bytes.Buffer
	id := p.o.ID
	list := attrs{
		"xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + unit(p.width) + " " + unit(height),
		"width", unit(p.width), "height", unit(height), "role", "img", "aria-labelledby", id + "-title " + id + "-desc",
		"font-family", "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif", "class", "picture",
	}
	if p.hooks && p.w.known() {
		list = append(list, "data-from", millis(p.w.from), "data-to", millis(p.w.to), "data-left", unit(p.left), "data-right", unit(p.right),
			"data-top", unit(p.bandTop), "data-foot", unit(p.foot))
	}
	p.open(&out, "svg", list, ">\n")
	out.WriteString(`<title id="` + id + `-title">` + escape(p.o.Title) + "</title>\n")
	out.WriteString(`<desc id="` + id + `-desc">` + escape(p.describe()) + "</desc>\n")
	p.patterns(&out)
	p.rect(&out, 5, 5, p.width-10, height-10, "rx", "6", "fill", "ground", "stroke", "frame")
	out.Write(p.under.Bytes())
	out.Write(p.over.Bytes())
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// millis is an instant as scripts have it: milliseconds since 1970.
func millis(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }
