package incident

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"pir/timeline"
)

// plan is what is to be read: the incident, and every file with what is known
// of its source.
type plan struct {
	config *config
	files  []file
}

// file is one file of a source.
type file struct {
	spec
	fsys    fs.FS
	open    string // path inside fsys
	cited   string // path in citations
	source  string // name of the source
	walked  bool   // found in a folder: a review or a hidden file is no source
	missing string // why there is none: the row of a path that leads nowhere
}

// newPlan resolves the inputs. It reads pir.yaml, lists folders and expands
// globs, but opens no source.
func newPlan(inputs []Input, opt Options) (*plan, error) {
	p := &plan{config: &config{}}
	for _, in := range inputs {
		if err := p.add(in); err != nil {
			return nil, err
		}
	}
	if !opt.From.IsZero() {
		p.config.Incident.From = opt.From
	}
	if !opt.To.IsZero() {
		p.config.Incident.To = opt.To
	}
	p.tellApart()
	slices.SortStableFunc(p.files, func(a, b file) int {
		if c := strings.Compare(a.source, b.source); c != 0 {
			return c
		}
		return strings.Compare(a.cited, b.cited)
	})
	return p, nil
}

// settings are those of pir.yaml with the layer of the options above them.
func (p *plan) settings(opt Options) (timeline.Settings, error) {
	s, err := p.config.decodeSettings(opt.Layer)
	if err != nil {
		return s, asInputError(err)
	}
	s.Vendor = opt.Vendor
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
		return &InputError{Message: in.Path + ": " + reason(err)}
	case in.Config || path.Base(name) == ConfigName && in.Kind == "":
		return p.addConfig(in.FS, name)
	case !info.IsDir():
		p.addFile(in, name)
		return nil
	}
	inside := path.Join(name, ConfigName)
	if _, err := fs.Stat(in.FS, inside); err == nil {
		return p.addConfig(in.FS, inside)
	}
	return p.addFolder(in, name)
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
	below := prefixFS{fsys: fsys, dir: path.Dir(name)}
	for _, s := range c.sources {
		p.addSpec(below, s)
	}
	return nil
}

// addSpec lists the files of one row of sources:. A path that leads nowhere is
// a row too.
func (p *plan) addSpec(fsys fs.FS, s spec) {
	name := path.Clean(strings.ReplaceAll(s.path, `\`, "/"))
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
		p.files = append(p.files, one(name))
		return
	case err == nil:
		for _, found := range walk(fsys, name) {
			f := one(found)
			f.walked = true
			p.files = append(p.files, f)
		}
		return
	case isGlob(name):
		if found := glob(fsys, name); len(found) > 0 {
			for _, open := range found {
				p.files = append(p.files, one(open))
			}
			return
		}
		err = errNoMatch
	}
	f := one(name)
	f.missing = reason(err)
	p.files = append(p.files, f)
}

// addFile lists a bare file, cited by its base name.
func (p *plan) addFile(in Input, name string) {
	cited := in.Name
	if cited == "" {
		cited = path.Base(name)
	}
	p.files = append(p.files, file{
		spec: spec{kind: in.Kind, path: in.Path}, fsys: in.FS, open: name, cited: cited, source: cited,
	})
}

func (p *plan) addGlob(in Input) error {
	found := glob(in.FS, path.Clean(in.Path))
	if len(found) == 0 {
		return &InputError{Message: in.Path + ": " + errNoMatch.Error()}
	}
	for _, name := range found {
		p.addFile(in, name)
	}
	return nil
}

// addFolder lists the files of a folder that has no pir.yaml.
func (p *plan) addFolder(in Input, dir string) error {
	fsys := prefixFS{fsys: in.FS, dir: dir}
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		return &InputError{Message: in.Path + ": " + reason(err)}
	}
	for _, name := range walk(fsys, ".") {
		p.files = append(p.files, file{
			spec: spec{kind: in.Kind, path: name}, fsys: fsys, open: name, cited: name, source: name, walked: true,
		})
	}
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
