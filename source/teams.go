package source

import (
	"html"
	"slices"
	"strings"

	"pir/timeline"
)

var teamsFormat = Format{
	Name:       "teams",
	Doc:        "Microsoft Teams messages of the Graph API: GET /teams/{id}/channels/{id}/messages, replies, chats",
	Recognised: "messageType, createdDateTime and body.contentType in messages",
	Export:     "GET https://graph.microsoft.com/v1.0/teams/ID/channels/ID/messages, and /replies of each",
	Lasts:      "what the policy of the tenant keeps",
	Sniff:      sniffTeams,
	Parse:      parseJSON(readTeams),
}

func sniffTeams(_ string, head []byte) int {
	for _, v := range firstRecords(head, "value") {
		if teamsMessage(v) {
			return 95
		}
	}
	return 0
}

func teamsMessage(v value) bool {
	return v.str("createdDateTime") != "" && (v.get("body", "contentType").ok() || v.str("messageType") != "" && v.get("body").ok())
}

// readTeams reads a page of messages, a list of them or one message.
func readTeams(s *sink, body value) {
	list := append(body.items(), body.get("value").items()...)
	if teamsMessage(body) {
		list = append(list, body)
	}
	s.teamsMessages(list, 0)
}

// teamsMessages reads messages, and the replies that stand within them.
func (s *sink) teamsMessages(list []value, depth int) {
	for _, m := range list {
		if s.stopped() {
			return
		}
		if !s.record(m, "a message") {
			continue
		}
		s.teamsMessage(m)
		if depth == 0 {
			s.teamsMessages(m.get("replies").items(), depth+1)
		}
	}
}

// wordless stands for the text of a message that has none.
const wordless = "(a message without text)"

// teamsKept are the fields of a message that are quoted. The address of the
// message holds the tenant, cards hold hooks.
var teamsKept = []string{
	"id", "replyToId", "messageType", "createdDateTime", "lastEditedDateTime", "deletedDateTime", "subject", "importance",
	"from.user.displayName", "from.application.displayName", "body.contentType", "body.content",
	"attachments.name", "reactions.reactionType", "eventDetail.@odata.type",
}

func (s *sink) teamsMessage(m value) {
	t, err := s.time(m.get("createdDateTime"))
	if err != nil {
		s.bad(m.origin(), m.opening(), "a message without a time: createdDateTime: %s", err)
		return
	}
	e := timeline.Event{
		Kind:    timeline.KindChat,
		Origins: []timeline.Origin{m.origin()},
		Actor:   mailName(m.get("from", "user").str("displayName")),
		URL:     withoutSecrets(m.str("webUrl")),
		Group:   m.str("replyToId"),
		Key:     m.str("id"),
		Raw:     m.kept(teamsKept...),
	}
	stamp(&e, t)
	s.locate(&e)
	if name := m.get("from", "application").str("displayName"); name != "" {
		e.Actor = mailName(name)
		addFlag(&e, timeline.FlagBot)
	}
	if m.get("eventDetail").ok() {
		if !teamsDetail(&e, m.get("eventDetail")) {
			s.leave()
			return
		}
	} else {
		say(&e, teamsWords(m))
	}
	if kind := m.str("messageType"); e.Title == wordless && kind != "" && kind != "message" && !m.get("deletedDateTime").ok() {
		s.leave() // of the system, and it does not say what
		return
	}
	s.teamsMarks(&e, m)
	s.event(e)
}

// teamsMarks gives an event the flags of its message.
func (s *sink) teamsMarks(e *timeline.Event, m value) {
	if _, err := s.time(m.get("deletedDateTime")); err == nil {
		addFlag(e, timeline.FlagDeleted)
		e.Title, e.Body, e.Raw = "A message was deleted", "", m.kept("id", "createdDateTime", "deletedDateTime")
	}
	// The time of the last modification also moves with every reaction.
	if edited, err := s.time(m.get("lastEditedDateTime")); err == nil {
		addFlag(e, timeline.FlagEdited)
		e.Said = edited.Time
	}
	for _, r := range m.get("reactions").items() {
		if slices.Contains([]string{"📌", "📍", "📝", "pushpin"}, r.str("reactionType")) {
			addFlag(e, timeline.FlagPinned)
		}
	}
}

