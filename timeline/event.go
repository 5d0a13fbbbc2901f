package timeline

import (
	"fmt"
	"time"

	"pir/internal/when"
)

// Precision is how finely a time is known, from a day down to a nanosecond.
type Precision = when.Precision

// ZoneFrom says what gave a time its zone.
type ZoneFrom = when.ZoneFrom

// Kind is what sort of act or record an event is.
type Kind string

// The kinds of events, as the "kind" key of the JSON output has them.
const (
	KindStatus   Kind = "status"   // a post on a status page
	KindAlert    Kind = "alert"    // a monitor fired or cleared
	KindPage     Kind = "page"     // somebody was called
	KindAck      Kind = "ack"      // somebody took it
	KindChat     Kind = "chat"     // a message among responders
	KindChange   Kind = "change"   // a deploy, a flag, a configuration change
	KindTicket   Kind = "ticket"   // a ticket was opened or moved
	KindLog      Kind = "log"      // a log record worth a row of its own
	KindNote     Kind = "note"     // a hand-written note
	KindComms    Kind = "comms"    // a mail, a statement, a press article
	KindDecision Kind = "decision" // responders decided something
)

// Party says whose record a source is.
type Party string

// The parties. Upstream and downstream rows never set our milestones.
const (
	PartyOwn        Party = "own"
	PartyUpstream   Party = "upstream"
	PartyDownstream Party = "downstream"
)

// Severity is the normalised severity of a record; the empty string is unknown.
type Severity string

// The severities, most severe first.
const (
	SeverityCritical Severity = "critical"
	SeverityMajor    Severity = "major"
	SeverityMinor    Severity = "minor"
	SeverityInfo     Severity = "info"
)

// Topic is what a record that is no act is about: a label such as "Action:"
// in front of a note gives it. The empty topic is an ordinary event.
type Topic string

// The topics, and the labels in notes that give them.
const (
	TopicAction   Topic = "action"   // "Action:", a task list item
	TopicImpact   Topic = "impact"   // "Impact:"
	TopicCause    Topic = "cause"    // "Cause:", "Root cause:"
	TopicTrigger  Topic = "trigger"  // "Trigger:"
	TopicAdvice   Topic = "advice"   // "Advice:", for customers
	TopicLesson   Topic = "lesson"   // "Lesson:", "Went well:", "Went wrong:", "Lucky:"
	TopicQuestion Topic = "question" // "Question:", "Open:"
)

// Origin is where a record stands. Exactly one of Line, Byte and Pointer is
// meant: Pointer where it is not empty, else Line where it is above zero, else
// Byte. An Origin with only a Path means the whole file.
type Origin struct {
	Path    string // slash-separated, as the user would name it; or an engine address
	Line    int    // 1-based line
	Byte    int64  // 0-based offset; -1 when it is not meant
	Pointer string // RFC 6901 JSON pointer, with its leading slash
}

// LineOrigin is the origin of a line of a text file.
func LineOrigin(path string, line int) Origin { return Origin{Path: path, Line: line, Byte: -1} }

// PointerOrigin is the origin of a value in a JSON document.
func PointerOrigin(path, pointer string) Origin {
	return Origin{Path: path, Byte: -1, Pointer: pointer}
}

// ByteOrigin is the origin of a log record whose line number is not known.
func ByteOrigin(path string, offset int64) Origin { return Origin{Path: path, Byte: offset} }

// String gives path:line, path@byte or path#/json/pointer.
func (o Origin) String() string {
	switch {
	case o.Pointer != "":
		return o.Path + "#" + o.Pointer
	case o.Line > 0:
		return fmt.Sprintf("%s:%d", o.Path, o.Line)
	case o.Byte >= 0:
		return fmt.Sprintf("%s@%d", o.Path, o.Byte)
	}
	return o.Path
}

