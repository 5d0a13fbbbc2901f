package source

import (
	"bytes"
	"context"
	"iter"
	"path"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var pastedFormat = Format{
	Name:       "pasted-chat",
	Doc:        "chat copied out of a window of Slack, Teams or Discord: a name, a time, and lines of text",
	Recognised: "lines of a name and a time, with what was said below",
	Export:     "mark the channel from its first to its last message of that day, copy, and paste into a text file; the line with the date matters",
	Lasts:      "as long as the chat keeps it",
	Sniff:      sniffPasted,
	Parse: func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
		return sequence(ctx, doc, opt, readPasted)
	},
}

// sniffPasted takes text in which names with times head what was written. Notes
// have rows and headings instead.
func sniffPasted(name string, head []byte) int {
	name = strings.ToLower(path.Base(name))
	trimmed := bytes.TrimSpace(head)
	if len(trimmed) == 0 || bytes.IndexByte(head, 0) >= 0 || hasSuffix(name, notOurs) || strings.HasSuffix(name, ".log") ||
		!validHead(head) || bytes.HasPrefix(trimmed, []byte("---\n")) {
		return 0
	}
	lines := pastedLines(string(trimmed))
	heads, marks, others := 0, 0, 0
	// A message may hold a timeline that was pasted into it: its rows are counted
	// once, where the chat began before them.
	pastes, chat, within := 0, headsFirst(lines), false
	for _, l := range lines {
		switch {
		case l.class == pastedHead && l.name != "" && l.text != "" && !strings.ContainsAny(l.time, "/.-"):
			// A clock, a name and words on one line: people jot notes like that too.
		case l.class == pastedHead && l.name != "":
			heads++
			within = false
		case l.class == pastedHead, l.class == pastedDay, l.class == pastedNoise:
			marks++
		case !otherShape.MatchString(l.text):
		case !chat || !clockRow.MatchString(l.text):
			others++
		case !within:
			pastes++
			within = true
		}
	}
	switch {
	case heads == 0 || others > heads/4 || pastes > heads/2 || heads*30 < len(lines):
		return 0
	case heads == 1 && marks == 0:
		return 45
	case heads == 1:
		return 60
	}
	return 86
}

// headsFirst reports whether a text begins with somebody's message: nothing
// stands above it but days, what the window adds, and the name of the channel.
func headsFirst(lines []pastedLine) bool {
	for _, l := range lines {
		switch text := strings.TrimSpace(l.text); {
		case l.class == pastedHead:
			return l.name != ""
		case l.class == pastedText && text != "" && !channelShape.MatchString(text) && !pastedZone.MatchString(text):
			return false
		}
	}
	return false
}

// pasted is the state of reading a chat from its top to its end.
type pasted struct {
	s       *sink
	clock   pastedClock
	channel string
	open    *pastedMessage
	pinned  bool // the next message was pinned
	lastTop time.Time
}

// pastedMessage is a message in the making.
type pastedMessage struct {
	event timeline.Event
	lines []string
	raw   []string
	fault string // why its time could not be read
	line  int
}

func readPasted(s *sink, data []byte) {
	p := &pasted{s: s}
	lines := pastedLines(strings.ToValidUTF8(string(data), "\ufffd"))
	p.clock.start(s, lines)
	var author string
	bot := false
	for _, l := range lines {
		if s.stopped() {
			return
		}
		switch l.class {
		case pastedHead:
			p.flush()
			if l.name != "" {
				author, bot = l.name, l.bot
			}
			p.begin(l, author, bot)
		case pastedDay:
			p.flush()
			p.clock.newDay(l.day)
		case pastedNoise:
			p.noise(l)
		default:
			p.add(l)
		}
	}
	p.flush()
}

// begin opens a message.
func (p *pasted) begin(l pastedLine, author string, bot bool) {
	m := &pastedMessage{line: l.number, raw: []string{strings.TrimSpace(l.raw)}}
	e := &m.event
	e.Kind = timeline.KindChat
	e.Origins = []timeline.Origin{timeline.LineOrigin(p.s.path, l.number)}
	e.Actor, e.Group = mailName(author), p.channel
	t, err := p.clock.read(l.time)
	if err != nil {
		m.fault = err.Error()
	} else {
		if second, doubt, ok := secondTime(t, p.clock.zone.Location); ok && t.Time.Before(p.lastTop) && !second.Before(p.lastTop) {
			t.Time, t.Doubt = second, doubt
		}
		stamp(e, t)
		if t.Time.Before(p.lastTop) {
			addFlag(e, timeline.FlagOutOfOrder)
		} else {
			p.lastTop = t.Time
		}
	}
	if zone := p.clock.zone; zone.From != "" && zone.From != when.ZoneAssumed {
		e.Location = zone.Location
	}
	if bot {
		addFlag(e, timeline.FlagBot)
	}
	if p.pinned {
		addFlag(e, timeline.FlagPinned)
		p.pinned = false
	}
	if l.text != "" {
		m.lines = append(m.lines, l.text)
	}
	p.open = m
}

// add takes a line of text.
func (p *pasted) add(l pastedLine) {
	text := strings.TrimSpace(strings.ReplaceAll(l.text, "\u00a0", " "))
	if p.open == nil {
		if text == "" || p.clock.declares[l.number] {
			return
		}
		if name, ok := channelLine(text); ok {
			p.channel = name
			return
		}
		// Nobody is said to have written it, and not when.
		p.open = &pastedMessage{line: l.number, event: timeline.Event{
			Kind: timeline.KindChat, Origins: []timeline.Origin{timeline.LineOrigin(p.s.path, l.number)}, Flags: []string{timeline.FlagUndated},
		}}
	}
	if rest, ok := strings.CutSuffix(text, "(edited)"); ok {
		text = strings.TrimSpace(rest)
		addFlag(&p.open.event, timeline.FlagEdited)
	}
	p.open.lines = append(p.open.lines, text)
	p.open.raw = append(p.open.raw, l.raw)
}

// noise takes a line that the window adds: buttons, counts, reactions.
func (p *pasted) noise(l pastedLine) {
	switch word := strings.ToLower(strings.TrimSpace(l.text)); {
	case strings.HasPrefix(word, "pinned"):
		p.flush()
		p.pinned = true
	case strings.Contains(word, "edited") && p.open != nil:
		addFlag(&p.open.event, timeline.FlagEdited)
	case (strings.Contains(word, "pushpin") || strings.Contains(word, "📌")) && p.open != nil:
		addFlag(&p.open.event, timeline.FlagPinned)
	}
}

// flush yields the open message.
func (p *pasted) flush() {
	m := p.open
	p.open = nil
	if m == nil {
		return
	}
	text := strings.TrimSpace(strings.Join(m.lines, "\n"))
	raw := strings.TrimRight(strings.Join(m.raw, "\n"), " \n\r\t")
	if m.fault != "" {
		p.s.bad(timeline.LineOrigin(p.s.path, m.line), raw, "%s", m.fault)
		return
	}
	if membership.MatchString(text) {
		p.s.leave()
		return
	}
	e := m.event
	switch strings.ToLower(text) {
	case "this message was deleted.", "this message has been deleted.", "this message was deleted":
		addFlag(&e, timeline.FlagDeleted)
		text = "A message was deleted"
	case "":
		text = "(a message without text)"
	}
	e.Raw = withoutSecrets(bounded(raw))
	say(&e, withoutMarks(bounded(text)))
	p.s.event(e)
}
