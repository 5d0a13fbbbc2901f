package incident

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"pir/internal/yaml"
	"pir/timeline"
)

// Window is a review window of the user's own, as pir.yaml describes it.
type Window struct {
	Name   string
	Stages []Stage
}

// Stage is one stage of a window of the user's own. The words mean what they
// mean in review/window.
type Stage struct {
	Name       string
	Form       string // statement, preliminary, final
	Anchors    []string
	Offset     Offset
	Backstop   string // its anchor; empty where there is none
	StopOffset Offset
	Timezone   string
	Severities []timeline.Severity
	Requires   []string
	Unknowns   bool
}

// Offset is a length of time: "5 business days".
type Offset struct {
	Count int
	Unit  string // hours, days, business days, months
}

// The forms of a stage, and the sections that one may require.
var (
	forms      = []string{"statement", "preliminary", "final"}
	sectionIDs = []string{"summary", "impact", "cause", "timeline", "response", "improvements", "resilience",
		"communication", "lessons", "open", "next", "evidence"}
)

// offsetUnits are the words for the units of an offset.
var offsetUnits = []struct {
	unit  string
	times int
	words []string
}{
	{"hours", 1, []string{"hour", "hours", "h"}},
	{"days", 1, []string{"day", "days", "d"}},
	{"days", 7, []string{"week", "weeks", "w"}},
	{"business days", 1, []string{"business day", "business days", "working day", "working days"}},
	{"months", 1, []string{"month", "months"}},
}

// maxOffset is the largest count of an offset.
const maxOffset = 100_000

// ReadConfig reads a pir.yaml alone, without its sources. The error is an
// *InputError that names file and line.
func ReadConfig(fsys fs.FS, name string) (Config, error) {
	c, err := readConfig(fsys, name)
	if err != nil {
		return Config{}, err
	}
	return c.Config, nil
}

// readHolidays reads the days of review.holidays.
func (c *config) readHolidays(f *fieldReader) {
	for _, n := range f.get("holidays").Items() {
		text, err := n.Value()
		f.keep("holidays", err)
		day, bad := time.Parse(time.DateOnly, text)
		if f.err == nil && bad != nil {
			f.err = n.Errorf("holidays: %q is no day; write it as 2025-12-25", text)
		}
		c.Holidays = append(c.Holidays, day)
	}
	if n := f.get("holidays"); n != nil && n.Kind == yaml.Map {
		f.err = n.Errorf("holidays: want a list of days, as [2025-12-25, 2026-01-01]")
	}
}

// readWindow reads review.window: the name of a window, or one's own.
func (c *config) readWindow(f *fieldReader) {
	n := f.get("window")
	if n == nil {
		return
	}
	c.WindowAt = c.origin(n)
	if n.Kind != yaml.Map {
		c.Window = f.text("window")
		return
	}
	own := fields(n, "name", "timezone", "stages")
	w := Window{Name: own.text("name")}
	if w.Name == "" {
		w.Name = "own"
	}
	zone := own.text("timezone")
	own.location("timezone")
	stages := own.get("stages")
	if own.err == nil && len(stages.Items()) == 0 {
		own.err = n.Errorf("window: stages are missing")
	}
	if f.err = own.err; f.err != nil {
		return
	}
	known := []string{"name", "form", "anchors", "offset", "timezone", "backstop", "severities", "requires", "unknowns"}
	items := stages.Items()
	last, _ := items[len(items)-1].Get("name").Value()
	f.err = each(stages, known, func(s *fieldReader) {
		stage := readStage(s, w.Stages, last)
		if stage.Timezone == "" {
			stage.Timezone = zone
		}
		w.Stages = append(w.Stages, stage)
	})
	c.Own = &w
}

