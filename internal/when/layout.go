package when

// Fields are what the text of a log line's time says, unresolved. A missing
// Year, Month or Day is 0.
type Fields struct {
	Year, Month, Day        int
	Hour, Minute, Sec, Nsec int
	Offset                  int   // seconds east of UTC, when Zoned
	Unix                    int64 // nanoseconds since 1970, when IsEpoch
	Zoned                   bool  // an offset or a zone stands in the text
	IsEpoch                 bool
	Digits                  int8  // digits of fraction; -1 when there are no seconds
	Abbrev                  uint8 // for Resolver: row of the abbreviation table plus 1, when a name gave the zone
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
	HasYear  bool // the year is in it
	HasDate  bool // month and day are in it
	HasZone  bool // a zone may stand in it; Fields.Zoned says whether one did
	DayFirst bool // numbers are day, month
	// Shape is the same for layouts that read the same text as different times
	// (04/07/2026). Which one it is must be settled over a whole file: by the
	// lines that only one can read, else by the order of the lines, else it is
	// in doubt. Most layouts have none.
	Shape string
	parse func(b []byte) (Fields, int)
}

// Layouts are the layouts of log lines, in the order in which to try them:
// where two read the same bytes the first is the likelier. The slice is the
// caller's.
func Layouts() []Layout { return append([]Layout(nil), layouts...) }

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

// Parse reads the time that b begins with; n is the number of bytes that it
// takes. Brackets in front are the caller's to pass. Nothing is allocated and b
// is not kept.
func (l *Layout) Parse(b []byte) (f Fields, n int, ok bool) {
	f, n = l.parse(b)
	return f, n, n > 0
}

// What a layout has, for row.
const (
	hasYear = 1 << iota
	hasDate
	hasZone
	dayFirst
	dated = hasYear | hasDate
	full  = dated | hasZone
)

func row(name, example string, has int, shape string, parse func(b []byte) (Fields, int)) Layout {
	return Layout{Name: name, Example: example, HasYear: has&hasYear != 0, HasDate: has&hasDate != 0,
		HasZone: has&hasZone != 0, DayFirst: has&dayFirst != 0, Shape: shape, parse: parse}
}

// layouts is the table. The parsers stand in layout_iso.go, layout_month.go,
// layout_number.go, layout_epoch.go and layout_clock.go.
var layouts = []Layout{
	row("rfc3339", "2026-07-14T14:02:41.123456+02:00", full, "", parseISO),
	row("iso-space", "2026-07-14 14:02:41,123 CEST", full, "", parseISOSpace),
	row("slash-iso", "2026/07/14 14:02:41.123456", full, "", parseSlashISO),
	row("dot-iso", "2026.07.14 14:02:41.123", full, "", parseDotISO),
	row("clf", "14/Jul/2026:14:02:41 +0200", full, "", parseCLF),
	row("syslog-year-last", "Jul  1 09:00:55 2026", dated, "", parseSyslogYearLast),
	row("rfc3164", "Jul  1 09:00:55", hasDate|hasZone, "", parseSyslog),
	row("syslog-year", "Jul  1 2026 09:00:55", full, "", parseSyslogYear),
	row("year-syslog", "2026 Jul  1 09:00:55", full, "", parseYearSyslog),
	row("ctime", "Tue Jul 14 14:02:41.123456 2026", full, "", parseCtime),
	row("date-command", "Tue Jul 14 14:02:41 CEST 2026", full, "", parseDateCommand),
	row("weekday-syslog", "Tue Jul 14 14:02:41.123", hasDate, "", parseWeekdaySyslog),
	row("weekday-iso", "Tue 2026-07-14 14:02:41 CEST", full, "", parseWeekdayISO),
	row("locale-date", "Tue 14 Jul 2026 02:02:41 PM CEST", full, "", parseLocaleDate),
	row("rfc1123", "Tue, 14 Jul 2026 14:02:41 GMT", full, "", parseRFC1123),
	row("day-month-year", "14 Jul 2026 14:02:41.123", full, "", parseDayMonth),
	row("oracle", "14-JUL-26 02.02.41.123456 PM", full, "", parseOracle),
	row("month-dash-day", "Jul-14 14:02:41", hasDate, "", parseMonthDashDay),
	row("day-month", "14 Jul 14:02:41.123", hasDate, "", parseDayMonthNoYear),
	row("month-day-year", "Jul 14, 2026 2:02:41 PM", full, "", parseMonthDayYear),
	row("year-month-name", "2026-Jul-14 14:02:41.123456", full, "", parseYearMonthName),
	row("klog", "I0714 14:02:41.123456", hasDate, "", parseKlog),
	row("chrome", "0714/140241.123", hasDate, "", parseChrome),
	row("logcat", "07-14 14:02:41.123", hasDate|hasZone, "", parseLogcat),
	row("compact", "260714 140241", dated, "", parseCompact),
	row("mysql", "260714 14:02:41", dated, "", parseMySQL),
	row("basic", "20260714T140241Z", full, "", parseBasic),
	row("healthapp", "20260714-14:02:41:123", dated, "", parseHealthApp),
	row("basic-clock", "20260714 14:02:41.123", full, "", parseBasicClock),
	row("dashed", "2026-07-14-14.02.41.123456", full, "", parseDashed),
	row("ordinal", "2026-195T14:02:41Z", full, "", parseOrdinal),
	row("yy-slash", "26/07/14 14:02:41", dated, "slash", parseYearSlash),
	row("driver", "07/14/2026 14:02.41.123", dated, "", parseDriver),
	row("slash-month-first", "07/14/2026 2:02:41 PM", full, "slash", parseSlashMonth),
	row("slash-day-first", "14/07/2026 14:02:41", full|dayFirst, "slash", parseSlashDay),
	row("dash-month-first", "07-14-2026 14:02:41", full, "dash", parseDashMonth),
	row("dash-day-first", "14-07-2026 14:02:41", full|dayFirst, "dash", parseDashDay),
	row("german", "14.07.2026 14:02:41,123", full|dayFirst, "", parseGerman),
	row("dot-month-first", "07.14 14:02:41", hasDate, "dot", parseMonthDot),
	row("dot-day-first", "14.07 14:02:41", hasDate|dayFirst, "dot", parseDayDot),
	row("clock-month-first", "14:02:41 07/14/2026", dated, "clock-slash", parseClockMonth),
	row("clock-day-first", "14:02:41 14/07/2026", dated|dayFirst, "clock-slash", parseClockDay),
	row("iso-loose", "2026-7-4 9:02:41", full, "", parseISOLoose),
	row("epoch-s", "1784037761.123", full, "", parseEpochS),
	row("epoch-ms", "1784037761123", full, "", parseEpochMS),
	row("epoch-us", "1784037761123456", full, "", parseEpochUS),
	row("epoch-ns", "1784037761123456789", full, "", parseEpochNS),
	row("tai64n", "@400000006a5627cb075cd4b1", full, "", parseTAI64N),
	row("mjd", "61235 50561.123", full, "", parseMJD),
	row("clock", "14:02:41.123", hasZone, "", parseClock),
	row("clock-12", "2:02:41 PM", hasZone, "", parseClock12),
}
