package when

import (
	"fmt"
	"strings"
)

// stepKind is what one directive of strptime reads.
type stepKind byte

// Strptime makes a Layout of the notation of strptime(3), as in
// "%d.%m.%Y %H:%M:%S": %Y %y %m %d %e %j %b %h %B %a %A %H %k %I %l %M %S %p %P
// %z %Z %s, %f (any digits of a second, without the point), %L (milliseconds),
// %N (nanoseconds), %F %T %D %R, %t (blanks) and %%. A blank stands for
// one or more; a point or comma in front of %f, %L or %N may be missing together
// with the digits. A clock is needed, a date is not.
func Strptime(format string) (Layout, error) {
	steps, err := strptimeSteps(format)
	if err != nil {
		return Layout{}, err
	}
	has := func(kinds string) bool {
		for _, s := range steps {
			if s.literal == 0 && strings.IndexByte(kinds, byte(s.kind)) >= 0 {
				return true
			}
		}
		return false
	}
	epoch := has("s")
	switch {
	case !epoch && !has("HIkl"):
		return Layout{}, fmt.Errorf("layout %q has no clock; give %%H:%%M:%%S, or %%s for seconds since 1970", format)
	case has("Il") && !has("pP"):
		return Layout{}, fmt.Errorf("layout %q has the hour %%I without %%p", format)
	}
	date := has("j") && has("Yy") || has("mbhB") && has("de")
	return Layout{
		Name: format, HasYear: epoch || has("Yy"), HasDate: epoch || date, HasZone: epoch || has("zZ"), DayFirst: dayBeforeMonth(steps),
		parse: func(b []byte) (Fields, int) { return readSteps(b, steps) },
	}, nil
}

// step is one part of a layout: a directive, or a literal byte.
type step struct {
	kind    stepKind
	literal byte
	maybe   bool // a point that may be missing with the digits behind it
}

func strptimeSteps(format string) ([]step, error) {
	if format == "" || len(format) > 200 {
		return nil, fmt.Errorf("layout %q: give one such as %%Y-%%m-%%d %%H:%%M:%%S", format)
	}
	long := strings.NewReplacer("%%", "%%", "%F", "%Y-%m-%d", "%T", "%H:%M:%S", "%D", "%m/%d/%y", "%R", "%H:%M", "%t", " ")
	format = long.Replace(format)
	var steps []step
	for i := 0; i < len(format); i++ {
		c := format[i]
		if c != '%' {
			steps = append(steps, step{literal: c})
			continue
		}
		i++
		switch {
		case i == len(format):
			return nil, fmt.Errorf("layout ends with %%")
		case format[i] == '%':
			steps = append(steps, step{literal: '%'})
		case strings.IndexByte("YymdejbhBaAHkIlMSpPzZsfLN", format[i]) >= 0:
			if n := len(steps); n > 0 && strings.IndexByte("fLN", format[i]) >= 0 && (steps[n-1].literal == '.' || steps[n-1].literal == ',') {
				steps[n-1].maybe = true
			}
			steps = append(steps, step{kind: stepKind(format[i])})
		default:
			return nil, fmt.Errorf("layout has %%%c, which is not known", format[i])
		}
	}
	return steps, nil
}

func dayBeforeMonth(steps []step) bool {
	for _, s := range steps {
		switch s.kind {
		case 'd', 'e':
			return true
		case 'm':
			return false
		}
	}
	return false
}

// strptimeCursor is a cursor with what has to wait for the end of the layout.
type strptimeCursor struct {
	cursor
	yearday  int
	meridiem byte
	clocked  bool
	seconds  bool
}

// readSteps reads b by the steps of a layout.
func readSteps(b []byte, steps []step) (f Fields, n int) {
	r := strptimeCursor{cursor: cursor{b: b}}
	for i := 0; i < len(steps) && !r.bad; i++ {
		s := steps[i]
		switch {
		case s.maybe:
			if r.i+1 >= len(b) || b[r.i] != s.literal || !isDigit(b[r.i+1]) {
				i++ // the digits are missing too
				continue
			}
			r.i++
		case s.literal == ' ':
			r.anyBlanks()
		case s.literal != 0:
			r.want(s.literal)
		default:
			r.directive(s.kind, &f)
		}
	}
	r.settle(&f)
	return r.done(f)
}