// Event is one act or record of an incident, with the place it was read from.
// A parser fills what the record says and leaves ID and Milestone to Build.
type Event struct {
	ID        string    // "e" and 12 hex digits; set by Build
	Time      time.Time // when it happened, UTC; zero when the record has no time
	End       time.Time // end of a span, UTC; zero for a point
	TimeText  string    // the time as the source writes it
	Precision Precision // how finely Time is known
	Approx    bool      // the source says "about"
	Observed  time.Time // when it was recorded or posted, where that differs; else zero
	ZoneFrom  ZoneFrom
	Source    string   // name of the source
	Origins   []Origin // where it stands; more than one when records were merged
	Kind      Kind
	Milestone Milestone // the first milestone that this event is the evidence of; set by Build
	Severity  Severity
	// Components and Regions are in the order of the record.
	Components []string
	Regions    []string
	Actor      string
	Title      string // one line of plain text
	Body       string // plain text, lines kept
	URL        string
	Group      string // incident, thread or alert that it belongs to
	Count      int    // how many records it stands for; 0 means 1
	Party      Party  // empty means own
	// Times is how often the act happened: an alert that fired 14 times, a
	// counter; 0 means 1. Merged are the ids of the records that became this row
	// beside its own, Related those of rows that tell of the same act and stay
	// rows of their own; both are set by Build.
	Times   int
	Merged  []string
	Related []string
	Flags   []string
	Doubt   string // one sentence: why the zone or the date is doubtful; empty is no doubt
	Topic   Topic
	Action  *Action // set for TopicAction

	// Kept says that this is a row of a timeline that was built before, with its
	// ID: it stays as it is.
	Kept bool

	// Key is the record's native key for de-duplication; empty means that Raw
	// and its ordinal among identical ones are the key. Step is the step in the
	// record's life (fired and cleared differ). Together with Source they give
	// the ID, so that a re-export keeps it.
	Key  string
	Step string
	// Raw is the record as it stands in the source, for quoting.
	Raw string
	// Claims are the milestones that the record's own fields state, such as the
	// acknowledgement of a page. What its text states is mined by Build.
	Claims []Claim
	// Said is when the words were said, for "the later word wins": the time of
	// the post, the dated heading above a note. Zero means Observed, else Time.
	Said time.Time
	// Location is the zone in which clock times inside Title and Body are
	// read when they name none; nil means UTC. Day is the date that clock
	// times without a date belong to; zero means the date of Time.
	Location *time.Location
	Day      time.Time
}

// HasFlag reports whether the event carries the flag.
func (e *Event) HasFlag(flag string) bool {
	for _, f := range e.Flags {
		if f == flag {
			return true
		}
	}
	return false
}

// The flags of events.
const (
	FlagApprox     = "approximate"   // Approx, in the JSON output
	FlagZone       = "zone-assumed"  // no zone was given anywhere; UTC was taken
	FlagZoneDoubt  = "zone-doubtful" // an abbreviation that is ambiguous, or wrong for the date
	FlagOutOfOrder = "out-of-order"  // stands before an earlier row of its document
	FlagEdited     = "edited"
	FlagBackdated  = "backdated" // the time was set to before it was recorded
	FlagPinned     = "pinned"
	FlagInternal   = "internal"
	FlagTest       = "test"
	FlagOutside    = "outside" // outside the incident's from and to, kept as evidence
	FlagUndated    = "undated"
	FlagNewWords   = "only-new-words" // Body leaves out what the post before it said already; Raw has all
	FlagPlanned    = "planned"        // maintenance and other work that was announced
	FlagBot        = "bot"            // a program wrote it; often a copy of an alert that is a row of its own
	FlagDeleted    = "deleted"        // the words were taken back; only that they stood there is known
)

// Action is a piece of work that came out of the incident.
type Action struct {
	ID    string
	Text  string
	Type  string // prevent, mitigate, detect, process …; empty is not known
	Owner string // empty is not known
	Due   string // a date as the source gives it (2024-11-30, "Nov 2024"); empty is not known
	State string // open, done …; empty is not known
	Link  string
	// Evidence cites who said it.
	Evidence []Evidence
}
