package when

import (
	"fmt"
	"strings"
	"time"
)

// reading settles the dates and zones of the times of one text.
type reading struct {
	s     string
	items []item
	ref   Ref
	near  *time.Location
	text  zoneRef    // the only zone that the text names; unknown when it names none or several
	zones []onlyZone // of each sentence
	year  int        // the first year that a date of the text has; 0 is none
	// declared is the zone that the text declares for its times.
	declared zoneRef
	chain    chain // the day last spoken of
	kept     chain // the chain at the start of the sentence
}

// chain is the day last spoken of, with the clocks of the time that it came
// from.
type chain struct {
	set         bool
	first, last int64 // days since 1970 of the two ends
	from, until int64 // clocks in seconds since midnight; -1 for none
}

const noClock = -1

// reach is how many times of a sentence are looked at for a date or a zone. No
// person's sentence has more.
const reach = 64

func newReading(s string, items []item, ref Ref) *reading {
	r := &reading{s: s, items: items, ref: ref, near: ref.Zone.Location}
	r.findZones()
	r.declared = declaredZone(s)
	return r
}

// midnightOf says which end of a day a midnight means.
func midnightOf(word string) string {
	switch word {
	case "by", "until", "till", "til", "before", "no later than", "up to", "up until":
		return "end"
	}
	return "start"
}

// resolve settles one item; items are settled in the order of the text.
func (r *reading) resolve(i int) {
	it := &r.items[i]
	if i == 0 || r.items[i-1].sentence != it.sentence {
		r.startSentence(i)
	}
	if it.a.clock.word == "midnight" && !it.ranged && midnightOf(it.word) == "end" {
		it.a.clock.hour = 24
	}
	aDay, bDay, doubt, ok := r.days(i)
	if !ok {
		r.undated(it, doubt)
		return
	}
	it.from = r.stamp(i, &it.a, aDay, doubt)
	next := chain{set: true, first: aDay, last: aDay, from: noClock, until: noClock}
	if it.a.hasClock {
		next.from, next.until = it.a.clock.wall(), it.a.clock.wall()
	}
	if it.ranged {
		it.until = r.stamp(i, &it.b, bDay, "")
		it.from.Doubt = joinDoubt(it.from.Doubt, it.until.Doubt)
		next.last = bDay
		if it.b.hasClock {
			next.until = it.b.clock.wall()
		}
		if it.until.Time.Before(it.from.Time) {
			it.from.Doubt = joinDoubt(it.from.Doubt, "the end is before the start")
		}
	}
	if it.a.hasClock || r.appliesToClocks(it) || inHeading(r.s, it.start) {
		r.chain = next
	}
}

// days settles the days of both ends of item i, those named first.
func (r *reading) days(i int) (aDay, bDay int64, doubt string, ok bool) {
	it := &r.items[i]
	aDay, aKnown, doubt := r.day(&it.a)
	bKnown := false
	if it.ranged {
		var note string
		bDay, bKnown, note = r.day(&it.b)
		doubt = joinDoubt(doubt, note)
	}
	it.dated = aKnown || bKnown
	switch {
	case aKnown:
	case bKnown:
		aDay = bDay
		if r.instant(i, &it.a, aDay) > r.instant(i, &it.b, bDay) {
			aDay--
		}
	case it.a.hasDate || it.ranged && it.b.hasDate: // named, but not to be told
		return 0, 0, doubt, false
	default:
		var note string
		if aDay, note, ok = r.inheritDay(i); !ok {
			return 0, 0, joinDoubt(doubt, note), false
		}
		doubt = joinDoubt(doubt, note)
	}
	if it.ranged && !bKnown {
		bDay = aDay
		if r.instant(i, &it.b, bDay) < r.instant(i, &it.a, aDay) {
			bDay++
		}
	}
	return aDay, bDay, doubt, true
}

// startSentence drops a day that stood alone in the sentence before, unless
// that sentence began with it: "An outage like that of 12 March" is over, "On
// 30 July we deployed." goes on.
func (r *reading) startSentence(i int) {
	if i == 0 {
		return
	}
	sentence := r.items[i-1].sentence
	opens := false
	for k := i - 1; k >= 0 && r.items[k].sentence == sentence; k-- {
		if r.items[k].a.hasClock {
			r.kept = r.chain
			return
		}
		opens = r.opensSentence(&r.items[k])
	}
	if opens || !r.kept.set && r.ref.Day.IsZero() {
		r.kept = r.chain
		return
	}
	r.chain = r.kept
}