// readStage reads one stage. Those in front of it are before; last is the name
// of the last one.
func readStage(f *fieldReader, before []Stage, last string) Stage {
	s := Stage{
		Name: f.need("name"), Form: f.oneOf("form", forms...), Timezone: f.text("timezone"),
		Anchors: f.anchors("anchors", before), Offset: f.offset("offset"), Requires: f.list("requires"),
	}
	f.location("timezone")
	if s.Form == "" {
		s.Form = "preliminary"
		if s.Name == last {
			s.Form = "final"
		}
	}
	if s.Unknowns = s.Form != "final"; f.get("unknowns") != nil {
		s.Unknowns = f.flag("unknowns")
	}
	for _, id := range s.Requires {
		if f.err == nil && !slices.Contains(sectionIDs, id) {
			f.err = f.get("requires").Errorf("requires: %q is none of %s", id, strings.Join(sectionIDs, ", "))
		}
	}
	f.severities("severities", &s)
	reached := slices.ContainsFunc(before, func(b Stage) bool { return b.Name == s.Name && len(b.Severities) == 0 })
	switch {
	case f.err != nil:
	case reached:
		f.err = f.node.Errorf("stage %s stands above already, for all severities", s.Name)
	case len(s.Anchors) > 0 && f.get("offset") == nil:
		f.err = f.node.Errorf("stage %s: offset is missing; write 72 hours, 5 business days or at once", s.Name)
	case len(s.Anchors) == 0 && f.get("offset") != nil:
		f.err = f.node.Errorf("stage %s: anchors are missing; name what the offset counts from, as [impact_end, resolved]", s.Name)
	}
	if n := f.get("backstop"); n != nil {
		stop := fields(n, "anchor", "offset")
		if s.Backstop = strings.Join(stop.anchors("anchor", before), ""); s.Backstop == "" && stop.err == nil {
			stop.err = n.Errorf("backstop: anchor is missing")
		}
		s.StopOffset, f.err = stop.offset("offset"), stop.err
		if s.StopOffset.Unit == "" && f.err == nil {
			f.err = n.Errorf("backstop: offset is missing")
		}
	}
	return s
}

// anchors reads what an offset counts from: milestones, and stages before.
func (f *fieldReader) anchors(key string, before []Stage) []string {
	list := f.list(key)
	known := milestoneNames()
	for _, s := range before {
		known = append(known, "stage:"+s.Name)
	}
	for _, name := range list {
		if f.err != nil || slices.Contains(known, name) {
			continue
		}
		message := fmt.Sprintf("%s: %q is no milestone and no stage before this one", key, name)
		if near := yaml.Nearest(name, known); near != "" {
			message += fmt.Sprintf(" (did you mean %q?)", near)
		}
		f.err = f.get(key).Errorf("%s", message)
	}
	return list
}

// offset reads "5 business days"; the zero Offset when there is none.
func (f *fieldReader) offset(key string) Offset {
	text := strings.ToLower(strings.Join(strings.Fields(f.text(key)), " "))
	switch text {
	case "":
		return Offset{}
	case "at once":
		return Offset{Unit: "hours"}
	}
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, err := strconv.Atoi(text[:digits])
	for _, row := range offsetUnits {
		if err == nil && n <= maxOffset/row.times && slices.Contains(row.words, strings.TrimSpace(text[digits:])) {
			return Offset{n * row.times, row.unit}
		}
	}
	f.err = f.get(key).Errorf("%s: %q is no offset; write 72 hours, 14 days, 5 business days, 1 month or at once", key, text)
	return Offset{}
}

// severities reads the severities that a stage is for.
func (f *fieldReader) severities(key string, s *Stage) {
	for _, item := range f.get(key).Items() {
		text, err := item.Value()
		f.keep(key, err)
		found := false
		for _, row := range severities {
			if slices.Contains(strings.Fields(row.words), strings.ToLower(text)) {
				s.Severities, found = append(s.Severities, row.severity), true
			}
		}
		if !found && f.err == nil {
			f.err = item.Errorf("%s: %q is none of critical, major, minor, info", key, text)
		}
	}
}
