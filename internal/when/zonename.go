package when

import (
	"fmt"
	"strings"
	"time"
)

// zoneRef is a zone as a text names it.
type zoneRef struct {
	rows  []abbreviation // an abbreviation's rows; empty when loc is set
	loc   *time.Location
	doubt string
}

// known reports whether a zone was named at all.
func (z zoneRef) known() bool { return len(z.rows) > 0 || z.loc != nil }

// key tells zones of different names apart.
func (z zoneRef) key() string {
	switch {
	case len(z.rows) > 0:
		return z.rows[0].location().String()
	case z.loc != nil:
		return z.loc.String()
	}
	return ""
}

// instant turns a wall clock reading (as if UTC seconds) into an instant. near
// is the zone that the document uses otherwise.
func (z zoneRef) instant(wall int64, near *time.Location) (unix int64, doubt string) {
	doubt = z.doubt
	if len(z.rows) > 0 {
		row, sure := chooseRow(z.rows, near)
		unix = wall - int64(row.offset)*60
		if !sure {
			return unix, joinDoubt(doubt, ambiguity(row, z.rows))
		}
		return unix, joinDoubt(doubt, seasonDoubt(row, unix, near))
	}
	unix, kind := fromWall(z.loc, wall)
	doubt = joinDoubt(doubt, wallDoubt(z.loc, wall, kind))
	if z.loc != nil && !isIANA(z.loc) {
		// A declared "PST" is a fixed offset that may be out of season too.
		if rows := lookupAbbreviation(z.loc.String()); len(rows) > 0 {
			for _, row := range rows {
				if int64(row.offset)*60 == offsetAt(z.loc, unix) {
					return unix, joinDoubt(doubt, seasonDoubt(row, unix, nil))
				}
			}
		}
	}
	return unix, doubt
}

func joinDoubt(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + "; " + b
}

// readZone reads a zone that follows a clock or a date at s[i:], blanks and
// emphasis in front, perhaps in brackets: UTC, (PDT), Z, +02:00, UTC-7, PST
// (UTC-8), +0000 UTC, Pacific Time, Europe/Berlin. After a clock without
// seconds "-13:58" is the end of a range, unless exact is set.
func readZone(s string, i int, exact bool) (z zoneRef, end int, ok bool) {
	j := skipMarkup(s, i)
	for _, w := range []string{"hours", "hrs", "h"} {
		if hasWord(s, j, w) {
			j = skipMarkup(s, j+len(w))
			break
		}
	}
	bracket := byteAt(s, j) == '(' || byteAt(s, j) == '['
	if bracket {
		j = skipSpace(s, j+1)
	}
	if z, end, ok = readZoneName(s, j, exact); !ok {
		return zoneRef{}, 0, false
	}
	if bracket {
		end = skipSpace(s, end)
		if b := byteAt(s, end); b != ')' && b != ']' {
			return zoneRef{}, 0, false
		}
		return z, end + 1, true
	}
	return readZoneAgain(s, end, z, exact)
}

// readZoneAgain takes a second name of the same zone: "+0200 CEST", "PST
// (UTC-8)". The number rules; where they differ that is a doubt.
func readZoneAgain(s string, end int, z zoneRef, exact bool) (zoneRef, int, bool) {
	j := skipSpace(s, end)
	bracket := byteAt(s, j) == '('
	if bracket {
		j = skipSpace(s, j+1)
	} else if len(z.rows) > 0 || j == end {
		return z, end, true
	}
	other, after, ok := readZoneName(s, j, exact)
	if !ok || bracket && byteAt(s, after) != ')' {
		return z, end, true
	}
	if bracket {
		after++
	}
	number, name := z, other
	if len(z.rows) > 0 {
		number, name = other, z
	}
	if len(name.rows) == 0 || number.loc == nil {
		return z, end, true
	}
	for _, row := range name.rows {
		if int64(row.offset)*60 == offsetAt(number.loc, 0) {
			return number, after, true
		}
	}
	number.doubt = fmt.Sprintf("%s is %s, but the text also says %s, which is taken", name.rows[0].name,
		offsetText(name.rows[0].offset*60), offsetText(int(offsetAt(number.loc, 0))))
	return number, after, true
}

// readZoneName reads one name or offset at s[i:].
func readZoneName(s string, i int, exact bool) (z zoneRef, end int, ok bool) {
	switch c := byteAt(s, i); {
	case c == '+' || c == '-':
		seconds, n := scanOffset([]byte(s[i:min(len(s), i+8)]), false)
		if n == 0 || wordAt(s, i+n) || seconds/60%15 != 0 || byteAt(s, i+n) == ':' {
			return zoneRef{}, 0, false
		}
		if !exact && (n == 3 || c == '-' && n == 6) {
			return zoneRef{}, 0, false
		}
		return zoneRef{loc: fixedZone(seconds)}, i + n, true
	case (c == 'Z' || exact && c == 'z') && !wordAt(s, i+1):
		return zoneRef{loc: time.UTC}, i + 1, true
	}
	n := 0
	for i+n < len(s) && (s[i+n]|0x20)-'a' <= 'z'-'a' {
		n++
	}
	if n < 2 {
		return zoneRef{}, 0, false
	}
	if byteAt(s, i+n) == '/' {
		return readIANA(s, i)
	}
	if wordAt(s, i+n) {
		return zoneRef{}, 0, false
	}
	return readZoneWord(s, i, s[i:i+n])
}

// readZoneWord judges a word of letters.
func readZoneWord(s string, i int, name string) (z zoneRef, end int, ok bool) {
	end = i + len(name)
	upper := strings.ToUpper(name)
	if rows := lookupAbbreviation(name); len(rows) > 0 {
		if name != upper && !commonLower(name) {
			return zoneRef{}, 0, false
		}
		if upper != "UTC" && upper != "GMT" {
			return zoneRef{rows: rows}, end, true
		}
		if seconds, n := scanOffset([]byte(s[end:min(len(s), end+8)]), true); n > 0 && !wordAt(s, end+n) {
			return zoneRef{loc: fixedZone(seconds)}, end + n, true
		}
		return zoneRef{rows: rows}, end, true
	}
	zone := ""
	for _, r := range regional {
		if r.name == name && (name == upper || name == "Pacific" || name == "Eastern") {
			zone = r.zone
		}
	}
	j := skipSpace(s, end)
	if hasWord(s, j, "time") {
		for _, r := range regional {
			if strings.EqualFold(r.name, name+" time") {
				zone, end = r.zone, j+4
			}
		}
	}
	if zone == "" {
		return zoneRef{}, 0, false
	}
	loc, err := loadZoneFile(zone)
	return zoneRef{loc: loc}, end, err == nil
}

// commonLower are abbreviations that people also write in small letters and
// that are no words.
func commonLower(name string) bool {
	switch name {
	case "utc", "gmt", "pst", "pdt", "edt", "cst", "cdt", "mdt", "cet", "cest", "bst", "jst", "aest":
		return true
	}
	return false
}

// readIANA reads a name such as America/Los_Angeles.
func readIANA(s string, i int) (z zoneRef, end int, ok bool) {
	end = i
	for end < len(s) && (isWord(s[end]) || s[end] == '/' || (s[end] == '-' || s[end] == '+') && wordAt(s, end+1)) {
		end++
	}
	name := s[i:end]
	if len(name) > 40 || name[0] < 'A' || name[0] > 'Z' || machineZone(name) {
		return zoneRef{}, 0, false
	}
	loc, err := loadZoneFile(name)
	if err != nil {
		return zoneRef{}, 0, false
	}
	return zoneRef{loc: loc}, end, true
}
