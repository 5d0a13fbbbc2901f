package source

import (
	"strconv"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

// tell gives an event its words. It is false for a message that has no row of
// its own.
func (r *slackReader) tell(e *timeline.Event, m value, subtype string) bool {
	switch subtype {
	case "message_changed":
		inner := m.get("message")
		e.Step = "edited"
		addFlag(e, timeline.FlagEdited)
		say(e, r.words(inner))
		e.Title = "Edited: " + e.Title
	case "message_deleted", "tombstone":
		addFlag(e, timeline.FlagDeleted)
		e.Title = "A message was deleted"
		if subtype == "message_deleted" {
			e.Step = "deleted"
		}
	case "pinned_item":
		if len(r.pinned) > 0 {
			return false // the message that was pinned has the flag
		}
		say(e, r.words(m))
		addFlag(e, timeline.FlagPinned)
	case "channel_topic", "group_topic":
		say(e, "Channel topic: "+r.people.text(m.str("topic")))
	case "channel_name", "group_name":
		say(e, "Channel renamed: "+m.str("old_name")+" to "+m.str("name"))
	case "channel_archive", "group_archive":
		e.Title = "Channel archived"
	case "channel_unarchive", "group_unarchive":
		e.Title = "Channel opened again"
	default:
		say(e, r.words(m))
	}
	return true
}

// words are what a message says: its text, or that of its blocks; what a
// program attached; the names of files.
func (r *slackReader) words(m value) string {
	text := strings.TrimSpace(r.people.text(m.str("text")))
	t := &slackWords{people: r.people}
	t.add(text)
	if text == "" {
		t.blocks(m.get("blocks"), 0)
	}
	bot := m.str("bot_id") != "" || m.str("subtype") == "bot_message"
	for _, a := range m.get("attachments").items() {
		// An attachment of a person is the preview of an address, or the quote
		// of a message that stands elsewhere.
		if bot && !a.get("from_url").ok() || text == "" {
			t.attachment(a)
		}
	}
	for _, f := range m.get("files").items() {
		if name := oneLine(f.str("name", "title")); name != "" {
			t.add("[file " + name + "]")
		}
	}
	if len(t.lines) == 0 {
		return "(a message without text)"
	}
	return strings.Join(t.lines, "\n")
}

// slackWords gathers the lines of a message, each once: programs send the same
// words as text and as blocks.
type slackWords struct {
	people *slackPeople
	lines  []string
	size   int
}

const maxLines = 500 // of one message

func (t *slackWords) add(text string) {
	text = strings.TrimSpace(text)
	if text == "" || t.size > maxText || len(t.lines) > maxLines {
		return
	}
	for _, l := range t.lines {
		if l == text || len(text) > 3 && strings.Contains(l, text) {
			return
		}
	}
	t.size += len(text)
	t.lines = append(t.lines, text)
}

func (t *slackWords) attachment(a value) {
	before := len(t.lines)
	for _, key := range []string{"pretext", "title", "text"} {
		t.add(t.people.text(a.str(key)))
	}
	for _, f := range a.get("fields").items() {
		title, text := t.people.text(f.str("title")), t.people.text(f.str("value"))
		if title != "" && text != "" {
			text = title + ": " + text
		}
		t.add(text)
	}
	t.blocks(a.get("blocks"), 0)
	if fallback := a.str("fallback"); len(t.lines) == before && fallback != "[no preview available]" {
		t.add(t.people.text(fallback))
	}
}

// maxBlocks is how deep blocks are followed; Slack nests them four deep.
const maxBlocks = 12

// blocks adds the lines of a list of blocks.
func (t *slackWords) blocks(list value, depth int) {
	if depth > maxBlocks {
		return
	}
	for _, b := range list.items() {
		switch kind := b.str("type"); kind {
		case "rich_text", "rich_text_list", "rich_text_quote":
			t.blocks(b.get("elements"), depth+1)
		case "rich_text_section", "rich_text_preformatted":
			t.add(t.inline(b.get("elements")))
		case "text", "link", "user", "channel", "usergroup", "broadcast", "emoji", "date":
			t.add(t.inline(list))
			return
		default:
			t.add(t.object(b.get("text")))
			for _, f := range b.get("fields").items() {
				t.add(t.object(f))
			}
			for _, f := range b.get("elements").items() {
				t.add(t.object(f))
			}
		}
	}
}

// object is the text of a text object; empty for a button or a picture.
func (t *slackWords) object(v value) string {
	switch v.str("type") {
	case "mrkdwn":
		return t.people.text(v.str("text"))
	case "plain_text":
		return v.str("text")
	}
	return ""
}

// inline is one line of rich text.
func (t *slackWords) inline(list value) string {
	var b strings.Builder
	for _, v := range list.items() {
		switch v.str("type") {
		case "text":
			b.WriteString(v.str("text"))
		case "link":
			b.WriteString(t.people.token(v.str("url"), v.str("text")))
		case "user":
			b.WriteString("@" + t.people.user(v.str("user_id")))
		case "channel":
			b.WriteString("#" + t.people.channelName(v.str("channel_id")))
		case "usergroup":
			b.WriteString("@" + v.str("usergroup_id"))
		case "broadcast":
			b.WriteString("@" + v.str("range"))
		case "emoji":
			b.WriteString(":" + v.str("name") + ":")
		case "date":
			if n, err := strconv.ParseInt(v.str("timestamp"), 10, 64); err == nil {
				if at, err := when.Epoch(strconv.FormatInt(n, 10)); err == nil {
					b.WriteString(when.Format(at.Time, when.Second))
				}
			}
		}
		if b.Len() > maxText {
			break
		}
	}
	return b.String()
}
