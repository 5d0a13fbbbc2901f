package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pir/timeline"
)

var update = flag.Bool("update", false, "rewrite the wanted output")

var noon = time.Date(2025, 9, 12, 12, 0, 0, 0, time.UTC)

func at(minutes float64) time.Time { return noon.Add(time.Duration(minutes * float64(time.Minute))) }

// outage is an incident of an hour with everything that a picture can show.
func outage() *timeline.Timeline {
	counts := make([]int64, 70)
	for i := 20; i < 50; i++ {
		counts[i] = int64(40 + i%3)
	}
	mark := func(name timeline.Milestone, m float64) timeline.Boundary {
		return timeline.Boundary{Name: name, Time: at(m), Rung: timeline.RungStated, Evidence: []timeline.Evidence{{ID: "e" + string(name)}}}
	}
	t := &timeline.Timeline{
		Incident: timeline.Incident{ID: "INC-1", Title: "Orders failed", Severity: timeline.SeverityMajor, Components: []string{"shop"}},
		From:     at(0), To: at(60),
		Milestones: []timeline.Boundary{
			mark(timeline.ImpactStart, 10), mark(timeline.Detected, 12), mark(timeline.Acknowledged, 12.5), mark(timeline.Declared, 12.5),
			{Name: timeline.Identified, NotAfter: at(25), Rung: timeline.RungPosted}, {Name: timeline.Cause},
			mark(timeline.Mitigated, 30), mark(timeline.ImpactEnd, 40), mark(timeline.Resolved, 55),
		},
		Phases: []timeline.Phase{
			{Name: "latent"}, {Name: "undetected", Start: at(10), End: at(12), Known: true}, {Name: "triage", Start: at(12), End: at(12.5), Known: true},
			{Name: "mitigation", Start: at(12.5), End: at(30), Known: true, Includes: []string{"diagnosis"}},
			{Name: "recovery", Start: at(30), End: at(40), Known: true}, {Name: "validation", Start: at(40), End: at(55), Known: true},
		},
		Episodes: []timeline.Episode{{N: 1, Start: at(10), End: at(30), Level: timeline.LevelMain}, {N: 1, Start: at(30), End: at(40), Level: timeline.LevelResidual}},
		Series: []timeline.Series{
			{Source: "api", Component: "shop", Level: "error", Start: at(-10), Step: time.Minute, Counts: counts[:55]},
			{Source: "db", Component: "orders", Level: "error", Start: at(0), Step: time.Minute, Counts: make([]int64, 60)},
		},
		Bursts: []timeline.Burst{{ID: "b1", Source: "api", Component: "shop", Start: at(10), End: at(40), Rate: 41, BaselineRate: 0.5, Ratio: 82}},
	}
	t.Milestones[6].Conflict = true
	for i, k := range []timeline.Kind{timeline.KindStatus, timeline.KindAlert, timeline.KindChange, timeline.KindNote, timeline.KindNote} {
		t.Events = append(t.Events, timeline.Event{ID: fmt.Sprintf("e%d", i), Time: at(float64(11 + 5*i)), Kind: k, Title: "a row"})
	}
	t.Events = append(t.Events,
		timeline.Event{ID: "up", Time: at(33), Kind: timeline.KindStatus, Party: timeline.PartyUpstream, Title: "the provider"},
		timeline.Event{ID: "down", Time: at(34), Kind: timeline.KindNote, Party: timeline.PartyDownstream, Title: "a customer"})
	return t
}

const hostile = "</title><script>window.pwned=1</script>{x} {{.}} ]]> <!-- & \" ' \x1b[31m\x00\u202eevil\uffff שלום \xff %% end click"

