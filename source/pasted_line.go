package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pastedClass is what a line of a pasted chat is.
type pastedClass int

const (
	pastedText  pastedClass = iota
	pastedHead              // a time, with a name or without
	pastedDay               // a day between messages
	pastedNoise             // what the window adds: buttons, counts, reactions
	pastedName              // the name above a time; told with it
)

// pastedLine is one line. Which fields are set depends on the class.
type pastedLine struct {
	number int // from 1
	raw    string
	class  pastedClass
	text   string // words; of a head those behind it
	name   string
	time   string // of a head, as written
	day    string // of a day, as written
	bot    bool
}

const (
	weekdayName = `(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?`
	monthName   = `(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`
	pastedDate  = `(?:Today|Yesterday|` + weekdayName + `,?\s+` + monthName + `\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?|` +
		`(?:` + weekdayName + `,?\s+)?\d{1,2}(?:st|nd|rd|th|\.)?\s+` + monthName + `(?:,?\s+\d{4})?|` +
		monthName + `\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|` + weekdayName + `)`
	pastedHour = `\d{1,2}:\d{2}(?::\d{2})?(?:[ \x{00a0}\x{202f}]?[AaPp]\.?[Mm]\.?)?`
	// pastedStatus is the sign of what somebody is up to, in front of a time.
	pastedStatus = `(?::[\w+'-]+:\s*|\p{So}\x{fe0f}?\s*)*`
	pastedTime   = `(?:` + pastedDate + `(?:,|\s+at)?\s+(?:at\s+)?)?` + pastedHour
)

var (
	dayShapeLine = expression(`^(?i:[-—–_=\s]*)(` + pastedDate + `)[-—–_=\s]*$`)
	timeLine     = expression(`^` + pastedStatus + `(?:(APP|BOT|WORKFLOW|—|-)\s+)?\[?(` + pastedTime + `)\]?:?(?:\s*\(edited\))?$`)
	nameTime     = expression(`^(\S.{0,60}?)((?:\s+(?:APP|BOT|WORKFLOW))?)(\s*[\x{00a0}\t]\s*|\s{2,}|\s+[—–-]\s+|\s+\[|,?\s)(` + pastedTime + `)(\]?):?$`)
	timeName     = expression(`^\[(` + pastedTime + `)\]\s*(\S[^:]{0,60}?)(?::(?:\s+(.*))?)?$`)
	channelShape = expression(`^#[\pL\pN_-]{2,80}$`)
	countLine    = expression(`^(?:\d{1,3}|\+\d{1,2})$`)
	emojiLine    = expression(`^(?::[\w+'-]+:\s*|\p{So}\x{fe0f}?\s*|[\x{1f3fb}-\x{1f3ff}\x{200d}]|\d{1,3}\s*)+$`)
	buttonLine   = expression(`(?i)^(?:new(?: messages?)?|\d+ repl(?:y|ies)(?: from .*)?|last reply .*|view thread|view (?:\d+ )?(?:more )?repl(?:y|ies)|also sent to (?:the channel|#\S+)|pinned(?: by .*)?|` +
		`saved for later|\(?edited\)?|reply|collapse all|see (?:more|less)|show (?:more|less)|thread in #.*|replied to a thread:?.*|(?:like|heart|laugh|surprised|thumbs up) ?\d+|\d+ like reactions?\.?|` +
		`only visible to you|translate message|add reaction|has context menu|jump to (?:latest|present|date)|avatar|image|:\w+:)$`)
	membership = expression(`(?i)^(?:was added to #\S+|(?:has )?(?:joined|left) (?:#\S+|the (?:channel|conversation|chat|meeting|team)\.?)(?: along with .*)?|(?:has )?added .{1,80} to the (?:chat|team|channel)\.?(?:\s.*)?)$`)
	// clockRow is a row of a small timeline, as people paste one into a chat.
	clockRow = expression(`^\s*(?:[-*+•]\s+)?(?:\*\*|\[|~)?\d{1,2}:\d{2}`)
	// otherShape is a line as notes have it: a heading, a row that begins with a
	// clock, a table.
	otherShape = expression(`^\s*(?:#{1,6}\s|[-*+•]\s+(?:\*\*|\[|~)?\d{1,2}:\d{2}|\|.*\|\s*$|\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}|(?:~|\[)?\d{1,2}:\d{2}(?::\d{2})?Z?\]?\s*(?:[-–—:]|[A-Za-z]{3,}))`)
)

