package when

// Fields are what the text of a log line's time says, unresolved. A missing
// Year, Month or Day is 0.
type Fields struct {
	Year, Month, Day        int
	Hour, Minute, Sec, Nsec int
	Offset                  int   // seconds east of UTC, when Zoned
	Zoned                   bool  // an offset or a zone stands in the text
	Abbrev                  uint8 // row of the abbreviation table plus 1, when a name gave the zone
	Digits                  int8  // digits of fraction; -1 when there are no seconds
	Unix                    int64 // nanoseconds since 1970, when IsEpoch
	IsEpoch                 bool
}

// Precision is how finely the fields tell the time.
func (f *Fields) Precision() Precision {
	if f.Digits < 0 {
		return Minute
	}
	return precisionOfDigits(int(f.Digits))
}

// Layout is one way in which programs write the time at the start of a log
// line.
type Layout struct {
	Name     string
	Example  string
	HasYear  bool   // the year is in it
	HasDate  bool   // month and day are in it
	HasZone  bool   // a zone may stand in it; Fields.Zoned says whether one did
	DayFirst bool   // numbers are day, month
	Rival    string // the layout with the same shape and the other order of day and month; empty is none
	parse    func(b []byte) (Fields, int)
}

// Layouts are the layouts of log lines, in the order in which to try them:
// where two read the same bytes the first is the likelier. Rival ones must be
// settled over a whole file. The slice is the caller's.
func Layouts() []Layout { return append([]Layout(nil), layouts...) }

// Parse reads the time that b begins with; n is the number of bytes that it
// takes. Nothing is allocated and b is not kept.
func (l *Layout) Parse(b []byte) (f Fields, n int, ok bool) {
	f, n = l.parse(b)
	return f, n, n > 0
}

// LayoutNamed finds a layout by its name.
func LayoutNamed(name string) (*Layout, bool) {
	for i := range layouts {
		if layouts[i].Name == name {
			l := layouts[i]
			return &l, true
		}
	}
	return nil, false
}

// What a layout has, for row.
const (
	hasYear = 1 << iota
	hasDate
	hasZone
	dayFirst
	dated = hasYear | hasDate
)

func row(name, example string, has int, rival string, parse func(b []byte) (Fields, int)) Layout {
	return Layout{Name: name, Example: example, HasYear: has&hasYear != 0, HasDate: has&hasDate != 0,
		HasZone: has&hasZone != 0, DayFirst: has&dayFirst != 0, Rival: rival, parse: parse}
}

// layouts is the table. One construct per file: layout_iso.go, layout_month.go,
// layout_number.go, layout_epoch.go.
var layouts = []Layout{
	row("rfc3339", "2026-07-14T14:02:41.123456+02:00", dated|hasZone, "", parseISO),
	row("iso-space", "2026-07-14 14:02:41,123 CEST", dated|hasZone, "", parseISOSpace),
	row("slash-iso", "2026/07/14 14:02:41.123456", dated|hasZone, "", parseISOSlash),
	row("clf", "14/Jul/2026:14:02:41 +0200", dated|hasZone, "", parseCLF),
	row("rfc3164", "Jul  1 09:00:55", hasDate, "", parseSyslog),
	row("epoch-s", "1784037761.123", dated|hasZone, "", parseEpochS),
	row("epoch-ms", "1784037761123", dated|hasZone, "", parseEpochMS),
	row("epoch-us", "1784037761123456", dated|hasZone, "", parseEpochUS),
	row("epoch-ns", "1784037761123456789", dated|hasZone, "", parseEpochNS),
}
