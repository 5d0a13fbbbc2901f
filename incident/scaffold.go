package incident

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"pir/internal/yaml"
	"pir/timeline"
)

// ScaffoldOptions steer Scaffold.
type ScaffoldOptions struct {
	Options
	FS  fs.FS  // where Dir and the files of the survey are opened
	Dir string // the folder that is to get the pir.yaml
	// Place gives the path of a file or folder as the new pir.yaml names it:
	// relative to Dir, or absolute. Nil takes the path as it is.
	Place func(name string) string
	// Today dates an incident whose evidence has no date.
	Today time.Time
}

// Scaffolded is the pir.yaml of a new incident, and what it is made from.
type Scaffolded struct {
	Text    []byte  // of pir.yaml
	Result  *Result // what Load gives for that pir.yaml
	ID      string
	IDFrom  string   // where the id is from, in words; for a person
	Title   string   // empty is not known
	Sources int      // rows of sources:
	Aside   int      // files that are no sources
	Todo    int      // places in Text that a person is to look at
	Next    []Export // what is to be exported yet, what is gone first at the front
}

// Scaffold writes the pir.yaml for the files of a survey, and reads them by it
// once, for the span, the title and the id. Every key that pir.yaml takes is in
// it; those that nothing is known of are commented out. What pir.yaml gives as
// facts is what the evidence gives without it.
func Scaffold(ctx context.Context, s *Surveyed, opt ScaffoldOptions) (*Scaffolded, error) {
	d := &scaffold{opt: opt, survey: s}
	if d.opt.Place == nil {
		d.opt.Place = func(name string) string { return name }
	}
	d.list()
	result, err := d.load(ctx)
	if err != nil {
		return nil, err
	}
	out := &Scaffolded{Result: result}
	t := result.Timeline
	t.Incident.Title = cmp.Or(t.Incident.Title, t.SuggestTitle())
	d.setAside(t)
	out.Title = t.Incident.Title
	out.ID, out.IDFrom = d.id(t)
	t.Incident.ID = out.ID
	out.Text = []byte(d.text(out))
	out.Sources, out.Aside = len(d.sources), len(d.aside)
	out.Todo = strings.Count(string(out.Text), todo)
	out.Next = next(s)
	return out, nil
}

// scaffold is a pir.yaml in the making.
type scaffold struct {
	opt     ScaffoldOptions
	survey  *Surveyed
	sources []newSource
	aside   []timeline.Left // what is no source, with the reason
}

// newSource is a row of sources: in the making.
type newSource struct {
	name  string
	path  string   // as pir.yaml names it
	kinds []string // of what it holds
	kind  string   // that the user gave
	sure  int
	files int  // how many of them it stands for
	many  bool // a folder of files, or an archive
}

// manyFiles is how many documents of one kind in a folder are named as the
// folder.
const manyFiles = 5

// list makes the rows: one for each file, one for a folder of many documents of
// one kind.
func (d *scaffold) list() {
	folders := d.folders()
	taken := map[string]bool{}
	for _, f := range d.survey.Files {
		if f.Why != "" {
			if !f.Beside {
				d.aside = append(d.aside, timeline.Left{Path: f.Cited, Why: f.Why})
			}
			continue
		}
		place := d.opt.Place(f.Path)
		if strings.ContainsRune(place, '\uFFFD') || strings.ToValidUTF8(place, "") != place {
			d.aside = append(d.aside, timeline.Left{Path: f.Cited, Why: "its name is no UTF-8, and " + ConfigName + " cannot name it: rename it"})
			continue
		}
		if folder := folders[f.Path]; folder != "" {
			if i := slices.IndexFunc(d.sources, func(s newSource) bool { return s.many && s.path == d.opt.Place(folder) }); i >= 0 {
				d.sources[i].files++
				continue
			}
			place = d.opt.Place(folder)
			d.sources = append(d.sources, newSource{name: d.unique(nameOf(folder, f), taken), path: place, kinds: f.Kinds, files: 1, many: true})
			continue
		}
		s := newSource{name: d.unique(nameOf(f.Path, f), taken), path: place, kinds: f.Kinds, sure: f.sure, files: 1, many: len(f.Kinds) > 1}
		s.kind = f.Given()
		d.sources = append(d.sources, s)
	}
	d.aside = append(d.aside, d.survey.Left...)
}

// folders gives the folder that stands for a file, by the path of the file. A
// folder above the new one stands for nothing: the new one is in it.
func (d *scaffold) folders() map[string]string {
	kinds, count := map[string][]string{}, map[string]int{}
	above := func(f Found) []string { // the folders of a file, the nearest first
		var list []string
		for dir := path.Dir(f.Path); f.root != f.Path && len(dir) >= len(f.root); dir = path.Dir(dir) {
			if place := d.opt.Place(dir); strings.Trim(place, "./") != "" {
				list = append(list, dir)
			}
			if dir == f.root || dir == path.Dir(dir) {
				break
			}
		}
		return list
	}
	for _, f := range d.survey.Files {
		for _, dir := range above(f) {
			for _, k := range f.Kinds {
				if !slices.Contains(kinds[dir], k) {
					kinds[dir] = append(kinds[dir], k)
				}
			}
			if f.Why == "" {
				count[dir]++
			}
			if f.given {
				count[dir] = -1 << 30
			}
		}
	}
	folders := map[string]string{}
	for _, f := range d.survey.Files {
		for _, dir := range above(f) {
			few := count[dir] < manyFiles && (count[dir] < 2 || kinds[dir][0] != "slack")
			if f.Why == "" && len(kinds[dir]) == 1 && !isLog(kinds[dir][0]) && !few {
				folders[f.Path] = dir // the uppermost is the last
			}
		}
	}
	return folders
}