// opensSentence reports whether an item stands at the start of its sentence, or
// in a heading.
func (r *reading) opensSentence(it *item) bool {
	if inHeading(r.s, it.start) {
		return true
	}
	lead := strings.Trim(r.s[min(it.opened, it.start):it.start], " \t\r\n*_#->|([")
	return lead == "" || strings.EqualFold(lead, "on")
}

// appliesToClocks reports whether a day that stands alone holds for clocks of
// its sentence: "on 30 July", not "since 12 March".
func (r *reading) appliesToClocks(it *item) bool {
	switch it.dayWord {
	case "", "on", "at", "during", "from", "between", "starting", "beginning":
	default:
		return false
	}
	j := backSpace(r.s, it.start)
	for _, w := range []string{"of", "than", "like", "dated", "released", "version", "release", "build"} {
		if k := j - len(w); k >= 0 && hasPrefixFold(r.s, k, w) && (k == 0 || !wordAt(r.s, k-1)) {
			return false
		}
	}
	return true
}

// day gives the day that an endpoint names, as days since 1970.
func (r *reading) day(e *endpoint) (days int64, known bool, doubt string) {
	if !e.hasDate {
		return 0, false, ""
	}
	c := e.date
	refDay, hasRef := r.refDay()
	switch c.kind {
	case dayDate:
		if c.y == 0 {
			if c.y = r.yearFor(c); c.y == 0 || !c.valid() {
				return 0, false, "its year is not known"
			}
		}
		return c.days(), true, c.doubt(e.clock.meridiem != 0)
	case dayToday:
		return refDay + int64(c.rel), hasRef, ""
	case dayRelative:
		if r.chain.set {
			refDay, hasRef = r.chain.first, true
		}
		return refDay + int64(c.rel), hasRef, ""
	}
	// A weekday is the last one up to the day of the text.
	if !hasRef {
		return 0, false, ""
	}
	back := (weekdayOf(refDay) - c.weekday + 7) % 7
	if back > 0 {
		doubt = fmt.Sprintf("%s is read as %s", time.Weekday(c.weekday), time.Unix((refDay-int64(back))*86400, 0).UTC().Format("2006-01-02"))
	}
	return refDay - int64(back), true, doubt
}

// weekdayOf is the weekday of a day since 1970, 0 for Sunday.
func weekdayOf(days int64) int { return int(((days+4)%7 + 7) % 7) }

// refDay is the day of the text, in the zone of its clocks.
func (r *reading) refDay() (days int64, known bool) {
	if r.ref.Day.IsZero() {
		return 0, false
	}
	t := r.ref.Day
	if r.near != nil {
		t = t.In(r.near)
	} else {
		t = t.UTC()
	}
	return daysFromCivil(t.Year(), int(t.Month()), t.Day()), true
}

// yearFor finds the year of a date without one; 0 is not known.
func (r *reading) yearFor(c civil) int {
	if r.ref.Year != 0 {
		return r.ref.Year
	}
	refDay, known := r.refDay()
	if r.chain.set {
		refDay, known = r.chain.first, true
	}
	if !known {
		return r.year // another date of the text may have one
	}
	best, bestGap := 0, int64(1<<62)
	y := time.Unix(refDay*86400, 0).UTC().Year()
	for _, try := range []int{y, y - 1, y + 1} {
		c.y = try
		if gap := c.days() - refDay; c.valid() && max(gap, -gap) < bestGap {
			best, bestGap = try, max(gap, -gap)
		}
	}
	return best
}

// inheritDay finds the day of a time that names none: from a day spoken of
// before, from one that its sentence names later, or from the text's own.
func (r *reading) inheritDay(i int) (days int64, doubt string, ok bool) {
	it := &r.items[i]
	if k := r.dayInSentence(i); k >= 0 {
		it.dated = true
		if !r.chain.set || k > i {
			return r.dayFromLater(i, k)
		}
	}
	wall := it.a.clock.wall()
	if !it.a.hasClock {
		return 0, "", false
	}
	if r.chain.set {
		return r.chain.next(wall, it.word)
	}
	day, known := r.refDay()
	if !known {
		return 0, "", false
	}
	if !r.ref.Said.IsZero() {
		if t := r.instant(i, &it.a, day); t > r.ref.Said.Unix()+12*3600 {
			return day - 1, "", true
		}
	}
	return day, "", true
}

