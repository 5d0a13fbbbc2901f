package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pir/internal/markdown"
	"pir/timeline"
)

// maxWhat is the length in runes of the text of a row.
const maxWhat = 320

// maxPost is the length in runes of a post in a row. The whole of it stands on
// the status page, and much of it in the list of evidence.
const maxPost = 240

// Row is a row of the timeline table.
type Row struct {
	Time  Moment
	Phase Text // empty outside the phases
	Marks List // milestones that this row is the evidence of
	What  Text
	Who   Text // whose record it is, for rows of other parties; else empty
	Refs  Refs

	ids []string
}

// maxRows is how many rows a table may have before kinds that matter less are
// left out.
const maxRows = 120

// A strictness says which events have a row of their own. Each leaves out more
// than the one before it.
type strictness int

const (
	showAll      strictness = iota // that timeline.Selected chooses
	showDecisive                   // posts, changes, decisions
	showMarks                      // what sets a milestone or was pinned
)

// Rows are the rows of our own timeline that matter, in order of time. A short
// statement has the milestones and the posts only.
func (p *Page) Rows() []Row {
	marks := p.markRows()
	rows := p.eventRows(marks, showAll)
	for level := showDecisive; len(rows) > maxRows && level <= showMarks; level++ {
		rows = p.eventRows(marks, level)
	}
	rows = append(marks, rows...)
	slices.SortStableFunc(rows, func(a, b Row) int { return a.Time.time.Compare(b.Time.time) })
	for i := range rows {
		rows[i].Phase = p.phaseAt(rows[i].Time)
	}
	return rows
}

// eventRows gives the rows of events that are not part of a milestone's row;
// those that are lend it their words.
func (p *Page) eventRows(marks []Row, level strictness) []Row {
	var rows []Row
	cited := p.citedEvents()
	repeats := p.repeatedAlerts()
	chosen := map[string]bool{}
	for _, c := range p.timeline.Selected() {
		chosen[c.ID] = c.Shown
	}
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if !ours(e) || e.Time.IsZero() {
			continue
		}
		row := p.eventRow(e)
		joined := cited[e.ID] && joinMark(marks, row)
		if !joined && !repeats[e.ID] && chosen[e.ID] && p.shown(e, level) {
			rows = append(rows, row)
		}
	}
	return rows
}

// repeatedAlerts are the alerts that say the same as one before and one after
// them: of a flapping alert the first and the last are shown.
func (p *Page) repeatedAlerts() map[string]bool {
	type key struct{ source, group, title string }
	last := map[key]string{} // id of the last one seen
	repeats := map[string]bool{}
	first := map[string]bool{}
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if e.Kind != timeline.KindAlert || e.HasFlag(timeline.FlagPinned) {
			continue
		}
		k := key{e.Source, e.Group, e.Title}
		if before, ok := last[k]; !ok {
			first[e.ID] = true
		} else if !first[before] {
			repeats[before] = true
		}
		last[k] = e.ID
	}
	return repeats
}

// PartyRows are the rows of providers and of those who depend on us.
func (p *Page) PartyRows() []Row {
	var rows []Row
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if ours(e) || e.Time.IsZero() || hidden(e) {
			continue
		}
		row := p.eventRow(e)
		row.Who = Text(e.Party) + ", " + p.sourceName(e)
		rows = append(rows, row)
	}
	return rows
}

// shown reports whether an event that was chosen has a row of its own.
func (p *Page) shown(e *timeline.Event, level strictness) bool {
	switch {
	case e.HasFlag(timeline.FlagPinned):
		return true
	case level == showMarks:
		return false
	case p.Stage.Statement:
		return e.Kind == timeline.KindStatus
	case level == showDecisive:
		return e.Kind == timeline.KindStatus || e.Kind == timeline.KindChange || e.Kind == timeline.KindDecision
	}
	return true
}

func hidden(e *timeline.Event) bool { return e.HasFlag(timeline.FlagTest) }

func ours(e *timeline.Event) bool { return e.Party == "" || e.Party == timeline.PartyOwn }

