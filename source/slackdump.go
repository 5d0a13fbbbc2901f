package source

var slackdumpFormat = Format{
	Name:       "slackdump",
	Doc:        "a channel or a thread as slackdump saves it (CHANNEL.json), replies within their messages",
	Recognised: "channel_id beside messages",
	Export:     "slackdump dump CHANNEL_URL",
	Lasts:      "90 days on the free plan; else what the workspace keeps",
	Sniff:      sniffSlackdump,
	// The messages are those of an export; the body says which channel it is.
	Parse: parseSlack,
}

func sniffSlackdump(_ string, head []byte) int {
	v, ok := firstValue(head)
	if !ok {
		return 0
	}
	if v.str("channel_id") == "" || v.get("messages").first() != '[' {
		return 0
	}
	for _, m := range v.get("messages").items() {
		if slackMessage(m) {
			return 97
		}
	}
	return 60 // a channel without messages
}