// dayInSentence is the item of the sentence that names the day of item i: one
// in front, else one behind that is said to be "on" that day; -1 for none.
func (r *reading) dayInSentence(i int) int {
	sentence := r.items[i].sentence
	for k := i - 1; k >= max(0, i-reach) && r.items[k].sentence == sentence; k-- {
		it := &r.items[k]
		if !it.a.hasDate && !it.b.hasDate {
			continue
		}
		if it.a.hasClock || r.appliesToClocks(it) {
			it.used = it.used || !it.a.hasClock
			return k
		}
	}
	if r.chain.set && i > 0 && r.items[i-1].sentence == sentence && r.items[i-1].a.hasClock && !r.items[i-1].dated {
		return -1 // the clock in front set the day
	}
	for k := i + 1; k < min(len(r.items), i+reach) && r.items[k].sentence == sentence; k++ {
		it := &r.items[k]
		if !it.a.hasDate && !it.b.hasDate || it.a.hasDate && it.a.date.kind == dayRelative {
			continue
		}
		if it.a.hasClock || it.dayWord == "on" || byteAt(r.s, it.start-1) == '(' {
			if r.appliesToClocks(it) || it.a.hasClock {
				it.used = it.used || !it.a.hasClock
				return k
			}
		}
	}
	return -1
}

// dayFromLater takes the day that a later item k of the sentence names. A clock
// after that item's own belongs to the day before.
func (r *reading) dayFromLater(i, k int) (days int64, doubt string, ok bool) {
	later := &r.items[k]
	days, known, _ := r.day(&later.a)
	if !known {
		if days, known, _ = r.day(&later.b); !known {
			return 0, "", false
		}
	}
	if later.a.hasClock && later.a.hasDate && r.instant(i, &r.items[i].a, days) > r.instant(k, &later.a, days) {
		switch r.items[i].word {
		case "until", "till", "by", "before": // this one may well be the later
			return days, "", true
		}
		return days - 1, "", true
	}
	return days, "", true
}

// next is the day of a clock that follows in the text: the same day, unless
// that would be far back, when it is the next one. After "after" or "since" a
// clock far ahead is the evening before.
func (c chain) next(wall int64, word string) (days int64, doubt string, ok bool) {
	const half = 12 * 3600 // seconds
	if c.from == noClock {
		return c.first, "", true
	}
	if c.last != c.first { // a range over midnight: the nearer end
		if wall >= c.from || wall > c.until && c.from-wall < wall-c.until {
			return c.first, "", true
		}
		return c.last, "", true
	}
	switch {
	case c.from-wall > half+half/2:
		return c.first + 1, "", true
	case c.from-wall > half:
		return c.first + 1, "read as the next day", true
	case wall-c.from > half && (word == "after" || word == "since"):
		return c.first - 1, "read as the day before", true
	}
	return c.first, "", true
}

// undated marks an item whose day cannot be told.
func (r *reading) undated(it *item, doubt string) {
	if doubt == "" {
		doubt = "no date is known for it"
	}
	it.from = Stamp{Precision: it.a.clock.precision, Approx: it.a.approx, Doubt: doubt}
	it.until = Stamp{Precision: it.b.clock.precision, Approx: it.b.approx, Doubt: doubt}
}

// instant is the instant in seconds of an endpoint of item i on a day.
func (r *reading) instant(i int, e *endpoint, day int64) int64 {
	z, _ := r.zoneOf(i, e)
	unix, _ := z.instant(day*86400+e.clock.wall(), r.near)
	return unix
}

// stamp builds the Stamp of an endpoint of item i on a day.
func (r *reading) stamp(i int, e *endpoint, day int64, doubt string) Stamp {
	z, from := r.zoneOf(i, e)
	st := Stamp{Precision: Day, Approx: e.approx, ZoneFrom: from}
	wall := day * 86400
	if e.hasClock {
		wall += e.clock.wall()
		st.Precision = e.clock.precision
		if it := &r.items[i]; e.clock.word == "midnight" && e.hasDate && !it.ranged {
			doubt = joinDoubt(doubt, "midnight is read as the "+midnightOf(it.word)+" of the day that is named")
		}
	}
	unix, zoneDoubt := z.instant(wall, r.near)
	st.Doubt = joinDoubt(doubt, zoneDoubt)
	st.Time = time.Unix(unix, int64(e.clock.nsec)).UTC()
	return st
}