func (r *strptimeCursor) directive(kind stepKind, f *Fields) {
	switch kind {
	case 'Y':
		f.Year = r.year()
	case 'y':
		f.Year = fullYear(r.pair())
	case 'm':
		f.Month = r.upTo2()
	case 'd', 'e':
		r.next(' ') // padded with a blank
		f.Day = r.upTo2()
	case 'j':
		if r.yearday = r.number(1, 3); r.yearday == 0 {
			r.bad = true
		}
	case 'b', 'h', 'B':
		if f.Month = r.month(); kind == 'B' && !r.bad {
			r.restOf(monthNames[f.Month-1])
		}
	case 'a', 'A':
		if day := r.weekdayAt(); kind == 'A' && !r.bad {
			r.restOf(weekdayNames[day])
		}
	case 'H', 'k', 'I', 'l':
		r.next(' ')
		f.Hour, r.clocked = r.upTo2(), true
	case 'M':
		f.Minute = r.pair()
	case 'S':
		f.Sec, r.seconds = r.pair(), true
	case 'f', 'L', 'N':
		r.digits(f)
	case 'p', 'P':
		r.ampm()
	case 'z', 'Z':
		r.zone(f)
	case 's':
		r.epoch(f)
	}
}

// anyBlanks needs a blank or a tab and passes more of them.
func (r *strptimeCursor) anyBlanks() {
	start := r.i
	for r.next(' ') || r.next('\t') {
	}
	if r.i == start {
		r.bad = true
	}
}

// upTo2 needs one or two digits, whatever follows them.
func (r *strptimeCursor) upTo2() int {
	if r.bad || r.i >= len(r.b) || !isDigit(r.b[r.i]) {
		r.bad = true
		return 0
	}
	v := int(r.b[r.i] - '0')
	r.i++
	if r.i < len(r.b) && isDigit(r.b[r.i]) {
		v = v*10 + int(r.b[r.i]-'0')
		r.i++
	}
	return v
}

// digits reads a fraction whose point is passed already.
func (r *strptimeCursor) digits(f *Fields) {
	n, ns := 0, 0
	for ; r.i < len(r.b) && isDigit(r.b[r.i]); r.i++ {
		if n < 9 {
			ns = ns*10 + int(r.b[r.i]-'0')
			n++
		}
	}
	if n == 0 {
		r.bad = true
	}
	f.Nsec, f.Digits = ns*int(pow10[9-n]), int8(n)
}

func (r *strptimeCursor) ampm() {
	if r.i+1 >= len(r.b) || r.b[r.i+1]|0x20 != 'm' || r.b[r.i]|0x20 != 'a' && r.b[r.i]|0x20 != 'p' {
		r.bad = true
		return
	}
	r.meridiem = r.b[r.i] | 0x20
	r.i += 2
}

// zone needs an offset or an abbreviation of the table.
func (r *strptimeCursor) zone(f *Fields) {
	n := scanZone(r.b[r.i:], f)
	if n == 0 {
		n = scanZoneName(r.b[r.i:], f)
	}
	if n == 0 {
		r.bad = true
	}
	r.i += n
}

func (r *strptimeCursor) epoch(f *Fields) {
	start := r.i
	for r.i < len(r.b) && isDigit(r.b[r.i]) && r.i-start < 11 {
		r.i++
	}
	ns, _, ok := epochNanos(r.b[start:r.i], nil)
	if !ok {
		r.bad = true
	}
	f.Unix, f.IsEpoch, f.Zoned = ns, true, true
}

// weekdayAt needs three letters of a weekday and gives its row in weekdayNames.
func (r *strptimeCursor) weekdayAt() int {
	for i, name := range weekdayNames {
		if !r.bad && r.i+3 <= len(r.b) && r.b[r.i]|0x20 == name[0] && r.b[r.i+1]|0x20 == name[1] && r.b[r.i+2]|0x20 == name[2] {
			r.i += 3
			return i
		}
	}
	r.bad = true
	return 0
}

// restOf passes what a full name has behind its first three letters.
func (r *strptimeCursor) restOf(name string) {
	for i := 3; i < len(name); i++ {
		if r.i >= len(r.b) || r.b[r.i]|0x20 != name[i] {
			r.bad = true
			return
		}
		r.i++
	}
}

// settle does what needs all parts, and checks them.
func (r *strptimeCursor) settle(f *Fields) {
	if f.IsEpoch {
		f.Unix += int64(f.Nsec)
		return
	}
	switch {
	case r.meridiem != 0 && (f.Hour < 1 || f.Hour > 12):
		r.bad = true
	case r.meridiem == 'p' && f.Hour < 12:
		f.Hour += 12
	case r.meridiem == 'a' && f.Hour == 12:
		f.Hour = 0
	}
	if r.clocked && !r.seconds {
		f.Digits = -1
	}
	if f.Hour > 23 || f.Minute > 59 || f.Sec > 60 {
		r.bad = true
	}
	if r.yearday > 0 && f.Month == 0 {
		day := r.yearday
		for f.Month = 1; f.Month < 12 && day > monthDays(f.Year, f.Month); f.Month++ {
			day -= monthDays(f.Year, f.Month)
		}
		f.Day = day
	}
	if f.Month != 0 || f.Day != 0 {
		r.date(f)
	}
}
