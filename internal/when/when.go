// Package when is the one home of time layouts and zones: reading times as
// people and programs write them, and writing them in one way.
//
// Nothing here reads the clock, the machine's zone or its zone database: one
// is embedded, so that a text means the same time on every machine.
package when

import "time"

// Precision is how finely a time is known. The zero value is unknown.
type Precision int8

// The precisions, coarse to fine.
const (
	Unknown Precision = iota
	Day
	Hour
	Minute
	Second
	Millisecond
	Microsecond
	Nanosecond
)

// ZoneFrom says what gave a time its zone, best first.
type ZoneFrom string

// The givers of zones.
const (
	ZoneRecord   ZoneFrom = "record"   // written in the time itself, or an epoch
	ZoneDocument ZoneFrom = "document" // declared by the document, as "all times in PST"
	ZoneSource   ZoneFrom = "source"   // timezone of the source in pir.yaml
	ZoneFlag     ZoneFrom = "flag"     // --tz
	ZoneIncident ZoneFrom = "incident" // timezone of the incident in pir.yaml
	ZoneAssumed  ZoneFrom = "assumed"  // nothing said so: UTC
)

// Zone is a location and what gave it. The zero value is UTC, assumed.
type Zone struct {
	Location *time.Location
	From     ZoneFrom
}

// Stamp is a time that was read.
type Stamp struct {
	Time      time.Time // UTC
	Text      string    // as written
	Precision Precision
	Approx    bool // written with "~", "about", "c."
	ZoneFrom  ZoneFrom
	Doubt     string // empty, or one sentence: why the zone or the date is doubtful
}