// edges are timelines that people do not think of.
func edges() map[string]*timeline.Timeline {
	many := &timeline.Timeline{From: at(0), To: at(30 * 24 * 60)}
	for i := range 10000 {
		many.Events = append(many.Events, timeline.Event{ID: fmt.Sprintf("e%06d", i), Time: at(float64(i) * 4.3), Kind: timeline.KindStatus, Title: strings.Repeat("w", 900)})
	}
	spiky := make([]int64, 30*24*60)
	for i := range spiky {
		if spiky[i] = 3; i%97 == 0 {
			spiky[i] = 1000
		}
	}
	many.Series = []timeline.Series{{Source: "api", Level: "error", Start: at(0), Step: time.Minute, Counts: spiky}}
	evil := outage()
	long := strings.Repeat(hostile, 20000/len(hostile))
	evil.Incident = timeline.Incident{ID: hostile, Title: long, Severity: timeline.Severity(hostile), Components: []string{long, hostile}}
	evil.Phases[1].Name, evil.Phases[3].Includes = hostile, []string{long}
	evil.Series[0].Source, evil.Bursts[0].Source = long, long
	for i := range evil.Events {
		evil.Events[i].Title, evil.Events[i].ID, evil.Events[i].Kind = long, hostile, timeline.Kind(hostile)
	}
	wild := outage()
	wild.Bursts[0].Rate, wild.Bursts[0].BaselineRate, wild.Bursts[0].Ratio = math.NaN(), math.Inf(1), math.Inf(-1)
	wild.Bursts = append(wild.Bursts, timeline.Burst{Source: "api", Component: "shop", Start: at(45), Rate: math.Inf(1)}, timeline.Burst{Source: "api", Component: "shop"})
	wild.Series = append(wild.Series,
		timeline.Series{Source: "api", Component: "shop", Level: "error", Start: at(5), Step: time.Minute, Counts: []int64{math.MaxInt64, math.MaxInt64, -5}},
		timeline.Series{Source: "x", Level: "error", Start: at(5), Step: -1, Counts: []int64{1}},
		timeline.Series{Source: "x", Level: "error", Start: at(5), Step: 366 * 24 * time.Hour, Counts: make([]int64, 1000)},
		timeline.Series{Source: "x", Level: "error", Step: time.Minute, Counts: []int64{1}})
	wild.Episodes = append(wild.Episodes, timeline.Episode{Start: at(50)}, timeline.Episode{Start: at(58), End: at(57)}, timeline.Episode{})
	second := &timeline.Timeline{From: at(0), To: at(1.0 / 60), Events: []timeline.Event{{ID: "a", Time: at(0.5 / 60), Kind: timeline.KindAlert}}}
	point := &timeline.Timeline{From: at(0), To: at(0), Milestones: []timeline.Boundary{{Name: timeline.Detected, Time: at(0)}}}
	equal := outage()
	for i := range equal.Milestones {
		equal.Milestones[i].Time = at(30)
	}
	crowd := outage()
	for i := range 300 {
		crowd.Milestones = append(crowd.Milestones, timeline.Boundary{Name: timeline.MitigationStart, Time: at(float64(i) / 10)})
	}
	years := outage()
	years.From, years.To = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	years.Milestones = []timeline.Boundary{{Name: timeline.Cause, Time: years.From.Add(1)}, {Name: timeline.ImpactStart, Time: years.From.Add(2)}, {Name: timeline.Resolved, Time: years.To}}
	newYear := &timeline.Timeline{From: time.Date(2025, 12, 31, 22, 0, 0, 0, time.UTC), To: time.Date(2026, 1, 1, 2, 0, 0, 0, time.UTC)}
	weeks := outage()
	weeks.From, weeks.To = at(-30*24*60), at(20*24*60)
	weeks.Milestones[5].Time = at(-30 * 24 * 60)
	return map[string]*timeline.Timeline{
		"outage": outage(), "nothing": {}, "many": many, "hostile": evil, "wild": wild, "second": second, "point": point, "equal": equal,
		"crowd": crowd, "years": years, "new-year": newYear, "weeks": weeks,
	}
}

