package logs

import "pir/internal/when"

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
