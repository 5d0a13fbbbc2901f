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

// Suggest writes the milestones block of a pir.yaml: what the evidence gives
// for each, with its words in comments. Only times that were found are rows; a
// bound, and what is not known, is a comment. Milestones that pir.yaml gives
// already are left out. Nothing is applied: a person decides what goes into
// pir.yaml.
func (t *Timeline) Suggest(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# Candidates from the evidence. None holds until it stands in pir.yaml: keep")
	fmt.Fprintln(out, "# what you know to be true, correct what is not, and delete the rest.")
	fmt.Fprintln(out, "milestones:")
	var missing []string
	for i := range t.Milestones {
		row := &t.Milestones[i]
		switch {
		case row.Rung == RungGiven:
		case row.Rung == "" && len(row.Alternatives) == 0:
			missing = append(missing, string(row.Name))
		default:
			suggestRow(out, row)
		}
	}
	if len(missing) > 0 {
		fmt.Fprintf(out, "  # not known: %s\n", strings.Join(missing, ", "))
	}
	return out.Flush()
}

func suggestRow(w io.Writer, row *Boundary) {
	mark := ""
	if !row.Known() {
		mark = "# "
	}
	fmt.Fprintf(w, "  %s- name: %s\n", mark, row.Name)
	for _, field := range suggestFields(row) {
		fmt.Fprintf(w, "  %s  %s\n", mark, field)
	}
	if row.Rung != "" {
		suggestReason(w, "", row.Rung, row.Rule, row.Evidence)
	}
	for i := range row.Alternatives {
		a := &row.Alternatives[i]
		value := bounds(a.NotBefore, a.NotAfter)
		if !a.Time.IsZero() {
			value = suggestTime(a.Time, a.Precision)
		}
		suggestReason(w, "or "+value+", ", a.Rung, a.Rule, a.Evidence)
	}
}

// suggestFields are the keys of a row, as pir.yaml has them.
func suggestFields(row *Boundary) []string {
	var out []string
	add := func(key string, at time.Time) {
		if !at.IsZero() {
			out = append(out, key+": "+suggestTime(at, row.Precision))
		}
	}
	add("time", row.Time)
	add("end", row.End)
	if !row.Known() {
		add("not_before", row.NotBefore)
		add("not_after", row.NotAfter)
	}
	if row.Episode > 1 && repeats(row.Name) {
		out = append(out, fmt.Sprintf("episode: %d", row.Episode))
	}
	if row.By != "" {
		out = append(out, "by: "+row.By)
	}
	if row.Outcome != "" && row.Outcome != OutcomeUnknown {
		out = append(out, "outcome: "+row.Outcome)
	}
	if list := yamlList(row.Scope.Regions); list != "" {
		out = append(out, "regions: "+list)
	}
	return out
}

// suggestTime writes a time as finely as it is known, so that it is read back
// as finely.
func suggestTime(at time.Time, p Precision) string {
	switch p {
	case when.Day:
		return at.UTC().Format(time.DateOnly)
	case when.Hour, when.Minute:
		return at.UTC().Format("2006-01-02T15:04Z")
	}
	return when.Format(at, p)
}

// yamlList is a list of texts in one line; quoted, since names hold anything.
func yamlList(list []string) string {
	if len(list) == 0 {
		return ""
	}
	var quoted []string
	for _, s := range list {
		quoted = append(quoted, "'"+strings.ReplaceAll(plainLine(s), "'", "''")+"'")
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func suggestReason(w io.Writer, lead string, rung Rung, rule string, evidence []Evidence) {
	fmt.Fprintf(w, "    # %s%s: %s\n", lead, rung, plainLine(rule))
	for _, e := range evidence {
		fmt.Fprintf(w, "    #   %s: %q\n", plainLine(e.Origin), plainLine(shortened(e.Quote)))
	}
}

// SuggestTitle is a name for an incident that pir.yaml gives none: that of the
// own status page's incident that lasted longest, else the title of the notes,
// else what the first alert says. It is empty where nothing names it.
func (t *Timeline) SuggestTitle() string {
	for _, from := range []func() string{t.statusTitle, t.notesTitle, t.alertTitle} {
		if title := plainLine(from()); title != "" {
			return title
		}
	}
	return ""
}

// statusTitle is the name of the incident whose posts span the longest time.
func (t *Timeline) statusTitle() string {
	type page struct {
		name        string
		first, last time.Time
		posts       int
	}
	var list []*page
	groups := map[string]*page{}
	for i := range t.Events {
		e := &t.Events[i]
		if e.Kind != KindStatus || e.Party != PartyOwn || e.Group == "" || e.Time.IsZero() || e.HasFlag(FlagPlanned) {
			continue
		}
		p := groups[e.Group]
		if p == nil {
			p = &page{first: e.Time}
			groups[e.Group] = p
			list = append(list, p)
		}
		p.last, p.posts = later(p.last, e.Time), p.posts+1
		state, name, named := strings.Cut(e.Title, ": ")
		if named && len(state) <= 20 {
			p.name = name // the last one: pages rename an incident as they learn
		}
	}
	list = slices.DeleteFunc(list, func(p *page) bool { return p.name == "" })
	if len(list) == 0 {
		return ""
	}
	return slices.MinFunc(list, func(a, b *page) int {
		return cmp.Or(-cmp.Compare(a.last.Sub(a.first), b.last.Sub(b.first)), -cmp.Compare(a.posts, b.posts), a.first.Compare(b.first), cmp.Compare(a.name, b.name))
	}).name
}

// notesTitle is the title of the notes with the most rows.
func (t *Timeline) notesTitle() string {
	counts := map[string]int{}
	best := ""
	for i := range t.Events {
		e := &t.Events[i]
		if e.Kind != KindNote || e.Party != PartyOwn || e.Group == "" {
			continue
		}
		counts[e.Group]++
		if n := counts[e.Group]; best == "" || n > counts[best] || n == counts[best] && e.Group < best {
			best = e.Group
		}
	}
	return best
}

// alertTitle is what the first alert says.
func (t *Timeline) alertTitle() string {
	for i := range t.Events {
		e := &t.Events[i]
		if (e.Kind == KindAlert || e.Kind == KindPage) && e.Party == PartyOwn && !e.HasFlag(FlagTest) && !e.Time.IsZero() {
			_, title, named := strings.Cut(e.Title, ": ")
			if !named {
				title = e.Title
			}
			if strings.HasPrefix(title, "Alert created") {
				continue // a row of a log that tells what a tool did, and not of what
			}
			return title
		}
	}
	return ""
}