// citedEvents are the ids that milestones cite.
func (p *Page) citedEvents() map[string]bool {
	ids := map[string]bool{}
	for _, b := range p.timeline.Milestones {
		for _, e := range b.Evidence {
			ids[e.ID] = true
		}
	}
	return ids
}

// markRows gives a row to each milestone that has a time; milestones of one
// moment and one evidence share a row.
func (p *Page) markRows() []Row {
	var rows []Row
	for _, b := range p.timeline.Milestones {
		if !b.Known() {
			continue
		}
		m := p.mark(b)
		row := Row{Time: m.Time, Marks: List{m.Head()}, What: p.rowText(m), Refs: m.Refs}
		for _, e := range b.Evidence {
			row.ids = append(row.ids, e.ID)
		}
		at := slices.IndexFunc(rows, func(r Row) bool {
			return r.Time.time.Equal(row.Time.time) && len(row.ids) > 0 && len(r.ids) > 0 && r.ids[0] == row.ids[0]
		})
		if at >= 0 {
			rows[at].Marks = append(rows[at].Marks, row.Marks...)
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// Head is the milestone with what is known of it: "Detected by a monitor",
// "Mitigation started (Europe; failed)".
func (m Mark) Head() Text {
	label := m.Label
	if m.name == timeline.Detected && m.By != "" {
		label += " " + m.By
	}
	var known []string
	for _, t := range []Text{m.Scope, m.Outcome} {
		if t != "" {
			known = append(known, string(t))
		}
	}
	if len(known) > 0 {
		label += Text(" (" + strings.Join(known, "; ") + ")")
	}
	return label
}

// rowText is what the evidence says in its own words. What a log line says is
// no sentence; there the counts tell what was seen. A sentence that tells of
// both ends of the impact is quoted at its start only.
func (p *Page) rowText(m Mark) Text {
	if m.boundary.Rung == timeline.RungMeasured {
		return p.measuredText(m.boundary)
	}
	start, ok := p.timeline.Milestone(timeline.ImpactStart)
	if ok && m.name != timeline.ImpactStart && sameWords(start, m.boundary) {
		return "The end of the window that began at " + p.boundaryTime(start).Clock() + "."
	}
	if m.boundary.Rung == timeline.RungGiven && bareRow.MatchString(string(m.Words)) {
		return "As pir.yaml gives it."
	}
	return Text(markdown.Cut(string(m.Words), maxWhat))
}

// bareRow is a line of pir.yaml that gives a milestone without a note.
var bareRow = regexp.MustCompile(`^(- )?\{? ?(name|time|not_before|not_after): `)

// sameWords reports whether the evidence of two milestones is one sentence that
// tells of two times.
func sameWords(a, b timeline.Boundary) bool {
	if len(a.Evidence) == 0 || len(b.Evidence) == 0 || !a.Known() || !a.Time.Before(b.Time) {
		return false
	}
	x, y := a.Evidence[0], b.Evidence[0]
	return x.Origin != "" && x.Origin == y.Origin && x.Quote == y.Quote
}

// measuredText tells what the log showed at the edge of a burst of errors: the
// rate on both sides. Where no burst has that edge, the rule tells.
func (p *Page) measuredText(m timeline.Boundary) Text {
	for _, b := range p.timeline.Bursts {
		before, after, change := b.RateBefore, b.Rate, "rose"
		if !m.Known() {
			break
		}
		if b.End.Equal(m.Time) {
			before, after, change = b.Rate, b.RateAfter, "fell"
		} else if !b.Start.Equal(m.Time) {
			continue
		}
		if before == after || len(m.Evidence) == 0 || m.Evidence[0].Origin != b.First.Origin && m.Evidence[0].Origin != b.Last.Origin {
			continue
		}
		where := b.Component
		if where == "" {
			where = b.Source
		}
		if before > after {
			change = "fell"
		}
		return Text(fmt.Sprintf("The log of %s: errors %s from %s to %s a minute.", where, change, rate(before), rate(after)))
	}
	return Text(markdown.Cut(m.Rule, maxWhat))
}

func (p *Page) eventRow(e *timeline.Event) Row {
	m := p.calendar.moment(e.Time, e.Precision)
	m.end, m.approx = e.End, e.Approx
	return Row{Time: m, What: p.what(e), Refs: p.ledger.refs(evidenceOf(e)), ids: []string{e.ID}}
}

// joinMark lets an event be told by the row of the milestone that it is the
// evidence of, if that is at the event's own time.
func joinMark(marks []Row, row Row) bool {
	found := false
	for i, m := range marks {
		if slices.Contains(m.ids, row.ids[0]) && near(m.Time, row.Time) {
			marks[i].What = row.What
			if m.Time.end.IsZero() {
				marks[i].Time.end = row.Time.end
			}
			found = true
		}
	}
	return found
}

// near reports whether two times are the same to their precision.
func near(a, b Moment) bool {
	unit := max(a.precision.Unit(), b.precision.Unit(), time.Second)
	return a.time.Truncate(unit).Equal(b.time.Truncate(unit))
}

// what tells an event in one line.
func (p *Page) what(e *timeline.Event) Text {
	title, body := markdown.Visible(e.Title), markdown.Visible(markdown.Joined(e.Body))
	if title == "" {
		title, body = body, ""
	}
	lead := kindLead(e)
	if e.Kind == timeline.KindStatus {
		state, text := joinPost(title, body)
		if title = cutPost(text); state != "" {
			lead += " (" + state + ")"
		}
	}
	if lead != "" && !strings.HasPrefix(title, lead) {
		title = lead + ": " + title
	}
	return Text(markdown.Cut(title, maxWhat) + clockNote(e, title))
}

// cutPost cuts a post to its length, behind a sentence where that leaves enough.
func cutPost(text string) string {
	cut := markdown.Cut(text, maxPost)
	if cut == text {
		return text
	}
	if at := max(strings.LastIndex(cut, ". "), strings.LastIndex(cut, "; ")); at > len(cut)/2 {
		return strings.TrimSuffix(cut[:at+1], ";") + " …"
	}
	return cut
}

// joinPost puts a post's title and text together. The name of the incident,
// which stands in the title of each of its posts behind the state, is left out;
// the state stands alone.
func joinPost(title, body string) (state, text string) {
	first, _, named := strings.Cut(title, ": ")
	switch {
	case body == "" || strings.Contains(title, body):
		return "", title
	case strings.Contains(body, title):
		return "", body
	case named && len(first) <= 20 && !strings.Contains(first, "."):
		return first, body
	}
	return "", title + ": " + body
}

// kindLead says what sort of record a row is where its words may not.
func kindLead(e *timeline.Event) string {
	switch e.Kind {
	case timeline.KindStatus:
		return "Status page"
	case timeline.KindAlert:
		return "Alert"
	case timeline.KindChange:
		return "Change"
	case timeline.KindDecision:
		return "Decision"
	}
	return ""
}

// phaseAt is the phase that a time falls into. A time that is known to the
// minute is in the phase that begins in this minute.
func (p *Page) phaseAt(m Moment) Text {
	found := Text("")
	for _, ph := range p.timeline.Phases {
		start := ph.Start.Truncate(max(m.precision.Unit(), time.Second))
		if ph.Known && !m.time.Before(start) && m.time.Before(ph.End) {
			found = Text(ph.Name)
		}
	}
	return found
}

// Hidden counts the events that have no row, by kind: "34 chat, 12 log". It is
// empty when all are shown.
func (p *Page) Hidden() Text {
	shown := map[string]bool{}
	for _, rows := range [][]Row{p.Rows(), p.PartyRows()} {
		for _, r := range rows {
			for _, id := range r.ids {
				shown[id] = true
			}
		}
	}
	return p.tally(func(e *timeline.Event) bool { return !shown[e.ID] && e.Topic == "" })
}

// tally counts the events that fit, by kind, most first.
func (p *Page) tally(fits func(*timeline.Event) bool) Text {
	counts := map[timeline.Kind]int64{}
	for i := range p.timeline.Events {
		if e := &p.timeline.Events[i]; fits(e) {
			counts[e.Kind]++
		}
	}
	kinds := make([]timeline.Kind, 0, len(counts))
	for k := range counts {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b timeline.Kind) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var l List
	for _, k := range kinds {
		l = append(l, Text(thousands(counts[k])+" "+string(k)))
	}
	return l.Commas()
}