// shapes are the options that every edge is drawn with.
func shapes() []Options {
	return []Options{
		{}, {Width: 390}, {Dark: true, Rows: true, Hooks: true, ID: "a b<"}, {Width: -5, Title: hostile, Rows: true},
		{Width: 1 << 30, From: at(12), To: at(12.5), Hooks: true}, {From: at(5), To: at(5)},
	}
}

// TestSVGIsSafe reads every edge as XML: well-formed, without style, script,
// handler or reference to anything outside, bounded, with a title and a
// description, and with no text that is not text.
func TestSVGIsSafe(t *testing.T) {
	for name, tl := range edges() {
		for i, o := range shapes() {
			got := SVG(tl, o)
			if !bytes.Equal(got, SVG(tl, o)) {
				t.Errorf("%s %d: the same timeline gives other bytes", name, i)
			}
			if len(got) > 200_000 {
				t.Errorf("%s %d: %d bytes", name, i, len(got))
			}
			for _, why := range unsafe(got) {
				t.Errorf("%s %d: %s", name, i, why)
			}
		}
	}
}

var (
	drawn  = regexp.MustCompile(`^(svg|title|desc|defs|pattern|rect|path|text|g)$`)
	inside = regexp.MustCompile(`^url\(#[a-zA-Z0-9-]+\)$`)
)

// unsafe says what is wrong with a picture.
func unsafe(svg []byte) (why []string) {
	say := func(format string, args ...any) { why = append(why, fmt.Sprintf(format, args...)) }
	if !utf8.Valid(svg) || bytes.ContainsAny(svg, "\x00\x1b{}\u202e\uffff") {
		say("it holds bytes or braces of its inputs")
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	seen, ids := map[string]int{}, map[string]bool{}
	var wanted []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			say("no XML: %v", err)
			return why
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		seen[start.Name.Local]++
		if !drawn.MatchString(start.Name.Local) {
			say("an element %s", start.Name.Local)
		}
		for _, a := range start.Attr {
			v := a.Value
			switch key := a.Name.Local; {
			case key == "style" || strings.HasPrefix(key, "on") || strings.Contains(key, "href"):
				say("an attribute %s", key)
			case key == "id":
				if ids[v] {
					say("the id %s twice", v)
				}
				ids[v] = true
			case strings.Contains(v, "url(") && !inside.MatchString(v):
				say("a reference %s", v)
			case strings.Contains(v, "url("):
				wanted = append(wanted, strings.TrimSuffix(strings.TrimPrefix(v, "url(#"), ")"))
			case key == "aria-labelledby":
				wanted = append(wanted, strings.Fields(v)...)
			case strings.Contains(v, "NaN") || strings.Contains(v, "Inf"):
				say("a number %s", v)
			case strings.HasPrefix(v, "-") && (key == "width" || key == "height"):
				say("%s %s", key, v)
			}
		}
	}
	for _, id := range wanted {
		if !ids[id] {
			say("nothing has the id %s", id)
		}
	}
	if seen["title"] == 0 || seen["desc"] != 1 || seen["svg"] != 1 {
		say("no title, or no description")
	}
	return why
}

// TestGolden keeps some pictures as they are; look at them when they change.
func TestGolden(t *testing.T) {
	all := edges()
	files := map[string]string{}
	for _, name := range []string{"outage", "nothing", "hostile", "weeks", "new-year"} {
		files[name+".svg"] = string(SVG(all[name], Options{}))
	}
	files["outage-narrow.svg"] = string(SVG(all["outage"], Options{Width: 390, Dark: true}))
	files["outage.mmd"], files["hostile.mmd"], files["nothing.mmd"] = Mermaid(all["outage"]), Mermaid(all["hostile"]), Mermaid(all["nothing"])
	for name, got := range files {
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: want -, got + (run with -update)\n%s", name, diff)
		}
	}
}

