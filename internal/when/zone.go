package when

import (
	"fmt"
	"strings"
	"time"
)

// abbreviation is one meaning of a zone abbreviation.
type abbreviation struct {
	name   string
	offset int    // minutes east of UTC
	region string // an IANA zone that uses it, to tell whether it is in season; empty is always
	means  string // in words, for messages
}

// abbreviations are the zone abbreviations that people write. A name with
// several rows is ambiguous; its first row is the reading when one must be
// taken. The table is sorted by name.
//
// Abbreviations that are common words in capitals (ACT, ART, GET, EAT) are left
// out: a wrong zone is worse than none.
var abbreviations = []abbreviation{
	{"ACDT", 630, "Australia/Adelaide", "Australian Central Daylight Time"},
	{"ACST", 570, "Australia/Adelaide", "Australian Central Standard Time"},
	{"ADT", -180, "America/Halifax", "Atlantic Daylight Time"},
	{"AEDT", 660, "Australia/Sydney", "Australian Eastern Daylight Time"},
	{"AEST", 600, "Australia/Sydney", "Australian Eastern Standard Time"},
	{"AKDT", -480, "America/Anchorage", "Alaska Daylight Time"},
	{"AKST", -540, "America/Anchorage", "Alaska Standard Time"},
	{"AST", -240, "America/Halifax", "Atlantic Standard Time"},
	{"AST", 180, "Asia/Riyadh", "Arabia Standard Time"},
	{"AWST", 480, "Australia/Perth", "Australian Western Standard Time"},
	{"BRST", -120, "America/Sao_Paulo", "Brasilia Summer Time"},
	{"BRT", -180, "America/Sao_Paulo", "Brasilia Time"},
	{"BST", 60, "Europe/London", "British Summer Time"},
	{"BST", 360, "Asia/Dhaka", "Bangladesh Standard Time"},
	{"CAT", 120, "Africa/Maputo", "Central Africa Time"},
	{"CDT", -300, "America/Chicago", "Central Daylight Time"},
	{"CEST", 120, "Europe/Paris", "Central European Summer Time"},
	{"CET", 60, "Europe/Paris", "Central European Time"},
	{"CLST", -180, "America/Santiago", "Chile Summer Time"},
	{"CLT", -240, "America/Santiago", "Chile Standard Time"},
	{"COT", -300, "America/Bogota", "Colombia Time"},
	{"CST", -360, "America/Chicago", "US Central Standard Time"},
	{"CST", 480, "Asia/Shanghai", "China Standard Time"},
	{"CST", -300, "America/Havana", "Cuba Standard Time"},
	{"EDT", -240, "America/New_York", "Eastern Daylight Time"},
	{"EEST", 180, "Europe/Athens", "Eastern European Summer Time"},
	{"EET", 120, "Europe/Athens", "Eastern European Time"},
	{"EST", -300, "America/New_York", "Eastern Standard Time"},
	{"GMT", 0, "", "Greenwich Mean Time"},
	{"GST", 240, "Asia/Dubai", "Gulf Standard Time"},
	{"GST", -120, "Atlantic/South_Georgia", "South Georgia Time"},
	{"HKT", 480, "Asia/Hong_Kong", "Hong Kong Time"},
	{"HST", -600, "Pacific/Honolulu", "Hawaii Standard Time"},
	{"ICT", 420, "Asia/Bangkok", "Indochina Time"},
	{"IDT", 180, "Asia/Jerusalem", "Israel Daylight Time"},
	{"IST", 330, "Asia/Kolkata", "India Standard Time"},
	{"IST", 60, "Europe/Dublin", "Irish Standard Time"},
	{"IST", 120, "Asia/Jerusalem", "Israel Standard Time"},
	{"JST", 540, "Asia/Tokyo", "Japan Standard Time"},
	{"KST", 540, "Asia/Seoul", "Korea Standard Time"},
	{"MDT", -360, "America/Denver", "Mountain Daylight Time"},
	{"MESZ", 120, "Europe/Berlin", "Central European Summer Time"},
	{"MET", 60, "Europe/Paris", "Middle European Time"},
	{"MEZ", 60, "Europe/Berlin", "Central European Time"},
	{"MSK", 180, "Europe/Moscow", "Moscow Time"},
	{"MST", -420, "America/Denver", "Mountain Standard Time"},
	{"NDT", -150, "America/St_Johns", "Newfoundland Daylight Time"},
	{"NPT", 345, "Asia/Kathmandu", "Nepal Time"},
	{"NST", -210, "America/St_Johns", "Newfoundland Standard Time"},
	{"NZDT", 780, "Pacific/Auckland", "New Zealand Daylight Time"},
	{"NZST", 720, "Pacific/Auckland", "New Zealand Standard Time"},
	{"PDT", -420, "America/Los_Angeles", "Pacific Daylight Time"},
	{"PET", -300, "America/Lima", "Peru Time"},
	{"PHT", 480, "Asia/Manila", "Philippine Time"},
	{"PKT", 300, "Asia/Karachi", "Pakistan Standard Time"},
	{"PST", -480, "America/Los_Angeles", "Pacific Standard Time"},
	{"SAST", 120, "Africa/Johannesburg", "South Africa Standard Time"},
	{"SGT", 480, "Asia/Singapore", "Singapore Time"},
	{"TRT", 180, "Europe/Istanbul", "Turkey Time"},
	{"UCT", 0, "", "Coordinated Universal Time"},
	{"UTC", 0, "", "Coordinated Universal Time"},
	{"WAT", 60, "Africa/Lagos", "West Africa Time"},
	{"WEST", 60, "Europe/Lisbon", "Western European Summer Time"},
	{"WET", 0, "Europe/Lisbon", "Western European Time"},
	{"WIB", 420, "Asia/Jakarta", "Western Indonesia Time"},
}