// teamsDetails are the messages of the system that are worth a row; the others,
// such as who joined, are not.
var teamsDetails = []struct {
	kind  string // @odata.type, its middle
	words string
	key   string // of the text behind the words
}{
	{"chatRenamed", "Chat renamed", "chatDisplayName"},
	{"channelRenamed", "Channel renamed", "channelDisplayName"},
	{"teamRenamed", "Team renamed", "teamDisplayName"},
	{"channelDescriptionUpdated", "Channel description", "channelDescription"},
	{"teamDescriptionUpdated", "Team description", "teamDescription"},
	{"channelAdded", "Channel added", "channelDisplayName"},
	{"channelDeleted", "Channel deleted", "channelDisplayName"},
	{"teamArchived", "Team archived", ""},
	{"callStarted", "Call started", ""},
	{"callEnded", "Call ended", ""},
}

// teamsDetail tells a message of the system; it is false for one that has no
// row.
func teamsDetail(e *timeline.Event, detail value) bool {
	kind := strings.TrimSuffix(strings.TrimPrefix(detail.str("@odata.type"), "#microsoft.graph."), "EventMessageDetail")
	for _, row := range teamsDetails {
		if row.kind != kind {
			continue
		}
		text := row.words
		switch about := plainText(detail.str(row.key)); {
		case row.key == "":
		case about == "":
			text += " changed"
		default:
			text += ": " + about
		}
		say(e, text)
		if e.Actor == "" {
			e.Actor = mailName(detail.get("initiator", "user").str("displayName"))
		}
		return true
	}
	return false
}

var (
	teamsMention = expression(`(?s)<at\b[^>]*>(.*?)</at>`)
	teamsEmoji   = expression(`<emoji\b[^>]*\balt="([^"]*)"[^>]*>\s*(?:</emoji>)?`)
	teamsTag     = expression(`</?(?:attachment|systemEventMessage|codeblock|customemoji|emoji|uri)\b[^>]*>`)
	teamsQuote   = expression(`(?s)<blockquote\b.*?</blockquote>`)
)

// teamsWords are what a message says: its subject, its text without what it
// quotes of others, and what cards hold.
func teamsWords(m value) string {
	text := bounded(m.get("body").str("content"))
	if m.get("body").str("contentType") != "text" {
		plain := teamsQuote.ReplaceAllString(text, "\n")
		plain = teamsMention.ReplaceAllString(plain, "@$1")
		plain = teamsEmoji.ReplaceAllString(plain, "$1")
		text = plainText(teamsTag.ReplaceAllString(plain, " "))
	}
	t := &slackWords{}
	t.add(plainText(m.str("subject")))
	t.add(text)
	for _, a := range m.get("attachments").items() {
		if card := a.str("content"); strings.HasPrefix(strings.TrimSpace(card), "{") {
			for _, v := range topValues("", []byte(cut(card, maxText))) {
				cardWords(t, v, 0)
			}
			continue
		}
		if name := oneLine(a.str("name")); name != "" {
			t.add("[file " + name + "]")
		}
	}
	if len(t.lines) == 0 {
		return wordless
	}
	return strings.Join(t.lines, "\n")
}

// cardWords adds the texts of a card. What its buttons open is left out.
func cardWords(t *slackWords, v value, depth int) {
	if depth > maxBlocks {
		return
	}
	for _, item := range v.items() {
		cardWords(t, item, depth+1)
	}
	if name := v.str("title", "name"); name != "" && v.str("value") != "" {
		t.add(name + ": " + plainText(v.str("value")))
		return
	}
	for _, m := range v.members() {
		switch m.key {
		case "title", "subtitle", "summary", "text", "activityTitle", "activitySubtitle", "activityText":
			t.add(inlineText(plainText(html.UnescapeString(m.text()))))
		case "body", "items", "columns", "facts", "sections":
			cardWords(t, m.value, depth+1)
		}
	}
}