// TestLabelsDoNotCollide reads where the labels of milestones and their poles
// are: none is on another, and none is crossed.
func TestLabelsDoNotCollide(t *testing.T) {
	for name, tl := range edges() {
		for _, width := range []int{390, 700, 960, 1400} {
			p := newPicture(tl, Options{Width: width})
			p.flagRows()
			if len(p.flags) == 0 && len(p.flags)+p.hiddenFlags+len(p.outside) > 0 && name != "years" {
				t.Errorf("%s %d: no label is left", name, width)
			}
			for i, a := range p.flags {
				for _, b := range p.flags[i+1:] {
					if b.x < a.x+a.width && b.height >= a.height {
						t.Errorf("%s %d: %q meets %q", name, width, a.words(), b.words())
					}
				}
				if a.height > mostRows {
					t.Errorf("%s %d: %q is in row %d", name, width, a.words(), a.height)
				}
			}
		}
	}
}

// TestUnknownIsNotZero: where no log has records there is no line at zero.
func TestUnknownIsNotZero(t *testing.T) {
	tl := outage()
	failing, clean := panelsOf(tl, windowOf(tl, Options{}))
	if len(failing) != 1 || len(clean) != 1 {
		t.Fatalf("%d panels with errors, %d without", len(failing), len(clean))
	}
	p := failing[0]
	for i := range p.counts {
		minute := p.at(i).Sub(at(-10)) / time.Minute
		if known := minute >= 0 && minute < 55 && !p.at(i).Before(at(-10)); known != p.known[i] {
			t.Errorf("%s is known: %v, want %v", p.at(i), p.known[i], known)
		}
	}
	svg := string(SVG(tl, Options{}))
	if !strings.Contains(svg, "no records") {
		t.Error("the stretch without records is not told")
	}
	tl.Series = nil
	if svg = string(SVG(tl, Options{})); !strings.Contains(svg, "No errors are drawn: no log was read that counts them.") || strings.Contains(svg, "errors per") {
		t.Error("a picture without a series has a panel, or does not say that it has none")
	}
}

// TestDownsampling: a column holds the lowest and the highest of its steps.
func TestDownsampling(t *testing.T) {
	tl := edges()["many"]
	w := windowOf(tl, Options{})
	failing, _ := panelsOf(tl, w)
	columns := failing[0].columns(w, px(800))
	if len(columns) > 802 {
		t.Errorf("%d columns for 800 pixels", len(columns))
	}
	low, high := int64(math.MaxInt64), int64(0)
	for _, c := range columns {
		if c.known {
			low, high = min(low, c.low), max(high, c.high)
		}
	}
	if low != 3 || high != 1000 {
		t.Errorf("from %d to %d, want 3 to 1000", low, high)
	}
}

func TestTicks(t *testing.T) {
	day := func(d, h, m, s int) time.Time { return time.Date(2025, 12, d, h, m, s, 0, time.UTC) }
	for _, c := range []struct {
		from, to time.Time
		want     string
	}{
		{day(1, 12, 0, 0), day(1, 13, 0, 0), "12:00/1 Dec 2025 12:10 12:20 12:30 12:40 12:50 13:00"},
		{day(31, 22, 30, 0), day(32, 2, 0, 0), "23:00/31 Dec 2025 00:00/1 Jan 2026 01:00 02:00"},
		{day(1, 23, 59, 58), day(2, 0, 0, 3), "23:59:58/1 Dec 2025 23:59:59 00:00:00/2 Dec 00:00:01 00:00:02 00:00:03"},
		{day(1, 0, 0, 0), day(31, 0, 0, 0), "3 Dec/2025 8 Dec 13 Dec 18 Dec 23 Dec 28 Dec"},
		{day(1, 0, 0, 0), day(1, 0, 0, 0), ""},
	} {
		var got []string
		for _, k := range ticksOf(window{c.from, c.to}, 6) {
			s := k.clock
			if day := k.day + k.year; day != "" {
				s += "/" + day
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.from, strings.Join(got, " "), c.want)
		}
	}
}

