package incident

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
	"pir/internal/yaml"
	"pir/logs"
	"pir/timeline"
)

// ConfigName is the name of the file that describes an incident.
const ConfigName = "pir.yaml"

// maxConfig is the largest pir.yaml in bytes.
const maxConfig = 4 << 20

// Config is what pir.yaml says that is no fact of the incident.
type Config struct {
	Path     string      // as cited, "pir.yaml"; empty when there is none
	SHA256   string      // of its bytes, in hexadecimal digits
	Template string      // name of a template set or a folder; empty is the default
	Window   string      // name of a review window; empty is the default
	Own      *Window     // a review window of the user's own; nil where there is none
	Holidays []time.Time // days that are no business days, at midnight UTC
	// TemplateAt and WindowAt are where they stand.
	TemplateAt, WindowAt timeline.Origin
	Owner                string // who owns the review
	Banner               string // one sentence above the review
	// Redaction is what is masked, and from whom.
	Redaction Redaction
	// Given are the milestones stated in pir.yaml, "aware" and "classified"
	// among them.
	Given []timeline.Given
}

// config is the whole of a pir.yaml.
type config struct {
	Config
	Incident timeline.Incident
	zone     *time.Location // zone of naive times; nil is not said
	formats  []logs.Format  // that the user describes
	sources  []spec
	curation []timeline.Curation
	figures  []timeline.Figure
	actions  []timeline.Action
	people   []timeline.Person
	peopleAt []timeline.Evidence // where each of them stands
	settings []setting
	doubts   []string // what the user may want to mend, one sentence each

	lines []string // the text, for citations
}

// setting is one scalar below settings:.
type setting struct {
	key, value string
	at         func(format string, args ...any) error
}

// sections are the top-level keys of pir.yaml, each with its reader.
func (c *config) sections() []section {
	return []section{
		{"incident", c.readIncident},
		{"formats", c.readFormats},
		{"sources", c.readSources},
		{"milestones", c.readMilestones},
		{"events", c.readCuration},
		{"impact", c.readFigures},
		{"actions", c.readActions},
		{"people", c.readPeople},
		{"redact", c.readRedact},
		{"review", c.readReview},
		{"settings", c.readSettings},
	}
}

type section struct {
	key  string
	read func(*yaml.Node) error
}

// readConfig reads the pir.yaml at name. Its citations say pir.yaml, or the
// base name of another file.
func readConfig(fsys fs.FS, name string) (*config, error) {
	cited := path.Base(name)
	data, err := readSmall(fsys, name, maxConfig)
	if err != nil {
		return nil, &InputError{Message: "read " + name + ": " + reason(err)}
	}
	sum := sha256.Sum256(data)
	c := &config{Config: Config{Path: cited, SHA256: hex.EncodeToString(sum[:])}, lines: strings.Split(string(data), "\n")}
	if err := c.decode(cited, data); err != nil {
		return nil, &InputError{Message: err.Error()}
	}
	return c, nil
}

func (c *config) decode(cited string, data []byte) error {
	top, err := yaml.Parse(cited, data)
	if err != nil {
		return err
	}
	if absent(top) {
		return nil
	}
	var known []string
	for _, s := range c.sections() {
		known = append(known, s.key)
	}
	if err := top.Check(known...); err != nil {
		return err
	}
	// The incident comes first, wherever it stands: its zone holds for the
	// times of the other sections.
	for _, s := range c.sections() {
		n := top.Get(s.key)
		if absent(n) {
			continue
		}
		if err := s.read(n); err != nil {
			return err
		}
	}
	return nil
}

func (c *config) readIncident(n *yaml.Node) error {
	f := fields(n, "id", "title", "severity", "components", "timezone", "display_timezone", "from", "to", "tags")
	in := &c.Incident
	in.ID = f.text("id")
	in.Title = f.text("title")
	in.Severity = f.severity("severity")
	in.Components = f.list("components")
	in.Tags = f.list("tags")
	c.zone = f.location("timezone")
	in.Display = f.location("display_timezone")
	in.From = f.stamp("from", c.naive()).Time
	in.To = f.stamp("to", c.naive()).Time
	if f.err == nil && !in.From.IsZero() && in.To.Before(in.From) && !in.To.IsZero() {
		return f.node.Errorf("incident ends before it begins: from %s to %s",
			when.Format(in.From, when.Second), when.Format(in.To, when.Second))
	}
	return f.err
}

// naive is the zone of times in pir.yaml that name none.
func (c *config) naive() when.Zone {
	if c.zone == nil {
		return when.Zone{Location: time.UTC, From: when.ZoneAssumed}
	}
	return when.Zone{Location: c.zone, From: when.ZoneIncident}
}

