package main

import (
	"cmp"
	"fmt"
	"strings"

	"pir/internal/textdiff"
	"pir/review/diff"
)

// diffText writes a diff for a terminal.
type diffText struct {
	printer
	style style
	width int
}

// diffSigns stand before a change.
var diffSigns = map[string][2]string{ // verb -> sign, color
	"added": {"+", "green"}, "asked": {"+", "green"}, "gained evidence": {"+", "green"},
	"removed": {"−", "red"}, "dropped": {"−", "red"}, "gone": {"−", "red"}, "lost its evidence": {"−", "red"},
	"done": {"✓", "green"}, "answered": {"✓", "green"},
	"moved": {"→", "cyan"}, "slipped": {"!", "yellow"}, "reopened": {"!", "yellow"},
}

// text writes facts, then sections.
func (r *diffRun) text(d *diff.Diff) error {
	t := r.newText()
	if d.Same() {
		t.line("No changes.")
		return t.err
	}
	t.line("%s → %s", t.style.paint("bold", visible(cmp.Or(d.From, "-"))), t.style.paint("bold", visible(cmp.Or(d.To, "-"))))
	t.line("%s. Times are UTC.", d.Counts())
	if facts := d.Of(diff.Facts); len(facts) > 0 {
		t.line("")
		t.line("%s", t.style.paint("bold", "Facts"))
		for _, c := range facts {
			t.change(c)
		}
	}
	for _, p := range d.ByPlace() {
		t.line("")
		t.line("%s", t.style.paint("bold", clip(visible(cmp.Or(p.Heading, "Head of the page")), t.width)))
		for _, c := range p.Changes {
			t.change(c)
		}
	}
	for _, note := range d.Coarse {
		t.line("")
		t.line("Compared less finely: %s.", note)
	}
	return t.err
}

// brief writes what matters in five lines.
func (r *diffRun) brief(d *diff.Diff) error {
	t := r.newText()
	if d.Same() {
		t.line("No changes.")
		return t.err
	}
	for _, l := range d.Brief() {
		if l = visible(l); r.columns() > 0 {
			l = clip(l, t.width) // five lines, also on a small screen
		}
		t.line("%s", l)
	}
	return t.err
}

func (r *diffRun) newText() *diffText {
	terminal := r.columns() > 0 || r.driver && r.env("GIT_PAGER_IN_USE") != ""
	return &diffText{printer: printer{w: r.out}, style: styleFor(r.settings.color, terminal, r.env), width: r.tableWidth()}
}

// change writes one change: what it is, then its text.
func (t *diffText) change(c diff.Change) {
	told := c.Told()
	sign := diffSigns[told.Verb]
	if sign[0] == "" {
		sign = [2]string{"~", "yellow"}
	}
	line := []colored{{"bold", visible(clip(visible(told.What), 2*t.width))}}
	say := func(color, text string) { line = append(line, colored{color, text}) }
	switch {
	case told.From != "" && told.To != "":
		if told.Verb != "moved" && told.Verb != "changed" && told.Verb != "retimed" {
			say("", " "+told.Verb)
		}
		say("", ": ")
		say("red", visible(told.From))
		say("", told.Join)
		say("green", visible(told.To))
	case told.From != "":
		say("", " "+told.Verb+": ")
		say("red", visible(told.From))
	case told.To != "":
		say("", " "+told.Verb+": ")
		say("green", visible(told.To))
	default:
		say("", " "+told.Verb)
	}
	if told.Note != "" {
		say("dim", " ("+visible(told.Note)+")")
	}
	if at := placeOf(c); at != "" {
		say("dim", " · "+at)
	}
	t.wrapped("  "+t.style.paint(sign[1], sign[0])+" ", "    ", line)
	t.body(c)
}

// placeOf tells where a change stands: the line of the old page, of the new one.
func placeOf(c diff.Change) string {
	switch {
	case c.From.Line > 0 && c.To.Line > 0 && c.From.Line != c.To.Line:
		return fmt.Sprintf("line %d → %d", c.From.Line, c.To.Line)
	case c.To.Line > 0:
		return fmt.Sprintf("line %d", c.To.Line)
	case c.From.Line > 0:
		return fmt.Sprintf("line %d", c.From.Line)
	}
	return ""
}

