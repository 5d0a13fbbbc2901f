package logs

import (
	"bytes"
	"math"

	"pir/internal/when"
)

// timeForm is how a time is written, beyond its layout.
type timeForm struct {
	between       byte // date and clock, of a date of ten bytes
	zoned, finely bool
}

func formOf(f *when.Fields, text []byte) timeForm {
	form := timeForm{zoned: f.Zoned, finely: f.Digits > 0}
	if len(text) > len("2026-07-14") {
		form.between = text[len("2026-07-14")]
	}
	return form
}

// usualForm is how the records of a file write their times, and of which years
// they are. A line behind a record may begin with a date of its own that is
// written otherwise and is of other years.
type usualForm struct {
	form        timeForm
	first, last int // years; 0 is not known
}

// usualForm finds the form that most lines of a head have at the first place, of
// equals the one that comes first.
func (s *survey) usualForm(places []place) (u usualForm) {
	if len(places) == 0 {
		return u
	}
	counts := map[timeForm]int{}
	var order []timeForm
	years := map[timeForm][2]int{}
	for _, line := range s.lines {
		f, start, end, ok := places[0].find(line)
		if !ok || f.Year == 0 {
			continue
		}
		form := formOf(&f, line[start:end])
		if counts[form]++; counts[form] == 1 {
			order = append(order, form)
			years[form] = [2]int{f.Year, f.Year}
		}
		span := years[form]
		years[form] = [2]int{min(span[0], f.Year), max(span[1], f.Year)}
	}
	for _, form := range order {
		if counts[form] > counts[u.form] || u.last == 0 {
			u = usualForm{form: form, first: years[form][0], last: years[form][1]}
		}
	}
	return u
}

// foreign reports whether a time at the start of text is no record's.
func (u *usualForm) foreign(f *when.Fields, text []byte) bool {
	if f.Year >= u.first-1 && f.Year <= u.last+1 || u.last == 0 || f.Year == 0 {
		return false
	}
	return formOf(f, text) != u.form
}

// noZone finds capitals behind a time, and in front of a level, that read like
// the name of a zone and are none; empty where there are none.
func (s *survey) noZone(places []place) string {
	for _, line := range s.lines {
		for k := range places {
			f, _, end, ok := places[k].find(line)
			if !ok || f.Zoned || f.IsEpoch || end+1 >= len(line) || line[end] != ' ' {
				continue
			}
			stop := wordEnd(line, end+1)
			word := line[end+1 : stop]
			if len(word) < 3 || len(word) > 5 || !isLetter(word[0]) || !isUpper(word) || bytes.ContainsAny(word, "[]():|-_") {
				continue
			}
			if _, level := levelOfWord(word); level {
				continue
			}
			next := skipBlanks(line, stop)
			if _, level := levelOfWord(line[next:wordEnd(line, next)]); level {
				return string(word)
			}
		}
	}
	return ""
}

// farFromOwn is how far the times of a second place may lie from those of the
// first, in nanoseconds.
const farFromOwn = 366 * 24 * 60 * nsPerMinute

// ownPlaces parts the places of records from those of dates that the messages
// hold: what a line behind a record begins with may be a date too, of another
// layout and another time.
func (s *survey) ownPlaces(places []place) (own, foreign []place) {
	for i := range places {
		low, high, _ := s.reach(&places[i], math.MinInt64, math.MaxInt64)
		if i == 0 || low > high {
			own = append(own, places[i])
			continue
		}
		first, last, _ := s.reach(&places[0], math.MinInt64, math.MaxInt64)
		if _, _, near := s.reach(&places[i], first-farFromOwn, last+farFromOwn); first > last || near {
			own = append(own, places[i])
		} else {
			foreign = append(foreign, places[i])
		}
	}
	return own, foreign
}

// reach gives the span of the times at a place that have a year; near says that
// half of them lie between two times.
func (s *survey) reach(p *place, from, to int64) (low, high int64, near bool) {
	r := when.NewResolver(when.Zone{}, 0)
	low, high = math.MaxInt64, math.MinInt64
	all, inside := 0, 0
	for _, line := range s.lines {
		f, _, _, ok := p.find(line)
		ns, known := r.Unix(&f)
		if !ok || !known {
			continue
		}
		all++
		if ns >= from && ns <= to {
			inside++
		}
		low, high = min(low, ns), max(high, ns)
	}
	return low, high, 2*inside >= all
}
