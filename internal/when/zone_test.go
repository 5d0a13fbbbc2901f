package when

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLoadZone(t *testing.T) {
	at := time.Date(2024, 7, 30, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		name   string
		offset int // seconds east on 30 July 2024
		err    string
	}{
		{"UTC", 0, ""}, {"utc", 0, ""}, {"Z", 0, ""}, {"GMT", 0, ""}, {" UTC ", 0, ""},
		{"Europe/Berlin", 7200, ""}, {"America/Los_Angeles", -25200, ""}, {"Asia/Kolkata", 19800, ""}, {"Etc/GMT+5", -18000, ""},
		{"+05:30", 19800, ""}, {"-0800", -28800, ""}, {"+02", 7200, ""}, {"UTC+2", 7200, ""}, {"UTC-07:00", -25200, ""}, {"GMT+1", 3600, ""}, {"utc +2", 7200, ""},
		{"CET", 3600, ""}, {"CEST", 7200, ""}, {"cest", 7200, ""}, {"PST", -28800, ""}, {"PDT", -25200, ""}, {"EST", -18000, ""}, {"EDT", -14400, ""}, {"JST", 32400, ""}, {"AEST", 36000, ""},
		{"PT", -25200, ""}, {"Pacific Time", -25200, ""}, {"Pacific Time (US & Canada)", -25200, ""}, {"W. Europe Standard Time", 7200, ""},
		{"IST", 0, "India Standard Time (+05:30), Irish Standard Time (+01:00), Israel Standard Time (+02:00)"},
		{"BST", 0, "ambiguous"}, {"CST", 0, "China Standard Time (+08:00)"}, {"AST", 0, "ambiguous"},
		{"", 0, "empty"}, {"Local", 0, "depends on the machine"}, {"localtime", 0, "depends on the machine"}, {"posix/Europe/Berlin", 0, "depends on the machine"},
		{"UC/Pacific", 0, "unknown zone"}, {"../etc/passwd", 0, "unknown zone"}, {"/etc/localtime", 0, "unknown zone"},
		{"+25:00", 0, "unknown zone"}, {"+2:3", 0, "unknown zone"}, {"UTC+", 0, "unknown zone"}, {"XYZ", 0, "unknown zone"}, {"MST7", 0, "unknown zone"},
	} {
		loc, err := LoadZone(row.name)
		if row.err != "" {
			if err == nil || !strings.Contains(err.Error(), row.err) {
				t.Errorf("LoadZone(%q) = %v, %v; want an error with %q", row.name, loc, err, row.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("LoadZone(%q): %v", row.name, err)
			continue
		}
		if got := int(offsetAt(loc, at.Unix())); got != row.offset {
			t.Errorf("LoadZone(%q) is %s on %s, want %s", row.name, offsetText(got), at.Format(time.DateOnly), offsetText(row.offset))
		}
	}
}

func TestGuessZone(t *testing.T) {
	dublin := Zone{Location: mustZone(t, "Europe/Dublin")}
	for _, row := range []struct {
		name   string
		near   Zone
		offset int64
		doubt  bool
		ok     bool
	}{
		{"IST", Zone{}, 19800, true, true},
		{"IST", dublin, 3600, false, true},
		{"BST", dublin, 3600, true, true},
		{"CEST", Zone{}, 7200, false, true},
		{"Europe/Berlin", Zone{}, 7200, false, true},
		{"nowhere", Zone{}, 0, false, false},
	} {
		loc, doubt, ok := GuessZone(row.name, row.near)
		if ok != row.ok || (doubt != "") != row.doubt || ok && offsetAt(loc, 1722340800) != row.offset {
			t.Errorf("GuessZone(%q) = %v, %q, %v", row.name, loc, doubt, ok)
		}
	}
}

// TestAbbreviations checks the table itself: sorted, and every region known
// and at some time of 1990 to 2024 on the offset that the row states.
func TestAbbreviations(t *testing.T) {
	if !slices.IsSortedFunc(abbreviations, func(a, b abbreviation) int { return strings.Compare(a.name, b.name) }) {
		t.Error("the table is not sorted by name")
	}
	for _, a := range abbreviations {
		if a.region == "" {
			continue
		}
		loc, err := loadZoneFile(a.region)
		if err != nil {
			t.Errorf("%s: %v", a.name, err)
			continue
		}
		found := false
		for day := int64(20 * 365); day < 55*365 && !found; day += 30 {
			found = offsetAt(loc, day*86400) == int64(a.offset)*60
		}
		if !found {
			t.Errorf("%s: %s never kept %s", a.name, a.region, offsetText(a.offset*60))
		}
	}
	for _, r := range regional {
		if _, err := loadZoneFile(r.zone); err != nil {
			t.Errorf("%s: %v", r.name, err)
		}
	}
}

// TestZoneFilesAreWhole reads every zone of the embedded database, and none of
// the machine's.
func TestZoneFilesAreWhole(t *testing.T) {
	if n := len(zoneFiles()); n < 590 {
		t.Fatalf("%d zones", n)
	}
	for name := range zoneFiles() {
		if _, err := loadZoneFile(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Setenv("ZONEINFO", t.TempDir())
	kathmandu, err := LoadZone("Asia/Kathmandu")
	if err != nil || offsetAt(kathmandu, 1721736120) != 20700 {
		t.Errorf("Asia/Kathmandu: %v, error %v", kathmandu, err)
	}
	for _, name := range []string{"Europe/Nowhere", "../zone.go", "Europe", "Europe/"} {
		if loc, err := loadZoneFile(name); err == nil {
			t.Errorf("%q is read as %v", name, loc)
		}
	}
}

// TestCivil compares the calendar with the standard library's.
func TestCivil(t *testing.T) {
	for day := int64(-110000); day < 110000; day += 7 {
		d := time.Unix(day*86400, 0).UTC()
		if got := daysFromCivil(d.Year(), int(d.Month()), d.Day()); got != day {
			t.Fatalf("%s is day %d, want %d", d.Format(time.DateOnly), got, day)
		}
		if weekdayOf(day) != int(d.Weekday()) {
			t.Fatalf("%s: weekday %d", d.Format(time.DateOnly), weekdayOf(day))
		}
		next := d.AddDate(0, 0, 1)
		if validDate(d.Year(), int(d.Month()), d.Day()+1) != (next.Month() == d.Month()) {
			t.Fatalf("%s: the day after is judged wrongly", d.Format(time.DateOnly))
		}
	}
}

// TestFromWall walks over every half hour around the changes of two zones and
// wants the wall clock back, but where it is skipped.
func TestFromWall(t *testing.T) {
	for _, name := range []string{"America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"} {
		loc := mustZone(t, name)
		gaps, twice := 0, 0
		for _, year := range []int{2011, 2024} {
			from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
			for wall := from; wall < from+366*86400; wall += 1800 {
				unix, kind := fromWall(loc, wall)
				back := unix + offsetAt(loc, unix)
				switch kind {
				case wallGap:
					gaps++
				case wallTwice:
					twice++
					fallthrough
				default:
					if back != wall {
						t.Fatalf("%s: %d reads as %d, which shows %d", name, wall, unix, back)
					}
				}
			}
		}
		if name == "America/Los_Angeles" && (gaps != 4 || twice != 4) {
			t.Errorf("%s: %d half hours skipped, %d repeated in two years; want 4 and 4", name, gaps, twice)
		}
		if name == "Asia/Kolkata" && gaps+twice > 0 {
			t.Errorf("%s has no daylight saving", name)
		}
	}
}