// body writes the text of a change. Of a row of a table only the cells that
// changed are shown.
func (t *diffText) body(c diff.Change) {
	body := c.Body()
	for _, r := range body {
		if len(body) > 1 && r.Same() {
			continue
		}
		t.wrapped("      ", "      ", t.marked(r))
	}
}

// colored is text in a color.
type colored struct{ color, text string }

// contextRunes is how much of a text that stayed is shown on either side of a
// change.
const contextRunes = 120

// marked gives a text with its changes: in color, or between brackets as git
// writes them.
func (t *diffText) marked(r textdiff.Result) []colored {
	var out []colored
	for i, p := range r.Pieces {
		text := shown(p.Text)
		switch {
		case p.Op == textdiff.Delete && t.style.on:
			out = append(out, colored{"struck", text})
		case p.Op == textdiff.Insert && t.style.on:
			if i > 0 && r.Pieces[i-1].Op == textdiff.Delete && !strings.HasSuffix(out[len(out)-1].text, " ") {
				out = append(out, colored{"", " "})
			}
			out = append(out, colored{"inserted", text})
		case p.Op == textdiff.Delete:
			out = append(out, colored{"", "[-" + text + "-]"})
		case p.Op == textdiff.Insert:
			out = append(out, colored{"", "{+" + text + "+}"})
		default:
			out = append(out, colored{"", middle(text, i > 0, i+1 < len(r.Pieces))})
		}
	}
	return out
}

// shown is visible, with the white space at the ends of a piece kept.
func shown(s string) string {
	text := visible(s)
	if text == "" {
		return " "
	}
	if s[0] == ' ' || s[0] == '\n' {
		text = " " + text
	}
	if last := s[len(s)-1]; last == ' ' || last == '\n' {
		text += " "
	}
	return text
}

// middle leaves out what is far from any change.
func middle(text string, before, behind bool) string {
	r := []rune(text)
	if len(r) <= 2*contextRunes || !before && !behind {
		return text
	}
	head, tail := "", ""
	if before {
		head = string(r[:contextRunes])
	}
	if behind {
		tail = string(r[len(r)-contextRunes:])
	}
	return head + " … " + tail
}

// wrapped writes colored text, broken at spaces. A word that is longer than the
// line is broken.
func (t *diffText) wrapped(first, rest string, text []colored) {
	l := paintedLine{head: first, style: t.style}
	at, gap := len(rest), false
	next := func() {
		t.line("%s", l.String())
		l = paintedLine{head: rest, style: t.style}
		at, gap = len(rest), false
	}
	for _, s := range text {
		for _, word := range splitWords(s.text) {
			if strings.TrimSpace(word) == "" {
				gap = true
				continue
			}
			if gap && at > len(rest) {
				if at+1+width(word) > t.width {
					next()
				} else {
					l.space(s.color)
					at++
				}
			}
			gap = false
			for at+width(word) > t.width {
				head := cells.Truncate(word, max(t.width-at, 10), "")
				if head == "" || head == word {
					break
				}
				l.add(s.color, head)
				next()
				word = word[len(head):]
			}
			l.add(s.color, word)
			at += width(word)
		}
	}
	t.line("%s", l.String())
}

// paintedLine is a line whose neighbours of one color are painted together.
type paintedLine struct {
	head  string
	style style
	spans []colored
}

func (l *paintedLine) add(color, text string) {
	if n := len(l.spans); n > 0 && l.spans[n-1].color == color {
		l.spans[n-1].text += text
		return
	}
	l.spans = append(l.spans, colored{color, text})
}

// space is one between two words: of their color where they have the same.
func (l *paintedLine) space(next string) {
	if n := len(l.spans); n > 0 && l.spans[n-1].color == next {
		l.spans[n-1].text += " "
		return
	}
	l.add("", " ")
}

// String gives the line.
func (l *paintedLine) String() string {
	var b strings.Builder
	b.WriteString(l.head)
	for _, s := range l.spans {
		b.WriteString(l.style.paint(s.color, s.text))
	}
	return b.String()
}

// splitWords cuts a text into words and the white space between them.
func splitWords(s string) (out []string) {
	for s != "" {
		n := strings.IndexByte(s, ' ')
		switch {
		case n < 0:
			return append(out, s)
		case n == 0:
			n = len(s) - len(strings.TrimLeft(s, " "))
		}
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}