// regional are names that mean whatever a region's clocks show, summer or
// winter.
var regional = []struct{ name, zone string }{
	{"PT", "America/Los_Angeles"}, {"Pacific Time", "America/Los_Angeles"},
	{"Pacific", "America/Los_Angeles"},
	{"MT", "America/Denver"}, {"Mountain Time", "America/Denver"},
	{"CT", "America/Chicago"}, {"Central Time", "America/Chicago"},
	{"ET", "America/New_York"}, {"Eastern Time", "America/New_York"},
	{"Eastern", "America/New_York"},
	{"UK time", "Europe/London"},

	// What Rails, and so status pages, calls zones.
	{"Pacific Time (US & Canada)", "America/Los_Angeles"},
	{"Mountain Time (US & Canada)", "America/Denver"},
	{"Central Time (US & Canada)", "America/Chicago"},
	{"Eastern Time (US & Canada)", "America/New_York"},
	{"London", "Europe/London"}, {"Dublin", "Europe/Dublin"}, {"Paris", "Europe/Paris"},
	{"Berlin", "Europe/Berlin"}, {"Amsterdam", "Europe/Amsterdam"}, {"Madrid", "Europe/Madrid"},
	{"Tokyo", "Asia/Tokyo"}, {"Sydney", "Australia/Sydney"}, {"Singapore", "Asia/Singapore"},

	// What Windows, and so Outlook and Azure, calls them.
	{"Pacific Standard Time", "America/Los_Angeles"},
	{"Mountain Standard Time", "America/Denver"},
	{"Central Standard Time", "America/Chicago"},
	{"Eastern Standard Time", "America/New_York"},
	{"GMT Standard Time", "Europe/London"},
	{"W. Europe Standard Time", "Europe/Berlin"},
	{"Romance Standard Time", "Europe/Paris"},
	{"Central Europe Standard Time", "Europe/Budapest"},
	{"India Standard Time", "Asia/Kolkata"},
	{"China Standard Time", "Asia/Shanghai"},
	{"Tokyo Standard Time", "Asia/Tokyo"},
	{"AUS Eastern Standard Time", "Australia/Sydney"},
	{"Coordinated Universal Time", "UTC"},
}

// LoadZone finds a zone by its IANA name, an offset ("Z", "+05:30", "-0800",
// "UTC+2") or an unambiguous abbreviation ("CEST", which is a fixed offset all
// year). An ambiguous abbreviation is an error that names the candidates; see
// GuessZone. The machine's own zone cannot be asked for.
func LoadZone(name string) (*time.Location, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, fmt.Errorf("zone: empty name; give one such as Europe/Berlin, UTC or +02:00")
	}
	if name == "Z" || strings.EqualFold(name, "UTC") {
		return time.UTC, nil
	}
	if rows := lookupAbbreviation(name); len(rows) == 1 {
		return rows[0].location(), nil
	} else if len(rows) > 1 {
		return nil, fmt.Errorf("zone %q is ambiguous: %s; give an IANA name or an offset", name, listRows(rows))
	}
	if seconds, ok := parseOffsetName(name); ok {
		return fixedZone(seconds), nil
	}
	for _, r := range regional {
		if strings.EqualFold(r.name, name) {
			name = r.zone
			break
		}
	}
	if machineZone(name) {
		return nil, fmt.Errorf("zone %q depends on the machine; give an IANA name such as Europe/Berlin", name)
	}
	loc, err := loadZoneFile(name)
	if err != nil {
		return nil, fmt.Errorf("unknown zone %q; give an IANA name such as Europe/Berlin, an offset such as +02:00, or UTC", name)
	}
	return loc, nil
}

