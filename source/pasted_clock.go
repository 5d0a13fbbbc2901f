package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
)

// pastedClock knows the day of the messages that follow, the zone of their
// clocks, and how the window writes times.
type pastedClock struct {
	s         *sink
	zone      when.Zone
	zoneDoubt string
	declares  map[int]bool // lines that do nothing but name the zone
	day       time.Time    // civil date of what follows; zero is not known
	doubt     string       // why that date is doubtful
	anchor    time.Time    // "Today" by the name of the file; zero is not known
	named     bool         // a day has been read
	half      bool         // clocks of twelve hours
	dayFirst  bool         // 30/7, not 7/30
	last      time.Time    // of the message before, as its wall clock
	above     time.Time    // the message above a line that says "Today", until one below it has been read
	word      string       // that line
}

var pastedZone = expression(`(?i)^\W*(?:all\s+)?(?:times?|timestamps?|time\s?zone|tz)\b\W*(?:(?:are|is|in|shown|given)\s+)*\(?([A-Z][A-Za-z0-9_/+:-]{1,40})\)?\W*$`)

// start looks at all lines before any is read.
func (c *pastedClock) start(s *sink, lines []pastedLine) {
	c.s, c.zone, c.declares = s, s.opt.Zone, map[int]bool{}
	if c.zone.From == "" {
		c.zone.From = when.ZoneAssumed
	}
	c.anchor = nameDay(s.path)
	c.day = c.anchor
	if c.day.IsZero() {
		c.day, _ = time.Parse(time.DateOnly, s.opt.Day)
	}
	c.split(lines)
	begun := false
	for _, l := range lines {
		switch {
		case l.class == pastedHead:
			begun = true
			c.half = c.half || meridiem(l.time)
			if m := chatDate.FindStringSubmatch(l.time); m != nil {
				n, _ := strconv.Atoi(m[1])
				c.dayFirst = c.dayFirst || n > 12
			}
		case l.class == pastedDay && c.day.IsZero():
			if day, _, ok := c.dayOf(l.day); ok {
				c.day = day.AddDate(0, 0, -1)
				c.doubt = fmt.Sprintf("it stands above the first day that the chat names, %q; the day before was taken", l.day)
			}
		case l.class == pastedText && !begun:
			c.declare(l)
		}
	}
}

// split dates what stands above the first line that names a day. Where the clock
// goes back across that line, the day of the copy is that of what stands below
// it, and what stands above is from the day before.
func (c *pastedClock) split(lines []pastedLine) {
	i := slices.IndexFunc(lines, func(l pastedLine) bool { return l.class == pastedDay })
	if i < 0 || c.day.IsZero() {
		return
	}
	day, _, ok := c.dayOf(lines[i].day)
	if !ok || day.After(c.day) {
		return
	}
	above, before := lastClock(lines[:i])
	below, after := lastClock(lines[i:min(len(lines), i+1+nextHead(lines[i+1:]))])
	if before && after && below < above {
		c.day = day.AddDate(0, 0, -1)
		c.doubt = fmt.Sprintf("it stands above %q, and its clock is later than the one below; the day before was taken", lines[i].day)
	}
}

// nextHead is how many lines there are to the first head, with it.
func nextHead(lines []pastedLine) int {
	return slices.IndexFunc(lines, func(l pastedLine) bool { return l.class == pastedHead }) + 1
}

// lastClock is the time of day of the last head, since midnight, where it is a
// clock without a day.
func lastClock(lines []pastedLine) (at time.Duration, ok bool) {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].class != pastedHead {
			continue
		}
		text := strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(lines[i].time))
		if hourPart.FindString(text) != text {
			return 0, false
		}
		t, err := when.Parse("2000-01-01 "+text, when.Zone{Location: time.UTC, From: when.ZoneRecord}, 0)
		return t.Time.Sub(civil(t.Time)), err == nil
	}
	return 0, false
}

// declare reads a line that names the zone of all clocks.
func (c *pastedClock) declare(l pastedLine) {
	m := pastedZone.FindStringSubmatch(strings.TrimSpace(l.text))
	if m == nil {
		return
	}
	if loc, doubt, ok := when.GuessZone(m[1], c.s.opt.Zone); ok {
		c.zone, c.zoneDoubt = when.Zone{Location: loc, From: when.ZoneDocument}, doubt
		c.declares[l.number] = true
	}
}

var chatDate = expression(`^\[?(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?\b`)

func meridiem(text string) bool {
	return strings.ContainsAny(text, "AaPp") && halfDay.MatchString(text)
}

var (
	halfDay  = expression(`[AaPp]\.?[Mm]\.?$`)
	hourPart = expression(pastedHour + `$`)
)

// newDay takes a line that names the day of what follows. "Today" is counted
// from the day of the copy, which only the name of the file can tell; else the
// day before, or the day of the incident, has to do.
func (c *pastedClock) newDay(text string) {
	before := c.day
	c.above, c.word = time.Time{}, text
	if strings.EqualFold(text, "today") {
		c.above = c.last
	}
	c.last = time.Time{}
	day, doubt, ok := c.dayOf(text)
	if ok {
		c.day, c.doubt, c.named = day, doubt, true
		return
	}
	switch {
	case before.IsZero():
	case c.named:
		c.day = before.AddDate(0, 0, 1)
		c.doubt = fmt.Sprintf("the chat says %q; the day after the one before was taken", text)
	default:
		c.named = true
		c.doubt = fmt.Sprintf("the chat says %q; the day of the incident was taken", text)
	}
}

