package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// traced are the reviews whose times are followed to the files, with the zone of
// the clocks of files that name none.
var traced = []struct {
	sample, stage string
	least         int // times to be followed, so that none slips away
	zones         map[string]string
	// untold are times that stand in no place cited beside them: how their line
	// begins, and why.
	untold map[string]string
}{
	{sample: "checkout-rollback", stage: "review", least: 75, zones: map[string]string{"notes.md": "Europe/Amsterdam"}},
	{sample: "provider-outage", stage: "preliminary", least: 60, zones: map[string]string{"chat.txt": "Europe/Oslo", "status.json": "Europe/Oslo"}},
	{sample: "azure-2024-07-30", stage: "statement", least: 60},
	{sample: "azure-2024-07-30", stage: "preliminary", least: 135, untold: derived},
	{sample: "azure-2024-07-30", stage: "final", least: 135, untold: derived},
}

// derived are times that are reckoned from those of the places.
var derived = map[string]string{
	"| Azure Front Door | 11:45 | 13:58 |": "the end of a stretch is the start of the next; its last error came a second before",
}

// TestTimesStandInTheirFiles follows every time of the generated blocks to the
// list of evidence and from there to the file, and reads it in both: in the
// words, the zone and the format of the file.
func TestTimesStandInTheirFiles(t *testing.T) {
	for _, c := range traced {
		t.Run(c.sample+" "+c.stage, func(t *testing.T) {
			tr := newTrace(t, c.sample, c.stage, c.zones)
			faults := tr.faults(tr.page)
			used := map[string]bool{}
			for _, f := range faults {
				if begin := f.exception(c.untold); begin != "" {
					used[begin] = true
					continue
				}
				t.Errorf("%s stands in no place that is cited beside it: %s", f.clock, f.line)
			}
			for begin := range c.untold {
				if !used[begin] {
					t.Errorf("%q is an exception and need not be", begin)
				}
			}
			if tr.followed < c.least {
				t.Errorf("%d times were followed, want at least %d", tr.followed, c.least)
			}
		})
	}
}

// TestATimeThatIsWrongIsFound: what the trace is for.
func TestATimeThatIsWrongIsFound(t *testing.T) {
	tr := newTrace(t, "checkout-rollback", "review", traced[0].zones)
	for _, wrong := range [][2]string{
		{"| Acknowledged | 12:28:50 |", "| Acknowledged | 12:28:51 |"},
		{"| Cause identified | 12:38 |", "| Cause identified | 14:38 |"},
		{"| undetected | 12:14:03 |", "| undetected | 12:14:04 |"},
		{"the first at 12:35:12", "the first at 12:36:12"},
		{"| Acknowledged | 12:28:50 |", "| Acknowledged | 18 Sep, 12:28:50 |"},
	} {
		page := strings.Replace(tr.page, wrong[0], wrong[1], 1)
		if page == tr.page {
			t.Errorf("the page has no %q", wrong[0])
		}
		if len(tr.faults(page)) == 0 {
			t.Errorf("%q is not found", wrong[1])
		}
	}
}

// trace is a review with the files that it was made from.
type trace struct {
	folder   string
	page     string
	zones    map[string]*time.Location
	files    map[string][]byte // decompressed, by name
	entries  map[string]string // what the list of evidence says of a place
	day      string            // "17 September 2025"
	followed int
}

// fault is a time that no place beside it tells.
type fault struct{ clock, line string }

// exception is the beginning of its line, if that is among those listed.
func (f fault) exception(untold map[string]string) string {
	for begin := range untold {
		if strings.HasPrefix(f.line, begin) {
			return begin
		}
	}
	return ""
}

// newTrace is the trace of what pir drafts for a sample.
func newTrace(t *testing.T, sample, stage string, zones map[string]string) *trace {
	t.Helper()
	page := runSession("draft --quiet --stage " + stage + " " + filepath.Join("..", "..", "samples", sample))
	return traceOf(t, sample, page, zones)
}

