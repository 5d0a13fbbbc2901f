package chart

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"pir/timeline"
)

// mostTasks bounds a diagram: Mermaid refuses a text of more than 50 kB.
const mostTasks = 60

// Mermaid is the timeline as a Gantt diagram in Mermaid's language, without a
// fence: phases, impact, milestones. Gantt is what every version of Mermaid
// draws. Times are those of UTC whatever zone the reader has. It ends in a line
// feed, and says so where there is nothing to draw.
func Mermaid(t *timeline.Timeline) string {
	var b strings.Builder
	b.WriteString("gantt\n")
	title := cut(cmp.Or(plain(cmp.Or(t.Incident.Title, t.Incident.ID)), "Incident"), textSize, px(500)) + " (UTC)"
	w := windowOf(t, Options{})
	if !w.known() {
		title += ": no time is known"
	}
	b.WriteString("    title " + label(title) + "\n")
	b.WriteString("    dateFormat YYYY-MM-DDTHH:mm:ss\n")
	b.WriteString("    axisFormat " + axisFormat(w) + "\n")
	b.WriteString("    todayMarker off\n")
	n := 0
	section := func(name string) func(string) {
		begun := false
		return func(task string) {
			if n++; n > mostTasks {
				return
			}
			if !begun {
				b.WriteString("    section " + name + "\n")
				begun = true
			}
			b.WriteString("    " + task + "\n")
		}
	}
	add := section("Milestones")
	list, _ := marksOf(t, w)
	list, _ = least(list, mostTasks/2)
	for i := range list {
		f := &list[i]
		add(fmt.Sprintf("%s :milestone, m%d, %s, 0d", label(f.label()), i+1, stamp(f.at)))
	}
	add = section("Phases")
	for i, f := range knownPhases(t) {
		add(task(f.Name+" "+t.LastedText(f.Start, f.End), fmt.Sprintf("p%d", i+1), "", f.Start, f.End, w))
	}
	add = section("Impact")
	for i, e := range impacts(t) {
		state := "crit, "
		if e.Level == timeline.LevelResidual {
			state = "active, "
		}
		name, end := cmp.Or(string(e.Level), "impact"), e.End
		if end.IsZero() {
			name, end = name+" (its end is not known)", w.to
		}
		add(task(name, fmt.Sprintf("i%d", i+1), state, e.Start, end, w))
	}
	return b.String()
}

// task is a bar from one time to another; it lasts a second at least, and keeps
// to the window.
func task(name, id, state string, from, to time.Time, w window) string {
	from, to = earlierOf(laterOf(from, w.from), w.to), earlierOf(laterOf(to, w.from), w.to)
	if to.Sub(from) < time.Second {
		to = from.Add(time.Second)
	}
	return fmt.Sprintf("%s :%s%s, %s, %s", label(cmp.Or(plain(name), "impact")), state, id, stamp(from), stamp(to))
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05") }

// axisFormat shows dates where the window holds several days.
func axisFormat(w window) string {
	switch s := w.seconds(); {
	case s > 10*daySeconds:
		return "%d %b"
	case !sameDay(w.from, w.to):
		return "%d %b %H:%M"
	case s < 600:
		return "%H:%M:%S"
	}
	return "%H:%M"
}

// label writes text so that Mermaid shows it and does nothing else: every ASCII
// character that is no letter, digit or space as a number, and the first letter
// too, since a label may not begin with a word of the language.
func label(s string) string {
	var b strings.Builder
	for i, r := range cut(plain(s), textSize, px(640)) {
		switch {
		case r == ' ' || r > 0x7e:
			b.WriteRune(r)
		case i > 0 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
