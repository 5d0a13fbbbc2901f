package source

import (
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"pir/timeline"
)

var slackFormat = Format{
	Name:       "slack",
	Doc:        "a day of a Slack export (channel/2024-07-30.json; names from users.json beside it), or messages of Slack's API",
	Recognised: "type, ts and text or user in messages",
	Export:     "the export of the workspace (Settings, Import/Export Data): a zip, or its folders",
	Lasts:      "90 days on the free plan; else what the workspace keeps",
	Sniff:      sniffSlack,
	Parse:      parseSlack,
}

var slackTS = expression(`^\d{9,10}\.\d{1,6}$`)

func sniffSlack(_ string, head []byte) int {
	for _, v := range firstRecords(head, "messages") {
		if slackMessage(v) {
			return 95
		}
	}
	return 0
}

func slackMessage(v value) bool {
	return slackTS.MatchString(v.str("ts")) && (v.str("type") == "message" || v.get("type").first() == 0 && v.get("text").ok())
}

// firstValue is the first JSON value of a document's beginning.
func firstValue(head []byte) (value, bool) {
	list := topValues("", head)
	if len(list) == 0 {
		return value{}, false
	}
	return list[0], true
}

// firstRecords are the first records of a document's beginning: objects that
// stand in a list, in a list under one of the keys, or by themselves.
func firstRecords(head []byte, keys ...string) []value {
	var list []value
	for i, v := range topValues("", head) {
		if i == 3 {
			break
		}
		list = append(list, v.items()...)
		for _, key := range keys {
			list = append(list, v.get(key).items()...)
		}
		if v.first() == '{' {
			list = append(list, v)
		}
	}
	return list[:min(len(list), 5)]
}

// parseSlack reads an export or a dump.
func parseSlack(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
	return func(yield func(timeline.Event, error) bool) {
		r := &slackReader{people: &slackPeople{around: doc.Siblings}, channel: folderChannel(doc.Name), seen: map[string]bool{}}
		parseJSON(r.read)(ctx, doc, opt)(yield)
	}
}

// slackReader is the state of reading one document.
type slackReader struct {
	s       *sink
	people  *slackPeople
	channel string          // name of the channel; empty is not known
	id      string          // its id; empty is not known
	pinned  map[string]bool // ts of the messages that were pinned
	seen    map[string]bool // messages told already: a thread repeats its first one
}

var dayFile = expression(`^\d{4}-\d{2}-\d{2}\.json`)

// folderChannel is the channel of a day of an export: its folder.
func folderChannel(name string) string {
	folder := path.Base(path.Dir(name))
	if !dayFile.MatchString(path.Base(name)) || folder == "." || folder == "/" || folder == ".." {
		return ""
	}
	return folder
}

func (r *slackReader) read(s *sink, body value) {
	r.s = s
	list := body.items()
	switch {
	case body.get("messages").first() == '[':
		list = body.get("messages").items()
		if id := body.str("channel_id"); id != "" {
			r.id, r.channel = id, body.str("name")
		}
	case body.first() == '{':
		list = []value{body}
	}
	if r.id == "" {
		r.id = r.people.channelID(r.channel)
	}
	r.survey(list)
	r.messages(list, 0)
}

// survey looks at all messages before any is told: which were pinned, and what
// names they bring along.
func (r *slackReader) survey(list []value) {
	r.pinned = map[string]bool{}
	for _, m := range list {
		r.people.learn(m)
		for _, reply := range slackReplies(m) {
			r.people.learn(reply)
		}
		if m.str("subtype") != "pinned_item" {
			continue
		}
		item := m.get("item")
		for _, ts := range []string{item.str("ts"), item.get("message").str("ts"), firstItem(m.get("attachments")).str("ts")} {
			if ts != "" {
				r.pinned[ts] = true
			}
		}
	}
}

func firstItem(list value) value {
	if items := list.items(); len(items) > 0 {
		return items[0]
	}
	return value{}
}

func slackReplies(m value) []value { return m.get("slackdump_thread_replies").items() }

