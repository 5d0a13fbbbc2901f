package incident

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"pir/internal/when"
	"pir/internal/yaml"
	"pir/timeline"
)

// todo marks the places that a person is to look at.
const todo = "TODO"

// mostAside is how many files that are no sources are named.
const mostAside = 100

// text is the whole pir.yaml. A line that is commented out, to be uncommented as
// it is, begins with # and the line; prose begins with "# ".
func (d *scaffold) text(out *Scaffolded) string {
	var b strings.Builder
	b.WriteString(`# This file describes one incident. All of it is optional: what stands here is
# above what the evidence says. Lines like "#  severity: major" are examples; take
# the # away to use them. "pir help config" shows all keys at a glance.

incident:
`)
	fmt.Fprintf(&b, "  id: %s   # %s\n", yaml.Quote(out.ID), out.IDFrom)
	d.head(&b, out)
	b.WriteString("\n" + sourcesAbove)
	if len(d.sources) == 0 {
		b.WriteString("# There is none yet. As long as none is named, every file beside this one is read.\n#sources:\n")
	} else {
		b.WriteString("sources:\n")
	}
	for _, s := range d.sources {
		d.source(&b, s, out.Result.Timeline)
	}
	b.WriteString(sourcesBelow)
	d.writeAside(&b)
	b.WriteString(sectionsBelow)
	return b.String()
}

// head writes the incident, what is not known commented out.
func (d *scaffold) head(b *strings.Builder, out *Scaffolded) {
	t := out.Result.Timeline
	in := t.Incident
	if out.Title != "" {
		fmt.Fprintf(b, "  title: %s   # a suggestion from the evidence\n", yaml.Quote(out.Title))
	} else {
		fmt.Fprintf(b, "  # %s: one sentence that says what users could not do.\n#  title: iDEAL payments failed\n", todo)
	}
	if in.Severity != "" {
		fmt.Fprintf(b, "  severity: %s   # critical, major, minor, info\n", in.Severity)
	} else {
		b.WriteString("#  severity: major   # critical, major, minor, info\n")
	}
	if len(in.Components) > 0 {
		fmt.Fprintf(b, "  components: %s\n", quoteList(in.Components))
	} else {
		b.WriteString("#  components: [checkout, payments]   # what was hurt\n")
	}
	if d.opt.Zone != nil {
		fmt.Fprintf(b, "  timezone: %s   # of times that name none\n", yaml.Quote(d.opt.Zone.String()))
	} else {
		b.WriteString("#  timezone: UTC   # of times that name none, as Europe/Paris\n")
	}
	b.WriteString("#  display_timezone: Europe/Paris   # a second column of times\n")
	if t.From.IsZero() {
		b.WriteString("  # The span is found from the evidence. Give it to leave out what lies outside.\n" +
			"#  from: 2025-09-17T12:00:00Z\n#  to: 2025-09-17T14:00:00Z\n")
	} else {
		b.WriteString("  # The span that the evidence gives. Give another to leave out what lies outside.\n")
		fmt.Fprintf(b, "#  from: %s\n", when.Format(t.From.Truncate(time.Second), when.Second))
		fmt.Fprintf(b, "#  to: %s\n", when.Format(roundedUp(t.To), when.Second))
	}
	b.WriteString("#  tags: [deploy]\n")
}

// roundedUp is a time in whole seconds, not before t.
func roundedUp(t time.Time) time.Time {
	if whole := t.Truncate(time.Second); !whole.Equal(t) {
		return whole.Add(time.Second)
	}
	return t
}

