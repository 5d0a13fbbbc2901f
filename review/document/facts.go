package document

import (
	"time"

	"pir/timeline"
)

// Facts are what a review says that can be compared: the same for one of ours,
// with or without a sidecar, and for one that somebody else wrote. Times are UTC.
// Everything is in the order of the page.
type Facts struct {
	Title, ID, Severity, Stage, Status string
	Components                         []string
	Milestones                         []Milestone
	Windows                            []Window
	Metrics                            []Metric
	Phases                             []Phase
	Rows                               []TimelineRow
	Figures                            []Figure
	Actions                            []Action
	Claims                             []Claim
	Notices                            []Notice
	Questions                          []Question
}

// Milestone is a milestone that the page or the sidecar names.
type Milestone struct {
	Place
	Name     timeline.Milestone
	Label    string // as the page calls it
	Scope    string // components and regions, as shown; empty is all
	Episode  int    // 0 where there is one
	Outcome  string
	Time     time.Time // zero: not known, or only a bound
	End      time.Time // of a milestone that lasted; else zero
	NotAfter time.Time // bound; zero is none
	Approx   bool
	Evidence []string // origins, else citations as shown
}

// Window is a stretch of time in which users were hurt.
type Window struct {
	Place
	Level      string    // "main", "residual", empty where nobody says
	Start, End time.Time // a zero End is not known
	Scope      string
	Evidence   []string
}

// Metric is a reckoned figure.
type Metric struct {
	Place
	Name     string // of timeline.Metric; else the label in lower case
	Label    string
	Text     string  // "7 h 58 min"
	Value    float64 // seconds, or a count; valid where Known
	Known    bool
	Count    bool               // Value counts things, not seconds
	From, To timeline.Milestone // endpoints; empty where nobody says
	Evidence []string
}

// Phase is a phase of the incident.
type Phase struct {
	Place
	Name       string
	Start, End time.Time
}

// TimelineRow is a row of the timeline: of a table, or a bullet such as
// "11:45 UTC on 30 July 2024 – text".
type TimelineRow struct {
	Place
	ID       string    // of the event, where a sidecar tells; else empty
	Time     time.Time // zero: the row has no time that can be read
	End      time.Time // of a row that lasts; else zero
	TimeText string    // as written
	Approx   bool
	Text     string // what happened, as a reader sees it, citations left out
	Who      string // actor or source, where a column says so
	Phase    string
	Evidence []string
	Part     string // name of the generated part; empty is the writer's
}

// Figure is an impact that somebody counted.
type Figure struct {
	Place
	Measure, Value, Scope string
	Evidence              []string
}

// Action is an action item.
type Action struct {
	Place
	ID, Text, Type, State, Owner, Link string // empty: nobody says
	Done                               bool
	Due                                string    // as written
	DueTime                            time.Time // day, or the first of the month; zero where it cannot be read
	Evidence                           []string
}

// Claim is a sentence of the writer's that cites evidence, or that states a time
// or a figure.
type Claim struct {
	Place
	Text     string // without its citations
	Evidence []string
}

// Notice is a banner or a line in italics or a quotation at the head of the page
// that says what kind of page it is: "This is our preliminary review".
type Notice struct {
	Place
	Text string
}

// Question is a question that is still open: a row of the section for open
// questions, or a fact that is not known.
type Question struct {
	Place
	Text string
}