// dayOf reads the name of a day.
func (c *pastedClock) dayOf(text string) (day time.Time, doubt string, ok bool) {
	switch strings.ToLower(text) {
	case "today":
		return c.anchor, "", !c.anchor.IsZero()
	case "yesterday":
		return c.anchor.AddDate(0, 0, -1), "", !c.anchor.IsZero()
	}
	if m := chatDate.FindStringSubmatch(text); m != nil {
		text = c.slashed(m)
	}
	t, err := when.Parse(text, when.Zone{Location: time.UTC, From: when.ZoneRecord}, c.year())
	if err != nil {
		return c.weekday(text)
	}
	return civil(t.Time), t.Doubt, true
}

// slashed writes a date of slashes or points without doubt: 2024-07-30.
func (c *pastedClock) slashed(m []string) string {
	month, day := m[1], m[2]
	first, _ := strconv.Atoi(month)
	second, _ := strconv.Atoi(day)
	if first > 12 || second <= 12 && (c.dayFirst || strings.Contains(m[0], ".")) {
		month, day = day, month
	}
	year := m[3]
	switch {
	case year == "":
		year = strconv.Itoa(c.year())
	case len(year) == 2:
		year = "20" + year
	}
	return fmt.Sprintf("%s-%02s-%02s", year, month, day)
}

// weekday is the last day of that name up to the day of the copy; where that is
// not known, the first one from the day before it on.
func (c *pastedClock) weekday(text string) (day time.Time, doubt string, ok bool) {
	from, step := c.anchor, -1
	if from.IsZero() {
		from, step = c.day, 1
		doubt = fmt.Sprintf("the chat says %q; the first one from %s on was taken", text, from.Format(time.DateOnly))
	}
	if from.IsZero() || len(text) < 3 {
		return time.Time{}, "", false
	}
	for i := range 7 {
		if d := from.AddDate(0, 0, i*step); strings.EqualFold(d.Weekday().String()[:3], text[:3]) {
			return d, doubt, true
		}
	}
	return time.Time{}, "", false
}

// year is that of dates without one; 0 is not known.
func (c *pastedClock) year() int {
	switch {
	case c.s.opt.Year != 0:
		return c.s.opt.Year
	case !c.anchor.IsZero():
		return c.anchor.Year()
	case !c.day.IsZero():
		return c.day.Year()
	}
	return 0
}

// read reads the time of a message.
func (c *pastedClock) read(text string) (when.Stamp, error) {
	text = strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text))
	clock := hourPart.FindString(text)
	day, doubt, dated := c.day, c.doubt, false
	if front := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(text, clock)), "at")); front != "" {
		front = strings.TrimRight(front, ", ")
		d, why, ok := c.dayOf(front)
		switch {
		case ok:
			day, doubt, dated = d, why, true
		case day.IsZero():
			return when.Stamp{}, fmt.Errorf("%q: the day is not known; name the file after the day of the copy, or give the incident's from", text)
		default:
			doubt = fmt.Sprintf("the chat says %q; the day of the incident was taken", front)
		}
	}
	if day.IsZero() {
		return when.Stamp{}, fmt.Errorf("%q has no date: put one in the file name (2024-07-30), or give the incident's from", text)
	}
	wall, err := when.Parse(day.Format(time.DateOnly)+" "+clock, when.Zone{Location: time.UTC, From: when.ZoneRecord}, 0)
	if err != nil {
		return when.Stamp{}, fmt.Errorf("%q is no time of a day", text)
	}
	at := c.follow(wall.Time, dated, clock)
	if at.Before(c.above) && !dated {
		// Today goes on from what stands above it: the order of the copy counts.
		at = at.AddDate(0, 0, int(civil(c.above).Sub(civil(at))/(24*time.Hour)))
		if at.Before(c.above) {
			at = at.AddDate(0, 0, 1)
		}
		c.day = civil(at)
		c.doubt = fmt.Sprintf("the chat says %q below a later time; the day after the one before was taken", c.word)
		doubt = c.doubt
	}
	c.above = time.Time{}
	if dated && at.After(c.last) {
		c.day = civil(at)
	}
	c.last = at
	layout := "2006-01-02 15:04:05"
	t, err := when.Parse(at.Format(layout), c.zone, 0)
	if err != nil {
		return when.Stamp{}, err
	}
	t.Text, t.Precision = text, wall.Precision
	if doubt == "" {
		doubt = c.zoneDoubt
	}
	if doubt != "" {
		t.Doubt = doubt
	}
	return t, nil
}

// rollover is how far a clock must jump back to have passed midnight.
const rollover = 6 * time.Hour

// follow places a clock behind the message before it: a clock without AM or PM
// among others that have it goes on in the same half of the day, and a clock
// that jumps far back has passed midnight.
func (c *pastedClock) follow(at time.Time, dated bool, clock string) time.Time {
	if c.last.IsZero() || dated {
		return at
	}
	if c.half && !meridiem(clock) && at.Hour() <= 12 {
		at = at.Add(-time.Duration(at.Hour()/12) * 12 * time.Hour)
		for range 3 {
			if !at.Before(c.last) {
				break
			}
			at = at.Add(12 * time.Hour)
		}
		if civil(at).After(c.day) {
			c.day = civil(at)
		}
		return at
	}
	if c.last.Sub(at) > rollover {
		c.day = c.day.AddDate(0, 0, 1)
		at = at.AddDate(0, 0, 1)
	}
	return at
}
