package timeline

import "time"

// Schema is the version of the JSON output.
const Schema = "pir.timeline/1"

// Timeline is everything that is known of one incident, in one clock (UTC).
// Build makes it; nothing in it changes afterwards.
type Timeline struct {
	Incident   Incident
	From, To   time.Time // span of the incident's events; zero when there is none
	Milestones []Boundary
	Phases     []Phase
	Episodes   []Episode
	Metrics    []Metric
	Events     []Event
	Signals    []Signal
	Series     []Series
	Bursts     []Burst
	Sources    []Source
	Actions    []Action
	Figures    []Figure
	Dropped    []Dropped // rows that pir.yaml dropped, with their reasons
	Left       []Left    // files that stand beside the sources and were left alone
	Warnings   []Warning
}

// Incident is the head of pir.yaml.
type Incident struct {
	ID, Title  string
	Severity   Severity
	Components []string
	Tags       []string
	From, To   time.Time      // given span; zero is unbounded
	Display    *time.Location // second time column in tables; nil is none
}

// Boundary is a milestone with its evidence. A zero Time is not known.
type Boundary struct {
	Name         Milestone
	Episode      int // 1-based; 0 where the milestone belongs to no episode
	Time         time.Time
	End          time.Time // end of a trigger or cause with a duration
	NotBefore    time.Time
	NotAfter     time.Time
	Precision    Precision
	By           string
	Scope        Scope
	Outcome      string
	Rung         Rung
	Rule         string
	Evidence     []Evidence
	Alternatives []Alternative
	Conflict     bool // an alternative is further away than the precision
}

// Known reports whether the milestone has a time.
func (b Boundary) Known() bool { return !b.Time.IsZero() }

// Alternative is a candidate that the ladder did not choose.
type Alternative struct {
	Time, NotBefore, NotAfter time.Time
	Precision                 Precision
	Rung                      Rung
	Rule                      string
	Evidence                  []Evidence
	Conflict                  bool // it disagrees with the chosen one by more than both are precise
}

// Phase is a stretch of the incident between two milestones.
type Phase struct {
	Name       string    // latent, undetected, triage, diagnosis, mitigation, recovery, validation, review
	Start, End time.Time // zero when Known is false
	Includes   []string  // neighbours that merged into it because a bound is unknown
	Known      bool
}

// Level is how hard users were hit.
type Level string

// The levels of an episode.
const (
	LevelMain     Level = "main"
	LevelResidual Level = "residual"
)

// Episode is an interval in which users were hurt.
type Episode struct {
	N                 int // 1-based; main falling to residual keeps it, a return raises it
	Component, Region string
	Start, End        time.Time // a zero End is not known
	Level             Level
	Evidence          []Evidence
}

// Metric is a reckoned figure with its endpoints.
type Metric struct {
	Name     string
	Value    float64 // seconds for durations, else a count
	Unit     string  // "seconds" or "count"
	Known    bool
	From, To Milestone // endpoints; empty for counts
	AtMost   float64   // upper bound where only that is known; 0 is none
	AtLeast  float64   // lower bound; 0 is none
	Detail   []MetricPart
}

// MetricPart is a part of a metric, such as the main part of impact_duration.
type MetricPart struct {
	Name  string
	Value float64
}

// ChangeSilent is the change of a log that is steady and has no record from First
// to Last: BaselineRate is what it had before, Origin its last record.
const ChangeSilent = "silent"

// Signal is a log pattern whose rate changed, or a log that fell silent.
type Signal struct {
	ID, Source, Component, Pattern string
	Level                          string // error, warning, info, debug; empty is unknown
	Change                         string // new, surging, fading, vanished, steady, silent
	Count, Baseline                int64
	About                          bool    // Count and Baseline are shares of longer stretches: the log spans too much to count each minute
	BaselineRate, Rate             float64 // per minute
	Ratio                          float64 // 0 when there is no baseline
	First, Peak, Last              time.Time
	Sample                         string
	Origin                         Origin
}

// Series is a count of log records per step. Counts cover Start onwards.
type Series struct {
	Source, Component, Level string
	Start                    time.Time
	Step                     time.Duration
	Counts                   []int64
}

