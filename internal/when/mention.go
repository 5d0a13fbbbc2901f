package when

import "time"

// Ref is what a clock time in prose inherits when it names no date or zone.
type Ref struct {
	Day  time.Time // civil date, any time of it in Zone, of clocks without a date; zero is none
	Zone Zone      // zone of clocks that name none
	Year int       // year of dates without one; 0 means the year of Day
}

// Mention is a time that prose states, with the words around it that say how
// it is meant.
type Mention struct {
	Start, End int    // byte range in the text
	Stamp             // Time is the instant, the first one of a range; zero when no date is known
	Until      *Stamp // the second end of a range; nil for a point
	Word       string // the relation word in front, lower case: "at", "by", "between", "shortly after" …; may be empty
	HasDate    bool   // a date stands with it in its sentence; else the date was inherited
}

// Mentions finds the times that prose states, in the order of the text, and
// reads them as a person would.
func Mentions(text string, ref Ref) []Mention { return nil }
