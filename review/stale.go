package review

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"pir/internal/when"
	"pir/review/document"
	"pir/timeline"
)

// maxStale is how many sentences of one page are listed.
const maxStale = 100

// moved is a value that changed: a time, or the length of something.
type moved struct {
	name string // of the milestone or metric
	was  time.Time
	text string // of a metric, as the page showed it
	now  string
}

// staleIn lists the sentences outside of the generated blocks that hold a value
// which was one of old, and is another one in t.
func staleIn(d *document.Document, old, t *timeline.Timeline) []UpdatedPlace {
	values := movedValues(old, t)
	if len(values) == 0 {
		return nil
	}
	day, _ := mainDay(old)
	var list []UpdatedPlace
	for _, text := range proseOf(d) {
		list = append(list, staleIn1(text, values, day)...)
		if len(list) > maxStale {
			return list[:maxStale]
		}
	}
	return list
}

// prose is a text of the writer's.
type prose struct {
	line int
	text string
}

// proseOf gives the texts outside of the generated blocks, in order.
func proseOf(d *document.Document) []prose {
	var list []prose
	var blocks func([]document.Block)
	blocks = func(all []document.Block) {
		for i := range all {
			b := &all[i]
			if b.Part != "" || b.Kind == document.Code || b.Kind == document.Comment || b.Kind == document.HTML {
				continue
			}
			if b.Kind == document.Paragraph {
				list = append(list, linesOf(d, b)...)
			} else if b.Text != "" {
				list = append(list, prose{b.Line, b.Text})
			}
			for _, r := range b.Rows {
				var cells []string
				for _, c := range r.Cells {
					cells = append(cells, c.Text)
				}
				list = append(list, prose{r.Line, strings.Join(cells, " | ")})
			}
			blocks(b.Children)
		}
	}
	var sections func([]document.Section)
	sections = func(all []document.Section) {
		for i := range all {
			if all[i].ID != "evidence" {
				list = append(list, prose{all[i].Line, all[i].Title})
				blocks(all[i].Blocks)
			}
			sections(all[i].Nested)
		}
	}
	sections(d.Sections)
	return list
}

// linesOf gives the lines of a paragraph.
func linesOf(d *document.Document, b *document.Block) []prose {
	var list []prose
	for i, line := range strings.Split(string(d.Source[b.Start:b.End]), "\n") {
		list = append(list, prose{b.Line + i, strings.TrimRight(line, "\r")})
	}
	return list
}

// movedValues are the milestones and metrics that are others now.
func movedValues(old, t *timeline.Timeline) []moved {
	var list []moved
	taken := map[int]bool{}
	for i := range old.Milestones {
		a := &old.Milestones[i]
		if !a.Known() {
			continue
		}
		b := counterpart(a, t, taken)
		if b != nil && b.Known() && showsSame(a.Time, b.Time, a.Precision) {
			continue
		}
		m := moved{name: string(a.Name), was: a.Time, now: "not known"}
		if b != nil && b.Known() {
			m.now = clockText(b.Time, a.Time, b.Precision)
		}
		list = append(list, m)
	}
	for i := range old.Metrics {
		a := old.Metrics[i]
		b, ok := t.Metric(a.Name)
		was := old.ValueText(a)
		if was == "" || !a.Known {
			continue
		}
		m := moved{name: a.Name, text: was, now: "not known"}
		if ok && b.Known {
			m.now = t.ValueText(b)
		}
		if m.now != was {
			list = append(list, m)
		}
	}
	return list
}

// counterpart is the milestone of the new timeline that is the one of the old.
func counterpart(a *timeline.Boundary, t *timeline.Timeline, taken map[int]bool) *timeline.Boundary {
	same := func(fits func(b *timeline.Boundary) bool) *timeline.Boundary {
		for i := range t.Milestones {
			b := &t.Milestones[i]
			if b.Name == a.Name && !taken[i] && fits(b) {
				taken[i] = true
				return b
			}
		}
		return nil
	}
	if b := same(func(b *timeline.Boundary) bool { return b.Known() && b.Time.Equal(a.Time) }); b != nil {
		return b
	}
	return same(func(b *timeline.Boundary) bool { return b.Episode == a.Episode })
}

// showsSame reports whether two times are shown alike.
func showsSame(a, b time.Time, p when.Precision) bool {
	unit := max(p.Unit(), time.Second)
	return a.Truncate(unit).Equal(b.Truncate(unit))
}

// clockText is a time as a message tells it: with its date where that is another
// one.
func clockText(t, was time.Time, p when.Precision) string {
	text := t.UTC().Format(clockLayout(t.UTC(), p))
	if !sameDay(t.UTC(), was.UTC()) {
		text += " on " + t.UTC().Format("2 January 2006")
	}
	return text
}

// staleIn1 gives the values that one text has and that are others now.
func staleIn1(p prose, values []moved, day time.Time) []UpdatedPlace {
	if !strings.ContainsAny(p.text, "0123456789") {
		return nil
	}
	type hit struct {
		says string
		what []string
	}
	var hits []hit
	add := func(says, what string) {
		for i := range hits {
			if hits[i].says == says {
				if !slices.Contains(hits[i].what, what) {
					hits[i].what = append(hits[i].what, what)
				}
				return
			}
		}
		hits = append(hits, hit{says, []string{what}})
	}
	mentions := when.Mentions(p.text, when.Ref{Day: day, Year: day.Year()})
	for _, v := range values {
		if v.text != "" {
			if holds(p.text, v.text) {
				add(v.text, v.name+" is now "+v.now)
			}
			continue
		}
		for _, m := range mentions {
			for _, stamp := range []*when.Stamp{&m.Stamp, m.Until} {
				if stamp == nil || stamp.Precision < when.Minute || !saysSame(stamp, v.was) {
					continue
				}
				add(clockText(v.was, v.was, min(stamp.Precision, when.Second)), v.name+" is now "+v.now)
			}
		}
	}
	var list []UpdatedPlace
	for _, h := range hits {
		list = append(list, UpdatedPlace{p.line, fmt.Sprintf("says %s; %s", h.says, strings.Join(h.what, ", "))})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Line < list[j].Line })
	return list
}

// saysSame reports whether a time in a text is the one meant, as far as it is
// written.
func saysSame(s *when.Stamp, t time.Time) bool {
	return s.Time.Equal(t.UTC().Truncate(max(s.Precision.Unit(), time.Nanosecond)))
}

// holds reports whether a text has the words, with nothing that goes on around
// them.
func holds(text, words string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(words)
		before := start == 0 || !strings.ContainsRune("0123456789.,:", rune(text[start-1]))
		after := end == len(text) || !wordByte(text[end]) && !(text[end] == ' ' && end+1 < len(text) && text[end+1] >= '0' && text[end+1] <= '9')
		if before && after {
			return true
		}
		from = end
	}
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// headNotes tells what the front matter says and the evidence does not: the
// writer's it is, and it stays.
func headNotes(d *document.Document, t *timeline.Timeline) []string {
	var notes []string
	if s := string(t.Incident.Severity); d.Front.Severity != "" && s != "" && !strings.EqualFold(s, d.Front.Severity) {
		notes = append(notes, fmt.Sprintf("the front matter says severity: %s; the incident has %s", d.Front.Severity, s))
	}
	var missing []string
	for _, c := range t.Incident.Components {
		if len(d.Front.Components) > 0 && !slices.Contains(d.Front.Components, c) {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		notes = append(notes, "the components of the front matter leave out "+strings.Join(missing, ", "))
	}
	return notes
}