// Burst is a stretch of log time in which the rate of errors is level and
// above the baseline. Stretches that touch belong to one episode.
type Burst struct {
	ID, Source, Component, Level string
	Start                        time.Time
	OpenStart                    bool // it was there before the log begins: Start is when it is first seen, and RateBefore is not known
	StartNotBefore               time.Time
	StartNotAfter                time.Time
	End                          time.Time // zero: still going where the log ends
	EndNotBefore, EndNotAfter    time.Time // without an End, EndNotBefore is the end of the log
	RateBefore, Rate, RateAfter  float64   // per minute: what was counted over the time between the edges; RateAfter is not known without an End
	BaselineRate                 float64
	Ratio                        float64 // Rate over BaselineRate; 0 without a baseline
	Rule                         string  // why it is one, and how the rate rises or falls at Start
	EndRule                      string  // how the rate changes at End; empty while still going
	// Failed counts the records of Level inside; Total counts all records
	// where each record is one request, else it is 0.
	Failed, Total int64
	Peak          time.Time // start of the worst step
	PeakRate      float64
	First, Last   Evidence // first and last record of Level inside
}

// Status of a source.
const (
	StatusRead         = "read"
	StatusPartly       = "partly" // cut short, or with bad records
	StatusEmpty        = "empty"
	StatusMissing      = "missing"
	StatusUnrecognised = "unrecognised"
	StatusFailed       = "failed"
)

// Source is what became of one input: the coverage table.
type Source struct {
	Name, Path, Format    string
	Status                string
	Party                 Party
	SHA256                string
	BytesTotal, BytesRead int64
	Records               int64 // = InWindow + Outside + Continuation + Undated + Malformed
	InWindow, Outside     int64
	Continuation          int64
	Undated, Malformed    int64
	OutOfOrder            int64
	First, Last           time.Time
	Skew                  time.Duration
	ZoneFrom              ZoneFrom
	YearFrom              string
	Provenance            string
	Component             string
	Detail                string // why it was not read, how sure the format is
}

// Figure is an impact that logs cannot count, given by a person or a record.
type Figure struct {
	Measure, Value, Scope, Source string
	Evidence                      []Evidence
}

// Dropped is a row that pir.yaml took out.
type Dropped struct {
	ID, Title, Reason string
	Origin            string // of the first record
	Records           int    // how many records it stood for
}

// Left is a file or a folder that was left alone, and why.
type Left struct{ Path, Why string }

// Warning is a doubt about the result. Code is one of WarningCodes.
type Warning struct {
	Code     string     `json:"code"`
	Message  string     `json:"message"`
	Evidence []Evidence `json:"evidence"`
}

// Given is a milestone that pir.yaml states.
type Given struct {
	Claim
	Name    string // as written; also "aware" and "classified", which only windows use
	Episode int
	Note    string
	Origin  Origin
}

// Curation is one row of events: in pir.yaml.
type Curation struct {
	ID        string
	Pin, Drop bool
	Internal  bool
	Retitle   string
	Milestone Milestone
	Reason    string
	Origin    Origin
}

// Settings steer Build. Zero values mean the defaults named beside them.
type Settings struct {
	EpisodeGap      time.Duration // 5 minutes
	Reopen          time.Duration // 24 hours
	ImpactThreshold float64       // share of requests, 0.05
	Vendor          string        // metrics of a vendor beside ours; empty is none
	People          string        // PeopleNames, the default, or PeopleRoles
}

// Input is all that Build merges. The order of its lists does not matter.
type Input struct {
	Incident Incident
	Events   []Event
	Signals  []Signal
	Series   []Series
	Bursts   []Burst
	Sources  []Source
	Given    []Given
	Curation []Curation
	Figures  []Figure
	Actions  []Action
	Left     []Left
	Dropped  []Dropped // by a Build before
	Warnings []Warning
	// Kept are the milestones of timelines that were built before. Whole says that
	// Input is one of them and nothing else: then they hold as they are.
	Kept     []Boundary
	Whole    bool
	People   []Person // roles; used where Settings.People asks for them
	Settings Settings
}