func (c *config) readReview(n *yaml.Node) error {
	f := fields(n, "template", "window", "holidays", "owner", "banner", "redact")
	c.Template = f.text("template")
	if n := f.get("template"); n != nil {
		c.TemplateAt = c.origin(n)
	}
	c.readWindow(f)
	c.readHolidays(f)
	c.Owner = f.text("owner")
	c.Banner = f.text("banner")
	c.Redaction.Drafts = f.oneOf("redact", RedactSecrets, RedactAll, RedactOff)
	return f.err
}

func (c *config) readPeople(n *yaml.Node) error {
	return each(n, []string{"match", "role"}, func(f *fieldReader) {
		c.people = append(c.people, timeline.Person{Match: f.need("match"), Role: f.need("role")})
		c.peopleAt = append(c.peopleAt, c.cite(f.get("match")))
		c.Redaction.People = c.people
	})
}

func (c *config) readFigures(n *yaml.Node) error {
	return each(n, []string{"measure", "value", "scope", "source"}, func(f *fieldReader) {
		c.figures = append(c.figures, timeline.Figure{
			Measure: f.need("measure"), Value: f.need("value"),
			Scope: f.text("scope"), Source: f.text("source"),
			Evidence: []timeline.Evidence{c.cite(f.node.Get("value"))},
		})
	})
}

func (c *config) readActions(n *yaml.Node) error {
	return each(n, []string{"id", "text", "type", "owner", "due", "state", "link"}, func(f *fieldReader) {
		c.doubtAction(f)
		c.actions = append(c.actions, timeline.Action{
			ID: f.text("id"), Text: f.need("text"), Type: f.text("type"), Owner: f.text("owner"),
			Due: f.text("due"), State: f.text("state"), Link: f.text("link"),
			Evidence: []timeline.Evidence{c.cite(f.node.Get("text"))},
		})
	})
}

// states are the words for the state of an action that are understood.
var states = []string{"open", "in progress", "in-progress", "blocked", "done", "closed", "cancelled", "canceled", "dropped", "wontfix"}

// doubtAction tells of a due date or a state that will not be understood.
func (c *config) doubtAction(f *fieldReader) {
	if due := f.text("due"); due != "" && !isDate(due) {
		c.doubts = append(c.doubts, c.origin(f.get("due")).String()+": due: "+strconv.Quote(due)+" is no date, so it is never late; write it as 2024-11-30")
	}
	if state := f.text("state"); state != "" && !slices.Contains(states, strings.ToLower(state)) {
		c.doubts = append(c.doubts, c.origin(f.get("state")).String()+": state: "+strconv.Quote(state)+" is none of open, in progress, blocked, done, cancelled")
	}
}

// isDate reports whether a text is a day or a month.
func isDate(text string) bool {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006", "2 January 2006", "2 Jan 2006", "January 2006", "Jan 2006", "January 2, 2006", "Jan 2, 2006"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// cite is the evidence of a value that stands in pir.yaml; none for no value.
func (c *config) cite(n *yaml.Node) timeline.Evidence {
	if n == nil {
		return timeline.Evidence{Origin: c.Path}
	}
	return timeline.Evidence{Origin: c.origin(n).String(), Quote: c.line(n.Line)}
}

func (c *config) origin(n *yaml.Node) timeline.Origin {
	return timeline.LineOrigin(c.Path, n.Line)
}

// line is the text of a 1-based line, without its indent.
func (c *config) line(n int) string {
	if n < 1 || n > len(c.lines) {
		return ""
	}
	return strings.TrimSpace(c.lines[n-1])
}

// named gives the people in the events their roles, behind their names. The
// first row that matches holds. Where roles stand for the names, Build puts them.
func (p *plan) named(events []timeline.Event) []timeline.Event {
	if p.opt.People == timeline.PeopleRoles {
		return events
	}
	for i := range events {
		if events[i].Kept {
			continue // it has its role
		}
		for _, person := range p.config.people {
			if named(events[i].Actor, person.Match) {
				events[i].Actor += " (" + person.Role + ")"
				break
			}
		}
	}
	return events
}

// named reports whether all words of match stand in the name of an actor, in
// any case: "ilse" is in "Ilse Bakker".
func named(actor, match string) bool {
	words := strings.Fields(strings.ToLower(actor))
	for word := range strings.FieldsSeq(strings.ToLower(match)) {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return len(words) > 0
}

// readSmall reads a file of at most limit bytes.
func readSmall(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, errTooLarge(limit)
	}
	return data, nil
}

type errTooLarge int64

// Error names the limit.
func (e errTooLarge) Error() string {
	return "larger than " + strconv.FormatInt(int64(e)>>20, 10) + " MiB"
}
