package diff

import (
	"slices"
	"strings"

	"pir/internal/textdiff"
	"pir/review/document"
)

// known are keys of the front matter that are told as facts, or that say
// nothing.
var known = []string{"pir", "id", "title", "stage", "status", "severity", "components"}

// heads compares what the front matter says of the whole.
func (c *comparison) heads() {
	for _, row := range []struct {
		t          Type
		name, a, b string
	}{
		{StageChanged, "stage", c.a.facts.Stage, c.b.facts.Stage},
		{StatusChanged, "status", c.a.facts.Status, c.b.facts.Status},
		{SeverityChanged, "severity", c.a.facts.Severity, c.b.facts.Severity},
		{TitleChanged, "title", c.a.facts.Title, c.title()},
	} {
		from, to := collapse(row.a), collapse(row.b)
		if from == to {
			continue
		}
		ch := Change{Type: row.t, From: Side{Value: from, Text: from, Name: row.name}, To: Side{Value: to, Text: to, Name: row.name}}
		ch.From.Line, ch.To.Line = keyLine(c.a.doc, row.name), keyLine(c.b.doc, row.name)
		c.add(ch)
	}
	c.components()
}

func keyLine(d *document.Document, name string) int {
	for _, k := range d.Front.Keys {
		if k.Name == name {
			return k.Line
		}
	}
	return 0
}

// components compares the lists of what was hit, as sets.
func (c *comparison) components() {
	a, b := set(c.a.facts.Components), set(c.b.facts.Components)
	var gone, come []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			gone = append(gone, x)
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			come = append(come, x)
		}
	}
	note := ""
	switch {
	case len(gone)+len(come) == 0:
		return
	case len(gone) == 0:
		note = "widened"
	case len(come) == 0:
		note = "narrowed"
	}
	// Each side tells what it alone has; the values are the whole lists.
	c.add(Change{
		Type: ComponentsChanged, Note: note,
		From: Side{Value: strings.Join(a, ", "), Text: strings.Join(gone, ", "), Name: "components", Line: keyLine(c.a.doc, "components")},
		To:   Side{Value: strings.Join(b, ", "), Text: strings.Join(come, ", "), Name: "components", Line: keyLine(c.b.doc, "components")},
	})
}

// set gives a list without white space and repetitions, in its order.
func set(list []string) (out []string) {
	for _, x := range list {
		if x = collapse(x); x != "" && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// keys compares the rest of the front matter. The order of keys is none.
func (c *comparison) keys() {
	a, b := values(c.a.doc.Front), values(c.b.doc.Front)
	names := map[string]bool{}
	var list []string
	for _, f := range []document.Front{c.a.doc.Front, c.b.doc.Front} {
		for _, k := range f.Keys {
			if !names[k.Name] && !slices.Contains(known, k.Name) {
				names[k.Name] = true
				list = append(list, k.Name)
			}
		}
	}
	slices.Sort(list)
	for _, name := range list {
		from, inA := a[name]
		to, inB := b[name]
		ch := Change{
			Type: KeyChanged,
			From: Side{Value: from, Text: from, Name: name, Line: keyLine(c.a.doc, name)},
			To:   Side{Value: to, Text: to, Name: name, Line: keyLine(c.b.doc, name)},
		}
		switch {
		case from == to && inA == inB:
			continue
		case !inA:
			ch.Type, ch.From = KeyAdded, Side{}
		case !inB:
			ch.Type, ch.To = KeyRemoved, Side{}
		default:
			ch.Words = []textdiff.Result{textdiff.Words(from, to)}
		}
		c.add(ch)
	}
}

func values(f document.Front) map[string]string {
	out := map[string]string{}
	for _, k := range f.Keys {
		out[k.Name] = plainValue(k.Value)
	}
	return out
}

// plainValue is the value of a key without its spelling: quotes, white space,
// and lists in either of their forms.
func plainValue(s string) string {
	s = collapse(s)
	if list, found := strings.CutPrefix(s, "- "); found {
		s = "[" + strings.ReplaceAll(list, " - ", ", ") + "]"
	}
	if n := len(s); n >= 2 && s[0] == '[' && s[n-1] == ']' {
		var items []string
		for _, x := range strings.Split(s[1:n-1], ",") {
			items = append(items, unquoted(strings.TrimSpace(x)))
		}
		return strings.Join(items, ", ")
	}
	return unquoted(s)
}

func unquoted(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}

// title is the title of the new page; that of the old one where another dash is
// all that differs.
func (c *comparison) title() string {
	if dashed(collapse(c.a.facts.Title)) == dashed(collapse(c.b.facts.Title)) {
		return c.a.facts.Title
	}
	return c.b.facts.Title
}
