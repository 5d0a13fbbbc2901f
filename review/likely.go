package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"pir/internal/markdown"
	"pir/timeline"
)

// maxLikely is how many rows a question names.
const maxLikely = 3

// maxHint is the length in runes of the words of a row in a question.
const maxHint = 80

// latestTrigger is how long before the impact a change is asked about.
const latestTrigger = 30 * time.Minute

// likelyWords begin the words that rows about a milestone may hold. They only
// choose what a question names, and set nothing.
var likelyWords = []struct {
	name  timeline.Milestone
	last  bool // of rows that fit as well, the last come first
	stems []string
}{
	{timeline.Trigger, true, []string{"deploy", "rollout", "rolled", "releas", "config", "chang", "migrat", "upgrad", "merg", "flag", "switch"}},
	{timeline.ImpactStart, false, []string{"error", "fail", "slow", "late", "delay", "down", "unavail", "outage", "cannot", "can't", "timeout", "time-out", "broken", "spike", "alert"}},
	{timeline.Detected, false, []string{"alert", "alarm", "page", "pager", "ticket", "customer", "report", "notic", "complain", "call", "saw", "seen"}},
	{timeline.Identified, false, []string{"cause", "because", "found", "culprit", "reason", "due", "turn", "wrong", "bug", "full", "expired", "leak"}},
	{timeline.MitigationStart, false, []string{"restart", "reboot", "roll", "revert", "failover", "fail-over", "disabl", "scal", "switch", "block", "drain", "tried", "try", "fix", "patch", "kill"}},
	{timeline.Mitigated, true, []string{"back", "again", "work", "recover", "better", "normal", "fixed", "gone", "ok", "stable", "mitigat", "restor", "clear", "dropp"}},
	{timeline.ImpactEnd, true, []string{"back", "again", "work", "recover", "normal", "gone", "ok", "stable", "over", "restor", "clear", "resolv", "drained", "all"}},
}

// denials are the words of a row that says of a change that there was none.
var denials = []string{"nobody", "nothing", "none", "no", "not", "never", "without"}

// likely asks whether one of the rows that most look like it is a milestone that
// was not recognised. Without such rows it says only that nothing was.
func (p *Page) likely(name timeline.Milestone, question, as string) Question {
	rows := p.likelyRows(name)
	q := Question{Text(question + " Nothing in the records was recognised as " + as + "."), p.ledger.refs()}
	if len(rows) == 0 {
		return q
	}
	var hints []string
	for _, e := range rows {
		hints = append(hints, p.hint(e))
		q.Refs = q.Refs.and(p.ledger.refs(evidenceOf(e)))
	}
	q.What += Text(" Was it " + strings.Join(hints, ", or ") + "?")
	return q
}

// hint names a row in a question: 14:02 “restarted the pods”.
func (p *Page) hint(e *timeline.Event) string {
	words := markdown.Visible(e.Title)
	if words == "" {
		words = markdown.Joined(e.Body)
	}
	return fmt.Sprintf("%s “%s”", p.calendar.moment(e.Time, e.Precision).Clock(), markdown.Cut(words, maxHint))
}

// likelyRows are the rows of our own with a time that hold most of the words of
// a milestone, in order of time.
func (p *Page) likelyRows(name timeline.Milestone) []*timeline.Event {
	type candidate struct {
		event *timeline.Event
		score int
	}
	at := slices.IndexFunc(likelyWords, func(w struct {
		name  timeline.Milestone
		last  bool
		stems []string
	}) bool {
		return w.name == name
	})
	if at < 0 {
		return nil
	}
	var list []candidate
	for i := range p.timeline.Events {
		e := &p.timeline.Events[i]
		if !ours(e) || e.Time.IsZero() || hidden(e) || e.Topic != "" || e.Kind == timeline.KindLog || e.HasFlag(timeline.FlagOutside) || name == timeline.Trigger && (!p.beforeImpact(e) || hits(e.Title, denials) > 0) {
			continue
		}
		score := hits(e.Title, likelyWords[at].stems)
		if name == timeline.Trigger && e.Kind == timeline.KindChange {
			score += 2
		}
		if score > 0 {
			list = append(list, candidate{e, score})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		byTime := a.event.Time.Compare(b.event.Time)
		if likelyWords[at].last {
			byTime = -byTime
		}
		return cmp.Or(-cmp.Compare(a.score, b.score), byTime, cmp.Compare(a.event.ID, b.event.ID))
	})
	var rows []*timeline.Event
	for _, c := range list {
		if 2*c.score < list[0].score+1 {
			break // others fit better by far
		}
		same := func(e *timeline.Event) bool { return e.Title == c.event.Title }
		if len(rows) < maxLikely && !slices.ContainsFunc(rows, same) {
			rows = append(rows, c.event)
		}
	}
	slices.SortStableFunc(rows, func(a, b *timeline.Event) int { return a.Time.Compare(b.Time) })
	return rows
}

// beforeImpact reports whether an event stands shortly before the impact, as what
// set it off would. Where the impact has no known start, every event may.
func (p *Page) beforeImpact(e *timeline.Event) bool {
	start, ok := p.timeline.Milestone(timeline.ImpactStart)
	if !ok || !start.Known() {
		return true
	}
	before := start.Time.Sub(e.Time)
	return before >= -start.Precision.Unit() && before <= latestTrigger
}

// hits counts the words of a text that begin with one of the stems; short ones
// must be the whole word.
func hits(text string, stems []string) int {
	count := 0
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	})
	for _, w := range words {
		if slices.ContainsFunc(stems, func(s string) bool { return w == s || len(s) > 3 && strings.HasPrefix(w, s) }) {
			count++
		}
	}
	return count
}
