package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pir/internal/when"
)

// dayOrder is how the writer of notes orders 05/03/2026.
type dayOrder int8

const (
	orderUnknown dayOrder = iota
	dayFirst
	monthFirst
)

var (
	slashDate = expression(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`)
	slashHead = expression(`^[\s\[(]*(\d{1,2})/(\d{1,2})/(\d{4})\b`)
	loneYear  = expression(`\b((?:19|20)\d{2})\b`)
	dayKey    = expression(`(?i)^\W*(?:date|datum|day|when|incident date|date of incident)\s*:\s*(\S.*)$`)
)

// maxTitle is the length in bytes above which a line with a date is prose and
// no title.
const maxTitle = 120

// findOrder settles the order of day and month by the dates of the document
// that have one reading only, else by what its name says, else by its zone.
func (n *notes) findOrder(list []block) {
	name := nameDay(n.path)
	for _, b := range list {
		for _, m := range slashDate.FindAllStringSubmatch(cut(b.text, maxNoteLine), -1) {
			first, second := number(m[1]), number(m[2])
			switch {
			case first > 12 && second <= 12, n.order == orderUnknown && first == name.Day() && second == int(name.Month()) && first != second:
				n.order = dayFirst
			case second > 12 && first <= 12, n.order == orderUnknown && second == name.Day() && first == int(name.Month()) && first != second:
				n.order = monthFirst
			}
		}
		if n.year == 0 && b.line < 12 && (b.kind == paraBlock || b.kind == headingBlock) && len(b.text) < maxTitle {
			if m := loneYear.FindString(b.text); m != "" {
				n.year = number(m)
			}
		}
	}
	if n.order != orderUnknown {
		return
	}
	zone := n.zoneAt(0)
	if zone.zone.Location == nil {
		return
	}
	place, _, _ := strings.Cut(zone.zone.Location.String(), "/")
	if place == "UTC" {
		place = zone.name
	}
	switch place {
	case "Europe", "Africa", "Australia", "Atlantic", "CET", "CEST", "MEZ", "MESZ", "GMT", "BST", "WET", "EET", "EEST", "IST", "AEST":
		n.order = dayFirst
	case "America", "US", "PST", "PDT", "EST", "EDT", "CST", "CDT", "MST", "MDT":
		n.order = monthFirst
	}
}

func pad(digits string) string { return fmt.Sprintf("%02d", number(digits)) }

func number(text string) int {
	v, _ := strconv.Atoi(text)
	return v
}

// foreignShape is a date with the name of a month in other languages.
const foreignShape = `\b(\d{1,2})\.?\s+(Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)\s+(\d{4})\b`

var (
	foreignDate = expression(`(?i)` + foreignShape)
	nightDate   = expression(`(?i)\b(\d{1,2})\.?\s?[/–-]\s?\d{1,2}\.?\s+(` + monthShape + `)`)
	shortDate   = expression(`\b(\d{1,2})\.(\d{1,2})\.(\d{2})(?:\s|$)`)
	bareDate    = expression(`^[\s\[(]*(\d{1,2})\.(\d{1,2})\.[ ,]+\d{1,2}:\d{2}\b`)
)

// foreignMonths are the names of months in German and French where they are not
// the English ones.
var foreignMonths = []struct {
	month int
	words []string
}{
	{1, []string{"januar", "jänner", "janvier"}}, {2, []string{"februar", "février"}}, {3, []string{"märz", "mars"}},
	{4, []string{"avril"}}, {5, []string{"mai"}}, {6, []string{"juni", "juin"}}, {7, []string{"juli", "juillet"}},
	{8, []string{"août"}}, {9, []string{"septembre"}}, {10, []string{"oktober", "octobre"}}, {11, []string{"novembre"}},
	{12, []string{"dezember", "décembre"}},
}

// plainDates writes the dates of a title that package when does not read: those
// in German and French, and those with a year of two digits.
func plainDates(text string) string {
	text = nightDate.ReplaceAllString(text, "$1 $2")
	text = foreignDate.ReplaceAllStringFunc(text, func(date string) string {
		m := foreignDate.FindStringSubmatch(date)
		for _, row := range foreignMonths {
			if slices.Contains(row.words, strings.ToLower(m[2])) {
				return fmt.Sprintf("%s-%02d-%02d", m[3], row.month, number(m[1]))
			}
		}
		return date
	})
	if m := shortDate.FindStringSubmatch(text); m != nil && number(m[2]) <= 12 {
		iso := fmt.Sprintf("20%s-%02d-%02d", m[3], number(m[2]), number(m[1]))
		text = strings.Replace(text, strings.TrimSpace(m[0]), iso, 1)
	}
	return text
}

// isoDates writes dates such as 05/03/2026 in the order year, month, day, where
// the order of the document is known.
func (n *notes) isoDates(text string) string {
	if n.order == orderUnknown {
		return text
	}
	return slashDate.ReplaceAllStringFunc(text, func(date string) string {
		m := slashDate.FindStringSubmatch(date)
		day, month := number(m[1]), number(m[2])
		if n.order == monthFirst {
			day, month = month, day
		}
		if day < 1 || day > 31 || month < 1 || month > 12 {
			return date
		}
		return fmt.Sprintf("%s-%02d-%02d", m[3], month, day)
	})
}

// isoHead does the same for the date that a row begins with.
func (n *notes) isoHead(text string) string {
	m := slashHead.FindStringIndex(text)
	if d := bareDate.FindStringSubmatchIndex(text); d != nil { // 03.03. 23:41
		year := n.day.Year()
		if n.day.IsZero() {
			year = max(n.s.opt.Year, n.year)
		}
		if year > 0 {
			return fmt.Sprintf("%s%d-%s-%s%s", text[:d[2]], year, pad(text[d[4]:d[5]]), pad(text[d[2]:d[3]]), text[d[5]+1:])
		}
	}
	if m == nil {
		return text
	}
	return n.isoDates(text[:m[1]]) + text[m[1]:]
}

// readDay takes a paragraph that gives what stands below it a date: a date by
// itself, "Date: …", and a line above all rows that names one, as a title does.
func (n *notes) readDay(b block) bool {
	text := plainDates(n.isoDates(inlineText(b.text)))
	key := dayKey.FindStringSubmatch(text)
	alone := dayAlone.MatchString(b.text)
	titled := n.rowDay.IsZero() && len(text) <= maxTitle && !strings.Contains(b.raw, "\n")
	if key == nil && !alone && !titled {
		return false
	}
	if l, _, labelled := labelOf(text); !alone && (headsClock(text) || key == nil && labelled && l.milestone == "") {
		return false
	}
	list := when.Mentions(text, n.refAt(b.line))
	for _, m := range list {
		if m.Precision > when.Day && key == nil || !m.HasDate || m.Time.IsZero() || m.Until != nil {
			return false
		}
	}
	if len(list) != 1 {
		return false
	}
	m := list[0]
	day := civil(m.Time.In(n.location(b.line)))
	if titled && n.first && key == nil && !alone {
		b.kind, b.level = headingBlock, 1
		n.readHeading(b)
	}
	n.open, n.doubt = nil, m.Doubt
	n.before, n.rolled, n.retro = time.Time{}, false, false
	if n.docDay.IsZero() || n.rowDay.IsZero() && n.head.date.Time.IsZero() {
		n.docDay = day
	}
	n.day = day
	if alone {
		n.underDay(m, day, b)
	}
	return !titled || alone || key != nil || !strings.HasSuffix(strings.TrimSpace(text), ".")
}

// underDay makes a date by itself the day of what stands below it.
func (n *notes) underDay(m when.Mention, day time.Time, b block) {
	const level = 7 // below every heading
	if last := len(n.dated) - 1; n.dated[last].level == level {
		n.dated = n.dated[:last]
	}
	n.dated = append(n.dated, dated{level: level, said: plainDay(m.Stamp, n.location(b.line)), day: day, only: true, part: b.line})
}

// endOf is the latest instant that a time may mean: of a day its last second.
func endOf(t when.Stamp) time.Time {
	if t.Precision != when.Day || t.Time.IsZero() {
		return t.Time
	}
	return t.Time.Add(24*time.Hour - time.Second)
}
