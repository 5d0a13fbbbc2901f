package timeline

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pir/internal/when"
)

// docRow is a row of WriteRows and WriteCSV: what a tool for timelines such as
// Timesketch wants to see first, and then the event as WriteJSON has it.
type docRow struct {
	Message       string `json:"message"`
	Datetime      string `json:"datetime"`
	TimestampDesc string `json:"timestamp_desc"`
	Timestamp     int64  `json:"timestamp"` // microseconds since 1970, UTC
	docEvent
}

// longestMessage is the length in bytes above which a message is cut: what is
// longer is not searched as a whole by the tools that read it. The body of the
// row has all.
const longestMessage = 8 << 10

// WriteRows writes the events as JSON lines: one object for each, with the keys
// of an event in WriteJSON behind message, datetime (RFC 3339 with the offset
// +00:00), timestamp_desc and timestamp (microseconds since 1970); last come the
// milestones that the row is the evidence of, if any. An event without a time
// cannot be such a row, and gets none: left is how many.
func (t *Timeline) WriteRows(w io.Writer) (left int, err error) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	placed := t.placed()
	first := placed[""]
	return t.rows(func(row *docRow) error {
		kept := keptRow{docRow: *row, Milestones: append(first, placed[row.ID]...)}
		first = nil
		validText(reflect.ValueOf(&kept).Elem())
		return enc.Encode(&kept)
	})
}

// rows gives the row of every event that has a time, and counts the others.
func (t *Timeline) rows(write func(*docRow) error) (left int, err error) {
	for i := range t.Events {
		e := &t.Events[i]
		if e.Time.IsZero() {
			left++
			continue
		}
		row := docRow{
			Message: messageOf(e), Datetime: offsetTime(e.Time), TimestampDesc: descriptionOf(e),
			Timestamp: e.Time.UnixMicro(), docEvent: writeEvent(e),
		}
		validText(reflect.ValueOf(&row).Elem())
		if err := write(&row); err != nil {
			return left, err
		}
	}
	return left, nil
}

// messageOf is an event in one line.
func messageOf(e *Event) string {
	var parts []string
	if e.Actor != "" && !strings.Contains(e.Title, e.Actor) {
		parts = append(parts, e.Actor)
	}
	for _, text := range []string{e.Title, e.Body} {
		if text = plainLine(text); text != "" {
			parts = append(parts, text)
		}
	}
	message := strings.Join(parts, ": ")
	if message == "" {
		message = string(e.Kind)
	}
	if len(message) <= longestMessage {
		return message
	}
	return strings.ToValidUTF8(message[:longestMessage], "") + "…"
}

// descriptions say what the time of an event of each kind is the time of.
var descriptions = map[Kind]string{
	KindStatus:   "Status posted",
	KindAlert:    "Alert changed",
	KindPage:     "Page sent",
	KindAck:      "Page acknowledged",
	KindChat:     "Message sent",
	KindChange:   "Change made",
	KindTicket:   "Ticket changed",
	KindLog:      "Log record written",
	KindNote:     "Time noted",
	KindComms:    "Statement made",
	KindDecision: "Decision made",
}

// descriptionOf says what the time of an event is, and how finely it is known
// where that is less than its digits say.
func descriptionOf(e *Event) string {
	text := descriptions[e.Kind]
	if text == "" {
		text = "Event"
	}
	switch {
	case e.Approx:
		return text + " (about)"
	case e.Precision == when.Day || e.Precision == when.Hour:
		return text + " (to the " + e.Precision.String() + ")"
	}
	return text
}

// offsetTime writes a time in UTC as importers want it: with an offset in
// figures, and microseconds where there are any.
func offsetTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999-07:00") }

// plainLine is text in one line, in which control characters and marks that turn
// the direction of text show as escapes such as \x1b.
func plainLine(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		switch {
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case unicode.Is(unicode.Cf, r) && r != '\u200d':
			fmt.Fprintf(&b, `\u%04x`, r)
		case unicode.Is(unicode.Co, r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