// pastedLines tells what each line of a chat is. What a lone line above a time
// is depends on its neighbours, and on the names that are sure.
func pastedLines(text string) []pastedLine {
	text = strings.NewReplacer("\r\n", "\n", "\r", " ", "\u200e", "", "\u200b", "").Replace(text)
	var lines []pastedLine
	sure := map[string]bool{}
	for i, raw := range strings.Split(text, "\n") {
		l := classify(raw)
		l.number = i + 1
		if l.class == pastedHead && l.name != "" {
			sure[l.name] = true
		}
		lines = append(lines, l)
	}
	badges(lines)
	surely(lines, sure)
	for i := range lines {
		if lines[i].class == pastedHead && lines[i].name == "" {
			nameAbove(lines, i, sure)
		}
		if lines[i].class == pastedText && i > 0 && lines[i-1].class == pastedNoise && countLine.MatchString(strings.TrimSpace(lines[i].text)) {
			lines[i].class = pastedNoise // how many reacted
		}
	}
	return lines
}

// badges takes a badge that stands between a name and its time to the time.
func badges(lines []pastedLine) {
	for i := 2; i < len(lines); i++ {
		if lines[i].class != pastedHead || lines[i].name != "" || lines[i-1].class != pastedText {
			continue
		}
		switch strings.TrimSpace(lines[i-1].text) {
		case "APP", "BOT", "WORKFLOW":
			lines[i].bot = true
			lines[i-1], lines[i-2] = lines[i-2], lines[i-1]
			lines[i-2].class, lines[i-2].text = pastedNoise, ""
		}
	}
}

// surely collects the names that stand above a time and can be nothing else:
// two words with capitals, or one that does so twice.
func surely(lines []pastedLine, sure map[string]bool) {
	seen := map[string]int{}
	for i := 1; i < len(lines); i++ {
		if lines[i].class != pastedHead || lines[i].name != "" || lines[i-1].class != pastedText {
			continue
		}
		name, _ := cleanName(lines[i-1].text)
		if !nameLike(name) {
			continue
		}
		seen[name]++
		before := lines[max(0, i-2)]
		// Windows set the time of a head off; a time that only goes on stands at
		// the margin.
		set := lines[i].bot || strings.TrimLeft(lines[i].raw, " \t\u00a0") != lines[i].raw || pronouns.MatchString(lines[i-1].text) ||
			statusAhead.MatchString(strings.TrimSpace(lines[i].raw))
		alone := i == 1 || before.class != pastedText || strings.TrimSpace(before.text) == ""
		if strings.Contains(name, " ") || set || alone || seen[name] > 1 {
			sure[name] = true
		}
	}
}

// nameAbove gives a time the name that stands in the line above it, and takes
// that line out of the text.
func nameAbove(lines []pastedLine, i int, sure map[string]bool) {
	above := i - 1
	if above < 0 || lines[above].class != pastedText {
		return
	}
	name, bot := cleanName(lines[above].text)
	if !sure[name] {
		return
	}
	lines[i].name, lines[i].bot = name, lines[i].bot || bot
	lines[i].raw = strings.TrimSpace(lines[above].raw) + "\n" + strings.TrimSpace(lines[i].raw)
	lines[i].number = lines[above].number
	lines[above].class, lines[above].text = pastedNoise, ""
}

// maxHeadLine is the length above which a line is text, whatever it looks like.
const maxHeadLine = 160

