package incident

import (
	"context"
	"path"
	"slices"
	"strings"

	"pir/logs"
	"pir/timeline"
)

// Found is a file among the inputs, by what a look at its beginning tells. An
// archive is one, with the kinds of what it holds.
type Found struct {
	Path  string   // where it can be opened in the FS of its input
	Cited string   // below the folder that was named, or the base name
	Kinds []string // what it was recognised as; none where it is no source
	Why   string   // why it is no source; empty where it is one
	// Beside says that it is no source of its own, and that another is read with
	// its help: the list of users of a chat export.
	Beside bool

	given bool // the user said its kind
	sure  int  // of 100, for one file with a kind that was found out
	root  string
}

// Given is the kind that the user said; empty where it was found out.
func (f Found) Given() string {
	if f.given && len(f.Kinds) == 1 {
		return f.Kinds[0]
	}
	return ""
}

// Surveyed is what Survey finds.
type Surveyed struct {
	Files []Found         // in order of their paths
	Left  []timeline.Left // what is never looked into: hidden files, links to folders, pir's own
}

// Survey finds out what the files of the inputs are, and reads none of them to
// its end. The error is an *InputError for misuse, or that of ctx. An input with
// a pir.yaml is misuse: it is described already.
func Survey(ctx context.Context, inputs []Input, opt Options) (*Surveyed, error) {
	s := &Surveyed{}
	seen := map[string]bool{}
	for _, in := range inputs {
		plan, err := newPlan([]Input{in}, opt)
		if err != nil {
			return nil, err
		}
		if plan.config.Path != "" {
			return nil, &InputError{
				Message: in.Path + ": there is a " + ConfigName + " already",
				Hint:    "pir timeline " + in.Path + " reads it",
			}
		}
		for _, l := range plan.left {
			if name := path.Join(in.Path, l.Path); !seen[name] {
				seen[name] = true
				s.Left = append(s.Left, l)
			}
		}
		for _, f := range plan.files {
			name := f.place()
			if seen[name] {
				continue // named twice
			}
			seen[name] = true
			found, err := surveyFile(ctx, f, opt)
			if err != nil {
				return nil, err
			}
			found.Path, found.Cited, found.root = name, f.cited, path.Clean(in.Path)
			s.Files = append(s.Files, found)
		}
	}
	slices.SortFunc(s.Files, func(a, b Found) int { return strings.Compare(a.Path, b.Path) })
	return s, nil
}

// place is where a file of a plan stands in the FS of its input.
func (f file) place() string {
	if p, below := f.fsys.(prefixFS); below && !path.IsAbs(f.open) {
		return path.Join(p.dir, f.open)
	}
	return f.open
}

// surveyFile looks at one file, and into one that is an archive.
func surveyFile(ctx context.Context, f file, opt Options) (Found, error) {
	p := &plan{opt: opt, config: &config{}, files: []file{f}}
	defer p.close()
	if err := p.expand(ctx); err != nil {
		return Found{}, err
	}
	found := Found{given: f.kind != ""}
	r := &reader{plan: p, opt: opt}
	for _, m := range p.files {
		look := r.look(m)
		kind, ready := r.accept(m, &look)
		if !ready {
			continue
		}
		name := kind.log
		if kind.doc != nil {
			name = kind.doc.Name
		}
		if !slices.Contains(found.Kinds, name) {
			found.Kinds = append(found.Kinds, name)
		}
		found.sure = kind.sure
	}
	slices.Sort(found.Kinds)
	switch {
	case len(found.Kinds) > 0:
	case len(p.left) > 0:
		found.Why = p.left[0].Why
		found.Beside = strings.HasPrefix(found.Why, "belongs to ") // as leftAlone says
	case len(r.sources) > 0:
		found.Why = r.sources[0].Detail
	default:
		found.Why = "holds nothing that can be read"
	}
	return found, nil
}

// isLog reports whether a kind is one of logs.
func isLog(kind string) bool {
	return slices.ContainsFunc(logs.Formats(), func(f logs.Format) bool { return f.Name == kind })
}