// traceOf is the trace of a page about a sample.
func traceOf(t *testing.T, sample, page string, zones map[string]string) *trace {
	t.Helper()
	tr := &trace{
		folder: filepath.Join("..", "..", "samples", sample), page: page,
		zones: map[string]*time.Location{}, files: map[string][]byte{}, entries: map[string]string{},
	}
	for name, zone := range zones {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		tr.zones[name] = loc
	}
	var found bool
	if _, tr.day, found = strings.Cut(tr.page, "those without a date are of "); !found {
		t.Fatalf("the page names no day:\n%.400s", tr.page)
	}
	tr.day, _, _ = strings.Cut(tr.day, " [[")
	for _, m := range entry.FindAllStringSubmatch(tr.page, -1) {
		tr.entries[m[2]] = m[3]
	}
	for _, origin := range tr.origins(tr.page) {
		name, _, _ := strings.Cut(origin, "#")
		name, _, _ = strings.Cut(name, ":")
		data, err := os.ReadFile(filepath.Join(tr.folder, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		tr.files[name] = unzipped(t, data)
	}
	return tr
}

func unzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

var (
	entry    = regexp.MustCompile("(?m)^- <a id=\"evidence-(\\d+)\"></a>\\[\\[\\d+\\]\\] `([^`]+)`(.*)$")
	cited    = regexp.MustCompile(`\[\[(\d+)\]\]`)
	printed  = regexp.MustCompile(`(?:(\d{1,2} [A-Z][a-z]{2})(?: (\d{4}))?, )?\b(\d\d:\d\d(?::\d\d)?)\b`)
	stamp    = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`)
	clfStamp = regexp.MustCompile(`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`)
	bare     = regexp.MustCompile(`(?:^|[^0-9:T])(\d{1,2}:\d\d)(?: (AM|PM|UTC|CEST))?(?:[^0-9:]|$)`)
)

// origins are the places of the list of evidence, by number.
func (tr *trace) origins(page string) map[string]string {
	list := map[string]string{}
	for _, m := range entry.FindAllStringSubmatch(page, -1) {
		list[m[1]] = m[2]
	}
	return list
}

// faults follows the times of all generated blocks but the list of evidence.
func (tr *trace) faults(page string) []fault {
	tr.followed = 0
	origins := tr.origins(page)
	var list []fault
	block, columns := "", []string(nil)
	for line := range strings.SplitSeq(page, "\n") {
		if name, found := strings.CutPrefix(line, "<!-- pir:begin "); found {
			block, _, _ = strings.Cut(name, " ")
		}
		if strings.HasPrefix(line, "<!-- pir:end") || block == "evidence" {
			block = ""
		}
		cells := strings.Split(line, " | ")
		if strings.HasPrefix(line, "|---") || block == "" {
			continue
		}
		if !cited.MatchString(line) {
			columns = cells // of the table that follows
			continue
		}
		var places []string
		for _, m := range cited.FindAllStringSubmatch(line, -1) {
			places = append(places, origins[m[1]])
		}
		for i, cell := range cells {
			quoted := false // words of the source, whose clock is that of the source
			if strings.HasPrefix(line, "|") && len(columns) == len(cells) {
				name := strings.Trim(columns[i], "| ")
				if strings.HasPrefix(name, "Time (") && name != "Time (UTC)" {
					continue // the first column once more
				}
				quoted = name == "What happened"
			}
			list = append(list, tr.check(block, line, cell, places, quoted || block == "open" && !strings.Contains(line, "This page"))...)
		}
	}
	return list
}

// check looks for the times of a text in the places.
func (tr *trace) check(block, line, text string, places []string, quoted bool) []fault {
	var list []fault
	for _, m := range printed.FindAllStringSubmatch(text, -1) {
		tr.followed++
		told := slices.ContainsFunc(places, func(origin string) bool {
			name := fileOf(origin)
			for _, words := range []string{tr.record(origin), tr.entries[origin]} {
				if quoted && strings.Contains(words, m[3]) {
					continue
				}
				if !tr.tells(words, tr.zones[name], m[1], m[2], m[3], block == "banner") {
					return false
				}
			}
			return true
		})
		if !told {
			list = append(list, fault{m[0], line})
		}
	}
	return list
}

// tells reports whether a record tells the time: day and year are empty for the
// day of the page. Dates are not compared where they are reckoned ones.
func (tr *trace) tells(record string, zone *time.Location, day, year, clock string, anyDay bool) bool {
	want, err := time.Parse("2 January 2006", tr.day)
	if err != nil {
		return false
	}
	if day != "" {
		if year == "" {
			year = strconv.Itoa(want.Year())
		}
		if want, err = time.Parse("2 Jan 2006", day+" "+year); err != nil {
			return false
		}
	}
	layout := "15:04:05"[:len(clock)]
	same := func(at time.Time) bool {
		return at.UTC().Format(layout) == clock && (anyDay || at.UTC().Format(time.DateOnly) == want.Format(time.DateOnly))
	}
	for _, s := range stamp.FindAllString(record, -1) {
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil && same(at) {
			return true
		}
	}
	for _, s := range clfStamp.FindAllString(record, -1) {
		if at, err := time.Parse("02/Jan/2006:15:04:05 -0700", s); err == nil && same(at) {
			return true
		}
	}
	for _, m := range bareClocks(record) {
		at, err := time.ParseInLocation("2006-01-02 15:04", want.Format(time.DateOnly)+" "+m.clock, m.in(zone))
		if err == nil && at.UTC().Format("15:04") == clock {
			return true
		}
	}
	return false
}

// bareClock is a time of day as people write it.
type bareClock struct{ clock, word string }

func bareClocks(text string) []bareClock {
	var list []bareClock
	for text != "" {
		m := bare.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		c := bareClock{clock: text[m[2]:m[3]]}
		if m[4] >= 0 {
			c.word = text[m[4]:m[5]]
		}
		list = append(list, c)
		text = text[m[3]:] // what ends one clock may begin the next
	}
	return list
}

// in is the zone of the clock: its own, else that of the file, else UTC.
func (c bareClock) in(file *time.Location) *time.Location {
	switch {
	case c.word == "CEST":
		return time.FixedZone("CEST", 2*3600)
	case c.word == "UTC" || file == nil:
		return time.UTC
	}
	return file
}

// record is what stands at a place: the line, the JSON value that begins in the
// line, or the value at the end of a pointer.
func (tr *trace) record(origin string) string {
	if name, pointer, found := strings.Cut(origin, "#"); found {
		return pointed(tr.files[name], pointer)
	}
	name, number, _ := strings.Cut(origin, ":")
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Sprintf("%s is no place", origin)
	}
	rest := tr.files[name]
	for range n - 1 {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	var value json.RawMessage
	if path.Ext(name) == ".json" && json.NewDecoder(bytes.NewReader(rest)).Decode(&value) == nil {
		return string(value)
	}
	if path.Ext(name) == ".txt" {
		return message(strings.Split(string(tr.files[name]), "\n"), n-1)
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return string(line)
}

// headClock is the line of a chat that was copied out of its window which stands
// below a name.
var headClock = regexp.MustCompile(`^\s+\d\d:\d\d$`)

// message is the whole message of a chat that a line belongs to.
func message(lines []string, n int) string {
	head := func(i int) bool { return i+1 < len(lines) && headClock.MatchString(lines[i+1]) }
	if n < 0 || n >= len(lines) {
		return ""
	}
	from, to := n, n+1
	for from > 0 && !head(from) {
		from--
	}
	for to < len(lines) && !head(to) {
		to++
	}
	return strings.Join(lines[from:to], "\n")
}

// pointed is the value at the end of a JSON pointer, "" for none.
func pointed(data []byte, pointer string) string {
	for part := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		var members map[string]json.RawMessage
		var items []json.RawMessage
		switch {
		case json.Unmarshal(data, &members) == nil:
			data = members[part]
		case json.Unmarshal(data, &items) == nil:
			n, err := strconv.Atoi(part)
			if err != nil || n >= len(items) {
				return ""
			}
			data = items[n]
		default:
			return ""
		}
	}
	return string(data)
}
