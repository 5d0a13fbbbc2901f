package diff

import (
	"cmp"
	"strconv"
	"strings"

	"pir/internal/textdiff"
	"pir/review/document"
	"pir/timeline"
)

// Told is a change as a line of text: what it is about, what happened, from
// what, to what, and how much. From and To are empty where the Body tells them;
// Join stands between them.
type Told struct{ What, Verb, From, To, Note, Join string }

// metricNames are metrics as a sentence calls them.
var metricNames = map[string]string{
	"time_to_detect":       "Time to detect",
	"time_to_acknowledge":  "Time to acknowledge",
	"time_to_identify":     "Time to identify the cause",
	"time_to_mitigate":     "Time to mitigate the main impact",
	"time_to_recover":      "Time to recover fully",
	"time_to_resolve":      "Time to resolve",
	"time_to_first_update": "Time to first update",
	"impact_duration":      "Time with impact",
	"longest_silence":      "Longest silence",
	"updates":              "Posts on the status page",
}

// Told gives a change as a line of text. Texts of the reviews in it are as they
// are: whoever shows them escapes them.
func (c Change) Told() Told {
	t := Told{Verb: c.Type.Kind().Verb, From: c.From.Text, To: c.To.Text, Note: c.Note, Join: " → "}
	switch c.Type {
	case MilestoneMoved, MilestoneAdded, MilestoneRemoved, MilestoneChanged:
		t.What = nameOf(timeline.Milestone(c.Name()))
	case WindowSplit, WindowMerged, WindowChanged, WindowAdded, WindowRemoved:
		t.What = "Impact window"
	case MetricChanged, MetricAdded, MetricRemoved:
		t.What = metricNames[c.Name()]
		if t.What == "" {
			t.What = upper(c.Name())
		}
	case ComponentsChanged:
		t.What = "Components"
		switch {
		case c.Note != "":
			t.Verb, t.Note = c.Note+" by", ""
		default:
			t.From, t.To, t.Join = "gone: "+t.From, "new: "+t.To, "; "
		}
	case PhaseAdded, PhaseRemoved, PhaseChanged:
		t.What = "Phase " + c.Name()
	case RowRetimed:
		t.What = "Row " + quoted(c.Name())
	case RowReworded:
		t.What, t.From, t.To = "Row at "+c.Name(), "", ""
	case RowAdded, RowRemoved:
		t.What, t.From, t.To = "Timeline row", "", ""
	case ActionReworded:
		t.What, t.From, t.To = "Action", "", ""
	case ActionAdded, ActionRemoved:
		t.What, t.From, t.To = "Action", "", ""
	case ActionDone, ActionReopened, ActionSlipped, ActionAdvanced, ActionReassigned, ActionChanged:
		t.What = "Action " + quoted(c.Name())
	case FigureAdded, FigureRemoved, FigureChanged:
		t.What = upper(c.Name())
	case StageChanged, StatusChanged, SeverityChanged, TitleChanged:
		t.What = upper(c.Name())
	default:
		t = c.toldProse(t)
	}
	if len(c.Because) > 0 {
		var list []string
		for _, m := range c.Because {
			list = append(list, lower(nameOf(timeline.Milestone(m))))
		}
		t.Note = strings.TrimPrefix(t.Note+"; with "+strings.Join(list, " and "), "; ")
	}
	return t
}

// toldProse tells changes whose text is their body.
func (c Change) toldProse(t Told) Told {
	switch c.Type {
	case EvidenceLost, EvidenceGained:
		t.What, t.From, t.To = quoted(c.To.Text), "", ""
		t.Note = strings.Join(append(append([]string(nil), c.From.Evidence...), c.To.Evidence...), ", ")
	case KeyAdded, KeyRemoved, KeyChanged:
		t.What = "Front matter, " + c.Name()
	case SectionRenamed:
		t.What = "Section"
	case SectionMoved:
		t.What, t.From, t.To = "Section "+quoted(c.To.Text), c.From.Value, c.To.Value
	case SectionAdded:
		t.What, t.To = "Section "+quoted(c.To.Text), ""
	case SectionRemoved:
		t.What, t.From = "Section "+quoted(c.From.Text), ""
	case ProseMoved:
		t.What, t.From, t.To = c.noun(), "", ""
		if c.From.Section != c.To.Section {
			t.Note = "from " + quoted(c.From.Section) + " to " + quoted(c.To.Section)
		}
	default:
		t.What, t.From, t.To = c.noun(), "", ""
	}
	return t
}

