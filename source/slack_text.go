package source

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"pir/internal/when"
)

// slackToken is what Slack writes for a mention, a channel, a link or a date.
// Angle brackets that a person typed are written as entities.
var slackToken = expression(`<([^<>|]*)(?:\|([^<>]*))?>`)

// text turns what Slack writes into plain text: mentions and links become
// names, marks of emphasis are taken off, code keeps its ticks.
func (p *slackPeople) text(text string) string {
	text = slackToken.ReplaceAllStringFunc(bounded(text), func(token string) string {
		m := slackToken.FindStringSubmatch(token)
		return p.token(m[1], m[2])
	})
	return strings.ReplaceAll(html.UnescapeString(withoutMarks(text)), "\u00a0", " ")
}

// token is the name behind one token.
func (p *slackPeople) token(target, label string) string {
	switch {
	case strings.HasPrefix(target, "@"):
		if label == "" {
			label = p.user(target[1:])
		}
		return "@" + strings.TrimPrefix(label, "@")
	case strings.HasPrefix(target, "#"):
		if label == "" {
			label = p.channelName(target[1:])
		}
		return "#" + strings.TrimPrefix(label, "#")
	case strings.HasPrefix(target, "!date^"):
		return slackDate(target, label)
	case strings.HasPrefix(target, "!"):
		if label == "" {
			label, _, _ = strings.Cut(target[1:], "^")
		}
		return "@" + strings.TrimPrefix(label, "@")
	case strings.HasPrefix(target, "mailto:"):
		return "[email]"
	case strings.HasPrefix(target, "tel:"):
		return "[phone]"
	case label != "":
		return label
	}
	return target
}

var slackPlaceholder = expression(`\{[a-z_]+\}`)

// slackDate is a date that Slack shows in the zone of each reader. The token
// holds the instant itself: it is told in UTC.
func slackDate(target, label string) string {
	parts := strings.Split(target, "^")
	if len(parts) < 3 {
		return label
	}
	t, err := when.Epoch(parts[1])
	if err != nil {
		return label
	}
	told := false
	text := slackPlaceholder.ReplaceAllStringFunc(parts[2], func(string) string {
		if told {
			return ""
		}
		told = true
		return when.Format(t.Time, when.Second)
	})
	return strings.TrimSuffix(oneLine(text), " at")
}

// withoutMarks takes *bold*, _italic_ and ~struck~ off a text, outside code.
func withoutMarks(text string) string {
	if !strings.ContainsAny(text, "*_~") {
		return text
	}
	parts := strings.Split(text, "`")
	for i := range parts {
		if i%2 == 0 || i == len(parts)-1 {
			for _, mark := range "*_~" {
				parts[i] = withoutMark(parts[i], byte(mark))
			}
		}
	}
	return strings.Join(parts, "`")
}

// withoutMark takes pairs of one mark off: it opens behind a space or a sign
// and in front of a word, and closes the other way round, on the same line.
func withoutMark(text string, mark byte) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, mark)
		if open < 0 || open+1 >= len(text) {
			break
		}
		inner := text[open+1:]
		line := inner
		if n := strings.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		last := strings.IndexByte(line, mark)
		if last < 1 || !edge(lastRune(text[:open])) || !edge(firstRune(inner[last+1:])) ||
			unicode.IsSpace(firstRune(inner)) || unicode.IsSpace(lastRune(inner[:last])) {
			b.WriteString(text[:open+1])
			text = inner
			continue
		}
		b.WriteString(text[:open] + inner[:last])
		text = inner[last+1:]
	}
	return b.String() + text
}

// edge reports whether a rune beside a mark lets it be one: no word goes on.
func edge(r rune) bool { return r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}