func (r *slackReader) messages(list []value, depth int) {
	for _, m := range list {
		if r.s.stopped() {
			return
		}
		if !r.s.record(m, "a message") {
			continue
		}
		r.message(m)
		if depth == 0 {
			r.messages(slackReplies(m), depth+1)
		}
	}
}

// slackNoise are messages about the channel that tell nothing of an incident.
var slackNoise = []string{
	"channel_join", "channel_leave", "group_join", "group_leave", "channel_purpose", "group_purpose", "bot_add", "bot_remove",
	"bot_enable", "bot_disable", "app_conversation_join", "app_conversation_leave", "channel_convert_to_private",
	"channel_posting_permissions", "channel_canvas_updated", "tabbed_canvas_updated", "joiner_notification",
	"joiner_notification_for_inviter", "unpinned_item", "reminder_add", "ekm_access_denied",
}

// pinNames are reactions that say: this belongs on the record.
var pinNames = []string{"pushpin", "round_pushpin", "pin", "memo", "spiral_note_pad", "pencil"}

func (r *slackReader) message(m value) {
	subtype := m.str("subtype")
	if slices.Contains(slackNoise, subtype) {
		r.s.leave()
		return
	}
	ts := m.str("ts")
	t, err := r.s.time(m.get("ts"))
	if err == nil && !slackTS.MatchString(ts) {
		err = fmt.Errorf("%q is no time of Slack; one looks like 1722340141.120039", cut(ts, 80))
	}
	if err != nil {
		r.s.bad(m.origin(), m.opening(), "a message without a time: ts: %s", err)
		return
	}
	if r.seen[ts] && m.str("thread_ts") != "" {
		return // the message that heads a thread, or one that was sent to the channel too
	}
	r.seen[ts] = true
	e := timeline.Event{
		Kind:    timeline.KindChat,
		Origins: []timeline.Origin{m.origin()},
		Actor:   r.author(m),
		Group:   r.group(m),
		Key:     strings.TrimSpace(r.place() + " " + ts),
		URL:     m.str("permalink"),
		Raw:     m.kept(slackKept...),
	}
	stamp(&e, t)
	r.s.locate(&e)
	if r.tell(&e, m, subtype) {
		r.mark(&e, m, subtype)
		r.s.event(e)
	}
}

// slackKept are the fields of a message that are quoted. Addresses of files
// carry tokens, profiles carry e-mail addresses and pictures.
var slackKept = []string{
	"subtype", "user", "username", "ts", "thread_ts", "text", "edited.ts", "topic", "old_name", "name", "deleted_ts",
	"message.user", "message.ts", "message.text", "attachments.pretext", "attachments.title", "attachments.text",
	"attachments.fallback", "attachments.fields.title", "attachments.fields.value", "files.name", "reactions.name", "reactions.count",
}

// place is what the channel is known by.
func (r *slackReader) place() string {
	if r.id != "" {
		return r.id
	}
	return r.channel
}

// group is the thread, else the channel.
func (r *slackReader) group(m value) string {
	channel := r.channel
	if channel == "" {
		channel = r.id
	}
	if channel != "" {
		channel = "#" + oneLine(channel)
	}
	return strings.TrimSpace(channel + " " + m.str("thread_ts"))
}

// mark gives an event the flags of its message.
func (r *slackReader) mark(e *timeline.Event, m value, subtype string) {
	if m.str("bot_id") != "" || m.get("bot_profile").ok() || subtype == "bot_message" ||
		m.str("user") == slackbot && subtype != "tombstone" || r.people.program(m.str("user")) {
		addFlag(e, timeline.FlagBot)
	}
	if edited := m.get("edited"); edited.ok() {
		addFlag(e, timeline.FlagEdited)
		if t, err := r.s.time(edited.get("ts")); err == nil {
			e.Said = t.Time
		}
	}
	if r.pinned[m.str("ts")] || len(m.get("pinned_to").items()) > 0 {
		addFlag(e, timeline.FlagPinned)
	}
	for _, reaction := range m.get("reactions").items() {
		if slices.Contains(pinNames, reaction.str("name")) {
			addFlag(e, timeline.FlagPinned)
		}
	}
}