// nouns are what pieces of prose are called.
var nouns = map[document.Kind]string{
	document.Item: "List item", Row: "Table row", Head: "Head of a table", document.Code: "Code", document.HTML: "HTML",
}

func (c Change) noun() string {
	kind := cmp.Or(c.To.Kind, c.From.Kind)
	return cmp.Or(nouns[kind], upper(c.Type.Kind().Noun))
}

// Body gives the text of a change with what was changed marked; of a table one
// result per cell. It is nil where the line tells all.
func (c Change) Body() []textdiff.Result {
	switch c.Type {
	case KeyChanged, SectionRenamed:
		return nil
	case RowAdded, ActionAdded, NoticeAdded, QuestionAsked, ProseAdded:
		return []textdiff.Result{{Pieces: []textdiff.Piece{{Op: textdiff.Insert, Text: c.To.Text}}}}
	case RowRemoved, ActionRemoved, NoticeGone, QuestionAnswered, ProseRemoved:
		return []textdiff.Result{{Pieces: []textdiff.Piece{{Op: textdiff.Delete, Text: c.From.Text}}}}
	case ProseMoved:
		return []textdiff.Result{{Pieces: []textdiff.Piece{{Op: textdiff.Equal, Text: c.To.Text}}}}
	}
	return c.Words
}

// Line gives a change in one line of plain text.
func (c Change) Line() string {
	t := c.Told()
	var b strings.Builder
	b.WriteString(t.What)
	switch {
	case t.From != "" && t.To != "":
		b.WriteString(" " + t.Verb + ": " + t.From + t.Join + t.To)
	case t.From+t.To != "":
		b.WriteString(" " + t.Verb + ": " + t.From + t.To)
	default:
		b.WriteString(" " + t.Verb)
		if c.Body() != nil && len(c.Words) == 0 {
			b.WriteString(": " + c.From.Text + c.bodyTo())
		}
	}
	if t.Note != "" {
		b.WriteString(" (" + t.Note + ")")
	}
	return b.String()
}

func (c Change) bodyTo() string {
	if c.From.Text != "" {
		return ""
	}
	return c.To.Text
}

func quoted(s string) string { return "“" + s + "”" }

func upper(s string) string {
	s = strings.ReplaceAll(s, "_", " ")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func lower(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// Counts says how much changed: "9 changes: 5 in facts, 4 in prose".
func (d *Diff) Counts() string {
	n, facts := len(d.Changes), len(d.Of(Facts))
	switch {
	case n == 0:
		return "No changes"
	case facts == 0:
		return number(n, "change", "changes") + ", in prose alone"
	case facts == n:
		return number(n, "change", "changes") + ", in facts alone"
	}
	return number(n, "change", "changes") + ": " + strconv.Itoa(facts) + " in facts, " + strconv.Itoa(n-facts) + " in prose"
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// briefLines is how much a busy reader is told.
const briefLines = 5

// Brief tells the changes in at most five lines: the weightiest one by one, many
// of a kind as their number, and what is left in the last line.
func (d *Diff) Brief() []string {
	var lines, rest []string
	for i := 0; i < len(d.Changes); {
		n := i
		for n < len(d.Changes) && d.Changes[n].Type == d.Changes[i].Type {
			n++
		}
		k := d.Changes[i].Type.Kind()
		last := len(lines) == briefLines-1 && n < len(d.Changes)
		if k.Group == Prose || n-i > 3 || last || len(lines) == briefLines || len(rest) > 0 && len(lines) == briefLines-1 {
			rest = append(rest, number(n-i, k.Noun, plural(k.Noun))+" "+k.Verb)
		} else {
			var each []string
			for _, c := range d.Changes[i:n] {
				each = append(each, c.Line())
			}
			lines = append(lines, strings.Join(each, "; "))
		}
		i = n
	}
	if len(rest) > 0 {
		lines = append(lines, upper(strings.Join(rest, ", ")))
	}
	return lines
}

// plural is the plural of a noun of the table.
func plural(noun string) string {
	switch {
	case noun == "key of the front matter":
		return "keys of the front matter"
	case noun == "list of components":
		return "lists of components"
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ey"):
		return strings.TrimSuffix(noun, "y") + "ies"
	case strings.HasSuffix(noun, "s"):
		return noun + "es"
	}
	return noun + "s"
}
