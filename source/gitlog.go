package source

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

// The separators of the fields and of the records of a log that was asked for
// in a format of our own.
const (
	fieldSeparator  = "\x1f"
	recordSeparator = "\x1e"
)

var gitFormat = Format{
	Name:       "git",
	Doc:        "git log: as it is, with --pretty=fuller or raw, or with --format=%H%x1f%aI%x1f%cI%x1f%an%x1f%s%x1f%b%x1e",
	Recognised: "commit HASH with Author and Date below it, or the fields of --format, parted by \\x1f",
	Export:     "git log --since=2024-07-29 --format='%H%x1f%aI%x1f%cI%x1f%an%x1f%s%x1f%b%x1e' > git.txt",
	Lasts:      "as long as the repository",
	Sniff:      sniffGit,
	Parse: func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
		return sequence(ctx, doc, opt, readGit)
	},
}

var (
	commitLine   = expression(`^commit ([0-9a-f]{7,64})(?: [0-9a-f]{7,64})*(?: \(([^()]*)\))?\s*$`)
	commitHeader = expression(`^(Merge|Author|AuthorDate|Commit|CommitDate|Date|author|committer|tree|parent|encoding|Reflog|Reflog message|gpgsig|mergetag):? +(.*)$`)
	commitHash   = expression(`^[0-9a-f]{7,64}$`)
)

func sniffGit(_ string, head []byte) int {
	text := strings.TrimLeft(string(head), " \r\n")
	line, rest, _ := strings.Cut(text, "\n")
	if commitLine.MatchString(strings.TrimRight(line, "\r")) {
		next, _, _ := strings.Cut(rest, "\n")
		if commitHeader.MatchString(next) {
			return 95
		}
		return 0
	}
	hash, rest, ok := strings.Cut(text, fieldSeparator)
	if ok && commitHash.MatchString(hash) && strings.Contains(rest, fieldSeparator) {
		return 95
	}
	return 0
}

func readGit(s *sink, data []byte) {
	if strings.Contains(string(data[:min(len(data), headBytes)]), fieldSeparator) {
		s.gitRecords(string(data))
		return
	}
	s.gitText(string(data))
}

// commit is one commit of a log, in either form.
type commit struct {
	origin          timeline.Origin
	hash, names     string // names are the branches and tags that point to it
	author          string
	written, landed string // dates of the author and of the committer
	subject, body   string
	message         []string // its lines, while they are read
	told            bool     // the message is at its end
}

// gitRecords reads a log with separators: hash, the author's date, the
// committer's, the author's name, an address where it was asked for, the
// subject and the body.
func (s *sink) gitRecords(text string) {
	line := 1
	for text != "" && !s.stopped() {
		record, rest, _ := strings.Cut(text, recordSeparator)
		start := line + leadingLines(record)
		line += strings.Count(record, "\n")
		text = rest
		if strings.TrimSpace(record) == "" {
			continue
		}
		c := commit{origin: timeline.LineOrigin(s.path, start)}
		fields := strings.Split(strings.TrimSpace(record), fieldSeparator)
		if len(fields) < 5 || !commitHash.MatchString(fields[0]) {
			s.bad(c.origin, record, "no commit: fields are wanted as --format=%%H%%x1f%%aI%%x1f%%cI%%x1f%%an%%x1f%%s%%x1f%%b%%x1e gives them")
			continue
		}
		c.hash, c.written, c.landed, c.author = fields[0], fields[1], fields[2], fields[3]
		if fields = fields[4:]; len(fields) > 1 && strings.Contains(fields[0], "@") && !strings.Contains(fields[0], " ") {
			fields = fields[1:] // the author's address is nobody's business
		}
		c.subject, c.body = fields[0], strings.Join(fields[1:], "\n")
		s.commit(c)
	}
}

func leadingLines(text string) int {
	return strings.Count(text[:len(text)-len(strings.TrimLeft(text, " \r\n"))], "\n")
}

