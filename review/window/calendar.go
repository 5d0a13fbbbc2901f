package window

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"
)

// Entry is a due date as a calendar shows it.
type Entry struct {
	// Key tells the entry from all others, and stays the same when the date moves:
	// calendars then move what they have.
	Key         string
	Time        time.Time
	Summary     string
	Description string
	Done        bool // it went out: no alarm, and the entry says so
}

// foldAt is the length of a line in bytes, without its end, after which
// iCalendar wants it folded.
const foldAt = 75

// ICS writes the entries as an iCalendar file (RFC 5545). The stamp is when it
// was written.
//
// An entry is an event without a length that blocks no time, since calendars
// show events everywhere and to-dos hardly anywhere. One that is not done has
// an alarm a day before.
func ICS(stamp time.Time, entries []Entry) []byte {
	c := calendar{}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//pir//review due dates//EN")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	for _, e := range entries {
		c.event(stamp, e)
	}
	c.line("END", "VCALENDAR")
	return c.Bytes()
}

type calendar struct{ bytes.Buffer }

func (c *calendar) event(stamp time.Time, e Entry) {
	summary := e.Summary
	if e.Done {
		summary = "Published: " + summary
	}
	c.line("BEGIN", "VEVENT")
	c.line("UID", uid(e.Key))
	c.line("DTSTAMP", utc(stamp))
	c.line("DTSTART", utc(e.Time))
	c.line("SUMMARY", escaped(summary))
	if e.Description != "" {
		c.line("DESCRIPTION", escaped(e.Description))
	}
	c.line("TRANSP", "TRANSPARENT")
	if !e.Done {
		c.line("BEGIN", "VALARM")
		c.line("ACTION", "DISPLAY")
		c.line("TRIGGER", "-P1D")
		c.line("DESCRIPTION", escaped(summary))
		c.line("END", "VALARM")
	}
	c.line("END", "VEVENT")
}

// line writes one content line, folded between characters.
func (c *calendar) line(name, value string) {
	text := name + ":" + value
	room := foldAt
	for len(text) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		c.WriteString(text[:cut] + "\r\n ")
		text, room = text[cut:], foldAt-1 // the space in front counts
	}
	c.WriteString(text + "\r\n")
}

// escaped writes a text as a value: line breaks stay, other control characters
// are no part of iCalendar.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\ufffd") {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteByte(' ')
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// uid makes a name that is the same on every machine and reveals nothing.
func uid(key string) string {
	sum := sha256.Sum256([]byte("pir due\x00" + key))
	return hex.EncodeToString(sum[:16]) + "@pir"
}