// TestFarMilestones: a cause of a month before is told, and does not squeeze the
// incident.
func TestFarMilestones(t *testing.T) {
	tl := edges()["weeks"]
	if w := windowOf(tl, Options{}); w.seconds() > 3*3600 {
		t.Errorf("the window is %d seconds long", w.seconds())
	}
	if svg := string(SVG(tl, Options{})); !strings.Contains(svg, "Outside of this stretch: cause (13 August 2025, 12:00)") {
		t.Error("the cause is not told")
	}
}

// TestAlternativeTellsAll: what the picture shows is in the rows, in its order.
func TestAlternativeTellsAll(t *testing.T) {
	var got []string
	for _, r := range Alternative(outage()) {
		s := fmt.Sprintf("%s %s %s", r.Kind, r.What, r.Note)
		if r.Latest {
			s += " latest"
		}
		if !r.From.IsZero() {
			s += " " + r.From.Format("15:04:05")
		}
		if !r.To.IsZero() {
			s += "-" + r.To.Format("15:04:05")
		}
		got = append(got, s)
	}
	file := filepath.Join("testdata", "alternative.txt")
	text := strings.Join(got, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// TestMermaidLabels: nothing of a label can be taken for the language.
func TestMermaidLabels(t *testing.T) {
	plainTask := regexp.MustCompile(`^    ([^:;%\n"<>{}()]|#\d+;)+ :[a-z0-9, T:-]+$`)
	for name, tl := range edges() {
		text := Mermaid(tl)
		if len(text) > 50_000 {
			t.Errorf("%s: %d bytes, and Mermaid stops at 50,000", name, len(text))
		}
		if text != Mermaid(tl) || !strings.HasPrefix(text, "gantt\n    title #") {
			t.Errorf("%s: %.40q", name, text)
		}
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.Contains("gantt title dateFormat axisFormat todayMarker section", word) {
				continue
			}
			if !plainTask.MatchString(line) {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

// FuzzSVG draws timelines of any words, times and counts: always safe XML of
// bounded size, and the rows in words never fail.
func FuzzSVG(f *testing.F) {
	f.Add(hostile, "api", int64(0), int64(3600), int64(60), []byte{0, 1, 2, 200, 0}, 1.5)
	f.Add("Orders failed", "a\x00b", int64(-1<<40), int64(1<<40), int64(1), []byte{9}, math.Inf(1))
	f.Add("", "", int64(253402300799), int64(5), int64(-7), []byte{}, math.NaN())
	f.Fuzz(func(t *testing.T, title, source string, from, length, step int64, counts []byte, rate float64) {
		when := func(s int64) time.Time { return time.Unix(s%(1<<38), 0).UTC() }
		tl := outage()
		tl.Incident.Title, tl.From, tl.To = title, when(from), when(from+length)
		tl.Series[0].Source, tl.Series[0].Start, tl.Series[0].Step = source, when(from), time.Duration(step)
		tl.Series[0].Counts = nil
		for _, c := range counts {
			tl.Series[0].Counts = append(tl.Series[0].Counts, int64(c)<<uint(c%60))
		}
		tl.Bursts[0].Source, tl.Bursts[0].Start, tl.Bursts[0].Rate = source, when(from+1), rate
		tl.Milestones[0].Time, tl.Phases[1].Name, tl.Events[0].Title = when(from+length/2), title, title
		for _, o := range []Options{{Rows: true, Hooks: true}, {Width: 390, From: when(from), To: when(from + length)}} {
			svg := SVG(tl, o)
			if why := unsafe(svg); len(why) > 0 {
				t.Fatalf("%v\n%s", why, svg)
			}
			if len(svg) > 200_000 {
				t.Fatalf("%d bytes", len(svg))
			}
		}
		if len(Alternative(tl)) < len(tl.Milestones) || len(Mermaid(tl)) > 50_000 {
			t.Fatal("rows are missing, or the diagram is too long")
		}
	})
}
