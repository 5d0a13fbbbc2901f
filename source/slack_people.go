package source

import (
	"io"
	"io/fs"
	"strings"
)

// slackbot is the user that is Slack itself.
const slackbot = "USLACKBOT"

// slackPeople knows the names behind ids. The files of an export are read when
// the first name is asked for that no message brings along.
type slackPeople struct {
	around   fs.FS
	users    map[string]string
	channels map[string]string // id to name
	programs map[string]bool   // of users
	loaded   bool
	learned  map[string]string
}

// learn takes the name that a message carries of its author.
func (p *slackPeople) learn(m value) {
	name := slackName(m.get("user_profile"))
	if id := m.str("user"); id != "" && name != "" {
		if p.learned == nil {
			p.learned = map[string]string{}
		}
		p.learned[id] = name
	}
}

// slackName is the name that Slack shows for a user: the display name where one
// was chosen, else the real name.
func slackName(user value) string {
	profile := user.get("profile")
	for _, name := range []string{
		profile.str("display_name"), user.str("display_name"), profile.str("real_name"), user.str("real_name"), user.str("name"),
	} {
		if name = mailName(name); name != "" {
			return name
		}
	}
	return ""
}

// user is the name of a user; the id when nothing tells the name.
func (p *slackPeople) user(id string) string {
	if name := p.learned[id]; name != "" {
		return name
	}
	p.load()
	if name := p.users[id]; name != "" {
		return name
	}
	if id == slackbot {
		return "Slackbot"
	}
	return id
}

// program reports whether a user is one of the programs that the export lists.
func (p *slackPeople) program(id string) bool {
	p.load()
	return p.programs[id]
}

// channelName is the name of a channel; the id when nothing tells it.
func (p *slackPeople) channelName(id string) string {
	p.load()
	if name := p.channels[id]; name != "" {
		return name
	}
	return id
}

// channelID is the id of a channel by its name; empty when nothing tells it.
func (p *slackPeople) channelID(name string) string {
	if name == "" {
		return ""
	}
	p.load()
	found := ""
	for id, n := range p.channels {
		if n == name && (found == "" || id < found) {
			found = id
		}
	}
	return found
}

// maxSibling is the largest file of names that is read, in bytes.
const maxSibling = 64 << 20

// slackChannelFiles are the files of an export that list channels.
var slackChannelFiles = []string{"channels.json", "groups.json", "mpims.json", "dms.json"}

func (p *slackPeople) load() {
	if p.loaded {
		return
	}
	p.loaded = true
	p.users, p.channels, p.programs = map[string]string{}, map[string]string{}, map[string]bool{}
	for _, file := range []string{"users.json", "org_users.json"} {
		for _, u := range p.list(file) {
			if id, name := u.str("id"), slackName(u); id != "" && name != "" {
				p.users[id] = name
				p.programs[id] = u.str("is_bot") == "true"
			}
		}
	}
	for _, file := range slackChannelFiles {
		for _, c := range p.list(file) {
			if id, name := c.str("id"), oneLine(c.str("name")); id != "" && name != "" {
				p.channels[id] = name
			}
		}
	}
}

// list reads a list that stands beside the document, or above its folder.
func (p *slackPeople) list(file string) []value {
	if p.around == nil {
		return nil
	}
	for _, name := range []string{"../" + file, file} {
		f, err := p.around.Open(name)
		if err != nil {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(f, maxSibling))
		f.Close()
		if err != nil && len(data) == 0 {
			continue
		}
		for _, v := range topValues(file, decodeText(data)) {
			return v.items()
		}
	}
	return nil
}

// author is the name of who wrote a message: a person, or a program.
func (r *slackReader) author(m value) string {
	if m.str("subtype") == "message_changed" && m.get("message").ok() {
		m = m.get("message")
	}
	id := m.str("user")
	if name := mailName(m.str("username")); name != "" {
		return name
	}
	if name := mailName(m.get("bot_profile").str("name")); name != "" {
		return name
	}
	switch {
	case id == slackbot && m.str("subtype") == "tombstone":
		return ""
	case id != "":
		return r.people.user(id)
	}
	return strings.TrimSpace(mailName(m.str("bot_id")))
}