// GuessZone is LoadZone for people's documents: an ambiguous abbreviation gets
// its likeliest reading, the one that fits near where one does, and doubt says
// in one sentence what else it may be. ok is false for a name that is no zone.
func GuessZone(name string, near Zone) (loc *time.Location, doubt string, ok bool) {
	rows := lookupAbbreviation(strings.TrimSpace(name))
	if len(rows) < 2 {
		loc, err := LoadZone(name)
		return loc, "", err == nil
	}
	row, sure := chooseRow(rows, near.Location)
	if !sure {
		doubt = ambiguity(row, rows)
	}
	return row.location(), doubt, true
}

// machineZone reports whether the zone database would answer with something
// that differs from machine to machine.
func machineZone(name string) bool {
	switch strings.ToLower(name) {
	case "local", "localtime", "posixrules", "factory":
		return true
	}
	return strings.HasPrefix(name, "right/") || strings.HasPrefix(name, "posix/")
}

// lookupAbbreviation gives the rows of an abbreviation, in any case.
func lookupAbbreviation(name string) []abbreviation {
	var upper [5]byte
	if len(name) > len(upper) {
		return nil
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c >= 'a' && c <= 'z' {
			c &^= 0x20
		}
		upper[i] = c
	}
	first := abbreviationRow(upper[:len(name)])
	if first < 0 {
		return nil
	}
	end := first + 1
	for end < len(abbreviations) && abbreviations[end].name == abbreviations[first].name {
		end++
	}
	return abbreviations[first:end]
}

// abbreviationRow is the first row of an abbreviation in capitals; -1 is none.
func abbreviationRow(name []byte) int {
	low, high := 0, len(abbreviations)
	for low < high {
		if mid := (low + high) / 2; abbreviations[mid].name < string(name) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(abbreviations) || abbreviations[low].name != string(name) {
		return -1
	}
	return low
}

// chooseRow takes the row whose region keeps the same clock as near, else the
// first. It is sure when near settled it or there is nothing to settle.
func chooseRow(rows []abbreviation, near *time.Location) (abbreviation, bool) {
	if len(rows) == 1 {
		return rows[0], true
	}
	if near != nil {
		for _, r := range rows {
			if near.String() == r.region {
				return r, true
			}
		}
	}
	return rows[0], false
}

func (a abbreviation) location() *time.Location {
	if a.offset == 0 && a.region == "" {
		return time.UTC
	}
	return time.FixedZone(a.name, a.offset*60)
}

func (a abbreviation) String() string {
	return fmt.Sprintf("%s (%s)", a.means, offsetText(a.offset*60))
}

func listRows(rows []abbreviation) string {
	parts := make([]string, len(rows))
	for i, r := range rows {
		parts[i] = r.String()
	}
	return strings.Join(parts, ", ")
}

func ambiguity(row abbreviation, rows []abbreviation) string {
	var others []string
	for _, r := range rows {
		if r != row {
			others = append(others, r.String())
		}
	}
	return fmt.Sprintf("%s is read as %s; it may also be %s", row.name, row, strings.Join(others, " or "))
}

// offsetText prints an offset in seconds east of UTC as "+05:30".
func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d:%02d", sign, seconds/3600, seconds/60%60)
}

func fixedZone(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone(offsetText(seconds), seconds)
}

// parseOffsetName reads "+05:30", "-0800", "+2" and the same after UTC or GMT,
// as seconds east. The whole text must be the offset.
func parseOffsetName(s string) (seconds int, ok bool) {
	if len(s) > 3 && (strings.EqualFold(s[:3], "UTC") || strings.EqualFold(s[:3], "GMT")) {
		s = strings.TrimSpace(s[3:])
	}
	seconds, n := scanOffset([]byte(s), true)
	return seconds, n > 0 && n == len(s)
}

// scanOffset reads a signed offset at the start of b. Loose also takes one
// digit of hours. n is 0 when there is none.
func scanOffset(b []byte, loose bool) (seconds, n int) {
	if len(b) < 2 || b[0] != '+' && b[0] != '-' {
		return 0, 0
	}
	digits := 0
	for digits < 6 && 1+digits < len(b) && isDigit(b[1+digits]) {
		digits++
	}
	hours, minutes := 0, 0
	switch {
	case digits == 4:
		hours, minutes, n = two(b[1:]), two(b[3:]), 5
	case digits == 2 || digits == 1 && loose:
		n = 1 + digits
		hours = int(b[n-1] - '0')
		if digits == 2 {
			hours = two(b[1:])
		}
		if n+2 < len(b) && b[n] == ':' && isDigit(b[n+1]) && isDigit(b[n+2]) {
			minutes = two(b[n+1:])
			n += 3
		}
	default:
		return 0, 0
	}
	if hours > 15 || minutes > 59 {
		return 0, 0
	}
	seconds = hours*3600 + minutes*60
	if b[0] == '-' {
		seconds = -seconds
	}
	return seconds, n
}

func isDigit(c byte) bool { return c-'0' <= 9 }

// two reads two digits that the caller has checked.
func two(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }
