package document

import (
	"strings"
	"time"
	"unicode/utf8"

	"pir/internal/when"
)

// maxLead is how many bytes at the head of a text are looked at for its time.
const maxLead = 160

// moment reads the time of a cell or a value: a point, a stretch, or a bound.
func (r *reader) moment(text string, ref when.Ref, start, end, notAfter *time.Time, approx *bool) bool {
	list := when.Mentions(cutText(text, maxLead), ref)
	if len(list) == 0 || ref.Day.IsZero() && !list[0].HasDate {
		return false
	}
	m := list[0]
	switch m.Word {
	case "by", "before", "until", "till", "no later than", "at the latest", "within":
		*notAfter = m.Time
	case "not before", "after", "between", "since":
		if m.Until != nil {
			*notAfter = m.Until.Time
		}
	default:
		*start, *approx = m.Time, m.Approx
		if m.Until != nil {
			*end = m.Until.Time
		}
	}
	return true
}

// leadTime reads the time with which a text begins; rest is what follows it.
func (r *reader) leadTime(text string) (m when.Mention, rest string, ok bool) {
	if len(text) == 0 || !strings.ContainsAny(text[:min(len(text), 40)], "0123456789") {
		return m, "", false
	}
	list := when.Mentions(cutText(text, maxLead), r.refNow())
	if len(list) == 0 {
		return m, "", false
	}
	m = list[0]
	lead := strings.TrimLeft(text[:m.Start], " [(~*")
	if lead != "" && !leadWord(lead) || r.refNow().Day.IsZero() && !m.HasDate || m.Precision < when.Hour {
		return m, "", false
	}
	after := text[m.End:]
	rest = strings.TrimLeft(after, " \u00a0])*,:;|–—-‒−→>.")
	parted := after == "" || rest != after && (strings.ContainsAny(after[:len(after)-len(rest)], "]),:;|–—-‒−→>") || after[0] == ' ')
	return m, rest, parted
}

// leadWord reports the words that may stand in front of the time of a row.
func leadWord(s string) bool {
	switch strings.ToLower(strings.Trim(s, " ~.:")) {
	case "", "at", "about", "around", "approximately", "approx", "ca", "c", "circa", "by", "from", "between":
		return true
	}
	return false
}

// rowTime is the time of a row of somebody else's. A date holds for the rows
// below it; a clock that is far earlier than the one above is of the next day.
func (r *reader) rowTime(m *when.Mention) (start, end time.Time) {
	start = m.Time
	if m.Until != nil {
		end = m.Until.Time
	}
	if m.HasDate {
		r.day, r.last = start, start
		return start, end
	}
	if !r.last.IsZero() && r.last.Sub(start) > 12*time.Hour {
		const day = 24 * time.Hour
		start = start.Add(day)
		if !end.IsZero() {
			end = end.Add(day)
		}
		r.day = start
	}
	r.last = start
	return start, end
}

// timelineItem reads a bullet or a line such as "11:45 UTC on 30 July 2024 –
// text" as a row of the timeline.
func (r *reader) timelineItem(b *Block) bool {
	m, rest, ok := r.leadTime(b.Text)
	if !ok || rest == "" && len(b.Children) == 0 {
		return false
	}
	row := TimelineRow{Place: b.Place, TimeText: strings.Trim(b.Text[:m.End], " [(~*"), Approx: m.Approx, Text: strings.TrimLeft(plainText(rest), " :,;–—-"), Evidence: r.evidence(rest), Part: b.Part}
	if row.Text == "" {
		row.Text = plainText(b.Children[0].lead())
	}
	if m.Approx && !utf8.ValidString(row.TimeText) {
		row.TimeText = b.Text[m.Start:m.End]
	}
	row.Time, row.End = r.rowTime(&m)
	r.facts.Rows = append(r.facts.Rows, row)
	return true
}
