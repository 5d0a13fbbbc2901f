package source

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
)

// sheetClock reads the times of a sheet in the one way that fits all of them.
type sheetClock struct {
	s        *sink
	zone     when.Zone
	excel    bool   // numbers are days since the end of 1899
	dayFirst bool   // 1/2/2024 is the first of February
	doubt    string // why that is not sure; empty when it is
	day      string // date (2006-01-02) of the last row that had one
	last     time.Time
}

var (
	numericDate = expression(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})(?:$|[ T,])`)
	bareClock   = expression(`(?i)^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|[a-z]{2,5}|[+-]\d{2}:?\d{2}))?$`)
	decimal     = expression(`^\d{5}(?:[.,]\d+)?$`)
)

// settle looks at all the times of a sheet: whether they are Excel's numbers,
// and whether the day or the month stands first.
func (s *sink) settle(sh *sheet, plan *sheetPlan) *sheetClock {
	c := &sheetClock{s: s, zone: s.opt.Zone, day: s.opt.Day}
	if c.zone.Location == nil {
		c.zone.Location = time.UTC
	}
	for _, column := range plan.columns["time"] {
		if _, zone := headerZone(column); zone != nil {
			c.zone = when.Zone{Location: zone, From: when.ZoneDocument}
		}
	}
	numbers, others := 0, 0
	var dates [][3]int
	var sign string
	for i := range sh.rows {
		for _, role := range []string{"time", "end"} {
			text := plan.text(&sh.rows[i], role)
			if decimal.MatchString(text) {
				numbers++
			} else if text != "" {
				others++
			}
			if m := numericDate.FindStringSubmatch(text); m != nil {
				a, _ := strconv.Atoi(m[1])
				b, _ := strconv.Atoi(m[3])
				dates = append(dates, [3]int{a, b, fullYear(m[4])})
				sign = m[2]
			}
		}
	}
	c.excel = numbers > 0 && numbers >= others
	c.settleOrder(dates, sign)
	return c
}

func fullYear(text string) int {
	year, _ := strconv.Atoi(text)
	if len(text) == 2 {
		if year += 2000; year >= 2070 {
			year -= 100
		}
	}
	return year
}

// settleOrder decides what stands first in dates such as 3/4/2024. One date
// that can only be read one way settles it for all; else the day of the
// incident does, else the reading in which the rows lie closer together.
func (c *sheetClock) settleOrder(dates [][3]int, sign string) {
	dayOnly, monthOnly := false, false
	for _, d := range dates {
		dayOnly = dayOnly || d[0] > 12
		monthOnly = monthOnly || d[1] > 12
	}
	c.dayFirst = dayOnly && !monthOnly || sign == "."
	switch {
	case len(dates) == 0 || dayOnly != monthOnly || sign == ".":
		return
	case dayOnly:
		c.doubt = "some rows have the day first and others the month"
		return
	}
	near := time.Time{}
	if day, err := time.Parse(time.DateOnly, c.day); err == nil {
		near = day
	}
	spanDay, farDay := spread(dates, true, near)
	spanMonth, farMonth := spread(dates, false, near)
	why := "nothing in the column tells whether the day or the month stands first"
	switch {
	case !near.IsZero() && farDay != farMonth:
		c.dayFirst, why = farDay < farMonth, "the day of the incident is nearer that way"
	case spanDay != spanMonth:
		c.dayFirst, why = spanDay < spanMonth, "the rows lie closer together that way"
	}
	first := "month"
	if c.dayFirst {
		first = "day"
	}
	if allSame(dates) {
		return // 3/3/2024 has one reading
	}
	c.doubt = fmt.Sprintf("read with the %s first: %s", first, why)
}

func allSame(dates [][3]int) bool {
	for _, d := range dates {
		if d[0] != d[1] {
			return false
		}
	}
	return true
}

// spread is how far apart dates lie in one reading, and how far the farthest is
// from a day.
func spread(dates [][3]int, dayFirst bool, near time.Time) (span, far time.Duration) {
	var first, last time.Time
	for i, d := range dates {
		t := time.Date(d[2], time.Month(d[0]), d[1], 0, 0, 0, 0, time.UTC)
		if dayFirst {
			t = time.Date(d[2], time.Month(d[1]), d[0], 0, 0, 0, 0, time.UTC)
		}
		if i == 0 || t.Before(first) {
			first = t
		}
		if i == 0 || t.After(last) {
			last = t
		}
		far = max(far, t.Sub(near).Abs())
	}
	return last.Sub(first), far
}

// row reads the time of a row. A clock without a date belongs to the date of
// the row before it, or to the next day when it jumps back by more than six
// hours.
func (c *sheetClock) row(plan *sheetPlan, r *sheetRow) (when.Stamp, error) {
	text := plan.text(r, "time")
	if text == "" {
		return when.Stamp{}, errors.New("its cell is empty")
	}
	t, err := c.clock(text, c.last)
	if err == nil {
		c.last = t.Time
		c.day = t.Time.In(c.zone.Location).Format(time.DateOnly)
	}
	return t, err
}

// end reads the end of a row that began at a time.
func (c *sheetClock) end(text string, begin when.Stamp) (when.Stamp, error) {
	return c.clock(text, begin.Time)
}

func (c *sheetClock) clock(text string, after time.Time) (when.Stamp, error) {
	if !bareClock.MatchString(text) {
		return c.read(text)
	}
	if c.day == "" {
		return when.Stamp{}, fmt.Errorf("%q has no date; give the day of the incident (from: in pir.yaml)", text)
	}
	t, err := c.read(c.day + " " + text)
	if err == nil && after.Sub(t.Time) > 6*time.Hour {
		if day, dayErr := time.Parse(time.DateOnly, c.day); dayErr == nil {
			t, err = c.read(day.AddDate(0, 0, 1).Format(time.DateOnly) + " " + text)
		}
	}
	t.Text = text
	return t, err
}

// read reads a time as the column has settled it.
func (c *sheetClock) read(text string) (when.Stamp, error) {
	t, err := c.s.inTime(c.parse(text))
	t.Text = text
	return t, err
}

func (c *sheetClock) parse(text string) (when.Stamp, error) {
	switch {
	case c.excel && decimal.MatchString(text):
		return c.serial(text)
	case strings.Trim(text, "0123456789.") == "" && len(text) >= 9 && !strings.Contains(strings.TrimLeft(text, "0123456789"), ".."):
		if strings.Count(text, ".") < 2 {
			return when.Epoch(text)
		}
	}
	m := numericDate.FindStringSubmatch(text)
	if m == nil {
		return when.Parse(text, c.zone, c.s.opt.Year)
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[3])
	doubt := c.doubt
	dayFirst := c.dayFirst
	if a > 12 || b > 12 {
		dayFirst, doubt = a > 12, "" // it has one reading
	}
	if a == b {
		doubt = ""
	}
	if dayFirst {
		a, b = b, a
	}
	rest := strings.TrimLeft(text[len(m[1])+len(m[2])+len(m[3])+1+len(m[4]):], " T,")
	t, err := when.Parse(strings.TrimSpace(fmt.Sprintf("%04d-%02d-%02d %s", fullYear(m[4]), a, b, rest)), c.zone, 0)
	if err == nil && doubt != "" {
		t.Doubt = strings.TrimPrefix(t.Doubt+"; "+doubt, "; ")
	}
	return t, err
}

// serial reads a number of Excel: days, and the part of a day, since the end of
// 1899, with whole numbers only.
func (c *sheetClock) serial(text string) (when.Stamp, error) {
	whole, fraction, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	days, err := strconv.Atoi(whole)
	if err != nil {
		return when.Stamp{}, fmt.Errorf("%q is no number of a day", text)
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	if fraction == "" {
		return when.Parse(day.Format(time.DateOnly), c.zone, 0)
	}
	fraction = (fraction + "0000000000")[:10]
	part, err := strconv.ParseInt(fraction, 10, 64)
	if err != nil {
		return when.Stamp{}, fmt.Errorf("%q is no number of a day", text)
	}
	const unit = 10_000_000_000
	seconds := (part*86400 + unit/2) / unit
	t := day.Add(time.Duration(seconds) * time.Second)
	layout := "2006-01-02 15:04"
	if seconds%60 != 0 {
		layout = "2006-01-02 15:04:05"
	}
	return when.Parse(t.Format(layout), c.zone, 0)
}