// classify tells what a line is by itself.
func classify(raw string) pastedLine {
	l := pastedLine{raw: strings.TrimRight(raw, " \t"), text: raw}
	line := strings.TrimSpace(strings.Trim(raw, " \t\u00a0"))
	if line == "" || len(line) > maxHeadLine {
		if m := timeNameLong(line); m != nil {
			return head(l, m[1], m[2], m[3])
		}
		return l
	}
	if m := dayShapeLine.FindStringSubmatch(line); m != nil {
		l.class, l.day = pastedDay, m[1]
		return l
	}
	if m := timeLine.FindStringSubmatch(line); m != nil {
		l.class, l.time, l.text = pastedHead, m[2], ""
		l.bot = m[1] == "APP" || m[1] == "BOT" || m[1] == "WORKFLOW"
		return l
	}
	if m := timeName.FindStringSubmatch(line); m != nil {
		if name, _ := cleanName(m[2]); nameLike(name) {
			return head(l, m[1], m[2], m[3])
		}
		l.class, l.time, l.text = pastedHead, m[1], strings.TrimSpace(line[strings.Index(line, "]")+1:])
		return l
	}
	if m := nameTime.FindStringSubmatch(line); m != nil {
		name, _ := cleanName(m[1])
		set := strings.TrimSpace(m[2]) != "" || len(m[3]) > 1 || strings.ContainsAny(m[3], "[\t\u00a0") || m[5] != ""
		if nameLike(name) && (set || strings.Contains(name, " ")) {
			l = head(l, m[4], m[1], "")
			l.bot = l.bot || strings.TrimSpace(m[2]) != ""
			return l
		}
	}
	if buttonLine.MatchString(line) || emojiLine.MatchString(line) && !countLine.MatchString(line) {
		l.class = pastedNoise
	}
	return l
}

// timeNameLong is a head with its text on the same, long line.
func timeNameLong(line string) []string {
	if !strings.HasPrefix(line, "[") {
		return nil
	}
	end := strings.Index(line, ": ")
	if end < 0 || end > maxHeadLine {
		return nil
	}
	// The clock holds colons, but no colon with a blank behind it.
	m := timeName.FindStringSubmatch(line[:end+1])
	if m == nil {
		return nil
	}
	if name, _ := cleanName(m[2]); !nameLike(name) {
		return nil
	}
	return []string{"", m[1], m[2], strings.TrimSpace(line[end+1:])}
}

func head(l pastedLine, time, name, text string) pastedLine {
	l.class, l.time, l.text = pastedHead, time, strings.TrimSpace(text)
	l.name, l.bot = cleanName(name)
	return l
}

var (
	nameEmoji = expression(`:[\w+'-]+:|\p{So}\x{fe0f}?`)
	// statusAhead is a time with a sign in front of it: a window writes it so.
	statusAhead = expression(`^(?::[\w+'-]+:|\p{So})`)
	// pronouns are what people put behind their names: (she/her).
	pronouns  = expression(`\s*\(\s*\pL{1,8}(?:\s*/\s*\pL{1,8}){1,3}\s*\)`)
	nameBadge = expression(`\s+(APP|BOT|WORKFLOW)$`)
)

// cleanName takes what stands around a name off: a status, a badge, a mark.
func cleanName(text string) (name string, bot bool) {
	name = pronouns.ReplaceAllString(strings.ReplaceAll(text, "\u00a0", " "), " ")
	name = strings.TrimSpace(nameEmoji.ReplaceAllString(name, " "))
	if m := nameBadge.FindStringIndex(name); m != nil {
		name, bot = name[:m[0]], true
	}
	return oneLine(strings.Trim(name, " *_@—–-,:")), bot
}

// smallNames are words within names that are written small.
var smallNames = map[string]bool{
	"de": true, "van": true, "von": true, "der": true, "den": true, "da": true, "di": true, "la": true, "le": true, "el": true,
	"bin": true, "al": true, "y": true, "dos": true, "zu": true,
}

var handleShape = expression(`^[\pL][\pL\pN._-]{1,29}$`)

// nameLike reports whether a line may be a name: a handle, or up to five words
// that begin with capitals.
func nameLike(name string) bool {
	if name == "" || len(name) > 60 || strings.ContainsAny(name, "!?;<>{}=/\\`\"") || strings.HasSuffix(name, ".") && !strings.Contains(name, " ") {
		return false
	}
	words := strings.Fields(name)
	if len(words) == 1 {
		return handleShape.MatchString(name)
	}
	if len(words) > 5 {
		return false
	}
	for i, w := range words {
		w = strings.Trim(w, "(),.'")
		r, _ := utf8.DecodeRuneInString(w)
		if w == "" || i > 0 && smallNames[strings.ToLower(w)] {
			continue
		}
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Arabic, unicode.Hebrew) {
			return false
		}
	}
	return true
}

// channelLine is the name of a channel at the top of what was copied.
func channelLine(text string) (string, bool) {
	if channelShape.MatchString(text) {
		return text, true
	}
	return "", false
}