func quoteList(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = yaml.Quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// source writes a row with what was found out about it above.
func (d *scaffold) source(b *strings.Builder, s newSource, t *timeline.Timeline) {
	var rows []timeline.Source
	for _, row := range t.Sources {
		if row.Name == s.name {
			rows = append(rows, row)
		}
	}
	fmt.Fprintf(b, "  # %s\n", about(s, rows))
	b.WriteString(d.row(s))
	var assumed, upstream int
	for _, row := range rows {
		if row.ZoneFrom == when.ZoneAssumed {
			assumed++
		}
		if row.Party == timeline.PartyUpstream {
			upstream++
		}
		if row.Status == timeline.StatusPartly && len(rows) == 1 {
			why := row.Detail
			if row.Malformed > 0 {
				why = fmt.Sprintf("%d of %d records cannot be read", row.Malformed, row.Records)
			}
			fmt.Fprintf(b, "    # %s: not all of it was read: %s\n", todo, comment(why))
		}
	}
	if s.sure > 0 && s.sure < 60 && s.kind == "" {
		fmt.Fprintf(b, "    # %s: is it? \"pir formats\" lists the kinds.\n#    kind: %s\n", todo, s.kinds[0])
	}
	switch {
	case upstream > 0 && upstream == len(rows):
		b.WriteString("    # The record of a provider: it sets none of our milestones.\n    party: upstream\n")
	case slices.Contains(s.kinds, "statuspage") || slices.Contains(s.kinds, "status-feed"):
		fmt.Fprintf(b, "    # %s: whose status page is it? Ours, unless the next line says otherwise.\n#    party: upstream\n", todo)
	}
	if assumed > 0 {
		fmt.Fprintf(b, "    # %s: its times name no zone, and UTC is assumed. Which clock is it?\n#    timezone: Europe/Paris\n", todo)
	}
}

// about tells in one line what a source holds.
func about(s newSource, rows []timeline.Source) string {
	var records int64
	var first, last time.Time
	for _, row := range rows {
		records += row.Records
		if !row.First.IsZero() && (first.IsZero() || row.First.Before(first)) {
			first = row.First
		}
		if row.Last.After(last) {
			last = row.Last
		}
	}
	text := strings.Join(s.kinds, ", ")
	if s.sure > 0 && !s.many {
		text += fmt.Sprintf(", %d %% sure", s.sure)
	}
	if len(rows) > 1 {
		text += fmt.Sprintf(", %d files", len(rows))
	}
	text += ": " + strconv.FormatInt(records, 10) + " records"
	if records == 1 {
		text = strings.TrimSuffix(text, "s")
	}
	if !first.IsZero() {
		text += ", " + first.UTC().Format("2006-01-02 15:04")
		if !last.Equal(first) {
			text += " to " + last.UTC().Format("2006-01-02 15:04")
		}
		text += " UTC"
	}
	return text
}

// writeAside lists what is no source.
func (d *scaffold) writeAside(b *strings.Builder) {
	if len(d.aside) == 0 {
		return
	}
	b.WriteString("\n# Found, and no sources:\n")
	for i, l := range d.aside {
		if i == mostAside {
			fmt.Fprintf(b, "# and %d more\n", len(d.aside)-i)
			break
		}
		fmt.Fprintf(b, "# - %s: %s\n", comment(l.Path), comment(l.Why))
	}
}

// comment is text from outside as it may stand in a comment: one line, with what
// cannot be seen escaped.
func comment(text string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		switch {
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r&0xfffe == 0xfffe:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

const sourcesAbove = `# What was left behind, one row each. A path is relative to this file.
`

const sourcesBelow = `  # All that a row can say:
#  - name: edge                   # as it is called in the timeline
#    path: "logs/*.log.gz"        # a file, a folder, a glob, a zip or tar
#    kind: accesslog              # where it is not found out; see "pir formats"
#    component: checkout          # what its records are about
#    party: own                   # own, upstream (a provider) or downstream (a customer)
#    timezone: Europe/Paris       # of its times that name none
#    skew: -3s                    # is added to its times
#    year: 2025                   # of dates without one
#    provenance: public           # is told beside its rows
#    as: events                   # of a log: a row for each record
#  - name: sheet
#    path: tickets.csv
#    map: {time: Opened, title: Subject}   # columns of a table, keys of objects
#  - name: app
#    path: app.log
#    format: "{time} [{level}] {message}"  # of a log that is not known; or formats: below
`

const sectionsBelow = `
# Logs that pir does not know:
#formats:
#  - {name: ours, line: "{time}|{level}|{component}|{message}", time: "%d.%m.%Y %H:%M:%S"}
#  - {name: theirs, doc: JSON lines of odd keys, keys: {time: event.at, message: event.text}}

# What you know better than the evidence. "pir timeline --suggest" writes what it
# found in this form, with the words that speak for it:
#milestones:
#  - {name: detected, time: 2025-09-17T12:26:00Z, by: customer, note: a call to support}
#  - {name: mitigation_start, time: 2025-09-17T12:33:00Z, outcome: failed, components: [checkout], regions: [eu]}
#  - {name: impact_start, episode: 2, not_before: 2025-09-17T12:50:00Z, not_after: 2025-09-17T12:55:00Z}
#  - {name: cause, time: 2025-09-01T08:00:00Z, end: 2025-09-17T12:41:00Z}

# Rows by their id, which "pir timeline --format json" shows. A reason is told in
# the review:
#events:
#  - {id: e3fa2c1d09b7a, drop: true, reason: a test alert}
#  - {id: e9b1c5a7d2e40, pin: true, retitle: Rollback begins, milestone: mitigation_start, reason: the order to roll back}
#  - {id: e1c0ffee0c0de, internal: true, reason: names a customer}

# What logs cannot count:
#impact:
#  - {measure: orders lost, value: 61, scope: EU, source: billing report}

# What is to be done, by whom and until when:
#actions:
#  - {id: A1, text: Test the rollback, type: prevent, owner: edge, due: 2025-11-30, state: open, link: "https://tracker.example/1"}

# Who is who; "--people roles" shows roles alone:
#people:
#  - {match: dana.kim, role: incident commander}

# The review: its template set, the window of its due dates, who owns it:
#review:
#  template: azure
#  window: azure
#  holidays: [2025-12-25, 2026-01-01]   # no business days
#  owner: edge
#  banner: one sentence for the top
#  redact: secrets          # what drafts mask: secrets, all (addresses too), off

# What is masked besides keys, passwords and tokens:
#redact:
#  - {name: order, match: '\bo-[0-9]{5}\b'}

# Where one incident ends and the next begins:
#settings:
#  episode_gap: 5m          # quiet that parts two stretches of impact
#  reopen: 24h              # a return within is the same incident
#  impact_threshold: 5%     # share of failed requests that is main impact
`