// gitText reads a log as git prints it: headers, and the message with four
// blanks in front. What follows it, statistics and patches, is not taken.
func (s *sink) gitText(text string) {
	var c *commit
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if s.stopped() {
			return
		}
		if m := commitLine.FindStringSubmatch(line); m != nil {
			s.commitMessage(c)
			c = &commit{origin: timeline.LineOrigin(s.path, n), hash: m[1], names: m[2]}
			continue
		}
		if c == nil && strings.TrimSpace(line) != "" {
			s.bad(timeline.LineOrigin(s.path, n), line, "text in front of the first commit")
			c = &commit{} // said once
		}
		if c != nil {
			c.line(line)
		}
	}
	s.commitMessage(c)
}

// commitMessage yields a commit whose message has been read to its end.
func (s *sink) commitMessage(c *commit) {
	if c == nil {
		return
	}
	c.subject, c.body, _ = strings.Cut(strings.TrimSpace(strings.Join(c.message, "\n")), "\n")
	s.commit(*c)
}

// line takes over a line below that of the commit's hash.
func (c *commit) line(line string) {
	switch {
	case c.told:
	case strings.HasPrefix(line, "    "):
		c.message = append(c.message, line[4:])
	case line == "" && len(c.message) > 0:
		c.message = append(c.message, "")
	case len(c.message) > 0:
		c.told = true // a statistic or a patch
	default:
		c.header(line)
	}
}

// header takes over a line of the head of a commit.
func (c *commit) header(line string) {
	m := commitHeader.FindStringSubmatch(line)
	if m == nil {
		return
	}
	value := strings.TrimSpace(m[2])
	switch m[1] {
	case "Author":
		c.author, _, _ = strings.Cut(value, " <")
	case "AuthorDate", "Date":
		c.written = value
	case "CommitDate":
		c.landed = value
	case "author", "committer": // --pretty=raw: name <address> seconds zone
		end := strings.LastIndexByte(value, '>')
		if end < 0 {
			return
		}
		if m[1] == "author" {
			c.author, _, _ = strings.Cut(value, " <")
			c.written = strings.TrimSpace(value[end+1:])
			return
		}
		c.landed = strings.TrimSpace(value[end+1:])
	}
}

// gitTime reads a date in any of git's styles but the relative one.
func (s *sink) gitTime(text string) (when.Stamp, error) {
	text = strings.TrimSpace(text)
	seconds, _, raw := strings.Cut(text, " ")
	if _, err := strconv.ParseInt(seconds, 10, 64); err == nil && (raw && len(seconds) > 8 || !raw) {
		return s.inTime(when.Epoch(seconds))
	}
	return s.inTime(when.Parse(text, s.opt.Zone, s.opt.Year))
}

// trailer is a line at the end of a message that only says who signed it.
var trailer = expression(`(?i)^(signed-off|co-authored|reviewed|acked|tested|reported|suggested|helped)-by:|^change-id:`)

// commit yields a commit at the hour at which it was committed: the author's
// date stays behind when it is moved, and neither is that of a deployment.
func (s *sink) commit(c commit) {
	if c.hash == "" {
		return
	}
	subject := withoutSecrets(oneLine(c.subject))
	t, err := s.gitTime(c.landed)
	if err != nil {
		t, err = s.gitTime(c.written)
	}
	if err != nil {
		s.bad(c.origin, c.hash+" "+c.author+" "+subject, "a commit without a time: %s", err)
		return
	}
	e := timeline.Event{
		Kind: timeline.KindChange, Origins: []timeline.Origin{c.origin}, Key: c.hash,
		Actor: mailName(c.author), Title: subject,
	}
	stamp(&e, t)
	if e.Title == "" {
		e.Title = "Commit " + cut(c.hash, 10)
	}
	for _, name := range strings.Split(c.names, ", ") {
		if tag, ok := strings.CutPrefix(name, "tag: "); ok {
			e.Title += " (" + oneLine(tag) + ")"
		}
	}
	var lines []string
	for _, line := range strings.Split(c.body, "\n") {
		if !trailer.MatchString(strings.TrimSpace(line)) {
			lines = append(lines, line)
		}
	}
	e.Body = cut(withoutSecrets(tidyLines(strings.Join(lines, "\n"))), maxText)
	e.Raw = strings.TrimSpace(c.hash + " " + firstText(c.landed, c.written) + " " + e.Actor + "\n" + e.Title + "\n" + e.Body)
	s.event(e)
}