// nameOf is a short name for a source: what stands before the first dot of its
// file, and the folder of a file that is named by its day.
func nameOf(name string, f Found) string {
	base := path.Base(name)
	if exportDay.MatchString(base) && path.Dir(f.Path) != "." {
		base = path.Base(path.Dir(f.Path))
	}
	stem := strings.TrimLeft(base, ".")
	if i := strings.IndexByte(stem, '.'); i > 0 {
		stem = stem[:i]
	}
	var b strings.Builder
	for _, r := range stem {
		switch {
		case r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == 40 {
			break
		}
	}
	return cmp.Or(strings.Trim(b.String(), "-_"), f.Kinds[0])
}

// unique adds a number to a name that is taken.
func (d *scaffold) unique(name string, taken map[string]bool) string {
	out := name
	for n := 2; taken[out]; n++ {
		out = name + "-" + strconv.Itoa(n)
	}
	taken[out] = true
	return out
}

// load reads the sources as the new pir.yaml names them.
func (d *scaffold) load(ctx context.Context) (*Result, error) {
	var b strings.Builder
	if d.opt.Zone != nil {
		b.WriteString("incident:\n  timezone: " + yaml.Quote(d.opt.Zone.String()) + "\n")
	}
	b.WriteString("sources:\n")
	for _, s := range d.sources {
		b.WriteString(d.row(s))
	}
	c := &config{Config: Config{Path: ConfigName}, lines: strings.Split(b.String(), "\n")}
	if err := c.decode(ConfigName, []byte(b.String())); err != nil {
		return nil, err // a fault of the scaffold
	}
	opt := d.opt.Options
	opt.Zone, opt.Year, opt.Map = nil, 0, nil // they stand in the rows
	p := &plan{opt: opt, config: c}
	for _, s := range c.sources {
		p.addSpec(prefixFS{fsys: d.opt.FS, dir: d.opt.Dir}, s)
	}
	p.sort()
	in, err := p.gather(ctx)
	if err != nil {
		return nil, err
	}
	t := timeline.Build(in)
	p.config.Path = "" // the head is not written yet: take what the records say
	p.name(t)
	c.Path = ConfigName
	return &Result{Timeline: t, Config: c.Config}, nil
}

// row is a source as pir.yaml has it.
func (d *scaffold) row(s newSource) string {
	rows := []string{"  - name: " + yaml.Quote(s.name), "    path: " + yaml.Quote(s.path)}
	if s.kind != "" {
		rows = append(rows, "    kind: "+s.kind)
	}
	if d.opt.Year != 0 {
		rows = append(rows, "    year: "+strconv.Itoa(d.opt.Year))
	}
	if len(d.opt.Map) > 0 && len(s.kinds) == 1 && (s.kinds[0] == "csv" || s.kinds[0] == "json") {
		var pairs []string
		for key, column := range d.opt.Map {
			pairs = append(pairs, key+": "+yaml.Quote(column))
		}
		slices.Sort(pairs)
		rows = append(rows, "    map: {"+strings.Join(pairs, ", ")+"}")
	}
	return strings.Join(rows, "\n") + "\n"
}

// setAside takes the sources out that were found to be copies of others when
// they were read.
func (d *scaffold) setAside(t *timeline.Timeline) {
	for _, l := range t.Left {
		i := slices.IndexFunc(d.sources, func(s newSource) bool { return path.Clean(s.path) == l.Path && !s.many })
		if i >= 0 {
			d.sources = slices.Delete(d.sources, i, i+1)
			d.aside = append(d.aside, l)
		}
	}
}

// idFrom are the kinds whose records name their incident, the likeliest to be
// what people call it first, each with the name of what they give.
var idFrom = []struct{ kind, what string }{
	{"incident-io", "the reference of the incident"},
	{"jira", "the key of the issue"},
	{"firehydrant", "the id of the incident"},
	{"pagerduty", "the id of the incident"},
	{"statuspage", "the id of the incident on the status page"},
}

// id is the name of the incident in its records, where they name one only; else
// one made from its date.
func (d *scaffold) id(t *timeline.Timeline) (id, from string) {
	for _, row := range idFrom {
		var found []string
		for i := range t.Events {
			e := &t.Events[i]
			if e.Group == "" || e.Party != timeline.PartyOwn || e.HasFlag(timeline.FlagPlanned) || !ofKind(t, e, row.kind) {
				continue
			}
			if id := groupID(t, e, row.kind); !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
		if len(found) == 1 && len(found[0]) <= 60 {
			return found[0], row.what + ", " + row.kind
		}
	}
	if day := t.From; !day.IsZero() {
		return "incident-" + day.UTC().Format(time.DateOnly), "the day of the incident"
	}
	return "incident-" + d.opt.Today.UTC().Format(time.DateOnly), "today's date: the evidence has none"
}

// ofKind reports whether an event was read from a document of a kind.
func ofKind(t *timeline.Timeline, e *timeline.Event, kind string) bool {
	return len(e.Origins) > 0 && slices.ContainsFunc(t.Sources, func(s timeline.Source) bool {
		return s.Format == kind && s.Path == e.Origins[0].Path
	})
}

// groupID is what people call the incident of an event: what its first row has
// in front of "opened:", else the id of the group.
func groupID(t *timeline.Timeline, e *timeline.Event, kind string) string {
	if kind != "incident-io" {
		return e.Group
	}
	for i := range t.Events {
		o := &t.Events[i]
		if reference, _, found := strings.Cut(o.Title, " opened: "); found && o.Group == e.Group && !strings.Contains(reference, " ") {
			return reference
		}
	}
	return e.Group
}
