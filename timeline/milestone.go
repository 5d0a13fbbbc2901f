package timeline

import "time"

// Milestone is a mark on the incident's clock.
type Milestone string

// The milestones, in the order of every output.
const (
	Trigger           Milestone = "trigger" // what set it off
	Cause             Milestone = "cause"   // what made it possible
	ImpactStart       Milestone = "impact_start"
	Detected          Milestone = "detected"
	Acknowledged      Milestone = "acknowledged"
	Declared          Milestone = "declared"
	Engaged           Milestone = "engaged"
	FirstUpdate       Milestone = "first_update"
	Identified        Milestone = "identified"
	MitigationStart   Milestone = "mitigation_start"
	PartialMitigation Milestone = "partial_mitigation"
	Mitigated         Milestone = "mitigated"  // main impact mitigated
	ImpactEnd         Milestone = "impact_end" // fully mitigated
	Resolved          Milestone = "resolved"   // the operator says that it is over
	Closed            Milestone = "closed"     // the review is done
)

// Milestones are all of them, in the order of every output.
var Milestones = []Milestone{
	Trigger, Cause, ImpactStart, Detected, Acknowledged, Declared, Engaged, FirstUpdate,
	Identified, MitigationStart, PartialMitigation, Mitigated, ImpactEnd, Resolved, Closed,
}

// Rung is a rung of the evidence ladder: what kind of evidence sets a boundary.
type Rung string

// The rungs. Which is the better one depends on the milestone.
const (
	RungGiven       Rung = "given"       // pir.yaml says so
	RungRecorded    Rung = "recorded"    // a machine recorded it: a page, an acknowledgement, a deploy
	RungStated      Rung = "stated"      // a human record states an explicit time
	RungApproximate Rung = "approximate" // stated with "about"
	RungMeasured    Rung = "measured"    // a change point in the logs
	RungPosted      Rung = "posted"      // a post reported it: an upper bound only
	RungDerived     Rung = "derived"     // reckoned from other boundaries
)

// Who noticed first, as the "by" key of detected has it.
const (
	ByMonitor    = "monitor"
	ByCustomer   = "customer"
	ByStaff      = "staff"
	ByThirdParty = "third_party"
)

// What became of an attempt to mitigate.
const (
	OutcomeWorked  = "worked"
	OutcomePartial = "partial"
	OutcomeFailed  = "failed"
	OutcomeUnknown = "unknown"
)

// Scope is the part of the service that something holds for; empty is all.
type Scope struct {
	Components []string `json:"components"`
	Regions    []string `json:"regions"`
}

// Evidence is one citation: the event or signal, its place, and the words there.
type Evidence struct {
	ID     string `json:"id"` // event, signal or burst; empty for pir.yaml
	Origin string `json:"origin"`
	Quote  string `json:"quote"`
}

// Claim is what one record says about one milestone.
type Claim struct {
	Milestone Milestone
	Time      time.Time // UTC; zero when only bounds are known
	NotBefore time.Time // zero when unbounded
	NotAfter  time.Time // zero when unbounded
	End       time.Time // end of a trigger or cause with a duration
	Precision Precision
	Rung      Rung
	Rule      string // a phrase: what rule read it
	By        string // for Detected
	Outcome   string // for MitigationStart
	Scope     Scope
	Quote     string    // the words that say so; empty means the event's title
	Said      time.Time // when it was said; zero means when the event was
}
