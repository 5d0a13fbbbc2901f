package incident

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"pir/timeline"
)

// plan is what is to be read: the incident, and every file with what is known
// of its source.
type plan struct {
	opt    Options
	config *config
	files  []file
	left   []timeline.Left // what stands in folders and is no source
	hints  []string
	spills []io.Closer
	// stoodIn are the files that a timeline of before stands in for.
	stoodIn []string
}

// file is one file of a source.
type file struct {
	spec
	fsys   fs.FS
	open   string // path inside fsys
	cited  string // path in citations
	source string // name of the source
	walked bool   // found in a folder: a review or a hidden file is no source
	fault  *fault // why it is not read: the row of a path that leads nowhere
}

// fault is why a file is not read, as its row and its warning tell it.
type fault struct{ status, code, why string }

// newPlan resolves the inputs. It reads pir.yaml, lists folders and expands
// globs. Archives are taken apart later, by expand.
func newPlan(inputs []Input, opt Options) (*plan, error) {
	p := &plan{opt: opt, config: &config{}}
	for _, in := range inputs {
		if err := p.add(in); err != nil {
			return nil, err
		}
	}
	p.tellApart()
	p.sort()
	return p, nil
}

// sort puts the files in order of their sources, whatever the order of the
// inputs.
func (p *plan) sort() {
	slices.SortStableFunc(p.files, func(a, b file) int {
		return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.cited, b.cited))
	})
}

// window is what is looked at: what the user says, else pir.yaml. Zero is open.
func (p *plan) window() (from, to time.Time) {
	from, to = p.config.Incident.From, p.config.Incident.To
	if !p.opt.From.IsZero() {
		from = p.opt.From
	}
	if !p.opt.To.IsZero() {
		to = p.opt.To
	}
	return from, to
}

// settings are those of pir.yaml with the layer of the options above them.
func (p *plan) settings(opt Options) (timeline.Settings, error) {
	s, err := p.config.decodeSettings(opt.Layer)
	if err != nil {
		return s, asInputError(err)
	}
	s.Vendor, s.People = opt.Vendor, opt.People
	return s, nil
}

func asInputError(err error) error {
	var in *InputError
	if errors.As(err, &in) {
		return err
	}
	return &InputError{Message: err.Error()}
}

func (p *plan) add(in Input) error {
	if in.Kind != "" && !knownKind(in.Kind) {
		return &InputError{Message: unknownKind(in.Kind), Hint: "pir formats lists what can be read"}
	}
	name := path.Clean(in.Path)
	info, err := fs.Stat(in.FS, name)
	switch {
	case err != nil && isGlob(in.Path):
		return p.addGlob(in)
	case err != nil:
		return notThere(in, err)
	case in.Config:
		return p.addConfig(in.FS, name)
	case path.Base(name) == ConfigName && in.Kind == "":
		return p.addCase(in.FS, name)
	case !info.IsDir():
		return p.addFileOrCase(in, name)
	}
	inside := path.Join(name, ConfigName)
	if _, err := fs.Stat(in.FS, inside); err == nil {
		return p.addCase(in.FS, inside)
	}
	return p.addFolder(in, name)
}

// notThere is the error of an input that cannot be found. A kind that is
// misspelt looks like a part of the path.
func notThere(in Input, err error) error {
	if kind, name, found := strings.Cut(in.Path, ":"); found && in.Kind == "" {
		if _, err := fs.Stat(in.FS, path.Clean(name)); err == nil && name != "" {
			return &InputError{Message: in.Path + ": " + unknownKind(kind), Hint: "pir formats lists what can be read"}
		}
	}
	return &InputError{Message: in.Path + ": " + reason(err)}
}

// addCase reads a pir.yaml and its sources. Where it names none, all that lies
// beside it is tried.
func (p *plan) addCase(fsys fs.FS, name string) error {
	if err := p.addConfig(fsys, name); err != nil {
		return err
	}
	if len(p.config.sources) > 0 {
		return nil
	}
	p.hints = append(p.hints, name+" names no sources, so all files beside it are tried")
	return p.addFolder(Input{FS: fsys}, path.Dir(name))
}

// addConfig reads a pir.yaml and lists its sources.
func (p *plan) addConfig(fsys fs.FS, name string) error {
	if p.config.Path != "" {
		return &InputError{
			Message: name + ": a second " + ConfigName + "; one incident at a time",
			Hint:    "name one folder",
		}
	}
	c, err := readConfig(fsys, name)
	if err != nil {
		return err
	}
	p.config = c
	p.hints = append(p.hints, c.doubts...)
	below := prefixFS{fsys: fsys, dir: path.Dir(name)}
	for _, s := range c.sources {
		p.addSpec(below, s)
	}
	return nil
}

