package timeline

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

// Explain writes, as text, where a milestone, phase, metric, event, signal,
// burst or figure comes from: for a milestone every rung of its ladder with
// each candidate and why the chosen one won. An unknown name is an error that
// tells the nearest one.
func (t *Timeline) Explain(w io.Writer, what string) error {
	out := bufio.NewWriter(w)
	name := strings.ToLower(strings.TrimSpace(what))
	name = strings.ReplaceAll(strings.ReplaceAll(name, "-", "_"), " ", "_")
	if !t.explain(out, name, strings.TrimSpace(what)) {
		return t.unknownName(what)
	}
	return out.Flush()
}

func (t *Timeline) explain(w io.Writer, name, what string) bool {
	found := false
	for i := range t.Milestones {
		if row := &t.Milestones[i]; string(row.Name) == name {
			if found {
				fmt.Fprintln(w)
			}
			explainMilestone(w, row)
			found = true
		}
	}
	for i := range t.Metrics {
		if m := &t.Metrics[i]; m.Name == name {
			t.explainMetric(w, m)
			found = true
		}
	}
	for i := range t.Phases {
		if p := &t.Phases[i]; p.Name == name {
			t.explainPhase(w, p)
			found = true
		}
	}
	return found || t.explainRecord(w, what)
}

func (t *Timeline) explainRecord(w io.Writer, what string) bool {
	if e, ok := t.Event(what); ok {
		t.explainEvent(w, e)
		return true
	}
	for i := range t.Signals {
		if s := &t.Signals[i]; s.ID == what {
			explainSignal(w, s)
			return true
		}
	}
	for i := range t.Bursts {
		if b := &t.Bursts[i]; b.ID == what {
			explainBurst(w, b)
			return true
		}
	}
	for i := range t.Figures {
		if f := &t.Figures[i]; strings.EqualFold(f.Measure, what) {
			fmt.Fprintf(w, "%s: %s%s\n  given by a person or a record%s\n", f.Measure, f.Value, inBrackets(f.Scope), inBrackets(f.Source))
			writeEvidenceLines(w, f.Evidence)
			return true
		}
	}
	for _, d := range t.Dropped {
		if d.ID == what {
			fmt.Fprintf(w, "%s: %s\n  dropped in pir.yaml: %s\n  %s\n", d.ID, shortened(d.Title), cmp.Or(d.Reason, "no reason given"), d.Origin)
			return true
		}
	}
	return false
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// candidate is a line of a ladder.
type candidate struct {
	Alternative
	chosen bool
}

func explainMilestone(w io.Writer, row *Boundary) {
	title := string(row.Name)
	if row.Episode > 0 {
		title += fmt.Sprintf(", episode %d", row.Episode)
	}
	fmt.Fprintf(w, "%s: %s\n", title, rowValue(row))
	for _, line := range rowDetails(row) {
		fmt.Fprintf(w, "  %s\n", line)
	}
	var list []candidate
	if row.Rung != "" {
		list = append(list, candidate{Alternative{
			Time: row.Time, NotBefore: row.NotBefore, NotAfter: row.NotAfter, Precision: row.Precision, Rung: row.Rung,
			Rule: row.Rule, Evidence: row.Evidence,
		}, true})
	}
	for _, a := range row.Alternatives {
		list = append(list, candidate{a, false})
	}
	fmt.Fprintf(w, "  the ladder, best rung first:\n")
	for _, rung := range Ladder(row.Name) {
		none := true
		for _, c := range list {
			if c.Rung == rung {
				explainCandidate(w, row, &c)
				none = false
			}
		}
		if none {
			fmt.Fprintf(w, "    %-11s  -\n", rung)
		}
	}
	fmt.Fprintf(w, "  %s\n", whyChosen(row))
}

func rowValue(row *Boundary) string {
	s := "not known"
	switch {
	case row.Known() && !row.End.IsZero():
		s = shown(row.Time, row.Precision) + " to " + shown(row.End, row.Precision)
	case row.Known():
		s = shown(row.Time, row.Precision)
	case row.Rung != "":
		s = "not known, " + bounds(row.NotBefore, row.NotAfter)
	}
	return s
}

func rowDetails(row *Boundary) []string {
	var out []string
	if row.By != "" {
		out = append(out, "noticed by: "+strings.ReplaceAll(row.By, "_", " "))
	}
	if row.Outcome != "" {
		out = append(out, "outcome: "+row.Outcome)
	}
	if len(row.Scope.Components) > 0 {
		out = append(out, "components: "+strings.Join(row.Scope.Components, ", "))
	}
	if len(row.Scope.Regions) > 0 {
		out = append(out, "regions: "+strings.Join(row.Scope.Regions, ", "))
	}
	if row.Conflict {
		out = append(out, "conflict: candidates are further apart than they are precise")
	}
	return out
}

func explainCandidate(w io.Writer, row *Boundary, c *candidate) {
	mark := "  "
	if c.chosen {
		mark = "=>"
	}
	value := bounds(c.NotBefore, c.NotAfter)
	if !c.Time.IsZero() {
		value = shown(c.Time, c.Precision)
		if c.Rung == RungMeasured && !c.NotBefore.IsZero() && !c.NotAfter.IsZero() {
			value += ", between " + shown(c.NotBefore, when.Second) + " and " + shown(c.NotAfter, when.Second)
		}
		if !c.chosen && row.Known() {
			value += " (" + offset(c.Time.Sub(row.Time)) + ")"
		}
	}
	fmt.Fprintf(w, " %s %-11s  %s\n", mark, c.Rung, value)
	fmt.Fprintf(w, "%17s%s\n", "", c.Rule)
	for _, e := range c.Evidence {
		fmt.Fprintf(w, "%17s%s: %s\n", "", e.Origin, quoted(e.Quote))
	}
}

// offset tells how far a candidate is from the chosen one.
func offset(d time.Duration) string {
	switch {
	case d == 0:
		return "the same"
	case d < 0:
		return when.Words(-d) + " earlier"
	}
	return when.Words(d) + " later"
}

// whyChosen says why the chosen candidate won.
func whyChosen(row *Boundary) string {
	if row.Rung == "" {
		return "nothing that was read tells of it"
	}
	if !row.Known() {
		return "chosen: no candidate has a time; the tightest bound is kept"
	}
	if row.Rung == RungGiven {
		return "chosen: what pir.yaml gives comes first"
	}
	same := 0
	for _, a := range row.Alternatives {
		if a.Rung == row.Rung && !a.Time.IsZero() {
			same++
		}
	}
	ladder := ladderOf(row.Name)
	above := slices.ContainsFunc(row.Alternatives, func(a Alternative) bool {
		return !a.Time.IsZero() && slices.Index(ladder, a.Rung) < slices.Index(ladder, row.Rung)
	})
	if above {
		return fmt.Sprintf("chosen: %s is the highest rung that has a time inside the incident's span; what a program copied into a chat comes behind all else", row.Rung)
	}
	if same == 0 {
		return fmt.Sprintf("chosen: %s is the highest rung that has a time", row.Rung)
	}
	how := "of several, the earliest record is taken"
	switch {
	case row.Rung == RungStated || row.Rung == RungApproximate:
		how = "of several, what was said last is taken, then the finer precision, then the source by name"
	case row.Rung == RungMeasured:
		how = "where requests are counted comes first"
	case isEnd(row.Name):
		how = "of several, the last record is taken"
	}
	return fmt.Sprintf("chosen: %s is the highest rung that has a time; %s", row.Rung, how)
}

func (t *Timeline) explainMetric(w io.Writer, m *Metric) {
	value, exact := cmp.Or(t.ValueText(*m), "not known"), when.Words(span(m.Value))
	fmt.Fprintf(w, "%s: %s\n", m.Name, value)
	if m.Known && m.Unit == UnitSeconds && strings.TrimPrefix(value, "about ") != exact {
		fmt.Fprintf(w, "  = %s as reckoned, told no finer than its endpoints are known\n", exact)
	}
	for _, p := range m.Detail {
		fmt.Fprintf(w, "  %s: %s\n", p.Name, t.PartText(*m, p))
	}
	switch {
	case m.Name == "impact_duration":
		fmt.Fprintln(w, "  = the union of the episodes; their span stands beside it")
	case m.From != "":
		fmt.Fprintf(w, "  = %s - %s\n", m.To, m.From)
	}
	for _, name := range []Milestone{m.From, m.To} {
		if row, ok := t.Milestone(name); ok {
			fmt.Fprintf(w, "  %s: %s (%s)\n", name, rowValue(&row), cmp.Or(string(row.Rung), "no evidence"))
			writeEvidenceLines(w, row.Evidence)
		}
	}
	switch m.Name {
	case "impact_duration":
		for _, e := range t.Episodes {
			fmt.Fprintf(w, "  episode %d %s%s: %s to %s\n", e.N, e.Level, inBrackets(e.Component), shown(e.Start, t.PrecisionAt(e.Start)), cmp.Or(shown(e.End, t.PrecisionAt(e.End)), "not known"))
		}
	case "updates", "longest_silence":
		for i := range t.Events {
			if e := &t.Events[i]; e.Kind == KindStatus && e.Party == PartyOwn {
				fmt.Fprintf(w, "  %s  %s: %s\n", shown(e.Time, e.Precision), e.firstOrigin(), quoted(e.Title))
			}
		}
	}
}

func (t *Timeline) explainPhase(w io.Writer, p *Phase) {
	if !p.Known {
		fmt.Fprintf(w, "phase %s: not known; one of its bounds is not known, or they are out of order\n", p.Name)
		return
	}
	fmt.Fprintf(w, "phase %s: %s to %s (%s)\n", p.Name, shown(p.Start, t.PrecisionAt(p.Start)), shown(p.End, t.PrecisionAt(p.End)), t.LastedText(p.Start, p.End))
	if len(p.Includes) > 0 {
		fmt.Fprintf(w, "  includes %s: the bound between them is not known\n", strings.Join(p.Includes, ", "))
	}
}

func (t *Timeline) explainEvent(w io.Writer, e *Event) {
	fmt.Fprintf(w, "%s: %s\n", e.ID, quoted(cmp.Or(e.Title, e.Raw)))
	fmt.Fprintf(w, "  time: %s%s\n", cmp.Or(shown(e.Time, e.Precision), "not known"), inBrackets(strings.TrimSpace(e.TimeText)))
	if e.Doubt != "" {
		fmt.Fprintf(w, "  doubt: %s\n", e.Doubt)
	}
	if e.ZoneFrom != "" {
		fmt.Fprintf(w, "  zone from: %s\n", e.ZoneFrom)
	}
	if !e.Observed.IsZero() {
		fmt.Fprintf(w, "  recorded: %s\n", shown(e.Observed, when.Second))
	}
	fmt.Fprintf(w, "  source: %s, kind %s, party %s\n", e.Source, cmp.Or(string(e.Kind), "not known"), e.Party)
	for _, o := range e.Origins {
		fmt.Fprintf(w, "  stands in: %s\n", o)
	}
	if text := e.Tally(); text != "" {
		fmt.Fprintf(w, "  stands for: %s\n", text)
	}
	if len(e.Merged) > 0 {
		fmt.Fprintf(w, "  became one row with: %s\n", strings.Join(e.Merged, ", "))
	}
	for _, id := range e.Related {
		if r, ok := t.Event(id); ok {
			fmt.Fprintf(w, "  the same act, told by hand or by a machine: %s, %s (%s)\n", shown(r.Time, r.Precision), quoted(r.Title), id)
		}
	}
	if len(e.Flags) > 0 {
		fmt.Fprintf(w, "  flags: %s\n", strings.Join(e.Flags, ", "))
	}
	for i := range t.Milestones {
		row := &t.Milestones[i]
		if slices.ContainsFunc(row.Evidence, func(x Evidence) bool { return x.ID == e.ID }) {
			fmt.Fprintf(w, "  evidence of %s: %s (%s)\n", row.Name, rowValue(row), row.Rung)
		}
		for _, a := range row.Alternatives {
			if slices.ContainsFunc(a.Evidence, func(x Evidence) bool { return x.ID == e.ID }) {
				value := bounds(a.NotBefore, a.NotAfter)
				if !a.Time.IsZero() {
					value = shown(a.Time, a.Precision)
				}
				fmt.Fprintf(w, "  candidate for %s: %s (%s), not chosen\n", row.Name, value, a.Rung)
			}
		}
	}
}

func explainSignal(w io.Writer, s *Signal) {
	fmt.Fprintf(w, "%s: %s\n", s.ID, quoted(s.Pattern))
	fmt.Fprintf(w, "  source: %s%s, level %s, %s\n", s.Source, inBrackets(s.Component), cmp.Or(s.Level, "not known"), cmp.Or(s.Change, "change not known"))
	fmt.Fprintf(w, "  %d records, %.2f per minute against %.2f in the baseline\n", s.Count, finite(s.Rate), finite(s.BaselineRate))
	fmt.Fprintf(w, "  first %s, peak %s, last %s\n", shown(s.First, when.Second), shown(s.Peak, when.Second), shown(s.Last, when.Second))
	fmt.Fprintf(w, "  %s: %s\n", s.Origin, quoted(s.Sample))
}

func explainBurst(w io.Writer, b *Burst) {
	fmt.Fprintf(w, "%s: errors in %s%s, %s to %s\n", b.ID, b.Source, inBrackets(b.Component), shown(b.Start, when.Second), cmp.Or(shown(b.End, when.Second), "the end of the log"))
	fmt.Fprintf(w, "  %s\n", b.Rule)
	fmt.Fprintf(w, "  start between %s and %s", shown(b.StartNotBefore, when.Second), shown(b.StartNotAfter, when.Second))
	if !b.End.IsZero() {
		fmt.Fprintf(w, ", end between %s and %s", shown(b.EndNotBefore, when.Second), shown(b.EndNotAfter, when.Second))
	}
	if b.EndRule != "" {
		fmt.Fprintf(w, "\n  at the end %s", b.EndRule)
	}
	fmt.Fprintf(w, "\n  per minute: %.1f before, %.1f inside, %.1f after\n", finite(b.RateBefore), finite(b.Rate), finite(b.RateAfter))
	if b.Total > 0 {
		fmt.Fprintf(w, "  %d of %d requests failed\n", b.Failed, b.Total)
	} else {
		fmt.Fprintf(w, "  %d records\n", b.Failed)
	}
	writeEvidenceLines(w, []Evidence{b.First, b.Last})
}

func writeEvidenceLines(w io.Writer, list []Evidence) {
	for _, e := range list {
		if e.Origin != "" {
			fmt.Fprintf(w, "    %s: %s\n", e.Origin, quoted(e.Quote))
		}
	}
}

// shown writes a time for people: date, clock as fine as it is known, UTC.
func shown(t time.Time, p Precision) string {
	if t.IsZero() {
		return ""
	}
	layout := "2006-01-02 15:04:05 UTC"
	switch {
	case p == when.Day:
		layout = "2006-01-02"
	case (p == when.Minute || p == when.Hour || p == when.Unknown) && t.Second() == 0:
		layout = "2006-01-02 15:04 UTC"
	case p == when.Millisecond:
		layout = "2006-01-02 15:04:05.000 UTC"
	case p > when.Millisecond:
		layout = "2006-01-02 15:04:05.000000 UTC"
	}
	return t.UTC().Format(layout)
}

func bounds(lo, hi time.Time) string {
	switch {
	case !lo.IsZero() && !hi.IsZero():
		return "between " + shown(lo, when.Second) + " and " + shown(hi, when.Second)
	case !hi.IsZero():
		return "not after " + shown(hi, when.Second)
	case !lo.IsZero():
		return "not before " + shown(lo, when.Second)
	}
	return "no time"
}

// quoted shows text of a source in quotes, with control characters as \x1b.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range shortened(s) {
		if r < 0x20 || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == 0x2028 || r == 0x2029 || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			fmt.Fprintf(&b, "\\x%02x", r)
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}

// unknownName is the error of a name that the timeline does not have.
func (t *Timeline) unknownName(what string) error {
	var names []string
	for _, m := range Milestones {
		names = append(names, string(m))
	}
	for _, m := range t.Metrics {
		names = append(names, m.Name)
	}
	names = append(names, phaseNames()...)
	best, distance := "", 1<<30
	for _, n := range names {
		if d := editDistance(strings.ToLower(what), n); d < distance {
			best, distance = n, d
		}
	}
	if distance <= max(3, len(what)/2) {
		return fmt.Errorf("nothing here is called %q; did you mean %q?", what, best)
	}
	return fmt.Errorf("nothing here is called %q: give a milestone (such as %s), a metric (such as time_to_detect), a phase, or the id of an event, signal or burst", what, Detected)
}

// editDistance counts the letters to add, drop or change. Long names are not
// compared to their end.
func editDistance(a, b string) int {
	a, b = a[:min(len(a), 40)], b[:min(len(b), 40)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost = 1 + min(last, row[j], row[j+1])
			}
			last, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
