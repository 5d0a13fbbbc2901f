package diff

import (
	"slices"
	"strings"
	"time"

	"pir/review/document"
)

// windows compares the stretches of time in which users were hurt. Windows that
// are the same on both sides are left aside; of the rest those that overlap
// belong together: one to several is a split, several to one a merger.
func (c *comparison) windows() {
	a, b := slices.Clone(c.a.facts.Windows), slices.Clone(c.b.facts.Windows)
	a, b = distinct(a), distinct(b)
	a, b = unequal(a, b, func(x, y document.Window) bool {
		return x.Start.Equal(y.Start) && x.End.Equal(y.End) && x.Level == y.Level && collapse(x.Scope) == collapse(y.Scope)
	})
	a, b = unequal(a, b, func(x, y document.Window) bool {
		return x.Start.Equal(y.Start) && x.End.Equal(y.End) && (x.Level == y.Level || x.Level == "" || y.Level == "")
	})
	for _, g := range overlapping(a, b) {
		c.windowGroup(g[0], g[1])
	}
}

// distinct drops windows that a page tells twice.
func distinct(list []document.Window) (out []document.Window) {
	for _, w := range list {
		twice := slices.ContainsFunc(out, func(x document.Window) bool {
			return x.Start.Equal(w.Start) && x.End.Equal(w.End) && (x.Level == w.Level || w.Level == "")
		})
		if !twice && !(w.Start.IsZero() && w.End.IsZero()) {
			out = append(out, w)
		}
	}
	return out
}

// unequal takes out what both lists have.
func unequal[T any](a, b []T, same func(x, y T) bool) (restA, restB []T) {
	restB = slices.Clone(b)
	for _, x := range a {
		i := slices.IndexFunc(restB, func(y T) bool { return same(x, y) })
		if i < 0 {
			restA = append(restA, x)
			continue
		}
		restB = slices.Delete(restB, i, i+1)
	}
	return restA, restB
}

// overlapping groups windows of both sides that share time.
func overlapping(a, b []document.Window) (out [][2][]document.Window) {
	usedB := make([]bool, len(b))
	usedA := make([]bool, len(a))
	var grow func(g *[2][]document.Window, x document.Window, ofA bool)
	grow = func(g *[2][]document.Window, x document.Window, ofA bool) {
		side, list, used := 1, b, usedB
		if !ofA {
			side, list, used = 0, a, usedA
		}
		for i, y := range list {
			if !used[i] && overlap(x, y) {
				used[i] = true
				g[side] = append(g[side], y)
				grow(g, y, !ofA)
			}
		}
	}
	for i, x := range a {
		if !usedA[i] {
			usedA[i] = true
			g := [2][]document.Window{{x}, nil}
			grow(&g, x, true)
			out = append(out, g)
		}
	}
	for i, y := range b {
		if !usedB[i] {
			out = append(out, [2][]document.Window{nil, {y}})
		}
	}
	return out
}

// overlap reports whether two windows share time. An open end lasts.
func overlap(x, y document.Window) bool {
	endless := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	end := func(w document.Window) time.Time {
		if w.End.IsZero() {
			return endless
		}
		return w.End
	}
	return x.Start.Before(end(y)) && y.Start.Before(end(x))
}

// windowGroup tells what became of windows that overlap.
func (c *comparison) windowGroup(a, b []document.Window) {
	ch := Change{From: c.windowSide(a), To: c.windowSide(b)}
	switch {
	case len(a) == 0:
		ch.Type = WindowAdded
	case len(b) == 0:
		ch.Type = WindowRemoved
	case len(a) == 1 && len(b) > 1:
		ch.Type = WindowSplit
	case len(a) > 1 && len(b) == 1:
		ch.Type = WindowMerged
	default:
		ch.Type = WindowChanged
		ch.Note = widened(a, b)
	}
	var from, to document.Place
	if len(a) > 0 {
		from = a[0].Place
	}
	if len(b) > 0 {
		to = b[0].Place
	}
	c.fact(ch, from, to)
	for _, w := range a {
		c.tell(w.Place, document.Place{})
	}
	for _, w := range b {
		c.tell(document.Place{}, w.Place)
	}
}

// windowSide writes the windows of one side.
func (c *comparison) windowSide(list []document.Window) Side {
	var s Side
	var values, texts []string
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y document.Window) int { return x.Start.Compare(y.Start) })
	for _, w := range list {
		values = append(values, stamps(w.Start, w.End))
		text := c.clock.span(w.Start, w.End)
		if w.End.IsZero() {
			text = "since " + text
		}
		if w.Level != "" {
			text += " (" + w.Level + ")"
		}
		texts = append(texts, text)
		s.Evidence = append(s.Evidence, w.Evidence...)
		if s.Name == "" {
			s.Name = strings.TrimSpace("impact " + w.Level)
		}
	}
	s.Value, s.Text = strings.Join(values, " "), strings.Join(texts, " and ")
	if len(list) > 1 {
		s.Name = "impact"
	}
	return s
}

// widened says what became of the span of windows.
func widened(a, b []document.Window) string {
	if len(a) != 1 || len(b) != 1 || a[0].End.IsZero() || b[0].End.IsZero() {
		return ""
	}
	x, y := a[0], b[0]
	switch {
	case !y.Start.After(x.Start) && !y.End.Before(x.End) && (y.Start.Before(x.Start) || y.End.After(x.End)):
		return "widened"
	case !x.Start.After(y.Start) && !x.End.Before(y.End) && (x.Start.Before(y.Start) || x.End.After(y.End)):
		return "narrowed"
	}
	return ""
}