// addSpec lists the files of one row of sources:. A path that leads nowhere is
// a row too.
func (p *plan) addSpec(fsys fs.FS, s spec) {
	name := path.Clean(s.path)
	if _, err := fs.Stat(fsys, name); err != nil { // no file whose name holds a \
		name = path.Clean(strings.ReplaceAll(s.path, `\`, "/"))
	}
	source := s.name
	if source == "" {
		source = s.path
	}
	one := func(open string) file {
		return file{spec: s, fsys: fsys, open: open, cited: open, source: source}
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case err == nil && !info.IsDir():
		p.append(one(name))
		return
	case err == nil:
		p.addWalk(fsys, name, one)
		return
	case isGlob(name):
		if found := glob(fsys, name); len(found) > 0 {
			for _, open := range found {
				p.append(one(open))
			}
			return
		}
		err = errNoMatch
	}
	f := one(name)
	f.fault = &fault{timeline.StatusMissing, timeline.WarnSourceMissing, reason(err)}
	p.files = append(p.files, f)
}

// addWalk lists the files below a folder.
func (p *plan) addWalk(fsys fs.FS, dir string, one func(open string) file) {
	w := walk(fsys, dir)
	p.left = append(p.left, w.left...)
	for _, name := range w.found {
		f := one(name)
		f.walked = true
		p.files = append(p.files, f)
	}
	for _, b := range w.broken {
		f := one(b.Path)
		f.fault = &fault{timeline.StatusFailed, timeline.WarnSourceFailed, b.Why}
		p.files = append(p.files, f)
	}
}

// addFile lists a bare file, cited by its base name.
func (p *plan) addFile(in Input, name string) {
	cited := in.Name
	if cited == "" {
		cited = path.Base(name)
	}
	p.append(file{spec: spec{kind: in.Kind, path: cmp.Or(in.Name, in.Path)}, fsys: in.FS, open: name, cited: cited, source: cited})
}

// append lists a file. To open a pipe could wait for ever: it is told.
func (p *plan) append(f file) {
	if info, err := fs.Stat(f.fsys, f.open); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		f.fault = &fault{
			timeline.StatusFailed, timeline.WarnSourceFailed,
			"a pipe or a device, which can be read only when it is named on its own",
		}
	}
	p.files = append(p.files, f)
}

func (p *plan) addGlob(in Input) error {
	found := glob(in.FS, path.Clean(in.Path))
	if len(found) == 0 {
		return &InputError{Message: in.Path + ": " + errNoMatch.Error()}
	}
	for _, name := range found {
		one := in
		one.Path = name // what is cited is the file, not the pattern
		p.addFile(one, name)
	}
	return nil
}

// addFolder lists the files of a folder that has no pir.yaml.
func (p *plan) addFolder(in Input, dir string) error {
	fsys := prefixFS{fsys: in.FS, dir: dir}
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		return &InputError{Message: in.Path + ": " + reason(err)}
	}
	p.addWalk(fsys, ".", func(name string) file {
		return file{spec: spec{kind: in.Kind, path: name}, fsys: fsys, open: name, cited: name, source: name}
	})
	return nil
}

// tellApart names bare files of the same base name by their paths.
func (p *plan) tellApart() {
	count := map[string]int{}
	for _, f := range p.files {
		if f.node == nil {
			count[f.cited]++
		}
	}
	for i := range p.files {
		f := &p.files[i]
		if f.node == nil && count[f.cited] > 1 {
			f.cited = path.Clean(f.path)
			f.source = f.cited
		}
	}
}

var errNoMatch = errors.New("no file matches")

// isGlob reports whether the path holds a character of a pattern.
func isGlob(name string) bool { return strings.ContainsAny(name, "*?[{") }

// glob gives the files that match, in order of their names. A pattern that is
// no pattern matches nothing.
func glob(fsys fs.FS, pattern string) []string {
	base, rest := doublestar.SplitPattern(pattern)
	found, err := doublestar.Glob(prefixFS{fsys: fsys, dir: base}, rest, doublestar.WithFilesOnly())
	if err != nil {
		return nil
	}
	for i := range found {
		found[i] = path.Join(base, found[i])
	}
	slices.Sort(found)
	return found
}

// reason is an error of the file system in few words, without the path, which
// the caller has said.
func reason(err error) string {
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.As(err, &at):
		return at.Err.Error()
	}
	return err.Error()
}
